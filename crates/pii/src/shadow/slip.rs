//! Names written as heard or with a slip of the finger: «настосья», «Гаалиинаа», «Алевтна», «ффатима», «Татяна».
//!
//! Only words no lexicon knows are looked at, and only usual given names and known patronymics are read into them.

use super::{Cell, is_cyrillic};
use crate::lexicon::{NameEntry, NamePrefix, Sense, WordEntry};
use crate::lore;
use crate::name::form::{self, Kind};
use crate::name::is_blocked;

/// A shorter word is too near to too many names.
const LETTERS_MIN: usize = 5;
const LETTERS_MAX: usize = 16;
/// From so many letters on a name is hardly met by chance.
const LONG_LETTERS_MIN: usize = 7;

/// Binary logarithm of how usual a name of so many letters has to be to be read into a word.
fn count_min(letters: usize, capital: bool) -> u64 {
    match (letters >= LONG_LETTERS_MIN, capital) {
        (true, _) => 5,
        (false, true) => 7,
        (false, false) => 9,
    }
}

/// Letters taken for each other by ear.
const CONFUSED: &[(char, char)] = &[
    ('а', 'о'),
    ('е', 'и'),
    ('я', 'е'),
    ('я', 'и'),
    ('э', 'е'),
    ('ы', 'и'),
    ('а', 'я'),
    ('й', 'и'),
    ('б', 'п'),
    ('в', 'ф'),
    ('г', 'к'),
    ('д', 'т'),
    ('з', 'с'),
    ('ж', 'ш'),
    ('щ', 'ш'),
];
/// Consonants that stand doubled in names.
const DOUBLED: &str = "нлсмткпрд";
const VOWELS: &str = "аеиоуыэюя";

/// Puts the name meant in place of each misspelt one.
pub(super) fn mend(cells: &mut Vec<Cell>) {
    let mut at = 0;
    let mut text = String::new();
    while at < cells.len() {
        let length = cells[at..]
            .iter()
            .take_while(|cell| is_cyrillic(cell.character))
            .count();
        if !(LETTERS_MIN..=LETTERS_MAX).contains(&length) || touches_digit(cells, at, length) {
            at += length.max(1);
            continue;
        }
        text.clear();
        text.extend(cells[at..at + length].iter().map(|cell| cell.character));
        let capital = cells[at].upper;
        if capital && has_capital_neighbour(cells, at, length) || is_known(&text) {
            at += length;
            continue;
        }
        match meant(&text, capital) {
            Some(name) => {
                let written: Vec<Cell> = cells[at..at + length].to_vec();
                let spread = spread(&written, &name);
                let letters = spread.len();
                cells.splice(at..at + length, spread);
                at += letters;
            }
            None => at += length,
        }
    }
}

fn touches_digit(cells: &[Cell], at: usize, length: usize) -> bool {
    let sign = |cell: Option<&Cell>| {
        cell.is_some_and(|cell| cell.character.is_ascii_alphanumeric() || matches!(cell.character, '_' | '@'))
    };
    sign(at.checked_sub(1).and_then(|before| cells.get(before))) || sign(cells.get(at + length))
}

/// Beside another capitalised word this may be a name of any nation, spelt right.
fn has_capital_neighbour(cells: &[Cell], at: usize, length: usize) -> bool {
    let repeats = cells[at..at + length]
        .windows(2)
        .filter(|pair| pair[0].character == pair[1].character)
        .count();
    let after = cells.get(at + length).is_some_and(|cell| cell.character == ' ')
        && cells
            .get(at + length + 1)
            .is_some_and(|cell| cell.upper && is_cyrillic(cell.character));
    let word_before = at >= 2 && cells[at - 1].character == ' ';
    let before = word_before
        && cells[..at - 1]
            .iter()
            .rev()
            .take_while(|cell| is_cyrillic(cell.character))
            .last()
            .is_some_and(|cell| cell.upper);
    repeats < 2 && (before || after)
}

/// The letters of `name` over the place of the written ones.
fn spread(written: &[Cell], name: &str) -> Vec<Cell> {
    let letters = name.chars().count();
    name.chars()
        .enumerate()
        .map(|(number, character)| {
            let first = number * written.len() / letters;
            let last = ((number + 1) * written.len() / letters).max(first + 1) - 1;
            Cell {
                character,
                start: written[first].start,
                end: written[last].end,
                upper: written[first].upper,
            }
        })
        .collect()
}

fn is_known(word: &str) -> bool {
    if lore::is_kept(word) {
        return true;
    }
    Sense::look_up(word) != Sense::default()
        || WordEntry::look_up(word) != WordEntry::default()
        || NameEntry::look_up(word).is_some()
        || form::surname_by_suffix(word).is_some()
        || is_blocked(word)
        || form::has_readings(word, WordEntry::NONE)
}

fn is_name(word: &str, least: u64) -> bool {
    form::plain_readings(word).iter().any(|reading| match reading.kind {
        Kind::Given => reading.usual() >= least,
        Kind::Patronymic => !reading.guessed,
        Kind::Surname => false,
    })
}

/// The name a word no lexicon knows stands for.
fn meant(word: &str, capital: bool) -> Option<String> {
    let letters: Vec<char> = word.chars().collect();
    let least = count_min(letters.len(), capital);
    let mut single = letters.clone();
    single.dedup();
    if single.len() < letters.len() && single.len() + 1 >= LETTERS_MIN {
        let name: String = single.iter().collect();
        if is_name(&name, least) {
            return Some(name);
        }
    }
    let begun = letters_begun(word);
    let mut name = String::with_capacity(word.len() + 'я'.len_utf8());
    by_ear(&letters)
        .chain(by_finger(&letters, capital))
        .filter(|change| change.kept_letters(letters.len()) <= begun)
        .any(|change| {
            change.write(&letters, &mut name);
            is_name(&name, least)
        })
        .then_some(name)
}

/// How many letters of the word, from the first on, some name of the lexicon begins with.
fn letters_begun(word: &str) -> usize {
    word.char_indices()
        .map(|(at, letter)| at + letter.len_utf8())
        .take_while(|end| NamePrefix::walk(&word[..*end]).is_some())
        .count()
}

/// What was done to the letters of a name by mistake, to be undone.
#[derive(Clone, Copy)]
enum Change {
    Replace(usize, char),
    Insert(usize, char),
    Remove(usize),
    /// The letter and the one before it.
    Swap(usize),
}

impl Change {
    /// Letters from the first on that a word of so many keeps, as far as no ending of a name begins.
    fn kept_letters(self, letters: usize) -> usize {
        let (first, after) = match self {
            Self::Replace(at, _) => (at, letters),
            Self::Insert(at, _) => (at, letters + 1),
            Self::Remove(at) => (at, letters - 1),
            Self::Swap(at) => (at - 1, letters),
        };
        first.min(form::kept_letters(after))
    }

    /// Writes the letters so changed.
    fn write(self, letters: &[char], name: &mut String) {
        name.clear();
        let (head, tail) = match self {
            Self::Replace(at, _) | Self::Remove(at) => (at, at + 1),
            Self::Insert(at, _) => (at, at),
            Self::Swap(at) => (at - 1, at + 1),
        };
        name.extend(&letters[..head]);
        match self {
            Self::Replace(_, letter) | Self::Insert(_, letter) => name.push(letter),
            Self::Swap(at) => name.extend([letters[at], letters[at - 1]]),
            Self::Remove(_) => {}
        }
        name.extend(&letters[tail..]);
    }
}

/// One sound written otherwise.
fn by_ear(letters: &[char]) -> impl Iterator<Item = Change> + '_ {
    let confused = (0..letters.len()).flat_map(move |at| {
        CONFUSED.iter().filter_map(move |(one, other)| match letters[at] {
            letter if letter == *one => Some(Change::Replace(at, *other)),
            letter if letter == *other => Some(Change::Replace(at, *one)),
            _ => None,
        })
    });
    let doubled = (1..letters.len().saturating_sub(1)).filter_map(move |at| {
        let is_single =
            DOUBLED.contains(letters[at]) && letters[at - 1] != letters[at] && letters[at + 1] != letters[at];
        is_single.then_some(Change::Insert(at, letters[at]))
    });
    let softened = (2..letters.len()).filter_map(move |at| match letters[at - 1] {
        'ь' | 'ъ' => Some(Change::Remove(at - 1)),
        letter if !VOWELS.contains(letter) => Some(Change::Insert(at, 'ь')),
        _ => None,
    });
    confused.chain(doubled).chain(softened)
}

/// Two letters swapped, one twice; in a capitalised word also a vowel lost.
fn by_finger(letters: &[char], capital: bool) -> impl Iterator<Item = Change> + '_ {
    let swapped = (1..letters.len())
        .filter(|at| letters[*at] != letters[at - 1])
        .map(Change::Swap);
    let once = (1..letters.len())
        .filter(|at| letters[*at] == letters[at - 1])
        .map(Change::Remove);
    let lost = (1..=letters.len())
        .filter(move |_| capital)
        .flat_map(|at| "аеиоуя".chars().map(move |vowel| Change::Insert(at, vowel)));
    swapped.chain(once).chain(lost)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shadow::Shadow;

    #[test]
    fn misspelt_names_are_read_as_meant() {
        for (written, name) in [
            ("настосья", "настасья"),
            ("анжилика", "анжелика"),
            ("Анястасия", "анастасия"),
            ("ффатима", "фатима"),
            ("Гаалиинаа Пеетроовнаа", "галина петровна"),
            ("Алевтна", "алевтина"),
            ("Натальа", "наталья"),
        ] {
            assert_eq!(Shadow::new(written).text(), name);
        }
    }

    #[test]
    fn no_name_is_among_the_changes_left_out() {
        let mut name = String::new();
        for word in [
            "настосья",
            "алевтна",
            "никаличь",
            "любовю",
            "степаныш",
            "пвлович",
            "михалына",
            "сргевна",
        ] {
            let letters: Vec<char> = word.chars().collect();
            let begun = letters_begun(word);
            for change in by_ear(&letters).chain(by_finger(&letters, true)) {
                change.write(&letters, &mut name);
                assert!(
                    change.kept_letters(letters.len()) <= begun || !is_name(&name, 0),
                    "{name}"
                );
            }
        }
    }

    #[test]
    fn words_of_the_language_and_of_trades_are_left_alone() {
        for word in [
            "дорзивентрал",
            "марафет",
            "балаяж",
            "сантехник",
            "шеврон",
            "лимит",
            "анализ",
            "нарциса",
        ] {
            assert_eq!(Shadow::new(word).text(), word);
        }
    }
}
