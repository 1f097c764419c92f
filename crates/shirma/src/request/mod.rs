//! What a person asks about his own data, with the clock of 152-FZ art. 21 (5): thirty calendar days from receipt.

mod rows;

pub use rows::open;

use jiff::ToSpan;
use jiff::civil::Date;

/// Days to destroy after consent is withdrawn (152-FZ art. 21 (5)).
const WITHDRAWAL_DAYS: i32 = 30;

/// What is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RequestKind {
    /// Consent taken back.
    Withdrawal,
    /// «Удалите мои данные».
    Erasure,
}

impl RequestKind {
    /// As the table names it.
    pub fn as_str(self) -> &'static str {
        match self {
            RequestKind::Withdrawal => "withdrawal",
            RequestKind::Erasure => "erasure",
        }
    }
}

/// The last day to fulfil a request received on `day`: the count starts the day after (Civil Code art. 191).
pub fn due_on(day: Date) -> Date {
    day.saturating_add(WITHDRAWAL_DAYS.days())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thirty_days_start_the_day_after() {
        let day = |text: &str| text.parse::<Date>().expect("a date");
        assert_eq!(due_on(day("2026-11-23")), day("2026-12-23"));
        assert_eq!(due_on(day("2026-02-01")), day("2026-03-03"));
    }
}
