//! Consent on the way: asked once per dialogue, answered by a button or a ticked box, never by silence.

use shirma_store::Tx;

use crate::app::{App, Fault};
use crate::audit;
use crate::consent::document::{self, Purpose};
use crate::consent::{self, Act, NewReceipt, Standing};
use crate::contract::{Button, ChannelKind, Event, FormFields, Tone};
use crate::dialog::{self, Author, DialogRow, NewMessage};
use crate::outbox::{self, Class, NewOutgoing};
use crate::settings::{AssistantMode, ConsentRule, ModelSettings};
use crate::subject::{self, Recognised};

/// A button of ours was pressed: writes the receipt and the short answer. `false` when it is no consent button.
pub(super) fn pressed(
    app: &App,
    tx: &mut Tx<'_>,
    channel: ChannelKind,
    event: &Event,
    person: &Recognised,
    payload: &str,
) -> Result<bool, Fault> {
    let Some((purpose, version, yes)) = consent::read_button(payload) else {
        return Ok(false);
    };
    let (act, answered, said) = if yes {
        (Act::Granted, document::grant_button(version), document::after_grant())
    } else {
        (Act::Refused, document::refuse_button(), document::after_refusal())
    };
    let shown = consent::asked(app, tx, person.dialog)?;
    let written = consent::write_receipt(
        app,
        tx,
        &NewReceipt {
            subject: person.subject,
            dialog: Some(person.dialog),
            purpose,
            version,
            act,
            channel,
            ext_id: event.message_id.as_deref().or(Some(&event.key)),
            shown: shown.as_deref(),
            answered: Some(&answered),
        },
    )?;
    if written {
        let row = dialog::load(tx, person.dialog)?;
        let saying = Saying {
            author: Author::System,
            text: &said,
            buttons: &[],
            note: "consent_answer",
        };
        say(app, tx, &row, &saying)?;
    }
    Ok(true)
}

/// The box beside a form's text was ticked.
pub(super) fn ticked(
    app: &App,
    tx: &mut Tx<'_>,
    channel: ChannelKind,
    event: &Event,
    person: &Recognised,
    form: &FormFields,
) -> Result<(), Fault> {
    if !form.consent {
        return Ok(());
    }
    let published = consent::publish(app, tx, &app.consent_document(Purpose::SiteForm))?;
    let shown = document::form_shown(form.consent_text_version.as_deref(), form.page.as_deref());
    consent::write_receipt(
        app,
        tx,
        &NewReceipt {
            subject: person.subject,
            dialog: Some(person.dialog),
            purpose: Purpose::SiteForm,
            version: published.version,
            act: Act::Granted,
            channel,
            ext_id: Some(&event.key),
            shown: Some(&shown),
            answered: Some("☑"),
        },
    )?;
    Ok(())
}

/// Whether the question is still to be put in this dialogue. Where the operator relies on the contract with the client,
/// consent asked on top would be surplus (152-FZ art. 9 (1)).
pub(super) fn is_to_ask(app: &App, tx: &mut Tx<'_>, row: &DialogRow) -> Result<bool, Fault> {
    let by_contract = |model: &ModelSettings| model.consent == ConsentRule::Contract;
    if app.settings.assistant.mode == AssistantMode::Model && app.settings.model.as_ref().is_some_and(by_contract) {
        return Ok(false);
    }
    let card = subject::root(tx, row.subject)?;
    let (standing, _) = consent::standing(tx, card, Purpose::Assistant)?;
    Ok(standing == Standing::Unknown && consent::asked(app, tx, row.id)?.is_none())
}

/// Puts the question: who, what for, the address of the whole text, two buttons of equal weight.
pub(super) fn ask(app: &App, tx: &mut Tx<'_>, row: &DialogRow) -> Result<(), Fault> {
    let published = consent::publish(app, tx, &app.consent_document(Purpose::Assistant))?;
    let address = format!(
        "{}/consent/{}/v{}",
        app.settings.public_address(),
        Purpose::Assistant.as_str(),
        published.version
    );
    let words = document::question(&app.operator(), &address, published.version);
    let button = |text: String, yes: bool| Button::Callback {
        text,
        payload: consent::button_payload(Purpose::Assistant, published.version, yes),
        tone: Tone::Neutral,
    };
    let buttons = vec![
        vec![button(document::grant_button(published.version), true)],
        vec![button(document::refuse_button(), false)],
    ];
    say(
        app,
        tx,
        row,
        &Saying {
            author: Author::System,
            text: &words,
            buttons: &buttons,
            note: "consent",
        },
    )?;
    tx.append(
        &audit::leaf(app.now_ms(), audit::system(), audit::CONSENT_ASK, row.subject.object()).with_fields([format!(
            "{}:{}",
            Purpose::Assistant.as_str(),
            published.version
        )]),
    )?;
    Ok(())
}

/// Takes the consent back: the newest grant gets its counterpart. `false` when there was none.
pub(super) fn withdraw(
    app: &App,
    tx: &mut Tx<'_>,
    row: &DialogRow,
    ext_id: Option<&str>,
    words: &str,
) -> Result<bool, Fault> {
    let card = subject::root(tx, row.subject)?;
    let (Standing::Granted, Some(version)) = consent::standing(tx, card, Purpose::Assistant)? else {
        return Ok(false);
    };
    consent::write_receipt(
        app,
        tx,
        &NewReceipt {
            subject: row.subject,
            dialog: Some(row.id),
            purpose: Purpose::Assistant,
            version,
            act: Act::Withdrawn,
            channel: row.channel,
            ext_id,
            shown: None,
            answered: Some(words),
        },
    )
}

/// Words of the house for a client.
pub(super) struct Saying<'a> {
    /// Who of the house says them.
    pub(super) author: Author,
    /// With tokens.
    pub(super) text: &'a str,
    /// Rows of buttons.
    pub(super) buttons: &'a [Vec<Button>],
    /// Why.
    pub(super) note: &'a str,
}

/// Puts words of the house up for sending.
pub(super) fn say(
    app: &App,
    tx: &mut Tx<'_>,
    row: &DialogRow,
    saying: &Saying<'_>,
) -> Result<crate::identifier::MessageId, Fault> {
    let message = dialog::append(
        app,
        tx,
        &NewMessage {
            dialog: row.id,
            subject: row.subject,
            author: saying.author,
            staff: None,
            ext_id: None,
            once: None,
            text: None,
            masked: Some(saying.text),
            attachments: &[],
            delivery: Some("queued"),
            note: Some(saying.note),
            button: None,
            health: false,
        },
    )?;
    outbox::put(
        app,
        tx,
        &NewOutgoing {
            dialog: row,
            message: Some(message),
            class: Class::Reply,
            text: saying.text,
            literal: false,
            buttons: saying.buttons,
            idem_key: &message.0.to_string(),
        },
    )?;
    tx.append(
        &audit::leaf(app.now_ms(), audit::system(), audit::MESSAGE_OUT, message.object())
            .with_purpose(saying.author.as_str()),
    )?;
    Ok(message)
}
