//! Streets and places called by somebody's name: «на Кирова», «на Молдавской», «по Советскому району».

use crate::lexicon::bits;
use crate::words::{Capitals, Words};

use super::super::form::Kind;
use super::Mark;

/// «на Кирова», «от Гагарина», «по Чайковского»: streets by their short names.
pub(super) fn street_like(words: &Words<'_>, index: usize, marks: &[Mark<'_>]) -> f32 {
    let place = is_in_place_name(words, index);
    if place < 0.0 {
        return place;
    }
    let text = words.text(index);
    let is_street = |at: usize| words.name(at).is_some_and(|entry| entry.has(bits::STREET));
    let genitive = ["а", "я", "ого", "его", "ой", "ых", "ко"]
        .iter()
        .any(|tail| text.ends_with(tail));
    if !is_street(index) || !genitive || index == 0 {
        return 0.0;
    }
    let given = marks[index]
        .readings
        .iter()
        .any(|reading| reading.kind != Kind::Surname && reading.count >= 5);
    let paired = words.gap(index) == " " && is_street(index - 1)
        || words.gap(index + 1) == " " && index + 1 < words.len() && is_street(index + 1);
    if paired && !words.lore(index - 1).parts.is_role() && !words.lore(index.saturating_sub(2)).parts.is_role() {
        return -6.5;
    }
    let before = words.text(index - 1);
    let near_other_street = index > 1 && matches!(before, "и" | "или") && marks[index - 2].score < -1.0;
    if matches!(
        before,
        "на" | "по" | "до" | "за" | "через" | "от" | "с" | "возле" | "около" | "угол" | "вдоль"
    ) && words.gap(index) == " "
        && !given
        || near_other_street
    {
        return -4.8;
    }
    if index > 1 && matches!(words.text(index - 2), "на" | "по") && words.gap(index) == " " && !given {
        return -2.0;
    }
    if matches!(words.gap(index), ", ") && marks[index - 1].score < -1.0 && !given {
        -3.0
    } else {
        0.0
    }
}

/// «на Молдавской», «с Уфимского тракта», «по Советскому району»: an adjective that belongs to a place.
fn is_in_place_name(words: &Words<'_>, index: usize) -> f32 {
    let next = words.text(index + 1);
    let named = [
        "район",
        "тракт",
        "област",
        "рынок",
        "рынк",
        "вокзал",
        "шоссе",
        "край",
        "округ",
        "площад",
        "проспект",
        "улиц",
        "мост",
    ];
    if words.gap(index + 1) == " " && named.iter().any(|stem| next.starts_with(stem)) {
        return -6.0;
    }
    let toward = index > 0 && matches!(words.text(index - 1), "на" | "по" | "до") && words.gap(index) == " ";
    let booked = index > 1
        && ["запи", "переве", "перепи", "оформ", "жалоб"]
            .iter()
            .any(|stem| words.text(index - 2).starts_with(stem));
    if !toward || booked {
        return 0.0;
    }
    let text = words.text(index);
    let adjective = [
        "ской",
        "скую",
        "ского",
        "скому",
        "ском",
        "цкой",
        "цкую",
        "ный",
        "ной",
        "ного",
        "ном",
    ]
    .iter()
    .any(|tail| text.ends_with(tail));
    let lower = words.all[index].capitals == Capitals::None;
    let surname = ["ова", "ева", "ина", "енко"].iter().any(|tail| text.ends_with(tail));
    if adjective {
        -4.6
    } else if lower && surname {
        -2.4
    } else {
        0.0
    }
}
