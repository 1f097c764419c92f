//! Values of secrets told digit by digit, in words, or by a word and a number: «4 4 1 7», «пин двадцать два сорок»,
//! «пароль маникюр один два три».

use std::ops::Range;

use crate::recognizer::{gap, quantity};
use crate::view::View;
use crate::words::Kind;

use super::list::TOLD;
use super::other::OTHER_CODES;
use super::value::is_before_unit;
use super::word;
use super::{FAR_REACH, is_password};

/// «4 4 1 7», «5-5-2-0-1-1»: digits one by one.
pub(super) fn lone_digits(view: &View<'_>, first: usize) -> Option<Range<usize>> {
    let words = &view.words;
    let lone = |index: usize| {
        words
            .all
            .get(index)
            .is_some_and(|word| word.kind == Kind::Digits && word.end - word.start == 1)
    };
    let mut after = first;
    while lone(after) && (after == first || matches!(words.gap(after), " " | "-" | "." | "*" | ", " | "_")) {
        after += 1;
    }
    let range = words.all[first].start..words.all[after.max(first + 1) - 1].end;
    (SPOKEN_DIGITS.contains(&(after - first)) && view.stands_alone(&range)).then_some(range)
}

/// Digits a spoken code has.
const SPOKEN_DIGITS: std::ops::RangeInclusive<usize> = 3..=12;

/// «PIN сейфа 6 два 4 два»: digits one by one, some written and some told.
pub(super) fn lone_mixed(view: &View<'_>, cue: usize) -> Option<Range<usize>> {
    let first = view.pieces.partition_point(|piece| piece.first_word <= cue);
    let single = |index: usize| {
        view.pieces
            .get(index)
            .is_some_and(|piece| piece.digits.len() == 1 && !piece.ordinal)
    };
    let mut after = first;
    while single(after) && (after == first || matches!(view.gap_before(after), " " | "-" | ", ")) {
        after += 1;
    }
    let mixed = (first..after).any(|index| view.pieces[index].spoken);
    let near = view
        .pieces
        .get(first)
        .is_some_and(|piece| piece.first_word <= cue + FAR_REACH);
    (near && mixed && SPOKEN_DIGITS.contains(&(after - first)))
        .then(|| view.pieces[first].start..view.pieces[after - 1].end)
}

/// «пароль маникюр один два три», «запишите солнышко пятьдесят восемь»: a word and a number that close it.
pub(super) fn word_and_number(view: &View<'_>, cue: usize) -> Option<Range<usize>> {
    if !is_password(view.words.text(cue)) {
        return None;
    }
    let words = &view.words;
    let first = view.pieces.partition_point(|piece| piece.first_word <= cue);
    let piece = view.pieces.get(first).filter(|piece| !piece.ordinal)?;
    let word = piece.first_word - 1;
    let led = word == cue + 1
        || word > cue + 1
            && word <= cue + FAR_REACH
            && (TOLD.begins(words.text(word - 1)) || words.text(word - 1).starts_with("запиш"));
    let fits = word > cue
        && words.all[word].kind == Kind::Cyrillic
        && words.text(word).chars().count() >= word::WORD_CHARS_MIN
        && !word::is_about(words.text(word))
        && !TOLD.begins(words.text(word))
        && matches!(words.gap(piece.first_word), " " | "-" | "_");
    let plain = (cue + 1..=word).all(|index| !words.gap(index).contains(['!', '?', ';', ',']));
    if !led || !fits || !plain {
        return None;
    }
    let mut last = first;
    while last + 1 < view.pieces.len() && matches!(view.gap_before(last + 1), " " | "-") {
        last += 1;
    }
    let range = words.all[word].start..view.pieces[last].end;
    (!is_before_unit(view, range.end) && !quantity::is_measured(view, &range)).then_some(range)
}

/// «код из смс: четыре восемь ноль девять», «пин двадцать два сорок»: a code told in words in the same sentence.
pub(super) fn value_spoken(view: &View<'_>, cue: usize) -> Option<Range<usize>> {
    let first = view
        .pieces
        .iter()
        .position(|piece| piece.first_word > cue && piece.spoken && !piece.ordinal)?;
    let begin = view.pieces[first].first_word;
    let plain = (cue + 1..=begin)
        .all(|index| !view.words.gap(index).contains(['!', ';', '?']) && !OTHER_CODES.begins(view.words.text(index)));
    if begin > cue + FAR_REACH || !plain {
        return None;
    }
    let (mut last, mut digits) = (first, view.pieces[first].digits.len());
    while let Some(next) = view.pieces.get(last + 1) {
        if !(gap::is_tight(view.gap_before(last + 1)) || view.gap_before(last + 1) == ", ") {
            break;
        }
        digits += next.digits.len();
        last += 1;
    }
    let range = view.pieces[first].start..view.pieces[last].end;
    let told = last > first || begin <= cue + 3 && digits >= 4;
    (told && SPOKEN_DIGITS.contains(&digits) && !is_before_unit(view, range.end)).then_some(range)
}
