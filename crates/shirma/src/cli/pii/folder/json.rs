//! JSON of any shape, exports of Telegram and Instagram among it: strings are masked, fields whose name says what they
//! hold are covered whole. Instagram writes its letters byte by byte; they are read as what they mean.

use serde_json::Value;
use shirma_pii::Label;

use super::column::label_of;
use super::cover::Cover;

/// Deeper structures are no export.
const DEPTH_MAX: usize = 64;

/// Masks a whole document; `None` if it is no JSON.
pub(super) fn mask(cover: &mut Cover<'_>, text: &str) -> Option<String> {
    let mut value: Value = serde_json::from_str(text.trim_start_matches('\u{feff}')).ok()?;
    cover_in(cover, &mut value, None, 0);
    serde_json::to_string_pretty(&value).ok().map(|text| text + "\n")
}

/// Masks a document a line; `None` if a line is no JSON.
pub(super) fn mask_lines(cover: &mut Cover<'_>, text: &str) -> Option<String> {
    let mut masked = String::with_capacity(text.len());
    for line in text.lines() {
        if !line.trim().is_empty() {
            let mut value: Value = serde_json::from_str(line).ok()?;
            cover_in(cover, &mut value, None, 0);
            masked.push_str(&value.to_string());
        }
        masked.push('\n');
    }
    Some(masked)
}

fn cover_in(cover: &mut Cover<'_>, value: &mut Value, label: Option<Label>, depth: usize) {
    if depth > DEPTH_MAX {
        *value = Value::Null;
        return;
    }
    match value {
        Value::String(text) => {
            let read = written_by_bytes(text);
            let said = read.as_deref().unwrap_or(text);
            *text = match label {
                Some(label) => cover.value(said, label),
                None => cover.text(said),
            };
        }
        Value::Number(number) if label.is_some_and(|label| label != Label::Handle) => {
            let said = number.to_string();
            *value = Value::String(label.map_or(String::new(), |label| cover.value(&said, label)));
        }
        Value::Array(items) => items
            .iter_mut()
            .for_each(|item| cover_in(cover, item, label, depth + 1)),
        Value::Object(fields) => {
            // A chat is called after the person, a place or a sticker after nobody.
            let chat = fields.contains_key("messages");
            for (name, field) in fields.iter_mut() {
                let own = if name == "name" && (chat || fields_of_people(depth)) {
                    Some(Label::Person)
                } else {
                    label_of(name)
                };
                cover_in(cover, field, own.or(label), depth + 1);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
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
