//! Dates as people write them: with signs of all kinds or none, months in words or Roman numerals, spoken parts,
//! the year first or last, short or missing.

mod month;
mod part;

use std::ops::Range;
use std::sync::LazyLock;

use crate::cue::{Cue, cue_at};
use crate::stems::Stems;
use crate::view::View;
use crate::words::Kind;

use month::{Month, month};
use part::{Part, part, year};

pub(super) use part::Year;

/// A date of a text.
#[derive(Debug)]
pub(super) struct Date {
    pub(super) range: Range<usize>,
    pub(super) day: bool,
    pub(super) month: bool,
    pub(super) year: Option<Year>,
    /// May as well be another number: signs lost, or nothing but spaces between.
    pub(super) loose: bool,
    pub(super) first_word: usize,
    pub(super) after_word: usize,
}

impl Date {
    /// Day, month and year.
    pub(super) fn is_full(&self) -> bool {
        self.day && self.month && self.year.is_some()
    }

    /// Nothing but a year.
    pub(super) fn is_year(&self) -> bool {
        !self.day && !self.month
    }
}

/// The date that begins at piece `index`, and the piece after it.
pub(super) fn date(view: &View<'_>, index: usize) -> Option<(Date, usize)> {
    // Days, months and years have one digit, two or four; a date that has lost its signs has six or eight.
    if !matches!(view.pieces.get(index)?.digits.len(), 1 | 2 | 4 | 6 | 8) {
        return None;
    }
    let (date, after) = numeric(view, index)
        .or_else(|| compact(view, index))
        .or_else(|| worded(view, index))
        .or_else(|| year_first(view, index))
        .or_else(|| month_and_year(view, index))
        .or_else(|| only_year(view, index))?;
    stands(view, &date).then_some((date, after))
}

/// What parts the numbers of a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Separator {
    /// «.», «/», «-» and such, with or without spaces.
    Sign,
    /// Any other sign.
    Odd,
    Space,
    Line,
}

fn separator(gap: &str) -> Option<Separator> {
    let signs = gap.trim_matches(' ');
    match signs {
        "" if gap.is_empty() => None,
        "" => Some(Separator::Space),
        "\n" => Some(Separator::Line),
        "." | "/" | "-" | "_" | "*" | "|" | "\\" | ")(" | "][" | "," => Some(Separator::Sign),
        "числа" | "месяца" | "числа," => Some(Separator::Space),
        _ if signs.chars().count() <= 2 && !signs.contains(|sign: char| sign.is_alphanumeric() || sign == '\n') => {
            Some(Separator::Odd)
        }
        _ => None,
    }
}

fn between<'v>(view: &View<'v>, first: &Part, second: &Part) -> &'v str {
    view.words.slice(first.end..second.start)
}

/// «12.05.1984», «1984-05-12», «12.05.84», «12.1984», «14.03», «двенадцатое ноль пятое восемьдесят четвёртого».
fn numeric(view: &View<'_>, index: usize) -> Option<(Date, usize)> {
    let first = part(view, index)?;
    let second = part(view, first.next)?;
    let gap = between(view, &first, &second);
    let sign = separator(gap)?;
    let third = part(view, second.next).and_then(|third| {
        let after = between(view, &second, &third);
        Some((separator(after)?, after.trim_matches(' ') == gap.trim_matches(' ')))
    });
    if let Some((other, same)) = third {
        let last = year(view, second.next);
        if first.is_day()
            && second.is_month()
            && let Some((year, part)) = last
            && let Some(loose) = joins(&first, &year, (sign, other, same))
        {
            let mut date = made(&first, &part, Some(year));
            // «четыре ноль один ноль ноль» may be a code.
            date.loose = loose || first.spoken && !first.ordinal && !part.ordinal;
            date.range = with_brackets(view, date.range);
            return Some((date, part.next));
        }
        let day = part(view, second.next)?;
        if same
            && first.digits == 4
            && let Some((year, _)) = year(view, index)
            && second.is_month()
            && day.is_day()
            && sign != Separator::Line
        {
            return Some((made(&first, &day, Some(year)), day.next));
        }
    }
    if first.spoken || second.spoken || !matches!(gap, "." | "/" | "-") {
        return None;
    }
    // «12.1958», «11/1999»
    if first.is_month()
        && second.digits == 4
        && let Some((year, last)) = year(view, first.next)
    {
        let mut date = made(&first, &last, Some(year));
        date.day = false;
        return Some((date, last.next));
    }
    let goes_on = third.is_some_and(|(_, same)| same) && !gap.contains(' ') && view.gap_before(second.next) == gap;
    // «14.03»
    (gap == "." && first.is_day() && second.is_month() && second.digits == 2 && !goes_on)
        .then(|| (made(&first, &second, None), second.next))
}

/// Whether day, month and year with these separators make a date, and whether it is a loose one.
fn joins(first: &Part, year: &Year, (sign, other, same): (Separator, Separator, bool)) -> Option<bool> {
    let whole = !year.short;
    match (sign, other) {
        (Separator::Sign, Separator::Sign) if same || whole => Some(false),
        (Separator::Space | Separator::Line, Separator::Space | Separator::Line) if whole || first.spoken => {
            Some(false)
        }
        (Separator::Space, Separator::Space) => Some(true),
        (Separator::Sign, Separator::Space) | (Separator::Space, Separator::Sign) if whole || first.spoken => {
            Some(false)
        }
        (Separator::Odd, Separator::Odd) if whole && same => Some(false),
        _ => None,
    }
}

fn made(first: &Part, last: &Part, year: Option<Year>) -> Date {
    Date {
        range: first.start..last.end,
        day: true,
        month: true,
        year,
        loose: false,
        first_word: first.first_word,
        after_word: last.after_word,
    }
}

/// «11021990», «17.011983», «1701.1983»: signs lost.
fn compact(view: &View<'_>, index: usize) -> Option<(Date, usize)> {
    let first = part(view, index).filter(|first| !first.spoken)?;
    let piece = &view.pieces[index];
    if let Some(year) = compact_year(&piece.digits) {
        let mut date = made(&first, &first, Some(year));
        date.loose = true;
        return Some((date, index + 1));
    }
    let second = part(view, index + 1)?;
    let parted = matches!((first.digits, second.digits), (2, 6) | (4, 4)) && view.gap_before(index + 1) == ".";
    let year = compact_year(&format!("{}{}", piece.digits, view.pieces[index + 1].digits)).filter(|_| parted)?;
    Some((made(&first, &second, Some(year)), index + 2))
}

/// The year of «11021990», «110290» or «19900211».
fn compact_year(digits: &str) -> Option<Year> {
    let number = |range: Range<usize>| digits.get(range).and_then(|part| part.parse::<u32>().ok());
    let fits = |day: Range<usize>, month: Range<usize>| {
        number(day).is_some_and(|day| (1..=31).contains(&day))
            && number(month).is_some_and(|month| (1..=12).contains(&month))
    };
    let whole = |range: Range<usize>| {
        number(range)
            .filter(|year| (1920..=2030).contains(year))
            .map(|value| Year {
                value,
                short: false,
                marked: false,
            })
    };
    match digits.len() {
        8 if fits(0..2, 2..4) && whole(4..8).is_some() => whole(4..8),
        8 if fits(6..8, 4..6) => whole(0..4),
        6 if fits(0..2, 2..4) => number(4..6).map(|value| Year {
            value: if value <= 30 { 2000 + value } else { 1900 + value },
            short: true,
            marked: false,
        }),
        _ => None,
    }
}

/// «9 ноября 94-го», «12 янв. 2025», «4-го апреля», «12/V/1990», «третьего мая восьмидесятого».
fn worded(view: &View<'_>, index: usize) -> Option<(Date, usize)> {
    let words = &view.words;
    let day = part(view, index).filter(Part::is_day)?;
    let mut at = day.after_word;
    if words.text(at) == "числа" {
        at += 1;
    }
    let written = month(view, at)?;
    let gap = words.gap(at);
    let joined = match written {
        Month::Word => {
            gap.len() <= 3
                && gap
                    .chars()
                    .all(|sign| matches!(sign, ' ' | '-' | '.' | '/' | '\n' | '_' | ','))
        }
        Month::Roman => matches!(gap, "." | " " | "-" | "/") && words.all[at].kind == Kind::Latin,
    };
    if !joined {
        return None;
    }
    let mut after = at + 1;
    if matches!(words.text(after), "месяца" | "month") {
        after += 1;
    }
    let found = year(view, day.next).filter(|(year, part)| {
        let gap = words.gap(after);
        let near = part.first_word == after
            && gap.len() <= 4
            && !gap.contains("\n\n")
            && gap
                .chars()
                .all(|sign| matches!(sign, ' ' | ',' | '-' | '.' | '\n' | '/' | '_' | '\'' | '’'));
        near && (!year.short || is_short_year(view, year, part, gap, written))
    });
    match found {
        Some((year, part)) => Some((made(&day, &part, Some(year)), part.next)),
        None if written == Month::Roman => None,
        None => {
            let mut date = made(&day, &day, None);
            date.range.end = words.all[at].end;
            date.after_word = at + 1;
            Some((date, day.next))
        }
    }
}

/// «2008 год, 3 июля», «1990 г. 5 мая».
fn year_first(view: &View<'_>, index: usize) -> Option<(Date, usize)> {
    let words = &view.words;
    let (year, part) = year(view, index).filter(|(year, _)| !year.short)?;
    let mut after = part.after_word;
    if matches!(words.text(after), "год" | "года" | "г") {
        after += 1;
    }
    let (day, next) = worded(view, part.next).filter(|(day, _)| day.year.is_none() && day.first_word == after)?;
    let joined = matches!(words.gap(after), " " | ", " | ". " | "., " | ".");
    let date = Date {
        range: part.start..day.range.end,
        year: Some(year),
        first_word: part.first_word,
        ..day
    };
    joined.then_some((date, next))
}

/// «12 мая 88» is a date, «12 мая 15 человек» and «12 мая 16:00» are not.
fn is_short_year(view: &View<'_>, year: &Year, part: &Part, gap: &str, written: Month) -> bool {
    let rest = &view.text()[part.end..];
    if rest.starts_with(':') || part.digits == 1 && !part.spoken {
        return false;
    }
    let after = part.after_word;
    let closes = rest.is_empty() || rest.starts_with([',', '\n', ';', ')', '!', '?']) || rest.starts_with(". ");
    year.marked
        || part.spoken && gap == " " && year.value > 1930 && year.value < 2000
        || written == Month::Roman
        || gap.contains(['.', '-', '/', '_'])
        || matches!(view.words.text(after), "года" | "г" | "гр" | "год")
        || cue_at(view, after).is_some()
        || gap == " " && closes && year.value < 2000
}

/// «мае 1973», «сентябрь 88-го».
fn month_and_year(view: &View<'_>, index: usize) -> Option<(Date, usize)> {
    let (year, part) = year(view, index)?;
    let before = part.first_word.checked_sub(1)?;
    let words = &view.words;
    let named = month(view, before) == Some(Month::Word)
        && matches!(words.gap(part.first_word), " " | ". " | "." | "-" | "/" | ", " | " '")
        && (!year.short || year.marked);
    let date = Date {
        range: words.all[before].start..part.end,
        day: false,
        month: true,
        year: Some(year),
        loose: false,
        first_word: before,
        after_word: part.after_word,
    };
    named.then_some((date, part.next))
}

/// «1984», «84», «84-го», «восемьдесят четвёртого».
fn only_year(view: &View<'_>, index: usize) -> Option<(Date, usize)> {
    let (year, part) = year(view, index)?;
    // «весил одиннадцать»: a number told in words is no year unless it ends as one.
    let last = view.words.text(part.after_word - 1);
    let declined = ["ого", "его", "ом", "ем"].iter().any(|end| last.ends_with(end));
    let year_word = matches!(view.words.text(part.after_word), "года" | "году" | "год" | "г");
    if part.spoken
        && !(part.ordinal && (!year.short || declined || is_named_year(view, &part)) && (part.digits > 1 || year_word))
    {
        return None;
    }
    if year.short && !year.marked && is_counted(view, &part) {
        return None;
    }
    let rest = &view.text()[part.end..];
    let digit_follows = |rest: &str| rest.starts_with(|sign: char| sign.is_ascii_digit());
    let goes_on = rest.starts_with(':') || rest.starts_with(['.', '-', '/', ',', '+']) && digit_follows(&rest[1..]);
    let continued = view.text()[..part.start]
        .strip_suffix(['.', '-', '/', ',', ':', '+'])
        .is_some_and(|before| before.ends_with(|sign: char| sign.is_ascii_digit()));
    if goes_on || continued {
        return None;
    }
    let date = Date {
        range: part.start..part.end,
        day: false,
        month: false,
        year: Some(year),
        loose: false,
        first_word: part.first_word,
        after_word: part.after_word,
    };
    Some((date, part.next))
}

/// «год рождения восемьдесят восьмой»: a word of birth makes a short ordinal a year.
fn is_named_year(view: &View<'_>, part: &Part) -> bool {
    part.first_word
        .checked_sub(1)
        .is_some_and(|before| cue_at(view, before) == Some(Cue::Birth))
}

/// «15 %», «30 лет», «45 мин»: a number that counts something.
fn is_counted(view: &View<'_>, part: &Part) -> bool {
    static UNITS: LazyLock<Stems> = LazyLock::new(|| {
        Stems::new(
            "лет годика годиков мес месяц недел дней дня руб тыс процент час мин раз шт чел кг гр мл мг см мм балл ед этаж кв \
             подъезд размер км литр градус",
        )
    });
    let rest = view.text()[part.end..].trim_start_matches(' ');
    let word = view.words.text(part.after_word);
    let unit = matches!(word, "р" | "м" | "к" | "л" | "ч") && !view.words.gap(part.after_word + 1).starts_with('.');
    rest.starts_with(['%', '₽', '$', '°']) || UNITS.begins(word) && word != "гр" || unit
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

/// Whether a date is a word of its own: what touches it is a word that has lost its space.
fn stands(view: &View<'_>, date: &Date) -> bool {
    let touched = |sign: Option<char>| sign.is_some_and(char::is_alphanumeric);
    let words = &view.words;
    let year_word = matches!(words.text(date.after_word), "г" | "гр" | "года" | "год" | "гг");
    let right = !touched(view.after(date.range.end))
        || date.year.is_some() && year_word
        || view.is_glued_word(date.range.end + 1, date.range.len());
    let left = !touched(view.before(date.range.start))
        || date.is_full() && date.first_word > 0 && words.all[date.first_word - 1].kind == Kind::Cyrillic
        || view.is_glued_word(date.range.start, date.range.len());
    left && right
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shadow::Shadow;
    use crate::words::Words;

    /// Ranges of all dates with how much of a date each has.
    fn dates(text: &str) -> Vec<(String, bool, Option<u32>)> {
        let shadow = Shadow::new(text);
        let view = View::new(Words::new(&shadow));
        let (mut all, mut index) = (Vec::new(), 0);
        while index < view.pieces.len() {
            match date(&view, index) {
                Some((date, after)) => {
                    let text = view.words.slice(date.range.clone()).to_owned();
                    all.push((text, date.is_full(), date.year.map(|year| year.value)));
                    index = after;
                }
                None => index += 1,
            }
        }
        all
    }

    #[test]
    fn full_dates_are_read_in_any_form() {
        for (text, year) in [
            ("12.05.1984", 1984),
            ("12/05/84", 1984),
            ("12 . 05 . 1984", 1984),
            ("1984-05-12", 1984),
            ("2014 05 21", 2014),
            ("12,05,1984", 1984),
            ("12.05 1984", 1984),
            ("12041990", 1990),
            ("9 ноября 94-го", 1994),
            ("12 янв. 2025", 2025),
            ("4-го апреля 1981", 1981),
            ("12-май-1984", 1984),
            ("12.v.1975", 1975),
            ("12 feb 1993", 1993),
            ("2008 год, 3 июля", 2008),
            ("двенадцатое ноль пятое восемьдесят четвертого", 1984),
            ("третьего мая тысяча девятьсот восьмидесятого", 1980),
        ] {
            assert_eq!(dates(text), [(text.to_owned(), true, Some(year))], "{text}");
        }
    }

    #[test]
    fn parts_of_dates_are_read_too() {
        for (text, year) in [
            ("мае 1973", Some(1973)),
            ("11/1999", Some(1999)),
            ("88-го", Some(1988)),
            ("2016-м", Some(2016)),
            ("тридцать девятом", Some(1939)),
            ("09", Some(2009)),
            ("30-го декабря", None),
            ("14.03", None),
        ] {
            assert_eq!(dates(text), [(text.to_owned(), false, year)], "{text}");
        }
    }

    #[test]
    fn counts_hours_and_codes_are_no_dates() {
        for text in [
            "10:30",
            "15 %",
            "45 минут",
            "весил одиннадцать",
            "99.5.1",
            "первую",
            "300",
        ] {
            assert_eq!(dates(text), [], "{text}");
        }
    }
}
