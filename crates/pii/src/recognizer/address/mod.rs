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

use house::{house_end, is_bare_house, street_after, with_letter};
use part::{next_part, part_end};
use settlement::widen_left;
use street::street_before;

/// Longest number of a house.
const HOUSE_DIGITS_MAX: usize = 4;

/// Claims all addresses.
pub(crate) fn claim(view: &View<'_>, claims: &mut Claims) {
    let mut heard = false;
    for house in 0..view.pieces.len() {
        let piece = &view.pieces[house];
        if piece.ordinal
            || piece.digits.len() > HOUSE_DIGITS_MAX
            || piece.digits.is_empty()
            || !claims.is_free(&(piece.start..piece.end))
        {
            continue;
        }
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
            heard |= claims.add(
                Label::Address,
                widen_left(view, range.start)..range.end,
                0.85,
                Evidence::Pattern,
            );
            continue;
        }
        let Some(street) = street_before(view, house, shape, heard) else {
            continue;
        };
        if shape <= Shape::Detailed && !street.worded && !is_bare_house(view, end) {
            continue;
        }
        let range = trim_to_free(claims, widen_left(view, street.start)..end);
        let confidence = if street.sure { 0.93 } else { 0.8 };
        heard |= claims.add(Label::Address, range, confidence, Evidence::Pattern);
    }
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
