//! Waiting for something the program does on its own time: asked again and again until it holds, never slept through.

use std::time::{Duration, Instant};

/// After this much a thing that has not happened is taken as never happening. Generous: the machine may be busy.
pub(crate) const LONGEST: Duration = Duration::from_secs(30);
/// How often is asked.
const EVERY: Duration = Duration::from_millis(20);

/// Asks until there is an answer; the panic names what was waited for.
pub(crate) fn wait_for<T>(what: &str, ask: impl FnMut() -> Option<T>) -> T {
    wait_up_to(LONGEST, ask).unwrap_or_else(|| panic!("waited {} s in vain for {what}", LONGEST.as_secs()))
}

/// Asks until there is an answer or the time is over.
pub(crate) fn wait_up_to<T>(longest: Duration, mut ask: impl FnMut() -> Option<T>) -> Option<T> {
    let end = Instant::now() + longest;
    loop {
        if let Some(answer) = ask() {
            return Some(answer);
        }
        if Instant::now() >= end {
            return None;
        }
        std::thread::sleep(EVERY);
    }
}
