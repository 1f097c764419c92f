//! The three digits on the back of a card: behind its number and the month it ends, or told by their side of it.

use std::ops::Range;

use crate::finding::Evidence;
use crate::label::Label;
use crate::recognizer::{phone, quantity};
use crate::view::{Claims, View};
use crate::words::Kind;

use super::code::{Code, code};

/// So many digits stand there.
const DIGITS: usize = 3;
/// How far before them, and how far after, the side and the card may be told, in words.
const REACH: usize = 9;
const REACH_AFTER: usize = 6;
/// Longest gap between a card, the month it ends and the three digits: «, до ».
const EXPIRY_GAP_BYTES_MAX: usize = 10;

/// Claims the three digits on the back of a card, before others take them for a card's last ones or a patient's.
pub(in crate::recognizer) fn claim_on_cards(view: &View<'_>, claims: &mut Claims) {
    for piece in 0..view.pieces.len() {
        if view.pieces[piece].digits.len() <= DIGITS
            && let Some(code) = code(view, piece).filter(|code| code.digits == DIGITS && is_on_card(view, code))
        {
            claims.add(Label::Secret, code.range, 0.8, Evidence::Context);
        }
    }
}

/// «4377 … 9438, 11.28, 072»: three digits after a card and its date.
pub(super) fn claim_behind_cards(view: &View<'_>, claims: &mut Claims) {
    for piece in &view.pieces {
        let range = piece.start..piece.end;
        if piece.digits.len() != DIGITS || piece.spoken || !view.stands_alone(&range) {
            continue;
        }
        let behind = claims.last_before(piece.start).is_some_and(|claim| {
            let between = &view.text()[claim.range.end..piece.start];
            let digits = between.chars().filter(char::is_ascii_digit).count();
            let signs = between
                .chars()
                .all(|sign| sign.is_ascii_digit() || matches!(sign, ' ' | ',' | '.' | '/' | ';' | '-' | '\n'));
            claim.label == Label::Card && signs && (digits == 0 && between.len() <= 3 || digits == 4)
        });
        if behind {
            claims.add(Label::Secret, range, 0.8, Evidence::Context);
        }
    }
}

/// «4377 7237 1804 5564, 09/27, 318»: three digits after a card and the month it ends.
pub(super) fn beside_card(view: &View<'_>, index: usize, claims: &Claims) -> Option<Range<usize>> {
    let words = &view.words;
    let word = words.all[index];
    if word.kind != Kind::Digits || words.text(index).len() != DIGITS {
        return None;
    }
    let year = index.checked_sub(1)?;
    let month = year.checked_sub(1)?;
    let digits =
        |index: usize, length: usize| words.all[index].kind == Kind::Digits && words.text(index).len() == length;
    let dated =
        digits(month, 2) && (digits(year, 2) || digits(year, 4)) && matches!(words.gap(year), "/" | "." | " / " | "-");
    let near = |gap: &str| gap.len() <= EXPIRY_GAP_BYTES_MAX && !gap.contains('.');
    let range = word.start..word.end;
    if !dated || !near(words.gap(index)) || !view.stands_alone(&range) {
        return None;
    }
    let card = claims
        .last_before(words.all[month].start)
        .filter(|claim| claim.label == Label::Card && claims.is_free(&range))?;
    near(&view.text()[card.range.end..words.all[month].start]).then_some(range)
}

/// «с обратной стороны 718», «сзади карты двести восемь»: the digits on the back of a card.
fn is_on_card(view: &View<'_>, code: &Code) -> bool {
    let words = &view.words;
    let back = || words.before_in(code.first_word, REACH, &['\n', '!']);
    let side = back().any(|word| {
        ["обратн", "оборот", "сзади", "задн", "тыльн", "сторон"]
            .iter()
            .any(|stem| word.starts_with(stem))
    });
    let card = || {
        back()
            .chain((code.after_word..code.after_word + REACH_AFTER).map(|index| words.text(index)))
            .any(|word| {
                ["карт", "цифр", "циферк", "cvv", "cvc", "оплат", "срок", "предоплат"]
                    .iter()
                    .any(|stem| word.starts_with(stem))
            })
    };
    side && card()
        && !quantity::is_quantity(view, &code.range, code.first_word)
        && !phone::is_sum_or_measure(view, &code.range)
}
