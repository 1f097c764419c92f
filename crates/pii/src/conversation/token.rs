//! Tokens in a text: how they are written, and how they are recognised after a model has bent them.
//!
//! Accepted: other case, spaces and emphasis inside, escaped or missing brackets, other dashes, an inflected word
//! («[Клиенту-17]»), a glued ending («[Клиент-17]у»). The reading of a place depends only on a bounded number of
//! characters, so a stream is read exactly as a whole text is.

use std::ops::Range;

use crate::label::{Case, Label};

/// The word of tokens that stand for text somebody typed to look like a token.
pub(in crate::conversation) const TEXT_WORD: &str = "Текст";
/// Longest spelling of a token that is recognised, in characters.
pub(in crate::conversation) const TOKEN_CHARS_MAX: usize = 56;
/// Tokens of one conversation never need more digits; longer numbers are data.
const DIGITS_MAX: usize = 6;
/// Characters of emphasis or escaping allowed at one place inside a token.
const NOISE_MAX: usize = 6;
/// Longest ending glued to a token or to its word.
const ENDING_MAX: usize = 3;

/// What a token stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(in crate::conversation) enum TokenKind {
    Data(Label),
    Text,
}

impl TokenKind {
    pub(in crate::conversation) fn word(self) -> &'static str {
        match self {
            TokenKind::Data(label) => label.token_word(),
            TokenKind::Text => TEXT_WORD,
        }
    }
}

pub(in crate::conversation) fn spelling(kind: TokenKind, number: u32) -> String {
    format!("[{}-{number}]", kind.word())
}

/// A token found in a text.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::conversation) struct Found {
    pub(in crate::conversation) range: Range<usize>,
    pub(in crate::conversation) kind: TokenKind,
    pub(in crate::conversation) number: u32,
    /// Written exactly as we write it.
    pub(in crate::conversation) exact: bool,
    /// Cases the ending of its word or an ending glued to it can mean, the likeliest first; empty if there is none.
    pub(in crate::conversation) hint: Hint,
    /// Where a glued ending after the token ends; equals `range.end` if there is none.
    pub(in crate::conversation) glued_end: usize,
}

/// What an ending says of the case.
pub(in crate::conversation) type Hint = &'static [Case];

/// All tokens of a text, left to right.
pub(in crate::conversation) fn scan(text: &str) -> Vec<Found> {
    let mut found = Vec::new();
    let mut at = 0;
    let mut previous = None;
    while at < text.len() {
        let character = text[at..].chars().next().unwrap_or(' ');
        if may_begin(character)
            && let Some(token) = read(text, at, previous)
        {
            previous = text[..token.range.end].chars().next_back();
            at = token.range.end;
            found.push(token);
            continue;
        }
        previous = Some(character);
        at += character.len_utf8();
    }
    found
}

/// Places written exactly as our tokens are: they hold no personal data, whatever the words around say.
pub(crate) fn exact_ranges(text: &str) -> Vec<Range<usize>> {
    text.match_indices('[')
        .filter_map(|(at, _)| read_exact(text, at))
        .map(|found| found.range)
        .collect()
}

fn may_begin(character: char) -> bool {
    matches!(character, '[' | '\\' | '［' | '&' | '<' | '{') || character.is_alphabetic()
}

const OPENERS: &[&str] = &["[", "\\[", "［", "&#91;", "&lbrack;", "&lsqb;", "<", "&lt;", "{"];
const CLOSERS: &[&str] = &["]", "\\]", "］", "&#93;", "&rbrack;", "&rsqb;", ">", "&gt;", "}"];

fn is_dash(character: char) -> bool {
    matches!(character, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '_')
}

fn is_noise(character: char) -> bool {
    matches!(
        character,
        '*' | '`' | '\\' | ' ' | '\u{a0}' | '\u{200b}' | '\u{ad}' | '\u{2060}' | '~'
    )
}

/// Skips noise; `None` if there is more of it than a token may hold.
fn skip_noise(text: &str, at: usize) -> Option<usize> {
    let mut at = at;
    for _ in 0..=NOISE_MAX {
        match text[at..].chars().next() {
            Some(noise) if is_noise(noise) => at += noise.len_utf8(),
            _ => return Some(at),
        }
    }
    None
}

fn read(text: &str, start: usize, previous: Option<char>) -> Option<Found> {
    if let Some(found) = read_exact(text, start) {
        return Some(found);
    }
    let opener = OPENERS.iter().position(|opener| text[start..].starts_with(opener));
    if opener.is_none() && previous.is_some_and(|before| before.is_alphanumeric() || is_dash(before)) {
        return None;
    }
    let inside = start + opener.map_or(0, |index| OPENERS[index].len());
    let word_start = if opener.is_some() {
        skip_noise(text, inside)?
    } else {
        start
    };
    let (kind, word_end, ending) = read_word(text, word_start)?;
    let (digits_start, dashed, plain_dash) = read_separator(text, word_end)?;
    let digits_end = digits_start + text[digits_start..].len()
        - text[digits_start..]
            .trim_start_matches(|digit: char| digit.is_ascii_digit())
            .len();
    let digits = &text[digits_start..digits_end];
    if digits.is_empty() || digits.len() > DIGITS_MAX || digits.starts_with('0') {
        return None;
    }
    let before_closer = skip_noise(text, digits_end).unwrap_or(digits_end);
    let closer = CLOSERS
        .iter()
        .position(|closer| text[before_closer..].starts_with(closer));
    let strong = |index: usize| index < 6;
    let closed = closer.filter(|index| opener.is_some() || strong(*index));
    let end = closed.map_or(digits_end, |index| before_closer + CLOSERS[index].len());
    let escaped_pair = opener != Some(1) || text[digits_end..end].contains('\\');
    let accepted = match (opener, closed) {
        (Some(_), Some(_)) => escaped_pair,
        (Some(open), None) => strong(open) && escaped_pair && dashed && is_free(text, digits_end),
        (None, Some(_)) => dashed,
        (None, None) => plain_dash && text[start..].starts_with(char::is_uppercase) && is_free(text, digits_end),
    };
    if !accepted || text[start..end].chars().count() > TOKEN_CHARS_MAX {
        return None;
    }
    let number = digits.parse().ok()?;
    let (glued_end, glued) = if closed.is_some() {
        glued_ending(text, end)
    } else {
        (end, NO_HINT)
    };
    Some(Found {
        range: start..end,
        kind,
        number,
        exact: false,
        hint: if ending.is_empty() { glued } else { ending },
        glued_end,
    })
}

/// `[Клиент-17]` letter by letter.
fn read_exact(text: &str, start: usize) -> Option<Found> {
    let inside = text[start..].strip_prefix('[')?;
    let (kind, rest) = kinds().find_map(|kind| inside.strip_prefix(kind.word()).map(|rest| (kind, rest)))?;
    let rest = rest.strip_prefix('-')?;
    let digits = rest.len() - rest.trim_start_matches(|digit: char| digit.is_ascii_digit()).len();
    if digits == 0 || digits > DIGITS_MAX || rest.starts_with('0') || !rest[digits..].starts_with(']') {
        return None;
    }
    let number = rest[..digits].parse().ok()?;
    let end = text.len() - rest.len() + digits + 1;
    let (glued_end, hint) = glued_ending(text, end);
    Some(Found {
        range: start..end,
        kind,
        number,
        exact: true,
        hint,
        glued_end,
    })
}

fn kinds() -> impl Iterator<Item = TokenKind> {
    Label::ALL.into_iter().map(TokenKind::Data).chain([TokenKind::Text])
}

/// No letter, digit or fraction goes on after a token without its closing bracket.
fn is_free(text: &str, end: usize) -> bool {
    let mut rest = text[end..].chars();
    match rest.next() {
        None => true,
        Some(next) if next.is_alphanumeric() || is_dash(next) => false,
        Some('.' | ',' | ':' | '/') => !rest.next().is_some_and(|digit| digit.is_ascii_digit()),
        Some(_) => true,
    }
}

/// One letter as it is compared: lower case, «е» for «ё», Cyrillic for its look-alike.
fn plain(letter: char) -> char {
    let lower = letter.to_lowercase().next().unwrap_or(letter);
    match lower {
        'ё' => 'е',
        'a' => 'а',
        'c' => 'с',
        'e' => 'е',
        'k' => 'к',
        'm' => 'м',
        'o' => 'о',
        'p' => 'р',
        't' => 'т',
        'x' => 'х',
        'y' => 'у',
        'h' => 'н',
        'b' => 'в',
        other => other,
    }
}

/// The token word at byte `at`, possibly inflected: kind, its end, the case its ending says.
fn read_word(text: &str, at: usize) -> Option<(TokenKind, usize, Hint)> {
    let end = at
        + text[at..]
            .char_indices()
            .take(24)
            .find(|(_, letter)| !letter.is_alphabetic())
            .map_or_else(
                || {
                    text[at..]
                        .char_indices()
                        .take(24)
                        .last()
                        .map_or(0, |(last, letter)| last + letter.len_utf8())
                },
                |(end, _)| end,
            );
    if text[end..].starts_with(char::is_alphabetic) {
        return None;
    }
    let letters: Vec<char> = text[at..end].chars().map(plain).collect();
    if letters.is_empty() {
        return None;
    }
    let fits = |word: &str| {
        let own: Vec<char> = word.chars().map(plain).collect();
        if own == letters {
            return Some(String::new());
        }
        let stem = if matches!(own.last(), Some('а' | 'я' | 'о' | 'е')) {
            &own[..own.len() - 1]
        } else {
            &own[..]
        };
        let tail = letters.strip_prefix(stem)?;
        let inflected = stem.len() >= 3
            && !tail.is_empty()
            && tail.len() <= ENDING_MAX
            && tail.iter().all(|letter| "аеиймоуыюя".contains(*letter));
        inflected.then(|| tail.iter().collect())
    };
    kinds().find_map(|kind| fits(kind.word()).map(|ending| (kind, end, case_of_word(&ending))))
}

/// Spaces, one dash, escapes between the word and the number: where the number begins, whether there is a dash,
/// whether there is nothing but one plain dash.
fn read_separator(text: &str, at: usize) -> Option<(usize, bool, bool)> {
    let mut end = skip_noise(text, at)?;
    let mut dashed = false;
    if let Some(sign) = text[end..]
        .chars()
        .next()
        .filter(|sign| is_dash(*sign) || matches!(sign, ':' | '№' | '#'))
    {
        dashed = is_dash(sign);
        end = skip_noise(text, end + sign.len_utf8())?;
    }
    let plain_dash = dashed && text[at..end].chars().count() == 1 && !text[at..end].starts_with('_');
    Some((end, dashed, plain_dash))
}

/// «у» in «[Клиент-17]у» or «[Клиент-17]-у».
fn glued_ending(text: &str, end: usize) -> (usize, Hint) {
    let rest = &text[end..];
    let body = rest.strip_prefix(['-', '\'', '’']).unwrap_or(rest);
    let skipped = rest.len() - body.len();
    let length = body
        .char_indices()
        .take(ENDING_MAX + 1)
        .find(|(_, letter)| !letter.is_alphabetic())
        .map_or_else(
            || {
                if body.chars().count() <= ENDING_MAX {
                    body.len()
                } else {
                    0
                }
            },
            |(length, _)| length,
        );
    let ending = &body[..length];
    match case_of_glued(ending) {
        [] => (end, NO_HINT),
        cases => (end + skipped + length, cases),
    }
}

const NO_HINT: Hint = &[];

/// What the ending of an inflected token word says; the word is «клиент», a man of the second declension.
fn case_of_word(ending: &str) -> Hint {
    match ending {
        "а" => &[Case::Genitive, Case::Accusative],
        "у" => &[Case::Dative],
        "ом" => &[Case::Instrumental],
        "е" => &[Case::Locative],
        _ => NO_HINT,
    }
}

/// What an ending glued to a token says; it is the ending of the name the writer has in mind, of either gender.
fn case_of_glued(ending: &str) -> Hint {
    match ending {
        "а" | "я" | "ого" | "его" => &[Case::Genitive, Case::Accusative],
        "ы" | "и" => &[Case::Genitive, Case::Dative, Case::Locative],
        "у" | "ю" => &[Case::Dative, Case::Accusative],
        "ому" | "ему" => &[Case::Dative],
        "ой" | "ей" => &[Case::Instrumental, Case::Genitive, Case::Dative, Case::Locative],
        "ом" | "ем" | "ым" | "им" | "ою" | "ью" => &[Case::Instrumental],
        "е" => &[Case::Locative, Case::Dative],
        _ => NO_HINT,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(text: &str) -> Vec<(u32, &str)> {
        scan(text)
            .into_iter()
            .map(|found| (found.number, &text[found.range]))
            .collect()
    }

    #[test]
    fn bent_spellings_are_recognised() {
        for text in [
            "[Клиент-17]",
            "[клиент-17]",
            "[ Клиент - 17 ]",
            "[Клиент 17]",
            "\\[Клиент\\-17\\]",
            "[**Клиент-17**]",
            "&#91;Клиент-17&#93;",
            "<Клиент-17>",
            "&lt;Клиент-17&gt;",
            "[Клиент—17]",
            "[Клиент_17]",
            "[Клиент-17",
            "Клиент-17]",
            "Клиент-17",
            "[Клиенту-17]",
            "[КЛИЕНТ-17]",
            "［Клиент-17］",
        ] {
            let found = scan(text);
            assert_eq!(found.len(), 1, "{text}");
            assert_eq!((found[0].number, &found[0].range), (17, &(0..text.len())), "{text}");
        }
    }

    #[test]
    fn plain_speech_is_no_token() {
        for text in [
            "клиент 17 лет",
            "клиент-17",
            "Клиент 17",
            "Карта-2.5",
            "на Адрес-12а",
            "[Клиент-017]",
            "[Клиент-]",
            "суперКлиент-17",
        ] {
            assert_eq!(numbers(text), [], "{text}");
        }
    }

    #[test]
    fn a_glued_ending_says_the_case() {
        let found = scan("скажите [Клиент-17]у");
        assert_eq!(found[0].hint.first(), Some(&Case::Dative));
        assert_eq!(found[0].glued_end, "скажите [Клиент-17]у".len());
    }
}
