//! The bot API of MAX as far as the program uses it, on the loopback.
//!
//! Messages get ids, updates wait behind a marker; a script put before a call answers its next uses instead. Calls are
//! named by method and path: `POST /messages`.

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
    last_message: u64,
}

/// The service.
pub(crate) struct Max {
    stand_in: StandIn,
    state: Arc<(Mutex<State>, Condvar)>,
}

impl Max {
    pub(crate) fn start() -> Max {
        let state = Arc::new((Mutex::new(State::default()), Condvar::new()));
        let inner = Arc::clone(&state);
        Max {
            stand_in: StandIn::start(move |seen| answer(&inner, seen)),
            state,
        }
    }

    pub(crate) fn url(&self) -> String {
        self.stand_in.url()
    }

    /// One more update for the long poll.
    pub(crate) fn push_update(&self, update: Value) {
        locked(&self.state.0).updates.push(update);
        self.state.1.notify_all();
    }

    /// Every call so far.
    pub(crate) fn calls(&self) -> Vec<Seen> {
        self.stand_in.calls()
    }

    /// Waits for such calls and gives them.
    pub(crate) fn wait_for_sent(&self, call: &str, count: usize) -> Vec<Seen> {
        self.stand_in
            .wait_for_calls(count, &format!("{count} × {call}"), |seen| name_of(seen) == call)
    }
}

fn name_of(seen: &Seen) -> String {
    format!("{} {}", seen.method, seen.place())
}

fn answer(state: &(Mutex<State>, Condvar), seen: &Seen) -> Reply {
    let call = name_of(seen);
    if let Some(reply) = locked(&state.0).scripts.get_mut(&call).and_then(VecDeque::pop_front) {
        return reply;
    }
    match call.as_str() {
        "GET /updates" => updates(state, seen),
        "POST /messages" => Reply::json(200, &message(&mut locked(&state.0), seen)),
        "POST /answers" | "POST /subscriptions" | "DELETE /subscriptions" => {
            Reply::json(200, &json!({"success": true}))
        }
        "GET /subscriptions" => Reply::json(200, &json!({"subscriptions": []})),
        "GET /me" => Reply::json(
            200,
            &json!({"user_id": 90_000_001, "first_name": "Салон Пример", "name": "Салон Пример", "username": "primer_salon_bot",
                "is_bot": true, "last_activity_time": 1_795_420_700_000_i64}),
        ),
        _ => Reply::json(404, &json!({"code": "not.found", "message": "path is not recognised"})),
    }
}

fn message(state: &mut State, seen: &Seen) -> Value {
    state.last_message += 1;
    let chat = seen.query("chat_id").and_then(|text| text.parse::<i64>().ok());
    json!({"message": {
        "sender": {"user_id": 90_000_001, "first_name": "Салон Пример", "name": "Салон Пример", "is_bot": true,
            "last_activity_time": 1_795_420_801_000_i64},
        "recipient": {"chat_id": chat, "chat_type": "dialog", "user_id": 80_000_001},
        "timestamp": 1_795_420_801_000_i64,
        "body": {"mid": format!("mid.scripted{:06}", state.last_message), "seq": state.last_message,
            "text": seen.json()["text"], "attachments": []},
    }})
}

/// The marker counts updates: those before it were taken.
fn updates(state: &(Mutex<State>, Condvar), seen: &Seen) -> Reply {
    let number = |name: &str| {
        seen.query(name)
            .and_then(|value| value.parse::<usize>().ok())
            .unwrap_or(0)
    };
    let (marker, hold) = (number("marker"), Duration::from_secs(number("timeout") as u64));
    let mut guard = locked(&state.0);
    if guard.updates.len() <= marker {
        let waited = state
            .1
            .wait_timeout_while(guard, hold.min(LONGEST_HOLD), |state| state.updates.len() <= marker);
        guard = waited.map_or_else(|poisoned| poisoned.into_inner().0, |(guard, _)| guard);
    }
    let fresh: Vec<Value> = guard.updates.iter().skip(marker).cloned().collect();
    Reply::json(200, &json!({"updates": fresh, "marker": guard.updates.len()}))
}
