//! Words pulled apart or stretched: «И в а н о в», «с.н.и.л.с», «Аааанна», «Ив@нов», «8 9OO OOO».
//!
//! Works on the characters before look-alikes are resolved. Characters that go away leave their place to the one before
//! them, so that the way back covers them.

use super::{Cell, is_cyrillic, is_word_sign};
use crate::lexicon::{NameEntry, WordEntry};
use crate::translit::is_usual_name;

/// So many lone characters in a row, a space apart, are one word: in «а я и в» there are four.
const SPACED_MIN: usize = 5;
/// The same with another sign between them; three may be initials.
const DOTTED_MIN: usize = 4;
/// The same letter so many times is one letter drawn out; no Russian word but «длинношеее» has three.
const STRETCHED_MIN: usize = 3;
/// A word has to have so many letters for a sign inside it to be one of them.
const LETTERS_MIN: usize = 4;

/// The widest spaces between the letters of one word.
const SPACES_MAX: usize = 4;

/// Lone characters in a row with the same gap between them.
struct Apart {
    count: usize,
    /// Cells from one to the next.
    step: usize,
}

/// Brings the words together.
pub(super) fn gather(cells: &mut Vec<Cell>) {
    let mailed = cells.iter().any(|cell| cell.character == '@');
    let mut out = 0;
    let mut at = 0;
    while at < cells.len() {
        let plain = plain_word(cells, at);
        if plain > 0 {
            if out < at {
                cells.copy_within(at..at + plain, out);
            }
            out += plain;
            at += plain;
            continue;
        }
        let sign = cells[at].character;
        let is_first = at == 0 || !is_word_sign(cells[at - 1].character);
        let starts = is_first && (sign == '@' || is_word_sign(sign));
        if !starts && is_ordinary(cells, at) {
            cells[out] = cells[at];
            out += 1;
            at += 1;
            continue;
        }
        if starts && let Some(Apart { count, step }) = apart(cells, at, mailed) {
            for number in 0..count {
                cells[out] = cells[at + step * number];
                out += 1;
            }
            at += step * (count - 1) + 1;
            continue;
        }
        let hyphened = starts && is_hyphened(cells, at);
        if hyphened && let Some(count) = syllables(cells, at) {
            for cell in at..at + count {
                if cells[cell].character != '-' {
                    cells[out] = cells[cell];
                    out += 1;
                }
            }
            at += count;
            continue;
        }
        if hyphened && let Some(word) = stutter(cells, at) {
            let (start, upper) = (cells[at].start, cells[at].upper);
            at = word;
            cells[at].start = start;
            cells[at].upper |= upper;
        }
        if is_bracket_inside(cells, at) {
            cells[out - 1].end = cells[at].end;
            at += 1;
            continue;
        }
        let stretched = stretch(cells, at);
        let end = cells[at + stretched - 1].end;
        cells[out] = cells[at];
        out += 1;
        if stretched > 1 && is_double(cells, out, at, stretched) {
            cells[out] = cells[at + 1];
            out += 1;
        }
        cells[out - 1].end = end;
        at += stretched;
    }
    cells.truncate(out);
    signs_in_words(cells);
    digits_before_words(cells);
}

/// How many cells from `at` on are letters of a Russian word nothing is to be done with: several in a row, up to one
/// drawn out, with no hyphen where it may part syllables. None if there is doubt.
fn plain_word(cells: &[Cell], at: usize) -> usize {
    let (mut length, mut again) = (0, 1);
    let mut last = '\0';
    for cell in cells[at..].iter().take_while(|cell| is_cyrillic(cell.character)) {
        again = if cell.character == last { again + 1 } else { 1 };
        last = cell.character;
        length += 1;
        if again == STRETCHED_MIN {
            length -= STRETCHED_MIN;
            break;
        }
    }
    if length > 1 && !is_hyphened(cells, at) {
        length
    } else {
        0
    }
}

/// Whether a character inside a word or between words stays as it is: no bracket and no letter said twice.
fn is_ordinary(cells: &[Cell], at: usize) -> bool {
    let sign = cells[at].character;
    let again = cells.get(at + 1).is_some_and(|next| next.character == sign);
    !(matches!(sign, '(' | ')') || again && is_cyrillic(sign))
}

/// Whether a hyphen stands so near to the beginning of a word that it may part syllables.
fn is_hyphened(cells: &[Cell], at: usize) -> bool {
    cells[at..]
        .iter()
        .take(SYLLABLE_MAX + 1)
        .any(|cell| cell.character == '-')
}

/// The lone characters in a row from `at` on, if they make a word or an address of mail.
///
/// `mailed`: there is a sign of mail somewhere in the text.
fn apart(cells: &[Cell], at: usize, mailed: bool) -> Option<Apart> {
    let between = &cells[at + 1..];
    let width = between
        .iter()
        .take(SPACES_MAX + 1)
        .take_while(|cell| SEPARATORS.contains(cell.character))
        .count();
    let step = width + 1;
    if !(1..=SPACES_MAX).contains(&width) || !lone(cells, at + step) {
        return None;
    }
    let gap: Vec<char> = between[..width].iter().map(|cell| cell.character).collect();
    let spaced = gap.iter().all(|sign| *sign == ' ');
    if spaced
        && mailed
        && let Some(count) = spaced_address(cells, at, step)
    {
        return Some(Apart { count, step });
    }
    if !is_word_sign(cells[at].character) || goes_on_digits(cells, at, step) {
        return None;
    }
    let mut count = 1;
    loop {
        let next = at + step * count;
        let goes_on = next < cells.len()
            && cells[next - width..next]
                .iter()
                .zip(&gap)
                .all(|(cell, sign)| cell.character == *sign)
            && is_word_sign(cells[next].character)
            && cells.get(next + 1).is_none_or(|cell| !is_word_sign(cell.character));
        // A capital after a small letter begins the next word: «И в а н о в П».
        let begins_anew = cells.get(next).is_some_and(|cell| cell.upper)
            && !cells[next - step].upper
            && !cells[next - step].character.is_ascii_digit();
        if !goes_on || begins_anew {
            break;
        }
        count += 1;
    }
    let letters = (0..count)
        .filter(|number| !cells[at + step * number].character.is_ascii_digit())
        .count();
    let sure = gap.iter().all(|sign| SURE_SEPARATORS.contains(*sign)) && width == 1 || spaced;
    let least = if spaced { SPACED_MIN } else { DOTTED_MIN };
    // Digits one by one are read by the recognizers, which know what may stand between them.
    let is_word = sure && count >= least && letters > 0 && (letters == count || count > SPACED_MIN);
    (is_word || letters == count && is_name_apart(cells, at, step, count)).then_some(Apart { count, step })
}

/// Whether a lone digit goes on a row of lone digits, all of which were looked at with the first of them.
fn goes_on_digits(cells: &[Cell], at: usize, step: usize) -> bool {
    let digit = |at: usize| cells[at].character.is_ascii_digit();
    let Some(before) = at.checked_sub(step) else {
        return false;
    };
    let between = &cells[before + 1..at];
    digit(at)
        && digit(before)
        && (before == 0 || !is_word_sign(cells[before - 1].character))
        && between.iter().all(|cell| cell.character == cells[at + 1].character)
}

/// Signs people put between the letters of a word, and those of them that part nothing else.
const SEPARATORS: &str = " .*-_,/|·•~+=";
const SURE_SEPARATORS: &str = ".*-_";
/// Lone letters that are words or initials as often as not: a name of nothing else is not read into them.
const LONE_WORDS: &str = "авикосуя";

/// «А л с у», «О л я», «Р, о, м, а»: few letters, but of a usual name.
fn is_name_apart(cells: &[Cell], at: usize, step: usize, count: usize) -> bool {
    if !(3..=NAME_LETTERS_MAX).contains(&count) {
        return false;
    }
    let name: String = (0..count).map(|number| cells[at + step * number].character).collect();
    let capitals = (0..count).filter(|number| cells[at + step * number].upper).count();
    name.chars().any(|letter| !LONE_WORDS.contains(letter))
        && (capitals < 2 || capitals == count && count > 3)
        && is_usual_name(&name)
}

/// Longer names told letter by letter are words by their length already.
const NAME_LETTERS_MAX: usize = 14;

/// Whether one character stands alone at `at`.
fn lone(cells: &[Cell], at: usize) -> bool {
    cells.get(at).is_some_and(|cell| !cell.character.is_whitespace())
        && cells.get(at + 1).is_none_or(|cell| !is_word_sign(cell.character))
}

/// «i v a n @ m a i l . r u», «@ a n n a . n a i l s»: how many characters make an address told sign by sign.
fn spaced_address(cells: &[Cell], at: usize, step: usize) -> Option<usize> {
    let is_part = |cell: &Cell| is_word_sign(cell.character) || matches!(cell.character, '@' | '.' | '_' | '-');
    let mut count = 1;
    loop {
        let next = at + step * count;
        let goes_on = count <= ADDRESS_SIGNS_MAX
            && next < cells.len()
            && cells[next + 1 - step..next].iter().all(|cell| cell.character == ' ')
            && is_part(&cells[next])
            && cells.get(next + 1).is_none_or(|cell| !is_word_sign(cell.character));
        if !goes_on {
            break;
        }
        count += 1;
    }
    let signs = (0..count)
        .filter(|number| cells[at + step * number].character == '@')
        .count();
    (signs == 1 && (SPACED_MIN..=ADDRESS_SIGNS_MAX).contains(&count)).then_some(count)
}

/// A longer row of signs is no address: its name has sixty-four at most (RFC 5321, 4.5.3.1.1).
const ADDRESS_SIGNS_MAX: usize = 128;

/// A longer chain of syllables or of beginnings is no name.
const CHAIN_MAX: usize = 64;

/// Longest syllable of a name told by three of them and more.
const SYLLABLE_MAX: usize = 4;
/// So many syllables at least make a name told by them.
const SYLLABLES_MIN: usize = 3;

/// How many cells from `at` on are a first name told by syllables: «Ве-ро-ни-ка».
fn syllables(cells: &[Cell], at: usize) -> Option<usize> {
    if at > 0 && is_word_sign(cells[at - 1].character) || !is_cyrillic(cells[at].character) {
        return None;
    }
    let (mut end, mut count, mut longest) = (at, 0, 0);
    loop {
        let length = cells[end..]
            .iter()
            .take_while(|cell| is_cyrillic(cell.character))
            .count();
        if !(1..=SYLLABLE_MAX).contains(&length) {
            return None;
        }
        longest = longest.max(length);
        end += length;
        count += 1;
        if cells.get(end).is_none_or(|cell| cell.character != '-') {
            break;
        }
        end += 1;
        if end - at > CHAIN_MAX {
            return None;
        }
    }
    let name = || -> String {
        cells[at..end]
            .iter()
            .map(|cell| cell.character)
            .filter(|sign| *sign != '-')
            .collect()
    };
    let least = if count >= SYLLABLES_MIN {
        0
    } else {
        TWO_SYLLABLES_LETTERS_MIN
    };
    if longest > STUTTER_MAX && count < SYLLABLES_MIN {
        return None;
    }
    (count > 1 && end - at > least && {
        let name = name();
        NameEntry::look_up(&name).is_some() && count >= SYLLABLES_MIN
            || is_usual_name(&name) && halves_say_nothing(&cells[at..end])
    })
    .then_some(end - at)
}

/// Two syllables of fewer letters are words of their own too often.
const TWO_SYLLABLES_LETTERS_MIN: usize = 4;

/// «Ма-ри-не» is one name, «Аня-Маша» and «Ли-на» are not told so.
fn halves_say_nothing(cells: &[Cell]) -> bool {
    cells
        .split(|cell| cell.character == '-')
        .filter(|half| {
            let text: String = half.iter().map(|cell| cell.character).collect();
            text.chars().count() > 2 && (NameEntry::look_up(&text).is_some() || WordEntry::look_up(&text).is_common())
        })
        .count()
        == 0
}

/// Longest beginning of a word said again: «Са-са-сафонов».
const STUTTER_MAX: usize = 3;

/// Where the word itself begins after its beginnings said before it: «М-марина», «Са-са-сафонову».
fn stutter(cells: &[Cell], at: usize) -> Option<usize> {
    if at > 0 && is_word_sign(cells[at - 1].character) || !is_cyrillic(cells[at].character) {
        return None;
    }
    let length = |from: usize| {
        cells[from..]
            .iter()
            .take_while(|cell| is_cyrillic(cell.character))
            .count()
    };
    let fragment = length(at);
    let mut word = at;
    while length(word) == fragment && cells.get(word + fragment).is_some_and(|cell| cell.character == '-') {
        let next = word + fragment + 1;
        let again = (0..fragment).all(|step| {
            cells
                .get(next + step)
                .is_some_and(|cell| cell.character == cells[at + step].character)
        });
        if fragment > STUTTER_MAX || !again || next - at > CHAIN_MAX {
            return None;
        }
        word = next;
    }
    (word > at && length(word) >= LETTERS_MIN && length(word) > fragment).then_some(word)
}

/// A bracket inside a word: «Евгени(я)», «Ж(анна)».
fn is_bracket_inside(cells: &[Cell], at: usize) -> bool {
    let letter = |cell: &Cell| is_cyrillic(cell.character);
    match cells[at].character {
        '(' => {
            let inside = cells[at + 1..].iter().take_while(|cell| letter(cell)).count();
            at > 0
                && letter(&cells[at - 1])
                && inside > 0
                && cells.get(at + 1 + inside).is_some_and(|cell| cell.character == ')')
        }
        ')' => {
            let inside = cells[..at].iter().rev().take_while(|cell| letter(cell)).count();
            let open = at.checked_sub(inside + 1);
            inside > 0 && open.is_some_and(|open| cells[open].character == '(' && open > 0 && letter(&cells[open - 1]))
        }
        _ => false,
    }
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

/// «Аннннна»: whether the letter drawn out from `at` on stands twice in the name meant. `out` cells are done.
fn is_double(cells: &[Cell], out: usize, at: usize, count: usize) -> bool {
    let before = cells[..out - 1]
        .iter()
        .rev()
        .take_while(|cell| is_cyrillic(cell.character))
        .count();
    let head = cells[out - 1 - before..out].iter().map(|cell| cell.character);
    let mut tail: Vec<char> = cells[at + count..]
        .iter()
        .map(|cell| cell.character)
        .take_while(|letter| is_cyrillic(*letter))
        .collect();
    tail.dedup();
    let letter = cells[at].character;
    let once: String = head.clone().chain(tail.iter().copied()).collect();
    let twice: String = head.chain([letter]).chain(tail.iter().copied()).collect();
    let count = |name: &str| NameEntry::look_up(name).map_or(0, NameEntry::given_count);
    count(&twice) > count(&once)
}

/// A lone sign between Cyrillic letters that stands for one of them: «Ив@нов», «Ант0н».
fn signs_in_words(cells: &mut [Cell]) {
    for at in 1..cells.len().saturating_sub(1) {
        let meant = match cells[at].character {
            '@' => 'а',
            '0' => 'о',
            '3' => 'з',
            '4' => 'ч',
            '6' => 'б',
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
        let long = before + after >= LETTERS_MIN && matches!(meant, 'а' | 'о' | 'з');
        if (before + after >= 2 && lone(first) && (lone(next) || closes))
            && (long || is_known(&cells[at - before..=at + after], before, meant))
        {
            cells[at].character = meant;
        }
    }
}

/// A digit that begins a word and stands for a letter: «4ингиз», «0льга».
fn digits_before_words(cells: &mut [Cell]) {
    for at in 0..cells.len().saturating_sub(LETTERS_MIN) {
        let meant = match cells[at].character {
            '0' => 'о',
            '3' => 'з',
            '4' => 'ч',
            '6' => 'б',
            _ => continue,
        };
        let begins = at == 0 || !is_word_sign(cells[at - 1].character) && !matches!(cells[at - 1].character, '.' | ',');
        let letters = cells[at + 1..]
            .iter()
            .take_while(|cell| is_cyrillic(cell.character))
            .count();
        if begins && letters + 1 >= LETTERS_MIN && is_known(&cells[at..=at + letters], 0, meant) {
            cells[at].character = meant;
        }
    }
}

/// Whether a lexicon knows the word with `meant` at `place`.
fn is_known(word: &[Cell], place: usize, meant: char) -> bool {
    let word: String = word
        .iter()
        .enumerate()
        .map(|(at, cell)| if at == place { meant } else { cell.character })
        .collect();
    WordEntry::look_up(&word).is_common() || NameEntry::look_up(&word).is_some()
}
