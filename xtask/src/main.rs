//! The one tool of the house: check everything, look over the house rules, measure, drive fixtures.
//!
//! `cargo xtask test` is what a change has to pass, on a developer's machine and elsewhere alike; the other commands
//! are its parts or look at one thing more closely. Nothing here is needed to build or to run the product.
#![expect(
    clippy::print_stdout,
    reason = "a command line tool speaks to the person who called it"
)]

mod bench;
mod command;
mod engine;
mod fixtures;
mod peers;
mod python;
mod supply;
mod test;
mod tidy;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Check, measure and tidy Shirma.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Call {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Everything that can be tested: formatting, house rules, lints, tests, the release build and its start
    Test(test::Options),
    /// The house rules over all tracked files
    Tidy,
    /// The benchmarks, in release, with the load of the machine beside them; `bench pii [--peers]`: the detection engine
    Bench(bench::Options),
    /// Sends a folder of fixtures through the real program and compares what it understood
    Fixtures(fixtures::Options),
    /// Official clients (aiogram, maxapi) against our adapters, calls and stand-ins; needs Python and a package index
    Peers(peers::Options),
    /// The bill of materials of the shipped program on stdout: CycloneDX 1.5
    Sbom,
    /// Trains the model of names from data/corpus: `train [--check]`
    #[command(disable_help_flag = true)]
    Train(engine::Options),
    /// Trains without a fifth of the voices or patterns and measures on them
    #[command(disable_help_flag = true)]
    Cross(engine::Options),
    /// Figures of the detector: `eval [--dir FOLDER] [--label PERSON] [--lower] [--errors 20] [--pairs 20]`
    #[command(disable_help_flag = true)]
    Eval(engine::Options),
    /// Trains and measures the health flag alone: `health [SETS] [--errors] [--out FILE]`
    #[command(disable_help_flag = true)]
    Health(engine::Options),
    /// Tunes the weights of who is who over dialogues, leaving out one author after another: `tune SETS`
    #[command(disable_help_flag = true)]
    Tune(engine::Options),
}

fn main() -> ExitCode {
    let outcome = match Call::parse().task {
        Task::Test(options) => test::run(&options),
        Task::Tidy => tidy::run(),
        Task::Bench(options) => bench::run(&options),
        Task::Fixtures(options) => fixtures::run(&options),
        Task::Peers(options) => peers::run(&options),
        Task::Sbom => supply::sbom(),
        Task::Train(options) => engine::run("train", &options),
        Task::Cross(options) => engine::run("cross", &options),
        Task::Eval(options) => engine::run("eval", &options),
        Task::Health(options) => engine::run("health", &options),
        Task::Tune(options) => engine::run("tune", &options),
    };
    match outcome {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_commands_do_not_contradict_each_other() {
        Call::command().debug_assert();
    }
}
