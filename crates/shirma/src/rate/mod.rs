//! How often somebody may: windows of time per keyed hash. No address and no phone is kept, only its hash, only while
//! its window lasts.

mod flow;
mod rows;

use std::net::IpAddr;

pub use flow::Flow;
pub use rows::{clean, count, may};

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

/// The address hits are counted against; `None` for one that stands for many people.
///
/// From this machine come the owner's own trials and a proxy in front: its limits count there. Of IPv6 the network counts:
/// whoever has one address of it has all of them.
pub fn counted_address(from: IpAddr) -> Option<String> {
    match from.to_canonical() {
        own if own.is_loopback() => None,
        IpAddr::V4(address) => Some(address.to_string()),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            Some(format!("{a:x}:{b:x}:{c:x}:{d:x}::/64"))
        }
    }
}

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

/// Forged webhooks of one address (security.md §9): five a second are looked at, more are not.
pub const fn forgeries() -> Flow {
    Flow::new(5, 5)
}

/// Webhooks of one account of a messenger: fifty a second, two hundred at once; what is over comes again.
pub const fn events() -> Flow {
    Flow::new(50, 200)
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
/// Tries of signing in from one address in a minute: a dozen colleagues behind one address may come at once, a guesser
/// who walks through names is slowed down.
pub const SIGN_IN_MINUTE: Limit = Limit {
    kind: "sign_in_minute",
    hits: 12,
    window_ms: MINUTE_MS,
};
/// Tries of signing in from one address in a day: far more than colleagues make, far fewer than a list of passwords has.
pub const SIGN_IN_DAY: Limit = Limit {
    kind: "sign_in_day",
    hits: 300,
    window_ms: DAY_MS,
};
/// Leaves about signing in that was refused to an address or an unknown name: one a minute, a flood fills no disk.
pub const SIGN_IN_TOLD: Limit = Limit {
    kind: "sign_in",
    hits: 1,
    window_ms: MINUTE_MS,
};
/// Values one person may see in an hour (security.md §5).
pub const REVEAL_HOUR: Limit = Limit {
    kind: "reveal",
    hits: 30,
    window_ms: HOUR_MS,
};
/// And in a day.
pub const REVEAL_DAY: Limit = Limit {
    kind: "reveal_day",
    hits: 150,
    window_ms: DAY_MS,
};
/// Things that are none of his one person may ask for in an hour by mistake; more are prying.
pub const DENIALS: Limit = Limit {
    kind: "denials",
    hits: 30,
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
    fn an_address_counts_unless_it_is_this_machine_and_a_network_counts_as_one() {
        let counted = |address: &str| counted_address(address.parse().expect("an address"));
        assert_eq!(counted("127.0.0.1"), None);
        assert_eq!(counted("::1"), None);
        assert_eq!(counted("::ffff:127.0.0.1"), None);
        assert_eq!(counted("192.0.2.7").as_deref(), Some("192.0.2.7"));
        assert_eq!(counted("::ffff:192.0.2.7"), counted("192.0.2.7"));
        assert_eq!(counted("2001:db8:1:2::7"), counted("2001:db8:1:2:ffff::1"));
        assert_ne!(counted("2001:db8:1:2::7"), counted("2001:db8:1:3::7"));
    }

    #[test]
    fn a_flood_of_refusals_is_told_ten_times_a_minute() {
        let meter = RefusalMeter::default();
        let told = |now_ms| (0..1_000).filter(|_| meter.is_to_tell(now_ms)).count();
        assert_eq!(told(0), 10);
        assert_eq!(told(1), 0);
        assert_eq!(told(MINUTE_MS), 10);
    }
}
