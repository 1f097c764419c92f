//! The next paper of the same kind: «права 7425 918203, у мужа ещё 74 17 300925», «вписаны я, 02 14 375918, и брат,
//! 02 36 901527». The word stands once, or only the drivers of a policy are named.

use std::sync::LazyLock;

use crate::cue::{Cue, cue_before};
use crate::finding::Evidence;
use crate::label::Label;
use crate::stems::Stems;
use crate::view::{Claims, View};

use super::driver_license::series_and_number;

/// Words of drivers: their papers follow.
static DRIVERS: LazyLock<Stems> =
    LazyLock::new(|| Stems::new("вписа вписыв впиши допущ допуск водител категори стаж каршер"));
/// How far before a number such a word may stand.
const DRIVERS_REACH: usize = 9;
/// How far, in bytes, the paper before may stand.
const BEFORE_BYTES_MAX: usize = 130;
/// How far before the number «ещё», «второй» or «и» may stand.
const MORE_REACH: usize = 4;

/// Claims papers told after another of their kind, and those of drivers.
pub(super) fn claim(view: &View<'_>, claims: &mut Claims) {
    for first in 0..view.pieces.len() {
        let piece = &view.pieces[first];
        let begins = matches!(piece.digits.len(), 2 | 4 | 10) && claims.is_free(&(piece.start..piece.end));
        if !begins || cue_before(view, piece.first_word, 3).is_some_and(|(cue, _)| cue != Cue::License) {
            continue;
        }
        let Some(range) = series_and_number(view, first) else {
            continue;
        };
        if super::phone::is_sum_or_measure(view, &range) {
            continue;
        }
        let label = if is_of_driver(view, piece.first_word) {
            Some(Label::DriverLicense)
        } else {
            follows(view, claims, piece.first_word)
        };
        if let Some(label) = label {
            claims.add(label, range, 0.75, Evidence::Context);
        }
    }
}

/// «вписаны я, 02 14 375918», «категория М есть, 7438 860217»: no other paper is named between.
fn is_of_driver(view: &View<'_>, number: usize) -> bool {
    (1..=DRIVERS_REACH.min(number))
        .map(|back| number - back)
        .take_while(|index| !view.words.gap(index + 1).contains('\n'))
        .find_map(|index| match crate::cue::cue_at(view, index) {
            Some(Cue::Passport | Cue::VehiclePaper | Cue::Snils | Cue::Policy | Cue::Card | Cue::Goods) => Some(false),
            _ => DRIVERS.begins(view.words.text(index)).then_some(true),
        })
        .unwrap_or(false)
}

/// The kind of the paper told before, if «ещё», «второй», «и» or somebody else leads to this one.
fn follows(view: &View<'_>, claims: &Claims, number: usize) -> Option<Label> {
    let words = &view.words;
    let start = words.all[number].start;
    let before = claims
        .before(start)
        .find(|claim| claim.label != Label::Person && claim.label != Label::Birthdate)?;
    let same = matches!(before.label, Label::DriverLicense | Label::Passport)
        || before.label == Label::Vin
            && words
                .slice(before.range.clone())
                .chars()
                .filter(char::is_ascii_digit)
                .count()
                == 10;
    let near = start - before.range.end <= BEFORE_BYTES_MAX;
    let more = (1..=MORE_REACH.min(number)).any(|back| {
        matches!(
            words.text(number - back),
            "еще"
                | "второй"
                | "вторая"
                | "вторые"
                | "второе"
                | "также"
                | "и"
                | "его"
                | "ее"
                | "мужа"
                | "жены"
                | "сына"
                | "брат"
        )
    });
    let listed = matches!(view.text()[before.range.end..start].trim(), "," | ";" | "и" | "/" | "");
    (same && near && (more || listed)).then_some(before.label)
}
