//! Digits and signs that stand for letters of a Cyrillic word: «С3рг3ю», «В@лентин@», «Нур1я», «М*рина».
//!
//! A token is read so only if one of its readings is a known name or word.

use super::lookalike::to_cyrillic;
use super::{Cell, is_cyrillic};
use crate::lexicon::WordEntry;
use crate::name::form::{self, Kind};
use crate::translit;

/// Letters of a token beside its signs, and its signs, at least and at most.
const LETTERS_MIN: usize = 2;
const SIGNS_MAX: usize = 4;
/// So many readings of one token are tried at most.
const READINGS_MAX: usize = 200;
/// Binary logarithm of how often a word is met for it to be read into a token.
const WORD_COUNT_MIN: u64 = 3;

/// Letters a sign may stand for.
fn letters_of(sign: char) -> &'static str {
    match sign {
        '0' => "о",
        '1' => "илт",
        '3' => "зе",
        '4' => "ча",
        '6' => "бв",
        '7' => "т",
        '8' => "в",
        '9' => "я",
        '@' => "ао",
        '$' => "с",
        '€' => "е",
        '!' => "и",
        '*' => "аеиоуя",
        _ => "",
    }
}

/// Reads the signs of such tokens as letters.
pub(super) fn read(cells: &mut [Cell]) {
    let is_sign = |cell: &Cell| !letters_of(cell.character).is_empty();
    let is_part = |cell: &&Cell| is_cyrillic(meant_by_look(cell.character)) || is_sign(cell);
    let mut done = 0;
    while let Some(before) = cells[done..].iter().position(is_sign) {
        let sign = done + before;
        let start = sign - cells[done..sign].iter().rev().take_while(is_part).count();
        let length = sign - start + cells[sign..].iter().take_while(is_part).count();
        // A closing «!» ends the sentence, a «*» around a word makes it bold.
        let loose = |cell: &&Cell| matches!(cell.character, '!' | '*');
        let from = start + cells[start..start + length].iter().take_while(loose).count();
        let to = start + length
            - cells[from.min(start + length)..start + length]
                .iter()
                .rev()
                .take_while(loose)
                .count();
        let touches = |cell: Option<&Cell>| {
            cell.is_some_and(|cell| cell.character.is_ascii_alphanumeric() || matches!(cell.character, '_' | '№' | '#'))
        };
        let alone =
            !touches(start.checked_sub(1).and_then(|before| cells.get(before))) && !touches(cells.get(start + length));
        // «аня@почта.рф»
        let is_address = cells.get(start + length).is_some_and(|cell| cell.character == '.')
            && cells
                .get(start + length + 1)
                .is_some_and(|cell| cell.character.is_alphanumeric());
        if alone && !is_address && from < to && token_is_russian(&cells[from..to]) {
            read_token(&mut cells[from..to]);
        }
        done = start + length;
    }
}

/// «M@шa»: Latin letters that look like Russian ones, beside a Russian one.
fn meant_by_look(character: char) -> char {
    if character.is_ascii_lowercase() {
        to_cyrillic(character).unwrap_or(character)
    } else {
        character
    }
}

fn token_is_russian(token: &[Cell]) -> bool {
    token.iter().any(|cell| is_cyrillic(cell.character))
}

fn read_token(token: &mut [Cell]) {
    let signs: Vec<usize> = (0..token.len())
        .filter(|at| !letters_of(token[*at].character).is_empty())
        .collect();
    let letters = token.len() - signs.len();
    let is_number = token
        .windows(3)
        .any(|three| three.iter().all(|cell| cell.character.is_ascii_digit()));
    if signs.is_empty() || signs.len() > SIGNS_MAX || letters < LETTERS_MIN || signs.len() > letters + 1 || is_number {
        return;
    }
    let readings = signs
        .iter()
        .try_fold(1_usize, |product, at| {
            let next = product * letters_of(token[*at].character).chars().count();
            (next <= READINGS_MAX).then_some(next)
        })
        .unwrap_or(0);
    // At the end a digit is more often one: «дом1».
    let closes = signs.last() == Some(&(token.len() - 1)) && token[token.len() - 1].character.is_ascii_digit();
    let mut word = None;
    for number in 0..readings {
        let mut rest = number;
        let mut text: Vec<char> = token.iter().map(|cell| meant_by_look(cell.character)).collect();
        for at in &signs {
            let choice = letters_of(token[*at].character);
            let count = choice.chars().count();
            text[*at] = choice.chars().nth(rest % count).unwrap_or(text[*at]);
            rest /= count;
        }
        let reading: String = text.iter().collect();
        if is_name(&reading) {
            word = Some(text);
            break;
        }
        if word.is_none() && !closes && letters > 2 && WordEntry::look_up(&reading).lower_count() >= WORD_COUNT_MIN {
            word = Some(text);
        }
    }
    for (cell, letter) in token.iter_mut().zip(word.unwrap_or_default()) {
        cell.character = letter;
    }
}

fn is_name(word: &str) -> bool {
    let short = word.chars().count() <= 3;
    !short
        && form::readings(word).iter().any(|reading| match reading.kind {
            Kind::Given => reading.usual() >= 6,
            Kind::Patronymic => true,
            Kind::Surname => !reading.guessed && reading.count >= 4,
        })
        || short && translit::is_usual_name(word)
}

#[cfg(test)]
mod tests {
    use crate::shadow::Shadow;

    #[test]
    fn signs_inside_words_are_letters() {
        for (written, meant) in [
            ("С3рг3ю", "сергею"),
            ("Нур1ю", "нурию"),
            ("В@лентин@, м0й", "валентина, мой"),
            ("М*рина!", "марина!"),
            ("Кат9", "катя"),
            ("Т4тьян4", "татьяна"),
            ("0льга", "ольга"),
        ] {
            assert_eq!(Shadow::new(written).text(), meant);
        }
    }

    #[test]
    fn houses_models_and_numbers_keep_their_digits() {
        for written in [
            "дом9",
            "кв5а",
            "маша1990",
            "а123вс174",
            "т.4",
            "3д",
            "этаж7",
            "5*2",
            "**важно**",
        ] {
            assert_eq!(Shadow::new(written).text(), written);
        }
    }
}
