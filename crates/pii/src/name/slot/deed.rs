//! Who does what people do: «вера болеет», «приходил мороз», «рома на стрижку».

use crate::Gender;
use crate::name::form::cases::{ACC, NOM};
use crate::name::form::{Kind, Reading};
use crate::name::frame::{Frame, is_between, is_service};
use crate::words::{Capitals, Kind as WordKind, Words};

use super::{
    GIVEN_KNOWN, GIVEN_USUAL, SURNAME_KNOWN, SURNAME_USUAL, begins_clause, is_opening, is_unheard, may_name, readings,
};

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

/// What is said of nobody but people, whatever they are like.
fn is_sure_deed(word: &str) -> bool {
    ["записан", "звонил", "позвонил", "оплатил", "отменил", "перезвон"]
        .iter()
        .any(|stem| word.starts_with(stem))
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
                reading.usual() >= GIVEN_USUAL || reading.count >= GIVEN_KNOWN && (strict || !entry.is_common())
            }
            Kind::Patronymic => !reading.guessed,
            Kind::Surname => {
                let usual = if capital { SURNAME_KNOWN } else { SURNAME_USUAL };
                !reading.guessed && reading.count >= usual && (strict || capital)
            }
        });
    known || is_unheard(words, index)
}

/// «вера болеет», «Жук не оплатил», «пусть бык позвонит», «приходил мороз».
pub(super) fn doer(words: &Words<'_>, index: usize, frame: Frame) -> Option<usize> {
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

/// «рома на стрижку», «Маша на два часа»: who comes, and what for.
pub(super) fn comer(words: &Words<'_>, index: usize) -> Option<usize> {
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
    if !service {
        return None;
    }
    let entry = words.entry(subject);
    let known = readings(words, subject).iter().any(|reading| {
        let clear = !entry.is_common() && reading.count >= GIVEN_KNOWN;
        reading.kind == Kind::Given
            && reading.cases & (NOM | ACC) != 0
            && !reading.guessed
            && (reading.usual() >= GIVEN_USUAL || clear)
    });
    (known || is_unheard(words, subject)).then_some(subject)
}
