//! A file fits in the head. What does not is two ideas in one file.

use super::tree::File;
use super::{Complaint, Weight};

/// No file is longer, tests included.
const MOST_LINES: usize = 700;
/// Above this a file asks to be divided at the next occasion.
const MANY_LINES: usize = 450;

/// Kinds of file that people write by hand.
const WRITTEN: [&str; 6] = ["rs", "js", "css", "html", "sql", "sh"];

pub(super) fn check(files: &[File]) -> Vec<Complaint> {
    files
        .iter()
        .filter(|file| WRITTEN.contains(&file.extension()))
        .filter_map(complaint)
        .collect()
}

fn complaint(file: &File) -> Option<Complaint> {
    let lines = file.text().lines().count();
    let (weight, words) = match lines {
        _ if lines > MOST_LINES => (Weight::Broken, format!("at most {MOST_LINES}: divide it by idea")),
        _ if lines > MANY_LINES => (Weight::Warning, format!("above {MANY_LINES} a file asks to be divided")),
        _ => return None,
    };
    Some(Complaint {
        weight,
        ..Complaint::at(file, lines, format!("{lines} lines, {words}"))
    })
}

#[cfg(test)]
mod tests {
    use super::super::tree::file;
    use super::*;

    fn weights(path: &str, lines: usize) -> Vec<Weight> {
        check(&[file(path, &"x\n".repeat(lines))])
            .into_iter()
            .map(|complaint| complaint.weight)
            .collect()
    }

    #[test]
    fn long_files_are_told_apart_from_too_long_ones() {
        assert_eq!(weights("a.rs", 450), []);
        assert_eq!(weights("a.rs", 451), [Weight::Warning]);
        assert_eq!(weights("a.css", 701), [Weight::Broken]);
    }

    #[test]
    fn lock_files_may_be_long() {
        assert_eq!(weights("Cargo.lock", 5000), []);
    }
}
