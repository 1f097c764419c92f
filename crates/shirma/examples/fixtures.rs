//! The fixture runner: `cargo xtask fixtures --dir DIR [--provider P]` builds the program and calls this.
//!
//! One line a file and scenario, counts at the end. Exit code 0: everything built is as expected; 1: something
//! differs; 2: the folder cannot be read or nothing in it fits.
#![expect(
    clippy::print_stdout,
    reason = "a command line tool speaks to the person who called it"
)]

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use shirma_store::Engine;

use support::runner::{Verdict, run};

#[expect(
    dead_code,
    reason = "the runner needs a part of what the whole-program tests stand on"
)]
#[path = "../tests/support/mod.rs"]
mod support;

/// Sends a folder of fixtures through the real program and compares what it understood.
#[derive(Parser)]
struct Call {
    /// Folder with `manifest.json` and the bodies beside it
    #[arg(long)]
    dir: PathBuf,
    /// Only this provider's files
    #[arg(long)]
    provider: Option<String>,
}

fn main() -> ExitCode {
    let call = Call::parse();
    let lines = match run(Engine::Sqlite, &call.dir, call.provider.as_deref()) {
        Ok(lines) => lines,
        Err(error) => {
            eprintln!("error: {error:#}");
            return ExitCode::from(2);
        }
    };
    let (mut passed, mut failed, mut unsupported) = (0, 0, 0);
    for line in &lines {
        println!("{line}");
        match line.verdict {
            Verdict::Passed => passed += 1,
            Verdict::Failed(_) => failed += 1,
            Verdict::Unsupported(_) => unsupported += 1,
        }
    }
    println!("{passed} ok, {failed} failed, {unsupported} unsupported");
    match (lines.is_empty(), failed) {
        (true, _) => ExitCode::from(2),
        (false, 0) => ExitCode::SUCCESS,
        (false, _) => ExitCode::FAILURE,
    }
}
