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
use crate::label::{Gender, Label};
use crate::shadow::Shadow;

/// Agreement by which the next name of a clause is known beyond doubt: a patronymic or a surname, and nearness.
const SURE: i32 = 5;

/// The names of the message that is being read.
#[derive(Clone, Default)]
pub(super) struct Names {
    ranges: Vec<Range<usize>>,
    /// Bytes of the last name that was read.
    pub(super) last: Option<Range<usize>>,
    /// Cases asked of it, as bits.
    asked: u8,
    /// Where the names read so far end, and whom they meant.
    pub(super) meant: Vec<(usize, usize)>,
    /// People of the list or clause that is being read.
    together: Vec<usize>,
    /// People offered to choose from.
    pub(super) alternatives: Vec<usize>,
}

impl Names {
    /// Somebody turned out to be another.
    pub(super) fn replace(&mut self, gone: usize, kept: usize) {
        let people = self.meant.iter_mut().map(|(_, person)| person);
        for person in people.chain(&mut self.together).chain(&mut self.alternatives) {
            if *person == gone {
                *person = kept;
            }
        }
    }
}

/// Words between two namesakes of one list: «⟦Сергей⟧ по кузову и ⟦Сергей⟧ электрик».
const LISTED_WORDS_MAX: usize = 5;

/// The same form again after «и» or «или» in one sentence: nobody names a person twice so.
fn is_listed_again(text: &str, last: &Range<usize>, range: &Range<usize>) -> bool {
    let Some(between) = text.get(last.end..range.start) else {
        return false;
    };
    let words = mention::words_of(between);
    let joins = |word: &String| matches!(word.as_str(), "и" | "или" | "а");
    let contrasted = words.len() > 1
        && words.iter().rev().take(2).any(|word| word == "а")
        && reading::cases_of(&text[last.clone()]) & reading::cases_of(&text[range.clone()]) != 0;
    (contrasted || text[last.clone()].to_lowercase() == text[range.clone()].to_lowercase() && words.iter().any(joins))
        && !between.contains(['.', '!', '?', '\n'])
        && words.len() <= LISTED_WORDS_MAX
        && words.last().is_none_or(|word| word != "так")
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
        let joined = match &self.names.last {
            Some(last) if is_listed_again(text, last, range) => Relation::Listed,
            _ => joined,
        };
        let since = self.names.last.as_ref().map_or(0, |last| last.end);
        let mut mention = mention::read(text, range, self.known_of(text, range, speaker));
        mention.relation = joined;
        mention.asked_again = mention.questioned
            && self.names.last.as_ref().is_some_and(|last| {
                text.get(last.end..range.start)
                    .is_some_and(|between| between.trim() == "?")
            });
        self.doubt_address(&mut mention, speaker);
        self.take_as_repeated(&mut mention, text, range);
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
                .filter(|(_, person)| person.seen + 1 == self.messages && person.merged.is_none());
            self.asked_about
                .extend(before.max_by_key(|(_, person)| person.place).map(|(index, _)| index));
        }
        let after = self.person_after(text, range, &mention, speaker);
        let entry = match self.resolve(&mention, speaker, after, first) {
            Some(found) => self.met_again(&mention, &found, speaker),
            None => self.push_person(&mention, speaker),
        };
        let entry = match self.entries[entry].person {
            Some(person) if first => {
                let person = self.unite_chosen(person, mention.senses.first().map(|sense| &sense.name));
                self.entry_of_person(person)
            }
            _ => entry,
        };
        if mention.alternative {
            self.names.alternatives.extend(self.entries[entry].person);
        }
        if let Some(person) = self.entries[entry].person {
            self.writers
                .hear(&mention, person, self.people[person].role, speaker, self.messages);
        }
        self.names.together.extend(self.entries[entry].person);
        self.names
            .meant
            .extend(self.entries[entry].person.map(|person| (range.end, person)));
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
            None => self.push_person(&mention, None),
        }
    }

    /// The same for a name that stands in a list, where nothing but the name itself says who it is.
    pub(super) fn entry_of_listed(&mut self, value: &str) -> usize {
        let key = listed_key(value);
        if let Some(entry) = self.index.get(&key) {
            return *entry;
        }
        let mention = mention::introduced(value, None);
        self.hear(&mention);
        self.names = Names::default();
        let known = self
            .resolve(&mention, None, None, false)
            .map(|found| self.entry_of_person(found.person))
            .filter(|entry| listed_key(&self.entries[*entry].value) == key);
        let entry = known.unwrap_or_else(|| {
            let entry = self.push_person(&mention, None);
            value.clone_into(&mut self.entries[entry].value);
            entry
        });
        self.index.insert(key, entry);
        entry
    }

    /// «⟦Ринат⟧. ⟦Ринат Гайсин⟧»: the name once more, in full.
    fn take_as_repeated(&self, mention: &mut Mention, text: &str, range: &Range<usize>) {
        let again = self.names.last.as_ref().is_some_and(|last| {
            // «бабе ⟦Гале⟧. ⟦Суслова Галина Тимофеевна⟧»
            let known = self.names.together.last().and_then(|index| self.people.get(*index));
            let bare = known.is_some_and(|person| person.name.taken() == (true, false, false));
            let between = text.get(last.end..range.start).unwrap_or_default();
            if bare && between.contains(['.', '(']) {
                return true;
            }
            let word = text[last.clone()].to_lowercase();
            if bare && between.trim() == "," && word != text[range.clone()].to_lowercase() {
                return true;
            }
            text[range.clone()].to_lowercase().split(' ').any(|own| own == word)
        });
        if !again || !matches!(mention.relation, Relation::Beside | Relation::Same) {
            return;
        }
        let Some(last) = self.names.together.last().and_then(|index| self.people.get(*index)) else {
            return;
        };
        // «тоже ⟦нина⟧, ⟦ниночка⟧»
        let fondly = mention.senses.first().is_some_and(|sense| {
            let bare = (true, false, false);
            sense.name.taken() == bare && last.name.taken() == bare && last.name.fits_by_name(&sense.name)
        });
        let repeats = fondly
            || mention.senses.first().is_some_and(|sense| {
                sense.name.has_given()
                    && last.name.has_given()
                    && (sense.name.has_surname() && !last.name.has_surname()
                        || sense.name.patronymic.is_some() && last.name.patronymic.is_none())
                    && last.name.fit(&sense.name, &self.weights).is_some()
            });
        if repeats {
            mention.relation = Relation::Same;
            mention.addressed = false;
            mention.role = None;
            mention.role_is_hint = false;
        }
    }

    /// Who has told their name is not spoken to by another: «готово: ⟦⟧, ⟦⟧, брови».
    fn doubt_address(&self, mention: &mut Mention, speaker: Option<Speaker>) {
        if !mention.addressed || speaker != Some(Speaker::Staff) {
            return;
        }
        let Some(reader) = self.writers.told_of_client().and_then(|index| self.people.get(index)) else {
            return;
        };
        let called = mention
            .senses
            .iter()
            .any(|sense| reader.name.fit(&sense.name, &self.weights).is_some());
        let unknown = !reader.name.has_given();
        // Who was called «⟦Ильшат⟧» is not called «⟦Ильшат Байрамов⟧» next.
        let in_full = mention
            .senses
            .first()
            .is_some_and(|sense| sense.name.has_given() && sense.name.has_surname());
        if !called && !unknown || in_full && !unknown && !reader.name.has_surname() {
            mention.addressed = false;
            mention.role = None;
            mention.role_is_hint = false;
        }
    }

    /// What is known of a name before its words are read.
    fn known_of(&self, text: &str, range: &Range<usize>, speaker: Option<Speaker>) -> Known {
        let mut known = Known {
            speaker,
            after_name: self.names.last.as_ref().map(|last| last.end),
            told: self.writers.has_told(speaker),
            introduced: self.writers.told_in(self.messages, speaker),
            expected: self.expected,
            // No client has said a word yet, and somebody has spoken before.
            among_staff: speaker.is_some() && !self.client_heard && self.messages > 1,
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
    pub(super) fn hear_topic(&mut self, text: Option<&str>) {
        let words = mention::words_of(text.unwrap_or_default());
        if let Some(stem) = words.iter().rev().find_map(|word| occupation::of_word(word)) {
            self.topic = Some((stem.to_owned(), self.messages));
        }
    }

    fn met_again(&mut self, mention: &Mention, found: &Resolved, speaker: Option<Speaker>) -> usize {
        let sense = &mention.senses[found.sense];
        let entry = self.entry_of_person(found.person);
        let known = &mut self.people[found.person];
        let before = known.name.clone();
        if let Some(spare) = found.spare {
            known.name = known.spare.swap_remove(spare);
        }
        if !known.name.has_given() && sense.name.has_given() {
            self.entries[entry].value.clone_from(&sense.nominative);
        }
        known.name.learn(&sense.name);
        self.heard_people += 1;
        known.note(mention, speaker, self.messages, self.heard_people);
        self.acquaintance.learn(found.person, &known.name);
        self.entries[entry].gender = known.name.gender();
        let meant = sense.name.clone();
        let person = self.unite_told(found.person, &before, &meant);
        self.entry_of_person(person)
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
            weights: &self.weights,
            speaker,
            message: self.messages,
            before: &self.names.together,
            latest: self.names.meant.last().map(|(_, person)| *person),
            after,
            previous: &self.previous,
            asked: &self.asked_about,
            topic,
            described: &self.described,
            first,
            writer: self.writers.of(speaker),
            introduced: self.writers.told_in(self.messages, speaker),
            among_staff: speaker.is_some() && !self.client_heard,
            reader: self.writers.facing(speaker),
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

    fn push_person(&mut self, mention: &Mention, speaker: Option<Speaker>) -> usize {
        let mut person = Person::default();
        self.heard_people += 1;
        person.note(mention, speaker, self.messages, self.heard_people);
        let mut senses = mention.senses.iter();
        let Some(likeliest) = senses.next() else {
            return self.push_entry(TokenKind::Data(Label::Person), "", None, None);
        };
        let gender = likeliest.name.gender();
        person.name = likeliest.name.clone();
        person.spare = senses
            .filter(|sense| !sense.derived)
            .map(|sense| sense.name.clone())
            .collect();
        person.entry = Some(self.entries.len());
        self.people.push(person);
        self.push_entry(
            TokenKind::Data(Label::Person),
            &likeliest.nominative,
            Some(self.people.len() - 1),
            gender,
        )
    }

    pub(super) fn entry_of_person(&self, person: usize) -> usize {
        self.people[person]
            .entry
            .or_else(|| self.entries.iter().position(|entry| entry.person == Some(person)))
            .unwrap_or_default()
    }
}

/// The words of a name in any order and case.
fn listed_key(value: &str) -> String {
    let folded = crate::decline::fold(value);
    let mut words: Vec<&str> = folded.split_whitespace().collect();
    words.sort_unstable();
    format!("{} {}", Label::Person, words.join(" "))
}
