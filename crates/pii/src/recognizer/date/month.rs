//! Months as words, in any case and shortened, in English, and as Roman numerals.

use std::sync::LazyLock;

use crate::stems::Stems;
use crate::view::View;

const ROMAN: [&str; 12] = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"];

/// How a month is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Month {
    Word,
    Roman,
}

/// The month that word `index` is.
pub(super) fn month(view: &View<'_>, index: usize) -> Option<Month> {
    let word = view.words.text(index);
    if word.is_empty() {
        return None;
    }
    if is_month(word) {
        return Some(Month::Word);
    }
    ROMAN.contains(&word).then_some(Month::Roman)
}

/// Whether a word names a month.
pub(super) fn is_month(word: &str) -> bool {
    static MONTHS: LazyLock<Stems> = LazyLock::new(|| {
        Stems::new(
            "январь января январе январю янв янвря генваря февраль февраля феврале февралю февр фев феврля март марта \
             марте марту мар апрель апреля апреле апрелю апр май мая мае маю маи июнь июня июне июню июн иуня июль июля \
             июле июлю июл иуля август августа августе августу авг августя сентябрь сентября сентябре сентябрю сент сен \
             сентебря октябрь октября октябре октябрю окт октебря ноябрь ноября ноябре ноябрю нояб ноя наября декабрь \
             декабря декабре декабрю дек декаб дикабря jan january feb february march apr april may jun june jul july \
             aug august sep sept september oct october nov november dec december",
        )
    });
    MONTHS.has(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_known_in_their_cases_and_shortened() {
        for word in
            "января янв январе февраля фев марта март марте мар апреля апр мая май мае июня июн июле июль августа авг \
                     сентября сент сен октября окт октябре ноября нояб декабря дек feb march may"
                .split_whitespace()
        {
            assert!(is_month(word), "{word}");
        }
        for word in "мама марина мать мат ма сеня марка декан окно июнька".split_whitespace()
        {
            assert!(!is_month(word), "{word}");
        }
    }
}
