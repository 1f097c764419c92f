//! «Второй человек»: what one person must not do alone, and the export that two allow.

use std::sync::Arc;

use askama::Template;
use axum::Extension;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use shirma_audit::Object;

use crate::access::second_person::{self, Action, Objection, SecondError};
use crate::access::{Permission, Staff};
use crate::app::{App, Fault};
use crate::audit;
use crate::desk::calendar::Calendar;
use crate::desk::fault::{Refusal, page};
use crate::desk::rows;
use crate::desk::shell::{Section, Shell};
use crate::desk::view::RequestOfTwo;
use crate::desk::{sheet, vigil};
use crate::identifier::RequestId;

const PLACE: &str = "/desk/requests";

/// The page.
#[derive(Template)]
#[template(path = "requests.html")]
pub struct RequestsPage {
    /// The frame.
    pub shell: Shell,
    /// The requests.
    pub requests: Vec<RequestOfTwo>,
    /// The reader may ask for an export.
    pub may_export: bool,
    /// What is wrong with the last try.
    pub problem: Option<&'static str>,
}

/// `GET /desk/requests`.
///
/// # Errors
/// [`Refusal`].
pub async fn list(State(app): State<Arc<App>>, Extension(staff): Extension<Staff>) -> Result<Response, Refusal> {
    page(&read(&app, &staff, None).await?)
}

async fn read(app: &Arc<App>, staff: &Staff, problem: Option<&'static str>) -> Result<RequestsPage, Refusal> {
    let (rooms, staff) = (Arc::clone(app), staff.clone());
    let shown = app
        .data
        .read(move |tx| -> Result<RequestsPage, Fault> {
            let calendar = Calendar::new(rooms.base.zone.clone(), rooms.now_ms());
            Ok(RequestsPage {
                requests: rows::requests(&rooms, tx, &calendar, &staff)?,
                may_export: staff.may(Permission::Export),
                problem,
                shell: Shell::read(&rooms, tx, &staff, Section::Protection)?,
            })
        })
        .await?;
    Ok(shown)
}

/// `POST /desk/requests/export`: asks for a second person.
///
/// # Errors
/// [`Refusal`].
pub async fn ask_export(State(app): State<Arc<App>>, Extension(staff): Extension<Staff>) -> Result<Response, Refusal> {
    let asked = second_person::ask(&app, &staff, Action::Export, None).await;
    after(&app, &staff, asked.map(drop)).await
}

/// `POST /desk/requests/{request}/approve`.
///
/// # Errors
/// [`Refusal`]; the request waits as before.
pub async fn approve(
    State(app): State<Arc<App>>,
    Extension(staff): Extension<Staff>,
    Path(request): Path<i64>,
) -> Result<Response, Refusal> {
    let done = second_person::approve(&app, &staff, RequestId(request)).await;
    after(&app, &staff, done).await
}

/// `POST /desk/requests/{request}/refuse`.
///
/// # Errors
/// [`Refusal`]; the request waits as before.
pub async fn refuse(
    State(app): State<Arc<App>>,
    Extension(staff): Extension<Staff>,
    Path(request): Path<i64>,
) -> Result<Response, Refusal> {
    let done = second_person::refuse(&app, &staff, RequestId(request)).await;
    after(&app, &staff, done).await
}

async fn after(app: &Arc<App>, staff: &Staff, done: Result<(), SecondError>) -> Result<Response, Refusal> {
    match done {
        Ok(()) => Ok(Redirect::to(PLACE).into_response()),
        Err(SecondError::Fault(fault)) => Err(fault.into()),
        Err(SecondError::Objection(objection)) => again(app, staff, objection).await,
    }
}

async fn again(app: &Arc<App>, staff: &Staff, objection: Objection) -> Result<Response, Refusal> {
    let shown = read(app, staff, Some(vigil::objection(objection))).await?;
    Ok((StatusCode::CONFLICT, page(&shown)?).into_response())
}

/// `POST /desk/requests/export/fetch`: the list itself, once. The approval is used up and the leaf with the number of
/// clients committed before the first name is read.
///
/// # Errors
/// [`Refusal`]; nothing left the house then.
pub async fn fetch_export(
    State(app): State<Arc<App>>,
    Extension(staff): Extension<Staff>,
) -> Result<Response, Refusal> {
    let (rooms, asker) = (Arc::clone(&app), staff.clone());
    let spent = app
        .data
        .write(move |tx| -> Result<second_person::Approval, SecondError> {
            let approval = second_person::spend(&rooms, tx, &asker, Action::Export, None)?;
            let count = u64::try_from(rows::export_size(tx)?).unwrap_or(0);
            let leaf = audit::leaf(
                rooms.now_ms(),
                audit::staff(asker.id),
                audit::EXPORT,
                Object::new("subject", "all"),
            );
            let leaf = leaf.with_session(asker.session.clone()).with_count(count);
            tx.append(&leaf.with_fields(["name", "phone", "email"]))?;
            Ok(approval)
        })
        .await;
    match spent {
        Ok(approval) => sheet_of_clients(&app, approval).await,
        Err(SecondError::Fault(fault)) => Err(fault.into()),
        Err(SecondError::Objection(objection)) => again(&app, &staff, objection).await,
    }
}

/// The file. Takes the approval: without two people there is none.
async fn sheet_of_clients(app: &Arc<App>, _approval: second_person::Approval) -> Result<Response, Refusal> {
    let rooms = Arc::clone(app);
    let text = app
        .data
        .read(move |tx| -> Result<String, Fault> {
            let calendar = Calendar::new(rooms.base.zone.clone(), rooms.now_ms());
            Ok(sheet::clients(&rows::export_lines(&rooms, tx, &calendar)?))
        })
        .await?;
    let head = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"clients.csv\""),
        (header::CACHE_CONTROL, "no-store"),
    ];
    Ok((head, text).into_response())
}
