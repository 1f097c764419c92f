//! Alarms, requests of two people, members of staff, and the lines of an export.

use shirma_store::{Tx, params};
use shirma_vault::Pii;

use super::person::{called, name_of};
use crate::access::second_person::{self, Action, State};
use crate::access::{self, Member, Permission, Staff};
use crate::alarm;
use crate::app::{App, Fault};
use crate::desk::calendar::Calendar;
use crate::desk::view::{AlarmLine, MemberLine, RequestOfTwo};
use crate::desk::{vigil, words};
use crate::identifier::{ClientCode, SubjectId};
use crate::subject::{self, FieldKind};

/// Clients in one export: more than a small business has.
const MAX_EXPORTED: i64 = 100_000;

/// One client of an export.
pub struct ExportLine {
    /// Code.
    pub code: String,
    /// Name.
    pub name: Pii<String>,
    /// Phone, the one to go by.
    pub phone: Pii<String>,
    /// E-mail.
    pub email: Pii<String>,
    /// First day.
    pub since: String,
}

/// The newest alarms, those not seen first.
pub fn alarms(app: &App, tx: &mut Tx<'_>, calendar: &Calendar) -> Result<Vec<AlarmLine>, Fault> {
    let names = access::names(app, tx)?;
    alarm::list(tx)?
        .into_iter()
        .map(|alarm| {
            let (title, advice) = vigil::alarm(alarm.kind);
            let card = match alarm.subject {
                Some(card) => Some((card.0, subject::code_of(tx, card)?.to_string())),
                None => None,
            };
            Ok(AlarmLine {
                id: alarm.id.0,
                at: calendar.full(alarm.at_ms),
                title,
                advice,
                who: called(&names, Some(alarm.staff.0)),
                card,
                seen: alarm.seen,
            })
        })
        .collect()
}

/// What waits for a second person: everything for one who may be the second, his own for the others.
pub fn requests(app: &App, tx: &mut Tx<'_>, calendar: &Calendar, me: &Staff) -> Result<Vec<RequestOfTwo>, Fault> {
    let names = access::names(app, tx)?;
    let own = (!me.may(Permission::Approve)).then_some(me.id);
    second_person::list(tx, own)?
        .into_iter()
        .map(|request| {
            let is_over = app.now_ms() >= request.expires_at_ms;
            let is_mine = request.asked_by == me.id;
            Ok(RequestOfTwo {
                id: request.id.0,
                action: vigil::two_person_action(request.action),
                code: match request.subject {
                    Some(card) => subject::code_of(tx, card)?.to_string(),
                    None => String::new(),
                },
                who: called(&names, Some(request.asked_by.0)),
                at: calendar.full(request.asked_at_ms),
                until: calendar.full(request.expires_at_ms),
                state: vigil::two_person_state(request.state, is_over),
                second: request.decided_by.map(|second| called(&names, Some(second.0))),
                may_decide: request.state == State::Open && !is_over && !is_mine && me.may(Permission::Approve),
                may_fetch: request.state == State::Approved
                    && request.action == Action::Export
                    && !is_over
                    && is_mine
                    && me.may(Permission::Export),
            })
        })
        .collect()
}

/// Members of staff as the page of all shows them.
pub fn members(app: &App, calendar: &Calendar, me: &Staff, members: Vec<Member>) -> Vec<MemberLine> {
    members
        .into_iter()
        .map(|member| {
            let is_over = member.until_ms.is_some_and(|until_ms| app.now_ms() >= until_ms);
            // The end is the first moment of the next day.
            let last = member.until_ms.map(|until_ms| until_ms - 1);
            MemberLine {
                id: member.id.0,
                role: words::role(member.role),
                role_name: member.role.as_str(),
                state: vigil::member_state(member.disabled, is_over, member.invited),
                until_day: last.map(|last| calendar.form_day(last)).unwrap_or_default(),
                until: last.map(|last| calendar.date(last)).unwrap_or_default(),
                may_change: me.may(Permission::ManageStaff) && member.id != me.id && !member.disabled,
                name: member.name,
                login: member.login,
            }
        })
        .collect()
}

/// All clients with their contacts. Only after the leaf of the export is committed.
pub fn export_lines(app: &App, tx: &mut Tx<'_>, calendar: &Calendar) -> Result<Vec<ExportLine>, Fault> {
    let rows = tx.many(
        "select id, code, created_at from subject where state = 'active' order by code limit $1",
        params![MAX_EXPORTED],
        |row| {
            Ok((
                SubjectId(row.get("id")?),
                ClientCode(row.get("code")?),
                row.get::<i64>("created_at")?,
            ))
        },
    )?;
    rows.into_iter()
        .map(|(id, code, created_at_ms)| {
            let fields = subject::fields(app, tx, id)?;
            let best = |kind| {
                let field = subject::best(&fields, kind);
                field.map_or_else(|| String::new().into(), |field| field.value.clone())
            };
            Ok(ExportLine {
                code: code.to_string(),
                name: name_of(app, tx, id)?,
                phone: best(FieldKind::Phone),
                email: best(FieldKind::Email),
                since: calendar.date(created_at_ms),
            })
        })
        .collect()
}

/// How many clients an export holds.
pub fn export_size(tx: &mut Tx<'_>) -> Result<i64, Fault> {
    let count = tx.one(
        "select count(*) as clients from subject where state = 'active'",
        params![],
        |row| row.get::<i64>("clients"),
    )?;
    Ok(count.unwrap_or(0).min(MAX_EXPORTED))
}
