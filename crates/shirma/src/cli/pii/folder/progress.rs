//! How far a run is: by bytes, since one file may be most of the work. Shown on a terminal only.

use std::io::{self, Write};
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

/// Cells of the bar.
const BAR_CELLS: u64 = 24;
/// The bar is drawn anew when this part of the work is done.
const STEPS: u64 = 1000;

/// The progress of all files together.
pub(super) struct Progress {
    bytes: u64,
    files: usize,
    done: AtomicU64,
    ready: AtomicUsize,
    terminal: bool,
    /// Step and files drawn last.
    drawn: Mutex<(u64, usize)>,
}

impl Progress {
    pub(super) fn new(bytes: u64, files: usize, terminal: bool) -> Self {
        Self {
            bytes,
            files,
            done: AtomicU64::new(0),
            ready: AtomicUsize::new(0),
            terminal,
            drawn: Mutex::new((0, usize::MAX)),
        }
    }

    /// The part of one file.
    pub(super) fn share(&self, bytes: u64) -> Share<'_> {
        Share {
            progress: self,
            bytes,
            expected: bytes.max(1),
            seen: 0,
            given: 0,
        }
    }

    pub(super) fn finish_file(&self) {
        self.ready.fetch_add(1, Ordering::Relaxed);
        self.draw();
    }

    /// Takes the bar away.
    pub(super) fn clear(&self) {
        if self.terminal {
            let _ = write!(io::stderr(), "\r\u{1b}[K");
        }
    }

    fn step(&self) -> u64 {
        let done = u128::from(self.done.load(Ordering::Relaxed));
        let step = done * u128::from(STEPS) / u128::from(self.bytes.max(1));
        u64::try_from(step).unwrap_or(STEPS).min(STEPS)
    }

    fn draw(&self) {
        if !self.terminal {
            return;
        }
        let now = (self.step(), self.ready.load(Ordering::Relaxed));
        let mut drawn = self.drawn.lock().unwrap_or_else(PoisonError::into_inner);
        if *drawn != now {
            *drawn = now;
            // Progress is a courtesy: a terminal that is gone stops nothing.
            let _ = write!(io::stderr(), "\r{}", bar(now.0, now.1, self.files));
        }
    }
}

fn bar(step: u64, ready: usize, files: usize) -> String {
    let full = step * BAR_CELLS / STEPS;
    let cells: String = (0..BAR_CELLS).map(|cell| if cell < full { '█' } else { '░' }).collect();
    format!("{cells} {:>3} %  {ready} из {files}", step * 100 / STEPS)
}

/// The part of one file; what is left of it is done when the file is.
pub(super) struct Share<'a> {
    progress: &'a Progress,
    bytes: u64,
    /// Bytes of text the file holds.
    expected: u64,
    seen: u64,
    /// Bytes of the file counted as done.
    given: u64,
}

impl Share<'_> {
    /// How much text there is, where the size of the file does not say it.
    pub(super) fn expect(&mut self, bytes: u64) {
        self.expected = bytes.max(1);
    }

    pub(super) fn pass(&mut self, bytes: usize) {
        self.seen += bytes as u64;
        let part = u128::from(self.bytes) * u128::from(self.seen.min(self.expected)) / u128::from(self.expected);
        self.give(u64::try_from(part).unwrap_or(self.bytes));
    }

    fn give(&mut self, upto: u64) {
        if let Some(more) = upto.checked_sub(self.given).filter(|more| *more > 0) {
            self.given = upto;
            self.progress.done.fetch_add(more, Ordering::Relaxed);
            self.progress.draw();
        }
    }
}

impl Drop for Share<'_> {
    fn drop(&mut self) {
        self.give(self.bytes);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_large_file_moves_the_bar_while_it_is_read_and_ends_at_its_size() {
        let progress = Progress::new(1000, 2, false);
        let mut share = progress.share(900);
        share.expect(90);
        share.pass(45);
        assert_eq!(progress.step(), 450);
        share.pass(400);
        drop(share);
        assert_eq!(progress.step(), 900);
        drop(progress.share(100));
        assert_eq!(progress.step(), STEPS);
        assert_eq!(bar(500, 1, 2), "████████████░░░░░░░░░░░░  50 %  1 из 2");
    }
}
