//! The `inbox` table.

use std::sync::Arc;

use shirma_store::{Tx, params};
use shirma_vault::Pii;

use super::InboxState;
use crate::app::{App, Fault};
use crate::clock::{DAY_MS, utc_day};
use crate::contract::{Channel, ChannelKind};
use crate::identifier::{InboxId, JobId};
use crate::queue::{self, NewJob, Queue};
use crate::vault::MacPurpose;

/// A raw event at the door.
pub struct RawEvent<'a> {
    /// Where from.
    pub channel: ChannelKind,
    /// Which account.
    pub account: &'a str,
    /// Idempotency key inside channel and account.
    pub key: &'a str,
    /// Jobs of one chat run in order.
    pub lane: &'a str,
    /// Exact bytes.
    pub body: &'a [u8],
}

/// What keeping came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// Kept now.
    New(InboxId),
    /// Was there already, the same.
    Again,
    /// The key was there with another body: the first stays.
    Conflict,
}

/// Keeps the event and makes the job to read it, in the transaction given.
pub fn keep(app: &App, tx: &mut Tx<'_>, raw: &RawEvent<'_>) -> Result<Kept, Fault> {
    let now_ms = app.now_ms();
    let mac = app.vault.mac(MacPurpose::Event, raw.body);
    let mut keys = forgotten_keys(app, raw.key);
    keys.push(raw.key.to_owned());
    for key in &keys {
        let known = tx.one(
            "select body_mac from inbox where channel = $1 and account = $2 and ext_id = $3",
            params![raw.channel.as_str(), raw.account, key],
            |row| row.get::<Vec<u8>>(0),
        )?;
        if let Some(first) = known {
            // An erased person's event that comes once more is known by its key alone.
            let is_same = first.is_empty() || macs_of(app, raw.body).iter().any(|mac| first == mac);
            return Ok(if is_same { Kept::Again } else { Kept::Conflict });
        }
    }
    let id = InboxId(app.new_id());
    let day = utc_day(now_ms);
    let sealed = app.vault.seal_payload(now_ms, id, raw.body)?;
    tx.execute(
        "insert into inbox (id, channel, account, ext_id, epoch, payload_ct, body_mac, state, received_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        params![
            id.0,
            raw.channel.as_str(),
            raw.account,
            raw.key,
            &day,
            &sealed,
            &mac[..],
            InboxState::Accepted.as_str(),
            now_ms
        ],
    )?;
    let job = NewJob {
        id: JobId(app.new_id()),
        queue: Queue::Read,
        key: &id.0.to_string(),
        lane: raw.lane,
        target: id.0,
        now_ms,
        run_at_ms: now_ms,
    };
    queue::enqueue(tx, &job)?;
    Ok(Kept::New(id))
}

/// What stands before the key of an event whose sender was erased.
const FORGOTTEN: &str = "gone:";

/// Whether the key of an event says that its sender was erased.
pub(crate) fn is_forgotten(key: &str) -> bool {
    key.starts_with(FORGOTTEN)
}

/// The key under which an event of an erased person is known: keyed, as keys of messengers may name a chat.
pub(crate) fn forgotten_key(app: &App, key: &str) -> String {
    forgotten_word(&app.vault.mac(MacPurpose::Event, key.as_bytes()))
}

fn forgotten_keys(app: &App, key: &str) -> Vec<String> {
    let macs = app.vault.mac_all(MacPurpose::Event, key.as_bytes());
    macs.iter().map(forgotten_word).collect()
}

fn forgotten_word(mac: &[u8; 32]) -> String {
    format!("{FORGOTTEN}{}", shirma_vault::hex(&mac[..16]))
}

fn macs_of(app: &App, body: &[u8]) -> Vec<[u8; 32]> {
    app.vault.mac_all(MacPurpose::Event, body)
}

/// Leaves of an event only that it came, so that it does nothing when it comes again.
pub(crate) fn forget(tx: &mut Tx<'_>, id: InboxId, key: &str) -> Result<(), Fault> {
    let nothing: &[u8] = &[];
    tx.execute(
        "update inbox set ext_id = $2, payload_ct = $3, body_mac = $3, state = 'ignored' where id = $1",
        params![id.0, key, nothing],
    )?;
    Ok(())
}

/// Whether every raw event of a day (counted from 1970-01-01, UTC) has been read, so that its key is needed no more.
pub(crate) fn is_day_read(tx: &mut Tx<'_>, day: i64) -> Result<bool, Fault> {
    let waiting = tx.one(
        "select count(*) from inbox where state = 'accepted' and received_at >= $1 and received_at < $2",
        params![day * DAY_MS, (day + 1) * DAY_MS],
        |row| row.get::<i64>(0),
    )?;
    Ok(waiting == Some(0))
}

/// Whether an event with this key came since then.
pub fn is_known(tx: &mut Tx<'_>, channel: ChannelKind, account: &str, key: &str, since_ms: i64) -> Result<bool, Fault> {
    let found = tx.one(
        "select id from inbox where channel = $1 and account = $2 and ext_id = $3 and received_at >= $4",
        params![channel.as_str(), account, key, since_ms],
        |row| row.get::<i64>(0),
    )?;
    Ok(found.is_some())
}

/// A kept event again.
pub struct KeptEvent {
    /// Where from.
    pub channel: ChannelKind,
    /// Which account.
    pub account: String,
    /// Exact bytes.
    pub body: Pii<Vec<u8>>,
}

/// The raw event again. `None` when there is no such row.
pub fn payload(app: &App, tx: &mut Tx<'_>, id: InboxId) -> Result<Option<KeptEvent>, Fault> {
    let row = tx.one(
        "select channel, account, received_at, payload_ct from inbox where id = $1",
        params![id.0],
        |row| {
            Ok((
                row.get::<String>("channel")?,
                row.get::<String>("account")?,
                row.get::<i64>("received_at")?,
                row.get::<Vec<u8>>("payload_ct")?,
            ))
        },
    )?;
    let Some((channel, account, received_at_ms, sealed)) = row else {
        return Ok(None);
    };
    let channel = ChannelKind::from_name(&channel).ok_or(shirma_store::Error::Corrupt)?;
    let body = app.vault.open_payload(received_at_ms, id, &sealed)?;
    Ok(Some(KeptEvent { channel, account, body }))
}

/// Writes down what became of the event.
pub fn mark(tx: &mut Tx<'_>, id: InboxId, state: InboxState) -> Result<(), Fault> {
    tx.execute(
        "update inbox set state = $2 where id = $1",
        params![id.0, state.as_str()],
    )?;
    Ok(())
}

/// Where the long poll of an account goes on.
///
/// # Errors
/// [`Fault`].
pub async fn poll_cursor(app: &Arc<App>, channel: &dyn Channel) -> Result<Option<String>, Fault> {
    let (kind, account) = (channel.kind().as_str(), channel.account().to_owned());
    app.data
        .read(move |tx| {
            let sql = "select cursor from poll_cursor where channel = $1 and account = $2";
            tx.one(sql, params![kind, &account], |row| row.get(0))
                .map_err(Fault::from)
        })
        .await
}

/// Moves the long poll of an account on.
///
/// # Errors
/// [`Fault`]; the page is then fetched and kept again, which changes nothing.
pub async fn keep_poll_cursor(app: &Arc<App>, channel: &dyn Channel, cursor: Option<&str>) -> Result<(), Fault> {
    let Some(cursor) = cursor.map(str::to_owned) else {
        return Ok(());
    };
    let (kind, account) = (channel.kind().as_str(), channel.account().to_owned());
    app.data
        .write(move |tx| {
            tx.execute(
                "insert into poll_cursor (channel, account, cursor) values ($1, $2, $3)
                 on conflict (channel, account) do update set cursor = excluded.cursor",
                params![kind, &account, &cursor],
            )?;
            Ok(())
        })
        .await
}
