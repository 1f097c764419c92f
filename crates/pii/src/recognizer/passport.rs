//! Passports: series and number of the internal one, the department code, foreign passports told by the word beside.

use std::ops::Range;

use crate::cue::{Cue, cue_after, cue_before, stem_before};
use crate::finding::Evidence;
use crate::label::Label;
use crate::view::{Claims, View};
use crate::words::{Capitals, Kind};

use super::driver_license::is_number_word;

/// «, а серия » between number and series.
const SERIES_GAP_BYTES_MAX: usize = 20;

/// « выдан отделом внутренних дел, номер » between series and number.
const NUMBER_GAP_BYTES_MAX: usize = 160;
/// How far back «паспорт» may stand from what has the form of one.
const FAR_REACH: usize = 14;

/// Claims passports and department codes.
pub(crate) fn claim(view: &View<'_>, claims: &mut Claims) {
    for first in 0..view.pieces.len() {
        let piece = &view.pieces[first];
        let before = cue_before(view, piece.first_word, 6);
        if let Some(range) = department(view, first) {
            let told = before.is_some_and(|(cue, _)| matches!(cue, Cue::Department | Cue::Passport))
                || is_code_alone(view, piece.first_word)
                || stem_before(view, piece.first_word, 30, &["паспорт", "выдан"]);
            if told {
                claims.add(Label::Passport, range, 0.9, Evidence::Cue);
                continue;
            }
        }
        // «номер паспорта 345678, серия 7512»
        let series = piece.digits.len() == 4
            && stem_before(view, piece.first_word, 1, &["сери"])
            && claims.last_before(piece.start).is_some_and(|claim| {
                claim.label == Label::Passport && piece.start - claim.range.end <= SERIES_GAP_BYTES_MAX
            });
        if series {
            claims.add(Label::Passport, piece.start..piece.end, 0.85, Evidence::Cue);
            continue;
        }
        if let Some((label, range)) = reversed(view, first, before.map(|(cue, _)| cue)) {
            claims.add(label, range, 0.85, Evidence::Cue);
            continue;
        }
        // «серия 7504 номер 236101»
        let told = piece.digits.len() == 4
            && !matches!(before, Some((cue, _)) if cue != Cue::Passport)
            && stem_before(view, piece.first_word, 1, &["сери"]);
        let aside = |gap: &str| gap.contains("ном") && super::gap::is_aside(gap);
        if told
            && let Some(joined) = view.join(first, 10, |gap| {
                is_number_word(gap) || matches!(gap, " № " | " №") || aside(gap)
            })
        {
            claims.add(Label::Passport, joined.range, 0.85, Evidence::Cue);
            continue;
        }
        // «серия 7512 выдан …, номер 345678»: the number far from its series.
        let number = piece.digits.len() == 6
            && stem_before(view, piece.first_word, 1, &["номер"])
            && claims.last_before(piece.start).is_some_and(|claim| {
                claim.label == Label::Passport
                    && claim.range.len() == 4
                    && piece.start - claim.range.end <= NUMBER_GAP_BYTES_MAX
            });
        if number {
            claims.add(Label::Passport, piece.start..piece.end, 0.8, Evidence::Cue);
            continue;
        }
        let Some((Cue::Passport, distance)) = before else {
            if let Some(range) = issued(view, first)
                .or_else(|| far(view, first))
                .or_else(|| with_colons(view, first))
                .or_else(|| digit_by_digit(view, first))
            {
                claims.add(Label::Passport, range, 0.8, Evidence::Context);
            }
            continue;
        };
        // «паспорт 7525 190226, номер 9085714402»: the passport is told already, what follows is a phone.
        let told = piece.digits.len() == 10
            && stem_before(view, piece.first_word, 1, &["номер"])
            && claims
                .last_before(piece.start)
                .is_some_and(|claim| claim.label == Label::Passport && claim.range.len() >= 10);
        if told {
            if piece.digits.starts_with('9') {
                claims.add(Label::Phone, piece.start..piece.end, 0.8, Evidence::Context);
            }
            continue;
        }
        if let Some(range) = series_and_number(view, first)
            .or_else(|| azerbaijani(view, first))
            .or_else(|| foreign(view, first))
        {
            claims.add(Label::Passport, range, 0.96, Evidence::Cue);
        } else if distance <= 2 && (6..=9).contains(&piece.digits.len()) && view.stands_alone(&(piece.start..piece.end))
        {
            claims.add(Label::Passport, piece.start..piece.end, 0.85, Evidence::Cue);
        } else if distance <= 2 && piece.digits.len() == 4 && stem_before(view, piece.first_word, 2, &["сери"]) {
            claims.add(Label::Passport, piece.start..piece.end, 0.7, Evidence::Cue);
        }
    }
}

/// Claims series and number right after a person, once people are found: «Покупатель: Ким О., 7500 000011».
pub(crate) fn claim_beside_people(view: &View<'_>, claims: &mut Claims) {
    for (first, piece) in view.pieces.iter().enumerate() {
        let beside = claims.last_before(piece.start).is_some_and(|claim| {
            matches!(claim.label, Label::Person | Label::Birthdate)
                && is_beside(&view.text()[claim.range.end..piece.start])
        });
        if beside
            && piece.digits.len() < 10
            && !piece.spoken
            && let Some(range) = series_and_number(view, first)
        {
            // No region has the number ninety-nine; licences do.
            let label = if piece.digits.starts_with("99") {
                Label::DriverLicense
            } else {
                Label::Passport
            };
            claims.add(label, range, 0.7, Evidence::Context);
        }
    }
}

/// Signs of a list, and «г.р.» after a date.
fn is_beside(gap: &str) -> bool {
    matches!(
        gap,
        ", " | " " | " - " | "; " | "," | ": " | " (" | " г.р., " | " г.р. " | " г. р., " | " г., " | "\n"
    )
}

fn fits(gap: &str) -> bool {
    gap.is_empty()
        || gap.len() <= 8 && gap.trim_matches([' ', '-', '№', '.', ',', '/']).is_empty()
        || is_number_word(gap)
}

/// Ten digits: «7512 345678», «75 12 № 345678», «7512 номер 345678».
fn series_and_number(view: &View<'_>, first: usize) -> Option<Range<usize>> {
    let joined = view.join(first, 10, fits)?;
    let shaped = matches!(
        joined.groups.as_slice(),
        [10] | [4, 6] | [2, 2, 6] | [2, 2, 3, 3] | [4, 3, 3] | [4, 2, 2, 2] | [2, 2, 2, 2, 2]
    );
    ((shaped || joined.spoken) && view.stands_alone(&joined.range))
        .then(|| super::driver_license::with_named_number(view, joined.range))
}

/// «номер 118304 серия 7519»: the number before its series, of whatever paper is named.
fn reversed(view: &View<'_>, first: usize, cue: Option<Cue>) -> Option<(Label, Range<usize>)> {
    let number = view.join(first, 6, |gap| matches!(gap, " " | "-" | ""))?;
    let series = view.join(number.after, 4, |gap| matches!(gap, " " | ""))?;
    let between = &view.text()[number.range.end..series.range.start];
    let named = between
        .trim_matches([' ', ',', ':', '.', '('])
        .trim_start_matches("а ")
        .trim_start_matches("и ");
    let label = match cue {
        Some(Cue::License) => Label::DriverLicense,
        Some(Cue::VehiclePaper) => Label::Vin,
        None | Some(Cue::Passport) => Label::Passport,
        Some(_) => return None,
    };
    let own = view.pieces.get(series.after).is_some_and(|next| {
        next.digits.len() == 6 && view.text()[series.range.end..next.start].len() <= SERIES_GAP_BYTES_MAX
    });
    let range = number.range.start..series.range.end;
    (matches!(named, "серия" | "сер" | "серии" | "серию" | "серия:") && !own && view.stands_alone(&range))
        .then_some((label, range))
}

/// «65:15:220481» beside a department code: a passport with colons for spaces.
fn with_colons(view: &View<'_>, first: usize) -> Option<Range<usize>> {
    let joined = view.join(first, 10, |gap| gap == ":")?;
    let after = view.words.index_at(joined.range.end);
    let told = cue_after(view, after, 2).is_some_and(|(cue, _)| cue == Cue::Department)
        || cue_before(view, view.pieces[first].first_word, FAR_REACH).is_some_and(|(cue, _)| cue == Cue::Passport);
    (matches!(joined.groups.as_slice(), [2, 2, 6] | [4, 6]) && told && view.stands_alone(&joined.range))
        .then_some(joined.range)
}

/// «7 5 1 8 / 2 2 0 9 6 1»: digits one by one, the series parted from the number by another sign.
fn digit_by_digit(view: &View<'_>, first: usize) -> Option<Range<usize>> {
    if view.pieces[first].digits.len() != 1 {
        return None;
    }
    let joined = view.join(first, 10, |gap| matches!(gap, " " | " / " | " - " | "  " | " № "))?;
    let parted = joined.groups.len() == 10 && view.gap_before(first + 4) != " ";
    let ends = view
        .pieces
        .get(joined.after)
        .is_none_or(|next| &view.text()[joined.range.end..next.start] != " ");
    (parted && ends && !joined.spoken).then_some(joined.range)
}

/// «C03 771840»: a letter and two digits are the series.
fn azerbaijani(view: &View<'_>, first: usize) -> Option<Range<usize>> {
    let piece = &view.pieces[first];
    let left = piece.first_word.checked_sub(1)?;
    let joined = view.join(first, 8, |gap| matches!(gap, "" | " " | "-"))?;
    let series = joined.groups == [2, 6]
        && view.words.gap(piece.first_word).is_empty()
        && view.words.all[left].capitals != Capitals::None
        && view.words.text(left).chars().count() == 1;
    let range = view.words.all[left].start..joined.range.end;
    (series && view.stands_alone(&range)).then_some(range)
}

/// «76 5540392», «402 118356», «AB 1234567», «N 11804652»: eight or nine signs.
fn foreign(view: &View<'_>, first: usize) -> Option<Range<usize>> {
    let piece = &view.pieces[first];
    let long = (6..=9).contains(&piece.digits.len());
    let letters = piece.first_word.checked_sub(1);
    let series = letters.filter(|letters| {
        view.words.text(*letters).chars().count() <= 2
            && view.words.all[*letters].kind != Kind::Digits
            && matches!(view.words.gap(piece.first_word), "" | " " | "-" | " № " | "№")
    });
    if let Some(letters) = series
        && long
        && view.words.all[letters].capitals != Capitals::None
    {
        return Some(view.words.all[letters].start..piece.end);
    }
    for length in [9, 8] {
        if let Some(joined) = view.join(first, length, fits)
            && joined.groups.len() <= 2
            && view.stands_alone(&joined.range)
        {
            return Some(joined.range);
        }
    }
    series
        .filter(|_| long)
        .map(|letters| view.words.all[letters].start..piece.end)
}

/// Claims «7508 331947» that no word announces: the series is that of a region and of a year of printing.
pub(crate) fn claim_unannounced(view: &View<'_>, claims: &mut Claims) {
    for (first, piece) in view.pieces.iter().enumerate() {
        let Some(series) = piece
            .digits
            .parse::<u32>()
            .ok()
            .filter(|_| piece.digits.len() == 4 && !piece.spoken)
        else {
            continue;
        };
        let year = series % 100;
        let printed = year <= LAST_PRINTED || year >= FIRST_PRINTED;
        if !printed || series < 100 || cue_before(view, piece.first_word, 4).is_some() {
            continue;
        }
        let Some(joined) = view.join(first, 10, |gap| matches!(gap, " " | " № " | " №" | "№")) else {
            continue;
        };
        if matches!(joined.groups.as_slice(), [4, 6])
            && view.stands_alone(&joined.range)
            && !super::phone::is_sum_or_measure(view, &joined.range)
            && !matches!(view.before(joined.range.start), Some('-' | '/' | '+' | '.' | '№' | '#'))
            && !view.text()[joined.range.end..].starts_with(['-', '/'])
        {
            claims.add(Label::Passport, joined.range, 0.6, Evidence::Pattern);
        }
    }
}

/// Years of printing in a series: from 1997 on.
const FIRST_PRINTED: u32 = 97;
const LAST_PRINTED: u32 = 30;

/// «740-056».
fn department(view: &View<'_>, first: usize) -> Option<Range<usize>> {
    let joined = view.join(first, 6, |gap| matches!(gap, "-" | " - "))?;
    // «(код 740-002)» after its word; «(351-222) 11» is a phone.
    let told = cue_before(view, view.pieces[first].first_word, 2)
        .is_some_and(|(cue, _)| matches!(cue, Cue::Department | Cue::Passport | Cue::Secret));
    let edge =
        |sign: Option<char>| sign.is_some_and(|sign| matches!(sign, '-' | '+') || matches!(sign, '(' | ')') && !told);
    let part_of_longer = edge(view.before(joined.range.start))
        || edge(view.after(joined.range.end))
        || view.text()[..joined.range.start].ends_with(|sign: char| sign.is_ascii_digit());
    (joined.groups == [3, 3] && view.stands_alone(&joined.range) && !part_of_longer).then_some(joined.range)
}

/// «код 740-056»: «код» right before, and nothing of messages or doors around.
fn is_code_alone(view: &View<'_>, number: usize) -> bool {
    number > 0
        && view.words.text(number - 1) == "код"
        && !(1..=6.min(number - 1)).any(|back| {
            ["смс", "пуш", "вход", "пришел", "прислал", "подтвержд", "доступ"]
                .iter()
                .any(|stem| view.words.text(number - 1 - back).starts_with(stem))
        })
}

/// Series and number, or two letters and seven digits, some way after the word; or announced as «серия … номер …».
fn far(view: &View<'_>, first: usize) -> Option<Range<usize>> {
    let piece = &view.pieces[first];
    let cue = cue_before(view, piece.first_word, FAR_REACH).map(|(cue, _)| cue);
    let left = piece.first_word.checked_sub(1);
    let lettered = left.filter(|left| {
        view.words.all[*left].capitals == Capitals::All
            && view.words.text(*left).chars().count() == 2
            && (7..=8).contains(&piece.digits.len())
            && matches!(view.words.gap(piece.first_word), "" | " " | "-")
    });
    if let Some(left) = lettered
        && cue_before(view, left, FAR_REACH).is_some_and(|(cue, _)| cue == Cue::Passport)
    {
        let range = view.words.all[left].start..piece.end;
        return view.stands_alone(&range).then_some(range);
    }
    let range = series_and_number(view, first)?;
    let text = view.words.slice(range.clone());
    let signed = text.contains("ном") || text.contains('№');
    let series = signed && stem_before(view, piece.first_word, 1, &["сери", "сер"])
        || stem_before(view, piece.first_word, 1, &["номер"]) && stem_before(view, piece.first_word, 3, &["сери"]);
    // «п/п 92 08 № 771 406»: a sign between a series of a region and its number.
    let spaced = text.contains('№') && piece.digits.len() == 2 && !piece.digits.starts_with("99");
    (cue == Some(Cue::Passport) || (series || spaced) && cue.is_none()).then_some(range)
}

/// Series and number without the word, but «выдан» right after.
fn issued(view: &View<'_>, first: usize) -> Option<Range<usize>> {
    let range = series_and_number(view, first)?;
    let after = view.words.index_at(range.end);
    (0..3)
        .any(|step| view.words.text(after + step).starts_with("выдан"))
        .then_some(range)
}
