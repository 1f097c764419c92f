//! Our side of the conversation against clients that others wrote: aiogram for Telegram, maxapi for MAX.
//!
//! They are Python, pinned by hash, in an environment of their own below the target folder. Not a step of `test`: a fresh
//! machine may have no Python and no package index. What is compared stands in `crates/shirma/examples/peers.rs`.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;

use crate::command;
use crate::python::{self, Environment};

#[derive(clap::Args)]
pub(crate) struct Options {
    /// The Python to make the environment with, 3.10 or newer
    #[arg(long, default_value = "python3")]
    python: PathBuf,
}

const CLIENTS: Environment = Environment {
    name: "peers",
    requirements: "crates/shirma/tests/peers/requirements.txt",
    options: &[],
};

pub(crate) fn run(options: &Options) -> Result<ExitCode> {
    let python = CLIENTS.ready(&options.python)?;
    println!("   {}", python.display());
    // The peers talk to the built program.
    python::must(
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
