//! What a person at the desk does with a dialog: takes it, answers, gives it back, closes it.

use std::sync::Arc;

use shirma_store::Tx;

use super::Author;
use super::rows::{self, NewMessage};
use crate::app::{App, Fault};
use crate::audit;
use crate::identifier::{DialogId, MessageId, StaffId};
use crate::live::LiveKind;
use crate::outbox::{self, Class, NewOutgoing};

/// Longest message a person may send at once; longer than any channel takes in one piece.
pub const MAX_REPLY_CHARS: usize = 4_000;

/// How a dialog ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// A visit was agreed.
    Booked,
    /// The client declined.
    Refused,
    /// A question was answered.
    Answered,
    /// Nothing of ours.
    Spam,
}

impl Outcome {
    /// All outcomes, in the order of the screen.
    pub const ALL: [Outcome; 4] = [Outcome::Booked, Outcome::Answered, Outcome::Refused, Outcome::Spam];

    /// As forms and the table name it.
    pub fn as_str(self) -> &'static str {
        match self {
            Outcome::Booked => "booked",
            Outcome::Refused => "refused",
            Outcome::Answered => "answered",
            Outcome::Spam => "spam",
        }
    }

    /// The outcome with this name.
    pub fn from_name(name: &str) -> Option<Outcome> {
        Outcome::ALL.into_iter().find(|outcome| outcome.as_str() == name)
    }
}

/// What a person does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StaffAct {
    /// Takes the dialog.
    Take,
    /// Gives it back to the assistant.
    GiveBack,
    /// Closes it.
    Close(Outcome),
}

/// Does it, with its leaf.
///
/// # Errors
/// [`Fault`]; nothing changed then.
pub async fn act(app: &Arc<App>, staff: StaffId, session: &str, dialog: DialogId, act: StaffAct) -> Result<(), Fault> {
    let rooms = Arc::clone(app);
    let session = session.to_owned();
    app.data
        .write(move |tx| -> Result<(), Fault> {
            rows::load(tx, dialog)?;
            let word = match act {
                StaffAct::Take => "take",
                StaffAct::GiveBack => "give_back",
                StaffAct::Close(outcome) => outcome.as_str(),
            };
            match act {
                StaffAct::Take => rows::take(tx, dialog, staff, rooms.now_ms())?,
                StaffAct::GiveBack => rows::give_back(tx, dialog)?,
                StaffAct::Close(outcome) => rows::close(tx, dialog, outcome.as_str(), rooms.now_ms())?,
            }
            tx.append(
                &audit::leaf(
                    rooms.now_ms(),
                    audit::staff(staff),
                    audit::DIALOG_STATE,
                    dialog.object(),
                )
                .with_session(session)
                .with_purpose(word),
            )?;
            Ok(())
        })
        .await?;
    app.live.tell(dialog.0, LiveKind::State);
    Ok(())
}

/// Sends a person's words to the client; from now on the assistant is silent in this dialog.
///
/// `once` names this very act of sending: repeated, it changes nothing and gives the same message.
///
/// # Errors
/// [`Fault`]; nothing is sent then.
pub async fn reply_as_staff(
    app: &Arc<App>,
    staff: StaffId,
    session: &str,
    dialog: DialogId,
    text: &str,
    once: &str,
) -> Result<MessageId, Fault> {
    let rooms = Arc::clone(app);
    let (session, text, once) = (session.to_owned(), text.to_owned(), once.to_owned());
    let message = app
        .data
        .write(move |tx| -> Result<MessageId, Fault> {
            if let Some(known) = rows::by_once(tx, dialog, &once)? {
                return Ok(known);
            }
            put_reply(&rooms, tx, (staff, &session), dialog, &StaffWords::Typed(&text), &once)
        })
        .await?;
    app.live.tell(dialog.0, LiveKind::Message);
    app.ring();
    Ok(message)
}

/// What a person sends.
pub(super) enum StaffWords<'a> {
    /// Typed by him: sent to the letter.
    Typed(&'a str),
    /// A checked draft with codes: restored at the moment of sending.
    Masked(&'a str),
}

/// Puts a person's message up for sending; from now on the assistant is silent in this dialog.
pub(super) fn put_reply(
    app: &App,
    tx: &mut Tx<'_>,
    (staff, session): (StaffId, &str),
    dialog: DialogId,
    words: &StaffWords<'_>,
    once: &str,
) -> Result<MessageId, Fault> {
    let row = rows::load(tx, dialog)?;
    let (text, masked, health) = match words {
        StaffWords::Typed(text) => {
            let mut tokens = rows::tokens(app, tx, dialog)?;
            let masking = tokens.mask_ours(&app.detector, text);
            rows::save_tokens(app, tx, dialog, row.subject, &tokens)?;
            (Some(*text), masking.text, masking.flags.health)
        }
        StaffWords::Masked(masked) => (None, (*masked).to_owned(), app.detector.detect(masked).flags.health),
    };
    let message = rows::append(
        app,
        tx,
        &NewMessage {
            dialog,
            subject: row.subject,
            author: Author::Staff,
            staff: Some(staff),
            ext_id: None,
            once: Some(once),
            text,
            masked: Some(&masked),
            attachments: &[],
            delivery: Some("queued"),
            note: None,
            button: None,
            health,
        },
    )?;
    outbox::put(
        app,
        tx,
        &NewOutgoing {
            dialog: &row,
            message: Some(message),
            class: Class::Reply,
            text: text.unwrap_or(&masked),
            literal: text.is_some(),
            buttons: &[],
            idem_key: &message.0.to_string(),
        },
    )?;
    rows::staff_wrote(tx, dialog, Some(staff), app.now_ms())?;
    tx.append(
        &audit::leaf(app.now_ms(), audit::staff(staff), audit::MESSAGE_OUT, message.object()).with_session(session),
    )?;
    Ok(message)
}
