//! What every recognizer reads, and where it puts what it found.

use std::ops::Range;

use crate::cue::{self, Cue};
use crate::finding::Evidence;
use crate::label::Label;
use crate::numbers::{self, Piece};
use crate::words::Words;

/// A text prepared for recognizers. All offsets are bytes of the shadow.
pub(crate) struct View<'a> {
    pub(crate) words: Words<'a>,
    pub(crate) pieces: Vec<Piece>,
    /// Cue of each word.
    pub(crate) cues: Vec<Option<Cue>>,
    /// All cues of the text, as bits.
    announced: u32,
}

/// A word of three Cyrillic letters and more that touches a number has lost a space; fewer may be a series.
const GLUED_WORD_BYTES_MIN: usize = 6;
/// A number this long has no unit after it.
const GLUED_NUMBER_BYTES_MIN: usize = 8;
/// «ву9912…», «тел8900…».
const GLUED_CUE_BYTES_MIN: usize = 4;

/// Several neighbouring numbers read as one.
pub(crate) struct Joined {
    pub(crate) range: Range<usize>,
    pub(crate) digits: String,
    /// Digits in each piece.
    pub(crate) groups: Vec<usize>,
    /// Index of the piece after the last one.
    pub(crate) after: usize,
    pub(crate) spoken: bool,
}

impl<'a> View<'a> {
    pub(crate) fn new(words: Words<'a>) -> Self {
        let pieces = numbers::pieces(&words);
        let cues = cue::cues_of(&words);
        let announced = cues.iter().flatten().fold(0, |set, cue| set | 1 << *cue as u32);
        Self {
            words,
            pieces,
            cues,
            announced,
        }
    }

    pub(crate) fn text(&self) -> &'a str {
        self.words.shadow.text()
    }

    /// What stands between piece `index - 1` and piece `index`.
    pub(crate) fn gap_before(&self, index: usize) -> &'a str {
        let start = if index == 0 { 0 } else { self.pieces[index - 1].end };
        &self.text()[start..self.pieces[index].start]
    }

    /// Joins pieces from `first` on while the gap passes `fits`, up to exactly `length` digits.
    pub(crate) fn join(&self, first: usize, length: usize, fits: impl Fn(&str) -> bool) -> Option<Joined> {
        let mut sum = 0;
        let mut end = self.pieces.get(first)?.start;
        for last in first..self.pieces.len() {
            // «2202 9467, а вторая 0629 5421»: a half is counted, not told.
            if last > first && self.counts_half(last) && !self.counts_half(last - 1) {
                continue;
            }
            sum += self.pieces[last].digits.len();
            if sum > length || last > first && !fits(&self.text()[end..self.pieces[last].start]) {
                return None;
            }
            if sum == length {
                return Some(self.joined(first, last, length));
            }
            end = self.pieces[last].end;
        }
        None
    }

    /// Whether piece `index` may be joined with the next one over a gap that passes `fits`.
    pub(crate) fn is_joined_on(&self, index: usize, fits: impl Fn(&str) -> bool) -> bool {
        let next = index + 1;
        next < self.pieces.len() && (self.counts_half(next) || fits(self.gap_before(next)))
    }

    /// Whether a piece is the word «вторая» or such.
    fn counts_half(&self, piece: usize) -> bool {
        let piece = &self.pieces[piece];
        piece.ordinal
            && piece.digits.len() == 1
            && matches!(
                &self.text()[piece.start..piece.end],
                "вторая" | "вторую" | "второе" | "третья" | "третью"
            )
    }

    /// Pieces `first` to `last`, of so many digits together, as one number.
    fn joined(&self, first: usize, last: usize, length: usize) -> Joined {
        let pieces = || {
            (first..=last)
                .filter(|piece| *piece == first || !self.counts_half(*piece) || self.counts_half(*piece - 1))
                .map(|piece| &self.pieces[piece])
        };
        let mut digits = String::with_capacity(length);
        digits.extend(pieces().map(|piece| piece.digits.as_str()));
        Joined {
            range: self.pieces[first].start..self.pieces[last].end,
            digits,
            groups: pieces().map(|piece| piece.digits.len()).collect(),
            after: last + 1,
            spoken: pieces().any(|piece| piece.spoken),
        }
    }

    /// The piece that begins with word `index`.
    pub(crate) fn piece_at(&self, index: usize) -> Option<&Piece> {
        let place = self.pieces.partition_point(|piece| piece.first_word < index);
        self.pieces.get(place).filter(|piece| piece.first_word == index)
    }

    /// Whether a word of the text announces such a number.
    pub(crate) fn is_announced(&self, cue: Cue) -> bool {
        self.announced & 1 << cue as u32 != 0
    }

    /// The character right before byte `at`.
    pub(crate) fn before(&self, at: usize) -> Option<char> {
        self.text()[..at].chars().next_back()
    }

    /// The character right at byte `at`.
    pub(crate) fn after(&self, at: usize) -> Option<char> {
        self.text()[at..].chars().next()
    }

    /// Whether no letter or digit touches the range from outside, but for words that lost their space: «паспорт4519…».
    pub(crate) fn stands_alone(&self, range: &Range<usize>) -> bool {
        let touched = |sign: Option<char>| sign.is_some_and(char::is_alphanumeric);
        let left = touched(self.before(range.start));
        let right = touched(self.after(range.end));
        if !left && !right {
            return true;
        }
        (!left || self.is_glued_word(range.start, range.len()))
            && (!right || self.is_glued_word(range.end + 1, range.len()))
    }

    /// Whether the word that touches byte `at` is one of the sentence, glued to a number of `length` bytes.
    pub(crate) fn is_glued_word(&self, at: usize, length: usize) -> bool {
        let index = self.words.all.partition_point(|word| word.end < at);
        let Some(word) = self.words.all.get(index) else {
            return false;
        };
        let unit = ["руб", "тыс", "грн", "шт", "тен", "час", "мин", "кг"]
            .iter()
            .any(|unit| self.words.text(index).starts_with(unit));
        let cyrillic = word.kind == crate::words::Kind::Cyrillic && !unit;
        // «р/с42301…»
        let account = matches!(self.words.text(index), "с" | "сч")
            && index > 0
            && cue::cue_at(self, index - 1) == Some(Cue::Account);
        account
            || cue::cue_at(self, index).is_some() && word.end - word.start >= GLUED_CUE_BYTES_MIN
            || cyrillic && word.end - word.start >= GLUED_WORD_BYTES_MIN && length >= GLUED_NUMBER_BYTES_MIN
    }
}

/// A claim of a recognizer on a part of the text.
#[derive(Debug, Clone)]
pub(crate) struct Claim {
    pub(crate) label: Label,
    pub(crate) range: Range<usize>,
    pub(crate) confidence: f32,
    pub(crate) evidence: Evidence,
}

/// Claims in order of place; a later recognizer cannot take what an earlier one has claimed.
#[derive(Debug, Default)]
pub(crate) struct Claims {
    claims: Vec<Claim>,
}

impl Claims {
    fn place(&self, range: &Range<usize>) -> usize {
        self.claims.partition_point(|claim| claim.range.end <= range.start)
    }

    pub(crate) fn is_free(&self, range: &Range<usize>) -> bool {
        self.claims
            .get(self.place(range))
            .is_none_or(|claim| claim.range.start >= range.end)
    }

    /// The claim that ends last at or before `at`.
    pub(crate) fn last_before(&self, at: usize) -> Option<&Claim> {
        self.claims[..self.claims.partition_point(|claim| claim.range.end <= at)].last()
    }

    /// The claims that end at or before `at`, the nearest first.
    pub(crate) fn before(&self, at: usize) -> impl Iterator<Item = &Claim> {
        let place = self.claims.partition_point(|claim| claim.range.end <= at);
        self.claims[..place].iter().rev()
    }

    /// The claim covering byte `at`.
    pub(crate) fn at(&self, at: usize) -> Option<&Claim> {
        self.claims
            .get(self.place(&(at..at + 1)))
            .filter(|claim| claim.range.start <= at)
    }

    /// Claims the range if nobody has; says whether it did.
    pub(crate) fn add(&mut self, label: Label, range: Range<usize>, confidence: f32, evidence: Evidence) -> bool {
        if range.is_empty() || !self.is_free(&range) {
            return false;
        }
        let place = self.place(&range);
        self.claims.insert(
            place,
            Claim {
                label,
                range,
                confidence,
                evidence,
            },
        );
        true
    }

    pub(crate) fn into_vec(self) -> Vec<Claim> {
        self.claims
    }
}
