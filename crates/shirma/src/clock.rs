//! Time as a value: the one place where the program asks the machine what time it is.

/// Where "now" comes from.
pub trait Clock: Send + Sync {
    /// Milliseconds since 1970-01-01 UTC.
    fn now_ms(&self) -> i64;
}

/// The machine's clock.
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the machine's clock")]
    fn now_ms(&self) -> i64 {
        jiff::Timestamp::now().as_millisecond()
    }
}

/// A clock that a test sets.
pub struct FixedClock(std::sync::atomic::AtomicI64);

impl FixedClock {
    /// Stands at `at_ms`.
    pub fn at(at_ms: i64) -> FixedClock {
        FixedClock(std::sync::atomic::AtomicI64::new(at_ms))
    }

    /// Moves forward.
    pub fn advance(&self, by_ms: i64) {
        self.0.fetch_add(by_ms, std::sync::atomic::Ordering::SeqCst);
    }
}

impl Clock for FixedClock {
    fn now_ms(&self) -> i64 {
        self.0.load(std::sync::atomic::Ordering::SeqCst)
    }
}

/// One second, minute, hour and day in milliseconds.
pub const SECOND_MS: i64 = 1_000;
/// A minute.
pub const MINUTE_MS: i64 = 60 * SECOND_MS;
/// An hour.
pub const HOUR_MS: i64 = 60 * MINUTE_MS;
/// A day of 24 hours.
pub const DAY_MS: i64 = 24 * HOUR_MS;

/// The UTC day of an instant, `2026-11-23`: names the epoch whose key seals raw payloads.
pub fn utc_day(at_ms: i64) -> String {
    jiff::Timestamp::from_millisecond(at_ms)
        .map(|instant| instant.strftime("%Y-%m-%d").to_string())
        .unwrap_or_else(|_| "1970-01-01".to_owned())
}

/// The first moment after a day of the business's calendar, `2026-12-31`; `None` for what is no day.
pub fn end_of_day(zone: &jiff::tz::TimeZone, day: &str) -> Option<i64> {
    let day: jiff::civil::Date = day.trim().parse().ok()?;
    let next = day
        .tomorrow()
        .ok()?
        .at(0, 0, 0, 0)
        .to_zoned_datetime(zone.clone())
        .ok()?;
    Some(next.timestamp().as_millisecond())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_ends_when_the_next_one_begins_where_the_business_is() {
        let zone = jiff::tz::TimeZone::fixed(jiff::tz::offset(5));
        let end_ms = end_of_day(&zone, "2026-11-22").expect("a day");
        assert_eq!(end_ms, 1_795_420_800_000 / DAY_MS * DAY_MS - 5 * HOUR_MS);
        for no_day in ["", "завтра", "2026-02-30", "9999-12-31"] {
            assert_eq!(end_of_day(&zone, no_day), None, "{no_day}");
        }
    }

    #[test]
    fn a_day_is_named_in_utc() {
        assert_eq!(utc_day(0), "1970-01-01");
        assert_eq!(utc_day(DAY_MS - 1), "1970-01-01");
        assert_eq!(utc_day(1_795_420_800_000), "2026-11-23");
    }
}
