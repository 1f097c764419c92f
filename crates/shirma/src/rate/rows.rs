//! The `rate_window` table.

use shirma_store::{Tx, params};

use super::Limit;
use crate::app::{App, Fault};
use crate::clock::DAY_MS;
use crate::vault::MacPurpose;

/// Counts a hit of `who` in the window of now; gives how many there are with it.
pub fn count(app: &App, tx: &mut Tx<'_>, limit: Limit, who: &str) -> Result<i64, Fault> {
    let starts_at_ms = app.now_ms() - app.now_ms().rem_euclid(limit.window_ms);
    let index = app
        .vault
        .mac(MacPurpose::SiteForm, format!("{}:{who}", limit.kind).as_bytes());
    let hits = tx.one(
        "insert into rate_window (kind, idx, starts_at, hits) values ($1, $2, $3, 1)
         on conflict (kind, idx, starts_at) do update set hits = rate_window.hits + 1 returning hits",
        params![limit.kind, &index[..], starts_at_ms],
        |row| row.get::<i64>(0),
    )?;
    Ok(hits.unwrap_or(1))
}

/// Counts a hit of `who`; `Err(ms)` inside `Ok` says how long to wait when it is one too many.
pub fn may(app: &App, tx: &mut Tx<'_>, limit: Limit, who: &str) -> Result<Result<(), i64>, Fault> {
    let hits = count(app, tx, limit, who)?;
    let into_window_ms = app.now_ms().rem_euclid(limit.window_ms);
    Ok(if hits > limit.hits {
        Err(limit.window_ms - into_window_ms)
    } else {
        Ok(())
    })
}

/// Longest window, twice: nothing older is asked for.
const KEEP_MS: i64 = 2 * DAY_MS;

/// Forgets windows that are over. The desk's marks of reading have no beginning (`starts_at` 0): `hits` is the moment.
pub fn clean(tx: &mut Tx<'_>, now_ms: i64) -> Result<(), Fault> {
    tx.execute(
        "delete from rate_window where starts_at < $1 and (starts_at <> 0 or hits < $1)",
        params![now_ms - KEEP_MS],
    )?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use shirma_store::{Store, Target};

    use super::*;
    use crate::opening::DATA;

    #[test]
    fn old_windows_go_and_a_mark_of_reading_stays_while_it_is_fresh() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("data.db");
        let store = Store::open(&Target::Sqlite { path }, &DATA).expect("a store");
        let now_ms = 20_000 * DAY_MS;
        let left = store.write_blocking(move |tx| -> Result<Vec<String>, Fault> {
            let rows = [
                ("form_day", now_ms - 3 * DAY_MS, 7),
                ("form_minute", now_ms, 1),
                ("reading", 0, now_ms - DAY_MS),
                ("reading_old", 0, now_ms - 3 * DAY_MS),
            ];
            for (kind, starts_at_ms, hits) in rows {
                tx.execute(
                    "insert into rate_window (kind, idx, starts_at, hits) values ($1, $2, $3, $4)",
                    params![kind, &[1_u8; 16][..], starts_at_ms, hits],
                )?;
            }
            clean(tx, now_ms)?;
            Ok(tx.many("select kind from rate_window order by kind", params![], |row| {
                row.get(0)
            })?)
        });
        assert_eq!(left.expect("rows"), ["form_minute", "reading"]);
    }
}
