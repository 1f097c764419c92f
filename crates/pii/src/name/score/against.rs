//! What speaks against a person around a word: animals, goods, discoverers, quotations, places, numbers.

use crate::words::{Capitals, Kind as WordKind, Words};

use super::super::blocked::is_street_pair;
use super::super::form::cases::NOM;
use super::street::street_like;
use super::{Mark, has_case, parts_left_of};

pub(super) fn against(words: &Words<'_>, index: usize, marks: &[Mark<'_>]) -> f32 {
    let gap = words.gap(index);
    let before = if index > 0 { words.text(index - 1) } else { "" };
    let parts_before = parts_left_of(words, index);
    let tight = matches!(
        gap,
        " " | ". " | "." | " \u{ab}" | " \"" | "\u{ab}" | "-" | " - " | ": "
    );
    let mut against: f32 = 0.0;
    if let Some(first) = quotation(words, index) {
        let outside = parts_left_of(words, first);
        if !outside.is_announcer() && !outside.is_role() {
            // A name once heard may still be quoted; goods may not.
            against -= if outside.is_thing() { 9.0 } else { 4.4 };
        }
    }
    if index > 0 && tight {
        if parts_before.is_street_word() || before == "им" || before == "имени" && index > 1 {
            against -= if before == "имени" { 0.0 } else { 5.0 };
        }
        let clause = !gap.starts_with('.');
        if parts_before.is_pet() {
            against -= 14.0;
        }
        if parts_before.is_thing() && !parts_before.is_role() && clause && gap != ": " {
            against -= if has_case(&marks[index], NOM) { 3.0 } else { 1.2 };
        }
        if parts_before.is_eponym_word() && clause {
            against -= 5.0;
        }
    }
    // The patronymic of a cat, the second discoverer of a syndrome.
    if index > 1
        && matches!(gap, " " | "-" | " и ")
        && marks[index - 1].denied
        && matches!(words.all[index].capitals, Capitals::First)
    {
        against -= 9.0;
    }
    if index > 1 && before == "по" && words.lore(index - 2).parts.is_eponym_word() && {
        against -= 3.0;
        true
    } || before == "и" && index > 1 && marks[index - 2].score < -2.0 && !marks[index - 2].readings.is_empty()
    {
        against -= 4.0;
    }
    if index > 0
        && gap == " "
        && parts_before.blocked
        && words.all[index - 1].capitals == words.all[index].capitals
        && !parts_before.is_role()
    {
        against -= 2.5;
    }
    if words.text(index + 1) == "из"
        && ["мульт", "фильм", "сериал", "сказк", "книг", "игр"]
            .iter()
            .any(|stem| words.text(index + 2).starts_with(stem))
    {
        against -= 6.0;
    }
    if is_street_pair(before, words.text(index)) || is_street_pair(words.text(index), words.text(index + 1)) {
        against -= 8.0;
    }
    against + street_like(words, index, marks) + numbered(words, index)
}

/// The longest quoted name of goods or a firm, in words.
const QUOTED_WORDS_MAX: usize = 4;

/// The first word of the quotation of a few words around word `index`, if it stands in one.
fn quotation(words: &Words<'_>, index: usize) -> Option<usize> {
    let opens = |at: usize| words.gap(at).ends_with(['\u{ab}', '"', '\'']);
    let closes = |at: usize| words.gap(at).contains(['\u{bb}', '"', '\'']);
    let first = (index.saturating_sub(QUOTED_WORDS_MAX - 1)..=index)
        .rev()
        .find(|at| opens(*at))?;
    let unbroken = (first + 1..=index).all(|at| !closes(at));
    let closed = (index + 1..=first + QUOTED_WORDS_MAX).any(closes);
    (unbroken && closed).then_some(first)
}

/// «51 роза», «8 марта», and dates of months.
fn numbered(words: &Words<'_>, index: usize) -> f32 {
    let counted = index > 0
        && words.all[index - 1].kind == WordKind::Digits
        && words.gap(index) == " "
        && words.text(index - 1).len() <= 3;
    let entry = words.entry(index);
    if counted && entry.is_common() { -1.5 } else { 0.0 }
}
