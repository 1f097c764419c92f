//! What hangs on keys in the tables of data.

use shirma_store::{Tx, params};

use crate::app::{App, Fault};
use crate::identifier::SubjectId;
use crate::subject::FieldKind;
use crate::vault::{cell, house_cell};

/// Seals anew what a former key of the business sealed; gives how many values. A house has few staff: one transaction.
pub(super) fn reseal_staff(app: &App, tx: &mut Tx<'_>) -> Result<usize, Fault> {
    let names = tx.many(
        "select id, name_ct from staff where name_ct is not null order by id",
        params![],
        |row| Ok((row.get::<i64>("id")?, row.get::<Vec<u8>>("name_ct")?)),
    )?;
    let mut moved = 0;
    for (id, sealed) in names {
        if let Some(again) = app.vault.reseal_house(house_cell("staff", "name_ct", id), &sealed)? {
            tx.execute("update staff set name_ct = $2 where id = $1", params![id, &again])?;
            moved += 1;
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
