//! Accept: verify the sender, keep the raw event, then answer 2xx. Nothing is understood here.

use std::sync::Arc;

use shirma_store::Tx;

use crate::app::{App, Fault};
use crate::audit;
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
    let events = match channel.parse(request.body) {
        Ok(events) => events,
        Err(refusal) => return Ok(Accepted::Refused(refusal)),
    };
    keep(app, channel.kind(), channel.account(), &events, request.body).await
}

/// Takes an event of our own form or chat page.
///
/// # Errors
/// [`Fault`] when it could not be kept.
pub async fn accept_site(app: &Arc<App>, site: &str, event: &Event) -> Result<Accepted, Fault> {
    let body = serde_json::to_vec(event).map_err(|_| Fault::Unreadable("event of the chat page"))?;
    keep(app, ChannelKind::Site, site, std::slice::from_ref(event), &body).await
}

/// Keeps one update of a long poll like a webhook body.
///
/// # Errors
/// [`Fault`] when it could not be kept: the cursor must not move.
pub async fn accept_update(app: &Arc<App>, channel: &dyn Channel, body: &[u8]) -> Result<Accepted, Fault> {
    match channel.parse(body) {
        Ok(events) => keep(app, channel.kind(), channel.account(), &events, body).await,
        Err(_) => Ok(Accepted::Nothing),
    }
}

async fn keep(
    app: &Arc<App>,
    channel: ChannelKind,
    account: &str,
    events: &[Event],
    body: &[u8],
) -> Result<Accepted, Fault> {
    let Some(first) = events.first() else {
        return Ok(Accepted::Nothing);
    };
    let lane = format!("{}/{account}/{}", channel.as_str(), lane_of(app, first));
    let (rooms, account, key, body) = (Arc::clone(app), account.to_owned(), key_of(&first.key), body.to_vec());
    app.data
        .write(move |tx| -> Result<(), Fault> {
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
    let code = app.vault.mac(crate::vault::MacPurpose::Event, chat.as_bytes());
    code[..12].iter().map(|byte| format!("{byte:02x}")).collect()
}

fn key_of(key: &str) -> String {
    if key.chars().count() <= MAX_KEY_CHARS {
        return key.to_owned();
    }
    shirma_vault::sha256(key.as_bytes())
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
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
    app.data
        .write(move |tx: &mut Tx<'_>| -> Result<(), Fault> {
            tx.append(&leaf)?;
            Ok(())
        })
        .await
}
