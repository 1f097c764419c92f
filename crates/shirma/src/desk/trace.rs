//! Traces of reading: opening a dialog or a card leaves one leaf, a page that stays open does not leave one a minute.

use std::sync::Arc;

use shirma_audit::{Act, Object, Outcome};

use super::rows;
use crate::access::assignment::Thing;
use crate::access::{Permission, Role, Staff};
use crate::alarm::{self, AlarmKind};
use crate::app::{App, Fault};
use crate::audit;
use crate::clock::MINUTE_MS;
use crate::identifier::SubjectId;
use crate::rate;

/// Reading the same thing in the same session goes on while the pauses are shorter than this.
const PAUSE_MS: i64 = 10 * MINUTE_MS;
/// Values refused over the quota are told in so many.
const TOLD_EVERY: i64 = 30;
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
    audit::note(app, leaf).await
}

/// Counts one more value a person asks for; `false` when it is one too many for this hour or day, which leaves a leaf and an
/// alarm. The owner is neither counted nor stopped.
///
/// # Errors
/// [`Fault`]; nothing may be shown then.
pub async fn may_reveal(app: &Arc<App>, staff: &Staff, card: SubjectId) -> Result<bool, Fault> {
    if staff.role == Role::Owner {
        return Ok(true);
    }
    let (rooms, id) = (Arc::clone(app), staff.id);
    let leaf = audit::leaf(app.now_ms(), audit::staff(id), audit::SUBJECT_REVEAL, card.object())
        .with_session(staff.session.clone())
        .with_outcome(Outcome::Deny);
    let (may, rang) = app
        .data
        .write(move |tx| -> Result<(bool, bool), Fault> {
            let who = id.0.to_string();
            let mut over = 0;
            for limit in [rate::REVEAL_HOUR, rate::REVEAL_DAY] {
                over = over.max(rate::count(&rooms, tx, limit, &who)? - limit.hits);
            }
            if over <= 0 {
                return Ok((true, false));
            }
            if over % TOLD_EVERY == 1 {
                tx.append(&leaf.with_count(u64::try_from(over).unwrap_or(0)))?;
            }
            Ok((false, alarm::raise(&rooms, tx, AlarmKind::Quota, id, None)?))
        })
        .await?;
    if rang {
        alarm::ring(app);
    }
    Ok(may)
}

/// Notes that something was refused: told the first time in an hour and then ever more rarely, so that a flood fills no disk
/// (security.md §4.4). Whoever tries on and on rings.
///
/// # Errors
/// [`Fault`].
pub async fn note_denial(
    app: &Arc<App>,
    staff: &Staff,
    permission: Permission,
    thing: Option<Thing>,
) -> Result<(), Fault> {
    let (rooms, id, session) = (Arc::clone(app), staff.id, staff.session.clone());
    let rang = app
        .data
        .write(move |tx| -> Result<bool, Fault> {
            let hits = rate::count(&rooms, tx, rate::DENIALS, &id.0.to_string())?;
            if is_power_of_ten(hits) {
                let object = thing.map_or_else(|| Object::new("permission", permission.as_str()), Thing::object);
                let leaf = audit::leaf(rooms.now_ms(), audit::staff(id), audit::ACCESS_DENY, object)
                    .with_session(session)
                    .with_purpose(permission.as_str())
                    .with_count(u64::try_from(hits).unwrap_or(0));
                tx.append(&leaf.with_outcome(Outcome::Deny))?;
            }
            if hits > rate::DENIALS.hits {
                return alarm::raise(&rooms, tx, AlarmKind::Prying, id, None);
            }
            Ok(false)
        })
        .await?;
    if rang {
        alarm::ring(app);
    }
    Ok(())
}

fn is_power_of_ten(number: i64) -> bool {
    number > 0 && 10_i64.pow(number.ilog10()) == number
}

/// A mark of session and thing that says nothing to a reader of the table.
fn mark_of(staff: &Staff, id: &str) -> [u8; 16] {
    let hash = shirma_vault::sha256(&[&staff.digest[..], id.as_bytes()].concat());
    let mut mark = [0; 16];
    mark.copy_from_slice(&hash[..16]);
    mark
}

#[cfg(test)]
mod tests {
    use super::is_power_of_ten;

    #[test]
    fn denials_are_told_ever_more_rarely() {
        let told: Vec<i64> = (-1..=1_500).filter(|number| is_power_of_ten(*number)).collect();
        assert_eq!(told, [1, 10, 100, 1_000]);
    }
}
