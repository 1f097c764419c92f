//! How often the health flag is right: on voices and patterns it did not learn from, and on sets of others.

use std::path::PathBuf;

use anyhow::Result;
use shirma_pii::training::Scales;

use crate::message;

use super::{Case, train};

/// Parts the corpus is dealt into for cross-validation.
const FOLDS: u32 = 5;

/// How often the flag is right.
#[derive(Debug, Default)]
pub(crate) struct Check {
    found: usize,
    missed: usize,
    falsely: usize,
    clean: usize,
    all: Vec<(i32, bool)>,
}

impl Check {
    /// Measures `scales` on one more case; whether they were right.
    fn put(&mut self, case: &Case, scales: &Scales) -> bool {
        let reveals = case.votes(scales) > 0;
        self.all.push((case.votes(scales), case.reveals));
        let count = match (case.reveals, reveals) {
            (true, true) => &mut self.found,
            (true, false) => &mut self.missed,
            (false, true) => &mut self.falsely,
            (false, false) => &mut self.clean,
        };
        *count += 1;
        case.reveals == reveals
    }
}

impl Check {
    fn sweep(&self) -> String {
        let mut all = self.all.clone();
        all.sort_by_key(|(votes, _)| -votes);
        let total = all.iter().filter(|one| one.1).count() as f64;
        let (mut right, mut best, mut p90, mut r82) = (0.0, (0.0, 0), 0.0_f64, 0.0_f64);
        let mut area = 0.0;
        for (at, (votes, truth)) in all.iter().enumerate() {
            if *truth {
                right += 1.0;
                area += right / (at as f64 + 1.0) / total;
            }
            let (p, r) = (right / (at as f64 + 1.0), right / total);
            let f = 2.0 * p * r / (p + r);
            if f > best.0 {
                best = (f, *votes);
            }
            if r >= 0.9 {
                p90 = p90.max(p);
            }
            if p >= 0.85 {
                r82 = r82.max(r);
            }
        }
        format!("area {:.2} bestF {:.2} at {}; P at R90 {:.2}, R at P85 {:.2}", 100.0*area, 100.0*best.0, best.1, 100.0*p90, 100.0*r82)
    }
}

impl std::fmt::Display for Check {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            formatter,
            "recall {:5.1} %  precision {:5.1} %  of {} and {}",
            100.0 * crate::score::share(self.found, self.found + self.missed),
            100.0 * crate::score::share(self.found, self.found + self.falsely),
            self.found + self.missed,
            self.falsely + self.clean
        )
    }
}

/// Figures on held-out voices and patterns of `cases`, then on each set of `tests`, and all their errors if wanted.
pub(crate) fn cross(cases: &[Case], tests: &[PathBuf], shows_errors: bool) -> Result<()> {
    let by_voice: fn(&Case) -> u32 = |case| case.voice;
    let by_pattern: fn(&Case) -> u32 = |case| case.group / 3;
    for (name, part) in [("voices", by_voice), ("patterns", by_pattern)].into_iter().take(1) {
        let mut check = Check::default();
        for fold in 0..FOLDS {
            let scales = train(cases, |case| part(case) % FOLDS != fold);
            for case in cases.iter().filter(|case| part(case) % FOLDS == fold) {
                if !check.put(case, &scales) && shows_errors && tests.is_empty() {
                    println!("  {} {:5} {}", if case.reveals { "missed" } else { "falsely" }, case.votes(&scales), case.text.replace('\n', "\\n"));
                }
            }
        }
        println!("health, held-out {name:12} {check} {}", check.sweep());
    }
    if tests.is_empty() {
        return Ok(());
    }
    let scales = train(cases, |_| true);
    let mut whole = Check::default();
    for path in tests {
        let mut check = Check::default();
        for message in &message::read(path)? {
            let case = super::case(message);
            let is_right = check.put(&case, &scales);
            whole.put(&case, &scales);
            if shows_errors && !is_right {
                let what = if case.reveals { "missed" } else { "falsely" };
                println!("  {what} {:5} {}", case.votes(&scales), message.text.replace('\n', "\\n"));
            }
        }
        println!(
            "health, {:21} {check}",
            path.file_stem().unwrap_or_default().to_string_lossy()
        );
    }
    println!("health, {:21} {whole} {}", "all of these", whole.sweep());
    Ok(())
}
