//! Annotated messages: reading JSONL sets, gold spans in code points.

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
    /// What may not stand on both sides of a held-out check: a pattern or a document.
    #[serde(skip)]
    pub(crate) group: u32,
    /// Who wrote the pattern.
    #[serde(skip)]
    pub(crate) voice: u32,
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
