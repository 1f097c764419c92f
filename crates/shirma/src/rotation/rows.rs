//! What hangs on keys in the tables of data.

use shirma_store::{Tx, params};

use crate::app::{App, Fault};
use crate::identifier::SubjectId;
use crate::subject::FieldKind;
use crate::vault::{cell, house_cell};

/// Where values of the business lie: table, column, how its rows are listed, how one is written. `$1` is the row's number.
const HOUSE_CELLS: &[(&str, &str, &str, &str)] = &[
    (
        "staff",
        "name_ct",
        "select id, name_ct from staff where name_ct is not null order by id",
        "update staff set name_ct = $2 where id = $1",
    ),
    (
        "second_factor",
        "secret_ct",
        "select staff, secret_ct from second_factor order by staff",
        "update second_factor set secret_ct = $2 where staff = $1",
    ),
    (
        "audit_note",
        "salt_ct",
        "select seq, salt_ct from audit_note order by seq",
        "update audit_note set salt_ct = $2 where seq = $1",
    ),
    (
        "audit_note",
        "note_ct",
        "select seq, note_ct from audit_note order by seq",
        "update audit_note set note_ct = $2 where seq = $1",
    ),
];

/// Seals anew what a former key of the business sealed; gives how many values. A house has few of them: one transaction.
pub(super) fn reseal_house(app: &App, tx: &mut Tx<'_>) -> Result<usize, Fault> {
    let mut moved = 0;
    for (table, column, list, write) in HOUSE_CELLS {
        let cells = tx.many(*list, params![], |row| Ok((row.get::<i64>(0)?, row.get::<Vec<u8>>(1)?)))?;
        for (id, sealed) in cells {
            if let Some(again) = app.vault.reseal_house(house_cell(table, column, id), &sealed)? {
                tx.execute(*write, params![id, &again])?;
                moved += 1;
            }
        }
    }
    Ok(moved)
}

/// Makes indexes of values anew that a former secret made; gives how many cards it went through.
pub(super) fn reindex(app: &App, tx: &mut Tx<'_>, limit: u32) -> Result<usize, Fault> {
    let version = app.vault.blind_version();
    let cards = tx.many(
        "select distinct subject from blind_index where blind_version < $1 order by subject limit $2",
        params![version, limit],
        |row| row.get(0).map(SubjectId),
    )?;
    for subject in &cards {
        reindex_card(app, tx, *subject, version)?;
    }
    Ok(cards.len())
}

fn reindex_card(app: &App, tx: &mut Tx<'_>, subject: SubjectId, version: u32) -> Result<(), Fault> {
    let fields = tx.many(
        "select id, kind, value_ct from subject_field where subject = $1 order by id",
        params![subject.0],
        |row| {
            Ok((
                row.get::<i64>("id")?,
                row.get::<String>("kind")?,
                row.get::<Vec<u8>>("value_ct")?,
            ))
        },
    )?;
    for (id, kind, sealed) in fields {
        let Some(blind) = FieldKind::from_name(&kind).and_then(FieldKind::blind) else {
            continue;
        };
        let value = app
            .vault
            .open(cell("subject_field", "value_ct", id, subject), &sealed)?;
        let indexes = app.vault.blind_all(blind, value.expose());
        let Some((fresh, former)) = indexes.split_first() else {
            continue;
        };
        for index in former {
            tx.execute(
                "update blind_index set idx = $4, blind_version = $5
                 where kind = $1 and idx = $2 and subject = $3
                   and not exists (select 1 from blind_index b where b.kind = $1 and b.idx = $4 and b.subject = $3)",
                params![blind.as_str(), index, subject.0, fresh, version],
            )?;
        }
    }
    // What is left belongs to no value of the card any more, or stands there under the new index already.
    tx.execute(
        "delete from blind_index where subject = $1 and blind_version < $2",
        params![subject.0, version],
    )?;
    Ok(())
}

/// How many indexes of accounts and values a former secret made.
pub(super) fn indexes_behind(tx: &mut Tx<'_>, version: u32) -> Result<i64, Fault> {
    let behind = tx.one(
        "select (select count(*) from identity where blind_version < $1)
              + (select count(*) from blind_index where blind_version < $1)",
        params![version],
        |row| row.get(0),
    )?;
    Ok(behind.unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::HOUSE_CELLS;
    use crate::sources;

    /// A value of the business that the exchange forgets would not open once the former key is destroyed.
    #[test]
    fn every_cell_of_the_business_is_resealed() {
        let call = concat!("house_", "cell(\"");
        let found = sources::below("");
        let named: Vec<(&str, &str)> = found
            .iter()
            .flat_map(|(_, text)| text.split(call).skip(1))
            .filter_map(|rest| {
                let mut words = rest.split('"');
                Some((words.next()?, words.nth(1)?))
            })
            .collect();
        assert!(named.contains(&("staff", "name_ct")), "{named:?}");
        for cell in named {
            // Raw events are sealed with the key of their day.
            let known = cell.0 == "inbox"
                || HOUSE_CELLS
                    .iter()
                    .any(|(table, column, _, _)| (*table, *column) == cell);
            assert!(known, "{cell:?} is not resealed");
        }
    }
}
