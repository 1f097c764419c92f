//! JSON of any shape, exports of Telegram and Instagram among it: strings are masked, fields whose name says what they
//! hold are covered whole, and so are names of fields that are values themselves. Instagram writes its letters byte by
//! byte; they are read as what they mean.
//!
//! Numbers are passed on as they are written, so long ones stay exact.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::Deserialize;
use serde::de::{MapAccess, Visitor};
use serde_json::value::RawValue;
use shirma_pii::Label;

use super::broken::Broken;
use super::column::label_of;
use super::cover::Cover;

/// Deeper structures are no export.
const DEPTH_MAX: usize = 64;
/// Digits of a number that may be a phone or a card and no price.
const LONG_NUMBER_MIN: usize = 10;
/// Names of fields remembered as harmless.
const NAMES_MAX: usize = 4096;

/// Masks a whole document.
pub(super) fn mask(cover: &mut Cover<'_>, text: &str) -> Result<String, Broken> {
    let text = text.trim_start_matches('\u{feff}');
    Writer::new(cover, Task::Learn).document(text)?;
    let mut writer = Writer::new(cover, Task::WriteWide);
    writer.document(text)?;
    Ok(writer.masked + "\n")
}

/// Masks a document a line.
pub(super) fn mask_lines(cover: &mut Cover<'_>, text: &str) -> Result<String, Broken> {
    let lines = || text.trim_start_matches('\u{feff}').lines();
    let mut learner = Writer::new(cover, Task::Learn);
    for line in lines().filter(|line| !line.trim().is_empty()) {
        learner.document(line)?;
    }
    let mut writer = Writer::new(cover, Task::WriteNarrow);
    for line in lines() {
        if !line.trim().is_empty() {
            writer.document(line)?;
        }
        writer.masked.push('\n');
    }
    Ok(writer.masked)
}

struct Writer<'c, 'd> {
    cover: &'c mut Cover<'d>,
    task: Task,
    masked: String,
    /// Names of fields and what they become.
    names: BTreeMap<String, String>,
}

/// What a document is gone through for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Task {
    /// Its people are taken notice of; texts before may speak of them.
    Learn,
    /// It is written on one line.
    WriteNarrow,
    /// It is written on many lines, for people.
    WriteWide,
}

/// What is known of a value by its place.
#[derive(Clone, Copy)]
struct Place<'n> {
    label: Option<Label>,
    name: &'n str,
    depth: usize,
}

impl<'c, 'd> Writer<'c, 'd> {
    fn new(cover: &'c mut Cover<'d>, task: Task) -> Self {
        Self {
            cover,
            task,
            masked: String::new(),
            names: BTreeMap::new(),
        }
    }

    fn document(&mut self, text: &str) -> Result<(), Broken> {
        let raw: &RawValue = parse(text)?;
        let place = Place {
            label: None,
            name: "",
            depth: 0,
        };
        self.value(raw.get(), place)
    }

    fn value(&mut self, raw: &str, place: Place<'_>) -> Result<(), Broken> {
        if place.depth > DEPTH_MAX {
            return Err(Broken::JsonTooDeep);
        }
        match raw.as_bytes().first() {
            Some(b'{') => self.object(parse(raw)?, place),
            Some(b'[') => self.array(parse(raw)?, place),
            Some(b'"') => {
                let text: String = parse(raw)?;
                let said = written_by_bytes(&text).unwrap_or(text);
                let masked = match place.label {
                    _ if self.task == Task::Learn => {
                        if place.label == Some(Label::Person) {
                            self.cover.learn(&said);
                        }
                        return Ok(());
                    }
                    Some(label) => self.cover.value(&said, label),
                    None => self.cover.text(&said),
                };
                self.string(&masked);
                Ok(())
            }
            _ if self.task == Task::Learn => Ok(()),
            Some(b'-' | b'0'..=b'9') => {
                self.number(raw, place.label);
                Ok(())
            }
            _ => {
                // `true`, `false`, `null`.
                self.masked.push_str(raw);
                Ok(())
            }
        }
    }

    /// A number that its field or its digits tell to be a value becomes a string.
    fn number(&mut self, raw: &str, label: Option<Label>) {
        if let Some(label) = label.filter(|label| *label != Label::Handle) {
            let value = self.cover.value(raw, label);
            self.string(&value);
        } else if raw.len() >= LONG_NUMBER_MIN && raw.bytes().all(|sign| sign.is_ascii_digit()) {
            let masked = self.cover.text(raw);
            if masked == raw {
                self.masked.push_str(raw);
            } else {
                self.string(&masked);
            }
        } else {
            self.masked.push_str(raw);
        }
    }

    fn array(&mut self, items: Vec<&RawValue>, place: Place<'_>) -> Result<(), Broken> {
        // Telegram cuts a message where its look changes; a value may be cut, too.
        let is_text = matches!(place.name, "text" | "text_entities") && self.task != Task::Learn;
        if let Some(text) = joined_text(&items).filter(|_| is_text) {
            let masked = self.cover.text(&text);
            if place.name == "text" {
                self.string(&masked);
            } else {
                self.masked.push_str("[{\"type\":\"plain\",\"text\":");
                self.string(&masked);
                self.masked.push_str("}]");
            }
            return Ok(());
        }
        self.masked.push('[');
        for (index, item) in items.iter().enumerate() {
            self.comma(index, place.depth + 1);
            let depth = place.depth + 1;
            self.value(item.get(), Place { depth, ..place })?;
        }
        self.close(']', items.is_empty(), place.depth);
        Ok(())
    }

    fn object(&mut self, fields: Fields<'_>, place: Place<'_>) -> Result<(), Broken> {
        // A chat is called after the person, a place or a sticker after nobody.
        let chat = fields.0.iter().any(|(name, _)| name == "messages");
        let mut taken = BTreeSet::new();
        self.masked.push('{');
        for (index, (name, field)) in fields.0.iter().enumerate() {
            self.comma(index, place.depth + 1);
            let masked = match self.task {
                Task::Learn => String::new(),
                Task::WriteNarrow | Task::WriteWide => self.name(name),
            };
            let mut unique = masked.clone();
            let mut number = 1;
            while !taken.insert(unique.clone()) {
                number += 1;
                unique = format!("{masked} ({number})");
            }
            self.string(&unique);
            self.masked
                .push_str(if self.task == Task::WriteWide { ": " } else { ":" });
            let own = if name == "name" && (chat || fields_of_people(place.depth)) {
                Some(Label::Person)
            } else {
                label_of(name)
            };
            let inside = Place {
                label: own.or(place.label),
                name,
                depth: place.depth + 1,
            };
            self.value(field.get(), inside)?;
        }
        self.close('}', fields.0.is_empty(), place.depth);
        Ok(())
    }

    /// The name of a field, masked like a text: an object may be keyed by phones or people.
    fn name(&mut self, name: &str) -> String {
        if let Some(known) = self.names.get(name) {
            return known.clone();
        }
        let said = written_by_bytes(name).unwrap_or_else(|| name.to_owned());
        let mut masked = self.cover.text(&said);
        if masked == said && !said.is_ascii() && self.cover.name(&said) != said {
            // A surname with nothing around it.
            masked = self.cover.value(&said, Label::Person);
        }
        if self.names.len() < NAMES_MAX {
            self.names.insert(name.to_owned(), masked.clone());
        }
        masked
    }

    fn string(&mut self, text: &str) {
        self.masked.push_str(&serde_json::Value::from(text).to_string());
    }

    fn comma(&mut self, index: usize, depth: usize) {
        if index > 0 {
            self.masked.push(',');
        }
        self.indent(depth);
    }

    fn close(&mut self, sign: char, empty: bool, depth: usize) {
        if !empty {
            self.indent(depth);
        }
        self.masked.push(sign);
    }

    fn indent(&mut self, depth: usize) {
        if self.task == Task::WriteWide {
            self.masked.push('\n');
            (0..depth).for_each(|_| self.masked.push_str("  "));
        }
    }
}

/// Fields in their order, the repeated ones too.
struct Fields<'j>(Vec<(String, &'j RawValue)>);

impl<'de> Deserialize<'de> for Fields<'de> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct InOrder;
        impl<'de> Visitor<'de> for InOrder {
            type Value = Fields<'de>;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Fields<'de>, A::Error> {
                let mut fields = Vec::new();
                while let Some(field) = map.next_entry()? {
                    fields.push(field);
                }
                Ok(Fields(fields))
            }
        }
        deserializer.deserialize_map(InOrder)
    }
}

fn parse<'j, T: Deserialize<'j>>(text: &'j str) -> Result<T, Broken> {
    serde_json::from_str(text).map_err(|_| Broken::NotJson)
}

/// A text in parts: strings, and objects with a `type` and a `text`.
fn joined_text(items: &[&RawValue]) -> Option<String> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Part {
        Plain(String),
        Marked {
            #[serde(rename = "type")]
            _kind: String,
            text: String,
        },
    }
    let parts = items.iter().map(|item| parse::<Part>(item.get()));
    parts
        .map(|part| {
            part.ok().map(|part| match part {
                Part::Plain(text) | Part::Marked { text, .. } => text,
            })
        })
        .collect::<Option<String>>()
        .filter(|_| !items.is_empty())
}

/// `participants: [{"name": …}]` stands this deep.
fn fields_of_people(depth: usize) -> bool {
    depth == 2
}

/// Letters stored as the single bytes of their UTF-8.
fn written_by_bytes(text: &str) -> Option<String> {
    if text.is_ascii() || !text.chars().all(|sign| u32::from(sign) < 0x100) {
        return None;
    }
    let bytes: Vec<u8> = text
        .chars()
        .filter_map(|sign| u8::try_from(u32::from(sign)).ok())
        .collect();
    String::from_utf8(bytes).ok()
}
