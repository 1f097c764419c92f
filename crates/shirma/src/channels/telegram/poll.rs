//! The long poll of Telegram: asking for the next page also confirms the one before.

use std::time::Duration;

use serde::Deserialize;
use serde_json::Value;

use super::send::UPDATES;
use crate::contract::Page;

/// Updates of one page: the most the service gives.
const PAGE_UPDATES: u32 = 100;
/// The service holds an empty answer back so long, in seconds; under the 30 s after which home routers forget a connection.
const HOLD_S: u64 = 25;
/// We wait a little longer than the service holds.
pub(super) const PATIENCE: Duration = Duration::from_secs(HOLD_S + 10);

#[derive(Deserialize)]
struct Answer {
    ok: bool,
    result: Option<Vec<Value>>,
}

/// Path and query of `getUpdates` after `cursor`.
///
/// Without a cursor the wanted kinds are named; the service remembers them for the calls that follow.
pub fn poll_path(cursor: Option<&str>) -> String {
    match cursor.and_then(|cursor| cursor.parse::<i64>().ok()) {
        Some(offset) => format!("/getUpdates?offset={offset}&limit={PAGE_UPDATES}&timeout={HOLD_S}"),
        None => {
            let kinds = UPDATES.join("%22%2C%22");
            format!("/getUpdates?limit={PAGE_UPDATES}&timeout={HOLD_S}&allowed_updates=%5B%22{kinds}%22%5D")
        }
    }
}

/// The page in an answer, each update as the webhook would have brought it; `None` when the answer is a refusal.
pub fn page(body: &[u8], cursor: Option<&str>) -> Option<Page> {
    let answer: Answer = serde_json::from_slice(body).ok()?;
    let updates = answer.result.filter(|_| answer.ok)?;
    let newest = updates
        .iter()
        .filter_map(|update| update.get("update_id")?.as_i64())
        .max();
    let next = newest.and_then(|id| id.checked_add(1)).map(|id| id.to_string());
    Some(Page {
        cursor: next.or_else(|| cursor.map(str::to_owned)),
        updates: updates
            .into_iter()
            .map(|update| update.to_string().into_bytes())
            .collect(),
    })
}
