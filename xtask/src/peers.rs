//! Our side of the conversation against clients that others wrote: aiogram for Telegram, maxapi for MAX.
//!
//! They are Python, pinned by hash, in an environment of their own below the target folder. Not a step of `test`: a fresh
//! machine may have no Python and no package index. What is compared stands in `crates/shirma/examples/peers.rs`.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use anyhow::{Context, Result, bail};

use crate::command;

#[derive(clap::Args)]
pub(crate) struct Options {
    /// The Python to make the environment with, 3.10 or newer
    #[arg(long, default_value = "python3")]
    python: PathBuf,
}

const REQUIREMENTS: &str = "crates/shirma/tests/peers/requirements.txt";
/// What a machine needs before the environment can be made.
const PYTHON_HINT: &str = "apt-get install -y python3 python3-venv";

pub(crate) fn run(options: &Options) -> Result<ExitCode> {
    let folder = environment_folder()?;
    let python = folder.join("bin/python");
    if !is_made(&folder) {
        make(&options.python, &folder)?;
    }
    println!("   {}", python.display());
    // The peers talk to the built program.
    must(
        command::cargo(&["build", "--quiet", "--package", "shirma", "--bins"]),
        "see above",
    )?;
    let mut call = command::cargo(&[
        "run",
        "--quiet",
        "--package",
        "shirma",
        "--example",
        "peers",
        "--",
        "--python",
    ]);
    call.arg(python);
    let status = command::show(&mut call)?;
    let code = status.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(1);
    Ok(ExitCode::from(code))
}

fn make(python: &Path, folder: &Path) -> Result<()> {
    let mut venv = command::program(python);
    venv.args(["-m", "venv", "--clear"]).arg(folder);
    must(venv, PYTHON_HINT)?;
    let mut install = command::program(folder.join("bin/python"));
    install.args([
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--only-binary",
        ":all:",
    ]);
    install.args(["--require-hashes", "-r", REQUIREMENTS]);
    must(
        install,
        "a package index must be reachable; pip's own settings name another one",
    )?;
    std::fs::copy(command::root().join(REQUIREMENTS), mark(folder)).context("the environment cannot be marked")?;
    Ok(())
}

/// The requirements the environment was made with: others mean making it anew.
fn mark(folder: &Path) -> PathBuf {
    folder.join("made-with.txt")
}

fn is_made(folder: &Path) -> bool {
    let wanted = std::fs::read(command::root().join(REQUIREMENTS));
    let made = std::fs::read(mark(folder));
    matches!((wanted, made), (Ok(wanted), Ok(made)) if wanted == made)
}

/// Runs to a good end, or names the call that has to work first and what may be missing.
fn must(mut call: Command, hint: &str) -> Result<()> {
    let spelled = command::spelled(&call);
    match command::show(&mut call) {
        Ok(status) if status.success() => Ok(()),
        _ => bail!("this has to work first:\n  {spelled}\nhint: {hint}"),
    }
}

/// Below the target folder that this tool was built into.
fn environment_folder() -> Result<PathBuf> {
    let tool = std::env::current_exe().context("this tool does not know where it stands")?;
    let target = tool
        .ancestors()
        .nth(2)
        .context("this tool stands outside a target folder")?;
    Ok(target.join("peers"))
}
