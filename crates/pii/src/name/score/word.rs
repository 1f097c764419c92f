//! What a word says by itself: its readings in the lexicons, its frequency, its capital.

use std::borrow::Cow;

use crate::words::{Capitals, Words};

use super::super::form::cases::ANY;
use super::super::form::{Kind, Reading};
use super::Mark;

/// A word this frequent in lower case is never read as a name when it is not capitalised.
const EVERYDAY: u64 = 9;

/// What the word says by itself.
pub(super) fn lexical<'w>(words: &'w Words<'_>, index: usize, caseless: bool, shouted: bool) -> Mark<'w> {
    let word = words.all[index];
    let text = words.text(index);
    let lore = words.lore(index);
    let length = lore.length;
    let capital = !shouted && matches!(word.capitals, Capitals::First | Capitals::All);
    if length == 1 {
        return Mark {
            initial: word.capitals == Capitals::First,
            ..Mark::default()
        };
    }
    // Prepositions and particles.
    if length == 2 && !capital {
        return Mark::default();
    }
    let entry = lore.entry;
    if !capital && entry.lower_count() >= EVERYDAY && entry.capital_count() + 4 < entry.lower_count() {
        return Mark::default();
    }
    let forms = words.forms(index);
    if lore.parts.is_role() && !forms.is_shaped_surname() && forms.name.is_none_or(|entry| entry.given_count() < 5) {
        return Mark::default();
    }
    let mut readings: Cow<'w, [Reading]> = Cow::Borrowed(&forms.readings);
    if capital && (text.ends_with("ых") || text.ends_with("их")) && entry.lower_count() < EVERYDAY {
        readings.to_mut().extend(forms.shaped_surname(text));
    }
    let suffix = if capital || caseless || shouted {
        forms.shaped_surname(text)
    } else {
        None
    };
    if readings.is_empty() {
        match suffix {
            Some(reading) if !entry.is_common() && !entry.is_place() => readings.to_mut().push(reading),
            _ if capital && !entry.is_common() && !entry.is_place() && length >= 3 => {
                return Mark {
                    readings: Cow::Owned(vec![unknown(text)]),
                    score: 0.2,
                    joinable: true,
                    ..Mark::default()
                };
            }
            _ => {
                return Mark {
                    unreadable: true,
                    ..Mark::default()
                };
            }
        }
    }
    let best = |kind: Kind| {
        readings
            .iter()
            .filter(|reading| reading.kind == kind)
            .map(|reading| reading.count + u64::from(reading.diminutive) * 2)
            .max()
    };
    let (given, patronymic, surname) = (best(Kind::Given), best(Kind::Patronymic), best(Kind::Surname));
    let guessed = readings
        .iter()
        .all(|reading| reading.guessed && reading.kind == Kind::Surname);
    let unseen = entry.is_common() && entry.lower_count() == 0 && surname.is_some() && forms.is_shaped_surname();
    let common =
        entry.is_common() && !unseen || entry.lower_count() >= 3 && entry.lower_count() > entry.capital_count() + 1;
    let mut score: f32 = 0.0;
    if let Some(count) = given {
        let known = match (count, length) {
            (0..=2, _) => 0.9,
            (_, 0..=2) => 0.6,
            (3..=5, 3) => 1.2,
            (3..=4, _) => 2.2,
            _ => 3.0,
        };
        score = score.max(known);
    }
    if patronymic.is_some() {
        score = score.max(3.6);
    }
    if let Some(count) = surname {
        let shaped = forms.is_shaped_surname();
        let known = match (shaped, count) {
            (true, 0..=1) => 1.0,
            (true, 2) => 1.8,
            (true, _) => 2.2,
            (false, 0..=2) => 0.0,
            (false, 3..=5) => 0.5,
            (false, _) => 0.9,
        };
        score = score.max(if guessed { 0.7 } else { known });
    }
    if common {
        let frequent = entry.lower_count() as f32;
        let as_name = entry.capital_count() as f32;
        let marked = (as_name - frequent).clamp(-4.0, 4.0);
        score = score.min(1.2) - 0.8 + if given.is_some() && frequent <= 1.0 { 0.6 } else { 0.0 } + 0.35 * marked;
        if given.is_none() && patronymic.is_none() {
            score -= 1.0;
        }
    }
    if entry.is_place() && given.unwrap_or(0) < 8 && patronymic.is_none() {
        score -= if given.is_some() || surname.unwrap_or(0) >= 6 && forms.is_shaped_surname() {
            1.0
        } else {
            2.2
        };
    }
    // «мастер Эльза» is one, whatever else bears the name.
    let told = index > 0 && words.gap(index) == " " && words.lore(index - 1).parts.is_role() && given.is_some();
    if lore.parts.blocked && !told {
        score -= 3.0;
    }
    if capital {
        score += match (word.capitals, words.begins_sentence(index)) {
            (Capitals::All, _) if length <= 4 => -1.0,
            (_, true) if common => 0.7,
            (_, false) if common && words.gap(index).contains('.') => 0.7,
            (_, true) => 1.0,
            (_, false) if common && given.unwrap_or(0) >= 6 => 3.0,
            (_, false) => 2.0,
        };
    } else if surname.is_some() && given.is_none() && patronymic.is_none() {
        score -= match (caseless, common) {
            (true, false) => 0.0,
            (false, false) => 0.6,
            (_, true) => 1.0,
        };
    } else if !caseless && common {
        score -= 0.4;
    }
    let sure = !common && (given.is_some_and(|count| count >= 5) || patronymic.is_some());
    Mark {
        unreadable: false,
        readings,
        score,
        sure,
        by_context: false,
        joinable: true,
        initial: false,
        common,
        denied: false,
        recalled: false,
    }
}

/// A capitalised word nobody knows: it may be a rare name.
fn unknown(text: &str) -> Reading {
    let female = text.ends_with(['а', 'я']);
    Reading {
        kind: Kind::Surname,
        lemma: text.to_owned(),
        gender: if female {
            crate::Gender::Female
        } else {
            crate::Gender::Male
        },
        cases: ANY,
        plural: false,
        count: 0,
        diminutive: false,
        guessed: true,
    }
}
