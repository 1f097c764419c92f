//! The words of a text: runs of letters and runs of digits of the shadow, with what stands between them.
//!
//! This is the seam of every recognizer that looks at neighbours, and of a trained tagger: tokens here, features from
//! `Words`, tags out.

use std::ops::Range;

use crate::lexicon::{NameEntry, WordEntry};
use crate::lore::{Known, Lore};
use crate::name::Forms;
use crate::shadow::Shadow;

/// What a token is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Cyrillic,
    Latin,
    Digits,
    /// Letters of another script, or of several.
    Other,
}

/// How capitals stand in a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Capitals {
    None,
    First,
    All,
    Mixed,
}

/// A run of letters or of digits.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Word {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) kind: Kind,
    pub(crate) capitals: Capitals,
}

/// A text cut into words.
pub(crate) struct Words<'a> {
    pub(crate) shadow: &'a Shadow,
    pub(crate) all: Vec<Word>,
    /// What is known of each word by itself.
    known: Vec<Known>,
}

impl<'a> Words<'a> {
    pub(crate) fn new(shadow: &'a Shadow) -> Self {
        let mut all: Vec<Word> = Vec::with_capacity(shadow.text().len() / 8);
        let mut open: Option<(usize, Kind)> = None;
        for (at, character) in shadow.text().char_indices() {
            let kind = kind_of(character);
            if let Some((start, of)) = open {
                if kind == Some(of) {
                    continue;
                }
                all.push(word(shadow, start, at, of));
            }
            open = kind.map(|kind| (at, kind));
        }
        if let Some((start, kind)) = open {
            all.push(word(shadow, start, shadow.text().len(), kind));
        }
        let known = all
            .iter()
            .map(|word| Known::of(&shadow.text()[word.start..word.end], word.kind == Kind::Digits))
            .collect();
        Self { shadow, all, known }
    }

    /// What is known of word `index` by itself; nothing past the ends.
    pub(crate) fn lore(&self, index: usize) -> &Lore {
        self.known.get(index).map_or(Lore::nothing(), |known| known)
    }

    /// What the lexicon of words says of word `index`; nothing past the ends.
    pub(crate) fn entry(&self, index: usize) -> WordEntry {
        self.lore(index).entry
    }

    /// Forms of names word `index` may be.
    pub(crate) fn forms(&self, index: usize) -> &Forms {
        self.lore(index).forms(self.text(index))
    }

    /// What the lexicon of names says of word `index` as it stands; nothing past the ends.
    pub(crate) fn name(&self, index: usize) -> Option<NameEntry> {
        self.forms(index).name
    }

    pub(crate) fn len(&self) -> usize {
        self.all.len()
    }

    /// The folded text of word `index`; empty past the ends.
    pub(crate) fn text(&self, index: usize) -> &'a str {
        self.all
            .get(index)
            .map_or("", |word| &self.shadow.text()[word.start..word.end])
    }

    /// The words before word `index`, the nearest first, so many at most.
    pub(crate) fn before(&self, index: usize, reach: usize) -> impl Iterator<Item = &'a str> {
        (index.saturating_sub(reach)..index)
            .rev()
            .map(|before| self.text(before))
    }

    /// The same back to a gap with one of these signs.
    pub(crate) fn before_in(&self, index: usize, reach: usize, ends: &[char]) -> impl Iterator<Item = &'a str> {
        (index.saturating_sub(reach)..index)
            .rev()
            .take_while(move |before| !self.gap(before + 1).contains(ends))
            .map(|before| self.text(before))
    }

    /// What stands between word `index - 1` and word `index`; for the first word, what stands before it; past the
    /// last, what stands after it.
    pub(crate) fn gap(&self, index: usize) -> &'a str {
        let start = if index == 0 {
            0
        } else {
            self.all.get(index - 1).map_or(0, |word| word.end)
        };
        let end = self.all.get(index).map_or(self.shadow.text().len(), |word| word.start);
        &self.shadow.text()[start..end.max(start)]
    }

    pub(crate) fn slice(&self, range: Range<usize>) -> &'a str {
        &self.shadow.text()[range]
    }

    /// Whether a sentence, a line or a list item begins at word `index`.
    pub(crate) fn begins_sentence(&self, index: usize) -> bool {
        if index == 0 {
            return true;
        }
        let gap = self.gap(index);
        if matches!(gap, "" | " " | ", ") {
            return false;
        }
        if gap.contains(['!', '?', '\n', '…', ';', '•', '|', ')']) || gap.chars().any(is_pictograph) {
            return true;
        }
        // The dot of an abbreviation or of initials does not end a sentence.
        gap.contains('.') && self.all[index - 1].end - self.all[index - 1].start > 6
    }

    /// First word at or after byte `at`.
    pub(crate) fn index_at(&self, at: usize) -> usize {
        self.all.partition_point(|word| word.end <= at)
    }
}

/// Emoji and other pictures that end a thought as a dot does.
pub(crate) fn is_pictograph(character: char) -> bool {
    matches!(character, '\u{2600}'..='\u{27bf}' | '\u{1f000}'..='\u{1faff}')
}

fn kind_of(character: char) -> Option<Kind> {
    match character {
        'а'..='я' => Some(Kind::Cyrillic),
        'a'..='z' => Some(Kind::Latin),
        '0'..='9' => Some(Kind::Digits),
        'ѐ'..='ӿ' => Some(Kind::Cyrillic),
        other if other.is_ascii() => None,
        other if other.is_alphabetic() => {
            if ('\u{c0}'..='\u{24f}').contains(&other) {
                Some(Kind::Latin)
            } else {
                Some(Kind::Other)
            }
        }
        _ => None,
    }
}

fn word(shadow: &Shadow, start: usize, end: usize, kind: Kind) -> Word {
    Word {
        start,
        end,
        kind,
        capitals: capitals(shadow, start, end, kind),
    }
}

fn capitals(shadow: &Shadow, start: usize, end: usize, kind: Kind) -> Capitals {
    if kind == Kind::Digits {
        return Capitals::None;
    }
    let mut letters = shadow.text()[start..end]
        .char_indices()
        .map(|(at, _)| shadow.is_upper(start + at));
    let first = letters.next().unwrap_or(false);
    let (mut upper, mut lower) = (0, 0);
    for letter in letters {
        if letter {
            upper += 1;
        } else {
            lower += 1;
        }
    }
    match (first, upper, lower) {
        (false, 0, _) => Capitals::None,
        (true, 0, _) => Capitals::First,
        (true, _, 0) => Capitals::All,
        _ => Capitals::Mixed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_and_digits_part_even_without_a_space() {
        let shadow = Shadow::new("а512ко174, Анна");
        let words = Words::new(&shadow);
        let texts: Vec<&str> = (0..words.len()).map(|index| words.text(index)).collect();
        assert_eq!(texts, ["а", "512", "ко", "174", "анна"]);
        assert_eq!(words.all[4].capitals, Capitals::First);
        assert_eq!(words.gap(4), ", ");
    }
}
