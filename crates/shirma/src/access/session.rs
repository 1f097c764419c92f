//! Sessions: 256 random bits in a cookie, their hash in the table, half an hour of silence, twelve hours at most.

use std::sync::Arc;

use shirma_store::Tx;
use shirma_vault::{Pii, SecretString, random_token, token_digest};

use super::factor::{Factor, PUT_OFF_MS};
use super::{Role, Staff, rows, staff};
use crate::app::{App, Fault};
use crate::audit;
use crate::clock::{HOUR_MS, MINUTE_MS};
use crate::identifier::StaffId;
use crate::settings::SecondFactorRule;

/// Unused longer than this = ended.
pub const IDLE_LIFE_MS: i64 = 30 * MINUTE_MS;
/// Older than this = ended.
pub const ABSOLUTE_LIFE_MS: i64 = 12 * HOUR_MS;
/// How exactly the last use is kept: one write a minute and session at most.
const SEEN_STEP_MS: i64 = MINUTE_MS;
/// How long a proof holds for dangerous acts (security.md §5 «Elevation»). Signing in is one.
pub const ELEVATION_MS: i64 = 5 * MINUTE_MS;

/// A session just opened: the secret goes into the cookie and nowhere else.
pub struct Opened {
    /// The cookie's content.
    pub token: SecretString,
    /// Whose it is.
    pub staff: StaffId,
    /// He has a password already.
    pub has_password: bool,
}

/// Whether a request counts as use of the session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Touch {
    /// A person did something.
    Person,
    /// An open page refreshed itself.
    Page,
}

/// Whether a session still holds.
pub(super) fn holds(seen_at_ms: i64, expires_at_ms: i64, now_ms: i64) -> bool {
    now_ms < expires_at_ms && now_ms - seen_at_ms < IDLE_LIFE_MS
}

/// Whether somebody may still come in: not disabled, and a time-limited account is not over.
pub(super) fn works_here(state: &str, until_ms: Option<i64>, now_ms: i64) -> bool {
    state != "disabled" && until_ms.is_none_or(|until_ms| now_ms < until_ms)
}

/// First eight hex digits of a digest: what the journal calls the session.
pub(super) fn label(digest: &[u8; 32]) -> String {
    shirma_vault::hex(&digest[..4])
}

/// Opens a session inside the transaction that let the person in. He has just proven who he is: for the next minutes
/// that holds for dangerous acts too.
pub(super) fn open(
    app: &App,
    tx: &mut Tx<'_>,
    staff: StaffId,
    has_password: bool,
    device: &str,
) -> Result<Opened, Fault> {
    let token = random_token("", app.entropy.as_ref()).map_err(crate::vault::Error::from)?;
    let digest = token_digest(token.expose());
    let now_ms = app.now_ms();
    rows::drop_ended_sessions(tx, now_ms, now_ms - IDLE_LIFE_MS)?;
    rows::set_factor_due(tx, staff, now_ms + PUT_OFF_MS)?;
    let new = rows::NewSession {
        digest,
        staff,
        label: label(&digest),
        device,
        now_ms,
        expires_at_ms: now_ms + ABSOLUTE_LIFE_MS,
        elevated_until_ms: now_ms + ELEVATION_MS,
    };
    rows::add_session(tx, &new)?;
    tx.append(&audit::leaf(now_ms, audit::staff(staff), audit::SIGN_IN, staff.object()).with_session(label(&digest)))?;
    Ok(Opened {
        token,
        staff,
        has_password,
    })
}

/// Gives a session another secret after a proof, good for dangerous acts; the former secret opens nothing any more.
pub(super) fn elevate(app: &App, tx: &mut Tx<'_>, staff: &Staff) -> Result<SecretString, Fault> {
    let token = random_token("", app.entropy.as_ref()).map_err(crate::vault::Error::from)?;
    let digest = token_digest(token.expose());
    let now_ms = app.now_ms();
    if !rows::renew_session(
        tx,
        &staff.digest,
        &digest,
        &label(&digest),
        now_ms,
        now_ms + ELEVATION_MS,
    )? {
        return Err(Fault::Gone("session"));
    }
    let leaf = audit::leaf(now_ms, audit::staff(staff.id), audit::CONFIRM, staff.id.object());
    tx.append(&leaf.with_session(label(&digest)))?;
    Ok(token)
}

/// Who stands behind a cookie; `None` when nobody does any more.
///
/// # Errors
/// [`Fault`].
pub async fn resume(app: &Arc<App>, token: &str, touch: Touch) -> Result<Option<Staff>, Fault> {
    let digest = token_digest(token);
    let now_ms = app.now_ms();
    let is_required = app.settings.access.second_factor == SecondFactorRule::Required;
    let rooms = Arc::clone(app);
    let found = app
        .data
        .read(move |tx| -> Result<_, Fault> {
            let Some(kept) = rows::session(tx, &digest)? else {
                return Ok(None);
            };
            if !holds(kept.seen_at_ms, kept.expires_at_ms, now_ms)
                || !works_here(&kept.staff.state, kept.staff.until_ms, now_ms)
            {
                return Ok(None);
            }
            let role = Role::from_name(&kept.staff.role).ok_or(Fault::Unreadable("role"))?;
            let staff = Staff {
                id: kept.staff.id,
                login: kept.staff.login,
                role,
                name: staff::open_name(&rooms, kept.staff.id, kept.staff.name.as_deref())?,
                has_password: kept.staff.password_hash.is_some(),
                session: label(&digest),
                digest,
                root: kept.root.and_then(|root| root.try_into().ok()).unwrap_or(digest),
                elevated_until_ms: kept.elevated_until_ms.unwrap_or_default(),
                factor: match kept.has_factor {
                    true => Factor::Active,
                    false => Factor::Missing {
                        due_at_ms: is_required.then_some(kept.factor_due_at_ms).flatten(),
                    },
                },
            };
            Ok(Some((staff, kept.seen_at_ms)))
        })
        .await?;
    let Some((staff, seen_at_ms)) = found else {
        return Ok(None);
    };
    if touch == Touch::Person && now_ms - seen_at_ms >= SEEN_STEP_MS {
        app.data
            .write(move |tx| rows::touch_session(tx, &digest, now_ms))
            .await?;
    }
    Ok(Some(staff))
}

/// Whether the session of a person still holds; looking is no use of it.
///
/// # Errors
/// [`Fault`].
pub async fn is_live(app: &Arc<App>, staff: &Staff) -> Result<bool, Fault> {
    let (root, now_ms) = (staff.root, app.now_ms());
    app.data
        .read(move |tx| -> Result<bool, Fault> {
            let kept = rows::session_of_root(tx, &root)?;
            Ok(kept.is_some_and(|(seen_at_ms, expires_at_ms, state, until_ms)| {
                holds(seen_at_ms, expires_at_ms, now_ms) && works_here(&state, until_ms, now_ms)
            }))
        })
        .await
}

/// A device somebody is signed in on.
#[derive(Debug, Clone)]
pub struct Device {
    /// Whose.
    pub staff: StaffId,
    /// His name, or his login where he has none.
    pub who: Pii<String>,
    /// The session, as the journal calls it.
    pub label: String,
    /// Browser and system in words.
    pub device: String,
    /// Since when.
    pub since_ms: i64,
    /// When it was used last.
    pub seen_at_ms: i64,
}

/// All devices on which anybody is signed in now, the newest use first.
///
/// # Errors
/// [`Fault`].
pub async fn devices(app: &Arc<App>) -> Result<Vec<Device>, Fault> {
    let rooms = Arc::clone(app);
    app.data
        .read(move |tx| -> Result<Vec<Device>, Fault> {
            let now_ms = rooms.now_ms();
            let kept = rows::devices(tx, now_ms, now_ms - IDLE_LIFE_MS)?;
            kept.into_iter().map(|row| device_of(&rooms, row)).collect()
        })
        .await
}

fn device_of(app: &App, row: rows::DeviceRow) -> Result<Device, Fault> {
    Ok(Device {
        staff: row.staff,
        who: staff::shown_name(app, row.staff, row.name.as_deref(), row.login)?,
        label: row.label,
        device: row.device.unwrap_or_else(|| super::device::device("")),
        since_ms: row.created_at_ms,
        seen_at_ms: row.seen_at_ms,
    })
}

/// Which sessions are ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ended {
    /// One of one's own.
    One(String),
    /// All of one's own but this one.
    Others,
    /// All of somebody.
    AllOf(StaffId),
}

/// Ends sessions, from the next request on; gives their number.
///
/// # Errors
/// [`Fault`]; they hold then.
pub async fn end(app: &Arc<App>, by: &Staff, which: Ended) -> Result<u64, Fault> {
    let (id, digest, session, now_ms) = (by.id, by.digest, by.session.clone(), app.now_ms());
    app.data
        .write(move |tx| -> Result<u64, Fault> {
            let (whose, gone) = match which {
                Ended::One(label) => (id, rows::drop_session_called(tx, id, &label)?),
                Ended::Others => (id, rows::drop_other_sessions(tx, id, &digest)?),
                Ended::AllOf(staff) => (staff, rows::drop_sessions(tx, staff)?),
            };
            if gone > 0 {
                let leaf = audit::leaf(now_ms, audit::staff(id), audit::SESSION_END, whose.object());
                tx.append(&leaf.with_session(session))?;
            }
            Ok(gone)
        })
        .await
}

/// Ends the session.
///
/// # Errors
/// [`Fault`]; the session holds then.
pub async fn sign_out(app: &Arc<App>, staff: &Staff) -> Result<(), Fault> {
    let (id, digest, session, now_ms) = (staff.id, staff.digest, staff.session.clone(), app.now_ms());
    app.data
        .write(move |tx| -> Result<(), Fault> {
            rows::drop_session(tx, &digest)?;
            tx.append(&audit::leaf(now_ms, audit::staff(id), audit::SIGN_OUT, id.object()).with_session(session))?;
            Ok(())
        })
        .await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_ends_by_silence_and_by_age() {
        assert!(holds(0, ABSOLUTE_LIFE_MS, IDLE_LIFE_MS - 1));
        assert!(!holds(0, ABSOLUTE_LIFE_MS, IDLE_LIFE_MS));
        assert!(holds(ABSOLUTE_LIFE_MS - 1, ABSOLUTE_LIFE_MS, ABSOLUTE_LIFE_MS - 1));
        assert!(!holds(ABSOLUTE_LIFE_MS, ABSOLUTE_LIFE_MS, ABSOLUTE_LIFE_MS));
    }

    #[test]
    fn the_journal_names_a_session_by_eight_digits() {
        assert_eq!(label(&[0xab; 32]), "abababab");
    }
}
