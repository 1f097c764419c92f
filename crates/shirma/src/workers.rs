//! The hands of the house: workers that do jobs, senders that empty the outbox, pollers, and the keeper of checkpoints.
//!
//! All work lies in the databases; a worker that dies loses nothing. Workers sleep until somebody rings or a second passes.

use std::sync::Arc;
use std::time::Duration;

use shirma_audit::Checkpoint;
use shirma_store::KeptCheckpoint;
use tokio::sync::watch;
use tokio::task::JoinSet;

use crate::app::{App, Fault};
use crate::audit::anchor;
use crate::contract::{Channel, Outgoing, SendError};
use crate::{audit, erasure, inbox, journey, outbox, rotation};

/// Jobs done side by side: a slow model must not hold up the other clients.
const WORKERS: usize = 4;
/// Messages sent side by side.
const SENDERS: usize = 2;
/// Longest sleep: something whose time has come is seen within a second.
const NAP: Duration = Duration::from_secs(1);
/// Between two signed checkpoints when the journal grew (security.md §4.2).
const CHECKPOINT_EVERY: Duration = Duration::from_secs(15 * 60);
/// Between two looks whether a copy of the newest checkpoint is missing somewhere.
const COPY_EVERY: Duration = Duration::from_secs(5);
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
    hands.spawn(anchors(Arc::clone(app), stop.clone()));
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

/// Takes copies of the newest checkpoint to all who are to have one, and tells when nobody has.
async fn anchors(app: Arc<App>, mut stop: watch::Receiver<bool>) {
    let targets = anchor::Target::of(&app.settings);
    while !*stop.borrow() {
        let delivered = deliver(&app, targets.clone()).await;
        if let Err(fault) = delivered.and(tell_lost(&app, &targets).await) {
            tracing::warn!(code = fault.code(), "a copy of the checkpoint could not be delivered");
        }
        tokio::select! {
            () = tokio::time::sleep(COPY_EVERY) => {}
            _ = stop.changed() => {}
        }
    }
}

/// Copies the newest checkpoint into the folders: the last thing before the end.
pub async fn copy_to_folders(app: &Arc<App>) {
    let targets = anchor::Target::of(&app.settings);
    let folders: Vec<anchor::Target> = targets
        .into_iter()
        .filter(|target| matches!(target, anchor::Target::Folder(_)))
        .collect();
    if let Err(fault) = deliver(app, folders).await {
        tracing::warn!(code = fault.code(), "the last checkpoint could not be copied");
    }
}

async fn deliver(app: &Arc<App>, targets: Vec<anchor::Target>) -> Result<(), Fault> {
    let now_ms = app.now_ms();
    let newest = app.data.read(|tx| tx.audit_last_checkpoint()).await?;
    if let Some(newest) = newest {
        let folder = app.settings.data_folder().to_path_buf();
        if !beside(move || anchor::keep_own_copy(&folder, &newest).is_ok()).await {
            tracing::warn!("the own copy of the checkpoint could not be renewed");
        }
    }
    let due = app.data.read(move |tx| anchor::due(tx, &targets, now_ms)).await?;
    if let Some((kept, due)) = due {
        for target in due {
            let ended = hand_over(app, &target, &kept).await;
            let (size, now_ms) = (kept.size, app.now_ms());
            app.data
                .write(move |tx| anchor::note_delivery(tx, &target, size, ended, now_ms))
                .await?;
        }
    }
    Ok(())
}

async fn tell_lost(app: &Arc<App>, targets: &[anchor::Target]) -> Result<(), Fault> {
    let (asked, now_ms) = (targets.to_vec(), app.now_ms());
    let (_, standing) = app.data.read(move |tx| anchor::standing(tx, &asked, now_ms)).await?;
    if standing == anchor::Anchoring::Lost {
        let asked = targets.to_vec();
        app.data.write(move |tx| anchor::tell_lost(tx, &asked, now_ms)).await?;
    }
    Ok(())
}

/// `Err` holds a word for what was in the way.
async fn hand_over(app: &App, target: &anchor::Target, kept: &KeptCheckpoint) -> Result<(), &'static str> {
    match target {
        anchor::Target::Folder(folder) => {
            let (folder, kept) = (folder.clone(), kept.clone());
            let (ended, told) = tokio::sync::oneshot::channel();
            beside(move || ended.send(anchor::put_into(&folder, &kept)).is_ok()).await;
            told.await.unwrap_or(Err("unwritable"))
        }
        anchor::Target::Chat { kind, account, chat } => {
            let channel = app.channels.get(*kind, account).ok_or("no_channel")?;
            let message = Outgoing {
                chat: chat.clone(),
                text: anchor::message(kept),
                buttons: Vec::new(),
                idem_key: format!("anchor:{}", kept.size),
            };
            channel
                .send(&message)
                .await
                .map(drop)
                .map_err(|error| error.reason().unwrap_or("refused"))
        }
    }
}

/// Does what may hang: a share of another machine can take minutes to say that it is gone.
#[expect(
    clippy::disallowed_methods,
    reason = "a folder on another machine may hang, and only this task may wait for it"
)]
async fn beside(work: impl FnOnce() -> bool + Send + 'static) -> bool {
    tokio::task::spawn_blocking(work).await.unwrap_or(false)
}

/// Signs the journal as it stands, unless it has not grown since the last checkpoint.
///
/// # Errors
/// [`Fault`]; also when the journal does not continue the last checkpoint: a fork is never signed.
pub async fn sign_checkpoint(app: &Arc<App>) -> Result<Option<Checkpoint>, Fault> {
    let rooms = Arc::clone(app);
    app.data
        .write(move |tx| audit::sign(&rooms.vault, tx, rooms.now_ms()))
        .await
}
