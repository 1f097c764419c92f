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

/// So many letters from either end are looked at apart.
const ENDS: usize = INSIDE_GROUPS + 3;

impl Spelling {
    /// Hashes of a folded word.
    pub(crate) fn of(word: &str) -> Self {
        // Where the first letters begin, and where the last ones do, from the end on; past them the end of the word.
        let mut heads = [word.len(); ENDS + 1];
        let mut tails = [0; TAIL_LETTERS_MAX];
        for (place, (at, _)) in heads.iter_mut().zip(word.char_indices()) {
            *place = at;
        }
        for (place, (at, _)) in tails.iter_mut().zip(word.char_indices().rev()) {
            *place = at;
        }
        let mut inside = [0; INSIDE_GROUPS];
        for (number, group) in inside.iter_mut().enumerate() {
            let (first, last) = (heads[number + 1], heads[number + 3]);
            // The group needs its third letter.
            if last == word.len() {
                break;
            }
            *group = hash(&word[first..heads[number + 4]]);
        }
        Self {
            whole: hash(word),
            stem: hash(&word[..heads[STEM_LETTERS]]),
            tails: [1, 2, 3].map(|letter| hash(&word[tails[letter]..])),
            heads: [2, 3].map(|letters| hash(&word[..heads[letters]])),
            inside,
        }
    }
}

/// Letters of the longest end that is looked at.
const TAIL_LETTERS_MAX: usize = 4;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_a_word_are_hashed_as_they_are_spelled() {
        let word = Spelling::of("записывал");
        assert_eq!((word.whole, word.stem), (hash("записывал"), hash("запис")));
        assert_eq!(word.tails, ["ал", "вал", "ывал"].map(hash));
        assert_eq!(word.heads, ["за", "зап"].map(hash));
        assert_eq!(word.inside, ["апи", "пис", "исы", "сыв", "ыва", "вал"].map(hash));
        let short = Spelling::of("мир");
        assert_eq!((short.stem, short.tails), (hash("мир"), ["ир", "мир", "мир"].map(hash)));
        assert_eq!(
            (short.heads, short.inside),
            (["ми", "мир"].map(hash), [0; INSIDE_GROUPS])
        );
        assert_eq!(Spelling::of("улей").inside, [hash("лей"), 0, 0, 0, 0, 0]);
        assert_eq!(Spelling::of("").whole, hash(""));
    }
}
