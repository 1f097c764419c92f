//! Work that waits: leases with fences, lanes in order, retries with growing pauses, dead letters (security.md §11.2–11.5).
//!
//! A job is leased for two minutes; whoever finishes it must still hold the fence, else nothing of his transaction stays.
//! Jobs of one lane (one dialogue) run one after another, lanes run side by side.

mod rows;

pub use rows::{Lease, NewJob, enqueue, finish, lease_next, reclaim, release, waiting};

use crate::clock::{HOUR_MS, MINUTE_MS, SECOND_MS};

/// The two kinds of work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Queue {
    /// Steps 1–4 of the journey for one accepted event.
    Read,
    /// Steps 5–7 for one message of a client.
    Answer,
}

impl Queue {
    /// As the table names it.
    pub fn as_str(self) -> &'static str {
        match self {
            Queue::Read => "read",
            Queue::Answer => "answer",
        }
    }

    fn from_name(name: &str) -> Option<Queue> {
        [Queue::Read, Queue::Answer]
            .into_iter()
            .find(|queue| queue.as_str() == name)
    }
}

/// How long a worker may hold a job without finishing: longer than the slowest model answer.
pub const LEASE_MS: i64 = 2 * MINUTE_MS;
/// Tries before a job is laid aside for a person. One is counted before each run, so a job that kills the process stops too.
pub const MAX_ATTEMPTS: i64 = 8;
/// First pause after a failure.
const FIRST_PAUSE_MS: i64 = 5 * SECOND_MS;
/// Longest pause.
const LONGEST_PAUSE_MS: i64 = 6 * HOUR_MS;

/// When to try again after `attempt` tries: `min(6 h, 5 s · 4^n)` spread by a random factor of 0.5–1.5 so that
/// a crowd of failures does not come back as a crowd.
pub fn pause_ms(attempt: i64, random: u64) -> i64 {
    let steps = attempt.clamp(1, 12) - 1;
    let pause = FIRST_PAUSE_MS
        .saturating_mul(4_i64.saturating_pow(steps as u32))
        .min(LONGEST_PAUSE_MS);
    let spread = 500 + (random % 1_001) as i64;
    pause.saturating_mul(spread) / 1_000
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_and_stay_under_the_longest() {
        let middle = |attempt| pause_ms(attempt, 500);
        assert_eq!(middle(1), 5_000);
        assert_eq!(middle(2), 20_000);
        assert!(middle(12) <= LONGEST_PAUSE_MS);
        assert!(pause_ms(1, 0) >= 2_500 && pause_ms(1, u64::MAX) <= 7_500);
        assert!(pause_ms(i64::MAX, u64::MAX) > 0);
    }
}
