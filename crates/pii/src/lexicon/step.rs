//! One step through a map by a byte of a Russian letter.
//!
//! The library reads a node whole, whatever is asked of it. Here only what the step needs is read; the layout is that of
//! `fst` 0.4, `raw/node.rs`, nodes standing before their state byte. Rare shapes of nodes are left to the library.

use super::{CompiledAddr, Output};

/// The two upper bits of a state: one way on, to the node right before; one way on; none or several, of a word's inside
/// or its end.
const NEXT: u8 = 0b11;
const ONE: u8 = 0b10;
const ENDS: u8 = 0b01;
/// The lower bits of a state: the usual byte of the one way, none of which is of a Russian letter, or how many ways there
/// are. Zero where that is told apart.
const LOWER_BITS: u8 = 0b11_1111;
/// With more ways a node has an index of them.
const WAYS_MAX: usize = 32;
/// The address of the end of words that go no further.
const END: CompiledAddr = 0;

/// Where a step leads.
pub(super) enum Step {
    To(CompiledAddr, Output),
    Nowhere,
    /// The node is of a rare shape.
    Unread,
}

/// A step from the node at `address` by `byte`, which is not of ASCII.
pub(super) fn step(map: &[u8], address: CompiledAddr, byte: u8) -> Step {
    if address == END {
        return Step::Nowhere;
    }
    let state = map[address];
    let lower = state & LOWER_BITS;
    let is_told = lower == 0;
    match state >> 6 {
        NEXT if is_told && map[address - 1] == byte => Step::To(address - 2, Output::zero()),
        ONE if is_told && map[address - 1] == byte => {
            let (way_bytes, output_bytes) = sizes(map[address - 2]);
            let way = address - 2 - way_bytes;
            let output = way - output_bytes;
            Step::To(
                target(output, number(map, way, way_bytes)),
                Output::new(number(map, output, output_bytes)),
            )
        }
        NEXT | ONE => Step::Nowhere,
        kind => {
            let ways = usize::from(lower);
            if is_told || ways > WAYS_MAX {
                return Step::Unread;
            }
            let first = address - 1 - ways;
            let Some(place) = map[first..first + ways].iter().position(|other| *other == byte) else {
                return Step::Nowhere;
            };
            // Ways and outputs stand in the order of their bytes.
            let (way_bytes, output_bytes) = sizes(map[address - 1]);
            let outputs = first - ways * way_bytes - ways * output_bytes;
            let start = if kind == ENDS { outputs - output_bytes } else { outputs };
            Step::To(
                target(start, number(map, first - (ways - place) * way_bytes, way_bytes)),
                Output::new(number(map, outputs + place * output_bytes, output_bytes)),
            )
        }
    }
}

/// Bytes of a way and of an output.
fn sizes(packed: u8) -> (usize, usize) {
    (usize::from(packed >> 4), usize::from(packed & 15))
}

/// The address a way leads to from a node whose first byte is `start`.
fn target(start: CompiledAddr, way: u64) -> CompiledAddr {
    match way {
        0 => END,
        way => start - way as usize,
    }
}

/// The number of so many bytes, the lowest first.
fn number(map: &[u8], at: usize, bytes: usize) -> u64 {
    map[at..at + bytes]
        .iter()
        .rev()
        .fold(0, |number, byte| number << 8 | u64::from(*byte))
}

#[cfg(test)]
mod tests {
    use super::super::{LETTERS, Lexicon, NAMES, WORDS, entries};

    /// What the library itself says of a word.
    fn by_library(lexicon: &Lexicon, word: &str) -> Option<u64> {
        lexicon.map.get(word)
    }

    #[test]
    fn every_word_is_found_and_no_other() {
        for lexicon in [&*NAMES, &*WORDS] {
            for (number, (word, value)) in entries(lexicon).enumerate() {
                assert_eq!(lexicon.get(&word), Some(value), "{word}");
                // Other words of nearly the same letters.
                let letter = char::from_u32('а' as u32 + (number % LETTERS) as u32).unwrap_or('а');
                let longer = format!("{word}{letter}");
                let other: String = word.chars().rev().skip(1).collect::<String>() + &letter.to_string();
                for word in [&longer, &other] {
                    assert_eq!(lexicon.get(word), by_library(lexicon, word), "{word}");
                }
            }
        }
    }
}
