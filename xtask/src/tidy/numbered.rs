//! Migrations and decision records are numbered without gaps and named by what they do: the order is part of the name.

use std::collections::BTreeMap;

use super::Complaint;
use super::tree::File;

pub(super) fn check(files: &[File]) -> Vec<Complaint> {
    let mut folders: BTreeMap<&str, Vec<&File>> = BTreeMap::new();
    for file in files {
        let Some((folder, _)) = file.path.rsplit_once('/') else {
            continue;
        };
        let is_index = file.name() == "README.md";
        if !is_index && (folder.contains("/migrations/") || folder.ends_with("docs/adr")) {
            folders.entry(folder).or_default().push(file);
        }
    }
    folders.into_values().flat_map(complaints).collect()
}

fn complaints(mut folder: Vec<&File>) -> Vec<Complaint> {
    folder.sort_by_key(|file| file.name().to_owned());
    let mut found = Vec::new();
    let mut expected = 1;
    for file in folder {
        match number(file) {
            None => found.push(Complaint::at(
                file,
                1,
                "name it by number and words: `0001_spine.sql`, `0001-title.md`",
            )),
            Some(number) if number != expected => {
                found.push(Complaint::at(
                    file,
                    1,
                    format!("number {expected:04} is next in this folder"),
                ));
                expected = number + 1;
            }
            Some(_) => expected += 1,
        }
    }
    found
}

fn number(file: &File) -> Option<u32> {
    let separator = match file.extension() {
        "sql" => '_',
        "md" => '-',
        _ => return None,
    };
    let (stem, _) = file.name().rsplit_once('.')?;
    let (digits, words) = stem.split_once(separator)?;
    let is_worded = words
        .chars()
        .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == separator);
    (digits.len() == 4 && is_worded && !words.is_empty())
        .then(|| digits.parse().ok())
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::super::tree::file;
    use super::*;

    fn complaints(names: &[&str]) -> Vec<String> {
        let files: Vec<File> = names.iter().map(|name| file(name, "")).collect();
        check(&files)
            .into_iter()
            .map(|complaint| complaint.what_to_do)
            .collect()
    }

    #[test]
    fn numbers_in_order_pass() {
        assert_eq!(
            complaints(&[
                "src/migrations/data/0001_spine.sql",
                "src/migrations/data/0002_file.sql",
                "docs/adr/0001-why.md",
                "docs/adr/README.md"
            ]),
            Vec::<String>::new()
        );
    }

    #[test]
    fn a_gap_a_twin_and_a_nameless_file_are_found() {
        assert_eq!(
            complaints(&["src/migrations/data/0002_b.sql"]),
            ["number 0001 is next in this folder"]
        );
        assert_eq!(
            complaints(&["docs/adr/0001-a.md", "docs/adr/0001-b.md"]),
            ["number 0002 is next in this folder"]
        );
        assert_eq!(complaints(&["docs/adr/Notes.md"]).len(), 1);
    }
}
