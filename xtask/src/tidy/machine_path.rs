//! No file names a folder of the machine it was written on: it would mean nothing anywhere else.

use super::Complaint;
use super::tree::File;

/// Folders that are somebody's own. Put together here so that this file does not break its own rule.
const OWN_FOLDERS: [&str; 3] = [concat!("/wo", "rk/"), concat!("/ro", "ot/"), concat!("/ho", "me/")];

/// Lists of names, where such letters may come up by chance.
const LISTS: [&str; 4] = ["lock", "tsv", "csv", "jsonl"];

pub(super) fn check(files: &[File]) -> Vec<Complaint> {
    files
        .iter()
        .filter(|file| !LISTS.contains(&file.extension()))
        .flat_map(complaints)
        .collect()
}

fn complaints(file: &File) -> Vec<Complaint> {
    let lines = file
        .text()
        .lines()
        .enumerate()
        .filter(|(_, line)| names_own_folder(line));
    lines
        .map(|(index, _)| Complaint::at(file, index + 1, "name the path from the root of the workspace"))
        .collect()
}

/// One of the folders from the root of the file system, not in the middle of another path or address.
fn names_own_folder(line: &str) -> bool {
    OWN_FOLDERS.iter().any(|folder| {
        line.match_indices(folder).any(|(at, _)| {
            let before = line[..at].chars().next_back();
            !before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '/' | '}' | '~'))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::super::tree::file;
    use super::*;

    #[test]
    fn a_folder_of_this_machine_is_found() {
        let text = format!("see {}shared/notes.md\n", OWN_FOLDERS[0]);
        assert_eq!(check(&[file("README.md", &text)]).len(), 1);
    }

    #[test]
    fn addresses_and_other_folders_pass() {
        let text = format!("https://salon.example{}map /etc/shirma.toml\n", OWN_FOLDERS[2]);
        assert_eq!(check(&[file("README.md", &text)]), []);
    }
}
