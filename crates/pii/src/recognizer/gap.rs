//! What people put between the digits of one number: signs, line ends, pictures, words.

use std::sync::LazyLock;

use crate::stems::Stems;
use crate::words::is_pictograph;

/// Longest gap of signs, in characters.
const SIGNS_MAX: usize = 6;
/// Longest gap of words, in bytes: « и дальше потом ».
const WORDS_BYTES_MAX: usize = 44;
/// So many words at most stand between two parts of a number.
const WORDS_MAX: usize = 3;

/// Words told between the parts of a number.
static JOINTS: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "тире дефис минус иеще черта черточка пробел точка слеш слэш дробь потом дальше далее затем и а номер ном н \
         в конце серия сер далее серии номера еще скобка скобочка скобки там это no n тогда хвост хвостик вторая вторую \
         второе половина конец последние сразу опять снова кусок",
    )
});

/// One separator of the usual kind: nothing, a space, a dash.
pub(super) fn is_tight(gap: &str) -> bool {
    gap.len() <= 3
        && gap
            .chars()
            .all(|character| matches!(character, ' ' | '-' | '.' | '/' | '\u{2009}'))
}

/// Signs that part the groups of a number without beginning another one.
pub(super) fn is_signs(gap: &str) -> bool {
    gap.chars().count() <= SIGNS_MAX
        && gap.chars().all(|sign| {
            matches!(
                sign,
                ' ' | '-' | '.' | '/' | '\\' | '_' | '*' | '|' | '(' | ')' | '[' | ']' | '{' | '}' | '\n' | '~' | '='
            ) || is_pictograph(sign)
        })
}

/// Anything that stands between the parts of a number where a word has announced it.
pub(super) fn is_loose(gap: &str) -> bool {
    if gap.is_empty() || is_signs(gap) {
        return true;
    }
    if gap.len() > WORDS_BYTES_MAX {
        return false;
    }
    let is_sign = |sign: char| {
        matches!(
            sign,
            ' ' | '-' | '.' | '/' | '_' | '*' | '|' | '(' | ')' | '[' | ']' | ',' | ':' | '№' | '#' | '\n'
        )
    };
    let gap = gap.split_once("на конце").map_or(
        gap,
        |(before, after)| if before.len() < after.len() { after } else { before },
    );
    let mut words = 0;
    let told = gap.split(is_sign).filter(|word| !word.is_empty()).all(|word| {
        words += 1;
        JOINTS.has(word)
    });
    told && words <= WORDS_MAX && gap.chars().filter(|sign| is_sign(*sign)).count() <= SIGNS_MAX + WORDS_MAX
}

/// Longest words to the listener inside a number, in bytes and in words.
const ASIDE_BYTES_MAX: usize = 90;
const ASIDE_WORDS_MAX: usize = 6;

/// Words to the listener inside a dictated number: « (нет стойте, да, верно) », «, щас гляну на трубке, ». None of them
/// speaks of a time, a sum or another thing.
pub(super) fn is_aside(gap: &str) -> bool {
    static OTHER: LazyLock<Stems> = LazyLock::new(|| {
        Stems::new(
            "год лет часа часов мину руб тыс шт утра вечера дня завтра сегодня приду запис вторник сред четверг пятниц суббот \
             понедельн воскресен январ феврал март апрел мая июн июл август сентябр октябр ноябр декабр дома \
             улиц телеф номерок паспорт снилс инн карт счет полис выдан адрес цен сумм заказ",
        )
    });
    static OTHER_WHOLE: LazyLock<Stems> = LazyLock::new(|| Stems::new("до к ко от в на с по кв ул тел код дом раз"));
    if gap.len() > ASIDE_BYTES_MAX || gap.contains(['\n', '!', ';', ':']) {
        return false;
    }
    let mut words = 0;
    let plain = gap
        .split(|sign: char| !sign.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .all(|word| {
            words += 1;
            !OTHER.begins(word) && !OTHER_WHOLE.has(word)
        });
    plain && (1..=ASIDE_WORDS_MAX).contains(&words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_dictation_join_and_other_words_part() {
        assert!(is_loose(", а дальше ") && is_loose(" дефис ") && is_loose(")(") && is_loose("\n"));
        assert!(!is_loose(" выдан ") && !is_loose(" и дальше потом еще там "));
    }
}
