//! `shirma serve`: opens the house, prints one line, serves until told to stop.

use std::net::SocketAddr;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use tokio::net::TcpListener;
use tokio::sync::watch;

use super::{Place, log, words};
use crate::access;
use crate::app::{App, Fault};
use crate::settings::KeysSource;
use crate::{audit, door, erasure, listener, opening, outbox, queue, workers};

/// Time to finish what is in hand after SIGTERM (security.md §11.6).
const FAREWELL: Duration = Duration::from_secs(20);

/// Runs until SIGTERM or Ctrl-C.
pub(super) fn run(place: &Place, listen: Option<String>, accept_rollback: Option<&str>) -> anyhow::Result<ExitCode> {
    log::start();
    log::keep_memory_private();
    let (mut settings, secrets) = place.settings()?;
    if let Some(listen) = listen {
        settings.listen = listen;
    }
    let address: SocketAddr = settings
        .listen
        .parse()
        .with_context(|| words::listen(&settings.listen))?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    // The port first: a second copy should say so before it touches the databases.
    let listener = runtime
        .block_on(TcpListener::bind(address))
        .with_context(|| words::port(&settings.listen))?;
    let address = listener.local_addr()?;
    settings.listen = address.to_string();
    let app = opening::open_accepting(settings, &secrets, accept_rollback)?;
    words::opening::warn_about_keys(&app);
    let ended = runtime.block_on(serve(app, listener));
    // A share that hangs while a copy is written must not keep the program from ending.
    runtime.shutdown_timeout(LAST_ANSWERS);
    ended
}

/// Time for answers that are on their way when all work is done.
const LAST_ANSWERS: Duration = Duration::from_secs(2);

async fn serve(app: Arc<App>, socket: TcpListener) -> anyhow::Result<ExitCode> {
    let told = told_to_stop()?;
    if app.data.engine() == shirma_store::Engine::Sqlite {
        // The lock file says that no other copy runs: what the last run held is free.
        app.data
            .write(|tx| -> Result<(), Fault> {
                queue::reclaim(tx)?;
                outbox::reclaim(tx)
            })
            .await?;
    }
    // Whoever was erased stays so, whatever copy of the data this is; before anybody is let in.
    let closed = erasure::replay(&app).await?;
    if closed > 0 {
        words::erase::closed_again(closed);
    }
    note(&app, audit::START).await?;
    workers::sign_checkpoint(&app).await?;
    let link = access::first_owner_link(&app).await?;
    words::ready(&app.settings.public_address(), link.as_ref().map(|link| link.expose()));
    let is_first_start = link.is_some();
    if is_first_start && app.settings.keys.source != KeysSource::Passphrase && app.vault.sheet_checked_at()?.is_none() {
        words::keys::sheet_hint();
    }
    let (stop, stopped) = watch::channel(false);
    let mut hands = workers::start(&app, &stopped);
    let mut closing = stopped.clone();
    let server = listener::serve(
        socket,
        door::router(Arc::clone(&app)),
        app.settings.proxies.clone(),
        async move {
            let _sender_gone = closing.wait_for(|stop| *stop).await;
        },
    );
    tokio::pin!(server);
    tokio::select! {
        () = &mut server => {}
        () = told => {
            words::stopping();
            stop.send_replace(true);
            app.live.end();
            let finish = async { while hands.join_next().await.is_some() {} };
            let _late = tokio::time::timeout(FAREWELL, finish).await;
            // A connection that takes no answer is left behind: nothing of its reader's is lost.
            let _open = tokio::time::timeout(LAST_ANSWERS, &mut server).await;
        }
    }
    note(&app, audit::STOP).await?;
    workers::sign_checkpoint(&app).await?;
    let _late = tokio::time::timeout(LAST_ANSWERS, workers::copy_to_folders(&app)).await;
    app.close().await;
    Ok(ExitCode::SUCCESS)
}

async fn note(app: &App, act: shirma_audit::Act) -> Result<(), Fault> {
    audit::note(app, audit::leaf(app.now_ms(), audit::system(), act, audit::house())).await
}

/// Hears from now on that the program is to end. Asked for before anybody can know that it runs: a signal that comes
/// first would end it without a farewell.
fn told_to_stop() -> std::io::Result<impl Future<Output = ()>> {
    #[cfg(unix)]
    let mut terminate = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())?;
    #[cfg(unix)]
    let mut interrupt = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::interrupt())?;
    Ok(async move {
        #[cfg(unix)]
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        #[cfg(not(unix))]
        let _interrupted = tokio::signal::ctrl_c().await;
    })
}
