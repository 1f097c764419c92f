//! What is said beside a name to tell namesakes apart: «которая с лазером», «по кузову», «с бородой».

use std::collections::BTreeSet;

use super::mention::words_of;

/// Letters of a word that describes somebody.
const WORD_CHARS_MIN: usize = 5;
/// Letters kept of it: «кузову» and «кузовной» are one.
const STEM_CHARS: usize = 5;
/// Words on each side of a name that are looked at.
const REACH: usize = 5;
/// Kept of one person.
pub(super) const DESCRIPTIONS_MAX: usize = 12;

/// Beginnings of words that describe nobody.
const EMPTY: &[&str] = &[
    "котор",
    "запис",
    "завтр",
    "сегод",
    "пожал",
    "спаси",
    "здрав",
    "добры",
    "добро",
    "прием",
    "приём",
    "время",
    "можно",
    "нужно",
    "давай",
    "скажи",
    "перед",
    "перез",
    "будет",
    "буден",
    "потом",
    "тольк",
    "тогда",
    "вообщ",
    "когда",
    "свобо",
    "работ",
    "хочет",
    "хотел",
    "привет",
    "придет",
    "придё",
    "прише",
    "ждите",
    "сейча",
    "лучше",
    "тоже",
    "также",
    "чтобы",
    "поним",
    "понял",
    "занят",
    "позво",
    "напиш",
    "спрос",
    "говор",
    "сказа",
    "смотр",
    "прихо",
    "понед",
    "вторн",
    "среду",
    "четве",
    "пятни",
    "суббо",
    "воскр",
    "после",
    "перед",
    "около",
    "утром",
    "вечер",
    "приве",
    "прошл",
    "знает",
    "знаю",
    "прави",
    "верно",
    "точно",
    "ладно",
    "хорош",
    "отлич",
    "нас",
    "очень",
    "может",
    "переп",
    "номер",
    "телеф",
    "извин",
];

/// The stems of words that describe whoever is named between `left` and `right`.
pub(super) fn of_sides(left: &str, right: &str) -> BTreeSet<String> {
    let clause = right.split(['.', '!', '?', '\n', ';', ')']).next().unwrap_or_default();
    let before = words_of(crate::decline::clause_of(left));
    let after = words_of(clause);
    before
        .iter()
        .rev()
        .take(REACH)
        .chain(after.iter().take(REACH))
        .filter_map(|word| stem_of(word))
        .collect()
}

/// The same of a text without names.
pub(super) fn of_text(text: &str) -> BTreeSet<String> {
    words_of(text).iter().filter_map(|word| stem_of(word)).collect()
}

fn stem_of(word: &str) -> Option<String> {
    let describes = word.chars().count() >= WORD_CHARS_MIN
        && word.chars().all(char::is_alphabetic)
        && !EMPTY.iter().any(|stem| word.starts_with(stem));
    describes.then(|| word.chars().take(STEM_CHARS).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_trade_and_looks_describe_and_greetings_do_not() {
        let beside = of_sides("здравствуйте, хочу к ", " которая с лазером, завтра");
        assert_eq!(beside, BTreeSet::from(["лазер".to_owned()]));
        assert_eq!(of_text("кузовной который"), BTreeSet::from(["кузов".to_owned()]));
        assert!(of_sides("у нас ", " по кузову").contains("кузов"));
    }
}
