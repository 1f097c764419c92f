//! Birth dates told in passing: with an age, by «с» and a short year, before the person, as an answer, in two parts.

use crate::view::View;
use crate::words::Kind;

use super::super::date::Date;
use super::word::{is_event, is_filler, is_somebody, is_visit};
use super::{Neighbour, closes, is_aside, is_timed, is_year_word};

/// A child whose age is told beside may be born as late as that.
const LAST_CHILD_YEAR: u32 = 2025;
/// Grown people who tell their year are born between these.
const FIRST_TOLD_YEAR: u32 = 1925;
const LAST_TOLD_YEAR: u32 = 2012;
/// «сын с 38, второй день»: degrees of a fever.
const FEVER: std::ops::RangeInclusive<u32> = 1936..=1942;
/// Hours and counts are below.
const FIRST_SURE_SHORT: u32 = 1930;
/// How far before a question's answer its words may stand.
const QUESTION_REACH: usize = 5;
/// «муж с 2012, доволен»: a later year is the beginning of something else.
const LAST_GROWN_YEAR: u32 = 2005;
/// «только в 1992»: so many words part a day from its year.
const PARTED_WORDS_MAX: usize = 3;

/// Whether somebody is named right before the date, perhaps with a filler between.
pub(super) fn is_right_after_somebody(view: &View<'_>, date: &Date) -> bool {
    date.first_word
        .checked_sub(1)
        .is_some_and(|before| is_somebody(view.words.text(before)) && is_aside(view.words.gap(date.first_word)))
}

/// Whether word `index` is the «рождения» or «г.р.» of the date that ended right before it.
pub(super) fn closes_date(view: &View<'_>, index: usize) -> bool {
    let words = &view.words;
    matches!(words.text(index), "рождения" | "рожд" | "гр" | "г" | "р" | "рожденья")
        && index > 0
        && (words.all[index - 1].kind == Kind::Digits || matches!(words.text(index - 1), "г" | "года" | "год"))
        && matches!(words.gap(index), " " | "" | "." | ". ")
}

/// «внучка у меня с», «я с», «мы оба с»: somebody before the preposition at word `preposition`.
pub(super) fn is_somebody_before(view: &View<'_>, preposition: usize) -> bool {
    let words = &view.words;
    let mut at = preposition;
    for _ in 0..3 {
        let Some(before) = at.checked_sub(1) else { return false };
        if words.gap(at) != " " && words.gap(at) != ", " {
            return false;
        }
        if is_somebody(words.text(before)) {
            return true;
        }
        if !(is_filler(words.text(before))
            || matches!(words.text(before), "нас" | "меня" | "него" | "нее" | "сама" | "сам"))
        {
            return false;
        }
        at = before;
    }
    false
}

/// «я с 87, так что»: two digits that are neither an hour nor a fever nor a count, closing the clause.
pub(super) fn is_short_year_of_birth(view: &View<'_>, date: &Date, preposition: usize) -> bool {
    let Some(year) = date.year.filter(|year| year.short && year.value >= FIRST_SURE_SHORT) else {
        return false;
    };
    let who = preposition.checked_sub(1).map_or("", |before| view.words.text(before));
    let fever = FEVER.contains(&year.value) && !is_elder(who);
    !fever && year.value < 2000 && closes(view, date)
}

fn is_elder(word: &str) -> bool {
    ["баб", "дед", "мам", "пап", "свекр", "тещ", "тест"]
        .iter()
        .any(|stem| word.starts_with(stem))
}

/// Whether the words around tell a birth without a word for it.
pub(super) fn is_in_passing(view: &View<'_>, date: &Date) -> bool {
    !is_timed(view, date)
        && (is_after_age(view, date)
            || is_from_year(view, date)
            || is_before_another(view, date)
            || comes_of_age(view, date)
            || is_before_somebody(view, date)
            || is_answer(view, date)
            || is_own_year(view, date))
}

/// «крестнице 10 лет будет 5 мая»: an age, «будет» and the day.
fn comes_of_age(view: &View<'_>, date: &Date) -> bool {
    let words = &view.words;
    let Some(will) = date
        .first_word
        .checked_sub(1)
        .filter(|_| date.day && date.year.is_none())
    else {
        return false;
    };
    if will < 2
        || words.text(will) != "будет"
        || !matches!(words.text(will - 1), "лет" | "год" | "года" | "годик" | "годика")
    {
        return false;
    }
    (2..=5.min(will)).any(|back| is_somebody(words.text(will - back)))
}

/// «я с 87, так что», «папа с 1949, глуховат»
fn is_from_year(view: &View<'_>, date: &Date) -> bool {
    let Some(preposition) = date.first_word.checked_sub(1).filter(|_| date.is_year()) else {
        return false;
    };
    let whole = date
        .year
        .is_some_and(|year| !year.short && year.value <= LAST_GROWN_YEAR)
        && closes(view, date);
    matches!(view.words.text(preposition), "с" | "со")
        && is_somebody_before(view, preposition)
        && (whole || is_short_year_of_birth(view, date, preposition))
}

/// «у нас двое, 2013 и 2019 г.р.»: the year before another one that a word tells.
fn is_before_another(view: &View<'_>, date: &Date) -> bool {
    let words = &view.words;
    let parted = words.text(date.after_word) == "и" || words.gap(date.after_word).trim() == ",";
    let whole = date.is_year() && date.year.is_some_and(|year| !year.short || year.marked);
    if !parted || !whole {
        return false;
    }
    let next = view.pieces.partition_point(|piece| piece.first_word < date.after_word);
    view.pieces
        .get(next)
        .is_some_and(|piece| piece.first_word <= date.after_word + 1)
        && super::super::date::date(view, next)
            .is_some_and(|(next, _)| next.is_year() && super::told_after(view, &next))
}

/// «сыну три, 13 сентября 2021», «дочке 5 лет (12.03.2020)»: an age and then the date.
fn is_after_age(view: &View<'_>, date: &Date) -> bool {
    let words = &view.words;
    if !date.is_full() || date.loose || date.year.is_none_or(|year| year.value > LAST_CHILD_YEAR) {
        return false;
    }
    if !matches!(words.gap(date.first_word), ", " | " (" | " - " | "," | "; ")
        || !closes(view, date) && !is_year_word(view, date)
    {
        return false;
    }
    let mut at = date.first_word;
    if at > 0
        && matches!(
            words.text(at - 1),
            "лет" | "год" | "года" | "годика" | "месяцев" | "мес" | "годик" | "месяца"
        )
    {
        at -= 1;
    }
    let Some(place) = view
        .pieces
        .partition_point(|piece| piece.after_word <= at)
        .checked_sub(1)
    else {
        return false;
    };
    let age = &view.pieces[place];
    let is_age = age.after_word == at && age.digits.len() <= 2;
    is_age && (1..=2.min(age.first_word)).any(|back| is_somebody(words.text(age.first_word - back)))
}

/// «2014 года она», «семьдесят второго года он», «11 апреля 2019 обе»: the person after the date.
fn is_before_somebody(view: &View<'_>, date: &Date) -> bool {
    let words = &view.words;
    let mut at = date.after_word;
    let named = is_year_word(view, date);
    if named {
        at += 1;
    }
    let who = words.text(at);
    let joined = words.gap(at) == " " || words.gap(at) == ". " && named;
    let Some(year) = date.year.filter(|_| joined) else {
        return false;
    };
    if date.is_full() {
        return matches!(who, "оба" | "обе" | "обоим" | "обеим") && !date.loose;
    }
    let pronoun = matches!(who, "он" | "она" | "они" | "оба" | "обе" | "сам" | "сама" | "я");
    // «52 года он ждал»: an age.
    let sure = !year.short || year.marked;
    let ends = words.gap(at + 1).starts_with([',', '.', ')', '!', '?', '\n']) || at + 1 >= words.len();
    let quiet = (1..=3.min(date.first_word)).all(|back| {
        let word = words.text(date.first_word - back);
        !is_event(word) && !is_visit(word) && !matches!(word, "с" | "до" | "в" | "после")
    });
    pronoun && named && sure && ends && quiet && year.value <= LAST_CHILD_YEAR
}

/// «какого вы года? 1987», «сколько лет и год?»: the question stands before.
fn is_answer(view: &View<'_>, date: &Date) -> bool {
    let words = &view.words;
    let year = date
        .year
        .is_some_and(|year| !year.short || year.marked || year.value >= FIRST_SURE_SHORT && year.value < 2000);
    let asked = words.gap(date.first_word).contains(['?', '\n']);
    if !date.is_year() || !year || !asked || !closes(view, date) && !is_year_word(view, date) {
        return false;
    }
    (1..=QUESTION_REACH.min(date.first_word)).any(|back| {
        let at = date.first_word - back;
        matches!(words.text(at), "какого" | "каком") && (1..=3).any(|step| words.text(at + step).starts_with("год"))
    })
}

/// «я старше чем вы думаете, паспорт показать? 1966-й год»: a year said by itself after somebody spoke of himself.
fn is_own_year(view: &View<'_>, date: &Date) -> bool {
    let words = &view.words;
    let fits = date.is_year()
        && date
            .year
            .is_some_and(|year| (FIRST_TOLD_YEAR..=LAST_TOLD_YEAR).contains(&year.value) && !year.short && year.marked);
    if !fits || !is_year_word(view, date) {
        return false;
    }
    let after = date.after_word + 1;
    let ends = after >= words.len() || words.gap(after).starts_with([')', '.', ',', '!', '\n']);
    let opens = words.gap(date.first_word).contains(['?', '.', '!', ',', '-']);
    let back = || {
        (1..=QUESTION_REACH + 3)
            .filter_map(|back| date.first_word.checked_sub(back))
            .map(|at| words.text(at))
    };
    opens && ends && back().any(|word| matches!(word, "я" | "мне" | "старше" | "моложе")) && !back().any(is_event)
}

/// «родился 6 июня, только в 1992»: the year some words after a day of birth.
pub(super) fn completes(view: &View<'_>, date: &Date, before: &Neighbour) -> bool {
    let words = &view.words;
    let between = before.after_word..date.first_word;
    before.born
        && before.day_only
        && date.is_year()
        && date.year.is_some_and(|year| !year.short || year.marked)
        && between.len() <= PARTED_WORDS_MAX
        && between.clone().all(|at| {
            matches!(
                words.text(at),
                "только" | "в" | "а" | "год" | "но" | "года" | "и" | "это"
            )
        })
        && (before.after_word..=date.first_word).all(|at| !words.gap(at).contains(['\n', '!', '?']))
}
