//! Whether a message reveals the state of somebody's health (152-FZ art. 10): a diagnosis, a symptom, pregnancy,
//! allergy, treatment received, disability. Services, prices and preparations for tests reveal nothing.
//!
//! Lists of words count the signs (`sign.rs`); a trained weighing of all words together with that count decides
//! (`model.rs`).

mod model;
mod sign;

use crate::view::Claims;
use crate::words::Words;

pub use model::{BUCKETS, Scales};
pub(crate) use sign::Hints;

/// From this weight on the words reveal somebody's health whatever the lists say. The heaviest feature weighs 127.
const REVEALS: i32 = 30;
/// From this weight on the lists decide; below it the words as a whole speak against them.
const DOUBTFUL: i32 = -200;

/// Whether the weight of the words, or the lists where it leaves a doubt, say that somebody's health is revealed. For the
/// lists, words already found to be a name or a number say nothing: «Ракип» is no cancer.
pub(crate) fn is_told(weight: i32, words: &Words<'_>, claims: &Claims) -> bool {
    weight > REVEALS || weight > DOUBTFUL && sign::tally(words, claims).reveals()
}

/// What the words weigh by the trained table. To be asked before names are claimed: what is learnt of health must not
/// hang on what is learnt of names.
pub(crate) fn weigh(words: &Words<'_>, claims: &Claims) -> i32 {
    let scales = Scales::embedded();
    let mut sum = scales.start();
    model::features(words, claims, |bucket| sum += scales.weight(bucket));
    sum
}

/// What training learns from: the features of a message.
pub(crate) fn study(words: &Words<'_>, claims: &Claims) -> Vec<u32> {
    let mut features = Vec::new();
    model::features(words, claims, |bucket| features.push(bucket));
    features
}
