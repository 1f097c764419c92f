//! What a message leaves for the next one: whose name is asked for, and the name that answers.

use std::collections::BTreeSet;

use super::asked::{self, Expected};
use super::description;
use super::person::Person;
use super::{Conversation, Speaker};
use crate::finding::{Evidence, Finding};
use crate::label::Label;

/// Of the people named last, so many are looked through for one whose name was asked for.
const ASKED_ABOUT_MAX: usize = 8;

/// How sure a word is that answers a question for a name.
const ANSWER_CONFIDENCE: f32 = 0.8;

impl Conversation {
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
        self.described = if self.names.last.is_none() {
            description::of_text(text)
        } else {
            BTreeSet::new()
        };
        self.client_heard |= speaker == Some(Speaker::Client);
        self.offer(self.writers.facing(speaker));
        if !self.names.meant.is_empty() {
            self.previous.clear();
            for (_, person) in &self.names.meant {
                if !self.previous.contains(person) {
                    self.previous.push(*person);
                }
            }
        }
        self.asked_about.clear();
        if asked::asks_about_people(text) {
            self.ask_about(text);
        }
    }

    /// Keeps whose names a message asks for.
    fn ask_about(&mut self, text: &str) {
        let lately = |person: &&Person| person.seen + 1 >= self.messages && person.merged.is_none();
        let surname = asked::asks_for_surname(text);
        let latest = asked::place_of_part(text).and_then(|place| {
            let before = self.names.meant.iter().rev().find(|(end, _)| *end <= place);
            before.or(self.names.meant.last()).map(|(_, person)| *person)
        });
        let which = asked::asks_which(text);
        let which_one = self
            .names
            .meant
            .last()
            .filter(|_| asked::asks_of_one(text))
            .map(|(_, person)| *person);
        let which_one = which_one.filter(|index| {
            self.people
                .get(*index)
                .is_some_and(|person| person.name.has_given() && !person.name.has_surname())
        });
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
        // «какой из двух?» asks of the one named last.
        let several: Vec<usize> = (0..self.people.len())
            .rev()
            .take(ASKED_ABOUT_MAX)
            .filter(|index| {
                which
                    && self
                        .people
                        .get(*index)
                        .filter(lately)
                        .is_some_and(|person| person.name.has_given() && !person.name.has_surname())
            })
            .collect();
        let told_apart = if surname && several.len() > 1 {
            None
        } else {
            several
                .into_iter()
                .max_by_key(|index| self.people.get(*index).map(|person| person.place))
        };
        let mut about: Vec<usize> = nameless.chain(latest).chain(told_apart).chain(which_one).collect();
        about.sort_unstable();
        if surname && !about.is_empty() && !asked::asks_the_reader(text) {
            self.expected = Expected::OtherName;
        }
        self.asked_about = about;
    }
}
