//! «Клиенты»: the list, the search, the card.

use std::sync::Arc;

use askama::Template;
use axum::Extension;
use axum::extract::{Form, Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use shirma_vault::Pii;

use crate::access::Staff;
use crate::access::assignment::{self, AssignError};
use crate::alarm;
use crate::app::{App, Fault};
use crate::desk::calendar::Calendar;
use crate::desk::fault::{Refusal, page};
use crate::desk::rows;
use crate::desk::shell::{Section, Shell};
use crate::desk::view::{Card, ClientLine};
use crate::desk::{trace, words};
use crate::identifier::{StaffId, SubjectId};

/// The list.
#[derive(Template)]
#[template(path = "clients.html")]
pub struct ClientsPage {
    /// The frame.
    pub shell: Shell,
    /// The clients.
    pub clients: Vec<ClientLine>,
    /// Where the next page begins.
    pub next: Option<i64>,
    /// What was searched for.
    pub typed: Pii<String>,
    /// A search was made.
    pub is_search: bool,
    /// What it gave, in words.
    pub found_words: String,
}

/// One card.
#[derive(Template)]
#[template(path = "client.html")]
pub struct ClientPage {
    /// The frame.
    pub shell: Shell,
    /// The card.
    pub card: Option<Card>,
}

/// Where the page begins.
#[derive(Deserialize)]
pub struct Place {
    before: Option<i64>,
}

/// `GET /desk/clients`.
///
/// # Errors
/// [`Refusal`].
pub async fn list(
    State(app): State<Arc<App>>,
    Extension(staff): Extension<Staff>,
    Query(place): Query<Place>,
) -> Result<Response, Refusal> {
    let rooms = Arc::clone(&app);
    let shown = app
        .data
        .read(move |tx| -> Result<ClientsPage, Fault> {
            let calendar = Calendar::new(rooms.base.zone.clone(), rooms.now_ms());
            let (clients, next) = rows::clients(&rooms, tx, &calendar, &staff, place.before.unwrap_or(i64::MAX))?;
            let shell = Shell::read(&rooms, tx, &staff, Section::Clients)?;
            let typed = String::new().into();
            Ok(ClientsPage {
                shell,
                clients,
                next,
                typed,
                is_search: false,
                found_words: String::new(),
            })
        })
        .await?;
    page(&shown)
}

/// What was typed.
#[derive(Deserialize)]
pub struct Search {
    find: String,
}

/// `POST /desk/clients`: the search, by form so that no name stands in an address or a log.
///
/// # Errors
/// [`Refusal`].
pub async fn find(
    State(app): State<Arc<App>>,
    Extension(staff): Extension<Staff>,
    Form(Search { find }): Form<Search>,
) -> Result<Response, Refusal> {
    let (rooms, seeker) = (Arc::clone(&app), staff.clone());
    let shown = app
        .data
        .read(move |tx| -> Result<ClientsPage, Fault> {
            let calendar = Calendar::new(rooms.base.zone.clone(), rooms.now_ms());
            let clients = rows::find_clients(&rooms, tx, &calendar, &seeker, &find)?;
            let shell = Shell::read(&rooms, tx, &seeker, Section::Clients)?;
            let found_words = words::found(i64::try_from(clients.len()).unwrap_or(0));
            Ok(ClientsPage {
                shell,
                clients,
                next: None,
                typed: find.into(),
                is_search: true,
                found_words,
            })
        })
        .await?;
    trace::note_search(&app, &staff, shown.clients.len()).await?;
    let found = shown.clients.iter().map(|client| SubjectId(client.id)).collect();
    alarm::touched(&app, &staff, found).await?;
    page(&shown)
}

/// `GET /desk/clients/{client}`.
///
/// # Errors
/// [`Refusal`].
pub async fn open(
    State(app): State<Arc<App>>,
    Extension(staff): Extension<Staff>,
    Path(client): Path<i64>,
) -> Result<Response, Refusal> {
    let client = SubjectId(client);
    trace::note(&app, &staff, crate::audit::SUBJECT_READ, client.object()).await?;
    alarm::touched(&app, &staff, vec![client]).await?;
    let rooms = Arc::clone(&app);
    let shown = app
        .data
        .read(move |tx| -> Result<ClientPage, Fault> {
            let calendar = Calendar::new(rooms.base.zone.clone(), rooms.now_ms());
            let card = rows::card(&rooms, tx, &calendar, &staff, client)?.ok_or(Fault::Gone("subject"))?;
            Ok(ClientPage {
                shell: Shell::read(&rooms, tx, &staff, Section::Clients)?,
                card: Some(card),
            })
        })
        .await?;
    page(&shown)
}

/// To whom, or from whom.
#[derive(Deserialize)]
pub struct HandOver {
    staff: i64,
}

/// `POST /desk/clients/{client}/assign`: «Передать».
///
/// # Errors
/// [`Refusal`]; nothing changed then.
pub async fn assign(
    State(app): State<Arc<App>>,
    Extension(staff): Extension<Staff>,
    Path(client): Path<i64>,
    Form(form): Form<HandOver>,
) -> Result<Response, Refusal> {
    handed(
        client,
        assignment::assign(&app, &staff, SubjectId(client), StaffId(form.staff)).await,
    )
}

/// `POST /desk/clients/{client}/unassign`: «Забрать».
///
/// # Errors
/// [`Refusal`]; nothing changed then.
pub async fn unassign(
    State(app): State<Arc<App>>,
    Extension(staff): Extension<Staff>,
    Path(client): Path<i64>,
    Form(form): Form<HandOver>,
) -> Result<Response, Refusal> {
    handed(
        client,
        assignment::unassign(&app, &staff, SubjectId(client), StaffId(form.staff)).await,
    )
}

fn handed(client: i64, done: Result<(), AssignError>) -> Result<Response, Refusal> {
    match done {
        Ok(()) => Ok(Redirect::to(&format!("/desk/clients/{client}")).into_response()),
        Err(AssignError::Nobody) => Err(Refusal::Unreadable),
        Err(AssignError::Fault(fault)) => Err(fault.into()),
    }
}
