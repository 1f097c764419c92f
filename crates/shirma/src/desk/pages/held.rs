//! «Придержано»: what a person does with an answer that a check held.

use std::sync::Arc;

use axum::Extension;
use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use shirma_vault::Pii;

use super::dialog::{Place, Trouble, back, read, taken_words};
use crate::access::Staff;
use crate::app::App;
use crate::desk::fault::{Refusal, page};
use crate::desk::words;
use crate::dialog::{HeldAct, HeldError, settle_held};
use crate::identifier::{DialogId, MessageId};

/// The draft as its form sends it.
#[derive(Deserialize)]
pub struct DraftForm {
    #[serde(default)]
    text: String,
    tab: Option<String>,
}

/// `POST /desk/dialogs/{dialog}/held/{message}/send`. A second time nothing more is sent.
///
/// # Errors
/// [`Refusal`]; nothing is sent then.
pub async fn send(
    State(app): State<Arc<App>>,
    Extension(staff): Extension<Staff>,
    Path((dialog, message)): Path<(i64, i64)>,
    Form(form): Form<DraftForm>,
) -> Result<Response, Refusal> {
    let place = Place::under(form.tab);
    let (dialog, message) = (DialogId(dialog), MessageId(message));
    match taken_words(&form.text) {
        Ok(text) => settle(&app, &staff, (dialog, message), HeldAct::Send(&text), &place).await,
        Err((problem, text)) => {
            let trouble = Trouble {
                problem,
                draft: text.into(),
            };
            again(&app, &staff, dialog, &place, trouble, StatusCode::UNPROCESSABLE_ENTITY).await
        }
    }
}

/// `POST /desk/dialogs/{dialog}/held/{message}/discard`.
///
/// # Errors
/// [`Refusal`]; nothing changed then.
pub async fn discard(
    State(app): State<Arc<App>>,
    Extension(staff): Extension<Staff>,
    Path((dialog, message)): Path<(i64, i64)>,
    Form(form): Form<DraftForm>,
) -> Result<Response, Refusal> {
    let place = Place::under(form.tab);
    settle(
        &app,
        &staff,
        (DialogId(dialog), MessageId(message)),
        HeldAct::Discard,
        &place,
    )
    .await
}

async fn settle(
    app: &Arc<App>,
    staff: &Staff,
    held: (DialogId, MessageId),
    act: HeldAct<'_>,
    place: &Place,
) -> Result<Response, Refusal> {
    let settled = settle_held(app, staff, held, act).await;
    let typed = |act| match act {
        HeldAct::Send(text) => text.to_owned(),
        HeldAct::Discard => String::new(),
    };
    let (problem, draft, status) = match settled {
        Ok(()) => return Ok(back(held.0, place)),
        Err(HeldError::Fault(fault)) => return Err(fault.into()),
        Err(HeldError::Settled) => (words::DRAFT_SETTLED, String::new(), StatusCode::CONFLICT),
        Err(HeldError::ForeignCode) => (words::DRAFT_HAS_CODE, typed(act), StatusCode::UNPROCESSABLE_ENTITY),
    };
    let draft: Pii<String> = draft.into();
    again(app, staff, held.0, place, Trouble { problem, draft }, status).await
}

async fn again(
    app: &Arc<App>,
    staff: &Staff,
    dialog: DialogId,
    place: &Place,
    trouble: Trouble,
    status: StatusCode,
) -> Result<Response, Refusal> {
    let shown = read(app, staff, Some(dialog), place, Some(trouble)).await?;
    Ok((status, page(&shown)?).into_response())
}
