//! What is put into a text for the eye or by a machine: pictures inside words and numbers, entities of markup.

use super::{Cell, is_cyrillic, is_word_sign};
use crate::lexicon::WordEntry;
use crate::translit;
use crate::words::is_pictograph;

/// Entities a text copied from a page brings along.
const ENTITIES: &[(&str, char)] = &[
    ("&nbsp;", ' '),
    ("&ensp;", ' '),
    ("&thinsp;", ' '),
    ("&ndash;", '-'),
    ("&mdash;", '-'),
    ("&minus;", '-'),
    ("&laquo;", '«'),
    ("&raquo;", '»'),
    ("&quot;", '"'),
    ("&apos;", '\''),
    ("&amp;", '&'),
    ("&#160;", ' '),
    ("&#8211;", '-'),
    ("&#8212;", '-'),
    ("&#40;", '('),
    ("&#41;", ')'),
    ("&#43;", '+'),
    ("&#45;", '-'),
    ("&#64;", '@'),
];
/// Pieces of a word this long at most, parted by pictures, are one word; longer ones are words of their own.
const FRAGMENT_MAX: usize = 3;

/// The sign meant by the entity a text begins with, and its length in bytes.
pub(super) fn entity(text: &str) -> Option<(char, usize)> {
    ENTITIES
        .iter()
        .find(|(name, _)| text.starts_with(name))
        .map(|(name, meant)| (*meant, name.len()))
}

/// Takes pictures out of words and turns those beside digits into spaces.
pub(super) fn clear(cells: &mut Vec<Cell>) {
    if !cells.iter().any(|cell| is_pictograph(cell.character)) {
        return;
    }
    let mut out = 0;
    let mut at = 0;
    while at < cells.len() {
        if !is_pictograph(cells[at].character) {
            cells[out] = cells[at];
            out += 1;
            at += 1;
            continue;
        }
        let count = cells[at..]
            .iter()
            .take_while(|cell| is_pictograph(cell.character))
            .count();
        let (before, after) = (
            out.checked_sub(1).map(|last| cells[last]),
            cells.get(at + count).copied(),
        );
        match (before, after) {
            (Some(before), Some(after))
                if parts_digits(before, after) && !matches!(cells[at].character, '🚪' | '🔑') =>
            {
                cells[out] = Cell {
                    character: ' ',
                    end: cells[at + count - 1].end,
                    ..cells[at]
                };
                out += 1;
            }
            (Some(_), Some(_)) if is_inside_word(cells, out, at, count) => {
                cells[out - 1].end = cells[at + count - 1].end;
            }
            _ => {
                cells.copy_within(at..at + count, out);
                out += count;
            }
        }
        at += count;
    }
    cells.truncate(out);
}

fn parts_digits(before: Cell, after: Cell) -> bool {
    is_word_sign(before.character)
        && is_word_sign(after.character)
        && (before.character.is_ascii_digit() || after.character.is_ascii_digit())
}

/// «Св🌸ета»: two pieces that say nothing by themselves and are a usual name together.
fn is_name_parted(left: &[Cell], right: &[Cell]) -> bool {
    if left.len() + right.len() > NAME_LETTERS_MAX {
        return false;
    }
    let text = |cells: &[Cell]| -> String { cells.iter().map(|cell| cell.character).collect() };
    let (first, second) = (text(left), text(right));
    WordEntry::look_up(&second).lower_count() < SAID_OFTEN && translit::is_usual_name(&format!("{first}{second}"))
}

/// Binary logarithm of how often the second piece is met in dialogues to be a word of its own.
const SAID_OFTEN: u64 = 4;
/// Longest name looked for over a picture.
const NAME_LETTERS_MAX: usize = 12;

/// «Ма🌸ри🌸на»: short runs of small letters on both sides. `out` cells are done, the pictures stand at `at`.
fn is_inside_word(cells: &[Cell], out: usize, at: usize, count: usize) -> bool {
    let letters = |cell: &&Cell| is_cyrillic(cell.character);
    let is_joined = |cell: &Cell| cell.end > cell.start + cell.character.len_utf8() as u32;
    // A picture taken out of the same word before tells enough: the letters before it need not be counted again.
    let mut joined_before = false;
    let mut left = 0;
    for cell in cells[..out].iter().rev().take_while(letters) {
        left += 1;
        joined_before = is_joined(cell);
        if joined_before {
            break;
        }
    }
    let tail = &cells[at + count..];
    let right = tail.iter().take_while(letters).count();
    if left == 0 || right == 0 || tail[0].upper && !cells[out - 1].upper {
        return false;
    }
    let once_more = tail.get(right).is_some_and(|cell| is_pictograph(cell.character))
        && tail.get(right + 1).is_some_and(|cell| is_cyrillic(cell.character));
    let chained = joined_before || once_more && left <= FRAGMENT_MAX;
    let short = chained && right <= FRAGMENT_MAX || left < FRAGMENT_MAX && right < FRAGMENT_MAX;
    short || !chained && is_name_parted(&cells[out - left..out], &tail[..right])
}
