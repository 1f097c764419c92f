//! What the words around a name say about the person: role, address, self-introduction, asked case.

use std::collections::BTreeSet;
use std::ops::Range;

use super::Speaker;
use super::asked::Expected;
use super::contrast::{corrects, is_another, is_namesake, is_other_after, recalls};
use super::introduction::{
    GREETING, asks, asks_whether, confirms, describes_self, introduces_staff, is_own, is_polite, says_among_staff,
    says_who_writes, signs, signs_message,
};
use super::neighbour::Relation;
use super::person::Role;
use super::reading::{Asked, Sense, can_be_nominative, cases_of, senses};
use super::role::{
    explains_name_before, kin_after, occupation_beside, possessed, role_after, role_beside, role_in_sentence_before,
};
use super::{agreement, description, occupation};
use crate::decline::{case_between, governed_after};
use crate::label::{Case, Gender};
use crate::name::form::cases;

/// Prepositions of one case, right before a name.
const GOVERNING: &[&str] = &["к", "ко", "у", "от", "для", "без", "про", "кроме", "вместо"];

/// One mention: the ways to read the name, and what surrounds it.
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
    /// «нет, к ⟦⟧»: not whom the message before named.
    pub(super) corrects: bool,
    /// What the name before it in the message is to this one.
    pub(super) relation: Relation,
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

    /// The speaker, not somebody spoken of.
    pub(super) fn is_self(&self) -> bool {
        self.own || self.introduces_staff
    }
}

/// So much of the text on each side of a name is looked at: longer than any sentence of a chat.
const SURROUNDINGS_BYTES: usize = 600;

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
    let Known {
        speaker,
        expected,
        together,
        follows,
        among_staff,
        introduced: named,
        told,
        after_name,
    } = known;
    let (whole, at) = (text, range);
    let (text, range) = &surroundings(text, range);
    let left = crate::decline::clause_of(&text[..range.start]);
    let right = &text[range.end..];
    let words = words_of(left);
    let explained = after_name
        .and_then(|end| whole.get(end..at.start))
        .is_some_and(explains_name_before);
    let surname_told = words.last().is_some_and(|word| word.starts_with("фамили"));
    let (mut role, mut gender, mut kin) = if explained {
        (None, None, None)
    } else {
        role_beside(left, &words, &text[range.clone()])
    };
    kin = kin.or_else(|| kin_after(right));
    if speaker == Some(Speaker::Client) && words.last().is_some_and(|word| word == "я") {
        role = None;
    }
    role = role.or_else(|| role_after(right, speaker)).or_else(|| {
        let stands_alone = words.is_empty() && right.starts_with([',', '.', '\n']) && speaker == Some(Speaker::Client);
        stands_alone
            .then(|| role_in_sentence_before(&text[..range.start]))
            .flatten()
    });
    let occupation = occupation_beside(left, &words, right);
    let namesake = is_namesake(&words, left);
    let occupation = occupation.or_else(|| {
        // «кардиолог у нас тоже ⟦⟧»
        namesake
            .then(|| words.iter().find_map(|word| occupation::of_word(word)))
            .flatten()
    });
    if role.is_none() && occupation.is_some() {
        role = Some(Role::Staff);
    }
    gender = gender.or(occupation
        .filter(|stem| occupation::is_woman(stem))
        .map(|_| Gender::Female));
    let describes = speaker == Some(Speaker::Client) && describes_self(&words, left);
    let may_be_own = (role.is_none() || describes || says_who_writes(&words, right))
        && speaker != Some(Speaker::Staff)
        && !named
        && !(surname_told && after_name.is_some());
    let introduced = may_be_own && (describes || is_own(text, range, &words, speaker, expected));
    let signed = may_be_own
        && !introduced
        && speaker == Some(Speaker::Client)
        && expected != Expected::OtherName
        && !asks(right)
        && signs(text, range, &words, !told);
    let own = introduced || signed;
    let mut asked = case_bits(case_between(&text[..range.start], right, None));
    if asked == cases::NOM
        && let Some(object) = governed_after(right)
    {
        // «Евгению записала первой»: no subject, so the verb says what the form before it is.
        asked |= case_bits(object);
    }
    let told_gender = gender;
    if gender.is_none() && !matches!(words.last().map(String::as_str), Some(last) if GOVERNING.contains(&last)) {
        let predicate = if asked & cases::NOM != 0 && can_be_nominative(&text[range.clone()]) {
            agreement::after(right, speaker)
        } else {
            None
        };
        gender = predicate.or_else(|| agreement::before(left, speaker));
    }
    gender = gender.or_else(|| agreement::at_end(right));
    let introduces_staff = speaker == Some(Speaker::Staff)
        && (matches!(role, None | Some(Role::Staff)) && introduces_staff(&words, right)
            || matches!(role, None | Some(Role::Staff)) && signs_message(text, range, &words));
    // «Хакимова», «Хакимова, на завтра» is nobody in an oblique case.
    let answers = speaker == Some(Speaker::Client)
        && range.start == text.len() - text.trim_start().len()
        && (right.trim().is_empty() || right.starts_with([',', '.']))
        && asked & cases::NOM != 0;
    let governed = words.last().is_some_and(|word| GOVERNING.contains(&word.as_str()));
    let shared = together & cases_of(&text[range.clone()]);
    if own
        || introduces_staff
        || matches!(words.as_slice(), [.., subject, not] if not == "не" && (subject == "это" || subject == "я"))
    {
        asked = cases::NOM;
    } else if !governed && shared != 0 && (shared & asked == 0 || follows) {
        asked = shared;
    }
    let greeted = words.iter().all(|word| GREETING.begins(word));
    let closed = right.starts_with([',', '!', '.']) && !words.is_empty() || right.starts_with([',', '!']);
    let closed = closed || right.trim().is_empty() && !words.is_empty();
    let spoken_to = greeted && closed && role.is_none() && !own && !introduces_staff;
    let inserted =
        left.trim_end().ends_with(',') && (right.trim().is_empty() || right.starts_with([',', '!', '.', '?']));
    let vocative = spoken_to || inserted && !own;
    let asked = Asked {
        cases: asked,
        certain: own || introduces_staff || governed || answers,
        vocative,
    };
    let senses = senses(&text[range.clone()], asked, told_gender, gender);
    let bare_surname = senses
        .first()
        .is_some_and(|sense| !sense.name.has_given() && sense.name.patronymic.is_none());
    // Nobody is spoken to by a bare surname, nor by a name that confirms or is to be confirmed.
    let surname_first =
        speaker == Some(Speaker::Client) && senses.first().is_some_and(|sense| sense.name.has_surname());
    let addressed = spoken_to && !surname_first && !bare_surname && !confirms(&words, right) && !asks_whether(right);
    let mut role_is_hint = false;
    let last = words.last().map(String::as_str).unwrap_or_default();
    if own || speaker == Some(Speaker::Staff) && last == "вы" {
        role = Some(Role::Client);
    } else if introduces_staff {
        role = Some(Role::Staff);
    } else if addressed && speaker == Some(Speaker::Staff) {
        // Colleagues who speak to each other are told by no client being there.
        let among = among_staff && !is_polite(text);
        role = if says_among_staff(text) {
            Some(Role::Staff)
        } else {
            (!among).then_some(Role::Client)
        };
        role_is_hint = true;
    } else if addressed && speaker == Some(Speaker::Client) {
        role = Some(Role::Staff);
        role_is_hint = true;
    }
    if role.is_none()
        && let Some(told) = possessed(&words, right, &text[range.clone()], speaker)
    {
        role = Some(told);
        role_is_hint = told == Role::Kin && speaker == Some(Speaker::Staff);
    }
    if matches!(last, "к" | "ко" | "у") && role.is_none() && !left.trim_end().ends_with(',') {
        role = Some(Role::Staff);
        // «у ⟦Сени⟧ болит зуб», «ключ у ⟦Ларисы⟧» are no appointments.
        role_is_hint = last == "у";
    }
    Mention {
        senses,
        role,
        role_is_hint,
        addressed,
        own,
        signed,
        introduces_staff,
        closed: right.is_empty() || right.starts_with([',', '.', '!', '?', ')', '\n']),
        opens_message: words_of(&text[..range.start])
            .iter()
            .all(|word| GOVERNING.contains(&word.as_str())),
        inserted: inserted && !own,
        recalls: recalls(&text[..range.start]),
        occupation,
        described: description::of_sides(after_name.map_or(&text[..range.start], |_| left), right),
        kin,
        surname_told,
        another: is_another(&words, role) || is_other_after(right),
        namesake,
        corrects: corrects(text, range, &words),
        relation: Relation::Apart,
        asked: asked.cases,
    }
}

/// The nearest part of a text, and the range within it.
fn surroundings<'t>(text: &'t str, range: &Range<usize>) -> (&'t str, Range<usize>) {
    let mut start = range.start.saturating_sub(SURROUNDINGS_BYTES);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    let mut end = (range.end + SURROUNDINGS_BYTES).min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    (&text[start..end], range.start - start..range.end - start)
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
        role: None,
        role_is_hint: false,
        addressed: false,
        own: false,
        signed: false,
        introduces_staff: false,
        closed: false,
        opens_message: false,
        inserted: false,
        recalls: false,
        occupation: None,
        described: BTreeSet::new(),
        kin: None,
        surname_told: false,
        another: false,
        namesake: false,
        corrects: false,
        relation: Relation::Apart,
        asked: cases::NOM,
    }
}

fn case_bits(case: Case) -> u8 {
    match case {
        Case::Nominative => cases::NOM,
        Case::Genitive => cases::GEN,
        Case::Dative => cases::DAT,
        Case::Accusative => cases::ACC,
        Case::Instrumental => cases::INS,
        Case::Locative => cases::LOC,
    }
}
