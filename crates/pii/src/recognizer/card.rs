//! Bank cards: sixteen to nineteen digits with the Luhn check, or the last four digits when they are called so.

use crate::checksum;
use crate::cue::{Cue, cue_before, stem_before};
use crate::finding::Evidence;
use crate::label::Label;
use crate::view::{Claims, View};

/// Lengths in use by the payment systems seen here (Maestro and Мир reach 19).
const LENGTHS: [usize; 4] = [16, 18, 19, 15];

/// Claims whole card numbers.
pub(crate) fn claim_full(view: &View<'_>, claims: &mut Claims) {
    for first in 0..view.pieces.len() {
        let piece = &view.pieces[first];
        let cue = cue_before(view, piece.first_word, 5).map(|(cue, _)| cue);
        let fits = |gap: &str| super::gap::is_tight(gap) || piece.spoken && gap == ", ";
        for length in LENGTHS {
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

/// Claims «*7610», «карта в конце 8300», «которая на 5499 заканчивается».
pub(crate) fn claim_tail(view: &View<'_>, claims: &mut Claims) {
    for piece in &view.pieces {
        if piece.digits.len() != 4 || !view.stands_alone(&(piece.start..piece.end)) {
            continue;
        }
        let starred = view.text()[..piece.start].ends_with(['*', '•', '·'])
            || view.text()[..piece.start].ends_with("xx")
            || view.text()[..piece.start].ends_with("**** ");
        let ending = ["конц", "заканчива", "оканчива", "последн", "кончает"];
        let told_before = stem_before(view, piece.first_word, 4, &ending);
        let told_after = (0..2).any(|step| {
            ending
                .iter()
                .any(|stem| view.words.text(piece.after_word + step).starts_with(stem))
        });
        let of_card = ["карт", "сбер", "тинь", "втб", "альф", "мир", "visa", "банк", "card"];
        let speaks_of_card = stem_before(view, piece.first_word, 10, &of_card)
            || (0..6).any(|step| {
                of_card
                    .iter()
                    .any(|stem| view.words.text(piece.after_word + step).starts_with(stem))
            });
        if starred || (told_before || told_after) && speaks_of_card {
            claims.add(Label::Card, piece.start..piece.end, 0.9, Evidence::Cue);
        }
    }
}
