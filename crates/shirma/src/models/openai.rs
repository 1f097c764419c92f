//! A model behind the OpenAI form of `/chat/completions`: local servers, Yandex, others (`ai-providers.md` §1, §4, §7).
//!
//! [`encode`] and [`decode`] are pure; sending goes through the guarded client, whose filter reads the body once more.
//! One try only: whether to ask again or to answer without a model is the journey's decision.

use std::sync::Arc;
use std::time::Duration;

use serde::Deserialize;
use serde_json::{Value, json};
use shirma_vault::SecretString;
use shirma_wire::{Client, Error, Method, Request};

use crate::contract::{Answer, Model, ModelError, Pending, Prompt, Residency, Speaker};

/// Longest time for one answer: a client waits in a chat.
const MAX_TIMEOUT_MS: u64 = 60_000;
/// Longest answer taken, in bytes; a longer one is not an answer to a client.
const MAX_ANSWER_BYTES: usize = 8 * 1024;
/// Longest body read: usage and details around an answer of the length above.
const MAX_BODY_BYTES: usize = 256 * 1024;
/// What follows the provider's base, which usually ends in `/v1`.
const PATH: &str = "/chat/completions";

/// One configured model.
pub struct OpenAiModel {
    /// Its name in the journal.
    pub name: String,
    /// Where it runs; decides what is switched off at the provider.
    pub residency: Residency,
    /// As the provider calls it.
    pub model: String,
    /// `Authorization: Bearer`, if it wants one.
    pub key: Option<SecretString>,
    /// The guarded client.
    pub wire: Arc<Client>,
    /// The client's name for the provider.
    pub destination: String,
    /// Whole time for an answer, at most a minute.
    pub timeout_ms: u64,
    /// 0 = repeatable.
    pub temperature: f32,
    /// Longest answer in tokens.
    pub max_tokens: u32,
}

impl Model for OpenAiModel {
    fn name(&self) -> &str {
        &self.name
    }

    fn residency(&self) -> Residency {
        self.residency
    }

    fn complete<'a>(&'a self, prompt: &'a Prompt) -> Pending<'a, Result<Answer, ModelError>> {
        Box::pin(async move {
            let body = encode(prompt, &Options::of(self));
            let mut request = Request::new(&self.destination, Method::Post, PATH)
                .header("accept", "application/json")
                .json(body);
            for (name, value) in residency_headers(self.residency) {
                request = request.header(*name, *value);
            }
            if let Some(key) = &self.key {
                request = request.header("authorization", format!("Bearer {}", key.expose()));
            }
            request.timeout = Some(Duration::from_millis(self.timeout_ms.min(MAX_TIMEOUT_MS)));
            let response = self.wire.send(request).await.map_err(|error| refused_by_wire(&error))?;
            decode(response.status, &response.body)
        })
    }
}

/// What the body needs besides the dialogue.
struct Options<'a> {
    model: &'a str,
    temperature: f32,
    max_tokens: u32,
    residency: Residency,
}

impl<'a> Options<'a> {
    fn of(model: &'a OpenAiModel) -> Options<'a> {
        Options {
            model: &model.model,
            temperature: model.temperature,
            max_tokens: model.max_tokens,
            residency: model.residency,
        }
    }
}

/// Yandex keeps requests unless told otherwise; other Russian providers ignore the header.
fn residency_headers(residency: Residency) -> &'static [(&'static str, &'static str)] {
    match residency {
        Residency::Russia => &[("x-data-logging-enabled", "false")],
        Residency::Local | Residency::Abroad => &[],
    }
}

fn refused_by_wire(error: &Error) -> ModelError {
    match error {
        Error::Withheld { .. } => ModelError::Withheld,
        Error::TooLarge { .. } => ModelError::Unreadable,
        Error::UnknownDestination { .. }
        | Error::BadDestination { .. }
        | Error::BadRequest { .. }
        | Error::Forbidden { .. }
        | Error::Connect { .. }
        | Error::Timeout { .. }
        | Error::Broken { .. } => ModelError::Down,
    }
}

/// The JSON body: the instructions first, then the turns.
fn encode(prompt: &Prompt, options: &Options<'_>) -> Vec<u8> {
    let system = json!({"role": "system", "content": prompt.instructions.as_str()});
    let turns = prompt.turns.iter().map(|turn| {
        let role = match turn.speaker {
            Speaker::Client => "user",
            Speaker::Business => "assistant",
        };
        json!({"role": role, "content": turn.text.as_str()})
    });
    let messages: Vec<Value> = std::iter::once(system).chain(turns).collect();
    // Through f64 a temperature of 0.3 would be written 0.30000001192092896.
    let temperature = (f64::from(options.temperature) * 100.0).round() / 100.0;
    let mut body = json!({
        "model": options.model,
        "messages": messages,
        "temperature": temperature,
        "max_tokens": options.max_tokens,
        "stream": false,
    });
    if options.residency == Residency::Abroad {
        body["store"] = json!(false);
    }
    serde_json::to_vec(&body).expect("a Value of strings and numbers is always JSON")
}

#[derive(Deserialize)]
struct Completion {
    choices: Vec<Choice>,
    usage: Option<Usage>,
}

#[derive(Deserialize)]
struct Choice {
    message: Message,
}

#[derive(Deserialize)]
struct Message {
    content: Option<Content>,
}

/// A string, or a list of parts of which only texts count.
#[derive(Deserialize)]
#[serde(untagged)]
enum Content {
    Whole(String),
    Parts(Vec<Part>),
}

#[derive(Deserialize)]
struct Part {
    text: Option<String>,
}

#[derive(Deserialize)]
struct Usage {
    prompt_tokens: Option<u64>,
    completion_tokens: Option<u64>,
}

/// The answer in the first choice, or why there is none.
fn decode(status: u16, body: &[u8]) -> Result<Answer, ModelError> {
    if !(200..300).contains(&status) {
        return Err(ModelError::Refused(status));
    }
    if body.len() > MAX_BODY_BYTES {
        return Err(ModelError::Unreadable);
    }
    let completion: Completion = serde_json::from_slice(body).map_err(|_| ModelError::Unreadable)?;
    let first = completion.choices.into_iter().next().ok_or(ModelError::Unreadable)?;
    let text = match first.message.content.ok_or(ModelError::Unreadable)? {
        Content::Whole(text) => text,
        Content::Parts(parts) => parts.into_iter().filter_map(|part| part.text).collect(),
    };
    let text = without_thoughts(&text).trim();
    if text.is_empty() || text.len() > MAX_ANSWER_BYTES {
        return Err(ModelError::Unreadable);
    }
    let usage = completion.usage.as_ref();
    Ok(Answer {
        text: text.to_owned(),
        prompt_tokens: usage.and_then(|usage| usage.prompt_tokens),
        answer_tokens: usage.and_then(|usage| usage.completion_tokens),
    })
}

/// Some local models write their thoughts before the answer; an unfinished thought leaves no answer.
fn without_thoughts(text: &str) -> &str {
    match (text.trim_start().starts_with("<think>"), text.split_once("</think>")) {
        (true, Some((_, answer))) => answer,
        (true, None) => "",
        (false, _) => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::boundary::{Cleared, Masked};
    use crate::contract::Turn;

    fn prompt() -> Prompt {
        let turn = |speaker, text: &str| Turn {
            speaker,
            text: Masked::for_test(text),
        };
        Prompt {
            instructions: Cleared::for_test("Ты помощник."),
            turns: vec![
                turn(Speaker::Client, "Это [Клиент-1]. Сколько стоит «маникюр»?"),
                turn(Speaker::Business, "2 200 ₽"),
                turn(Speaker::Client, "Спасибо\nа завтра?"),
            ],
        }
    }

    fn encoded(residency: Residency) -> Value {
        let options = Options {
            model: "gpt://folder/yandexgpt/latest",
            temperature: 0.3,
            max_tokens: 400,
            residency,
        };
        serde_json::from_slice(&encode(&prompt(), &options)).expect("JSON")
    }

    fn answered(content: &str) -> Result<Answer, ModelError> {
        decode(
            200,
            format!(r#"{{"choices":[{{"index":0,"message":{{"role":"assistant","content":{content}}}}}]}}"#).as_bytes(),
        )
    }

    #[test]
    fn the_body_holds_instructions_and_turns_in_order() {
        let body = encoded(Residency::Local);
        let expected = json!({
            "model": "gpt://folder/yandexgpt/latest",
            "messages": [
                {"role": "system", "content": "Ты помощник."},
                {"role": "user", "content": "Это [Клиент-1]. Сколько стоит «маникюр»?"},
                {"role": "assistant", "content": "2 200 ₽"},
                {"role": "user", "content": "Спасибо\nа завтра?"},
            ],
            "temperature": 0.3,
            "max_tokens": 400,
            "stream": false,
        });
        assert_eq!(body, expected);
    }

    #[test]
    fn a_provider_is_told_to_keep_nothing() {
        assert_eq!(encoded(Residency::Abroad)["store"], json!(false));
        assert!(encoded(Residency::Russia).get("store").is_none());
        assert_eq!(
            residency_headers(Residency::Russia),
            [("x-data-logging-enabled", "false")]
        );
        assert!(residency_headers(Residency::Local).is_empty());
    }

    #[test]
    fn a_plain_answer_is_read_with_its_usage() {
        let body = br#"{"id":"x","choices":[{"message":{"role":"assistant","content":" \u0414\u0430. "},"finish_reason":"stop"}],
            "usage":{"prompt_tokens":9,"completion_tokens":12,"total_tokens":21}}"#;
        let answer = decode(200, body).expect("an answer");
        assert_eq!(
            (answer.text.as_str(), answer.prompt_tokens, answer.answer_tokens),
            ("Да.", Some(9), Some(12))
        );
    }

    #[test]
    fn parts_are_joined_and_thoughts_left_out() {
        let parts = r#"[{"type":"text","text":"Работаем "},{"type":"image_url"},{"type":"text","text":"до 21."}]"#;
        assert_eq!(answered(parts).expect("an answer").text, "Работаем до 21.");
        assert_eq!(answered(r#""<think>гм</think>\nДа""#).expect("an answer").text, "Да");
    }

    #[test]
    fn what_is_no_answer_is_unreadable() {
        for content in ["null", "\"\"", "\"  \"", "[]", "5", "\"<think>без конца\""] {
            assert_eq!(answered(content).err(), Some(ModelError::Unreadable), "{content}");
        }
        let long = format!("\"{}\"", "а".repeat(MAX_ANSWER_BYTES));
        assert_eq!(answered(&long).err(), Some(ModelError::Unreadable));
        let huge = vec![b' '; MAX_BODY_BYTES + 1];
        for body in [
            &br#"{"choices":[]}"#[..],
            b"{}",
            b"",
            b"<html>",
            b"\xff\xfe",
            br#"{"error":{"message":"x"}}"#,
            &huge,
        ] {
            assert_eq!(decode(200, body).err(), Some(ModelError::Unreadable));
        }
    }

    #[test]
    fn a_refusal_keeps_its_status() {
        for status in [401, 402, 429, 500, 503, 301] {
            let body = br#"{"error":{"message":"no","type":"x"}}"#;
            assert_eq!(decode(status, body).err(), Some(ModelError::Refused(status)));
        }
    }

    #[test]
    fn a_withheld_body_is_told_apart_from_a_silent_provider() {
        let to = || "model".to_owned();
        assert_eq!(
            refused_by_wire(&Error::Withheld {
                destination: to(),
                reason: "raw_value"
            }),
            ModelError::Withheld
        );
        assert_eq!(refused_by_wire(&Error::Timeout { destination: to() }), ModelError::Down);
        assert_eq!(
            refused_by_wire(&Error::TooLarge {
                destination: to(),
                limit_bytes: 1
            }),
            ModelError::Unreadable
        );
    }

    /// Answers one request with this body and gives back what was asked.
    async fn scripted(listener: tokio::net::TcpListener, body: &'static str) -> String {
        use tokio::io::{AsyncReadExt, AsyncWriteExt};
        let (mut stream, _) = listener.accept().await.expect("a caller");
        let mut asked = Vec::new();
        while !asked.ends_with(b"}") {
            let mut piece = [0; 4096];
            let read = stream.read(&mut piece).await.expect("a request");
            asked.extend_from_slice(&piece[..read]);
        }
        let head = format!(
            "HTTP/1.1 200 OK\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
            body.len()
        );
        stream
            .write_all(format!("{head}{body}").as_bytes())
            .await
            .expect("sent");
        String::from_utf8(asked).expect("text")
    }

    #[tokio::test]
    async fn a_provider_hears_the_key_the_logging_switch_and_the_dialogue() {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let base = format!("http://{}/v1", listener.local_addr().expect("an address"));
        let mut destination = shirma_wire::Destination::new("model", base);
        destination.private_networks = shirma_wire::Private::Allowed;
        let model = OpenAiModel {
            name: "yandex".into(),
            residency: Residency::Russia,
            model: "gpt://folder/yandexgpt/latest".into(),
            key: Some(SecretString::new("key-of-a-test")),
            wire: Arc::new(Client::new(vec![destination]).expect("a client")),
            destination: "model".into(),
            timeout_ms: 5_000,
            temperature: 0.2,
            max_tokens: 100,
        };
        let body = r#"{"choices":[{"message":{"content":"Работаем до 21:00."}}]}"#;
        let prompt = prompt();
        let (asked, answer) = tokio::join!(scripted(listener, body), model.complete(&prompt));
        assert_eq!(answer.expect("an answer").text, "Работаем до 21:00.");
        let asked = asked.to_lowercase();
        for expected in [
            "post /v1/chat/completions http/1.1",
            "authorization: bearer key-of-a-test",
            "x-data-logging-enabled: false",
            "[клиент-1]",
        ] {
            assert!(asked.contains(expected), "{expected}");
        }
    }

    #[tokio::test]
    async fn a_provider_that_is_not_there_is_down() {
        let mut destination = shirma_wire::Destination::new("model", "http://127.0.0.1:1/v1");
        destination.private_networks = shirma_wire::Private::Allowed;
        let model = OpenAiModel {
            name: "local".into(),
            residency: Residency::Local,
            model: "m".into(),
            key: None,
            wire: Arc::new(Client::new(vec![destination]).expect("a client")),
            destination: "model".into(),
            timeout_ms: 5_000,
            temperature: 0.0,
            max_tokens: 100,
        };
        assert_eq!(model.complete(&prompt()).await.err(), Some(ModelError::Down));
    }
}
