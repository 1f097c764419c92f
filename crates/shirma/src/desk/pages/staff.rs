//! «Сотрудники»: who works here, as what and until when.

use std::sync::Arc;

use askama::Template;
use axum::Extension;
use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use crate::access::{self, Disabled, Refit, RefitError, Role, Staff};
use crate::app::App;
use crate::clock::end_of_day;
use crate::desk::calendar::Calendar;
use crate::desk::fault::{Refusal, page};
use crate::desk::shell::{Section, Shell};
use crate::desk::view::MemberLine;
use crate::desk::{rows, vigil, words};
use crate::identifier::StaffId;

const PLACE: &str = "/desk/staff";

/// The page.
#[derive(Template)]
#[template(path = "staff.html")]
pub struct StaffPage {
    /// The frame.
    pub shell: Shell,
    /// Everybody.
    pub members: Vec<MemberLine>,
    /// Roles: in forms, in words.
    pub roles: Vec<(&'static str, &'static str)>,
    /// What is wrong with the last try.
    pub problem: Option<&'static str>,
}

/// `GET /desk/staff`.
///
/// # Errors
/// [`Refusal`].
pub async fn list(State(app): State<Arc<App>>, Extension(staff): Extension<Staff>) -> Result<Response, Refusal> {
    page(&read(&app, &staff, None).await?)
}

async fn read(app: &Arc<App>, staff: &Staff, problem: Option<&'static str>) -> Result<StaffPage, Refusal> {
    let all = access::list(app).await?;
    let calendar = Calendar::new(app.base.zone.clone(), app.now_ms());
    Ok(StaffPage {
        shell: Shell::around(app, staff, Section::Protection).await?,
        members: rows::members(app, &calendar, staff, all),
        roles: Role::ALL.map(|role| (role.as_str(), words::role(role))).into(),
        problem,
    })
}

/// Another role, another end.
#[derive(Deserialize)]
pub struct Change {
    role: String,
    #[serde(default)]
    until: String,
}

/// `POST /desk/staff/{staff}`.
///
/// # Errors
/// [`Refusal`]; nothing changed then.
pub async fn change(
    State(app): State<Arc<App>>,
    Extension(staff): Extension<Staff>,
    Path(whom): Path<i64>,
    Form(form): Form<Change>,
) -> Result<Response, Refusal> {
    let role = Role::from_name(&form.role).ok_or(Refusal::Unreadable)?;
    let until_ms = match form.until.as_str() {
        "" => None,
        day => Some(end_of_day(&app.base.zone, day).ok_or(Refusal::Unreadable)?),
    };
    match access::refit(&app, Some(&staff), StaffId(whom), Refit { role, until_ms }).await {
        Ok(()) => Ok(Redirect::to(PLACE).into_response()),
        Err(RefitError::Fault(fault)) => Err(fault.into()),
        Err(error) => again(&app, &staff, vigil::refit_problem(&error)).await,
    }
}

/// `POST /desk/staff/{staff}/disable`.
///
/// # Errors
/// [`Refusal`]; nothing changed then.
pub async fn disable(
    State(app): State<Arc<App>>,
    Extension(staff): Extension<Staff>,
    Path(whom): Path<i64>,
) -> Result<Response, Refusal> {
    let members = access::list(&app).await?;
    let member = members.iter().find(|member| member.id == StaffId(whom));
    let member = member.ok_or(Refusal::NotFound)?;
    if member.id == staff.id {
        return again(&app, &staff, vigil::refit_problem(&RefitError::Oneself)).await;
    }
    match access::disable(&app, crate::audit::staff(staff.id), &member.login).await? {
        Disabled::Done => Ok(Redirect::to(PLACE).into_response()),
        Disabled::Nobody => Err(Refusal::NotFound),
        Disabled::LastOwner => again(&app, &staff, vigil::refit_problem(&RefitError::LastOwner)).await,
    }
}

async fn again(app: &Arc<App>, staff: &Staff, problem: &'static str) -> Result<Response, Refusal> {
    let shown = read(app, staff, Some(problem)).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page(&shown)?).into_response())
}
