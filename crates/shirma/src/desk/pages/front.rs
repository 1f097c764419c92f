//! The addresses people type, `/` and `/desk`, and the page of thanks of forms without scripts.

use std::sync::Arc;

use askama::Template;
use axum::Extension;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{Redirect, Response};

use crate::access::{Permission, Staff};
use crate::app::App;
use crate::desk::fault::{Refusal, page};
use crate::desk::guard;

/// `GET /`: to the desk, or to its door.
///
/// # Errors
/// [`Refusal`].
pub async fn front(State(app): State<Arc<App>>, headers: HeaderMap) -> Result<Redirect, Refusal> {
    let place = if guard::staff(&app, &headers).await?.is_some() {
        "/desk"
    } else {
        "/sign-in"
    };
    Ok(Redirect::to(place))
}

/// `GET /desk`: the dialogs are its main screen, the journal for those who talk to no client.
pub async fn desk(Extension(staff): Extension<Staff>) -> Redirect {
    Redirect::to(if staff.may(Permission::ReadDialogs) {
        "/desk/dialogs"
    } else {
        "/desk/journal"
    })
}

/// Where a site form without a script lands.
#[derive(Template)]
#[template(path = "thanks.html")]
pub struct ThanksPage;

/// `GET /thanks`.
///
/// # Errors
/// [`Refusal`].
pub async fn thanks() -> Result<Response, Refusal> {
    page(&ThanksPage)
}
