//! What the words around a name say about the person: role, address, self-introduction, asked case.

use std::sync::LazyLock;

use crate::stems::Stems;
use std::ops::Range;

use super::Speaker;
use super::person::{Mention, Role, read_name};
use crate::decline::case_between;
use crate::label::{Case, Gender};
use crate::name::form::cases;

/// How far to the left a role word is looked for, in words.
const REACH: usize = 2;

static STAFF: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "мастер врач доктор администратор менеджер тренер механик косметолог парикмахер стилист терапевт хирург \
         педиатр стоматолог колорист директор медсестр массажист бровист барбер логопед психолог гинеколог \
         ортодонт невролог лор окулист офтальмолог уролог кардиолог дерматолог замерщик курьер водител сторож \
         слесар электрик гигиенист бухгалтер кассир преподавател администрац управляющ продав",
    )
});
static KIN_MALE: LazyLock<Stems> =
    LazyLock::new(|| Stems::new("муж сын пап брат дедушк дед внук дяд племянник тест свекр мальчик отец друг"));
static KIN_FEMALE: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "жен доч мам сестр бабушк бабул внучк тет племянниц тещ свекров девочк подруг подружк соседк мать матер \
         невест",
    )
});

fn starts(word: &str, stems: &[&str]) -> bool {
    stems.iter().any(|stem| word.starts_with(stem))
}

/// Reads the mention of a person at `range` of `text`.
pub(super) fn read(text: &str, range: &Range<usize>, speaker: Option<Speaker>) -> Mention {
    let surface = &text[range.clone()];
    let left = crate::decline::clause_of(&text[..range.start]);
    let right = &text[range.end..];
    let words: Vec<String> = left
        .split(|sign: char| !sign.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(crate::decline::fold)
        .collect();
    let near: Vec<&str> = words.iter().rev().take(REACH).map(String::as_str).collect();
    let last = near.first().copied().unwrap_or_default();
    let mut role = None;
    let beside = !left.trim_end().ends_with(',');
    let mut gender = None;
    for word in near.iter().take(if left.trim_end().ends_with(',') { 1 } else { REACH }) {
        if STAFF.begins(word) {
            role = role.or(Some(Role::Staff));
        } else if KIN_FEMALE.begins(word) && !word.starts_with("женск") && !word.starts_with("дочит") {
            role = role.or(Some(Role::Kin));
            gender = gender.or(Some(Gender::Female).filter(|_| beside));
        } else if KIN_MALE.begins(word) && !word.starts_with("мужск") && !word.starts_with("друго") {
            role = role.or(Some(Role::Kin));
            gender = gender.or(Some(Gender::Male).filter(|_| beside));
        }
    }
    if matches!(last, "к" | "ко" | "у") && role.is_none() && !left.trim_end().ends_with(',') {
        role = Some(Role::Staff);
    }
    let own = near
        .iter()
        .any(|word| matches!(*word, "зовут" | "имя" | "фио" | "name" | "zovut"))
        || last == "я"
        || last == "фамилия"
        || last == "фамилию"
        || right.trim_start().starts_with("меня зовут")
        || right.trim_start().starts_with("зовут") && !near.contains(&"ее") && !near.contains(&"его")
        || last == "это" && speaker == Some(Speaker::Client) && words.len() == 1 && !asks(right);
    let opens = words.is_empty()
        || words.iter().all(|word| {
            starts(
                word,
                &[
                    "добр",
                    "здравств",
                    "привет",
                    "день",
                    "вечер",
                    "утро",
                    "уважаем",
                    "спасибо",
                    "да",
                    "дорог",
                    "ок",
                    "хорошо",
                ],
            )
        });
    let closed = right.starts_with([',', '!']) || right.is_empty();
    let addressed = opens && closed && role.is_none();
    if own && role.is_none() && speaker != Some(Speaker::Staff) || addressed && speaker == Some(Speaker::Staff) {
        role = Some(Role::Client);
    }
    let asked = case_bits(case_between(&text[..range.start], right));
    let (name, nominative) = read_name(surface, asked, gender);
    Mention {
        name,
        role,
        addressed,
        own: own && speaker != Some(Speaker::Staff),
        nominative,
    }
}

/// The sentence goes on as a question or with «который»: nobody introduces oneself so.
fn asks(right: &str) -> bool {
    let end = right.find(['.', '!', '?', '\n']).unwrap_or(right.len());
    right[end..].starts_with('?') || right.trim_start_matches([' ', ',']).starts_with("котор")
}

fn case_bits(case: Case) -> u8 {
    match case {
        Case::Nominative => cases::NOM,
        Case::Genitive => cases::GEN,
        Case::Dative => cases::DAT,
        Case::Accusative => cases::ACC,
        Case::Instrumental => cases::INS,
        Case::Locative => cases::LOC,
    }
}
