//! Numbers of free form, as clinics, insurers and registries invent them: «А-20917», «1102/б-26», «77-1182/00416».
//!
//! A serial is one run of digits and short groups of letters joined by dashes and slashes. What it means is told by
//! the words beside it; here it is only cut out of the text whole.

use std::ops::Range;

use crate::cue::cue_at;
use crate::view::View;
use crate::words::Kind;

/// Letters of a group that touches digits: «СГ77», «3391гн».
const TOUCHING_LETTERS_MAX: usize = 3;
/// Letters of a group after a dash or a slash: «881/лазер».
const PARTED_LETTERS_MAX: usize = 6;
/// Letters of a group before the digits: «КЛИН-4417».
const LEADING_LETTERS_MAX: usize = 4;
/// Groups of a serial.
const GROUPS_MAX: usize = 8;
/// Endings of ordinals: «5-го», «21-й».
const ORDINAL_ENDINGS: [&str; 14] = [
    "й", "я", "е", "го", "му", "м", "ый", "ая", "ой", "ти", "ми", "ю", "ое", "ом",
];

/// A number of free form.
#[derive(Debug)]
pub(super) struct Serial {
    pub(super) range: Range<usize>,
    /// Digits it has.
    pub(super) digits: usize,
    /// Has groups of letters.
    pub(super) lettered: bool,
    /// Digits or letters parted by a dash or a slash.
    pub(super) parted: bool,
    pub(super) first_word: usize,
    pub(super) after_word: usize,
}

impl Serial {
    /// Too particular to be a quantity.
    pub(super) fn is_shaped(&self) -> bool {
        self.lettered || self.parted
    }
}

/// The serial whose first digits are piece `first`.
pub(super) fn serial(view: &View<'_>, first: usize) -> Option<Serial> {
    let piece = &view.pieces[first];
    if piece.spoken {
        return None;
    }
    let words = &view.words;
    let letters = |index: usize| words.text(index).chars().count();
    let mut start = piece.first_word;
    let mut parted = false;
    while start > 0 && matches!(words.gap(start), "" | "-" | "/" | "\\") {
        let left = start - 1;
        if words.all[left].kind == Kind::Digits {
            return None;
        }
        // «медкарта-4417», «м/к-3307»: the label is no part of the number.
        // «карта МК-003381»: after a label it is.
        let announced = (1..=2.min(left)).any(|back| cue_at(view, left - back).is_some());
        if letters(left) > LEADING_LETTERS_MAX || cue_at(view, left).is_some() && letters(left) > 1 && !announced {
            break;
        }
        let label = left > 0 && words.gap(left) == "/" && cue_at(view, left - 1).is_some();
        if label {
            break;
        }
        parted |= !words.gap(start).is_empty();
        start = left;
    }
    let (mut digits, mut lettered) = (piece.digits.len(), start < piece.first_word);
    let mut after = piece.after_word;
    while after < words.len() && after < start + GROUPS_MAX {
        let gap = words.gap(after);
        let is_digits = words.all[after].kind == Kind::Digits;
        let joined = match gap {
            "" => is_digits || letters(after) <= TOUCHING_LETTERS_MAX,
            "-" | "/" | "\\" => is_digits || letters(after) <= PARTED_LETTERS_MAX,
            "." | "_" => is_digits,
            _ => false,
        };
        if !joined {
            break;
        }
        if is_digits {
            digits += words.text(after).len();
        } else {
            if gap == "-" && ORDINAL_ENDINGS.contains(&words.text(after)) && is_lower(view, after) {
                return None;
            }
            lettered = true;
        }
        parted |= matches!(gap, "-" | "/" | "\\");
        after += 1;
    }
    let range = words.all[start].start..words.all[after - 1].end;
    if view.after(range.end).is_some_and(char::is_alphanumeric) {
        return None;
    }
    Some(Serial {
        range,
        digits,
        lettered,
        parted,
        first_word: start,
        after_word: after,
    })
}

fn is_lower(view: &View<'_>, index: usize) -> bool {
    view.words.all[index].capitals == crate::words::Capitals::None
}

/// «12.03», «12/03/2021», «2021-03-12»: nothing but a date.
pub(super) fn is_date(view: &View<'_>, range: &Range<usize>) -> bool {
    let text = view.words.slice(range.clone());
    if text.contains(char::is_alphabetic) {
        return false;
    }
    let parts: Vec<(usize, u32)> = text
        .split(|sign: char| !sign.is_ascii_digit())
        .map(|part| (part.len(), part.parse().unwrap_or(u32::MAX)))
        .collect();
    let day = |part: &(usize, u32)| part.0 <= 2 && (1..=31).contains(&part.1);
    let month = |part: &(usize, u32)| part.0 <= 2 && (1..=12).contains(&part.1);
    let year = |part: &(usize, u32)| part.0 == 2 || part.0 == 4 && (1900..=2100).contains(&part.1);
    match parts.as_slice() {
        [one, two] => day(one) && month(two),
        [one, two, three] => {
            day(one) && month(two) && year(three) || year(one) && one.0 == 4 && month(two) && day(three)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shadow::Shadow;
    use crate::words::Words;

    fn first(text: &str) -> Option<String> {
        let shadow = Shadow::new(text);
        let view = View::new(Words::new(&shadow));
        (0..view.pieces.len())
            .find_map(|piece| serial(&view, piece))
            .map(|serial| view.words.slice(serial.range).to_owned())
    }

    #[test]
    fn a_serial_is_cut_out_whole() {
        for (text, wanted) in [
            ("карта К-77/114, пневмония", "к-77/114"),
            ("№ 881/лазер.", "881/лазер"),
            ("история 1102/б-26", "1102/б-26"),
            ("м/к-3307", "3307"),
            ("карта 3391-гн, да", "3391-гн"),
        ] {
            assert_eq!(first(text).as_deref(), Some(wanted), "{text}");
        }
    }

    #[test]
    fn an_ordinal_is_no_serial() {
        assert_eq!(first("на 5-й этаж"), None);
    }

    #[test]
    fn dates_are_told_from_fractions() {
        let date = |text: &str| {
            let shadow = Shadow::new(text);
            is_date(&View::new(Words::new(&shadow)), &(0..text.len()))
        };
        assert!(date("12.03") && date("12/03/2021") && date("2021-03-12"));
        assert!(!date("04417/26") && !date("31/26") && !date("14-9077"));
    }
}
