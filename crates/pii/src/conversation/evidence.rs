//! What speaks for a mention being a person, and what against it, apart from how well the names fit: roles, relations,
//! occupations, who writes and who is written to, neighbours in the sentence, nearness.

use std::collections::BTreeSet;

use super::mention::Mention;
use super::neighbour::Relation;
use super::occupation::{self, Match};
use super::person::{Name, Person, Role};
use super::resolve::Scene;
use super::{Speaker, given, kinship};
use crate::name::form::cases;

/// Messages that count as lately.
pub(super) const RECENT_MESSAGES: u32 = 2;

/// What two names have in common.
#[derive(Clone, Copy)]
pub(super) struct Told {
    /// More than the given name, and the given name: this outweighs the roles.
    full: bool,
    pub(super) surname: bool,
    pub(super) patronymic: bool,
    pub(super) given: bool,
    only_surname: bool,
    /// The given name and nothing else.
    bare: bool,
    /// A form of affection for somebody known by the patronymic.
    short_of_polite: bool,
}

impl Told {
    pub(super) fn by(name: &Name, meant: &Name) -> Self {
        let surname = name.has_surname() && meant.has_surname();
        let patronymic = name.patronymic.is_some() && meant.patronymic.is_some();
        let given = name.has_given() && meant.has_given();
        Self {
            full: (surname || patronymic) && given,
            surname,
            patronymic,
            given,
            only_surname: surname && !given,
            bare: given && !surname && !patronymic,
            short_of_polite: name.patronymic.is_some()
                && meant
                    .given
                    .iter()
                    .any(|given| given::is_short(given) && !name.given.contains(given)),
        }
    }
}

/// All that speaks for the mention being the person `index`, less what speaks against it.
pub(super) fn weigh(index: usize, person: &Person, told: Told, mention: &Mention, scene: &Scene<'_>) -> i32 {
    agreement_of_roles(person, told, mention, scene)
        + agreement_of_relations(person, told, mention, scene)
        + agreement_of_writers(index, person, told, mention, scene)
        + agreement_of_speech(index, person, told, mention, scene)
        + agreement_around(index, person, told, mention, scene)
}

/// What the roles of both say.
fn agreement_of_roles(person: &Person, told: Told, mention: &Mention, scene: &Scene<'_>) -> i32 {
    let (weights, message) = (scene.weights, scene.message);
    let Told {
        full,
        surname,
        only_surname,
        bare,
        ..
    } = told;
    let hint = mention.role_is_hint;
    let mut agreement = match (person.role, mention.role) {
        (Some(one), Some(two)) if one == two => weights.same_role,
        (Some(Role::Client) | None, Some(Role::Kin)) | (Some(Role::Kin), Some(Role::Client))
            if person.seen == message && !mention.signed =>
        {
            weights.named_side_by_side
        }
        (Some(Role::Client), Some(Role::Kin)) | (Some(Role::Kin), Some(Role::Client)) if !only_surname || hint => {
            weights.client_or_kin
        }
        (Some(Role::Client), Some(Role::Kin)) | (Some(Role::Kin), Some(Role::Client)) => weights.family_surname,
        (Some(_), Some(_)) if full => weights.staff_or_not_full_name,
        (Some(_), Some(_)) if hint => weights.staff_or_not_perhaps,
        (Some(_), Some(_)) if surname => weights.staff_or_not_surname,
        (Some(_), Some(_)) if person.role_is_hint => weights.staff_or_not_spoken,
        (Some(_), Some(_)) => weights.staff_or_not,
        (None, Some(Role::Staff)) if person.seen == message && !full && mention.relation != Relation::Same => {
            weights.staff_or_untold
        }
        _ => 0,
    };
    if bare && person.seen == message && person.named_fully && mention.is_full() && mention.relation != Relation::Same {
        // «⟦Денис Ильгизович⟧ по кузову. По подвеске ⟦Денис Лукьянов⟧»
        agreement += weights.named_fully_twice;
    }
    if mention.namesake && (mention.role.is_none() || person.role != mention.role || mention.is_self()) {
        agreement += weights.namesake;
    }
    let more = mention.tells_more() && mention.relation == Relation::Apart;
    // Before the first message nobody has been spoken to.
    if message > 0 && person.addressed == message && !mention.addressed && !full && !surname && !more {
        agreement += weights.spoken_to_and_of;
    }
    if mention.corrects && (bare || surname) && person.seen + 1 == message && !full {
        agreement += weights.corrected;
    }
    agreement
}

/// What occupations and relations say.
fn agreement_of_relations(person: &Person, told: Told, mention: &Mention, scene: &Scene<'_>) -> i32 {
    let (weights, message) = (scene.weights, scene.message);
    let full = told.full;
    let mut agreement = 0;
    if let (Some(one), Some(two)) = (&person.occupation, mention.occupation) {
        agreement += match occupation::compare(one, two) {
            Match::Same => weights.same_occupation,
            Match::Near => weights.near_occupation,
            Match::Different if full => 0,
            Match::Different => weights.other_occupation,
        };
    }
    if let (Some(one), Some(two)) = (person.kin.as_deref(), mention.kin) {
        if kinship::go_together(one, two) {
            agreement += weights.same_kin;
        } else if person.seen == message {
            // «отца, ⟦Михаила Гринберга⟧, и сына, ⟦Мишу Гринберга⟧»
            agreement += weights.named_side_by_side;
        } else if !full {
            agreement += weights.other_kin;
        }
    }
    agreement
}

/// What it tells that the person writes, or is written to.
fn agreement_of_writers(index: usize, person: &Person, told: Told, mention: &Mention, scene: &Scene<'_>) -> i32 {
    let weights = scene.weights;
    let by_staff = scene.speaker == Some(Speaker::Staff);
    if mention.is_self() {
        let another = person.spoken_of && person.addressed == 0 && told.bare && scene.speaker == Some(Speaker::Client);
        return if another && person.role != Some(Role::Kin) {
            weights.spoken_of_before
        } else {
            0
        };
    }
    // «моя свекровь, она тоже ⟦Светлана⟧» is not the Светлана who says so.
    if scene.writer == Some(index) && mention.also && told.bare {
        return weights.namesake;
    }
    // Several colleagues write for a business, and speak to each other.
    if scene.writer == Some(index) && (!by_staff || scene.introduced) {
        return match (mention.addressed, told.bare) {
            (true, _) => weights.self_called,
            // «это ⟦Оксана⟧, я вчера была у ⟦Оксаны Дмитриевны⟧»
            (false, true) if scene.introduced && mention.role.is_some() => weights.self_called,
            (false, true) => weights.self_by_bare_name,
            (false, false) => weights.self_in_third_person,
        };
    }
    if scene.reader == Some(index) {
        if mention.addressed || mention.inserted {
            return weights.reader_called;
        }
        if by_staff && told.bare {
            return weights.reader_spoken_of;
        }
    }
    0
}

/// What the way of speaking of the person says.
fn agreement_of_speech(index: usize, person: &Person, told: Told, mention: &Mention, scene: &Scene<'_>) -> i32 {
    let weights = scene.weights;
    let mut around = 0;
    let described = |words: &BTreeSet<String>| words.iter().any(|word| person.described.contains(word));
    if told.bare && (described(&mention.described) || described(scene.described)) {
        around += weights.same_description;
    }
    if told.bare && told.short_of_polite {
        around += weights.polite_by_short_name;
    }
    if told.bare && person.seen == scene.message && person.named_fully && !mention.is_self() {
        around += weights.full_then_bare;
    }
    let oblique = mention.asked & cases::NOM == 0;
    if told.bare && oblique && scene.among_staff && person.addressed + 1 == scene.message && !mention.is_full() {
        around += weights.answers_next;
    }
    if told.bare
        && !mention.is_full()
        && scene.writer != Some(index)
        && scene.side().is_some()
        && person.brought_by == scene.side()
    {
        around += weights.brought_by_same_side;
    }
    let goes_on = scene.first && scene.previous == [index] && person.seen + 1 == scene.message;
    if told.bare && goes_on && !mention.is_full() && person.brought_by != scene.side() {
        around += weights.goes_on;
    }
    if mention.addressed && mention.role.is_none() && person.addressed > 0 {
        around += weights.spoken_to_again;
    }
    around
}

/// What topic, neighbours and nearness say.
fn agreement_around(index: usize, person: &Person, told: Told, mention: &Mention, scene: &Scene<'_>) -> i32 {
    let weights = scene.weights;
    let mut around = 0;
    if scene.topic.is_some() && mention.occupation.is_none() && scene.topic == person.occupation.as_deref() {
        around += weights.same_topic;
    }
    if let (Some(topic), Some(own), None) = (scene.topic, person.occupation.as_deref(), mention.occupation)
        && told.bare
        && occupation::compare(topic, own) == Match::Different
    {
        around += weights.other_topic;
    }
    match mention.relation {
        Relation::Listed if scene.before.contains(&index) => around += weights.named_side_by_side,
        Relation::Beside if scene.before.last() == Some(&index) && told.bare && !mention.is_full() => {
            around += weights.listed_beside
        }
        Relation::Same if scene.before.last() == Some(&index) => around += weights.said_to_be,
        Relation::SameClause if scene.before.last() == Some(&index) => around += weights.same_clause,
        _ => {}
    }
    if scene.after == Some(index) {
        around += weights.same_clause;
    }
    if person.another && !mention.another && person.seen + 1 < scene.message {
        around += weights.another;
    }
    if person.seen + RECENT_MESSAGES >= scene.message {
        around += weights.recent;
    }
    around
}
