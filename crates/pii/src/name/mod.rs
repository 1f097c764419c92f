//! People: which words are names, decided from lexicons, frequencies, capitals and neighbours together.
//!
//! Every word gets a score (`score/`); words above the threshold are seeds, seeds take in the agreeing parts of a
//! full name around them (`span.rs`). Latin letters and the wrong keyboard layout are read in `script.rs`. What these
//! rules find is evidence for the trained tagger (`tagger/`), which has the last word but for two: places where only a name
//! stands are read after it (`told.rs`, `slot.rs`, `listed.rs`, `noted.rs`, `clipped.rs`, `initials.rs`), and what bears
//! a name and is nobody is dropped at the end (`public.rs`).

mod affection;
mod blocked;
mod clipped;
mod context;
mod derived;
pub(crate) mod form;
mod frame;
mod goods;
mod initials;
mod likeness;
mod listed;
mod noted;
mod place;
mod public;
mod score;
pub(crate) mod script;
mod slot;
mod span;
mod stage;
pub(crate) mod tagger;
mod title;
mod told;

use crate::finding::Evidence;
use crate::label::Label;
use crate::reading::Reading;
use crate::shadow::Shadow;
use crate::view::{Claims, View};
use crate::words::{Kind, Words};

pub(crate) use crate::translit::to_cyrillic_name;
pub(crate) use blocked::is_blocked;
pub(crate) use context::Parts;
pub(crate) use form::{Forms, patronymic_gender};
pub(crate) use frame::is_fathered;
pub(crate) use tagger::Spelling;

/// Folded names already heard in a conversation.
pub(crate) type Heard = std::collections::BTreeSet<String>;

/// A found name: byte range of the shadow and how sure it is.
pub(crate) struct Person {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) confidence: f32,
    pub(crate) evidence: Evidence,
}

/// Claims all people of the text, `reread` being the same text as it was meant.
pub(crate) fn claim(view: &View<'_>, claims: &mut Claims, heard: &Heard, reread: Option<&Reading>) {
    if let Some(reread) = reread.filter(|reread| reread.holds_names) {
        let shadow = Shadow::new(&reread.text);
        let view = View::new(Words::new(&shadow));
        let mut taken = Claims::default();
        crate::recognizer::claim_all(&view, &mut taken);
        let marks = score::marks(&view.words, Some(&taken), heard);
        let ruled = span::people(&view.words, &marks);
        for person in decided(&view.words, &marks, ruled, Some(&taken)) {
            let range = reread.range(&shadow.original(&(person.start..person.end)));
            if reread.is_news(&range) {
                claims.add(Label::Person, range, person.confidence, person.evidence);
            }
        }
    }
    let found = people(view, claims, heard);
    for person in found {
        claims.add(
            Label::Person,
            person.start..person.end,
            person.confidence,
            person.evidence,
        );
    }
}

fn people(view: &View<'_>, claims: &Claims, heard: &Heard) -> Vec<Person> {
    let marks = score::marks(&view.words, Some(claims), heard);
    let ruled = ruled(view, &marks, heard);
    decided(&view.words, &marks, ruled, Some(claims))
}

/// Names the rules find, in either script, in order of place.
fn ruled(view: &View<'_>, marks: &[score::Mark<'_>], heard: &Heard) -> Vec<Person> {
    let mut ruled = span::people(&view.words, marks);
    ruled.extend(script::latin_people(view, heard));
    ruled.sort_by_key(|person| person.start);
    ruled
}

/// What the model makes of it. A name heard before in the conversation stays one whatever the model thinks, and so
/// does one in Latin letters, which the model has seen few of.
fn decided(words: &Words<'_>, marks: &[score::Mark<'_>], ruled: Vec<Person>, claims: Option<&Claims>) -> Vec<Person> {
    let mut people = tagger::people(words, marks, &ruled, claims);
    for person in ruled {
        let first = words.index_at(person.start);
        let recalled = (first..words.len())
            .take_while(|index| words.all[*index].start < person.end)
            .any(|index| marks[index].recalled || words.all[index].kind == Kind::Latin);
        // «ivanova_anna»: what the model has a part of, the rules have whole.
        let meets = |other: &Person| other.start < person.end && person.start < other.end;
        let widens = |other: &Person| person.start <= other.start && other.end <= person.end;
        if recalled && people.iter().filter(|other| meets(other)).all(widens) {
            people.retain(|other| !meets(other));
            people.push(person);
        }
    }
    told::complete(words, claims, &mut people);
    slot::complete(words, claims, &mut people);
    clipped::complete(words, claims, &mut people);
    noted::complete(words, claims, &mut people);
    listed::complete(words, claims, &mut people);
    initials::complete(words, marks, claims, &mut people);
    people.retain(|person| {
        let first = words.index_at(person.start);
        let last = words.index_at(person.end.saturating_sub(1)).max(first);
        let title = first == last && words.lore(first).parts.frame == Some(frame::Frame::Elder);
        first >= words.len() || !title && !public::is_public(words, first, last.min(words.len() - 1))
    });
    people
}

/// What the trainer learns from: the bytes of each word, its features, the tag the rules give it.
pub(crate) fn study(text: &str) -> Vec<(std::ops::Range<usize>, Vec<u32>, usize)> {
    let shadow = Shadow::new(text);
    let view = View::new(Words::new(&shadow));
    let mut claims = Claims::default();
    crate::recognizer::claim_all(&view, &mut claims);
    let heard = Heard::new();
    let marks = score::marks(&view.words, Some(&claims), &heard);
    let ruled = ruled(&view, &marks, &heard);
    tagger::features(&view.words, &marks, &ruled, Some(&claims))
        .into_iter()
        .zip(&view.words.all)
        .map(|((features, rule), word)| (shadow.original(&(word.start..word.end)), features, rule))
        .collect()
}
