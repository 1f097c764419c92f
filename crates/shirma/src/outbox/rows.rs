//! The `outbox` table.

use shirma_store::{Sql, Tx, params};

use super::{Body, Class};
use crate::app::{App, Fault};
use crate::contract::Button;
use crate::dialog::DialogRow;
use crate::identifier::{DialogId, IdentityId, MessageId, OutboxId, SubjectId};
use crate::vault::cell;

/// A message to go out.
pub struct NewOutgoing<'a> {
    /// Into which dialog.
    pub dialog: &'a DialogRow,
    /// Whose delivery it carries.
    pub message: Option<MessageId>,
    /// What kind.
    pub class: Class,
    /// Words with tokens; for an acknowledgement, the callback id.
    pub text: &'a str,
    /// The words are a person's own: nothing to restore.
    pub literal: bool,
    /// Rows of buttons.
    pub buttons: &'a [Vec<Button>],
    /// The same for the same message.
    pub idem_key: &'a str,
}

/// Puts a message up for sending; the same key a second time changes nothing.
pub fn put(app: &App, tx: &mut Tx<'_>, new: &NewOutgoing<'_>) -> Result<(), Fault> {
    let id = OutboxId(app.new_id());
    let body = Body {
        text: new.text.to_owned(),
        literal: new.literal,
        buttons: new.buttons.to_vec(),
    };
    let json = serde_json::to_string(&body).map_err(|_| Fault::Unreadable("body of an outgoing message"))?;
    let subject = new.dialog.subject;
    let sealed = app.vault.seal(cell("outbox", "body_ct", id.0, subject), &json)?;
    let destination = format!("{}/{}", new.dialog.channel.as_str(), new.dialog.account);
    let now_ms = app.now_ms();
    tx.execute(
        "insert into outbox (id, destination, idem_key, subject, dialog, message, class, body_ct, state, attempt,
                             run_at, fence, possible_duplicate, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, 'ready', 0, $9, 0, $10, $9)
         on conflict (destination, idem_key) do nothing",
        params![
            id.0,
            &destination,
            new.idem_key,
            subject.0,
            new.dialog.id.0,
            new.message.map(|message| message.0),
            new.class.as_str(),
            &sealed,
            now_ms,
            false
        ],
    )?;
    Ok(())
}

/// The client does not take messages any more: nothing waiting for him goes out.
pub fn drop_for_dialog(tx: &mut Tx<'_>, dialog: DialogId) -> Result<(), Fault> {
    tx.execute(
        "update message set delivery = 'failed' where id in
           (select message from outbox where dialog = $1 and state = 'ready' and message is not null)",
        params![dialog.0],
    )?;
    tx.execute(
        "update outbox set state = 'failed', last_error = 'blocked' where dialog = $1 and state = 'ready'",
        params![dialog.0],
    )?;
    Ok(())
}

/// A row in hand.
pub(super) struct Sending {
    pub(super) id: OutboxId,
    pub(super) subject: SubjectId,
    pub(super) dialog: DialogId,
    pub(super) message: Option<MessageId>,
    pub(super) class: Class,
    pub(super) body: Body,
    pub(super) idem_key: String,
    pub(super) attempt: i64,
    pub(super) fence: i64,
    pub(super) created_at_ms: i64,
}

const LEASE_SQLITE: &str = "update outbox set state = 'sending', lease_owner = $1, lease_until = $2, fence = fence + 1, attempt = attempt + 1,
            possible_duplicate = (possible_duplicate or state = 'sending')
     where id = (
       select o.id from outbox o
       where (o.state = 'ready' or (o.state = 'sending' and o.lease_until < $3)) and o.run_at <= $3
         and not exists (select 1 from outbox e where e.dialog = o.dialog and e.id < o.id and e.state in ('ready', 'sending'))
       order by o.run_at, o.id limit 1)
     returning id, subject, dialog, message, class, body_ct, idem_key, attempt, fence, created_at";

const LEASE_POSTGRES: &str = "update outbox set state = 'sending', lease_owner = $1, lease_until = $2, fence = fence + 1, attempt = attempt + 1,
            possible_duplicate = (possible_duplicate or state = 'sending')
     where id = (
       select o.id from outbox o
       where (o.state = 'ready' or (o.state = 'sending' and o.lease_until < $3)) and o.run_at <= $3
         and not exists (select 1 from outbox e where e.dialog = o.dialog and e.id < o.id and e.state in ('ready', 'sending'))
       order by o.run_at, o.id limit 1 for update skip locked)
     returning id, subject, dialog, message, class, body_ct, idem_key, attempt, fence, created_at";

/// Takes the next row that may go: ready ones, and ones whose sender vanished in the middle.
pub(super) fn lease(app: &App, tx: &mut Tx<'_>, owner: &str, lease_ms: i64) -> Result<Option<Sending>, Fault> {
    let now_ms = app.now_ms();
    let sql = Sql {
        sqlite: LEASE_SQLITE,
        postgres: LEASE_POSTGRES,
    };
    let row = tx.one(sql, params![owner, now_ms + lease_ms, now_ms], |row| {
        Ok((
            row.get::<i64>("id")?,
            row.get::<i64>("subject")?,
            row.get::<i64>("dialog")?,
            row.get::<Option<i64>>("message")?,
            row.get::<String>("class")?,
            row.get::<Vec<u8>>("body_ct")?,
            row.get::<String>("idem_key")?,
            row.get::<i64>("attempt")?,
            row.get::<i64>("fence")?,
            row.get::<i64>("created_at")?,
        ))
    })?;
    let Some((id, subject, dialog, message, class, sealed, idem_key, attempt, fence, created_at_ms)) = row else {
        return Ok(None);
    };
    let subject = SubjectId(subject);
    let json = app.vault.open(cell("outbox", "body_ct", id, subject), &sealed)?;
    Ok(Some(Sending {
        id: OutboxId(id),
        subject,
        dialog: DialogId(dialog),
        message: message.map(MessageId),
        class: Class::from_name(&class).ok_or(Fault::Unreadable("class of an outgoing message"))?,
        body: serde_json::from_str(json.expose()).map_err(|_| Fault::Unreadable("body of an outgoing message"))?,
        idem_key,
        attempt,
        fence,
        created_at_ms,
    }))
}

/// After a start alone on its data: what was being sent when the program ended is looked at at once.
pub fn reclaim(tx: &mut Tx<'_>) -> Result<(), Fault> {
    tx.execute("update outbox set lease_until = 0 where state = 'sending'", params![])?;
    Ok(())
}

/// Where to write to.
pub(super) fn chat(app: &App, tx: &mut Tx<'_>, identity: IdentityId, subject: SubjectId) -> Result<String, Fault> {
    let sealed = tx
        .one(
            "select chat_ct from identity where id = $1",
            params![identity.0],
            |row| row.get::<Vec<u8>>(0),
        )?
        .ok_or(Fault::Gone("identity"))?;
    Ok(app
        .vault
        .open(cell("identity", "chat_ct", identity.0, subject), &sealed)?
        .expose()
        .to_string())
}

/// How a try of sending ended.
pub(super) enum Ended<'a> {
    Sent {
        reference: Option<&'a str>,
        text: Option<&'a str>,
    },
    Later {
        run_at_ms: i64,
        code: &'static str,
    },
    Failed {
        code: &'static str,
    },
}

/// Writes the end of a try; `false` when another sender holds the row by now.
pub(super) fn finish(app: &App, tx: &mut Tx<'_>, sending: &Sending, ended: &Ended<'_>) -> Result<bool, Fault> {
    let (state, run_at_ms, reference, code) = match ended {
        Ended::Sent { reference, .. } => ("sent", 0, *reference, None),
        Ended::Later { run_at_ms, code } => ("ready", *run_at_ms, None, Some(*code)),
        Ended::Failed { code } => ("failed", 0, None, Some(*code)),
    };
    let changed = tx.execute(
        "update outbox set state = $3, run_at = $4, sent_ref = $5, last_error = $6, lease_owner = null,
                possible_duplicate = (possible_duplicate or $7)
         where id = $1 and fence = $2 and state = 'sending'",
        params![
            sending.id.0,
            sending.fence,
            state,
            run_at_ms,
            reference,
            code,
            code == Some("unknown")
        ],
    )?;
    if changed != 1 {
        return Ok(false);
    }
    let Some(message) = sending.message else {
        return Ok(true);
    };
    match ended {
        Ended::Sent { reference, text } => {
            let sealed = text
                .map(|text| {
                    app.vault
                        .seal(cell("message", "text_ct", message.0, sending.subject), text)
                })
                .transpose()?;
            tx.execute(
                // An id that another message has already is not believed: the sending stands all the same.
                "update message set delivery = 'sent', text_ct = coalesce($2, text_ct),
                   ext_id = case when exists (select 1 from message other where other.dialog = message.dialog
                     and other.direction = 'out' and other.ext_id = $3) then ext_id else coalesce($3, ext_id) end
                 where id = $1",
                params![message.0, sealed.as_deref(), *reference],
            )?;
        }
        Ended::Failed { .. } => {
            tx.execute(
                "update message set delivery = 'failed' where id = $1",
                params![message.0],
            )?;
        }
        Ended::Later { .. } => {}
    }
    Ok(true)
}
