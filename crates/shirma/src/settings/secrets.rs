//! `shirma.secrets.toml`: tokens, keys, addresses with passwords. Readable by the owner only.

use std::collections::BTreeMap;
use std::path::Path;

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
}

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
}

/// Reads the file; a missing one means no secrets.
pub(super) fn load(path: &Path) -> Result<Secrets, Error> {
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
