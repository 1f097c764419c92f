//! Same-person pairs of dialogues: of any two mentions of people, does the engine say «one person» where the gold does.
//!
//! A mention is a gold span with a subject. Whom it means is told by the finding of a person that overlaps it; a mention
//! not found is one with nobody, so what the detector misses costs recall here. The same with the gold spans given in
//! place of the findings shows what resolving alone costs.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::ops::Range;

use shirma_pii::{Conversation, Detector, Label, Speaker};

use crate::message::Message;
use crate::score::share;

/// Pairs right, said and there.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Tally {
    right: usize,
    said: usize,
    there: usize,
}

impl Tally {
    pub(crate) fn add(&mut self, mentions: &[Mention]) {
        for (index, one) in mentions.iter().enumerate() {
            for two in &mentions[index + 1..] {
                let there = one.gold == two.gold;
                let said = one.made.is_some() && one.made == two.made;
                self.there += usize::from(there);
                self.said += usize::from(said);
                self.right += usize::from(there && said);
            }
        }
    }

    fn is_perfect(&self) -> bool {
        self.right == self.said && self.right == self.there
    }

    pub(crate) fn f1(self) -> f64 {
        share(2 * self.right, self.said + self.there)
    }

    pub(crate) fn plus(self, other: Self) -> Self {
        Self {
            right: self.right + other.right,
            said: self.said + other.said,
            there: self.there + other.there,
        }
    }
}

impl std::fmt::Display for Tally {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            formatter,
            "F1 {:.1} precision {:.1} recall {:.1}",
            100.0 * self.f1(),
            100.0 * share(self.right, self.said),
            100.0 * share(self.right, self.there)
        )
    }
}

/// A gold span with whom it means and whom the engine took it for.
pub(crate) struct Mention {
    pub(crate) gold: String,
    pub(crate) made: Option<u32>,
    pub(crate) written: String,
}

/// Figures of a set, and the dialogues that are not perfect.
#[derive(Default)]
pub(crate) struct Pairs {
    found: Tally,
    marked: Tally,
    /// Who was taken for whom, a dialogue an entry.
    pub(crate) wrong: Vec<String>,
}

impl Pairs {
    /// The engine over all dialogues of a set; `None` if nobody is linked in it.
    pub(crate) fn measure(detector: &Detector, messages: &[Message]) -> Option<Self> {
        let mut pairs = Self::default();
        for (name, messages) in by_dialogue(messages) {
            let found = mentions(&messages, |conversation, message, _| {
                found(conversation, detector, message)
            });
            let marked = mentions(&messages, |conversation, message, marks| {
                let subjects = conversation.subjects_of(&message.text, marks, speaker(message));
                marks.iter().cloned().zip(subjects).collect()
            });
            pairs.add(name, &found, &marked);
        }
        (pairs.found.there > 0).then_some(pairs)
    }

    fn add(&mut self, name: &str, found: &[Mention], marked: &[Mention]) {
        let mut tally = Tally::default();
        // As in `score.py`: a dialogue without a single link says nothing of linking.
        if found.iter().any(|mention| mention.made.is_some()) {
            tally.add(found);
        }
        let mut ceiling = Tally::default();
        ceiling.add(marked);
        for (what, tally, mentions) in [("", tally, found), (", names marked", ceiling, marked)] {
            if !tally.is_perfect() {
                self.wrong.push(format!("{name}{what}: {tally}\n{}", groups(mentions)));
            }
        }
        self.found = self.found.plus(tally);
        self.marked = self.marked.plus(ceiling);
    }

    pub(crate) fn brief(&self) -> String {
        format!("same-person pairs: {}; names marked: {}", self.found, self.marked)
    }
}

/// The messages of each dialogue, in order.
pub(crate) fn by_dialogue(messages: &[Message]) -> Vec<(&str, Vec<&Message>)> {
    let mut dialogues: Vec<(&str, Vec<&Message>)> = Vec::new();
    let mut place: BTreeMap<&str, usize> = BTreeMap::new();
    for message in messages {
        let Some(name) = message.dialogue.as_deref() else {
            continue;
        };
        let at = *place.entry(name).or_insert_with(|| {
            dialogues.push((name, Vec::new()));
            dialogues.len() - 1
        });
        dialogues[at].1.push(message);
    }
    dialogues
}

/// The gold spans of people of a message, in order, and whom they mean.
pub(crate) fn linked(message: &Message) -> Vec<(Range<usize>, String)> {
    let mut linked: Vec<(Range<usize>, String)> = message
        .entities
        .iter()
        .filter(|span| span.is_person())
        .filter_map(|span| Some((message.bytes(span), span.subject.clone()?)))
        .collect();
    linked.sort_by_key(|(range, _)| range.start);
    linked
}

/// Whom a span means by the findings that overlap it.
pub(crate) fn overlapping(people: &[(Range<usize>, Option<u32>)], range: &Range<usize>) -> Option<u32> {
    people
        .iter()
        .filter(|(other, _)| other.start < range.end && range.start < other.end)
        .find_map(|(_, subject)| *subject)
}

/// The mentions of one dialogue; `read` gives the people of a message, bytes and subject.
fn mentions(
    messages: &[&Message],
    read: impl Fn(&mut Conversation, &Message, &[Range<usize>]) -> Vec<(Range<usize>, Option<u32>)>,
) -> Vec<Mention> {
    let mut conversation = Conversation::default();
    let mut mentions = Vec::new();
    for message in messages {
        let linked = linked(message);
        let marks: Vec<Range<usize>> = linked.iter().map(|(range, _)| range.clone()).collect();
        let people = read(&mut conversation, message, &marks);
        for (range, gold) in linked {
            mentions.push(Mention {
                made: overlapping(&people, &range),
                gold,
                written: message.text[range].to_owned(),
            });
        }
    }
    mentions
}

pub(crate) fn found(
    conversation: &mut Conversation,
    detector: &Detector,
    message: &Message,
) -> Vec<(Range<usize>, Option<u32>)> {
    let masking = match speaker(message) {
        Some(speaker) => conversation.mask_said_by(detector, &message.text, speaker),
        None => conversation.mask(detector, &message.text),
    };
    masking
        .entities
        .into_iter()
        .filter(|entity| entity.label == Label::Person)
        .map(|entity| (entity.range, entity.subject))
        .collect()
}

/// Who speaks, by the roles of the sets; as `shirma pii mask` reads them.
pub(crate) fn speaker(message: &Message) -> Option<Speaker> {
    match message.role.as_deref()? {
        "client" => Some(Speaker::Client),
        "manager" | "doctor" | "bot" | "staff" => Some(Speaker::Staff),
        _ => None,
    }
}

/// One line for each person the engine sees: gold subject and spelling of the mentions.
fn groups(mentions: &[Mention]) -> String {
    let mut groups: BTreeMap<Option<u32>, Vec<String>> = BTreeMap::new();
    for mention in mentions {
        let line = format!("{} {}", mention.gold, mention.written);
        groups.entry(mention.made).or_default().push(line);
    }
    let mut out = String::new();
    for (made, members) in groups {
        let title = made.map_or_else(|| "not found".to_owned(), |subject| subject.to_string());
        let _ = writeln!(out, "    {title}: {}", members.join(" · "));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mention(gold: &str, made: Option<u32>) -> Mention {
        Mention {
            gold: gold.into(),
            made,
            written: String::new(),
        }
    }

    #[test]
    fn a_mention_not_found_is_one_with_nobody() {
        let mut tally = Tally::default();
        tally.add(&[
            mention("1", Some(1)),
            mention("1", Some(1)),
            mention("1", None),
            mention("2", None),
        ]);
        assert_eq!((tally.right, tally.said, tally.there), (1, 1, 3));
    }

    #[test]
    fn two_people_taken_for_one_cost_precision_only() {
        let mut tally = Tally::default();
        tally.add(&[mention("1", Some(1)), mention("1", Some(1)), mention("2", Some(1))]);
        assert_eq!((tally.right, tally.said, tally.there), (1, 3, 1));
    }

    #[test]
    fn linked_people_of_a_dialogue_are_counted_and_messages_without_one_are_not() {
        let lines = [
            r#"{"id":"1","dialogue":"d","role":"client","text":"Это Анна Ким","entities":[{"start":4,"end":12,"label":"PERSON","subject":"1"}]}"#,
            r#"{"id":"2","dialogue":"d","role":"manager","text":"Анна, ждём вас","entities":[{"start":0,"end":4,"label":"PERSON","subject":1}]}"#,
            r#"{"id":"3","text":"Анна и Анна","entities":[{"start":0,"end":4,"label":"PERSON"}]}"#,
        ];
        let messages: Vec<Message> = lines
            .iter()
            .map(|line| serde_json::from_str(line).expect("a message"))
            .collect();
        let pairs = Pairs::measure(&Detector::new(), &messages).expect("linked people");
        let one = Tally {
            right: 1,
            said: 1,
            there: 1,
        };
        assert_eq!((pairs.found, pairs.marked), (one, one));
        assert!(pairs.wrong.is_empty());
        assert!(Pairs::measure(&Detector::new(), &messages[2..]).is_none());
    }
}
