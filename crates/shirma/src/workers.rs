//! The hands of the house: workers that do jobs, senders that empty the outbox, pollers, and the keeper of checkpoints.
//!
//! All work lies in the databases; a worker that dies loses nothing. Workers sleep until somebody rings or a second passes.

use std::sync::Arc;
use std::time::Duration;

use shirma_audit::Checkpoint;
use tokio::sync::watch;
use tokio::task::JoinSet;

use crate::app::{App, Fault};
use crate::contract::{Channel, SendError};
use crate::{audit, erasure, inbox, journey, outbox, rotation};

/// Jobs done side by side: a slow model must not hold up the other clients.
const WORKERS: usize = 4;
/// Messages sent side by side.
const SENDERS: usize = 2;
/// Longest sleep: something whose time has come is seen within a second.
const NAP: Duration = Duration::from_secs(1);
/// Between two signed checkpoints when the journal grew (security.md §4.2).
const CHECKPOINT_EVERY: Duration = Duration::from_secs(15 * 60);
/// Between two looks whether a webhook is still registered (`channels.md` §2: MAX drops it after 8 h of failures).
const REGISTER_EVERY: Duration = Duration::from_secs(60 * 60);
/// Between two looks whether a key is due.
const KEYS_EVERY: Duration = Duration::from_secs(60 * 60);
/// After a failed poll.
const POLL_PAUSE: Duration = Duration::from_secs(5);

/// Starts all hands; they end when `stop` turns true.
pub fn start(app: &Arc<App>, stop: &watch::Receiver<bool>) -> JoinSet<()> {
    let mut hands = JoinSet::new();
    for number in 0..WORKERS {
        hands.spawn(work(
            Arc::clone(app),
            stop.clone(),
            format!("worker-{number}-{:x}", app.random()),
        ));
    }
    for number in 0..SENDERS {
        hands.spawn(send(
            Arc::clone(app),
            stop.clone(),
            format!("sender-{number}-{:x}", app.random()),
        ));
    }
    for channel in app.channels.iter() {
        hands.spawn(listen(Arc::clone(app), stop.clone(), Arc::clone(channel)));
    }
    hands.spawn(checkpoints(Arc::clone(app), stop.clone()));
    hands.spawn(keys(Arc::clone(app), stop.clone()));
    hands
}

async fn work(app: Arc<App>, mut stop: watch::Receiver<bool>, owner: String) {
    while !*stop.borrow() {
        let rung = Arc::clone(&app.work);
        let rung = rung.notified();
        match journey::work_next(&app, &owner).await {
            Ok(true) => continue,
            Ok(false) => {}
            Err(fault) => tracing::error!(code = fault.code(), "a worker could not work"),
        }
        rest(&mut stop, rung).await;
    }
}

async fn send(app: Arc<App>, mut stop: watch::Receiver<bool>, owner: String) {
    while !*stop.borrow() {
        let rung = Arc::clone(&app.work);
        let rung = rung.notified();
        match outbox::send_next(&app, &owner).await {
            Ok(true) => continue,
            Ok(false) => {}
            Err(fault) => tracing::error!(code = fault.code(), "a sender could not send"),
        }
        rest(&mut stop, rung).await;
    }
}

async fn rest(stop: &mut watch::Receiver<bool>, rung: tokio::sync::futures::Notified<'_>) {
    tokio::select! {
        () = rung => {}
        () = tokio::time::sleep(NAP) => {}
        _ = stop.changed() => {}
    }
}

/// Keeps one messenger account connected: registers its webhook, or polls.
async fn listen(app: Arc<App>, mut stop: watch::Receiver<bool>, channel: Arc<dyn Channel>) {
    while !*stop.borrow() {
        let registered = channel.register().await;
        if let Err(error) = &registered {
            tracing::warn!(channel = channel.kind().as_str(), error = %error, "the channel could not be set up");
        }
        let pause = match (registered, poll(&app, &stop, channel.as_ref()).await) {
            (Ok(()), Polled::Never) => REGISTER_EVERY,
            (Err(_), _) | (_, Polled::Broken) => POLL_PAUSE,
            (Ok(()), Polled::Stopped) => return,
        };
        tokio::select! {
            () = tokio::time::sleep(pause) => {}
            _ = stop.changed() => {}
        }
    }
}

/// How polling ended.
enum Polled {
    Never,
    Stopped,
    Broken,
}

async fn poll(app: &Arc<App>, stop: &watch::Receiver<bool>, channel: &dyn Channel) -> Polled {
    let mut stop = stop.clone();
    let mut cursor = match inbox::poll_cursor(app, channel).await {
        Ok(cursor) => cursor,
        Err(_) => return Polled::Broken,
    };
    loop {
        if *stop.borrow() {
            return Polled::Stopped;
        }
        let at = cursor.clone();
        let Some(page) = channel.poll(at.as_deref()) else {
            return Polled::Never;
        };
        let page = tokio::select! {
            page = page => page,
            _ = stop.changed() => return Polled::Stopped,
        };
        match page {
            Ok(page) => {
                for update in &page.updates {
                    if let Err(fault) = journey::accept_update(app, channel, update).await {
                        tracing::error!(code = fault.code(), "an update could not be kept");
                        return Polled::Broken;
                    }
                }
                // The cursor moves only after everything before it is kept.
                if page.cursor.is_some() && page.cursor != cursor {
                    cursor = page.cursor;
                    if inbox::keep_poll_cursor(app, channel, cursor.as_deref()).await.is_err() {
                        return Polled::Broken;
                    }
                }
            }
            Err(error) => {
                tracing::warn!(channel = channel.kind().as_str(), error = %error, "polling failed");
                if let SendError::Later {
                    after_ms: Some(after_ms),
                } = error
                {
                    tokio::time::sleep(Duration::from_millis(after_ms.min(60_000))).await;
                }
                return Polled::Broken;
            }
        }
    }
}

/// Brings exchanges of keys to their end, those a restart broke off too, and begins those whose year is over.
async fn keys(app: Arc<App>, mut stop: watch::Receiver<bool>) {
    while !*stop.borrow() {
        if let Err(fault) = rotation::begin_due(&app).await {
            tracing::error!(code = fault.code(), "a key could not be exchanged");
        }
        let pause = match rotation::step(&app).await {
            Ok(true) => continue,
            Ok(false) => KEYS_EVERY,
            Err(fault) => {
                tracing::error!(code = fault.code(), "the exchange of a key waits");
                POLL_PAUSE
            }
        };
        let rung = Arc::clone(&app.keys_wanted);
        tokio::select! {
            () = rung.notified() => {}
            () = tokio::time::sleep(pause) => {}
            _ = stop.changed() => {}
        }
    }
}

async fn checkpoints(app: Arc<App>, mut stop: watch::Receiver<bool>) {
    while !*stop.borrow() {
        tokio::select! {
            () = tokio::time::sleep(CHECKPOINT_EVERY) => {}
            _ = stop.changed() => {}
        }
        let now_ms = app.now_ms();
        if let Err(fault) = app.data.write(move |tx| crate::rate::clean(tx, now_ms)).await {
            tracing::warn!(code = fault.code(), "old counters stay");
        }
        if erasure::close_old_days(&app).await.is_err() {
            tracing::warn!("raw events of days gone by stay readable");
        }
        if let Err(fault) = sign_checkpoint(&app).await {
            tracing::error!(code = fault.code(), "the journal's checkpoint could not be signed");
        }
    }
}

/// Signs the journal as it stands, unless it has not grown since the last checkpoint.
///
/// # Errors
/// [`Fault`]; also when the journal does not continue the last checkpoint: a fork is never signed.
pub async fn sign_checkpoint(app: &Arc<App>) -> Result<Option<Checkpoint>, Fault> {
    let rooms = Arc::clone(app);
    app.data.write(move |tx| audit::sign(&rooms, tx)).await
}
