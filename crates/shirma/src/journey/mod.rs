//! THE PATH OF ONE MESSAGE.
//!
//! ```text
//! accept ──▶ [1 read ─▶ 2 greet ─▶ 3 mask ─▶ 4 record] ──▶ [5 ask ─▶ 6 check] ──▶ 7 restore ─▶ 8 send
//!  inbox       one transaction, with its leaves             no transaction         in memory, outbox
//! ```
//!
//! Each bracket is a job: leased, done once, repeated after a crash without a second effect. Between the brackets nothing
//! is held: the process may end at any point and goes on from the last committed one.

mod accept;
mod answer;
mod consent;
mod read;

use std::sync::Arc;

pub(crate) use accept::lane_codes;
pub use accept::{Accepted, accept, accept_form, accept_site, accept_update};

use crate::app::{App, Fault};
use crate::queue::{self, Lease, Queue};

/// Does the next waiting job. `false` when nothing waits.
///
/// # Errors
/// [`Fault`] when the job could not be done and could not be put back; its lease runs out and it is tried again.
pub async fn work_next(app: &Arc<App>, owner: &str) -> Result<bool, Fault> {
    let (rooms, name) = (Arc::clone(app), owner.to_owned());
    let lease = app
        .data
        .write(move |tx| queue::lease_next(tx, &name, rooms.now_ms()).map_err(Fault::from))
        .await?;
    let Some(lease) = lease else { return Ok(false) };
    let done = match lease.queue {
        Queue::Read => steps_one_to_four(app, &lease).await,
        Queue::Answer => steps_five_and_six(app, &lease).await,
    };
    if let Err(fault) = done {
        tracing::warn!(
            job = lease.job.0,
            attempt = lease.attempt,
            code = fault.code(),
            "a job failed and waits"
        );
        put_back(app, lease, &fault).await?;
    }
    Ok(true)
}

/// 1 read, 2 greet, 3 mask, 4 record.
async fn steps_one_to_four(app: &Arc<App>, lease: &Lease) -> Result<(), Fault> {
    let (rooms, lease) = (Arc::clone(app), lease.clone());
    let touched = app.data.write(move |tx| read::read(&rooms, tx, &lease)).await?;
    for dialog in touched {
        app.live.tell(dialog.0, crate::live::LiveKind::Message);
    }
    app.ring();
    Ok(())
}

/// 5 ask, 6 check. Steps 7 and 8 are the outbox's: restoring is the last thing before the channel.
async fn steps_five_and_six(app: &Arc<App>, lease: &Lease) -> Result<(), Fault> {
    let (rooms, held) = (Arc::clone(app), lease.clone());
    let case = app.data.read(move |tx| answer::look(&rooms, tx, &held)).await?;
    let decision = answer::decide(app, case).await;
    let dialog = decision.dialog();
    let (rooms, held) = (Arc::clone(app), lease.clone());
    app.data
        .write(move |tx| answer::put(&rooms, tx, &held, &decision))
        .await?;
    app.live.tell(dialog.0, crate::live::LiveKind::State);
    app.ring();
    Ok(())
}

async fn put_back(app: &Arc<App>, lease: Lease, fault: &Fault) -> Result<(), Fault> {
    let run_at_ms = app.now_ms() + queue::pause_ms(lease.attempt, app.random());
    let code = fault.code();
    app.data
        .write(move |tx| queue::release(tx, &lease, run_at_ms, code).map_err(Fault::from))
        .await
}
