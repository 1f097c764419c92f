//! MAX messenger bot: one account, listening by webhook, or by polling while it is being tried out.
//!
//! The token travels in a header. The service forgets a webhook that failed for eight hours, so `register` is repeated.
//! Its certificate stands under the Russian root, which the owner adds to the destination. Facts: `channels.md` §2.

mod contact;
mod parse;
mod poll;
mod send;

use std::sync::Arc;

use shirma_vault::{SecretString, constant_time_eq};
use shirma_wire::{Client, Method, Request, Response};

use super::account::{Error, Listen, SecretShape, check_webhook};
use super::call::{bytes, call, never_sent};
use super::words;
use crate::contract::{Channel, ChannelKind, Event, Outgoing, Page, Pending, RawRequest, Refusal, SendError, Sent};

pub use parse::parse;
pub use poll::{page, poll_path};
pub use send::{classify, encode_answer, encode_message, encode_subscription, sent};

/// Where the service answers; a settings key may name another address.
pub const OFFICIAL_BASE: &str = "https://platform-api2.max.ru";

/// Characters of one message.
const TEXT_CHARS_MAX: usize = 4000;
/// The header of a webhook that carries our secret.
const SECRET_HEADER: &str = "x-max-bot-api-secret";
const SECRET_SHAPE: SecretShape = SecretShape {
    chars: 5..=256,
    underscore: false,
};

/// One bot.
#[derive(Debug)]
pub struct Account {
    /// Its name in the settings and in our addresses.
    pub name: String,
    /// From the service; also the key that proves shared contacts.
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
pub struct Max(Account);

impl Max {
    /// Checks the account.
    ///
    /// # Errors
    /// [`Error`] when token, secret or address cannot work.
    pub fn new(account: Account) -> Result<Max, Error> {
        let refuse = |what| Error {
            account: account.name.clone(),
            what,
        };
        let token = account.token.expose();
        if token.is_empty() || !token.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(refuse("the token cannot stand in a header"));
        }
        let url = account.public_url.as_deref();
        check_webhook(account.listen, url, account.webhook_secret.as_ref(), &SECRET_SHAPE).map_err(refuse)?;
        Ok(Max(account))
    }

    fn request(&self, method: Method, path: String) -> Request<'_> {
        Request::new(&self.0.destination, method, path).header("authorization", self.0.token.expose())
    }

    async fn call(&self, request: Request<'_>) -> Result<Response, SendError> {
        let response = call(&self.0.wire, request).await?;
        if response.is_success() {
            Ok(response)
        } else {
            Err(refusal(&response))
        }
    }

    async fn fetch(&self, cursor: Option<&str>) -> Result<Page, SendError> {
        let mut request = self.request(Method::Get, poll_path(cursor));
        request.timeout = Some(poll::PATIENCE);
        let response = self.call(request).await?;
        page(&response.body, cursor).ok_or(SendError::Unknown)
    }

    async fn listen(&self) -> Result<(), SendError> {
        match self.0.listen {
            Listen::Off => Ok(()),
            Listen::Poll => self.unsubscribe().await,
            Listen::Webhook => self.subscribe().await,
        }
    }

    async fn subscribe(&self) -> Result<(), SendError> {
        let Some(url) = &self.0.public_url else { return Ok(()) };
        let secret = self.0.webhook_secret.as_ref().ok_or_else(never_sent)?;
        let body = encode_subscription(url, secret.expose());
        let request = self
            .request(Method::Post, "/subscriptions".to_owned())
            .json(bytes(&body));
        taken(&self.call(request).await?)
    }

    /// Polling brings nothing while any webhook of the bot is set.
    async fn unsubscribe(&self) -> Result<(), SendError> {
        let listed = self
            .call(self.request(Method::Get, "/subscriptions".to_owned()))
            .await?;
        for url in send::subscribed(&listed.body).ok_or(SendError::Unknown)? {
            let path = format!("/subscriptions?url={}", send::percent_encode(&url));
            taken(&self.call(self.request(Method::Delete, path)).await?)?;
        }
        Ok(())
    }
}

impl Channel for Max {
    fn kind(&self) -> ChannelKind {
        ChannelKind::Max
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
        parse(body, &self.0.token)
    }

    fn send<'a>(&'a self, message: &'a Outgoing) -> Pending<'a, Result<Sent, SendError>> {
        Box::pin(async move {
            let path = format!("/messages?chat_id={}", send::percent_encode(&message.chat));
            let request = self.request(Method::Post, path).json(bytes(&encode_message(message)));
            sent(&self.call(request).await?.body).ok_or(SendError::Unknown)
        })
    }

    fn acknowledge<'a>(&'a self, callback_id: &'a str) -> Pending<'a, Result<(), SendError>> {
        Box::pin(async move {
            let path = format!("/answers?callback_id={}", send::percent_encode(callback_id));
            let body = encode_answer(words::PRESS_SEEN);
            taken(&self.call(self.request(Method::Post, path).json(bytes(&body))).await?)
        })
    }

    fn poll<'a>(&'a self, cursor: Option<&'a str>) -> Option<Pending<'a, Result<Page, SendError>>> {
        (self.0.listen == Listen::Poll).then(|| Box::pin(self.fetch(cursor)) as Pending<'a, _>)
    }

    fn register<'a>(&'a self) -> Pending<'a, Result<(), SendError>> {
        Box::pin(self.listen())
    }
}

/// `success: false` comes with status 200: the call was understood and refused.
fn taken(response: &Response) -> Result<(), SendError> {
    if send::is_ok(&response.body) {
        Ok(())
    } else {
        Err(SendError::Refused {
            status: response.status,
        })
    }
}

fn refusal(response: &Response) -> SendError {
    classify(response.status, response.retry_after_ms(), &response.body)
}
