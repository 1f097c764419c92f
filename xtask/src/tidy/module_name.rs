//! Modules are named by the trade. A name that says "the rest" collects the rest.

use super::Complaint;
use super::tree::File;

const FORBIDDEN: [&str; 9] = [
    "util", "utils", "common", "helper", "helpers", "manager", "misc", "types", "service",
];

pub(super) fn check(files: &[File]) -> Vec<Complaint> {
    files
        .iter()
        .filter(|file| file.is_rust())
        .flat_map(complaints)
        .collect()
}

fn complaints(file: &File) -> Vec<Complaint> {
    let what_to_do = |name: &str| format!("`{name}` says nothing: name the module by what it is about");
    let parts = file.path.trim_end_matches(".rs").split('/');
    let mut found: Vec<Complaint> = parts
        .filter(|part| FORBIDDEN.contains(part))
        .map(|part| Complaint::at(file, 1, what_to_do(part)))
        .collect();
    for piece in file.product_pieces().iter().filter(|piece| piece.is_code()) {
        for (line, text) in piece.lines() {
            if let Some(name) = inline_module(text).filter(|name| FORBIDDEN.contains(name)) {
                found.push(Complaint::at(file, line, what_to_do(name)));
            }
        }
    }
    found
}

/// The name in `mod name {`; a module of its own file is seen by its path.
fn inline_module(line: &str) -> Option<&str> {
    let rest = line.trim().strip_suffix('{')?.trim_end();
    let (before, name) = rest.rsplit_once("mod ")?;
    (before.is_empty() || before.starts_with("pub")).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::super::tree::file;
    use super::*;

    fn count(path: &str, text: &str) -> usize {
        check(&[file(path, text)]).len()
    }

    #[test]
    fn names_of_the_trade_pass() {
        assert_eq!(
            count("crates/shirma/src/consent/receipt.rs", "pub mod evidence {\n}\n"),
            0
        );
    }

    #[test]
    fn names_for_the_rest_do_not() {
        assert_eq!(count("crates/shirma/src/util.rs", ""), 1);
        assert_eq!(count("crates/shirma/src/helpers/phone.rs", ""), 1);
        assert_eq!(count("crates/shirma/src/phone.rs", "pub(crate) mod misc {\n}\n"), 1);
    }
}
