//! The list of keys.

use std::sync::Arc;

use askama::Template;
use axum::Extension;
use axum::extract::State;
use axum::response::Response;

use crate::access::Staff;
use crate::app::App;
use crate::desk::fault::{Refusal, page};
use crate::desk::shell::{Section, Shell};

/// The page.
#[derive(Template)]
#[template(path = "keys.html")]
pub struct KeysPage {
    /// The frame.
    pub shell: Shell,
}

/// `GET /desk/keys`.
///
/// # Errors
/// [`Refusal`].
pub async fn keys(State(app): State<Arc<App>>, Extension(staff): Extension<Staff>) -> Result<Response, Refusal> {
    let shell = Shell::around(&app, &staff, Section::Other).await?;
    page(&KeysPage { shell })
}
