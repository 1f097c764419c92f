//! Addresses down to a house: street with its type or a well-known street name, house, and what follows without a
//! break (building, flat, entrance, floor, intercom); index, region and settlement are taken in from the left.
//!
//! A street without a house is no address of a person.

mod house;
mod kind;
mod name;
mod part;
mod settlement;
mod street;

use std::ops::Range;

use crate::finding::Evidence;
use crate::label::Label;
use crate::view::{Claims, View};
use crate::words::is_pictograph;

use house::{house_end, house_of_street, is_bare_house, street_after, with_letter};
use part::next_part;
use settlement::{widen_left, widen_right};
use street::{is_worded, street_before};

/// Longest number of a house.
const HOUSE_DIGITS_MAX: usize = 4;

/// Claims all addresses.
pub(crate) fn claim(view: &View<'_>, claims: &mut Claims) {
    let mut runs: Vec<Run> = Vec::new();
    for house in 0..view.pieces.len() {
        let piece = &view.pieces[house];
        // «тридцать второй дом по Кирова», «в седьмом доме на Лесной»
        if let Some(range) = house_of_street(view, house).filter(|range| claims.is_free(range)) {
            runs.push(Run { range, sure: true });
            continue;
        }
        if piece.ordinal && !is_worded(view, house)
            || piece.digits.len() > HOUSE_DIGITS_MAX
            || piece.digits.is_empty()
            || names_ordinal(view, piece.after_word) && !is_worded(view, house)
            || !claims.is_free(&(piece.start..piece.end))
        {
            continue;
        }
        let Some(run) = run_of(view, house, !runs.is_empty()) else {
            continue;
        };
        match runs.last_mut() {
            // «мкр. Парковый-2, ул. Шмакова, 20»: what looked like a house was the name of what stands before the street.
            Some(last) if run.range.start < last.range.end => {
                last.range = last.range.start.min(run.range.start)..last.range.end.max(run.range.end);
                last.sure |= run.sure;
            }
            _ => runs.push(run),
        }
    }
    for run in runs {
        let range = trim_to_free(claims, run.range);
        claims.add(
            Label::Address,
            range,
            if run.sure { 0.93 } else { 0.8 },
            Evidence::Pattern,
        );
    }
}

/// An address without a break.
struct Run {
    range: Range<usize>,
    sure: bool,
}

/// The run whose house is piece `house`; `heard`: the text has told an address before.
fn run_of(view: &View<'_>, house: usize, heard: bool) -> Option<Run> {
    let piece = &view.pieces[house];
    let (end, detailed) = house_end(view, house);
    let plain_end = with_letter(view, piece.end, &mut false);
    let shape = if next_part(view, plain_end).is_some() || next_part(view, end).is_some() {
        Shape::Parted
    } else if detailed {
        Shape::Detailed
    } else {
        Shape::Bare
    };
    if let Some(range) = street_after(view, house, end) {
        let range = widen_left(view, range.start)..range.end;
        return Some(Run { range, sure: true });
    }
    let street = street_before(view, house, shape, heard, end)?;
    if shape <= Shape::Detailed && !street.worded && !is_bare_house(view, end) {
        return None;
    }
    let range = widen_left(view, street.start)..widen_right(view, end);
    Some(Run {
        range,
        sure: street.sure,
    })
}

/// «3-я линия», «40-летия»: the number is a part of a name.
fn names_ordinal(view: &View<'_>, after: usize) -> bool {
    view.words.gap(after) == "-"
        && matches!(
            view.words.text(after),
            "я" | "й" | "ая" | "ый" | "ой" | "го" | "летия" | "лет"
        )
}

/// A gap as it would be without pictures and line ends: «, 🏠 » is a comma, « 🏠 » and a line end are a space.
pub(super) fn plain_gap(gap: &str) -> &str {
    if !gap.contains(|sign: char| sign == '\n' || is_pictograph(sign)) {
        return gap;
    }
    let signs = gap.trim_matches(|sign: char| sign.is_whitespace() || is_pictograph(sign));
    let lines = gap.matches('\n').count();
    match signs {
        "" if lines <= 1 => " ",
        "," if lines <= 1 => ", ",
        "." if lines <= 1 => ". ",
        _ => gap,
    }
}

/// An address never swallows what another recognizer has taken to its left.
fn trim_to_free(claims: &Claims, range: Range<usize>) -> Range<usize> {
    if claims.is_free(&range) {
        return range;
    }
    match claims.last_before(range.end) {
        Some(claim) if claim.range.end > range.start => claim.range.end..range.end,
        _ => range,
    }
}

/// How much a number looks like that of a house.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Shape {
    Bare,
    /// With a letter or a fraction.
    Detailed,
    /// A flat, an office or a building follows.
    Parted,
    /// «дом» stands before it.
    House,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shadow::Shadow;
    use crate::words::Words;

    fn addresses(text: &str) -> Vec<String> {
        let shadow = Shadow::new(text);
        let view = View::new(Words::new(&shadow));
        let mut claims = Claims::default();
        claim(&view, &mut claims);
        let claims = claims.into_vec().into_iter();
        claims.map(|claim| view.words.slice(claim.range).to_owned()).collect()
    }

    #[test]
    fn runs_that_meet_are_one_address() {
        assert_eq!(
            addresses("живет мкр. Парковый-2, ул. Мира, 20-164"),
            ["мкр. парковый-2, ул. мира, 20-164"]
        );
        assert_eq!(
            addresses("к/с Любитель-2, линия 14, участок 1127"),
            ["к/с любитель-2, линия 14, участок 1127"]
        );
    }

    #[test]
    fn what_follows_without_a_break_belongs_to_it() {
        for text in [
            "ул. труда 5, цокольный этаж",
            "ул. труда 5, второй подъезд, код 27в",
            "ул. труда 5, этаж цоколь",
            "ул. труда 5 3п 5эт кв7",
            "ул. труда 5, кв. 31, лифт есть, 8 этаж",
            "кв. 7, ул. труда, д. 24",
            "ул. труда, 18-б, под. 2",
        ] {
            assert_eq!(addresses(text), [text], "{text}");
        }
    }

    #[test]
    fn a_street_alone_and_numbers_of_other_things_are_none() {
        for text in [
            "на Кирова в 15",
            "Ленина 500 руб",
            "от Ленина 15 минут",
            "горячая линия 24/7",
            "площадь 45 кв м",
            "11 мая 1996 г",
            "Малышева 12-30",
            "у Марины дома 2 кота",
            "Накладная 558-Т",
        ] {
            assert_eq!(addresses(text), Vec::<String>::new(), "{text}");
        }
    }
}
