//! Reading a TOML table key by key, with Russian errors that name the line.
//!
//! Every table is drained by [`Table`]: what nobody asked for is an unknown key, and the nearest known one is named.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::BaseError;

/// Longest text value: an answer must fit one message of every channel.
const MAX_TEXT_CHARS: usize = 3_000;

/// A table whose keys are asked for one by one.
pub(super) struct Table<'a> {
    source: &'a str,
    title: &'static str,
    span: Range<usize>,
    entries: Vec<(String, Range<usize>, &'a Spanned<DeValue<'a>>)>,
    known: Vec<&'static str>,
}

/// A text with the place it stands at.
pub(super) struct Text {
    pub(super) value: String,
    pub(super) line: usize,
}

impl<'a> Table<'a> {
    pub(super) fn new(source: &'a str, title: &'static str, span: Range<usize>, table: &'a DeTable<'a>) -> Table<'a> {
        let entries = table
            .iter()
            .map(|(key, value)| (key.get_ref().to_string(), key.span(), value))
            .collect();
        Table {
            source,
            title,
            span,
            entries,
            known: Vec::new(),
        }
    }

    /// The line the table begins at.
    pub(super) fn line(&self) -> usize {
        line_of(self.source, self.span.start)
    }

    /// An error at the beginning of the table.
    pub(super) fn error(&self, words: impl Into<String>) -> BaseError {
        BaseError {
            line: self.line(),
            words: words.into(),
        }
    }

    fn take(&mut self, key: &'static str) -> Option<&'a Spanned<DeValue<'a>>> {
        self.known.push(key);
        let at = self.entries.iter().position(|(name, _, _)| name == key)?;
        Some(self.entries.remove(at).2)
    }

    fn line_at(&self, value: &Spanned<DeValue<'_>>) -> usize {
        line_of(self.source, value.span().start)
    }

    /// A text that may be absent; an empty one counts as absent.
    pub(super) fn text(&mut self, key: &'static str) -> Result<Option<Text>, BaseError> {
        let Some(value) = self.take(key) else { return Ok(None) };
        let text = self.text_of(key, value)?;
        Ok((!text.value.is_empty()).then_some(text))
    }

    /// A text that must stand.
    pub(super) fn required_text(&mut self, key: &'static str) -> Result<Text, BaseError> {
        match self.text(key)? {
            Some(text) => Ok(text),
            None => Err(self.error(format!(
                "в разделе {} нет ключа «{key}» или он пуст. Впишите его.",
                self.title
            ))),
        }
    }

    fn text_of(&self, key: &str, value: &Spanned<DeValue<'_>>) -> Result<Text, BaseError> {
        let line = self.line_at(value);
        match value.get_ref() {
            DeValue::String(text) if text.chars().count() > MAX_TEXT_CHARS => Err(BaseError {
                line,
                words: format!("«{key}» длиннее {MAX_TEXT_CHARS} знаков. Сократите текст."),
            }),
            DeValue::String(text) => Ok(Text {
                value: text.trim().to_owned(),
                line,
            }),
            DeValue::Integer(_)
            | DeValue::Float(_)
            | DeValue::Boolean(_)
            | DeValue::Datetime(_)
            | DeValue::Array(_)
            | DeValue::Table(_) => Err(BaseError {
                line,
                words: format!("у «{key}» ждём текст в кавычках: {key} = \"…\"."),
            }),
        }
    }

    /// A whole number from 0 that may be absent.
    pub(super) fn number(&mut self, key: &'static str) -> Result<Option<u32>, BaseError> {
        let Some(value) = self.take(key) else { return Ok(None) };
        let number = match value.get_ref() {
            DeValue::Integer(number) => u32::from_str_radix(&number.as_str().replace('_', ""), number.radix()).ok(),
            DeValue::String(_)
            | DeValue::Float(_)
            | DeValue::Boolean(_)
            | DeValue::Datetime(_)
            | DeValue::Array(_)
            | DeValue::Table(_) => None,
        };
        number.map(Some).ok_or_else(|| BaseError {
            line: self.line_at(value),
            words: format!("у «{key}» ждём целое число без кавычек, например {key} = 60."),
        })
    }

    /// A number or a text that holds one, as written.
    pub(super) fn number_or_text(&mut self, key: &'static str) -> Result<Option<Text>, BaseError> {
        let Some(value) = self.take(key) else { return Ok(None) };
        if let DeValue::Integer(number) = value.get_ref() {
            return Ok(Some(Text {
                value: number.as_str().replace('_', ""),
                line: self.line_at(value),
            }));
        }
        self.text_of(key, value).map(Some)
    }

    /// `true` or `false`, `false` when absent.
    pub(super) fn flag(&mut self, key: &'static str) -> Result<bool, BaseError> {
        let Some(value) = self.take(key) else { return Ok(false) };
        value.get_ref().as_bool().ok_or_else(|| BaseError {
            line: self.line_at(value),
            words: format!("у «{key}» ждём true (да) или false (нет) без кавычек."),
        })
    }

    /// A list of texts; a single text counts as a list of one.
    pub(super) fn texts(&mut self, key: &'static str) -> Result<Vec<Text>, BaseError> {
        let Some(value) = self.take(key) else {
            return Ok(Vec::new());
        };
        let Some(items) = value.get_ref().as_array() else {
            let text = self.text_of(key, value)?;
            return Ok(if text.value.is_empty() { Vec::new() } else { vec![text] });
        };
        let mut texts = Vec::new();
        for item in items.iter() {
            let text = self.text_of(key, item)?;
            if !text.value.is_empty() {
                texts.push(text);
            }
        }
        Ok(texts)
    }

    /// An inner table `[key]`.
    pub(super) fn table(&mut self, key: &'static str, title: &'static str) -> Result<Option<Table<'a>>, BaseError> {
        let Some(value) = self.take(key) else { return Ok(None) };
        match value.get_ref().as_table() {
            Some(table) => Ok(Some(Table::new(self.source, title, value.span(), table))),
            None => Err(BaseError {
                line: self.line_at(value),
                words: format!("«{key}» пишется разделом [{key}]."),
            }),
        }
    }

    /// Inner tables `[[key]]`.
    pub(super) fn tables(&mut self, key: &'static str, title: &'static str) -> Result<Vec<Table<'a>>, BaseError> {
        let Some(value) = self.take(key) else {
            return Ok(Vec::new());
        };
        let wrong = || BaseError {
            line: self.line_at(value),
            words: format!("«{key}» пишется разделами в двойных скобках: [[{key}]]."),
        };
        let items = value.get_ref().as_array().ok_or_else(wrong)?;
        items
            .iter()
            .map(|item| match item.get_ref().as_table() {
                Some(table) => Ok(Table::new(self.source, title, item.span(), table)),
                None => Err(wrong()),
            })
            .collect()
    }

    /// All remaining entries as word → text: for `[synonyms]`, where the owner chooses the keys.
    pub(super) fn pairs(mut self) -> Result<Vec<(String, Text)>, BaseError> {
        let entries = std::mem::take(&mut self.entries);
        entries
            .into_iter()
            .map(|(key, _, value)| {
                let text = self.text_of(&key, value)?;
                Ok((key, text))
            })
            .collect()
    }

    /// Nothing may be left: an unknown key is a mistake.
    pub(super) fn finish(self) -> Result<(), BaseError> {
        // The first unknown key by its place, so that the owner corrects from top to bottom.
        let Some((name, span, _)) = self.entries.iter().min_by_key(|(_, span, _)| span.start) else {
            return Ok(());
        };
        let nearest = self.known.iter().max_by(|left, right| {
            strsim::normalized_damerau_levenshtein(left, name)
                .total_cmp(&strsim::normalized_damerau_levenshtein(right, name))
        });
        let hint = nearest
            .map(|known| format!(" Возможно, вы имели в виду «{known}»."))
            .unwrap_or_default();
        Err(BaseError {
            line: line_of(self.source, span.start),
            words: format!("в разделе {} нет ключа «{name}».{hint}", self.title),
        })
    }
}

/// Line of a byte, from 1.
pub(super) fn line_of(source: &str, byte: usize) -> usize {
    source
        .as_bytes()
        .iter()
        .take(byte)
        .filter(|byte| **byte == b'\n')
        .count()
        + 1
}
