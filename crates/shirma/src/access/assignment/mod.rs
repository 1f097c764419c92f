//! Whose client is it? A client is a specialist's own when he was handed over to him, or when he is responsible for one of
//! the client's dialogs. Cards that were merged count as one.

mod rows;

use std::sync::Arc;

use shirma_store::Tx;

use super::decision::Standing;
use super::{Reach, Role, Staff, rows as staff_rows, session};
use crate::app::{App, Fault};
use crate::audit;
use crate::identifier::{DialogId, StaffId, SubjectId};

pub use rows::assignees;

/// A thing of a client, as an address names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Thing {
    /// His card.
    Client(SubjectId),
    /// One of his dialogs.
    Dialog(DialogId),
}

impl Thing {
    /// As the journal names it.
    pub fn object(self) -> shirma_audit::Object {
        match self {
            Thing::Client(client) => client.object(),
            Thing::Dialog(dialog) => dialog.object(),
        }
    }
}

/// Why nobody was handed over.
#[derive(Debug, thiserror::Error)]
pub enum AssignError {
    /// Nobody of that id works here, or his role meets no clients of its own.
    #[error("not somebody a client can be handed over to")]
    Nobody,
    /// The step failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Where a thing stands to a person.
///
/// # Errors
/// [`Fault`].
pub fn standing(tx: &mut Tx<'_>, staff: StaffId, thing: Thing) -> Result<Standing, Fault> {
    let card = match thing {
        Thing::Client(client) => rows::card(tx, client)?,
        Thing::Dialog(dialog) => rows::card_of(tx, dialog)?,
    };
    Ok(match card {
        None => Standing::Absent,
        Some(card) if rows::is_own(tx, staff, card)? => Standing::Own,
        Some(_) => Standing::Foreign,
    })
}

/// Those a client may be handed over to: who works here and meets clients of his own.
///
/// # Errors
/// [`Fault`].
pub fn candidates(tx: &mut Tx<'_>, now_ms: i64) -> Result<Vec<StaffId>, Fault> {
    let meets_his_own = |role: &str| Role::from_name(role).is_some_and(|role| role.reach() == Reach::Own);
    let all = staff_rows::all_staff(tx)?.into_iter();
    let fit = all.filter(|row| session::works_here(&row.state, row.until_ms, now_ms) && meets_his_own(&row.role));
    Ok(fit.map(|row| row.id).collect())
}

/// Hands a client over to a member of staff, with its leaf. Whoever had him before keeps him.
///
/// # Errors
/// [`AssignError`]; nothing changed then.
pub async fn assign(app: &Arc<App>, by: &Staff, client: SubjectId, to: StaffId) -> Result<(), AssignError> {
    change(app, by, client, to, true).await
}

/// Takes a client from a member of staff, with its leaf.
///
/// # Errors
/// [`AssignError`]; nothing changed then.
pub async fn unassign(app: &Arc<App>, by: &Staff, client: SubjectId, from: StaffId) -> Result<(), AssignError> {
    change(app, by, client, from, false).await
}

async fn change(app: &Arc<App>, by: &Staff, client: SubjectId, whom: StaffId, gives: bool) -> Result<(), AssignError> {
    let now_ms = app.now_ms();
    let (staff, session) = (by.id, by.session.clone());
    let done = app
        .data
        .write(move |tx| -> Result<bool, Fault> {
            let card = rows::card(tx, client)?.ok_or(Fault::Gone("subject"))?;
            let changed = if gives {
                if !candidates(tx, now_ms)?.contains(&whom) {
                    return Ok(false);
                }
                rows::assign(tx, card, whom, staff, now_ms)?
            } else {
                rows::unassign(tx, card, whom)?
            };
            if changed {
                // Two entries: whose client, and to whom. An entry names one thing only.
                let word = if gives { "give" } else { "take_away" };
                for object in [card.object(), whom.object()] {
                    let leaf = audit::leaf(now_ms, audit::staff(staff), audit::SUBJECT_ASSIGN, object);
                    tx.append(&leaf.with_session(session.clone()).with_purpose(word))?;
                }
            }
            Ok(true)
        })
        .await?;
    if done { Ok(()) } else { Err(AssignError::Nobody) }
}
