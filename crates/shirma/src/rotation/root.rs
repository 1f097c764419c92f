//! Another root key. The new one lies durable beside the former one before anything hangs on it, and takes its place after:
//! whenever the program ends in between, one of the two files opens the ring, and the next start knows which.

use std::sync::Arc;

use shirma_audit::Actor;
use shirma_vault::FileKey;

use crate::app::{App, Fault};
use crate::audit;
use crate::settings::KeysSource;
use crate::vault;

/// Why the root key stays as it is.
#[derive(Debug, thiserror::Error)]
pub enum RootError {
    /// It is not kept in a file of ours: whoever keeps it exchanges it.
    #[error("the root key is not kept in a file")]
    NotAFile,
    /// The new file cannot be written, or not be put in place.
    #[error("the key file cannot be exchanged")]
    File(#[source] shirma_vault::Error),
    /// The key store or the journal.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Puts a fresh root key in the place of the former one, in its file and over all keys it wraps.
///
/// # Errors
/// [`RootError`]; the former key is in force then, unless only the last renaming failed, which the next start does.
pub async fn rotate_root(app: &Arc<App>, by: Actor) -> Result<(), RootError> {
    if app.settings.keys.source != KeysSource::File {
        return Err(RootError::NotAFile);
    }
    super::note(app, by, audit::KEY_ROTATE, "root").await?;
    let file = FileKey::new(app.settings.key_file());
    let successor = file.successor();
    if successor.is_there() {
        file.forget_successor().map_err(RootError::File)?;
    }
    let root = successor.create(app.entropy.as_ref()).map_err(RootError::File)?;
    if let Err(error) = app.vault.rotate_root(&root) {
        // Whether an unknown commit stands is told by the ring at the next start; both files wait for it.
        if !matches!(error, vault::Error::Store(shirma_store::Error::Unknown)) {
            file.forget_successor().map_err(RootError::File)?;
        }
        return Err(Fault::from(error).into());
    }
    file.succeed().map_err(RootError::File)?;
    Ok(())
}
