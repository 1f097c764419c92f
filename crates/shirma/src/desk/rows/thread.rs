//! One dialog: its head, its messages, and the two texts behind the eye.

use std::collections::BTreeMap;

use shirma_store::{Row, Tx, params};
use shirma_vault::Pii;

use super::button::pressed_words;
use super::person::{called, name_of, veil_of};
use crate::access::{self, Staff};
use crate::app::{App, Fault};
use crate::boundary::{self, Said, Veil};
use crate::contract::Attachment;
use crate::desk::calendar::Calendar;
use crate::desk::plain::plain;
use crate::desk::view::{Bubble, DialogHead, Enclosure, Seen, Side};
use crate::desk::{codes, words};
use crate::identifier::{ClientCode, DialogId, MessageId, SubjectId};
use crate::vault::cell;

/// Messages of one page of a thread.
pub const THREAD_PAGE: i64 = 60;

/// The head of a dialog.
pub fn head(app: &App, tx: &mut Tx<'_>, me: &Staff, dialog: DialogId) -> Result<Option<DialogHead>, Fault> {
    let row = tx.one(
        "select d.channel, d.state, d.responsible, d.hand_over_reason, c.id as card, c.code, i.state as reach
         from dialog d join subject s on s.id = d.subject
         join subject c on c.id = coalesce(s.merged_into, s.id)
         join identity i on i.id = d.identity where d.id = $1",
        params![dialog.0],
        |row| {
            Ok((
                row.get::<String>("channel")?,
                row.get::<String>("state")?,
                row.get::<Option<i64>>("responsible")?,
                row.get::<Option<String>>("hand_over_reason")?,
                SubjectId(row.get("card")?),
                ClientCode(row.get("code")?),
                row.get::<String>("reach")?,
            ))
        },
    )?;
    let Some((channel, state, responsible, reason, card, code, reach)) = row else {
        return Ok(None);
    };
    let staff = access::names(app, tx)?;
    let veil = veil_of(app, tx, me, None)?;
    Ok(Some(DialogHead {
        id: dialog.0,
        card: card.0,
        name: name_of(app, tx, card)?.map(|name| veil.name(name)),
        code: code.to_string(),
        channel: words::channel(&channel),
        state_words: words::dialog_state(&state),
        reason: reason.as_deref().filter(|_| state == "waiting").map(words::hand_over),
        responsible: responsible.and_then(|id| staff.get(&id).cloned()),
        mine: responsible == Some(me.id.0),
        reachable: reach == "reachable",
        state,
    }))
}

struct MessageRow {
    id: i64,
    subject: SubjectId,
    seq: i64,
    author: String,
    staff: Option<i64>,
    text: Option<Vec<u8>>,
    masked: Option<Vec<u8>>,
    attachments: Option<Vec<u8>>,
    removed: bool,
    edited: bool,
    delivery: Option<String>,
    pressed: Option<String>,
    at_ms: i64,
}

const PAGE: &str = "select id, subject, seq, author, staff, text_ct, masked_ct, attachments_ct, removed_at, edited_at,
           delivery, button, created_at
    from message where dialog = $1 and seq < $2 order by seq desc limit $3";

const ONE: &str = "select id, subject, seq, author, staff, text_ct, masked_ct, attachments_ct, removed_at, edited_at,
           delivery, button, created_at
    from message where dialog = $1 and id = $2";

fn message_row(row: &Row<'_>) -> Result<MessageRow, shirma_store::Error> {
    Ok(MessageRow {
        id: row.get("id")?,
        subject: SubjectId(row.get("subject")?),
        seq: row.get("seq")?,
        author: row.get("author")?,
        staff: row.get("staff")?,
        text: row.get("text_ct")?,
        masked: row.get("masked_ct")?,
        attachments: row.get("attachments_ct")?,
        removed: row.get::<Option<i64>>("removed_at")?.is_some(),
        edited: row.get::<Option<i64>>("edited_at")?.is_some(),
        delivery: row.get("delivery")?,
        pressed: row.get("button")?,
        at_ms: row.get("created_at")?,
    })
}

impl MessageRow {
    /// One of its sealed texts, made safe to look at.
    fn open(&self, app: &App, column: &'static str, sealed: Option<&Vec<u8>>) -> Result<Option<Pii<String>>, Fault> {
        let Some(sealed) = sealed else { return Ok(None) };
        let text = app.vault.open(cell("message", column, self.id, self.subject), sealed)?;
        Ok(Some(text.map(|text| plain(text))))
    }

    fn said(&self) -> Said {
        match self.side() {
            Side::Client => Said::ByClient,
            Side::House | Side::Program => Said::ByUs,
        }
    }

    fn side(&self) -> Side {
        match self.author.as_str() {
            "client" => Side::Client,
            "system" => Side::Program,
            _ => Side::House,
        }
    }
}

/// The messages before `before` (a place in the dialog), oldest first, and where earlier ones begin.
pub fn thread(
    app: &App,
    tx: &mut Tx<'_>,
    calendar: &Calendar,
    me: &Staff,
    (dialog, before): (DialogId, i64),
) -> Result<(Vec<Bubble>, Option<i64>), Fault> {
    let mut rows = tx.many(PAGE, params![dialog.0, before, THREAD_PAGE + 1], message_row)?;
    let more = rows.len() > usize::try_from(THREAD_PAGE).unwrap_or(0);
    rows.truncate(usize::try_from(THREAD_PAGE).unwrap_or(0));
    rows.reverse();
    let earlier = rows.first().filter(|_| more).map(|row| row.seq);
    let staff = access::names(app, tx)?;
    let doubled = tx.many(
        "select message from outbox where dialog = $1 and possible_duplicate = $2 and message is not null limit $3",
        params![dialog.0, true, THREAD_PAGE],
        |row| row.get::<i64>(0),
    )?;
    let veil = veil_of(app, tx, me, Some(dialog))?;
    let mut day = String::new();
    let mut bubbles = Vec::with_capacity(rows.len());
    for row in rows {
        let mut bubble = bubble(app, calendar, &staff, &veil, &row)?;
        bubble.possible_duplicate = doubled.contains(&row.id);
        if bubble.held
            && let Some(masked) = row.open(app, "masked_ct", row.masked.as_ref())?
        {
            let tokens = crate::dialog::tokens(app, tx, dialog)?;
            let draft = boundary::read_draft(&tokens, masked.expose());
            bubble.draft = Some(veil.over(&draft.shown, Said::ByUs).into());
        }
        if let (Some(payload), None) = (&row.pressed, &bubble.text) {
            let words = pressed_words(app, tx, dialog, row.seq, payload)?;
            bubble.text = Some(words.unwrap_or_else(|| words::PRESSED.to_owned()).into());
        }
        let today = calendar.day(row.at_ms);
        if today != day {
            bubble.day = Some(today.clone());
            day = today;
        }
        bubbles.push(bubble);
    }
    Ok((bubbles, earlier))
}

fn bubble(
    app: &App,
    calendar: &Calendar,
    staff: &BTreeMap<i64, Pii<String>>,
    veil: &Veil<'_>,
    row: &MessageRow,
) -> Result<Bubble, Fault> {
    let real = row.open(app, "text_ct", row.text.as_ref())?;
    let text = match real {
        Some(real) => Some(real),
        None => row.open(app, "masked_ct", row.masked.as_ref())?,
    };
    let text = text.map(|text| text.map(|text| veil.over(text, row.said())));
    let author: Pii<String> = match row.author.as_str() {
        "assistant" | "model" => "Помощник".to_owned().into(),
        "elsewhere" => words::STAFF_ELSEWHERE.to_owned().into(),
        "staff" => called(staff, row.staff),
        _ => String::new().into(),
    };
    let held = row.delivery.as_deref() == Some("held");
    let settled = row.delivery.as_deref().and_then(words::settled);
    Ok(Bubble {
        id: row.id,
        side: row.side(),
        author,
        day: None,
        time: calendar.hour(row.at_ms),
        text,
        enclosures: enclosures(app, veil, row)?,
        edited: row.edited,
        removed: row.removed,
        pressed: row.pressed.is_some(),
        eye: row.masked.is_some() && row.author != "system" && row.author != "staff" && row.pressed.is_none(),
        held,
        settled,
        draft: None,
        delivery: row
            .delivery
            .as_deref()
            .filter(|_| !held && settled.is_none())
            .map(words::delivery),
        possible_duplicate: false,
    })
}

fn enclosures(app: &App, veil: &Veil<'_>, row: &MessageRow) -> Result<Vec<Enclosure>, Fault> {
    let Some(json) = row.open(app, "attachments_ct", row.attachments.as_ref())? else {
        return Ok(Vec::new());
    };
    let listed: Vec<Attachment> =
        serde_json::from_str(json.expose()).map_err(|_| Fault::Unreadable("list of attachments"))?;
    let enclosure = |attachment: Attachment| Enclosure {
        kind: words::attachment(&attachment.kind),
        name: attachment.file_name.map(|name| Pii::new(veil.over(&name, row.said()))),
    };
    Ok(listed.into_iter().map(enclosure).collect())
}

/// Both texts of one message, with its place in the house; `None` when there is no such message in the dialog or it
/// was never shown to the assistant.
pub fn seen(
    app: &App,
    tx: &mut Tx<'_>,
    calendar: &Calendar,
    me: &Staff,
    (dialog, message): (DialogId, MessageId),
) -> Result<Option<Seen>, Fault> {
    let Some(row) = tx.one(ONE, params![dialog.0, message.0], message_row)? else {
        return Ok(None);
    };
    let Some(masked) = row.open(app, "masked_ct", row.masked.as_ref())? else {
        return Ok(None);
    };
    let veil = veil_of(app, tx, me, Some(dialog))?;
    let real = row.open(app, "text_ct", row.text.as_ref())?;
    let real = real.map(|real| real.map(|real| veil.over(real, row.said())));
    let code = tx
        .one(
            "select c.code from dialog d join subject s on s.id = d.subject
             join subject c on c.id = coalesce(s.merged_into, s.id) where d.id = $1",
            params![dialog.0],
            |row| row.get::<i64>(0),
        )?
        .ok_or(Fault::Gone("dialog"))?;
    let pieces = codes::cut(masked.expose());
    let count = pieces.iter().filter(|piece| piece.marked).count();
    Ok(Some(Seen {
        dialog: dialog.0,
        code: ClientCode(code).to_string(),
        is_answer: row.side() != Side::Client,
        by_staff: matches!(row.author.as_str(), "staff" | "elsewhere"),
        at: calendar.full(row.at_ms),
        unsent: real.is_none(),
        real: real
            .map(|real| codes::align(real.expose(), masked.expose()))
            .unwrap_or_default(),
        masked: pieces,
        codes: i64::try_from(count).unwrap_or(0),
    }))
}
