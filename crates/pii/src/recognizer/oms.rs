//! Medical-insurance policies: sixteen digits of ОМС, old series and number, and the free forms of ДМС.

use std::ops::Range;

use crate::checksum;
use crate::cue::{Cue, cue_after, cue_at, cue_before, stem_before};
use crate::finding::Evidence;
use crate::label::Label;
use crate::view::{Claims, View};
use crate::words::Capitals;

use super::driver_license::is_number_word;

const POLICY_DIGITS: usize = 16;
/// Digits of a policy of free form, and groups before its first digits.
const DIGITS_MAX: usize = 20;
const GROUPS_MAX: usize = 8;
/// Digits of a date.
const DATE_DIGITS_MAX: usize = 8;

/// Claims all policies.
pub(crate) fn claim(view: &View<'_>, claims: &mut Claims) {
    for first in 0..view.pieces.len() {
        let piece = &view.pieces[first];
        let cue = cue(view, first);
        let fits = |gap: &str| super::gap::is_tight(gap) || piece.spoken && gap == ", ";
        if let Some(joined) = view.join(first, POLICY_DIGITS, fits) {
            let is_card =
                cue == Some(Cue::Card) || joined.digits.starts_with(['2', '4', '5', '6']) && cue != Some(Cue::Policy);
            if view.stands_alone(&joined.range) && !is_card && !matches!(cue, Some(Cue::Goods | Cue::Account)) {
                let checked = checksum::luhn(&joined.digits);
                if cue == Some(Cue::Policy) || checked || joined.digits.starts_with("74") {
                    claims.add(
                        Label::Oms,
                        joined.range,
                        0.96,
                        if checked { Evidence::Checksum } else { Evidence::Cue },
                    );
                }
            }
            continue;
        }
        if cue == Some(Cue::Policy)
            && !is_of_car(view, piece.first_word)
            && let Some(range) = free_form(view, first)
        {
            claims.add(Label::Oms, range, 0.85, Evidence::Cue);
        } else if cue.is_none()
            && let Some(range) = told_after(view, first)
        {
            claims.add(Label::Oms, range, 0.8, Evidence::Cue);
        }
    }
}

/// How far back «полис» may stand when «серия» or «номер» stands right before the number.
const FAR_REACH: usize = 10;

/// What announces piece `first`.
fn cue(view: &View<'_>, first: usize) -> Option<Cue> {
    let word = view.pieces[first].first_word;
    let told = |reach: usize| cue_before(view, word, reach).map(|(cue, _)| cue);
    if let Some((cue, distance)) = cue_before(view, word, 5) {
        // «по ДМС: карта 7-2281-004416-03»: the card of a policy.
        let of_policy = cue == Cue::Card
            && view
                .words
                .gap(word - distance)
                .trim_matches([' ', ':', ',', '-'])
                .is_empty()
            && cue_before(view, word - distance, 1).is_some_and(|(before, _)| before == Cue::Policy);
        return Some(if of_policy { Cue::Policy } else { cue });
    }
    if !stem_before(view, word, 2, &["сери", "номер"]) {
        return None;
    }
    let motor = (0..FAR_REACH).any(|step| {
        ["осаго", "каско", "авто", "машин"]
            .iter()
            .any(|stem| view.words.text(word + step).starts_with(stem))
    });
    let after = (1..FAR_REACH).any(|step| {
        let next = view.words.text(word + step);
        next.starts_with("страхов") || next.starts_with("полис")
    });
    told(FAR_REACH).or((after && !motor).then_some(Cue::Policy))
}

/// Policies that insure no health.
const OTHER_POLICIES: [&str; 7] = ["осаго", "каско", "автогражд", "ипотек", "имуществ", "машин", "авто"];

/// «полис осаго», «автостраховка»: said within a few words of word `number`.
fn is_of_car(view: &View<'_>, number: usize) -> bool {
    let from = number.saturating_sub(5);
    (from..number + 4).any(|index| {
        OTHER_POLICIES
            .iter()
            .any(|stem| view.words.text(index).starts_with(stem))
    })
}

/// «SB 0418-22753 — полис дмс»: a policy of free form with its word after it.
fn told_after(view: &View<'_>, first: usize) -> Option<Range<usize>> {
    let range = free_form(view, first)?;
    let text = view.words.slice(range.clone());
    let after = view.words.index_at(range.end);
    let told = cue_after(view, after, 4).is_some_and(|(cue, distance)| {
        let between = (after..after + distance - 1).all(|index| LINKS.contains(&view.words.text(index)));
        let follows = view.words.gap(after + distance);
        cue == Cue::Policy
            && between
            && !view.words.gap(after).contains([',', '.'])
            && !follows.contains([':', '№'])
            && !view
                .words
                .text(after + distance)
                .starts_with(|sign: char| sign.is_ascii_digit())
    });
    let shaped = text.contains(['-', '/']) || text.contains(char::is_alphabetic);
    (told && shaped && !is_of_car(view, view.pieces[first].first_word) && view.stands_alone(&range)).then_some(range)
}

/// Words between a policy and the word that tells it afterwards.
const LINKS: [&str; 8] = ["это", "мой", "номер", "вот", "наш", "его", "ее", "по"];

/// «0374-55/190281», «СБ 123456», a policy with a digit lost: six signs or more around piece `first`.
fn free_form(view: &View<'_>, first: usize) -> Option<Range<usize>> {
    let piece = &view.pieces[first];
    let mut start = piece.start;
    let mut letters = piece.first_word;
    while letters > 0 && piece.first_word - letters < GROUPS_MAX && matches!(view.words.gap(letters), "" | "-" | "/") {
        letters -= 1;
        start = view.words.all[letters].start;
    }
    // «СГ 77-1182/00416»: letters told apart.
    let series = letters.checked_sub(1).filter(|left| {
        letters == piece.first_word
            && view.words.all[*left].capitals == Capitals::All
            && (1..=3).contains(&view.words.text(*left).chars().count())
            && (matches!(view.words.gap(letters), " " | " № " | " №") || is_number_word(view.words.gap(letters)))
            && cue_at(view, *left).is_none()
    });
    if let Some(left) = series {
        start = view.words.all[left].start;
    }
    // «д/м сто двадцать-4407»
    if piece.spoken
        && letters > 1
        && matches!(view.words.gap(letters), " " | "-")
        && matches!(view.words.gap(letters - 1), "/" | "-")
        && (1..=2).all(|back| view.words.text(letters - back).chars().count() <= 2)
    {
        start = view.words.all[letters - 2].start;
    }
    // «РГ-МД 0044173»
    if let Some(left) = series
        && let Some(further) = left.checked_sub(1)
        && view.words.gap(left) == "-"
        && view.words.all[further].capitals == Capitals::All
        && (2..=3).contains(&view.words.text(further).chars().count())
    {
        start = view.words.all[further].start;
    }
    let (mut end, mut count, mut next) = (piece.end, piece.digits.len(), first + 1);
    while let Some(following) = view.pieces.get(next) {
        let gap = &view.text()[end..following.start];
        // «0118.042.773915»
        let dotted = gap == "."
            && following.digits.len() >= 3
            && count >= 2
            && view.before(piece.start) != Some('.')
            && !following.digits.starts_with("20");
        let glued = is_number_word(gap)
            || dotted
            || is_capital_series(view, end, gap)
            || gap.chars().count() <= 4
                && gap.chars().all(|sign| {
                    matches!(sign, '-' | '/' | ' ' | '№')
                        || sign.is_alphabetic() && (gap.len() <= 4 && !gap.contains(' ') || gap.starts_with(['-', '/']))
                });
        if !glued || count > DIGITS_MAX {
            break;
        }
        count += following.digits.len();
        end = following.end;
        next += 1;
    }
    // «ХХХ 0384417720»: the motor policy, three letters and ten digits, insures a car.
    let series = piece.first_word.checked_sub(1).map_or("", |left| view.words.text(left));
    if count == 10
        && series.chars().count() == 3
        && series.chars().all(|sign| "авекмнорстухxabekmhopcty".contains(sign))
    {
        return None;
    }
    // «558102/А»
    let last = view.words.index_at(end);
    if last < view.words.len()
        && matches!(view.words.gap(last), "-" | "/" | "")
        && view.words.text(last).chars().count() <= 2
        && view.words.all[last].capitals != Capitals::None
    {
        end = view.words.all[last].end;
    }
    let is_date = count <= DATE_DIGITS_MAX && view.text()[start..end].matches('.').count() == 2
        || super::serial::is_date(view, &(start..end));
    let shaped = view.text()[start..end].contains(['-', '/']) || view.text()[start..end].contains(char::is_alphabetic);
    let least = if shaped && !piece.spoken { 4 } else { 6 };
    ((least..=DIGITS_MAX).contains(&count) && !is_date && !super::quantity::is_measured(view, &(start..end)))
        .then_some(start..end)
}

/// «3324 LM 07715»: what stands between the digits up to `end` and the next ones is a word of two or three capitals.
fn is_capital_series(view: &View<'_>, end: usize, gap: &str) -> bool {
    let letters = view.words.index_at(end);
    matches!(gap.trim().chars().count(), 2 | 3)
        && gap.starts_with(' ')
        && gap.ends_with(' ')
        && view
            .words
            .all
            .get(letters)
            .is_some_and(|word| word.capitals == Capitals::All && word.end - word.start == gap.len() - 2)
}
