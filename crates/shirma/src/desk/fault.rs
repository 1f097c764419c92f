//! When a page cannot be given: one sentence what happened, one what to do, a short code for the phone call.

use askama::Template;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};

use super::words;
use crate::app::Fault;

/// Why a request is not done.
#[derive(Debug)]
pub enum Refusal {
    /// There is nothing at this address.
    NotFound,
    /// His role does not allow it.
    Denied,
    /// Nobody is signed in.
    SignedOut,
    /// The form did not come from a page of ours, or its code is old.
    Foreign,
    /// The form is not what its page sends.
    Unreadable,
    /// Too much at once.
    TooLarge,
    /// A fault of ours.
    Broken(Fault),
    /// A page could not be written.
    Unwritten,
}

#[derive(Template)]
#[template(path = "fault.html")]
struct FaultPage {
    title: &'static str,
    advice: &'static str,
    code: String,
}

impl From<Fault> for Refusal {
    fn from(fault: Fault) -> Refusal {
        match fault {
            Fault::Gone(_) => Refusal::NotFound,
            fault => Refusal::Broken(fault),
        }
    }
}

impl From<askama::Error> for Refusal {
    fn from(_: askama::Error) -> Refusal {
        Refusal::Unwritten
    }
}

impl Refusal {
    fn status(&self) -> StatusCode {
        match self {
            Refusal::NotFound => StatusCode::NOT_FOUND,
            Refusal::Denied | Refusal::Foreign => StatusCode::FORBIDDEN,
            Refusal::SignedOut => StatusCode::UNAUTHORIZED,
            Refusal::Unreadable => StatusCode::BAD_REQUEST,
            Refusal::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Refusal::Broken(_) | Refusal::Unwritten => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    fn code(&self) -> String {
        match self {
            Refusal::NotFound => "D-404".to_owned(),
            Refusal::Denied => "D-403".to_owned(),
            Refusal::SignedOut => "D-401".to_owned(),
            Refusal::Foreign => "D-419".to_owned(),
            Refusal::Unreadable => "D-400".to_owned(),
            Refusal::TooLarge => "D-413".to_owned(),
            Refusal::Broken(fault) => format!("D-503-{}", fault.code()),
            Refusal::Unwritten => "D-503-page".to_owned(),
        }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        if let Refusal::SignedOut = self {
            return Redirect::to("/sign-in").into_response();
        }
        let (status, code) = (self.status(), self.code());
        if let Refusal::Broken(fault) = &self {
            tracing::error!(%fault, code, "a page could not be given");
        }
        let (title, advice) = words::refusal(&self);
        match (FaultPage { title, advice, code }).render() {
            Ok(page) => (status, Html(page)).into_response(),
            Err(_) => status.into_response(),
        }
    }
}

/// A page from its template.
///
/// # Errors
/// When the template cannot be written.
pub fn page(template: &impl Template) -> Result<Response, Refusal> {
    Ok(Html(template.render()?).into_response())
}
