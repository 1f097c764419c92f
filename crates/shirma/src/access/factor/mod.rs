//! The second factor: an app that counts codes with a secret of ours, and recovery codes for the day the telephone is lost.
//!
//! Each try is counted and committed before anything is compared, and the credential rests after it, as with passwords.
//! A code is good once: the step it stands for is used up in the transaction that lets the person in.

mod rows;

use std::sync::Arc;

use shirma_store::Tx;
use shirma_vault::{
    SecretString, canonical_recovery_code, code_secret, code_step, random_token, recovery_code, token_digest,
};

use super::password::rest_ms;
use super::{SignIn, Staff, rows as staff_rows, session, staff};
use crate::alarm::{self, AlarmKind};
use crate::app::{App, Fault};
use crate::audit;
use crate::clock::{DAY_MS, MINUTE_MS};
use crate::identifier::StaffId;
use crate::vault::house_cell;

/// Recovery codes made at once.
pub const RECOVERY_CODES: usize = 8;
/// How long somebody may put the second factor off (ADR 0011).
pub const PUT_OFF_MS: i64 = 7 * DAY_MS;
/// Between the password and the code.
const STEP_LIFE_MS: i64 = 5 * MINUTE_MS;
/// Who issues the secret, as authenticator apps show it.
const ISSUER: &str = "Shirma";

/// How a person stands towards the second factor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Factor {
    /// Set up: asked for with each password.
    Active,
    /// Not set up yet; `None`: nobody asks for it.
    Missing {
        /// From when on nothing works without it.
        due_at_ms: Option<i64>,
    },
}

impl Factor {
    /// Whether it is to be set up before anything else.
    pub fn is_overdue(self, now_ms: i64) -> bool {
        matches!(self, Factor::Missing { due_at_ms: Some(due_at_ms) } if due_at_ms <= now_ms)
    }
}

/// What is offered to an authenticator app.
pub struct Offer {
    /// In the letters a person types.
    pub secret: SecretString,
    /// What the QR code says.
    pub address: SecretString,
}

/// A proof that was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Accepted {
    /// The code of a step.
    Code,
    /// A recovery code, now gone.
    Recovery,
}

fn secret_cell(staff: StaffId) -> crate::vault::Cell {
    house_cell("second_factor", "secret_ct", staff.0)
}

/// What the app is to be given; made at the first look, the same at the next ones. `None` once it is set up.
///
/// # Errors
/// [`Fault`].
pub async fn offer(app: &Arc<App>, staff: &Staff) -> Result<Option<Offer>, Fault> {
    let (rooms, id) = (Arc::clone(app), staff.id);
    let secret = app
        .data
        .write(move |tx| -> Result<Option<SecretString>, Fault> {
            match rows::factor(tx, id)? {
                Some(kept) if kept.is_active => Ok(None),
                Some(kept) => Ok(Some(open_secret(&rooms, id, &kept.secret)?)),
                None => {
                    let secret = code_secret(rooms.entropy.as_ref()).map_err(crate::vault::Error::from)?;
                    let sealed = rooms.vault.seal(secret_cell(id), secret.expose())?;
                    rows::offer(tx, id, &sealed, rooms.now_ms())?;
                    Ok(Some(secret))
                }
            }
        })
        .await?;
    Ok(secret.map(|secret| Offer {
        address: address(&staff.login, &secret),
        secret,
    }))
}

fn open_secret(app: &App, staff: StaffId, sealed: &[u8]) -> Result<SecretString, Fault> {
    let secret = app.vault.open(secret_cell(staff), sealed)?;
    Ok(SecretString::new(secret.expose().as_str()))
}

/// What authenticator apps read from a picture: name, secret, and nothing that is the default of them all.
fn address(login: &str, secret: &SecretString) -> SecretString {
    let name: String = login
        .bytes()
        .map(|byte| match byte {
            byte if byte.is_ascii_alphanumeric() => char::from(byte).to_string(),
            byte => format!("%{byte:02X}"),
        })
        .collect();
    SecretString::new(format!(
        "otpauth://totp/{ISSUER}:{name}?secret={}&issuer={ISSUER}",
        secret.expose()
    ))
}

/// Sets the factor up with the first code of the app; gives the recovery codes, which are shown once. `None` when the
/// code is wrong, or the credential rests.
///
/// # Errors
/// [`Fault`]; nothing is set up then.
pub async fn activate(app: &Arc<App>, staff: &Staff, code: SecretString) -> Result<Option<Vec<SecretString>>, Fault> {
    let (rooms, id, session) = (Arc::clone(app), staff.id, staff.session.clone());
    if !app.data.write(move |tx| count(&rooms, tx, id, false)).await? {
        return Ok(None);
    }
    let rooms = Arc::clone(app);
    app.data
        .write(move |tx| -> Result<_, Fault> {
            let now_ms = rooms.now_ms();
            let leaf = |act| audit::leaf(now_ms, audit::staff(id), act, id.object()).with_session(session.clone());
            if accept(&rooms, tx, id, &code)? != Some(Accepted::Code) {
                tx.append(&leaf(audit::CONFIRM_FAIL).with_outcome(shirma_audit::Outcome::Deny))?;
                return Ok(None);
            }
            tx.append(&leaf(audit::FACTOR))?;
            new_codes(&rooms, tx, id).map(Some)
        })
        .await
}

/// Makes new recovery codes in place of those left.
///
/// # Errors
/// [`Fault`]; the old ones stay good then.
pub async fn renew_codes(app: &Arc<App>, staff: &Staff) -> Result<Vec<SecretString>, Fault> {
    let (rooms, id, session) = (Arc::clone(app), staff.id, staff.session.clone());
    app.data
        .write(move |tx| -> Result<_, Fault> {
            let leaf = audit::leaf(rooms.now_ms(), audit::staff(id), audit::RECOVERY_NEW, id.object());
            tx.append(&leaf.with_session(session))?;
            new_codes(&rooms, tx, id)
        })
        .await
}

fn new_codes(app: &App, tx: &mut Tx<'_>, staff: StaffId) -> Result<Vec<SecretString>, Fault> {
    let codes: Result<Vec<SecretString>, _> = (0..RECOVERY_CODES)
        .map(|_| recovery_code(app.entropy.as_ref()))
        .collect();
    let codes = codes.map_err(crate::vault::Error::from)?;
    let digests: Vec<[u8; 32]> = codes.iter().map(|code| token_digest(code.expose())).collect();
    rows::replace_recovery_codes(tx, staff, &digests)?;
    Ok(codes)
}

/// Recovery codes a person has left.
///
/// # Errors
/// [`Fault`].
pub async fn codes_left(app: &Arc<App>, staff: StaffId) -> Result<i64, Fault> {
    app.data.read(move |tx| rows::recovery_codes_left(tx, staff)).await
}

/// Takes the second factor of somebody away, whose telephone and recovery codes are lost; his sessions end, and he sets up a new
/// one at his next sign-in. `None` when there is nobody of that name, else whether there was one.
///
/// # Errors
/// [`Fault`]; it stays then.
pub async fn forget(app: &Arc<App>, by: shirma_audit::Actor, login: &str) -> Result<Option<bool>, Fault> {
    let login = staff::canonical_login(login);
    let now_ms = app.now_ms();
    app.data
        .write(move |tx| -> Result<Option<bool>, Fault> {
            let Some(known) = staff_rows::staff_by_login(tx, &login)? else {
                return Ok(None);
            };
            let was_there = rows::drop_factor(tx, known.id)?;
            if was_there {
                staff_rows::drop_sessions(tx, known.id)?;
                tx.append(&audit::leaf(now_ms, by, audit::FACTOR_DROP, known.id.object()))?;
            }
            Ok(Some(was_there))
        })
        .await
}

/// Takes one's own factor away, to set up another telephone; the session goes on.
///
/// # Errors
/// [`Fault`]; it stays then.
pub async fn drop_own(app: &Arc<App>, staff: &Staff) -> Result<(), Fault> {
    let (id, session, now_ms) = (staff.id, staff.session.clone(), app.now_ms());
    app.data
        .write(move |tx| -> Result<(), Fault> {
            rows::drop_factor(tx, id)?;
            let leaf = audit::leaf(now_ms, audit::staff(id), audit::FACTOR_DROP, id.object());
            tx.append(&leaf.with_session(session))?;
            Ok(())
        })
        .await
}

/// Opens a session, or gives the secret of a half-done sign-in when a code is still to come.
pub(super) fn let_in(
    app: &App,
    tx: &mut Tx<'_>,
    staff: StaffId,
    has_password: bool,
    device: &str,
) -> Result<SignIn, Fault> {
    if !rows::factor(tx, staff)?.is_some_and(|kept| kept.is_active) {
        return Ok(SignIn::Opened(session::open(app, tx, staff, has_password, device)?));
    }
    let token = random_token("", app.entropy.as_ref()).map_err(crate::vault::Error::from)?;
    let now_ms = app.now_ms();
    rows::add_step(tx, &token_digest(token.expose()), staff, now_ms, now_ms + STEP_LIFE_MS)?;
    Ok(SignIn::NeedsCode(token))
}

/// Ends a sign-in by a code of the app, or a recovery code.
///
/// # Errors
/// [`Fault`]; nobody is let in then.
pub async fn finish_sign_in(app: &Arc<App>, step: &str, code: SecretString, device: &str) -> Result<SignIn, Fault> {
    let digest = token_digest(step);
    let rooms = Arc::clone(app);
    let counted = app
        .data
        .write(move |tx| -> Result<Option<(StaffId, bool)>, Fault> {
            let Some(staff) = rows::step_owner(tx, &digest, rooms.now_ms())? else {
                return Ok(None);
            };
            Ok(Some((staff, count(&rooms, tx, staff, true)?)))
        })
        .await?;
    let Some((staff, may_compare)) = counted else {
        return Ok(SignIn::Refused);
    };
    let again = || SignIn::NeedsCode(SecretString::new(step));
    if !may_compare {
        return Ok(again());
    }
    let (rooms, device) = (Arc::clone(app), device.to_owned());
    let (opened, rang) = app
        .data
        .write(move |tx| -> Result<(Option<SignIn>, bool), Fault> {
            let now_ms = rooms.now_ms();
            let Some(accepted) = accept(&rooms, tx, staff, &code)? else {
                let leaf = audit::leaf(now_ms, audit::staff(staff), audit::SIGN_IN_FAIL, staff.object());
                tx.append(&leaf.with_purpose("code").with_outcome(shirma_audit::Outcome::Deny))?;
                return Ok((None, false));
            };
            if !rows::drop_step(tx, &digest)? {
                return Ok((Some(SignIn::Refused), false));
            }
            let mut rang = false;
            if accepted == Accepted::Recovery {
                tx.append(&audit::leaf(
                    now_ms,
                    audit::staff(staff),
                    audit::RECOVERY,
                    staff.object(),
                ))?;
                rang = alarm::raise(&rooms, tx, AlarmKind::RecoveryCode, staff, None)?;
            }
            let opened = session::open(&rooms, tx, staff, true, &device)?;
            Ok((Some(SignIn::Opened(opened)), rang))
        })
        .await?;
    if rang {
        alarm::ring(app);
    }
    Ok(opened.unwrap_or_else(again))
}

/// Notes a try as failed before it is compared; whether it may be compared at all.
pub(super) fn count(app: &App, tx: &mut Tx<'_>, staff: StaffId, is_active: bool) -> Result<bool, Fault> {
    let now_ms = app.now_ms();
    let Some(kept) = rows::factor(tx, staff)?.filter(|kept| kept.is_active == is_active) else {
        return Ok(false);
    };
    if kept.locked_until_ms.is_some_and(|until_ms| now_ms < until_ms) {
        return Ok(false);
    }
    let failures = kept.failures.saturating_add(1);
    rows::count_failure(tx, staff, failures, now_ms + rest_ms(failures, now_ms))?;
    Ok(true)
}

/// Compares a try that was counted, and uses up what it names.
pub(super) fn accept(
    app: &App,
    tx: &mut Tx<'_>,
    staff: StaffId,
    typed: &SecretString,
) -> Result<Option<Accepted>, Fault> {
    let Some(kept) = rows::factor(tx, staff)? else {
        return Ok(None);
    };
    let secret = open_secret(app, staff, &kept.secret)?;
    let step = code_step(&secret, typed.expose(), app.now_ms(), kept.last_step).map_err(crate::vault::Error::from)?;
    if let Some(step) = step {
        return Ok(rows::use_step(tx, staff, step)?.then_some(Accepted::Code));
    }
    let Some(code) = canonical_recovery_code(typed.expose()).filter(|_| kept.is_active) else {
        return Ok(None);
    };
    if !rows::use_recovery_code(tx, staff, &token_digest(code.expose()))? {
        return Ok(None);
    }
    rows::clear_failures(tx, staff)?;
    Ok(Some(Accepted::Recovery))
}

/// Whether something typed looks like a code and not like a password.
pub(super) fn is_code(typed: &SecretString) -> bool {
    let digits = typed.expose().chars().filter(|letter| !letter.is_whitespace());
    digits.clone().count() == 6 && digits.clone().all(|letter| letter.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_of_a_secret_holds_nothing_a_link_could_break_on() {
        let address = address("ольга@salon", &SecretString::new("ABCD"));
        let address = address.expose();
        assert!(address.starts_with("otpauth://totp/Shirma:%D0%BE"), "{address}");
        assert!(address.ends_with("%40salon?secret=ABCD&issuer=Shirma"), "{address}");
    }

    #[test]
    fn a_factor_is_overdue_from_its_day_on_and_never_when_nobody_asks() {
        assert!(!Factor::Missing { due_at_ms: None }.is_overdue(i64::MAX));
        assert!(!Factor::Missing { due_at_ms: Some(10) }.is_overdue(9));
        assert!(Factor::Missing { due_at_ms: Some(10) }.is_overdue(10));
        assert!(!Factor::Active.is_overdue(i64::MAX));
    }

    #[test]
    fn six_digits_are_a_code_and_nothing_else_is() {
        for (typed, is) in [
            ("123456", true),
            ("123 456", true),
            ("12345", false),
            ("12345a", false),
            ("синий чайник", false),
        ] {
            assert_eq!(is_code(&SecretString::new(typed)), is, "{typed}");
        }
    }
}
