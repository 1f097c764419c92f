//! Bank cards: sixteen to nineteen digits with the Luhn check, or the last four digits when they are called so.

use crate::checksum;
use crate::cue::{Cue, cue_before, stem_before};
use crate::finding::Evidence;
use crate::label::Label;
use crate::view::{Claims, View};

/// Lengths in use by the payment systems seen here (Maestro and Мир reach 19).
const LENGTHS: [usize; 4] = [16, 18, 19, 15];
const SHORTEST: usize = 15;

/// Claims whole card numbers.
pub(crate) fn claim_full(view: &View<'_>, claims: &mut Claims) {
    for first in 0..view.pieces.len() {
        let piece = &view.pieces[first];
        let cue = cue_before(view, piece.first_word, 5).map(|(cue, _)| cue);
        let in_lines = view
            .join(first, LENGTHS[0], |gap| gap == "\n")
            .is_some_and(|lines| lines.groups == [4, 4, 4, 4]);
        let fits = |gap: &str| {
            super::gap::is_signs(gap) && (in_lines || !gap.contains('\n'))
                || piece.spoken && gap == ", "
                || cue == Some(Cue::Card) && !gap.contains('\n') && super::gap::is_loose(gap)
        };
        let alone = piece.digits.len() < SHORTEST && !view.is_joined_on(first, fits);
        for length in LENGTHS.into_iter().filter(|_| !alone) {
            let Some(joined) = view.join(first, length, fits) else {
                continue;
            };
            let issuer = joined.digits.starts_with(['2', '3', '4', '5', '6', '9']);
            let checked = checksum::luhn(&joined.digits);
            let accepted = match cue {
                Some(Cue::Card) => length != 15 || checked,
                Some(Cue::Goods | Cue::Organisation | Cue::Policy) => false,
                _ => issuer && (checked && length != 15 || length == 16 && joined.groups == [4, 4, 4, 4]),
            };
            if accepted && view.stands_alone(&joined.range) {
                claims.add(
                    Label::Card,
                    joined.range,
                    0.96,
                    if checked { Evidence::Checksum } else { Evidence::Cue },
                );
                break;
            }
        }
    }
}

/// Words that say a number ends a card.
const ENDINGS: [&str; 7] = [
    "конц",
    "заканчива",
    "оканчива",
    "последн",
    "кончает",
    "хвост",
    "концовк",
];
/// How far back such a word may stand.
const ENDING_REACH: usize = 4;
/// Words that speak of a card.
const OF_CARD: [&str; 22] = [
    "карт",
    "сбер",
    "тинь",
    "втб",
    "альф",
    "мир",
    "visa",
    "банк",
    "card",
    "kart",
    "возврат",
    "верн",
    "перевод",
    "перевед",
    "перекин",
    "скин",
    "оплат",
    "списа",
    "удал",
    "деньг",
    "газпромбанк",
    "озон",
];
/// Digits of a card told to know it by.
const TAIL_DIGITS: usize = 4;

/// Claims «*7610», «карта в конце 8300», «на конце сорок четыре семнадцать», «которая на 5499 заканчивается».
pub(crate) fn claim_tail(view: &View<'_>, claims: &mut Claims) {
    for first in 0..view.pieces.len() {
        let piece = &view.pieces[first];
        if piece.ordinal || piece.digits.len() > TAIL_DIGITS || is_count(view, first) {
            continue;
        }
        let fits = |gap: &str| super::gap::is_tight(gap) || piece.spoken && matches!(gap, ", " | " и ");
        let Some(joined) = view.join(first, TAIL_DIGITS, fits) else {
            continue;
        };
        let (range, after_word) = (joined.range, view.pieces[joined.after - 1].after_word);
        if !view.stands_alone(&range) || joined.groups.len() > 1 && view.text()[range.clone()].contains('.') {
            continue;
        }
        let starred = joined.groups.len() == 1
            && (view.text()[..piece.start].ends_with(['*', '•', '·'])
                || view.text()[..piece.start].ends_with("...")
                    && cue_before(view, piece.first_word, 3).is_some_and(|(cue, _)| cue == Cue::Card)
                || view.text()[..piece.start].ends_with("xx")
                || view.text()[..piece.start].ends_with("**** "));
        let told_before = is_told_before(view, first);
        let pair = joined.groups == [2, 2] && view.text()[range.clone()].contains(' ');
        let told_after = (joined.groups.len() == 1 || pair)
            && (0..2).any(|step| {
                ENDINGS
                    .iter()
                    .any(|stem| view.words.text(after_word + step).starts_with(stem))
            });
        let counted = piece.first_word > 1 && first > 0 && is_count(view, first - 1);
        let speaks_of_card = || {
            counted
                || stem_before(view, piece.first_word, 10, &OF_CARD)
                || (0..6).any(|step| {
                    OF_CARD
                        .iter()
                        .any(|stem| view.words.text(after_word + step).starts_with(stem))
                })
        };
        let of_phone = || cue_before(view, piece.first_word, 6).is_some_and(|(cue, _)| cue == Cue::Phone);
        if starred || (told_before || told_after) && speaks_of_card() && !of_phone() {
            claims.add(Label::Card, range, 0.9, Evidence::Cue);
        }
    }
}

/// «карта на конце 6028», «(посл. цифры 4187)»: a word of ending before piece `first`, no other number between.
fn is_told_before(view: &View<'_>, first: usize) -> bool {
    let number = view.pieces[first].first_word;
    let previous = first.checked_sub(1).filter(|before| !is_count(view, *before));
    let from = previous.map_or(0, |before| view.pieces[before].after_word);
    (1..=ENDING_REACH.min(number))
        .map(|back| number - back)
        .take_while(|index| *index >= from && !view.words.gap(index + 1).contains('\n'))
        .any(|index| {
            let word = view.words.text(index);
            // «в конце апреля»
            let of_time = word.starts_with("конц") && super::quantity::is_unit(view.words.text(index + 1));
            word == "посл" || !of_time && ENDINGS.iter().any(|stem| word.starts_with(stem))
        })
}

/// «последние четыре»: how many digits, not which.
fn is_count(view: &View<'_>, piece: usize) -> bool {
    let piece = &view.pieces[piece];
    piece.digits == "4" && piece.first_word > 0 && view.words.text(piece.first_word - 1).starts_with("посл")
}
