//! The owner's page of settings names every key of `shirma.toml`, and no other: as `` `section.key` `` at the start of a line
//! of a table. That the file itself names every key the program knows is a test of the product.

use std::collections::BTreeSet;

use super::Complaint;
use super::tree::File;

const SETTINGS: &str = "shirma.toml";
const PAGE: &str = "docs/handbook/settings.md";

pub(super) fn check(files: &[File]) -> Vec<Complaint> {
    let find = |path: &str| files.iter().find(|file| file.path == path);
    let (Some(settings), Some(page)) = (find(SETTINGS), find(PAGE)) else {
        return Vec::new();
    };
    let (known, told) = (keys(settings.text()), told(page.text()));
    let names = |list: &[(usize, String)]| -> BTreeSet<String> { list.iter().map(|(_, key)| key.clone()).collect() };
    let (known_names, told_names) = (names(&known), names(&told));
    let untold = known.iter().filter(|(_, key)| !told_names.contains(key));
    let untold = untold.map(|(line, key)| Complaint::at(settings, *line, format!("explain `{key}` in {PAGE}")));
    let unknown = told.iter().filter(|(_, key)| !known_names.contains(key));
    let unknown = unknown.map(|(line, key)| Complaint::at(page, *line, format!("there is no `{key}` in {SETTINGS}")));
    untold.chain(unknown).collect()
}

/// Keys with their sections; each stands behind one `#` without a space.
fn keys(text: &str) -> Vec<(usize, String)> {
    let mut section = String::new();
    let mut keys = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let line = line.strip_prefix('#').unwrap_or(line);
        if line.starts_with('[') {
            section = format!("{}.", line.trim_matches(['[', ']']));
        } else if let Some((key, _)) = line.split_once(" = ").filter(|(key, _)| is_key(key)) {
            keys.push((index + 1, format!("{section}{key}")));
        }
    }
    keys
}

fn is_key(word: &str) -> bool {
    !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase() || c == '_')
}

/// Keys that open a line of a table.
fn told(text: &str) -> Vec<(usize, String)> {
    let lines = text.lines().enumerate();
    let keys = lines.filter_map(|(index, line)| {
        let (key, _) = line.strip_prefix("| `")?.split_once('`')?;
        Some((index + 1, key.to_owned()))
    });
    keys.collect()
}

#[cfg(test)]
mod tests {
    use super::super::tree::file;
    use super::*;

    const TOML: &str = "# Пояснение, где a = b.\n#listen = \"x\"\n#[[site]]\n#name = \"demo\"\n#     token = \"x\"\n";

    fn said(page: &str) -> Vec<String> {
        let files = [file(SETTINGS, TOML), file(PAGE, page)];
        check(&files)
            .into_iter()
            .map(|complaint| complaint.what_to_do)
            .collect()
    }

    #[test]
    fn a_page_with_every_key_passes() {
        assert_eq!(
            said("| `listen` | адрес |\n| `site.name` | имя |\n"),
            Vec::<String>::new()
        );
    }

    #[test]
    fn a_key_left_out_and_a_key_made_up_are_found() {
        assert_eq!(
            said("| `listen` | адрес |\n| `site.title` | имя |\n"),
            [
                "explain `site.name` in docs/handbook/settings.md",
                "there is no `site.title` in shirma.toml"
            ]
        );
    }
}
