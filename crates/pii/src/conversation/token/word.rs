//! The word of a token: in its own letters or in Latin ones, in any case and number.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use super::ending::{ENDING_MAX, Hint, NO_HINT, case_of_feminine_word, case_of_word};
use super::{TokenKind, is_dash, kinds, skip_noise};
use crate::label::Label;

/// Longest token word with its ending, in letters.
const WORD_CHARS_MAX: usize = 24;
/// Letters a stem keeps at least, so that an ending does not swallow the word.
const STEM_CHARS_MIN: usize = 3;
/// Letters endings are made of.
const ENDING_LETTERS: &str = "авеиймоуыхюя";

/// Other words a model writes for ours; the first of a pair is folded.
const OTHER_WORDS: &[(&str, Label)] = &[
    ("klient", Label::Person),
    ("client", Label::Person),
    ("klientka", Label::Person),
    ("telefon", Label::Phone),
    ("phone", Label::Phone),
    ("pochta", Label::Email),
    ("email", Label::Email),
    ("mail", Label::Email),
    ("nik", Label::Handle),
    ("adres", Label::Address),
    ("address", Label::Address),
    ("datarozhdeniya", Label::Birthdate),
    ("datarojdeniya", Label::Birthdate),
    ("pasport", Label::Passport),
    ("passport", Label::Passport),
    ("snils", Label::Snils),
    ("inn", Label::Inn),
    ("oms", Label::Oms),
    ("karta", Label::Card),
    ("card", Label::Card),
    ("schet", Label::Account),
    ("schyot", Label::Account),
    ("account", Label::Account),
    ("prava", Label::DriverLicense),
    ("gosnomer", Label::Plate),
    ("plate", Label::Plate),
    ("svidetelstvo", Label::BirthCert),
    ("medkarta", Label::Medcard),
    ("sekret", Label::Secret),
    ("secret", Label::Secret),
];
const FEMININE_CLIENT: &str = "клиентк";
/// The stem of the first word of «дата рождения».
const BIRTHDATE: &str = "дат";

/// A token word found in a text.
pub(super) struct Word {
    pub(super) kind: TokenKind,
    pub(super) end: usize,
    pub(super) hint: Hint,
    /// Written in our letters or their look-alikes, not translated.
    pub(super) own_letters: bool,
}

/// What the beginning of a text is to a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Began {
    /// It may yet become a token word.
    Maybe,
    /// A token word stands there.
    Word,
    /// It never will.
    Otherwise,
}

/// Whether the end of what has come so far may become a token word.
pub(super) fn may_go_on(text: &str) -> Began {
    if text.is_empty() {
        return Began::Maybe;
    }
    if read_word(text, 0).is_some() {
        return Began::Word;
    }
    let letters: String = text
        .chars()
        .take_while(|letter| letter.is_alphabetic() || is_invisible(*letter))
        .collect();
    if letters.is_empty() {
        return Began::Otherwise;
    }
    let own = folded(&letters);
    let lower = visible(&letters).to_lowercase();
    // «Дата ро», «дата_рожден» go on behind the space.
    if letters.len() < text.len() && !is_first_of_birthdate(&own) {
        return Began::Otherwise;
    }
    let fits = WORDS.iter().any(|(_, word)| word.starts_with(&own))
        || OTHER_WORDS.iter().any(|(word, _)| word.starts_with(&lower))
        || is_first_of_birthdate(&own);
    if fits { Began::Maybe } else { Began::Otherwise }
}

/// The words of all kinds, folded.
static WORDS: LazyLock<Vec<(TokenKind, String)>> =
    LazyLock::new(|| kinds().map(|kind| (kind, folded(kind.word()))).collect());
/// The first two letters of everything that is a token word: few words of a text begin so.
static BEGINNINGS: LazyLock<BTreeSet<[char; 2]>> = LazyLock::new(|| {
    let own = WORDS.iter().map(|(_, word)| word.as_str());
    let others = OTHER_WORDS.iter().map(|(word, _)| *word);
    own.chain(others)
        .chain([FEMININE_CLIENT, BIRTHDATE])
        .filter_map(|word| first_two(word, |letter| letter))
        .collect()
});

fn first_two(word: &str, fold: impl Fn(char) -> char) -> Option<[char; 2]> {
    let mut letters = word.chars().filter(|letter| !is_invisible(*letter)).map(fold);
    Some([letters.next()?, letters.next()?])
}

fn begins_like_a_token(text: &str) -> bool {
    let in_use = |fold: fn(char) -> char| first_two(text, fold).is_none_or(|two| BEGINNINGS.contains(&two));
    in_use(plain) || in_use(lower)
}

/// The token word at byte `at`.
pub(super) fn read_word(text: &str, at: usize) -> Option<Word> {
    if !begins_like_a_token(&text[at..]) {
        return None;
    }
    let end = letters_end(text, at)?;
    let own = folded(&text[at..end]);
    for (kind, word) in WORDS.iter() {
        let kind = *kind;
        if let Some(ending) = ending_after(word, &own) {
            let hint = if kind == TokenKind::Data(Label::Person) {
                case_of_word(&ending)
            } else {
                NO_HINT
            };
            return Some(Word {
                kind,
                end,
                hint,
                own_letters: true,
            });
        }
    }
    if let Some(ending) = own.strip_prefix(FEMININE_CLIENT).filter(|ending| is_ending(ending)) {
        return Some(Word {
            kind: TokenKind::Data(Label::Person),
            end,
            hint: case_of_feminine_word(ending),
            own_letters: true,
        });
    }
    if let Some(end) = birthdate_end(text, &own, end) {
        return Some(Word {
            kind: TokenKind::Data(Label::Birthdate),
            end,
            hint: NO_HINT,
            own_letters: true,
        });
    }
    let lower = visible(&text[at..end]).to_lowercase();
    OTHER_WORDS
        .iter()
        .find(|(word, _)| *word == lower)
        .map(|(_, label)| Word {
            kind: TokenKind::Data(*label),
            end,
            hint: NO_HINT,
            own_letters: false,
        })
}

/// Where the letters from `at` on end; `None` if there are none or more than any token word has.
fn letters_end(text: &str, at: usize) -> Option<usize> {
    let mut end = at;
    for (index, letter) in text[at..].chars().enumerate() {
        let inside = is_invisible(letter) && index > 0;
        if !letter.is_alphabetic() && !inside {
            break;
        }
        if index == WORD_CHARS_MAX {
            return None;
        }
        end += letter.len_utf8();
    }
    (end > at).then_some(end)
}

/// The ending by which `letters` differ from a word, empty if they are the word.
fn ending_after(word: &str, letters: &str) -> Option<String> {
    if word == letters {
        return Some(String::new());
    }
    let vowel = word.ends_with(['а', 'я', 'о', 'е']);
    let stem = if vowel {
        &word[..word.len() - 'а'.len_utf8()]
    } else {
        word
    };
    let tail = letters.strip_prefix(stem)?;
    let inflected = stem.chars().count() >= STEM_CHARS_MIN && is_ending(tail) && (vowel || !tail.is_empty());
    inflected.then(|| tail.to_owned())
}

fn is_ending(tail: &str) -> bool {
    tail.chars().count() <= ENDING_MAX && tail.chars().all(|letter| ENDING_LETTERS.contains(letter))
}

/// «датой рождения», written with a space, an underscore or together.
fn birthdate_end(text: &str, own: &str, end: usize) -> Option<usize> {
    if let Some(together) = own.strip_prefix(BIRTHDATE) {
        let ending = together
            .strip_suffix("рождения")
            .or_else(|| together.strip_suffix("рожденья"));
        if ending.is_some_and(|ending| !ending.is_empty() && is_ending(ending)) {
            return Some(end);
        }
    }
    if !is_first_of_birthdate(own) {
        return None;
    }
    let mut at = skip_noise(text, end)?;
    if let Some(dash) = text[at..].chars().next().filter(|sign| is_dash(*sign)) {
        at = skip_noise(text, at + dash.len_utf8())?;
    }
    let second = letters_end(text, at)?;
    let word = folded(&text[at..second]);
    matches!(word.as_str(), "рождения" | "рожденья").then_some(second)
}

fn is_first_of_birthdate(own: &str) -> bool {
    own.strip_prefix(BIRTHDATE)
        .is_some_and(|ending| !ending.is_empty() && is_ending(ending))
}

fn folded(word: &str) -> String {
    visible(word).chars().map(plain).collect()
}

/// Signs that are not seen and may stand inside a word: soft hyphen, zero-width space and joiners.
fn is_invisible(sign: char) -> bool {
    matches!(sign, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
}

fn visible(word: &str) -> String {
    word.chars().filter(|sign| !is_invisible(*sign)).collect()
}

fn lower(letter: char) -> char {
    letter.to_lowercase().next().unwrap_or(letter)
}

/// One letter as it is compared: lower case, «е» for «ё», Cyrillic for its look-alike.
fn plain(letter: char) -> char {
    match lower(letter) {
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
