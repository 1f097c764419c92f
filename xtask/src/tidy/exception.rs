//! An exception from a lint is `#[expect(…, reason = "…")]`: it says why, and it complains itself once it is not needed.

use super::Complaint;
use super::tree::File;

pub(super) fn check(files: &[File]) -> Vec<Complaint> {
    files
        .iter()
        .filter(|file| file.is_rust())
        .flat_map(complaints)
        .collect()
}

fn complaints(file: &File) -> Vec<Complaint> {
    let lines: Vec<&str> = file.text().lines().collect();
    let mut found = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        let line = line.trim_start();
        let Some(attribute) = line.strip_prefix("#![").or_else(|| line.strip_prefix("#[")) else {
            continue;
        };
        if attribute.starts_with("allow(") {
            found.push(Complaint::at(
                file,
                index + 1,
                "write `#[expect(…, reason = \"…\")]` instead of `allow`",
            ));
        }
        if attribute.starts_with("expect(") && !names_reason(&lines[index..]) {
            found.push(Complaint::at(file, index + 1, "say why: `reason = \"…\"`"));
        }
    }
    found
}

/// The attribute that begins on the first line has a reason before it closes.
fn names_reason(lines: &[&str]) -> bool {
    let end = lines
        .iter()
        .position(|line| line.trim_end().ends_with(")]"))
        .unwrap_or(0);
    lines[..=end].iter().any(|line| line.contains("reason = "))
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
    fn an_exception_with_a_reason_passes() {
        assert_eq!(
            lines("#[expect(clippy::x, reason = \"because\")]\nfn a() {}\n"),
            [0_usize; 0]
        );
        assert_eq!(
            lines("#[expect(\n    clippy::x,\n    reason = \"because\"\n)]\nfn a() {}\n"),
            [0_usize; 0]
        );
    }

    #[test]
    fn silence_without_a_reason_is_found() {
        assert_eq!(lines("#[expect(clippy::x)]\nfn a() {}\n"), [1]);
        assert_eq!(lines("#![allow(clippy::x)]\n"), [1]);
    }
}
