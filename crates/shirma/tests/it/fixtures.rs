//! The fixtures of the three channels and their scenarios, through the real program.

use std::path::Path;

use shirma_store::Engine;

use crate::engines::on_both_engines;
use crate::support::runner::{Verdict, run};

on_both_engines! { every_fixture_is_understood_as_the_manifest_says }

fn every_fixture_is_understood_as_the_manifest_says(engine: Engine) {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let lines = run(engine, &dir, None).expect("the folder can be read and the program started");
    let failed: Vec<String> = lines
        .iter()
        .filter(|line| matches!(line.verdict, Verdict::Failed(_)))
        .map(ToString::to_string)
        .collect();
    assert!(
        failed.is_empty(),
        "{} of {}:\n{}",
        failed.len(),
        lines.len(),
        failed.join("\n")
    );
    let passed = lines.iter().filter(|line| line.verdict == Verdict::Passed).count();
    assert!(passed > 50, "only {passed} of {} were checked at all", lines.len());
}
