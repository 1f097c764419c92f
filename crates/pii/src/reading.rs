//! A text read again as it was meant: typed with the wrong keyboard layout, or Russian in Latin letters.
//!
//! The recognizers of identifiers know Russian words. A text that is Latin throughout is turned into Cyrillic, read, and
//! what is found goes back to the places it came from. Names in Latin letters are read in `name/script.rs`.

use std::ops::Range;

use crate::label::Label;
use crate::lexicon::{NameEntry, WordEntry};
use crate::recognizer;
use crate::shadow::Shadow;
use crate::view::{Claims, View};
use crate::words::{Kind, Words};

/// So many Latin words at least make a text worth reading again.
const LATIN_WORDS_MIN: usize = 2;

/// A text in other letters, with the way back.
pub(crate) struct Reading {
    pub(crate) text: String,
    /// For every byte of `text`: byte of the shadow it stands for, plus the end.
    origin: Vec<usize>,
}

impl Reading {
    pub(crate) fn new(capacity: usize) -> Self {
        Self {
            text: String::with_capacity(capacity),
            origin: Vec::with_capacity(capacity + 1),
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

    /// Bytes of the shadow under a range of the reading.
    pub(crate) fn range(&self, range: &Range<usize>) -> Range<usize> {
        self.origin[range.start]..self.origin[range.end]
    }
}

/// Claims what the recognizers find in a transliterated text.
pub(crate) fn claim_transliterated(view: &View<'_>, claims: &mut Claims) {
    let mut latin = 0;
    for word in &view.words.all {
        match word.kind {
            Kind::Cyrillic if word.end - word.start > 2 => return,
            Kind::Latin if word.end - word.start > 1 => latin += 1,
            _ => {}
        }
    }
    if latin < LATIN_WORDS_MIN || view.pieces.is_empty() {
        return;
    }
    claim_reading(&transliterated(view), claims);
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
        claims.add(claim.label, range, claim.confidence, claim.evidence);
    }
}

/// Letter groups of Russian in Latin letters, longest first.
const GROUPS: &[(&str, &str)] = &[
    ("shch", "щ"),
    ("sch", "щ"),
    ("zh", "ж"),
    ("kh", "х"),
    ("ts", "ц"),
    ("ch", "ч"),
    ("sh", "ш"),
    ("ya", "я"),
    ("yu", "ю"),
    ("yo", "е"),
    ("ye", "е"),
    ("ia", "ия"),
    ("ja", "я"),
    ("ju", "ю"),
    ("ay", "ай"),
    ("ey", "ей"),
    ("oy", "ой"),
    ("iy", "ий"),
    ("yy", "ый"),
];
const LETTERS: &[(char, &str)] = &[
    ('a', "а"),
    ('b', "б"),
    ('c', "ц"),
    ('d', "д"),
    ('e', "е"),
    ('f', "ф"),
    ('g', "г"),
    ('h', "х"),
    ('i', "и"),
    ('j', "й"),
    ('k', "к"),
    ('l', "л"),
    ('m', "м"),
    ('n', "н"),
    ('o', "о"),
    ('p', "п"),
    ('q', "к"),
    ('r', "р"),
    ('s', "с"),
    ('t', "т"),
    ('u', "у"),
    ('v', "в"),
    ('w', "в"),
    ('x', "кс"),
    ('y', "ы"),
    ('z', "з"),
    ('\'', "ь"),
];

fn transliterated(view: &View<'_>) -> Reading {
    let text = view.text();
    let mut reading = Reading::new(text.len() * 2);
    let mut at = 0;
    for word in &view.words.all {
        reading.push_same(&text[at..word.start], at);
        at = word.end;
        if word.kind != Kind::Latin || keeps_latin(view, word.start, word.end) {
            for (offset, sign) in text[word.start..word.end].char_indices() {
                reading.push_letter(sign.encode_utf8(&mut [0; 4]), word.start + offset, view);
            }
            continue;
        }
        let mut from = word.start;
        while from < word.end {
            let rest = &text[from..word.end];
            let (length, meant) = GROUPS
                .iter()
                .find(|(group, _)| rest.starts_with(group))
                .map(|(group, meant)| (group.len(), *meant))
                .or_else(|| {
                    let sign = rest.chars().next()?;
                    LETTERS
                        .iter()
                        .find(|(latin, _)| *latin == sign)
                        .map(|(_, meant)| (1, *meant))
                })
                .unwrap_or((rest.chars().next().map_or(1, char::len_utf8), ""));
            reading.push_letter(meant, from, view);
            from += length;
        }
    }
    reading.push_same(&text[at..], at);
    reading.close(text.len())
}

impl Reading {
    fn push_same(&mut self, text: &str, at: usize) {
        for (offset, sign) in text.char_indices() {
            self.push(sign.encode_utf8(&mut [0; 4]), at + offset);
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

/// The text as typed in the Russian layout, if most of its Latin words become Russian ones.
pub(crate) fn swapped_layout(view: &View<'_>) -> Option<Reading> {
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
