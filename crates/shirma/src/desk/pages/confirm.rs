//! «Подтвердите, что это вы»: between a session that was left open and a dangerous act.

use std::net::SocketAddr;
use std::sync::Arc;

use askama::Template;
use axum::Extension;
use axum::extract::{ConnectInfo, Form, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use shirma_vault::SecretString;

use super::sign_in;
use crate::access::{self, Factor, Staff};
use crate::app::App;
use crate::desk::fault::{Refusal, page};
use crate::desk::guard;

/// The question.
#[derive(Template)]
#[template(path = "confirm.html")]
pub struct ConfirmPage {
    /// Where the person was.
    pub back: String,
    /// He has an app for codes.
    pub has_factor: bool,
    /// The last try failed.
    pub failed: bool,
    /// Code of the form.
    pub csrf: String,
}

/// Where the person was.
#[derive(Deserialize)]
pub struct Way {
    #[serde(default)]
    back: String,
}

fn question(app: &App, staff: &Staff, back: &str, failed: bool) -> ConfirmPage {
    ConfirmPage {
        back: guard::way_back(back).to_owned(),
        has_factor: staff.factor == Factor::Active,
        failed,
        csrf: guard::form_code(app, staff),
    }
}

/// `GET /confirm`.
///
/// # Errors
/// [`Refusal`].
pub async fn form(
    State(app): State<Arc<App>>,
    Extension(staff): Extension<Staff>,
    Query(way): Query<Way>,
) -> Result<Response, Refusal> {
    if !staff.has_password {
        return Ok(Redirect::to("/password").into_response());
    }
    page(&question(&app, &staff, &way.back, false))
}

/// What the form sends.
#[derive(Deserialize)]
pub struct Proof {
    proof: String,
    #[serde(default)]
    back: String,
}

/// `POST /confirm`.
///
/// # Errors
/// [`Refusal`]; nothing is opened then.
pub async fn confirm(
    State(app): State<Arc<App>>,
    ConnectInfo(from): ConnectInfo<SocketAddr>,
    Extension(staff): Extension<Staff>,
    Form(Proof { proof, back }): Form<Proof>,
) -> Result<Response, Refusal> {
    let again = |status| -> Result<Response, Refusal> {
        Ok((status, page(&question(&app, &staff, &back, true))?).into_response())
    };
    if access::is_too_often(&app, from.ip()).await?.is_some() {
        return again(StatusCode::TOO_MANY_REQUESTS);
    }
    let Some(token) = access::confirm(&app, &staff, SecretString::new(proof)).await? else {
        return again(StatusCode::FORBIDDEN);
    };
    let mut response = Redirect::to(guard::way_back(&back)).into_response();
    sign_in::set_session(&app, &mut response, &token);
    Ok(response)
}
