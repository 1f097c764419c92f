//! Every source file says on top what it is for. Tests that fill a file of their own are told by the module they test.

use super::Complaint;
use super::tree::File;

pub(super) fn check(files: &[File]) -> Vec<Complaint> {
    let sources = files.iter().filter(|file| file.is_rust());
    sources
        .filter(|file| !file.text().starts_with("//!"))
        .map(complaint)
        .collect()
}

fn complaint(file: &File) -> Complaint {
    Complaint::at(
        file,
        1,
        "begin the file with `//!`: what it is, why it is there, what it does not do",
    )
}

#[cfg(test)]
mod tests {
    use super::super::tree::file;
    use super::*;

    #[test]
    fn a_file_without_a_word_on_top_is_found() {
        let files = [
            file("crates/pii/src/lib.rs", "//! Finds.\n"),
            file("crates/pii/src/phone.rs", "use std::fmt;\n"),
        ];
        let paths: Vec<String> = check(&files).into_iter().map(|complaint| complaint.path).collect();
        assert_eq!(paths, ["crates/pii/src/phone.rs"]);
    }
}
