//! Numbers whose word stands beside them but whose grouping or length is not as it should be: dictated, torn by signs,
//! a digit lost or doubled. What the strict recognizers left is taken here by the word alone.

use std::ops::Range;

use crate::cue::{Cue, cue_after, cue_at, cue_before};
use crate::finding::Evidence;
use crate::label::Label;
use crate::view::{Claims, Joined, View};

use super::gap;
use super::phone::is_sum_or_measure;

/// How far back the word may stand, in words.
const REACH: usize = 6;
/// How far after the number it may stand.
const REACH_AFTER: usize = 4;

/// What a word announces: the label, the length in digits, lengths with a digit lost or doubled.
struct Expected {
    label: Label,
    length: usize,
    near: &'static [usize],
}

fn expected(cue: Cue) -> Option<Expected> {
    let (label, length, near): (Label, usize, &'static [usize]) = match cue {
        Cue::Snils => (Label::Snils, 11, &[10, 12, 9]),
        // Ten digits are those of an organisation.
        Cue::Inn => (Label::Inn, 12, &[11, 13]),
        Cue::Policy => (Label::Oms, 16, &[15, 17, 14]),
        Cue::Card => (Label::Card, 16, &[15, 17, 14, 18, 19]),
        Cue::Account => (Label::Account, 20, &[19, 21, 18, 22]),
        Cue::Passport => (Label::Passport, 10, &[9, 8, 11]),
        Cue::License => (Label::DriverLicense, 10, &[9, 11]),
        Cue::VehiclePaper => (Label::Vin, 10, &[9, 11]),
        Cue::Department => (Label::Passport, 6, &[]),
        Cue::Phone => (Label::Phone, 11, &[12, 10]),
        _ => return None,
    };
    Some(Expected { label, length, near })
}

/// Claims what a word beside announces and nobody has claimed.
pub(crate) fn claim(view: &View<'_>, claims: &mut Claims) {
    for first in 0..view.pieces.len() {
        let piece = &view.pieces[first];
        if piece.ordinal || !claims.is_free(&(piece.start..piece.end)) {
            continue;
        }
        let Some((cue, distance)) = cue_before(view, piece.first_word, REACH) else {
            claim_told_after(view, claims, first);
            continue;
        };
        let word = view.words.all[piece.first_word - distance].start;
        let taken = claims
            .last_before(piece.start)
            .is_some_and(|claim| claim.range.end > word);
        if taken || cue == Cue::Account && super::account::is_of_firm(view, first) || !is_first_after(view, first, word)
        {
            continue;
        }
        if let Some(expected) = expected(cue)
            && let Some(joined) = number(view, first, &expected)
        {
            claims.add(expected.label, joined.range, 0.8, Evidence::Cue);
        }
    }
}

/// «… — это снилс»: the word stands after its number.
fn claim_told_after(view: &View<'_>, claims: &mut Claims, first: usize) {
    for cue in [
        Cue::Snils,
        Cue::Passport,
        Cue::Policy,
        Cue::Card,
        Cue::License,
        Cue::Inn,
        Cue::Account,
    ] {
        let Some(expected) = expected(cue).filter(|_| view.is_announced(cue)) else {
            continue;
        };
        let Some(joined) = view.join(first, expected.length, gap::is_loose) else {
            continue;
        };
        let after = view.words.index_at(joined.range.end);
        let told = cue_after(view, after, REACH_AFTER).is_some_and(|(found, distance)| {
            let between = after..after + distance - 1;
            let follows = view.words.gap(after + distance).trim();
            found == cue
                && between.clone().all(|index| is_link(view.words.text(index)))
                && (!view.words.gap(after).contains(',') || !between.is_empty())
                && !follows.starts_with([':', '№'])
                && view.words.text(after + distance).parse::<u64>().is_err()
        });
        if told && is_whole(view, &joined) {
            claims.add(expected.label, joined.range, 0.75, Evidence::Cue);
            return;
        }
    }
}

fn is_link(word: &str) -> bool {
    matches!(
        word,
        "это" | "мой" | "моя" | "мои" | "номер" | "вот" | "по" | "от" | "наш" | "его" | "ее"
    )
}

/// No other number stands between the word at byte `word` and piece `first`.
fn is_first_after(view: &View<'_>, first: usize, word: usize) -> bool {
    let mut before = first;
    // «в две строки не влез»
    if before > 0 && counts_parts(view, before - 1) {
        before -= 1;
    }
    before
        .checked_sub(1)
        .is_none_or(|before| view.pieces[before].start < word)
}

/// «две строки», «три куска»: into how many parts a number was cut.
fn counts_parts(view: &View<'_>, piece: usize) -> bool {
    let piece = &view.pieces[piece];
    piece.digits.len() == 1
        && ["строк", "част", "кус", "захода", "ряда", "сообщен", "столб"]
            .iter()
            .any(|stem| view.words.text(piece.after_word).starts_with(stem))
}

/// The number of the expected length that begins at piece `first`, or of a near one if nothing goes on after it.
fn number(view: &View<'_>, first: usize, expected: &Expected) -> Option<Joined> {
    let fits = |joined: &Joined| {
        is_whole(view, joined)
            && !is_date(joined)
            && !is_sum_or_measure(view, &joined.range)
            && (expected.label != Label::Phone || is_phone(&joined.digits))
    };
    if let Some(joined) = view
        .join(first, expected.length, gap::is_loose)
        .filter(|joined| fits(joined))
    {
        return Some(joined);
    }
    if let Some(joined) = interrupted(view, first, expected).filter(|joined| fits(joined) && ends(view, joined)) {
        return Some(joined);
    }
    expected.near.iter().find_map(|length| {
        view.join(first, *length, gap::is_loose)
            .filter(|joined| fits(joined) && ends(view, joined))
    })
}

/// «семьдесят пять ноль девять так сейчас переверну номер сто восемнадцать …»: a number of exactly the expected length
/// broken off once by words to the listener.
fn interrupted(view: &View<'_>, first: usize, expected: &Expected) -> Option<Joined> {
    if expected.length < INTERRUPTED_DIGITS_MIN {
        return None;
    }
    let asides = std::cell::Cell::new(0);
    let joined = view.join(first, expected.length, |gap| {
        if gap::is_loose(gap) {
            return true;
        }
        asides.set(asides.get() + 1);
        asides.get() == 1 && gap::is_aside(gap)
    })?;
    // What goes on after the words is no date.
    let dated = |groups: &[usize]| matches!(groups, [2, 2, 2] | [2, 2, 4] | [2, 2] | [2]);
    let tail_is_date = !joined.spoken && (1..joined.groups.len()).any(|at| dated(&joined.groups[at..]) && at == 1);
    (!tail_is_date || joined.groups[0] > 4).then_some(joined)
}

/// Shorter numbers are made of whatever stands near.
const INTERRUPTED_DIGITS_MIN: usize = 10;

fn is_phone(digits: &str) -> bool {
    matches!(
        digits.as_bytes(),
        [b'7' | b'8', b'3' | b'4' | b'8' | b'9' | b'7', ..] | [b'9', ..]
    )
}

/// «12.05.2010» is nothing but a date.
fn is_date(joined: &Joined) -> bool {
    !joined.spoken && matches!(joined.groups.as_slice(), [2, 2, 4] | [1, 2, 4] | [4, 2, 2])
}

/// Whether no further digits follow close by.
fn ends(view: &View<'_>, joined: &Joined) -> bool {
    view.pieces.get(joined.after).is_none_or(|next| {
        let gap = &view.text()[joined.range.end..next.start];
        gap.contains([',', '\n', ';'])
            || !gap::is_loose(gap)
            || joined.groups.len() == 1 && gap == " " && next.spoken != joined.spoken
    })
}

fn is_whole(view: &View<'_>, joined: &Joined) -> bool {
    view.stands_alone(&joined.range) && !touches_more(view, &joined.range)
}

/// A fraction or a code goes on.
fn touches_more(view: &View<'_>, range: &Range<usize>) -> bool {
    let rest = &view.text()[range.end..];
    rest.starts_with(['%', '@'])
        || rest
            .strip_prefix([':', '.', '/'])
            .is_some_and(|tail| tail.starts_with(|sign: char| sign.is_ascii_digit()))
        || cue_at(view, view.words.index_at(range.start)).is_some()
}
