//! Sessions: 256 random bits in a cookie, their hash in the table, half an hour of silence, twelve hours at most.

use std::sync::Arc;

use shirma_store::Tx;
use shirma_vault::{SecretString, random_token, token_digest};

use super::{Role, Staff, rows};
use crate::app::{App, Fault};
use crate::audit;
use crate::clock::{HOUR_MS, MINUTE_MS};
use crate::identifier::StaffId;
use crate::vault::house_cell;

/// Unused longer than this = ended.
pub const IDLE_LIFE_MS: i64 = 30 * MINUTE_MS;
/// Older than this = ended.
pub const ABSOLUTE_LIFE_MS: i64 = 12 * HOUR_MS;
/// How exactly the last use is kept: one write a minute and session at most.
const SEEN_STEP_MS: i64 = MINUTE_MS;

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
fn works_here(staff: &rows::StaffRow, now_ms: i64) -> bool {
    staff.state != "disabled" && staff.until_ms.is_none_or(|until_ms| now_ms < until_ms)
}

/// First eight hex digits of a digest: what the journal calls the session.
pub(super) fn label(digest: &[u8; 32]) -> String {
    digest[..4].iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Opens a session inside the transaction that let the person in.
pub(super) fn open(app: &App, tx: &mut Tx<'_>, staff: StaffId) -> Result<SecretString, Fault> {
    let token = random_token("", app.entropy.as_ref()).map_err(crate::vault::Error::from)?;
    let digest = token_digest(token.expose());
    let now_ms = app.now_ms();
    rows::drop_ended_sessions(tx, now_ms, now_ms - IDLE_LIFE_MS)?;
    rows::add_session(tx, &digest, staff, &label(&digest), now_ms, now_ms + ABSOLUTE_LIFE_MS)?;
    tx.append(&audit::leaf(now_ms, audit::staff(staff), audit::SIGN_IN, staff.object()).with_session(label(&digest)))?;
    Ok(token)
}

/// Who stands behind a cookie; `None` when nobody does any more.
///
/// # Errors
/// [`Fault`].
pub async fn resume(app: &Arc<App>, token: &str, touch: Touch) -> Result<Option<Staff>, Fault> {
    let digest = token_digest(token);
    let now_ms = app.now_ms();
    let rooms = Arc::clone(app);
    let found = app
        .data
        .read(move |tx| -> Result<_, Fault> {
            let Some(kept) = rows::session(tx, &digest)? else {
                return Ok(None);
            };
            if !holds(kept.seen_at_ms, kept.expires_at_ms, now_ms) || !works_here(&kept.staff, now_ms) {
                return Ok(None);
            }
            let name = match &kept.staff.name {
                Some(sealed) => rooms
                    .vault
                    .open(house_cell("staff", "name_ct", kept.staff.id.0), sealed)?,
                None => String::new().into(),
            };
            let role = Role::from_name(&kept.staff.role).ok_or(Fault::Unreadable("role"))?;
            let staff = Staff {
                id: kept.staff.id,
                login: kept.staff.login,
                role,
                name,
                has_password: kept.staff.password_hash.is_some(),
                session: label(&digest),
                digest,
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
    let (digest, now_ms) = (staff.digest, app.now_ms());
    app.data
        .read(move |tx| -> Result<bool, Fault> {
            Ok(rows::session(tx, &digest)?.is_some_and(|kept| {
                holds(kept.seen_at_ms, kept.expires_at_ms, now_ms) && works_here(&kept.staff, now_ms)
            }))
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
