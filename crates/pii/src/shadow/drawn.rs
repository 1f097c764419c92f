//! Words drawn out or broken by hyphens: «О-о-ля», «Мари-и-ина», «Тама-» at the end of a line and «ру» on the next.
//!
//! Only names are put together so; other words keep their hyphens.

use super::{Cell, is_cyrillic};
use crate::name::form::{self, Kind};

/// Longest word looked at.
const LETTERS_MAX: usize = 24;
/// Binary logarithm of how usual a name has to be to be read into a word.
const GIVEN_COUNT_MIN: u64 = 5;
const SURNAME_COUNT_MIN: u64 = 4;

/// Puts such words together.
pub(super) fn close(cells: &mut Vec<Cell>) {
    let mut at = 1;
    while at + 1 < cells.len() {
        if cells[at].character != '-' || !is_cyrillic(cells[at - 1].character) {
            at += 1;
            continue;
        }
        if let Some((start, end, word)) = drawn_out(cells, at).or_else(|| over_lines(cells, at)) {
            let length = word.len();
            cells.splice(start..end, word);
            at = start + length;
        }
        at += 1;
    }
}

fn letters_before(cells: &[Cell], at: usize) -> usize {
    cells[..at]
        .iter()
        .rev()
        .take(LETTERS_MAX)
        .take_while(|cell| is_cyrillic(cell.character))
        .count()
}

fn letters_after(cells: &[Cell], at: usize) -> usize {
    cells[at..]
        .iter()
        .take(LETTERS_MAX)
        .take_while(|cell| is_cyrillic(cell.character))
        .count()
}

fn is_name(cells: &[Cell]) -> bool {
    let word: String = cells.iter().map(|cell| cell.character).collect();
    form::readings(&word).iter().any(|reading| match reading.kind {
        Kind::Given => reading.usual() >= GIVEN_COUNT_MIN,
        Kind::Patronymic => true,
        Kind::Surname => !reading.guessed && reading.count >= SURNAME_COUNT_MIN,
    })
}

/// A longer chain of letters and hyphens is no name drawn out.
const CHAIN_MAX: usize = 64;

/// «О-о-ля» around the first hyphen, at `at`: hyphens stand between equal letters, which are one, and behind the last
/// of those.
fn drawn_out(cells: &[Cell], at: usize) -> Option<(usize, usize, Vec<Cell>)> {
    let start = at - letters_before(cells, at);
    let mut word: Vec<Cell> = cells[start..at].to_vec();
    let (mut end, mut lone) = (at, false);
    while cells.get(end).is_some_and(|cell| cell.character == '-') && word.len() < LETTERS_MAX && end - at < CHAIN_MAX {
        let count = letters_after(cells, end + 1);
        let last = word.last_mut()?;
        let equal = count > 0 && cells[end + 1].character == last.character;
        if !(equal || lone && count > 0) {
            return None;
        }
        let again = cells[end + 1..end + 1 + count]
            .iter()
            .take_while(|cell| cell.character == last.character)
            .count();
        lone = again == count;
        let letter = last.character;
        last.end = cells[end + again].end;
        single_last(&mut word, letter);
        word.extend_from_slice(&cells[end + 1 + again..end + 1 + count]);
        end += 1 + count;
    }
    (end > at && is_name(&word)).then_some((start, end, word))
}

/// «Наа-а-адя»: the letter drawn out before the first hyphen too.
fn single_last(word: &mut Vec<Cell>, letter: char) {
    while word.len() > 1 && word[word.len() - 2].character == letter {
        let end = word[word.len() - 1].end;
        word.pop();
        if let Some(last) = word.last_mut() {
            last.end = end;
        }
    }
}

/// «Тама-⏎ру»: a name cut at the end of a line.
fn over_lines(cells: &[Cell], at: usize) -> Option<(usize, usize, Vec<Cell>)> {
    let blank = cells[at + 1..]
        .iter()
        .take(3)
        .take_while(|cell| matches!(cell.character, '\n' | '\r' | ' '))
        .count();
    let next = at + 1 + blank;
    if !cells[at + 1..next].iter().any(|cell| cell.character == '\n') {
        return None;
    }
    let (before, after) = (letters_before(cells, at), letters_after(cells, next));
    if before < 2 || after < 2 || cells[next].upper {
        return None;
    }
    let mut word: Vec<Cell> = cells[at - before..at].to_vec();
    word.last_mut()?.end = cells[next - 1].end;
    word.extend_from_slice(&cells[next..next + after]);
    let text: String = word.iter().map(|cell| cell.character).collect();
    (is_name(&word) || form::surname_by_suffix(&text).is_some()).then_some((at - before, next + after, word))
}

#[cfg(test)]
mod tests {
    use crate::shadow::Shadow;

    #[test]
    fn names_drawn_out_or_broken_are_whole() {
        for (written, name) in [
            ("О-о-ля", "оля"),
            ("Мари-и-ина", "марина"),
            ("Ма-а-а-ша", "маша"),
            ("Серё-ё-жа", "сережа"),
            ("А-а-анна", "анна"),
            ("Наа-а-адя", "надя"),
            ("Ка-а-ать", "кать"),
            ("Тама-\nру", "тамару"),
            ("Ка-\nдырова", "кадырова"),
        ] {
            assert_eq!(Shadow::new(written).text(), name);
        }
    }

    #[test]
    fn other_words_keep_their_hyphens() {
        for written in ["да-а-а", "кое-как", "ну-у", "светло-\nсерый", "бок-о-бок", "анна-мария"]
        {
            assert_eq!(Shadow::new(written).text(), written);
        }
    }
}
