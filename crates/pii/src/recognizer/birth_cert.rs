//! Birth certificates: a Roman number, two letters and six digits, «II-ИВ № 123456».

use std::ops::Range;

use crate::cue::{Cue, cue_before};
use crate::finding::Evidence;
use crate::label::Label;
use crate::view::{Claims, View};
use crate::words::Kind;

/// Claims all certificates.
pub(crate) fn claim(view: &View<'_>, claims: &mut Claims) {
    for (index, piece) in view.pieces.iter().enumerate() {
        if piece.digits.len() != 6 && !piece.spoken {
            if piece.digits.len() == 3 && view.pieces.get(index + 1).is_some_and(|next| next.digits.len() == 3) {
                claim_split(view, claims, index);
            }
            continue;
        }
        if let Some(start) = series_start(view, piece.first_word) {
            claims.add(Label::BirthCert, start..piece.end, 0.96, Evidence::Pattern);
        } else if cue_before(view, piece.first_word, 3)
            .is_some_and(|(cue, distance)| cue == Cue::BirthCert && distance <= 3)
            && piece.digits.len() == 6
        {
            claims.add(Label::BirthCert, piece.start..piece.end, 0.7, Evidence::Cue);
        }
    }
}

fn claim_split(view: &View<'_>, claims: &mut Claims, index: usize) {
    let range: Range<usize> = view.pieces[index].start..view.pieces[index + 1].end;
    if view.text()[range.clone()].len() <= 7
        && let Some(start) = series_start(view, view.pieces[index].first_word)
    {
        claims.add(Label::BirthCert, start..range.end, 0.9, Evidence::Pattern);
    }
}

/// Start of «II-ИВ» before word `number`.
fn series_start(view: &View<'_>, number: usize) -> Option<usize> {
    let near = |index: usize| {
        let gap = view.words.gap(index).trim();
        gap.is_empty() || matches!(gap, "-" | "№" | "n" | "." | ", №")
    };
    let mut letters = number.checked_sub(1)?;
    if view.words.text(letters) == "номер" {
        letters = letters.checked_sub(1)?;
    } else if !near(number) {
        return None;
    }
    let word = view.words.all[letters];
    if word.kind == Kind::Digits || view.words.text(letters).chars().count() != 2 || !near(letters) {
        return None;
    }
    let roman = letters.checked_sub(1)?;
    let text = view.words.text(roman);
    let is_roman = !text.is_empty()
        && text
            .chars()
            .all(|sign| matches!(sign, 'i' | 'v' | 'x' | 'l' | 'і' | 'х' | 'у' | 'п' | 'ш'));
    let is_digit =
        view.words.all[roman].kind == Kind::Digits && text.len() == 1 && view.words.gap(letters).contains('-');
    (is_roman || is_digit).then(|| view.words.all[roman].start)
}
