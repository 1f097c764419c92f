//! What the model sees of one word, worked out once: hashes, lexicon classes, places, the verdict of the rules.

use std::collections::BTreeSet;

use crate::label::Label;
use crate::lexicon::{Sense, bits};
use crate::view::Claims;
use crate::words::{Capitals, Kind as WordKind, Words};

use super::super::Person;
use super::super::form::{self, Kind, cases};
use super::super::score::Mark;
use super::spelling::INSIDE_GROUPS;
use super::taken;

/// A word in the eyes of the model.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Cell {
    pub(super) may_be_name: bool,
    /// Hash of the whole word, of its beginning, and of its last letters.
    pub(super) whole: u32,
    pub(super) stem: u32,
    pub(super) tails: [u32; 3],
    /// Hashes of the first two and three letters, and of groups of three inside; only of words no lexicon knows.
    pub(super) heads: [u32; 2],
    pub(super) inside: [u32; INSIDE_GROUPS],
    /// The same word stands elsewhere: in lower case, or with a capital inside a sentence.
    pub(super) also_lower: bool,
    pub(super) also_capital: bool,
    /// How often words of the same beginning stand elsewhere in the text, up to two.
    pub(super) again: u32,
    pub(super) capitals: u32,
    pub(super) begins: bool,
    pub(super) length: u32,
    /// Lexicon class, coarse and fine.
    pub(super) coarse: u32,
    pub(super) fine: u32,
    /// Not a name by its frequency: the word itself may be a feature.
    pub(super) everyday: bool,
    pub(super) cases: u32,
    /// Verdict of the rules: tag and rounded score.
    pub(super) rule: u32,
    pub(super) score: u32,
    pub(super) initial: bool,
    /// What kind of neighbour it makes: role, thing, street word …
    pub(super) part: u32,
    pub(super) gap: u32,
    pub(super) label: u32,
    pub(super) quoted: bool,
    pub(super) blocked: bool,
    /// The same name stands elsewhere in the text as a part of a full name.
    pub(super) echoed: bool,
    pub(super) caseless: bool,
    /// Class of words used alike.
    pub(super) sense: Sense,
}

pub(super) fn cells(words: &Words<'_>, marks: &[Mark<'_>], ruled: &[Person], claims: Option<&Claims>) -> Vec<Cell> {
    let caseless = !words
        .all
        .iter()
        .any(|word| word.kind != WordKind::Digits && word.capitals != Capitals::None);
    let mut cells: Vec<Cell> = (0..words.len())
        .map(|index| {
            let mut cell = cell(words, marks, claims, index);
            cell.caseless = caseless;
            cell
        })
        .collect();
    for person in ruled {
        let mut index = words.index_at(person.start);
        let mut first = true;
        while index < words.len() && words.all[index].start < person.end {
            cells[index].rule = if first { 1 } else { 2 };
            first = false;
            index += 1;
        }
    }
    // The layer of denial: a brand or a medicine is no name unless the rules saw it in a full name.
    for cell in &mut cells {
        cell.may_be_name &= !cell.blocked || cell.rule > 0 || cell.score >= UNDENIED;
    }
    quote(words, &mut cells);
    echo(words, &mut cells);
    repeat(words, &mut cells);
    cells
}

fn cell(words: &Words<'_>, marks: &[Mark<'_>], claims: Option<&Claims>, index: usize) -> Cell {
    let word = words.all[index];
    let mark = &marks[index];
    let label = taken(words, claims, index);
    let lore = words.lore(index);
    let (entry, spelling) = (lore.entry, &lore.spelling);
    // Everyday words in lower case are left alone: half of a message, and none of its names.
    let plain = mark.readings.is_empty() && word.capitals == Capitals::None && entry.lower_count() >= PLAIN;
    let (coarse, fine) = if plain {
        (2, 64 * 4 + 2048)
    } else {
        classes(words, index, mark)
    };
    let everyday = entry.lower_count() >= 3 && entry.lower_count() >= entry.capital_count();
    Cell {
        may_be_name: !plain && word.kind != WordKind::Digits && label.is_none_or(|label| label == Label::Person),
        whole: if word.kind == WordKind::Digits {
            1 + lore.length as u32
        } else {
            spelling.whole
        },
        stem: spelling.stem,
        tails: spelling.tails,
        heads: spelling.heads,
        inside: if coarse & 31 == 0 {
            spelling.inside
        } else {
            [0; INSIDE_GROUPS]
        },
        capitals: word.capitals as u32,
        begins: words.begins_sentence(index),
        length: lore.length.min(9) as u32,
        coarse,
        fine,
        everyday,
        cases: mark
            .readings
            .iter()
            .fold(0, |set, reading| set | u32::from(reading.cases)),
        rule: 0,
        score: bucket(mark),
        initial: lore.length == 1 && word.kind != WordKind::Digits,
        part: lore.parts.bits(),
        gap: gap(words.gap(index)),
        label: label.map_or(0, |label| 1 + label as u32),
        blocked: lore.parts.blocked,
        sense: lore.sense,
        ..Cell::default()
    }
}

/// The score of the rules in halves, from 1; 0 for a word they do not read as a name.
fn bucket(mark: &Mark<'_>) -> u32 {
    if mark.readings.is_empty() {
        0
    } else {
        ((mark.score.clamp(-5.0, 7.0) + 5.0) * 2.0) as u32 + 1
    }
}

fn classes(words: &Words<'_>, index: usize, mark: &Mark<'_>) -> (u32, u32) {
    let kind = words.all[index].kind;
    if kind == WordKind::Digits {
        return (15, 15);
    }
    let lore = words.lore(index);
    let (entry, forms) = (lore.entry, words.forms(index));
    let readings: &[form::Reading] =
        if mark.readings.is_empty() && !mark.unreadable && kind == WordKind::Cyrillic && lore.length > 2 {
            &forms.readings
        } else {
            &mark.readings
        };
    let best = |kind: Kind| {
        readings
            .iter()
            .filter(|reading| reading.kind == kind && !(reading.guessed && kind == Kind::Surname))
            .map(|reading| 1 + reading.usual())
            .max()
            .unwrap_or(0) as u32
    };
    let given = match best(Kind::Given) {
        0 => 0,
        1..=4 => 1,
        5..=7 => 2,
        _ => 3,
    };
    let surname = match best(Kind::Surname) {
        0 => 0,
        1..=3 => 1,
        4..=6 => 2,
        _ => 3,
    };
    let patronymic = u32::from(best(Kind::Patronymic) > 0);
    let shaped = u32::from(forms.is_shaped_surname());
    let lower = match entry.lower_count() {
        0 => 0,
        1..=2 => 1,
        3..=5 => 2,
        6..=8 => 3,
        _ => 4,
    };
    let capital = match entry.capital_count() {
        0 => 0,
        count if count > entry.lower_count() + 1 => 3,
        count if count + 2 >= entry.lower_count() => 2,
        _ => 1,
    };
    let street = forms.name.is_some_and(|entry| entry.has(bits::STREET));
    let common = u32::from(entry.is_common());
    let place = u32::from(entry.is_place());
    let name_like = given.max(surname).max(patronymic * 3);
    let kind_code = match (given > 1, patronymic > 0, surname > 1) {
        (_, true, _) => 3,
        (true, _, true) => 4,
        (true, _, false) => 1,
        (false, _, true) => 2,
        _ if name_like > 0 => 5,
        _ if shaped > 0 => 6,
        _ => 0,
    };
    let commonness = if lower >= 2 { 2 } else { common };
    let coarse =
        kind_code * 3 + commonness + if place > 0 { 32 } else { 0 } + if kind == WordKind::Latin { 64 } else { 0 };
    let fine = given
        + 4 * surname
        + 16 * patronymic
        + 32 * shaped
        + 64 * lower
        + 512 * capital
        + 2048 * common
        + 4096 * place
        + 8192 * u32::from(street)
        + 16384 * u32::from(kind == WordKind::Latin);
    (coarse, fine)
}

/// What stands before a word.
fn gap(gap: &str) -> u32 {
    match gap {
        "" => 0,
        " " | "  " => 1,
        ", " | "," => 2,
        ". " => 3,
        "." => 4,
        "-" => 5,
        " - " | " – " | " — " => 6,
        ": " | ":" => 7,
        _ if gap.contains('\n') => 8,
        _ if gap.contains(['«', '"', '“', '„']) => 9,
        _ if gap.contains(['»', '”']) => 10,
        _ if gap.contains('(') => 11,
        _ if gap.contains(')') => 12,
        _ if gap.contains(['!', '?']) => 13,
        _ if gap.contains('/') => 14,
        _ if gap.contains(['_', '@']) => 15,
        _ => 16,
    }
}

/// From this score of the rules on (1.0) a denied word may still be a name.
const UNDENIED: u32 = 13;
/// Binary logarithm of how often a word has to be met in dialogues to be left alone.
const PLAIN: u64 = 6;
/// A shorter word stands elsewhere by chance.
const REPEATED_LETTERS_MIN: u32 = 4;

/// Marks words that stand elsewhere in the text, by their stems.
fn repeat(words: &Words<'_>, cells: &mut [Cell]) {
    if cells.len() < REPEATED_WORDS_MIN {
        return;
    }
    let telling = |index: usize, cell: &Cell| {
        let capital = words.all[index].capitals == Capitals::First && !cell.begins;
        let lower = words.all[index].capitals == Capitals::None;
        (u32::from(lower && !cell.caseless), u32::from(capital))
    };
    let mut table = Table::of(cells.len());
    for (index, cell) in cells.iter().enumerate() {
        if cell.length >= REPEATED_LETTERS_MIN {
            let (lower, capital) = telling(index, cell);
            let met = table.place(cell.stem);
            met.stem = cell.stem;
            met.all += 1;
            met.lower += lower;
            met.capital += capital;
        }
    }
    for (index, cell) in cells.iter_mut().enumerate() {
        if cell.may_be_name && cell.length >= REPEATED_LETTERS_MIN {
            let (own_lower, own_capital) = telling(index, cell);
            let met = table.place(cell.stem);
            cell.also_lower = met.lower > own_lower;
            cell.also_capital = met.capital > own_capital;
            cell.again = met.all.saturating_sub(1).min(AGAIN_MAX);
        }
    }
}

/// How often words of one beginning stand in a text, and how they are written.
#[derive(Debug, Clone, Copy, Default)]
struct Met {
    stem: u32,
    all: u32,
    lower: u32,
    capital: u32,
}

/// Stems of a text, found by their hashes; always half empty.
struct Table(Vec<Met>);

impl Table {
    fn of(words: usize) -> Self {
        Self(vec![Met::default(); (2 * words).next_power_of_two()])
    }

    /// Where the stem is, or where it would be.
    fn place(&mut self, stem: u32) -> &mut Met {
        let mask = self.0.len() - 1;
        let mut at = (stem.wrapping_mul(0x9e37_79b1) >> 7) as usize & mask;
        while self.0[at].all > 0 && self.0[at].stem != stem {
            at = (at + 1) & mask;
        }
        &mut self.0[at]
    }
}

/// Oftener is often.
const AGAIN_MAX: u32 = 2;
/// In shorter messages nothing stands twice.
const REPEATED_WORDS_MIN: usize = 8;
/// Longest quoted name of goods or a firm, in words.
const QUOTED_WORDS_MAX: usize = 5;

fn quote(words: &Words<'_>, cells: &mut [Cell]) {
    let mut first = None;
    for index in 0..=cells.len() {
        let gap = words.gap(index);
        let closes = index > 0 && gap.contains(['»', '"', '”']);
        if let Some(start) = first
            && closes
        {
            if index - start <= QUOTED_WORDS_MAX {
                cells[start..index].iter_mut().for_each(|cell| cell.quoted = true);
            }
            first = None;
            continue;
        }
        if gap.contains(['«', '"', '“', '„']) {
            first = Some(index);
        }
    }
}

/// A word of a full name elsewhere in the text speaks for the same word standing alone.
fn echo(words: &Words<'_>, cells: &mut [Cell]) {
    let mut stems = BTreeSet::new();
    for index in 0..cells.len() {
        let beside = |at: usize| cells.get(at).is_some_and(|cell| cell.rule > 0);
        let whole = cells[index].rule > 0
            && (index > 0 && cells[index].rule == 2 && beside(index - 1)
                || beside(index + 1) && cells[index + 1].rule == 2);
        if whole && words.lore(index).length > 2 {
            stems.insert((cells[index].stem, index));
        }
    }
    for (index, cell) in cells.iter_mut().enumerate() {
        let same = stems.range((cell.stem, 0)..=(cell.stem, usize::MAX));
        cell.echoed = same.into_iter().any(|(_, at)| *at != index);
    }
}

/// Whether two sets of cases meet where cases tell anything.
pub(super) fn agree(one: u32, other: u32) -> u32 {
    let met = one & other;
    if one == 0 || other == 0 {
        0
    } else if met == 0 {
        1
    } else if met & u32::from(cases::NOM) != 0 {
        2
    } else {
        3
    }
}
