//! Digits of a text, whether typed or spelled out: «8 912», «восемь девятьсот двенадцать», «три семёрки».
//!
//! A [`Piece`] is one run of digits or one spoken number. Recognizers join neighbouring pieces by their own rules.

mod numeral;

use crate::words::{Kind, Words};

/// Whether a folded word is a number: «три», «пятого».
pub(crate) fn is_number_word(word: &str) -> bool {
    numeral::numeral(word).is_some()
}

/// One number as written or said.
#[derive(Debug, Clone)]
pub(crate) struct Piece {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) digits: String,
    /// Spelled out in words.
    pub(crate) spoken: bool,
    /// Spelled out as «пятый».
    pub(crate) ordinal: bool,
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
                ordinal: false,
                first_word: index,
                after_word: index + 1,
            });
            index += 1;
        } else if words.lore(index).is_numeral
            && let Some(spoken) = spoken_number(words, index)
        {
            pieces.push(Piece {
                start: word.start,
                end: words.all[spoken.after - 1].end,
                digits: spoken.digits,
                spoken: true,
                ordinal: spoken.ordinal,
                first_word: index,
                after_word: spoken.after,
            });
            index = spoken.after;
        } else {
            index += 1;
        }
    }
    pieces
}

/// Whether a folded word may be a number, or begin one.
pub(crate) fn is_numeral(word: &str) -> bool {
    numeral::times(word).is_some() || numeral::numeral(word).is_some() || numeral::glued(word).is_some()
}

/// A number said in words.
struct Spoken {
    digits: String,
    /// The word after it.
    after: usize,
    /// Ends with «пятый», not with «пять».
    ordinal: bool,
}

/// The digits of «восемьдевятьсотдвенадцать», read as if spaces stood between.
fn glued_number(words: &Words<'_>, index: usize) -> Option<Spoken> {
    let all = numeral::glued(words.text(index))?;
    let mut digits = String::new();
    let mut at = 0;
    while at < all.len() {
        let (mut total, mut lowest) = (all[at].value, all[at].scale);
        at += 1;
        while let Some(next) = all.get(at) {
            let goes_on = next.value != 0 && (lowest == 100 && next.scale < 100 || lowest == 20 && next.scale == 1);
            if !goes_on {
                break;
            }
            total += next.value;
            lowest = next.scale;
            at += 1;
        }
        digits.push_str(&total.to_string());
    }
    Some(Spoken {
        digits,
        after: index + 1,
        ordinal: false,
    })
}

/// The spoken number that begins at word `index`.
fn spoken_number(words: &Words<'_>, index: usize) -> Option<Spoken> {
    if !matches!(words.all[index].kind, Kind::Cyrillic | Kind::Latin) {
        return None;
    }
    let joined = |next: usize| next < words.len() && matches!(words.gap(next), " " | "-" | "  ");
    if let Some(times) = numeral::times(words.text(index))
        && joined(index + 1)
        && let Some(digit) = numeral::repeated_digit(words.text(index + 1)).or_else(|| {
            numeral::numeral(words.text(index + 1))
                .filter(|said| said.value < 10)
                .and_then(|said| char::from_digit(said.value, 10))
        })
    {
        return Some(Spoken {
            digits: digit.to_string().repeat(times),
            after: index + 2,
            ordinal: false,
        });
    }
    let Some(first) = numeral::numeral(words.text(index)) else {
        return glued_number(words, index);
    };
    // «3 тысячи»: a multiplier of the digits before, no number of its own.
    if first.value == 1000 && index > 0 && words.all[index - 1].kind == Kind::Digits && words.gap(index) == " " {
        return None;
    }
    if (2..=9).contains(&first.value)
        && joined(index + 1)
        && let Some(digit) = numeral::repeated_digit(words.text(index + 1))
    {
        return Some(Spoken {
            digits: digit.to_string().repeat(first.value as usize),
            after: index + 2,
            ordinal: false,
        });
    }
    let (mut total, mut lowest, mut ordinal, mut next) = (first.value, first.scale, first.ordinal, index + 1);
    while joined(next) && !ordinal {
        let Some(said) = numeral::numeral(words.text(next)) else {
            break;
        };
        if said.scale == 1000 && said.value == 1000 && (1..1000).contains(&total) {
            total *= 1000;
            lowest = 1000;
        } else if said.value != 0
            && (lowest == 1000 && said.scale < 1000
                || lowest == 100 && said.scale < 100
                || lowest == 20 && said.scale == 1)
        {
            total += said.value;
            lowest = said.scale;
        } else {
            break;
        }
        ordinal = said.ordinal;
        next += 1;
    }
    Some(Spoken {
        digits: total.to_string(),
        after: next,
        ordinal,
    })
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
