//! Words pulled apart or stretched: «И в а н о в», «с.н.и.л.с», «Аааанна», «Ив@нов», «8 9OO OOO».
//!
//! Works on the characters before look-alikes are resolved. Characters that go away leave their place to the one before
//! them, so that the way back covers them.

use super::{Cell, is_cyrillic, is_word_sign};

/// So many lone characters in a row, a space apart, are one word: in «а я и в» there are four.
const SPACED_MIN: usize = 5;
/// The same with another sign between them; three may be initials.
const DOTTED_MIN: usize = 4;
/// The same letter so many times is one letter drawn out; no Russian word but «длинношеее» has three.
const STRETCHED_MIN: usize = 3;
/// A word has to have so many letters for a sign inside it to be one of them.
const LETTERS_MIN: usize = 4;

/// Brings the words together.
pub(super) fn gather(cells: &mut Vec<Cell>) {
    let mut out = 0;
    let mut at = 0;
    while at < cells.len() {
        let starts = is_word_sign(cells[at].character) && (at == 0 || !is_word_sign(cells[at - 1].character));
        if starts && let Some(count) = apart(cells, at) {
            for step in 0..count {
                cells[out] = cells[at + 2 * step];
                out += 1;
            }
            at += 2 * count - 1;
            continue;
        }
        let stretched = stretch(cells, at);
        let end = cells[at + stretched - 1].end;
        cells[out] = cells[at];
        cells[out].end = end;
        out += 1;
        at += stretched;
    }
    cells.truncate(out);
    signs_in_words(cells);
    zeros(cells);
}

/// How many lone characters stand in a row from `at` on with the same sign between them, if they make a word.
fn apart(cells: &[Cell], at: usize) -> Option<usize> {
    let sign = cells.get(at + 1)?.character;
    let least = match sign {
        ' ' => SPACED_MIN,
        '.' | '*' | '-' | '_' => DOTTED_MIN,
        _ => return None,
    };
    let mut count = 1;
    loop {
        let next = at + 2 * count;
        let goes_on = cells.get(next - 1).is_some_and(|cell| cell.character == sign)
            && cells.get(next).is_some_and(|cell| is_word_sign(cell.character))
            && cells.get(next + 1).is_none_or(|cell| !is_word_sign(cell.character));
        // A capital after a small letter begins the next word: «И в а н о в П».
        let begins_anew = cells.get(next).is_some_and(|cell| cell.upper)
            && !cells[next - 2].upper
            && !cells[next - 2].character.is_ascii_digit();
        if !goes_on || begins_anew {
            break;
        }
        count += 1;
    }
    let letters = (0..count)
        .filter(|step| !cells[at + 2 * step].character.is_ascii_digit())
        .count();
    // Digits one by one are read by the recognizers, which know what may stand between them.
    (count >= least && letters > 0 && (letters == count || count > SPACED_MIN)).then_some(count)
}

/// How many characters from `at` on are one letter drawn out; 1 if they are not.
fn stretch(cells: &[Cell], at: usize) -> usize {
    let letter = cells[at].character;
    if !is_cyrillic(letter) {
        return 1;
    }
    let count = cells[at..].iter().take_while(|cell| cell.character == letter).count();
    let is_part = at > 0 && is_cyrillic(cells[at - 1].character)
        || cells.get(at + count).is_some_and(|cell| is_cyrillic(cell.character));
    if count >= STRETCHED_MIN && is_part { count } else { 1 }
}

/// A lone sign between Cyrillic letters that stands for one of them: «Ив@нов», «Ант0н».
fn signs_in_words(cells: &mut [Cell]) {
    for at in 1..cells.len().saturating_sub(1) {
        let meant = match cells[at].character {
            '@' => 'а',
            '0' => 'о',
            '3' => 'з',
            _ => continue,
        };
        if !is_cyrillic(cells[at - 1].character) || !is_cyrillic(cells[at + 1].character) {
            continue;
        }
        let before = cells[..at]
            .iter()
            .rev()
            .take_while(|cell| is_cyrillic(cell.character))
            .count();
        let after = cells[at + 1..]
            .iter()
            .take_while(|cell| is_cyrillic(cell.character))
            .count();
        let lone =
            |place: Option<&Cell>| place.is_none_or(|cell| !matches!(cell.character, '0'..='9' | '@' | '.' | '_'));
        let first = cells[..at - before].last();
        let next = cells.get(at + 1 + after);
        // A dot after it is the end of a sentence or the zone of an address: letters that follow tell.
        let is_address = next.is_some_and(|cell| cell.character == '.')
            && cells
                .get(at + 2 + after)
                .is_some_and(|cell| is_word_sign(cell.character));
        let closes = next.is_some_and(|cell| cell.character == '.') && !is_address;
        if before + after >= LETTERS_MIN && lone(first) && (lone(next) || closes) {
            cells[at].character = meant;
        }
    }
}

/// Words of nothing but «о» between numbers are zeros: «8 9OO OOO OO 11».
fn zeros(cells: &mut [Cell]) {
    let is_zero = |cell: &Cell| matches!(cell.character, 'о' | 'o');
    let is_digit = |cell: &Cell| cell.character.is_ascii_digit() || matches!(cell.character, 'о' | 'o');
    let mut at = 0;
    while at < cells.len() {
        let starts =
            is_zero(&cells[at]) && at >= 2 && matches!(cells[at - 1].character, ' ' | '-') && is_digit(&cells[at - 2]);
        let length = cells[at..].iter().take_while(|cell| is_zero(cell)).count();
        if !starts || length < 2 {
            at += length.max(1);
            continue;
        }
        let word_before = cells[..at - 1]
            .iter()
            .rev()
            .take_while(|cell| is_word_sign(cell.character));
        let before_is_number =
            word_before.clone().all(is_digit) && word_before.clone().any(|cell| cell.character.is_ascii_digit());
        // What follows, over more such words, has to be a number too.
        let mut end = at + length;
        let follows = loop {
            let apart = cells.get(end).is_some_and(|cell| matches!(cell.character, ' ' | '-'));
            let word = cells.get(end + 1..).unwrap_or_default();
            let signs = word.iter().take_while(|cell| is_word_sign(cell.character)).count();
            let next = &word[..signs];
            if !apart || next.is_empty() || !next.iter().all(is_digit) {
                break false;
            }
            if next.iter().any(|cell| cell.character.is_ascii_digit()) {
                break true;
            }
            end += 1 + signs;
        };
        if before_is_number && follows {
            cells[at..at + length].iter_mut().for_each(|cell| cell.character = '0');
        }
        at += length;
    }
}
