//! `[keys]`: where the root key comes from.

use std::path::PathBuf;

use serde::Deserialize;

use super::file::{Environment, is_name};
use super::words;

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

impl KeysFile {
    /// What cannot be; `Err` says it in Russian.
    pub(super) fn check(&self, environment: Environment) -> Result<(), String> {
        match self.source {
            KeysSource::File | KeysSource::Passphrase => Ok(()),
            // A plain name: a path could lead out of the directory that systemd guards.
            KeysSource::Credential if !is_name(&self.credential) => Err(words::credential_name(&self.credential)),
            KeysSource::Credential => Ok(()),
            KeysSource::Env if environment == Environment::Production => Err(words::env_in_production()),
            KeysSource::Env => Ok(()),
            KeysSource::Vault if !self.vault_url.starts_with("https://") && !self.vault_url.starts_with("http://") => {
                Err(words::vault_url())
            }
            KeysSource::Vault if !is_name(&self.vault_key) => Err(words::vault_key(&self.vault_key)),
            KeysSource::Vault => Ok(()),
        }
    }
}
