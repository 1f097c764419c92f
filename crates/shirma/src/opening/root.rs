//! Where the root key comes from, by the settings. Read before a database is touched, so that a refusal changes nothing.

use std::path::Path;

use shirma_store::Store;
use shirma_vault::{Entropy, FileKey, KeySource, RootKey, WrittenKey};

use super::{OpeningError, key_server, make_folder};
use crate::settings::{KeysSource, ROOT_KEY_VARIABLE, Secrets, Settings};
use crate::vault::{self, SetupError, Source};

/// The source; for anything but a passphrase the key itself has been read, when there are keys that it must open.
///
/// # Errors
/// [`OpeningError`] saying what is wrong with the key.
pub(super) fn source(
    settings: &Settings,
    secrets: &Secrets,
    keys_are_there: bool,
    entropy: &dyn Entropy,
) -> Result<Source, OpeningError> {
    match settings.keys.source {
        KeysSource::File => {
            let path = settings.key_file();
            let file = FileKey::new(&path);
            if keys_are_there || file.is_there() {
                file.load().map_err(SetupError::from)?;
            } else {
                folder_of(&path)?;
            }
            Ok(Source::File(path))
        }
        KeysSource::Passphrase => {
            let passphrase = secrets.passphrase.clone();
            passphrase
                .map(Source::Passphrase)
                .ok_or(OpeningError::Secret("keys.passphrase"))
        }
        KeysSource::Credential => {
            let directory = secrets.credentials_directory.as_deref();
            let directory = directory.ok_or(OpeningError::NoCredentials)?;
            loaded(&FileKey::credential(directory.join(&settings.keys.credential)))
        }
        KeysSource::Env => {
            let text = secrets.root_key.clone();
            loaded(&WrittenKey::new(
                text.ok_or(OpeningError::NoVariable(ROOT_KEY_VARIABLE))?,
            ))
        }
        KeysSource::Vault => {
            folder_of(&settings.wrapped_key_file())?;
            let key = key_server::root_key(settings, secrets, keys_are_there, entropy)?;
            Ok(Source::Ready(key))
        }
    }
}

/// The root key itself, for the recovery sheet; `None` when it is a passphrase, which the owner knows.
///
/// # Errors
/// [`OpeningError`] saying what is wrong with the key.
pub fn key(settings: &Settings, secrets: &Secrets, entropy: &dyn Entropy) -> Result<Option<RootKey>, OpeningError> {
    Ok(match source(settings, secrets, true, entropy)? {
        Source::File(path) => Some(FileKey::new(path).load().map_err(SetupError::from)?),
        Source::Passphrase(_) => None,
        Source::Ready(key) => Some(key),
    })
}

/// Writes a key that was read from a sheet into the key file of the settings, where there is none. `false` and nothing
/// written when it is not the key of the data that are there.
///
/// # Errors
/// [`OpeningError`]; also when a key file is there.
pub fn restore(settings: &Settings, secrets: &Secrets, key: &RootKey) -> Result<bool, OpeningError> {
    let path = settings.key_file();
    let (_, keys) = super::targets(settings, secrets)?;
    if Store::is_there(&keys)? {
        let keys = Store::open(&keys, &super::KEYS)?;
        if !vault::fits(key, &keys)? {
            return Ok(false);
        }
    }
    folder_of(&path)?;
    FileKey::new(path).write(key).map_err(SetupError::from)?;
    Ok(true)
}

fn loaded(source: &dyn KeySource) -> Result<Source, OpeningError> {
    Ok(Source::Ready(source.load().map_err(SetupError::from)?))
}

fn folder_of(path: &Path) -> Result<(), OpeningError> {
    path.parent().map_or(Ok(()), make_folder)
}
