//! Digits of a text, whether typed or spelled out: «8 912», «восемь девятьсот двенадцать», «три семёрки».
//!
//! A [`Piece`] is one run of digits or one spoken number. Recognizers join neighbouring pieces by their own rules.

use crate::words::{Kind, Words};

/// One number as written or said.
#[derive(Debug, Clone)]
pub(crate) struct Piece {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) digits: String,
    /// Spelled out in words.
    pub(crate) spoken: bool,
    /// First word, and the word after the last.
    pub(crate) first_word: usize,
    pub(crate) after_word: usize,
}

/// Finds all numbers of a text, in order.
pub(crate) fn pieces(words: &Words<'_>) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut index = 0;
    while index < words.len() {
        let word = words.all[index];
        if word.kind == Kind::Digits {
            pieces.push(Piece {
                start: word.start,
                end: word.end,
                digits: words.text(index).to_owned(),
                spoken: false,
                first_word: index,
                after_word: index + 1,
            });
            index += 1;
        } else if let Some((digits, after)) = spoken_number(words, index) {
            pieces.push(Piece {
                start: word.start,
                end: words.all[after - 1].end,
                digits,
                spoken: true,
                first_word: index,
                after_word: after,
            });
            index = after;
        } else {
            index += 1;
        }
    }
    pieces
}

/// Value of a number word and the power of ten it fills: 1 for «пять», 10 for «двадцать», 100 for «сто».
fn number_word(word: &str) -> Option<(u32, u32)> {
    Some(match word {
        "ноль" | "нуль" => (0, 0),
        "один" | "одна" | "первого" | "первое" => (1, 1),
        "два" | "две" | "второго" | "второе" => (2, 1),
        "три" | "третьего" | "третье" => (3, 1),
        "четыре" | "четвертого" | "четвертое" => (4, 1),
        "пять" | "пятого" | "пятое" => (5, 1),
        "шесть" | "шестого" | "шестое" => (6, 1),
        "семь" | "седьмого" | "седьмое" => (7, 1),
        "восемь" | "восьмого" | "восьмое" => (8, 1),
        "девять" | "девятого" | "девятое" => (9, 1),
        "десять" | "десятого" | "десятое" => (10, 10),
        "одиннадцать" | "одиннадцатого" | "одиннадцатое" => (11, 10),
        "двенадцать" | "двенадцатого" | "двенадцатое" => (12, 10),
        "тринадцать" | "тринадцатого" | "тринадцатое" => (13, 10),
        "четырнадцать" | "четырнадцатого" | "четырнадцатое" => (14, 10),
        "пятнадцать" | "пятнадцатого" | "пятнадцатое" => (15, 10),
        "шестнадцать" | "шестнадцатого" | "шестнадцатое" => (16, 10),
        "семнадцать" | "семнадцатого" | "семнадцатое" => (17, 10),
        "восемнадцать" | "восемнадцатого" | "восемнадцатое" => (18, 10),
        "девятнадцать" | "девятнадцатого" | "девятнадцатое" => (19, 10),
        "двадцать" | "двадцатого" | "двадцатое" => (20, 20),
        "тридцать" | "тридцатого" | "тридцатое" => (30, 20),
        "сорок" | "сорокового" => (40, 20),
        "пятьдесят" | "пятидесятого" => (50, 20),
        "шестьдесят" | "шестидесятого" => (60, 20),
        "семьдесят" | "семидесятого" => (70, 20),
        "восемьдесят" | "восьмидесятого" => (80, 20),
        "девяносто" | "девяностого" => (90, 20),
        "сто" => (100, 100),
        "двести" => (200, 100),
        "триста" => (300, 100),
        "четыреста" => (400, 100),
        "пятьсот" => (500, 100),
        "шестьсот" => (600, 100),
        "семьсот" => (700, 100),
        "восемьсот" => (800, 100),
        "девятьсот" => (900, 100),
        "тысяча" | "тысячи" | "тысяч" | "тыща" | "тыщ" => (1000, 1000),
        _ => return None,
    })
}

/// «семёрки» in «три семёрки».
fn repeated_digit(word: &str) -> Option<char> {
    const STEMS: &[(&str, char)] = &[
        ("нул", '0'),
        ("единиц", '1'),
        ("двой", '2'),
        ("трой", '3'),
        ("четверк", '4'),
        ("пятер", '5'),
        ("шестер", '6'),
        ("семер", '7'),
        ("восьмер", '8'),
        ("девят", '9'),
    ];
    let tail_fits = ["ля", "лей", "цы", "ц", "ки", "ек", "ок"]
        .iter()
        .any(|tail| word.ends_with(tail));
    STEMS
        .iter()
        .find(|(stem, _)| tail_fits && word.starts_with(stem))
        .map(|(_, digit)| *digit)
}

/// Digits of the spoken number that begins at word `index`, and the word after it.
fn spoken_number(words: &Words<'_>, index: usize) -> Option<(String, usize)> {
    if words.all[index].kind != Kind::Cyrillic {
        return None;
    }
    let (value, scale) = number_word(words.text(index))?;
    let joined = |next: usize| next < words.len() && words.gap(next) == " ";
    if (2..=4).contains(&value)
        && joined(index + 1)
        && let Some(digit) = repeated_digit(words.text(index + 1))
    {
        return Some((digit.to_string().repeat(value as usize), index + 2));
    }
    let (mut total, mut lowest, mut next) = (value, scale, index + 1);
    while joined(next) {
        let Some((value, scale)) = number_word(words.text(next)) else {
            break;
        };
        if scale == 1000 && (1..1000).contains(&total) {
            total *= 1000;
            lowest = 1000;
        } else if value != 0
            && (lowest == 1000 && scale < 1000 || lowest == 100 && scale < 100 || lowest == 20 && scale == 1)
        {
            total += value;
            lowest = scale;
        } else {
            break;
        }
        next += 1;
    }
    Some((total.to_string(), next))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shadow::Shadow;

    fn digits(text: &str) -> Vec<String> {
        let shadow = Shadow::new(text);
        pieces(&Words::new(&shadow))
            .into_iter()
            .map(|piece| piece.digits)
            .collect()
    }

    #[test]
    fn a_dictated_number_becomes_digit_groups() {
        assert_eq!(
            digits("восемь девятьсот двенадцать двести шестьдесят четыре ноль пять"),
            ["8", "912", "264", "0", "5"]
        );
        assert_eq!(digits("пять тысяч сто двенадцать дробь девятнадцать"), ["5112", "19"]);
        assert_eq!(digits("три семерки, 12"), ["777", "12"]);
    }
}
