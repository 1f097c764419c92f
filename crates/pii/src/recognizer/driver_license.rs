//! Driving licences: series «74 ОЕ» or «9914» and six digits, told by the word beside.

use std::ops::Range;

use crate::cue::{Cue, cue_after, cue_before};
use crate::finding::Evidence;
use crate::label::Label;
use crate::view::{Claims, View};
use crate::words::{Capitals, Kind};

/// How far back the word may stand from a foreign licence, and from a Russian series and number.
const REACH: usize = 5;
const FAR_REACH: usize = 12;

/// Claims all licences.
pub(crate) fn claim(view: &View<'_>, claims: &mut Claims) {
    if !view.is_announced(Cue::License) {
        return;
    }
    for first in 0..view.pieces.len() {
        let piece = &view.pieces[first];
        let Some((Cue::License, distance)) = cue_before(view, piece.first_word, FAR_REACH) else {
            continue;
        };
        let near = distance <= REACH;
        if let Some(range) = series_and_number(view, first).or_else(|| foreign(view, first).filter(|_| near)) {
            claims.add(Label::DriverLicense, range, 0.95, Evidence::Cue);
        }
    }
    for first in 0..view.pieces.len() {
        let Some(range) = series_and_number(view, first) else {
            continue;
        };
        let after = view.words.index_at(range.end);
        if cue_after(view, after, 2).is_some_and(|(cue, _)| cue == Cue::License)
            && cue_before(view, view.pieces[first].first_word, 3).is_none()
        {
            claims.add(Label::DriverLicense, range, 0.85, Evidence::Cue);
        }
    }
}

/// Claims licences without a word beside: no passport and no region has a series of ninety-nine.
pub(crate) fn claim_unannounced(view: &View<'_>, claims: &mut Claims) {
    for first in 0..view.pieces.len() {
        let piece = &view.pieces[first];
        let parted = piece.digits.len() == 2 || piece.digits.len() == 4;
        if parted
            && piece.digits.starts_with("99")
            && cue_before(view, piece.first_word, 3).is_none()
            && let Some(range) = series_and_number(view, first)
        {
            claims.add(Label::DriverLicense, range, 0.7, Evidence::Pattern);
        }
    }
}

/// «AF 1029384»: two letters and six to eight digits, as other countries write them.
fn foreign(view: &View<'_>, first: usize) -> Option<Range<usize>> {
    let piece = &view.pieces[first];
    let left = piece.first_word.checked_sub(1)?;
    let letters = view.words.all[left];
    let series = view.words.text(left).chars().count() == 2
        && letters.kind != Kind::Digits
        && letters.capitals == Capitals::All
        && matches!(view.words.gap(piece.first_word), "" | " " | "-" | " № ");
    let range = letters.start..piece.end;
    (series && (6..=8).contains(&piece.digits.len()) && view.stands_alone(&range)).then_some(range)
}

/// Two digits, two letters or digits, six digits, in any spacing: the series and number of Russian papers.
pub(crate) fn series_and_number(view: &View<'_>, first: usize) -> Option<Range<usize>> {
    let fits = |gap: &str| {
        gap.is_empty() || gap.len() <= 8 && gap.trim_matches([' ', '-', '№', '.']).is_empty() || is_number_word(gap)
    };
    if let Some(joined) = view.join(first, 10, fits) {
        let shaped = matches!(
            joined.groups.as_slice(),
            [10] | [4, 6] | [2, 2, 6] | [2, 2, 3, 3] | [4, 3, 3]
        ) || joined.spoken;
        return (shaped && view.stands_alone(&joined.range)).then(|| with_named_number(view, joined.range));
    }
    let piece = &view.pieces[first];
    let next = view.pieces.get(first + 1)?;
    if piece.spoken || piece.digits.len() != 2 || next.first_word != piece.after_word + 1 {
        return None;
    }
    let number = view
        .join(first + 1, 6, |gap| matches!(gap, "" | " " | "-" | " - " | "."))
        .filter(|number| number.groups.len() <= 2)?;
    let letters = view.words.all[piece.after_word];
    let two = view.words.text(piece.after_word).chars().count() == 2 && letters.kind != Kind::Digits;
    let near = fits(view.words.gap(piece.after_word)) && fits(view.words.gap(next.first_word));
    let range = piece.start..number.range.end;
    (two && near && view.stands_alone(&range)).then_some(range)
}

/// «7422 серия, 604118 номер»: where both parts are named after themselves the last word belongs to the number.
pub(super) fn with_named_number(view: &View<'_>, range: Range<usize>) -> Range<usize> {
    let after = view.words.index_at(range.end);
    let named = view.words.slice(range.clone()).contains("сер")
        && view.words.text(after) == "номер"
        && view.words.gap(after) == " "
        && view.piece_at(after + 1).is_none();
    if named {
        range.start..view.words.all[after].end
    } else {
        range
    }
}

/// « номер », « № » between series and number.
pub(crate) fn is_number_word(gap: &str) -> bool {
    matches!(gap.trim(), "номер" | "№" | ", номер" | ", №" | "н" | "ном." | "n") || is_number_aside(gap)
}

/// «, номер тогда », « серия, », « а номер: »: a few words of dictation, «номер» or «серия» among them.
fn is_number_aside(gap: &str) -> bool {
    let named = ["ном", "№", "сер"].iter().any(|stem| gap.contains(stem));
    named && !gap.contains('\n') && super::gap::is_loose(gap)
}
