//! The names of a message one after another: each is somebody known or somebody new.

use std::ops::Range;

use super::asked::{self, Expected};
use super::mention::{self, Known, Mention};
use super::neighbour::{Relation, relation};
use super::person::Person;
use super::resolve::{Resolved, Scene, resolve};
use super::token::TokenKind;
use super::{Conversation, Speaker};
use super::{occupation, reading};
use crate::finding::{Evidence, Finding};
use crate::label::{Gender, Label};
use crate::shadow::Shadow;

/// Agreement by which the next name of a clause is known beyond doubt: a patronymic or a surname, and nearness.
const SURE: i32 = 5;

/// Of the people named last, so many are looked through for one whose name was asked for.
const ASKED_ABOUT_MAX: usize = 8;

/// How sure a word is that answers a question for a name.
const ANSWER_CONFIDENCE: f32 = 0.8;

/// The names of the message that is being read.
#[derive(Clone, Default)]
pub(super) struct Names {
    ranges: Vec<Range<usize>>,
    /// Bytes of the last name that was read.
    last: Option<Range<usize>>,
    /// Cases asked of it, as bits.
    asked: u8,
    /// People of the list or clause that is being read.
    together: Vec<usize>,
}

impl Conversation {
    /// A new message, with the places of its names.
    pub(super) fn begin_message(&mut self, ranges: Vec<Range<usize>>) {
        self.messages += 1;
        self.names = Names {
            ranges,
            ..Names::default()
        };
    }

    /// Adds the name that answers a question for a name, if the detector did not see one in it.
    pub(super) fn add_answer(&self, text: &str, speaker: Option<Speaker>, findings: &mut Vec<Finding>) {
        if self.expected == Expected::Nothing || speaker == Some(Speaker::Staff) {
            return;
        }
        let Some(range) = asked::answered_name(text) else {
            return;
        };
        if findings.iter().all(|finding| finding.range.start >= range.end) {
            findings.insert(
                0,
                Finding {
                    range,
                    label: Label::Person,
                    confidence: ANSWER_CONFIDENCE,
                    evidence: Evidence::Context,
                },
            );
        }
    }

    pub(super) fn end_message(&mut self, text: &str, speaker: Option<Speaker>) {
        self.expected = if speaker == Some(Speaker::Staff) {
            asked::expected_after(text)
        } else {
            Expected::Nothing
        };
        let since = self.names.last.as_ref().map_or(0, |last| last.end);
        self.hear_topic(text.get(since..));
        self.client_heard |= speaker == Some(Speaker::Client);
        self.asked_about.clear();
        if !asked::asks_about_people(text) {
            return;
        }
        let lately = |person: &&Person| person.seen + 1 >= self.messages;
        let surname = asked::asks_for_surname(text);
        let latest = self.names.together.last().copied().filter(|_| surname);
        let nameless = (0..self.people.len())
            .rev()
            .take_while(|_| !surname)
            .take(ASKED_ABOUT_MAX)
            .filter(|index| {
                self.people
                    .get(*index)
                    .filter(lately)
                    .is_some_and(|person| !person.name.has_given())
            });
        let mut about: Vec<usize> = nameless.chain(latest).collect();
        about.sort_unstable();
        if surname && !about.is_empty() && !asked::asks_the_reader(text) {
            self.expected = Expected::OtherName;
        }
        self.asked_about = about;
    }

    /// The entry of the person a name means.
    pub(super) fn entry_of_mention(&mut self, text: &str, range: &Range<usize>, speaker: Option<Speaker>) -> usize {
        let first = self.names.last.is_none();
        let joined = match &self.names.last {
            Some(last) if last.end <= range.start => {
                match relation(&text[..last.start], &text[last.end..range.start]) {
                    // «к ⟦Платону⟧ так к ⟦Платону⟧»
                    Relation::SameClause if text[last.clone()] == text[range.clone()] => Relation::Apart,
                    told => told,
                }
            }
            _ => Relation::Apart,
        };
        let since = self.names.last.as_ref().map_or(0, |last| last.end);
        let mut mention = mention::read(text, range, self.known_of(text, range, speaker));
        mention.relation = joined;
        if mention.occupation.is_none() {
            self.hear_topic(text.get(since..range.start));
        }
        if matches!(mention.relation, Relation::Apart) {
            self.names.together.clear();
        }
        self.names.last = Some(range.clone());
        self.names.asked = mention.asked;
        self.hear(&mention);
        if first && asked::asks_who(&text[..range.start], &text[range.end..]) {
            // «это ⟦⟧?» asks of whom the message before spoke.
            let before = self
                .people
                .iter()
                .enumerate()
                .filter(|(_, person)| person.seen + 1 == self.messages);
            self.asked_about
                .extend(before.max_by_key(|(_, person)| person.place).map(|(index, _)| index));
        }
        let after = self.person_after(text, range, &mention, speaker);
        let entry = match self.resolve(&mention, speaker, after, first) {
            Some(found) => self.met_again(&mention, &found),
            None => self.push_person(mention),
        };
        self.names.together.extend(self.entries[entry].person);
        entry
    }

    /// The same for a name known beforehand.
    pub(super) fn entry_of_introduced(&mut self, value: &str, gender: Option<Gender>) -> usize {
        let mention = mention::introduced(value, gender);
        self.hear(&mention);
        self.names = Names::default();
        match self.resolve(&mention, None, None, false) {
            Some(found) => {
                self.people[found.person].name.learn(&mention.senses[found.sense].name);
                self.acquaintance.learn(found.person, &self.people[found.person].name);
                self.entry_of_person(found.person)
            }
            None => self.push_person(mention),
        }
    }

    /// What is known of a name before its words are read.
    fn known_of(&self, text: &str, range: &Range<usize>, speaker: Option<Speaker>) -> Known {
        let mut known = Known {
            speaker,
            expected: self.expected,
            // No client has said a word yet, and somebody has spoken before.
            among_staff: !self.client_heard && self.messages > 1,
            ..Known::default()
        };
        let joins = |between: &str| matches!(between.trim(), "и" | "или" | "," | "/");
        let ranges = &self.names.ranges;
        let Some(at) = ranges.iter().position(|other| other == range) else {
            return known;
        };
        let before = at
            .checked_sub(1)
            .map(|at| &ranges[at])
            .filter(|last| text.get(last.end..range.start).is_some_and(joins));
        let after = ranges
            .get(at + 1)
            .filter(|next| text.get(range.end..next.start).is_some_and(joins));
        if before.is_some() && before == self.names.last.as_ref() {
            known.together = self.names.asked;
            known.follows = true;
        } else if let Some(after) = after {
            known.together = reading::cases_of(&text[after.clone()]);
        }
        known
    }

    /// Keeps the occupation a text speaks of with no name beside.
    fn hear_topic(&mut self, text: Option<&str>) {
        let words = mention::words_of(text.unwrap_or_default());
        if let Some(stem) = words.iter().rev().find_map(|word| occupation::of_word(word)) {
            self.topic = Some((stem.to_owned(), self.messages));
        }
    }

    fn met_again(&mut self, mention: &Mention, found: &Resolved) -> usize {
        let sense = &mention.senses[found.sense];
        let entry = self.entry_of_person(found.person);
        let known = &mut self.people[found.person];
        if let Some(spare) = found.spare {
            known.name = known.spare.swap_remove(spare);
        }
        if !known.name.has_given() && sense.name.has_given() {
            self.entries[entry].value.clone_from(&sense.nominative);
        }
        known.name.learn(&sense.name);
        self.heard_people += 1;
        known.note(mention, self.messages, self.heard_people);
        self.acquaintance.learn(found.person, &known.name);
        self.entries[entry].gender = known.name.gender();
        entry
    }

    /// Whom the next name means, if it stands in the clause of this one and leaves no doubt: «Сашу к Сан Санычу».
    fn person_after(
        &mut self,
        text: &str,
        range: &Range<usize>,
        mention: &Mention,
        speaker: Option<Speaker>,
    ) -> Option<usize> {
        let bare = mention.senses.first().is_some_and(|sense| {
            sense.name.patronymic.is_none() && !(sense.name.has_given() && sense.name.has_surname())
        });
        let next = self.names.ranges.iter().find(|next| next.start >= range.end)?.clone();
        let between = text.get(range.end..next.start)?;
        let relation = relation(&text[..range.start], between);
        if !bare || !matches!(relation, Relation::Listed | Relation::SameClause) {
            return None;
        }
        let known = Known {
            expected: Expected::Nothing,
            ..self.known_of(text, &next, speaker)
        };
        let after = mention::read(text, &next, known);
        let found = self.resolve(&after, speaker, None, false)?;
        let sense = &after.senses[found.sense].name;
        let told = sense.patronymic.is_some() || sense.has_surname();
        (told && found.total >= SURE).then_some(found.person)
    }

    fn resolve(
        &mut self,
        mention: &Mention,
        speaker: Option<Speaker>,
        after: Option<usize>,
        first: bool,
    ) -> Option<Resolved> {
        self.acquaintance.catch_up(&self.people);
        let mut candidates = self
            .acquaintance
            .candidates(mention.senses.iter().map(|sense| &sense.name));
        candidates.extend(&self.asked_about);
        let topic = self
            .topic
            .as_ref()
            .filter(|(_, message)| message + 1 >= self.messages)
            .map(|(stem, _)| stem.as_str());
        let scene = Scene {
            speaker,
            message: self.messages,
            before: &self.names.together,
            after,
            asked: &self.asked_about,
            topic,
            first,
        };
        resolve(&self.people, &candidates, mention, &scene)
    }

    fn hear(&mut self, mention: &Mention) {
        for sense in mention.senses.iter().filter(|sense| sense.doubt == 0) {
            self.heard.extend(sense.name.words());
            self.heard.extend(
                Shadow::new(&sense.nominative)
                    .text()
                    .split([' ', '-', '.'])
                    .filter(|word| word.chars().count() > 2)
                    .map(str::to_owned),
            );
        }
    }

    fn push_person(&mut self, mention: Mention) -> usize {
        let mut person = Person::default();
        self.heard_people += 1;
        person.note(&mention, self.messages, self.heard_people);
        let mut senses = mention.senses.into_iter();
        let Some(likeliest) = senses.next() else {
            return self.push_entry(TokenKind::Data(Label::Person), "", None, None);
        };
        let gender = likeliest.name.gender();
        person.name = likeliest.name;
        person.spare = senses.map(|sense| sense.name).collect();
        person.entry = Some(self.entries.len());
        self.people.push(person);
        self.push_entry(
            TokenKind::Data(Label::Person),
            &likeliest.nominative,
            Some(self.people.len() - 1),
            gender,
        )
    }

    fn entry_of_person(&self, person: usize) -> usize {
        self.people[person]
            .entry
            .or_else(|| self.entries.iter().position(|entry| entry.person == Some(person)))
            .unwrap_or_default()
    }
}
