//! Everything that can be tested, in the order in which a mistake is cheapest to hear of.
//!
//! A step that fails stops the rest and says how to repeat just it. Nothing is left out silently: what the machine
//! lacks is installed or named, and an ignored test counts as a failure.

mod machine;
mod start;
mod stopwatch;
mod tally;

use std::process::{Command, ExitCode};

use anyhow::{Context, Result, bail, ensure};

use crate::{command, supply, tidy};
use machine::Machine;
use stopwatch::Stopwatch;
use tally::Tally;

#[derive(clap::Args)]
pub(crate) struct Options {
    /// Only this step
    #[arg(long, value_enum)]
    only: Option<Step>,
    /// Names the steps and ends
    #[arg(long)]
    list: bool,
}

/// One step, in the order they run.
#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Step {
    /// Compiler, PostgreSQL, Chromium: found, installed or named
    Machine,
    /// Formatting
    Fmt,
    /// House rules
    Tidy,
    /// Licences, sources and bans of what is built in
    Supply,
    /// Lints of all targets
    Clippy,
    /// Unit, property and whole-program tests
    Tests,
    /// Examples in the documentation
    Docs,
    /// The product as a user builds it
    Release,
    /// The shipped model of names is what training on the corpus makes
    Weights,
    /// The built product is ready within its promised time
    Start,
}

impl Step {
    const ALL: [Step; 10] = [
        Step::Machine,
        Step::Fmt,
        Step::Tidy,
        Step::Supply,
        Step::Clippy,
        Step::Tests,
        Step::Docs,
        Step::Release,
        Step::Weights,
        Step::Start,
    ];

    fn name(self) -> &'static str {
        match self {
            Step::Machine => "machine",
            Step::Fmt => "fmt",
            Step::Tidy => "tidy",
            Step::Supply => "supply",
            Step::Clippy => "clippy",
            Step::Tests => "tests",
            Step::Docs => "docs",
            Step::Release => "release",
            Step::Weights => "weights",
            Step::Start => "start",
        }
    }

    fn about(self) -> &'static str {
        match self {
            Step::Machine => "compiler, PostgreSQL and Chromium are here, or get installed",
            Step::Fmt => "cargo fmt --all --check",
            Step::Tidy => "house rules over all tracked files",
            Step::Supply => "licences, sources and bans of what is built in",
            Step::Clippy => "lints of all targets, warnings are errors",
            Step::Tests => "unit, property and whole-program tests",
            Step::Docs => "examples in the documentation",
            Step::Release => "the product as a user builds it",
            Step::Weights => "the shipped model of names is what training on the corpus makes",
            Step::Start => "the built product is ready in time on an empty folder",
        }
    }

    /// Runs the step; the tally is of the tests in it, if it has any.
    fn run(self, machine: &Machine) -> Result<Tally> {
        match self {
            Step::Machine => machine.complete().map(|()| Tally::default()),
            Step::Fmt => plain(command::cargo(&["fmt", "--all", "--check"])),
            Step::Tidy => {
                ensure!(tidy::report()? == 0, "the house rules above are broken");
                Ok(Tally::default())
            }
            Step::Supply => supply::check().map(|_| Tally::one_passed()),
            Step::Clippy => plain(command::cargo(&[
                "clippy",
                "--workspace",
                "--all-targets",
                "--quiet",
                "--",
                "-D",
                "warnings",
            ])),
            Step::Tests => tests(machine),
            Step::Docs => counted(
                command::cargo(&["test", "--workspace", "--doc", "--no-fail-fast"]),
                machine,
            ),
            Step::Release => plain(command::cargo(&["build", "--release", "--package", "shirma"])),
            Step::Weights => plain(command::cargo(&[
                "run",
                "--release",
                "--quiet",
                "--package",
                "shirma-train",
                "--",
                "train",
                "--check",
            ])),
            Step::Start => start::check().map(|()| Tally::one_passed()),
        }
    }
}

pub(crate) fn run(options: &Options) -> Result<ExitCode> {
    if options.list {
        for step in Step::ALL {
            println!("{:8} {}", step.name(), step.about());
        }
        return Ok(ExitCode::SUCCESS);
    }
    let whole = Stopwatch::start();
    let machine = Machine::look();
    let mut total = Tally::default();
    for step in Step::ALL
        .into_iter()
        .filter(|step| options.only.is_none_or(|only| only == *step))
    {
        println!("== {}: {}", step.name(), step.about());
        let watch = Stopwatch::start();
        let tally = match step.run(&machine) {
            Ok(tally) => tally,
            Err(error) => {
                println!(
                    "== {} failed after {watch}; repeat it with: cargo xtask test --only {}",
                    step.name(),
                    step.name()
                );
                return Err(error.context(format!("step {}", step.name())));
            }
        };
        total.add(&tally);
        println!("== {} took {watch}", step.name());
        if !tally.is_clean() {
            println!("{total}");
            println!(
                "== {} failed; repeat it with: cargo xtask test --only {}",
                step.name(),
                step.name()
            );
            return Ok(ExitCode::FAILURE);
        }
    }
    println!("== all steps took {whole}");
    println!("{total}");
    Ok(ExitCode::SUCCESS)
}

/// A step that only succeeds or fails.
fn plain(mut call: Command) -> Result<Tally> {
    ensure!(
        command::show(&mut call)?.success(),
        "`{}` failed",
        command::spelled(&call)
    );
    Ok(Tally::default())
}

fn tests(machine: &Machine) -> Result<Tally> {
    let has_nextest = command::read(&mut command::cargo(&["nextest", "--version"])).is_ok();
    let call = if has_nextest {
        command::cargo(&[
            "nextest",
            "run",
            "--workspace",
            "--no-fail-fast",
            "--status-level",
            "fail",
            "--hide-progress-bar",
        ])
    } else {
        command::cargo(&["test", "--workspace", "--lib", "--bins", "--tests", "--no-fail-fast"])
    };
    counted(call, machine)
}

/// A step whose output tells how many tests passed.
fn counted(mut call: Command, machine: &Machine) -> Result<Tally> {
    call.env("PATH", machine.search_path()).env("CARGO_TERM_COLOR", "never");
    let (status, lines) = command::show_and_read(&mut call)?;
    let tally = Tally::of_lines(lines.iter().map(String::as_str));
    let tally = tally.with_context(|| format!("`{}` told no count: see above", command::spelled(&call)))?;
    if !status.success() && tally.is_clean() {
        bail!("`{}` failed", command::spelled(&call));
    }
    Ok(tally)
}
