//! Personal data of JSONL messages: `{"id","text"}` on stdin, `{"id","entities","flags"}` on stdout.
//!
//! With the argument `mask` it prints the masked text and the tokens; with `fill` it puts names into gaps.

use std::collections::BTreeMap;
use std::io::{BufRead, Write};

use anyhow::{Context, Result};
use serde_json::{Value, json};
use shirma_pii::offset::CodePoints;
use shirma_pii::{Conversation, Detector, Gender, Speaker, fill};

fn main() -> Result<()> {
    let mode = std::env::args().nth(1).unwrap_or_default();
    let detector = Detector::new();
    let mut conversations: BTreeMap<String, Conversation> = BTreeMap::new();
    let mut out = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let message: Value = serde_json::from_str(&line?)?;
        let text = message["text"].as_str().context("the line has no text")?;
        let mut answer = json!({"id": message["id"]});
        match mode.as_str() {
            "mask" => mask(&detector, &mut conversations, &message, text, &mut answer),
            "fill" => {
                let gender = message["gender"]
                    .as_str()
                    .map(|gender| if gender == "f" { Gender::Female } else { Gender::Male });
                answer["text"] = fill(text, message["name"].as_str().context("the line has no name")?, gender)?.into();
            }
            _ => detect(&detector, text, &mut answer),
        }
        writeln!(out, "{answer}")?;
    }
    Ok(())
}

fn detect(detector: &Detector, text: &str, answer: &mut Value) {
    let detection = detector.detect(text);
    let mut points = CodePoints::new(text);
    answer["entities"] = detection
        .findings
        .iter()
        .map(|finding| {
            let range = points.range(&finding.range);
            json!({"start": range.start, "end": range.end, "label": finding.label, "score": finding.confidence})
        })
        .collect();
    answer["flags"] = if detection.flags.health {
        json!(["health"])
    } else {
        json!([])
    };
}

fn mask(
    detector: &Detector,
    conversations: &mut BTreeMap<String, Conversation>,
    message: &Value,
    text: &str,
    answer: &mut Value,
) {
    let key = message["dialogue"]
        .as_str()
        .map_or_else(|| message["id"].to_string(), str::to_owned);
    let conversation = conversations.entry(key).or_default();
    let masking = match message["role"].as_str() {
        Some("client") => conversation.mask_said_by(detector, text, Speaker::Client),
        Some(_) => conversation.mask_said_by(detector, text, Speaker::Staff),
        None => conversation.mask(detector, text),
    };
    let mut points = CodePoints::new(text);
    answer["text"] = masking.text.into();
    answer["entities"] = masking
        .entities
        .iter()
        .map(|entity| {
            let range = points.range(&entity.range);
            json!({"start": range.start, "end": range.end, "label": entity.label, "token": entity.token, "subject": entity.subject})
        })
        .collect();
}
