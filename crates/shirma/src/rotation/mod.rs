//! Exchanging keys while everybody works (security.md §2.5): asked for by a person, or due after a year.
//!
//! An exchange is begun in one transaction and then goes on in small steps, between which the program may end at any moment:
//! how far it has come is seen from the stores alone. What a former key holds is wrapped or sealed anew, then the former key
//! is destroyed.
//!
//! | key | what hangs on it |
//! | --- | --- |
//! | general, medical | the keys of people: wrapped anew, no sealed value is touched |
//! | installation | the names of staff: sealed anew |
//! | audit | nothing; former keys stay to check what they signed, and sign the first checkpoint of the new one |
//! | derivation | indexes for search, both lists of the erased; an account's index follows when its owner writes again |

mod root;
mod rows;

use std::sync::Arc;

use shirma_audit::{Act, Actor, Object};
use shirma_vault::{KeyPurpose, Section};

use crate::app::{App, Fault};
use crate::audit;
use crate::clock::DAY_MS;
use crate::erasure;
pub use root::{RootError, rotate_root};

/// How long a key that wraps keys stays in force.
const YEAR_MS: i64 = 365 * DAY_MS;
/// Keys exchanged every year without being asked. The others only on suspicion.
const YEARLY: [KeyPurpose; 3] = [KeyPurpose::General, KeyPurpose::Medical, KeyPurpose::Installation];
/// Rows sealed or indexed anew in one transaction.
const BATCH: u32 = 100;

/// Puts a new version of a key in force; the rest happens in the background. Gives the version.
///
/// # Errors
/// [`Fault`]; the former key is in force then. The check value is no key and cannot be exchanged.
pub async fn request(app: &Arc<App>, purpose: KeyPurpose, by: Actor) -> Result<u32, Fault> {
    note(app, by, audit::KEY_ROTATE, purpose.as_str()).await?;
    let version = app.vault.begin_rotation(purpose)?;
    if purpose == KeyPurpose::Audit {
        // The new key comes forward at once, vouched for by the former one.
        let rooms = Arc::clone(app);
        app.data
            .write(move |tx| audit::sign(&rooms.vault, tx, rooms.now_ms()))
            .await?;
    }
    app.keys_wanted.notify_one();
    Ok(version)
}

/// Begins the exchanges whose year is over.
///
/// # Errors
/// [`Fault`]; it is tried again.
pub async fn begin_due(app: &Arc<App>) -> Result<(), Fault> {
    for purpose in YEARLY {
        let since_ms = app.vault.in_force_since(purpose)?;
        if is_due(since_ms, app.now_ms()) && !app.vault.retiring().iter().any(|(other, _)| *other == purpose) {
            request(app, purpose, audit::system()).await?;
        }
    }
    Ok(())
}

fn is_due(since_ms: i64, now_ms: i64) -> bool {
    now_ms - since_ms >= YEAR_MS
}

/// Does the next small step of an exchange. `false` when there is none to do now.
///
/// # Errors
/// [`Fault`]; the step is done again.
pub async fn step(app: &Arc<App>) -> Result<bool, Fault> {
    for (purpose, version) in app.vault.retiring() {
        let moved = match purpose {
            KeyPurpose::General => app.vault.rewrap_some(Section::General)? > 0,
            KeyPurpose::Medical => app.vault.rewrap_some(Section::Medical)? > 0,
            KeyPurpose::Installation => reseal_house(app).await? > 0,
            KeyPurpose::Derivation => reindex(app).await? > 0,
            KeyPurpose::Check | KeyPurpose::Audit => false,
        };
        if moved {
            return Ok(true);
        }
        if is_free(app, purpose, version).await? {
            if purpose == KeyPurpose::Derivation {
                // Without the former secret nobody could tell whether what it signed is ours.
                erasure::resign(app).await?;
            }
            let id = format!("{}/{version}", purpose.as_str());
            note(app, audit::system(), audit::KEY_RETIRE, &id).await?;
            return Ok(app.vault.retire(purpose, version).await?);
        }
    }
    Ok(false)
}

/// Whether nothing hangs on a former version any more. The key store looks once more when it destroys it.
async fn is_free(app: &App, purpose: KeyPurpose, version: u32) -> Result<bool, Fault> {
    if purpose != KeyPurpose::Derivation {
        return Ok(!app.vault.wraps_something(purpose, version)?);
    }
    let version = app.vault.blind_version();
    let behind = app.data.read(move |tx| rows::indexes_behind(tx, version)).await?;
    Ok(behind == 0)
}

async fn reseal_house(app: &Arc<App>) -> Result<usize, Fault> {
    let rooms = Arc::clone(app);
    app.data.write(move |tx| rows::reseal_house(&rooms, tx)).await
}

async fn reindex(app: &Arc<App>) -> Result<usize, Fault> {
    let rooms = Arc::clone(app);
    app.data.write(move |tx| rows::reindex(&rooms, tx, BATCH)).await
}

/// Tells of an act upon a key before it is done: the two stores do not commit together, and what is not in the journal must
/// not happen.
async fn note(app: &App, by: Actor, act: Act, key: &str) -> Result<(), Fault> {
    audit::note(app, audit::leaf(app.now_ms(), by, act, Object::new("key", key))).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_due_after_a_year() {
        assert!(!is_due(0, YEAR_MS - 1));
        assert!(is_due(0, YEAR_MS));
    }
}
