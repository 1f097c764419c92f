//! How much each word looks like a part of a person's name.

use crate::label::Label;
use crate::view::Claims;
use crate::words::{Capitals, Kind as WordKind, Words};

use super::Heard;
use super::blocked::{is_blocked, is_street_pair};
use super::context;
use super::form::cases::{ANY, DAT, NOM};
use super::form::{self, Kind, Reading};

/// Words at or above this score are names by themselves.
pub(super) const SEED: f32 = 2.0;
/// A word this frequent in lower case is never read as a name when it is not capitalised.
const EVERYDAY: u64 = 9;

/// The verdict on one word.
#[derive(Debug, Default)]
pub(super) struct Mark {
    pub(super) readings: Vec<Reading>,
    pub(super) score: f32,
    /// A lexicon knows the word as a name and not as anything else.
    pub(super) sure: bool,
    /// The words around decided.
    pub(super) by_context: bool,
    /// May join a name beside it.
    pub(super) joinable: bool,
    /// A single capital letter that may be an initial.
    pub(super) initial: bool,
    pub(super) common: bool,
    /// The words around say that it names no person: an animal, a discoverer, goods.
    pub(super) denied: bool,
    /// Heard before in the conversation.
    pub(super) recalled: bool,
    /// No lexicon reads it as a name: asking again is in vain.
    pub(super) unreadable: bool,
}

/// Scores all words.
pub(super) fn marks(words: &Words<'_>, claims: Option<&Claims>, heard: &Heard) -> Vec<Mark> {
    let caseless = !words
        .all
        .iter()
        .any(|word| word.kind == WordKind::Cyrillic && word.capitals != Capitals::None);
    let shouted = words.len() > 2
        && words
            .all
            .iter()
            .filter(|word| word.kind == WordKind::Cyrillic)
            .all(|word| word.capitals == Capitals::All || word.end - word.start <= 2);
    let mut marks: Vec<Mark> = Vec::with_capacity(words.len());
    for index in 0..words.len() {
        let word = words.all[index];
        let taken = claims.is_some_and(|claims| !claims.is_free(&(word.start..word.end)));
        marks.push(if taken || word.kind != WordKind::Cyrillic {
            Mark::default()
        } else {
            lexical(words, index, caseless, shouted)
        });
    }
    let slots = (0..words.len()).filter(|index| is_slot(words, *index)).count();
    for index in 0..words.len() {
        if slots >= 2 && is_slot(words, index) && has_case(&marks[index], NOM) {
            marks[index].score += 5.8;
        }
        if !marks[index].readings.is_empty() {
            let against = against(words, index, &marks);
            let favour = favour(words, index, &marks, claims);
            marks[index].denied = against <= -4.5;
            marks[index].score += against + favour;
            marks[index].by_context = favour >= 1.4;
            recall(words, index, &mut marks[index], heard);
        }
    }
    echo(words, &mut marks);
    marks
}

/// A name met once in the text is a name again where a person is asked for: «зима на 11 … тел у зимы».
fn echo(words: &Words<'_>, marks: &mut [Mark]) {
    let lemmas: Vec<String> = marks
        .iter()
        .filter(|mark| mark.score >= SEED)
        .flat_map(|mark| mark.readings.iter().map(|reading| reading.lemma.clone()))
        .collect();
    if lemmas.is_empty() {
        return;
    }
    for (index, mark) in marks.iter_mut().enumerate() {
        let (cases, weight) = context::asked(words, index);
        let known = mark
            .readings
            .iter()
            .any(|reading| reading.cases & cases != 0 && lemmas.contains(&reading.lemma));
        if known && weight > 0.5 && mark.score < SEED && mark.score > -2.5 {
            mark.score = SEED;
        }
    }
}

/// What the word says by itself.
fn lexical(words: &Words<'_>, index: usize, caseless: bool, shouted: bool) -> Mark {
    let word = words.all[index];
    let text = words.text(index);
    let length = text.chars().count();
    let capital = !shouted && matches!(word.capitals, Capitals::First | Capitals::All);
    if length == 1 {
        return Mark {
            initial: word.capitals == Capitals::First,
            ..Mark::default()
        };
    }
    // Prepositions and particles.
    if length == 2 && !capital {
        return Mark::default();
    }
    let entry = words.entry(index);
    if !capital && entry.lower_count() >= EVERYDAY && entry.capital_count() + 4 < entry.lower_count() {
        return Mark::default();
    }
    if context::is_role(text)
        && form::surname_by_suffix(text).is_none()
        && crate::lexicon::NameEntry::look_up(text).is_none_or(|entry| entry.given_count() < 5)
    {
        return Mark::default();
    }
    let mut readings = form::readings(text);
    if capital && (text.ends_with("ых") || text.ends_with("их")) && entry.lower_count() < EVERYDAY {
        readings.extend(form::surname_by_suffix(text));
    }
    let suffix = if capital || caseless || shouted {
        form::surname_by_suffix(text)
    } else {
        None
    };
    if readings.is_empty() {
        match suffix {
            Some(reading) if !entry.is_common() && !entry.is_place() => readings.push(reading),
            _ if capital && !entry.is_common() && !entry.is_place() && length >= 3 => {
                return Mark {
                    readings: vec![unknown(text)],
                    score: 0.2,
                    joinable: true,
                    ..Mark::default()
                };
            }
            _ => {
                return Mark {
                    unreadable: true,
                    ..Mark::default()
                };
            }
        }
    }
    let best = |kind: Kind| {
        readings
            .iter()
            .filter(|reading| reading.kind == kind)
            .map(|reading| reading.count + u64::from(reading.diminutive) * 2)
            .max()
    };
    let (given, patronymic, surname) = (best(Kind::Given), best(Kind::Patronymic), best(Kind::Surname));
    let guessed = readings
        .iter()
        .all(|reading| reading.guessed && reading.kind == Kind::Surname);
    let unseen =
        entry.is_common() && entry.lower_count() == 0 && surname.is_some() && form::surname_by_suffix(text).is_some();
    let common =
        entry.is_common() && !unseen || entry.lower_count() >= 3 && entry.lower_count() > entry.capital_count() + 1;
    let mut score: f32 = 0.0;
    if let Some(count) = given {
        let known = match (count, length) {
            (0..=2, _) => 0.9,
            (_, 0..=2) => 0.6,
            (3..=5, 3) => 1.2,
            (3..=4, _) => 2.2,
            _ => 3.0,
        };
        score = score.max(known);
    }
    if patronymic.is_some() {
        score = score.max(3.6);
    }
    if let Some(count) = surname {
        let shaped = form::surname_by_suffix(text).is_some();
        let known = match (shaped, count) {
            (true, 0..=1) => 1.0,
            (true, 2) => 1.8,
            (true, _) => 2.2,
            (false, 0..=2) => 0.0,
            (false, 3..=5) => 0.5,
            (false, _) => 0.9,
        };
        score = score.max(if guessed { 0.7 } else { known });
    }
    if common {
        let frequent = entry.lower_count() as f32;
        let as_name = entry.capital_count() as f32;
        let marked = (as_name - frequent).clamp(-4.0, 4.0);
        score = score.min(1.2) - 0.8 + if given.is_some() && frequent <= 1.0 { 0.6 } else { 0.0 } + 0.35 * marked;
        if given.is_none() && patronymic.is_none() {
            score -= 1.0;
        }
    }
    if entry.is_place() && given.unwrap_or(0) < 8 && patronymic.is_none() {
        score -= if given.is_some() || surname.unwrap_or(0) >= 6 && form::surname_by_suffix(text).is_some() {
            1.0
        } else {
            2.2
        };
    }
    // «мастер Эльза» is one, whatever else bears the name.
    let told = index > 0 && words.gap(index) == " " && context::is_role(words.text(index - 1)) && given.is_some();
    if is_blocked(text) && !told {
        score -= 3.0;
    }
    if capital {
        score += match (word.capitals, words.begins_sentence(index)) {
            (Capitals::All, _) if length <= 4 => -1.0,
            (_, true) if common => 0.7,
            (_, false) if common && words.gap(index).contains('.') => 0.7,
            (_, true) => 1.0,
            (_, false) if common && given.unwrap_or(0) >= 6 => 3.0,
            (_, false) => 2.0,
        };
    } else if surname.is_some() && given.is_none() && patronymic.is_none() {
        score -= match (caseless, common) {
            (true, false) => 0.0,
            (false, false) => 0.6,
            (_, true) => 1.0,
        };
    } else if !caseless && common {
        score -= 0.4;
    }
    let sure = !common && (given.is_some_and(|count| count >= 5) || patronymic.is_some());
    Mark {
        unreadable: false,
        readings,
        score,
        sure,
        by_context: false,
        joinable: true,
        initial: false,
        common,
        denied: false,
        recalled: false,
    }
}

/// A capitalised word nobody knows: it may be a rare name.
fn unknown(text: &str) -> Reading {
    let female = text.ends_with(['а', 'я']);
    Reading {
        kind: Kind::Surname,
        lemma: text.to_owned(),
        gender: if female {
            crate::Gender::Female
        } else {
            crate::Gender::Male
        },
        cases: ANY,
        plural: false,
        count: 0,
        diminutive: false,
        guessed: true,
    }
}

/// A name already heard in the conversation needs less to be one again.
fn recall(words: &Words<'_>, index: usize, mark: &mut Mark, heard: &Heard) {
    if heard.is_empty() || mark.denied || !mark.readings.iter().any(|reading| heard.contains(&reading.lemma)) {
        return;
    }
    let capital = words.all[index].capitals != Capitals::None;
    let (cases, weight) = context::asked(words, index);
    let asked = weight > 0.5 && has_case(mark, cases);
    if capital || asked || !mark.common {
        mark.score = mark.score.max(SEED + 0.5);
        mark.by_context = true;
        mark.recalled = true;
    } else {
        mark.score += 1.0;
    }
}

fn has_case(mark: &Mark, case: u8) -> bool {
    mark.readings.iter().any(|reading| reading.cases & case != 0)
}

fn favour(words: &Words<'_>, index: usize, marks: &[Mark], claims: Option<&Claims>) -> f32 {
    let mark = &marks[index];
    let gap = words.gap(index);
    let before = if index > 0 { words.text(index - 1) } else { "" };
    let mut favour: f32 = 0.0;
    let (cases, weight) = context::asked(words, index);
    if weight < 0.0 {
        favour += weight;
    } else if has_case(mark, cases) {
        favour = favour.max(weight);
    }
    let tight = matches!(
        gap,
        " " | ": " | ":" | " - " | ", " | " \u{ab}" | "\u{ab}" | " (" | ". " | "  "
    );
    if index > 0 && tight && !gap.starts_with(',') && context::is_role(before) {
        let lowly = words.all[index].capitals == Capitals::None
            && mark
                .readings
                .iter()
                .any(|reading| reading.kind == Kind::Given && reading.count >= 5 && reading.cases & NOM != 0);
        favour = favour.max(if lowly { 4.4 } else { 2.6 });
    } else if index > 0 && gap.starts_with(',') && context::is_role(before) {
        favour = favour.max(1.6);
    } else if index > 1
        && tight
        && gap == " "
        && context::is_role(words.text(index - 2))
        && words.gap(index - 1) == " "
        && !marks[index - 1].readings.is_empty()
    {
        favour = favour.max(1.2);
    }
    if index > 0 && tight && context::is_announcer(before)
        || index > 1
            && tight
            && context::is_announcer(words.text(index - 2))
            && gap == " "
            && before.chars().count() <= 4
    {
        favour = favour.max(2.8);
    }
    // «передайте мастеру лене», «спасибо большое лене»
    if index > 1 && favour < 1.0 {
        let (cases, weight) = context::asked(words, index - 1);
        if gap == " " && cases == DAT && has_case(mark, DAT) && weight >= 1.8 {
            favour = favour.max(0.9);
        }
    }
    let after = words.text(index + 1);
    let next_gap = words.gap(index + 1);
    if index + 1 < words.len() && (next_gap == " " || next_gap == " - ") {
        if context::is_title(after) {
            favour += 2.5;
        } else if has_case(mark, NOM)
            && matches!(
                after,
                "сегодня" | "завтра" | "не" | "еще" | "уже" | "тоже" | "там" | "вчера"
            )
            && context::is_deed(words.text(index + 2))
        {
            favour += 2.4;
        } else if has_case(mark, NOM) && context::is_deed(after) && (after != "на" || is_hour(words, index + 2)) {
            favour += if matches!(after, "зовут" | "говорит" | "ваша" | "ваш") {
                2.4
            } else {
                1.3
            };
        } else if context::is_announcer(after) && after == "имя" || after == "привет" {
            favour += 1.2;
        }
    }
    if has_case(mark, NOM) && is_addressed(words, index) {
        favour += 2.4;
    }
    if has_case(mark, NOM)
        && words.begins_sentence(index)
        && next_gap.starts_with([',', '!'])
        && words.entry(index).lower_count() <= 1
    {
        favour += 0.7;
    }
    favour += beside_names(words, index, marks);
    if let Some(claims) = claims {
        favour += beside_contacts(words, index, claims);
    }
    favour
}

/// «Добрый вечер, Лада!», «Лада, здравствуйте».
fn is_addressed(words: &Words<'_>, index: usize) -> bool {
    let greeting = |at: usize| {
        [
            "здравствуйте",
            "привет",
            "вечер",
            "день",
            "утро",
            "здравствуй",
            "приветик",
            "салам",
            "спасибо",
            "доброго",
        ]
        .contains(&words.text(at))
    };
    let before = index > 0
        && words.gap(index) == ", "
        && greeting(index - 1)
        && words.gap(index + 1).starts_with([',', '!', '.', '\n']);
    let after = words.gap(index + 1).starts_with(',')
        && (greeting(index + 1)
            || ["добрый", "доброе", "доброго", "ваш", "ваша", "вам", "вы", "ждем"].contains(&words.text(index + 1)));
    words.all[index].capitals != Capitals::None && (before || after && words.begins_sentence(index))
}

/// A capitalised neighbour that completes a full name, or a name the word is listed with.
fn beside_names(words: &Words<'_>, index: usize, marks: &[Mark]) -> f32 {
    let mark = &marks[index];
    let capital = |at: usize| matches!(words.all[at].capitals, Capitals::First | Capitals::All);
    let patronymic = |at: usize| {
        marks
            .get(at)
            .is_some_and(|mark| !mark.common && mark.readings.iter().any(|reading| reading.kind == Kind::Patronymic))
    };
    if words.gap(index + 1) == " "
        && patronymic(index + 1)
        && mark.readings.iter().any(|one| {
            one.kind == Kind::Given
                && marks[index + 1]
                    .readings
                    .iter()
                    .any(|other| other.kind == Kind::Patronymic && other.cases & one.cases != 0)
        })
    {
        return 2.6;
    }
    if !capital(index) {
        return 0.0;
    }
    let completes = |at: usize| {
        capital(at)
            && mark.readings.iter().any(|one| {
                marks[at].readings.iter().any(|other| {
                    one.kind != other.kind
                        && !other.guessed
                        && !one.guessed
                        && one.cases & other.cases != 0
                        && one.gender == other.gender
                })
            })
    };
    let left = index > 0 && words.gap(index) == " " && completes(index - 1);
    let right = index + 1 < words.len() && words.gap(index + 1) == " " && completes(index + 1);
    let mut bonus: f32 = 0.0;
    if left || right {
        bonus += 1.6;
    }
    let listed = index > 1
        && matches!(words.text(index - 1), "или" | "и")
        && words.gap(index) == " "
        && words.gap(index - 1) == " "
        && marks[index - 2].score >= SEED;
    if listed {
        bonus += 1.5;
    }
    bonus
}

/// A word of a timetable: «мороз на 10 зима на 11».
fn is_slot(words: &Words<'_>, index: usize) -> bool {
    words.all[index].kind == WordKind::Cyrillic
        && words.text(index).chars().count() >= 3
        && words.text(index + 1) == "на"
        && is_hour(words, index + 2)
        && words.gap(index + 1) == " "
        && words.gap(index + 2) == " "
}

/// «мороз на 10», «Исаева на 12:00».
fn is_hour(words: &Words<'_>, index: usize) -> bool {
    let text = words.text(index);
    index < words.len()
        && (words.all[index].kind == WordKind::Digits && text.len() <= 2 || crate::numbers::is_number_word(text))
}

/// A phone right beside speaks of its owner.
fn beside_contacts(words: &Words<'_>, index: usize, claims: &Claims) -> f32 {
    let word = words.all[index];
    let next_start = words.all.get(index + 1).map(|next| next.start);
    let after = next_start.and_then(|start| claims.at(start)).filter(|claim| {
        matches!(
            claim.label,
            Label::Phone | Label::Card | Label::Passport | Label::Birthdate | Label::Plate
        ) && words.slice(word.end..claim.range.start).len() <= 3
    });
    let before = claims.last_before(word.start).filter(|claim| {
        matches!(claim.label, Label::Phone | Label::Address | Label::Vin | Label::Plate)
            && words
                .slice(claim.range.end..word.start)
                .trim_matches([' ', ',', '(', '-', '.', ';'])
                .is_empty()
            && word.start - claim.range.end <= 4
    });
    if after.is_some() || before.is_some() { 1.3 } else { 0.0 }
}

fn against(words: &Words<'_>, index: usize, marks: &[Mark]) -> f32 {
    let gap = words.gap(index);
    let before = if index > 0 { words.text(index - 1) } else { "" };
    let tight = matches!(
        gap,
        " " | ". " | "." | " \u{ab}" | " \"" | "\u{ab}" | "-" | " - " | ": "
    );
    let mut against: f32 = 0.0;
    if let Some(first) = quotation(words, index) {
        let outside = if first > 0 { words.text(first - 1) } else { "" };
        if !context::is_announcer(outside) && !context::is_role(outside) {
            // A name once heard may still be quoted; goods may not.
            against -= if context::is_thing(outside) { 9.0 } else { 4.4 };
        }
    }
    if index > 0 && tight {
        if context::is_street_word(before) || before == "им" || before == "имени" && index > 1 {
            against -= if before == "имени" { 0.0 } else { 5.0 };
        }
        let clause = !gap.starts_with('.');
        if context::is_pet(before) {
            against -= 14.0;
        }
        if context::is_thing(before) && !context::is_role(before) && clause && gap != ": " {
            against -= if has_case_only_nominative(&marks[index]) {
                3.0
            } else {
                1.2
            };
        }
        if context::is_eponym_word(before) && clause {
            against -= 5.0;
        }
    }
    // The patronymic of a cat, the second discoverer of a syndrome.
    if index > 1
        && matches!(gap, " " | "-" | " и ")
        && marks[index - 1].denied
        && matches!(words.all[index].capitals, Capitals::First)
    {
        against -= 9.0;
    }
    if index > 1 && before == "по" && context::is_eponym_word(words.text(index - 2)) && {
        against -= 3.0;
        true
    } || before == "и" && index > 1 && marks[index - 2].score < -2.0 && !marks[index - 2].readings.is_empty()
    {
        against -= 4.0;
    }
    if index > 0
        && gap == " "
        && is_blocked(before)
        && words.all[index - 1].capitals == words.all[index].capitals
        && !context::is_role(before)
    {
        against -= 2.5;
    }
    if words.text(index + 1) == "из"
        && ["мульт", "фильм", "сериал", "сказк", "книг", "игр"]
            .iter()
            .any(|stem| words.text(index + 2).starts_with(stem))
    {
        against -= 6.0;
    }
    if is_street_pair(before, words.text(index)) || is_street_pair(words.text(index), words.text(index + 1)) {
        against -= 8.0;
    }
    against + street_like(words, index, marks) + numbered(words, index)
}

fn has_case_only_nominative(mark: &Mark) -> bool {
    has_case(mark, NOM)
}

/// The longest quoted name of goods or a firm, in words.
const QUOTED_WORDS_MAX: usize = 4;

/// The first word of the quotation of a few words around word `index`, if it stands in one.
fn quotation(words: &Words<'_>, index: usize) -> Option<usize> {
    let opens = |at: usize| words.gap(at).ends_with(['\u{ab}', '"', '\'']);
    let closes = |at: usize| words.gap(at).contains(['\u{bb}', '"', '\'']);
    let first = (index.saturating_sub(QUOTED_WORDS_MAX - 1)..=index)
        .rev()
        .find(|at| opens(*at))?;
    let unbroken = (first + 1..=index).all(|at| !closes(at));
    let closed = (index + 1..=first + QUOTED_WORDS_MAX).any(closes);
    (unbroken && closed).then_some(first)
}

/// «на Молдавской», «с Уфимского тракта», «по Советскому району»: an adjective that belongs to a place.
fn is_in_place_name(words: &Words<'_>, index: usize) -> f32 {
    let text = words.text(index);
    let adjective = [
        "ской",
        "скую",
        "ского",
        "скому",
        "ском",
        "цкой",
        "цкую",
        "ный",
        "ной",
        "ного",
        "ном",
    ]
    .iter()
    .any(|tail| text.ends_with(tail));
    let next = words.text(index + 1);
    let named = [
        "район",
        "тракт",
        "област",
        "рынок",
        "рынк",
        "вокзал",
        "шоссе",
        "край",
        "округ",
        "площад",
        "проспект",
        "улиц",
        "мост",
    ];
    if words.gap(index + 1) == " " && named.iter().any(|stem| next.starts_with(stem)) {
        return -6.0;
    }
    let toward = index > 0 && matches!(words.text(index - 1), "на" | "по" | "до") && words.gap(index) == " ";
    let booked = index > 1
        && ["запи", "переве", "перепи", "оформ", "жалоб"]
            .iter()
            .any(|stem| words.text(index - 2).starts_with(stem));
    let lower = words.all[index].capitals == Capitals::None;
    let surname = ["ова", "ева", "ина", "енко"].iter().any(|tail| text.ends_with(tail));
    match toward && !booked {
        true if adjective => -4.6,
        true if lower && surname => -2.4,
        _ => 0.0,
    }
}

/// «на Кирова», «от Гагарина», «по Чайковского»: streets by their short names.
fn street_like(words: &Words<'_>, index: usize, marks: &[Mark]) -> f32 {
    let place = is_in_place_name(words, index);
    if place < 0.0 {
        return place;
    }
    let text = words.text(index);
    let known = crate::lexicon::NameEntry::look_up(text).is_some_and(|entry| entry.has(crate::lexicon::bits::STREET));
    let genitive = ["а", "я", "ого", "его", "ой", "ых", "ко"]
        .iter()
        .any(|tail| text.ends_with(tail));
    if !known || !genitive || index == 0 {
        return 0.0;
    }
    let given = marks[index]
        .readings
        .iter()
        .any(|reading| reading.kind != Kind::Surname && reading.count >= 5);
    let is_street = |at: usize| {
        crate::lexicon::NameEntry::look_up(words.text(at)).is_some_and(|entry| entry.has(crate::lexicon::bits::STREET))
    };
    let paired = words.gap(index) == " " && is_street(index - 1)
        || words.gap(index + 1) == " " && index + 1 < words.len() && is_street(index + 1);
    if paired && !context::is_role(words.text(index - 1)) && !context::is_role(words.text(index.saturating_sub(2))) {
        return -6.5;
    }
    let before = words.text(index - 1);
    let near_other_street = index > 1 && matches!(before, "и" | "или") && marks[index - 2].score < -1.0;
    if matches!(
        before,
        "на" | "по" | "до" | "за" | "через" | "от" | "с" | "возле" | "около" | "угол" | "вдоль"
    ) && words.gap(index) == " "
        && !given
        || near_other_street
    {
        return -4.8;
    }
    if index > 1 && matches!(words.text(index - 2), "на" | "по") && words.gap(index) == " " && !given {
        return -2.0;
    }
    if matches!(words.gap(index), ", ") && marks[index - 1].score < -1.0 && !given {
        -3.0
    } else {
        0.0
    }
}

/// «51 роза», «8 марта», and dates of months.
fn numbered(words: &Words<'_>, index: usize) -> f32 {
    let counted = index > 0
        && words.all[index - 1].kind == WordKind::Digits
        && words.gap(index) == " "
        && words.text(index - 1).len() <= 3;
    let entry = words.entry(index);
    if counted && entry.is_common() { -1.5 } else { 0.0 }
}
