//! What the words around a name say about the person: role, address, self-introduction, asked case.

use std::collections::BTreeSet;
use std::ops::Range;

use super::Speaker;
use super::asked::Expected;
use super::contrast::{corrects, is_another, is_other_after, recalls};
use super::description;
use super::introduction::{asks_whether, confirms};
use super::neighbour::Relation;
use super::person::{Name, Role, surname_stem};
use super::place::Place;
use super::reading::{Asked, Sense, senses};
use crate::label::Gender;
use crate::name::form::cases;

/// One mention: the ways to read the name, and what surrounds it.
#[derive(Default)]
pub(super) struct Mention {
    /// Likeliest first, never empty.
    pub(super) senses: Vec<Sense>,
    pub(super) role: Option<Role>,
    /// The role is only likely: somebody is spoken to, or gone to.
    pub(super) role_is_hint: bool,
    /// Somebody is spoken to by this name.
    pub(super) addressed: bool,
    /// The speaker says the name is their own.
    pub(super) own: bool,
    /// What the person does, as a stem.
    pub(super) occupation: Option<&'static str>,
    /// What stands beside the name, as stems.
    pub(super) described: BTreeSet<String>,
    /// Whose relative the person is.
    pub(super) kin: Option<&'static str>,
    /// «фамилия ⟦⟧»: the surname of whom the message speaks.
    pub(super) surname_told: bool,
    /// «отчество ⟦⟧»: the same of the patronymic.
    pub(super) patronymic_told: bool,
    /// «⟦⟧ или ⟦⟧?»: one of several that are offered.
    pub(super) alternative: bool,
    /// «бывшая ⟦⟧», «теперь ⟦⟧», «⟦⟧ была»: a surname somebody bore or bears now beside another.
    pub(super) renamed: bool,
    /// Nothing but words of greeting and agreement stands before the name.
    pub(super) opens_answer: bool,
    /// The name is taken for the speaker's own by its place only.
    pub(super) signed: bool,
    /// Somebody of the business says the name is their own.
    pub(super) introduces_staff: bool,
    /// A comma, a bracket or an end stands right after the name.
    pub(super) closed: bool,
    /// The name opens the message.
    pub(super) opens_message: bool,
    /// The name stands between commas, as one calls somebody.
    pub(super) inserted: bool,
    /// Words of recall open the message: «А, ⟦⟧».
    pub(super) recalls: bool,
    /// «другая ⟦⟧»: not the one of that name spoken of so far.
    pub(super) another: bool,
    /// «тоже ⟦⟧»: of one name with somebody of another role.
    pub(super) namesake: bool,
    /// «тоже» stands right before the name.
    pub(super) also: bool,
    /// «нет, к ⟦⟧»: not whom the message before named.
    pub(super) corrects: bool,
    /// What the name before it in the message is to this one.
    pub(super) relation: Relation,
    /// A question mark stands right after the name.
    pub(super) questioned: bool,
    /// «⟦⟧? ⟦⟧?»: asked right after another name.
    pub(super) asked_again: bool,
    /// «⟦⟧ у вас не ⟦⟧ случаем?»
    pub(super) supposed: bool,
    /// «фамилию уточню, ⟦⟧?»: of whom is written to.
    pub(super) supposes_surname: bool,
    /// Nothing of its clause stands before the name.
    pub(super) opens_sentence: bool,
    /// «мы зовём её ⟦⟧»: another name for whom the words before spoke of.
    pub(super) nickname: bool,
    /// Cases the sentence asks for, as bits.
    pub(super) asked: u8,
}

impl Mention {
    /// More than a given name is told.
    pub(super) fn is_full(&self) -> bool {
        self.senses
            .first()
            .is_some_and(|sense| sense.name.has_surname() || sense.name.patronymic.is_some())
    }

    /// More than a given name, were it but an initial.
    pub(super) fn tells_more(&self) -> bool {
        self.is_full() || self.senses.first().is_some_and(|sense| !sense.name.initials.is_empty())
    }

    /// The speaker, not somebody spoken of.
    pub(super) fn is_self(&self) -> bool {
        self.own || self.introduces_staff
    }
}

/// Folded words of a text, without signs.
pub(super) fn words_of(text: &str) -> Vec<String> {
    text.split(|sign: char| !sign.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(crate::decline::fold)
        .collect()
}

/// What is known of a mention beside its text.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Known {
    pub(super) speaker: Option<Speaker>,
    pub(super) expected: Expected,
    /// Cases, as bits, that the names joined to it by «и» allow it.
    pub(super) together: u8,
    /// Byte where the name before it in the message ends.
    pub(super) after_name: Option<usize>,
    /// One of those was read already: it tells the case.
    pub(super) follows: bool,
    /// No client has said a word yet.
    pub(super) among_staff: bool,
    /// The writer has told their name in this message.
    pub(super) introduced: bool,
    /// The writer has told their name, now or before.
    pub(super) told: bool,
}

/// Reads the mention of a person at `range` of `text`.
pub(super) fn read(text: &str, range: &Range<usize>, known: Known) -> Mention {
    let place = Place::of(text, range, known);
    let mut called = place.called();
    if place.tells_rename() {
        // «по мужу ⟦⟧» speaks of the name, not of the husband.
        (called.role, called.kin, called.gender) = (None, None, None);
    }
    let own = place.own(called.role);
    let is_own = own.introduced || own.signed;
    let introduces_staff = place.introduces_staff(called.role);
    let is_self = is_own || introduces_staff;
    let asked = place.asked();
    let agreed = called.gender.or_else(|| place.agreed_gender(asked));
    let inserted = place.is_inserted() && !is_own;
    let spoken_to = place.is_greeted() && called.role.is_none() && !is_self;
    let asked = Asked {
        certain: is_self && !place.is_on_name() || place.is_governed() || place.answers(asked),
        cases: place.settled(asked, is_self),
        vocative: spoken_to || inserted,
    };
    let senses = senses(place.name(), asked, called.gender, agreed);
    let renamed = place.tells_rename();
    let senses = if renamed {
        as_surname(senses, place.name())
    } else {
        senses
    };
    let addressed = spoken_to && may_address(&senses, &place, known.speaker);
    let (role, role_is_hint) = if is_own || place.is_of_reader() {
        (Some(Role::Client), false)
    } else if introduces_staff {
        (Some(Role::Staff), false)
    } else if addressed {
        (place.role_of_addressed(), true)
    } else {
        (called.role, false)
    };
    // Whose somebody is counts where nothing else tells the role.
    let (role, role_is_hint) = match (role, place.role_of_kept()) {
        (None, Some((kept, is_hint))) => (Some(kept), is_hint),
        _ => (role, role_is_hint),
    };
    let right = place.right;
    // «это мама, я ⟦⟧» speaks of the writer, not of the mother.
    let kin = called
        .kin
        .filter(|_| !is_self || place.words.last().is_none_or(|word| word != "я"));
    let also = place.words.last().is_some_and(|word| word == "тоже");
    // «я тоже ⟦Гульнара⟧»; «я тоже ⟦Носков⟧» is of one family.
    let also_self = also && is_self && senses.first().is_some_and(|sense| sense.name.has_given());
    let beside = known.after_name.map_or(place.before(), |_| place.left);
    Mention {
        senses,
        role,
        role_is_hint,
        addressed,
        own: is_own,
        signed: own.signed,
        introduces_staff,
        closed: right.is_empty() || right.starts_with([',', '.', '!', '?', ')', '\n']),
        opens_message: place.opens_message(),
        inserted,
        recalls: recalls(place.before()),
        occupation: called.occupation,
        described: description::of_sides(beside, right),
        kin,
        surname_told: place.tells_surname(),
        patronymic_told: place.tells_patronymic(),
        alternative: place.is_alternative(),
        renamed,
        opens_answer: place.opens_answer(),
        another: is_another(&place.words, role) || is_other_after(right),
        namesake: called.namesake || also_self,
        also,
        corrects: corrects(place.before(), place.name(), &place.words),
        relation: Relation::Apart,
        questioned: right.trim_start().starts_with('?'),
        asked_again: false,
        supposed: place.is_supposed(),
        supposes_surname: place.supposes_surname(),
        opens_sentence: place.words.is_empty(),
        nickname: place.is_nickname(),
        asked: asked.cases,
    }
}

/// «по мужу теперь ⟦Крюгер⟧» is a surname, whatever else the word may be.
fn as_surname(mut senses: Vec<Sense>, surface: &str) -> Vec<Sense> {
    let bare = |sense: &Sense| !sense.name.has_given() && sense.name.patronymic.is_none() && sense.name.has_surname();
    if surface.contains(char::is_whitespace) || senses.first().is_some_and(bare) {
        return senses;
    }
    let name = Name {
        surname: Some(surname_stem(&crate::decline::fold(surface))),
        ..Name::default()
    };
    let sense = Sense {
        name,
        nominative: surface.to_owned(),
        doubt: 0,
        derived: false,
    };
    senses.insert(0, sense);
    senses
}

/// Nobody is spoken to by a bare surname, nor by a name that confirms or is to be confirmed; clients call nobody by
/// name and surname.
fn may_address(senses: &[Sense], place: &Place<'_>, speaker: Option<Speaker>) -> bool {
    let likeliest = senses.first().map(|sense| &sense.name);
    let bare_surname = likeliest.is_some_and(|name| !name.has_given() && name.patronymic.is_none());
    let full = speaker == Some(Speaker::Client) && likeliest.is_some_and(Name::has_surname);
    !bare_surname && !full && !confirms(&place.words, place.right) && !asks_whether(place.right)
}

/// A mention without surroundings: a name known beforehand.
pub(super) fn introduced(value: &str, gender: Option<Gender>) -> Mention {
    let asked = Asked {
        cases: cases::NOM,
        ..Asked::default()
    };
    let mut senses = senses(value, asked, gender, gender);
    senses.truncate(1);
    for sense in &mut senses {
        sense.nominative = value.to_owned();
    }
    Mention {
        senses,
        asked: cases::NOM,
        ..Mention::default()
    }
}
