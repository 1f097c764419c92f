//! Words that are numbers: cardinals and ordinals in all their forms, the names of digits, hasty spellings, English.

use std::collections::HashMap;
use std::sync::LazyLock;

/// What a number word says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Numeral {
    pub(super) value: u32,
    /// The power of ten it fills: 1 for «пять», 10 for «двенадцать», 20 for «двадцать», 100 for «сто»; 0 for «ноль».
    pub(super) scale: u32,
    pub(super) ordinal: bool,
}

/// Value, scale, forms.
const CARDINALS: &[(u32, u32, &str)] = &[
    (0, 0, "ноль нуль нуля ноля нолик нулик нолю нулю zero"),
    (1, 1, "один одна адин единица единичка единицу one"),
    (2, 1, "два две двух двум двумя двойка двоечка двойку two"),
    (3, 1, "три трех трем тремя тройка троечка тройку three"),
    (
        4,
        1,
        "четыре четырех четырем четырьмя читыре четверка четверочка четверку four",
    ),
    (5, 1, "пять пяти пятью пятерка пятерочку пятерку five"),
    (6, 1, "шесть шести шестью шестерка шестерку six"),
    (7, 1, "семь семи семью семерка семерочка семерку seven"),
    (
        8,
        1,
        "восемь восьми восемью восьмью восем восьмерка восьмерочка восьмерку eight",
    ),
    (9, 1, "девять девяти девятью девятка девяточка девятку nine"),
    (10, 10, "десять десяти десятью"),
    (11, 10, "одиннадцать одиннадцати одинадцать одинадцати"),
    (12, 10, "двенадцать двенадцати двенацать двеннадцать"),
    (13, 10, "тринадцать тринадцати тринацать"),
    (14, 10, "четырнадцать четырнадцати четырнацать"),
    (15, 10, "пятнадцать пятнадцати пятнацать"),
    (16, 10, "шестнадцать шестнадцати шестнацать"),
    (17, 10, "семнадцать семнадцати семнацать"),
    (18, 10, "восемнадцать восемнадцати восемнацать"),
    (19, 10, "девятнадцать девятнадцати девятнацать"),
    (20, 20, "двадцать двадцати двадцатью двацать дватцать"),
    (30, 20, "тридцать тридцати тридцатью трицать тритцать"),
    (40, 20, "сорок сорока"),
    (
        50,
        20,
        "пятьдесят пятидесяти пятьюдесятью пятдесят пядесят писят полста",
    ),
    (
        60,
        20,
        "шестьдесят шестидесяти шестьюдесятью шестдесят шесят шисят шейсят",
    ),
    (70, 20, "семьдесят семидесяти семьюдесятью семдесят семсят"),
    (80, 20, "восемьдесят восьмидесяти восемдесят восьмьдесят восемсят"),
    (90, 20, "девяносто девяноста"),
    (100, 100, "сто ста"),
    (200, 100, "двести двухсот двумстам двести"),
    (300, 100, "триста трехсот тремстам"),
    (400, 100, "четыреста четырехсот четырести четыриста"),
    (500, 100, "пятьсот пятисот пятсот писот"),
    (600, 100, "шестьсот шестисот шестсот шесот"),
    (700, 100, "семьсот семисот семсот"),
    (800, 100, "восемьсот восьмисот восемсот"),
    (900, 100, "девятьсот девятисот девятсот"),
    (1000, 1000, "тысяча тысячи тысяч тысячу тыща тыщи тыщ тыщу"),
];

/// Value, scale, stems of ordinals.
const ORDINALS: &[(u32, u32, &str)] = &[
    (1, 1, "перв"),
    (2, 1, "втор"),
    (4, 1, "четверт"),
    (5, 1, "пят"),
    (6, 1, "шест"),
    (7, 1, "седьм"),
    (8, 1, "восьм"),
    (9, 1, "девят"),
    (10, 10, "десят"),
    (11, 10, "одиннадцат одинадцат"),
    (12, 10, "двенадцат"),
    (13, 10, "тринадцат"),
    (14, 10, "четырнадцат"),
    (15, 10, "пятнадцат"),
    (16, 10, "шестнадцат"),
    (17, 10, "семнадцат"),
    (18, 10, "восемнадцат"),
    (19, 10, "девятнадцат"),
    (20, 20, "двадцат"),
    (30, 20, "тридцат"),
    (40, 20, "сороков"),
    (50, 20, "пятидесят"),
    (60, 20, "шестидесят"),
    (70, 20, "семидесят"),
    (80, 20, "восьмидесят"),
    (90, 20, "девяност"),
    (100, 100, "сот"),
    (2000, 1000, "двухтысячн"),
];

const ORDINAL_ENDINGS: &[&str] = &["ого", "ое", "ый", "ой", "ая", "ую", "ом", "ому", "ым"];
/// «третий» declines like no other.
const THIRD: &[&str] = &[
    "третий",
    "третьего",
    "третье",
    "третья",
    "третьей",
    "третью",
    "третьем",
    "третьему",
];

static NUMERALS: LazyLock<HashMap<String, Numeral>> = LazyLock::new(|| {
    let mut all = HashMap::new();
    let mut add = |form: String, value: u32, scale: u32, ordinal: bool| {
        all.entry(form).or_insert(Numeral { value, scale, ordinal });
    };
    for (value, scale, forms) in CARDINALS {
        for form in forms.split(' ') {
            add(form.to_owned(), *value, *scale, false);
        }
    }
    for (value, scale, stems) in ORDINALS {
        for stem in stems.split(' ') {
            for ending in ORDINAL_ENDINGS {
                add(format!("{stem}{ending}"), *value, *scale, true);
            }
        }
    }
    for form in THIRD {
        add((*form).to_owned(), 3, 1, true);
    }
    all
});

/// Bytes of the shortest and the longest form.
const FORM_BYTES: std::ops::RangeInclusive<usize> = 3..=34;

/// The number a folded word says.
pub(super) fn numeral(word: &str) -> Option<Numeral> {
    if !FORM_BYTES.contains(&word.len()) {
        return None;
    }
    NUMERALS.get(word).copied()
}

/// «семёрки» in «три семёрки».
pub(super) fn repeated_digit(word: &str) -> Option<char> {
    const STEMS: &[(&str, char)] = &[
        ("нул", '0'),
        ("нол", '0'),
        ("единиц", '1'),
        ("единич", '1'),
        ("двой", '2'),
        ("двоеч", '2'),
        ("трой", '3'),
        ("троеч", '3'),
        ("четвер", '4'),
        ("пятер", '5'),
        ("шестер", '6'),
        ("семер", '7'),
        ("восьмер", '8'),
        ("девят", '9'),
    ];
    let tail_fits = ["ля", "лей", "лика", "цы", "ц", "ки", "ек", "ок"]
        .iter()
        .any(|tail| word.ends_with(tail));
    STEMS
        .iter()
        .find(|(stem, _)| tail_fits && word.starts_with(stem))
        .map(|(_, digit)| *digit)
}

/// The numerals of a word glued of nothing but them: «восемьдевятьсотдвенадцать».
pub(super) fn glued(word: &str) -> Option<Vec<Numeral>> {
    if word.len() < GLUED_BYTES_MIN || !word.starts_with(['о', 'д', 'т', 'ч', 'п', 'ш', 'с', 'в', 'н']) {
        return None;
    }
    let mut all = Vec::new();
    let mut rest = word;
    while !rest.is_empty() {
        let (length, found) = rest
            .char_indices()
            .map(|(at, sign)| at + sign.len_utf8())
            .take_while(|end| end <= FORM_BYTES.end())
            .filter_map(|end| numeral(&rest[..end]).map(|found| (end, found)))
            .last()?;
        all.push(found);
        rest = &rest[length..];
    }
    (all.len() > 1).then_some(all)
}

/// A shorter word is one numeral or none.
const GLUED_BYTES_MIN: usize = 20;

/// How often «двойной», «пара», «трижды» say the digit that follows.
pub(super) fn times(word: &str) -> Option<usize> {
    Some(match word {
        "двойной" | "двойная" | "дважды" | "пара" | "double" => 2,
        "тройной" | "тройная" | "трижды" | "triple" => 3,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_known_in_their_cases_and_hasty_spellings() {
        for (word, value) in [
            ("сорока", 40),
            ("седьмой", 7),
            ("третья", 3),
            ("писят", 50),
            ("nine", 9),
            ("тыщу", 1000),
        ] {
            assert_eq!(numeral(word).map(|numeral| numeral.value), Some(value), "{word}");
        }
        assert_eq!(numeral("сок"), None);
    }
}
