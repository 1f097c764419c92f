//! Who is who: mentions of one person under all the forms of the name are one, two namesakes stay two.
//!
//! A mention is compared with everybody known: how well the names fit, and what else speaks for it or against it. The
//! best above a threshold is meant; otherwise somebody new. This is decided at once; what a later message tells
//! of two who are one is in `hindsight`.

use std::collections::BTreeSet;

use super::completion::{Incomplete, complements};
use super::evidence::{Told, weigh};
use super::mention::Mention;
use super::neighbour::Relation;
use super::person::{Name, Person, Side};
use super::reading::{Sense, is_plain_surname};
use super::weights::Weights;
use super::{Speaker, diminutive};

/// Where and by whom a mention is made.
pub(super) struct Scene<'a> {
    pub(super) weights: &'a Weights,
    pub(super) speaker: Option<Speaker>,
    /// Number of the message.
    pub(super) message: u32,
    /// People named right before in the same clause or list, the last one last.
    pub(super) before: &'a [usize],
    /// Whom the next name of the same clause means beyond doubt.
    pub(super) after: Option<usize>,
    /// Who was named last in the message.
    pub(super) latest: Option<usize>,
    /// People the last message with names spoke of, in order.
    pub(super) previous: &'a [usize],
    /// People whose names were asked for.
    pub(super) asked: &'a [usize],
    /// What the message before described without a name.
    pub(super) described: &'a BTreeSet<String>,
    /// Occupation spoken of lately, as a stem.
    pub(super) topic: Option<&'a str>,
    /// The first name of its message.
    pub(super) first: bool,
    /// Who writes for the speaker's side, and for the other one.
    pub(super) writer: Option<usize>,
    /// No client has said a word yet.
    pub(super) among_staff: bool,
    /// The writer has said in this message who they are.
    pub(super) introduced: bool,
    pub(super) reader: Option<usize>,
}

impl Scene<'_> {
    /// The side that speaks.
    pub(super) fn side(&self) -> Option<Side> {
        self.speaker.map(Side::of)
    }
}

/// Somebody known, and the sense of the mention that fits.
pub(super) struct Resolved {
    pub(super) person: usize,
    pub(super) sense: usize,
    /// `None` keeps the name of the person, `Some(n)` puts spare sense `n` in its place.
    pub(super) spare: Option<usize>,
    /// The mention tells a part of the name that was not known.
    pub(super) completes: bool,
    /// The surname or the patronymic fits.
    by_family: bool,
    /// The given name fits beyond doubt.
    by_given: bool,
    /// The given names are but alike, and nothing else fits.
    by_likeness: bool,
    /// How well everything agrees.
    pub(super) total: i32,
}

/// The person a mention speaks of, or `None` for somebody new. `candidates`: whom to compare.
pub(super) fn resolve(
    people: &[Person],
    candidates: &BTreeSet<usize>,
    mention: &Mention,
    scene: &Scene<'_>,
) -> Option<Resolved> {
    let mut fitting: Vec<Resolved> = candidates
        .iter()
        .filter_map(|index| Some((*index, people.get(*index).filter(|person| person.merged.is_none())?)))
        .filter_map(|(index, person)| best_reading(index, person, mention, scene))
        .collect();
    // Who bears the very name is meant, not somebody whose name is like it.
    if fitting.iter().any(|found| found.by_given) {
        fitting.retain(|found| !found.by_likeness);
    }
    fitting.retain(|found| found.total >= scene.weights.agreement_min);
    // A surname or a patronymic heard before belongs to whom it belonged, unless the words say «он тоже ⟦⟧».
    if !matches!(mention.relation, Relation::Same | Relation::Explained)
        && fitting.iter().any(|found| !found.completes && found.by_family)
    {
        fitting.retain(|found| !found.completes);
    }
    let seen = |found: &Resolved| people[found.person].seen;
    if mention.another {
        if fitting.iter().any(|found| people[found.person].another) {
            fitting.retain(|found| people[found.person].another);
        } else if let Some(latest) = fitting.iter().map(seen).max() {
            fitting.retain(|found| seen(found) < latest);
        }
    }
    fitting.into_iter().max_by_key(|found| {
        let person = &people[found.person];
        // Names are asked and answered in one order.
        let place = if found.completes {
            u32::MAX - person.place
        } else {
            person.place
        };
        (found.total, !found.completes, person.seen, place)
    })
}

/// How the mention fits one person best.
fn best_reading(index: usize, person: &Person, mention: &Mention, scene: &Scene<'_>) -> Option<Resolved> {
    let mut best: Option<Resolved> = None;
    for (sense, meant) in mention.senses.iter().enumerate() {
        let names = std::iter::once((None, &person.name))
            .chain(person.spare.iter().enumerate().map(|(spare, name)| (Some(spare), name)));
        for (spare, name) in names {
            let by_name = name
                .fit(&meant.name, scene.weights)
                .or_else(|| fit_called_by_surname(name, meant, scene.weights))
                .or_else(|| fit_corrected(index, name, meant, mention, scene));
            let completes = by_name.is_none();
            let incomplete = Incomplete {
                index,
                person,
                name,
                is_spare: spare.is_some(),
            };
            let by_part = || {
                is_sure(meant)
                    .then(|| complements(&incomplete, &meant.name, mention, scene))
                    .flatten()
            };
            let Some(fit) = by_name.or_else(by_part) else {
                continue;
            };
            let doubt = meant.doubt
                + if spare.is_some() {
                    scene.weights.doubt_of_spare
                } else {
                    0
                };
            let told = Told::by(name, &meant.name);
            let total = fit - doubt + weigh(index, person, told, mention, scene);
            if best.as_ref().is_none_or(|known| total > known.total) {
                best = Some(Resolved {
                    person: index,
                    sense,
                    spare,
                    completes,
                    by_family: told.surname || told.patronymic,
                    by_given: told.given && name.fits_by_name(&meant.name),
                    by_likeness: told.given && !told.surname && !name.fits_by_name(&meant.name),
                    total,
                });
            }
        }
    }
    best
}

/// «стоит ⟦Шубину Н. П.⟧, а я ⟦Николай Олегович⟧»: who writes knows their own initials better.
fn fit_corrected(index: usize, name: &Name, meant: &Sense, mention: &Mention, scene: &Scene<'_>) -> Option<i32> {
    let of_writer = mention.own && scene.writer == Some(index) && meant.name.has_given();
    let corrected = of_writer && !name.initials.is_empty() && name.patronymic.is_none();
    corrected
        .then(|| name.without_initials().fit(&meant.name, scene.weights))
        .flatten()
}

/// Whether a sense may tell a missing part of a name.
fn is_sure(sense: &Sense) -> bool {
    sense.doubt == 0 || sense.name.surname.as_deref().is_some_and(is_plain_surname)
}

/// «кочубейша» of somebody named Кочубей.
fn fit_called_by_surname(name: &Name, meant: &Sense, weights: &Weights) -> Option<i32> {
    let surname = name.surname.as_deref()?;
    let called = |word: &String| diminutive::is_called_by_surname(word, surname);
    meant.name.given.iter().any(called).then_some(weights.called_by_surname)
}
