//! The list of clients and the search in it, over names opened in memory: nothing readable is kept for searching.

use shirma_pii::given_name;
use shirma_store::{Row, Tx, params};

use super::list::{only_own, scope};
use super::person::{name_of, veil_of};
use crate::access::{NameSight, Staff};
use crate::app::{App, Fault};
use crate::boundary::masked_phone;
use crate::desk::calendar::Calendar;
use crate::desk::search;
use crate::desk::view::ClientLine;
use crate::desk::words;
use crate::identifier::{ClientCode, SubjectId};
use crate::subject::{self, FieldKind};

/// Clients on one page, and the most a search shows.
pub const MAX_FOUND: i64 = 50;
/// Cards a search opens: more than a small business has; opening one takes tens of microseconds.
const MAX_SEARCHED: i64 = 20_000;

struct ClientRow {
    id: SubjectId,
    code: i64,
    created_at_ms: i64,
    last_ms: Option<i64>,
    consent: Option<String>,
    first_channel: Option<String>,
}

const PAGE: &str = concat!(
    "select c.id, c.code, c.created_at,
           (select max(d.last_message_at) from dialog d where d.subject = c.id) as last_at,
           (select d.channel from dialog d where d.subject = c.id order by d.id limit 1) as channel,
           (select r.act from consent_receipt r join consent_document k on k.id = r.document
            where k.purpose = 'assistant' and r.subject = c.id order by r.at desc, r.id desc limit 1) as consent
    from subject c where c.state = 'active' and c.code < $2 and ",
    scope!("$4", "c.id"),
    " and cast($1 as bigint) = $1 order by c.code desc limit $3"
);

fn client_row(row: &Row<'_>) -> Result<ClientRow, shirma_store::Error> {
    Ok(ClientRow {
        id: SubjectId(row.get("id")?),
        code: row.get("code")?,
        created_at_ms: row.get("created_at")?,
        last_ms: row.get("last_at")?,
        consent: row.get("consent")?,
        first_channel: row.get("channel")?,
    })
}

/// Clients with codes below `before`, newest first, and where the next page begins.
pub fn clients(
    app: &App,
    tx: &mut Tx<'_>,
    calendar: &Calendar,
    me: &Staff,
    before: i64,
) -> Result<(Vec<ClientLine>, Option<i64>), Fault> {
    let mut rows = tx.many(PAGE, params![me.id.0, before, MAX_FOUND + 1, only_own(me)], client_row)?;
    let more = rows.len() > usize::try_from(MAX_FOUND).unwrap_or(0);
    rows.truncate(usize::try_from(MAX_FOUND).unwrap_or(0));
    let next = rows.last().filter(|_| more).map(|row| row.code);
    let lines = rows
        .into_iter()
        .map(|row| line(app, tx, calendar, me, row))
        .collect::<Result<_, _>>()?;
    Ok((lines, next))
}

/// Clients whose name, code or last digits of the phone match what was typed; at most [`MAX_FOUND`]. Those who are none of his
/// are not looked at, and what he does not see does not match: a search that answers is a way to read.
pub fn find_clients(
    app: &App,
    tx: &mut Tx<'_>,
    calendar: &Calendar,
    me: &Staff,
    typed: &str,
) -> Result<Vec<ClientLine>, Fault> {
    let wanted = search::Wanted::read(typed);
    let names = me.role.sight().names;
    let fits_name = |name: &str| match names {
        NameSight::Full => wanted.fits_name(name),
        NameSight::Given => given_name(name).is_some_and(|name| wanted.fits_name(name)),
    };
    let rows = tx.many(PAGE, params![me.id.0, i64::MAX, MAX_SEARCHED, only_own(me)], client_row)?;
    let mut found = Vec::new();
    for row in rows {
        if i64::try_from(found.len()).unwrap_or(MAX_FOUND) >= MAX_FOUND {
            break;
        }
        let fits = wanted.fits_code(row.code) || {
            let fields = subject::fields(app, tx, row.id)?;
            let fits = fields.iter().any(|field| match field.kind {
                FieldKind::Name => fits_name(field.value.expose()),
                FieldKind::Phone => names == NameSight::Full && wanted.fits_phone(field.value.expose()),
                FieldKind::Email => false,
            });
            fits || fits_name(name_of(app, tx, row.id)?.expose())
        };
        if fits {
            found.push(line(app, tx, calendar, me, row)?);
        }
    }
    Ok(found)
}

fn line(app: &App, tx: &mut Tx<'_>, calendar: &Calendar, me: &Staff, row: ClientRow) -> Result<ClientLine, Fault> {
    let veil = veil_of(app, tx, me, None)?;
    let phone = subject::fields(app, tx, row.id)?
        .into_iter()
        .filter(|field| field.kind == FieldKind::Phone)
        .max_by_key(|field| (field.proven, field.id));
    Ok(ClientLine {
        id: row.id.0,
        code: ClientCode(row.code).to_string(),
        name: name_of(app, tx, row.id)?.map(|name| veil.name(name)),
        phone: phone
            .map(|phone| masked_phone(phone.value.expose()))
            .unwrap_or_default(),
        consent: row.consent.unwrap_or_else(|| "none".to_owned()),
        channels: row
            .first_channel
            .as_deref()
            .map(words::channel)
            .unwrap_or_default()
            .to_owned(),
        last: calendar.brief(row.last_ms.unwrap_or(row.created_at_ms)),
    })
}
