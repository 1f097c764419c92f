//! Our own calls and the answers to them: the real adapter calls a stand-in that answers with the fixture.
//!
//! Answers and refusals must be understood as the manifest says, pages of a poll read to the last event, and requests
//! leave byte for byte in the same form as the fixture shows them.

use std::sync::Arc;

use serde_json::{Value, json};
use shirma::channels::{Listen, max, telegram};
use shirma::contract::{Button, Channel, Outgoing, Page, SendError, Sent, Tone};
use shirma_vault::SecretString;
use shirma_wire::{Client, Destination, Private};

use super::accounts::{Accounts, Bot};
use super::folder::Fixture;
use super::{Verdict, differences};
use crate::support::stand_in::{Reply, Seen, StandIn};

/// The calls this build makes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Call {
    Send,
    Acknowledge,
    /// Sets the webhook.
    Register,
    /// Asks for set webhooks and removes them.
    Unregister,
    Poll,
}

/// What a call came to.
enum Outcome {
    Sent(Sent),
    Done,
    Page(Page),
    Refused(SendError),
}

/// Checks a fixture of role `response`, `error`, `poll` or `request`.
pub(crate) async fn check(fixture: &Fixture, accounts: &Accounts) -> Verdict {
    let Some(call) = call_of(fixture) else {
        return Verdict::Unsupported("this build makes no such call".to_owned());
    };
    if fixture.role == "request" {
        return request(fixture, accounts, call).await;
    }
    let answer = Answer {
        status: fixture.status,
        headers: fixture.headers.clone(),
        body: fixture.body.clone(),
    };
    let stand_in = StandIn::start(move |seen| answer.to(call, seen));
    let channel = channel(fixture, accounts, call, &stand_in, None);
    let mut found = Vec::new();
    let outcome = perform(channel.as_ref(), call, &sample(), cursor_in(fixture).as_deref()).await;
    match (fixture.role.as_str(), outcome) {
        ("error", Outcome::Refused(refusal)) => found.extend(refusal_differences(&refusal, &fixture.expect)),
        ("error", _) => found.push("taken for a success".to_owned()),
        (_, Outcome::Refused(refusal)) => found.push(format!("taken for a refusal: {refusal}")),
        ("poll", Outcome::Page(page)) => {
            found.extend(page_differences(channel.as_ref(), &page, &fixture.expect));
            found.extend(call_differences(fixture, &stand_in.calls()));
        }
        (_, Outcome::Sent(sent)) => {
            let actual = json!({"message_id": sent.message_id});
            found.extend(differences(&actual, &fixture.expect));
        }
        (_, Outcome::Done) => found.extend(unregister_differences(fixture, call, &stand_in.calls())),
        (_, Outcome::Page(_)) => {}
    }
    Verdict::of(found)
}

/// A fixture's answer; what removes webhooks gets it for its question only.
struct Answer {
    status: u16,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

impl Answer {
    fn to(&self, call: Call, seen: &Seen) -> Reply {
        if call == Call::Unregister && seen.method != "GET" {
            return Reply::json(200, &json!({"success": true}));
        }
        let mut headers = self.headers.clone();
        headers.push(("Content-Type".to_owned(), "application/json".to_owned()));
        Reply::Answer {
            status: self.status,
            headers,
            body: self.body.clone(),
        }
    }
}

/// Which call the fixture is about: by its address, else by its name.
fn call_of(fixture: &Fixture) -> Option<Call> {
    let name = fixture.name();
    let place = fixture
        .path
        .as_deref()
        .map(|path| path.split('?').next().unwrap_or(path))
        .unwrap_or_default();
    let is = |method: &str| name.starts_with(method) || place.ends_with(&format!("/{method}"));
    match fixture.provider.as_str() {
        "telegram" if is("getUpdates") || name.starts_with("error_409") => Some(Call::Poll),
        "telegram" if is("sendMessage") || fixture.role == "error" => Some(Call::Send),
        "telegram" if is("answerCallbackQuery") => Some(Call::Acknowledge),
        "telegram" if is("setWebhook") => Some(Call::Register),
        "max" if is("updates") => Some(Call::Poll),
        "max" if name.starts_with("messages_send") || is("messages") || fixture.role == "error" => Some(Call::Send),
        "max" if is("answers") => Some(Call::Acknowledge),
        "max" if name.starts_with("subscriptions_list") => Some(Call::Unregister),
        "max" if is("subscriptions") => Some(Call::Register),
        _ => None,
    }
}

/// The real adapter, pointed at the stand-in. A fixture of `setWebhook` brings its own address and secret.
fn channel(
    fixture: &Fixture,
    accounts: &Accounts,
    call: Call,
    stand_in: &StandIn,
    webhook: Option<(String, String)>,
) -> Box<dyn Channel> {
    let listen = match call {
        Call::Poll | Call::Unregister => Listen::Poll,
        Call::Send | Call::Acknowledge | Call::Register => Listen::Webhook,
    };
    let mut destination = Destination::new("service", stand_in.url());
    destination.private_networks = Private::Allowed;
    let wire = Arc::new(Client::new(vec![destination]).expect("a loopback destination"));
    let Bot { token, secret } = if fixture.provider == "max" {
        &accounts.max
    } else {
        &accounts.telegram
    };
    let (url, secret) = webhook.unwrap_or(("https://salon.example/hooks".to_owned(), secret.clone()));
    let (name, destination) = ("fixture".to_owned(), "service".to_owned());
    let (token, webhook_secret) = (SecretString::new(token.clone()), Some(SecretString::new(secret)));
    let public_url = Some(url);
    if fixture.provider == "max" {
        let account = max::Account {
            name,
            token,
            webhook_secret,
            public_url,
            listen,
            wire,
            destination,
        };
        Box::new(max::Max::new(account).expect("an account the service would accept"))
    } else {
        let account = telegram::Account {
            name,
            token,
            webhook_secret,
            public_url,
            listen,
            wire,
            destination,
        };
        Box::new(telegram::Telegram::new(account).expect("an account the service would accept"))
    }
}

async fn perform(channel: &dyn Channel, call: Call, message: &Outgoing, cursor: Option<&str>) -> Outcome {
    let done = match call {
        Call::Send => channel.send(message).await.map(Outcome::Sent),
        Call::Acknowledge => channel.acknowledge(&message.idem_key).await.map(|()| Outcome::Done),
        Call::Register | Call::Unregister => channel.register().await.map(|()| Outcome::Done),
        Call::Poll => channel
            .poll(cursor)
            .expect("the account polls")
            .await
            .map(Outcome::Page),
    };
    done.unwrap_or_else(Outcome::Refused)
}

/// Any message: what matters is the answer to it.
fn sample() -> Outgoing {
    let text = "Ждём вас завтра.".to_owned();
    Outgoing {
        chat: "700000001".to_owned(),
        text,
        buttons: Vec::new(),
        idem_key: "callback-1".to_owned(),
    }
}

fn refusal_differences(refusal: &SendError, expect: &Value) -> Vec<String> {
    let after_s = match refusal {
        SendError::Later { after_ms } => after_ms.map(|after_ms| after_ms / 1000),
        _ => None,
    };
    let actual = json!({"retry": refusal.may_repeat(), "reason": refusal.reason(), "after_s": after_s});
    differences(&actual, expect)
}

fn page_differences(channel: &dyn Channel, page: &Page, expect: &Value) -> Vec<String> {
    let mut found = Vec::new();
    let mut events = Vec::new();
    for update in &page.updates {
        match channel.parse(update) {
            Ok(parsed) => events.extend(parsed),
            Err(refusal) => found.push(format!("an update of the page: {refusal}")),
        }
    }
    found.extend(super::event_differences(&events, expect));
    let next = page.cursor.as_deref().and_then(|cursor| cursor.parse::<i64>().ok());
    let actual = json!({"next_offset": next, "next_marker": next});
    found.extend(differences(&actual, expect));
    found
}

/// The webhooks that the answer lists must be removed, each.
fn unregister_differences(fixture: &Fixture, call: Call, calls: &[Seen]) -> Vec<String> {
    if call != Call::Unregister {
        return Vec::new();
    }
    let listed: Value = serde_json::from_slice(&fixture.body).unwrap_or_default();
    let count = listed["subscriptions"].as_array().map_or(0, Vec::len);
    let removed = calls.iter().filter(|seen| seen.method == "DELETE").count();
    if removed == count {
        Vec::new()
    } else {
        vec![format!("{removed} webhooks removed of {count}")]
    }
}

/// Our call must have gone where the manifest says, with its headers.
fn call_differences(fixture: &Fixture, calls: &[Seen]) -> Vec<String> {
    let Some(seen) = calls.first() else {
        return vec!["nothing was called".to_owned()];
    };
    let mut found = Vec::new();
    if seen.method != fixture.method {
        found.push(format!("method {}, expected {}", seen.method, fixture.method));
    }
    if let Some(path) = fixture.path.as_deref().filter(|path| *path != seen.path) {
        found.push(format!("address {}, expected {path}", seen.path));
    }
    for (name, value) in &fixture.headers {
        if seen.header(&name.to_lowercase()) != Some(value) {
            found.push(format!("header {name} is missing or different"));
        }
    }
    found
}

/// The value in the query that says where a poll goes on.
fn cursor_in(fixture: &Fixture) -> Option<String> {
    let query = fixture.path.as_deref()?.split_once('?')?.1;
    let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    pairs
        .filter(|(name, _)| ["offset", "marker"].contains(name))
        .map(|(_, value)| value.to_owned())
        .next()
}

/// Says the same as the fixture through our own types and compares what leaves.
async fn request(fixture: &Fixture, accounts: &Accounts, call: Call) -> Verdict {
    let Ok(wanted) = serde_json::from_slice::<Value>(&fixture.body) else {
        return Verdict::Failed("the fixture is not JSON".to_owned());
    };
    let stand_in = StandIn::start(|_| Reply::json(200, &json!({"ok": true, "result": true, "success": true})));
    let text_of = |names: [&str; 2]| names.iter().find_map(|name| wanted[*name].as_str()).map(str::to_owned);
    let webhook = text_of(["url", "url"]).zip(text_of(["secret_token", "secret"]));
    let channel = channel(fixture, accounts, call, &stand_in, webhook);
    let message = outgoing(fixture, &wanted);
    // What the service would answer is the business of other fixtures.
    let _outcome = perform(channel.as_ref(), call, &message, None).await;
    let calls = stand_in.calls();
    let mut found = call_differences(fixture, &calls);
    let actual = calls.first().map(Seen::json).unwrap_or_default();
    // The words of an acknowledgement are ours to choose: its form counts.
    let is_same = if call == Call::Acknowledge {
        keys(&actual) == keys(&wanted)
    } else {
        actual == wanted
    };
    if !is_same {
        found.push(format!("body {actual}, expected {wanted}"));
    }
    Verdict::of(found)
}

fn keys(object: &Value) -> Vec<&String> {
    object
        .as_object()
        .into_iter()
        .flat_map(|object| object.keys())
        .collect()
}

/// The message that the fixture's body says, in our own types.
fn outgoing(fixture: &Fixture, body: &Value) -> Outgoing {
    let query = |name: &str| {
        let query = fixture.path.as_deref()?.split_once('?')?.1;
        query
            .split('&')
            .find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))
            .map(str::to_owned)
    };
    let chat = body["chat_id"]
        .as_i64()
        .map(|id| id.to_string())
        .or_else(|| query("chat_id"));
    let markup = &body["reply_markup"];
    let in_max = body["attachments"]
        .as_array()
        .into_iter()
        .flatten()
        .find(|part| part["type"] == "inline_keyboard");
    let rows = [
        &markup["inline_keyboard"],
        &markup["keyboard"],
        in_max.map_or(&Value::Null, |part| &part["payload"]["buttons"]),
    ];
    let rows = rows.into_iter().find_map(Value::as_array);
    let row = |row: &Value| row.as_array().into_iter().flatten().filter_map(button).collect();
    Outgoing {
        chat: chat.unwrap_or_default(),
        text: body["text"].as_str().unwrap_or_default().to_owned(),
        buttons: rows.into_iter().flatten().map(row).collect(),
        idem_key: query("callback_id").unwrap_or_default(),
    }
}

fn button(button: &Value) -> Option<Button> {
    let text = button["text"].as_str()?.to_owned();
    if button["request_contact"] == true || button["type"] == "request_contact" {
        return Some(Button::Contact { text });
    }
    if let Some(url) = button["url"].as_str() {
        return Some(Button::Link {
            text,
            url: url.to_owned(),
        });
    }
    let payload = button["callback_data"]
        .as_str()
        .or_else(|| button["payload"].as_str())?
        .to_owned();
    let tone = match button["intent"].as_str() {
        Some("positive") => Tone::Positive,
        Some("negative") => Tone::Negative,
        _ => Tone::Neutral,
    };
    Some(Button::Callback { text, payload, tone })
}
