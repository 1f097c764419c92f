//! Birth certificates: a Roman number, two letters and six digits, «II-ИВ № 123456».

use crate::cue::{Cue, cue_before};
use crate::finding::Evidence;
use crate::label::Label;
use crate::view::{Claims, View};
use crate::words::{Capitals, Kind};

const NUMBER_DIGITS: usize = 6;
const SERIES_LETTERS: usize = 2;

/// Claims all certificates.
pub(crate) fn claim(view: &View<'_>, claims: &mut Claims) {
    for index in 0..view.pieces.len() {
        let piece = &view.pieces[index];
        let fits = |gap: &str| super::gap::is_loose(gap) && (piece.spoken || !gap.contains(','));
        let Some(joined) = view.join(index, NUMBER_DIGITS, fits) else {
            claim_spoilt(view, claims, index);
            continue;
        };
        let range = joined.range;
        if view.after(range.end).is_some_and(char::is_alphanumeric) {
            continue;
        }
        if let Some(start) = series_start(view, piece.first_word) {
            claims.add(Label::BirthCert, start..range.end, 0.96, Evidence::Pattern);
        } else if joined.groups.len() == 1
            && view.stands_alone(&range)
            && cue_before(view, piece.first_word, 3).is_some_and(|(cue, _)| cue == Cue::BirthCert)
        {
            claims.add(Label::BirthCert, range, 0.7, Evidence::Cue);
        }
    }
}

/// A digit lost or doubled after a whole series, and certificates of other countries: seven or eight digits.
fn claim_spoilt(view: &View<'_>, claims: &mut Claims, index: usize) {
    let piece = &view.pieces[index];
    let range = piece.start..piece.end;
    if !view.stands_alone(&range) {
        return;
    }
    if matches!(piece.digits.len(), 5 | 7)
        && let Some(start) = series_start(view, piece.first_word)
    {
        claims.add(Label::BirthCert, start..piece.end, 0.8, Evidence::Pattern);
    } else if matches!(piece.digits.len(), 7 | 8)
        && cue_before(view, piece.first_word, 3).is_some_and(|(cue, _)| cue == Cue::BirthCert)
    {
        claims.add(Label::BirthCert, range, 0.7, Evidence::Cue);
    }
}

/// «IIИВ»: a Roman number and the letters of the series written as one word.
fn is_glued_series(word: &str, capitals: Capitals) -> bool {
    let length = word.chars().count();
    (capitals == Capitals::All || capitals == Capitals::Mixed)
        && (3..=8).contains(&length)
        && word
            .chars()
            .take(length - SERIES_LETTERS)
            .all(|sign| matches!(sign, 'i' | 'v' | 'x' | 'l' | 'і' | 'х'))
}

/// «два римская ИВ», «римская два ИВ»: start of the number told before word `letters`.
fn spoken_roman(view: &View<'_>, letters: usize) -> Option<usize> {
    let is_roman = |word: usize| view.words.text(word).starts_with("римск");
    let one = letters.checked_sub(1)?;
    let two = letters.checked_sub(2)?;
    let number = |word: usize| view.pieces.iter().any(|piece| piece.first_word == word);
    (is_roman(one) && number(two) || is_roman(two) && number(one))
        .then(|| view.words.all[if number(two) { two } else { one }].start)
}

/// Start of «II-ИВ» before word `number`.
fn series_start(view: &View<'_>, number: usize) -> Option<usize> {
    let near = |index: usize| {
        let gap = view.words.gap(index).trim_matches([' ', ',', '.', '\n']);
        gap.is_empty() || matches!(gap, "-" | "--" | "№" | "n" | "#" | "/" | "№ ")
    };
    let mut letters = number.checked_sub(1)?;
    if view.words.text(letters) == "номер" {
        letters = letters.checked_sub(1)?;
    } else if !near(number) {
        return None;
    }
    let word = view.words.all[letters];
    if near(number) && is_glued_series(view.words.text(letters), word.capitals) {
        return Some(word.start);
    }
    // «Б А»: the letters apart.
    let single =
        |index: usize| view.words.text(index).chars().count() == 1 && view.words.all[index].kind == Kind::Cyrillic;
    if single(letters) && letters > 0 && single(letters - 1) && view.words.gap(letters) == " " {
        letters -= 1;
    } else if word.kind == Kind::Digits || view.words.text(letters).chars().count() != SERIES_LETTERS {
        return None;
    }
    if !near(letters) {
        return None;
    }
    if let Some(start) = spoken_roman(view, letters) {
        return Some(start);
    }
    let roman = letters.checked_sub(1)?;
    let text = view.words.text(roman);
    let is_roman = !text.is_empty()
        && text
            .chars()
            .all(|sign| matches!(sign, 'i' | 'v' | 'x' | 'l' | 'і' | 'х' | 'у' | 'п' | 'ш'));
    // «1V-ИВ»: a digit for the first stroke.
    if is_roman
        && let Some(stroke) = roman.checked_sub(1)
        && view.words.gap(roman).is_empty()
        && matches!(view.words.text(stroke), "1" | "11" | "111")
    {
        return Some(view.words.all[stroke].start);
    }
    let is_digit =
        view.words.all[roman].kind == Kind::Digits && text.len() == 1 && view.words.gap(letters).contains('-');
    (is_roman || is_digit).then(|| view.words.all[roman].start)
}
