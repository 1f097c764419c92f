//! Words of letters that stand for digits inside a number: «8 9OO ООО ЗЗ 11», «8-9О8-ЗЗ1-4Ч-7б», «в912 345 66 18».

use super::lookalike::{to_digit, to_digit_between};
use super::{Cell, is_word_sign};

/// Reads the letters among the digits of numbers as the digits they stand for.
pub(super) fn read(cells: &mut [Cell]) {
    // No letter stands for a digit but after a digit; one before a digit stands for the «8» of a mobile.
    let Some(first) = cells.iter().position(|cell| cell.character.is_ascii_digit()) else {
        return;
    };
    hidden_digits(cells, first + 1);
    prefix_of_phones(cells, first.saturating_sub(1));
    look_alikes_of_phones(cells, first);
}

/// Words of nothing but letters that look like digits, between or after numbers, are numbers: «8 9OO ООО ЗЗ 11».
fn hidden_digits(cells: &mut [Cell], from: usize) {
    let is_digit = |cell: &Cell| cell.character.is_ascii_digit() || to_digit_between(cell.character).is_some();
    let mut at = from;
    while at < cells.len() {
        let hidden = |cell: &&Cell| to_digit_between(cell.character).is_some();
        let length = cells[at..].iter().take_while(hidden).count();
        let starts = (length >= 2 || length == 1 && is_among_lone_digits(cells, at))
            && at >= 2
            && matches!(cells[at - 1].character, ' ' | '-' | '(' | ')')
            && is_digit(&cells[at - 2])
            && cells.get(at + length).is_none_or(|cell| !is_word_sign(cell.character))
            && !is_of_plate(cells, at, length);
        if !starts {
            at += length.max(1);
            continue;
        }
        let word_before = cells[..at - 1]
            .iter()
            .rev()
            .take_while(|cell| is_word_sign(cell.character));
        let before_is_number =
            word_before.clone().all(is_digit) && word_before.clone().any(|cell| cell.character.is_ascii_digit());
        if before_is_number && (leads_to_number(cells, at + length) || closes_long_number(cells, at)) {
            for cell in &mut cells[at..at + length] {
                cell.character = to_digit_between(cell.character).unwrap_or(cell.character);
            }
        }
        at += length;
    }
}

/// «В 268 ОО 96»: two letters after a letter and three digits are those of a plate.
fn is_of_plate(cells: &[Cell], at: usize, length: usize) -> bool {
    let Some(digits) = at.checked_sub(4).filter(|_| length == 2) else {
        return false;
    };
    let apart = usize::from(digits > 0 && matches!(cells[digits - 1].character, ' ' | '-'));
    let letter = digits.checked_sub(1 + apart);
    cells[digits..at - 1].iter().all(|cell| cell.character.is_ascii_digit())
        && letter.is_some_and(|letter| {
            cells[letter].character.is_alphabetic() && (letter == 0 || !is_word_sign(cells[letter - 1].character))
        })
}

/// Digits of a number of a mobile after its «8».
const MOBILE_DIGITS: usize = 10;

/// «в912 345 66 18»: a letter that looks like «8» before the ten digits of a mobile number.
fn prefix_of_phones(cells: &mut [Cell], from: usize) {
    for at in from..cells.len() {
        let begins = cells[at].character == 'в' && (at == 0 || !is_word_sign(cells[at - 1].character));
        if !begins || cells.get(at + 1).is_none_or(|cell| cell.character != '9') {
            continue;
        }
        let digits = cells[at + 1..]
            .iter()
            .take_while(|cell| cell.character.is_ascii_digit() || matches!(cell.character, ' ' | '-' | '(' | ')'))
            .filter(|cell| cell.character.is_ascii_digit())
            .count();
        if digits == MOBILE_DIGITS {
            cells[at].character = '8';
        }
    }
}

/// «8-9О8-ЗЗ1-4Ч-7б»: groups of a mobile number in which letters stand for digits, told by its length and beginning.
fn look_alikes_of_phones(cells: &mut [Cell], from: usize) {
    for at in from..cells.len() {
        let begins = matches!(cells[at].character, '7' | '8') && (at == 0 || !is_word_sign(cells[at - 1].character));
        if !begins {
            continue;
        }
        let (mut end, mut signs, mut digits, mut groups) = (at, 0, 0, 1);
        while end < cells.len() && signs < MOBILE_DIGITS + 1 {
            let sign = cells[end].character;
            if sign.is_ascii_digit() || to_digit_between(sign).is_some() {
                signs += 1;
                digits += usize::from(sign.is_ascii_digit());
            } else if matches!(sign, ' ' | '-' | '(' | ')') {
                groups += usize::from(end > at && is_word_sign(cells[end - 1].character));
            } else {
                break;
            }
            end += 1;
        }
        let whole = signs == MOBILE_DIGITS + 1 && cells.get(end).is_none_or(|cell| !is_word_sign(cell.character));
        let mobile = cells[at + 1..end]
            .iter()
            .find(|cell| is_word_sign(cell.character))
            .is_some_and(|cell| cell.character == '9');
        if whole && mobile && digits < signs && digits >= LOOK_ALIKE_DIGITS_MIN && groups >= 3 {
            for cell in &mut cells[at..end] {
                cell.character = to_digit_between(cell.character).unwrap_or(cell.character);
            }
        }
    }
}

/// Digits among which letters may stand for the others.
const LOOK_ALIKE_DIGITS_MIN: usize = 6;

/// «2 1 О 7»: a lone letter in a row of lone digits.
fn is_among_lone_digits(cells: &[Cell], at: usize) -> bool {
    let digit = |place: Option<usize>| {
        place
            .and_then(|at| cells.get(at))
            .is_some_and(|cell| cell.character.is_ascii_digit())
    };
    at >= 4
        && digit(at.checked_sub(2))
        && digit(at.checked_sub(4))
        && digit(at.checked_add(2))
        && [at - 3, at - 1, at + 1].iter().all(|gap| cells[*gap].character == ' ')
}

/// What follows from `end` on, over more such words, is a number too.
fn leads_to_number(cells: &[Cell], mut end: usize) -> bool {
    let is_digit = |cell: &Cell| cell.character.is_ascii_digit() || to_digit_between(cell.character).is_some();
    loop {
        let apart = cells
            .get(end)
            .is_some_and(|cell| matches!(cell.character, ' ' | '-' | '(' | ')'));
        let word = cells.get(end + 1..).unwrap_or_default();
        let signs = word.iter().take_while(|cell| is_word_sign(cell.character)).count();
        let next = &word[..signs];
        if !apart || next.is_empty() || !next.iter().all(is_digit) {
            return false;
        }
        if next.iter().any(|cell| cell.character.is_ascii_digit()) {
            return true;
        }
        end += 1 + signs;
    }
}

/// So many digits before it make a word of look-alikes the end of the same number.
const LONG_NUMBER_DIGITS: usize = 7;

fn closes_long_number(cells: &[Cell], at: usize) -> bool {
    cells[..at]
        .iter()
        .rev()
        .take_while(|cell| {
            cell.character.is_ascii_digit()
                || to_digit(cell.character).is_some()
                || matches!(cell.character, ' ' | '-' | '(' | ')' | '+')
        })
        .filter(|cell| cell.character.is_ascii_digit() || to_digit(cell.character).is_some())
        .count()
        >= LONG_NUMBER_DIGITS
}
