//! Patterns of messages: reading them and filling them.

use anyhow::{Result, bail, ensure};
use shirma_pii::{Case, Gender};

use crate::chance::Chance;
use crate::message::{Message, Span};

use super::Words;
use super::names::{Names, Person};
use super::value;

/// A piece of a filled pattern.
#[derive(Debug, Clone)]
pub(crate) struct Segment {
    pub(crate) text: String,
    pub(crate) label: Option<&'static str>,
}

/// One line of a pattern file.
pub(crate) struct Pattern {
    nodes: Vec<Node>,
    pub(crate) voice: u32,
    pub(crate) is_dialogue: bool,
    pub(crate) is_news: bool,
    pub(crate) has_person: bool,
    /// Something in it is drawn anew each time.
    pub(crate) varies: bool,
    pub(crate) reveals_health: bool,
}

enum Node {
    Text(String),
    Choice(Vec<Vec<Node>>),
    /// Masculine and feminine words for the first person.
    ByGender(String, String),
    Literal(String),
    Slot(Slot),
    /// «{sur} {given} {patr}» of one person: one name, in pieces.
    FullName(Vec<Slot>),
}

impl Node {
    /// The pieces of a name, and whose it is.
    fn name(&self) -> Option<usize> {
        match self {
            Node::Slot(slot) if slot.is_person() => Some(slot.person),
            Node::FullName(slots) => slots.first().map(|slot| slot.person),
            _ => None,
        }
    }
}

struct Slot {
    name: String,
    case: Case,
    gender: Option<Gender>,
    person: usize,
    /// `{!first}`: looks like a name and names no person.
    is_false: bool,
}

impl Slot {
    fn is_person(&self) -> bool {
        PERSON_SLOTS.contains(&self.name.as_str()) && !self.is_false
    }
}

/// Shares of foreigners among people of news and of chats.
const FOREIGN_IN_NEWS: usize = 45;
const FOREIGN_IN_CHAT: usize = 5;

const PERSON_SLOTS: [&str; 14] = [
    "wordname", "wordsur", "any", "first", "given", "dim", "fp", "patr", "sur", "fs", "sf", "full", "init", "lat",
];

/// Reads the patterns of one file; `voices` grows by those it names.
pub(super) fn read(text: &str, voices: &mut Vec<String>, patterns: &mut Vec<Pattern>) -> Result<()> {
    for (number, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        if let Some(voice) = line.strip_prefix("== ") {
            if !voices.iter().any(|known| known == voice) {
                voices.push(voice.to_owned());
            }
            continue;
        }
        let Some(voice) = voices.last() else {
            bail!("line {}: no voice yet", number + 1)
        };
        let (reveals_health, line) = match line.strip_prefix("+h ") {
            Some(rest) => (true, rest),
            None => (false, line),
        };
        let line = line.replace("\\n", "\n");
        let mut rest = line.as_str();
        let nodes = joined(nodes(&mut rest, &[])?);
        ensure!(rest.is_empty(), "line {}: unbalanced brackets", number + 1);
        patterns.push(Pattern {
            has_person: persons(&nodes),
            varies: nodes
                .iter()
                .any(|node| matches!(node, Node::Slot(_) | Node::FullName(_) | Node::Choice(_))),
            nodes,
            voice: voices.len() as u32,
            is_dialogue: voice.starts_with("dialogue"),
            is_news: voice.starts_with("news"),
            reveals_health,
        });
    }
    Ok(())
}

/// The same with the pieces of one person's name put together.
fn joined(nodes: Vec<Node>) -> Vec<Node> {
    let mut all: Vec<Node> = Vec::with_capacity(nodes.len());
    for node in nodes {
        let continues = node.name().is_some()
            && matches!(all.last(), Some(Node::Text(text)) if text == " ")
            && all.len().checked_sub(2).is_some_and(|at| all[at].name() == node.name());
        match node {
            Node::Slot(slot) if continues => {
                all.pop();
                let mut slots = match all.pop() {
                    Some(Node::Slot(first)) => vec![first],
                    Some(Node::FullName(slots)) => slots,
                    _ => Vec::new(),
                };
                slots.push(slot);
                all.push(Node::FullName(slots));
            }
            node => all.push(node),
        }
    }
    all
}

fn persons(nodes: &[Node]) -> bool {
    nodes.iter().any(|node| match node {
        Node::Literal(_) | Node::FullName(_) => true,
        Node::Slot(slot) => slot.is_person(),
        Node::Choice(options) => options.iter().any(|option| persons(option)),
        _ => false,
    })
}

fn nodes(rest: &mut &str, stops: &[char]) -> Result<Vec<Node>> {
    let mut found = Vec::new();
    loop {
        let plain_end = rest.find(['{', '(', '[', '<', '|', ')']).unwrap_or(rest.len());
        if plain_end > 0 {
            found.push(Node::Text(rest[..plain_end].to_owned()));
            *rest = &rest[plain_end..];
        }
        let Some(sign) = rest.chars().next() else {
            return Ok(found);
        };
        if stops.contains(&sign) {
            return Ok(found);
        }
        *rest = &rest[1..];
        let node = match sign {
            '{' => Node::Slot(slot(until(rest, '}')?)?),
            '[' => {
                let inner = until(rest, ']')?;
                let (one, other) = inner.split_once('|').unwrap_or((inner, ""));
                Node::ByGender(one.to_owned(), other.to_owned())
            }
            '<' => Node::Literal(until(rest, '>')?.to_owned()),
            '(' => {
                let mut options = Vec::new();
                loop {
                    options.push(joined(nodes(rest, &['|', ')'])?));
                    let closed = rest.starts_with(')');
                    ensure!(!rest.is_empty(), "a choice is not closed");
                    *rest = &rest[1..];
                    if closed {
                        break;
                    }
                }
                // Brackets around one thing are brackets.
                if options.len() == 1 {
                    found.push(Node::Text("(".into()));
                    found.append(&mut options[0]);
                    Node::Text(")".into())
                } else {
                    Node::Choice(options)
                }
            }
            other => Node::Text(other.to_string()),
        };
        found.push(node);
    }
}

fn until<'a>(rest: &mut &'a str, stop: char) -> Result<&'a str> {
    let Some((inside, after)) = rest.split_once(stop) else {
        bail!("{stop} is missing")
    };
    *rest = after;
    Ok(inside)
}

fn slot(text: &str) -> Result<Slot> {
    let parts = text.split(':').skip(1);
    let mut slot = Slot {
        name: text
            .split(':')
            .next()
            .unwrap_or_default()
            .trim_start_matches('!')
            .to_owned(),
        case: Case::Nominative,
        gender: None,
        person: 1,
        is_false: text.starts_with('!'),
    };
    for option in parts {
        match option {
            "nom" => slot.case = Case::Nominative,
            "gen" => slot.case = Case::Genitive,
            "dat" => slot.case = Case::Dative,
            "acc" => slot.case = Case::Accusative,
            "ins" => slot.case = Case::Instrumental,
            "loc" => slot.case = Case::Locative,
            "m" => slot.gender = Some(Gender::Male),
            "f" => slot.gender = Some(Gender::Female),
            "2" => slot.person = 2,
            "3" => slot.person = 3,
            other => bail!("unknown option {other} of a slot"),
        }
    }
    Ok(slot)
}

impl Pattern {
    /// The pattern with everything drawn anew.
    pub(super) fn fill(&self, names: &Names, words: &Words, chance: &mut Chance) -> Vec<Segment> {
        let mut people: [Option<Person>; 4] = Default::default();
        let gender = first_gender(&self.nodes);
        let foreign_percent = if self.is_news { FOREIGN_IN_NEWS } else { FOREIGN_IN_CHAT };
        people[1] = Some(names.person(gender, foreign_percent, chance));
        let mut segments = Vec::new();
        let source = Source {
            names,
            words,
            foreign_percent,
        };
        write(&self.nodes, &source, &mut people, &mut segments, chance);
        segments
    }
}

/// What patterns are filled from.
struct Source<'a> {
    names: &'a Names,
    words: &'a Words,
    foreign_percent: usize,
}

fn first_gender(nodes: &[Node]) -> Option<Gender> {
    nodes.iter().find_map(|node| match node {
        Node::Slot(slot) if slot.person == 1 => slot.gender,
        Node::FullName(slots) => slots
            .iter()
            .filter(|slot| slot.person == 1)
            .find_map(|slot| slot.gender),
        Node::Choice(options) => options.iter().find_map(|option| first_gender(option)),
        _ => None,
    })
}

fn write(
    nodes: &[Node],
    source: &Source<'_>,
    people: &mut [Option<Person>; 4],
    out: &mut Vec<Segment>,
    chance: &mut Chance,
) {
    for node in nodes {
        let segment = match node {
            Node::Text(text) => Segment {
                text: text.clone(),
                label: None,
            },
            Node::Literal(text) => Segment {
                text: text.clone(),
                label: Some("PERSON"),
            },
            Node::ByGender(male, female) => {
                let is_female = people[1].as_ref().is_some_and(|person| person.gender == Gender::Female);
                Segment {
                    text: if is_female { female.clone() } else { male.clone() },
                    label: None,
                }
            }
            Node::Choice(options) => {
                let option = &options[chance.below(options.len())];
                write(option, source, people, out, chance);
                continue;
            }
            Node::Slot(slot) if PERSON_SLOTS.contains(&slot.name.as_str()) => Segment {
                text: named(slot, source, people, chance),
                label: slot.is_person().then_some("PERSON"),
            },
            Node::FullName(slots) => {
                let pieces: Vec<String> = slots.iter().map(|slot| named(slot, source, people, chance)).collect();
                Segment {
                    text: pieces.join(" "),
                    label: Some("PERSON"),
                }
            }
            Node::Slot(slot) if slot.name == "word" => Segment {
                text: source.names.word(chance),
                label: None,
            },
            Node::Slot(slot) if slot.name == "Word" => Segment {
                text: super::names::capitalised(&source.names.word(chance)),
                label: None,
            },
            Node::Slot(slot) if slot.name == "WORD" => Segment {
                text: source.names.word(chance).to_uppercase(),
                label: None,
            },
            Node::Slot(slot) => match source.words.get(&slot.name) {
                Some(list) => Segment {
                    text: list[chance.below(list.len())].clone(),
                    label: None,
                },
                None => value::value(&slot.name, chance),
            },
        };
        out.push(segment);
    }
}

/// What a slot of a person says.
fn named(slot: &Slot, source: &Source<'_>, people: &mut [Option<Person>; 4], chance: &mut Chance) -> String {
    people[slot.person]
        .get_or_insert_with(|| source.names.person(slot.gender, source.foreign_percent, chance))
        .written(&slot.name, slot.case, chance)
}

/// The text of the segments with its spans.
pub(super) fn message(segments: &[Segment]) -> Message {
    let mut text = String::new();
    let mut entities = Vec::new();
    let mut length = 0;
    for segment in segments {
        let start = length;
        text.push_str(&segment.text);
        length += segment.text.chars().count();
        if let Some(label) = segment.label
            && length > start
        {
            entities.push(Span {
                start,
                end: length,
                label: label.into(),
                optional: false,
                subject: None,
            });
        }
    }
    Message {
        id: String::new(),
        text,
        entities,
        flags: Vec::new(),
        dialogue: None,
        role: None,
        group: 0,
        voice: 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(line: &str) -> Message {
        let mut patterns = Vec::new();
        read(&format!("== trade voice\n{line}"), &mut Vec::new(), &mut patterns).expect("a pattern");
        let segments = patterns[0].fill(&Names::new("", ""), &Words::new(), &mut Chance::new(1));
        message(&segments)
    }

    #[test]
    fn names_and_numbers_of_a_filled_pattern_are_its_spans() {
        let message = filled("+h (Это|Я) {first:gen:f}, тел. {phone} (тут) <Оля>");
        let labels: Vec<&str> = message.entities.iter().map(|span| span.label.as_str()).collect();
        assert_eq!(labels, ["PERSON", "PHONE", "PERSON"]);
        let last = &message.entities[2];
        let text: String = message
            .text
            .chars()
            .skip(last.start)
            .take(last.end - last.start)
            .collect();
        assert_eq!(text, "Оля");
        assert!(message.text.contains("(тут)"));
    }

    #[test]
    fn pieces_of_one_persons_name_are_one_span() {
        let spans = |line: &str| filled(line).entities.len();
        assert_eq!(spans("{sur} {given} {patr} на три"), 1);
        assert_eq!(spans("(тут {given} {sur}|там {sur} {given})"), 1);
        assert_eq!(spans("{first:f} {first:dat:f:2} отдала туфли"), 2);
        assert_eq!(spans("{sur}, {given}"), 2);
    }

    #[test]
    fn an_unbalanced_pattern_is_refused() {
        assert!(read("== a b\nя (и|ты", &mut Vec::new(), &mut Vec::new()).is_err());
        assert!(read("== a b\nя {first:xyz}", &mut Vec::new(), &mut Vec::new()).is_err());
    }
}
