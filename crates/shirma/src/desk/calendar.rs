//! Time as people at the desk read it: in the business's own zone, with the weekday, in Russian.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

use crate::clock::{HOUR_MS, MINUTE_MS};

const MONTHS: [&str; 12] = [
    "января",
    "февраля",
    "марта",
    "апреля",
    "мая",
    "июня",
    "июля",
    "августа",
    "сентября",
    "октября",
    "ноября",
    "декабря",
];
const SHORT_MONTHS: [&str; 12] = [
    "янв", "фев", "мар", "апр", "мая", "июн", "июл", "авг", "сен", "окт", "ноя", "дек",
];
const WEEKDAYS: [&str; 7] = ["пн", "вт", "ср", "чт", "пт", "сб", "вс"];

/// Waiting longer than this is shown in amber.
const LONG_WAIT_MS: i64 = 5 * MINUTE_MS;
/// Waiting longer than this is shown in red.
const TOO_LONG_WAIT_MS: i64 = 15 * MINUTE_MS;

/// The zone of the business and the moment the page is made.
#[derive(Debug, Clone)]
pub struct Calendar {
    zone: TimeZone,
    now_ms: i64,
}

/// How urgent a wait is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Urgency {
    /// Under five minutes.
    Calm,
    /// Five minutes and more.
    Long,
    /// Fifteen minutes and more.
    TooLong,
}

impl Urgency {
    /// The class of the style sheet.
    pub fn class(self) -> &'static str {
        match self {
            Urgency::Calm => "calm",
            Urgency::Long => "long",
            Urgency::TooLong => "too-long",
        }
    }
}

impl Calendar {
    /// A calendar for one page.
    pub fn new(zone: TimeZone, now_ms: i64) -> Calendar {
        Calendar { zone, now_ms }
    }

    fn local(&self, at_ms: i64) -> DateTime {
        Timestamp::from_millisecond(at_ms)
            .unwrap_or(Timestamp::UNIX_EPOCH)
            .to_zoned_datetime(self.zone.clone())
            .datetime()
    }

    /// For a list: «сейчас», «5 мин», «14:20», «вчера», «12 ноя», «12 ноя 2025».
    pub fn brief(&self, at_ms: i64) -> String {
        let (now, then) = (self.local(self.now_ms), self.local(at_ms));
        let elapsed_ms = (self.now_ms - at_ms).max(0);
        if elapsed_ms < MINUTE_MS {
            return "сейчас".to_owned();
        }
        if elapsed_ms < HOUR_MS {
            return format!("{} мин", elapsed_ms / MINUTE_MS);
        }
        if now.date() == then.date() {
            return then.strftime("%H:%M").to_string();
        }
        if now.date().yesterday().is_ok_and(|day| day == then.date()) {
            return "вчера".to_owned();
        }
        let day = format!("{} {}", then.day(), SHORT_MONTHS[month_index(then)]);
        if now.year() == then.year() {
            day
        } else {
            format!("{day} {}", then.year())
        }
    }

    /// In full: «пт, 27 ноября, 18:00», with the year when it is another one.
    pub fn full(&self, at_ms: i64) -> String {
        let then = self.local(at_ms);
        format!("{}, {}", self.day(at_ms), then.strftime("%H:%M"))
    }

    /// The day: «пт, 27 ноября».
    pub fn day(&self, at_ms: i64) -> String {
        let then = self.local(at_ms);
        let weekday = usize::try_from(then.weekday().to_monday_zero_offset()).unwrap_or(0);
        let day = format!(
            "{}, {} {}",
            WEEKDAYS[weekday % 7],
            then.day(),
            MONTHS[month_index(then)]
        );
        if then.year() == self.local(self.now_ms).year() {
            day
        } else {
            format!("{day} {}", then.year())
        }
    }

    /// A calendar day kept as `2026-12-21`: «пн, 21 декабря». What is no day is shown as it is.
    pub fn iso_day(&self, day: &str) -> String {
        let noon = day
            .parse::<jiff::civil::Date>()
            .and_then(|day| day.at(12, 0, 0, 0).to_zoned_datetime(self.zone.clone()));
        noon.map_or_else(|_| day.to_owned(), |noon| self.day(noon.timestamp().as_millisecond()))
    }

    /// For a document: «27.11.2026».
    pub fn date(&self, at_ms: i64) -> String {
        self.local(at_ms).strftime("%d.%m.%Y").to_string()
    }

    /// For a field of a form: «2026-11-27».
    pub fn form_day(&self, at_ms: i64) -> String {
        self.local(at_ms).date().to_string()
    }

    /// The hour on the clock: «18:00».
    pub fn hour(&self, at_ms: i64) -> String {
        self.local(at_ms).strftime("%H:%M").to_string()
    }

    /// With seconds, for the journal: «27.11.2026 18:00:05».
    pub fn exact(&self, at_ms: i64) -> String {
        self.local(at_ms).strftime("%d.%m.%Y %H:%M:%S").to_string()
    }

    /// How long since: «меньше минуты», «12 мин», «3 ч 20 мин», «2 дня».
    pub fn waited(&self, since_ms: i64) -> String {
        let minutes = (self.now_ms - since_ms).max(0) / MINUTE_MS;
        match (minutes / (24 * 60), minutes / 60, minutes % 60) {
            (0, 0, 0) => super::words::LESS_THAN_A_MINUTE.to_owned(),
            (0, 0, minutes) => format!("{minutes} мин"),
            (0, hours, 0) => format!("{hours} ч"),
            (0, hours, minutes) => format!("{hours} ч {minutes} мин"),
            (days, _, _) => super::words::days(days),
        }
    }

    /// How urgent the wait is.
    pub fn urgency(&self, since_ms: i64) -> Urgency {
        match self.now_ms - since_ms {
            wait if wait >= TOO_LONG_WAIT_MS => Urgency::TooLong,
            wait if wait >= LONG_WAIT_MS => Urgency::Long,
            _ => Urgency::Calm,
        }
    }
}

fn month_index(then: DateTime) -> usize {
    usize::try_from(then.month() - 1).unwrap_or(0) % 12
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::DAY_MS;

    /// Fri 27 November 2026, 13:00 UTC = 18:00 in Chelyabinsk.
    const NOW_MS: i64 = 1_795_784_400_000;

    fn calendar() -> Calendar {
        Calendar::new(TimeZone::fixed(jiff::tz::offset(5)), NOW_MS)
    }

    #[test]
    fn a_moment_is_told_the_way_people_tell_it() {
        let calendar = calendar();
        assert_eq!(calendar.full(NOW_MS), "пт, 27 ноября, 18:00");
        assert_eq!(calendar.date(NOW_MS), "27.11.2026");
        assert_eq!(calendar.iso_day("2026-12-21"), "пн, 21 декабря");
        assert_eq!(calendar.iso_day("soon"), "soon");
        assert_eq!(calendar.brief(NOW_MS - 20_000), "сейчас");
        assert_eq!(calendar.brief(NOW_MS - 5 * MINUTE_MS), "5 мин");
        assert_eq!(calendar.brief(NOW_MS - 3 * HOUR_MS), "15:00");
        assert_eq!(calendar.brief(NOW_MS - DAY_MS), "вчера");
        assert_eq!(calendar.brief(NOW_MS - 15 * DAY_MS), "12 ноя");
        assert_eq!(calendar.brief(NOW_MS - 380 * DAY_MS), "12 ноя 2025");
    }

    #[test]
    fn a_wait_grows_from_grey_to_red() {
        let calendar = calendar();
        assert_eq!(calendar.urgency(NOW_MS - MINUTE_MS), Urgency::Calm);
        assert_eq!(calendar.urgency(NOW_MS - 5 * MINUTE_MS), Urgency::Long);
        assert_eq!(calendar.urgency(NOW_MS - 15 * MINUTE_MS), Urgency::TooLong);
        assert_eq!(calendar.waited(NOW_MS - 200 * MINUTE_MS), "3 ч 20 мин");
        assert_eq!(calendar.waited(NOW_MS - 2 * DAY_MS), "2 дня");
    }

    #[test]
    fn a_clock_that_went_backwards_breaks_nothing() {
        let calendar = calendar();
        assert_eq!(calendar.brief(NOW_MS + DAY_MS), "сейчас");
        assert_eq!(calendar.waited(NOW_MS + DAY_MS), "меньше минуты");
        assert_eq!(calendar.full(i64::MAX), "чт, 1 января 1970, 05:00");
    }
}
