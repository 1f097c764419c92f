//! A client's card: everything known of a person, contacts masked.

use shirma_store::{Tx, params};
use shirma_vault::Pii;

use super::person::{name_of, veil_of};
use crate::access::{self, Permission, Reach, Staff, assignment};
use crate::alarm;
use crate::app::{App, Fault};
use crate::boundary::{Said, Veil, masked_email, masked_phone};
use crate::desk::calendar::Calendar;
use crate::desk::plain::plain_line;
use crate::desk::view::{Account, Card, ConsentState, Contact, EnquiryLine, Hint, RequestLine};
use crate::desk::words;
use crate::identifier::{ClientCode, StaffId, SubjectId};
use crate::subject::{self, FieldKind};
use crate::vault::cell;

/// Lines of each kind on a card: the newest ones; the rest is in the dialogs.
const MAX_LINES: i64 = 20;
/// Characters of a nick.
const MAX_DISPLAY_CHARS: usize = 60;

/// The card; `None` when there is none. A merged card gives the one it went into.
pub fn card(app: &App, tx: &mut Tx<'_>, calendar: &Calendar, me: &Staff, id: SubjectId) -> Result<Option<Card>, Fault> {
    let id = subject::root(tx, id)?;
    let row = tx.one(
        "select code, created_at from subject where id = $1",
        params![id.0],
        |row| Ok((ClientCode(row.get("code")?), row.get::<i64>("created_at")?)),
    )?;
    let Some((code, created_at_ms)) = row else {
        return Ok(None);
    };
    let earlier = tx.many(
        "select code from subject where merged_into = $1 order by code limit $2",
        params![id.0, MAX_LINES],
        |row| Ok(ClientCode(row.get(0)?).to_string()),
    )?;
    let veil = veil_of(app, tx, me, None)?;
    let names = access::names(app, tx)?;
    let called = |staff: &StaffId| names.get(&staff.0).cloned().map(|name| (staff.0, name));
    let assigned = assignment::assignees(tx, id)?;
    let candidates = assignment::candidates(tx, app.now_ms())?;
    Ok(Some(Card {
        id: id.0,
        code: code.to_string(),
        earlier_codes: earlier,
        name: name_of(app, tx, id)?.map(|name| veil.name(name)),
        since: calendar.date(created_at_ms),
        contacts: contacts(app, tx, id)?,
        consents: consents(tx, calendar, id)?,
        accounts: accounts(app, tx, &veil, id)?,
        enquiries: enquiries(app, tx, calendar, &veil, id)?,
        requests: requests(tx, calendar, id)?,
        // Another client is nothing to one who meets but his own.
        hints: match me.role.reach() {
            Reach::All => hints(app, tx, id)?,
            Reach::Own | Reach::Nobody => Vec::new(),
        },
        may_reveal: me.may(Permission::Reveal),
        may_assign: me.may(Permission::Assign),
        candidates: candidates
            .iter()
            .filter(|staff| !assigned.contains(staff))
            .filter_map(called)
            .collect(),
        assigned: assigned.iter().filter_map(called).collect(),
        honey: match me.may(Permission::MarkHoney) {
            true => Some(alarm::is_honey(tx, id)?),
            false => None,
        },
    }))
}

fn contacts(app: &App, tx: &mut Tx<'_>, id: SubjectId) -> Result<Vec<Contact>, Fault> {
    let mut contacts: Vec<Contact> = Vec::new();
    for field in subject::fields(app, tx, id)? {
        let (kind, words, masked) = match field.kind {
            FieldKind::Name => continue,
            FieldKind::Phone => ("phone", "Телефон", masked_phone(field.value.expose())),
            FieldKind::Email => ("email", "Почта", masked_email(field.value.expose())),
        };
        match contacts
            .iter_mut()
            .find(|known| known.kind == kind && known.masked == masked)
        {
            Some(known) => known.proven |= field.proven,
            None => contacts.push(Contact {
                kind,
                words,
                masked,
                proven: field.proven,
            }),
        }
    }
    contacts.sort_by_key(|contact| (contact.kind != "phone", !contact.proven));
    Ok(contacts)
}

/// The newest act for each purpose; the assistant's purpose is always there.
fn consents(tx: &mut Tx<'_>, calendar: &Calendar, id: SubjectId) -> Result<Vec<ConsentState>, Fault> {
    let rows = tx.many(
        "select k.purpose, k.version, r.act, r.channel, r.at from consent_receipt r
         join consent_document k on k.id = r.document join subject s on s.id = r.subject
         where s.id = $1 or s.merged_into = $1 order by r.at desc, r.id desc limit $2",
        params![id.0, MAX_LINES],
        |row| {
            Ok((
                row.get::<String>("purpose")?,
                row.get::<i64>("version")?,
                row.get::<String>("act")?,
                row.get::<String>("channel")?,
                row.get::<i64>("at")?,
            ))
        },
    )?;
    let mut states: Vec<ConsentState> = Vec::new();
    for (purpose, version, act, channel, at_ms) in rows {
        if states.iter().any(|state| state.purpose_name == purpose) {
            continue;
        }
        states.push(ConsentState {
            purpose: words::consent_purpose(&purpose),
            purpose_name: purpose,
            state: act,
            date: calendar.date(at_ms),
            channel: words::channel(&channel),
            version,
        });
    }
    if !states.iter().any(|state| state.purpose_name == "assistant") {
        states.push(ConsentState {
            purpose: words::consent_purpose("assistant"),
            purpose_name: "assistant".to_owned(),
            state: "none".to_owned(),
            date: String::new(),
            channel: "",
            version: 0,
        });
    }
    Ok(states)
}

fn accounts(app: &App, tx: &mut Tx<'_>, veil: &Veil<'_>, id: SubjectId) -> Result<Vec<Account>, Fault> {
    let rows = tx.many(
        "select i.id, i.subject, i.channel, i.display_ct, i.state, d.id as dialog from identity i
         join subject s on s.id = i.subject left join dialog d on d.identity = i.id
         where s.id = $1 or s.merged_into = $1 order by i.id limit $2",
        params![id.0, MAX_LINES],
        |row| {
            Ok((
                row.get::<i64>("id")?,
                SubjectId(row.get("subject")?),
                row.get::<String>("channel")?,
                row.get::<Option<Vec<u8>>>("display_ct")?,
                row.get::<String>("state")?,
                row.get::<Option<i64>>("dialog")?,
            ))
        },
    )?;
    rows.into_iter()
        .map(|(id, subject, channel, sealed, state, dialog)| {
            let display = match sealed {
                Some(sealed) => {
                    let display = app.vault.open(cell("identity", "display_ct", id, subject), &sealed)?;
                    display.map(|display| plain_line(&veil.name(display), MAX_DISPLAY_CHARS))
                }
                None => String::new().into(),
            };
            Ok(Account {
                channel: words::channel(&channel),
                display,
                reachable: state == "reachable",
                dialog,
            })
        })
        .collect()
}

fn enquiries(
    app: &App,
    tx: &mut Tx<'_>,
    calendar: &Calendar,
    veil: &Veil<'_>,
    id: SubjectId,
) -> Result<Vec<EnquiryLine>, Fault> {
    let rows = tx.many(
        "select e.id, e.subject, e.kind, e.state, e.wish_ct, e.opened_at from enquiry e
         join subject s on s.id = e.subject where s.id = $1 or s.merged_into = $1
         order by e.opened_at desc, e.id desc limit $2",
        params![id.0, MAX_LINES],
        |row| {
            Ok((
                row.get::<i64>("id")?,
                SubjectId(row.get("subject")?),
                row.get::<String>("kind")?,
                row.get::<String>("state")?,
                row.get::<Option<Vec<u8>>>("wish_ct")?,
                row.get::<i64>("opened_at")?,
            ))
        },
    )?;
    rows.into_iter()
        .map(|(id, subject, kind, state, sealed, at_ms)| {
            let wish: Option<Pii<String>> = sealed
                .map(|sealed| app.vault.open(cell("enquiry", "wish_ct", id, subject), &sealed))
                .transpose()?;
            Ok(EnquiryLine {
                kind: words::enquiry_kind(&kind),
                state: words::enquiry_state(&state),
                is_open: state == "open",
                at: calendar.full(at_ms),
                wish: wish.map(|wish| wish.map(|wish| veil.over(wish, Said::ByClient))),
            })
        })
        .collect()
}

fn requests(tx: &mut Tx<'_>, calendar: &Calendar, id: SubjectId) -> Result<Vec<RequestLine>, Fault> {
    Ok(tx.many(
        "select q.kind, q.state, q.due_on from subject_request q join subject s on s.id = q.subject
         where s.id = $1 or s.merged_into = $1 order by q.received_at desc limit $2",
        params![id.0, MAX_LINES],
        |row| {
            Ok(RequestLine {
                is_withdrawal: row.get::<String>("kind")? == "withdrawal",
                is_open: row.get::<String>("state")? == "open",
                due: calendar.iso_day(&row.get::<String>("due_on")?),
            })
        },
    )?)
}

fn hints(app: &App, tx: &mut Tx<'_>, id: SubjectId) -> Result<Vec<Hint>, Fault> {
    let rows = tx.many(
        "select h.first_subject, h.second_subject, h.reason from same_person_hint h
         join subject a on a.id = h.first_subject join subject b on b.id = h.second_subject
         where h.state = 'open' and (a.id = $1 or a.merged_into = $1 or b.id = $1 or b.merged_into = $1)
         order by h.id limit $2",
        params![id.0, MAX_LINES],
        |row| Ok((SubjectId(row.get(0)?), SubjectId(row.get(1)?), row.get::<String>(2)?)),
    )?;
    let mut hints: Vec<Hint> = Vec::new();
    for (first, second, reason) in rows {
        let (first, second) = (subject::root(tx, first)?, subject::root(tx, second)?);
        let other = if first == id { second } else { first };
        // Two accounts of one merged card are no question any more.
        if other == id || hints.iter().any(|hint| hint.card == other.0) {
            continue;
        }
        hints.push(Hint {
            card: other.0,
            code: subject::code_of(tx, other)?.to_string(),
            name: name_of(app, tx, other)?,
            reason: words::hint_reason(&reason),
        });
    }
    Ok(hints)
}
