//! What the words around a name say about the person: role, address, self-introduction, asked case.

use std::ops::Range;

use super::Speaker;
use super::asked::Expected;
use super::introduction::{
    GREETING, asks, asks_whether, confirms, introduces_staff, is_own, is_polite, says_among_staff, signs,
};
use super::neighbour::Relation;
use super::person::Role;
use super::reading::{Asked, Sense, can_be_nominative, cases_of, senses};
use super::role::{occupation_beside, relative, role_after, role_beside};
use super::{agreement, occupation};
use crate::decline::{case_between, governed_after};
use crate::label::{Case, Gender};
use crate::name::form::cases;

/// Words between «нет» and the name that is meant in place of another.
const CORRECTING: &[&str] = &[
    "к",
    "ко",
    "у",
    "с",
    "это",
    "мне",
    "нам",
    "на",
    "я",
    "меня",
    "зовут",
    "хочу",
    "надо",
];
/// Prepositions of one case, right before a name.
const GOVERNING: &[&str] = &["к", "ко", "у", "от", "для", "без", "про", "кроме", "вместо"];
/// Words that part namesakes.
const OTHER: &[&str] = &[
    "другой",
    "другая",
    "другого",
    "другую",
    "другому",
    "другим",
    "второй",
    "вторая",
    "второго",
    "вторую",
    "второму",
    "вторым",
    "тезка",
    "тезку",
];

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
    /// The name is taken for the speaker's own by its place only.
    pub(super) signed: bool,
    /// «другая ⟦⟧»: not the one of that name spoken of so far.
    pub(super) another: bool,
    /// «нет, к ⟦⟧»: not whom the message before named.
    pub(super) corrects: bool,
    /// What the name before it in the message is to this one.
    pub(super) relation: Relation,
    /// Cases the sentence asks for, as bits.
    pub(super) asked: u8,
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
    /// One of those was read already: it tells the case.
    pub(super) follows: bool,
    /// No client has said a word yet.
    pub(super) among_staff: bool,
}

/// Reads the mention of a person at `range` of `text`.
pub(super) fn read(text: &str, range: &Range<usize>, known: Known) -> Mention {
    let Known {
        speaker,
        expected,
        together,
        follows,
        among_staff,
    } = known;
    let (text, range) = &surroundings(text, range);
    let left = crate::decline::clause_of(&text[..range.start]);
    let right = &text[range.end..];
    let words = words_of(left);
    let (mut role, mut gender) = role_beside(left, &words, &text[range.clone()]);
    role = role.or_else(|| role_after(right, speaker));
    let occupation = occupation_beside(left, &words, right);
    if role.is_none() && occupation.is_some() {
        role = Some(Role::Staff);
    }
    gender = gender.or(occupation
        .filter(|stem| occupation::is_woman(stem))
        .map(|_| Gender::Female));
    let may_be_own = role.is_none() && speaker != Some(Speaker::Staff);
    let introduced = may_be_own && is_own(text, range, &words, speaker, expected);
    let signed =
        may_be_own && !introduced && speaker == Some(Speaker::Client) && !asks(right) && signs(text, range, &words);
    let own = introduced || signed;
    let mut asked = case_bits(case_between(&text[..range.start], right, None));
    if asked == cases::NOM
        && let Some(object) = governed_after(right)
    {
        // «Евгению записала первой»: no subject, so the verb says what the form before it is.
        asked |= case_bits(object);
    }
    if gender.is_none() && !matches!(words.last().map(String::as_str), Some(last) if GOVERNING.contains(&last)) {
        let predicate = if asked & cases::NOM != 0 && can_be_nominative(&text[range.clone()]) {
            agreement::after(right, speaker)
        } else {
            None
        };
        gender = predicate.or_else(|| agreement::before(left, speaker));
    }
    gender = gender.or_else(|| agreement::at_end(right));
    let governed = words.last().is_some_and(|word| GOVERNING.contains(&word.as_str()));
    let shared = together & cases_of(&text[range.clone()]);
    if own || matches!(words.as_slice(), [.., subject, not] if not == "не" && (subject == "это" || subject == "я"))
    {
        asked = cases::NOM;
    } else if !governed && shared != 0 && (shared & asked == 0 || follows) {
        asked = shared;
    }
    let greeted = words.iter().all(|word| GREETING.begins(word));
    let closed = right.starts_with([',', '!', '.']) && !words.is_empty() || right.starts_with([',', '!']);
    let closed = closed || right.trim().is_empty() && !words.is_empty();
    let spoken_to = greeted && closed && role.is_none() && !own;
    let inserted =
        left.trim_end().ends_with(',') && (right.trim().is_empty() || right.starts_with([',', '!', '.', '?']));
    let vocative = spoken_to || inserted && !own;
    let asked = Asked {
        cases: asked,
        certain: own || governed,
        vocative,
    };
    let senses = senses(&text[range.clone()], asked, gender);
    let bare_surname = senses
        .first()
        .is_some_and(|sense| !sense.name.has_given() && sense.name.patronymic.is_none());
    // Nobody is spoken to by a bare surname, nor by a name that confirms or is to be confirmed.
    let addressed = spoken_to && !bare_surname && !confirms(&words, right) && !asks_whether(right);
    let mut role_is_hint = false;
    let last = words.last().map(String::as_str).unwrap_or_default();
    if own || speaker == Some(Speaker::Staff) && last == "вы" {
        role = Some(Role::Client);
    } else if speaker == Some(Speaker::Staff) && role.is_none() && introduces_staff(&words, right) {
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
    if matches!(last, "к" | "ко" | "у") && role.is_none() && !left.trim_end().ends_with(',') {
        role = Some(Role::Staff);
        // «у ⟦Сени⟧ болит зуб» is no appointment.
        role_is_hint = last == "у" && words.len() == 1 && speaker == Some(Speaker::Client);
    }
    Mention {
        senses,
        role,
        role_is_hint,
        addressed,
        own,
        signed,
        occupation,
        another: is_another(&words, role),
        corrects: corrects(text, range, &words),
        relation: Relation::Apart,
        asked: asked.cases,
    }
}

/// «другая ⟦⟧», «вторую ⟦⟧», «дочку, тоже ⟦⟧».
fn is_another(words: &[String], role: Option<Role>) -> bool {
    words.last().is_some_and(|word| {
        OTHER.contains(&word.as_str())
            || role == Some(Role::Kin)
                && matches!(word.as_str(), "тоже" | "также")
                && words.len() > 1
                && relative(&words[words.len() - 2]).is_some()
    })
}

/// «нет, к ⟦⟧» opens the message.
fn corrects(text: &str, range: &Range<usize>, words: &[String]) -> bool {
    let opening = words_of(&text[..range.start]);
    opening.len() > 1
        && opening[0] == "нет"
        && opening[1..].iter().all(|word| CORRECTING.contains(&word.as_str()))
        && !words.is_empty()
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
    let mut senses = senses(value, asked, gender);
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
        occupation: None,
        another: false,
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
