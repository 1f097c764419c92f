//! Annotated messages: reading JSONL sets, gold spans in code points.

use std::ops::Range;
use std::path::Path;

use anyhow::{Context, Result};
use serde::Deserialize;
use shirma_pii::Label;

/// A span that holds personal data, in code points.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Span {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) label: String,
    /// May be found or not.
    #[serde(default)]
    pub(crate) optional: bool,
    /// Whom of the dialogue a name means.
    #[serde(default, deserialize_with = "number_or_text")]
    pub(crate) subject: Option<String>,
}

impl Span {
    pub(crate) fn is_person(&self) -> bool {
        self.label == Label::Person.as_str()
    }
}

/// A message with everything that should be found in it.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Message {
    pub(crate) id: String,
    pub(crate) text: String,
    #[serde(default)]
    pub(crate) entities: Vec<Span>,
    #[serde(default)]
    pub(crate) flags: Vec<String>,
    #[serde(default)]
    pub(crate) dialogue: Option<String>,
    /// Who wrote it: client, manager, doctor, bot.
    #[serde(default)]
    pub(crate) role: Option<String>,
    /// What may not stand on both sides of a held-out check: a pattern or a document.
    #[serde(skip)]
    pub(crate) group: u32,
    /// Who wrote the pattern.
    #[serde(skip)]
    pub(crate) voice: u32,
}

impl Message {
    /// The span in bytes of the text; what lies outside of the text is cut off.
    pub(crate) fn bytes(&self, span: &Span) -> Range<usize> {
        let byte = |point: usize| {
            self.text
                .char_indices()
                .nth(point)
                .map_or(self.text.len(), |(byte, _)| byte)
        };
        let start = byte(span.start);
        start..byte(span.end).max(start)
    }
}

fn number_or_text<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    Ok(match Option::<serde_json::Value>::deserialize(deserializer)? {
        None | Some(serde_json::Value::Null) => None,
        Some(serde_json::Value::String(text)) => Some(text),
        Some(other) => Some(other.to_string()),
    })
}

/// Reads a set, one message a line.
pub(crate) fn read(path: &Path) -> Result<Vec<Message>> {
    let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
    text.lines()
        .filter(|line| !line.trim().is_empty())
        .enumerate()
        .map(|(number, line)| serde_json::from_str(line).with_context(|| format!("{}:{}", path.display(), number + 1)))
        .collect()
}

/// The same message in lower case; letters whose lower case is longer stay.
pub(crate) fn lower(message: &Message) -> Message {
    Message {
        text: message.text.chars().map(lower_char).collect(),
        ..message.clone()
    }
}

pub(crate) fn lower_char(letter: char) -> char {
    let mut lower = letter.to_lowercase();
    match (lower.next(), lower.next()) {
        (Some(one), None) => one,
        _ => letter,
    }
}
