//! A language model behind an OpenAI-compatible address, on the loopback: it says what it is told to and keeps every byte
//! it was given.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::{Value, json};

use super::stand_in::{Reply, Seen, StandIn, locked};

/// What the model does with the next question.
#[derive(Clone, Debug)]
pub(crate) enum Says {
    /// These words.
    Words(String),
    /// Every token of the last question, in a sentence.
    TokensAgain,
    /// A refusal with this status.
    Status(u16),
    /// These words after a while.
    Late(Duration, String),
    /// This body with status 200, whatever it is.
    Body(Vec<u8>),
    /// Nothing: the connection ends.
    Nothing,
}

/// The service.
pub(crate) struct Model {
    stand_in: StandIn,
    script: Arc<Mutex<VecDeque<Says>>>,
}

impl Model {
    /// Without a script it repeats the tokens it saw.
    pub(crate) fn start() -> Model {
        let script: Arc<Mutex<VecDeque<Says>>> = Arc::default();
        let waiting = Arc::clone(&script);
        let stand_in = StandIn::start(move |seen| {
            let says = locked(&waiting).pop_front().unwrap_or(Says::TokensAgain);
            reply(says, seen)
        });
        Model { stand_in, script }
    }

    /// The address up to and including `/v1`.
    pub(crate) fn url(&self) -> String {
        format!("{}/v1", self.stand_in.url())
    }

    pub(crate) fn script(&self, says: Says) {
        locked(&self.script).push_back(says);
    }

    /// Every question so far: head and body, exactly as they came.
    pub(crate) fn received(&self) -> Vec<Vec<u8>> {
        self.stand_in.calls().into_iter().map(|seen| seen.bytes).collect()
    }

    /// Waits for so many questions and gives their bodies.
    pub(crate) fn wait_for_questions(&self, count: usize) -> Vec<Value> {
        let is_question = |seen: &Seen| seen.place() == "/v1/chat/completions";
        let seen = self
            .stand_in
            .wait_for_calls(count, &format!("{count} questions to the model"), is_question);
        seen.iter().map(Seen::json).collect()
    }
}

/// The words of the last turn of a question.
pub(crate) fn last_turn(question: &Value) -> String {
    let turns = question["messages"].as_array().map_or(&[][..], Vec::as_slice);
    turns
        .last()
        .and_then(|turn| turn["content"].as_str())
        .unwrap_or_default()
        .to_owned()
}

/// Everything in square brackets that looks like a token: `[Клиент-17]`.
pub(crate) fn tokens_of(text: &str) -> Vec<String> {
    let parts = text.split('[').skip(1).filter_map(|part| part.split_once(']'));
    let looks_right = |inside: &str| {
        let ends = inside.rsplit_once('-');
        ends.is_some_and(|(word, number)| !word.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
    };
    parts
        .map(|(inside, _)| inside)
        .filter(|inside| looks_right(inside))
        .map(|inside| format!("[{inside}]"))
        .collect()
}

fn reply(says: Says, seen: &Seen) -> Reply {
    match says {
        Says::Words(words) => completion(&words),
        Says::TokensAgain => {
            let tokens = tokens_of(&last_turn(&seen.json()));
            completion(&format!("Спасибо! Записали: {}.", tokens.join(", ")))
        }
        Says::Status(status) => Reply::json(
            status,
            &json!({"error": {"message": "scripted", "type": "server_error"}}),
        ),
        Says::Late(pause, words) => Reply::Slow(pause, Box::new(completion(&words))),
        Says::Body(body) => Reply::bytes(200, body),
        Says::Nothing => Reply::Dropped,
    }
}

fn completion(words: &str) -> Reply {
    Reply::json(
        200,
        &json!({
            "id": "chatcmpl-scripted", "object": "chat.completion", "created": 1_795_420_801, "model": "scripted",
            "choices": [{"index": 0, "message": {"role": "assistant", "content": words}, "finish_reason": "stop"}],
            "usage": {"prompt_tokens": 10, "completion_tokens": 5, "total_tokens": 15},
        }),
    )
}
