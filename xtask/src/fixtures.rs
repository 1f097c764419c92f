//! Fixtures through the real program: builds the program and the runner, then hands over to the runner.
//!
//! The runner is an example of the product crate (`crates/shirma/examples/fixtures.rs`); its exit code is passed on:
//! 0 everything as expected, 1 something differs, 2 the folder cannot be read.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result, ensure};

use crate::command;

#[derive(clap::Args)]
pub(crate) struct Options {
    /// Folder with `manifest.json` and the bodies beside it
    #[arg(long)]
    dir: PathBuf,
    /// Only this provider's files
    #[arg(long)]
    provider: Option<String>,
}

pub(crate) fn run(options: &Options) -> Result<ExitCode> {
    let dir = options
        .dir
        .canonicalize()
        .with_context(|| format!("cannot open {}", options.dir.display()))?;
    let mut build = command::cargo(&[
        "build",
        "--quiet",
        "--package",
        "shirma",
        "--bins",
        "--example",
        "fixtures",
    ]);
    ensure!(
        command::show(&mut build)?.success(),
        "`{}` failed",
        command::spelled(&build)
    );

    let mut runner = command::cargo(&["run", "--quiet", "--package", "shirma", "--example", "fixtures", "--"]);
    runner.arg("--dir").arg(dir);
    if let Some(provider) = &options.provider {
        runner.args(["--provider", provider]);
    }
    let status = command::show(&mut runner)?;
    let code = status.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(1);
    Ok(ExitCode::from(code))
}
