//! The tables beside the journal: sealed words, deliveries of copies, copies that were given up.

use shirma_store::{Tx, params};

use crate::app::Fault;
use crate::identifier::SubjectId;

/// Sealed words beside a leaf.
pub(super) struct DetailRow {
    pub(super) subject: SubjectId,
    pub(super) salt: Vec<u8>,
    pub(super) words: Vec<u8>,
}

pub(super) fn keep_detail(tx: &mut Tx<'_>, seq: i64, row: &DetailRow) -> Result<(), Fault> {
    tx.execute(
        "insert into audit_detail (seq, subject, salt_ct, detail_ct) values ($1, $2, $3, $4)",
        params![seq, row.subject.0, &row.salt, &row.words],
    )?;
    Ok(())
}

pub(super) fn detail(tx: &mut Tx<'_>, seq: i64) -> Result<Option<DetailRow>, Fault> {
    Ok(tx.one(
        "select subject, salt_ct, detail_ct from audit_detail where seq = $1",
        params![seq],
        |row| {
            Ok(DetailRow {
                subject: SubjectId(row.get("subject")?),
                salt: row.get("salt_ct")?,
                words: row.get("detail_ct")?,
            })
        },
    )?)
}

pub(super) fn erase_details(tx: &mut Tx<'_>, subject: SubjectId) -> Result<u64, Fault> {
    Ok(tx.execute("delete from audit_detail where subject = $1", params![subject.0])?)
}

pub(super) fn keep_note(tx: &mut Tx<'_>, seq: i64, salt: &[u8], words: &[u8]) -> Result<(), Fault> {
    tx.execute(
        "insert into audit_note (seq, salt_ct, note_ct) values ($1, $2, $3)",
        params![seq, salt, words],
    )?;
    Ok(())
}

/// Sealed salt and sealed words of the house.
type Note = (Vec<u8>, Vec<u8>);

pub(super) fn note(tx: &mut Tx<'_>, seq: i64) -> Result<Option<Note>, Fault> {
    Ok(tx.one(
        "select salt_ct, note_ct from audit_note where seq = $1",
        params![seq],
        |row| Ok((row.get("salt_ct")?, row.get("note_ct")?)),
    )?)
}

/// Deliveries read at once: two years of the newest of a few places are less.
const MAX_DELIVERIES: i64 = 1_000;

/// How a copy went to a place.
pub(super) struct Delivery {
    pub(super) kind: String,
    pub(super) place: String,
    pub(super) size: u64,
    pub(super) at_ms: i64,
    pub(super) outcome: String,
}

impl Delivery {
    pub(super) fn is_ok(&self) -> bool {
        self.outcome == "ok"
    }
}

/// The newest, newest first.
pub(super) fn deliveries(tx: &mut Tx<'_>) -> Result<Vec<Delivery>, Fault> {
    Ok(tx.many(
        "select kind, place, size, at, outcome from anchor_delivery order by at desc limit $1",
        params![MAX_DELIVERIES],
        |row| {
            Ok(Delivery {
                kind: row.get("kind")?,
                place: row.get("place")?,
                size: u64::try_from(row.get::<i64>("size")?).unwrap_or(0),
                at_ms: row.get("at")?,
                outcome: row.get("outcome")?,
            })
        },
    )?)
}

pub(super) fn note_delivery(
    tx: &mut Tx<'_>,
    place: (&str, &str),
    size: u64,
    at_ms: i64,
    outcome: &str,
) -> Result<(), Fault> {
    let size = i64::try_from(size).map_err(|_| Fault::Journal)?;
    tx.execute(
        "insert into anchor_delivery (kind, place, size, at, tries, outcome) values ($1, $2, $3, $4, 1, $5)
         on conflict (kind, place, size) do update
         set at = excluded.at, tries = anchor_delivery.tries + 1, outcome = excluded.outcome",
        params![place.0, place.1, size, at_ms, outcome],
    )?;
    Ok(())
}

/// When the first checkpoint over more than `size` entries was made, in milliseconds.
pub(super) fn first_checkpoint_after(tx: &mut Tx<'_>, size: u64) -> Result<Option<i64>, Fault> {
    let size = i64::try_from(size).map_err(|_| Fault::Journal)?;
    let sql = "select min(created_at) from audit_checkpoint where size > $1";
    Ok(tx.one(sql, params![size], |row| row.get::<Option<i64>>(0))?.flatten())
}

pub(super) fn accept(tx: &mut Tx<'_>, size: u64, root: &[u8], seq: i64) -> Result<(), Fault> {
    let size = i64::try_from(size).map_err(|_| Fault::Journal)?;
    tx.execute(
        "insert into anchor_accepted (size, root, seq) values ($1, $2, $3) on conflict (size, root) do nothing",
        params![size, root, seq],
    )?;
    Ok(())
}

pub(super) fn is_accepted(tx: &mut Tx<'_>, size: u64, root: &[u8]) -> Result<bool, Fault> {
    let size = i64::try_from(size).map_err(|_| Fault::Journal)?;
    let sql = "select 1 as one from anchor_accepted where size = $1 and root = $2";
    Ok(tx.one(sql, params![size, root], |_| Ok(()))?.is_some())
}
