//! Which installation the data belong to: the other half of what the key store says of itself.

use shirma_audit::SignedCheckpoint;
use shirma_store::{Error, Tx, params};

use crate::audit;

const INSTALLATION: &str = "installation";

/// Whether the data are those of the installation. Data that say nothing of it yet are asked by their last checkpoint, and
/// told to whom they belong when that does not contradict.
///
/// # Errors
/// The database's.
pub(super) fn belongs_to(tx: &mut Tx<'_>, installation: &str) -> Result<bool, Error> {
    let told = tx.one(
        "select value from setting where key = $1",
        params![INSTALLATION],
        |row| row.get::<String>(0),
    )?;
    if let Some(told) = told {
        return Ok(told == installation);
    }
    if let Some(last) = tx.audit_last_checkpoint()? {
        let checkpoint = SignedCheckpoint::parse(&last.note).map_err(|_| Error::Corrupt)?;
        if checkpoint.unverified().origin != audit::origin(installation) {
            return Ok(false);
        }
    }
    tx.execute(
        "insert into setting (key, value) values ($1, $2)",
        params![INSTALLATION, installation],
    )?;
    Ok(true)
}
