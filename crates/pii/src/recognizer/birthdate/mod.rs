//! Birth dates: a date or a year that somebody is said to be born on. Dates of visits and papers and ages are left
//! alone.
//!
//! A word nearby tells of birth or of something else; without one, a full date of long ago is that of a birth, and so
//! is a date or a year right beside a person.

mod beside;
mod passing;
mod word;

use crate::cue::{Cue, cue_at};
use crate::finding::Evidence;
use crate::label::Label;
use crate::view::{Claims, View};
use crate::words::Kind;

use super::date::{Date, Year, date};
use word::{is_birth, is_coming_of_age, is_event, is_filler, is_issue, is_somebody, is_term, is_visit};

pub(super) use beside::claim_beside_people;

/// A date right after somebody is that of birth up to this year; a later one may be a visit.
const LAST_NOTED_YEAR: u32 = 2023;
/// A full date up to this year needs nobody to call it one of birth.
const LAST_LONE_YEAR: u32 = 2008;
/// «31» is 1931 or 2031: the first short year that can only be of the last century.
const FIRST_SURE_SHORT_YEAR: u32 = 1936;
/// How many words back or on a word of birth may stand.
const REACH: usize = 9;

/// What the words around say of a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Told {
    Born,
    Otherwise,
    Nothing,
}

/// Claims dates that words nearby call birth dates, and full dates of long ago.
pub(super) fn claim(view: &View<'_>, claims: &mut Claims) {
    let mut before: Option<Neighbour> = None;
    let mut index = 0;
    while index < view.pieces.len() {
        let Some((date, after)) = date(view, index) else {
            index += 1;
            continue;
        };
        if is_age(view, &date) {
            index = after;
            continue;
        }
        let weight = weigh(view, &date, before.as_ref());
        if let Some((confidence, evidence)) = weight {
            claims.add(Label::Birthdate, date.range.clone(), confidence, evidence);
        }
        before = Some(Neighbour {
            after_word: date.after_word,
            born: weight.is_some(),
            year_only: date.is_year(),
            full: date.is_full(),
            day_only: date.day && date.year.is_none(),
        });
        index = after;
    }
}

/// «ему исполнилось 18 5 мая»: the first number is an age.
fn is_age(view: &View<'_>, date: &Date) -> bool {
    let words = &view.words;
    let before = date.first_word.checked_sub(1);
    // «мне 21 не исполнится»
    let after = (0..2).any(|step| is_coming_of_age(words.text(date.after_word + step)));
    date.is_year()
        && date.year.is_some_and(|year| year.short && !year.marked)
        && (after || before.is_some_and(|before| is_coming_of_age(words.text(before))))
}

/// The date before.
struct Neighbour {
    after_word: usize,
    born: bool,
    year_only: bool,
    full: bool,
    day_only: bool,
}

fn weigh(view: &View<'_>, date: &Date, before: Option<&Neighbour>) -> Option<(f32, Evidence)> {
    let floor = before.map_or(0, |before| before.after_word);
    if told_after(view, date) {
        return Some((0.92, Evidence::Cue));
    }
    if turns_age(view, date) {
        return Some((0.85, Evidence::Cue));
    }
    match told_before(view, date, floor) {
        Told::Born => return Some((0.92, Evidence::Cue)),
        Told::Otherwise => return None,
        Told::Nothing => {}
    }
    if before.is_some_and(|before| goes_on(view, date, before) || passing::completes(view, date, before)) {
        return Some((0.85, Evidence::Cue));
    }
    if !happens_after(view, date)
        && (is_of_somebody(view, date) || is_long_ago(view, date) || passing::is_in_passing(view, date))
    {
        return Some((0.85, Evidence::Context));
    }
    None
}

/// Whether a word before says «born», or something else.
fn told_before(view: &View<'_>, date: &Date, floor: usize) -> Told {
    let words = &view.words;
    let reach = match date.year {
        Some(_) if date.month => REACH,
        Some(year) if date.is_year() && year.short && !year.marked => 2,
        Some(_) => 4,
        None => 7,
    };
    let mut visit = false;
    let own = passing::is_right_after_somebody(view, date);
    let mut aside = false;
    for distance in 1..=date.first_word.saturating_sub(floor) {
        let at = date.first_word - distance;
        let gap = words.gap(at + 1);
        if gap.contains('\n') && (distance > 1 || gap.matches('\n').count() > 1)
            || distance > 1 && (gap.contains(['!', '?', ';', '•']) || ends_sentence(view, at, gap))
        {
            break;
        }
        // «апрель 2013 рождения, ей 24 мая»: the word belongs to the date before.
        if floor > 0 && at <= floor + 1 && passing::closes_date(view, at) {
            break;
        }
        // «полис на роды, сама 1997»: what is told of an event ends where somebody is named.
        aside |= distance > 1 && gap.contains([',', ';']);
        if distance <= reach && is_birth(view, at) {
            return if visit && !date.is_full() {
                Told::Otherwise
            } else {
                Told::Born
            };
        }
        let word = words.text(at);
        if is_event(word) && distance <= EVENT_REACH && !(own && aside || words.gap(date.first_word).contains('?'))
            || is_issue(word) && !(own && aside)
            || distance == 1 && is_term(word) && !is_said_of_somebody(view, at, date)
        {
            return Told::Otherwise;
        }
        if distance == 1 && matches!(cue_at(view, at), Some(Cue::Goods | Cue::Organisation)) {
            return Told::Otherwise;
        }
        visit |= is_visit(word);
        if distance > ISSUE_REACH {
            break;
        }
    }
    Told::Nothing
}

/// «паспорт выдан отделом УФМС России по Челябинской области в Калининском районе 12.05.2007».
const ISSUE_REACH: usize = 14;
/// «операция была в клинике 12.05.2007».
const EVENT_REACH: usize = 5;

/// «она с 85-го»: a year somebody is from.
fn is_said_of_somebody(view: &View<'_>, preposition: usize, date: &Date) -> bool {
    date.is_year()
        && matches!(view.words.text(preposition), "с" | "со")
        && passing::is_somebody_before(view, preposition)
        && date
            .year
            .is_some_and(|year| !year.short || year.marked || passing::is_short_year_of_birth(view, date, preposition))
}

fn ends_sentence(view: &View<'_>, before: usize, gap: &str) -> bool {
    gap.starts_with(". ") && view.words.text(before).chars().count() > 5 && view.words.all[before].kind != Kind::Digits
}

/// Whether a word after says «born».
fn told_after(view: &View<'_>, date: &Date) -> bool {
    let words = &view.words;
    let reach = if date.month { 6 } else { 3 };
    // «69 детей, рождённых одной женщиной» is a count.
    let count = date.is_year() && date.year.is_some_and(|year| year.short && !year.marked);
    for distance in 0..reach {
        let at = date.after_word + distance;
        let gap = words.gap(at);
        if at >= words.len() || gap.contains(['\n', ';', '!', '?', '|']) {
            return false;
        }
        let word = words.text(at);
        if distance > 0 && gap.contains(". ") && words.text(at - 1).chars().count() > 2 {
            return false;
        }
        if is_birth(view, at) {
            // «2018 г.р.», «1985 рожд.» belong to the number before; «др 5 мая» to the one after.
            let glued = matches!(
                word,
                "г" | "гр" | "рожд" | "рождения" | "рождение" | "рожденья" | "гожд"
            ) || word == "р" && distance > 0;
            let dated = words.text(at.wrapping_sub(1)) == "дата";
            return glued && distance <= 1 && !dated || !has_date(view, at);
        }
        let year_word = matches!(word, "г" | "год" | "года" | "годом" | "гг");
        if words.all[at].kind == Kind::Digits
            || count && !year_word
            || is_event(word)
            || is_visit(word)
            || gap.contains(',') && date.is_year() && !year_word
        {
            return false;
        }
    }
    false
}

/// «ей 8 октября 60 лет», «5 мая мне будет 30»: the day somebody comes to an age.
fn turns_age(view: &View<'_>, date: &Date) -> bool {
    if !date.day || date.year.is_some() {
        return false;
    }
    let words = &view.words;
    let mut at = date.after_word;
    let mut will = false;
    while at < date.after_word + 3
        && !words.gap(at).contains(['\n', '.', ';'])
        && (is_somebody(words.text(at)) || matches!(words.text(at), "будет" | "уже"))
    {
        will |= words.text(at) == "будет";
        at += 1;
    }
    let age = words
        .all
        .get(at)
        .is_some_and(|word| word.kind == Kind::Digits && word.end - word.start <= 2)
        && matches!(words.gap(at), " " | " - ");
    let years = matches!(words.text(at + 1), "лет" | "год" | "года" | "годика" | "годиков");
    age && (years || will) && words.text(at + 2) != "назад"
}

/// «сыну 12.03.2023 ставили прививку»: what follows is an event of that day.
fn happens_after(view: &View<'_>, date: &Date) -> bool {
    let words = &view.words;
    // Nobody is given a discount in 1991.
    let told_long_ago = date.is_full() && !date.loose && date.year.is_some_and(|year| year.value <= LAST_LONE_YEAR);
    (date.after_word..words.len().min(date.after_word + 4))
        .take_while(|at| !words.gap(*at).contains([',', '\n', ';', '!', '?', ')']) && !words.gap(*at).starts_with(". "))
        .any(|at| is_event(words.text(at)) || is_visit(words.text(at)) && !told_long_ago)
}

/// Whether a date follows a word of birth within a few words.
fn has_date(view: &View<'_>, word: usize) -> bool {
    let first = view.pieces.partition_point(|piece| piece.first_word <= word);
    view.pieces
        .get(first)
        .filter(|piece| {
            piece.first_word <= word + 4 && !view.text()[view.words.all[word].end..piece.start].contains(['\n', ';'])
        })
        .and_then(|_| date(view, first))
        .is_some_and(|(date, _)| date.month || date.year.is_some_and(|year| !year.short))
}

/// «дети 12.05.2015 и 03.04.2018», «не 13.02.1989, а 13.02.1998»: one more after a date of birth.
fn goes_on(view: &View<'_>, date: &Date, before: &Neighbour) -> bool {
    let words = &view.words;
    let between = before.after_word..date.first_word;
    before.born
        && (before.full && date.is_full() || before.year_only && date.is_year())
        && between.len() <= 4
        && between
            .clone()
            .all(|at| is_filler(words.text(at)) || is_somebody(words.text(at)) || is_joint(words.text(at)))
        && !words.gap(date.first_word).contains("\n\n")
}

fn is_joint(word: &str) -> bool {
    matches!(word, "г" | "гр" | "р" | "года" | "рождения" | "рожд" | "год")
}

/// «маме 4 апреля 1961», «муж, 12.05.1980», «мальчик 20.10.2017», «она 2012 года», «я 88-го».
fn is_of_somebody(view: &View<'_>, date: &Date) -> bool {
    let words = &view.words;
    let mut at = date.first_word;
    while at > 0 && date.first_word - at < 3 && is_filler(words.text(at - 1)) && !words.gap(at).contains(['\n', '.']) {
        at -= 1;
    }
    let close = |at: usize| at > 0 && is_somebody(words.text(at - 1)) && is_aside(words.gap(at));
    // The nearest somebody counts: «сын, она» are both fillers and people.
    let told = close(date.first_word) || close(at) || (at..date.first_word).any(|at| is_somebody(words.text(at)));
    if !told || is_timed(view, date) {
        return false;
    }
    let counted = date.first_word == at + 1 && matches!(words.text(at), "двое" | "трое" | "четверо") && close(at);
    let direct = close(date.first_word) || counted;
    // «приду с дочкой 13 сентября 2026»
    let visits = || (1..=5.min(date.first_word)).any(|back| is_visit(words.text(date.first_word - back)));
    match date.year {
        Some(year) if year.value > LAST_NOTED_YEAR && visits() => false,
        Some(year) if date.is_full() || date.month => {
            direct
                && (year.value <= LAST_NOTED_YEAR || counted || is_of_child(words.text(date.first_word - 1)))
                && !date.loose
        }
        Some(year) if year.short => year.marked && (is_year_word(view, date) || closes(view, date)),
        Some(year) => is_year_word(view, date) || (direct || year.marked) && closes(view, date),
        None => false,
    }
}

fn is_aside(gap: &str) -> bool {
    matches!(gap, " " | ", " | " - " | ": " | " (" | "," | ":" | "\n" | "(")
}

/// Whoever is called so is a child, so the year may be a late one.
fn is_of_child(word: &str) -> bool {
    [
        "мальчик",
        "девочк",
        "малыш",
        "сын",
        "доч",
        "реб",
        "внук",
        "внуч",
        "обе",
        "оба",
        "двойн",
        "близн",
        "младш",
        "дет",
    ]
    .iter()
    .any(|stem| word.starts_with(stem))
}

/// «1958 г.», «85-го года».
fn is_year_word(view: &View<'_>, date: &Date) -> bool {
    matches!(view.words.text(date.after_word), "года" | "г" | "год") && view.words.gap(date.after_word).len() <= 1
}

/// Whether the clause ends after the date.
fn closes(view: &View<'_>, date: &Date) -> bool {
    let rest = view.text()[date.range.end..].trim_start_matches(' ');
    rest.is_empty()
        || rest.starts_with([',', ')', ';', '\n', '!', '?', '|', '('])
        || rest.starts_with('.') && !rest[1..].starts_with(|sign: char| sign.is_ascii_digit())
        || rest.starts_with("- ")
}

/// «12.06.2026 в 15:00», «15 марта на 10»: an hour follows, so it is a visit.
fn is_timed(view: &View<'_>, date: &Date) -> bool {
    let words = &view.words;
    let mut at = date.after_word;
    if is_year_word(view, date) {
        at += 1;
    }
    let preposition = matches!(words.text(at), "в" | "на" | "к" | "с" | "до" | "после");
    let hour = |at: usize| {
        words
            .all
            .get(at)
            .is_some_and(|word| word.kind == Kind::Digits && word.end - word.start <= 2)
    };
    preposition && hour(at + 1) || hour(at) && words.gap(at + 1).starts_with(':')
}

/// A full date so long ago that no visit, order or paper of today bears it.
fn is_long_ago(view: &View<'_>, date: &Date) -> bool {
    let Some(Year { value, short, .. }) = date.year else {
        return false;
    };
    let sure = !short || value >= FIRST_SURE_SHORT_YEAR;
    // «12 декабря 1956 года»: so stories are told, not data given.
    let narrated = view.words.text(date.after_word) == "года";
    date.is_full()
        && !date.loose
        && sure
        && value <= LAST_LONE_YEAR
        && !narrated
        && !is_history(view, date)
        && !is_timed(view, date)
}

/// «9 мая 1945», «22 июня 1941».
fn is_history(view: &View<'_>, date: &Date) -> bool {
    let text = view.words.slice(date.range.clone());
    ["9 мая 1945", "22 июня 1941", "09.05.1945", "22.06.1941"].contains(&text)
}
