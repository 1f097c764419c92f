//! Letters and digits that stand for others by their look, resolved word by word.

use super::{Cell, is_cyrillic, is_word_sign};
use crate::lexicon::WordEntry;
use crate::name::form;
use crate::translit;

/// Latin letters that look like Cyrillic ones in print, lower case.
pub(super) fn to_cyrillic(character: char) -> Option<char> {
    Some(match character {
        'a' => 'а',
        'b' => 'в',
        'c' => 'с',
        'e' => 'е',
        'h' => 'н',
        'i' => 'і',
        'k' => 'к',
        'm' => 'м',
        'o' => 'о',
        'p' => 'р',
        't' => 'т',
        'x' => 'х',
        'y' => 'у',
        _ => return None,
    })
}

/// Cyrillic letters that look like Latin ones in print, lower case.
pub(crate) fn to_latin(character: char) -> Option<char> {
    Some(match character {
        'а' => 'a',
        'в' => 'b',
        'с' => 'c',
        'е' => 'e',
        'н' => 'h',
        'і' => 'i',
        'к' => 'k',
        'м' => 'm',
        'о' => 'o',
        'р' => 'p',
        'т' => 't',
        'х' => 'x',
        'у' => 'y',
        _ => return None,
    })
}

/// Letters typed for digits.
pub(super) fn to_digit(character: char) -> Option<char> {
    Some(match character {
        'o' | 'о' => '0',
        'i' | 'l' | 'і' | '|' => '1',
        'з' => '3',
        _ => return None,
    })
}

/// The same where a whole word of them stands between numbers: «8 912 ЧЧЗ бб 18».
pub(super) fn to_digit_between(character: char) -> Option<char> {
    match character {
        'ч' => Some('4'),
        other => to_digit_inside(other),
    }
}

/// Letters typed for digits, told by digits on both sides of them.
fn to_digit_inside(character: char) -> Option<char> {
    match character {
        'б' => Some('6'),
        other => to_digit(other),
    }
}

/// Latin letters that stand for Cyrillic ones in hand or by their turn: «улuцa», «TатьRнa».
fn to_cyrillic_by_hand(cell: &Cell) -> Option<char> {
    Some(match cell.character {
        'u' => 'и',
        'n' if cell.upper => 'и',
        'n' => 'п',
        'r' if cell.upper => 'я',
        'r' => 'г',
        'w' => 'ш',
        'g' => 'д',
        other => return to_cyrillic(other),
    })
}

/// Greek letters that look like Cyrillic ones.
fn from_greek(character: char) -> Option<char> {
    Some(match character {
        'α' => 'а',
        'β' => 'в',
        'ε' => 'е',
        'ι' => 'і',
        'κ' => 'к',
        'μ' => 'м',
        'ο' => 'о',
        'π' => 'п',
        'ρ' => 'р',
        'τ' => 'т',
        'υ' => 'у',
        'χ' => 'х',
        _ => return None,
    })
}

/// Resolves look-alikes word by word: first digits, then the script of the letters.
pub(super) fn unmask_words(cells: &mut Vec<Cell>) {
    let mut start = 0;
    while start < cells.len() {
        if !is_word_sign(cells[start].character) {
            start += 1;
            continue;
        }
        let alike = alike(&cells[start..]);
        let mut end = start + alike;
        while end < cells.len() && (is_word_sign(cells[end].character) || cells[end].character == '|') {
            end += 1;
        }
        if end > start + alike {
            unmask_word(&mut cells[start..end]);
        }
        start = end;
    }
    close_gaps(cells);
}

fn close_gaps(cells: &mut Vec<Cell>) {
    if !cells.iter().any(|cell| cell.character == GONE) {
        return;
    }
    for at in (1..cells.len()).rev() {
        if cells[at].character == GONE {
            cells[at - 1].end = cells[at - 1].end.max(cells[at].end);
        }
    }
    cells.retain(|cell| cell.character != GONE);
}

/// How many cells from the first on are of one kind: Russian letters, Latin ones or digits. A word of one kind hides
/// nothing.
fn alike(cells: &[Cell]) -> usize {
    let count = |kind: fn(&Cell) -> bool| cells.iter().take_while(|cell| kind(cell)).count();
    match cells[0].character {
        'а'..='я' => count(|cell| matches!(cell.character, 'а'..='я')),
        'a'..='z' => count(|cell| cell.character.is_ascii_lowercase()),
        '0'..='9' => count(|cell| cell.character.is_ascii_digit()),
        _ => 0,
    }
}

fn unmask_word(word: &mut [Cell]) {
    let digits = word.iter().filter(|cell| cell.character.is_ascii_digit()).count();
    let hidden = word.iter().filter(|cell| to_digit(cell.character).is_some()).count();
    if digits > 0 && hidden > 0 && digits + hidden == word.len() && !is_plate(word) {
        // «1О» is a digit pair, but «36о» at the end may be a house: only letters that stand for digits in shape count.
        for cell in word.iter_mut() {
            cell.character = to_digit(cell.character).unwrap_or(cell.character);
        }
        return;
    }
    if digits > 1 && hidden + digits < word.len() {
        for at in 1..word.len() - 1 {
            let between = word[at - 1].character.is_ascii_digit()
                && (word[at + 1].character.is_ascii_digit() || to_digit_inside(word[at + 1].character).is_some());
            if between && let Some(meant) = to_digit_inside(word[at].character) {
                word[at].character = meant;
            }
        }
        if word
            .iter()
            .all(|cell| cell.character.is_ascii_digit() || to_digit(cell.character).is_some())
            && !is_plate(word)
        {
            for cell in word.iter_mut() {
                cell.character = to_digit(cell.character).unwrap_or(cell.character);
            }
            return;
        }
    }
    let cyrillic = word.iter().filter(|cell| is_cyrillic(cell.character)).count();
    if cyrillic > 0 && cyrillic < word.len() {
        for cell in word.iter_mut().filter(|cell| !cell.character.is_ascii()) {
            cell.character = from_greek(cell.character).unwrap_or(cell.character);
        }
    }
    let latin = word.iter().filter(|cell| cell.character.is_ascii_alphabetic()).count();
    if cyrillic == 0 || latin == 0 {
        return;
    }
    let latin_only = word
        .iter()
        .any(|cell| cell.character.is_ascii_alphabetic() && to_cyrillic(cell.character).is_none());
    let cyrillic_only = word
        .iter()
        .any(|cell| is_cyrillic(cell.character) && to_latin(cell.character).is_none());
    let by_hand = digits == 0
        && (latin <= cyrillic && cyrillic_only || latin * 2 <= cyrillic)
        && script_changes(word) > 1
        && word.iter().all(reads_by_hand);
    if read_as_translit(word) {
        return;
    }
    let letter: fn(&Cell) -> Option<char> = match (latin_only, by_hand, cyrillic_only) {
        (false, ..) => |cell| to_cyrillic(cell.character),
        (true, true, _) => |cell| to_cyrillic_by_hand(cell).filter(|_| cell.character.is_ascii()),
        (true, false, false) => |cell| to_latin(cell.character),
        (true, false, true) => return,
    };
    for cell in word.iter_mut() {
        cell.character = letter(cell).unwrap_or(cell.character);
    }
}

/// «Oлya»: Latin letters that stand for sounds where by their look they would make no word. A letter told by two takes
/// the place of the first; the second is left empty.
fn read_as_translit(word: &mut [Cell]) -> bool {
    if word.len() > MIXED_LETTERS_MAX || word.iter().any(|cell| cell.character.is_ascii_digit()) {
        return false;
    }
    let by_look: String = word
        .iter()
        .map(|cell| to_cyrillic(cell.character).unwrap_or(cell.character))
        .collect();
    if WordEntry::look_up(&by_look) != WordEntry::default() || !form::readings(&by_look).is_empty() {
        return false;
    }
    let mut meant: Vec<char> = Vec::with_capacity(word.len());
    let mut at = 0;
    while at < word.len() {
        let latin: String = word[at..]
            .iter()
            .map(|cell| cell.character)
            .take_while(char::is_ascii_alphabetic)
            .collect();
        match translit::groups(&latin).next() {
            Some((length, letters)) if letters.chars().count() == 1 => {
                meant.extend(letters.chars());
                meant.extend(std::iter::repeat_n(GONE, length - 1));
                at += length;
            }
            _ if latin.is_empty() => {
                meant.push(word[at].character);
                at += 1;
            }
            _ => return false,
        }
    }
    let name: String = meant.iter().filter(|letter| **letter != GONE).collect();
    if !translit::is_usual_name(&name) {
        return false;
    }
    for (cell, letter) in word.iter_mut().zip(meant) {
        cell.character = letter;
    }
    true
}

/// Longer words of two scripts are no names.
const MIXED_LETTERS_MAX: usize = 16;
/// Stands in a cell whose letter the cell before has taken in.
const GONE: char = '\0';

/// A folded Latin word read by the look of its letters: «pomah» for «роман», if all of them look like Cyrillic ones.
pub(crate) fn by_look(word: &str) -> Option<String> {
    word.chars()
        .map(|character| match character {
            'u' => Some('и'),
            'n' => Some('п'),
            'r' => Some('я'),
            'g' => Some('д'),
            'w' => Some('ш'),
            'b' => Some('в'),
            other => to_cyrillic(other),
        })
        .collect()
}

fn reads_by_hand(cell: &Cell) -> bool {
    is_cyrillic(cell.character) || to_cyrillic_by_hand(cell).is_some()
}

/// «о333оо74»: letters and digits of a plate, though all of them look like digits.
fn is_plate(word: &[Cell]) -> bool {
    let is_digit = |at: &usize| word[*at].character.is_ascii_digit();
    matches!(word.len(), 6 | 8 | 9)
        && (1..4).chain(6..word.len()).all(|at| is_digit(&at))
        && [0, 4, 5].iter().all(|at| !is_digit(at))
}

/// How often letters change their script inside a word; once only where two words were glued.
fn script_changes(word: &[Cell]) -> usize {
    word.windows(2)
        .filter(|pair| is_cyrillic(pair[0].character) != is_cyrillic(pair[1].character))
        .count()
}
