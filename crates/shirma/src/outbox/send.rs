//! Step 8: send. Restores the values in memory, calls the channel, writes down how it ended.

use std::sync::Arc;

use super::Class;
use super::rows::{self, Ended, Sending};
use crate::app::{App, Fault};
use crate::audit;
use crate::boundary;
use crate::clock::{DAY_MS, SECOND_MS};
use crate::contract::{Channel, Outgoing, SendError};
use crate::dialog::{self, DialogRow};
use crate::live::LiveKind;
use crate::queue;
use crate::subject;

/// How long a sender may hold a row: longer than the longest call of a channel.
pub const SEND_LEASE_MS: i64 = 60 * SECOND_MS;
/// An answer a day late helps nobody.
const REPLY_DEADLINE_MS: i64 = DAY_MS;
/// Tries before giving up.
const MAX_ATTEMPTS: i64 = 12;

struct Ready {
    sending: Sending,
    dialog: DialogRow,
    outgoing: Outgoing,
}

/// Sends the next waiting message. `false` when nothing waits.
///
/// # Errors
/// [`Fault`]; the row stays and is tried again when its lease ends.
pub async fn send_next(app: &Arc<App>, owner: &str) -> Result<bool, Fault> {
    let rooms = Arc::clone(app);
    let owner = owner.to_owned();
    let ready = app.data.write(move |tx| prepare(&rooms, tx, &owner)).await?;
    let Some(ready) = ready else { return Ok(false) };
    let result = call(app, &ready).await;
    let rooms = Arc::clone(app);
    let dialog = ready.dialog.id;
    app.data.write(move |tx| conclude(&rooms, tx, &ready, result)).await?;
    app.live.tell(dialog.0, LiveKind::Message);
    Ok(true)
}

/// Leases a row and puts the message together; the values are restored here and live in memory only.
fn prepare(app: &App, tx: &mut shirma_store::Tx<'_>, owner: &str) -> Result<Option<Ready>, Fault> {
    let Some(sending) = rows::lease(app, tx, owner, SEND_LEASE_MS)? else {
        return Ok(None);
    };
    let dialog = dialog::load(tx, sending.dialog)?;
    let chat = rows::chat(app, tx, dialog.identity, dialog.subject)?;
    let text = if sending.body.literal {
        sending.body.text.clone()
    } else {
        boundary::restore(&dialog::tokens(app, tx, dialog.id)?, &sending.body.text)
    };
    let outgoing = Outgoing {
        chat,
        text,
        buttons: sending.body.buttons.clone(),
        idem_key: sending.idem_key.clone(),
    };
    Ok(Some(Ready {
        sending,
        dialog,
        outgoing,
    }))
}

async fn call(app: &App, ready: &Ready) -> Result<Option<String>, SendError> {
    if !ready.dialog.reachable {
        return Err(SendError::Blocked);
    }
    let Some(channel) = app.channels.get(ready.dialog.channel, &ready.dialog.account) else {
        return Err(SendError::BadRecipient);
    };
    match ready.sending.class {
        Class::Acknowledge => channel.acknowledge(&ready.outgoing.text).await.map(|()| None),
        Class::Reply => send_parts(channel.as_ref(), &ready.outgoing).await,
    }
}

/// Sends a long text in pieces the channel takes; buttons go under the last one.
async fn send_parts(channel: &dyn Channel, outgoing: &Outgoing) -> Result<Option<String>, SendError> {
    let parts = boundary::split(&outgoing.text, channel.max_text_chars());
    let last = parts.len().saturating_sub(1);
    let mut reference = None;
    for (index, part) in parts.into_iter().enumerate() {
        let piece = Outgoing {
            chat: outgoing.chat.clone(),
            text: part,
            buttons: if index == last {
                outgoing.buttons.clone()
            } else {
                Vec::new()
            },
            idem_key: if index == 0 {
                outgoing.idem_key.clone()
            } else {
                format!("{}:{index}", outgoing.idem_key)
            },
        };
        match channel.send(&piece).await {
            Ok(sent) => reference = sent.message_id.or(reference),
            // What went out cannot be called back: the rest is repeated by a person, not by a machine.
            Err(error) if index > 0 && error.may_repeat() => return Err(SendError::Refused { status: 0 }),
            Err(error) => return Err(error),
        }
    }
    Ok(reference)
}

fn conclude(
    app: &App,
    tx: &mut shirma_store::Tx<'_>,
    ready: &Ready,
    result: Result<Option<String>, SendError>,
) -> Result<(), Fault> {
    let sending = &ready.sending;
    let actor = audit::channel(ready.dialog.channel, &ready.dialog.account);
    let object = sending
        .message
        .map_or_else(|| sending.dialog.object(), |message| message.object());
    let now_ms = app.now_ms();
    let (ended, act) = match &result {
        Ok(reference) => {
            let text = (sending.class == Class::Reply).then_some(ready.outgoing.text.as_str());
            (
                Ended::Sent {
                    reference: reference.as_deref(),
                    text,
                },
                Some(audit::MESSAGE_SENT),
            )
        }
        Err(error) if may_wait(app, sending, error) => {
            let pause_ms = match error {
                SendError::Later {
                    after_ms: Some(after_ms),
                } => i64::try_from(*after_ms).unwrap_or(DAY_MS),
                _ => queue::pause_ms(sending.attempt, app.random()),
            };
            (
                Ended::Later {
                    run_at_ms: now_ms + pause_ms,
                    code: code_of(error),
                },
                None,
            )
        }
        Err(error) => (Ended::Failed { code: code_of(error) }, Some(audit::MESSAGE_FAILED)),
    };
    if !rows::finish(app, tx, sending, &ended)? {
        return Err(Fault::LeaseLost);
    }
    if matches!(result, Err(SendError::Blocked)) {
        subject::set_reachable(tx, ready.dialog.identity, false)?;
        super::drop_for_dialog(tx, ready.dialog.id)?;
    }
    if let Some(act) = act {
        let mut leaf = audit::leaf(now_ms, actor, act, object);
        if let Err(error) = &result {
            leaf = leaf
                .with_outcome(shirma_audit::Outcome::Err)
                .with_purpose(code_of(error));
        }
        tx.append(&leaf)?;
    }
    Ok(())
}

fn may_wait(app: &App, sending: &Sending, error: &SendError) -> bool {
    let in_time = app.now_ms() - sending.created_at_ms < REPLY_DEADLINE_MS;
    // A lost answer is repeated once: a second copy is better than silence, a third is not.
    let again = !matches!(error, SendError::Unknown) || sending.attempt < 2;
    error.may_repeat() && again && in_time && sending.attempt < MAX_ATTEMPTS && sending.class == Class::Reply
}

fn code_of(error: &SendError) -> &'static str {
    match error {
        SendError::Later { .. } => "later",
        SendError::Unknown => "unknown",
        SendError::Refused { .. } => "refused",
        SendError::Blocked
        | SendError::BadToken
        | SendError::BadRecipient
        | SendError::WebhookActive
        | SendError::SecondPoller => error.reason().unwrap_or("refused"),
    }
}
