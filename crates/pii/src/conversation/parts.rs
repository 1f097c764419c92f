//! The words of a mention put together as parts of one name.

use super::given::{full_names, gender_of_short, short_of_both};
use super::person::{Name, surname_stem};
use super::rank::{choose, rank};
use super::reading::{RARER, WELL_KNOWN};
use super::word::{in_cyrillic, is_initials, surname_gender};
use crate::decline;
use crate::label::Gender;
use crate::name::form::{Kind, Reading};

/// Letters of a short form of address.
const SHORT_CHARS: usize = 4;

/// The words of a mention with everything they may be.
pub(super) struct Words<'a> {
    pub(super) words: Vec<&'a str>,
    pub(super) folded: Vec<String>,
    pub(super) all: Vec<Vec<Reading>>,
}

impl Words<'_> {
    /// The name under one choice of gender and case; `fixed` is the reading of a mention of one word.
    pub(super) fn understood(&self, gender: Option<Gender>, case: u8, fixed: Option<&Reading>) -> (Name, String) {
        let latin = self
            .words
            .iter()
            .any(|word| word.chars().any(|letter| letter.is_ascii_alphabetic()));
        let mut name = Name {
            latin,
            ..Name::default()
        };
        let mut nominative = String::new();
        let mut told = None;
        for (index, word) in self.words.iter().enumerate() {
            if !nominative.is_empty() {
                nominative.push(' ');
            }
            if is_initials(word) {
                name.initials
                    .extend(self.folded[index].chars().filter(|sign| sign.is_alphabetic()));
                nominative.push_str(word);
                continue;
            }
            let taken = self.taken(&name, index);
            if self.surname_before_initials(index) {
                // «Вольф Г.К.»
                let readings = self.all[index].iter().filter(|reading| reading.kind == Kind::Surname);
                let known = readings.max_by_key(|reading| rank(reading, taken, gender, case, self.words.len(), index));
                match known {
                    Some(reading) => {
                        name.take(reading);
                        told = told.or_else(|| self.gender_told(index, reading));
                        nominative.push_str(&with_letters_of(&reading.lemma, word));
                    }
                    None => {
                        name.surname = Some(surname_stem(&self.folded[index]));
                        nominative.push_str(word);
                    }
                }
                continue;
            }
            let chosen = fixed.or_else(|| choose(&self.all[index], taken, gender, case, self.words.len(), index));
            match chosen {
                // A second given name is a short foreign surname: «Оксана Ли».
                Some(reading) if reading.kind == Kind::Given && taken.0 && !taken.2 => {
                    name.surname = Some(surname_stem(&reading.lemma));
                    nominative.push_str(&with_letters_of(&reading.lemma, word));
                }
                Some(reading) => {
                    name.take(reading);
                    told = told.or_else(|| self.gender_told(index, reading));
                    // A name in Latin letters stays as its owner writes it.
                    let own_script = word.chars().any(|letter| letter.is_ascii_alphabetic());
                    nominative.push_str(&if own_script {
                        (*word).to_owned()
                    } else {
                        with_letters_of(&reading.lemma, word)
                    });
                }
                None => {
                    self.take_unknown(&mut name, index, latin);
                    nominative.push_str(word);
                }
            }
        }
        name.gender = told;
        (name, nominative)
    }

    /// The parts taken before word `index`; a given name too, if it comes next for certain: «Вольф Евгений Яковлевич»,
    /// «Ким Денис».
    fn taken(&self, name: &Name, index: usize) -> (bool, bool, bool) {
        let (given, patronymic, surname) = name.taken();
        (given || index == 0 && self.begins_with_surname(), patronymic, surname)
    }

    fn begins_with_surname(&self) -> bool {
        let commonest = |index: usize, kind: Kind| {
            let readings = self.all.get(index).into_iter().flatten();
            readings
                .filter(|reading| reading.kind == kind)
                .map(|reading| reading.count)
                .max()
        };
        let (Some(first), Some(second)) = (commonest(0, Kind::Given), commonest(1, Kind::Given)) else {
            return false;
        };
        let before_patronymic = self.all.len() == 3 && commonest(2, Kind::Patronymic).is_some();
        before_patronymic && !self.all[1].iter().any(|reading| reading.kind == Kind::Patronymic)
            || self.all.len() == 2 && commonest(0, Kind::Surname).is_some() && first + RARER <= second
    }

    /// One word beside two initials is a surname.
    fn surname_before_initials(&self, index: usize) -> bool {
        let initials = self
            .words
            .iter()
            .zip(&self.folded)
            .filter(|(word, _)| is_initials(word))
            .map(|(_, folded)| folded.chars().filter(|sign| sign.is_alphabetic()).count())
            .sum::<usize>();
        let names = self.words.iter().filter(|word| !is_initials(word)).count();
        initials == 2 && names == 1 && !is_initials(self.words[index])
    }

    /// The gender a reading speaks of, unless the same form is a name of both.
    fn gender_told(&self, index: usize, reading: &Reading) -> Option<Gender> {
        if reading.kind == Kind::Given && short_of_both(&reading.lemma, reading.gender) {
            return None;
        }
        // The lexicon knows too little of rare names, «Айгерим», «Лусинэ», and short ones in «а» are borne by men: «Бека».
        let womanly = reading.lemma.ends_with(['а', 'я']) && reading.lemma.chars().count() > SHORT_CHARS;
        if reading.kind == Kind::Given && reading.count < WELL_KNOWN && !womanly {
            return None;
        }
        if reading.kind == Kind::Surname
            && let Some(gender) = surname_gender(&reading.lemma)
        {
            return Some(gender);
        }
        let both = self.all[index].iter().any(|other| {
            other.gender != reading.gender
                && other.kind == reading.kind
                && other.lemma == reading.lemma
                && other.count + RARER > reading.count
        });
        if both && reading.kind == Kind::Given && !reading.diminutive && gender_of_short(&reading.lemma).is_none() {
            // Registers hold every name with the wrong gender, too.
            let hard = !reading.lemma.ends_with(['а', 'я', 'ь', 'и', 'е', 'о', 'у', 'ы']);
            let other = self.all[index].iter().filter(|other| other.gender != reading.gender);
            let commoner = other
                .map(|other| other.count)
                .max()
                .is_none_or(|count| reading.count >= count);
            if hard && reading.gender == Gender::Male && commoner {
                return Some(Gender::Male);
            }
            return crate::decline::guess_gender(&reading.lemma);
        }
        (!both).then_some(reading.gender)
    }

    /// The given name or the patronymic is of the other gender.
    pub(super) fn denies(&self, gender: Gender, case: u8) -> bool {
        let mut name = Name::default();
        self.all.iter().enumerate().any(|(index, readings)| {
            let taken = self.taken(&name, index);
            choose(readings, taken, Some(gender), case, self.words.len(), index).is_some_and(|reading| {
                name.take(reading);
                reading.gender != gender && reading.kind != Kind::Surname && !(reading.kind == Kind::Given && taken.0)
            })
        })
    }

    fn take_unknown(&self, name: &mut Name, index: usize, latin: bool) {
        let lemma = self.folded[index].clone();
        let before_patronymic = self
            .all
            .get(index + 1)
            .is_some_and(|next| next.iter().any(|reading| reading.kind == Kind::Patronymic));
        let only_given_left = name.surname.is_some() || before_patronymic;
        if self.words.len() == 1 || name.given.is_empty() && (only_given_left || index == 0 && latin) {
            let spelled = if latin {
                in_cyrillic(&lemma).unwrap_or(lemma)
            } else {
                lemma
            };
            name.full.extend(full_names(&spelled));
            name.given.push(spelled);
        } else if name.surname.is_none() {
            let spelled = if latin {
                in_cyrillic(&lemma).unwrap_or(lemma)
            } else {
                lemma
            };
            name.surname = Some(surname_stem(&spelled));
        }
    }

    pub(super) fn total_rank(&self, gender: Option<Gender>, case: u8) -> i64 {
        let mut name = Name::default();
        let mut total = 0;
        for (index, readings) in self.all.iter().enumerate() {
            let taken = self.taken(&name, index);
            if let Some(reading) = choose(readings, taken, gender, case, self.words.len(), index) {
                total += rank(reading, taken, gender, case, self.words.len(), index);
                name.take(reading);
            }
        }
        total
    }
}

/// The dictionary form in the letters of the surface: «ё» and capitals are kept.
fn with_letters_of(lemma: &str, surface: &str) -> String {
    let clean: Vec<char> = surface
        .chars()
        .filter(|letter| letter.is_alphabetic() || matches!(letter, '-' | '\'' | '’'))
        .collect();
    let mut made: Vec<char> = lemma.chars().collect();
    let all_capitals = clean.len() > 1
        && clean
            .iter()
            .filter(|letter| letter.is_alphabetic())
            .all(|letter| letter.is_uppercase());
    for (letter, own) in made.iter_mut().zip(&clean) {
        if decline::fold(&own.to_string()) != letter.to_string() {
            break;
        }
        *letter = if all_capitals {
            own.to_lowercase().next().unwrap_or(*own)
        } else {
            *own
        };
    }
    let mut capital = true;
    for letter in &mut made {
        if capital && letter.is_alphabetic() {
            *letter = letter.to_uppercase().next().unwrap_or(*letter);
        }
        capital = *letter == '-';
    }
    made.into_iter().collect()
}
