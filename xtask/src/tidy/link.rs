//! What a page points at is there: files behind relative links, and decisions named by number, also in code.
//!
//! Addresses of the network are not called, and headings inside a page are not looked for.

use std::collections::BTreeSet;

use super::Complaint;
use super::tree::File;

/// Where decisions stand.
const DECISIONS: &str = "docs/adr/";

pub(super) fn check(files: &[File]) -> Vec<Complaint> {
    let known: BTreeSet<&str> = files.iter().flat_map(|file| places(&file.path)).collect();
    let pages = files.iter().filter(|file| file.extension() == "md");
    let broken = pages.flat_map(|page| broken_links(page, &known));
    let speaking = files
        .iter()
        .filter(|file| matches!(file.extension(), "md" | "rs" | "toml"));
    let lost = speaking.flat_map(|file| lost_decisions(file, &known));
    broken.chain(lost).collect()
}

/// A file and all folders above it.
fn places(path: &str) -> impl Iterator<Item = &str> {
    let folders = path.match_indices('/').map(|(at, _)| &path[..at]);
    folders.chain([path])
}

fn broken_links(page: &File, known: &BTreeSet<&str>) -> Vec<Complaint> {
    let mut broken = Vec::new();
    let mut is_sample = false;
    for (index, line) in page.text().lines().enumerate() {
        if line.starts_with("```") {
            is_sample = !is_sample;
        }
        for target in targets(line).filter(|_| !is_sample) {
            let (target, _) = target.split_once('#').unwrap_or((target, ""));
            let is_elsewhere = target.contains(':') || target.is_empty();
            if !is_elsewhere && !resolve(&page.path, target).is_some_and(|place| known.contains(place.as_str())) {
                broken.push(Complaint::at(page, index + 1, format!("`{target}` leads nowhere")));
            }
        }
    }
    broken
}

/// What stands between the round brackets of Markdown links.
fn targets(line: &str) -> impl Iterator<Item = &str> {
    line.split("](")
        .skip(1)
        .filter_map(|rest| rest.split_once(')').map(|(target, _)| target))
}

/// The path from the root; `None` when it leaves the workspace.
fn resolve(page: &str, target: &str) -> Option<String> {
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in target.trim_end_matches('/').split('/') {
        match part {
            "." => {}
            ".." => {
                parts.pop()?;
            }
            name => parts.push(name),
        }
    }
    Some(parts.join("/"))
}

fn lost_decisions(file: &File, known: &BTreeSet<&str>) -> Vec<Complaint> {
    let mut lost = Vec::new();
    for (index, line) in file.text().lines().enumerate() {
        for rest in line.split(concat!("AD", "R ")).skip(1) {
            let number: String = rest.chars().take_while(char::is_ascii_digit).collect();
            let start = format!("{DECISIONS}{number}-");
            if number.len() == 4 && !known.iter().any(|path| path.starts_with(&start)) {
                lost.push(Complaint::at(
                    file,
                    index + 1,
                    format!("there is no decision {number} in `{DECISIONS}`"),
                ));
            }
        }
    }
    lost
}

#[cfg(test)]
mod tests {
    use super::super::tree::file;
    use super::*;

    fn said(path: &str, text: &str) -> Vec<String> {
        let files = [
            file(path, text),
            file("docs/adr/0001-why.md", ""),
            file("README.md", ""),
        ];
        check(&files)
            .into_iter()
            .map(|complaint| complaint.what_to_do)
            .collect()
    }

    #[test]
    fn a_link_to_a_file_or_folder_that_is_there_passes() {
        let text = "[a](../README.md#top) [b](adr) [c](adr/) [d](https://primer.example/x) [e](#here)\n";
        assert_eq!(said("docs/README.md", text), Vec::<String>::new());
    }

    #[test]
    fn a_link_that_leads_nowhere_is_found() {
        assert_eq!(
            said("docs/README.md", "[a](adr/0002-how.md)\n"),
            ["`adr/0002-how.md` leads nowhere"]
        );
        assert_eq!(said("a.md", "[a](../x.md)\n").len(), 1);
    }

    #[test]
    fn a_sample_is_no_link() {
        assert_eq!(said("a.md", "```text\n[a](nothing)\n```\n"), Vec::<String>::new());
    }

    #[test]
    fn a_decision_that_is_not_there_is_found() {
        let cite = |number: &str| format!("// (AD{} {number})\n", 'R');
        assert_eq!(said("a.rs", &cite("0001")), Vec::<String>::new());
        assert_eq!(said("a.rs", &cite("0009")).len(), 1);
    }
}
