//! Bank accounts: twenty digits. Correspondent accounts of banks (301…) are nobody's personal data.

use crate::checksum;
use crate::cue::{Cue, cue_before, stem_before};
use crate::finding::Evidence;
use crate::label::Label;
use crate::view::{Claims, View};

const ACCOUNT_DIGITS: usize = 20;
const CARD_DIGITS: usize = 16;
/// First digits of accounts of the budget, of banks and of organisations.
const NOT_PERSONAL: &[&str] = &["301", "302", "303", "031", "032", "401"];

/// First digits of accounts of persons, told apart over lines too.
const OF_PERSONS: &[&str] = &["40817", "40820", "423", "426"];

/// Claims accounts in any grouping.
pub(crate) fn claim(view: &View<'_>, claims: &mut Claims) {
    for first in 0..view.pieces.len() {
        let piece = &view.pieces[first];
        let of_person = OF_PERSONS.iter().any(|prefix| piece.digits.starts_with(prefix));
        let fits = |gap: &str| {
            if piece.spoken {
                matches!(gap, " " | ", ")
            } else {
                super::gap::is_tight(gap) || of_person && super::gap::is_signs(gap)
            }
        };
        // «по 3 тысячи 2204.3402.…»: a sum told before a number.
        if piece.spoken && view.pieces.get(first + 1).is_some_and(|next| !next.spoken) {
            continue;
        }
        let cue = cue_before(view, piece.first_word, 4).map(|(cue, _)| cue);
        if cue == Some(Cue::Organisation) || is_of_firm(view, first) {
            continue;
        }
        if let Some(joined) = view.join(first, ACCOUNT_DIGITS, fits) {
            // A card number with a sum after it.
            let is_card = cue == Some(Cue::Card)
                && joined.groups == [4, 4, 4, 4, 4]
                && checksum::luhn(&joined.digits[..CARD_DIGITS]);
            if is_card {
                continue;
            }
            if view.stands_alone(&joined.range) && !NOT_PERSONAL.iter().any(|prefix| joined.digits.starts_with(prefix))
            {
                claims.add(Label::Account, joined.range, 0.97, Evidence::Pattern);
            }
        } else if cue == Some(Cue::Account) && piece.digits.len() >= 18 && piece.digits.len() <= 22 {
            // A digit lost or doubled.
            claims.add(Label::Account, piece.start..piece.end, 0.8, Evidence::Cue);
        }
    }
}

/// «р/с организации 40702…», «корр. счёт 30101…»: an account of a firm, said to be one, or of a bank.
pub(super) fn is_of_firm(view: &View<'_>, first: usize) -> bool {
    let piece = &view.pieces[first];
    NOT_PERSONAL.iter().any(|prefix| piece.digits.starts_with(prefix))
        || piece.digits.starts_with("407")
            && stem_before(
                view,
                piece.first_word,
                4,
                &["организ", "компани", "фирм", "ооо", "юрлиц"],
            )
}
