//! The door of every route: who is it, may he, and does the form come from a page of ours.

use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::extract::{Form, FromRequest, FromRequestParts, RawPathParams, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};

use super::fault::Refusal;
use super::{cookie, trace};
use crate::access::assignment::{self, Thing};
use crate::access::{Decision, Permission, Reach, Staff, Standing, Touch, decide, origin, resume};
use crate::app::App;
use crate::identifier::{DialogId, SubjectId};
use crate::vault::MacPurpose;

/// Largest form of a page: a reply of four thousand characters, percent-encoded, with room.
pub const MAX_FORM_BYTES: usize = 64 * 1024;
/// A page that refreshes itself says so; that is no use of the session by a person.
const LIVE: &str = "x-shirma-live";

/// Who may come through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gate {
    /// Anybody.
    Public,
    /// Staff with this right.
    Needs(Permission),
}

/// What stands before one route.
#[derive(Clone)]
pub struct Door {
    /// The house.
    pub app: Arc<App>,
    /// Who may.
    pub gate: Gate,
    /// What its address names.
    pub names: Names,
    /// A page stands at this address, to come back to after a proof.
    pub is_page: bool,
}

/// What the address of a route names: the first place in it says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Names {
    /// No client: rights alone decide.
    NoClient,
    /// A client's card, `{client}`.
    Client,
    /// A dialog, `{dialog}`.
    Dialog,
}

impl Names {
    /// Reads it from the address of the table.
    pub fn of(path: &str) -> Names {
        if path.contains("{client}") {
            Names::Client
        } else if path.contains("{dialog}") {
            Names::Dialog
        } else {
            Names::NoClient
        }
    }

    fn place(self) -> Option<&'static str> {
        match self {
            Names::NoClient => None,
            Names::Client => Some("client"),
            Names::Dialog => Some("dialog"),
        }
    }

    fn thing(self, id: i64) -> Option<Thing> {
        match self {
            Names::NoClient => None,
            Names::Client => Some(Thing::Client(SubjectId(id))),
            Names::Dialog => Some(Thing::Dialog(DialogId(id))),
        }
    }
}

#[derive(serde::Deserialize)]
struct Code {
    csrf: String,
}

/// Lets a request through or refuses it.
///
/// # Errors
/// [`Refusal`]; the handler has not run then.
pub async fn check(State(door): State<Door>, mut request: Request, next: Next) -> Result<Response, Refusal> {
    let is_safe = matches!(*request.method(), Method::GET | Method::HEAD);
    let own = door.app.settings.public_address();
    if !is_safe && !origin::is_own_page(source(request.headers()), &own) {
        return Err(Refusal::Foreign);
    }
    let Gate::Needs(permission) = door.gate else {
        return Ok(next.run(request).await);
    };
    let staff = match staff(&door.app, request.headers()).await? {
        Some(staff) => staff,
        // The stream of news is no page: a redirect would only make it try again.
        None if wants_stream(request.headers()) => return Ok(StatusCode::UNAUTHORIZED.into_response()),
        None => return Err(Refusal::SignedOut),
    };
    // Before anything is looked up: what another site makes a browser send learns nothing about what there is.
    if !is_safe {
        request = check_code(&door.app, &staff, request).await?;
    }
    let (mut parts, body) = request.into_parts();
    let thing = named(&mut parts, door.names).await?;
    request = Request::from_parts(parts, body);
    meets(&door.app, &staff, permission, thing).await?;
    if !staff.has_password && permission != Permission::SignedIn {
        return Ok(Redirect::to("/password").into_response());
    }
    let now_ms = door.app.now_ms();
    if staff.factor.is_overdue(now_ms) && permission != Permission::SignedIn {
        return Ok(Redirect::to("/second-factor").into_response());
    }
    if permission.needs_elevation() && !staff.is_elevated(now_ms) {
        let back = if door.is_page { request.uri().path() } else { "/desk" };
        return Ok(to_proof(back));
    }
    request.extensions_mut().insert(staff);
    Ok(next.run(request).await)
}

/// What the address names; `None` for a route that names no client.
async fn named(parts: &mut Parts, names: Names) -> Result<Option<Thing>, Refusal> {
    let Some(place) = names.place() else {
        return Ok(None);
    };
    let found = RawPathParams::from_request_parts(parts, &()).await;
    let found = found.map_err(|_| Refusal::NotFound)?;
    let id = found.iter().find(|(name, _)| *name == place);
    // An address with something else in the place of an id is nobody's.
    let id = id.and_then(|(_, id)| id.parse().ok()).ok_or(Refusal::NotFound)?;
    Ok(names.thing(id))
}

/// Whether this person may do this, with this very thing; what he may not leaves its trace.
async fn meets(app: &Arc<App>, staff: &Staff, permission: Permission, thing: Option<Thing>) -> Result<(), Refusal> {
    let id = staff.id;
    let standing = match thing {
        Some(thing) => Some(app.data.read(move |tx| assignment::standing(tx, id, thing)).await?),
        None => None,
    };
    match decide(staff.role, permission, standing) {
        Decision::Allow => Ok(()),
        Decision::Deny => {
            trace::note_denial(app, staff, permission, None).await?;
            Err(Refusal::Denied)
        }
        // To whoever meets every client a thing that is not there is an old link, no attempt.
        Decision::Hide if staff.role.reach() == Reach::All => Err(Refusal::NotFound),
        Decision::Hide => {
            let known = thing.filter(|_| standing == Some(Standing::Foreign));
            trace::note_denial(app, staff, permission, known).await?;
            Err(Refusal::NotFound)
        }
    }
}

/// To the question «это вы?», and from there to `back`, an address of ours without a query.
pub fn to_proof(back: &str) -> Response {
    Redirect::to(&format!("/confirm?back={back}")).into_response()
}

/// An address a person may be sent back to: a path of this house, nothing that a browser could take for another one.
pub fn way_back(wanted: &str) -> &str {
    let is_ours = wanted.starts_with('/')
        && !wanted.starts_with("//")
        && wanted
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'-' | b'_'));
    if is_ours { wanted } else { "/desk" }
}

/// Who is signed in by this request's cookie.
///
/// # Errors
/// [`Refusal`] when the store cannot be read.
pub async fn staff(app: &Arc<App>, headers: &HeaderMap) -> Result<Option<Staff>, Refusal> {
    let name = cookie::session_name(origin::is_secure(&app.settings.public_address()));
    let Some(token) = cookie::read(headers, name) else {
        return Ok(None);
    };
    let touch = if headers.contains_key(LIVE) {
        Touch::Page
    } else {
        Touch::Person
    };
    Ok(resume(app, token, touch).await?)
}

/// The code the forms of this session carry.
pub fn form_code(app: &App, staff: &Staff) -> String {
    shirma_vault::hex(&app.vault.mac(MacPurpose::Csrf, &staff.root))
}

fn wants_stream(headers: &HeaderMap) -> bool {
    headers
        .get(header::ACCEPT)
        .is_some_and(|value| value.as_bytes().starts_with(b"text/event-stream"))
}

fn source(headers: &HeaderMap) -> origin::Source<'_> {
    let text = |name: &str| headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok());
    origin::Source {
        fetch_site: text("sec-fetch-site"),
        origin: text("origin"),
        host: text("host"),
    }
}

/// Reads the form to compare its code, and puts the request together again for the handler.
async fn check_code(app: &App, staff: &Staff, request: Request) -> Result<Request, Refusal> {
    let (parts, body) = request.into_parts();
    let bytes = to_bytes(body, MAX_FORM_BYTES).await.map_err(|_| Refusal::TooLarge)?;
    let copy = Request::from_parts(parts.clone(), Body::from(bytes.clone()));
    let Form(form) = Form::<Code>::from_request(copy, &())
        .await
        .map_err(|_| Refusal::Foreign)?;
    let right = form_code(app, staff);
    if !shirma_vault::constant_time_eq(right.as_bytes(), form.csrf.as_bytes()) {
        return Err(Refusal::Foreign);
    }
    Ok(Request::from_parts(parts, Body::from(bytes)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_sent_out_of_the_house() {
        for own in ["/desk", "/desk/clients/7/reveal/phone", "/second-factor"] {
            assert_eq!(way_back(own), own);
        }
        for foreign in [
            "",
            "desk",
            "//evil.example",
            "/\\evil.example",
            "https://evil.example",
            "/desk?x=1",
            "/desk\r\nSet-Cookie: a=b",
            "/%2f",
        ] {
            assert_eq!(way_back(foreign), "/desk", "{foreign:?}");
        }
    }
}
