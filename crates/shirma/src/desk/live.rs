//! News for open pages over server-sent events: only that something changed and in which dialog. The page then fetches
//! what its reader may see.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::Extension;
use axum::extract::State;
use axum::response::sse::{Event, Sse};
use futures_util::stream::{self, Stream};
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use tokio::time::timeout;

use crate::access::assignment::{self, Thing};
use crate::access::{self, Decision, Permission, Staff, decide};
use crate::app::App;
use crate::clock::SECOND_MS;
use crate::identifier::DialogId;
use crate::live::{LiveEvent, LiveKind};

/// Silence longer than this is filled, so that proxies keep the connection and a dead one is noticed.
const BEAT_MS: i64 = 20 * SECOND_MS;

struct Listening {
    app: Arc<App>,
    staff: Staff,
    news: Receiver<LiveEvent>,
    checked_at_ms: i64,
    ended: bool,
}

/// `GET /desk/live`.
pub async fn live(
    State(app): State<Arc<App>>,
    Extension(staff): Extension<Staff>,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let listening = Listening {
        news: app.live.listen(),
        checked_at_ms: app.now_ms(),
        app,
        staff,
        ended: false,
    };
    Sse::new(stream::unfold(listening, next))
}

async fn next(mut listening: Listening) -> Option<(Result<Event, Infallible>, Listening)> {
    if listening.ended {
        return None;
    }
    let beat = Duration::from_millis(u64::try_from(BEAT_MS).unwrap_or(0));
    let heard = timeout(beat, listening.news.recv()).await;
    // An ended session hears nothing more, also when news come faster than beats.
    let now_ms = listening.app.now_ms();
    if now_ms - listening.checked_at_ms >= BEAT_MS {
        listening.checked_at_ms = now_ms;
        if !access::is_live(&listening.app, &listening.staff).await.unwrap_or(false) {
            listening.ended = true;
            return Some((Ok(Event::default().event("ended").data("session")), listening));
        }
    }
    let event = match heard {
        Ok(Ok(news)) if !may_hear(&listening, news).await => Event::default().comment("beat"),
        Ok(Ok(news)) if news.kind == LiveKind::Alarm => Event::default().event("alarm").data("alarm"),
        Ok(Ok(news)) => Event::default().event("dialog").data(news.dialog.to_string()),
        Ok(Err(RecvError::Lagged(_))) => Event::default().event("reload").data("lagged"),
        Ok(Err(RecvError::Closed)) => return None,
        Err(_) => Event::default().comment("beat"),
    };
    Some((Ok(event), listening))
}

/// Whether this listener may know: alarms are for those who answer for them, a dialog for those who may open it. Who cannot be
/// asked about hears nothing.
async fn may_hear(listening: &Listening, news: LiveEvent) -> bool {
    let (role, id) = (listening.staff.role, listening.staff.id);
    if news.kind == LiveKind::Alarm {
        return role.may(Permission::ReadAlarms);
    }
    let thing = Thing::Dialog(DialogId(news.dialog));
    let standing = listening
        .app
        .data
        .read(move |tx| assignment::standing(tx, id, thing))
        .await;
    standing.is_ok_and(|standing| decide(role, Permission::ReadDialogs, Some(standing)) == Decision::Allow)
}
