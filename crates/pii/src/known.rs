//! People named beforehand, found exactly in all case forms of their names.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::decline::{self, Part};
use crate::detector::KnownPerson;
use crate::label::{Case, Gender};
use crate::lexicon::WordEntry;
use crate::words::{Capitals, Words};

/// A name of fewer letters would be found everywhere.
const LETTERS_MIN: usize = 2;

/// Folded forms of single words and of the words of full names.
#[derive(Clone, Default)]
pub(crate) struct KnownNames {
    forms: BTreeSet<String>,
}

impl KnownNames {
    /// The same with more people.
    pub(crate) fn extended(&self, known: &[KnownPerson]) -> Self {
        let mut extended = self.clone();
        for person in known {
            let gender = person.gender.or_else(|| decline::guess_gender(&person.name));
            for (word, part) in decline::parts_of(&person.name) {
                extended.insert(word, part, gender);
            }
        }
        extended
    }

    fn insert(&mut self, word: &str, _part: Part, gender: Option<Gender>) {
        if word.chars().filter(|letter| letter.is_alphabetic()).count() < LETTERS_MIN || word.contains('.') {
            return;
        }
        let genders = gender.map_or(vec![Gender::Male, Gender::Female], |gender| vec![gender]);
        for gender in genders {
            for case in Case::ALL {
                for piece in decline::decline(word, Some(gender), case).split('-') {
                    if piece.chars().count() >= LETTERS_MIN {
                        self.forms.insert(decline::fold(piece));
                    }
                }
            }
        }
    }

    /// Places of known names: neighbouring known words are one name.
    pub(crate) fn find(&self, words: &Words<'_>) -> Vec<(Range<usize>, f32)> {
        let mut found: Vec<(Range<usize>, f32)> = Vec::new();
        if self.forms.is_empty() {
            return found;
        }
        let mut joined = false;
        for index in 0..words.len() {
            let word = words.all[index];
            let text = words.text(index);
            if !self.forms.contains(text) {
                joined = false;
                continue;
            }
            // A known name that is also a common word needs its capital: «Вера», but «вера в лучшее».
            let entry = WordEntry::look_up(text);
            if word.capitals == Capitals::None && entry.is_common() && entry.lower_count() > 1 {
                joined = false;
                continue;
            }
            let glued = joined && matches!(words.gap(index), " " | "-");
            match found.last_mut() {
                Some((range, _)) if glued => range.end = word.end,
                _ => found.push((word.start..word.end, 0.99)),
            }
            joined = true;
        }
        found
    }
}
