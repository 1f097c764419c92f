//! Tokens in a text: how they are written, and how they are recognised after a model has bent them.
//!
//! Accepted: other case, spaces, quotes and emphasis inside, other, doubled, escaped or missing brackets, other dashes,
//! Latin letters, an inflected word («[Клиенту-17]»), a glued ending («[Клиент-17]у»). Without any bracket only
//! «Клиент-17» with its capital and its dash is a token: «клиент 17 записан» is plain speech. The reading of a place
//! depends only on a bounded number of characters, so a stream is read exactly as a whole text is.

mod ending;
mod word;

use std::ops::Range;

use crate::label::Label;

pub(in crate::conversation) use ending::Hint;
use ending::{NO_HINT, glued_ending};
use word::{Began, may_go_on, read_word};

/// The word of tokens that stand for text somebody typed to look like a token.
pub(in crate::conversation) const TEXT_WORD: &str = "Текст";
/// Longest spelling of a token that is recognised, in characters.
pub(in crate::conversation) const TOKEN_CHARS_MAX: usize = 56;
/// Tokens of one conversation never need more digits; longer numbers are data.
const DIGITS_MAX: usize = 6;
/// Characters of emphasis, quoting or escaping allowed at one place inside a token.
const NOISE_MAX: usize = 6;

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

/// All tokens of a text, left to right.
pub(in crate::conversation) fn scan(text: &str) -> Vec<Found> {
    let mut found = Vec::new();
    let mut at = 0;
    let mut previous = None;
    while at < text.len() {
        match step(text, at, previous) {
            Step::Token(token) => {
                previous = text[..token.range.end].chars().next_back();
                at = token.range.end;
                found.push(token);
            }
            Step::Plain(character) => {
                previous = Some(character);
                at += character.len_utf8();
            }
        }
    }
    found
}

/// What stands at one place.
pub(in crate::conversation) enum Step {
    Token(Found),
    Plain(char),
}

/// Reads byte `at` of `text`, which is not its end; `previous` is the character before.
pub(in crate::conversation) fn step(text: &str, at: usize, previous: Option<char>) -> Step {
    let character = text[at..].chars().next().unwrap_or(' ');
    // Most of a text are letters inside words.
    let inside = is_russian(character) && previous.is_some_and(is_russian);
    if !inside
        && may_begin(character)
        && let Some(token) = read(text, at, previous)
    {
        return Step::Token(token);
    }
    Step::Plain(character)
}

/// Whether what stands at `at` of a text that may go on could become a token, or go on as one, once more has come.
pub(in crate::conversation) fn is_undecided(text: &str, at: usize, previous: Option<char>) -> bool {
    let rest = &text[at..];
    let Some(character) = rest.chars().next() else {
        return true;
    };
    if !may_begin(character) || rest.chars().nth(TOKEN_CHARS_MAX).is_some() {
        return false;
    }
    if character.is_alphabetic() && previous.is_some_and(continues_a_word) {
        return false;
    }
    let inside = match opener_at(rest) {
        Some(opener) => &rest[opener.text.len()..],
        None if character.is_alphabetic() => rest,
        // «&l», «\\»: the beginning of a longer opener.
        None => return OPENERS.iter().any(|opener| opener.text.starts_with(rest)),
    };
    if OPENERS.iter().any(|opener| opener.text.starts_with(rest)) {
        return true;
    }
    match skip_emphasis(inside, 0) {
        Some(start) => may_go_on(&inside[start..]) != Began::Otherwise,
        None => false,
    }
}

/// Places written exactly as our tokens are: they hold no personal data, whatever the words around say.
pub(crate) fn exact_ranges(text: &str) -> Vec<Range<usize>> {
    text.match_indices('[')
        .filter_map(|(at, _)| read_exact(text, at))
        .map(|found| found.range)
        .collect()
}

fn is_russian(character: char) -> bool {
    matches!(character, 'А'..='я')
}

fn may_begin(character: char) -> bool {
    matches!(character, '[' | '\\' | '［' | '&' | '<' | '{' | '【' | '⟦' | '〔' | '❲') || character.is_alphabetic()
}

/// A bracket that may open or close a token.
struct Bracket {
    text: &'static str,
    /// It is hardly ever written for anything else, so the other one may be missing.
    strong: bool,
    /// Written with a backslash: the closing one must be so too.
    escaped: bool,
}

const fn bracket(text: &'static str, strong: bool) -> Bracket {
    Bracket {
        text,
        strong,
        escaped: text.as_bytes()[0] == b'\\',
    }
}

/// Longer ones first.
const OPENERS: &[Bracket] = &[
    bracket("\\[\\[", true),
    bracket("[[", true),
    bracket("{{", true),
    bracket("\\[", true),
    bracket("[", true),
    bracket("［", true),
    bracket("&#91;", true),
    bracket("&lbrack;", true),
    bracket("&lsqb;", true),
    bracket("⟦", true),
    bracket("【", true),
    bracket("〔", true),
    bracket("❲", true),
    bracket("&lt;", false),
    bracket("<", false),
    bracket("\\{", false),
    bracket("{", false),
];
const CLOSERS: &[Bracket] = &[
    bracket("\\]\\]", true),
    bracket("]]", true),
    bracket("}}", true),
    bracket("\\]", true),
    bracket("]", true),
    bracket("］", true),
    bracket("&#93;", true),
    bracket("&rbrack;", true),
    bracket("&rsqb;", true),
    bracket("⟧", true),
    bracket("】", true),
    bracket("〕", true),
    bracket("❳", true),
    bracket("&gt;", false),
    bracket(">", false),
    bracket("\\}", false),
    bracket("}", false),
];

fn opener_at(text: &str) -> Option<&'static Bracket> {
    OPENERS.iter().find(|opener| text.starts_with(opener.text))
}

/// The closing bracket; a doubled one only closes what a doubled one has opened.
fn closer_at(text: &str, opener: Option<&Bracket>) -> Option<&'static Bracket> {
    let doubled = |bracket: &Bracket| matches!(bracket.text, "[[" | "]]" | "{{" | "}}" | "\\[\\[" | "\\]\\]");
    CLOSERS
        .iter()
        .filter(|closer| !doubled(closer) || opener.is_some_and(doubled))
        .find(|closer| text.starts_with(closer.text))
}

fn is_dash(character: char) -> bool {
    matches!(
        character,
        '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '_' | '\u{fe63}' | '\u{ff0d}' | '\u{2043}'
    )
}

fn is_noise(character: char) -> bool {
    matches!(
        character,
        '*' | '`'
            | '\\'
            | ' '
            | '\t'
            | '\u{a0}'
            | '\u{202f}'
            | '\u{2009}'
            | '\u{200b}'
            | '\u{ad}'
            | '\u{2060}'
            | '\u{feff}'
            | '~'
            | '"'
            | '\''
            | '«'
            | '»'
            | '“'
            | '”'
            | '„'
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

/// The same around the word and the number, where an underscore is emphasis and no dash.
fn skip_emphasis(text: &str, at: usize) -> Option<usize> {
    let mut at = at;
    for _ in 0..=NOISE_MAX {
        match text[at..].chars().next() {
            Some(noise) if is_noise(noise) || noise == '_' => at += noise.len_utf8(),
            _ => return Some(at),
        }
    }
    None
}

/// Letters, digits and dashes before a word make it a part of something else.
fn continues_a_word(before: char) -> bool {
    before.is_alphanumeric() || is_dash(before) && before != '_'
}

fn read(text: &str, start: usize, previous: Option<char>) -> Option<Found> {
    if let Some(found) = read_exact(text, start) {
        return Some(found);
    }
    let opener = opener_at(&text[start..]);
    if opener.is_none() && previous.is_some_and(continues_a_word) {
        return None;
    }
    let word_start = match opener {
        Some(opener) => skip_emphasis(text, start + opener.text.len())?,
        None => start,
    };
    let word = read_word(text, word_start)?;
    let separator = read_separator(text, word.end)?;
    let digits = digits_at(text, separator.end)?;
    let digits_end = separator.end + digits.len();
    let before_closer = skip_emphasis(text, digits_end).unwrap_or(digits_end);
    let closer = closer_at(&text[before_closer..], opener).filter(|closer| opener.is_some() || closer.strong);
    let end = closer.map_or(digits_end, |closer| before_closer + closer.text.len());
    let escaped_pair = opener.is_none_or(|opener| !opener.escaped) || text[digits_end..end].contains('\\');
    let accepted = match (opener, closer) {
        (Some(opener), Some(_)) => escaped_pair && (opener.strong || separator.dashed),
        (Some(opener), None) => opener.strong && escaped_pair && separator.dashed && is_free(text, digits_end),
        (None, Some(_)) => separator.dashed && word.own_letters,
        (None, None) => {
            separator.plain_dash
                && word.own_letters
                && text[start..].starts_with(char::is_uppercase)
                && is_free(text, digits_end)
        }
    };
    if !accepted || text[start..end].chars().count() > TOKEN_CHARS_MAX {
        return None;
    }
    let number = digits.parse().ok()?;
    let (glued_end, glued) = if closer.is_some() {
        glued_ending(text, end)
    } else {
        (end, NO_HINT)
    };
    Some(Found {
        range: start..end,
        kind: word.kind,
        number,
        exact: false,
        hint: if word.hint.is_empty() { glued } else { word.hint },
        glued_end,
    })
}

/// `[Клиент-17]` letter by letter.
fn read_exact(text: &str, start: usize) -> Option<Found> {
    let inside = text[start..].strip_prefix('[')?;
    let (kind, rest) = kinds().find_map(|kind| inside.strip_prefix(kind.word()).map(|rest| (kind, rest)))?;
    let number_at = text.len() - rest.strip_prefix('-')?.len();
    let digits = digits_at(text, number_at)?;
    let end = number_at + digits.len() + 1;
    if !text[end - 1..].starts_with(']') {
        return None;
    }
    let (glued_end, hint) = glued_ending(text, end);
    Some(Found {
        range: start..end,
        kind,
        number: digits.parse().ok()?,
        exact: true,
        hint,
        glued_end,
    })
}

/// The number of a token at byte `at`.
fn digits_at(text: &str, at: usize) -> Option<&str> {
    let rest = text.get(at..)?;
    let length = rest.bytes().take(DIGITS_MAX + 1).take_while(u8::is_ascii_digit).count();
    (length > 0 && length <= DIGITS_MAX && !rest.starts_with('0')).then(|| &rest[..length])
}

fn kinds() -> impl Iterator<Item = TokenKind> {
    Label::ALL.into_iter().map(TokenKind::Data).chain([TokenKind::Text])
}

/// No letter, digit or fraction goes on after a token without its closing bracket, and no token of ours: where one stands,
/// a letter may have stood before it was masked.
fn is_free(text: &str, end: usize) -> bool {
    let mut rest = text[end..].chars();
    match rest.next() {
        None => true,
        Some('_') => !rest.next().is_some_and(char::is_alphanumeric),
        Some(next) if next.is_alphanumeric() || is_dash(next) || next == '[' => false,
        Some('.' | ',' | ':' | '/') => !rest.next().is_some_and(|digit| digit.is_ascii_digit()),
        Some(_) => true,
    }
}

/// What stands between the word and the number.
struct Separator {
    end: usize,
    /// There is a dash in it.
    dashed: bool,
    /// It is nothing but one dash.
    plain_dash: bool,
}

fn read_separator(text: &str, at: usize) -> Option<Separator> {
    let mut end = skip_emphasis(text, at)?;
    let mut dashed = text[at..end].contains('_');
    if let Some(sign) = text[end..]
        .chars()
        .next()
        .filter(|sign| is_dash(*sign) || matches!(sign, ':' | '№' | '#' | '.' | '/' | '='))
    {
        dashed |= is_dash(sign);
        end = skip_noise(text, end + sign.len_utf8())?;
        // «Клиент-№1»
        if let Some(number) = text[end..].chars().next().filter(|sign| matches!(sign, '№' | '#')) {
            end = skip_noise(text, end + number.len_utf8())?;
        }
    }
    let plain_dash = dashed && text[at..end].chars().count() == 1 && !text[at..end].starts_with('_');
    Some(Separator {
        end,
        dashed,
        plain_dash,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::label::Case;

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
            "[Клиент №17]",
            "[Клиент\u{a0}17]",
            "[[Клиент-17]]",
            "{{Клиент-17}}",
            "【Клиент-17】",
            "⟦Клиент-17⟧",
            "[«Клиент-17»]",
            "[\"Клиент-17\"]",
            "[Klient-17]",
            "[Client-17]",
            "[Kлиeнт-17]",
            "[Клиенты-17]",
            "[Клиентов-17]",
            "[Клиентами-17]",
            "[Клиентке-17]",
            "[__Клиент__-17]",
            "[Клиент17]",
            "[Кли\u{200b}ент-17]",
            "[Кли\u{ad}енту-17]",
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
            "Client-17",
            "клиент №17",
            "клиент 17 записан",
            "Клиент: 17",
            "(клиент 17)",
            "«клиент 17»",
            "[17]",
            "[клиент]",
            "[клиентура-17]",
            "<b>17</b>",
            "карта-17",
        ] {
            assert_eq!(numbers(text), [], "{text}");
        }
    }

    #[test]
    fn other_words_are_recognised_bent_too() {
        for (text, kind) in [
            ("[Телефону-3]", Label::Phone),
            ("[phone-3]", Label::Phone),
            ("[Почты-3]", Label::Email),
            ("[Почт-3]", Label::Email),
            ("[Даты рождения-3]", Label::Birthdate),
            ("[дата_рождения-3]", Label::Birthdate),
            ("[датой Рождения - 3]", Label::Birthdate),
            ("[СЧЕТА-3]", Label::Account),
            ("[Госномера-3]", Label::Plate),
            ("[Adres-3]", Label::Address),
        ] {
            let found = scan(text);
            assert_eq!(found.len(), 1, "{text}");
            assert_eq!(
                (found[0].kind, &found[0].range),
                (TokenKind::Data(kind), &(0..text.len())),
                "{text}"
            );
        }
    }

    #[test]
    fn plain_words_are_decided_at_once_and_beginnings_of_tokens_wait() {
        for text in [
            "п",
            "кли",
            "[",
            "[Клие",
            "\\",
            "&l",
            "{",
            "Клиент-1",
            "[ **Кл",
            "[Клиент-17]",
        ] {
            assert!(is_undecided(text, 0, None), "{text}");
        }
        for text in ["привет", "мир ", "[1", "клиника", "ж", "(", "<b>"] {
            assert!(!is_undecided(text, 0, None), "{text}");
        }
    }

    #[test]
    fn a_glued_ending_says_the_case() {
        let found = scan("скажите [Клиент-17]у");
        assert_eq!(found[0].hint.first(), Some(&Case::Dative));
        assert_eq!(found[0].glued_end, "скажите [Клиент-17]у".len());
    }
}
