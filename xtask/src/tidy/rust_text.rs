//! Rust source cut into code, comments and literals, so that a rule can look at the kind it is about.
//!
//! It knows just enough of the language for that: nested comments, raw and byte strings, and the difference between a
//! character and a lifetime. It never fails; what it does not understand counts as code.

/// What a piece of source is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Code,
    /// `//`, `///`, `//!` or `/* */`.
    Comment,
    /// A string or character with its quotes.
    Literal,
}

/// A run of source of one kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Piece<'a> {
    pub(super) kind: Kind,
    pub(super) text: &'a str,
    /// Line of its first character, counted from 1.
    pub(super) line: usize,
}

impl<'a> Piece<'a> {
    pub(super) fn is_code(&self) -> bool {
        self.kind == Kind::Code
    }

    pub(super) fn is_comment(&self) -> bool {
        self.kind == Kind::Comment
    }

    pub(super) fn is_literal(&self) -> bool {
        self.kind == Kind::Literal
    }

    /// Its lines with their numbers.
    pub(super) fn lines(&self) -> impl Iterator<Item = (usize, &'a str)> {
        self.text
            .lines()
            .enumerate()
            .map(|(index, text)| (self.line + index, text))
    }
}

/// Cuts a source; the pieces joined again are the source.
pub(super) fn pieces(source: &str) -> Vec<Piece<'_>> {
    let mut cutter = Cutter {
        source,
        line: 1,
        pieces: Vec::new(),
    };
    let (mut code_from, mut at) = (0, 0);
    while at < source.len() {
        let Some((kind, length)) = special(source, at) else {
            at += source[at..].chars().next().map_or(1, char::len_utf8);
            continue;
        };
        cutter.push(Kind::Code, code_from, at);
        cutter.push(kind, at, at + length);
        at += length;
        code_from = at;
    }
    cutter.push(Kind::Code, code_from, at);
    cutter.pieces
}

struct Cutter<'a> {
    source: &'a str,
    line: usize,
    pieces: Vec<Piece<'a>>,
}

impl Cutter<'_> {
    fn push(&mut self, kind: Kind, from: usize, to: usize) {
        if from < to {
            let text = &self.source[from..to];
            self.pieces.push(Piece {
                kind,
                text,
                line: self.line,
            });
            self.line += text.matches('\n').count();
        }
    }
}

/// The comment or literal that begins here, with its length in bytes.
fn special(source: &str, at: usize) -> Option<(Kind, usize)> {
    let rest = &source[at..];
    let in_word = source[..at]
        .chars()
        .next_back()
        .is_some_and(|before| before.is_alphanumeric() || before == '_');
    match rest.as_bytes()[0] {
        b'/' if rest.starts_with("//") => Some((Kind::Comment, rest.find('\n').unwrap_or(rest.len()))),
        b'/' if rest.starts_with("/*") => Some((Kind::Comment, block_comment(rest))),
        b'"' => Some((Kind::Literal, quoted(rest, '"'))),
        b'\'' => character(rest).map(|length| (Kind::Literal, length)),
        b'r' | b'b' | b'c' if !in_word => raw_or_byte(rest).map(|length| (Kind::Literal, length)),
        _ => None,
    }
}

fn block_comment(rest: &str) -> usize {
    let (mut depth, mut at) = (0, 0);
    while at < rest.len() {
        if rest[at..].starts_with("/*") {
            depth += 1;
            at += 2;
        } else if rest[at..].starts_with("*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += rest[at..].chars().next().map_or(1, char::len_utf8);
        }
    }
    rest.len()
}

/// Length of a literal with escapes, its quotes included.
fn quoted(rest: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if c == quote => return at + c.len_utf8(),
            _ => {}
        }
    }
    rest.len()
}

/// A character, or nothing when the quote begins a lifetime.
fn character(rest: &str) -> Option<usize> {
    let mut next = rest.chars().skip(1);
    let first = next.next()?;
    if first == '\\' || next.next() == Some('\'') {
        Some(quoted(rest, '\''))
    } else {
        None
    }
}

/// `r"…"`, `r#"…"#`, `b"…"`, `b'…'`, `br"…"`, `c"…"`.
fn raw_or_byte(rest: &str) -> Option<usize> {
    let prefix = rest
        .find(|c: char| !matches!(c, 'r' | 'b' | 'c'))
        .filter(|length| *length <= 2)?;
    let is_raw = rest[..prefix].contains('r');
    let body = &rest[prefix..];
    if !is_raw {
        return match body.as_bytes()[0] {
            b'"' => Some(prefix + quoted(body, '"')),
            b'\'' => Some(prefix + quoted(body, '\'')),
            _ => None,
        };
    }
    let hashes = body.bytes().take_while(|byte| *byte == b'#').count();
    if body.as_bytes().get(hashes) != Some(&b'"') {
        return None;
    }
    let close = format!("\"{}", "#".repeat(hashes));
    let inside = hashes + 1;
    let length = body[inside..]
        .find(&close)
        .map_or(body.len(), |end| inside + end + close.len());
    Some(prefix + length)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(source: &str) -> Vec<(Kind, &str)> {
        pieces(source)
            .into_iter()
            .map(|piece| (piece.kind, piece.text))
            .collect()
    }

    #[test]
    fn pieces_joined_are_the_source() {
        let source = "//! Тест\nfn a<'a>(b: &'a str) -> char { /* x /* y */ z */ let c = r#\"и \"это\"\"#; '\\'' }";
        let joined: String = pieces(source).iter().map(|piece| piece.text).collect();
        assert_eq!(joined, source);
    }

    #[test]
    fn a_comment_inside_a_string_is_a_string() {
        assert_eq!(
            kinds("a(\"// no\")"),
            [(Kind::Code, "a("), (Kind::Literal, "\"// no\""), (Kind::Code, ")")]
        );
    }

    #[test]
    fn a_quote_inside_a_comment_opens_nothing() {
        assert_eq!(kinds("// don't\nb"), [(Kind::Comment, "// don't"), (Kind::Code, "\nb")]);
    }

    #[test]
    fn lifetimes_are_code_and_characters_are_literals() {
        assert_eq!(kinds("&'a str"), [(Kind::Code, "&'a str")]);
        assert_eq!(kinds("'\"'"), [(Kind::Literal, "'\"'")]);
        assert_eq!(kinds("'ё'"), [(Kind::Literal, "'ё'")]);
    }

    #[test]
    fn raw_and_byte_strings_end_where_they_end() {
        assert_eq!(kinds("r\"\\\"+1"), [(Kind::Literal, "r\"\\\""), (Kind::Code, "+1")]);
        assert_eq!(
            kinds("br#\"\"x\"#;"),
            [(Kind::Literal, "br#\"\"x\"#"), (Kind::Code, ";")]
        );
        assert_eq!(kinds("number"), [(Kind::Code, "number")]);
    }

    #[test]
    fn lines_are_counted_through_every_kind() {
        let source = "a\n/* b\n c */ \"d\ne\" f";
        let lines: Vec<usize> = pieces(source).iter().map(|piece| piece.line).collect();
        assert_eq!(lines, [1, 2, 3, 3, 4]);
    }
}
