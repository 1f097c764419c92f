//! Hashes of a word and of its parts, as the model knows them.

use crate::hash::hash;

/// How many groups of letters of a word are looked at.
pub(super) const INSIDE_GROUPS: usize = 6;
/// Letters of a word that are looked at as its stem.
const STEM_LETTERS: usize = 5;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Spelling {
    pub(crate) whole: u32,
    /// The first five letters.
    pub(crate) stem: u32,
    /// The last two, three and four letters.
    pub(crate) tails: [u32; 3],
    /// The first two and three letters.
    pub(super) heads: [u32; 2],
    /// Groups of three letters from the second letter on.
    pub(super) inside: [u32; INSIDE_GROUPS],
}

impl Spelling {
    /// Hashes of a folded word.
    pub(crate) fn of(word: &str) -> Self {
        Self {
            whole: hash(word),
            stem: head(word, STEM_LETTERS),
            tails: [tail(word, 2), tail(word, 3), tail(word, 4)],
            heads: [head(word, 2), head(word, 3)],
            inside: groups(word),
        }
    }
}

fn head(word: &str, letters: usize) -> u32 {
    let end = word.char_indices().nth(letters).map_or(word.len(), |(at, _)| at);
    hash(&word[..end])
}

fn tail(word: &str, letters: usize) -> u32 {
    let start = word.char_indices().rev().nth(letters - 1).map_or(0, |(at, _)| at);
    hash(&word[start..])
}

fn groups(word: &str) -> [u32; INSIDE_GROUPS] {
    let mut groups = [0; INSIDE_GROUPS];
    let mut starts = word.char_indices().skip(1).map(|(at, _)| at);
    for group in &mut groups {
        let Some(start) = starts.next() else { break };
        let Some((last, sign)) = word[start..].char_indices().nth(2) else {
            break;
        };
        *group = hash(&word[start..start + last + sign.len_utf8()]);
    }
    groups
}
