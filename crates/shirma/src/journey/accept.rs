//! Accept: verify the sender, keep the raw event, then answer 2xx. Nothing is understood here.

use std::sync::Arc;

use crate::app::{App, Fault};
use crate::audit;
use crate::channels::depth;
use crate::channels::site::form::REPEAT_WINDOW_MS;
use crate::contract::{Channel, ChannelKind, Event, RawRequest, Refusal};
use crate::inbox::{self, Kept, RawEvent};

/// Longest idempotency key; a longer one from outside is cut by hashing.
const MAX_KEY_CHARS: usize = 200;

/// What became of a request at the door.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Accepted {
    /// Kept, or kept before: answer 2xx.
    Durable,
    /// Nothing in it for us: answer 2xx.
    Nothing,
    /// Refused: answer 403 or 400, nothing kept.
    Refused(Refusal),
    /// More than this account may bring at once: answer 503, the sender repeats.
    TooMany,
}

/// Takes one webhook body.
///
/// # Errors
/// [`Fault`] when it could not be kept: answer 503, the sender repeats.
pub async fn accept(app: &Arc<App>, channel: &dyn Channel, request: &RawRequest<'_>) -> Result<Accepted, Fault> {
    if let Err(refusal) = channel.verify(request) {
        if app.refusals.is_to_tell(app.now_ms()) {
            refused(app, channel.kind(), channel.account()).await?;
        }
        return Ok(Accepted::Refused(refusal));
    }
    let account = format!("{}/{}", channel.kind().as_str(), channel.account());
    if !app.events.pass(&account, app.now_ms()) {
        return Ok(Accepted::TooMany);
    }
    if depth::is_too_deep(request.body) {
        return Ok(Accepted::Refused(Refusal::Unreadable));
    }
    let events = match channel.parse(request.body) {
        Ok(events) => events,
        Err(refusal) => return Ok(Accepted::Refused(refusal)),
    };
    keep(app, &Knock::of(channel, &events, request.body)).await
}

/// Takes an event of our own form or chat page.
///
/// # Errors
/// [`Fault`] when it could not be kept.
pub async fn accept_site(app: &Arc<App>, site: &str, event: &Event) -> Result<Accepted, Fault> {
    accept_own(app, site, event, None).await
}

/// Takes a form whose page gave it no key of its own: the same words within the hour are one enquiry, also when the hour
/// of the clock turns between the two posts.
///
/// # Errors
/// [`Fault`] when it could not be kept.
pub async fn accept_form(app: &Arc<App>, site: &str, event: &Event, earlier: &str) -> Result<Accepted, Fault> {
    accept_own(app, site, event, Some(earlier)).await
}

async fn accept_own(app: &Arc<App>, site: &str, event: &Event, earlier: Option<&str>) -> Result<Accepted, Fault> {
    let body = serde_json::to_vec(event).map_err(|_| Fault::Unreadable("event of the chat page"))?;
    let knock = Knock {
        channel: ChannelKind::Site,
        account: site,
        events: std::slice::from_ref(event),
        body: &body,
        earlier,
    };
    keep(app, &knock).await
}

/// Keeps one update of a long poll like a webhook body.
///
/// # Errors
/// [`Fault`] when it could not be kept: the cursor must not move.
pub async fn accept_update(app: &Arc<App>, channel: &dyn Channel, body: &[u8]) -> Result<Accepted, Fault> {
    if depth::is_too_deep(body) {
        return Ok(Accepted::Refused(Refusal::Unreadable));
    }
    match channel.parse(body) {
        Ok(events) => keep(app, &Knock::of(channel, &events, body)).await,
        Err(_) => Ok(Accepted::Nothing),
    }
}

/// What stands at the door, verified.
struct Knock<'a> {
    channel: ChannelKind,
    account: &'a str,
    events: &'a [Event],
    body: &'a [u8],
    /// Another key of the same words: known lately, they are nothing new.
    earlier: Option<&'a str>,
}

impl<'a> Knock<'a> {
    fn of(channel: &'a dyn Channel, events: &'a [Event], body: &'a [u8]) -> Knock<'a> {
        Knock {
            channel: channel.kind(),
            account: channel.account(),
            events,
            body,
            earlier: None,
        }
    }
}

async fn keep(app: &Arc<App>, knock: &Knock<'_>) -> Result<Accepted, Fault> {
    let Some(first) = knock.events.first() else {
        return Ok(Accepted::Nothing);
    };
    let channel = knock.channel;
    let lane = format!("{}/{}/{}", channel.as_str(), knock.account, lane_of(app, first));
    let (rooms, account, key) = (Arc::clone(app), knock.account.to_owned(), key_of(&first.key));
    let (body, earlier) = (knock.body.to_vec(), knock.earlier.map(str::to_owned));
    app.data
        .write(move |tx| -> Result<(), Fault> {
            let since_ms = rooms.now_ms() - REPEAT_WINDOW_MS;
            if let Some(earlier) = &earlier
                && inbox::is_known(tx, channel, &account, earlier, since_ms)?
            {
                return Ok(());
            }
            let raw = RawEvent {
                channel,
                account: &account,
                key: &key,
                lane: &lane,
                body: &body,
            };
            if let Kept::Conflict = inbox::keep(&rooms, tx, &raw)? {
                tracing::warn!(channel = channel.as_str(), "the same event key came with another body");
                tx.append(
                    &audit::leaf(
                        rooms.now_ms(),
                        audit::channel(channel, &account),
                        audit::EVENT_CONFLICT,
                        shirma_audit::Object::new("channel", channel.as_str()),
                    )
                    .with_outcome(shirma_audit::Outcome::Deny),
                )?;
            }
            Ok(())
        })
        .await?;
    app.ring();
    Ok(Accepted::Durable)
}

/// The lane of a chat: a keyed hash, so that no id of a person stands in the queue.
fn lane_of(app: &App, event: &Event) -> String {
    let chat = event
        .chat
        .as_deref()
        .or(event.sender.id.as_deref())
        .unwrap_or(&event.key);
    lane_word(&app.vault.mac(crate::vault::MacPurpose::Event, chat.as_bytes()))
}

/// The lanes in which events of a chat may stand, the newest first: more than one after the secret was exchanged.
pub(crate) fn lane_codes(app: &App, chat: &str) -> Vec<String> {
    let codes = app.vault.mac_all(crate::vault::MacPurpose::Event, chat.as_bytes());
    codes.iter().map(lane_word).collect()
}

fn lane_word(code: &[u8; 32]) -> String {
    shirma_vault::hex(&code[..12])
}

fn key_of(key: &str) -> String {
    if key.chars().count() <= MAX_KEY_CHARS {
        return key.to_owned();
    }
    shirma_vault::hex(&shirma_vault::sha256(key.as_bytes()))
}

/// One leaf a refusal; floods are counted by the door's limits before they come here.
async fn refused(app: &Arc<App>, channel: ChannelKind, account: &str) -> Result<(), Fault> {
    let leaf = audit::leaf(
        app.now_ms(),
        audit::channel(channel, account),
        audit::EVENT_REFUSED,
        shirma_audit::Object::new("channel", channel.as_str()),
    )
    .with_outcome(shirma_audit::Outcome::Deny);
    audit::note(app, leaf).await
}
