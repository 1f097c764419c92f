//! Marks of reading, in `rate_window`: hashes, no ids of clients.

use shirma_store::{Tx, params};

use crate::app::Fault;
use crate::clock::DAY_MS;

/// When this thing was last read in this session.
pub fn last_reading(tx: &mut Tx<'_>, mark: &[u8; 16]) -> Result<Option<i64>, Fault> {
    Ok(tx.one(
        "select hits from rate_window where kind = 'reading' and idx = $1 and starts_at = $2",
        params![mark, 0_i64],
        |row| row.get::<i64>(0),
    )?)
}

/// Keeps when it was read; marks older than a day go.
pub fn keep_reading(tx: &mut Tx<'_>, mark: &[u8; 16], now_ms: i64) -> Result<(), Fault> {
    tx.execute(
        "delete from rate_window where kind = 'reading' and hits < $1",
        params![now_ms - DAY_MS],
    )?;
    tx.execute(
        "insert into rate_window (kind, idx, starts_at, hits) values ('reading', $1, $2, $3)
         on conflict (kind, idx, starts_at) do update set hits = excluded.hits",
        params![mark, 0_i64, now_ms],
    )?;
    Ok(())
}
