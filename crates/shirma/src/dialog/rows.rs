//! The tables `dialog`, `message`, `dialog_token`, `dialog_memory`.

use shirma_store::{Tx, params};

use super::held::{HeldDraft, Left};
use super::{Author, Lead, Tokens};
use crate::app::{App, Fault};
use crate::assistant::Memory;
use crate::contract::{Attachment, ChannelKind};
use crate::identifier::{DialogId, IdentityId, MessageId, StaffId, SubjectId};
use crate::vault::cell;

/// A dialog as the journey needs it.
#[derive(Debug, Clone)]
pub struct DialogRow {
    /// Its id.
    pub id: DialogId,
    /// The card whose key seals its rows.
    pub subject: SubjectId,
    /// The account it goes to.
    pub identity: IdentityId,
    /// Where.
    pub channel: ChannelKind,
    /// Which account of ours.
    pub account: String,
    /// Who leads.
    pub lead: Lead,
    /// When a person last wrote.
    pub staff_wrote_at_ms: Option<i64>,
    /// The client takes messages.
    pub reachable: bool,
    /// Whose it is, if anybody's.
    pub responsible: Option<StaffId>,
}

/// The dialog of an account.
pub fn of_identity(tx: &mut Tx<'_>, identity: IdentityId) -> Result<Option<DialogId>, Fault> {
    Ok(tx.one(
        "select id from dialog where identity = $1",
        params![identity.0],
        |row| Ok(DialogId(row.get(0)?)),
    )?)
}

/// Opens the dialog of a new account.
pub fn open(
    app: &App,
    tx: &mut Tx<'_>,
    subject: SubjectId,
    identity: IdentityId,
    channel: ChannelKind,
    account: &str,
) -> Result<DialogId, Fault> {
    let id = DialogId(app.new_id());
    tx.execute(
        "insert into dialog (id, subject, identity, channel, account, state, last_seq, created_at)
         values ($1, $2, $3, $4, $5, $6, 0, $7)",
        params![
            id.0,
            subject.0,
            identity.0,
            channel.as_str(),
            account,
            Lead::Assistant.as_str(),
            app.now_ms()
        ],
    )?;
    Ok(id)
}

/// One dialog.
pub fn load(tx: &mut Tx<'_>, id: DialogId) -> Result<DialogRow, Fault> {
    let row = tx.one(
        "select d.subject, d.identity, d.channel, d.account, d.state, d.staff_wrote_at, d.responsible, i.state as reach
         from dialog d join identity i on i.id = d.identity where d.id = $1",
        params![id.0],
        |row| {
            Ok((
                row.get::<i64>("subject")?,
                row.get::<i64>("identity")?,
                row.get::<String>("channel")?,
                row.get::<String>("account")?,
                row.get::<String>("state")?,
                row.get::<Option<i64>>("staff_wrote_at")?,
                row.get::<Option<i64>>("responsible")?,
                row.get::<String>("reach")?,
            ))
        },
    )?;
    let (subject, identity, channel, account, state, staff_wrote_at_ms, responsible, reach) =
        row.ok_or(Fault::Gone("dialog"))?;
    Ok(DialogRow {
        id,
        subject: SubjectId(subject),
        identity: IdentityId(identity),
        channel: ChannelKind::from_name(&channel).ok_or(Fault::Unreadable("channel of a dialog"))?,
        account,
        lead: Lead::from_name(&state).ok_or(Fault::Unreadable("state of a dialog"))?,
        staff_wrote_at_ms,
        reachable: reach == "reachable",
        responsible: responsible.map(StaffId),
    })
}

/// A message to append.
pub struct NewMessage<'a> {
    /// In which dialog.
    pub dialog: DialogId,
    /// Whose key.
    pub subject: SubjectId,
    /// Who wrote it.
    pub author: Author,
    /// Which member of staff.
    pub staff: Option<StaffId>,
    /// Id at the channel.
    pub ext_id: Option<&'a str>,
    /// Names one act of sending at the desk.
    pub once: Option<&'a str>,
    /// As written.
    pub text: Option<&'a str>,
    /// With tokens.
    pub masked: Option<&'a str>,
    /// What came along.
    pub attachments: &'a [Attachment],
    /// Delivery word for outgoing ones.
    pub delivery: Option<&'static str>,
    /// Why.
    pub note: Option<&'a str>,
    /// Payload of a pressed button.
    pub button: Option<&'a str>,
    /// Reveals a state of health.
    pub health: bool,
}

/// Appends a message at the end of its dialog.
pub fn append(app: &App, tx: &mut Tx<'_>, new: &NewMessage<'_>) -> Result<MessageId, Fault> {
    let id = MessageId(app.new_id());
    let now_ms = app.now_ms();
    let seq = tx
        .one(
            "update dialog set last_seq = last_seq + 1, last_message_at = $2 where id = $1 returning last_seq",
            params![new.dialog.0, now_ms],
            |row| row.get::<i64>(0),
        )?
        .ok_or(Fault::Gone("dialog"))?;
    let seal = |column: &'static str, text: Option<&str>| -> Result<Option<Vec<u8>>, Fault> {
        text.map(|text| app.vault.seal(cell("message", column, id.0, new.subject), text))
            .transpose()
            .map_err(Fault::from)
    };
    let text = seal("text_ct", new.text)?;
    let masked = seal("masked_ct", new.masked)?;
    let listed = if new.attachments.is_empty() {
        None
    } else {
        Some(serde_json::to_string(new.attachments).map_err(|_| Fault::Unreadable("list of attachments"))?)
    };
    let attachments = seal("attachments_ct", listed.as_deref())?;
    tx.execute(
        "insert into message (id, dialog, subject, seq, direction, author, staff, ext_id, once, text_ct, masked_ct,
                              attachments_ct, delivery, note, button, health, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)",
        params![
            id.0,
            new.dialog.0,
            new.subject.0,
            seq,
            new.author.direction(),
            new.author.as_str(),
            new.staff.map(|staff| staff.0),
            new.ext_id,
            new.once,
            text.as_deref(),
            masked.as_deref(),
            attachments.as_deref(),
            new.delivery,
            new.note,
            new.button,
            new.health,
            now_ms
        ],
    )?;
    Ok(id)
}

/// A message known by the channel's id.
pub fn by_ext_id(tx: &mut Tx<'_>, dialog: DialogId, direction: &str, ext_id: &str) -> Result<Option<MessageId>, Fault> {
    Ok(tx.one(
        "select id from message where dialog = $1 and direction = $2 and ext_id = $3",
        params![dialog.0, direction, ext_id],
        |row| Ok(MessageId(row.get(0)?)),
    )?)
}

/// A message known by the act of sending it at the desk.
pub(super) fn by_once(tx: &mut Tx<'_>, dialog: DialogId, once: &str) -> Result<Option<MessageId>, Fault> {
    Ok(tx.one(
        "select id from message where dialog = $1 and once = $2",
        params![dialog.0, once],
        |row| Ok(MessageId(row.get(0)?)),
    )?)
}

/// An answer of the dialog that is held.
pub(super) fn held_draft(
    app: &App,
    tx: &mut Tx<'_>,
    dialog: DialogId,
    id: MessageId,
) -> Result<Option<HeldDraft>, Fault> {
    let row = tx.one(
        "select subject, masked_ct from message
         where id = $1 and dialog = $2 and delivery = 'held' and masked_ct is not null",
        params![id.0, dialog.0],
        |row| Ok((SubjectId(row.get("subject")?), row.get::<Vec<u8>>("masked_ct")?)),
    )?;
    let Some((subject, sealed)) = row else {
        return Ok(None);
    };
    let masked = app.vault.open(cell("message", "masked_ct", id.0, subject), &sealed)?;
    Ok(Some(HeldDraft { id, masked }))
}

/// A draft stops being held.
pub(super) fn leave(tx: &mut Tx<'_>, draft: HeldDraft, left: Left) -> Result<(), Fault> {
    let changed = tx.execute(
        "update message set delivery = $2 where id = $1 and delivery = 'held'",
        params![draft.id.0, left.as_str()],
    )?;
    if changed == 1 {
        Ok(())
    } else {
        Err(Fault::Gone("held answer"))
    }
}

/// New words of a message.
pub struct EditedMessage<'a> {
    /// Which.
    pub id: MessageId,
    /// Whose key.
    pub subject: SubjectId,
    /// As written now.
    pub text: Option<&'a str>,
    /// With tokens.
    pub masked: Option<&'a str>,
    /// Reveals a state of health.
    pub health: bool,
}

/// Replaces the words of a message its writer changed.
pub fn edit(app: &App, tx: &mut Tx<'_>, edited: &EditedMessage<'_>) -> Result<(), Fault> {
    let seal = |column: &'static str, text: Option<&str>| -> Result<Option<Vec<u8>>, Fault> {
        text.map(|text| {
            app.vault
                .seal(cell("message", column, edited.id.0, edited.subject), text)
        })
        .transpose()
        .map_err(Fault::from)
    };
    let (text, masked) = (seal("text_ct", edited.text)?, seal("masked_ct", edited.masked)?);
    tx.execute(
        "update message set text_ct = $2, masked_ct = $3, health = $4, edited_at = $5 where id = $1",
        params![
            edited.id.0,
            text.as_deref(),
            masked.as_deref(),
            edited.health,
            app.now_ms()
        ],
    )?;
    Ok(())
}

/// Takes the words of a message away that its writer took back; that there was one stays.
pub fn remove(app: &App, tx: &mut Tx<'_>, id: MessageId) -> Result<(), Fault> {
    tx.execute(
        "update message set text_ct = null, masked_ct = null, attachments_ct = null, removed_at = $2 where id = $1",
        params![id.0, app.now_ms()],
    )?;
    Ok(())
}

/// A turn of the past: by the client or by us, with tokens, and whether it speaks of health.
pub struct PastTurn {
    /// The client wrote it.
    pub by_client: bool,
    /// With tokens.
    pub masked: String,
    /// Reveals a state of health.
    pub health: bool,
}

/// The last turns up to and including a message, oldest first.
pub fn last_turns(
    app: &App,
    tx: &mut Tx<'_>,
    dialog: DialogId,
    up_to: MessageId,
    limit: u32,
) -> Result<Vec<PastTurn>, Fault> {
    let rows = tx.many(
        "select id, subject, direction, masked_ct, health from message
         where dialog = $1 and id <= $2 and masked_ct is not null and author <> 'system'
           and (delivery is null or delivery not in ('held', 'released', 'discarded'))
         order by seq desc limit $3",
        params![dialog.0, up_to.0, i64::from(limit)],
        |row| {
            Ok((
                row.get::<i64>("id")?,
                SubjectId(row.get("subject")?),
                row.get::<String>("direction")?,
                row.get::<Vec<u8>>("masked_ct")?,
                row.get::<bool>("health")?,
            ))
        },
    )?;
    rows.into_iter()
        .rev()
        .map(|(id, subject, direction, sealed, health)| {
            let masked = app.vault.open(cell("message", "masked_ct", id, subject), &sealed)?;
            Ok(PastTurn {
                by_client: direction == "in",
                masked: masked.expose().to_string(),
                health,
            })
        })
        .collect()
}

/// The last words of our side that reached the client or are on their way, with tokens.
pub fn last_said_by_us(app: &App, tx: &mut Tx<'_>, dialog: DialogId) -> Result<Option<String>, Fault> {
    let row = tx.one(
        "select id, subject, masked_ct from message
         where dialog = $1 and direction = 'out' and author <> 'system' and masked_ct is not null
           and (delivery is null or delivery not in ('held', 'released', 'discarded', 'failed'))
         order by seq desc limit 1",
        params![dialog.0],
        |row| {
            Ok((
                row.get::<i64>("id")?,
                SubjectId(row.get("subject")?),
                row.get::<Vec<u8>>("masked_ct")?,
            ))
        },
    )?;
    let Some((id, subject, sealed)) = row else {
        return Ok(None);
    };
    let masked = app.vault.open(cell("message", "masked_ct", id, subject), &sealed)?;
    Ok(Some(masked.expose().to_string()))
}

/// The pseudonyms of a dialog.
pub fn tokens(app: &App, tx: &mut Tx<'_>, dialog: DialogId) -> Result<Tokens, Fault> {
    let row = tx.one(
        "select subject, map_ct from dialog_token where dialog = $1",
        params![dialog.0],
        |row| Ok((SubjectId(row.get("subject")?), row.get::<Vec<u8>>("map_ct")?)),
    )?;
    let Some((subject, sealed)) = row else {
        return Ok(Tokens::default());
    };
    let json = app
        .vault
        .open(cell("dialog_token", "map_ct", dialog.0, subject), &sealed)?;
    serde_json::from_str(json.expose()).map_err(|_| Fault::Unreadable("map of tokens"))
}

/// Keeps the pseudonyms of a dialog.
pub fn save_tokens(
    app: &App,
    tx: &mut Tx<'_>,
    dialog: DialogId,
    subject: SubjectId,
    tokens: &Tokens,
) -> Result<(), Fault> {
    let json = serde_json::to_string(tokens).map_err(|_| Fault::Unreadable("map of tokens"))?;
    let sealed = app
        .vault
        .seal(cell("dialog_token", "map_ct", dialog.0, subject), &json)?;
    tx.execute(
        "insert into dialog_token (dialog, subject, map_ct) values ($1, $2, $3)
         on conflict (dialog) do update set map_ct = excluded.map_ct",
        params![dialog.0, subject.0, &sealed],
    )?;
    Ok(())
}

/// What the rule-based assistant remembers of a dialog.
pub fn memory(app: &App, tx: &mut Tx<'_>, dialog: DialogId) -> Result<Memory, Fault> {
    let row = tx.one(
        "select subject, memory_ct from dialog_memory where dialog = $1",
        params![dialog.0],
        |row| Ok((SubjectId(row.get("subject")?), row.get::<Vec<u8>>("memory_ct")?)),
    )?;
    let Some((subject, sealed)) = row else {
        return Ok(Memory::default());
    };
    let json = app
        .vault
        .open(cell("dialog_memory", "memory_ct", dialog.0, subject), &sealed)?;
    serde_json::from_str(json.expose()).map_err(|_| Fault::Unreadable("memory of the assistant"))
}

/// Keeps what the assistant remembers.
pub fn save_memory(
    app: &App,
    tx: &mut Tx<'_>,
    dialog: DialogId,
    subject: SubjectId,
    memory: &Memory,
) -> Result<(), Fault> {
    let json = serde_json::to_string(memory).map_err(|_| Fault::Unreadable("memory of the assistant"))?;
    let sealed = app
        .vault
        .seal(cell("dialog_memory", "memory_ct", dialog.0, subject), &json)?;
    tx.execute(
        "insert into dialog_memory (dialog, subject, memory_ct, updated_at) values ($1, $2, $3, $4)
         on conflict (dialog) do update set memory_ct = excluded.memory_ct, updated_at = excluded.updated_at",
        params![dialog.0, subject.0, &sealed, app.now_ms()],
    )?;
    Ok(())
}

/// Gives the dialog to somebody, with the reason when it goes to a person.
pub fn set_lead(tx: &mut Tx<'_>, dialog: DialogId, lead: Lead, reason: Option<&str>) -> Result<(), Fault> {
    tx.execute(
        "update dialog set state = $2, hand_over_reason = $3 where id = $1",
        params![dialog.0, lead.as_str(), reason],
    )?;
    Ok(())
}

/// The client wrote: he waits from now on, unless he waits already. A closed dialog opens again.
pub fn touch_client(tx: &mut Tx<'_>, dialog: DialogId, now_ms: i64) -> Result<(), Fault> {
    tx.execute(
        "update dialog set last_client_at = $2, unanswered_since = coalesce(unanswered_since, $2),
                state = case when state = 'closed' then 'assistant' else state end where id = $1",
        params![dialog.0, now_ms],
    )?;
    Ok(())
}

/// The client pressed a button that asks nothing of anybody: he is heard of, and does not wait. A closed dialog opens again.
pub fn touch_pressed(tx: &mut Tx<'_>, dialog: DialogId, now_ms: i64) -> Result<(), Fault> {
    tx.execute(
        "update dialog set last_client_at = $2,
                state = case when state = 'closed' then 'assistant' else state end where id = $1",
        params![dialog.0, now_ms],
    )?;
    Ok(())
}

/// Somebody answered, or nothing was left to answer.
pub fn touch_answered(tx: &mut Tx<'_>, dialog: DialogId) -> Result<(), Fault> {
    tx.execute(
        "update dialog set unanswered_since = null where id = $1",
        params![dialog.0],
    )?;
    Ok(())
}

/// A client's message as the assistant hears it.
pub struct HeardMessage {
    /// With tokens.
    pub masked: Option<String>,
    /// Id at the channel.
    pub ext_id: Option<String>,
    /// Something came along.
    pub has_attachments: bool,
    /// Payload of a pressed button.
    pub button: Option<String>,
    /// Reveals a state of health.
    pub health: bool,
    /// It came from a form whose writer does not see answers.
    pub is_form: bool,
}

/// One message of a client and its dialog.
pub fn heard(app: &App, tx: &mut Tx<'_>, id: MessageId) -> Result<(DialogId, HeardMessage), Fault> {
    let row = tx.one(
        "select dialog, subject, masked_ct, ext_id, attachments_ct is not null as files, button, health, note
         from message where id = $1",
        params![id.0],
        |row| {
            let heard = HeardMessage {
                masked: None,
                ext_id: row.get("ext_id")?,
                has_attachments: row.get("files")?,
                button: row.get("button")?,
                health: row.get("health")?,
                is_form: row.get::<Option<String>>("note")?.as_deref() == Some("form"),
            };
            Ok((
                row.get::<i64>("dialog")?,
                row.get::<i64>("subject")?,
                row.get::<Option<Vec<u8>>>("masked_ct")?,
                heard,
            ))
        },
    )?;
    let (dialog, subject, sealed, mut heard) = row.ok_or(Fault::Gone("message"))?;
    if let Some(sealed) = sealed {
        let masked = app
            .vault
            .open(cell("message", "masked_ct", id.0, SubjectId(subject)), &sealed)?;
        heard.masked = Some(masked.expose().to_string());
    }
    Ok((DialogId(dialog), heard))
}

/// Whether nobody of ours has said anything in the dialog yet.
pub fn is_first_answer(tx: &mut Tx<'_>, dialog: DialogId) -> Result<bool, Fault> {
    let said = tx.one(
        "select count(*) as said from message where dialog = $1 and direction = 'out' and author <> 'system'",
        params![dialog.0],
        |row| row.get::<i64>("said"),
    )?;
    Ok(said == Some(0))
}

/// A person of ours wrote: the dialog is theirs, the assistant is silent.
pub fn staff_wrote(tx: &mut Tx<'_>, dialog: DialogId, staff: Option<StaffId>, now_ms: i64) -> Result<(), Fault> {
    tx.execute(
        "update dialog set state = 'staff', hand_over_reason = null, unanswered_since = null, staff_wrote_at = $3,
                responsible = coalesce(responsible, $2) where id = $1",
        params![dialog.0, staff.map(|staff| staff.0), now_ms],
    )?;
    Ok(())
}

/// A person takes the dialog over from whoever led it.
pub(super) fn take(tx: &mut Tx<'_>, dialog: DialogId, staff: StaffId, now_ms: i64) -> Result<(), Fault> {
    tx.execute(
        "update dialog set state = 'staff', hand_over_reason = null, staff_wrote_at = $3, responsible = $2 where id = $1",
        params![dialog.0, staff.0, now_ms],
    )?;
    Ok(())
}

/// The assistant leads again.
pub(super) fn give_back(tx: &mut Tx<'_>, dialog: DialogId) -> Result<(), Fault> {
    tx.execute(
        "update dialog set state = 'assistant', hand_over_reason = null, responsible = null where id = $1",
        params![dialog.0],
    )?;
    Ok(())
}

/// Done, and the enquiries of the dialog with it.
pub(super) fn close(tx: &mut Tx<'_>, dialog: DialogId, outcome: &str, now_ms: i64) -> Result<(), Fault> {
    tx.execute(
        "update dialog set state = 'closed', hand_over_reason = null, unanswered_since = null where id = $1",
        params![dialog.0],
    )?;
    tx.execute(
        "update enquiry set state = $2, closed_at = $3 where dialog = $1 and state = 'open'",
        params![dialog.0, outcome, now_ms],
    )?;
    Ok(())
}
