//! From an event to a card, and from a phone to "the same person".

use shirma_store::Tx;

use super::names_contradict;
use super::rows::{self, FieldKind, NewIdentity};
use crate::app::{App, Fault};
use crate::audit;
use crate::contract::{ChannelKind, Event, EventKind};
use crate::dialog;
use crate::identifier::{DialogId, IdentityId, SubjectId};
use crate::vault::BlindKind;

/// Values of one kind a card takes on somebody's word: a person has a few, a flood of them is no person's.
const MAX_CLAIMS: usize = 10;

/// How well a value is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Typed or forwarded.
    Claimed,
    /// Proven by the channel (`channels.md` §0.7).
    Proven,
}

impl Standing {
    fn as_str(self) -> &'static str {
        match self {
            Standing::Claimed => "claimed",
            Standing::Proven => "proven",
        }
    }
}

/// Who it is and where we talk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Recognised {
    /// The card that sealed this dialog's rows. Its root may be another one after a merge.
    pub subject: SubjectId,
    /// The account.
    pub identity: IdentityId,
    /// The dialog.
    pub dialog: DialogId,
    /// Nothing was known of this account before.
    pub is_new: bool,
}

/// The card, account and dialog of an event's sender; made when there are none. `None` when the event names no sender.
pub fn recognise(
    app: &App,
    tx: &mut Tx<'_>,
    channel: ChannelKind,
    account: &str,
    event: &Event,
) -> Result<Option<Recognised>, Fault> {
    let (Some(sender), Some(chat)) = (
        event.sender.id.as_deref().or(event.chat.as_deref()),
        event.chat.as_deref(),
    ) else {
        return Ok(None);
    };
    let name = format!("{}:{account}:{sender}", channel.as_str());
    let blinds = app.vault.blind_all(BlindKind::Messenger, &name);
    let blind = app.vault.blind(BlindKind::Messenger, &name);
    let mut known = None;
    for other in &blinds {
        known = rows::identity_of(tx, channel.as_str(), account, other)?;
        if let Some((identity, _)) = known {
            // Found under a former index: from now on under the one in force.
            if *other != blind {
                rows::set_blind(app, tx, identity, &blind)?;
            }
            break;
        }
    }
    if let Some((identity, subject)) = known {
        let dialog = dialog::of_identity(tx, identity)?.ok_or(Fault::Gone("dialog"))?;
        return Ok(Some(Recognised {
            subject,
            identity,
            dialog,
            is_new: false,
        }));
    }
    // An echo of what was: whoever was erased, or never wrote, is not made by it (security.md §2.6).
    if !begins_something(&event.kind) {
        return Ok(None);
    }
    let subject = rows::create(app, tx)?;
    let display = event.sender.name.as_deref().or(event.sender.username.as_deref());
    let new = NewIdentity {
        subject,
        channel: channel.as_str(),
        account,
        blind: &blind,
        chat,
        display,
    };
    let identity = rows::add_identity(app, tx, &new)?;
    let dialog = dialog::open(app, tx, subject, identity, channel, account)?;
    tx.append(
        &audit::leaf(
            app.now_ms(),
            audit::channel(channel, account),
            audit::SUBJECT_CREATE,
            subject.object(),
        )
        .with_fields(["identity", "display"]),
    )?;
    if let Some(name) = event.sender.name.as_deref() {
        claim(app, tx, subject, FieldKind::Name, name)?;
    }
    Ok(Some(Recognised {
        subject,
        identity,
        dialog,
        is_new: true,
    }))
}

/// Whether an event comes from a person who wants something, so that a card is made for a stranger.
fn begins_something(kind: &EventKind) -> bool {
    match kind {
        EventKind::Message { .. }
        | EventKind::Start { .. }
        | EventKind::ContactShared { .. }
        | EventKind::Button { .. }
        | EventKind::BotUnblocked => true,
        EventKind::GroupMessage
        | EventKind::MessageEdited { .. }
        | EventKind::MessageRemoved
        | EventKind::Echo { .. }
        | EventKind::BotBlocked => false,
    }
}

/// Adds a value somebody stated. Equal values of other cards become hints, never merges.
pub fn claim(app: &App, tx: &mut Tx<'_>, subject: SubjectId, kind: FieldKind, value: &str) -> Result<(), Fault> {
    keep(app, tx, subject, kind, Standing::Claimed, value)
}

/// Adds the client's own phone as the channel proved it; the card it leads to is returned.
///
/// Another card with the same phone proven becomes one with this card when the names agree; otherwise, and for phones
/// only claimed there, a hint is left.
pub fn prove_phone(app: &App, tx: &mut Tx<'_>, subject: SubjectId, phone: &str) -> Result<SubjectId, Fault> {
    keep(app, tx, subject, FieldKind::Phone, Standing::Proven, phone)?;
    let here = rows::root(tx, subject)?;
    let indexes = app.vault.blind_all(BlindKind::Phone, phone);
    for (other, proven) in rows::holders(tx, BlindKind::Phone, &indexes)? {
        if other == here || !proven {
            continue;
        }
        if contradicts(app, tx, here, other)? {
            hint(app, tx, here, other, FieldKind::Phone)?;
            continue;
        }
        rows::merge_into(tx, here, other)?;
        let into = rows::code_of(tx, other)?.0;
        tx.append(
            &audit::leaf(app.now_ms(), audit::system(), audit::SUBJECT_MERGE, here.object())
                .with_fields([format!("into:{into}")])
                .with_purpose("proven_phone"),
        )?;
        return Ok(other);
    }
    Ok(here)
}

fn keep(
    app: &App,
    tx: &mut Tx<'_>,
    subject: SubjectId,
    kind: FieldKind,
    standing: Standing,
    value: &str,
) -> Result<(), Fault> {
    let card = rows::root(tx, subject)?;
    let known = rows::fields(app, tx, card)?;
    let same = known
        .iter()
        .find(|field| field.kind == kind && field.value.expose().as_str() == value);
    match same {
        Some(field) if field.proven || standing == Standing::Claimed => return Ok(()),
        Some(field) => rows::set_standing(tx, field.id, standing.as_str())?,
        None if standing == Standing::Claimed
            && known.iter().filter(|field| field.kind == kind).count() >= MAX_CLAIMS =>
        {
            return Ok(());
        }
        None => rows::add_field(app, tx, card, kind, standing.as_str(), value)?,
    }
    if let Some(blind) = kind.blind() {
        let index = app.vault.blind(blind, value);
        rows::add_blind(app, tx, blind, &index, card, standing.as_str())?;
        for (other, _) in rows::holders(tx, blind, &app.vault.blind_all(blind, value))? {
            if other != card && standing == Standing::Claimed {
                hint(app, tx, card, other, kind)?;
            }
        }
    }
    tx.append(
        &audit::leaf(app.now_ms(), audit::subject(card), audit::SUBJECT_FIELD, card.object())
            .with_fields([kind.as_str()])
            .with_purpose(standing.as_str()),
    )?;
    Ok(())
}

fn contradicts(app: &App, tx: &mut Tx<'_>, one: SubjectId, other: SubjectId) -> Result<bool, Fault> {
    let name = |app: &App, tx: &mut Tx<'_>, subject| -> Result<Option<String>, Fault> {
        let fields = rows::fields(app, tx, subject)?;
        Ok(rows::best(&fields, FieldKind::Name).map(|field| field.value.expose().to_string()))
    };
    Ok(match (name(app, tx, one)?, name(app, tx, other)?) {
        (Some(one), Some(other)) => names_contradict(&one, &other),
        _ => false,
    })
}

fn hint(app: &App, tx: &mut Tx<'_>, one: SubjectId, other: SubjectId, kind: FieldKind) -> Result<(), Fault> {
    if rows::add_hint(app, tx, one, other, kind.as_str())? {
        let with = rows::code_of(tx, other)?.0;
        tx.append(
            &audit::leaf(app.now_ms(), audit::system(), audit::SUBJECT_HINT, one.object())
                .with_fields([format!("with:{with}")])
                .with_purpose(kind.as_str()),
        )?;
    }
    Ok(())
}
