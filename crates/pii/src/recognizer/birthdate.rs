//! Birth dates: a date or a year that somebody is said to be born on. Dates of visits and ages are left alone.

use std::sync::LazyLock;

use crate::stems::Stems;

use crate::cue::{Cue, cue_after, cue_before};
use crate::finding::Evidence;
use crate::label::Label;
use crate::view::{Claims, View};

use super::date::{Date, date};

/// Claims dates that a word nearby calls birth dates.
pub(crate) fn claim(view: &View<'_>, claims: &mut Claims) {
    let mut index = 0;
    while index < view.pieces.len() {
        let Some((date, after)) = date(view, index) else {
            index += 1;
            continue;
        };
        if is_birth(view, &date) || is_of_kin(view, &date) {
            claims.add(Label::Birthdate, date.range, 0.92, Evidence::Cue);
        }
        index = after;
    }
    claim_spoken_years(view, claims);
}

/// Whoever is told by such a year is grown up: no visit was so long ago.
const LAST_GROWN_YEAR: u32 = 2012;

/// «маме 4 апреля 1961», «муж, 12.05.1980»: a full date of long ago right after somebody.
fn is_of_kin(view: &View<'_>, date: &Date) -> bool {
    static KIN: LazyLock<Stems> = LazyLock::new(|| {
        Stems::new(
            "мама маме мамы маму папа папе папы муж мужу мужа жена жене жены жену сын сыну сына дочь дочери дочка \
             дочке бабушка бабушке бабушки дедушка дедушке дедушки свекровь теща теще брат брату сестра сестре \
             ребенок ребенку ребенка пациент пациентка клиент клиентка мне ей ему",
        )
    });
    let before = date.first_word.checked_sub(1);
    date.full
        && before.is_some_and(|before| KIN.has(view.words.text(before)))
        && matches!(view.words.gap(date.first_word), " " | ", " | " - " | ": " | " (")
        && (year(view, date).is_some_and(|year| year <= LAST_GROWN_YEAR)
            || cue_after(view, view.words.index_at(date.range.end), 1).is_some_and(|(cue, _)| cue == Cue::BirthCert))
}

/// Papers of today were issued later, so an earlier date beside one is that of birth.
const FIRST_PAPER_YEAR: u32 = 1997;

fn year(view: &View<'_>, date: &Date) -> Option<u32> {
    let last = view.text()[date.range.clone()].rsplit(['.', '/', '-', ' ']).next()?;
    (last.len() == 4).then(|| last.parse().ok()).flatten()
}

/// «она девяносто второго года», «муж восемьдесят пятого года»: a year told in words after somebody.
fn claim_spoken_years(view: &View<'_>, claims: &mut Claims) {
    static SOMEBODY: LazyLock<Stems> = LazyLock::new(|| {
        Stems::new(
            "я он она мама папа муж мужа жена жены сын сына дочь дочка дочери брат сестра бабушка дедушка ребенок \
             ребенка клиент клиентка пациент пациентка мне ему ей",
        )
    });
    for piece in &view.pieces {
        let range = piece.start..piece.end;
        let last = view.words.text(piece.after_word - 1);
        let ordinal = piece.spoken && (last.ends_with("ого") || last.ends_with("его"));
        let told = (1..=2.min(piece.first_word)).any(|back| SOMEBODY.has(view.words.text(piece.first_word - back)))
            || SOMEBODY.has(view.words.text(piece.after_word + 1)) && view.words.gap(piece.after_word + 1) == " ";
        if ordinal
            && told
            && matches!(piece.digits.len(), 2 | 4)
            && matches!(view.words.text(piece.after_word), "года" | "год" | "г")
        {
            claims.add(Label::Birthdate, range, 0.85, Evidence::Context);
        }
    }
}

/// Claims full dates that stand right after a person, once people are found: «Нестеренко Полина, 14.07.1998».
pub(crate) fn claim_beside_people(view: &View<'_>, claims: &mut Claims) {
    let mut index = 0;
    while index < view.pieces.len() {
        let Some((date, after)) = date(view, index) else {
            index += 1;
            continue;
        };
        index = after;
        let beside = claims.last_before(date.range.start).is_some_and(|claim| {
            let gap = &view.text()[claim.range.end..date.range.start];
            let joined = matches!(gap, ", " | " " | "; " | ";" | " - " | " (" | "," | "\n" | " | ")
                || gap.is_empty() && date.full;
            let of_paper = date.full
                && matches!(
                    claim.label,
                    Label::Passport | Label::DriverLicense | Label::Snils | Label::Oms | Label::Inn
                )
                && year(view, &date).is_some_and(|year| year < FIRST_PAPER_YEAR);
            let of_child = date.full && claim.label == Label::BirthCert;
            let of_person = of_paper
                || of_child
                || claim.label == Label::Person
                    && (date.full || date.year_only && gap.contains([',', '(']) && closes(view, &date));
            of_person && joined
        });
        let short_year = date.year_only && view.text()[date.range.clone()].len() == 2;
        if beside && (!short_year || is_year_word(view, &date) && !reads_as_age(&view.text()[date.range.clone()])) {
            claims.add(Label::Birthdate, date.range, 0.8, Evidence::Context);
        }
    }
}

fn closes(view: &View<'_>, date: &Date) -> bool {
    let rest = &view.text()[date.range.end..];
    let year = view.text()[date.range.clone()].len() == 4;
    year && (rest.is_empty() || rest.starts_with([',', ')', ';', '\n'])) || is_year_word(view, date)
}

fn is_year_word(view: &View<'_>, date: &Date) -> bool {
    let after = view.words.index_at(date.range.end);
    ["года", "г", "год"].contains(&view.words.text(after)) && view.words.gap(after).len() <= 1
}

/// «52 года» is an age, «91 года» can only be a year.
fn reads_as_age(digits: &str) -> bool {
    matches!(digits.as_bytes(), [tens, b'2'..=b'4'] if *tens != b'1')
}

/// Whether the words around say «born».
fn is_birth(view: &View<'_>, date: &Date) -> bool {
    let after = view.words.index_at(date.range.end);
    let birth_after = cue_after(view, after, 3).is_some_and(|(cue, distance)| cue == Cue::Birth && distance <= 3);
    let glued_after = birth_after && view.words.gap(after).trim().trim_matches('.').is_empty();
    if glued_after && (date.full || date.year_only) {
        return true;
    }
    match cue_before(view, date.first_word, 6) {
        Some((Cue::Birth, distance)) => {
            date.full
                || distance <= 3 && !date.year_only
                || date.year_only && distance <= 2 && view.text()[date.range.clone()].len() != 2
        }
        _ => false,
    }
}
