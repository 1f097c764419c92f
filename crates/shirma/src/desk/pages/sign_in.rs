//! Coming in and going out: the link, the name and password, the first password.

use std::net::SocketAddr;
use std::sync::Arc;

use askama::Template;
use axum::Extension;
use axum::extract::{ConnectInfo, Form, Path, RawQuery, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use shirma_vault::{Pii, SecretString};

use crate::access::{self, Chosen, Opened, SignIn, Staff, origin};
use crate::app::App;
use crate::clock::SECOND_MS;
use crate::desk::fault::{Refusal, page};
use crate::desk::{cookie, guard, words};

/// Name and password.
#[derive(Template)]
#[template(path = "sign_in.html")]
pub struct SignInPage {
    /// The last try failed.
    pub failed: bool,
    /// Too many tries came from this address.
    pub too_often: bool,
    /// He has just signed out.
    pub signed_out: bool,
}

/// A one-time link.
#[derive(Template)]
#[template(path = "sign_in_link.html")]
pub struct LinkPage {
    /// It still works.
    pub open: bool,
}

/// The code of the second factor.
#[derive(Template)]
#[template(path = "sign_in_code.html")]
pub struct CodePage {
    /// What joins this half of the sign-in to the first one.
    pub step: SecretString,
    /// The last try failed.
    pub failed: bool,
}

/// A new password.
#[derive(Template)]
#[template(path = "password.html")]
pub struct PasswordPage {
    /// What is wrong with the last try.
    pub problem: Option<&'static str>,
    /// Name for signing in.
    pub login: String,
    /// As colleagues call him.
    pub name: Pii<String>,
    /// Code of the form.
    pub csrf: String,
}

/// `GET /sign-in`.
///
/// # Errors
/// [`Refusal`].
pub async fn form(
    State(app): State<Arc<App>>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    if guard::staff(&app, &headers).await?.is_some() {
        return Ok(Redirect::to("/desk").into_response());
    }
    page(&SignInPage {
        failed: false,
        too_often: false,
        signed_out: query.as_deref() == Some("out"),
    })
}

/// What the form sends.
#[derive(Deserialize)]
pub struct Credentials {
    login: String,
    password: String,
}

/// `POST /sign-in`.
///
/// # Errors
/// [`Refusal`]; nobody is let in then.
pub async fn submit(
    State(app): State<Arc<App>>,
    ConnectInfo(from): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    Form(Credentials { login, password }): Form<Credentials>,
) -> Result<Response, Refusal> {
    let again = |status, too_often: bool| -> Result<Response, Refusal> {
        let form = SignInPage {
            failed: !too_often,
            too_often,
            signed_out: false,
        };
        Ok((status, page(&form)?).into_response())
    };
    let password = SecretString::new(password);
    match access::sign_in(&app, from.ip(), &login, password, &device(&headers)).await? {
        SignIn::Opened(opened) => Ok(enter(&app, &opened)),
        SignIn::NeedsCode(step) => page(&CodePage { step, failed: false }),
        SignIn::Refused => again(StatusCode::FORBIDDEN, false),
        SignIn::TooOften { wait_ms } => {
            let mut response = again(StatusCode::TOO_MANY_REQUESTS, true)?;
            let seconds = (wait_ms / SECOND_MS).max(1);
            response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
            Ok(response)
        }
    }
}

/// `GET /sign-in/{token}`: changes nothing, so that previews of messengers burn no link.
///
/// # Errors
/// [`Refusal`].
pub async fn link(State(app): State<Arc<App>>, Path(token): Path<String>) -> Result<Response, Refusal> {
    page(&LinkPage {
        open: access::is_open(&app, &token).await?,
    })
}

/// `POST /sign-in/{token}`.
///
/// # Errors
/// [`Refusal`]; the link stays good then.
pub async fn use_link(
    State(app): State<Arc<App>>,
    Path(token): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    match access::use_link(&app, &token, &device(&headers)).await? {
        SignIn::Opened(opened) => Ok(enter(&app, &opened)),
        SignIn::NeedsCode(step) => page(&CodePage { step, failed: false }),
        SignIn::Refused | SignIn::TooOften { .. } => {
            Ok((StatusCode::FORBIDDEN, page(&LinkPage { open: false })?).into_response())
        }
    }
}

/// What the form of the second factor sends.
#[derive(Deserialize)]
pub struct TypedCode {
    step: String,
    code: String,
}

/// `POST /sign-in/code`: the second half of a sign-in.
///
/// # Errors
/// [`Refusal`]; nobody is let in then.
pub async fn code(
    State(app): State<Arc<App>>,
    ConnectInfo(from): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    Form(TypedCode { step, code }): Form<TypedCode>,
) -> Result<Response, Refusal> {
    if access::is_too_often(&app, from.ip()).await?.is_some() {
        let step = SecretString::new(step);
        let again = page(&CodePage { step, failed: true })?;
        return Ok((StatusCode::TOO_MANY_REQUESTS, again).into_response());
    }
    match access::finish_sign_in(&app, &step, SecretString::new(code), &device(&headers)).await? {
        SignIn::Opened(opened) => Ok(enter(&app, &opened)),
        SignIn::NeedsCode(step) => Ok((StatusCode::FORBIDDEN, page(&CodePage { step, failed: true })?).into_response()),
        SignIn::Refused | SignIn::TooOften { .. } => Ok(Redirect::to("/sign-in").into_response()),
    }
}

/// The browser in words, for the list of devices.
fn device(headers: &HeaderMap) -> String {
    let named = headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok());
    access::device(named.unwrap_or_default())
}

fn enter(app: &App, opened: &Opened) -> Response {
    let place = if opened.has_password {
        "/second-factor?next"
    } else {
        "/password"
    };
    let mut response = Redirect::to(place).into_response();
    set_session(app, &mut response, &opened.token);
    response
}

/// Puts a session's secret into the browser.
pub(super) fn set_session(app: &App, response: &mut Response, token: &SecretString) {
    let is_secure = origin::is_secure(&app.settings.public_address());
    if let Some(line) = cookie::open_session(token.expose(), is_secure) {
        response.headers_mut().append(header::SET_COOKIE, line);
    }
}

/// `POST /sign-out`.
///
/// # Errors
/// [`Refusal`]; the session holds then.
pub async fn sign_out(State(app): State<Arc<App>>, Extension(staff): Extension<Staff>) -> Result<Response, Refusal> {
    access::sign_out(&app, &staff).await?;
    let mut response = Redirect::to("/sign-in?out").into_response();
    if let Some(line) = cookie::close_session(origin::is_secure(&app.settings.public_address())) {
        response.headers_mut().append(header::SET_COOKIE, line);
    }
    Ok(response)
}

/// `GET /password`.
///
/// # Errors
/// [`Refusal`].
pub async fn password_form(
    State(app): State<Arc<App>>,
    Extension(staff): Extension<Staff>,
) -> Result<Response, Refusal> {
    if needs_proof(&app, &staff) {
        return Ok(guard::to_proof("/password"));
    }
    page(&PasswordPage {
        problem: None,
        csrf: guard::form_code(&app, &staff),
        login: staff.login,
        name: staff.name,
    })
}

/// A password set once is changed only by somebody who has just proven who he is.
fn needs_proof(app: &App, staff: &Staff) -> bool {
    staff.has_password && !staff.is_elevated(app.now_ms())
}

/// What the form sends.
#[derive(Deserialize)]
pub struct NewPassword {
    login: String,
    #[serde(default)]
    name: String,
    password: String,
    again: String,
}

/// `POST /password`.
///
/// # Errors
/// [`Refusal`]; the old one stays then.
pub async fn set_password(
    State(app): State<Arc<App>>,
    Extension(staff): Extension<Staff>,
    Form(form): Form<NewPassword>,
) -> Result<Response, Refusal> {
    if needs_proof(&app, &staff) {
        return Ok(guard::to_proof("/password"));
    }
    let name = Pii::new(form.name);
    let chosen = Chosen {
        login: form.login.clone(),
        name: name.clone(),
        password: SecretString::new(form.password),
        again: SecretString::new(form.again),
    };
    match access::set_password(&app, &staff, chosen).await {
        Ok(()) => Ok(Redirect::to("/second-factor?next").into_response()),
        Err(access::PasswordError::Fault(fault)) => Err(fault.into()),
        Err(error) => {
            let problem = Some(words::password_problem(&error));
            let retry = PasswordPage {
                problem,
                login: form.login,
                name,
                csrf: guard::form_code(&app, &staff),
            };
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page(&retry)?).into_response())
        }
    }
}
