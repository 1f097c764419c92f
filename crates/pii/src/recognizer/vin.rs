//! Vehicle identification numbers (ISO 3779: 17 signs without I, O, Q) and the numbers of vehicle papers, СТС and ПТС.

use crate::cue::{Cue, cue_before};
use crate::finding::Evidence;
use crate::label::Label;
use crate::shadow::to_latin;
use crate::view::{Claims, View};
use crate::words::Kind;

const VIN_LENGTH: usize = 17;

/// Claims vehicle numbers and papers.
pub(crate) fn claim(view: &View<'_>, claims: &mut Claims) {
    let announced = view.is_announced(Cue::Vin);
    let mut index = 0;
    while index < view.words.len() {
        let after = run_end(view, index);
        let length: usize = (index..after).map(|word| view.words.lore(word).length).sum();
        if announced || length >= VIN_LENGTH {
            claim_vin(view, claims, index, after);
        }
        index = after;
    }
    for piece in 0..view.pieces.len() {
        claim_frame(view, claims, piece);
        claim_paper(view, claims, piece);
    }
}

/// The word after the run of letters and digits without gaps that begins at word `index`.
fn run_end(view: &View<'_>, index: usize) -> usize {
    let mut after = index + 1;
    while after < view.words.len() && view.words.gap(after).is_empty() {
        after += 1;
    }
    after
}

fn claim_vin(view: &View<'_>, claims: &mut Claims, first: usize, after: usize) {
    let cue = cue_before(view, first, 5).is_some_and(|(cue, _)| cue == Cue::Vin);
    // A number broken by spaces or dashes is taken only after the word «VIN».
    let mut last = after;
    loop {
        let range = view.words.all[first].start..view.words.all[last - 1].end;
        let signs: Vec<char> = view.text()[range.clone()]
            .chars()
            .filter(|sign| sign.is_alphanumeric())
            .map(|sign| to_latin(sign).unwrap_or(sign))
            .collect();
        let digits = signs.iter().filter(|sign| sign.is_ascii_digit()).count();
        let spoiled = signs.iter().filter(|sign| matches!(sign, 'i' | 'o' | 'q')).count();
        let plain = signs.iter().all(char::is_ascii_alphanumeric);
        if signs.len() == VIN_LENGTH && plain && (4..VIN_LENGTH).contains(&digits) && (spoiled <= 3 || cue) {
            claims.add(
                Label::Vin,
                range,
                0.97,
                if cue { Evidence::Cue } else { Evidence::Pattern },
            );
            return;
        }
        if cue
            && (11..=17).contains(&signs.len())
            && plain
            && digits >= 4
            && last == after
            && signs.iter().any(|sign| sign.is_ascii_alphabetic())
            && signs.len() >= 14
        {
            claims.add(Label::Vin, range, 0.85, Evidence::Cue);
            return;
        }
        if !cue
            || signs.len() > VIN_LENGTH
            || last >= view.words.len()
            || !matches!(view.words.gap(last), " " | "-" | "")
        {
            return;
        }
        last += 1;
    }
}

/// «NCP91-5170382» after «кузов» or «шасси»: the frame number of a car made for Japan.
fn claim_frame(view: &View<'_>, claims: &mut Claims, piece: usize) {
    let number = &view.pieces[piece];
    let Some(model) = piece.checked_sub(1).map(|before| &view.pieces[before]) else {
        return;
    };
    let Some(left) = model.first_word.checked_sub(1) else {
        return;
    };
    let shaped = (6..=7).contains(&number.digits.len())
        && view
            .gap_before(piece)
            .chars()
            .all(|sign| sign == '-' || sign.is_ascii_alphabetic())
        && view.gap_before(piece).ends_with('-')
        && view.words.gap(model.first_word).is_empty();
    if shaped && cue_before(view, left, 3).is_some_and(|(cue, _)| cue == Cue::Vin) {
        claims.add(Label::Vin, view.words.all[left].start..number.end, 0.9, Evidence::Cue);
    }
}

/// «74 УН 583501», «9938 471205», «16РС948968» after СТС or ПТС.
fn claim_paper(view: &View<'_>, claims: &mut Claims, piece: usize) {
    let number = &view.pieces[piece];
    let Some((Cue::VehiclePaper, _)) = cue_before(view, number.first_word, 5) else {
        return;
    };
    if let Some(range) = super::driver_license::series_and_number(view, piece) {
        claims.add(Label::Vin, range, 0.95, Evidence::Cue);
    } else if let Some(joined) = view.join(piece, 15, |gap| gap == " " || gap.is_empty()) {
        claims.add(Label::Vin, joined.range, 0.9, Evidence::Cue);
    } else if number.digits.len() == 6 && view.words.all[number.first_word].kind == Kind::Digits {
        claims.add(Label::Vin, number.start..number.end, 0.7, Evidence::Cue);
    }
}
