//! Telegram bot: one account, listening by webhook or long poll.
//!
//! The token stands in the path of every call, so no path is ever logged. A message has no key of ours there: after a
//! lost answer a repeat may double. Facts: `channels.md` §1.

mod parse;
mod poll;
mod send;

use std::sync::Arc;

use serde_json::Value;
use shirma_vault::{SecretString, constant_time_eq};
use shirma_wire::{Client, Method, Request, Response};

use super::account::{Error, Listen, SecretShape, check_webhook};
use super::call::{bytes, call, never_sent};
use crate::contract::{Channel, ChannelKind, Event, Outgoing, Page, Pending, RawRequest, Refusal, SendError, Sent};

pub use parse::parse;
pub use poll::{page, poll_path};
pub use send::{classify, encode_message, encode_webhook, sent};

/// Where the service answers; a settings key may name another address.
pub const OFFICIAL_BASE: &str = "https://api.telegram.org";

/// Characters of one message.
const TEXT_CHARS_MAX: usize = 4096;
/// The header of a webhook that carries our secret.
const SECRET_HEADER: &str = "x-telegram-bot-api-secret-token";
const SECRET_SHAPE: SecretShape = SecretShape {
    chars: 1..=256,
    underscore: true,
};

/// One bot.
#[derive(Debug)]
pub struct Account {
    /// Its name in the settings and in our addresses.
    pub name: String,
    /// From the service: `<digits>:<letters>`.
    pub token: SecretString,
    /// What the service must show on each webhook; needed for [`Listen::Webhook`].
    pub webhook_secret: Option<SecretString>,
    /// Our full webhook address; `None` when the owner registers it himself.
    pub public_url: Option<String>,
    /// How events come.
    pub listen: Listen,
    /// The way out.
    pub wire: Arc<Client>,
    /// Name of the destination there; its base is [`OFFICIAL_BASE`] or the owner's.
    pub destination: String,
}

/// The adapter.
#[derive(Debug)]
pub struct Telegram(Account);

impl Telegram {
    /// Checks the account.
    ///
    /// # Errors
    /// [`Error`] when token, secret or address cannot work.
    pub fn new(account: Account) -> Result<Telegram, Error> {
        let refuse = |what| Error {
            account: account.name.clone(),
            what,
        };
        if !is_token(account.token.expose()) {
            return Err(refuse("the token has not the form the service gives out"));
        }
        let url = account.public_url.as_deref();
        check_webhook(account.listen, url, account.webhook_secret.as_ref(), &SECRET_SHAPE).map_err(refuse)?;
        Ok(Telegram(account))
    }

    async fn post(&self, method: &str, body: &Value) -> Result<Response, SendError> {
        let path = format!("/bot{}/{method}", self.0.token.expose());
        call(
            &self.0.wire,
            Request::new(&self.0.destination, Method::Post, path).json(bytes(body)),
        )
        .await
    }

    async fn fetch(&self, cursor: Option<&str>) -> Result<Page, SendError> {
        let path = format!("/bot{}{}", self.0.token.expose(), poll_path(cursor));
        let mut request = Request::new(&self.0.destination, Method::Get, path);
        request.timeout = Some(poll::PATIENCE);
        let response = call(&self.0.wire, request).await?;
        page(&response.body, cursor).ok_or_else(|| refusal(&response))
    }

    async fn listen(&self) -> Result<(), SendError> {
        let account = &self.0;
        let response = match account.listen {
            Listen::Off => return Ok(()),
            Listen::Poll => self.post("deleteWebhook", &send::encode_webhook_removal()).await?,
            Listen::Webhook => {
                let Some(url) = &account.public_url else { return Ok(()) };
                let secret = account.webhook_secret.as_ref().ok_or_else(never_sent)?;
                self.post("setWebhook", &encode_webhook(url, secret.expose())).await?
            }
        };
        taken(&response)
    }
}

impl Channel for Telegram {
    fn kind(&self) -> ChannelKind {
        ChannelKind::Telegram
    }

    fn account(&self) -> &str {
        &self.0.name
    }

    fn max_text_chars(&self) -> usize {
        TEXT_CHARS_MAX
    }

    fn verify(&self, request: &RawRequest<'_>) -> Result<(), Refusal> {
        let shown = request.headers.get(SECRET_HEADER).ok_or(Refusal::Forged)?;
        let secret = self.0.webhook_secret.as_ref().ok_or(Refusal::Forged)?;
        if constant_time_eq(shown.as_bytes(), secret.expose().as_bytes()) {
            Ok(())
        } else {
            Err(Refusal::Forged)
        }
    }

    fn parse(&self, body: &[u8]) -> Result<Vec<Event>, Refusal> {
        parse(body)
    }

    fn send<'a>(&'a self, message: &'a Outgoing) -> Pending<'a, Result<Sent, SendError>> {
        Box::pin(async move {
            let response = self.post("sendMessage", &encode_message(message)).await?;
            sent(&response.body).ok_or_else(|| refusal(&response))
        })
    }

    fn acknowledge<'a>(&'a self, callback_id: &'a str) -> Pending<'a, Result<(), SendError>> {
        Box::pin(async move {
            let response = self
                .post("answerCallbackQuery", &send::encode_acknowledgement(callback_id))
                .await?;
            if send::is_press_forgotten(&response.body) {
                Ok(())
            } else {
                taken(&response)
            }
        })
    }

    fn poll<'a>(&'a self, cursor: Option<&'a str>) -> Option<Pending<'a, Result<Page, SendError>>> {
        (self.0.listen == Listen::Poll).then(|| Box::pin(self.fetch(cursor)) as Pending<'a, _>)
    }

    fn register<'a>(&'a self) -> Pending<'a, Result<(), SendError>> {
        Box::pin(self.listen())
    }
}

fn taken(response: &Response) -> Result<(), SendError> {
    if send::is_ok(&response.body) {
        Ok(())
    } else {
        Err(refusal(response))
    }
}

fn refusal(response: &Response) -> SendError {
    classify(response.status, response.retry_after_ms(), &response.body)
}

/// Digits, a colon, then characters that are safe in a path.
fn is_token(token: &str) -> bool {
    token.split_once(':').is_some_and(|(number, word)| {
        !number.is_empty()
            && number.bytes().all(|byte| byte.is_ascii_digit())
            && !word.is_empty()
            && word
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-')
    })
}
