//! Birth certificates: a Roman number, two letters and six digits, «II-ИВ № 123456».

use crate::cue::{Cue, cue_after, cue_before};
use crate::finding::Evidence;
use crate::label::Label;
use crate::view::{Claims, View};
use crate::words::{Capitals, Kind};

use super::letter_name;

const NUMBER_DIGITS: usize = 6;
const SERIES_LETTERS: usize = 2;
/// Longest gap of signs between the parts of a series: « - № ».
const SERIES_GAP_BYTES_MAX: usize = 8;
/// How far back the word may stand from a bare number, and from one with «номер» before it.
const REACH: usize = 4;
const NUMBERED_REACH: usize = 9;

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
        } else if let Some(end) = series_after(view, &range) {
            claims.add(Label::BirthCert, range.start..end, 0.9, Evidence::Pattern);
        } else if let Some(start) = letters_before(view, piece.first_word) {
            claims.add(Label::BirthCert, start..range.end, 0.8, Evidence::Cue);
        } else if joined.groups.len() == 1 && view.stands_alone(&range) && is_told(view, piece.first_word) {
            claims.add(Label::BirthCert, range, 0.7, Evidence::Cue);
        }
    }
}

/// Whether the word of certificates stands before word `number`, near or with «номер» between.
fn is_told(view: &View<'_>, number: usize) -> bool {
    let numbered = view.words.gap(number).contains('№') || number > 0 && view.words.text(number - 1) == "номер";
    let reach = if numbered { NUMBERED_REACH } else { REACH };
    match cue_before(view, number, reach) {
        // «свидетельство о рождении»
        Some((Cue::Birth, distance)) => {
            cue_before(view, number - distance, 2).is_some_and(|(cue, _)| cue == Cue::BirthCert)
        }
        found => found.is_some_and(|(cue, _)| cue == Cue::BirthCert),
    }
}

/// «GE 4417305 грузинское свидетельство»: letters, digits and the word after them.
fn told_after(view: &View<'_>, index: usize) -> Option<std::ops::Range<usize>> {
    let piece = &view.pieces[index];
    let left = piece.first_word.checked_sub(1)?;
    let range = view.words.all[left].start..piece.end;
    let series = view.words.all[left].capitals == Capitals::All
        && (SERIES_LETTERS..=3).contains(&view.words.text(left).chars().count())
        && (6..=8).contains(&piece.digits.len())
        && matches!(view.words.gap(piece.first_word), " " | "" | "-" | " № ");
    let told = cue_after(view, piece.after_word, 4).is_some_and(|(cue, distance)| {
        let next = piece.after_word + distance;
        cue == Cue::BirthCert
            && !view.words.gap(piece.after_word).contains([',', '.'])
            && !view.words.text(next).starts_with(|sign: char| sign.is_ascii_digit())
    });
    (series && told && view.stands_alone(&range)).then_some(range)
}

/// «свидетельство ИВ 123456», «свид. KG 0000011»: the letters of a series without its number.
fn letters_before(view: &View<'_>, number: usize) -> Option<usize> {
    let left = number.checked_sub(1)?;
    let word = view.words.all[left];
    let series = word.capitals == Capitals::All
        && word.kind != Kind::Digits
        && (SERIES_LETTERS..=3).contains(&view.words.text(left).chars().count())
        && matches!(view.words.gap(number), " " | "" | "-" | " № " | " №" | "№");
    (series && is_told(view, left)).then_some(word.start)
}

/// «номер 123456 серия II-ИВ», «123456 (II-ИВ)»: the end of a series that follows its number.
fn series_after(view: &View<'_>, number: &std::ops::Range<usize>) -> Option<usize> {
    let words = &view.words;
    let mut roman = words.index_at(number.end);
    if words.text(roman).starts_with("сер") {
        roman += 1;
    }
    let letters = roman + 1;
    if letters >= words.len() || words.gap(roman).len() > SERIES_GAP_BYTES_MAX {
        return None;
    }
    let upper = words.all[letters].capitals == Capitals::All && words.all[letters].kind == Kind::Cyrillic;
    let shaped = words.gap(letters) == "-"
        && is_roman(words.text(roman))
        && upper
        && words.text(letters).chars().count() == SERIES_LETTERS;
    let range = words.all[roman].start..words.all[letters].end;
    let own = words
        .all
        .get(letters + 1)
        .is_some_and(|next| next.kind == Kind::Digits && next.end - next.start == NUMBER_DIGITS);
    (shaped && !own && view.stands_alone(&range)).then_some(range.end)
}

fn is_roman(text: &str) -> bool {
    !text.is_empty()
        && text
            .chars()
            .all(|sign| matches!(sign, 'i' | 'v' | 'x' | 'l' | 'і' | 'х' | 'у' | 'п' | 'ш'))
}

/// A digit lost or doubled after a whole series, and certificates of other countries: seven or eight digits.
fn claim_spoilt(view: &View<'_>, claims: &mut Claims, index: usize) {
    let piece = &view.pieces[index];
    let range = piece.start..piece.end;
    if let Some(range) = told_after(view, index) {
        claims.add(Label::BirthCert, range, 0.8, Evidence::Cue);
        return;
    }
    if !view.stands_alone(&range) {
        return;
    }
    if matches!(piece.digits.len(), 5 | 7)
        && let Some(start) = series_start(view, piece.first_word)
    {
        claims.add(Label::BirthCert, start..piece.end, 0.8, Evidence::Pattern);
    } else if matches!(piece.digits.len(), 7 | 8)
        && let letters =
            letters_before(view, piece.first_word).filter(|_| !view.words.gap(piece.first_word).contains('№'))
        && (letters.is_some() || is_told(view, piece.first_word))
    {
        let start = letters.unwrap_or(range.start);
        let range = start..range.end;
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
    let number = |word: usize| view.piece_at(word).is_some();
    (is_roman(one) && number(two) || is_roman(two) && number(one))
        .then(|| view.words.all[if number(two) { two } else { one }].start)
}

/// Start of «II-ИВ» before word `number`.
fn series_start(view: &View<'_>, number: usize) -> Option<usize> {
    let near = |index: usize| {
        let gap = view.words.gap(index);
        gap.len() <= SERIES_GAP_BYTES_MAX
            && gap.chars().all(|sign| {
                matches!(
                    sign,
                    ' ' | ',' | '.' | '\n' | '-' | '№' | '#' | '/' | '(' | ')' | ':' | '_'
                )
            })
    };
    let mut letters = number.checked_sub(1)?;
    if matches!(view.words.text(letters), "номер" | "ном" | "n" | "no" | "н") {
        letters = letters.checked_sub(1)?;
    } else if !near(number) {
        return None;
    }
    let word = view.words.all[letters];
    if near(number) && is_glued_series(view.words.text(letters), word.capitals) {
        return Some(word.start);
    }
    // «Б А»: the letters apart.
    // «а дэ»: or told by their names.
    let single = |index: usize| {
        view.words.all[index].kind == Kind::Cyrillic
            && (view.words.text(index).chars().count() == 1 || letter_name::is_letter(view.words.text(index)))
    };
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
    // «1V-ИВ»: a digit for the first stroke.
    if is_roman(text)
        && let Some(stroke) = roman.checked_sub(1)
        && view.words.gap(roman).is_empty()
        && matches!(view.words.text(stroke), "1" | "11" | "111")
    {
        return Some(view.words.all[stroke].start);
    }
    let is_digit = view.words.all[roman].kind == Kind::Digits
        && text.len() == 1
        && (view.words.gap(letters).contains('-') || is_told(view, roman) && word.capitals == Capitals::All);
    (is_roman(text) || is_digit).then(|| view.words.all[roman].start)
}
