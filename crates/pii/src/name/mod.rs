//! People: which words are names, decided from lexicons, frequencies, capitals and neighbours together.
//!
//! Every word gets a score (`score.rs`); words above the threshold are seeds, seeds take in the agreeing parts of a
//! full name around them (`span.rs`). Latin letters and the wrong keyboard layout are read in `script.rs`.

mod blocked;
mod context;
pub(crate) mod form;
mod score;
mod script;
mod span;

use crate::finding::Evidence;
use crate::label::Label;
use crate::shadow::Shadow;
use crate::view::{Claims, View};
use crate::words::Words;

pub(crate) use form::patronymic_gender;
pub(crate) use script::to_cyrillic_name;

/// Folded names already heard in a conversation.
pub(crate) type Heard = std::collections::BTreeSet<String>;

/// A found name: byte range of the shadow and how sure it is.
pub(crate) struct Person {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) confidence: f32,
    pub(crate) evidence: Evidence,
}

/// Claims all people of the text.
pub(crate) fn claim(view: &View<'_>, claims: &mut Claims, heard: &Heard) {
    let marks = score::marks(&view.words, Some(claims), heard);
    for person in span::people(&view.words, &marks) {
        claims.add(
            Label::Person,
            person.start..person.end,
            person.confidence,
            person.evidence,
        );
    }
    for person in script::latin_people(view, heard) {
        claims.add(
            Label::Person,
            person.start..person.end,
            person.confidence,
            person.evidence,
        );
    }
    if let Some(swapped) = script::swapped_layout(view) {
        let shadow = Shadow::new(&swapped.text);
        let words = Words::new(&shadow);
        let marks = score::marks(&words, None, heard);
        for person in span::people(&words, &marks) {
            let range = swapped.range(&shadow.original(&(person.start..person.end)));
            claims.add(Label::Person, range, person.confidence, person.evidence);
        }
    }
}
