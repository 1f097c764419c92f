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

/// Refusals written into the journal in a minute: a flood of forgeries is counted, not told one by one.
const REFUSALS_TOLD: u32 = 10;

/// Counts refusals of the current minute, in memory.
#[derive(Default)]
pub struct RefusalMeter(std::sync::Mutex<(i64, u32)>);

impl RefusalMeter {
    /// Whether this refusal is still to be written down.
    pub fn is_to_tell(&self, now_ms: i64) -> bool {
        let minute = now_ms.div_euclid(MINUTE_MS);
        let mut counted = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if counted.0 != minute {
            *counted = (minute, 0);
        }
        counted.1 = counted.1.saturating_add(1);
        counted.1 <= REFUSALS_TOLD
    }
}

/// Form posts of one address in a minute (`channels.md` §10).
pub const FORM_MINUTE: Limit = Limit {
    kind: "form_minute",
    hits: 5,
    window_ms: MINUTE_MS,
};
/// Form posts of one address in a day.
pub const FORM_DAY: Limit = Limit {
    kind: "form_day",
    hits: 30,
    window_ms: DAY_MS,
};
/// Form posts with one phone in an hour.
pub const FORM_PHONE: Limit = Limit {
    kind: "form_phone",
    hits: 3,
    window_ms: HOUR_MS,
};
/// Messages of one visitor of a chat page in a minute.
pub const CHAT_MINUTE: Limit = Limit {
    kind: "chat_minute",
    hits: 20,
    window_ms: MINUTE_MS,
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flood_of_refusals_is_told_ten_times_a_minute() {
        let meter = RefusalMeter::default();
        let told = |now_ms| (0..1_000).filter(|_| meter.is_to_tell(now_ms)).count();
        assert_eq!(told(0), 10);
        assert_eq!(told(1), 0);
        assert_eq!(told(MINUTE_MS), 10);
    }
}
