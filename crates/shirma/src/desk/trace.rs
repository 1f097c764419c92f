//! Traces of reading: opening a dialog or a card leaves one leaf, a page that stays open does not leave one a minute.

use std::sync::Arc;

use shirma_audit::{Act, Object, Outcome};

use super::rows;
use crate::access::Staff;
use crate::app::{App, Fault};
use crate::audit;
use crate::clock::{HOUR_MS, MINUTE_MS};
use crate::identifier::SubjectId;
use crate::rate::{self, Limit};

/// Reading the same thing in the same session goes on while the pauses are shorter than this.
const PAUSE_MS: i64 = 10 * MINUTE_MS;
/// Values one person may see in an hour (security.md §5).
const REVEALS: Limit = Limit {
    kind: "reveal",
    hits: 30,
    window_ms: HOUR_MS,
};
/// How exactly the end of reading is kept.
const STEP_MS: i64 = MINUTE_MS;

/// Notes that a person reads something, before he does.
///
/// # Errors
/// [`Fault`]; nothing may be shown then.
pub async fn note(app: &Arc<App>, staff: &Staff, act: Act, object: Object) -> Result<(), Fault> {
    let mark = mark_of(staff, &object.id);
    let now_ms = app.now_ms();
    let last = app.data.read(move |tx| rows::last_reading(tx, &mark)).await?;
    if last.is_some_and(|last_ms| now_ms - last_ms < STEP_MS) {
        return Ok(());
    }
    let leaf = audit::leaf(now_ms, audit::staff(staff.id), act, object).with_session(staff.session.clone());
    app.data
        .write(move |tx| -> Result<(), Fault> {
            let goes_on = rows::last_reading(tx, &mark)?.is_some_and(|last_ms| now_ms - last_ms < PAUSE_MS);
            rows::keep_reading(tx, &mark, now_ms)?;
            if !goes_on {
                tx.append(&leaf)?;
            }
            Ok(())
        })
        .await
}

/// Notes a search with the number of its results, never with what was typed.
///
/// # Errors
/// [`Fault`]; the results may not be shown then.
pub async fn note_search(app: &Arc<App>, staff: &Staff, found: usize) -> Result<(), Fault> {
    let leaf = audit::leaf(
        app.now_ms(),
        audit::staff(staff.id),
        audit::SUBJECT_SEARCH,
        Object::new("subject", "all"),
    )
    .with_session(staff.session.clone())
    .with_count(u64::try_from(found).unwrap_or(u64::MAX));
    app.data
        .write(move |tx| -> Result<(), Fault> { Ok(tx.append(&leaf).map(drop)?) })
        .await
}

/// Counts one more value a person asks for; `false` when it is one too many for this hour, which leaves a leaf.
///
/// # Errors
/// [`Fault`]; nothing may be shown then.
pub async fn may_reveal(app: &Arc<App>, staff: &Staff, card: SubjectId) -> Result<bool, Fault> {
    let (rooms, who) = (Arc::clone(app), staff.id.0.to_string());
    let now_ms = app.now_ms();
    let leaf = audit::leaf(now_ms, audit::staff(staff.id), audit::SUBJECT_REVEAL, card.object())
        .with_session(staff.session.clone())
        .with_outcome(Outcome::Deny);
    app.data
        .write(move |tx| -> Result<bool, Fault> {
            let may = rate::may(&rooms, tx, REVEALS, &who)?.is_ok();
            if !may {
                tx.append(&leaf)?;
            }
            Ok(may)
        })
        .await
}

/// A mark of session and thing that says nothing to a reader of the table.
fn mark_of(staff: &Staff, id: &str) -> [u8; 16] {
    let hash = shirma_vault::sha256(&[&staff.digest[..], id.as_bytes()].concat());
    let mut mark = [0; 16];
    mark.copy_from_slice(&hash[..16]);
    mark
}
