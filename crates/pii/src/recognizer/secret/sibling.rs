//! Secrets beside a found one: «4471 9038 и 8820 1657», «не 4412, а 4421», «с Nastya1998 на uZh!ne_1998», and the same
//! told again.

use std::ops::Range;
use std::sync::LazyLock;

use crate::cue::{Cue, cue_at};
use crate::finding::Evidence;
use crate::label::Label;
use crate::recognizer::quantity;
use crate::stems::Stems;
use crate::view::{Claims, View};
use crate::words::Kind;

use super::code::{MONEY, codes};
use super::value::{blob, is_password_shaped, is_thing};

/// Words that may stand between two values of one kind, and values of one message.
const BETWEEN_MAX: usize = 5;
const VALUES_MAX: usize = 12;
/// Fewest digits of a value that is followed by another.
const DIGITS_MIN: usize = 4;

/// Claims values beside a claimed one: «4471 9038 и 8820 1657», «не 4412, а 4421», «с Nastya1998 на uZh!ne_1998».
pub(super) fn claim(view: &View<'_>, claims: &mut Claims) {
    let mut open: Vec<Range<usize>> = claims
        .before(view.text().len())
        .filter(|claim| claim.label == Label::Secret)
        .map(|claim| claim.range.clone())
        .collect();
    if open.is_empty() {
        return;
    }
    // «прислал 7216. диктую ещё раз 7 2 1 6»
    for code in codes(view) {
        let digits = digits_of(view, &code.range);
        let known = |known: &Range<usize>| digits_of(view, known) == digits && is_bare(view, known);
        if claims.is_free(&code.range) && open.iter().any(known) {
            claims.add(Label::Secret, code.range, 0.75, Evidence::Context);
        }
    }
    for _ in 0..VALUES_MAX {
        let Some(known) = open.pop() else { return };
        for range in [next(view, &known), previous(view, &known)].into_iter().flatten() {
            if claims.add(Label::Secret, range.clone(), 0.75, Evidence::Context) {
                open.push(range);
            }
        }
    }
}

/// The digits of a range, typed or told.
fn digits_of(view: &View<'_>, range: &Range<usize>) -> String {
    view.pieces
        .iter()
        .filter(|piece| range.start <= piece.start && piece.end <= range.end)
        .map(|piece| piece.digits.as_str())
        .collect()
}

/// Whether the range holds digits and the signs between them alone.
fn is_bare(view: &View<'_>, range: &Range<usize>) -> bool {
    view.words
        .slice(range.clone())
        .chars()
        .all(|sign| sign.is_ascii_digit() || matches!(sign, ' ' | '-' | '.'))
}

/// Words between two values of one kind.
static JOINS: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "и или либо а на не то ли потом еще раз теперь нет ой вернее точнее лучше может стал стала новый второй другой ещё or",
    )
});

/// The value of the same kind after the known one.
fn next(view: &View<'_>, known: &Range<usize>) -> Option<Range<usize>> {
    let words = &view.words;
    let first = words.index_at(known.end);
    let mut joined = false;
    for index in first..words.len().min(first + BETWEEN_MAX) {
        let gap = words.gap(index);
        if gap.contains(['\n', ';']) && index > first {
            return None;
        }
        let range = blob(view, words.all[index].start);
        if range.start >= known.end && is_like(view, known, &range, index) && !is_thing(view, index, &range) {
            let near = index == first && matches!(gap, ", " | "/" | " / " | "\n" | ",");
            return (joined || near).then_some(range);
        }
        joined |= JOINS.has(words.text(index));
        if cue_at(view, index).is_some_and(|cue| cue != Cue::Secret) || MONEY.begins(words.text(index)) {
            return None;
        }
    }
    None
}

/// The value of the same kind before the known one.
fn previous(view: &View<'_>, known: &Range<usize>) -> Option<Range<usize>> {
    let words = &view.words;
    let last = words.index_at(known.start);
    let mut joined = false;
    for index in (last.saturating_sub(BETWEEN_MAX)..last).rev() {
        if words.gap(index + 1).contains(['\n', ';', '?', '!']) {
            return None;
        }
        let range = blob(view, words.all[index].start);
        if range.end <= known.start && is_like(view, known, &range, index) && !is_thing(view, index, &range) {
            return joined.then_some(range);
        }
        joined |= JOINS.has(words.text(index));
    }
    None
}

/// Whether the range at word `index` is shaped like the known value: so many digits, or a mixed string.
fn is_like(view: &View<'_>, known: &Range<usize>, range: &Range<usize>, index: usize) -> bool {
    let words = &view.words;
    let (old, new) = (words.slice(known.clone()), words.slice(range.clone()));
    let numeric = |value: &str| value.len() >= DIGITS_MIN && value.bytes().all(|byte| byte.is_ascii_digit());
    let plain = !quantity::is_quantity(view, range, index);
    if numeric(old) {
        let before = words.text(index.wrapping_sub(1));
        return numeric(new) && new.len() == old.len() && plain && !new.ends_with("00") && !MONEY.begins(before);
    }
    let shaped = |value: &str| is_password_shaped(value) && !value.contains(' ');
    words.all[index].kind != Kind::Digits && shaped(old) && shaped(new) && plain
}
