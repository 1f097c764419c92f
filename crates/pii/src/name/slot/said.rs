//! Who is said to be called so, speaks, is greeted, hailed or asked about.

use crate::Gender;
use crate::health::Hints;
use crate::words::{Capitals, Words};

use super::beside::EVERYDAY;
use super::{GIVEN_USUAL, SURNAME_KNOWN, SURNAME_USUAL, is_unheard, may_be_called, may_name, readings};
use crate::name::form::cases::{ACC, DAT, GEN, INS, NOM};
use crate::name::form::{self, Kind};
use crate::name::told::can_be_name;

/// «меня зовут май», «новенькую зовут радость», «радость меня зовут».
pub(super) fn called(words: &Words<'_>, index: usize) -> Option<usize> {
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
pub(super) fn named(words: &Words<'_>, index: usize) -> Option<usize> {
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

/// «из» and the like are nobody.
const SPEAKER_LETTERS_MIN: usize = 3;

/// «вас беспокоит ворона», «с вами говорит ветер».
pub(super) fn speaking(words: &Words<'_>, index: usize) -> Option<usize> {
    let before = index.checked_sub(1).map_or("", |before| words.text(before));
    let fits = match words.text(index) {
        "беспокоит" => matches!(before, "вас" | "тебя"),
        "говорит" => matches!(before, "вами" | "тобой"),
        _ => before == "на",
    };
    let after = index + 1;
    if !fits || words.gap(after) != " " || words.lore(after).length < SPEAKER_LETTERS_MIN {
        return None;
    }
    let ends = after + 1 >= words.len()
        || words.gap(after + 1) != " "
        || matches!(words.text(after + 1), "из" | "с" | "со" | "по" | "насчет" | "от");
    let name = readings(words, after).iter().any(|reading| reading.cases & NOM != 0) || is_unheard(words, after);
    let ill = words.lore(after).hints != Hints::NONE;
    (ends && name && !ill && may_name(words, after)).then_some(after)
}

/// «гражданка сковорода», «господин перепечко».
pub(super) fn titled(words: &Words<'_>, index: usize) -> Option<usize> {
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
        && (capital || surname && !adjective || is_unheard(words, after)))
    .then_some(after)
}

/// The case of a title, which its name shares.
fn asked(title: &str) -> u8 {
    match title.chars().next_back() {
        Some('а') => NOM | GEN | ACC,
        Some('и' | 'ы') => GEN,
        Some('у') => DAT | ACC,
        Some('е') => DAT,
        Some('м' | 'й') => INS,
        _ => NOM,
    }
}

/// «анжелика здравствуйте», «Лида, добрый день»: who is greeted.
pub(super) fn greeter(words: &Words<'_>, index: usize) -> Option<usize> {
    let before = index.checked_sub(1)?;
    if !matches!(words.gap(index), " " | ", ") || !words.begins_sentence(before) || !may_be_called(words, before) {
        return None;
    }
    let given = readings(words, before)
        .iter()
        .any(|reading| reading.kind == Kind::Given && reading.cases & NOM != 0 && reading.usual() >= GIVEN_USUAL);
    given.then_some(before)
}

/// «слушай тохтамыш, переведи»: who is hailed.
pub(super) fn hailed(words: &Words<'_>, index: usize) -> Option<usize> {
    let after = index + 1;
    let closes = after < words.len() && words.gap(after + 1).starts_with([',', '!', '.']);
    if !closes || !matches!(words.gap(after), " " | ", ") || !may_be_called(words, after) {
        return None;
    }
    let given = readings(words, after)
        .iter()
        .any(|reading| reading.kind == Kind::Given && reading.cases & NOM != 0 && reading.count >= SURNAME_KNOWN);
    (given || is_unheard(words, after)).then_some(after)
}

/// «какого иванова?»
pub(super) fn doubted(words: &Words<'_>, index: usize) -> Option<usize> {
    let after = index + 1;
    if words.gap(after) != " " || !may_name(words, after) {
        return None;
    }
    let known = readings(words, after).iter().any(|reading| match reading.kind {
        Kind::Surname => {
            !reading.guessed && reading.count >= SURNAME_USUAL && form::surname_by_suffix(words.text(after)).is_some()
        }
        Kind::Given => {
            reading.gender == Gender::Male && reading.lemma != words.text(after) && reading.count >= GIVEN_USUAL
        }
        Kind::Patronymic => false,
    });
    (known && words.entry(after).lower_count() < EVERYDAY).then_some(after)
}
