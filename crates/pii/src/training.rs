//! The seam of the training program: features of a text in, weights out. Not for users of the crate.

use std::ops::Range;

pub use crate::conversation::weights::Weights as PairWeights;
pub use crate::health::{BUCKETS as HEALTH_BUCKETS, Scales};
pub use crate::name::tagger::{BEGIN, BUCKETS, INSIDE, OUTSIDE, TAGS, Weights, decode, only_outside};

/// A word of a text.
pub struct Studied {
    /// Bytes of the text.
    pub range: Range<usize>,
    /// Places in the table of weights; none if the word cannot be a part of a name.
    pub features: Vec<u32>,
    /// The tag the rules alone give it.
    pub ruled: usize,
}

/// The words of a text as the model sees them.
pub fn study(text: &str) -> Vec<Studied> {
    crate::name::study(text)
        .into_iter()
        .map(|(range, features, ruled)| Studied { range, features, ruled })
        .collect()
}

/// The features of a text from which the health flag is told.
pub fn study_health(text: &str) -> Vec<u32> {
    crate::detector::study_health(text)
}
