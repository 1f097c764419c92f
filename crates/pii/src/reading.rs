//! A text read again as it was meant: typed with the wrong keyboard layout, or Russian in Latin letters.
//!
//! The recognizers of identifiers know Russian words. A text that is Latin throughout is turned into Cyrillic, read, and
//! what is found goes back to the places it came from; so are the names in Latin letters inside a Russian text.

use std::ops::Range;

use crate::label::Label;
use crate::lexicon::{NameEntry, WordEntry};
use crate::name::script;
use crate::recognizer;
use crate::shadow::{Shadow, lookalike};
use crate::translit::{self, Meant};
use crate::view::{Claims, View};
use crate::words::{Kind, Words};

/// So many Latin words at least make a text worth reading again.
const LATIN_WORDS_MIN: usize = 2;

/// A text in other letters, with the way back.
pub(crate) struct Reading {
    pub(crate) text: String,
    /// For every byte of `text`: byte of the shadow it stands for, plus the end.
    origin: Vec<usize>,
    /// Bytes of the shadow that are read otherwise; empty where that may be any.
    replaced: Vec<Range<usize>>,
    /// Words in other letters are all there is to it: the rest has been read already.
    partial: bool,
    /// Names are to be looked for in it.
    pub(crate) holds_names: bool,
}

impl Reading {
    pub(crate) fn new(capacity: usize) -> Self {
        Self {
            text: String::with_capacity(capacity),
            origin: Vec::with_capacity(capacity + 1),
            replaced: Vec::new(),
            partial: false,
            holds_names: true,
        }
    }

    /// Adds `meant`, which stands for the shadow from byte `at` on.
    pub(crate) fn push(&mut self, meant: &str, at: usize) {
        self.text.push_str(meant);
        self.origin.resize(self.text.len(), at);
    }

    /// Closes the reading at the end of the shadow.
    pub(crate) fn close(mut self, end: usize) -> Self {
        self.origin.push(end);
        self
    }

    /// Whether the reading says anything new of these bytes of the shadow.
    pub(crate) fn is_news(&self, range: &Range<usize>) -> bool {
        !self.partial
            || self
                .replaced
                .iter()
                .any(|other| other.start < range.end && range.start < other.end)
    }

    /// Bytes of the shadow under a range of the reading.
    pub(crate) fn range(&self, range: &Range<usize>) -> Range<usize> {
        self.origin[range.start]..self.origin[range.end]
    }
}

/// The text as it was meant, if it was meant otherwise than it is written.
pub(crate) fn reread(view: &View<'_>) -> Option<Reading> {
    if !view.words.all.iter().any(|word| word.kind == Kind::Latin) {
        return None;
    }
    swapped_layout(view)
        .or_else(|| transliterated(view))
        .or_else(|| with_latin_names(view))
}

/// Claims what the recognizers find in a reading.
pub(crate) fn claim_reading(reading: &Reading, claims: &mut Claims) {
    let shadow = Shadow::new(&reading.text);
    let view = View::new(Words::new(&shadow));
    let mut found = Claims::default();
    recognizer::claim_all(&view, &mut found);
    for claim in found.into_vec() {
        // Addresses of mail and accounts are Latin by themselves.
        if matches!(claim.label, Label::Email | Label::Handle) {
            continue;
        }
        let range = reading.range(&shadow.original(&claim.range));
        if !reading.is_news(&range) {
            continue;
        }
        claims.add(claim.label, range, claim.confidence, claim.evidence);
    }
}

/// A run of Latin letters with the apostrophes and digits that stand for letters in it: words `first..=last`.
struct Token {
    first: usize,
    last: usize,
}

/// The Latin runs of a text. Parts of codes, nicks, passwords and series are left out.
fn tokens(view: &View<'_>) -> Vec<Token> {
    let words = &view.words;
    let mut tokens = Vec::new();
    let mut index = 0;
    while index < words.len() {
        let first = index;
        index += 1;
        let leads = words.all[first].kind == Kind::Digits
            && matches!(words.text(first), "4" | "6")
            && joins(view, first + 1)
            && words.text(first + 1).len() > 1;
        if words.all[first].kind != Kind::Latin && !leads {
            continue;
        }
        let mut last = first;
        while joins(view, last + 1) {
            last += 1;
        }
        index = last + 1;
        if !keeps_latin(view, words.all[first].start, words.all[last].end) {
            tokens.push(Token { first, last });
        }
    }
    tokens
}

/// Whether word `index` goes on with the run before it: «Ol'ga», «Kat9», «ba6ka».
fn joins(view: &View<'_>, index: usize) -> bool {
    let words = &view.words;
    let (Some(word), true) = (words.all.get(index), index > 0) else {
        return false;
    };
    let sign = |index: usize| {
        words.all[index].kind == Kind::Digits && matches!(words.text(index), "4" | "6" | "9" | "0" | "3" | "1")
    };
    match (words.gap(index), word.kind) {
        ("", Kind::Latin) => sign(index - 1) || words.all[index - 1].kind == Kind::Latin,
        ("", Kind::Digits) => sign(index) && words.all[index - 1].kind == Kind::Latin,
        ("'", Kind::Latin) => words.all[index - 1].kind == Kind::Latin,
        _ => false,
    }
}

/// A whole text of Russian in Latin letters, in Cyrillic.
fn transliterated(view: &View<'_>) -> Option<Reading> {
    let words = &view.words;
    let foreign = words
        .all
        .iter()
        .any(|word| word.kind == Kind::Cyrillic && word.end - word.start > 2);
    let latin = words
        .all
        .iter()
        .filter(|word| word.kind == Kind::Latin && word.end - word.start > 1)
        .count();
    if foreign || latin < LATIN_WORDS_MIN {
        return None;
    }
    let (mut russian, mut unknown) = (0, 0);
    let replaced: Vec<(Token, String)> = tokens(view)
        .into_iter()
        .filter_map(|token| {
            let text = view
                .words
                .slice(words.all[token.first].start..words.all[token.last].end);
            let meant = translit::meant(text)?;
            match &meant {
                Meant::Word(_) if text.len() >= WORD_BYTES_MIN => russian += 1,
                Meant::Unknown(_) if text.len() >= WORD_BYTES_MIN => unknown += 1,
                _ => {}
            }
            Some((token, meant.text().to_owned()))
        })
        .collect();
    let is_russian = russian > 0 && russian >= unknown;
    if !is_russian && view.pieces.is_empty() {
        return None;
    }
    let mut reading = rewritten(view, &replaced);
    // A text of another language may still hold a number after a word both know; names in it are read elsewhere.
    reading.holds_names = is_russian;
    Some(reading)
}

/// Shorter words are alike in many languages.
const WORD_BYTES_MIN: usize = 3;

/// A Russian text with the names in Latin letters inside it turned into Cyrillic, if there are any.
fn with_latin_names(view: &View<'_>) -> Option<Reading> {
    let words = &view.words;
    if !words
        .all
        .iter()
        .any(|word| word.kind == Kind::Cyrillic && word.end - word.start > 2)
    {
        return None;
    }
    let found: Vec<(Token, Option<String>)> = tokens(view)
        .into_iter()
        .map(|token| {
            let text = words.slice(words.all[token.first].start..words.all[token.last].end);
            let name = latin_name(text);
            (token, name)
        })
        .collect();
    // Beside a foreign word a name is a part of a brand: «Pro Max», «Tom Ford».
    let foreign = |index: usize| {
        words.all.get(index).is_some_and(|word| word.kind == Kind::Latin)
            && !found
                .iter()
                .any(|(token, name)| name.is_some() && token.first <= index && index <= token.last)
    };
    let replaced: Vec<(Token, String)> = found
        .iter()
        .filter(|(token, _)| {
            let before = token.first > 0
                && matches!(words.gap(token.first), " " | "-" | "&" | " & ")
                && foreign(token.first - 1);
            let after = matches!(words.gap(token.last + 1), " " | "-" | "&" | " & ") && foreign(token.last + 1);
            !before && !after && !script::touches_code(words, token.first, token.last)
        })
        .filter_map(|(token, name)| {
            let Token { first, last } = *token;
            Some((Token { first, last }, name.clone()?))
        })
        .collect();
    if replaced.is_empty() {
        return None;
    }
    let mut reading = rewritten(view, &replaced);
    reading.partial = true;
    Some(reading)
}

/// The Cyrillic form of a name in Latin letters, or in letters that look like Cyrillic ones.
fn latin_name(text: &str) -> Option<String> {
    if text.len() < NAME_BYTES_MIN || script::is_brand(text) {
        return None;
    }
    match translit::meant(text)? {
        Meant::Name(name) => Some(name),
        Meant::Word(_) => None,
        Meant::Unknown(_) => {
            let seen = lookalike::by_look(text)?;
            translit::is_usual_name(&seen).then_some(seen)
        }
    }
}

/// Names of fewer letters are words of other languages.
const NAME_BYTES_MIN: usize = 3;

/// The text with `replaced` runs put in Cyrillic.
fn rewritten(view: &View<'_>, replaced: &[(Token, String)]) -> Reading {
    let text = view.text();
    let mut reading = Reading::new(text.len() * 2);
    let mut at = 0;
    for (token, meant) in replaced {
        let (start, end) = (view.words.all[token.first].start, view.words.all[token.last].end);
        reading.push_same(view, at..start);
        let letters = meant.chars().count();
        for (number, letter) in meant.chars().enumerate() {
            // Latin letters are one byte each; the way back is exact at the borders of the run.
            let from = start + number * (end - start) / letters;
            reading.push_letter(letter.encode_utf8(&mut [0; 4]), from, view);
        }
        reading.replaced.push(start..end);
        at = end;
    }
    reading.push_same(view, at..text.len());
    reading.close(text.len())
}

impl Reading {
    fn push_same(&mut self, view: &View<'_>, range: Range<usize>) {
        for (offset, sign) in view.text()[range.clone()].char_indices() {
            self.push_letter(sign.encode_utf8(&mut [0; 4]), range.start + offset, view);
        }
    }

    /// Adds a letter with the capital it was typed with.
    fn push_letter(&mut self, meant: &str, at: usize, view: &View<'_>) {
        if view.words.shadow.is_upper(at) {
            self.push(&meant.to_uppercase(), at);
        } else {
            self.push(meant, at);
        }
    }
}

/// Parts of codes, passwords and series stay as they are: they touch digits or are short capitals.
fn keeps_latin(view: &View<'_>, start: usize, end: usize) -> bool {
    let code = |sign: Option<char>| sign.is_some_and(|sign| sign.is_ascii_digit() || matches!(sign, '_' | '@' | '#'));
    let upper = end - start <= 3 && (start..end).all(|at| view.words.shadow.is_upper(at));
    upper || code(view.before(start)) || code(view.after(end))
}

const LATIN_KEYS: &str = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`";
const RUSSIAN_KEYS: &str = "йцукенгшщзхъфывапролджэячсмитьбюё";
/// So many Latin words at least make a text worth trying on the other layout.
const SWAPPED_WORDS_MIN: usize = 3;

fn key(character: char) -> Option<char> {
    let place = LATIN_KEYS.chars().position(|latin| latin == character)?;
    RUSSIAN_KEYS.chars().nth(place)
}

/// The Russian word that the keys of a Latin one make on the other layout.
pub(crate) fn on_other_layout(word: &str) -> Option<String> {
    word.chars().map(key).collect()
}

/// The Latin word that the keys of a Russian one make on the other layout.
pub(crate) fn on_latin_layout(word: &str) -> Option<String> {
    word.chars()
        .map(|letter| {
            let place = RUSSIAN_KEYS.chars().position(|russian| russian == letter)?;
            LATIN_KEYS.chars().nth(place)
        })
        .collect()
}

/// The text as typed in the Russian layout, if most of its Latin words become Russian ones.
fn swapped_layout(view: &View<'_>) -> Option<Reading> {
    let words = &view.words;
    let count = |kind: Kind| words.all.iter().filter(|word| word.kind == kind).count();
    if count(Kind::Latin) < SWAPPED_WORDS_MIN || count(Kind::Cyrillic) > count(Kind::Latin) {
        return None;
    }
    let text = view.text();
    let mut reading = Reading::new(text.len() * 2);
    for (at, character) in text.char_indices() {
        let next_is_letter = text[at + character.len_utf8()..].starts_with(|next: char| next.is_ascii_alphabetic());
        let replaced = if character.is_ascii_alphabetic() || next_is_letter {
            key(character)
        } else {
            None
        }
        .unwrap_or(character);
        reading.push_letter(replaced.encode_utf8(&mut [0; 4]), at, view);
    }
    let folded = reading.text.to_lowercase();
    let mapped: Vec<&str> = folded
        .split(|character: char| !character.is_alphabetic())
        .filter(|word| word.chars().count() >= 3)
        .collect();
    let known = mapped
        .iter()
        .filter(|word| WordEntry::look_up(word).is_common() || NameEntry::look_up(word).is_some())
        .count();
    (known >= 2 && known * 2 > mapped.len()).then(|| reading.close(text.len()))
}
