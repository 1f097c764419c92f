//! The `audit_detail` table.

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
