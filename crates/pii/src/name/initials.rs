//! Initials however they are typed: «в. нойманн», «гусь а п», «ю.в. подпишет», «запись на Щ.».
//!
//! Runs after the tagger: widens the names it found and adds those told by initials alone.

use crate::view::Claims;
use crate::words::{Capitals, Kind as WordKind, Words};

use super::Person;
use super::context;
use super::form::cases::NOM;
use super::form::{self, Kind};
use super::score::Mark;
use super::slot::{GIVEN_USUAL, may_name, readings};
use crate::finding::Evidence;

/// Pairs of letters with dots that stand for usual words.
const ABBREVIATIONS: [&str; 32] = [
    "тд", "тп", "те", "тк", "тн", "тч", "ио", "рм", "нэ", "др", "мк", "иб", "ву", "пп", "км", "лс", "сг", "кп", "рс",
    "хв", "гр", "ак", "ад", "уе", "юл", "фл", "бу", "хз", "чт", "сч", "кс", "тр",
];
/// Letters that stand for a word before a dot: «г.», «д.», «т.».
const SHORT_WORDS: &str = "гдтрпксчлм";
/// Letters that are words.
const LONE_WORDS: &str = "авикосуя";

/// Two letters in a row that may be initials.
struct Pair {
    /// Byte after the second letter and its dot.
    end: usize,
    dotted: bool,
}

/// Widens `people` by initials beside them and adds those who are told by initials.
pub(super) fn complete(words: &Words<'_>, marks: &[Mark], claims: Option<&Claims>, people: &mut Vec<Person>) {
    let is_free = |start: usize, end: usize| claims.is_none_or(|claims| claims.is_free(&(start..end)));
    for person in people.iter_mut() {
        let next = words.all.partition_point(|word| word.start < person.end);
        let end = end_with_initials(words, next);
        if let Some(end) = end.filter(|end| *end > person.end && is_free(person.end, *end)) {
            person.end = end;
        }
        let first = words.index_at(person.start);
        if let Some(start) = start_with_initials(words, first).filter(|start| is_free(*start, person.start)) {
            person.start = start;
        }
    }
    let any = (0..words.len()).any(|index| is_letter(words, index));
    if !any {
        return;
    }
    let mut index = 0;
    while index < words.len() {
        let found = alone(words, marks, index, people).filter(|(start, end)| {
            is_free(*start, *end) && !people.iter().any(|person| person.start < *end && *start < person.end)
        });
        if let Some((start, end)) = found {
            people.push(Person {
                start,
                end,
                confidence: 0.7,
                evidence: Evidence::Context,
            });
        }
        index += 1;
    }
}

fn is_letter(words: &Words<'_>, index: usize) -> bool {
    words
        .all
        .get(index)
        .is_some_and(|word| word.kind == WordKind::Cyrillic && word.end - word.start == 2)
}

/// The pair of letters that begins at word `index`.
fn pair(words: &Words<'_>, index: usize) -> Option<Pair> {
    if !is_letter(words, index) || !is_letter(words, index + 1) {
        return None;
    }
    let (inner, after) = (words.gap(index + 1), words.gap(index + 2));
    let both: String = [words.text(index), words.text(index + 1)].concat();
    let dotted = matches!(inner, "." | ". ") && after.starts_with('.');
    let plain = inner == " " && !both.chars().all(|letter| LONE_WORDS.contains(letter));
    if dotted && ABBREVIATIONS.contains(&both.as_str()) || !(dotted || plain) {
        return None;
    }
    // Three letters in a row are no initials.
    if is_letter(words, index + 2) && matches!(after, " " | "." | ". ") {
        return None;
    }
    Some(Pair {
        end: words.all[index + 1].end + usize::from(dotted),
        dotted,
    })
}

/// «петров с.п.», «гусь а п», «ким а.»: where a name ends with the initials that begin at word `next`.
fn end_with_initials(words: &Words<'_>, next: usize) -> Option<usize> {
    if next >= words.len() || words.gap(next) != " " {
        return None;
    }
    if let Some(pair) = pair(words, next) {
        return Some(pair.end);
    }
    let letter = words.text(next);
    if let Some(end) = undotted(words, next) {
        return Some(end);
    }
    let lone = is_letter(words, next)
        && words.gap(next + 1).starts_with('.')
        && (words.all[next].capitals != Capitals::None || !SHORT_WORDS.contains(letter));
    lone.then(|| words.all[next].end + 1)
}

/// «Кузнецова О на анализы», «петренко ии»: initials without dots right behind a surname told by its ending.
fn undotted(words: &Words<'_>, next: usize) -> Option<usize> {
    let surname = next.checked_sub(1)?;
    let (word, before) = (words.all[next], words.all[surname].capitals);
    let lone = is_letter(words, next) && word.capitals == Capitals::First && before == Capitals::First;
    let fused = word.kind == WordKind::Cyrillic
        && word.end - word.start == 4
        && (word.capitals == Capitals::All && before == Capitals::First
            || words.entry(next).lower_count() < FUSED_SAID_OFTEN)
        && !matches!(words.text(next), "ли" | "ко" | "во" | "со" | "об" | "ка" | "де");
    if !(lone || fused) {
        return None;
    }
    if words.gap(next + 1).starts_with(['-', '.']) {
        return None;
    }
    let shaped = form::surname_by_suffix(words.text(surname));
    let known = words
        .name(surname)
        .is_some_and(|name| name.surname_count() >= SURNAME_COUNT_MIN)
        && !words.entry(surname).is_common();
    let nominative = || {
        readings(words, surname)
            .iter()
            .all(|reading| reading.kind != Kind::Given || reading.usual() < GIVEN_USUAL)
            && shaped.as_ref().is_none_or(|reading| reading.cases & NOM != 0)
    };
    let small = word.capitals == Capitals::None;
    ((known || shaped.is_some()) && (!small || nominative())).then_some(word.end)
}

/// Binary logarithm of how often two letters are met in dialogues to be a word.
const FUSED_SAID_OFTEN: u64 = 5;

/// «в. нойманн», «р. ш. галиев»: where a name whose first word is `first` begins with the initials before it.
fn start_with_initials(words: &Words<'_>, first: usize) -> Option<usize> {
    let dotted = |index: usize| is_letter(words, index) && matches!(words.gap(index + 1), "." | ". ");
    let one = first.checked_sub(1).filter(|one| dotted(*one))?;
    if let Some(two) = one.checked_sub(1).filter(|two| dotted(*two)) {
        let both = [words.text(two), words.text(one)].concat();
        if !ABBREVIATIONS.contains(&both.as_str()) {
            return Some(words.all[two].start);
        }
    }
    let begins = one == 0 || words.all[one - 1].kind != WordKind::Digits;
    let small = words.all[one].capitals == Capitals::None;
    (begins && !(small && SHORT_WORDS.contains(words.text(one)))).then(|| words.all[one].start)
}

/// Names told by initials that nobody has found: bytes of the one that begins at word `index`.
fn alone(words: &Words<'_>, marks: &[Mark], index: usize, people: &[Person]) -> Option<(usize, usize)> {
    let start = words.all[index].start;
    if let Some(pair) = pair(words, index) {
        let surname = index + 2;
        let beside = matches!(words.gap(surname), " " | ". " | ".");
        if pair.dotted && beside && is_surname(words, marks, surname) {
            return Some((start, words.all[surname].end));
        }
        let doing = words.gap(surname) == ". " && does(words, surname);
        return (pair.dotted && (doing || is_asked(words, index))).then_some((start, pair.end));
    }
    let next = index + 1;
    let short = words.gap(next) == " "
        && words
            .all
            .get(next)
            .is_some_and(|next| next.kind == WordKind::Cyrillic && next.end - next.start <= INITIALS_BYTES_MAX);
    if short && is_surname(words, marks, index) {
        if let Some(pair) = pair(words, next)
            && (pair.dotted || closes(words, next + 2))
        {
            return Some((start, pair.end));
        }
        if let Some(end) = undotted(words, next) {
            return Some((start, end));
        }
    }
    // «в. нойманн»: in small letters where a sentence begins.
    let rare = || is_surname(words, marks, index + 1) || is_seldom(words, index + 1);
    if is_letter(words, index)
        && words.all[index].capitals == Capitals::None
        && words.begins_sentence(index)
        && words.gap(index + 1) == ". "
        && INITIALS_ALONE.contains(words.text(index))
        && index + 1 < words.len()
        && rare()
    {
        return Some((start, words.all[index + 1].end));
    }
    // «Т. Пак»: a capital, its dot and a capitalised surname.
    let surname = index + 1;
    if is_letter(words, index)
        && words.all[index].capitals == Capitals::First
        && matches!(words.gap(surname), ". " | ".")
        && words
            .all
            .get(surname)
            .is_some_and(|next| next.capitals == Capitals::First && next.end - next.start > 2)
        && is_surname(words, marks, surname)
        && !(index > 0 && words.all[index - 1].kind == WordKind::Digits)
    {
        return Some((start, words.all[surname].end));
    }
    // «звонил Щ.», «Пак, Рыжих и Ц.»
    let capital = is_letter(words, index)
        && words.all[index].capitals == Capitals::First
        && words.gap(index + 1).starts_with('.')
        && !is_letter(words, index + 1)
        && !words
            .all
            .get(index + 1)
            .is_some_and(|next| next.capitals == Capitals::First && matches!(words.gap(index + 1), "." | ". "));
    let listed = index > 0
        && matches!(words.text(index - 1), "и" | "или")
        && people
            .iter()
            .any(|person| person.end < start && start - person.end <= LIST_GAP_BYTES);
    (capital && (listed || is_asked(words, index))).then(|| (start, words.all[index].end + 1))
}

/// One or two letters.
const INITIALS_BYTES_MAX: usize = 4;

/// Letters that shorten nothing else before a dot: «г. пермь», «д. иваново», «ч. 2».
const INITIALS_ALONE: &str = "абвежзилофэюя";

/// « и » between two names of a list.
const LIST_GAP_BYTES: usize = 10;

/// A word that chats hardly know.
fn is_seldom(words: &Words<'_>, index: usize) -> bool {
    let entry = words.entry(index);
    may_name(words, index) && !entry.is_common() && !entry.is_place() && entry.lower_count() == 0
}

fn is_surname(words: &Words<'_>, marks: &[Mark], index: usize) -> bool {
    let Some(word) = words.all.get(index) else { return false };
    word.kind == WordKind::Cyrillic
        && !marks[index].denied
        && words.entry(index).lower_count() < SAID_OFTEN
        && (!marks[index].common && words.forms(index).is_shaped_surname()
            || marks[index]
                .readings
                .iter()
                .any(|reading| reading.kind == Kind::Surname && reading.count >= SURNAME_COUNT_MIN))
}

/// Binary logarithm of how often a word is met in dialogues to be no surname beside initials.
const SAID_OFTEN: u64 = 8;
const SURNAME_COUNT_MIN: u64 = 3;

fn closes(words: &Words<'_>, index: usize) -> bool {
    index >= words.len() || !words.gap(index).starts_with(' ') || !is_letter(words, index)
}

/// Words before initials that ask for a person.
fn is_asked(words: &Words<'_>, index: usize) -> bool {
    let Some(before) = index.checked_sub(1) else {
        return false;
    };
    let text = words.text(before);
    words.gap(index) == " "
        && (context::asked(words, index).1 >= 1.0
            || context::is_role(text)
            || context::is_announcer(text)
            || context::is_deed(text))
}

/// What somebody did or does stands at word `index`.
fn does(words: &Words<'_>, index: usize) -> bool {
    let text = words.text(index);
    context::is_deed(text)
        || words.entry(index).is_common()
            && text.chars().count() > 4
            && ["ила", "ала", "ела", "ишет", "ает", "ил", "ал", "ит", "ёт", "ет"]
                .iter()
                .any(|tail| text.ends_with(tail))
}
