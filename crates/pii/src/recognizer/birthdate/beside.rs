//! Dates beside people: «Нестеренко Полина, 14.07.1998», «Асель 1998, Тахмина 2002», rows of clients' cards.

use crate::finding::Evidence;
use crate::label::Label;
use crate::recognizer::date::{Date, date};
use crate::view::{Claim, Claims, View};
use crate::words::Kind;

use super::word::{is_event, is_term, is_visit};
use super::{LAST_NOTED_YEAR, Told, closes, is_timed, is_year_word, told_before};

/// Papers of today were issued later, so an earlier date beside one is that of birth.
const FIRST_PAPER_YEAR: u32 = 1997;
/// A date before somebody's name is one of a visit if it is later.
const LAST_LEADING_YEAR: u32 = 2020;
/// «Рузиля, диабет второй тип, 1958 г.»: such a year tells a person of the sentence.
const LAST_FAR_YEAR: u32 = 1985;
/// Nobody is noted by a later year: it is the year of the note.
const LAST_BORN_YEAR: u32 = 2026;
/// How far, in bytes, a name or papers may stand from a date of the same person.
const COMPANY_BYTES_MAX: usize = 60;
/// A lone year at the end of a row is one of birth between these.
const FIRST_ROW_YEAR: u32 = 1930;
const LAST_ROW_YEAR: u32 = 2012;
/// So many pieces of data may stand between a person and the date in a row.
const ROW_MAX: usize = 5;

/// Claims dates and years that stand beside a person, once people are found.
pub(in crate::recognizer) fn claim_beside_people(view: &View<'_>, claims: &mut Claims) {
    let mut index = 0;
    while index < view.pieces.len() {
        let Some((date, after)) = date(view, index) else {
            index += 1;
            continue;
        };
        index = after;
        if claims.is_free(&date.range) && is_beside(view, claims, &date) {
            claims.add(Label::Birthdate, date.range, 0.8, Evidence::Context);
        }
    }
}

fn is_beside(view: &View<'_>, claims: &Claims, date: &Date) -> bool {
    let Some(year) = date.year.filter(|year| year.value <= LAST_BORN_YEAR) else {
        return date.year.is_none() && is_next_of_list(view, claims, date);
    };
    if is_timed(view, date)
        || view.words.all.get(date.after_word).is_some()
            && is_visit(view.words.text(date.after_word))
            && !view.words.gap(date.after_word).starts_with(". ")
    {
        return false;
    }
    let before = claims.last_before(date.range.start);
    if date.month {
        let touching =
            before.is_some_and(|claim| is_joined(&view.text()[claim.range.end..date.range.start], date.is_full()));
        return match before {
            Some(claim) if claim.label == Label::Person && touching => true,
            Some(claim) if touching && is_paper(claim.label) && date.is_full() && year.value < FIRST_PAPER_YEAR => true,
            _ => {
                let row = year.value <= LAST_NOTED_YEAR && is_in_company(view, claims, date);
                date.is_full()
                    && (row && !date.loose
                        || ends_row(view, claims, date)
                        || year.value <= LAST_LEADING_YEAR && leads(view, claims, date))
            }
        };
    }
    let Some(person) = before.filter(|claim| claim.label == Label::Person) else {
        let of_row = !year.short && (FIRST_ROW_YEAR..=LAST_ROW_YEAR).contains(&year.value) && closes(view, date);
        return of_row
            && before.is_some_and(|claim| is_joined(&view.text()[claim.range.end..date.range.start], false))
            && ends_row(view, claims, date);
    };
    let gap = &view.text()[person.range.end..date.range.start];
    if year.short {
        let told = is_year_word(view, date)
            && !reads_as_age(&view.text()[date.range.clone()], view.words.text(date.after_word));
        return told && is_joined(gap, false);
    }
    let digits = &view.text()[date.range.clone()];
    let shown = digits.len() == 4 || year.marked;
    let stated = is_year_word(view, date);
    if is_joined(gap, false) && shown && (stated || closes(view, date) || leads_on(view, claims, date)) {
        return true;
    }
    stated && year.value <= LAST_FAR_YEAR && is_quiet(view, person, date)
}

/// «дни рождения: Роза 4.06, Татьяна Коваль 6.06»: the day after the next person of a list of birthdays.
fn is_next_of_list(view: &View<'_>, claims: &Claims, date: &Date) -> bool {
    let person = claims
        .last_before(date.range.start)
        .filter(|claim| claim.label == Label::Person);
    person.is_some_and(|person| {
        let listed = claims.last_before(person.range.start).is_some_and(|before| {
            before.label == Label::Birthdate
                && matches!(
                    view.text()[before.range.end..person.range.start].trim(),
                    "," | "и" | ";" | ", а"
                )
        });
        listed && date.day && is_joined(&view.text()[person.range.end..date.range.start], false)
    })
}

/// «Таир 2011 и Майя 2018»: another person follows.
fn leads_on(view: &View<'_>, claims: &Claims, date: &Date) -> bool {
    let after = date.after_word;
    matches!(view.words.text(after), "и" | "а" | "плюс")
        && view
            .words
            .all
            .get(after + 1)
            .is_some_and(|word| claims.at(word.start).is_some_and(|claim| claim.label == Label::Person))
}

/// What stands between a name and its date: signs only.
fn is_joined(gap: &str, full: bool) -> bool {
    if gap.is_empty() {
        return full;
    }
    gap.len() <= 5
        && gap.matches('\n').count() <= 1
        && gap.chars().all(|sign| {
            matches!(
                sign,
                ' ' | ',' | ';' | '-' | '(' | '|' | '\n' | '\t' | ':' | '/' | '.' | '"' | '»'
            )
        })
        && !gap.contains(". ")
}

fn is_paper(label: Label) -> bool {
    matches!(
        label,
        Label::Passport
            | Label::DriverLicense
            | Label::Snils
            | Label::Oms
            | Label::Inn
            | Label::Phone
            | Label::Email
            | Label::Account
            | Label::Card
    )
}

/// Words between a person and a far year: a few, none of an event.
fn is_quiet(view: &View<'_>, person: &Claim, date: &Date) -> bool {
    let words = &view.words;
    let first = words.index_at(person.range.end);
    let gap = &view.text()[person.range.end..date.range.start];
    let between = first..date.first_word;
    gap.starts_with(',')
        && words.gap(date.first_word).contains(',')
        && between.len() <= 5
        && !gap.contains(['\n', ';', '!', '?'])
        && !between
            .clone()
            .any(|at| is_event(words.text(at)) || is_visit(words.text(at)))
}

/// A row of somebody's data that the date belongs to: name, then papers and phones with no more than their own words
/// between.
fn ends_row(view: &View<'_>, claims: &Claims, date: &Date) -> bool {
    let words = &view.words;
    let mut end = date.range.start;
    let mut word = date.first_word;
    for step in 0..ROW_MAX {
        let Some(claim) = claims.last_before(end) else {
            return false;
        };
        let gap = &view.text()[claim.range.end..end];
        let first = words.index_at(claim.range.end);
        let quiet = (first..word).all(|at| {
            let text = words.text(at);
            !is_event(text) && !is_visit(text) && !is_term(text) && words.all[at].kind != Kind::Digits
        });
        let own = if step == 0 { 0 } else { 2 };
        if !quiet || word.saturating_sub(first) > own || gap.contains("\n\n") || gap.contains(['!', '?']) {
            return false;
        }
        if claim.label == Label::Person {
            return true;
        }
        // The date right after a passport or a licence is the day it was issued.
        let issued = matches!(claim.label, Label::Passport | Label::DriverLicense);
        if step == 0
            && (issued || !is_paper(claim.label) && claim.label != Label::BirthCert && claim.label != Label::Address)
        {
            return false;
        }
        end = claim.range.start;
        word = words.index_at(end);
    }
    false
}

/// Somebody's name or papers stand near on the same line, and no word says that the date is another.
fn is_in_company(view: &View<'_>, claims: &Claims, date: &Date) -> bool {
    let near = |gap: &str| gap.len() <= COMPANY_BYTES_MAX && !gap.contains(['\n', '!', '?']);
    let tells = |label: Label| {
        matches!(
            label,
            Label::Person | Label::Snils | Label::Oms | Label::BirthCert | Label::Inn
        )
    };
    let before = claims
        .last_before(date.range.start)
        .is_some_and(|claim| tells(claim.label) && near(&view.text()[claim.range.end..date.range.start]));
    let after = (0..=3)
        .find_map(|step| {
            view.words
                .all
                .get(date.after_word + step)
                .and_then(|word| claims.at(word.start))
        })
        .is_some_and(|claim| tells(claim.label) && near(&view.text()[date.range.end..claim.range.start]));
    (before || after) && told_before(view, date, 0) == Told::Nothing
}

/// «14.07.1998 Нестеренко Полина», «12.05.2017, СНИЛС …»: the date opens a row.
fn leads(view: &View<'_>, claims: &Claims, date: &Date) -> bool {
    let words = &view.words;
    let opens = date.first_word == 0
        || view.text()[..date.range.start]
            .trim_end_matches([' ', '-', '|'])
            .ends_with(['\n', ';', '.', ':', ')']);
    let next = (0..=3).find_map(|step| {
        words
            .all
            .get(date.after_word + step)
            .and_then(|word| claims.at(word.start))
    });
    opens
        && next.is_some_and(|claim| {
            let gap = &view.text()[date.range.end..claim.range.start];
            claim.label == Label::Person && is_joined(gap, true)
        })
}

/// «52 года» and «81 год» are ages, «85 года» and «91 года» can only be years.
fn reads_as_age(digits: &str, word: &str) -> bool {
    match digits.as_bytes() {
        [b'0' | b'1', _] => false,
        [_, b'1'] => word == "год",
        [_, b'2'..=b'4'] => word == "года",
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_and_years_are_told_apart() {
        assert!(reads_as_age("52", "года") && reads_as_age("81", "год"));
        assert!(!reads_as_age("85", "года") && !reads_as_age("91", "года") && !reads_as_age("09", "года"));
    }

    #[test]
    fn signs_join_a_name_and_its_date_and_words_do_not() {
        assert!(is_joined(", ", false) && is_joined("\n", false) && is_joined(" (", false) && is_joined("; ", false));
        assert!(!is_joined(" в ", false) && !is_joined(". ", false) && !is_joined("", false));
    }
}
