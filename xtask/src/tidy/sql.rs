//! SQL stands in `rows.rs` and in migrations, so that everything that touches the tables can be read in one sitting.
//! The store's crate speaks SQL by trade; tests may look into tables.

use super::Complaint;
use super::tree::File;

/// Beginnings of a statement and a word that must follow somewhere in the same literal.
const STATEMENTS: [(&str, &str); 8] = [
    ("select ", " from "),
    ("insert into ", "("),
    ("update ", " set "),
    ("delete from ", ""),
    ("create table ", ""),
    ("create index ", ""),
    ("alter table ", ""),
    ("pragma ", ""),
];

pub(super) fn check(files: &[File]) -> Vec<Complaint> {
    files
        .iter()
        .filter(|file| file.is_rust() && !may_speak_sql(file))
        .flat_map(complaints)
        .collect()
}

fn may_speak_sql(file: &File) -> bool {
    file.path.starts_with("xtask/")
        || file.is_test()
        || file.name() == "rows.rs"
        || file.path.contains("/rows/")
        || file.path.contains("/migrations/")
        || file.path.starts_with("crates/store/")
}

fn complaints(file: &File) -> Vec<Complaint> {
    let pieces = file.product_pieces();
    let literals = pieces.iter().filter(|piece| piece.is_literal() && is_sql(piece.text));
    literals
        .map(|piece| Complaint::at(file, piece.line, "move the statement into `rows.rs` of its folder"))
        .collect()
}

fn is_sql(literal: &str) -> bool {
    let words = literal
        .trim_start_matches(['r', '#', '"'])
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    let text = words.to_lowercase();
    STATEMENTS
        .iter()
        .any(|(start, then)| text.strip_prefix(start).is_some_and(|rest| rest.contains(then)))
}

#[cfg(test)]
mod tests {
    use super::super::tree::file;
    use super::*;

    const STATEMENT: &str = "fn a() { tx.rows(\n  \"SELECT id\n   FROM subject\"); }\n";

    #[test]
    fn a_statement_outside_rows_is_found() {
        let found = check(&[file("crates/shirma/src/subject/mod.rs", STATEMENT)]);
        assert_eq!(found.iter().map(|complaint| complaint.line).collect::<Vec<_>>(), [2]);
    }

    #[test]
    fn rows_and_the_store_may_speak_sql() {
        for path in [
            "crates/shirma/src/subject/rows.rs",
            "crates/store/src/lock.rs",
            "crates/shirma/tests/it/a.rs",
        ] {
            assert_eq!(check(&[file(path, STATEMENT)]), [], "{path}");
        }
    }

    #[test]
    fn plain_english_is_not_sql() {
        let text = "const A: &str = \"select a time\"; const B: &str = \"update available\";";
        assert_eq!(check(&[file("crates/shirma/src/a.rs", text)]), []);
    }
}
