//! How many tests passed, read from what the test runners print.

use std::fmt;

/// Counts of one or more runs.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    passed: u32,
    failed: u32,
    left_out: u32,
}

impl Tally {
    pub(crate) fn one_passed() -> Tally {
        Tally {
            passed: 1,
            ..Tally::default()
        }
    }

    /// The sum over all summary lines of `cargo test` or `cargo nextest`; `None` when there is no such line.
    pub(crate) fn of_lines<'a>(lines: impl Iterator<Item = &'a str>) -> Option<Tally> {
        lines.filter_map(Tally::of_line).reduce(|mut sum, tally| {
            sum.add(&tally);
            sum
        })
    }

    fn of_line(line: &str) -> Option<Tally> {
        let line = line.trim();
        let counts = if line.starts_with("test result:") {
            line
        } else if line.starts_with("Summary [") {
            line.split_once("tests run:")
                .or_else(|| line.split_once("test run:"))?
                .1
        } else {
            return None;
        };
        let mut tally = Tally::default();
        let words: Vec<&str> = counts
            .split(|c: char| !c.is_ascii_alphanumeric())
            .filter(|word| !word.is_empty())
            .collect();
        for pair in words.windows(2) {
            let Ok(count) = pair[0].parse::<u32>() else { continue };
            match pair[1] {
                "passed" => tally.passed += count,
                "failed" | "timed" => tally.failed += count,
                "ignored" | "skipped" => tally.left_out += count,
                _ => {}
            }
        }
        Some(tally)
    }

    pub(crate) fn add(&mut self, other: &Tally) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.left_out += other.left_out;
    }

    /// Nothing failed and nothing was left out.
    pub(crate) fn is_clean(&self) -> bool {
        self.failed == 0 && self.left_out == 0
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)?;
        if self.left_out > 0 {
            write!(f, ", {} left out (an ignored test is not allowed)", self.left_out)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally(text: &str) -> Option<Tally> {
        Tally::of_lines(text.lines())
    }

    #[test]
    fn summaries_of_cargo_test_add_up() {
        let text = "running 2 tests\n\
            test result: ok. 2 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.01s\n\
            test result: FAILED. 3 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.01s";
        assert_eq!(
            tally(text),
            Some(Tally {
                passed: 5,
                failed: 1,
                left_out: 0
            })
        );
    }

    #[test]
    fn summary_of_nextest_is_read() {
        let text = "     Summary [   1.203s] 214 tests run: 212 passed (1 slow), 1 failed, 1 timed out, 0 skipped";
        assert_eq!(
            tally(text),
            Some(Tally {
                passed: 212,
                failed: 2,
                left_out: 0
            })
        );
        let text = "     Summary [   0.003s] 1 test run: 1 passed, 0 skipped";
        assert_eq!(
            tally(text),
            Some(Tally {
                passed: 1,
                failed: 0,
                left_out: 0
            })
        );
    }

    #[test]
    fn an_ignored_test_is_not_clean() {
        let tally = tally("test result: ok. 2 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out").unwrap();
        assert!(!tally.is_clean());
        assert!(tally.to_string().starts_with("2 passed, 0 failed, 1 left out"));
    }

    #[test]
    fn output_without_a_summary_gives_nothing() {
        assert_eq!(tally("error: could not compile"), None);
    }
}
