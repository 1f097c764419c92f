//! Whether a message reveals the state of somebody's health (152-FZ art. 10): a diagnosis, a symptom, pregnancy,
//! allergy, treatment received, disability. Services, prices and preparations for tests reveal nothing.
//!
//! Lists of words say what a word speaks of and count the signs (`sign.rs`); a trained weighing of all words together with
//! those signs, their order and their sentences decides (`model.rs`).

mod list;
mod model;
mod sign;

use crate::view::Claims;
use crate::words::Words;

pub use model::{BUCKETS, Scales};
pub(crate) use sign::Hints;

/// Whether the words reveal somebody's health. To be asked before names are claimed: what is learnt of health must not
/// hang on what is learnt of names.
pub(crate) fn is_told(words: &Words<'_>, claims: &Claims) -> bool {
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

#[cfg(test)]
mod tests {
    use crate::Detector;

    fn is_told(text: &str) -> bool {
        Detector::new().detect(text).flags.health
    }

    #[test]
    fn a_state_told_in_passing_is_told() {
        for text in [
            "запишите на стрижку, только я на шестом месяце, долго не высижу",
            "доктор, уколы закончились, колено всё равно ноет",
            "вчера выписали из кардиологии, за руль пока нельзя",
            "бабушка плохо слышит, говорите громче",
            "третий день тридцать восемь и кашель",
            "кожа на руках трескается до крови",
        ] {
            assert!(is_told(text), "{text}");
        }
    }

    #[test]
    fn talk_of_a_clinic_tells_of_nobody() {
        for text in [
            "сколько стоит прививка от гриппа и нужна ли запись",
            "кровь сдают натощак, воду можно",
            "окулист по субботам принимает?",
            "для возврата нужен снилс или паспорт",
            "гарантия на протезы два года, цена в прайсе",
        ] {
            assert!(!is_told(text), "{text}");
        }
    }

    #[test]
    fn machines_hair_and_animals_ail_in_their_own_way() {
        for text in [
            "три головы покрасить и две бороды подровнять",
            "коляску для двойни привезите к подъезду",
            "у кошки третий день понос, примете?",
        ] {
            assert!(!is_told(text), "{text}");
        }
    }
}
