//! Names of people in the six Russian cases, and the case a sentence asks for.
//!
//! Written from the rules of the grammar for given names, patronymics and surnames of any origin; what cannot be
//! inflected (Гульназ, Шевченко, Ольга Кравец) stays as it is.

mod clause;
mod predicate;
mod rules;
mod sentence;
mod verb;

use crate::label::{Case, Gender};
use crate::lexicon::{NameEntry, bits};
use crate::name::patronymic_gender;

pub(crate) use clause::clause_of;
pub(crate) use rules::Part;
pub(crate) use sentence::{case_between, governed_after};

/// The sign of the gap that [`fill`] replaces.
pub const GAP: &str = "⟦⟧";

/// Why a name could not be put into a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FillError {
    /// The text has no gap.
    #[error("the text has no gap ⟦⟧")]
    NoGap,
    /// The text has more than one gap.
    #[error("the text has more than one gap ⟦⟧")]
    ManyGaps,
    /// Nothing to put in.
    #[error("the name is empty")]
    EmptyName,
}

/// Puts `name` (nominative) into the only gap `⟦⟧` of a sentence, in the case the sentence asks for.
///
/// ```
/// use shirma_pii::{Gender, fill};
/// assert_eq!(fill("Передам ⟦⟧ привет", "Анна", Some(Gender::Female)).as_deref(), Ok("Передам Анне привет"));
/// ```
pub fn fill(text_with_gap: &str, name: &str, gender: Option<Gender>) -> Result<String, FillError> {
    let (left, right) = text_with_gap.split_once(GAP).ok_or(FillError::NoGap)?;
    if right.contains(GAP) {
        return Err(FillError::ManyGaps);
    }
    if name.trim().is_empty() {
        return Err(FillError::EmptyName);
    }
    Ok(format!(
        "{left}{}{right}",
        decline(
            name,
            gender,
            case_between(left, right, gender.or_else(|| guess_gender(name)))
        )
    ))
}

/// Puts a name given in the nominative into `case`. Handles given names, patronymics, surnames, initials, double and
/// foreign names; a part that cannot be inflected stays. Without `gender` it is guessed from the name.
///
/// ```
/// use shirma_pii::{Case, Gender, decline};
/// assert_eq!(decline("Пётр Ильич Кравец", None, Case::Dative), "Петру Ильичу Кравцу");
/// assert_eq!(decline("Ольга Кравец", Some(Gender::Female), Case::Dative), "Ольге Кравец");
/// ```
pub fn decline(name: &str, gender: Option<Gender>, case: Case) -> String {
    if case == Case::Nominative {
        return name.to_owned();
    }
    let parts = parts_of(name);
    let gender = gender.or_else(|| guess_gender(name)).unwrap_or(Gender::Male);
    let mut declined = String::with_capacity(name.len() + 8);
    let mut rest = name;
    let ends = name.split_whitespace().next_back().map(fold);
    let of_father = ends.is_some_and(|last| ["оглы", "кызы", "улы", "гызы"].contains(&last.as_str()));
    let fixed_from = if of_father {
        parts.len().saturating_sub(2)
    } else {
        parts.len()
    };
    for (index, (word, part)) in parts.into_iter().enumerate() {
        if index >= fixed_from {
            break;
        }
        let at = rest.find(word).unwrap_or(0);
        declined.push_str(&rest[..at]);
        declined.push_str(&rules::decline_compound(word, part, gender, case));
        rest = &rest[at + word.len()..];
    }
    declined.push_str(rest);
    declined
}

/// The gender a name speaks of, if it tells.
pub fn guess_gender(name: &str) -> Option<Gender> {
    let parts = parts_of(name);
    let by = |wanted: Part| {
        parts
            .iter()
            .filter(|(_, part)| *part == wanted)
            .find_map(|(word, part)| gender_of(word, *part))
    };
    by(Part::Patronymic)
        .or_else(|| by(Part::Given))
        .or_else(|| by(Part::Surname))
}

/// The word of a name a person is called by: «Анна» of «Тестова Анна Сергеевна». None where no word is a given name.
///
/// ```
/// assert_eq!(shirma_pii::given_name("Тестова Анна Сергеевна"), Some("Анна"));
/// assert_eq!(shirma_pii::given_name("Тестова"), None);
/// ```
pub fn given_name(name: &str) -> Option<&str> {
    parts_of(name)
        .iter()
        .find(|(_, part)| *part == Part::Given)
        .map(|(word, _)| *word)
}

/// «Анна Петровна», without a surname: how people are spoken to.
pub(crate) fn is_given_and_patronymic(name: &str) -> bool {
    matches!(parts_of(name).as_slice(), [(_, Part::Given), (_, Part::Patronymic)])
}

fn gender_of(word: &str, part: Part) -> Option<Gender> {
    let folded = fold(word);
    match part {
        Part::Patronymic => patronymic_gender(&folded),
        Part::Given => given_gender(&folded),
        Part::Surname => surname_gender(&folded),
    }
}

fn given_gender(folded: &str) -> Option<Gender> {
    let entry = NameEntry::look_up(folded);
    let male = entry.is_some_and(|entry| entry.has(bits::GIVEN_MALE));
    let female = entry.is_some_and(|entry| entry.has(bits::GIVEN_FEMALE));
    match (male, female) {
        (true, false) => Some(Gender::Male),
        (false, true) => Some(Gender::Female),
        (false, false) | (true, true) => match folded.chars().next_back()? {
            'а' | 'я' => (!male).then_some(Gender::Female),
            'о' | 'и' | 'е' | 'у' | 'ь' | 'ы' | 'э' | 'ю' => None,
            _ => (!female).then_some(Gender::Male),
        },
    }
}

fn surname_gender(folded: &str) -> Option<Gender> {
    let ends = |tails: &[&str]| tails.iter().any(|tail| folded.ends_with(tail));
    if ends(&["ова", "ева", "ина", "ына", "ская", "цкая", "ая", "яя"]) {
        Some(Gender::Female)
    } else if ends(&["ов", "ев", "ин", "ын", "ский", "цкий", "ый", "ой", "ий"]) {
        Some(Gender::Male)
    } else {
        None
    }
}

pub(crate) fn fold(word: &str) -> String {
    word.to_lowercase().replace('ё', "е")
}

/// Splits a name into words and says which part of a name each is.
pub(crate) fn parts_of(name: &str) -> Vec<(&str, Part)> {
    let words: Vec<&str> = name.split_whitespace().collect();
    let mut parts: Vec<(&str, Part)> = words.iter().map(|word| (*word, Part::Surname)).collect();
    let folded: Vec<String> = words.iter().map(|word| fold(word)).collect();
    let patronymic = folded
        .iter()
        .enumerate()
        .position(|(index, word)| index > 0 && patronymic_gender(word).is_some());
    if let Some(index) = patronymic {
        parts[index].1 = Part::Patronymic;
        parts[index - 1].1 = Part::Given;
        return parts;
    }
    let strength = |word: &str| {
        let entry = NameEntry::look_up(word.split('-').next().unwrap_or(word));
        let given = entry.map_or(0, |entry| {
            entry.given_count() as i64 * 2 + i64::from(entry.has(bits::GIVEN_MALE | bits::GIVEN_FEMALE)) * 4
        });
        let surname = entry.map_or(0, |entry| entry.surname_count() as i64);
        let shaped = surname_gender(word).is_some() && given < 12 || word.ends_with("енко");
        given - surname - if shaped { 12 } else { 0 }
    };
    if words.len() == 1 {
        // A lone word is a given name if it is known as one and not better known as a surname.
        if folded.first().is_some_and(|word| strength(word) > 0) {
            parts[0].1 = Part::Given;
        }
    } else if words.len() >= 2 {
        let first = strength(&folded[0]);
        let second = strength(&folded[1]);
        parts[usize::from(second > first + 2)].1 = Part::Given;
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn forms(name: &str, gender: Gender) -> Vec<String> {
        Case::ALL
            .into_iter()
            .skip(1)
            .map(|case| decline(name, Some(gender), case))
            .collect()
    }

    #[test]
    fn given_names_are_inflected() {
        assert_eq!(
            forms("Любовь", Gender::Female),
            ["Любови", "Любови", "Любовь", "Любовью", "Любови"]
        );
        assert_eq!(forms("Лев", Gender::Male), ["Льва", "Льву", "Льва", "Львом", "Льве"]);
        assert_eq!(forms("Илья", Gender::Male), ["Ильи", "Илье", "Илью", "Ильёй", "Илье"]);
        assert_eq!(forms("Гульназ", Gender::Female), ["Гульназ"; 5]);
    }

    #[test]
    fn surnames_follow_the_gender() {
        assert_eq!(forms("Иван Ткач", Gender::Male)[3], "Иваном Ткачом");
        assert_eq!(forms("Ирина Ткач", Gender::Female)[1], "Ирине Ткач");
        assert_eq!(
            forms("Ахметова", Gender::Female),
            ["Ахметовой", "Ахметовой", "Ахметову", "Ахметовой", "Ахметовой"]
        );
        assert_eq!(forms("Тёплых", Gender::Male), ["Тёплых"; 5]);
        assert_eq!(forms("Анна Тер-Погосян", Gender::Female)[0], "Анны Тер-Погосян");
    }

    #[test]
    fn a_gap_must_stand_exactly_once() {
        assert_eq!(fill("нет места", "Анна", None), Err(FillError::NoGap));
        assert_eq!(fill("⟦⟧ и ⟦⟧", "Анна", None), Err(FillError::ManyGaps));
    }
}
