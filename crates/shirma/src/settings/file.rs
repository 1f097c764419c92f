//! The keys of `shirma.toml` with their defaults. The shipped file explains each; `cargo xtask tidy` holds the two together.

use std::net::IpAddr;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use shirma_pii::{Checksum, Detector, Label, Recognizer, RecognizerError};

use super::{Error, words};
use crate::contract::{ChannelKind, Residency};

/// Everything the owner may set.
#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// Address to listen on.
    pub listen: String,
    /// The address clients and messengers reach us by, `https://…`; empty = only this machine.
    pub public_url: String,
    /// Proxies in front of the program: what they say in `X-Forwarded-For` is believed, nobody else's word is.
    pub proxies: Vec<IpAddr>,
    /// Folder of databases and keys, made at the first start.
    pub data: PathBuf,
    /// File of secrets, relative to this file.
    pub secrets_file: PathBuf,
    /// Whether real clients are served here: some conveniences are for trials only.
    pub environment: Environment,
    /// Where data are kept.
    pub storage: StorageSettings,
    /// Where the root key comes from.
    pub keys: KeysFile,
    /// Where copies of the journal's checkpoints go.
    pub journal: JournalSettings,
    /// How staff sign in.
    pub access: AccessSettings,
    /// Who answers by law.
    pub operator: OperatorSettings,
    /// How the assistant answers.
    pub assistant: AssistantSettings,
    /// An outside or local model; absent = rules only.
    pub model: Option<ModelSettings>,
    /// Site forms and chat pages.
    pub site: Vec<FormSettings>,
    /// Numbers of the company's own that count as personal data.
    pub recognizer: Vec<RecognizerSettings>,
    /// MAX bots.
    pub max: Vec<MessengerSettings>,
    /// Telegram bots.
    pub telegram: Vec<MessengerSettings>,
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            listen: "127.0.0.1:8787".to_owned(),
            public_url: String::new(),
            proxies: Vec::new(),
            data: PathBuf::from("shirma-data"),
            secrets_file: PathBuf::from("shirma.secrets.toml"),
            environment: Environment::default(),
            storage: StorageSettings::default(),
            keys: KeysFile::default(),
            journal: JournalSettings::default(),
            access: AccessSettings::default(),
            operator: OperatorSettings::default(),
            assistant: AssistantSettings::default(),
            model: None,
            site: vec![FormSettings::default()],
            recognizer: Vec::new(),
            max: Vec::new(),
            telegram: Vec::new(),
        }
    }
}

/// Which database.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct StorageSettings {
    /// SQLite in the data folder, or PostgreSQL by the address in the secrets file.
    pub engine: StorageEngine,
}

/// The two engines.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StorageEngine {
    /// One file in the data folder.
    #[default]
    Sqlite,
    /// A server; addresses `storage.data_url` and `storage.keys_url` in the secrets file.
    Postgres,
}

/// Whether real clients are served.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Environment {
    /// Real clients.
    #[default]
    Production,
    /// Trials and development: nobody's data are at stake.
    Development,
}

/// Where the root key comes from.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct KeysFile {
    /// A key file, a passphrase or another source.
    pub source: KeysSource,
    /// Path of the key file; empty = `root.key` in the data folder's `keys`.
    pub file: PathBuf,
    /// Name of the systemd credential, for source `credential`.
    pub credential: String,
    /// Address of the key server, for source `vault`.
    pub vault_url: String,
    /// Name of the key in the server's transit engine.
    pub vault_key: String,
    /// File with the wrapped root key; empty = `root.wrapped` in the data folder's `keys`.
    pub wrapped: PathBuf,
}

/// The key sources of this build.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KeysSource {
    /// A file, mode 0600, best on another device than the data.
    #[default]
    File,
    /// `keys.passphrase` in the secrets file.
    Passphrase,
    /// A credential that systemd unsealed for the service.
    Credential,
    /// The variable `SHIRMA_ROOT_KEY`; development only.
    Env,
    /// A key server with the transit protocol of OpenBao and Vault.
    Vault,
}

/// Where copies of the journal's checkpoints go.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct JournalSettings {
    /// Folders on other devices: a mounted share, a stick. They must be there already.
    pub anchor_folders: Vec<PathBuf>,
    /// The bot that writes to the owner: `max/main` or `telegram/main`; empty = nobody is written to.
    pub owner_channel: String,
    /// The owner's chat with this bot.
    pub owner_chat: String,
}

impl JournalSettings {
    /// The bot that writes to the owner: its messenger and name.
    pub fn owner_channel(&self) -> Option<(ChannelKind, &str)> {
        let (kind, account) = self.owner_channel.split_once('/')?;
        let kind = ChannelKind::from_name(kind).filter(|kind| *kind != ChannelKind::Site)?;
        Some((kind, account))
    }
}

/// How staff sign in.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AccessSettings {
    /// Whether the second factor may be left out.
    pub second_factor: SecondFactorRule,
}

/// Whether the second factor may be left out (ADR 0011).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SecondFactorRule {
    /// Everybody sets it up within a week of his first sign-in.
    #[default]
    Required,
    /// Whoever has set it up is asked for it; nobody has to.
    Optional,
}

/// The business, as documents name it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct OperatorSettings {
    /// Full name of the company or sole trader.
    pub name: String,
    /// Legal address.
    pub address: String,
    /// ИНН.
    pub inn: String,
    /// Where a person writes about his data.
    pub contact: String,
}

/// How the assistant answers.
#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AssistantSettings {
    /// Who answers first.
    pub mode: AssistantMode,
    /// The file with hours, prices and questions; relative to the data folder; made from a sample at the first start.
    pub base: PathBuf,
}

impl Default for AssistantSettings {
    fn default() -> Self {
        AssistantSettings {
            mode: AssistantMode::Rules,
            base: PathBuf::from("base.toml"),
        }
    }
}

/// Who answers first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AssistantMode {
    /// Nobody: people answer.
    Off,
    /// The rules of the house.
    Rules,
    /// The model of `[model]`, the rules where it may not or cannot.
    Model,
}

/// A model behind an OpenAI-compatible address.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ModelSettings {
    /// Address up to and including `/v1`.
    pub url: String,
    /// Name of the model there.
    pub model: String,
    /// Where it runs: decides what may be sent.
    pub residency: Residency,
    /// Whether a client's consent must be there first.
    #[serde(default)]
    pub consent: ConsentRule,
    /// Whole time for an answer in milliseconds, at most 60 000.
    #[serde(default = "model_timeout_ms")]
    pub timeout_ms: u64,
    /// Longest answer in tokens.
    #[serde(default = "model_max_tokens")]
    pub max_tokens: u32,
    /// 0 = repeatable.
    #[serde(default)]
    pub temperature: f32,
    /// Whether messages about health may leave, masked. Never abroad.
    #[serde(default)]
    pub health: bool,
    /// Proxy, `http://` or `socks5://`.
    #[serde(default)]
    pub proxy: String,
    /// Who runs it, with the address: named in the consent text as the processor. Needed unless the model is local.
    #[serde(default)]
    pub processor: String,
    /// The owner has decided in writing to use a provider abroad.
    #[serde(default)]
    pub abroad_decided: bool,
}

fn model_timeout_ms() -> u64 {
    20_000
}

fn model_max_tokens() -> u32 {
    400
}

/// Whether consent is needed before a model sees a dialogue.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConsentRule {
    /// The client pressed «Даю согласие» and did not take it back.
    #[default]
    Required,
    /// The operator relies on the contract with the client (152-FZ art. 6 (1) 5). Only for a local model.
    Contract,
}

/// A site form with its chat page.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FormSettings {
    /// Name in the address: `/hooks/site/{name}`, `/chat/{name}`.
    pub name: String,
    /// Title of the chat page.
    #[serde(default)]
    pub title: String,
    /// Sites whose pages may post and embed, `https://example.ru`.
    #[serde(default)]
    pub origins: Vec<String>,
    /// Filled faster than this = a robot.
    #[serde(default = "minimum_fill_ms")]
    pub minimum_fill_ms: u64,
    /// Where a form without scripts lands; empty = our own page of thanks.
    #[serde(default)]
    pub thanks_url: String,
}

fn minimum_fill_ms() -> u64 {
    2_000
}

impl Default for FormSettings {
    fn default() -> Self {
        FormSettings {
            name: "demo".to_owned(),
            title: String::new(),
            origins: Vec::new(),
            minimum_fill_ms: minimum_fill_ms(),
            thanks_url: String::new(),
        }
    }
}

/// A recognizer of the company's own, see [`shirma_pii::Recognizer`].
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecognizerSettings {
    /// What the owner calls it; stands in messages about it.
    pub name: String,
    /// Regular expression of the value.
    pub pattern: String,
    /// What kind of data its matches are.
    #[serde(default = "own_number")]
    pub label: Label,
    /// Beginnings of words before the value.
    #[serde(default)]
    pub before: Vec<String>,
    /// Beginnings of words behind it.
    #[serde(default)]
    pub after: Vec<String>,
    /// Words beside which it is something else.
    #[serde(default)]
    pub unless: Vec<String>,
    /// Check digits.
    pub checksum: Option<Checksum>,
}

fn own_number() -> Label {
    Label::Other
}

impl From<&RecognizerSettings> for Recognizer {
    fn from(settings: &RecognizerSettings) -> Recognizer {
        Recognizer {
            label: settings.label,
            pattern: settings.pattern.clone(),
            before: settings.before.clone(),
            after: settings.after.clone(),
            unless: settings.unless.clone(),
            checksum: settings.checksum,
        }
    }
}

/// A messenger bot. Its token and webhook secret stand in the secrets file under the same name.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MessengerSettings {
    /// Name in the address: `/hooks/max/{name}`.
    pub name: String,
    /// How events come.
    #[serde(default)]
    pub listen: ListenMode,
    /// Address of the service; empty = the official one.
    #[serde(default)]
    pub base_url: String,
    /// Proxy, `http://` or `socks5://`.
    #[serde(default)]
    pub proxy: String,
    /// PEM file with an additional root certificate for this service only.
    #[serde(default)]
    pub root_certificate: PathBuf,
    /// Whether to register the webhook at start (needs `public_url`).
    #[serde(default = "yes")]
    pub register: bool,
}

fn yes() -> bool {
    true
}

/// How a messenger's events come.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ListenMode {
    /// The service calls us.
    #[default]
    Webhook,
    /// We ask the service.
    Poll,
}

/// Longest name of a form or account: it stands in addresses and unique keys.
const MAX_NAME_CHARS: usize = 40;

impl Settings {
    /// Folder of databases.
    pub fn data_folder(&self) -> &Path {
        &self.data
    }

    /// Path of the key file.
    pub fn key_file(&self) -> PathBuf {
        if self.keys.file.as_os_str().is_empty() {
            self.data.join("keys").join("root.key")
        } else {
            self.keys.file.clone()
        }
    }

    /// Path of the wrapped root key, for source `vault`.
    pub fn wrapped_key_file(&self) -> PathBuf {
        if self.keys.wrapped.as_os_str().is_empty() {
            self.data.join("keys").join("root.wrapped")
        } else {
            self.keys.wrapped.clone()
        }
    }

    /// The address clients see, without a slash at the end.
    pub fn public_address(&self) -> String {
        if self.public_url.is_empty() {
            format!("http://{}", self.listen)
        } else {
            self.public_url.trim_end_matches('/').to_owned()
        }
    }

    /// A detector with the company's own recognizers.
    ///
    /// # Errors
    /// The first recognizer that cannot be used. Settings that were read have none.
    pub fn detector(&self) -> Result<Detector, RecognizerError> {
        let own: Vec<Recognizer> = self.recognizer.iter().map(Recognizer::from).collect();
        Detector::new().with_recognizers(&own)
    }

    /// What contradicts or cannot be; `Err` says it in Russian.
    pub(super) fn check(&self) -> Result<(), String> {
        if self.listen.parse::<std::net::SocketAddr>().is_err() {
            return Err(words::listen_form(&self.listen));
        }
        if !self.public_url.is_empty()
            && !self.public_url.starts_with("https://")
            && !self.public_url.starts_with("http://127.0.0.1")
            && !self.public_url.starts_with("http://localhost")
        {
            return Err(words::public_url_form());
        }
        let groups = [
            ("site", self.site.iter().map(|form| &form.name).collect::<Vec<_>>()),
            ("max", self.max.iter().map(|account| &account.name).collect()),
            ("telegram", self.telegram.iter().map(|account| &account.name).collect()),
        ];
        for (group, names) in groups {
            for (index, name) in names.iter().enumerate() {
                if !is_name(name) {
                    return Err(words::name_form(group, name));
                }
                if names[..index].contains(name) {
                    return Err(words::name_twice(group, name));
                }
            }
        }
        if let Err(error) = self.detector() {
            let place = error.place().and_then(|place| self.recognizer.get(place - 1));
            return Err(words::recognizer(place.map(|one| one.name.as_str()), &error));
        }
        for form in &self.site {
            if let Some(origin) = form.origins.iter().find(|origin| !is_origin(origin)) {
                return Err(words::origin_form(&form.name, origin));
            }
        }
        self.check_journal()?;
        self.check_keys()?;
        self.check_model()
    }

    fn check_journal(&self) -> Result<(), String> {
        let journal = &self.journal;
        if journal.owner_channel.is_empty() && journal.owner_chat.is_empty() {
            return Ok(());
        }
        let accounts = match journal.owner_channel() {
            Some((ChannelKind::Max, name)) => Some((&self.max, name)),
            Some((ChannelKind::Telegram, name)) => Some((&self.telegram, name)),
            Some((ChannelKind::Site, _)) | None => None,
        };
        let is_known = accounts.is_some_and(|(all, name)| all.iter().any(|account| account.name == name));
        if is_known && !journal.owner_chat.is_empty() {
            Ok(())
        } else {
            Err(words::owner_chat())
        }
    }

    fn check_keys(&self) -> Result<(), String> {
        let keys = &self.keys;
        match keys.source {
            KeysSource::File | KeysSource::Passphrase => Ok(()),
            // A plain name: a path could lead out of the directory that systemd guards.
            KeysSource::Credential if !is_name(&keys.credential) => Err(words::credential_name(&keys.credential)),
            KeysSource::Credential => Ok(()),
            KeysSource::Env if self.environment == Environment::Production => Err(words::env_in_production()),
            KeysSource::Env => Ok(()),
            KeysSource::Vault if !keys.vault_url.starts_with("https://") && !keys.vault_url.starts_with("http://") => {
                Err(words::vault_url())
            }
            KeysSource::Vault if !is_name(&keys.vault_key) => Err(words::vault_key(&keys.vault_key)),
            KeysSource::Vault => Ok(()),
        }
    }

    fn check_model(&self) -> Result<(), String> {
        let Some(model) = &self.model else {
            return if self.assistant.mode == AssistantMode::Model {
                Err(words::model_missing())
            } else {
                Ok(())
            };
        };
        if !model.url.starts_with("https://") && !model.url.starts_with("http://") {
            return Err(words::model_url());
        }
        if model.residency != Residency::Local && model.processor.trim().is_empty() {
            return Err(words::model_processor());
        }
        match model.residency {
            Residency::Local => {}
            Residency::Russia | Residency::Abroad if model.consent == ConsentRule::Contract => {
                return Err(words::model_consent());
            }
            Residency::Abroad if !model.abroad_decided || model.health => return Err(words::model_abroad()),
            Residency::Russia | Residency::Abroad => {}
        }
        if model.timeout_ms == 0 || model.timeout_ms > 60_000 {
            return Err(words::model_timeout());
        }
        Ok(())
    }
}

fn is_name(name: &str) -> bool {
    !name.is_empty()
        && name.len() <= MAX_NAME_CHARS
        && name
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-' || byte == b'_')
}

fn is_origin(origin: &str) -> bool {
    let rest = origin
        .strip_prefix("https://")
        .or_else(|| origin.strip_prefix("http://"));
    rest.is_some_and(|host| !host.is_empty() && !host.contains(['/', '*', ' ', '?', '#', '@']))
}

/// Reads the text of a settings file.
pub(super) fn parse(path: &Path, text: &str) -> Result<Settings, Error> {
    toml::from_str::<Settings>(text).map_err(|error| wrong(path, text, &error))
}

/// Turns a TOML error into a Russian sentence with the line and, for an unknown key, the nearest known one.
pub(crate) fn wrong(path: &Path, text: &str, error: &toml::de::Error) -> Error {
    let line = error
        .span()
        .map(|span| text[..span.start.min(text.len())].matches('\n').count() + 1);
    Error::Wrong {
        path: path.to_path_buf(),
        line,
        what: words::toml(error.message()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(text: &str) -> String {
        match parse(Path::new("shirma.toml"), text) {
            Err(error) => error.to_string(),
            Ok(settings) => settings.check().expect_err("the settings should be refused"),
        }
    }

    #[test]
    fn an_empty_file_is_the_defaults() {
        let settings = parse(Path::new("x"), "").expect("defaults");
        settings.check().expect("defaults agree");
        assert_eq!(settings.listen, "127.0.0.1:8787");
        assert_eq!(settings.site[0].name, "demo");
    }

    #[test]
    fn an_unknown_key_names_the_nearest_and_its_line() {
        let said = refusal("data = \"x\"\nlissten = \"127.0.0.1:1\"\n");
        assert!(
            said.contains("lissten") && said.contains("listen") && said.contains('2'),
            "{said}"
        );
        let said = refusal("[assistant]\nmod = \"rules\"\n");
        assert!(said.contains("mode"), "{said}");
    }

    #[test]
    fn contradictions_are_refused() {
        for text in [
            "listen = \"8787\"",
            "public_url = \"http://example.ru\"",
            "[assistant]\nmode = \"model\"",
            "[[site]]\nname = \"Сайт\"",
            "[journal]\nowner_channel = \"telegram/main\"\nowner_chat = \"1\"",
            "[journal]\nowner_channel = \"max/main\"\n[[max]]\nname = \"main\"",
            "[journal]\nowner_channel = \"site/demo\"\nowner_chat = \"1\"",
            "[journal]\nowner_chat = \"1\"",
            "[[site]]\nname = \"a\"\n[[site]]\nname = \"a\"",
            "[[site]]\nname = \"a\"\norigins = [\"*\"]",
            "[model]\nurl = \"https://m.example/v1\"\nmodel = \"m\"\nresidency = \"abroad\"\nprocessor = \"X\"",
            "[model]\nurl = \"https://m.example/v1\"\nmodel = \"m\"\nresidency = \"russia\"\nprocessor = \"X\"\nconsent = \"contract\"",
            "[model]\nurl = \"https://m.example/v1\"\nmodel = \"m\"\nresidency = \"russia\"",
            "[model]\nurl = \"ftp://m.example\"\nmodel = \"m\"\nresidency = \"local\"",
        ] {
            assert!(!refusal(text).is_empty(), "{text}");
        }
    }
}
