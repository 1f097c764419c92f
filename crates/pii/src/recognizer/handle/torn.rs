//! Accounts told with a space at the wrong place or with a number behind: «zarina _ brows74», «frost#4471».

use std::ops::Range;

use super::is_cue;
use crate::view::View;
use crate::words::Kind;

/// How far before the number the word for an account stands.
const CUE_REACH: usize = 5;
/// Digits of the number Discord put behind a nick.
pub(super) const TAG_DIGITS: usize = 4;
/// A nick torn apart has so many pieces at most.
const PIECES_MAX: usize = 5;

/// «дискорд frost#4471»: the nick before the sign at byte `at`, with its number.
pub(super) fn tagged(view: &View<'_>, at: usize) -> Option<Range<usize>> {
    let words = &view.words;
    let number = words.index_at(at);
    let digits = words
        .all
        .get(number)
        .filter(|word| word.kind == Kind::Digits && word.start == at + 1)?;
    if digits.end - digits.start != TAG_DIGITS || number == 0 || words.all[number - 1].end != at {
        return None;
    }
    let mut first = number - 1;
    while first > 0 && matches!(words.gap(first), "" | "_" | "." | "-") {
        first -= 1;
    }
    let told =
        (1..=CUE_REACH.min(first)).any(|back| is_cue(words.text(first - back)) && words.text(first - back) != "вк");
    told.then(|| words.all[first].start..digits.end)
}

/// «ник zarina _ brows 74»: a nick right behind the cue whose pieces stand around an underscore.
pub(super) fn torn(view: &View<'_>, cue: usize) -> Option<Range<usize>> {
    let words = &view.words;
    let first = cue + 1;
    let is_piece = |index: usize| words.all.get(index).is_some_and(|word| word.kind != Kind::Cyrillic);
    if !is_piece(first) || !matches!(words.gap(first), " " | ": " | " - ") {
        return None;
    }
    let is_tear = |gap: &str| matches!(gap, " _ " | " _" | "_ ");
    let mut last = first;
    while last - first < PIECES_MAX
        && is_piece(last + 1)
        && (is_tear(words.gap(last + 1)) || words.gap(last + 1).is_empty())
    {
        last += 1;
    }
    let is_torn = (first + 1..=last).any(|index| is_tear(words.gap(index)));
    is_torn.then(|| words.all[first].start..words.all[last].end)
}
