//! How often somebody may. Limits of people are windows of time in a table, which outlive a restart; no address and no phone is
//! kept there, only its keyed hash, only while its window lasts. Limits against floods are a [`Flow`], in memory.

mod flow;
mod rows;

use std::net::IpAddr;

use crate::clock::{DAY_MS, HOUR_MS, MINUTE_MS};

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

impl Limit {
    const fn new(kind: &'static str, hits: i64, window_ms: i64) -> Limit {
        Limit { kind, hits, window_ms }
    }
}

/// Whom an address stands for: of IPv6 the network, for whoever has one address of it has all of them.
pub fn network_of(from: IpAddr) -> IpAddr {
    match from.to_canonical() {
        IpAddr::V6(address) if !address.is_loopback() => {
            let [a, b, c, d, ..] = address.segments();
            IpAddr::from([a, b, c, d, 0, 0, 0, 0])
        }
        other => other,
    }
}

/// The address hits are counted against; `None` for one that stands for many people: from this machine come the owner's own
/// trials and a proxy in front, whose limits count there.
pub fn counted_address(from: IpAddr) -> Option<String> {
    let network = network_of(from);
    (!network.is_loopback()).then(|| network.to_string())
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
pub const FORM_MINUTE: Limit = Limit::new("form_minute", 5, MINUTE_MS);
/// Form posts of one address in a day.
pub const FORM_DAY: Limit = Limit::new("form_day", 30, DAY_MS);
/// Form posts with one phone in an hour.
pub const FORM_PHONE: Limit = Limit::new("form_phone", 3, HOUR_MS);
/// Tries of signing in from one address in a minute: a dozen colleagues behind one address may come at once, a guesser
/// who walks through names is slowed down.
pub const SIGN_IN_MINUTE: Limit = Limit::new("sign_in_minute", 12, MINUTE_MS);
/// Tries of signing in from one address in a day: far more than colleagues make, far fewer than a list of passwords has.
pub const SIGN_IN_DAY: Limit = Limit::new("sign_in_day", 300, DAY_MS);
/// Leaves about signing in that was refused to an address or an unknown name: one a minute, a flood fills no disk.
pub const SIGN_IN_TOLD: Limit = Limit::new("sign_in", 1, MINUTE_MS);
/// Values one person may see in an hour (security.md §5).
pub const REVEAL_HOUR: Limit = Limit::new("reveal", 30, HOUR_MS);
/// And in a day.
pub const REVEAL_DAY: Limit = Limit::new("reveal_day", 150, DAY_MS);
/// Things that are none of his one person may ask for in an hour by mistake; more are prying.
pub const DENIALS: Limit = Limit::new("denials", 30, HOUR_MS);
/// Messages of one visitor of a chat page in a minute.
pub const CHAT_MINUTE: Limit = Limit::new("chat_minute", 20, MINUTE_MS);

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
