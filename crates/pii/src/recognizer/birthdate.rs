//! Birth dates: a date or a year that somebody is said to be born on. Dates of visits and ages are left alone.

use std::sync::LazyLock;

use crate::stems::Stems;
use std::ops::Range;

use crate::cue::{Cue, cue_after, cue_before};
use crate::finding::Evidence;
use crate::label::Label;
use crate::view::{Claims, View};

/// Nobody alive was born earlier.
const FIRST_YEAR: u32 = 1905;
const LAST_YEAR: u32 = 2035;

/// A date of a text.
struct Date {
    range: Range<usize>,
    /// Has a year.
    full: bool,
    /// Nothing but a year.
    year_only: bool,
    first_word: usize,
}

/// Claims dates that a word nearby calls birth dates.
pub(crate) fn claim(view: &View<'_>, claims: &mut Claims) {
    let mut index = 0;
    while index < view.pieces.len() {
        let Some((date, after)) = date(view, index) else {
            index += 1;
            continue;
        };
        if is_birth(view, &date) {
            claims.add(Label::Birthdate, date.range, 0.92, Evidence::Cue);
        }
        index = after;
    }
    claim_spoken_years(view, claims);
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
        let told = (1..=2.min(piece.first_word)).any(|back| SOMEBODY.has(view.words.text(piece.first_word - back)));
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
            let joined = matches!(gap, ", " | " " | "; " | ";" | " - " | " (" | "," | "\n" | " | ");
            let of_paper = date.full
                && matches!(
                    claim.label,
                    Label::Passport | Label::DriverLicense | Label::Snils | Label::Oms | Label::Inn
                )
                && year(view, &date).is_some_and(|year| year < FIRST_PAPER_YEAR);
            let of_person = of_paper
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

fn number(view: &View<'_>, index: usize) -> Option<u32> {
    view.pieces.get(index)?.digits.parse().ok()
}

fn is_year(view: &View<'_>, index: usize) -> bool {
    let Some(value) = number(view, index) else { return false };
    let digits = view.pieces[index].digits.len();
    // «весил одиннадцать»: a lone spoken number is no year, unless it is «[марта] восемьдесят первого».
    let piece = &view.pieces[index];
    let last = view.words.text(piece.after_word - 1);
    let ordinal = last.ends_with("ого") || last.ends_with("его");
    let after_month = piece.first_word > 0 && is_month(view.words.text(piece.first_word - 1));
    if piece.spoken
        && !(ordinal && (digits == 4 || after_month))
        && index
            .checked_sub(1)
            .is_none_or(|before| view.pieces[index].start > view.pieces[before].end + 2)
    {
        return false;
    }
    digits == 4 && (FIRST_YEAR..=LAST_YEAR).contains(&value) || digits == 2
}

/// The date that begins at piece `index`, and the piece after it.
fn date(view: &View<'_>, index: usize) -> Option<(Date, usize)> {
    let piece = &view.pieces[index];
    let gap = |at: usize| view.pieces.get(at).map_or("", |_| view.gap_before(at));
    let made = |last: usize, full: bool, year_only: bool| {
        let range = piece.start..view.pieces[last].end;
        view.stands_alone(&range).then_some((
            Date {
                range,
                full,
                year_only,
                first_word: piece.first_word,
            },
            last + 1,
        ))
    };
    let separator = |text: &str| {
        matches!(text, "." | "/" | "-" | ". " | " . ") || piece.spoken && matches!(text, " " | ", ") || text == " "
    };
    let value = number(view, index)?;
    let day = piece.digits.len() <= 2 && (1..=31).contains(&value);
    let month = number(view, index + 1).is_some_and(|month| (1..=12).contains(&month))
        && view.pieces[index + 1].digits.len() <= 2;
    if day && month && separator(gap(index + 1)) {
        if gap(index + 2) == gap(index + 1)
            && is_year(view, index + 2)
            && (gap(index + 1) != " " || piece.spoken || view.pieces[index + 2].digits.len() == 4)
        {
            return made(index + 2, true, false);
        }
        if gap(index + 1) == "." && !piece.spoken {
            return made(index + 1, false, false);
        }
    }
    // 1987-03-15
    if piece.digits.len() == 4
        && is_year(view, index)
        && gap(index + 1) == "-"
        && gap(index + 2) == "-"
        && month
        && number(view, index + 2).is_some_and(|day| day <= 31)
    {
        return made(index + 2, true, false);
    }
    if day
        && is_month(view.words.text(piece.after_word))
        && matches!(view.words.gap(piece.after_word), " " | "-" | "" | " - ")
    {
        let has_year = view.pieces.get(index + 1).is_some_and(|next| {
            next.first_word == piece.after_word + 1 && matches!(view.words.gap(next.first_word), " " | ", ")
        }) && is_year(view, index + 1);
        let short = has_year && view.pieces[index + 1].digits.len() == 2;
        if has_year
            && (!short
                || view.pieces[index + 1].spoken
                || cue_after(view, view.pieces[index + 1].after_word, 1).is_some()
                || view.words.text(view.pieces[index + 1].after_word) == "года"
                || view.words.text(view.pieces[index + 1].after_word) == "г")
        {
            return made(index + 1, true, false);
        }
        let range = piece.start..view.words.all[piece.after_word].end;
        return view.stands_alone(&range).then_some((
            Date {
                range,
                full: false,
                year_only: false,
                first_word: piece.first_word,
            },
            index + 1,
        ));
    }
    if is_year(view, index) && !view.text()[piece.end..].starts_with(['.', '-', '/', ':'])
        || is_year(view, index)
            && view.text()[piece.end..].starts_with(['.', '-'])
            && !view.text()[piece.end + 1..].starts_with(|sign: char| sign.is_ascii_digit())
    {
        return made(index, false, true);
    }
    None
}

fn is_month(word: &str) -> bool {
    static MONTHS: LazyLock<Stems> = LazyLock::new(|| Stems::new("янв фев мар апр ма июн июл авг сен окт ноя дек"));
    static TAILS: LazyLock<Stems> = LazyLock::new(|| Stems::new(" аря раля та еля я уста тября ября абря бря т а л"));
    MONTHS
        .iter()
        .any(|stem| word.strip_prefix(stem).is_some_and(|tail| TAILS.has(tail)))
}
