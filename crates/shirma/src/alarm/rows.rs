//! The tables `alarm` and `honey_client`.

use shirma_store::{Tx, params};

use super::AlarmKind;
use crate::app::Fault;
use crate::identifier::{AlarmId, StaffId, SubjectId};

/// Alarms shown at once: whoever has more reads the journal.
const MAX_ALARMS: i64 = 200;

/// An alarm as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alarm {
    /// Its id.
    pub id: AlarmId,
    /// What happened.
    pub kind: AlarmKind,
    /// Who set it off.
    pub staff: StaffId,
    /// Whose card, when there is one.
    pub subject: Option<SubjectId>,
    /// When.
    pub at_ms: i64,
    /// Somebody has seen it.
    pub seen: bool,
}

pub(super) fn add(
    tx: &mut Tx<'_>,
    id: AlarmId,
    kind: AlarmKind,
    staff: StaffId,
    subject: Option<SubjectId>,
    now_ms: i64,
) -> Result<(), Fault> {
    tx.execute(
        "insert into alarm (id, kind, staff, subject, at) values ($1, $2, $3, $4, $5)",
        params![id.0, kind.as_str(), staff.0, subject.map(|subject| subject.0), now_ms],
    )?;
    Ok(())
}

pub(super) fn rings_already(
    tx: &mut Tx<'_>,
    kind: AlarmKind,
    staff: StaffId,
    subject: Option<SubjectId>,
    since_ms: i64,
) -> Result<bool, Fault> {
    let known = tx.one(
        "select id from alarm where kind = $1 and staff = $2 and coalesce(subject, 0) = $3 and seen_at is null
           and at > $4 limit 1",
        params![kind.as_str(), staff.0, subject.map_or(0, |subject| subject.0), since_ms],
        |row| row.get::<i64>("id"),
    )?;
    Ok(known.is_some())
}

pub(super) fn see(tx: &mut Tx<'_>, id: AlarmId, by: StaffId, now_ms: i64) -> Result<(), Fault> {
    let changed = tx.execute(
        "update alarm set seen_at = $2, seen_by = $3 where id = $1 and seen_at is null",
        params![id.0, now_ms, by.0],
    )?;
    if changed == 1 {
        Ok(())
    } else {
        Err(Fault::Gone("alarm"))
    }
}

/// Alarms nobody has seen.
///
/// # Errors
/// [`Fault`].
pub fn unseen(tx: &mut Tx<'_>) -> Result<i64, Fault> {
    let count = tx.one(
        "select count(*) as unseen from alarm where seen_at is null",
        params![],
        |row| row.get::<i64>("unseen"),
    )?;
    Ok(count.unwrap_or(0))
}

/// The newest alarms, those not seen yet first.
///
/// # Errors
/// [`Fault`].
pub fn list(tx: &mut Tx<'_>) -> Result<Vec<Alarm>, Fault> {
    let rows = tx.many(
        "select id, kind, staff, subject, at, seen_at from alarm
         order by case when seen_at is null then 0 else 1 end, at desc, id desc limit $1",
        params![MAX_ALARMS],
        |row| {
            Ok((
                row.get::<i64>("id")?,
                row.get::<String>("kind")?,
                row.get::<i64>("staff")?,
                row.get::<Option<i64>>("subject")?,
                row.get::<i64>("at")?,
                row.get::<Option<i64>>("seen_at")?,
            ))
        },
    )?;
    rows.into_iter()
        .map(|(id, kind, staff, subject, at_ms, seen_at)| {
            Ok(Alarm {
                id: AlarmId(id),
                kind: AlarmKind::from_name(&kind).ok_or(Fault::Unreadable("kind of an alarm"))?,
                staff: StaffId(staff),
                subject: subject.map(SubjectId),
                at_ms,
                seen: seen_at.is_some(),
            })
        })
        .collect()
}

/// Whether the card, or one it was merged with, is a honey client.
///
/// # Errors
/// [`Fault`].
pub fn is_honey(tx: &mut Tx<'_>, card: SubjectId) -> Result<bool, Fault> {
    let found = tx.one(
        "select h.subject from honey_client h join subject o on o.id = h.subject join subject c on c.id = $1
         where coalesce(o.merged_into, o.id) = coalesce(c.merged_into, c.id) limit 1",
        params![card.0],
        |row| row.get::<i64>("subject"),
    )?;
    Ok(found.is_some())
}

pub(super) fn mark_honey(
    tx: &mut Tx<'_>,
    card: SubjectId,
    by: StaffId,
    is_honey: bool,
    now_ms: i64,
) -> Result<(), Fault> {
    if is_honey {
        tx.execute(
            "insert into honey_client (subject, marked_by, since) values ($1, $2, $3)
             on conflict (subject) do nothing",
            params![card.0, by.0, now_ms],
        )?;
    } else {
        tx.execute(
            "delete from honey_client where subject in (select id from subject where id = $1 or merged_into = $1)",
            params![card.0],
        )?;
    }
    Ok(())
}
