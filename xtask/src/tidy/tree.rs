//! The tracked files of the workspace as text.

use anyhow::{Context, Result};

use super::rust_text::{Piece, pieces};
use crate::command;

/// One tracked file.
pub(super) struct File {
    /// From the root of the workspace, with `/`.
    pub(super) path: String,
    /// `None` for what is not text: lexicons, pictures.
    pub(super) text: Option<String>,
}

impl File {
    /// The text, empty where there is none.
    pub(super) fn text(&self) -> &str {
        self.text.as_deref().unwrap_or_default()
    }

    /// The last part of the path.
    pub(super) fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or(&self.path)
    }

    /// The part of the name after the last dot.
    pub(super) fn extension(&self) -> &str {
        self.name().rsplit_once('.').map_or("", |(_, extension)| extension)
    }

    pub(super) fn is_rust(&self) -> bool {
        self.extension() == "rs"
    }

    /// Whether the file is a test, a benchmark or an example as a whole.
    pub(super) fn is_test(&self) -> bool {
        ["tests", "benches", "examples"]
            .iter()
            .any(|folder| self.path.split('/').any(|part| part == *folder))
            || self.name() == "tests.rs"
            || self.name().ends_with("_tests.rs")
    }

    /// The parts of a Rust file in order, without its tests at the end.
    pub(super) fn product_pieces(&self) -> Vec<Piece<'_>> {
        let end = tests_start(self.text());
        pieces(self.text())
            .into_iter()
            .filter(|piece| piece.line < end)
            .collect()
    }
}

/// The line on which the tests beside the code begin, past the end when there are none.
fn tests_start(text: &str) -> usize {
    let lines: Vec<&str> = text.lines().collect();
    let is_module = |line: &str| line.starts_with("mod ") && line.ends_with('{');
    let start = lines
        .windows(3)
        .position(|next| next[0] == "#[cfg(test)]" && next[1..].iter().any(|l| is_module(l)));
    start.map_or(usize::MAX, |index| index + 1)
}

/// Every file that git tracks and that still stands in the folder.
pub(super) fn tracked_files() -> Result<Vec<File>> {
    let names =
        command::read(command::program("git").args(["ls-files", "-z"])).context("this is not a git checkout")?;
    let mut files = Vec::new();
    for path in names.split('\0').filter(|name| !name.is_empty()) {
        let place = command::root().join(path);
        if !place.is_file() {
            continue;
        }
        let bytes = std::fs::read(&place).with_context(|| format!("cannot read {path}"))?;
        files.push(File {
            path: path.to_owned(),
            text: String::from_utf8(bytes).ok(),
        });
    }
    Ok(files)
}

/// A file made up for a rule's own test.
#[cfg(test)]
pub(super) fn file(path: &str, text: &str) -> File {
    File {
        path: path.to_owned(),
        text: Some(text.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tests_at_the_end_are_left_out() {
        let source = file(
            "a.rs",
            "const A: &str = \"one\";\n#[cfg(test)]\nmod tests {\n    const B: &str = \"two\";\n}\n",
        );
        let literals: Vec<&str> = source
            .product_pieces()
            .iter()
            .filter(|p| p.is_literal())
            .map(|p| p.text)
            .collect();
        assert_eq!(literals, ["\"one\""]);
    }

    #[test]
    fn a_file_for_tests_only_declared_elsewhere_does_not_end_the_code() {
        assert_eq!(tests_start("#[cfg(test)]\nmod tests;\nfn a() {}\n"), usize::MAX);
    }

    #[test]
    fn folders_of_tests_are_known() {
        assert!(file("crates/shirma/tests/it/main.rs", "").is_test());
        assert!(!file("crates/shirma/src/contest.rs", "").is_test());
    }
}
