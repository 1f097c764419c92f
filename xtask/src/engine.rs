//! Training and measuring the detection engine: hands over to the program of `crates/train`, built in release.
//!
//! `train` writes `data/pii/names.model` from `data/corpus`; `eval` prints leaks, F1, over-masking and alarms of a
//! folder of annotated messages, or of the corpus. Arguments are passed on as they are.

use std::process::ExitCode;

use anyhow::Result;

use crate::command;

#[derive(clap::Args)]
pub(crate) struct Options {
    /// Arguments of the program; `--help` lists them
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    arguments: Vec<String>,
}

pub(crate) fn run(task: &str, options: &Options) -> Result<ExitCode> {
    let mut call = command::cargo(&["run", "--release", "--quiet", "--package", "shirma-train", "--", task]);
    call.args(&options.arguments);
    let status = command::show(&mut call)?;
    Ok(if status.success() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}
