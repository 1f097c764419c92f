//! From scored words to whole names: parts that agree are joined, initials are taken in.

use crate::finding::Evidence;
use crate::words::{Capitals, Kind as WordKind, Words};

use super::Person;
use super::form::Kind;
use super::score::{Mark, SEED};

/// Longest name in words: «фон», three given parts and a double surname.
const PARTS_MAX: usize = 6;
/// What a part beside a sure name must score to join it.
const JOIN: f32 = -1.4;

/// All names of the text, in order.
pub(super) fn people(words: &Words<'_>, marks: &[Mark<'_>]) -> Vec<Person> {
    let mut people: Vec<Person> = Vec::new();
    let mut index = 0;
    let mut floor = 0;
    while index < words.len() {
        let seed = marks[index].score >= SEED && !marks[index].readings.is_empty()
            || initials_make_seed(words, marks, index, floor);
        if !seed {
            index += 1;
            continue;
        }
        let first = grow_left(words, marks, index, floor);
        let last = grow_right(words, marks, index);
        let (start, end) = with_initials(words, marks, first, last, floor);
        let confident = (first..=last).any(|at| marks[at].sure);
        people.push(Person {
            start: start.1,
            end: end.1,
            confidence: if confident { 0.95 } else { 0.75 },
            evidence: if marks[index].by_context {
                Evidence::Context
            } else {
                Evidence::Lexicon
            },
        });
        floor = end.0 + 1;
        index = floor;
    }
    people
}

/// «Коваленко Д.С.», «О. В. Маклакова»: a capitalised word with initials is a surname whatever else it may mean.
fn initials_make_seed(words: &Words<'_>, marks: &[Mark<'_>], index: usize, floor: usize) -> bool {
    let word = words.all[index];
    let capital = matches!(word.capitals, Capitals::First | Capitals::All) && word.end - word.start > 2;
    if !capital || word.kind != WordKind::Cyrillic || marks[index].score < -2.5 {
        return false;
    }
    let right =
        is_initial(words, marks, index + 1) && words.gap(index + 1) == " " && words.gap(index + 2).starts_with('.');
    let two_right = right && is_initial(words, marks, index + 2) && words.gap(index + 2).len() <= 2;
    let two_left = index >= floor + 2
        && is_initial(words, marks, index - 1)
        && is_initial(words, marks, index - 2)
        && words.gap(index).starts_with('.')
        && words.gap(index - 1).starts_with('.');
    let joined = marks[index].joinable;
    two_right || two_left || right && joined
}

fn is_initial(words: &Words<'_>, marks: &[Mark<'_>], index: usize) -> bool {
    index < words.len() && marks[index].initial && words.all[index].kind == WordKind::Cyrillic
}

/// A part joins its neighbour if it looks like a name at all and some of their readings agree in case.
fn joins(words: &Words<'_>, marks: &[Mark<'_>], index: usize, neighbour: usize) -> bool {
    let mark = &marks[index];
    let beside = &marks[neighbour];
    let right = index.max(neighbour);
    let gap = words.gap(right);
    let hyphen = gap == "-" || gap == "'";
    if mark.readings.is_empty() || !mark.joinable || !(gap == " " || hyphen || gap == "  ") {
        return false;
    }
    if hyphen {
        return mark.score >= JOIN - 1.0 && (words.all[index].capitals == words.all[neighbour].capitals);
    }
    let same_case =
        words.all[index].capitals == words.all[neighbour].capitals || words.all[index].capitals != Capitals::None;
    if !same_case && !mark.sure {
        return false;
    }
    let agree = mark.readings.iter().any(|one| {
        beside.readings.iter().any(|other| {
            let kinds = one.kind != other.kind || one.guessed != other.guessed;
            kinds
                && one.cases & other.cases != 0
                && (one.gender == other.gender || one.guessed || other.guessed || one.plural || other.plural)
        })
    });
    let capital = words.all[index].capitals != Capitals::None;
    let floor = if capital {
        JOIN
    } else if beside.sure && !mark.common {
        -0.8
    } else {
        0.9
    };
    let unknown = mark
        .readings
        .iter()
        .all(|reading| reading.guessed && reading.count == 0 && reading.kind == Kind::Surname);
    let unknown_fits = !unknown || capital && beside.readings.iter().any(|reading| reading.kind != Kind::Surname);
    agree
        && mark.score >= floor
        && unknown_fits
        && !(mark.common
            && words.begins_sentence(index)
            && index < neighbour
            && mark.score < 0.5
            && !(mark.readings.iter().any(|reading| {
                reading.kind == Kind::Surname
                    && (reading.count >= 4
                        || reading.count >= 2 && marks.get(neighbour + 1).is_some_and(is_patronymic_only))
            }) && beside
                .readings
                .iter()
                .any(|reading| reading.kind == Kind::Given && reading.count >= 5)))
}

fn kinds(mark: &Mark<'_>) -> (bool, bool, bool) {
    let has = |kind: Kind| mark.readings.iter().any(|reading| reading.kind == kind);
    (has(Kind::Given), has(Kind::Patronymic), has(Kind::Surname))
}

fn grow_left(words: &Words<'_>, marks: &[Mark<'_>], seed: usize, floor: usize) -> usize {
    let mut first = seed;
    while first > floor && seed - first < PARTS_MAX && joins(words, marks, first - 1, first) {
        first -= 1;
    }
    // «Тер-Погосян», «О'Брайен»: a short first half no lexicon knows.
    if first > floor
        && matches!(words.gap(first), "-" | "'")
        && words.all[first - 1].capitals == words.all[first].capitals
        && words.all[first - 1].kind == WordKind::Cyrillic
        && words.text(first - 1).chars().count() <= 6
    {
        first -= 1;
    }
    first
}

fn grow_right(words: &Words<'_>, marks: &[Mark<'_>], seed: usize) -> usize {
    let mut last = seed;
    let mut patronymics = usize::from(is_patronymic_only(&marks[seed]));
    while last + 1 < words.len() && last - seed < PARTS_MAX && joins(words, marks, last + 1, last) {
        let next = is_patronymic_only(&marks[last + 1]);
        if next && patronymics > 0 {
            break;
        }
        patronymics += usize::from(next);
        // After a given name and a surname a new given name begins another person.
        let (given, _, surname) = kinds(&marks[last + 1]);
        let hyphen = words.gap(last + 1) == "-";
        if last > seed
            && given
            && !surname
            && !hyphen
            && kinds(&marks[last]).0
            && !kinds(&marks[last]).1
            && last - seed >= 1
            && (seed..last).any(|at| kinds(&marks[at]).0)
        {
            break;
        }
        last += 1;
    }
    // «Патрик О'Брайен»
    if last + 2 < words.len()
        && words.gap(last + 1) == " "
        && words.gap(last + 2) == "'"
        && marks[last + 1].initial
        && words.all[last + 2].capitals == Capitals::First
    {
        return last + 2;
    }
    if last + 1 < words.len()
        && matches!(words.gap(last + 1), "-" | "'")
        && words.all[last + 1].kind == WordKind::Cyrillic
        && words.all[last + 1].capitals == words.all[last].capitals
        && words.all[last].capitals != Capitals::None
        && (words.text(last + 1).chars().count() > 3 || words.text(last).chars().count() == 1)
    {
        last += 1;
    }
    if last + 1 < words.len()
        && words.gap(last + 1) == " "
        && ["оглы", "кызы", "углы", "улы", "угли", "кизи"].contains(&words.text(last + 1))
    {
        last += 1;
    }
    last
}

fn is_patronymic_only(mark: &Mark<'_>) -> bool {
    let (given, patronymic, surname) = kinds(mark);
    patronymic && !given && !surname
}

/// Takes in initials on either side: word index and byte of both ends.
fn with_initials(
    words: &Words<'_>,
    marks: &[Mark<'_>],
    first: usize,
    last: usize,
    floor: usize,
) -> ((usize, usize), (usize, usize)) {
    let mut start = (first, words.all[first].start);
    let mut end = (last, words.all[last].end);
    let mut next = last + 1;
    while next <= last + 2 && is_initial(words, marks, next) {
        let gap = words.gap(next);
        let joined = if next == last + 1 {
            matches!(gap, " " | "  ")
        } else {
            matches!(gap, "." | ". " | " ")
        };
        let dotted = words.gap(next + 1).starts_with('.');
        let closes = next + 1 == words.len() || words.gap(next + 1).starts_with(['\n', ',', ';', ')']);
        if !joined || !(dotted || closes || is_initial(words, marks, next + 1) && words.gap(next + 1) == " ") {
            break;
        }
        end = (next, words.all[next].end + usize::from(dotted));
        next += 1;
    }
    if end.0 == last {
        let mut before = first;
        while before > floor
            && first - before < 2
            && is_initial(words, marks, before - 1)
            && matches!(words.gap(before), "." | ". ")
        {
            before -= 1;
            start = (before, words.all[before].start);
        }
    }
    (start, end)
}
