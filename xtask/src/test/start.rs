//! The promise of the first command, measured on the release build: an empty folder, no key, no network, ready in time.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};

use super::stopwatch::Stopwatch;
use crate::command;

/// Ready within this time of process start: the promise of the first command.
const READY_WITHIN: Duration = Duration::from_secs(2);
/// After this much the program is taken for dead.
const GIVE_UP_AFTER: Duration = Duration::from_secs(20);
/// How often readiness is asked: short enough not to blur the figure.
const ASK_EVERY: Duration = Duration::from_millis(10);

pub(crate) fn check() -> Result<()> {
    let target = target_folder()?;
    let program = target.join("release").join("shirma");
    ensure!(
        program.is_file(),
        "no release build of the product: run `cargo xtask test --only release` first"
    );
    let folder = target.join(format!("start-{}", std::process::id()));
    std::fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let outcome = time_to_ready(command::program(&program).current_dir(&folder));
    let removed = std::fs::remove_dir_all(&folder);
    let ready = outcome?;
    removed.with_context(|| format!("cannot remove {}", folder.display()))?;
    println!("   ready after {} ms", ready.as_millis());
    ensure!(
        ready <= READY_WITHIN,
        "ready after {} ms, promised are {} ms",
        ready.as_millis(),
        READY_WITHIN.as_millis()
    );
    Ok(())
}

fn time_to_ready(command: &mut Command) -> Result<Duration> {
    let address = free_address()?;
    command.args(["serve", "--data", "shirma-data", "--listen", &address.to_string()]);
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::inherit());
    let watch = Stopwatch::start();
    let mut child = command.spawn().context("cannot start the product")?;
    let outcome = wait_until_ready(&mut child, address, &watch);
    // It may have ended by itself already; that is told by the outcome.
    let _ = child.kill();
    child.wait().context("lost sight of the product")?;
    outcome
}

fn wait_until_ready(child: &mut Child, address: SocketAddr, watch: &Stopwatch) -> Result<Duration> {
    while watch.elapsed() < GIVE_UP_AFTER {
        if let Some(status) = child.try_wait().context("lost sight of the product")? {
            bail!("the product ended with {status} instead of serving");
        }
        if is_ready(address) {
            return Ok(watch.elapsed());
        }
        std::thread::sleep(ASK_EVERY);
    }
    bail!("not ready after {} s", GIVE_UP_AFTER.as_secs())
}

#[expect(
    clippy::disallowed_methods,
    reason = "the tool asks the product it has just started, on the loopback"
)]
fn is_ready(address: SocketAddr) -> bool {
    let Ok(mut stream) = TcpStream::connect(address) else {
        return false;
    };
    let asked = stream
        .set_read_timeout(Some(GIVE_UP_AFTER))
        .and_then(|()| stream.write_all(b"GET /readyz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"));
    let mut answer = Vec::new();
    asked.is_ok() && stream.read_to_end(&mut answer).is_ok() && answer.starts_with(b"HTTP/1.1 200")
}

/// A port that was free a moment ago.
fn free_address() -> Result<SocketAddr> {
    let listener = TcpListener::bind("127.0.0.1:0").context("no free port on the loopback")?;
    listener.local_addr().context("the free port has no number")
}

/// The folder that this tool itself was built into; the product is built beside it.
fn target_folder() -> Result<PathBuf> {
    let tool = std::env::current_exe().context("this tool does not know where it stands")?;
    let folder = tool
        .parent()
        .and_then(Path::parent)
        .context("this tool stands outside a target folder")?;
    Ok(folder.to_owned())
}
