//! The second step of signing in, as its owner sets it up: the picture for his app, the first code, the recovery codes.

use std::sync::Arc;

use askama::Template;
use axum::Extension;
use axum::extract::{Form, RawQuery, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use shirma_vault::SecretString;

use crate::access::{self, Factor, Offer, Staff};
use crate::app::App;
use crate::clock::DAY_MS;
use crate::desk::fault::{Refusal, page};
use crate::desk::{guard, words};
use crate::qr;

/// Letters of the secret between two spaces: read aloud and typed by hand.
const GROUP: usize = 4;

/// Setting the app up.
#[derive(Template)]
#[template(path = "second_factor.html")]
pub struct FactorPage {
    /// The code for the camera.
    pub picture: SecretString,
    /// The secret in groups, to type.
    pub secret: SecretString,
    /// The last code was wrong.
    pub failed: bool,
    /// How long it may be put off, in words; `None`: not at all.
    pub put_off: Option<String>,
    /// Code of the form.
    pub csrf: String,
}

/// It is set up.
#[derive(Template)]
#[template(path = "second_factor_on.html")]
pub struct FactorOnPage {
    /// Recovery codes left, in words.
    pub left: String,
    /// Code of the forms.
    pub csrf: String,
}

/// The recovery codes, this once.
#[derive(Template)]
#[template(path = "recovery_codes.html")]
pub struct RecoveryPage {
    /// As they are typed.
    pub codes: Vec<SecretString>,
}

/// `GET /second-factor`; with `?next` it is a step on the way to the desk, and passes on whoever is done with it.
///
/// # Errors
/// [`Refusal`].
pub async fn form(
    State(app): State<Arc<App>>,
    Extension(staff): Extension<Staff>,
    RawQuery(query): RawQuery,
) -> Result<Response, Refusal> {
    let is_on_the_way = query.as_deref() == Some("next");
    let is_done = matches!(staff.factor, Factor::Active | Factor::Missing { due_at_ms: None });
    if is_on_the_way && is_done {
        return Ok(Redirect::to("/desk").into_response());
    }
    if !staff.has_password {
        return Ok(Redirect::to("/password").into_response());
    }
    if staff.factor != Factor::Active && !staff.is_elevated(app.now_ms()) {
        return Ok(guard::to_proof("/second-factor"));
    }
    show(&app, &staff, false).await
}

async fn show(app: &Arc<App>, staff: &Staff, failed: bool) -> Result<Response, Refusal> {
    match access::offer(app, staff).await? {
        Some(offer) => page(&offered(app, staff, &offer, failed)),
        None => {
            let left = access::codes_left(app, staff.id).await?;
            page(&FactorOnPage {
                left: words::recovery_codes(left),
                csrf: guard::form_code(app, staff),
            })
        }
    }
}

fn offered(app: &App, staff: &Staff, offer: &Offer, failed: bool) -> FactorPage {
    let now_ms = app.now_ms();
    let put_off = match staff.factor {
        Factor::Active => None,
        Factor::Missing { due_at_ms: None } => Some(words::PUT_OFF_AT_WILL.to_owned()),
        Factor::Missing {
            due_at_ms: Some(due_at_ms),
        } => {
            let days_left = (due_at_ms - now_ms + DAY_MS - 1).div_euclid(DAY_MS);
            (due_at_ms > now_ms).then(|| words::put_off(days_left))
        }
    };
    let letters: Vec<char> = offer.secret.expose().chars().collect();
    let groups: Vec<String> = letters.chunks(GROUP).map(|group| group.iter().collect()).collect();
    FactorPage {
        picture: SecretString::new(qr::svg(offer.address.expose(), words::PICTURE_OF_SECRET)),
        secret: SecretString::new(groups.join(" ")),
        failed,
        put_off,
        csrf: guard::form_code(app, staff),
    }
}

/// The first code of the app.
#[derive(Deserialize)]
pub struct FirstCode {
    code: String,
}

/// `POST /second-factor`: sets it up and shows the recovery codes.
///
/// # Errors
/// [`Refusal`]; nothing is set up then.
pub async fn activate(
    State(app): State<Arc<App>>,
    Extension(staff): Extension<Staff>,
    Form(first): Form<FirstCode>,
) -> Result<Response, Refusal> {
    if staff.factor == Factor::Active {
        return Ok(Redirect::to("/second-factor").into_response());
    }
    if !staff.is_elevated(app.now_ms()) {
        return Ok(guard::to_proof("/second-factor"));
    }
    match access::activate(&app, &staff, SecretString::new(first.code)).await? {
        Some(codes) => page(&RecoveryPage { codes }),
        None => Ok((StatusCode::UNPROCESSABLE_ENTITY, show(&app, &staff, true).await?).into_response()),
    }
}

/// `POST /second-factor/codes`: new recovery codes.
///
/// # Errors
/// [`Refusal`]; the old ones stay good then.
pub async fn renew(State(app): State<Arc<App>>, Extension(staff): Extension<Staff>) -> Result<Response, Refusal> {
    if staff.factor != Factor::Active {
        return Ok(Redirect::to("/second-factor").into_response());
    }
    if !staff.is_elevated(app.now_ms()) {
        return Ok(guard::to_proof("/second-factor"));
    }
    let codes = access::renew_codes(&app, &staff).await?;
    page(&RecoveryPage { codes })
}

/// `POST /second-factor/drop`: another telephone.
///
/// # Errors
/// [`Refusal`]; the old one stays good then.
pub async fn drop_own(State(app): State<Arc<App>>, Extension(staff): Extension<Staff>) -> Result<Response, Refusal> {
    if !staff.is_elevated(app.now_ms()) {
        return Ok(guard::to_proof("/second-factor"));
    }
    access::drop_own(&app, &staff).await?;
    Ok(Redirect::to("/second-factor").into_response())
}
