//! The door: every HTTP route of the house in one router, with the limits that hold for all of them.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{ConnectInfo, DefaultBodyLimit, Path, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};

use crate::app::App;
use crate::contract::{ChannelKind, RawRequest, Refusal};
use crate::journey::{self, Accepted};
use crate::{desk, rate, site_form};

/// Largest webhook body (security.md §9).
const MAX_BODY_BYTES: usize = 1024 * 1024;
/// Longest time for a request that does not stream.
const REQUEST_TIME: Duration = Duration::from_secs(30);

/// All routes.
pub fn router(app: Arc<App>) -> Router {
    Router::new()
        .route("/healthz", get(|| async { "ok" }))
        .route("/readyz", get(ready))
        .route(
            "/hooks/site/{form}",
            post(site_form::submit).options(site_form::preflight),
        )
        .route("/hooks/{channel}/{account}", post(hook))
        .layer(DefaultBodyLimit::max(MAX_BODY_BYTES))
        .merge(desk::router(Arc::clone(&app)))
        .fallback(desk::not_found)
        .layer(middleware::from_fn(in_time))
        .layer(middleware::from_fn(quiet))
        .with_state(app)
}

/// One event of a messenger. The body of every answer is empty: a forger learns nothing.
async fn hook(
    State(app): State<Arc<App>>,
    Path((channel, account)): Path<(String, String)>,
    ConnectInfo(from): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let known = ChannelKind::from_name(&channel).filter(|kind| *kind != ChannelKind::Site);
    let Some(channel) = known.and_then(|kind| app.channels.get(kind, &account)) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let address = rate::counted_address(from.ip());
    if address
        .as_deref()
        .is_some_and(|address| !app.forgeries.is_open(address, app.now_ms()))
    {
        return StatusCode::TOO_MANY_REQUESTS.into_response();
    }
    let request = RawRequest {
        headers: &headers,
        body: &body,
    };
    match journey::accept(&app, channel.as_ref(), &request).await {
        Ok(Accepted::Durable | Accepted::Nothing) => StatusCode::OK.into_response(),
        Ok(Accepted::Refused(Refusal::Forged)) => {
            if let Some(address) = address {
                app.forgeries.pass(&address, app.now_ms());
            }
            StatusCode::FORBIDDEN.into_response()
        }
        Ok(Accepted::Refused(Refusal::Unreadable)) => StatusCode::BAD_REQUEST.into_response(),
        Ok(Accepted::TooMany) => try_later(),
        Err(fault) => {
            tracing::error!(code = fault.code(), "an event could not be kept");
            try_later()
        }
    }
}

/// 503 with a pause: the sender repeats, the unique key decides.
pub(crate) fn try_later() -> Response {
    (StatusCode::SERVICE_UNAVAILABLE, [(header::RETRY_AFTER, "5")]).into_response()
}

/// Ready when a transaction of the data store can be read.
async fn ready(State(app): State<Arc<App>>) -> Response {
    let readable = app
        .data
        .read(|tx| tx.audit_head().map(|_| ()).map_err(crate::app::Fault::from))
        .await;
    match readable {
        Ok(()) if !app.data.is_stopped() => (StatusCode::OK, "ready").into_response(),
        Ok(()) | Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "not ready").into_response(),
    }
}

/// Ends a request that takes too long; streams of live pages are bodies and not touched.
async fn in_time(request: Request, next: Next) -> Response {
    match tokio::time::timeout(REQUEST_TIME, next.run(request)).await {
        Ok(response) => response,
        Err(_) => StatusCode::REQUEST_TIMEOUT.into_response(),
    }
}

/// A panic in a handler ends this request only and says nothing of its cause; see the panic hook of `cli::serve`.
async fn quiet(request: Request, next: Next) -> Response {
    let mut response: Response<Body> = next.run(request).await;
    response
        .headers_mut()
        .entry(header::X_CONTENT_TYPE_OPTIONS)
        .or_insert(HeaderValue::from_static("nosniff"));
    response
}
