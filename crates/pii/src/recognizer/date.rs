//! Dates as people write them: with signs of all kinds or none, months in words or Roman numerals, spoken parts.

use std::ops::Range;
use std::sync::LazyLock;

use crate::cue::{Cue, cue_after, cue_before};
use crate::stems::Stems;
use crate::view::View;
use crate::words::Kind;

/// Nobody alive was born earlier.
const FIRST_YEAR: u32 = 1905;
const LAST_YEAR: u32 = 2035;

/// A date of a text.
pub(super) struct Date {
    pub(super) range: Range<usize>,
    /// Has a year.
    pub(super) full: bool,
    /// Nothing but a year.
    pub(super) year_only: bool,
    pub(super) first_word: usize,
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
pub(super) fn date(view: &View<'_>, index: usize) -> Option<(Date, usize)> {
    let piece = &view.pieces[index];
    let gap = |at: usize| view.pieces.get(at).map_or("", |_| view.gap_before(at));
    let made = |last: usize, full: bool, year_only: bool| {
        let mut range = piece.start..view.pieces[last].end;
        // «1974-го»
        if view.text()[range.end..].starts_with("-го") {
            range.end += "-го".len();
        }
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
        matches!(
            text,
            "." | "/" | "-" | ". " | " . " | " / " | " - " | "_" | "*" | "|" | ")(" | "][" | "\n" | "\\" | "," | " "
        ) || piece.spoken && text == ", "
    };
    let value = number(view, index)?;
    let day = piece.digits.len() <= 2 && (1..=31).contains(&value);
    let month = number(view, index + 1).is_some_and(|month| (1..=12).contains(&month))
        && view.pieces[index + 1].digits.len() <= 2;
    if day && month && separator(gap(index + 1)) {
        if gap(index + 2) == gap(index + 1)
            && is_year(view, index + 2)
            && (!matches!(gap(index + 1), " " | "\n" | ",")
                || piece.spoken
                || view.pieces[index + 2].digits.len() == 4
                || cue_before(view, piece.first_word, 2).is_some_and(|(cue, _)| cue == Cue::Birth))
        {
            let (mut date, after) = made(index + 2, true, false)?;
            date.range = with_brackets(view, date.range);
            return Some((date, after));
        }
        if gap(index + 1) == "." && !piece.spoken {
            return made(index + 1, false, false);
        }
    }
    // «пятое ноль шестое две тысячи пятнадцатый»
    if day
        && piece.spoken
        && let Some(last) = with_zero_month(view, index)
    {
        return made(last, true, false);
    }
    // «11021990», «17.011983»: signs lost.
    if let Some(last) = torn(view, index) {
        return made(last, true, false);
    }
    // 1987-03-15
    if piece.digits.len() == 4
        && is_year(view, index)
        && matches!(gap(index + 1), "-" | "." | "/" | " ")
        && gap(index + 2) == gap(index + 1)
        && month
        && number(view, index + 2).is_some_and(|day| day <= 31)
    {
        return made(index + 2, true, false);
    }
    // «5-го июля»
    let suffix = matches!(view.words.text(piece.after_word), "го" | "ого" | "е" | "ое")
        && matches!(view.words.gap(piece.after_word), "-" | "");
    if day && let Some(month) = month_word(view, piece.after_word + usize::from(suffix)) {
        let has_year = view.pieces.get(index + 1).is_some_and(|next| {
            next.first_word == month + 1
                && matches!(
                    view.words.gap(next.first_word),
                    " " | ", " | "-" | "." | " - " | "\n" | "" | ". " | "/"
                )
        }) && is_year(view, index + 1);
        let roman = view.words.all[month].kind == Kind::Latin;
        if roman && !has_year {
            return None;
        }
        let short = has_year && view.pieces[index + 1].digits.len() == 2;
        if has_year
            && (!short
                || roman
                || view.pieces[index + 1].spoken
                || cue_after(view, view.pieces[index + 1].after_word, 1).is_some()
                || view.words.text(view.pieces[index + 1].after_word) == "года"
                || view.words.text(view.pieces[index + 1].after_word) == "г")
        {
            return made(index + 1, true, false);
        }
        let range = piece.start..view.words.all[month].end;
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

/// The last piece of a spoken date whose month is told as «ноль шестое».
fn with_zero_month(view: &View<'_>, index: usize) -> Option<usize> {
    let told = view.pieces.get(index..index + 4)?;
    let joined = (index + 1..index + 4).all(|next| matches!(view.gap_before(next), " " | ", "));
    let month = told[2].digits.len() == 1 && told[2].digits != "0";
    let year = number(view, index + 3).is_some_and(|year| (FIRST_YEAR..=LAST_YEAR).contains(&year) || year < 100);
    (joined && told[1].spoken && told[1].digits == "0" && month && year).then_some(index + 3)
}

/// The month in letters or in Roman numerals that word `index` is.
fn month_word(view: &View<'_>, index: usize) -> Option<usize> {
    const ROMAN: [&str; 12] = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"];
    let gap = view.words.gap(index);
    let told = is_month(view.words.text(index))
        && matches!(
            gap,
            " " | "-" | "" | " - " | "." | "\n" | "/" | " / " | "/ " | "_" | "  "
        );
    let roman = ROMAN.contains(&view.words.text(index)) && matches!(gap, "." | " " | "-" | "/");
    (index < view.words.len() && (told || roman)).then_some(index)
}

/// «(19)(07)(1999)»: brackets around the parts belong to the date.
fn with_brackets(view: &View<'_>, range: Range<usize>) -> Range<usize> {
    let text = view.text();
    for (inner, open, close) in [(")(", '(', ')'), ("][", '[', ']')] {
        if text[range.clone()].contains(inner)
            && view.before(range.start) == Some(open)
            && view.after(range.end) == Some(close)
        {
            return range.start - 1..range.end + 1;
        }
    }
    range
}

/// The last piece of a date some of whose signs are lost: «11021990», «17.011983», «1701.1983».
fn torn(view: &View<'_>, index: usize) -> Option<usize> {
    let first = &view.pieces[index];
    if first.spoken {
        return None;
    }
    let is_date = |digits: &str| {
        let part = |range: Range<usize>| digits.get(range).and_then(|part| part.parse::<u32>().ok());
        digits.len() == 8
            && part(0..2).is_some_and(|day| (1..=31).contains(&day))
            && part(2..4).is_some_and(|month| (1..=12).contains(&month))
            && part(4..8).is_some_and(|year| (FIRST_YEAR..=LAST_YEAR).contains(&year))
    };
    if is_date(&first.digits) {
        return Some(index);
    }
    let second = view.pieces.get(index + 1)?;
    let parted =
        matches!((first.digits.len(), second.digits.len()), (2, 6) | (4, 4)) && view.gap_before(index + 1) == ".";
    (parted && is_date(&format!("{}{}", first.digits, second.digits))).then_some(index + 1)
}

pub(super) fn is_month(word: &str) -> bool {
    static MONTHS: LazyLock<Stems> =
        LazyLock::new(|| Stems::new("янв фев мар апр ма июн июл авг сен окт ноя дек иун иул"));
    static TAILS: LazyLock<Stems> = LazyLock::new(|| {
        Stems::new(" аря раля та еля я уста тября ября абря бря т а л арь раль т ель нь ль густ тябрь ябрь абрь я й")
    });
    MONTHS
        .of(word)
        .any(|stem| word.strip_prefix(stem).is_some_and(|tail| TAILS.has(tail)))
}
