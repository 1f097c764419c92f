//! A word that stands where places stand and people do not: «в Салавате», «во Владимир».

use crate::label::Gender;
use crate::words::{Capitals, Kind as WordKind, Words};

use super::form::cases::{ACC, LOC, NOM};

/// Feelings one has in somebody: «уверена в Марате».
const FEELINGS: [&str; 12] = [
    "увер",
    "неувер",
    "сомне",
    "разочар",
    "ошиб",
    "обман",
    "влюб",
    "нужда",
    "чает",
    "заинтерес",
    "вер",
    "узна",
];

/// Whether the lone word behind «в» is a place: in the locative, or a man's name in the nominative, which only a thing
/// keeps there.
pub(super) fn is_where(words: &Words<'_>, index: usize) -> bool {
    if index == 0 || words.gap(index) != " " || !matches!(words.text(index - 1), "в" | "во") {
        return false;
    }
    let word = words.all[index];
    // A full name is somebody wherever it stands, and so is whose thing it is: «в Мариной сумке».
    let alone = words.gap(index + 1) != " "
        || words
            .all
            .get(index + 1)
            .is_none_or(|next| next.capitals == Capitals::None);
    let feels = (index.saturating_sub(FEELING_REACH)..index - 1)
        .any(|at| FEELINGS.iter().any(|feeling| words.text(at).starts_with(feeling)));
    if word.kind != WordKind::Cyrillic || !alone || feels {
        return false;
    }
    let readings = &words.forms(index).readings;
    let whom = readings
        .iter()
        .any(|reading| reading.cases & ACC != 0 && reading.cases & LOC == 0 && reading.cases & NOM == 0);
    let place = readings.iter().any(|reading| {
        reading.cases & LOC != 0 || reading.cases & NOM != 0 && reading.gender == Gender::Male && !reading.plural
    });
    place && !whom
}

/// How far before the feeling stands.
const FEELING_REACH: usize = 4;

#[cfg(test)]
mod tests {
    use crate::{Detector, Label};

    fn finds_people(text: &str) -> bool {
        let found = Detector::new().detect(text).findings;
        found.iter().any(|finding| finding.label == Label::Person)
    }

    #[test]
    fn behind_in_stands_a_place() {
        for text in [
            "в Салавате у вас точка есть?",
            "во Владимир доставляете, сколько идёт?",
            "я сейчас в марселе, вернусь в мае",
        ] {
            assert!(!finds_people(text), "{text}");
        }
    }

    #[test]
    fn behind_in_may_stand_whom_one_trusts() {
        for text in [
            "я уверена в Марате, он сделает",
            "разочаровалась в Ольге, поменяйте мастера",
            "влюбилась в Руслана, он мой мастер",
        ] {
            assert!(finds_people(text), "{text}");
        }
    }
}
