//! How often the health flag is right: on voices and patterns it did not learn from, and on sets of others.

use std::path::PathBuf;

use anyhow::Result;
use shirma_pii::training::Scales;

use crate::{FOLDS, message};

use super::{Case, train};

/// How often the flag is right.
#[derive(Debug, Default)]
pub(crate) struct Check {
    found: usize,
    missed: usize,
    falsely: usize,
    clean: usize,
}

impl Check {
    /// Measures `scales` on one more case; whether they were right.
    fn put(&mut self, case: &Case, scales: &Scales) -> bool {
        let reveals = case.votes(scales) > 0;
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

fn show(case: &Case, scales: &Scales) {
    let what = if case.reveals { "missed" } else { "falsely" };
    println!("  {what} {:5} {}", case.votes(scales), case.text.replace('\n', "\\n"));
}

/// Figures on held-out voices and patterns of `cases`, then on each set of `tests`, and all errors if wanted:
/// those on the sets, or those on what was held out where there are none.
pub(crate) fn cross(cases: &[Case], tests: &[PathBuf], shows_errors: bool) -> Result<()> {
    let by_voice: fn(&Case) -> u32 = |case| case.voice;
    let by_pattern: fn(&Case) -> u32 = |case| case.group / 3;
    for (name, part) in [("voices", by_voice), ("patterns", by_pattern)] {
        let mut check = Check::default();
        for fold in 0..FOLDS {
            let scales = train(cases, |case| part(case) % FOLDS != fold);
            for case in cases.iter().filter(|case| part(case) % FOLDS == fold) {
                let is_right = check.put(case, &scales);
                if shows_errors && tests.is_empty() && !is_right {
                    show(case, &scales);
                }
            }
        }
        println!("health, held-out {name:12} {check}");
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
                show(&case, &scales);
            }
        }
        println!(
            "health, {:21} {check}",
            path.file_stem().unwrap_or_default().to_string_lossy()
        );
    }
    println!("health, {:21} {whole}", "all of these");
    Ok(())
}
