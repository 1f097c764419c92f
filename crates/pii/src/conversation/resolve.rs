//! Who is who: mentions of one person under all the forms of the name are one, two namesakes stay two.

use std::collections::BTreeSet;

use super::Speaker;
use super::mention::Mention;
use super::person::{Person, Role};

/// A mention of less agreement with everybody known is somebody new.
const AGREEMENT_MIN: i32 = 1;
/// The same role on both sides.
const SAME_ROLE: i32 = 3;
/// An employee is not a client and not a client's relative, unless the full name says so.
const STAFF_OR_NOT: i32 = -9;
const STAFF_OR_NOT_FULL_NAME: i32 = -4;
/// The same where the words around only hint.
const STAFF_OR_NOT_PERHAPS: i32 = -4;
/// A client and a relative of one name: rare, but told apart by the word «муж».
const CLIENT_OR_KIN: i32 = -4;
/// A client seldom speaks of themself by name.
const SELF_IN_THIRD_PERSON: i32 = -3;
/// A client does not call themself.
const SELF_CALLED: i32 = -5;
/// The same name twice in one message after «и» or «или» is two people.
const NAMED_SIDE_BY_SIDE: i32 = -16;
/// Nobody speaks to a person and of that person in one message.
const SPOKEN_TO_AND_OF: i32 = -12;
/// Mentioned lately.
const RECENT: i32 = 1;
/// Messages that count as lately.
const RECENT_MESSAGES: u32 = 2;
/// A bare surname said as one's own completes what is known of the speaker.
const OWN_SURNAME: i32 = 5;

/// Somebody known, and the sense of the mention that fits.
pub(super) struct Resolved {
    pub(super) person: usize,
    pub(super) sense: usize,
    /// `None` keeps the name of the person, `Some(n)` puts spare sense `n` in its place.
    pub(super) spare: Option<usize>,
}

/// The person a mention speaks of, or `None` for somebody new. `candidates`: whom to compare; `message`: number of the
/// message.
pub(super) fn resolve(
    people: &[Person],
    candidates: &BTreeSet<usize>,
    mention: &Mention,
    speaker: Option<Speaker>,
    message: u32,
) -> Option<Resolved> {
    let mut best: Option<(i32, u32, Resolved)> = None;
    for (index, person) in candidates
        .iter()
        .filter_map(|index| Some((*index, people.get(*index)?)))
    {
        let around = agreement_around(person, mention, speaker, message);
        for (sense, meant) in mention.senses.iter().enumerate() {
            let names = std::iter::once((None, &person.name))
                .chain(person.spare.iter().enumerate().map(|(spare, name)| (Some(spare), name)));
            for (spare, name) in names {
                let own_surname = mention.own
                    && person.role == Some(Role::Client)
                    && !name.has_surname()
                    && !meant.name.has_given()
                    && meant.name.has_surname();
                let Some(fit) = name.fit(&meant.name).or(own_surname.then_some(OWN_SURNAME)) else {
                    continue;
                };
                let doubt = meant.doubt + i32::from(spare.is_some()) * 2;
                let total = fit - doubt + around;
                let better = best
                    .as_ref()
                    .is_none_or(|(known, seen, _)| (total, person.seen) > (*known, *seen));
                if total >= AGREEMENT_MIN && better {
                    best = Some((
                        total,
                        person.seen,
                        Resolved {
                            person: index,
                            sense,
                            spare,
                        },
                    ));
                }
            }
        }
    }
    best.map(|(.., resolved)| resolved)
}

/// What roles, speaker and nearness say, apart from the name.
fn agreement_around(person: &Person, mention: &Mention, speaker: Option<Speaker>, message: u32) -> i32 {
    let by_client = speaker == Some(Speaker::Client);
    // Only what both names tell beyond the given name outweighs the roles.
    let full = mention.senses.iter().any(|sense| {
        person.name.has_surname() && sense.name.has_surname()
            || person.name.patronymic.is_some() && sense.name.patronymic.is_some()
    });
    let mut around = match (person.role, mention.role) {
        (Some(one), Some(two)) if one == two => SAME_ROLE,
        (Some(Role::Client) | None, Some(Role::Kin)) | (Some(Role::Kin), Some(Role::Client))
            if person.seen == message =>
        {
            NAMED_SIDE_BY_SIDE
        }
        (Some(Role::Client), Some(Role::Kin)) | (Some(Role::Kin), Some(Role::Client)) => CLIENT_OR_KIN,
        (Some(_), Some(_)) if full => STAFF_OR_NOT_FULL_NAME,
        (Some(_), Some(_)) if mention.role_is_hint => STAFF_OR_NOT_PERHAPS,
        (Some(_), Some(_)) => STAFF_OR_NOT,
        (None, Some(Role::Staff)) if person.seen == message && !full => STAFF_OR_NOT,
        _ => 0,
    };
    if by_client && person.role == Some(Role::Client) && !mention.own && mention.role.is_none() {
        around += SELF_IN_THIRD_PERSON;
    }
    if by_client && mention.addressed && person.role == Some(Role::Client) && !mention.own {
        around += SELF_CALLED - SELF_IN_THIRD_PERSON;
    }
    if person.addressed == message && !mention.addressed && !full {
        around += SPOKEN_TO_AND_OF;
    }
    if mention.side_by_side && person.seen == message {
        around += NAMED_SIDE_BY_SIDE;
    }
    if person.seen + RECENT_MESSAGES >= message {
        around += RECENT;
    }
    around
}
