//! СНИЛС: eleven digits, usually 112-233-445 95. Without the word beside it the check number must be right.

use crate::checksum;
use crate::cue::{Cue, cue_after, cue_at, cue_before};
use crate::finding::Evidence;
use crate::label::Label;
use crate::view::{Claims, View};

const SNILS_DIGITS: usize = 11;
/// How far before the word may stand where a list of numbers begins.
const LIST_REACH: usize = 14;

/// Claims all СНИЛС.
pub(crate) fn claim(view: &View<'_>, claims: &mut Claims) {
    for first in 0..view.pieces.len() {
        let piece = &view.pieces[first];
        let fits = |gap: &str| super::gap::is_tight(gap) || piece.spoken && gap == ", ";
        let Some(joined) = view.join(first, SNILS_DIGITS, fits) else {
            continue;
        };
        if view.before(joined.range.start) == Some('+') || !view.stands_alone(&joined.range) {
            continue;
        }
        let checked = checksum::snils(&joined.digits);
        let announced = cue_before(view, piece.first_word, 5).is_some_and(|(cue, _)| cue == Cue::Snils)
            || (1..=5.min(piece.first_word)).any(|back| {
                cue_at(view, piece.first_word - back) == Some(Cue::Snils)
                    && piece.digits.len() < SNILS_DIGITS
                    && !view.text()[view.words.all[piece.first_word - back].end..piece.start].contains([',', '\n', '.'])
            })
            // «снилс мой и сына: 153-119-431 35, 01935144441»
            || checked && cue_before(view, piece.first_word, LIST_REACH).is_some_and(|(cue, _)| cue == Cue::Snils)
            || cue_after(view, view.words.index_at(joined.range.end), 2).is_some_and(|(cue, _)| cue == Cue::Snils);
        let shaped = joined.groups == [3, 3, 3, 2];
        if announced {
            claims.add(
                Label::Snils,
                joined.range,
                0.98,
                if checked { Evidence::Checksum } else { Evidence::Cue },
            );
        } else if shaped && (checked || view.text()[joined.range.clone()].matches('-').count() >= 2) {
            claims.add(
                Label::Snils,
                joined.range,
                0.9,
                if checked { Evidence::Checksum } else { Evidence::Pattern },
            );
        }
    }
}
