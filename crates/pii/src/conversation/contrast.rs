//! Words that part a name from the one spoken of so far: «другая ⟦⟧», «тоже ⟦⟧», «нет, к ⟦⟧».

use super::mention::words_of;
use super::occupation;
use super::person::Role;
use super::role::relative;

/// Words between «нет» and the name that is meant in place of another.
const CORRECTING: &[&str] = &[
    "к",
    "ко",
    "у",
    "с",
    "это",
    "мне",
    "нам",
    "на",
    "я",
    "меня",
    "зовут",
    "хочу",
    "надо",
];
/// Words after a name among which «другая» is looked for.
const OTHER_REACH: usize = 4;
/// Words that may stand between «нет» and a full name that corrects.
const CORRECTING_WORDS_MAX: usize = 5;
/// «он тоже ⟦⟧» tells somebody's surname.
const PRONOUNS: &[&str] = &["я", "он", "она", "они", "мы", "вы", "ты", "это"];
/// Words that part namesakes.
const OTHER: &[&str] = &[
    "другой",
    "другая",
    "другого",
    "другую",
    "другому",
    "другим",
    "второй",
    "вторая",
    "второго",
    "вторую",
    "второму",
    "вторым",
    "тезка",
    "тезку",
];

/// «другая ⟦⟧», «вторую ⟦⟧», «дочку, тоже ⟦⟧».
pub(super) fn is_another(words: &[String], role: Option<Role>) -> bool {
    let more = matches!(words, [.., more, one]
        if more == "еще" && (matches!(one.as_str(), "один" | "одна" | "одну" | "одного" | "одной")
            || role == Some(Role::Staff) && occupation::of_word(one).is_some()));
    more || words.last().is_some_and(|word| {
        OTHER.contains(&word.as_str())
            || role == Some(Role::Kin)
                && matches!(word.as_str(), "тоже" | "также")
                && words.len() > 1
                && relative(&words[words.len() - 2]).is_some()
    })
}

/// «мастер у нас тоже ⟦⟧»: a namesake of somebody, unless it is the very one of that role.
pub(super) fn is_namesake(words: &[String], left: &str) -> bool {
    words.last().is_some_and(|also| also == "тоже")
        && words
            .iter()
            .rev()
            .nth(1)
            .is_none_or(|before| !PRONOUNS.contains(&before.as_str()))
        && !left.trim_end().ends_with(',')
}

/// «⟦⟧, тёзка ваш».
pub(super) fn is_called_namesake(right: &str) -> bool {
    let Some(inside) = right.trim_start().strip_prefix([',', '(', '—', '–', '-']) else {
        return false;
    };
    let clause = inside
        .split([',', '.', '!', '?', '\n', ';', ')'])
        .next()
        .unwrap_or_default();
    let words = words_of(clause);
    words.len() <= OTHER_REACH && words.iter().any(|word| word.starts_with("тезк"))
}

/// «⟦⟧ в аптеке другая»
pub(super) fn is_other_after(right: &str) -> bool {
    let clause = right
        .split([',', '.', '!', '?', '\n', ';', '(', ')'])
        .next()
        .unwrap_or_default();
    let words = words_of(clause);
    // «⟦⟧ второму»
    let second = |word: &String| matches!(word.as_str(), "второму" | "второго" | "вторую");
    // «у ⟦Дениса⟧ вторую неделю болит»
    let of_time = |word: &String| {
        [
            "недел",
            "ноч",
            "месяц",
            "год",
            "смен",
            "раз",
            "полов",
            "очеред",
            "запис",
            "час",
        ]
        .iter()
        .any(|stem| word.starts_with(stem))
    };
    if right.starts_with(' ') && words.first().is_some_and(second) && !words.get(1).is_some_and(of_time) {
        return true;
    }
    right.starts_with(' ')
        && words.len() <= OTHER_REACH
        && !words.iter().any(|word| word == "или")
        && words
            .last()
            .is_some_and(|word| matches!(word.as_str(), "другая" | "другой"))
}

/// «нет, к ⟦⟧» opens the message.
pub(super) fn corrects(before: &str, name: &str, words: &[String]) -> bool {
    let opening = words_of(before);
    let full = name.split_whitespace().count() > 1;
    // «нет», «неее», «неет»
    let no = |word: &str| {
        word.strip_prefix("не")
            .is_some_and(|rest| !rest.is_empty() && rest.trim_end_matches('т').chars().all(|sign| sign == 'е'))
    };
    opening.len() > 1
        && no(&opening[0])
        && (full && opening.len() <= CORRECTING_WORDS_MAX
            || opening[1..].iter().all(|word| CORRECTING.contains(&word.as_str())))
        && !words.is_empty()
}

/// «А, ⟦⟧», «ой точно, ⟦⟧»: the speaker remembers who is meant.
pub(super) fn recalls(left: &str) -> bool {
    let opening = words_of(left);
    !opening.is_empty()
        && opening.iter().all(|word| {
            matches!(
                word.as_str(),
                "а" | "аа"
                    | "ааа"
                    | "ах"
                    | "ой"
                    | "точно"
                    | "понятно"
                    | "ясно"
                    | "так"
                    | "это"
                    | "вспомнила"
                    | "вспомнил"
            )
        })
}
