//! The place of a name in a message: the words around it, and what each kind of them tells of the person.

use std::ops::Range;

use super::Speaker;
use super::asked::Expected;
use super::contrast::{is_called_namesake, is_namesake};
use super::introduction::{
    GREETING, asks, describes_self, introduces_staff, is_own, is_polite, says_among_staff, says_who_writes, signs,
    signs_message,
};
use super::mention::{Known, words_of};
use super::person::Role;
use super::reading::{can_be_nominative, cases_of};
use super::role::{
    explains_name_before, kin_after, occupation_beside, possessed, role_after, role_beside, role_in_sentence_before,
};
use super::{agreement, occupation};
use crate::decline::{case_between, governed_after};
use crate::label::{Case, Gender};
use crate::name::form::cases;

/// Prepositions of one case, right before a name.
pub(super) const GOVERNING: &[&str] = &["к", "ко", "у", "от", "для", "без", "про", "кроме", "вместо"];
/// Words that open an answer, beside those of greeting and agreement.
const OPENING: &[&str] = &[
    "это",
    "а",
    "ага",
    "так",
    "сейчас",
    "же",
    "у",
    "нас",
    "он",
    "она",
    "самая",
    "самый",
];
/// Words beside a name among which those are looked for that tell of a change of name.
const RENAME_REACH: usize = 2;
/// So much of the text on each side of a name is looked at: longer than any sentence of a chat.
const SURROUNDINGS_BYTES: usize = 600;

/// A name with what surrounds it.
pub(super) struct Place<'t> {
    /// The nearest part of the text.
    text: &'t str,
    /// Bytes of the name in it.
    range: Range<usize>,
    /// The clause up to the name.
    pub(super) left: &'t str,
    pub(super) right: &'t str,
    /// Folded words of the clause up to the name.
    pub(super) words: Vec<String>,
    /// «⟦⟧, брат, ⟦⟧»: what stands before explains another name.
    explained: bool,
    known: Known,
}

/// What words beside a name call the person.
#[derive(Default)]
pub(super) struct Called {
    pub(super) role: Option<Role>,
    pub(super) gender: Option<Gender>,
    pub(super) kin: Option<&'static str>,
    pub(super) occupation: Option<&'static str>,
    pub(super) namesake: bool,
}

/// Whether a name is its speaker's own.
pub(super) struct Own {
    /// The speaker says so.
    pub(super) introduced: bool,
    /// It stands as a signature.
    pub(super) signed: bool,
}

impl<'t> Place<'t> {
    pub(super) fn of(text: &'t str, range: &Range<usize>, known: Known) -> Self {
        let explained = known
            .after_name
            .and_then(|end| text.get(end..range.start))
            .is_some_and(explains_name_before);
        let (text, range) = surroundings(text, range);
        let left = crate::decline::clause_of(&text[..range.start]);
        Self {
            text,
            left,
            right: &text[range.end..],
            words: words_of(left),
            range,
            explained,
            known,
        }
    }

    pub(super) fn name(&self) -> &'t str {
        &self.text[self.range.clone()]
    }

    pub(super) fn before(&self) -> &'t str {
        &self.text[..self.range.start]
    }

    /// The word right before the name.
    fn last(&self) -> &str {
        self.words.last().map(String::as_str).unwrap_or_default()
    }

    fn is_said_by(&self, speaker: Speaker) -> bool {
        self.known.speaker == Some(speaker)
    }

    /// «фамилия ⟦⟧».
    pub(super) fn tells_surname(&self) -> bool {
        self.last().starts_with("фамили")
    }

    /// «фамилию уточню, ⟦⟧?»
    pub(super) fn supposes_surname(&self) -> bool {
        let sentence = self.before().rsplit(['.', '!', '?', '\n']).next().unwrap_or_default();
        let words = words_of(sentence);
        let near = &words[words.len().saturating_sub(RENAME_REACH + 1)..];
        self.is_said_by(Speaker::Staff)
            && near.iter().any(|word| word.starts_with("фамили"))
            && self.right.starts_with('?')
    }

    /// «отчество ⟦⟧».
    pub(super) fn tells_patronymic(&self) -> bool {
        self.last().starts_with("отчеств")
    }

    /// «раньше ⟦⟧ была», «бывшая ⟦⟧», «на двери еще ⟦⟧, девичья», «по мужу теперь ⟦⟧», «⟦Инга⟧ уже ⟦⟧».
    pub(super) fn tells_rename(&self) -> bool {
        let near = &self.words[self.words.len().saturating_sub(RENAME_REACH + 1)..];
        let former = |word: &String| {
            matches!(
                word.as_str(),
                "бывшая"
                    | "бывш"
                    | "раньше"
                    | "прежде"
                    | "девичья"
                    | "девичьей"
                    | "урожденная"
                    | "замужем"
            )
        };
        let by_husband = near.windows(2).any(|pair| pair[0] == "по" && pair[1] == "мужу");
        let now = near
            .last()
            .is_some_and(|word| matches!(word.as_str(), "теперь" | "уже" | "стала" | "нынче"));
        let sentence = self.before().rsplit(['.', '!', '?', '\n']).next().unwrap_or_default();
        let new_surname = words_of(sentence)
            .windows(2)
            .any(|pair| pair[0].starts_with("нов") && pair[1].starts_with("фамили"));
        let after: Vec<String> = words_of(self.right).into_iter().take(RENAME_REACH).collect();
        let by_husband = by_husband || matches!(after.as_slice(), [by, husband] if by == "по" && husband == "мужу");
        let maiden = after
            .iter()
            .any(|word| word.starts_with("девич") || word == "раньше" || word == "замуж");
        near.iter().rev().take(RENAME_REACH).any(former)
            || by_husband
            || maiden
            || new_surname
            || now && self.known.after_name.is_some()
    }

    /// «⟦⟧ у вас не ⟦⟧ случаем?»
    pub(super) fn is_supposed(&self) -> bool {
        let end = self.right.find(['.', '!', '?', '\n']);
        self.last() == "не" && end.is_some_and(|end| self.right[end..].starts_with('?'))
    }

    /// «мы зовём её ⟦⟧», «мы его ⟦⟧ кличем».
    pub(super) fn is_nickname(&self) -> bool {
        let calls = |word: &String| {
            matches!(
                word.as_str(),
                "зовем" | "кличем" | "называем" | "прозвали" | "кличут" | "называют"
            )
        };
        let of_somebody = |word: &String| matches!(word.as_str(), "его" | "ее");
        let near = &self.words[self.words.len().saturating_sub(RENAME_REACH + 1)..];
        let after = words_of(self.right);
        near.iter().any(of_somebody) && (near.iter().any(calls) || after.first().is_some_and(calls))
    }

    /// «⟦⟧ или ⟦⟧?», «⟦⟧? или ⟦⟧?»
    pub(super) fn is_alternative(&self) -> bool {
        let after = self.right.trim_start_matches(['?', ',', ' ']);
        after.starts_with("или ") || after.starts_with("либо ") || matches!(self.last(), "или" | "либо")
    }

    /// «Добрый день! Да, ⟦⟧ принимает», «это ⟦⟧ что ли?»
    pub(super) fn opens_answer(&self) -> bool {
        let opens = |word: &String| {
            GREETING.begins(word)
                || GOVERNING.contains(&word.as_str())
                || occupation::of_word(word).is_some()
                || OPENING.contains(&word.as_str())
        };
        let goes_on = self.last() == "а" && !self.before().trim_end().ends_with(',');
        !goes_on && words_of(self.before()).iter().all(opens)
    }

    /// Role, relation and occupation by the words beside.
    pub(super) fn called(&self) -> Called {
        let (mut role, gender, kin) = if self.explained {
            (None, None, None)
        } else {
            role_beside(self.left, &self.words, self.name())
        };
        if self.is_said_by(Speaker::Client) && self.last() == "я" {
            role = None;
        }
        // «два доктора: ⟦⟧ — к детскому, ⟦⟧ — к взрослому»
        let goes = self.right.trim_start_matches([' ', '—', '–', '-']).starts_with("к ");
        if goes && self.left.trim_end().ends_with(':') {
            role = None;
        }
        let stands_alone =
            self.words.is_empty() && self.right.starts_with([',', '.', '\n']) && self.is_said_by(Speaker::Client);
        role = role
            .or_else(|| role_after(self.right, self.known.speaker))
            .or_else(|| stands_alone.then(|| role_in_sentence_before(self.before())).flatten());
        let namesake = is_namesake(&self.words, self.left) || is_called_namesake(self.right);
        // «кардиолог у нас тоже ⟦⟧»
        let in_clause = || self.words.iter().find_map(|word| occupation::of_word(word));
        let occupation =
            occupation_beside(self.left, &self.words, self.right).or_else(|| namesake.then(in_clause).flatten());
        let woman = occupation.filter(|stem| occupation::is_woman(stem));
        Called {
            role: role.or(occupation.map(|_| Role::Staff)),
            gender: gender.or(woman.map(|_| Gender::Female)),
            kin: kin.or_else(|| kin_after(self.right)),
            occupation,
            namesake,
        }
    }

    /// Whether the name is that of the client who writes.
    pub(super) fn own(&self, role: Option<Role>) -> Own {
        let Known {
            speaker,
            expected,
            introduced,
            told,
            after_name,
            ..
        } = self.known;
        let by_client = self.is_said_by(Speaker::Client);
        let describes = by_client && describes_self(&self.words, self.left);
        let may_be = (role.is_none() || describes || says_who_writes(&self.words, self.right))
            && !self.is_said_by(Speaker::Staff)
            && (!introduced || matches!(self.words.as_slice(), [.., me] if me == "я"))
            && !(self.tells_surname() && after_name.is_some());
        let introduced = may_be && (describes || is_own(self.text, &self.range, &self.words, speaker, expected));
        let signed = may_be
            && !introduced
            && by_client
            && expected != Expected::OtherName
            && !asks(self.right)
            && signs(self.text, &self.range, &self.words, !told);
        Own { introduced, signed }
    }

    /// Whether the name is that of whoever of the business writes.
    pub(super) fn introduces_staff(&self, role: Option<Role>) -> bool {
        self.is_said_by(Speaker::Staff)
            && matches!(role, None | Some(Role::Staff))
            && (introduces_staff(&self.words, self.right) || signs_message(self.text, &self.range, &self.words))
    }

    /// «заявка на имя ⟦⟧».
    pub(super) fn is_on_name(&self) -> bool {
        matches!(self.words.as_slice(), [.., on, name] if on == "на" && name == "имя")
    }

    /// Cases the sentence asks for, as bits.
    pub(super) fn asked(&self) -> u8 {
        if self.is_on_name() {
            return cases::GEN;
        }
        let asked = case_bits(case_between(self.before(), self.right, None));
        match governed_after(self.right).filter(|_| asked == cases::NOM) {
            // «Евгению записала первой»: no subject, so the verb says what the form before it is.
            Some(object) => asked | case_bits(object),
            None => asked,
        }
    }

    /// The same, knowing whether the name is the speaker's own and what stands in one list with it.
    pub(super) fn settled(&self, asked: u8, is_self: bool) -> u8 {
        let shared = self.known.together & cases_of(self.name());
        let subject =
            matches!(self.words.as_slice(), [.., subject, not] if not == "не" && (subject == "это" || subject == "я"));
        if self.is_on_name() {
            cases::GEN
        } else if is_self || subject {
            cases::NOM
        } else if !self.is_governed() && shared != 0 && (shared & asked == 0 || self.known.follows) {
            shared
        } else {
            asked
        }
    }

    /// The gender that words in agreement tell.
    pub(super) fn agreed_gender(&self, asked: u8) -> Option<Gender> {
        let predicate = || {
            (asked & cases::NOM != 0 && can_be_nominative(self.name()))
                .then(|| agreement::after(self.right, self.known.speaker))
                .flatten()
                .or_else(|| agreement::before(self.left, self.known.speaker))
        };
        (!self.is_governed())
            .then(predicate)
            .flatten()
            .or_else(|| agreement::at_end(self.right))
    }

    /// A preposition stands right before the name.
    pub(super) fn is_governed(&self) -> bool {
        GOVERNING.contains(&self.last())
    }

    /// «Хакимова», «Хакимова, на завтра» is nobody in an oblique case.
    pub(super) fn answers(&self, asked: u8) -> bool {
        self.is_said_by(Speaker::Client)
            && self.before().trim().is_empty()
            && (self.right.trim().is_empty() || self.right.starts_with([',', '.']))
            && asked & cases::NOM != 0
    }

    /// «Здравствуйте, ⟦⟧!»
    pub(super) fn is_greeted(&self) -> bool {
        let greeted = self.words.iter().all(|word| GREETING.begins(word));
        let closed = self.right.starts_with([',', '!'])
            || !self.words.is_empty() && (self.right.starts_with('.') || self.right.trim().is_empty());
        greeted && closed
    }

    /// «Передам, ⟦⟧.»
    pub(super) fn is_inserted(&self) -> bool {
        self.left.trim_end().ends_with(',')
            && (self.right.trim().is_empty() || self.right.starts_with([',', '!', '.', '?']))
    }

    /// The name opens the message.
    pub(super) fn opens_message(&self) -> bool {
        words_of(self.before())
            .iter()
            .all(|word| GOVERNING.contains(&word.as_str()))
    }

    /// «вы ⟦⟧» said to the client.
    pub(super) fn is_of_reader(&self) -> bool {
        self.is_said_by(Speaker::Staff) && self.last() == "вы"
    }

    /// The likely role of somebody who is spoken to by the name.
    pub(super) fn role_of_addressed(&self) -> Option<Role> {
        if self.is_said_by(Speaker::Client) || says_among_staff(self.text) {
            return Some(Role::Staff);
        }
        // Colleagues who speak to each other are told by no client being there.
        let among = self.known.among_staff && !is_polite(self.text);
        (!among).then_some(Role::Client)
    }

    /// The role by whose the person is, or by being gone to; with whether it is only likely.
    pub(super) fn role_of_kept(&self) -> Option<(Role, bool)> {
        if let Some(told) = possessed(&self.words, self.right, self.name(), self.known.speaker) {
            return Some((told, told == Role::Kin && self.is_said_by(Speaker::Staff)));
        }
        let gone_to = matches!(self.last(), "к" | "ко" | "у") && !self.left.trim_end().ends_with(',');
        // «у ⟦Сени⟧ болит зуб», «ключ у ⟦Ларисы⟧» are no appointments.
        gone_to.then(|| (Role::Staff, self.last() == "у"))
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
