//! Time taken by a step, for people.

use std::fmt;
use std::time::{Duration, Instant};

pub(crate) struct Stopwatch(Instant);

impl Stopwatch {
    #[expect(
        clippy::disallowed_methods,
        reason = "the tool measures itself; the product takes its time as an argument"
    )]
    pub(crate) fn start() -> Stopwatch {
        Stopwatch(Instant::now())
    }

    pub(crate) fn elapsed(&self) -> Duration {
        self.0.elapsed()
    }
}

impl fmt::Display for Stopwatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = self.elapsed().as_secs_f64();
        if seconds < 60.0 {
            return write!(f, "{seconds:.1} s");
        }
        let whole = self.elapsed().as_secs();
        write!(f, "{} min {:02} s", whole / 60, whole % 60)
    }
}
