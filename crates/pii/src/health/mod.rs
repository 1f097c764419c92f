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

/// Whether the lists say that the words reveal somebody's health. Words already found to be a name or a number say
/// nothing: «Ракип» is no cancer.
pub(crate) fn is_told(words: &Words<'_>, claims: &Claims) -> bool {
    sign::tally(words, claims).reveals()
}

/// Whether the trained weights say so. To be asked before names are claimed: what is learnt of health must not hang on
/// what is learnt of names.
pub(crate) fn is_weighed(words: &Words<'_>, claims: &Claims) -> bool {
    let scales = Scales::embedded();
    let mut sum = scales.start();
    model::features(words, claims, |bucket| sum += scales.weight(bucket));
    sum > 0
}

/// What training learns from: the features of a message.
pub(crate) fn study(words: &Words<'_>, claims: &Claims) -> Vec<u32> {
    let mut features = Vec::new();
    model::features(words, claims, |bucket| features.push(bucket));
    features
}
