//! The buttons under our messages, read back from what was put up for sending.

use serde::Deserialize;
use shirma_store::{Tx, params};

use crate::app::{App, Fault};
use crate::contract::Button;
use crate::identifier::{DialogId, MessageId, SubjectId};
use crate::vault::cell;

/// Messages with buttons looked through for the words of a pressed one.
const MAX_LOOKED_THROUGH: i64 = 8;

/// The part of a waiting body that is read here.
#[derive(Deserialize)]
struct Kept {
    buttons: Vec<Vec<Button>>,
}

/// The buttons under a message of ours, row by row.
pub fn buttons_of(app: &App, tx: &mut Tx<'_>, dialog: DialogId, message: MessageId) -> Result<Vec<Button>, Fault> {
    let row = tx.one(
        "select id, subject, body_ct from outbox where dialog = $1 and message = $2 order by id limit 1",
        params![dialog.0, message.0],
        |row| {
            Ok((
                row.get::<i64>("id")?,
                SubjectId(row.get("subject")?),
                row.get::<Vec<u8>>("body_ct")?,
            ))
        },
    )?;
    let Some((id, subject, sealed)) = row else {
        return Ok(Vec::new());
    };
    open(app, id, subject, &sealed)
}

/// The words on the button that was pressed after the message at `seq` or before it.
pub fn pressed_words(
    app: &App,
    tx: &mut Tx<'_>,
    dialog: DialogId,
    seq: i64,
    payload: &str,
) -> Result<Option<String>, Fault> {
    let rows = tx.many(
        "select o.id, o.subject, o.body_ct from outbox o join message m on m.id = o.message
         where o.dialog = $1 and m.seq < $2 order by m.seq desc limit $3",
        params![dialog.0, seq, MAX_LOOKED_THROUGH],
        |row| {
            Ok((
                row.get::<i64>("id")?,
                SubjectId(row.get("subject")?),
                row.get::<Vec<u8>>("body_ct")?,
            ))
        },
    )?;
    for (id, subject, sealed) in rows {
        let found = open(app, id, subject, &sealed)?
            .into_iter()
            .find_map(|button| match button {
                Button::Callback {
                    text, payload: known, ..
                } if known == payload => Some(text),
                Button::Callback { .. } | Button::Link { .. } | Button::Contact { .. } => None,
            });
        if found.is_some() {
            return Ok(found);
        }
    }
    Ok(None)
}

fn open(app: &App, id: i64, subject: SubjectId, sealed: &[u8]) -> Result<Vec<Button>, Fault> {
    let json = app.vault.open(cell("outbox", "body_ct", id, subject), sealed)?;
    let kept: Kept =
        serde_json::from_str(json.expose()).map_err(|_| Fault::Unreadable("body of an outgoing message"))?;
    Ok(kept.buttons.into_iter().flatten().collect())
}
