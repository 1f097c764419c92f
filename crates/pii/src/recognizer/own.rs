//! Recognizers of a company's own: numbers of contracts, season tickets, staff, told by a pattern, the words beside
//! and check digits. They are data, not code, and stand in a configuration file.

use std::sync::Arc;

use regex::{Regex, RegexBuilder};
use serde::{Deserialize, Serialize};

use crate::checksum;
use crate::finding::Evidence;
use crate::label::Label;
use crate::view::{Claims, View};

/// Most recognizers of one detector: each reads every text.
pub const RECOGNIZERS_MAX: usize = 64;
/// Longest pattern, in characters.
const PATTERN_CHARS_MAX: usize = 500;
/// Most words in one list of a recognizer.
const WORDS_MAX: usize = 100;
/// Memory one compiled pattern may take, in bytes.
const COMPILED_BYTES_MAX: usize = 1 << 20;
/// How far before a match a word of context may stand, in words.
const REACH_BEFORE: usize = 5;
/// How far behind it.
const REACH_AFTER: usize = 3;

/// How to recognize an identifier that no built-in recognizer knows.
///
/// A match counts if its check digits are right, or a word of context stands beside, or neither was asked for; a word of
/// `unless` beside it always speaks against. Own recognizers go before the built-in ones.
///
/// The pattern is a regular expression in the syntax of the crate `regex`, at most 500 characters. It is matched
/// regardless of case against the text without disguises: look-alike letters of a mixed word are in one alphabet, «ё» is
/// «е», invisible signs are gone. A match touches no other letter or digit. If the pattern has a group, the first one is
/// the value, else the whole match is.
///
/// ```
/// use shirma_pii::{Detector, Label, Recognizer};
/// let contract = Recognizer::new(Label::Other, r"\d{2}-\d{4}").announced_by(&["договор", "контракт"]);
/// let detector = Detector::new().with_recognizers(&[contract])?;
/// let labels = |text| detector.detect(text).findings.iter().map(|finding| finding.label).collect::<Vec<_>>();
/// assert_eq!(labels("по договору 17-4410 всё оплачено"), [Label::Other]);
/// assert_eq!(labels("размер 17-4410 есть?"), []);
/// # Ok::<(), shirma_pii::RecognizerError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recognizer {
    /// What its matches are; `OTHER` unless one of the built-in kinds fits.
    #[serde(default = "other")]
    pub label: Label,
    /// The shape of the value.
    pub pattern: String,
    /// Beginnings of words of which one stands up to five words before the value, on the same line.
    #[serde(default)]
    pub before: Vec<String>,
    /// The same for up to three words behind the value.
    #[serde(default)]
    pub after: Vec<String>,
    /// Beginnings of words beside which a match is something else.
    #[serde(default)]
    pub unless: Vec<String>,
    /// Check digits of the value.
    #[serde(default)]
    pub checksum: Option<Checksum>,
}

/// Check digits an own recognizer can ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Checksum {
    /// ISO/IEC 7812-1: bank cards, IMEI, many loyalty cards.
    Luhn,
    /// The last digit of a GTIN (GS1): EAN-13 and its kin, also on loyalty cards.
    Gtin,
    /// ИНН of a person, 12 digits.
    Inn,
    /// СНИЛС.
    Snils,
}

/// Why a recognizer cannot be used. Places count from 1, in the order given.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RecognizerError {
    /// More than [`RECOGNIZERS_MAX`].
    #[error("more than {RECOGNIZERS_MAX} recognizers")]
    TooMany,
    /// Not a regular expression, one that matches nothing at all, or one too large.
    #[error("recognizer {place}: the pattern is no usable regular expression")]
    Pattern {
        /// Which recognizer.
        place: usize,
    },
    /// A list of words is too long or holds something that is no word.
    #[error("recognizer {place}: each word of context is one word, at most {WORDS_MAX} in a list")]
    Words {
        /// Which recognizer.
        place: usize,
    },
    /// People are found by names, not by patterns.
    #[error("recognizer {place}: people are given as known names, not as patterns")]
    People {
        /// Which recognizer.
        place: usize,
    },
}

impl RecognizerError {
    /// Which recognizer it is, from 1; `None` if the fault is that of the whole list.
    pub fn place(&self) -> Option<usize> {
        match self {
            RecognizerError::TooMany => None,
            RecognizerError::Pattern { place }
            | RecognizerError::Words { place }
            | RecognizerError::People { place } => Some(*place),
        }
    }
}

fn other() -> Label {
    Label::Other
}

impl Recognizer {
    /// A recognizer by shape alone.
    pub fn new(label: Label, pattern: &str) -> Self {
        Self {
            label,
            pattern: pattern.to_owned(),
            before: Vec::new(),
            after: Vec::new(),
            unless: Vec::new(),
            checksum: None,
        }
    }

    /// The same with beginnings of words that stand before the value.
    #[must_use]
    pub fn announced_by(mut self, words: &[&str]) -> Self {
        self.before.extend(words.iter().map(|word| (*word).to_owned()));
        self
    }

    /// The same with check digits.
    #[must_use]
    pub fn checked_by(mut self, checksum: Checksum) -> Self {
        self.checksum = Some(checksum);
        self
    }

    fn prepare(&self, place: usize) -> Result<Prepared, RecognizerError> {
        if self.label == Label::Person {
            return Err(RecognizerError::People { place });
        }
        let wrong = RecognizerError::Pattern { place };
        if self.pattern.trim().is_empty() || self.pattern.chars().count() > PATTERN_CHARS_MAX {
            return Err(wrong);
        }
        let shape = RegexBuilder::new(&self.pattern.replace('ё', "е").replace('Ё', "Е"))
            .case_insensitive(true)
            .size_limit(COMPILED_BYTES_MAX)
            .dfa_size_limit(COMPILED_BYTES_MAX)
            .build()
            .map_err(|_| wrong.clone())?;
        // A pattern that is content with nothing would match between any two letters.
        if shape.is_match("") {
            return Err(wrong);
        }
        let words = |list: &[String]| folded_words(list).ok_or(RecognizerError::Words { place });
        Ok(Prepared {
            label: self.label,
            shape,
            before: words(&self.before)?,
            after: words(&self.after)?,
            unless: words(&self.unless)?,
            checksum: self.checksum,
        })
    }
}

fn folded_words(list: &[String]) -> Option<Vec<String>> {
    let is_word = |word: &String| !word.is_empty() && word.chars().all(char::is_alphanumeric);
    let folded: Vec<String> = list
        .iter()
        .map(|word| word.trim().to_lowercase().replace('ё', "е"))
        .collect();
    (folded.len() <= WORDS_MAX && folded.iter().all(is_word)).then_some(folded)
}

impl Checksum {
    fn is_right(self, digits: &str) -> bool {
        match self {
            Checksum::Luhn => checksum::luhn(digits),
            Checksum::Gtin => checksum::gtin(digits),
            Checksum::Inn => checksum::inn_of_person(digits),
            Checksum::Snils => checksum::snils(digits),
        }
    }
}

/// A recognizer ready to read.
#[derive(Debug)]
struct Prepared {
    label: Label,
    shape: Regex,
    before: Vec<String>,
    after: Vec<String>,
    unless: Vec<String>,
    checksum: Option<Checksum>,
}

/// All own recognizers of a detector. Cheap to clone.
#[derive(Debug, Clone, Default)]
pub(crate) struct OwnRecognizers {
    prepared: Arc<[Prepared]>,
}

impl OwnRecognizers {
    pub(crate) fn new(recognizers: &[Recognizer]) -> Result<Self, RecognizerError> {
        if recognizers.len() > RECOGNIZERS_MAX {
            return Err(RecognizerError::TooMany);
        }
        let prepared = recognizers.iter().zip(1..).map(|(one, place)| one.prepare(place));
        Ok(Self {
            prepared: prepared.collect::<Result<_, _>>()?,
        })
    }

    pub(crate) fn claim(&self, view: &View<'_>, claims: &mut Claims) {
        for recognizer in self.prepared.iter() {
            recognizer.claim(view, claims);
        }
    }
}

impl Prepared {
    fn claim(&self, view: &View<'_>, claims: &mut Claims) {
        for found in self.shape.captures_iter(view.text()) {
            let Some(value) = found.get(1).or_else(|| found.get(0)) else {
                continue;
            };
            let range = value.range();
            if range.is_empty() || !view.stands_alone(&range) {
                continue;
            }
            let first = view.words.index_at(range.start);
            let behind = view.words.index_at(range.end);
            let beside = |before: &[String], after: &[String]| {
                stands_before(view, first, before) || stands_after(view, behind, after)
            };
            if beside(&self.unless, &self.unless) {
                continue;
            }
            let digits = || value.as_str().chars().filter(char::is_ascii_digit).collect::<String>();
            let is_checked = self.checksum.is_some_and(|checksum| checksum.is_right(&digits()));
            let asks_words = !self.before.is_empty() || !self.after.is_empty();
            let (evidence, confidence) = if is_checked {
                (Evidence::Checksum, 0.95)
            } else if asks_words && beside(&self.before, &self.after) {
                (Evidence::Cue, 0.9)
            } else if !asks_words && self.checksum.is_none() {
                (Evidence::Pattern, 0.8)
            } else {
                continue;
            };
            claims.add(self.label, range, confidence, evidence);
        }
    }
}

/// Whether one of the words begins a word up to [`REACH_BEFORE`] before word `index` on its line.
fn stands_before(view: &View<'_>, index: usize, words: &[String]) -> bool {
    (1..=REACH_BEFORE.min(index))
        .take_while(|distance| !view.words.gap(index - distance + 1).contains('\n'))
        .any(|distance| begins_one(view.words.text(index - distance), words))
}

fn stands_after(view: &View<'_>, index: usize, words: &[String]) -> bool {
    (index..view.words.len().min(index + REACH_AFTER))
        .take_while(|at| !view.words.gap(*at).contains('\n'))
        .any(|at| begins_one(view.words.text(at), words))
}

fn begins_one(word: &str, beginnings: &[String]) -> bool {
    beginnings.iter().any(|beginning| word.starts_with(beginning.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Detector;

    fn found(recognizer: Recognizer, text: &str) -> Vec<(Label, String, Evidence)> {
        let detector = Detector::new().with_recognizers(&[recognizer]).expect("usable");
        let found = detector.detect(text).findings;
        found
            .into_iter()
            .map(|one| (one.label, text[one.range].to_owned(), one.evidence))
            .collect()
    }

    #[test]
    fn a_word_beside_or_right_digits_make_a_match_count() {
        let card = || {
            Recognizer::new(Label::Other, r"\d{13}")
                .announced_by(&["бонусн"])
                .checked_by(Checksum::Gtin)
        };
        let values = |text| {
            found(card(), text)
                .into_iter()
                .map(|(_, value, why)| (value, why))
                .collect::<Vec<_>>()
        };
        assert_eq!(
            values("вот 4006381333931"),
            [("4006381333931".into(), Evidence::Checksum)]
        );
        assert_eq!(
            values("бонусная карта 4006381333932"),
            [("4006381333932".into(), Evidence::Cue)]
        );
        assert_eq!(values("накладная 4006381333932"), []);
        assert_eq!(values("вот 40063813339310"), [], "part of a longer number");
    }

    #[test]
    fn a_group_is_the_value_and_words_may_speak_against() {
        let mut ticket = Recognizer::new(Label::Other, r"абонемент\p{L}*\s*№?\s*([а-я]{2}-?\d{4})");
        ticket.unless.push("стоит".into());
        assert_eq!(
            found(ticket.clone(), "Абонемент № АБ-1234, продлите"),
            [(Label::Other, "АБ-1234".into(), Evidence::Pattern)]
        );
        assert_eq!(found(ticket, "абонемент аб1234 стоит сколько"), []);
    }

    #[test]
    fn own_recognizers_go_first_and_see_through_disguises() {
        let staff = Recognizer::new(Label::Other, r"тн\d{10}");
        assert_eq!(found(staff.clone(), "ТН8900000001")[0].0, Label::Other);
        assert_eq!(found(staff, "T\u{200b}Н8900000001")[0].0, Label::Other);
    }

    #[test]
    fn what_cannot_be_used_is_named_by_its_place() {
        let usable = Recognizer::new(Label::Other, r"\d{4}");
        let error = |wrong: Recognizer| Detector::new().with_recognizers(&[usable.clone(), wrong]).err();
        for pattern in ["(", "", "x*", r"\p{L}{1000}{1000}", &"a".repeat(PATTERN_CHARS_MAX + 1)] {
            let wrong = Recognizer::new(Label::Other, pattern);
            assert_eq!(error(wrong), Some(RecognizerError::Pattern { place: 2 }), "{pattern}");
        }
        let wrong = usable.clone().announced_by(&["два слова"]);
        assert_eq!(error(wrong), Some(RecognizerError::Words { place: 2 }));
        let wrong = Recognizer::new(Label::Person, "анна");
        assert_eq!(error(wrong), Some(RecognizerError::People { place: 2 }));
        assert_eq!(RecognizerError::Words { place: 2 }.place(), Some(2));
        let many = vec![usable.clone(); RECOGNIZERS_MAX + 1];
        assert_eq!(
            Detector::new().with_recognizers(&many).err(),
            Some(RecognizerError::TooMany)
        );
    }
}
