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

/// The same role on both sides.
const SAME_ROLE: i32 = 3;
/// An employee is not a client and not a client's relative, unless the full name says so.
const STAFF_OR_NOT: i32 = -9;
const STAFF_OR_NOT_FULL_NAME: i32 = -4;
/// The same where both are met by a surname: families share it, and namesakes do.
const STAFF_OR_NOT_SURNAME: i32 = -6;
/// The same where the words around only hint.
const STAFF_OR_NOT_PERHAPS: i32 = -4;
/// The same where the person's role is what words around a mention hinted at.
const STAFF_OR_NOT_SPOKEN: i32 = -5;
/// «⟦Илье⟧? Мастер ⟦Илья⟧ забыл»: no role was told in the same message before.
const STAFF_OR_UNTOLD: i32 = -4;
/// A client and a relative of one name: rare, but told apart by the word «муж».
const CLIENT_OR_KIN: i32 = -4;
/// The same where nothing but the surname is told: it is the family's.
const FAMILY_SURNAME: i32 = -8;
/// Writers seldom speak of themselves by name, least of all by the bare one.
const SELF_IN_THIRD_PERSON: i32 = -1;
const SELF_BY_BARE_NAME: i32 = -3;
/// Nobody calls themself.
const SELF_CALLED: i32 = -7;
/// Who writes is called.
const READER_CALLED: i32 = 3;
/// Who is written to is rarely spoken of.
const READER_SPOKEN_OF: i32 = -3;
/// «алексею отдавал» was said before «я алексей».
const SPOKEN_OF_BEFORE: i32 = -12;
/// The same name twice in one message after «и» or «или» is two people.
const NAMED_SIDE_BY_SIDE: i32 = -16;
/// Two names in one clause are seldom of one person.
const SAME_CLAUSE: i32 = -10;
/// «Игорь это Игорь Тропин?»
const SAID_TO_BE: i32 = 5;
/// «нет, к Анне» is not the Anna the message before named.
const CORRECTED: i32 = -12;
/// «у нас мастер тоже Алина».
pub(super) const NAMESAKE: i32 = -16;
/// Relations that are the same, or are not.
const SAME_KIN: i32 = 2;
const OTHER_KIN: i32 = -6;
/// Two full names of one message are two people.
const NAMED_FULLY_TWICE: i32 = -8;
/// Occupations that go together, or do not.
const SAME_OCCUPATION: i32 = 3;
const NEAR_OCCUPATION: i32 = 1;
const OTHER_OCCUPATION: i32 = -12;
/// «мне бровиста», and then a name.
const SAME_TOPIC: i32 = 4;
/// A person once told apart as «the other one» is not meant by the bare name.
const ANOTHER: i32 = -1;
/// Nobody speaks to a person and of that person in one message.
const SPOKEN_TO_AND_OF: i32 = -16;
/// Among colleagues, who was called once is called again.
const SPOKEN_TO_AGAIN: i32 = 3;
/// Somebody known by the patronymic is seldom called by a form of affection.
const POLITE_BY_SHORT_NAME: i32 = -2;
/// «Светлана Павловна с утра, светик в 12»
const FULL_THEN_BARE: i32 = -2;
/// A colleague who was called answers next, and does not speak of themself.
const ANSWERS_NEXT: i32 = -6;
/// «кузовной который», and then «Сергей по кузову».
const SAME_DESCRIPTION: i32 = 2;
/// «Одинцова, Татьяна»: two people of a list.
const LISTED_BESIDE: i32 = -6;
/// The side that spoke of the person first speaks again.
const BROUGHT_BY_SAME_SIDE: i32 = 2;
/// Mentioned lately.
const RECENT: i32 = 1;
/// Messages that count as lately.
/// Messages that count as lately.
pub(super) const RECENT_MESSAGES: u32 = 2;

/// What two names have in common.
#[derive(Clone, Copy)]
pub(super) struct Told {
    /// More than the given name, and the given name: this outweighs the roles.
    full: bool,
    pub(super) surname: bool,
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
    agreement_of_roles(person, told, mention, scene.message)
        + agreement_of_relations(person, told, mention)
        + agreement_of_writers(index, person, told, mention, scene)
        + agreement_of_speech(index, person, told, mention, scene)
        + agreement_around(index, person, told, mention, scene)
}

/// What the roles of both say.
fn agreement_of_roles(person: &Person, told: Told, mention: &Mention, message: u32) -> i32 {
    let Told {
        full,
        surname,
        only_surname,
        bare,
        ..
    } = told;
    let hint = mention.role_is_hint;
    let mut agreement = match (person.role, mention.role) {
        (Some(one), Some(two)) if one == two => SAME_ROLE,
        (Some(Role::Client) | None, Some(Role::Kin)) | (Some(Role::Kin), Some(Role::Client))
            if person.seen == message && !mention.signed =>
        {
            NAMED_SIDE_BY_SIDE
        }
        (Some(Role::Client), Some(Role::Kin)) | (Some(Role::Kin), Some(Role::Client)) if !only_surname || hint => {
            CLIENT_OR_KIN
        }
        (Some(Role::Client), Some(Role::Kin)) | (Some(Role::Kin), Some(Role::Client)) => FAMILY_SURNAME,
        (Some(_), Some(_)) if full => STAFF_OR_NOT_FULL_NAME,
        (Some(_), Some(_)) if hint => STAFF_OR_NOT_PERHAPS,
        (Some(_), Some(_)) if surname => STAFF_OR_NOT_SURNAME,
        (Some(_), Some(_)) if person.role_is_hint => STAFF_OR_NOT_SPOKEN,
        (Some(_), Some(_)) => STAFF_OR_NOT,
        (None, Some(Role::Staff)) if person.seen == message && !full && mention.relation != Relation::Same => {
            STAFF_OR_UNTOLD
        }
        _ => 0,
    };
    if bare && person.seen == message && person.named_fully && mention.is_full() && mention.relation != Relation::Same {
        // «⟦Денис Ильгизович⟧ по кузову. По подвеске ⟦Денис Лукьянов⟧»
        agreement += NAMED_FULLY_TWICE;
    }
    if mention.namesake && (mention.role.is_none() || person.role != mention.role) {
        agreement += NAMESAKE;
    }
    // Before the first message nobody has been spoken to.
    if message > 0 && person.addressed == message && !mention.addressed && !full && !surname {
        agreement += SPOKEN_TO_AND_OF;
    }
    if mention.corrects && (bare || surname) && person.seen + 1 == message && !full {
        agreement += CORRECTED;
    }
    agreement
}

/// What occupations and relations say.
fn agreement_of_relations(person: &Person, told: Told, mention: &Mention) -> i32 {
    let full = told.full;
    let mut agreement = 0;
    if let (Some(one), Some(two)) = (&person.occupation, mention.occupation) {
        agreement += match occupation::compare(one, two) {
            Match::Same => SAME_OCCUPATION,
            Match::Near => NEAR_OCCUPATION,
            Match::Different if full => 0,
            Match::Different => OTHER_OCCUPATION,
        };
    }
    if let (Some(one), Some(two)) = (person.kin.as_deref(), mention.kin) {
        if kinship::go_together(one, two) {
            agreement += SAME_KIN;
        } else if !full {
            agreement += OTHER_KIN;
        }
    }
    agreement
}

/// What it tells that the person writes, or is written to.
fn agreement_of_writers(index: usize, person: &Person, told: Told, mention: &Mention, scene: &Scene<'_>) -> i32 {
    let by_staff = scene.speaker == Some(Speaker::Staff);
    if mention.is_self() {
        let another = person.spoken_of && told.bare && scene.speaker == Some(Speaker::Client);
        return if another && person.role != Some(Role::Kin) {
            SPOKEN_OF_BEFORE
        } else {
            0
        };
    }
    // Several colleagues write for a business, and speak to each other.
    if scene.writer == Some(index) && (!by_staff || scene.introduced) {
        return match (mention.addressed, told.bare) {
            (true, _) => SELF_CALLED,
            // «это ⟦Оксана⟧, я вчера была у ⟦Оксаны Дмитриевны⟧»
            (false, true) if scene.introduced && mention.role.is_some() => SELF_CALLED,
            (false, true) => SELF_BY_BARE_NAME,
            (false, false) => SELF_IN_THIRD_PERSON,
        };
    }
    if scene.reader == Some(index) {
        if mention.addressed || mention.inserted {
            return READER_CALLED;
        }
        if by_staff && told.bare {
            return READER_SPOKEN_OF;
        }
    }
    0
}

/// What the way of speaking of the person says.
fn agreement_of_speech(index: usize, person: &Person, told: Told, mention: &Mention, scene: &Scene<'_>) -> i32 {
    let mut around = 0;
    let described = |words: &BTreeSet<String>| words.iter().any(|word| person.described.contains(word));
    if told.bare && (described(&mention.described) || described(scene.described)) {
        around += SAME_DESCRIPTION;
    }
    if told.bare && told.short_of_polite {
        around += POLITE_BY_SHORT_NAME;
    }
    if told.bare && person.seen == scene.message && person.named_fully && !mention.is_self() {
        around += FULL_THEN_BARE;
    }
    let oblique = mention.asked & cases::NOM == 0;
    if told.bare && oblique && scene.among_staff && person.addressed + 1 == scene.message && !mention.is_full() {
        around += ANSWERS_NEXT;
    }
    if told.bare && !mention.is_full() && scene.writer != Some(index) && person.brought_by == scene.side() {
        around += BROUGHT_BY_SAME_SIDE;
    }
    if mention.addressed && mention.role.is_none() && person.addressed > 0 {
        around += SPOKEN_TO_AGAIN;
    }
    around
}

/// What topic, neighbours and nearness say.
fn agreement_around(index: usize, person: &Person, told: Told, mention: &Mention, scene: &Scene<'_>) -> i32 {
    let mut around = 0;
    if scene.topic.is_some() && mention.occupation.is_none() && scene.topic == person.occupation.as_deref() {
        around += SAME_TOPIC;
    }
    match mention.relation {
        Relation::Listed if scene.before.contains(&index) => around += NAMED_SIDE_BY_SIDE,
        Relation::Beside if scene.before.last() == Some(&index) && told.bare && !mention.is_full() => {
            around += LISTED_BESIDE
        }
        Relation::Same if scene.before.last() == Some(&index) => around += SAID_TO_BE,
        Relation::SameClause if scene.before.last() == Some(&index) => around += SAME_CLAUSE,
        _ => {}
    }
    if scene.after == Some(index) {
        around += SAME_CLAUSE;
    }
    if person.another && !mention.another {
        around += ANOTHER;
    }
    if person.seen + RECENT_MESSAGES >= scene.message {
        around += RECENT;
    }
    around
}
