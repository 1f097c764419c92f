//! Members of staff: who there is, adding, disabling, the owner of the first start.

use std::collections::BTreeMap;
use std::sync::Arc;

use shirma_store::Tx;
use shirma_vault::{Pii, SecretString};

use super::{FIRST_LINK_LIFE_MS, LINK_LIFE_MS, Role, issue_link, rows};
use crate::app::{App, Fault};
use crate::audit;
use crate::identifier::StaffId;
use crate::vault::{Cell, house_cell};

/// Name for signing in of the owner made at the first start.
const FIRST_LOGIN: &str = "owner";
/// Longest name for signing in: it is typed by hand.
const MAX_LOGIN_CHARS: usize = 40;

/// Why nobody was added.
#[derive(Debug, thiserror::Error)]
pub enum AddError {
    /// Not a usable name for signing in.
    #[error("not a usable login")]
    Login,
    /// Somebody has this name.
    #[error("the login is taken")]
    Taken,
    /// The step failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// What came of shutting somebody out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Disabled {
    /// His sessions and links have ended.
    Done,
    /// There is nobody of that name.
    Nobody,
    /// He is the only owner left: without one nobody could invite, and the next start would find no master.
    LastOwner,
}

/// Why no link was made.
#[derive(Debug, thiserror::Error)]
pub enum LinkError {
    /// There is none of that name.
    #[error("no such login")]
    Unknown,
    /// He may not come in any more.
    #[error("the login is disabled")]
    Disabled,
    /// The step failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// A member of staff in a list.
#[derive(Debug, Clone)]
pub struct Member {
    /// Who.
    pub id: StaffId,
    /// Name for signing in.
    pub login: String,
    /// What he may do.
    pub role: Role,
    /// As colleagues call him.
    pub name: Pii<String>,
    /// May not come in any more.
    pub disabled: bool,
    /// Has never set a password.
    pub invited: bool,
    /// His account ends then.
    pub until_ms: Option<i64>,
}

/// Another role and another end for somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Refit {
    /// His role from now on.
    pub role: Role,
    /// When his account ends; `None` for never.
    pub until_ms: Option<i64>,
}

/// Why a role or an end stays as it is.
#[derive(Debug, thiserror::Error)]
pub enum RefitError {
    /// Nobody changes his own rights.
    #[error("not for oneself")]
    Oneself,
    /// An auditor comes for a time.
    #[error("this role needs an end")]
    NeedsEnd,
    /// He is the only owner left.
    #[error("the last owner stays one, without an end")]
    LastOwner,
    /// The step failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<shirma_store::Error> for RefitError {
    fn from(error: shirma_store::Error) -> RefitError {
        RefitError::Fault(error.into())
    }
}

/// A name for signing in as it is kept: trimmed, lower case.
pub fn canonical_login(login: &str) -> String {
    login.trim().to_lowercase()
}

/// Whether a canonical name can be used: letters of one alphabet, digits and `.`, `-`, `_`, `@`; look-alikes of two
/// alphabets in one name would let one person pass for another.
pub(super) fn is_login(login: &str) -> bool {
    let latin = login.chars().any(|letter| letter.is_ascii_lowercase());
    let cyrillic = login.chars().any(|letter| matches!(letter, 'а'..='я' | 'ё'));
    let allowed = |letter: char| {
        letter.is_ascii_lowercase() || matches!(letter, 'а'..='я' | 'ё' | '0'..='9' | '.' | '-' | '_' | '@')
    };
    login.chars().count() <= MAX_LOGIN_CHARS && (latin ^ cyrillic) && login.chars().all(allowed)
}

/// Adds a member of staff, who then comes in by a link. `by` is who does it: the command line or a person.
///
/// # Errors
/// [`AddError`]; nobody is added then.
pub async fn add(
    app: &Arc<App>,
    by: shirma_audit::Actor,
    login: &str,
    role: Role,
    name: &str,
) -> Result<StaffId, AddError> {
    let login = canonical_login(login);
    if !is_login(&login) {
        return Err(AddError::Login);
    }
    let id = StaffId(app.new_id());
    let name = name.trim().to_owned();
    let rooms = Arc::clone(app);
    let added = app
        .data
        .write(move |tx| -> Result<bool, Fault> {
            if rows::staff_by_login(tx, &login)?.is_some() {
                return Ok(false);
            }
            let sealed = match name.is_empty() {
                true => None,
                false => Some(rooms.vault.seal(name_cell(id), &name)?),
            };
            rows::add_staff(tx, id, &login, role, sealed.as_deref(), rooms.now_ms())?;
            tx.append(&audit::leaf(rooms.now_ms(), by, audit::STAFF_ADD, id.object()).with_purpose(role.as_str()))?;
            Ok(true)
        })
        .await?;
    if added { Ok(id) } else { Err(AddError::Taken) }
}

/// All members of staff, oldest first.
///
/// # Errors
/// [`Fault`].
pub async fn list(app: &Arc<App>) -> Result<Vec<Member>, Fault> {
    let rooms = Arc::clone(app);
    app.data
        .read(move |tx| -> Result<Vec<Member>, Fault> {
            let rows = rows::all_staff(tx)?;
            rows.into_iter().map(|row| member(&rooms, row)).collect()
        })
        .await
}

fn member(app: &App, row: rows::StaffRow) -> Result<Member, Fault> {
    Ok(Member {
        id: row.id,
        name: open_name(app, row.id, row.name.as_deref())?,
        role: Role::from_name(&row.role).ok_or(Fault::Unreadable("role"))?,
        login: row.login,
        disabled: row.state == "disabled",
        invited: row.password_hash.is_none(),
        until_ms: row.until_ms,
    })
}

/// Where the name of a member of staff is sealed.
pub(super) fn name_cell(staff: StaffId) -> Cell {
    house_cell("staff", "name_ct", staff.0)
}

/// As colleagues call him; empty when nobody said.
pub(super) fn open_name(app: &App, staff: StaffId, sealed: Option<&[u8]>) -> Result<Pii<String>, Fault> {
    match sealed {
        Some(sealed) => Ok(app.vault.open(name_cell(staff), sealed)?),
        None => Ok(String::new().into()),
    }
}

/// The same; the login where no name is kept.
pub(super) fn shown_name(
    app: &App,
    staff: StaffId,
    sealed: Option<&[u8]>,
    login: String,
) -> Result<Pii<String>, Fault> {
    match sealed {
        Some(_) => open_name(app, staff, sealed),
        None => Ok(login.into()),
    }
}

/// What all members of staff are called by on screens, by id.
///
/// # Errors
/// [`Fault`].
pub fn names(app: &App, tx: &mut Tx<'_>) -> Result<BTreeMap<i64, Pii<String>>, Fault> {
    rows::all_names(tx)?
        .into_iter()
        .map(|(id, login, sealed)| Ok((id.0, shown_name(app, id, sealed.as_deref(), login)?)))
        .collect()
}

/// Gives somebody another role, or another end. Holds from his next request on. `by` is `None` for the command line.
///
/// # Errors
/// [`RefitError`]; nothing changed then.
pub async fn refit(app: &Arc<App>, by: Option<&super::Staff>, whom: StaffId, to: Refit) -> Result<(), RefitError> {
    if by.is_some_and(|by| by.id == whom) {
        return Err(RefitError::Oneself);
    }
    if to.role.is_for_a_time() && to.until_ms.is_none() {
        return Err(RefitError::NeedsEnd);
    }
    let actor = by.map_or_else(audit::console, |by| audit::staff(by.id));
    let session = by.map(|by| by.session.clone());
    let now_ms = app.now_ms();
    app.data
        .write(move |tx| -> Result<(), RefitError> {
            let all = rows::all_staff(tx)?;
            let known = all.iter().find(|row| row.id == whom).ok_or(Fault::Gone("staff"))?;
            let stays_owner = to.role == Role::Owner && to.until_ms.is_none();
            if is_lasting_owner(known) && !stays_owner && !all.iter().any(|row| row.id != whom && is_lasting_owner(row))
            {
                return Err(RefitError::LastOwner);
            }
            rows::refit(tx, whom, to.role, to.until_ms)?;
            let leaf = audit::leaf(now_ms, actor, audit::STAFF_ROLE, whom.object()).with_purpose(to.role.as_str());
            let leaf = match to.until_ms {
                Some(_) => leaf.with_fields(["until"]),
                None => leaf,
            };
            tx.append(&match session {
                Some(session) => leaf.with_session(session),
                None => leaf,
            })?;
            Ok(())
        })
        .await
}

fn is_lasting_owner(row: &rows::StaffRow) -> bool {
    row.role == Role::Owner.as_str() && row.state != "disabled" && row.until_ms.is_none()
}

/// Shuts a member of staff out: his sessions and links end at once.
///
/// # Errors
/// [`Fault`]; nothing changed then.
pub async fn disable(app: &Arc<App>, by: shirma_audit::Actor, login: &str) -> Result<Disabled, Fault> {
    let login = canonical_login(login);
    let now_ms = app.now_ms();
    app.data
        .write(move |tx| -> Result<Disabled, Fault> {
            let Some(known) = rows::staff_by_login(tx, &login)? else {
                return Ok(Disabled::Nobody);
            };
            let others = rows::all_staff(tx)?;
            if is_lasting_owner(&known) && !others.iter().any(|row| row.id != known.id && is_lasting_owner(row)) {
                return Ok(Disabled::LastOwner);
            }
            rows::disable(tx, known.id)?;
            tx.append(&audit::leaf(now_ms, by, audit::STAFF_DISABLE, known.id.object()))?;
            Ok(Disabled::Done)
        })
        .await
}

/// A new one-time link for somebody who is there already: his password is forgotten, or his first link ran out.
///
/// # Errors
/// [`LinkError`]; his earlier link stays good then.
pub async fn link_again(app: &Arc<App>, by: shirma_audit::Actor, login: &str) -> Result<SecretString, LinkError> {
    let login = canonical_login(login);
    let now_ms = app.now_ms();
    let staff = app
        .data
        .write(move |tx| -> Result<Result<StaffId, LinkError>, Fault> {
            let Some(known) = rows::staff_by_login(tx, &login)? else {
                return Ok(Err(LinkError::Unknown));
            };
            if known.state == "disabled" {
                return Ok(Err(LinkError::Disabled));
            }
            tx.append(&audit::leaf(now_ms, by, audit::STAFF_LINK, known.id.object()))?;
            Ok(Ok(known.id))
        })
        .await??;
    Ok(issue_link(app, staff, LINK_LIFE_MS).await?)
}

/// At a start: makes the owner when there is nobody, and a fresh link as long as nobody has set a password.
///
/// # Errors
/// [`AddError`].
pub async fn first_owner_link(app: &Arc<App>) -> Result<Option<SecretString>, AddError> {
    let members = list(app).await?;
    if members.iter().any(|member| !member.invited && !member.disabled) {
        return Ok(None);
    }
    let known = members
        .iter()
        .find(|member| member.role == Role::Owner && !member.disabled)
        .map(|member| member.id);
    let owner = match known {
        Some(owner) => owner,
        None => add(app, audit::system(), FIRST_LOGIN, Role::Owner, "").await?,
    };
    Ok(Some(issue_link(app, owner, FIRST_LINK_LIFE_MS).await?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_login_is_of_one_alphabet() {
        for login in ["owner", "ольга", "olga.k-2", "olga@example.ru", "алёна_1"] {
            assert!(is_login(login), "{login}");
        }
        // The last one begins with a Latin letter that looks Russian.
        for login in ["", "123", "a b", "ольга<", "oльга", &"a".repeat(MAX_LOGIN_CHARS + 1)] {
            assert!(!is_login(login), "{login}");
        }
        assert_eq!(canonical_login("  Ольга "), "ольга");
    }
}
