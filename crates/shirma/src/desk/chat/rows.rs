//! The table `visitor`, and the messages a visitor may see: his own and what has gone out to him.

use shirma_store::{Tx, params};
use shirma_vault::Pii;

use crate::app::{App, Fault};
use crate::consent;
use crate::contract::{Button, ChannelKind};
use crate::desk::calendar::Calendar;
use crate::desk::plain::plain;
use crate::desk::rows::{buttons_of, pressed_words};
use crate::identifier::{DialogId, MessageId, SubjectId};
use crate::vault::{BlindKind, cell};

/// Messages of a visitor's page: the newest ones.
const MAX_MESSAGES: i64 = 200;
/// How exactly a visitor's last look is kept.
const SEEN_STEP_MS: i64 = crate::clock::DAY_MS;

/// A visitor of one chat page.
#[derive(Debug, Clone)]
pub(super) struct Visitor {
    /// Digest of his token.
    pub(super) digest: [u8; 32],
    /// Random id that stands for him in the channel.
    pub(super) chat: String,
}

pub(super) fn visitor(tx: &mut Tx<'_>, site: &str, digest: &[u8; 32]) -> Result<Option<Visitor>, Fault> {
    let chat = tx.one(
        "select chat from visitor where digest = $1 and site = $2",
        params![digest, site],
        |row| row.get::<String>(0),
    )?;
    Ok(chat.map(|chat| Visitor { digest: *digest, chat }))
}

pub(super) fn add_visitor(tx: &mut Tx<'_>, site: &str, new: &Visitor, now_ms: i64) -> Result<(), Fault> {
    tx.execute(
        "insert into visitor (digest, site, chat, created_at, seen_at) values ($1, $2, $3, $4, $4)",
        params![&new.digest, site, &new.chat, now_ms],
    )?;
    Ok(())
}

pub(super) fn touch_visitor(tx: &mut Tx<'_>, digest: &[u8; 32], now_ms: i64) -> Result<(), Fault> {
    tx.execute(
        "update visitor set seen_at = $2 where digest = $1 and seen_at < $3",
        params![digest, now_ms, now_ms - SEEN_STEP_MS],
    )?;
    Ok(())
}

/// The dialog of a visitor, once his first message was read.
pub(super) fn dialog_of(app: &App, tx: &mut Tx<'_>, site: &str, chat: &str) -> Result<Option<DialogId>, Fault> {
    let channel = ChannelKind::Site.as_str();
    let blind = app
        .vault
        .blind(BlindKind::Messenger, &format!("{channel}:{site}:{chat}"));
    Ok(tx.one(
        "select d.id from identity i join dialog d on d.identity = i.id
         where i.channel = $1 and i.account = $2 and i.blind = $3",
        params![channel, site, &blind],
        |row| Ok(DialogId(row.get(0)?)),
    )?)
}

/// A message as its visitor sees it.
pub(super) struct Line {
    pub(super) id: i64,
    pub(super) author: String,
    pub(super) text: Option<Pii<String>>,
    pub(super) removed: bool,
    pub(super) day: String,
    pub(super) time: String,
    pub(super) pressed: bool,
    pub(super) buttons: Vec<Button>,
}

struct LineRow {
    id: i64,
    subject: SubjectId,
    author: String,
    text: Option<Vec<u8>>,
    seq: i64,
    button: Option<String>,
    removed: bool,
    at_ms: i64,
}

/// Messages of the dialog, oldest first. What is held or still on its way is not among them.
pub(super) fn lines(app: &App, tx: &mut Tx<'_>, calendar: &Calendar, dialog: DialogId) -> Result<Vec<Line>, Fault> {
    let mut rows = tx.many(
        "select id, seq, subject, author, text_ct, button, removed_at, created_at from message
         where dialog = $1 and (direction = 'in' or delivery in ('sent', 'delivered', 'read'))
         order by seq desc limit $2",
        params![dialog.0, MAX_MESSAGES],
        |row| {
            Ok(LineRow {
                id: row.get("id")?,
                subject: SubjectId(row.get("subject")?),
                author: row.get("author")?,
                text: row.get("text_ct")?,
                seq: row.get("seq")?,
                button: row.get("button")?,
                removed: row.get::<Option<i64>>("removed_at")?.is_some(),
                at_ms: row.get("created_at")?,
            })
        },
    )?;
    rows.reverse();
    // What was asked since the visitor's last word may be answered by its buttons; consent, until it is answered.
    let said_last = rows
        .iter()
        .rev()
        .find(|row| row.author == "client")
        .map_or(0, |row| row.seq);
    let answered_ms = tx
        .one(
            "select max(at) as at from consent_receipt where dialog = $1",
            params![dialog.0],
            |row| row.get::<Option<i64>>("at"),
        )?
        .flatten()
        .unwrap_or(0);
    let mut lines = Vec::with_capacity(rows.len());
    for row in rows {
        let text = match (&row.text, &row.button) {
            (Some(sealed), _) => {
                let text = app
                    .vault
                    .open(cell("message", "text_ct", row.id, row.subject), sealed)?;
                Some(text.map(|text| plain(text)))
            }
            (None, Some(payload)) => pressed_words(app, tx, dialog, row.seq, payload)?.map(Pii::new),
            (None, None) => None,
        };
        if text.is_none() && !row.removed {
            continue;
        }
        let buttons = match row.author == "client" {
            true => Vec::new(),
            false => buttons_of(app, tx, dialog, MessageId(row.id))?
                .into_iter()
                .filter(|button| match button {
                    Button::Link { .. } => true,
                    Button::Callback { payload, .. } if consent::read_button(payload).is_some() => {
                        answered_ms < row.at_ms
                    }
                    Button::Callback { .. } | Button::Contact { .. } => row.seq > said_last,
                })
                .collect(),
        };
        lines.push(Line {
            id: row.id,
            author: row.author,
            text,
            removed: row.removed,
            day: calendar.day(row.at_ms),
            time: calendar.hour(row.at_ms),
            pressed: row.button.is_some(),
            buttons,
        });
    }
    Ok(lines)
}
