//! A message cut into calendar tokens: numbers with their separators, words with their meaning, everything else.

use std::ops::Range;

use super::lexicon::{Lex, look_up};
use crate::assistant::text::{MAX_HEARD_CHARS, fold};

/// Most tokens looked at: a message that names a time is short.
const MAX_TOKENS: usize = 400;

/// What kind of token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A bare number and how many digits it was written with.
    Number(u32, usize),
    /// `15:30`.
    Colon(u32, u32),
    /// `15.30` or `15.12`: a time or a date.
    Dot(u32, u32),
    /// `17-00` or `16-18`: a time or a range; digits of the second part.
    Dash(u32, u32, usize),
    /// `27.11.2026`, year as written.
    Full(u32, u32, u32),
    /// `9:00-18:00`: minutes of both ends.
    ClockRange((u32, u32), (u32, u32)),
    /// A calendar word.
    Word(Lex),
    /// A word that means nothing here.
    Other,
    /// A comma.
    Comma,
    /// End of a sentence, dash, bracket.
    Break,
}

/// A token and where it stands in the text, in bytes.
#[derive(Debug, Clone)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) text: String,
    pub(super) at: Range<usize>,
}

/// Cuts the text.
pub(super) fn cut(text: &str) -> Vec<Token> {
    let chars: Vec<(usize, char)> = text.char_indices().take(MAX_HEARD_CHARS).collect();
    let mut tokens = Vec::new();
    let mut at = 0;
    while at < chars.len() && tokens.len() < MAX_TOKENS {
        let (start, c) = chars[at];
        let end_of = |index: usize| chars.get(index).map_or(text.len(), |(byte, _)| *byte);
        if c == '[' {
            // A token of a value: what stands inside is no word of the client.
            while at < chars.len() && chars[at].1 != ']' {
                at += 1;
            }
            at += 1;
            tokens.push(Token {
                kind: Kind::Other,
                text: String::new(),
                at: start..end_of(at),
            });
        } else if c.is_ascii_digit() {
            let length = number_length(&chars[at..]);
            let written: String = chars[at..at + length].iter().map(|(_, c)| *c).collect();
            at += length;
            tokens.push(Token {
                kind: number(&written),
                text: written,
                at: start..end_of(at),
            });
        } else if c.is_alphabetic() || c == '₽' {
            let mut word = String::new();
            while at < chars.len() && (chars[at].1.is_alphabetic() || chars[at].1 == '₽') {
                word.extend(fold(chars[at].1));
                at += 1;
            }
            let kind = look_up(&word).map_or(Kind::Other, Kind::Word);
            tokens.push(Token {
                kind,
                text: word,
                at: start..end_of(at),
            });
        } else {
            at += 1;
            let kind = match c {
                c if c.is_whitespace() => continue,
                ',' => Kind::Comma,
                // A hyphen inside a word («28-го», «пол-седьмого», «где-то») parts nothing.
                '-' | '–' | '—' if glued(&chars, at) => continue,
                _ => Kind::Break,
            };
            tokens.push(Token {
                kind,
                text: c.to_string(),
                at: start..end_of(at),
            });
        }
    }
    tokens
}

/// Whether the character before `at` is a hyphen between a character and a letter.
fn glued(chars: &[(usize, char)], at: usize) -> bool {
    let before = at
        .checked_sub(2)
        .and_then(|index| chars.get(index))
        .is_some_and(|(_, c)| c.is_alphanumeric());
    before && chars.get(at).is_some_and(|(_, c)| c.is_alphabetic())
}

/// Length of a run of digits joined by single separators.
fn number_length(chars: &[(usize, char)]) -> usize {
    let mut length = 0;
    while length < chars.len() {
        let c = chars[length].1;
        let digit_follows = chars.get(length + 1).is_some_and(|(_, next)| next.is_ascii_digit());
        let joins = matches!(c, '.' | ':' | '-' | '–' | '—' | '/') && digit_follows;
        if !c.is_ascii_digit() && !joins {
            break;
        }
        length += 1;
    }
    length
}

fn number(written: &str) -> Kind {
    let separators: String = written.chars().filter(|c| !c.is_ascii_digit()).collect();
    let parts: Vec<&str> = written.split(|c: char| !c.is_ascii_digit()).collect();
    let values: Option<Vec<u32>> = parts.iter().map(|part| part.parse().ok()).collect();
    let Some(values) = values else { return Kind::Other };
    match (separators.replace(['–', '—'], "-").as_str(), values.as_slice()) {
        ("", [number]) => Kind::Number(*number, written.len()),
        (":", [hour, minute]) => Kind::Colon(*hour, *minute),
        (".", [first, second]) => Kind::Dot(*first, *second),
        ("-", [first, second]) => Kind::Dash(*first, *second, parts[1].len()),
        ("/", [day, month]) => Kind::Full(*day, *month, 0),
        (".." | "--" | "//", [day, month, year]) => Kind::Full(*day, *month, *year),
        (":-:" | ".-.", [h1, m1, h2, m2]) => Kind::ClockRange((*h1, *m1), (*h2, *m2)),
        _ => Kind::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<Kind> {
        cut(text).into_iter().map(|token| token.kind).collect()
    }

    #[test]
    fn numbers_keep_their_separators() {
        assert_eq!(kinds("15:30"), [Kind::Colon(15, 30)]);
        assert_eq!(kinds("15.30"), [Kind::Dot(15, 30)]);
        assert_eq!(kinds("17-00"), [Kind::Dash(17, 0, 2)]);
        assert_eq!(kinds("27.11.2026"), [Kind::Full(27, 11, 2026)]);
        assert_eq!(kinds("9:00–18:00"), [Kind::ClockRange((9, 0), (18, 0))]);
        assert_eq!(kinds("1500"), [Kind::Number(1500, 4)]);
        assert_eq!(kinds("99999999999999999999"), [Kind::Other]);
    }

    #[test]
    fn endings_after_a_hyphen_and_glued_words_are_cut_apart() {
        assert_eq!(kinds("28-го"), [Kind::Number(28, 2), Kind::Other]);
        assert_eq!(kinds("в18"), [Kind::Word(Lex::In), Kind::Number(18, 2)]);
        assert_eq!(
            kinds("пол-седьмого"),
            [Kind::Word(Lex::Half), Kind::Word(Lex::Ordinal(7))]
        );
    }

    #[test]
    fn a_value_token_is_one_foreign_thing() {
        let tokens = cut("Это [Клиент-1], завтра");
        assert_eq!(tokens.len(), 4);
        assert_eq!(tokens[1].kind, Kind::Other);
        assert_eq!(tokens[3].kind, Kind::Word(Lex::Day(1)));
    }
}
