//! The `rate_window` table.

use shirma_store::{Tx, params};

use super::Limit;
use crate::app::{App, Fault};
use crate::clock::DAY_MS;
use crate::vault::MacPurpose;

/// Counts a hit of `who`; `Err(ms)` inside `Ok` says how long to wait when it is one too many.
pub fn may(app: &App, tx: &mut Tx<'_>, limit: Limit, who: &str) -> Result<Result<(), i64>, Fault> {
    let now_ms = app.now_ms();
    let starts_at_ms = now_ms - now_ms.rem_euclid(limit.window_ms);
    let index = app
        .vault
        .mac(MacPurpose::SiteForm, format!("{}:{who}", limit.kind).as_bytes());
    let hits = tx.one(
        "insert into rate_window (kind, idx, starts_at, hits) values ($1, $2, $3, 1)
         on conflict (kind, idx, starts_at) do update set hits = rate_window.hits + 1 returning hits",
        params![limit.kind, &index[..], starts_at_ms],
        |row| row.get::<i64>(0),
    )?;
    Ok(if hits.unwrap_or(1) > limit.hits {
        Err(starts_at_ms + limit.window_ms - now_ms)
    } else {
        Ok(())
    })
}

/// Forgets windows that are over.
pub fn clean(tx: &mut Tx<'_>, now_ms: i64) -> Result<(), Fault> {
    tx.execute(
        "delete from rate_window where starts_at < $1",
        params![now_ms - 2 * DAY_MS],
    )?;
    Ok(())
}
