//! Steps 1–4 in one transaction: understand the event, know the person, mask the words, record them with their leaves.

use shirma_store::Tx;

use super::consent;
use crate::app::{App, Fault};
use crate::audit;
use crate::boundary;
use crate::contract::{Attachment, ChannelKind, Event, EventKind, FormFields};
use crate::dialog::{self, Author, EditedMessage, NewMessage};
use crate::identifier::{DialogId, InboxId, JobId, MessageId};
use crate::inbox::{self, InboxState, KeptEvent};
use crate::outbox::{self, Class, NewOutgoing};
use crate::queue::{self, Lease, NewJob, Queue};
use crate::subject::{self, FieldKind, Recognised};

/// Longest text taken from one message; longer ones are cut and marked. Messengers stop at 4 096, a form at less.
const MAX_TEXT_CHARS: usize = 20_000;

/// Where an event came from.
struct Source {
    channel: ChannelKind,
    account: String,
}

/// Reads one kept event; gives the dialogs it touched.
pub(super) fn read(app: &App, tx: &mut Tx<'_>, lease: &Lease) -> Result<Vec<DialogId>, Fault> {
    let id = InboxId(lease.target);
    let mut touched = Vec::new();
    let mut state = InboxState::Ignored;
    if let Some(KeptEvent { channel, account, body }) = inbox::payload(app, tx, id)? {
        let source = Source { channel, account };
        let events = app
            .channels
            .get(channel, &source.account)
            .map(|adapter| adapter.parse(body.expose()));
        match events {
            Some(Ok(events)) => {
                for event in &events {
                    if let Some(dialog) = step(app, tx, &source, event)? {
                        touched.push(dialog);
                        state = InboxState::Done;
                    }
                }
            }
            Some(Err(_)) | None => state = InboxState::Failed,
        }
    }
    inbox::mark(tx, id, state)?;
    if queue::finish(tx, lease)? {
        Ok(touched)
    } else {
        Err(Fault::LeaseLost)
    }
}

/// One event. `None` when it concerns nobody.
fn step(app: &App, tx: &mut Tx<'_>, source: &Source, event: &Event) -> Result<Option<DialogId>, Fault> {
    if matches!(event.kind, EventKind::GroupMessage) {
        return Ok(None);
    }
    let Some(person) = subject::recognise(app, tx, source.channel, &source.account, event)? else {
        return Ok(None);
    };
    match &event.kind {
        EventKind::GroupMessage => {}
        EventKind::Message {
            text,
            attachments,
            form,
        } => {
            if let Some(form) = form {
                take_form(app, tx, source, event, &person, form)?;
            }
            let note = form.as_ref().map(|_| "form");
            let said = Said {
                note,
                text: text.as_deref(),
                attachments,
                button: None,
            };
            record(app, tx, source, event, &person, &said)?;
        }
        EventKind::Start { text, .. } => {
            let said = Said {
                note: None,
                text: text.as_deref().or(Some("/start")),
                attachments: &[],
                button: None,
            };
            record(app, tx, source, event, &person, &said)?;
        }
        EventKind::ContactShared { phone, is_sender, name } => {
            take_contact(app, tx, &person, phone.as_deref(), *is_sender, name.as_deref())?;
            let said = Said {
                note: None,
                text: phone.as_deref(),
                attachments: &[],
                button: None,
            };
            record(app, tx, source, event, &person, &said)?;
        }
        EventKind::Button { callback_id, payload } => {
            acknowledge(app, tx, event, &person, callback_id)?;
            if let Some(payload) = payload {
                press(app, tx, source, event, &person, payload)?;
            }
        }
        EventKind::MessageEdited { text } => change(app, tx, event, &person, text.as_deref())?,
        EventKind::MessageRemoved => take_back(app, tx, event, &person)?,
        EventKind::Echo { text } => echo(app, tx, event, &person, text.as_deref())?,
        EventKind::BotBlocked => reachable(app, tx, source, &person, false)?,
        EventKind::BotUnblocked => reachable(app, tx, source, &person, true)?,
    }
    Ok(Some(person.dialog))
}

/// What a client said in one event.
struct Said<'a> {
    note: Option<&'static str>,
    text: Option<&'a str>,
    attachments: &'a [Attachment],
    button: Option<&'a str>,
}

/// Masks the words, appends the message, leaves its leaves and makes the job that answers.
fn record(
    app: &App,
    tx: &mut Tx<'_>,
    source: &Source,
    event: &Event,
    person: &Recognised,
    said: &Said<'_>,
) -> Result<(), Fault> {
    let ext_id = event.message_id.as_deref().filter(|_| said.button.is_none());
    if let Some(ext_id) = ext_id
        && dialog::by_ext_id(tx, person.dialog, "in", ext_id)?.is_some()
    {
        return Ok(());
    }
    let text = said
        .text
        .map(|text| text.chars().take(MAX_TEXT_CHARS).collect::<String>());
    let ours = dialog::last_said_by_us(app, tx, person.dialog)?;
    let asked = ours.is_some_and(|ours| subject::asks_name(&ours));
    let masked = mask(app, tx, person, text.as_deref(), asked)?;
    let message = dialog::append(
        app,
        tx,
        &NewMessage {
            dialog: person.dialog,
            subject: person.subject,
            author: Author::Client,
            staff: None,
            ext_id,
            once: None,
            text: text.as_deref(),
            masked: masked.as_ref().map(|masked| masked.text.as_str()),
            attachments: said.attachments,
            delivery: None,
            note: said.note,
            button: said.button,
            health: masked.as_ref().is_some_and(|masked| masked.health),
        },
    )?;
    dialog::touch_client(tx, person.dialog, app.now_ms())?;
    tx.append(
        &audit::leaf(
            app.now_ms(),
            audit::channel(source.channel, &source.account),
            audit::MESSAGE_IN,
            message.object(),
        )
        .with_count(said.attachments.len() as u64),
    )?;
    ask_for_answer(app, tx, person.dialog, message)
}

fn mask(
    app: &App,
    tx: &mut Tx<'_>,
    person: &Recognised,
    text: Option<&str>,
    asked_for_name: bool,
) -> Result<Option<boundary::MaskedMessage>, Fault> {
    let Some(text) = text else { return Ok(None) };
    let mut tokens = dialog::tokens(app, tx, person.dialog)?;
    introduce(app, tx, person, &mut tokens.conversation)?;
    let masked = boundary::mask(&app.detector, &mut tokens, text);
    dialog::save_tokens(app, tx, person.dialog, person.subject, &tokens)?;
    for phone in &masked.phones {
        subject::claim(app, tx, person.subject, FieldKind::Phone, phone)?;
    }
    for email in &masked.emails {
        subject::claim(app, tx, person.subject, FieldKind::Email, email)?;
    }
    if let Some(name) = subject::own_name(text, &masked.names, asked_for_name) {
        subject::claim(app, tx, person.subject, FieldKind::Name, &name)?;
    }
    if !masked.labels.is_empty() {
        let mut labels: Vec<String> = masked.labels.iter().map(|label| label.to_ascii_lowercase()).collect();
        labels.sort_unstable();
        labels.dedup();
        tx.append(
            &audit::leaf(app.now_ms(), audit::system(), audit::TEXT_MASK, person.dialog.object())
                .with_fields(labels)
                .with_count(masked.labels.len() as u64),
        )?;
    }
    Ok(Some(masked))
}

/// The values known beforehand get their tokens first, so that the client's own name is the same person all along.
fn introduce(
    app: &App,
    tx: &mut Tx<'_>,
    person: &Recognised,
    conversation: &mut shirma_pii::Conversation,
) -> Result<(), Fault> {
    let card = subject::root(tx, person.subject)?;
    for field in subject::fields(app, tx, card)? {
        let label = match field.kind {
            FieldKind::Name => shirma_pii::Label::Person,
            FieldKind::Phone => shirma_pii::Label::Phone,
            FieldKind::Email => shirma_pii::Label::Email,
        };
        conversation.introduce(field.value.expose(), label, None);
    }
    Ok(())
}

fn ask_for_answer(app: &App, tx: &mut Tx<'_>, dialog: DialogId, message: MessageId) -> Result<(), Fault> {
    let now_ms = app.now_ms();
    let job = NewJob {
        id: JobId(app.new_id()),
        queue: Queue::Answer,
        key: &message.0.to_string(),
        lane: &format!("dialog/{}", dialog.0),
        target: message.0,
        now_ms,
        run_at_ms: now_ms,
    };
    queue::enqueue(tx, &job)?;
    Ok(())
}

/// What a form says of its writer: claims, and the consent ticked beside the text whose version the page names.
fn take_form(
    app: &App,
    tx: &mut Tx<'_>,
    source: &Source,
    event: &Event,
    person: &Recognised,
    form: &FormFields,
) -> Result<(), Fault> {
    if let Some(name) = form.name.as_deref().filter(|name| !name.trim().is_empty()) {
        subject::claim(app, tx, person.subject, FieldKind::Name, name.trim())?;
    }
    if let Some(phone) = form.phone.as_deref().and_then(shirma_pii::canonical_phone) {
        subject::claim(app, tx, person.subject, FieldKind::Phone, &phone)?;
    }
    if let Some(email) = form.email.as_deref().and_then(shirma_pii::canonical_email) {
        subject::claim(app, tx, person.subject, FieldKind::Email, &email)?;
    }
    consent::ticked(app, tx, source.channel, event, person, form)
}

fn take_contact(
    app: &App,
    tx: &mut Tx<'_>,
    person: &Recognised,
    phone: Option<&str>,
    is_sender: bool,
    name: Option<&str>,
) -> Result<(), Fault> {
    let Some(phone) = phone.and_then(shirma_pii::canonical_phone) else {
        return Ok(());
    };
    if !is_sender {
        // Somebody else's card, or one passed on by hand: neither phone nor name are the writer's.
        return Ok(());
    }
    if let Some(name) = name {
        subject::claim(app, tx, person.subject, FieldKind::Name, name)?;
    }
    subject::prove_phone(app, tx, person.subject, &phone)?;
    Ok(())
}

/// Tells the channel that the press was seen: the client sees a spinner until then.
fn acknowledge(app: &App, tx: &mut Tx<'_>, event: &Event, person: &Recognised, callback_id: &str) -> Result<(), Fault> {
    let row = dialog::load(tx, person.dialog)?;
    outbox::put(
        app,
        tx,
        &NewOutgoing {
            dialog: &row,
            message: None,
            class: Class::Acknowledge,
            text: callback_id,
            literal: true,
            buttons: &[],
            idem_key: &format!("callback:{}", event.key),
        },
    )
}

fn press(
    app: &App,
    tx: &mut Tx<'_>,
    source: &Source,
    event: &Event,
    person: &Recognised,
    payload: &str,
) -> Result<(), Fault> {
    if consent::pressed(app, tx, source.channel, event, person, payload)? {
        dialog::touch_pressed(tx, person.dialog, app.now_ms())?;
        return Ok(());
    }
    let said = Said {
        note: None,
        text: None,
        attachments: &[],
        button: Some(payload),
    };
    record(app, tx, source, event, person, &said)
}

fn change(app: &App, tx: &mut Tx<'_>, event: &Event, person: &Recognised, text: Option<&str>) -> Result<(), Fault> {
    let Some(ext_id) = event.message_id.as_deref() else {
        return Ok(());
    };
    let Some(message) = dialog::by_ext_id(tx, person.dialog, "in", ext_id)? else {
        return Ok(());
    };
    let text = text.map(|text| text.chars().take(MAX_TEXT_CHARS).collect::<String>());
    let masked = mask(app, tx, person, text.as_deref(), false)?;
    dialog::edit(
        app,
        tx,
        &EditedMessage {
            id: message,
            subject: person.subject,
            text: text.as_deref(),
            masked: masked.as_ref().map(|masked| masked.text.as_str()),
            health: masked.as_ref().is_some_and(|masked| masked.health),
        },
    )?;
    tx.append(&audit::leaf(
        app.now_ms(),
        audit::subject(person.subject),
        audit::MESSAGE_EDIT,
        message.object(),
    ))?;
    Ok(())
}

fn take_back(app: &App, tx: &mut Tx<'_>, event: &Event, person: &Recognised) -> Result<(), Fault> {
    let Some(ext_id) = event.message_id.as_deref() else {
        return Ok(());
    };
    let Some(message) = dialog::by_ext_id(tx, person.dialog, "in", ext_id)? else {
        return Ok(());
    };
    dialog::remove(app, tx, message)?;
    tx.append(&audit::leaf(
        app.now_ms(),
        audit::subject(person.subject),
        audit::MESSAGE_REMOVE,
        message.object(),
    ))?;
    Ok(())
}

/// Our side wrote from a phone: kept for the thread, and the assistant is silent as if staff had written here.
fn echo(app: &App, tx: &mut Tx<'_>, event: &Event, person: &Recognised, text: Option<&str>) -> Result<(), Fault> {
    if let Some(ext_id) = event.message_id.as_deref()
        && dialog::by_ext_id(tx, person.dialog, "out", ext_id)?.is_some()
    {
        return Ok(());
    }
    let mut tokens = dialog::tokens(app, tx, person.dialog)?;
    let masked = text.map(|text| boundary::mask_ours(&app.detector, &mut tokens, text));
    dialog::save_tokens(app, tx, person.dialog, person.subject, &tokens)?;
    let message = dialog::append(
        app,
        tx,
        &NewMessage {
            dialog: person.dialog,
            subject: person.subject,
            author: Author::Elsewhere,
            staff: None,
            ext_id: event.message_id.as_deref(),
            once: None,
            text,
            masked: masked.as_ref().map(|masked| masked.text.as_str()),
            attachments: &[],
            delivery: Some("sent"),
            note: None,
            button: None,
            health: false,
        },
    )?;
    dialog::staff_wrote(tx, person.dialog, None, app.now_ms())?;
    tx.append(&audit::leaf(
        app.now_ms(),
        audit::system(),
        audit::MESSAGE_OUT,
        message.object(),
    ))?;
    Ok(())
}

fn reachable(app: &App, tx: &mut Tx<'_>, source: &Source, person: &Recognised, yes: bool) -> Result<(), Fault> {
    subject::set_reachable(tx, person.identity, yes)?;
    if !yes {
        outbox::drop_for_dialog(tx, person.dialog)?;
    }
    tx.append(
        &audit::leaf(
            app.now_ms(),
            audit::channel(source.channel, &source.account),
            audit::IDENTITY_STATE,
            person.identity.object(),
        )
        .with_purpose(if yes { "reachable" } else { "blocked" }),
    )?;
    Ok(())
}
