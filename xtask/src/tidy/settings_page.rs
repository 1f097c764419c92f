//! Every settings key the program reads is explained in `shirma.toml` and on the owner's page, and neither names another.
//!
//! The page names a key as `` `section.key` `` at the start of a line of a table. Secrets have no such list: few, and shown
//! whole in both places.

use std::collections::{BTreeMap, BTreeSet};

use super::Complaint;
use super::tree::File;

/// Each section has a file of its own here.
const SOURCES: &str = "crates/shirma/src/settings";
const SETTINGS: &str = "shirma.toml";
const PAGE: &str = "docs/handbook/settings.md";

/// Names of keys with the places they stand at.
type Keys<'a> = Vec<(&'a File, usize, String)>;

pub(super) fn check(files: &[File]) -> Vec<Complaint> {
    let find = |path: &str| files.iter().find(|file| file.path == path);
    let sources: Vec<&File> = files.iter().filter(|file| file.path.starts_with(SOURCES)).collect();
    let (false, Some(settings), Some(page)) = (sources.is_empty(), find(SETTINGS), find(PAGE)) else {
        return Vec::new();
    };
    let (read, explained, told) = (fields(&sources), keys(settings), told(page));
    let explain = |place: &'static str| move |key: &str| format!("explain `{key}` in {place}");
    let unknown = |place: &'static str| move |key: &str| format!("there is no `{key}` in {place}");
    [
        missing(&read, &explained, explain(SETTINGS)),
        missing(&explained, &read, unknown(SOURCES)),
        missing(&explained, &told, explain(PAGE)),
        missing(&told, &explained, unknown(SETTINGS)),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Complains about each of the keys that stands nowhere among `others`.
fn missing(keys: &Keys, others: &Keys, words: impl Fn(&str) -> String) -> Vec<Complaint> {
    let others: BTreeSet<&str> = others.iter().map(|(_, _, key)| key.as_str()).collect();
    let missing = keys.iter().filter(|(_, _, key)| !others.contains(key.as_str()));
    missing
        .map(|(file, line, key)| Complaint::at(file, *line, words(key)))
        .collect()
}

/// A field of a struct: where it stands, its name and its type.
type Field<'a> = (&'a File, usize, &'a str, &'a str);

/// The keys of the struct `Settings` and of the structs its fields are made of.
fn fields<'a>(sources: &[&'a File]) -> Keys<'a> {
    let mut structs: BTreeMap<&str, Vec<Field<'a>>> = BTreeMap::new();
    for file in sources {
        let mut open = "";
        for (index, line) in file.text().lines().enumerate() {
            if let Some(name) = line
                .strip_prefix("pub struct ")
                .and_then(|rest| rest.strip_suffix(" {"))
            {
                open = name;
            } else if line == "}" {
                open = "";
            } else if let Some((name, kind)) = line.strip_prefix("    pub ").and_then(|rest| rest.split_once(": "))
                && !open.is_empty()
            {
                let kind = kind.trim_end_matches(',').trim_end_matches('>');
                let kind = kind.rsplit('<').next().unwrap_or(kind);
                structs.entry(open).or_default().push((file, index + 1, name, kind));
            }
        }
    }
    let mut keys = Vec::new();
    for (file, line, name, kind) in structs.get("Settings").into_iter().flatten() {
        match structs.get(kind) {
            Some(section) => keys.extend(
                section
                    .iter()
                    .map(|(file, line, key, _)| (*file, *line, format!("{name}.{key}"))),
            ),
            None => keys.push((*file, *line, (*name).to_owned())),
        }
    }
    keys
}

/// Keys with their sections; each stands behind one `#` without a space.
fn keys(file: &File) -> Keys<'_> {
    let mut section = String::new();
    let mut keys = Vec::new();
    for (index, line) in file.text().lines().enumerate() {
        let line = line.strip_prefix('#').unwrap_or(line);
        if line.starts_with('[') {
            section = format!("{}.", line.trim_matches(['[', ']']));
        } else if let Some((key, _)) = line.split_once(" = ").filter(|(key, _)| is_key(key)) {
            keys.push((file, index + 1, format!("{section}{key}")));
        }
    }
    keys
}

fn is_key(word: &str) -> bool {
    !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase() || c == '_')
}

/// Keys that open a line of a table.
fn told(file: &File) -> Keys<'_> {
    let lines = file.text().lines().enumerate();
    let keys = lines.filter_map(|(index, line)| {
        let (key, _) = line.strip_prefix("| `")?.split_once('`')?;
        Some((file, index + 1, key.to_owned()))
    });
    keys.collect()
}

#[cfg(test)]
mod tests {
    use super::super::tree::file;
    use super::*;

    const TOML: &str = "# Пояснение, где a = b.\n#listen = \"x\"\n#[[site]]\n#name = \"demo\"\n#     token = \"x\"\n";

    const RUST: &str = "pub struct Settings {\n    /// A.\n    pub listen: String,\n    pub site: Vec<Form>,\n}\n";
    const SECTION: &str = "pub struct Form {\n    pub name: String,\n}\n";

    fn said_of(rust: &str, section: &str, page: &str) -> Vec<String> {
        let files = [
            file("crates/shirma/src/settings/file.rs", rust),
            file("crates/shirma/src/settings/site.rs", section),
            file(SETTINGS, TOML),
            file(PAGE, page),
        ];
        check(&files)
            .into_iter()
            .map(|complaint| complaint.what_to_do)
            .collect()
    }

    fn said(page: &str) -> Vec<String> {
        said_of(RUST, SECTION, page)
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

    #[test]
    fn a_key_the_program_reads_and_nobody_explains_is_found() {
        let section = SECTION.replace("pub name: String,", "pub name: String,\n    pub title: String,");
        let page = "| `listen` | адрес |\n| `site.name` | имя |\n";
        assert_eq!(said_of(RUST, &section, page), ["explain `site.title` in shirma.toml"]);
        let rust = RUST.replace("pub listen", "pub address");
        assert_eq!(
            said_of(&rust, SECTION, page),
            [
                "explain `address` in shirma.toml",
                "there is no `listen` in crates/shirma/src/settings"
            ]
        );
    }
}
