//! Signing in by name and password: failures are counted before anything is compared, unknown names cost the same
//! work and get the same answer.

use std::net::IpAddr;
use std::sync::{Arc, OnceLock};

use shirma_vault::{
    MIN_PASSWORD_CHARS, PasswordCost, Pii, SecretString, hash_password, rehash_password, verify_password,
};
use tokio::sync::Semaphore;

use super::{Opened, Staff, factor, rows, staff};
use crate::app::{App, Fault};
use crate::audit;
use crate::clock::{DAY_MS, SECOND_MS};
use crate::identifier::StaffId;
use crate::rate;

/// Hashes computed at the same time: each takes 19 MiB, and the store's readers are lent for it.
static HASHES: Semaphore = Semaphore::const_new(2);

/// What one hash costs on this machine: measured at the first one.
static COST: OnceLock<PasswordCost> = OnceLock::new();

/// The cost of hashes on this machine.
fn cost(app: &App) -> Result<PasswordCost, Fault> {
    if let Some(known) = COST.get() {
        return Ok(*known);
    }
    let measured = PasswordCost::calibrated(|| app.now_ms()).map_err(crate::vault::Error::from)?;
    Ok(*COST.get_or_init(|| measured))
}

/// Longest name of a colleague.
const MAX_NAME_CHARS: usize = 60;
/// What a try of signing in came to.
pub enum SignIn {
    /// Come in.
    Opened(Opened),
    /// The password is right, and a code of the second factor is to come; this is what the form for it carries.
    NeedsCode(SecretString),
    /// Name or password is wrong, or the name rests after failures: nobody is told which.
    Refused,
    /// Too many tries from this address.
    TooOften {
        /// How long to wait.
        wait_ms: i64,
    },
}

/// Why a password or a name for signing in is not taken.
#[derive(Debug, thiserror::Error)]
pub enum PasswordError {
    /// Fewer than [`MIN_PASSWORD_CHARS`] characters.
    #[error("shorter than {MIN_PASSWORD_CHARS} characters")]
    TooShort,
    /// Longer than anybody types.
    #[error("too long")]
    TooLong,
    /// Tried first by everybody.
    #[error("too common")]
    Common,
    /// The second writing differs.
    #[error("the two differ")]
    Differ,
    /// Not a usable name for signing in.
    #[error("not a usable login")]
    Login,
    /// Somebody else has this name.
    #[error("the login is taken")]
    LoginTaken,
    /// The step failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// How long a credential rests after so many failures in a row (security.md §5).
pub(super) fn rest_ms(failures: i64, now_ms: i64) -> i64 {
    match failures {
        ..3 => SECOND_MS,
        3..9 => 3 * SECOND_MS,
        9..25 => 5 * SECOND_MS,
        25..100 => 10 * SECOND_MS,
        _ => DAY_MS - now_ms.rem_euclid(DAY_MS),
    }
}

/// Lets a person in, unless too many tries came from where he is.
///
/// # Errors
/// [`Fault`]; nobody is let in then.
pub async fn sign_in(
    app: &Arc<App>,
    from: IpAddr,
    login: &str,
    password: SecretString,
    device: &str,
) -> Result<SignIn, Fault> {
    if let Some(wait_ms) = is_too_often(app, from).await? {
        return Ok(SignIn::TooOften { wait_ms });
    }
    compare(app, login, password, device).await
}

/// Counts a try of any kind against the address it comes from; gives the wait when it is one too many.
///
/// # Errors
/// [`Fault`].
pub async fn is_too_often(app: &Arc<App>, from: IpAddr) -> Result<Option<i64>, Fault> {
    match rate::counted_address(from) {
        Some(address) => too_often(app, address).await,
        None => Ok(None),
    }
}

/// Counts a try against its address, before anything is compared; gives the wait when it is one too many.
async fn too_often(app: &Arc<App>, address: String) -> Result<Option<i64>, Fault> {
    let rooms = Arc::clone(app);
    app.data
        .write(move |tx| -> Result<Option<i64>, Fault> {
            let mut wait_ms = None;
            for limit in [rate::SIGN_IN_MINUTE, rate::SIGN_IN_DAY] {
                if let Err(more_ms) = rate::may(&rooms, tx, limit, &address)? {
                    wait_ms = wait_ms.max(Some(more_ms));
                }
            }
            if wait_ms.is_some() {
                tell_refused(&rooms, tx)?;
            }
            Ok(wait_ms)
        })
        .await
}

/// A leaf about somebody who is nobody here.
fn tell_refused(app: &App, tx: &mut shirma_store::Tx<'_>) -> Result<(), Fault> {
    if rate::may(app, tx, rate::SIGN_IN_TOLD, "all")?.is_ok() {
        let object = shirma_audit::Object::new("staff", "unknown");
        let leaf = audit::leaf(app.now_ms(), audit::system(), audit::SIGN_IN_FAIL, object);
        tx.append(&leaf.with_outcome(shirma_audit::Outcome::Deny))?;
    }
    Ok(())
}

/// Compares name and password; refused when one is wrong, or the name rests after failures.
async fn compare(app: &Arc<App>, login: &str, password: SecretString, device: &str) -> Result<SignIn, Fault> {
    let Some(known) = proven(app, login, password).await? else {
        return Ok(SignIn::Refused);
    };
    let (rooms, device) = (Arc::clone(app), device.to_owned());
    app.data
        .write(move |tx| -> Result<SignIn, Fault> {
            rows::clear_failures(tx, known)?;
            factor::let_in(&rooms, tx, known, true, &device)
        })
        .await
}

/// Whose name and password these are. The try is counted; whoever lets the person in clears the counter.
pub(super) async fn proven(app: &Arc<App>, login: &str, password: SecretString) -> Result<Option<StaffId>, Fault> {
    let login = staff::canonical_login(login);
    let rooms = Arc::clone(app);
    let name = login.clone();
    // Counted and committed before the comparison: guesses made in parallel cannot outrun the counter.
    let candidate = app.data.write(move |tx| count_attempt(&rooms, tx, &name)).await?;
    let stored = candidate.as_ref().and_then(|known| known.password_hash.clone());
    let compared = fits(app, stored.clone(), password).await?;
    let Some(known) = candidate else { return Ok(None) };
    if !compared.fits {
        note_failure(app, known.id).await?;
        return Ok(None);
    }
    if let (Some(dearer), Some(former)) = (compared.dearer, stored) {
        app.data
            .write(move |tx| rows::raise_hash(tx, known.id, &former, &dearer))
            .await?;
    }
    Ok(Some(known.id))
}

/// Notes an attempt as failed; gives the member of staff whose password may be compared.
fn count_attempt(app: &App, tx: &mut shirma_store::Tx<'_>, login: &str) -> Result<Option<rows::StaffRow>, Fault> {
    let now_ms = app.now_ms();
    let Some(known) = rows::staff_by_login(tx, login)? else {
        tell_refused(app, tx)?;
        return Ok(None);
    };
    let resting = known.locked_until_ms.is_some_and(|until_ms| now_ms < until_ms);
    if resting || !super::session::works_here(&known.state, known.until_ms, now_ms) || known.password_hash.is_none() {
        return Ok(None);
    }
    let failures = known.failures.saturating_add(1);
    rows::count_failure(tx, known.id, failures, now_ms + rest_ms(failures, now_ms))?;
    Ok(Some(known))
}

/// Leaves a leaf; the rest after each failure keeps their number small.
async fn note_failure(app: &Arc<App>, staff: StaffId) -> Result<(), Fault> {
    let leaf = audit::leaf(app.now_ms(), audit::staff(staff), audit::SIGN_IN_FAIL, staff.object());
    audit::note(app, leaf.with_outcome(shirma_audit::Outcome::Deny)).await
}

/// What came of a comparison.
#[derive(Default)]
struct Fits {
    fits: bool,
    /// The password hashed at today's cost, when the stored hash is cheaper.
    dearer: Option<String>,
}

async fn fits(app: &Arc<App>, stored: Option<String>, password: SecretString) -> Result<Fits, Fault> {
    let Ok(_permit) = HASHES.acquire().await else {
        return Ok(Fits::default());
    };
    let rooms = Arc::clone(app);
    app.data
        .read(move |_| -> Result<Fits, Fault> {
            let cost = cost(&rooms)?;
            let compared = verify_password(stored.as_deref(), &password, cost).map_err(crate::vault::Error::from)?;
            let dearer = match compared.is_cheap {
                true => {
                    Some(rehash_password(&password, cost, rooms.entropy.as_ref()).map_err(crate::vault::Error::from)?)
                }
                false => None,
            };
            Ok(Fits {
                fits: compared.fits,
                dearer,
            })
        })
        .await
}

/// What a person chooses for himself.
pub struct Chosen {
    /// Name for signing in.
    pub login: String,
    /// As colleagues call him; empty = as he is called now.
    pub name: Pii<String>,
    /// The password.
    pub password: SecretString,
    /// The password, written again.
    pub again: SecretString,
}

/// Sets a person's name for signing in and his password; his other sessions end.
///
/// # Errors
/// [`PasswordError`]; the old ones stay then.
pub async fn set_password(app: &Arc<App>, staff: &Staff, chosen: Chosen) -> Result<(), PasswordError> {
    let Chosen {
        login,
        name,
        password,
        again,
    } = chosen;
    if !shirma_vault::constant_time_eq(password.expose().as_bytes(), again.expose().as_bytes()) {
        return Err(PasswordError::Differ);
    }
    let login = staff::canonical_login(&login);
    let name = name.map(|name| name.trim().chars().take(MAX_NAME_CHARS).collect::<String>());
    if !staff::is_login(&login) {
        return Err(PasswordError::Login);
    }
    let rooms = Arc::clone(app);
    let permit = HASHES.acquire().await;
    let hash = app
        .data
        .read(move |_| -> Result<_, Fault> { Ok(hash_password(&password, cost(&rooms)?, rooms.entropy.as_ref())) })
        .await?;
    drop(permit);
    let hash = hash.map_err(|error| match error {
        shirma_vault::Error::PasswordTooShort => PasswordError::TooShort,
        shirma_vault::Error::PasswordTooLong => PasswordError::TooLong,
        shirma_vault::Error::CommonPassword => PasswordError::Common,
        other => PasswordError::Fault(Fault::Vault(other.into())),
    })?;
    let (id, digest, session, now_ms) = (staff.id, staff.digest, staff.session.clone(), app.now_ms());
    let rooms = Arc::clone(app);
    let taken = app
        .data
        .write(move |tx| -> Result<bool, Fault> {
            if rows::staff_by_login(tx, &login)?.is_some_and(|other| other.id != id) {
                return Ok(true);
            }
            rows::set_password(tx, id, &login, &hash)?;
            if !name.expose().is_empty() {
                let sealed = rooms.vault.seal(staff::name_cell(id), name.expose())?;
                rows::set_name(tx, id, &sealed)?;
            }
            rows::drop_other_sessions(tx, id, &digest)?;
            tx.append(&audit::leaf(now_ms, audit::staff(id), audit::PASSWORD, id.object()).with_session(session))?;
            Ok(false)
        })
        .await?;
    if taken { Err(PasswordError::LoginTaken) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_rests_longer_with_each_failure_and_at_last_until_the_day_ends() {
        let noon_ms = DAY_MS * 20_000 + DAY_MS / 2;
        let rests: Vec<i64> = [1, 3, 9, 25, 100]
            .map(|failures| rest_ms(failures, noon_ms) / SECOND_MS)
            .to_vec();
        assert_eq!(rests, [1, 3, 5, 10, 12 * 60 * 60]);
    }
}
