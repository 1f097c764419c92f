//! The `assignment` table, and whose a card is.

use shirma_store::{Tx, params};

use crate::app::Fault;
use crate::identifier::{DialogId, StaffId, SubjectId};

/// Members of staff a card may be assigned to at once; more are nobody's responsibility.
const MAX_ASSIGNEES: i64 = 20;

/// The card a card was merged into, or itself; `None` when there is none.
pub(super) fn card(tx: &mut Tx<'_>, client: SubjectId) -> Result<Option<SubjectId>, Fault> {
    Ok(tx.one(
        "select coalesce(merged_into, id) as card from subject where id = $1",
        params![client.0],
        |row| Ok(SubjectId(row.get("card")?)),
    )?)
}

pub(super) fn card_of(tx: &mut Tx<'_>, dialog: DialogId) -> Result<Option<SubjectId>, Fault> {
    Ok(tx.one(
        "select coalesce(s.merged_into, s.id) as card from dialog d join subject s on s.id = d.subject where d.id = $1",
        params![dialog.0],
        |row| Ok(SubjectId(row.get("card")?)),
    )?)
}

pub(super) fn is_own(tx: &mut Tx<'_>, staff: StaffId, card: SubjectId) -> Result<bool, Fault> {
    let found = tx.one(
        "select 1 as own from subject o where (o.id = $2 or o.merged_into = $2)
           and (exists (select 1 from assignment a where a.subject = o.id and a.staff = $1)
             or exists (select 1 from dialog r where r.subject = o.id and r.responsible = $1)) limit 1",
        params![staff.0, card.0],
        |row| row.get::<i64>("own"),
    )?;
    Ok(found.is_some())
}

/// Gives `false` when he had him already.
pub(super) fn assign(tx: &mut Tx<'_>, card: SubjectId, to: StaffId, by: StaffId, now_ms: i64) -> Result<bool, Fault> {
    let added = tx.execute(
        "insert into assignment (subject, staff, assigned_by, since) values ($1, $2, $3, $4)
         on conflict (subject, staff) do nothing",
        params![card.0, to.0, by.0, now_ms],
    )?;
    Ok(added == 1)
}

/// Gives `false` when he did not have him.
pub(super) fn unassign(tx: &mut Tx<'_>, card: SubjectId, from: StaffId) -> Result<bool, Fault> {
    let gone = tx.execute(
        "delete from assignment where staff = $2
           and subject in (select id from subject where id = $1 or merged_into = $1)",
        params![card.0, from.0],
    )?;
    Ok(gone > 0)
}

/// To whom a card is handed over, oldest first.
///
/// # Errors
/// [`Fault`].
pub fn assignees(tx: &mut Tx<'_>, card: SubjectId) -> Result<Vec<StaffId>, Fault> {
    Ok(tx.many(
        "select a.staff, min(a.since) as since from assignment a join subject o on o.id = a.subject
         where o.id = $1 or o.merged_into = $1 group by a.staff order by since, a.staff limit $2",
        params![card.0, MAX_ASSIGNEES],
        |row| Ok(StaffId(row.get("staff")?)),
    )?)
}
