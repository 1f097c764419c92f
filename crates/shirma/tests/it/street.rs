//! A house with everything around it: the program, both messengers, a model, all on the loopback.

use serde_json::Value;
use shirma_store::Engine;

use crate::records::Records;
use crate::support::house::House;
use crate::support::http::{Request, Response};
use crate::support::max::Max;
use crate::support::model::Model;
use crate::support::patience::wait_for;
use crate::support::telegram::Telegram;
use crate::updates::{self, Person};

/// The secret Telegram shows on each webhook.
pub(crate) const TELEGRAM_SECRET: &str = "street-telegram-secret";
/// The secret MAX shows on each webhook.
pub(crate) const MAX_SECRET: &str = "street-max-secret";
/// The token of the bot in MAX; it also signs shared contacts.
pub(crate) const MAX_TOKEN: &str = "street-max-token";
const TELEGRAM_TOKEN: &str = "7100000001:street-telegram-token";
/// Longest the program waits for the model: short, so that a slow one is soon a lost one.
pub(crate) const MODEL_TIMEOUT_MS: u64 = 1_500;
/// How all words begin that give a dialog to a person.
pub(crate) const HAND_OVER: &str = "Передаю администратору.";
/// How the consent question begins.
pub(crate) const CONSENT_QUESTION: &str = "Здравствуйте. Переписку ведёт";

/// Who answers first, and how events come.
#[derive(Clone, Copy, Default)]
pub(crate) struct Plan {
    pub(crate) model: bool,
    pub(crate) poll: bool,
}

/// The house and its neighbours.
pub(crate) struct Street {
    engine: Engine,
    pub(crate) house: House,
    pub(crate) telegram: Telegram,
    pub(crate) max: Max,
    pub(crate) model: Model,
}

impl Street {
    /// The rules answer, events come by webhook.
    pub(crate) fn with_rules(engine: Engine) -> Street {
        Street::open(engine, Plan::default())
    }

    /// The model answers those who consented.
    pub(crate) fn with_model(engine: Engine) -> Street {
        Street::open(
            engine,
            Plan {
                model: true,
                ..Plan::default()
            },
        )
    }

    pub(crate) fn open(engine: Engine, plan: Plan) -> Street {
        let (telegram, max, model) = (Telegram::start(), Max::start(), Model::start());
        let settings = settings(plan, &telegram.url(), &max.url(), &model.url());
        let secrets = format!(
            "[telegram.salon]\ntoken = \"{TELEGRAM_TOKEN}\"\nwebhook_secret = \"{TELEGRAM_SECRET}\"\n\
             [max.salon]\ntoken = \"{MAX_TOKEN}\"\nwebhook_secret = \"{MAX_SECRET}\"\n"
        );
        let house = House::furnished(engine, &settings, &secrets);
        Street {
            engine,
            house,
            telegram,
            max,
            model,
        }
    }

    /// Telegram tells the house something.
    pub(crate) fn hook_telegram(&self, update: &Value) -> Response {
        self.house.call(&telegram_hook(update))
    }

    /// MAX tells the house something.
    pub(crate) fn hook_max(&self, update: &Value) -> Response {
        self.house.call(&max_hook(update))
    }

    /// A client writes in Telegram; the house takes it.
    pub(crate) fn writes(&self, from: &Person, text: &str) {
        let update = updates::telegram::text(from, updates::fresh_number(), text);
        assert_eq!(self.hook_telegram(&update).status, 200, "{text}");
    }

    /// A client presses a button in Telegram; the house takes it.
    pub(crate) fn presses(&self, from: &Person, payload: &str) {
        let update = updates::telegram::press(from, payload);
        assert_eq!(self.hook_telegram(&update).status, 200, "{payload}");
    }

    /// Bodies of all messages sent to a chat of Telegram, refused ones too.
    pub(crate) fn sent_to(&self, to: &Person) -> Vec<Value> {
        let all = self.telegram.sent("sendMessage");
        all.into_iter().filter(|body| body["chat_id"] == to.id).collect()
    }

    /// Waits until so many messages were sent to a chat of Telegram and gives the newest.
    pub(crate) fn hears(&self, to: &Person, count: usize) -> Value {
        wait_for(&format!("message {count} to {}", to.id), || {
            let mut sent = self.sent_to(to);
            (sent.len() >= count).then(|| sent.swap_remove(count - 1))
        })
    }

    /// A client writes and hears one more message: its words.
    pub(crate) fn asks(&self, who: &Person, text: &str) -> String {
        let heard = self.sent_to(who).len();
        self.writes(who, text);
        words(&self.hears(who, heard + 1)).to_owned()
    }

    /// A client begins, is asked for consent and gives it. Three messages are heard then.
    pub(crate) fn consents(&self, who: &Person) {
        self.answers_consent(who, "Даю согласие");
    }

    /// A client begins, is asked for consent and refuses. Three messages are heard then.
    pub(crate) fn refuses(&self, who: &Person) {
        self.answers_consent(who, "Не даю согласия");
    }

    fn answers_consent(&self, who: &Person, button: &str) {
        self.writes(who, "/start");
        self.hears(who, 2);
        let question = self.hears(who, 1);
        assert!(words(&question).starts_with(CONSENT_QUESTION), "{question}");
        self.presses(who, &payload_of(&question, button));
        self.hears(who, 3);
    }

    /// Ends the program without a warning. Its leases are as good as over: on SQLite a start knows that nobody else can hold
    /// one; on a server only time tells, so it passes here.
    pub(crate) fn kill(&mut self) {
        self.house.kill();
        if self.engine == Engine::Postgres {
            let passed = Records::of(&self.house).change(&[
                "update job set lease_until = 0 where state = 'leased'",
                "update outbox set lease_until = 0 where state = 'sending'",
            ]);
            passed.expect("leases have an end");
        }
    }

    /// Stops the program and holds its journal against itself.
    pub(crate) fn stop_and_verify(&mut self) {
        assert!(self.house.stop().success(), "{}", self.house.said());
        let verified = self.house.run(&["audit", "verify", "--data", "data"]);
        let said = String::from_utf8_lossy(&verified.stdout).into_owned();
        assert!(verified.status.success() && said.contains("Журнал цел"), "{said}");
    }
}

fn settings(plan: Plan, telegram: &str, max: &str, model: &str) -> String {
    let listen = if plan.poll { "poll" } else { "webhook" };
    let mode = if plan.model { "model" } else { "rules" };
    format!(
        "[assistant]\nmode = \"{mode}\"\n\
         [model]\nurl = \"{model}\"\nmodel = \"scripted\"\nresidency = \"local\"\ntimeout_ms = {MODEL_TIMEOUT_MS}\n\
         [[telegram]]\nname = \"salon\"\nlisten = \"{listen}\"\nbase_url = \"{telegram}\"\n\
         [[max]]\nname = \"salon\"\nlisten = \"{listen}\"\nbase_url = \"{max}\"\n\
         [[site]]\nname = \"demo\"\n"
    )
}

/// A delivery of Telegram.
pub(crate) fn telegram_hook(update: &Value) -> Request {
    Request::json("/hooks/telegram/salon", update).header("X-Telegram-Bot-Api-Secret-Token", TELEGRAM_SECRET)
}

/// A delivery of MAX.
pub(crate) fn max_hook(update: &Value) -> Request {
    Request::json("/hooks/max/salon", update).header("X-Max-Bot-Api-Secret", MAX_SECRET)
}

/// The words of a sent message.
pub(crate) fn words(sent: &Value) -> &str {
    sent["text"].as_str().unwrap_or_default()
}

/// The buttons under a message of Telegram: words and payload, by rows.
pub(crate) fn buttons(sent: &Value) -> Vec<Vec<(String, String)>> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let rows = sent["reply_markup"]["inline_keyboard"]
        .as_array()
        .cloned()
        .unwrap_or_default();
    let row = |row: &Value| {
        let buttons = row.as_array().cloned().unwrap_or_default();
        buttons
            .iter()
            .map(|button| (text(&button["text"]), text(&button["callback_data"])))
            .collect()
    };
    rows.iter().map(row).collect()
}

/// The payload of the button whose words begin so.
pub(crate) fn payload_of(sent: &Value, beginning: &str) -> String {
    let all: Vec<(String, String)> = buttons(sent).concat();
    let found = all.iter().find(|(words, _)| words.starts_with(beginning));
    found
        .unwrap_or_else(|| panic!("no button «{beginning}» in {sent}"))
        .1
        .clone()
}
