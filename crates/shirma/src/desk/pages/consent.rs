//! The public page of one consent text: that text, its version and its hash, and nothing else to agree with
//! (152-FZ art. 9 (1)).

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};

use crate::app::{App, Fault};
use crate::consent::body_of;
use crate::consent::document::Purpose;
use crate::desk::calendar::Calendar;
use crate::desk::fault::{Refusal, page};

/// The page.
#[derive(Template)]
#[template(path = "consent.html")]
pub struct ConsentPage {
    /// Title.
    pub title: String,
    /// Purpose in addresses.
    pub purpose: &'static str,
    /// The text below its title.
    pub body: String,
    /// Version.
    pub version: i64,
    /// Hash, hex.
    pub sha256: String,
    /// When.
    pub published: String,
}

/// `GET /consent/{purpose}/v{n}`; with `.txt` at the end, the exact bytes alone, for anyone to hash.
///
/// # Errors
/// [`Refusal::NotFound`] for a version that does not exist.
pub async fn document(
    State(app): State<Arc<App>>,
    Path((purpose, version)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    let purpose = Purpose::from_name(&purpose).ok_or(Refusal::NotFound)?;
    let (version, is_plain) = match version.strip_suffix(".txt") {
        Some(version) => (version, true),
        None => (version.as_str(), false),
    };
    let version: i64 = version
        .strip_prefix('v')
        .and_then(|digits| digits.parse().ok())
        .ok_or(Refusal::NotFound)?;
    let calendar = Calendar::new(app.base.zone.clone(), app.now_ms());
    let kept = app
        .data
        .read(move |tx| -> Result<_, Fault> { body_of(tx, purpose, version) })
        .await?
        .ok_or(Refusal::NotFound)?;
    let (title, body, sha256, published_at_ms) = kept;
    if is_plain {
        return Ok(([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], body).into_response());
    }
    // The text begins with its own title; the page sets it as a heading and leaves out no word.
    let body = body
        .strip_prefix(&title)
        .map(str::trim_start)
        .map(str::to_owned)
        .unwrap_or(body);
    page(&ConsentPage {
        purpose: purpose.as_str(),
        title,
        body,
        version,
        sha256,
        published: calendar.date(published_at_ms),
    })
}
