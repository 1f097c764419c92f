//! ИНН of a person: twelve digits with two check digits. Ten digits belong to an organisation and are left alone.

use crate::checksum;
use crate::cue::{Cue, cue_before};
use crate::finding::Evidence;
use crate::label::Label;
use crate::view::{Claims, View};

const PERSON_DIGITS: usize = 12;

/// Claims all personal ИНН.
pub(crate) fn claim(view: &View<'_>, claims: &mut Claims) {
    for first in 0..view.pieces.len() {
        let piece = &view.pieces[first];
        if view.before(piece.start) == Some('+') {
            continue;
        }
        let fits = |gap: &str| matches!(gap, " " | "-" | "") || piece.spoken && gap == ", ";
        let Some(joined) = view.join(first, PERSON_DIGITS, fits) else {
            continue;
        };
        if !view.stands_alone(&joined.range) {
            continue;
        }
        let cue = cue_before(view, piece.first_word, 4).map(|(cue, _)| cue);
        let checked = checksum::inn_of_person(&joined.digits);
        let whole = joined.groups == [PERSON_DIGITS];
        if cue == Some(Cue::Inn) {
            claims.add(
                Label::Inn,
                joined.range,
                0.98,
                if checked { Evidence::Checksum } else { Evidence::Cue },
            );
        } else if whole && checked && !matches!(cue, Some(Cue::Goods | Cue::Phone | Cue::Organisation)) {
            claims.add(Label::Inn, joined.range, 0.85, Evidence::Checksum);
        }
    }
}
