//! Who is who: mentions of one person under all the forms of the name are one, two namesakes stay two.

use std::collections::BTreeSet;

use super::Speaker;
use super::mention::Mention;
use super::neighbour::Relation;
use super::occupation::{self, Match};
use super::person::{Name, Person, Role};

/// A mention of less agreement with everybody known is somebody new.
const AGREEMENT_MIN: i32 = 1;
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
const STAFF_OR_NOT_SPOKEN: i32 = -7;
/// A client and a relative of one name: rare, but told apart by the word «муж».
const CLIENT_OR_KIN: i32 = -4;
/// The same where nothing but the surname is told: it is the family's.
const FAMILY_SURNAME: i32 = -8;
/// A client seldom speaks of themself by name.
const SELF_IN_THIRD_PERSON: i32 = -3;
/// A client does not call themself.
const SELF_CALLED: i32 = -5;
/// The same name twice in one message after «и» or «или» is two people.
const NAMED_SIDE_BY_SIDE: i32 = -16;
/// Two names in one clause are seldom of one person.
const SAME_CLAUSE: i32 = -10;
/// «Игорь это Игорь Тропин?»
const SAID_TO_BE: i32 = 5;
/// «нет, к Анне» is not the Anna the message before named.
const CORRECTED: i32 = -8;
/// Occupations that go together, or do not.
const SAME_OCCUPATION: i32 = 3;
const NEAR_OCCUPATION: i32 = 1;
const OTHER_OCCUPATION: i32 = -10;
/// «мне бровиста», and then a name.
const SAME_TOPIC: i32 = 2;
/// A person once told apart as «the other one» is not meant by the bare name.
const ANOTHER: i32 = -1;
/// Nobody speaks to a person and of that person in one message.
const SPOKEN_TO_AND_OF: i32 = -12;
/// Among colleagues, who was called once is called again.
const SPOKEN_TO_AGAIN: i32 = 3;
/// Mentioned lately.
const RECENT: i32 = 1;
/// Messages that count as lately.
const RECENT_MESSAGES: u32 = 2;
/// A given name that begins with the initial of somebody named lately by surname and initials.
const SAME_INITIAL_ONLY: i32 = 2;
/// A bare surname said as one's own completes what is known of the speaker.
const OWN_SURNAME: i32 = 5;
/// The missing part of a name that was asked for, or that explains the name right before it.
const ANSWER: i32 = 5;
/// «доктор Вайнштейн» in answer to «Инесса Робертовна принимает?».
const TITLED_SURNAME: i32 = 5;

/// Where and by whom a mention is made.
pub(super) struct Scene<'a> {
    pub(super) speaker: Option<Speaker>,
    /// Number of the message.
    pub(super) message: u32,
    /// People named right before in the same clause or list, the last one last.
    pub(super) before: &'a [usize],
    /// Whom the next name of the same clause means beyond doubt.
    pub(super) after: Option<usize>,
    /// People whose names were asked for.
    pub(super) asked: &'a [usize],
    /// Occupation spoken of lately, as a stem.
    pub(super) topic: Option<&'a str>,
    /// The first name of its message.
    pub(super) first: bool,
}

/// Somebody known, and the sense of the mention that fits.
pub(super) struct Resolved {
    pub(super) person: usize,
    pub(super) sense: usize,
    /// `None` keeps the name of the person, `Some(n)` puts spare sense `n` in its place.
    pub(super) spare: Option<usize>,
    /// The mention tells a part of the name that was not known.
    pub(super) completes: bool,
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
        .filter_map(|index| best_reading(*index, people.get(*index)?, mention, scene))
        .filter(|found| found.total >= AGREEMENT_MIN)
        .collect();
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
        (found.total, person.seen, place)
    })
}

/// How the mention fits one person best.
fn best_reading(index: usize, person: &Person, mention: &Mention, scene: &Scene<'_>) -> Option<Resolved> {
    let around = agreement_around(index, person, mention, scene);
    let mut best: Option<Resolved> = None;
    for (sense, meant) in mention.senses.iter().enumerate() {
        let names = std::iter::once((None, &person.name))
            .chain(person.spare.iter().enumerate().map(|(spare, name)| (Some(spare), name)));
        for (spare, name) in names {
            let by_name = name.fit(&meant.name);
            let completes = by_name.is_none();
            let Some(fit) = by_name.or_else(|| complements(index, person, name, &meant.name, mention, scene)) else {
                continue;
            };
            let doubt = meant.doubt + i32::from(spare.is_some()) * 2;
            let total = fit - doubt + around + agreement_of_roles(person, name, &meant.name, mention, scene.message);
            if best.as_ref().is_none_or(|known| total > known.total) {
                best = Some(Resolved {
                    person: index,
                    sense,
                    spare,
                    completes,
                    total,
                });
            }
        }
    }
    best
}

/// What a name with no part in common tells of a person whose name lacks that very part.
fn complements(
    index: usize,
    person: &Person,
    name: &Name,
    meant: &Name,
    mention: &Mention,
    scene: &Scene<'_>,
) -> Option<i32> {
    if name.gender().is_some() && meant.gender().is_some() && name.gender() != meant.gender() {
        return None;
    }
    let bare_surname = meant.has_surname() && !meant.has_given() && meant.patronymic.is_none();
    let bare_given = meant.has_given() && !meant.has_surname();
    let lacks_surname = bare_surname && !name.has_surname() && name.has_given();
    let lacks_given = bare_given && !name.has_given() && name.has_surname();
    if mention.own && person.role == Some(Role::Client) && (!name.has_surname() && bare_surname || lacks_given) {
        return Some(OWN_SURNAME);
    }
    let explains = mention.relation == Relation::Explained && scene.before.last() == Some(&index);
    if (lacks_surname || lacks_given) && !mention.addressed && (explains || scene.asked.contains(&index)) {
        return Some(ANSWER);
    }
    let titled = mention.occupation.is_some()
        && scene.first
        && lacks_surname
        && name.patronymic.is_some()
        && !matches!(person.role, Some(Role::Client | Role::Kin))
        && person.seen + 1 == scene.message;
    if titled {
        return Some(TITLED_SURNAME);
    }
    let begins = name
        .initials
        .first()
        .is_some_and(|initial| meant.full.iter().any(|full| full.starts_with(*initial)));
    (lacks_given && begins && person.seen + RECENT_MESSAGES >= scene.message).then_some(SAME_INITIAL_ONLY)
}

/// Only what both names tell beyond the given name outweighs the roles.
fn is_full(name: &Name, meant: &Name) -> bool {
    let surname = name.has_surname() && meant.has_surname();
    let patronymic = name.patronymic.is_some() && meant.patronymic.is_some();
    (surname || patronymic) && name.has_given() && meant.has_given()
}

/// What the roles of both say.
fn agreement_of_roles(person: &Person, name: &Name, meant: &Name, mention: &Mention, message: u32) -> i32 {
    let full = is_full(name, meant);
    let surname = name.has_surname() && meant.has_surname();
    let only_surname = surname && !(name.has_given() && meant.has_given());
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
            STAFF_OR_NOT
        }
        _ => 0,
    };
    if let (Some(one), Some(two)) = (&person.occupation, mention.occupation) {
        agreement += match occupation::compare(one, two) {
            Match::Same => SAME_OCCUPATION,
            Match::Near => NEAR_OCCUPATION,
            Match::Different if full => 0,
            Match::Different => OTHER_OCCUPATION,
        };
    }
    // Before the first message nobody has been spoken to.
    if message > 0 && person.addressed == message && !mention.addressed && !full && !surname {
        agreement += SPOKEN_TO_AND_OF;
    }
    if mention.corrects && person.seen + 1 == message && !full {
        agreement += CORRECTED;
    }
    agreement
}

/// What speaker, neighbours and nearness say, apart from name and role.
fn agreement_around(index: usize, person: &Person, mention: &Mention, scene: &Scene<'_>) -> i32 {
    let by_client = scene.speaker == Some(Speaker::Client);
    let mut around = 0;
    if scene.topic.is_some() && mention.occupation.is_none() && scene.topic == person.occupation.as_deref() {
        around += SAME_TOPIC;
    }
    let is_client = person.role == Some(Role::Client) && !person.role_is_hint;
    if by_client && is_client && !mention.own && mention.role.is_none() {
        around += SELF_IN_THIRD_PERSON;
    }
    if by_client && mention.addressed && is_client && !mention.own {
        around += SELF_CALLED - SELF_IN_THIRD_PERSON;
    }
    if mention.addressed && mention.role.is_none() && person.addressed > 0 {
        around += SPOKEN_TO_AGAIN;
    }
    match mention.relation {
        Relation::Listed if scene.before.contains(&index) => around += NAMED_SIDE_BY_SIDE,
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
