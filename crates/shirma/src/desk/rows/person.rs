//! Names of clients and staff, used by every list.

use std::collections::BTreeMap;

use shirma_store::{Tx, params};
use shirma_vault::Pii;

use crate::access::{Sight, Staff};
use crate::app::{App, Fault};
use crate::boundary::Veil;
use crate::desk::plain::plain_line;
use crate::desk::words;
use crate::dialog;
use crate::identifier::{DialogId, SubjectId};
use crate::vault::cell;

/// Longest name shown: a nick of four thousand letters is nobody's name.
const MAX_NAME_CHARS: usize = 60;

/// The name a card is called by: a proven one before a claimed one, the newest of equals; else the channel's nick.
pub(super) fn name_of(app: &App, tx: &mut Tx<'_>, card: SubjectId) -> Result<Pii<String>, Fault> {
    let row = tx.one(
        "select id, value_ct from subject_field where subject = $1 and kind = 'name'
         order by case standing when 'proven' then 0 else 1 end, id desc limit 1",
        params![card.0],
        |row| Ok((row.get::<i64>("id")?, row.get::<Vec<u8>>("value_ct")?)),
    )?;
    if let Some((id, sealed)) = row {
        let name = app.vault.open(cell("subject_field", "value_ct", id, card), &sealed)?;
        return Ok(name.map(|name| plain_line(name, MAX_NAME_CHARS)));
    }
    let row = tx.one(
        "select id, display_ct from identity where subject = $1 and display_ct is not null order by id limit 1",
        params![card.0],
        |row| Ok((row.get::<i64>("id")?, row.get::<Vec<u8>>("display_ct")?)),
    )?;
    match row {
        Some((id, sealed)) => {
            let display = app.vault.open(cell("identity", "display_ct", id, card), &sealed)?;
            Ok(display.map(|display| plain_line(display, MAX_NAME_CHARS)))
        }
        None => Ok(String::new().into()),
    }
}

/// What lies over the texts of a dialog, or over words of no dialog, for this reader.
pub(super) fn veil_of<'a>(
    app: &'a App,
    tx: &mut Tx<'_>,
    me: &Staff,
    dialog: Option<DialogId>,
) -> Result<Veil<'a>, Fault> {
    let sight = me.role.sight();
    let tokens = match dialog {
        Some(dialog) if sight != Sight::ALL => dialog::tokens(app, tx, dialog)?,
        Some(_) | None => dialog::Tokens::default(),
    };
    Ok(Veil::new(&app.detector, tokens, sight))
}

/// What a colleague is called by, of all `names`; one nobody knows any more is somebody.
pub(super) fn called(names: &BTreeMap<i64, Pii<String>>, staff: Option<i64>) -> Pii<String> {
    let known = staff.and_then(|id| names.get(&id).cloned());
    known.unwrap_or_else(|| words::SOMEBODY.to_owned().into())
}
