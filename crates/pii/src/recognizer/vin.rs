//! Vehicle identification numbers (ISO 3779: 17 signs without I, O, Q), numbers of bodies and frames, and the numbers of
//! vehicle papers, СТС and ПТС.

use crate::cue::{Cue, cue_after, cue_at, cue_before};
use crate::finding::Evidence;
use crate::label::Label;
use crate::shadow::to_latin;
use crate::view::{Claims, View};
use crate::words::Kind;

use super::quantity;
use super::serial::{self, serial};

const VIN_LENGTH: usize = 17;
/// Signs of the first half of a number torn between two lines.
const TORN_SIGNS_MIN: usize = 5;

/// Claims vehicle numbers and papers.
pub(crate) fn claim(view: &View<'_>, claims: &mut Claims) {
    let announced = view.is_announced(Cue::Vin);
    let lines = view.text().contains('\n');
    let mut index = 0;
    while index < view.words.len() {
        let after = run_end(view, index);
        let bytes = view.words.all[after - 1].end - view.words.all[index].start;
        if !announced && bytes < if lines { TORN_SIGNS_MIN } else { VIN_LENGTH } {
            index = after;
            continue;
        }
        let length: usize = (index..after).map(|word| view.words.lore(word).length).sum();
        if announced || length >= VIN_LENGTH {
            claim_vin(view, claims, index, after);
        } else if lines
            && length >= TORN_SIGNS_MIN
            && let Some(range) = super::frame::torn(view, index, after)
        {
            claims.add(Label::Vin, range, 0.85, Evidence::Pattern);
        }
        index = after;
    }
    let papers = view.is_announced(Cue::VehiclePaper) || view.is_announced(Cue::BirthCert);
    for piece in 0..view.pieces.len() {
        if announced {
            claim_body(view, claims, piece);
        }
        if papers {
            claim_paper(view, claims, piece);
        }
    }
}

/// The word after the run of letters and digits without gaps that begins at word `index`.
fn run_end(view: &View<'_>, index: usize) -> usize {
    let mut after = index + 1;
    let words = &view.words.all;
    while after < words.len() && words[after].start == words[after - 1].end {
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
            || !matches!(
                view.words.gap(last),
                " " | "-" | "" | " - " | "." | "/" | "\n" | "  " | "_" | "-\n"
            )
        {
            return;
        }
        last += 1;
    }
}

/// Digits of a number of a body or a frame without letters: old cars and motorcycles have six and more.
const BODY_DIGITS: std::ops::RangeInclusive<usize> = 6..=14;

/// «NCP91-5170382», «39629080471156» after «кузов», «рама» or «шасси».
fn claim_body(view: &View<'_>, claims: &mut Claims, piece: usize) {
    let Some(found) = serial(view, piece) else { return };
    let lettered = found.lettered && view.words.slice(found.range.clone()).is_ascii();
    let reach = if lettered { LETTERED_REACH } else { BODY_REACH };
    let told = cue_before(view, found.first_word, reach).is_some_and(|(cue, distance)| {
        cue == Cue::Vin
            && (lettered
                || is_joined(view, found.first_word)
                    && !view.words.text(found.first_word - distance).starts_with("вин"))
    });
    let bicycle = (0..6).any(|step| {
        ["велик", "велос", "самокат", "коляск"].iter().any(|stem| {
            view.words
                .text((found.first_word + 1).saturating_sub(step))
                .starts_with(stem)
        })
    });
    let plain = !found.lettered && BODY_DIGITS.contains(&found.digits) && !quantity::is_measured(view, &found.range);
    let shaped = lettered && (6..=14).contains(&found.digits);
    if told && !bicycle && (plain || shaped) && !serial::is_date(view, &found.range) {
        claims.add(Label::Vin, found.range, 0.9, Evidence::Cue);
    }
}

/// No comma parts word `number` from what stands before: «кузов битый, ремонт 118000».
fn is_joined(view: &View<'_>, number: usize) -> bool {
    let labelled = number > 0 && cue_at(view, number - 1).is_some();
    let from = if labelled { number } else { number.saturating_sub(1) };
    (from..=number).all(|index| !view.words.gap(index).contains([',', ';']))
        && !matches!(
            view.words.text(number.saturating_sub(1)),
            "пробег" | "ремонт" | "цена" | "за"
        )
}

/// How far back the word may stand from a number with letters, and from a bare one.
const LETTERED_REACH: usize = 4;
const BODY_REACH: usize = 3;
/// Digits of the electronic passport of a vehicle (ЭПТС).
const ELECTRONIC_DIGITS: usize = 15;
/// How far back «СТС» may stand from a series and a number.
const PAPER_REACH: usize = 9;

/// «74 УН 583501», «9938 471205», «16РС948968» after СТС or ПТС, or before them.
fn claim_paper(view: &View<'_>, claims: &mut Claims, piece: usize) {
    let number = &view.pieces[piece];
    let cue = match cue_before(view, number.first_word, PAPER_REACH) {
        // «птс в телефоне 78 УС 114390»: where the paper is, not whose number it is.
        Some((Cue::Phone, near))
            if near < number.first_word && matches!(view.words.text(number.first_word - near - 1), "в" | "на") =>
        {
            cue_before(view, number.first_word - near, PAPER_REACH - near)
                .map(|(cue, distance)| (cue, distance + near))
                .or(Some((Cue::Phone, near)))
        }
        found => found,
    };
    let paper = super::driver_license::series_and_number(view, piece);
    if let Some(range) = paper.clone() {
        let after = view.words.index_at(range.end);
        let told_after = cue_after(view, after, 3).is_some_and(|(cue, distance)| {
            let follows = view.words.gap(after + distance);
            cue == Cue::VehiclePaper
                && !view.words.gap(after).contains([',', '.', ';'])
                && !follows.contains([':', '№'])
                && (follows.contains(',')
                    || !view
                        .words
                        .text(after + distance)
                        .starts_with(|sign: char| sign.is_ascii_digit()))
        });
        // «свидетельство 9937 440192»: the series of ninety-nine is a vehicle's, not a child's.
        // «свидетельство 02 УК 517753»: so is a region before the letters, where a child's has Roman figures.
        let by_region = number.digits.len() == 2
            && number.digits != "11"
            && range.end > number.end
            && view.words.all[number.after_word].kind == Kind::Cyrillic
            && matches!(view.words.gap(number.after_word), " " | "");
        let certificate =
            matches!(cue, Some((Cue::BirthCert, 1..=3))) && (number.digits.starts_with("99") || by_region);
        if matches!(cue, Some((Cue::VehiclePaper, _)))
            || certificate
            || told_after && cue.is_none_or(|(_, far)| far > 3)
        {
            claims.add(Label::Vin, range, 0.95, Evidence::Cue);
            return;
        }
    }
    // «паспорт прицепа СВ 118240»: the old form of two letters and six digits.
    let Some(left) = number.first_word.checked_sub(1) else {
        return;
    };
    let old = matches!(cue_before(view, left, 4), Some((Cue::VehiclePaper, _)))
        && number.digits.len() == 6
        && view.words.all[left].capitals == crate::words::Capitals::All
        && view.words.text(left).chars().count() == 2
        && matches!(view.words.gap(number.first_word), " " | "" | " № " | "-");
    if old {
        claims.add(Label::Vin, view.words.all[left].start..number.end, 0.85, Evidence::Cue);
        return;
    }
    let Some((Cue::VehiclePaper, distance)) = cue else {
        return;
    };
    // An electronic passport has fifteen digits, as nothing else has beside «ПТС».
    let whole = number.digits.len() == ELECTRONIC_DIGITS;
    if distance > 5 && !whole {
        return;
    }
    if let Some(joined) = view.join(piece, ELECTRONIC_DIGITS, |gap| matches!(gap, "" | " " | "-")) {
        claims.add(Label::Vin, joined.range, 0.9, Evidence::Cue);
    } else if number.digits.len() == 6
        && view.words.all[number.first_word].kind == Kind::Digits
        && is_joined(view, number.first_word)
    {
        claims.add(Label::Vin, number.start..number.end, 0.7, Evidence::Cue);
    }
}
