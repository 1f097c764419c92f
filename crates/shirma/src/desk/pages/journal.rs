//! «Защита данных»: the journal and the book of consent texts.

use std::sync::Arc;

use askama::Template;
use axum::Extension;
use axum::extract::{Query, State};
use axum::response::Response;
use serde::Deserialize;

use crate::access::Staff;
use crate::app::{App, Fault};
use crate::desk::calendar::Calendar;
use crate::desk::fault::{Refusal, page};
use crate::desk::rows::{self, JournalFilter};
use crate::desk::shell::{Section, Shell};
use crate::desk::view::{DocumentLine, JournalLine, JournalState};
use crate::desk::words;

/// The journal.
#[derive(Template)]
#[template(path = "journal.html")]
pub struct JournalPage {
    /// The frame.
    pub shell: Shell,
    /// The journal as a proof.
    pub state: JournalState,
    /// Filters: in addresses, in words, the open one.
    pub filters: Vec<(&'static str, &'static str, bool)>,
    /// The open filter.
    pub filter_name: &'static str,
    /// Records.
    pub lines: Vec<JournalLine>,
    /// Where earlier ones begin.
    pub next: Option<u64>,
}

/// The book of consent texts.
#[derive(Template)]
#[template(path = "consents.html")]
pub struct ConsentsPage {
    /// The frame.
    pub shell: Shell,
    /// Versions.
    pub documents: Vec<DocumentLine>,
}

/// What the address carries.
#[derive(Deserialize)]
pub struct Place {
    filter: Option<String>,
    before: Option<u64>,
}

/// `GET /desk/journal`.
///
/// # Errors
/// [`Refusal`].
pub async fn journal(
    State(app): State<Arc<App>>,
    Extension(staff): Extension<Staff>,
    Query(place): Query<Place>,
) -> Result<Response, Refusal> {
    let filter = place
        .filter
        .as_deref()
        .map(JournalFilter::from_name)
        .unwrap_or_default();
    let rooms = Arc::clone(&app);
    let shown = app
        .data
        .read(move |tx| -> Result<JournalPage, Fault> {
            let calendar = Calendar::new(rooms.base.zone.clone(), rooms.now_ms());
            let (lines, next) = rows::journal(&rooms, tx, &calendar, &staff, (filter, place.before))?;
            Ok(JournalPage {
                state: rows::journal_state(&rooms, tx, &calendar)?,
                filters: JournalFilter::ALL
                    .map(|each| (each.as_str(), words::journal_filter(each), each == filter))
                    .into(),
                filter_name: filter.as_str(),
                lines,
                next,
                shell: Shell::read(&rooms, tx, &staff, Section::Protection)?,
            })
        })
        .await?;
    page(&shown)
}

/// `GET /desk/consents`.
///
/// # Errors
/// [`Refusal`].
pub async fn consents(State(app): State<Arc<App>>, Extension(staff): Extension<Staff>) -> Result<Response, Refusal> {
    let rooms = Arc::clone(&app);
    let shown = app
        .data
        .read(move |tx| -> Result<ConsentsPage, Fault> {
            let calendar = Calendar::new(rooms.base.zone.clone(), rooms.now_ms());
            let documents = rows::documents(tx, &calendar)?;
            Ok(ConsentsPage {
                shell: Shell::read(&rooms, tx, &staff, Section::Protection)?,
                documents,
            })
        })
        .await?;
    page(&shown)
}
