//! What speaks for a person around a word: the cases its neighbours ask for, roles, greetings, deeds, contacts.

use crate::label::Label;
use crate::view::Claims;
use crate::words::{Capitals, Words};

use super::super::context;
use super::super::form::Kind;
use super::super::form::cases::{DAT, NOM};
use super::{Mark, SEED, has_case, is_hour, parts_left_of};

pub(super) fn favour(words: &Words<'_>, index: usize, marks: &[Mark<'_>], claims: Option<&Claims>) -> f32 {
    let mark = &marks[index];
    let gap = words.gap(index);
    let before = if index > 0 { words.text(index - 1) } else { "" };
    let parts_before = parts_left_of(words, index);
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
    if index > 0 && tight && !gap.starts_with(',') && parts_before.is_role() {
        let lowly = words.all[index].capitals == Capitals::None
            && mark
                .readings
                .iter()
                .any(|reading| reading.kind == Kind::Given && reading.count >= 5 && reading.cases & NOM != 0);
        favour = favour.max(if lowly { 4.4 } else { 2.6 });
    } else if index > 0 && gap.starts_with(',') && parts_before.is_role() {
        favour = favour.max(1.6);
    } else if index > 1
        && tight
        && gap == " "
        && words.lore(index - 2).parts.is_role()
        && words.gap(index - 1) == " "
        && !marks[index - 1].readings.is_empty()
    {
        favour = favour.max(1.2);
    }
    if index > 0 && tight && parts_before.is_announcer()
        || index > 1 && tight && words.lore(index - 2).parts.is_announcer() && gap == " " && before.chars().count() <= 4
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
    let (after, parts_after) = (words.text(index + 1), words.lore(index + 1).parts);
    let next_gap = words.gap(index + 1);
    if index + 1 < words.len() && (next_gap == " " || next_gap == " - ") {
        if parts_after.is_title() {
            favour += 2.5;
        } else if has_case(mark, NOM)
            && matches!(
                after,
                "сегодня" | "завтра" | "не" | "еще" | "уже" | "тоже" | "там" | "вчера"
            )
            && words.lore(index + 2).parts.is_deed()
        {
            favour += 2.4;
        } else if has_case(mark, NOM) && parts_after.is_deed() && (after != "на" || is_hour(words, index + 2)) {
            favour += if matches!(after, "зовут" | "говорит" | "ваша" | "ваш") {
                2.4
            } else {
                1.3
            };
        } else if parts_after.is_announcer() && after == "имя" || after == "привет" {
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
fn beside_names(words: &Words<'_>, index: usize, marks: &[Mark<'_>]) -> f32 {
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
