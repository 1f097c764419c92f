//! The common dialect: a text for each engine where one is not enough, and the small type map for tables.

use crate::target::Engine;

/// A statement: one text for both engines, or one for each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sql {
    /// For SQLite.
    pub sqlite: &'static str,
    /// For PostgreSQL.
    pub postgres: &'static str,
}

impl Sql {
    /// Two texts, for what cannot be said in common. Both must mean the same.
    pub const fn by_engine(sqlite: &'static str, postgres: &'static str) -> Self {
        Self { sqlite, postgres }
    }

    pub(crate) fn of(self, engine: Engine) -> &'static str {
        match engine {
            Engine::Sqlite => self.sqlite,
            Engine::Postgres => self.postgres,
        }
    }
}

impl From<&'static str> for Sql {
    fn from(text: &'static str) -> Self {
        Self::by_engine(text, text)
    }
}

/// First words of statements that would end the transaction or change the connection behind the store's back.
const FORBIDDEN: [&str; 14] = [
    "abort",
    "attach",
    "begin",
    "commit",
    "detach",
    "end",
    "pragma",
    "release",
    "reset",
    "rollback",
    "savepoint",
    "set",
    "start",
    "vacuum",
];

pub(crate) fn forbidden_word(sql: &str) -> Option<&'static str> {
    let first = Scanner(sql).find(|piece| matches!(piece, Piece::Word(_)))?;
    FORBIDDEN
        .into_iter()
        .find(|word| word.eq_ignore_ascii_case(first.text()))
}

/// Rewrites the tables of a migration for an engine.
///
/// SQLite: `bytea` is `blob`, `bigint` and `boolean` are `integer`, `bigserial primary key` numbers rows and never
/// gives a number twice, every table is `STRICT`. PostgreSQL: `text` compares byte by byte, as SQLite's does,
/// whatever the language of the database; else a page by `(text, id)` would skip rows on one engine only.
pub(crate) fn for_engine(migration: &str, engine: Engine) -> String {
    let mut out = String::with_capacity(migration.len() + 64);
    let mut statement = Statement::default();

    for piece in Scanner(migration) {
        match piece {
            Piece::Word(word) => {
                out.push_str(translated(word, engine, &statement).unwrap_or(word));
                statement.words.push(word.to_ascii_lowercase());
                if engine == Engine::Sqlite && statement.ends_in_a_serial_key() {
                    out.push_str(" autoincrement");
                }
            }
            Piece::Mark(';') => {
                statement.finish(engine, &mut out);
                out.push(';');
            }
            Piece::Mark(mark) => {
                out.push(mark);
                statement.words.push(mark.to_string());
            }
            Piece::Other(text) => out.push_str(text),
        }
    }
    // A comment at the very end must not swallow what is added.
    if statement.is_table() {
        out.push('\n');
    }
    statement.finish(engine, &mut out);
    out
}

fn translated(word: &str, engine: Engine, statement: &Statement) -> Option<&'static str> {
    let before = statement.words.last()?;
    // A type follows the name of a column; the same word after `(` or `,` is a name, after `as` a cast.
    let follows_a_name = before.starts_with(|c: char| c.is_alphabetic() || c == '_');
    if !follows_a_name {
        return None;
    }
    match (engine, word.to_ascii_lowercase().as_str()) {
        (Engine::Sqlite, "bytea") => Some("blob"),
        (Engine::Sqlite, "bigint" | "boolean" | "bigserial") => Some("integer"),
        (Engine::Postgres, "text") if before != "as" => Some(r#"text collate "C""#),
        (Engine::Sqlite | Engine::Postgres, _) => None,
    }
}

/// The words and marks of the statement so far, in lower case.
#[derive(Default)]
struct Statement {
    words: Vec<String>,
}

impl Statement {
    fn is_table(&self) -> bool {
        matches!(self.words.as_slice(), [create, table, ..] if create == "create" && table == "table")
    }

    fn ends_in_a_serial_key(&self) -> bool {
        self.words.ends_with(&["bigserial", "primary", "key"].map(String::from))
    }

    fn finish(&mut self, engine: Engine, out: &mut String) {
        if engine == Engine::Sqlite && self.is_table() {
            out.push_str(" strict");
        }
        self.words.clear();
    }
}

/// Cuts SQL into words, single marks, and everything that must stay as it is: spaces, comments, quoted text.
struct Scanner<'a>(&'a str);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Piece<'a> {
    Word(&'a str),
    Mark(char),
    Other(&'a str),
}

impl<'a> Piece<'a> {
    fn text(self) -> &'a str {
        match self {
            Piece::Word(text) | Piece::Other(text) => text,
            Piece::Mark(_) => "",
        }
    }
}

impl<'a> Iterator for Scanner<'a> {
    type Item = Piece<'a>;

    fn next(&mut self) -> Option<Piece<'a>> {
        let rest = self.0;
        let first = rest.chars().next()?;
        let is_word = |c: char| c.is_alphanumeric() || c == '_' || c == '$';
        let after = |from: usize, end: &str| rest[from..].find(end).map_or(rest.len(), |at| from + at + end.len());
        let (length, is_quiet) = match first {
            '\'' => (after(1, "'"), true),
            '"' => (after(1, "\""), true),
            _ if rest.starts_with("--") => (after(2, "\n"), true),
            _ if rest.starts_with("/*") => (after(2, "*/"), true),
            _ if first.is_whitespace() => {
                let end = rest.find(|c: char| !c.is_whitespace());
                (end.unwrap_or(rest.len()), true)
            }
            _ if is_word(first) => (rest.find(|c| !is_word(c)).unwrap_or(rest.len()), false),
            _ => (first.len_utf8(), false),
        };
        let (piece, rest) = rest.split_at(length);
        self.0 = rest;
        Some(if is_quiet {
            Piece::Other(piece)
        } else if is_word(first) {
            Piece::Word(piece)
        } else {
            Piece::Mark(first)
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const TABLE: &str = "-- bytea; text\ncreate table note (\n  id bigserial primary key,\n  text text not null default 'bigint;',\n  \
        body bytea, -- text\n  done boolean not null\n);\ncreate index note_by_text on note (text);";

    #[test]
    fn sqlite_gets_its_own_types_and_strict_tables() {
        assert_eq!(
            for_engine(TABLE, Engine::Sqlite),
            "-- bytea; text\ncreate table note (\n  id integer primary key autoincrement,\n  text text not null default 'bigint;',\n  \
             body blob, -- text\n  done integer not null\n) strict;\ncreate index note_by_text on note (text);"
        );
    }

    #[test]
    fn postgres_gets_text_that_compares_byte_by_byte() {
        assert_eq!(
            for_engine(TABLE, Engine::Postgres),
            "-- bytea; text\ncreate table note (\n  id bigserial primary key,\n  text text collate \"C\" not null default 'bigint;',\n  \
             body bytea, -- text\n  done boolean not null\n);\ncreate index note_by_text on note (text);"
        );
    }

    #[test]
    fn last_table_without_a_semicolon_is_strict_too() {
        let text = "create table a (id bigint primary key) -- end";
        assert_eq!(
            for_engine(text, Engine::Sqlite),
            "create table a (id integer primary key) -- end\n strict"
        );
    }

    #[test]
    fn statements_that_leave_the_transaction_are_known_by_their_first_word() {
        assert_eq!(forbidden_word("COMMIT"), Some("commit"));
        assert_eq!(
            forbidden_word(" -- select\n/* x */ Pragma foreign_keys = off"),
            Some("pragma")
        );
        assert_eq!(forbidden_word("select 'commit'"), None);
        assert_eq!(forbidden_word("update t set a = 1"), None);
        assert_eq!(forbidden_word(""), None);
    }

    proptest! {
        #[test]
        fn scanner_loses_nothing_and_never_panics(text in "[a-z '\"/*;$я\\n-]{0,60}") {
            let back: String = Scanner(&text)
                .map(|piece| match piece { Piece::Mark(mark) => mark.to_string(), piece => piece.text().to_owned() })
                .collect();
            prop_assert_eq!(back, text);
        }
    }
}
