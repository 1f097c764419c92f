//! `shirma.secrets.toml`: tokens, keys, addresses with passwords. Readable by the owner only. And what the environment
//! may hold of the kind: a root key for trials, and where systemd keeps its credentials.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use shirma_vault::SecretString;

use super::Error;
use super::file::wrong;

/// All secrets of the settings. `Debug` shows none.
#[derive(Debug, Default)]
pub struct Secrets {
    /// By account name.
    pub max: BTreeMap<String, MessengerSecrets>,
    /// By account name.
    pub telegram: BTreeMap<String, MessengerSecrets>,
    /// Key of the model's address.
    pub model_key: Option<SecretString>,
    /// PostgreSQL address of the data.
    pub data_url: Option<SecretString>,
    /// PostgreSQL address of the keys.
    pub keys_url: Option<SecretString>,
    /// For key source `passphrase`.
    pub passphrase: Option<SecretString>,
    /// For key source `vault`: what the key server wants to see.
    pub vault_token: Option<SecretString>,
    /// For key source `env`: the variable as it is. Text that is not Unicode counts as absent.
    pub root_key: Option<SecretString>,
    /// For key source `credential`: the directory that systemd prepared.
    pub credentials_directory: Option<PathBuf>,
}

/// The variable with the root key of a trial.
pub const ROOT_KEY_VARIABLE: &str = "SHIRMA_ROOT_KEY";
/// Where systemd tells its directory of credentials.
const CREDENTIALS_VARIABLE: &str = "CREDENTIALS_DIRECTORY";

/// Secrets of one bot.
#[derive(Debug)]
pub struct MessengerSecrets {
    /// The bot's token.
    pub token: SecretString,
    /// What the service must show on each webhook.
    pub webhook_secret: Option<SecretString>,
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct SecretsFile {
    max: BTreeMap<String, MessengerFile>,
    telegram: BTreeMap<String, MessengerFile>,
    model: ModelFile,
    storage: StorageFile,
    keys: KeysFile,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MessengerFile {
    token: String,
    webhook_secret: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct ModelFile {
    key: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct StorageFile {
    data_url: Option<String>,
    keys_url: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct KeysFile {
    passphrase: Option<String>,
    vault_token: Option<String>,
}

/// Reads the file; a missing one means no secrets.
pub(super) fn load(path: &Path) -> Result<Secrets, Error> {
    let mut secrets = load_file(path)?;
    secrets.root_key = variable(ROOT_KEY_VARIABLE)
        .and_then(|value| value.into_string().ok())
        .map(SecretString::new);
    secrets.credentials_directory = variable(CREDENTIALS_VARIABLE).map(PathBuf::from);
    Ok(secrets)
}

fn variable(name: &str) -> Option<OsString> {
    std::env::var_os(name)
}

fn load_file(path: &Path) -> Result<Secrets, Error> {
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Secrets::default()),
        Err(source) => {
            return Err(Error::Unreadable {
                path: path.to_path_buf(),
                source,
            });
        }
    };
    refuse_open_to_others(path)?;
    let file: SecretsFile = toml::from_str(&text).map_err(|error| wrong(path, &text, &error))?;
    Ok(Secrets {
        max: messengers(file.max),
        telegram: messengers(file.telegram),
        model_key: file.model.key.map(SecretString::new),
        data_url: file.storage.data_url.map(SecretString::new),
        keys_url: file.storage.keys_url.map(SecretString::new),
        passphrase: file.keys.passphrase.map(SecretString::new),
        vault_token: file.keys.vault_token.map(SecretString::new),
        root_key: None,
        credentials_directory: None,
    })
}

fn messengers(files: BTreeMap<String, MessengerFile>) -> BTreeMap<String, MessengerSecrets> {
    let secret = |file: MessengerFile| MessengerSecrets {
        token: SecretString::new(file.token),
        webhook_secret: file.webhook_secret.map(SecretString::new),
    };
    files.into_iter().map(|(name, file)| (name, secret(file))).collect()
}

#[cfg(unix)]
fn refuse_open_to_others(path: &Path) -> Result<(), Error> {
    use std::os::unix::fs::PermissionsExt;
    let metadata = std::fs::metadata(path).map_err(|source| Error::Unreadable {
        path: path.to_path_buf(),
        source,
    })?;
    if metadata.permissions().mode() & 0o077 != 0 {
        return Err(Error::OpenToOthers {
            path: path.to_path_buf(),
        });
    }
    Ok(())
}

#[cfg(not(unix))]
fn refuse_open_to_others(_path: &Path) -> Result<(), Error> {
    Ok(())
}
