//! Walls inside the product, where Cargo cannot stand: who may name whose module.
//!
//! Adapters to the outside worlds know the contract and the guarded client only; nothing knows the desk, the gateway and
//! the command line, which know everything.

use super::Complaint;
use super::rust_text::Piece;
use super::tree::File;

const PRODUCT: &str = "crates/shirma/src/";

/// Folders of adapters, and the modules of the product that each may name.
const ADAPTERS: [(&str, &[&str]); 3] = [
    ("channels", &["contract", "channels"]),
    ("crm", &["contract", "crm"]),
    // The two kinds of text a prompt is made of are the contract's own words.
    ("models", &["contract", "models", "boundary"]),
];
/// Crates of ours that an adapter may name: it connects, and it checks signatures.
const CRATES_OF_ADAPTERS: [&str; 2] = ["shirma_wire", "shirma_vault"];

/// Modules on top; only they and the files that put the program together may name them.
const TOP: [&str; 3] = ["desk", "gateway", "cli"];
const ASSEMBLY: [&str; 4] = ["main.rs", "lib.rs", "door.rs", "app.rs"];

pub(super) fn check(files: &[File]) -> Vec<Complaint> {
    files
        .iter()
        .filter(|file| file.is_rust())
        .flat_map(complaints)
        .collect()
}

fn complaints(file: &File) -> Vec<Complaint> {
    let Some(inside) = file.path.strip_prefix(PRODUCT) else {
        return Vec::new();
    };
    let folder = inside.split(['/', '.']).next().unwrap_or_default();
    let adapter = ADAPTERS.iter().find(|(name, _)| *name == folder);
    let is_on_top = TOP.contains(&folder) || ASSEMBLY.contains(&inside) || inside.starts_with("serve/");
    let mut found = Vec::new();
    for piece in file.product_pieces().iter().filter(|piece| piece.is_code()) {
        for (line, name) in names_after(piece, "crate::") {
            if adapter.is_some_and(|(_, allowed)| !allowed.contains(&name)) {
                let words = format!("`{folder}` sees only `contract` and the guarded client, not `{name}`");
                found.push(Complaint::at(file, line, words));
            } else if TOP.contains(&name) && !is_on_top {
                found.push(Complaint::at(
                    file,
                    line,
                    format!("nothing may lean on `{name}`: turn the dependency round"),
                ));
            }
        }
        for (line, name) in names_of_crates(piece) {
            if adapter.is_some() && !CRATES_OF_ADAPTERS.contains(&name) {
                found.push(Complaint::at(file, line, format!("`{folder}` may not name `{name}`")));
            }
        }
    }
    found
}

/// The identifiers that follow `prefix`, with their lines; `crate::{a::B, c}` gives both `a` and `c`.
fn names_after<'a>(piece: &Piece<'a>, prefix: &str) -> Vec<(usize, &'a str)> {
    let mut found = Vec::new();
    for (at, _) in piece.text.match_indices(prefix) {
        let line = piece.line + piece.text[..at].matches('\n').count();
        let rest = &piece.text[at + prefix.len()..];
        match rest.strip_prefix('{') {
            None => found.push((line, identifier(rest))),
            Some(list) => found.extend(top_of_list(list).into_iter().map(|name| (line, name))),
        }
    }
    found
}

/// First identifiers of the items of a `{…}` list.
fn top_of_list(list: &str) -> Vec<&str> {
    let (mut depth, mut from) = (0, 0);
    let mut names = Vec::new();
    for (at, c) in list.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth > 0 => depth -= 1,
            ',' | '}' if depth == 0 => {
                names.push(identifier(list[from..at].trim_start()));
                from = at + 1;
                if c == '}' {
                    break;
                }
            }
            _ => {}
        }
    }
    names.retain(|name| !name.is_empty());
    names
}

fn names_of_crates<'a>(piece: &Piece<'a>) -> Vec<(usize, &'a str)> {
    let lines = piece.lines();
    lines
        .flat_map(|(line, text)| {
            text.match_indices("shirma_")
                .map(move |(at, _)| (line, identifier(&text[at..])))
        })
        .collect()
}

fn identifier(text: &str) -> &str {
    let end = text
        .find(|c: char| !c.is_alphanumeric() && c != '_')
        .unwrap_or(text.len());
    &text[..end]
}

#[cfg(test)]
mod tests {
    use super::super::tree::file;
    use super::*;

    fn lines(path: &str, text: &str) -> Vec<usize> {
        check(&[file(path, text)])
            .into_iter()
            .map(|complaint| complaint.line)
            .collect()
    }

    #[test]
    fn a_channel_that_looks_into_the_vault_of_subjects_is_found() {
        let path = "crates/shirma/src/channels/max/parse.rs";
        assert_eq!(
            lines(path, "use crate::contract::Event;\nuse crate::subject::SubjectId;\n"),
            [2]
        );
        assert_eq!(lines(path, "use crate::{contract::{Event, Sender}, dialog};\n"), [1]);
        assert_eq!(lines(path, "use shirma_wire::Client;\nuse shirma_store::Tx;\n"), [2]);
    }

    #[test]
    fn nothing_leans_on_the_desk() {
        let text = "use crate::desk::Page;\n";
        assert_eq!(lines("crates/shirma/src/journey.rs", text), [1]);
        assert_eq!(lines("crates/shirma/src/cli/serve.rs", text), [0_usize; 0]);
        assert_eq!(lines("crates/shirma/src/lib.rs", text), [0_usize; 0]);
    }

    #[test]
    fn words_in_comments_bind_nobody() {
        assert_eq!(
            lines(
                "crates/shirma/src/journey.rs",
                "//! Told again in `crate::desk::live`.\n"
            ),
            [0_usize; 0]
        );
    }
}
