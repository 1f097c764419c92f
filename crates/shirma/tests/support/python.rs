//! The machine's Python: what checks us without a line of ours.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The checker that is given to outsiders.
pub(crate) fn journal_checker() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/audit/verify.py")
}

/// Runs a script to its end.
pub(crate) fn run(script: &Path, arguments: &[&str], folder: &Path) -> Output {
    let ended = Command::new("python3")
        .arg(script)
        .args(arguments)
        .current_dir(folder)
        .output();
    ended.expect("python3 is on the machine: apt-get install -y python3")
}
