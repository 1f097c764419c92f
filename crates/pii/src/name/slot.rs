//! Places in which only a name stands: «зовут май», «по фамилии гроза», «приходил мороз», «бронь на волка».
//!
//! What the word means otherwise does not matter there, so the tagger, which weighs it, often leaves such names. Each place
//! is found by its anchor (`frame.rs`). Runs after the tagger and adds what it left.

use crate::Gender;
use crate::finding::Evidence;
use crate::health::Hints;
use crate::lexicon::{Sense, WordEntry};
use crate::view::Claims;
use crate::words::{Capitals, Kind as WordKind, Words};

use super::Person;
use super::form;
use super::form::cases::{ACC, NOM};
use super::form::{Kind, Reading};
use super::frame::{Frame, is_between, is_human, is_service};
use super::told::can_be_name;

/// Binary logarithms of how usual a name has to be.
const GIVEN_USUAL: u64 = 6;
const GIVEN_KNOWN: u64 = 3;
const SURNAME_USUAL: u64 = 4;
const SURNAME_KNOWN: u64 = 2;
/// A word no lexicon knows has so many letters at least to be a name.
const UNKNOWN_LETTERS_MIN: usize = 4;

/// Adds people who stand where only people do.
pub(super) fn complete(words: &Words<'_>, claims: Option<&Claims>, people: &mut Vec<Person>) {
    for index in 0..words.len() {
        let Some(frame) = words.lore(index).parts.frame else {
            continue;
        };
        let found = match frame {
            Frame::Called => called(words, index),
            Frame::Named => named(words, index),
            Frame::Speaking => speaking(words, index),
            Frame::Deed | Frame::Doing => doer(words, index, frame),
            Frame::Title => titled(words, index),
            Frame::Booked => booked(words, index),
            Frame::Elder => elder(words, index),
            Frame::For => comer(words, index),
            Frame::Greeting => greeter(words, index),
            Frame::Hey => hailed(words, index),
            Frame::Which => doubted(words, index),
            Frame::Of(cases) => owner(words, index, cases),
            Frame::Fathered => {
                let clipped = clipped_before(words, index).unwrap_or(index);
                add(words, claims, people, clipped, index);
                None
            }
        };
        if let Some(found) = found {
            add(words, claims, people, found, found);
        }
    }
    join_patronymics(words, people);
    let mut at = 0;
    while at < people.len() {
        let first = words.index_at(people[at].start);
        if let Some(surname) = surname_before(words, first) {
            add(words, claims, people, surname, surname);
        }
        at += 1;
    }
}

/// «эльбрус», «магомедович»: a lone name and the patronymic right behind it are one.
fn join_patronymics(words: &Words<'_>, people: &mut Vec<Person>) {
    people.sort_by_key(|person| person.start);
    people.dedup_by(|next, person| {
        let (first, before) = (words.index_at(next.start), words.index_at(person.end - 1));
        let father = |index: usize| {
            readings(words, index)
                .iter()
                .any(|reading| reading.kind == Kind::Patronymic)
        };
        let joins = first == before + 1
            && words.gap(first) == " "
            && father(first)
            && !father(before)
            && words.all[before].start == person.start
            && words.all[before].capitals == words.all[first].capitals;
        if joins {
            person.end = next.end;
        }
        joins
    });
}

/// Adds the name in words `first..=last`, or joins it with the one beside it.
pub(super) fn add(words: &Words<'_>, claims: Option<&Claims>, people: &mut Vec<Person>, first: usize, last: usize) {
    let (start, end) = (words.all[first].start, words.all[last].end);
    let is_free = claims.is_none_or(|claims| claims.is_free(&(start..end)));
    if !is_free {
        return;
    }
    if let Some(other) = people
        .iter_mut()
        .find(|person| person.start < end && start < person.end)
    {
        if start <= other.start && other.end <= end {
            (other.start, other.end) = (start, end);
        }
        return;
    }
    let is_beside = |person: &Person| words.gap(last + 1) == " " && person.start == end + 1;
    match people.iter().position(is_beside) {
        Some(beside) => people[beside].start = start,
        None => people.push(Person {
            start,
            end,
            confidence: 0.7,
            evidence: Evidence::Context,
        }),
    }
}

pub(super) fn readings<'w>(words: &'w Words<'_>, index: usize) -> &'w [Reading] {
    &words.forms(index).readings
}

/// Whether a word may name somebody at all: no role, no beast, no goods.
pub(super) fn may_name(words: &Words<'_>, index: usize) -> bool {
    let Some(word) = words.all.get(index) else { return false };
    let parts = words.lore(index).parts;
    word.kind == WordKind::Cyrillic
        && words.lore(index).length >= 3
        && !parts.is_role()
        && !parts.is_pet()
        && (!parts.blocked
            || words
                .name(index)
                .is_some_and(|name| name.surname_count() >= SURNAME_USUAL || name.given_count() >= GIVEN_USUAL))
        && parts.frame.is_none()
        && !is_human(words.text(index))
}

/// A word of no lexicon: a name of a far people, or a slip of the finger.
pub(super) fn is_unheard(words: &Words<'_>, index: usize) -> bool {
    let text = words.text(index);
    words.lore(index).length >= UNKNOWN_LETTERS_MIN
        && words.entry(index) == WordEntry::NONE
        && words.lore(index).sense == Sense::NONE
        && readings(words, index).is_empty()
        && text.contains(['а', 'е', 'и', 'о', 'у', 'ы', 'э', 'ю', 'я'])
        && matches!(words.all[index].capitals, Capitals::None | Capitals::First)
}

/// «меня зовут май», «новенькую зовут радость», «радость меня зовут».
fn called(words: &Words<'_>, index: usize) -> Option<usize> {
    let before = index.checked_sub(1)?;
    let whom = words.text(before);
    let pronoun = matches!(
        whom,
        "меня" | "его" | "ее" | "нее" | "него" | "дочь" | "дочку" | "мать" | "маму" | "ребенка"
    );
    let parts = words.lore(before).parts;
    let adjective = ["ую", "юю", "ого", "его"].iter().any(|tail| whom.ends_with(tail));
    let somebody = !parts.is_pet() && words.gap(index) == " " && (pronoun || parts.is_role() || adjective);
    if !somebody {
        return None;
    }
    let can_be = |index: usize| {
        (can_be_name(words, index) || words.text(index).ends_with("ость"))
            && words.lore(index).parts.frame.is_none()
            && !matches!(
                words.text(index),
                "так"
                    | "как"
                    | "замуж"
                    | "домой"
                    | "туда"
                    | "снова"
                    | "опять"
                    | "гости"
                    | "сюда"
                    | "обратно"
                    | "просто"
                    | "иначе"
                    | "часто"
                    | "всегда"
                    | "редко"
                    | "только"
                    | "тоже"
                    | "иногда"
                    | "одинаково"
                    | "подругу"
            )
    };
    let after = index + 1;
    if matches!(words.gap(after), " " | " - " | ": " | " \"" | " «") && can_be(after) {
        return Some(after);
    }
    let before_pronoun = before.checked_sub(1)?;
    let ends = index + 1 >= words.len() || words.gap(index + 1) != " ";
    (pronoun && ends && words.gap(before) == " " && words.begins_sentence(before_pronoun) && can_be(before_pronoun))
        .then_some(before_pronoun)
}

/// «по фамилии гроза», «на имя лада», «фамилия Ноль, так и пишется».
fn named(words: &Words<'_>, index: usize) -> Option<usize> {
    let after = index + 1;
    let word = words.all.get(after)?;
    if !matches!(words.gap(after), " " | " - " | ": " | " \"" | " «") || !may_name(words, after) {
        return None;
    }
    let before = index.checked_sub(1).map_or("", |before| words.text(before));
    let closes = after + 1 >= words.len() || words.gap(after + 1) != " ";
    let capital = word.capitals == Capitals::First;
    let text = words.text(index);
    let under = match before {
        "по" => matches!(text, "фамилии" | "имени"),
        "на" => matches!(text, "фамилию" | "имя"),
        "с" => matches!(text, "фамилией" | "именем"),
        "под" => matches!(text, "фамилией" | "именем"),
        _ => false,
    };
    let known = !readings(words, after).is_empty() || capital || is_unheard(words, after);
    let told = match text {
        "фамилия" => closes && capital,
        "девичестве" | "урожденная" => known,
        "буквам" | "слогам" => before == "по" && known,
        _ => under && known,
    };
    (told && can_be_name(words, after)).then_some(after)
}

/// «вас беспокоит ворона», «с вами говорит ветер».
fn speaking(words: &Words<'_>, index: usize) -> Option<usize> {
    let before = index.checked_sub(1).map_or("", |before| words.text(before));
    let fits = match words.text(index) {
        "беспокоит" => matches!(before, "вас" | "тебя"),
        "говорит" => matches!(before, "вами" | "тобой"),
        _ => before == "на",
    };
    let after = index + 1;
    let text = words.text(after);
    let ends = after + 1 >= words.len()
        || words.gap(after + 1) != " "
        || matches!(words.text(after + 1), "из" | "с" | "со" | "по" | "насчет" | "от");
    let name = readings(words, after).iter().any(|reading| reading.cases & NOM != 0) || is_unheard(words, after);
    let ill = words.lore(after).hints != Hints::NONE;
    (fits && ends && name && !ill && text.chars().count() > 2 && words.gap(after) == " " && may_name(words, after))
        .then_some(after)
}

/// The gender a verb of the past asks of who did it.
fn gender_of(deed: &str) -> Option<Gender> {
    if deed.ends_with("ла") || deed.ends_with("лась") || matches!(deed, "записана" | "свободна" | "занята" | "уволена")
    {
        Some(Gender::Female)
    } else if deed.ends_with('л')
        || deed.ends_with("лся")
        || matches!(deed, "записан" | "свободен" | "перенес" | "стриг")
    {
        Some(Gender::Male)
    } else {
        None
    }
}

/// Whether word `index` is a name in the nominative that agrees with the deed; a rarer one is enough for what only
/// people do.
fn does(words: &Words<'_>, index: usize, deed: usize, frame: Frame) -> bool {
    if !may_name(words, index) {
        return false;
    }
    let gender = gender_of(words.text(deed));
    let strict = frame == Frame::Deed;
    let entry = words.entry(index);
    let capital = words.all[index].capitals == Capitals::First && !words.begins_sentence(index);
    let adjective = ["ий", "ый", "ой", "ая", "яя"]
        .iter()
        .any(|tail| words.text(index).ends_with(tail));
    if adjective && entry.is_common() && !capital && !is_sure_deed(words.text(deed)) {
        return false;
    }
    let agrees = |reading: &&Reading| {
        reading.cases & NOM != 0 && !reading.plural && gender.is_none_or(|gender| gender == reading.gender)
    };
    let known = readings(words, index)
        .iter()
        .filter(agrees)
        .any(|reading| match reading.kind {
            Kind::Given if reading.guessed => false,
            Kind::Given => {
                usual(reading) >= GIVEN_USUAL || reading.count >= GIVEN_KNOWN && (strict || !entry.is_common())
            }
            Kind::Patronymic => !reading.guessed,
            Kind::Surname => {
                let usual = if capital { SURNAME_KNOWN } else { SURNAME_USUAL };
                !reading.guessed && reading.count >= usual && (strict || capital)
            }
        });
    known || is_unheard(words, index)
}

/// What is said of nobody but people, whatever they are like.
fn is_sure_deed(word: &str) -> bool {
    ["записан", "звонил", "позвонил", "оплатил", "отменил", "перезвон"]
        .iter()
        .any(|stem| word.starts_with(stem))
}

/// How usual a given name is; a diminutive is rarer in registers than in talk.
pub(super) fn usual(reading: &Reading) -> u64 {
    reading.count + 2 * u64::from(reading.diminutive)
}

/// «вера болеет», «Жук не оплатил», «пусть бык позвонит», «приходил мороз».
fn doer(words: &Words<'_>, index: usize, frame: Frame) -> Option<usize> {
    let before = index.checked_sub(1).filter(|_| words.gap(index) == " ");
    let over = |at: Option<usize>| {
        at.and_then(|at| match is_between(words.text(at)) {
            true => at.checked_sub(1).filter(|_| words.gap(at) == " "),
            false => Some(at),
        })
    };
    let subject = over(over(before));
    if let Some(subject) = subject
        && begins_clause(words, subject)
        && does(words, subject, index, frame)
    {
        return Some(subject);
    }
    // «приходил мороз за справкой», «звонил хамро»
    let inverted = matches!(
        words.text(index),
        "звонил"
            | "звонила"
            | "приходил"
            | "приходила"
            | "заезжал"
            | "заезжала"
            | "спрашивал"
            | "спрашивала"
            | "просил"
            | "просила"
            | "перезвонил"
            | "перезвонила"
            | "принимал"
            | "принимала"
            | "ходил"
            | "ходила"
            | "заходил"
            | "заходила"
    );
    let visits = words.text(index).starts_with("звон") || words.text(index).starts_with("приход");
    let after = index + 1;
    let missed = before.is_some_and(|before| words.text(before) == "не")
        && matches!(
            words.text(index),
            "пришел" | "пришла" | "приехал" | "приехала" | "явился" | "явилась"
        )
        && words.gap(index + 2) != " ";
    let inverted = inverted || missed;
    let opens = visits || before.is_none_or(|before| is_between(words.text(before)) || is_opening(words.text(before)));
    let nominative = || {
        let found = readings(words, after);
        let animate_object = found
            .iter()
            .any(|reading| reading.cases & ACC != 0 && reading.cases & NOM == 0);
        !animate_object || found.iter().any(|reading| reading.cases & NOM != 0)
    };
    (inverted
        && opens
        && after < words.len()
        && words.gap(after) == " "
        && does(words, after, index, Frame::Deed)
        && nominative())
    .then_some(after)
}

/// Words a clause begins with before who does something.
fn is_opening(word: &str) -> bool {
    matches!(
        word,
        "и" | "а"
            | "но"
            | "пусть"
            | "что"
            | "когда"
            | "если"
            | "потом"
            | "тут"
            | "там"
            | "вчера"
            | "сегодня"
            | "завтра"
            | "как"
            | "чтобы"
            | "раз"
            | "пускай"
            | "хотя"
            | "вот"
            | "мне"
            | "вам"
            | "нам"
            | "утром"
            | "вечером"
            | "его"
            | "ее"
    )
}

fn begins_clause(words: &Words<'_>, index: usize) -> bool {
    words.begins_sentence(index)
        || words.gap(index).contains([',', ':', '"', '«', '.', '('])
        || words.gap(index).contains(" -")
        || index > 0 && is_opening(words.text(index - 1))
}

/// «гражданка сковорода», «господин перепечко».
fn titled(words: &Words<'_>, index: usize) -> Option<usize> {
    let after = index + 1;
    let capital = words.all.get(after)?.capitals == Capitals::First;
    let surname = readings(words, after)
        .iter()
        .any(|reading| reading.kind != Kind::Patronymic && reading.cases & asked(words.text(index)) != 0);
    let adjective = ["ие", "ые", "ая", "ой"]
        .iter()
        .any(|tail| words.text(after).ends_with(tail));
    (matches!(words.gap(after), " " | ". ")
        && may_name(words, after)
        && (surname && !(adjective && !capital) || capital || is_unheard(words, after)))
    .then_some(after)
}

/// The case of a title, which its name shares.
fn asked(title: &str) -> u8 {
    use super::form::cases::{DAT, GEN, INS};
    match title.chars().next_back() {
        Some('а') => NOM | GEN | ACC,
        Some('и' | 'ы') => GEN,
        Some('у') => DAT | ACC,
        Some('е') => DAT,
        Some('м' | 'й') => INS,
        _ => NOM,
    }
}

/// «бронь на волка», «на зайца бронь была»: a living being in the accusative is told by its ending.
fn booked(words: &Words<'_>, index: usize) -> Option<usize> {
    let forward = words.text(index + 1) == "на" && words.gap(index + 1) == " ";
    let backward = index >= 2 && words.text(index - 2) == "на" && words.gap(index) == " ";
    let slot = match (forward, backward) {
        (true, _) => index + 2,
        (false, true) => index - 1,
        _ => return None,
    };
    if slot >= words.len() || words.gap(slot) != " " || !may_name(words, slot) || words.lore(slot).parts.is_thing() {
        return None;
    }
    let text = words.text(slot);
    let capital = words.all[slot].capitals == Capitals::First;
    let living = readings(words, slot).iter().any(|reading| {
        let declined = reading.cases & ACC != 0 && reading.lemma != text && !reading.plural && !reading.guessed;
        let usual = match (reading.kind, reading.gender) {
            (Kind::Given, Gender::Male) => reading.count >= GIVEN_KNOWN,
            (Kind::Given, Gender::Female) => reading.count >= GIVEN_USUAL,
            (Kind::Surname, Gender::Male) => reading.count >= SURNAME_USUAL && text.ends_with(['а', 'я']),
            (Kind::Surname, Gender::Female) => capital && reading.count >= SURNAME_USUAL,
            (Kind::Patronymic, _) => true,
        };
        declined && usual
    });
    living.then_some(slot)
}

/// «миннегуль апа»: who is called so with respect.
fn elder(words: &Words<'_>, index: usize) -> Option<usize> {
    let before = index.checked_sub(1)?;
    let entry = words.entry(before);
    (words.gap(index) == " " && may_name(words, before) && !entry.is_common() && entry.lower_count() <= SELDOM)
        .then_some(before)
}

/// Binary logarithm of how often a word is met in dialogues to be a rare one.
const SELDOM: u64 = 2;

/// «вишня ольга», «бабу ирину львовну»: a word that is a surname too, right before a given name it agrees with.
fn surname_before(words: &Words<'_>, first: usize) -> Option<usize> {
    let surname = first.checked_sub(1)?;
    if first >= words.len()
        || words.gap(first) != " "
        || !may_name(words, surname)
        || words.lore(surname).parts.is_thing()
    {
        return None;
    }
    let capital = words.all[surname].capitals == Capitals::First;
    let alike = words.all[surname].capitals == words.all[first].capitals;
    let of_place = surname > 0 && matches!(words.text(surname - 1), "имени" | "им" | "академика" | "героя");
    let father = readings(words, first)
        .iter()
        .any(|reading| reading.kind == Kind::Patronymic && !reading.guessed);
    if !alike || of_place {
        return None;
    }
    // «Правда Анатольевич»: whatever stands before a patronymic.
    if father && (begins_clause(words, surname) && capital || is_unheard(words, surname)) {
        return Some(surname);
    }
    let starts = begins_clause(words, surname)
        || surname > 0
            && (words.lore(surname - 1).parts.frame.is_some() || super::context::asked(words, surname).1 > 0.0);
    let everyday = words.entry(surname).lower_count() >= EVERYDAY;
    let adjective = ["ая", "яя", "ый", "ий", "ой", "ое", "ую", "юю", "ого", "его", "ому"]
        .iter()
        .any(|tail| words.text(surname).ends_with(tail));
    if !starts || everyday || adjective && !capital {
        return None;
    }
    let given = |reading: &&Reading| reading.kind == Kind::Given && usual(reading) >= GIVEN_USUAL;
    let agrees = readings(words, surname)
        .iter()
        .filter(|one| one.kind == Kind::Surname && !one.guessed && one.count >= SURNAME_USUAL)
        .any(|one| {
            readings(words, first)
                .iter()
                .filter(given)
                .any(|other| one.cases & other.cases != 0 && one.gender == other.gender)
        });
    agrees.then_some(surname)
}

/// Binary logarithm of how often a word is met in dialogues to be no surname in small letters.
const EVERYDAY: u64 = 9;

/// «рома на стрижку», «Маша на два часа»: who comes, and what for.
fn comer(words: &Words<'_>, index: usize) -> Option<usize> {
    let subject = index.checked_sub(1)?;
    let what = index + 1;
    if words.gap(index) != " " || words.gap(what) != " " || !begins_clause(words, subject) || !may_name(words, subject)
    {
        return None;
    }
    let service = is_service(words.text(what))
        || words
            .all
            .get(what)
            .is_some_and(|what| what.kind == WordKind::Digits && what.end - what.start <= 2);
    let entry = words.entry(subject);
    let known = readings(words, subject).iter().any(|reading| {
        let clear = !entry.is_common() && reading.count >= GIVEN_KNOWN;
        reading.kind == Kind::Given
            && reading.cases & (NOM | ACC) != 0
            && !reading.guessed
            && (usual(reading) >= GIVEN_USUAL || clear)
    });
    (service && (known || is_unheard(words, subject))).then_some(subject)
}

/// «анжелика здравствуйте», «Лида, добрый день»: who is greeted.
fn greeter(words: &Words<'_>, index: usize) -> Option<usize> {
    let before = index.checked_sub(1)?;
    let given = readings(words, before)
        .iter()
        .any(|reading| reading.kind == Kind::Given && reading.cases & NOM != 0 && usual(reading) >= GIVEN_USUAL);
    (matches!(words.gap(index), " " | ", ") && words.begins_sentence(before) && may_be_called(words, before) && given)
        .then_some(before)
}

/// «слушай тохтамыш, переведи»: who is hailed.
fn hailed(words: &Words<'_>, index: usize) -> Option<usize> {
    let after = index + 1;
    let given = readings(words, after)
        .iter()
        .any(|reading| reading.kind == Kind::Given && reading.cases & NOM != 0 && reading.count >= SURNAME_KNOWN);
    let closes = words.gap(after + 1).starts_with([',', '!', '.']);
    (after < words.len()
        && matches!(words.gap(after), " " | ", ")
        && closes
        && may_be_called(words, after)
        && (given || is_unheard(words, after)))
    .then_some(after)
}

/// As [`may_name`], for names that goods bear too.
fn may_be_called(words: &Words<'_>, index: usize) -> bool {
    words.all[index].kind == WordKind::Cyrillic
        && words.lore(index).length >= 3
        && !words.lore(index).parts.is_role()
        && !is_human(words.text(index))
}

/// «какого иванова?»
fn doubted(words: &Words<'_>, index: usize) -> Option<usize> {
    let after = index + 1;
    let known = readings(words, after).iter().any(|reading| match reading.kind {
        Kind::Surname => {
            !reading.guessed && reading.count >= SURNAME_USUAL && form::surname_by_suffix(words.text(after)).is_some()
        }
        Kind::Given => {
            reading.gender == Gender::Male && reading.lemma != words.text(after) && reading.count >= GIVEN_USUAL
        }
        Kind::Patronymic => false,
    });
    (words.gap(after) == " " && known && may_name(words, after) && words.entry(after).lower_count() < EVERYDAY)
        .then_some(after)
}

/// «сан саныч»: the beginning of a given name before its patronymic, which begins alike.
fn clipped_before(words: &Words<'_>, index: usize) -> Option<usize> {
    let before = index.checked_sub(1)?;
    let clipped = [
        "сан",
        "пал",
        "ван",
        "мих",
        "вас",
        "ник",
        "сер",
        "анд",
        "алекс",
        "степ",
        "вал",
        "вит",
        "юр",
        "дим",
        "бор",
        "вик",
    ]
    .contains(&words.text(before));
    (clipped && words.gap(index) == " ").then_some(before)
}

/// «Слава с Верой», «мне к Лилии»: a usual given name in capitals, in the case its preposition asks for.
fn owner(words: &Words<'_>, index: usize, cases: u8) -> Option<usize> {
    let after = index + 1;
    let capital = words.all.get(after)?.capitals == Capitals::First;
    let known = readings(words, after)
        .iter()
        .any(|reading| reading.kind == Kind::Given && reading.cases & cases != 0 && usual(reading) >= GIVEN_USUAL);
    (capital && words.gap(after) == " " && known && may_name(words, after) && words.text(after) != "любовью")
        .then_some(after)
}
