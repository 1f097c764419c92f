//! The long poll of MAX: meant for trying a bot out, two requests a second and a hundred updates a page.

use std::time::Duration;

use serde::Deserialize;
use serde_json::Value;

use crate::contract::Page;

/// Updates of one page: the most the service gives.
const PAGE_UPDATES: u32 = 100;
/// The service holds an empty answer back so long, in seconds: its own limit.
const HOLD_S: u64 = 30;
/// We wait a little longer than the service holds.
pub(super) const PATIENCE: Duration = Duration::from_secs(HOLD_S + 10);

#[derive(Deserialize)]
struct Answer {
    updates: Vec<Value>,
    marker: Option<i64>,
}

/// Path and query of `GET /updates` after `cursor`.
pub fn poll_path(cursor: Option<&str>) -> String {
    let path = format!("/updates?limit={PAGE_UPDATES}&timeout={HOLD_S}");
    match cursor.and_then(|cursor| cursor.parse::<i64>().ok()) {
        Some(marker) => format!("{path}&marker={marker}"),
        None => path,
    }
}

/// The page in an answer, each update as the webhook would have brought it.
pub fn page(body: &[u8], cursor: Option<&str>) -> Option<Page> {
    let answer: Answer = serde_json::from_slice(body).ok()?;
    Some(Page {
        cursor: answer
            .marker
            .map(|marker| marker.to_string())
            .or_else(|| cursor.map(str::to_owned)),
        updates: answer
            .updates
            .into_iter()
            .map(|update| update.to_string().into_bytes())
            .collect(),
    })
}
