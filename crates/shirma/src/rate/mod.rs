//! How often somebody may: windows of time per keyed hash. No address and no phone is kept, only its hash, only while
//! its window lasts.

mod rows;

pub use rows::{clean, may};

/// A limit: at most `hits` in a window of `window_ms`.
#[derive(Debug, Clone, Copy)]
pub struct Limit {
    /// Its name in the table.
    pub kind: &'static str,
    /// How many.
    pub hits: i64,
    /// In how long, in milliseconds.
    pub window_ms: i64,
}

use crate::clock::{DAY_MS, HOUR_MS, MINUTE_MS};

/// Form posts of one address in a minute (`channels.md` §10).
pub const FORM_MINUTE: Limit = Limit { kind: "form_minute", hits: 5, window_ms: MINUTE_MS };
/// Form posts of one address in a day.
pub const FORM_DAY: Limit = Limit { kind: "form_day", hits: 30, window_ms: DAY_MS };
/// Form posts with one phone in an hour.
pub const FORM_PHONE: Limit = Limit { kind: "form_phone", hits: 3, window_ms: HOUR_MS };
/// Messages of one visitor of a chat page in a minute.
pub const CHAT_MINUTE: Limit = Limit { kind: "chat_minute", hits: 20, window_ms: MINUTE_MS };
