//! «Тревоги», and the traps that raise them: honey clients.

use std::sync::Arc;

use askama::Template;
use axum::Extension;
use axum::extract::{Form, Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use crate::access::{Permission, Staff};
use crate::alarm;
use crate::app::{App, Fault};
use crate::desk::calendar::Calendar;
use crate::desk::fault::{Refusal, page};
use crate::desk::rows;
use crate::desk::shell::{Section, Shell};
use crate::desk::view::AlarmLine;
use crate::identifier::{AlarmId, SubjectId};

const PLACE: &str = "/desk/alarms";
/// Longest name of a client who does not exist.
const MAX_NAME_CHARS: usize = 60;

/// The page.
#[derive(Template)]
#[template(path = "alarms.html")]
pub struct AlarmsPage {
    /// The frame.
    pub shell: Shell,
    /// The alarms.
    pub alarms: Vec<AlarmLine>,
    /// The reader may make honey clients.
    pub may_plant: bool,
    /// The reader may open cards.
    pub may_open: bool,
}

/// `GET /desk/alarms`.
///
/// # Errors
/// [`Refusal`].
pub async fn list(State(app): State<Arc<App>>, Extension(staff): Extension<Staff>) -> Result<Response, Refusal> {
    let rooms = Arc::clone(&app);
    let shown = app
        .data
        .read(move |tx| -> Result<AlarmsPage, Fault> {
            let calendar = Calendar::new(rooms.base.zone.clone(), rooms.now_ms());
            Ok(AlarmsPage {
                alarms: rows::alarms(&rooms, tx, &calendar)?,
                may_plant: staff.may(Permission::MarkHoney),
                may_open: staff.may(Permission::ReadClients),
                shell: Shell::read(&rooms, tx, &staff, Section::Protection)?,
            })
        })
        .await?;
    page(&shown)
}

/// `POST /desk/alarms/{alarm}/seen`.
///
/// # Errors
/// [`Refusal`].
pub async fn see(
    State(app): State<Arc<App>>,
    Extension(staff): Extension<Staff>,
    Path(alarm): Path<i64>,
) -> Result<Response, Refusal> {
    alarm::see(&app, &staff, AlarmId(alarm)).await?;
    Ok(Redirect::to(PLACE).into_response())
}

/// A client who does not exist.
#[derive(Deserialize)]
pub struct Plant {
    name: String,
    phone: String,
}

/// `POST /desk/honey`: makes a honey client.
///
/// # Errors
/// [`Refusal`]; nobody is made then.
pub async fn plant(
    State(app): State<Arc<App>>,
    Extension(staff): Extension<Staff>,
    Form(form): Form<Plant>,
) -> Result<Response, Refusal> {
    let name = form.name.trim();
    let phone = shirma_pii::canonical_phone(&form.phone).ok_or(Refusal::Unreadable)?;
    if name.is_empty() || name.chars().count() > MAX_NAME_CHARS || name.contains('\0') {
        return Err(Refusal::Unreadable);
    }
    let card = alarm::plant_honey(&app, &staff, name, &phone).await?;
    Ok(Redirect::to(&format!("/desk/clients/{}", card.0)).into_response())
}

/// Whether a card is one.
#[derive(Deserialize)]
pub struct Mark {
    honey: String,
}

/// `POST /desk/clients/{client}/honey`: makes an ordinary card a honey client, or the other way round.
///
/// # Errors
/// [`Refusal`]; nothing changed then.
pub async fn mark(
    State(app): State<Arc<App>>,
    Extension(staff): Extension<Staff>,
    Path(client): Path<i64>,
    Form(form): Form<Mark>,
) -> Result<Response, Refusal> {
    alarm::mark_honey(&app, &staff, SubjectId(client), form.honey == "yes").await?;
    Ok(Redirect::to(&format!("/desk/clients/{client}")).into_response())
}
