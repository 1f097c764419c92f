//! Finding a person in every table, and taking him out of it.

use shirma_store::{Tx, params};

use super::plan::PLAN;
use crate::app::{App, Fault};
use crate::identifier::{ClientCode, InboxId, SubjectId};
use crate::inbox;
use crate::vault::{cell, day_of};

/// The statement of each line of the plan; `$1` is the person.
pub(super) const STATEMENTS: &[(&str, &str)] = &[
    (
        "job",
        "delete from job where subject = $1 or (queue = 'answer' and target in (select id from message where subject = $1))",
    ),
    ("outbox", "delete from outbox where subject = $1"),
    ("dialog_token", "delete from dialog_token where subject = $1"),
    ("dialog_memory", "delete from dialog_memory where subject = $1"),
    ("audit_detail", "delete from audit_detail where subject = $1"),
    (
        "consent_receipt",
        "update consent_receipt set dialog = null, ext_id = null, shown_ct = null, answered_ct = null where subject = $1",
    ),
    (
        "subject_request",
        "update subject_request set dialog = null, state = 'done' where subject = $1",
    ),
    ("enquiry", "delete from enquiry where subject = $1"),
    ("message", "delete from message where subject = $1"),
    ("dialog", "delete from dialog where subject = $1"),
    (
        "visitor",
        "delete from visitor where identity in (select id from identity where subject = $1)",
    ),
    ("identity", "delete from identity where subject = $1"),
    ("blind_index", "delete from blind_index where subject = $1"),
    (
        "same_person_hint",
        "delete from same_person_hint where first_subject = $1 or second_subject = $1",
    ),
    ("subject_field", "delete from subject_field where subject = $1"),
    ("assignment", "delete from assignment where subject = $1"),
    ("honey_client", "delete from honey_client where subject = $1"),
    ("alarm", "update alarm set subject = null where subject = $1"),
    (
        "two_person_request",
        "update two_person_request set subject = null where subject = $1",
    ),
    (
        "subject",
        "update subject set state = 'erased', merged_into = null, gender = null where id = $1",
    ),
];

/// A card of the person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Card {
    pub(super) subject: SubjectId,
    pub(super) code: ClientCode,
    pub(super) is_erased: bool,
}

/// All cards of a person: the one given, the one it was merged into, and those merged into that one.
pub(super) fn cards(tx: &mut Tx<'_>, subject: SubjectId) -> Result<Vec<Card>, Fault> {
    let root = crate::subject::root(tx, subject)?;
    Ok(tx.many(
        "select id, code, state from subject where id = $1 or merged_into = $1 order by (id = $1) desc, id",
        params![root.0],
        card_of,
    )?)
}

/// One card.
pub(super) fn card(tx: &mut Tx<'_>, subject: SubjectId) -> Result<Option<Card>, Fault> {
    Ok(tx.one(
        "select id, code, state from subject where id = $1",
        params![subject.0],
        card_of,
    )?)
}

fn card_of(row: &shirma_store::Row<'_>) -> Result<Card, shirma_store::Error> {
    Ok(Card {
        subject: SubjectId(row.get("id")?),
        code: ClientCode(row.get("code")?),
        is_erased: row.get::<String>("state")? == "erased",
    })
}

/// The card with this code.
pub(super) fn by_code(tx: &mut Tx<'_>, code: ClientCode) -> Result<Option<SubjectId>, Fault> {
    Ok(
        tx.one("select id from subject where code = $1", params![code.0], |row| {
            row.get(0).map(SubjectId)
        })?,
    )
}

/// Stops all that waits to be done or sent for a card. Rows go later; from now on nothing of them leaves the house.
pub(super) fn freeze(tx: &mut Tx<'_>, subject: SubjectId) -> Result<(), Fault> {
    tx.execute(
        "update outbox set state = 'failed', last_error = 'erased', fence = fence + 1, lease_owner = null
         where subject = $1 and state in ('ready', 'sending')",
        params![subject.0],
    )?;
    tx.execute(
        "update job set state = 'dead', last_error = 'erased', fence = fence + 1, lease_owner = null
         where state in ('ready', 'leased')
           and (subject = $1 or (queue = 'answer' and target in (select id from message where subject = $1)))",
        params![subject.0],
    )?;
    Ok(())
}

/// Takes what a card's chats sent out of the inbox while the chats are still known: the raw events and what is left to do
/// with them. Gives the days whose keys sealed them.
pub(super) fn empty_inbox(app: &App, tx: &mut Tx<'_>, subject: SubjectId) -> Result<Vec<i64>, Fault> {
    let chats = tx.many(
        "select id, channel, account, chat_ct from identity where subject = $1",
        params![subject.0],
        |row| {
            let place = format!("{}/{}", row.get::<String>("channel")?, row.get::<String>("account")?);
            Ok((row.get::<i64>("id")?, place, row.get::<Vec<u8>>("chat_ct")?))
        },
    )?;
    let mut days = Vec::new();
    for (identity, place, sealed) in chats {
        let chat = match app.vault.open(cell("identity", "chat_ct", identity, subject), &sealed) {
            Ok(chat) => chat,
            // The key is gone: this is the second run, and the first one has been here.
            Err(crate::vault::Error::NoKey) => continue,
            Err(error) => return Err(error.into()),
        };
        for code in crate::journey::lane_codes(app, chat.expose()) {
            days.extend(empty_lane(app, tx, &format!("{place}/{code}"))?);
        }
    }
    days.sort_unstable();
    days.dedup();
    Ok(days)
}

fn empty_lane(app: &App, tx: &mut Tx<'_>, lane: &str) -> Result<Vec<i64>, Fault> {
    let events = tx.many(
        "select i.id, i.ext_id, i.received_at from inbox i
         join job j on j.target = i.id and j.queue = 'read' where j.lane = $1",
        params![lane],
        |row| {
            Ok((
                row.get::<i64>("id")?,
                row.get::<String>("ext_id")?,
                row.get::<i64>("received_at")?,
            ))
        },
    )?;
    let mut days = Vec::new();
    for (id, ext_id, received_at_ms) in events {
        days.push(day_of(received_at_ms));
        if inbox::is_forgotten(&ext_id) {
            continue;
        }
        let key = inbox::forgotten_key(app, &ext_id);
        inbox::forget(tx, InboxId(id), &key)?;
    }
    tx.execute("delete from job where queue = 'read' and lane = $1", params![lane])?;
    Ok(days)
}

/// Does what the plan says of each table; gives how many rows each lost or had stripped.
pub(super) fn delete(tx: &mut Tx<'_>, subject: SubjectId) -> Result<Vec<u64>, Fault> {
    let mut counts = Vec::with_capacity(PLAN.len());
    for line in PLAN {
        let statement = STATEMENTS.iter().find(|(table, _)| *table == line.table);
        let (_, sql) = statement.ok_or(Fault::Gone("statement of the erasure plan"))?;
        counts.push(tx.execute(*sql, params![subject.0])?);
    }
    Ok(counts)
}

/// Of these days, those whose raw events have all been read.
pub(super) fn read_days(tx: &mut Tx<'_>, days: &[i64]) -> Result<Vec<i64>, Fault> {
    let mut read = Vec::new();
    for day in days {
        if inbox::is_day_read(tx, *day)? {
            read.push(*day);
        }
    }
    Ok(read)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plan_and_statements_name_the_same_tables_in_the_same_order() {
        let planned: Vec<&str> = PLAN.iter().map(|line| line.table).collect();
        let stated: Vec<&str> = STATEMENTS.iter().map(|(table, _)| *table).collect();
        assert_eq!(planned, stated);
    }

    #[test]
    fn only_what_is_planned_to_stay_is_kept() {
        for (line, (table, sql)) in PLAN.iter().zip(STATEMENTS) {
            let deletes = sql.starts_with("delete from ");
            assert_eq!(deletes, line.fate == super::super::plan::Fate::Deleted, "{table}");
        }
    }
}
