//! People named beforehand, found exactly in all case forms of their names, diminutives and families among them.
//!
//! Every form is made once and looked up word by word, so the cost does not grow with the number of people.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::conversation::short_names;
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
    /// Of the forms that are common words too: whose they are, by number.
    everyday: BTreeMap<String, BTreeSet<u32>>,
    people: u32,
}

impl KnownNames {
    /// The same with more people.
    pub(crate) fn extended(&self, known: &[KnownPerson]) -> Self {
        let mut extended = self.clone();
        for person in known {
            extended.people += 1;
            let gender = person.gender.or_else(|| decline::guess_gender(&person.name));
            let genders = gender.map_or(vec![Gender::Male, Gender::Female], |gender| vec![gender]);
            for gender in genders {
                extended.insert_all_cases(&person.name, gender);
                for (word, part) in decline::parts_of(&person.name) {
                    extended.insert_part(word, part, gender);
                }
            }
        }
        extended
    }

    fn insert_part(&mut self, word: &str, part: Part, gender: Gender) {
        // A lone word may be inflected otherwise than within the full name.
        self.insert_all_cases(word, gender);
        match part {
            Part::Given => {
                for short in short_names(&decline::fold(word), gender) {
                    self.insert_all_cases(&short, gender);
                }
            }
            Part::Surname => self.insert_family(word),
            Part::Patronymic => {}
        }
    }

    fn insert_all_cases(&mut self, name: &str, gender: Gender) {
        for case in Case::ALL {
            for word in decline::decline(name, Some(gender), case).split([' ', '-']) {
                self.insert(word);
            }
        }
    }

    /// «Ивановы», «у Ивановых».
    fn insert_family(&mut self, surname: &str) {
        let folded = decline::fold(surname);
        let stem = folded.strip_suffix('а').unwrap_or(&folded);
        if ["ов", "ев", "ин", "ын"].iter().any(|tail| stem.ends_with(tail)) {
            for ending in ["ы", "ых", "ым", "ыми"] {
                self.insert(&format!("{stem}{ending}"));
            }
        }
    }

    fn insert(&mut self, word: &str) {
        let letters = word.chars().filter(|letter| letter.is_alphabetic()).count();
        if letters >= LETTERS_MIN && !word.contains('.') {
            let form = decline::fold(word);
            if is_everyday(&form) {
                self.everyday.entry(form.clone()).or_default().insert(self.people);
            }
            self.forms.insert(form);
        }
    }

    /// Places of known names: neighbouring known words are one name.
    pub(crate) fn find(&self, words: &Words<'_>) -> Vec<(Range<usize>, f32)> {
        let mut found: Vec<(Range<usize>, f32)> = Vec::new();
        if self.forms.is_empty() {
            return found;
        }
        let certain = |index: usize| {
            words.all.get(index).is_some_and(|word| {
                let text = words.text(index);
                self.forms.contains(text) && !(word.capitals == Capitals::None && is_everyday(text))
            })
        };
        let mut joined = false;
        for index in 0..words.len() {
            // A known name that is also a common word needs its capital, or another part of a name beside it: «Вера»
            // and «вера лисицына», but «вера в лучшее». Two such words of one person are his name: «весну полевую».
            let beside = |near: usize, gap: usize| certain(near) && matches!(words.gap(gap), " " | "-");
            let known = certain(index)
                || self.forms.contains(words.text(index))
                    && (index > 0 && (beside(index - 1, index) || self.are_of_one(words, index - 1, index))
                        || beside(index + 1, index + 1)
                        || self.are_of_one(words, index, index + 1));
            if !known {
                joined = false;
                continue;
            }
            let word = words.all[index];
            let glued = joined && matches!(words.gap(index), " " | "-");
            match found.last_mut() {
                Some((range, _)) if glued => range.end = word.end,
                _ => found.push((word.start..word.end, 0.99)),
            }
            joined = true;
        }
        found
    }

    /// Whether two neighbouring words that are common ones too are parts of one person's name.
    fn are_of_one(&self, words: &Words<'_>, left: usize, right: usize) -> bool {
        let whose = |index: usize| self.everyday.get(words.text(index));
        let (Some(one), Some(other)) = (whose(left), whose(right)) else {
            return false;
        };
        matches!(words.gap(right), " " | "-")
            && left != right
            && words.text(left) != words.text(right)
            && !one.is_disjoint(other)
    }
}

fn is_everyday(text: &str) -> bool {
    let entry = WordEntry::look_up(text);
    entry.is_common() && entry.lower_count() > 1
}
