//! Both readmes name every command of `shirma`: a command nobody hears of is not there.

use super::Complaint;
use super::tree::File;

const COMMANDS: &str = "crates/shirma/src/cli/";
const PAGES: [&str; 2] = ["README.md", "README.ru.md"];

pub(super) fn check(files: &[File]) -> Vec<Complaint> {
    let pages = files.iter().filter(|file| PAGES.contains(&file.path.as_str()));
    let pages: Vec<&File> = pages.collect();
    let sources = files.iter().filter(|file| file.path.starts_with(COMMANDS));
    let commands: Vec<(String, String)> = sources.flat_map(|file| commands(file.text())).collect();
    let untold = |page: &&File| -> Vec<Complaint> {
        let is_told = |(group, name): &&(String, String)| page.text().lines().any(|line| tells(line, group, name));
        let missing = commands.iter().filter(|command| !is_told(command));
        missing
            .map(|(group, name)| Complaint::at(page, 1, format!("name the command `{group} {name}`")))
            .collect()
    };
    pages.iter().flat_map(untold).collect()
}

/// What is typed before a command and the command, from the enums `Command` and `…Command`.
fn commands(text: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut group = None;
    for line in text.lines() {
        if let Some(name) = line
            .split_once("enum ")
            .and_then(|(_, rest)| rest.strip_suffix("Command {"))
        {
            group = Some(format!("shirma {}", name.to_lowercase()).trim_end().to_owned());
        } else if line == "}" {
            group = None;
        } else if let (Some(group), Some(name)) = (&group, variant(line)) {
            found.push((group.clone(), name));
        }
    }
    found
}

/// The name of a variant as it is typed.
fn variant(line: &str) -> Option<String> {
    let rest = line.strip_prefix("    ")?;
    let name: String = rest.chars().take_while(char::is_ascii_alphanumeric).collect();
    name.starts_with(|c: char| c.is_ascii_uppercase())
        .then(|| name.to_lowercase())
}

/// Whether the command stands behind its group, in the same piece of code.
fn tells(line: &str, group: &str, name: &str) -> bool {
    let pieces = line.split(group).skip(1).filter_map(|rest| rest.split('`').next());
    pieces
        .flat_map(|piece| piece.split(|c: char| !c.is_ascii_alphanumeric()))
        .any(|word| word == name)
}

#[cfg(test)]
mod tests {
    use super::super::tree::file;
    use super::*;

    const SOURCE: &str = "/// All.\nenum Command {\n    /// One.\n    Serve {\n        listen: u8,\n    },\n    Pii(PiiCommand),\n}\n\
                          pub enum PiiCommand {\n    Mask,\n}\nenum Form {\n    Plain,\n}\n";

    fn said(page: &str) -> Vec<String> {
        let files = [file("crates/shirma/src/cli/mod.rs", SOURCE), file("README.md", page)];
        check(&files)
            .into_iter()
            .map(|complaint| complaint.what_to_do)
            .collect()
    }

    #[test]
    fn commands_and_their_parts_are_looked_for() {
        assert_eq!(
            said("`shirma serve`\n`shirma pii detect \\| mask`\n"),
            Vec::<String>::new()
        );
    }

    #[test]
    fn a_command_nobody_named_is_found() {
        assert_eq!(
            said("`shirma serve`\n`shirma pii` and `mask`\n"),
            ["name the command `shirma pii mask`"]
        );
    }
}
