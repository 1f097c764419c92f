//! How fast something may flow: counted in memory, for floods that must not cost a write each.
//!
//! The cell rate algorithm of ATM (ITU-T I.371): for each key the moment is kept at which its next hit would be due at an
//! even pace; hits may run ahead of it by a burst.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use crate::clock::SECOND_MS;

/// Keys kept at the same time; beyond it the ones that have gone quiet are forgotten first.
const KEYS_MAX: usize = 10_000;

/// A pace and what may run ahead of it.
pub struct Flow {
    pace_ms: i64,
    ahead_ms: i64,
    due_ms: Mutex<BTreeMap<String, i64>>,
}

impl Flow {
    /// `per_second` hits of one key in the long run (1 to 1000), `burst` of them at once.
    pub const fn new(per_second: i64, burst: i64) -> Flow {
        let pace_ms = SECOND_MS / per_second;
        Flow {
            pace_ms,
            ahead_ms: pace_ms * (burst - 1),
            due_ms: Mutex::new(BTreeMap::new()),
        }
    }

    /// Whether a hit of this key would be let through now; counts nothing.
    pub fn is_open(&self, key: &str, now_ms: i64) -> bool {
        let due = self.due_ms.lock().unwrap_or_else(PoisonError::into_inner);
        due.get(key).is_none_or(|due_ms| due_ms - now_ms <= self.ahead_ms)
    }

    /// Counts a hit and lets it through, or does neither.
    pub fn pass(&self, key: &str, now_ms: i64) -> bool {
        let mut due = self.due_ms.lock().unwrap_or_else(PoisonError::into_inner);
        let next_ms = due.get(key).copied().unwrap_or(now_ms).max(now_ms);
        if next_ms - now_ms > self.ahead_ms {
            return false;
        }
        if due.len() >= KEYS_MAX {
            due.retain(|_, due_ms| *due_ms > now_ms);
        }
        if due.len() >= KEYS_MAX {
            due.clear();
        }
        due.insert(key.to_owned(), next_ms + self.pace_ms);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burst_passes_at_once_and_the_rest_at_the_pace() {
        let flow = Flow::new(50, 200);
        let passed = |from_ms, count: usize| (0..count).filter(|_| flow.pass("max/main", from_ms)).count();
        assert_eq!(passed(0, 1_000), 200);
        assert!(!flow.is_open("max/main", 0) && flow.is_open("max/other", 0));
        assert_eq!(passed(1_000, 1_000), 50);
        assert_eq!(
            passed(60_000, 1_000),
            200,
            "after silence the whole burst is there again"
        );
    }

    #[test]
    fn looking_counts_nothing_and_many_keys_stay_few() {
        let flow = Flow::new(5, 5);
        assert!((0..100).all(|_| flow.is_open("192.0.2.7", 0)));
        for number in 0..3 * KEYS_MAX {
            assert!(flow.pass(&number.to_string(), 0));
        }
        assert!(flow.due_ms.lock().unwrap().len() <= KEYS_MAX);
    }
}
