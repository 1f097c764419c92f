//! The best chain of tags for the scores of the words (Viterbi).

use super::weight::Weights;
use super::{INSIDE, OUTSIDE};

/// How many tags there are.
pub const TAGS: usize = 3;
/// Below any score a chain can reach.
const NEVER: i32 = -1_000_000_000;

/// Scores of a word that cannot be a part of a name.
pub fn only_outside() -> [i32; TAGS] {
    [0, NEVER, NEVER]
}

/// Tags of the chain with the highest sum. A name never begins with an inner tag.
pub fn decode(scores: &[[i32; TAGS]], weights: &Weights) -> Vec<usize> {
    let mut back: Vec<[usize; TAGS]> = Vec::with_capacity(scores.len());
    // Before the text all is outside.
    let mut last = only_outside();
    for score in scores {
        let mut here = [NEVER; TAGS];
        let mut from = [OUTSIDE; TAGS];
        for (tag, points) in score.iter().enumerate() {
            for (before, earlier) in last.iter().enumerate() {
                if tag == INSIDE && before == OUTSIDE || *earlier <= NEVER {
                    continue;
                }
                let sum = (earlier + points + weights.step(before, tag)).max(NEVER);
                if sum > here[tag] {
                    here[tag] = sum;
                    from[tag] = before;
                }
            }
        }
        last = here;
        back.push(from);
    }
    let mut tags = vec![OUTSIDE; scores.len()];
    let mut tag = (0..TAGS).max_by_key(|tag| (last[*tag], TAGS - tag)).unwrap_or(OUTSIDE);
    for index in (0..scores.len()).rev() {
        tags[index] = tag;
        tag = back[index][tag];
    }
    tags
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_never_begins_with_an_inner_tag() {
        let weights = Weights::default();
        assert_eq!(decode(&[[0, 1, 9], [0, 2, 5]], &weights), [1, 2]);
        assert_eq!(decode(&[[5, 1, 9], [3, 2, 9]], &weights), [1, 2]);
        assert_eq!(decode(&[only_outside(), [1, 0, 9]], &weights), [0, 0]);
    }
}
