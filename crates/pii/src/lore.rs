//! What is known of a word by itself, whatever stands around it: what the lexicons and the lists say, its hashes.
//!
//! Most of a chat are the same few thousand words, so what is known of those is kept for the life of the process. Only
//! words of the embedded lexicon and numbers of two digits are kept, so nothing of what
//! somebody wrote stays but that such a word was met.

use std::sync::{LazyLock, OnceLock};

use crate::cue::{self, Cue};
use crate::hash::hash;
use crate::health::Hints;
use crate::lexicon::{Sense, WordEntry};
use crate::name::{Forms, Parts, Spelling};
use crate::numbers;

/// Places for words that are kept; a power of two.
const PLACES: usize = 1 << 15;
/// So many places in a row are tried for a word.
const REACH: usize = 4;
/// Binary logarithm of how often a word has to be met in dialogues to be kept wherever there is room.
const KEPT_COUNT_MIN: u64 = 2;
/// The same with a capital, for names of people and places.
const KEPT_CAPITAL_COUNT_MIN: u64 = 5;
/// Longest number that is kept: an hour, a day, an age.
const KEPT_DIGITS_MAX: usize = 2;

/// What is known of a word.
pub(crate) struct Lore {
    /// What the lexicon of words says; nothing of a number.
    pub(crate) entry: WordEntry,
    pub(crate) sense: Sense,
    /// Letters or digits of the word.
    pub(crate) length: usize,
    pub(crate) cue: Option<Cue>,
    /// May be a number told in words, or begin one.
    pub(crate) is_numeral: bool,
    /// What it says of somebody's health.
    pub(crate) hints: Hints,
    /// What it is to a name beside it.
    pub(crate) parts: Parts,
    pub(crate) spelling: Spelling,
    forms: OnceLock<Forms>,
}

/// A word that is kept.
struct Kept {
    word: Box<str>,
    lore: Lore,
}

static KEPT: [OnceLock<Box<Kept>>; PLACES] = [const { OnceLock::new() }; PLACES];
static NOTHING: LazyLock<Lore> = LazyLock::new(|| Lore::of("", true));

/// The lore of a word, kept or worked out for the moment.
pub(crate) enum Known {
    Kept(&'static Lore),
    New(Box<Lore>),
}

impl std::ops::Deref for Known {
    type Target = Lore;

    fn deref(&self) -> &Lore {
        match self {
            Known::Kept(lore) => lore,
            Known::New(lore) => lore,
        }
    }
}

/// Whether the word of letters is kept already: then a lexicon has it, and nothing needs to be looked up to say so.
pub(crate) fn is_kept(word: &str) -> bool {
    let first = hash(word) as usize;
    (0..REACH)
        .map_while(|step| KEPT[(first + step) % PLACES].get())
        .any(|kept| *kept.word == *word)
}

impl Known {
    /// What is known of a folded word, or of a run of digits.
    pub(crate) fn of(word: &str, is_number: bool) -> Self {
        let first = hash(word) as usize;
        let mut free = None;
        for step in 0..REACH {
            let place = &KEPT[(first + step) % PLACES];
            match place.get() {
                Some(kept) if *kept.word == *word => return Known::Kept(&kept.lore),
                Some(_) => {}
                None => {
                    free = Some((place, step));
                    break;
                }
            }
        }
        let lore = Lore::of(word, is_number);
        if let Some((place, step)) = free
            && lore.is_worth_keeping(word, is_number, step)
        {
            let kept = Box::new(Kept {
                word: word.into(),
                lore,
            });
            // Another thread may have taken the place for another word.
            return match place.set(kept) {
                Ok(()) => Known::of(word, is_number),
                Err(kept) => Known::New(Box::new(kept.lore)),
            };
        }
        Known::New(Box::new(lore))
    }
}

impl Lore {
    fn of(word: &str, is_number: bool) -> Self {
        let spelling = Spelling::of(word);
        let length = word.chars().count();
        if is_number {
            // No list and no lexicon has any.
            return Self {
                entry: WordEntry::NONE,
                sense: Sense::NONE,
                length,
                cue: None,
                is_numeral: false,
                hints: Hints::NONE,
                parts: Parts::NONE,
                spelling,
                forms: OnceLock::new(),
            };
        }
        Self {
            entry: WordEntry::look_up(word),
            sense: Sense::look_up(word),
            length,
            cue: cue::of_word(word),
            is_numeral: numbers::is_numeral(word),
            hints: Hints::of(word),
            parts: Parts::of(word),
            spelling,
            forms: OnceLock::new(),
        }
    }

    /// What is known of no word at all.
    pub(crate) fn nothing() -> &'static Self {
        &NOTHING
    }

    /// Forms of names the word may be; `word` is the word of this lore.
    pub(crate) fn forms(&self, word: &str) -> &Forms {
        self.forms.get_or_init(|| Forms::of(word, self.entry))
    }

    /// Whether the word is kept, `step` places behind its own: rarer words of the lexicon take no place but their own.
    fn is_worth_keeping(&self, word: &str, is_number: bool, step: usize) -> bool {
        if is_number {
            word.len() <= KEPT_DIGITS_MAX
        } else {
            self.entry != WordEntry::NONE && step == 0
                || self.entry.is_common() && self.entry.lower_count() >= KEPT_COUNT_MIN
                || self.entry.capital_count() >= KEPT_CAPITAL_COUNT_MIN
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_list_and_no_lexicon_has_a_number() {
        for number in 0..10_000 {
            let (number, as_word) = (number.to_string(), Lore::of(&number.to_string(), false));
            let known = Known::of(&number, true);
            assert_eq!((known.parts, known.hints), (as_word.parts, as_word.hints), "{number}");
            assert_eq!(
                (known.cue, known.is_numeral),
                (as_word.cue, as_word.is_numeral),
                "{number}"
            );
            assert_eq!(known.spelling, as_word.spelling, "{number}");
        }
    }

    #[test]
    fn a_kept_word_is_one_of_the_lexicon() {
        for word in ["завтра", "ольга", "челябинске", "абырвалгов"] {
            let _ = Known::of(word, false);
            assert!(
                !is_kept(word) || WordEntry::look_up(word) != WordEntry::default(),
                "{word}"
            );
        }
        assert!(is_kept("завтра") && !is_kept("абырвалгов"));
    }

    #[test]
    fn everyday_words_are_kept_and_others_are_not() {
        for (word, is_number, is_kept) in [
            ("завтра", false, true),
            ("12", true, true),
            ("900", true, false),
            ("анна", false, true),
            ("гульнары", false, false),
            ("тестовский", false, false),
        ] {
            assert_eq!(matches!(Known::of(word, is_number), Known::Kept(_)), is_kept, "{word}");
            assert_eq!(Known::of(word, is_number).spelling, Spelling::of(word), "{word}");
        }
    }
}
