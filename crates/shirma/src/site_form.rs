//! `POST /hooks/site/{form}`: an ordinary form or a script's JSON, from the pages the owner listed.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{ConnectInfo, Path, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};

use crate::app::{App, Fault};
use crate::channels::site::form::{self, Encoding, Post, Rules, Verdict};
use crate::channels::site::{origin, words};
use crate::contract::{Event, EventKind};
use crate::door::try_later;
use crate::journey;
use crate::rate;
use crate::settings::FormSettings;
use crate::vault::MacPurpose;

/// Takes one post.
pub async fn submit(
    State(app): State<Arc<App>>,
    Path(name): Path<String>,
    ConnectInfo(from): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let Some(settings) = app.settings.site.iter().find(|form| form.name == name) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let text = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    let post = Post {
        content_type: text(header::CONTENT_TYPE),
        origin: text(header::ORIGIN),
        body: &body,
    };
    // Our own address may post its own forms.
    let own = app.settings.public_address();
    let mut rules = rules(settings);
    rules.origins.push(own);
    let mac = |bytes: &[u8]| app.vault.mac(MacPurpose::SiteForm, bytes);
    let verdict = form::decide(app.now_ms(), &rules, &post, &mac);
    let plain = Encoding::of(post.content_type) == Some(Encoding::Form);
    let answer = match verdict {
        Verdict::Keep { event, earlier } => {
            let post = Kept {
                event: &event,
                earlier: earlier.as_deref(),
                plain,
            };
            keep(&app, settings, &post, from).await
        }
        Verdict::Pretend => thanks(settings, plain),
        Verdict::NeedsConsent => refuse(StatusCode::UNPROCESSABLE_ENTITY, words::needs_consent()),
        Verdict::NoContact => refuse(StatusCode::UNPROCESSABLE_ENTITY, words::no_contact()),
        Verdict::BadOrigin => return StatusCode::FORBIDDEN.into_response(),
        Verdict::Unreadable { words: said } => refuse(StatusCode::BAD_REQUEST, &said),
    };
    with_headers(answer, origin::answer_headers(&rules.origins, post.origin))
}

/// Answers a browser's question whether a page may post.
pub async fn preflight(State(app): State<Arc<App>>, Path(name): Path<String>, headers: HeaderMap) -> Response {
    let Some(settings) = app.settings.site.iter().find(|form| form.name == name) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let asked = headers.get(header::ORIGIN).and_then(|value| value.to_str().ok());
    match origin::preflight(&settings.origins, asked) {
        Some(allowed) => with_headers(StatusCode::NO_CONTENT.into_response(), allowed),
        None => StatusCode::FORBIDDEN.into_response(),
    }
}

fn rules(settings: &FormSettings) -> Rules {
    Rules {
        name: settings.name.clone(),
        origins: settings.origins.clone(),
        minimum_fill_ms: settings.minimum_fill_ms,
        consent_required: true,
        consent_text_version: String::new(),
    }
}

/// A post that is an enquiry.
struct Kept<'a> {
    event: &'a Event,
    earlier: Option<&'a str>,
    plain: bool,
}

async fn keep(app: &Arc<App>, settings: &FormSettings, post: &Kept<'_>, from: SocketAddr) -> Response {
    match too_many(app, post.event, from).await {
        Ok(None) => {}
        Ok(Some(wait_ms)) => {
            let seconds = (wait_ms / 1_000).max(1).to_string();
            let refusal = refuse(StatusCode::TOO_MANY_REQUESTS, words::too_often());
            return with_headers(refusal, vec![("retry-after", seconds)]);
        }
        Err(_) => return try_later(),
    }
    let kept = match post.earlier {
        Some(earlier) => journey::accept_form(app, &settings.name, post.event, earlier).await,
        None => journey::accept_site(app, &settings.name, post.event).await,
    };
    match kept {
        Ok(_) => thanks(settings, post.plain),
        Err(fault) => {
            tracing::error!(code = fault.code(), "a form could not be kept");
            try_later()
        }
    }
}

/// Counts the post against its address and its phone; gives the wait when it is one too many.
async fn too_many(app: &Arc<App>, event: &Event, from: SocketAddr) -> Result<Option<i64>, Fault> {
    let phone = match &event.kind {
        EventKind::Message { form: Some(form), .. } => form.phone.as_deref().and_then(shirma_pii::canonical_phone),
        _ => None,
    };
    let address = rate::counted_address(from.ip());
    let rooms = Arc::clone(app);
    app.data
        .write(move |tx| -> Result<Option<i64>, Fault> {
            let mut wait_ms = None;
            let mut count = |limit, who: &str| -> Result<(), Fault> {
                if let Err(more_ms) = rate::may(&rooms, tx, limit, who)? {
                    wait_ms = Some(more_ms.max(wait_ms.unwrap_or(0)));
                }
                Ok(())
            };
            if let Some(address) = &address {
                count(rate::FORM_MINUTE, address)?;
                count(rate::FORM_DAY, address)?;
            }
            if let Some(phone) = &phone {
                count(rate::FORM_PHONE, phone)?;
            }
            Ok(wait_ms)
        })
        .await
}

fn thanks(settings: &FormSettings, plain: bool) -> Response {
    if !plain {
        return (StatusCode::OK, axum::Json(serde_json::json!({"ok": true}))).into_response();
    }
    if settings.thanks_url.is_empty() {
        Redirect::to("/thanks").into_response()
    } else {
        Redirect::to(&settings.thanks_url).into_response()
    }
}

fn refuse(status: StatusCode, words: &str) -> Response {
    (status, axum::Json(serde_json::json!({"ok": false, "message": words}))).into_response()
}

fn with_headers(mut response: Response, headers: Vec<(&'static str, String)>) -> Response {
    for (name, value) in headers {
        if let Ok(value) = HeaderValue::from_str(&value) {
            response.headers_mut().insert(HeaderName::from_static(name), value);
        }
    }
    response
}
