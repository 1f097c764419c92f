//! Nothing is there "for later": no placeholders, no tests that are passed over, no notes to oneself without an issue.

use super::Complaint;
use super::tree::File;

/// Code that says something is missing, and what to do instead.
const PLACEHOLDERS: [(&str, &str); 4] = [
    ("todo!(", "write it or leave it out"),
    ("unimplemented!(", "write it or leave it out"),
    ("#[ignore", "a test runs or it is not there"),
    ("allow(dead_code)", "remove what nobody uses"),
];

/// Notes to oneself; each needs the number of an issue on its line.
const NOTES: [&str; 3] = ["TODO", "FIXME", "XXX"];

pub(super) fn check(files: &[File]) -> Vec<Complaint> {
    files
        .iter()
        .filter(|file| file.is_rust())
        .flat_map(complaints)
        .collect()
}

fn complaints(file: &File) -> Vec<Complaint> {
    let mut found = Vec::new();
    for piece in super::rust_text::pieces(file.text()) {
        for (line, text) in piece.lines() {
            if piece.is_code() {
                let here = PLACEHOLDERS.iter().filter(|(word, _)| text.contains(word));
                found.extend(here.map(|(word, then)| Complaint::at(file, line, format!("`{word}`: {then}"))));
            }
            if piece.is_comment() && is_note_without_issue(text) {
                found.push(Complaint::at(
                    file,
                    line,
                    "open an issue and name its number here, or do it now",
                ));
            }
        }
    }
    found
}

fn is_note_without_issue(comment: &str) -> bool {
    let mut words = comment.split(|c: char| !c.is_ascii_alphanumeric());
    let names_issue = comment
        .split('#')
        .skip(1)
        .any(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    words.any(|word| NOTES.contains(&word)) && !names_issue
}

#[cfg(test)]
mod tests {
    use super::super::tree::file;
    use super::*;

    fn lines(text: &str) -> Vec<usize> {
        check(&[file("crates/pii/src/a.rs", text)])
            .into_iter()
            .map(|complaint| complaint.line)
            .collect()
    }

    #[test]
    fn placeholders_are_found_in_code_only() {
        assert_eq!(lines("fn a() {\n  todo!()\n}\n#[ignore]\n"), [2, 4]);
        assert_eq!(
            lines("const A: &str = \"todo!()\"; // not todo!() either\n"),
            [0_usize; 0]
        );
    }

    #[test]
    fn a_note_names_its_issue() {
        assert_eq!(lines("// TODO(#12): more\n"), [0_usize; 0]);
        assert_eq!(lines("// TODO more\n"), [1]);
        assert_eq!(lines("// FIXME: in 2 days\n"), [1]);
    }
}
