//! «Показать»: a contact in full, for a reason, for a minute, after its leaf.

use std::sync::Arc;

use askama::Template;
use axum::Extension;
use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use crate::access::Staff;
use crate::alarm;
use crate::app::{App, Fault};
use crate::desk::fault::{Refusal, page};
use crate::desk::shell::{Section, Shell};
use crate::desk::{trace, words};
use crate::identifier::SubjectId;
use crate::subject::{self, FieldKind, Reason, RevealError, Revealed};

/// The question, or the value.
#[derive(Template)]
#[template(path = "reveal.html")]
pub struct RevealPage {
    /// The frame.
    pub shell: Shell,
    /// Card.
    pub card: i64,
    /// Its code.
    pub code: String,
    /// `phone`, `email`.
    pub kind: &'static str,
    /// In words.
    pub field_words: &'static str,
    /// It is a phone.
    pub is_phone: bool,
    /// Reasons to choose from.
    pub reasons: Vec<(&'static str, &'static str)>,
    /// What is wrong with the last try.
    pub problem: Option<&'static str>,
    /// The value.
    pub value: Option<Revealed>,
    /// The reason given, in words.
    pub reason_words: String,
}

/// `GET /desk/clients/{client}/reveal/{kind}`: asks why.
///
/// # Errors
/// [`Refusal`].
pub async fn ask(
    State(app): State<Arc<App>>,
    Extension(staff): Extension<Staff>,
    Path((client, kind)): Path<(i64, String)>,
) -> Result<Response, Refusal> {
    page(&blank(&app, &staff, client, &kind).await?)
}

async fn blank(app: &Arc<App>, staff: &Staff, client: i64, kind: &str) -> Result<RevealPage, Refusal> {
    let kind = FieldKind::from_name(kind)
        .filter(|kind| *kind != FieldKind::Name)
        .ok_or(Refusal::NotFound)?;
    let (rooms, staff) = (Arc::clone(app), staff.clone());
    let (shell, code, card) = app
        .data
        .read(move |tx| -> Result<(Shell, String, SubjectId), Fault> {
            let card = subject::root(tx, SubjectId(client))?;
            let code = subject::code_of(tx, card)?;
            Ok((
                Shell::read(&rooms, tx, &staff, Section::Clients)?,
                code.to_string(),
                card,
            ))
        })
        .await?;
    Ok(RevealPage {
        shell,
        card: card.0,
        code,
        kind: kind.as_str(),
        field_words: words::field(kind.as_str()),
        is_phone: kind == FieldKind::Phone,
        reasons: Reason::ALL
            .map(|reason| (reason.as_str(), words::reveal_reason(reason)))
            .into(),
        problem: None,
        value: None,
        reason_words: String::new(),
    })
}

/// Why.
#[derive(Deserialize)]
pub struct Why {
    reason: String,
    #[serde(default)]
    words: String,
}

/// `POST /desk/clients/{client}/reveal/{kind}`: shows.
///
/// # Errors
/// [`Refusal`]; nothing is shown then.
pub async fn show(
    State(app): State<Arc<App>>,
    Extension(staff): Extension<Staff>,
    Path((client, kind)): Path<(i64, String)>,
    Form(why): Form<Why>,
) -> Result<Response, Refusal> {
    let mut shown = blank(&app, &staff, client, &kind).await?;
    let reason = Reason::from_name(&why.reason).ok_or(Refusal::Unreadable)?;
    let card = SubjectId(shown.card);
    alarm::touched(&app, &staff, vec![card]).await?;
    if !trace::may_reveal(&app, &staff, card).await? {
        return again(shown, words::REVEALED_TOO_MUCH);
    }
    let kind = FieldKind::from_name(shown.kind).ok_or(Refusal::NotFound)?;
    let asked = subject::Asked {
        staff: staff.id,
        session: &staff.session,
        subject: card,
        kind,
        reason,
        words: &why.words,
    };
    match subject::reveal(&app, &asked).await {
        Ok(value) => {
            shown.value = Some(value);
            shown.reason_words = words::reveal_reason(reason).to_lowercase();
            page(&shown)
        }
        Err(RevealError::NoReason) => again(shown, words::REASON_NEEDS_WORDS),
        Err(RevealError::Nothing) => again(shown, words::NOTHING_TO_REVEAL),
        Err(RevealError::Fault(fault)) => Err(fault.into()),
    }
}

fn again(mut shown: RevealPage, problem: &'static str) -> Result<Response, Refusal> {
    shown.problem = Some(problem);
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page(&shown)?).into_response())
}
