//! The root of `shirma.toml` with its defaults, and what holds across sections; each section has a file of its own beside.
//! The shipped file explains each key; `cargo xtask tidy` holds the two together.

use std::net::IpAddr;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use shirma_pii::{Detector, Recognizer, RecognizerError};

use super::access::AccessSettings;
use super::assistant::{AssistantMode, AssistantSettings};
use super::journal::JournalSettings;
use super::keys::KeysFile;
use super::messenger::MessengerSettings;
use super::model::ModelSettings;
use super::operator::OperatorSettings;
use super::recognizer::RecognizerSettings;
use super::site::FormSettings;
use super::storage::StorageSettings;
use super::{Error, words};

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
        self.journal.check(&self.max, &self.telegram)?;
        self.keys.check(self.environment)?;
        match &self.model {
            Some(model) => model.check(),
            None if self.assistant.mode == AssistantMode::Model => Err(words::model_missing()),
            None => Ok(()),
        }
    }
}

/// Whether a name can stand in addresses and paths as it is.
pub(super) fn is_name(name: &str) -> bool {
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
