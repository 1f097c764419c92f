//! One message of JSONL: found, masked, restored, filled.

use serde_json::{Map, Value, json};
use shirma_pii::offset::CodePoints;
use shirma_pii::{Conversation, Detector, Flags, Gender, Policy, Restoration, Speaker, fill};

use super::explain::{evidence_name, finder, why};
use super::lines::{BadLine, BothForms};
use super::map::Conversations;

/// The dialogue of plain text.
pub(super) const PLAIN_DIALOGUE: &str = "";

pub(super) struct Masker<'a> {
    pub(super) detector: Detector,
    pub(super) conversations: &'a mut Conversations,
    pub(super) policy: Policy,
    /// Texts without a dialogue are remembered too.
    pub(super) keep: bool,
}

impl BothForms for Masker<'_> {
    fn message(&mut self, message: &Map<String, Value>) -> Result<Value, BadLine> {
        let text = text_of(message)?;
        let named = message.contains_key("dialogue");
        let mut alone = Conversation::default();
        let conversation = if named || self.keep {
            self.conversations.entry(dialogue_of(message)).or_default()
        } else {
            &mut alone
        };
        let masking = conversation.mask_under(&self.detector, text, speaker_of(message), &self.policy);
        let mut points = CodePoints::new(text);
        let entities: Vec<Value> = masking
            .entities
            .iter()
            .map(|entity| {
                let range = points.range(&entity.range);
                json!({"start": range.start, "end": range.end, "label": entity.label, "token": entity.token, "subject": entity.subject})
            })
            .collect();
        Ok(json!({"id": message.get("id"), "text": masking.text, "entities": entities, "flags": flags(masking.flags)}))
    }

    fn plain(&mut self, text: &str) -> String {
        self.conversations
            .entry(PLAIN_DIALOGUE.to_owned())
            .or_default()
            .mask_under(&self.detector, text, None, &self.policy)
            .text
    }
}

pub(super) struct Restorer {
    pub(super) conversations: Conversations,
}

impl Restorer {
    fn restore(&self, dialogue: &str, text: &str) -> Restoration {
        self.conversations.get(dialogue).map_or_else(
            || Conversation::default().restore(text),
            |conversation| conversation.restore(text),
        )
    }
}

impl BothForms for Restorer {
    fn message(&mut self, message: &Map<String, Value>) -> Result<Value, BadLine> {
        let restoration = self.restore(&dialogue_of(message), text_of(message)?);
        let expected: Vec<&str> = message
            .get("expected")
            .and_then(Value::as_array)
            .map(|tokens| tokens.iter().filter_map(Value::as_str).collect())
            .unwrap_or_default();
        let absent = restoration.absent(&expected);
        Ok(
            json!({"id": message.get("id"), "text": restoration.text, "restored": restoration.restored, "foreign": restoration.foreign, "absent": absent}),
        )
    }

    fn plain(&mut self, text: &str) -> String {
        self.restore(PLAIN_DIALOGUE, text).text
    }
}

pub(super) fn detect(detector: &Detector, explain: bool, message: &Map<String, Value>) -> Result<Value, BadLine> {
    let text = text_of(message)?;
    let detection = detector.detect(text);
    let mut points = CodePoints::new(text);
    let entities: Vec<Value> = detection
        .findings
        .iter()
        .map(|finding| {
            let range = points.range(&finding.range);
            let mut entity =
                json!({"start": range.start, "end": range.end, "label": finding.label, "score": finding.confidence});
            if explain {
                entity["found_by"] = json!(finder(finding.label, finding.evidence));
                entity["evidence"] = json!(evidence_name(finding.evidence));
                entity["why"] = json!(why(finding.label, finding.evidence));
            }
            entity
        })
        .collect();
    Ok(json!({"id": message.get("id"), "entities": entities, "flags": flags(detection.flags)}))
}

fn flags(flags: Flags) -> Value {
    if flags.health { json!(["health"]) } else { json!([]) }
}

pub(super) fn fill_gap(message: &Map<String, Value>) -> Result<Value, BadLine> {
    let text = text_of(message)?;
    let name = message.get("name").and_then(Value::as_str).ok_or(BadLine::NoName)?;
    let gender = match message.get("gender") {
        None | Some(Value::Null) => None,
        Some(Value::String(gender)) if gender == "m" => Some(Gender::Male),
        Some(Value::String(gender)) if gender == "f" => Some(Gender::Female),
        Some(_) => return Err(BadLine::NotGender),
    };
    let filled = fill(text, name, gender).map_err(|_| BadLine::NotFilled)?;
    Ok(json!({"id": message.get("id"), "text": filled}))
}

fn text_of(message: &Map<String, Value>) -> Result<&str, BadLine> {
    message.get("text").and_then(Value::as_str).ok_or(BadLine::NoText)
}

/// Messages without a dialogue stand each for itself, under their id.
fn dialogue_of(message: &Map<String, Value>) -> String {
    match message.get("dialogue") {
        Some(Value::String(dialogue)) => dialogue.clone(),
        Some(other) if !other.is_null() => other.to_string(),
        _ => format!("#{}", message.get("id").unwrap_or(&Value::Null)),
    }
}

fn speaker_of(message: &Map<String, Value>) -> Option<Speaker> {
    match message.get("role")?.as_str()? {
        "client" => Some(Speaker::Client),
        "manager" | "doctor" | "bot" | "staff" => Some(Speaker::Staff),
        _ => None,
    }
}
