//! Unlocking at start, and the first keys of a new installation. A new key is never made where data exist.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, RwLock};

use shirma_store::Store;
use shirma_vault::{
    Entropy, FileKey, KeyRow, KeySource, Keyring, PassphraseCost, PassphraseKey, RootKey, SecretString, random_token,
};

use super::rows::{self, Installation};
use super::{Error, Inner, Vault};
use crate::clock::Clock;

/// Where the root key comes from.
pub enum Source {
    /// A file, mode 0600.
    File(PathBuf),
    /// Words of the owner.
    Passphrase(SecretString),
    /// Kept by somebody else and read already: a credential, a variable, a key server.
    Ready(RootKey),
}

/// Why the vault stays closed. The program does not start then, and nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum SetupError {
    /// The keys' database or a stored key.
    #[error(transparent)]
    Vault(#[from] Error),
    /// There are data but no keys: the key database was lost or is another one's.
    #[error("there are data but no keys")]
    DataWithoutKeys,
    /// The keys open, but they are not those of these data.
    #[error("the keys belong to another installation")]
    OtherInstallation,
}

impl From<shirma_store::Error> for SetupError {
    fn from(error: shirma_store::Error) -> Self {
        SetupError::Vault(Error::Store(error))
    }
}

impl From<shirma_vault::Error> for SetupError {
    fn from(error: shirma_vault::Error) -> Self {
        SetupError::Vault(Error::Cipher(error))
    }
}

/// Opens the vault over the key store; makes the first keys when `data_is_empty` and there are none.
///
/// # Errors
/// [`SetupError`]; nothing was changed then.
pub fn open(
    source: &Source,
    keys: Store,
    data_is_empty: bool,
    entropy: Arc<dyn Entropy>,
    clock: Arc<dyn Clock>,
) -> Result<Vault, SetupError> {
    let stored = keys.read_blocking(rows::installation)?;
    let keyring = match stored {
        Some(installation) => {
            let rows = keys.read_blocking(rows::keyring)?;
            unlock(source, &installation, &rows)?
        }
        None if !data_is_empty => return Err(SetupError::DataWithoutKeys),
        None => found(source, &keys, entropy.as_ref(), clock.now_ms())?,
    };
    let inner = Inner {
        ring: RwLock::new(Arc::new(keyring)),
        keys,
        entropy,
        now_ms: Box::new(move || clock.now_ms()),
        subjects: Mutex::default(),
        epochs: Mutex::default(),
        erased: Mutex::default(),
        rotating: Mutex::default(),
    };
    Ok(Vault(Arc::new(inner)))
}

/// Whether a root key opens the keys of a store; `true` for a store without keys.
///
/// # Errors
/// [`SetupError`] when a stored key is damaged.
pub fn fits(root: &RootKey, keys: &Store) -> Result<bool, SetupError> {
    let Some(installation) = keys.read_blocking(rows::installation)? else {
        return Ok(true);
    };
    let rows = keys.read_blocking(rows::keyring)?;
    match Keyring::open(root, &installation.name, &rows) {
        Ok(_) => Ok(true),
        Err(shirma_vault::Error::WrongRootKey) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

/// Opens the ring. A program that ended while the root key was exchanged left two key files: the ring says which of them is
/// in force, and the exchange is brought to its end or taken back.
fn unlock(source: &Source, installation: &Installation, rows: &[KeyRow]) -> Result<Keyring, SetupError> {
    let with = |root: &RootKey| Keyring::open(root, &installation.name, rows);
    let opened = load_root(source, installation).and_then(|root| Ok(with(&root)?));
    let Source::File(path) = source else { return opened };
    let file = FileKey::new(path);
    let successor = file.successor();
    if !successor.is_there() {
        return opened;
    }
    match opened {
        Ok(ring) => {
            file.forget_successor()?;
            Ok(ring)
        }
        Err(SetupError::Vault(Error::Cipher(shirma_vault::Error::WrongRootKey))) => {
            let ring = with(&successor.load()?)?;
            file.succeed()?;
            Ok(ring)
        }
        Err(error) => Err(error),
    }
}

fn load_root(source: &Source, installation: &Installation) -> Result<RootKey, SetupError> {
    Ok(match source {
        Source::File(path) => FileKey::new(path).load()?,
        Source::Passphrase(passphrase) => passphrase_key(passphrase, installation).load()?,
        Source::Ready(key) => key.clone(),
    })
}

/// The key that words of the owner give in this installation.
pub(super) fn passphrase_key(passphrase: &SecretString, installation: &Installation) -> PassphraseKey {
    PassphraseKey {
        passphrase: passphrase.clone(),
        salt: installation.salt,
        cost: installation.cost,
    }
}

fn found(source: &Source, keys: &Store, entropy: &dyn Entropy, now_ms: i64) -> Result<Keyring, SetupError> {
    let name = random_token("i-", entropy)?.expose()[..18].replace('_', "-");
    let installation = Installation {
        name,
        salt: PassphraseKey::new_salt(entropy)?,
        cost: PassphraseCost::USUAL,
    };
    let root = match source {
        // A key file laid down beforehand is used; an absent one is made.
        Source::File(path) if !path.exists() => FileKey::new(path).create(entropy)?,
        Source::File(_) | Source::Passphrase(_) | Source::Ready(_) => load_root(source, &installation)?,
    };
    let (keyring, rows) = Keyring::create(&root, &installation.name, entropy)?;
    keys.write_blocking(move |tx| rows::found(tx, &installation, &rows, now_ms))?;
    Ok(keyring)
}
