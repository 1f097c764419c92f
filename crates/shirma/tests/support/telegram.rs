//! The Bot API of Telegram as far as the program uses it, on the loopback.
//!
//! Answers follow the service's own form: messages get numbers, updates wait until they are asked for and stay until
//! an offset passes them. A script put before a method answers its next calls instead.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Condvar, Mutex};
use std::time::Duration;

use serde_json::{Value, json};

use super::stand_in::{Reply, Seen, StandIn, locked};

/// Longest a stand-in holds an empty long poll: shorter than the service's, so that a stopping program is not held up.
const LONGEST_HOLD: Duration = Duration::from_secs(2);

#[derive(Default)]
struct State {
    scripts: HashMap<String, VecDeque<Reply>>,
    updates: Vec<Value>,
    last_message: i64,
}

/// The service.
pub(crate) struct Telegram {
    stand_in: StandIn,
    state: Arc<(Mutex<State>, Condvar)>,
}

impl Telegram {
    pub(crate) fn start() -> Telegram {
        let state = Arc::new((
            Mutex::new(State {
                last_message: 1000,
                ..State::default()
            }),
            Condvar::new(),
        ));
        let inner = Arc::clone(&state);
        Telegram {
            stand_in: StandIn::start(move |seen| answer(&inner, seen)),
            state,
        }
    }

    pub(crate) fn url(&self) -> String {
        self.stand_in.url()
    }

    /// The next call of the method gets this instead of the usual answer; several wait in order.
    pub(crate) fn script(&self, method: &str, reply: Reply) {
        locked(&self.state.0)
            .scripts
            .entry(method.to_owned())
            .or_default()
            .push_back(reply);
    }

    /// One more update for the long poll.
    pub(crate) fn push_update(&self, update: Value) {
        locked(&self.state.0).updates.push(update);
        self.state.1.notify_all();
    }

    /// Every call so far of any method.
    pub(crate) fn calls(&self) -> Vec<Seen> {
        self.stand_in.calls()
    }

    /// Bodies of the calls of one method so far.
    pub(crate) fn sent(&self, method: &str) -> Vec<Value> {
        self.calls()
            .iter()
            .filter(|seen| method_of(seen) == method)
            .map(Seen::json)
            .collect()
    }

    /// Waits for the calls of one method and gives their bodies.
    pub(crate) fn wait_for_sent(&self, method: &str, count: usize) -> Vec<Value> {
        let seen = self
            .stand_in
            .wait_for_calls(count, &format!("{count} × {method}"), |seen| method_of(seen) == method);
        seen.iter().map(Seen::json).collect()
    }
}

/// `/bot<token>/<method>`.
fn method_of(seen: &Seen) -> &str {
    seen.place().rsplit('/').next().unwrap_or_default()
}

fn answer(state: &(Mutex<State>, Condvar), seen: &Seen) -> Reply {
    let method = method_of(seen);
    if let Some(reply) = locked(&state.0).scripts.get_mut(method).and_then(VecDeque::pop_front) {
        return reply;
    }
    match method {
        "getUpdates" => updates(state, seen),
        "sendMessage" => {
            let mut state = locked(&state.0);
            state.last_message += 1;
            let asked = seen.field("chat_id").unwrap_or_default();
            let chat = asked
                .as_i64()
                .or_else(|| asked.as_str()?.parse().ok())
                .unwrap_or_default();
            ok(&json!({
                "message_id": state.last_message,
                "from": {"id": 7_100_000_001_i64, "is_bot": true, "first_name": "Салон Пример", "username": "primer_salon_bot"},
                "chat": {"id": chat, "type": "private"},
                "date": 1_795_420_801,
                "text": seen.field("text"),
            }))
        }
        "getMe" => ok(
            &json!({"id": 7_100_000_001_i64, "is_bot": true, "first_name": "Салон Пример", "username": "primer_salon_bot"}),
        ),
        "setWebhook" | "deleteWebhook" | "answerCallbackQuery" => ok(&json!(true)),
        _ => Reply::json(
            404,
            &json!({"ok": false, "error_code": 404, "description": "Not Found"}),
        ),
    }
}

fn ok(result: &Value) -> Reply {
    Reply::json(200, &json!({"ok": true, "result": result}))
}

fn updates(state: &(Mutex<State>, Condvar), seen: &Seen) -> Reply {
    let number = |name: &str| {
        let in_query = seen.query(name).and_then(|value| value.parse::<i64>().ok());
        in_query.or_else(|| seen.field(name)?.as_i64())
    };
    let offset = number("offset").unwrap_or(0);
    let hold = Duration::from_secs(
        number("timeout")
            .and_then(|seconds| u64::try_from(seconds).ok())
            .unwrap_or(0),
    );
    let is_old = |update: &Value| update["update_id"].as_i64().unwrap_or(0) < offset;
    let mut guard = locked(&state.0);
    guard.updates.retain(|update| !is_old(update));
    if guard.updates.is_empty() {
        let waited = state
            .1
            .wait_timeout_while(guard, hold.min(LONGEST_HOLD), |state| state.updates.is_empty());
        guard = waited.map_or_else(|poisoned| poisoned.into_inner().0, |(guard, _)| guard);
    }
    ok(&Value::Array(guard.updates.clone()))
}
