//! News for an open chat page: that its thread changed. A page that has written nothing yet has nothing to hear.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::sse::{Event as News, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use tokio::time::timeout;

use super::rows::{self, Visitor};
use super::{site_of, visit};
use crate::app::App;
use crate::desk::fault::Refusal;
use crate::identifier::DialogId;
use crate::live::LiveEvent;

/// Silence longer than this is filled.
const BEAT: Duration = Duration::from_secs(20);

struct Listening {
    app: Arc<App>,
    site: String,
    visitor: Visitor,
    dialog: Option<DialogId>,
    news: Receiver<LiveEvent>,
}

/// `GET /chat/{site}/events`: says when to fetch the thread again. 204 for a page that has written nothing yet.
///
/// # Errors
/// [`Refusal`].
pub async fn events(
    State(app): State<Arc<App>>,
    Path(site): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    site_of(&app, &site)?;
    let Some(visitor) = visit::known(&app, &site, &headers).await? else {
        return Ok(StatusCode::NO_CONTENT.into_response());
    };
    let listening = Listening {
        news: app.live.listen(),
        app,
        site,
        visitor,
        dialog: None,
    };
    Ok(Sse::new(stream::unfold(listening, next)).into_response())
}

async fn next(mut listening: Listening) -> Option<(Result<News, Infallible>, Listening)> {
    loop {
        let changed = match timeout(BEAT, listening.news.recv()).await {
            Err(_) => return Some((Ok(News::default().comment("beat")), listening)),
            Ok(Err(RecvError::Closed)) => return None,
            Ok(Err(RecvError::Lagged(_))) => true,
            Ok(Ok(news)) => listening.is_mine(news.dialog).await,
        };
        if changed {
            return Some((Ok(News::default().event("changed").data("1")), listening));
        }
    }
}

impl Listening {
    async fn is_mine(&mut self, dialog: i64) -> bool {
        if self.dialog.is_none() {
            let (rooms, site, chat) = (Arc::clone(&self.app), self.site.clone(), self.visitor.chat.clone());
            let found = self
                .app
                .data
                .read(move |tx| rows::dialog_of(&rooms, tx, &site, &chat))
                .await;
            self.dialog = found.ok().flatten();
        }
        self.dialog == Some(DialogId(dialog))
    }
}
