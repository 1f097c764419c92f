//! Benchmarks with the circumstances beside the figures: a number without the machine it was measured on says little.
//!
//! `bench` runs the benchmarks of the packages, `bench pii` measures the detection engine as a whole, see `engine`.

mod engine;

use std::process::ExitCode;

use anyhow::{Result, ensure};

use crate::command;

#[derive(clap::Args)]
pub(crate) struct Options {
    /// Only benchmarks whose name contains this; `pii`: the detection engine as a whole, against its limits
    filter: Option<String>,
    /// Only this package's benchmarks
    #[arg(long, short)]
    package: Option<String>,
    #[command(flatten)]
    engine: engine::Comparison,
}

/// The filter that stands for the detection engine, unless a package is named.
const ENGINE: &str = "pii";

impl Options {
    fn is_of_engine(&self) -> bool {
        self.filter.as_deref() == Some(ENGINE) && self.package.is_none()
    }
}

/// Packages that measure something, in the order of the message's way.
const MEASURED: [&str; 5] = ["shirma-pii", "shirma-vault", "shirma-audit", "shirma-store", "shirma"];

pub(crate) fn run(options: &Options) -> Result<ExitCode> {
    if options.is_of_engine() {
        return engine::run(&options.engine);
    }
    ensure!(
        !options.engine.is_given(),
        "--peers, --dir and --python belong to `bench {ENGINE}`"
    );
    let packages: Vec<&str> = match &options.package {
        Some(package) => vec![package],
        None => MEASURED.into_iter().filter(|name| has_benches(name)).collect(),
    };
    println!("{}", circumstances());
    let mut failed = Vec::new();
    for package in packages {
        let mut call = command::cargo(&["bench", "--package", package, "--benches"]);
        if let Some(filter) = &options.filter {
            call.args(["--", filter]);
        }
        println!("\n== {}", command::spelled(&call));
        if !command::show(&mut call)?.success() {
            failed.push(package);
        }
    }
    println!("\n{}", circumstances());
    if failed.is_empty() {
        return Ok(ExitCode::SUCCESS);
    }
    eprintln!("error: benchmarks failed: {}", failed.join(", "));
    Ok(ExitCode::FAILURE)
}

fn has_benches(package: &str) -> bool {
    let folder = package.strip_prefix("shirma-").unwrap_or(package);
    command::root().join("crates").join(folder).join("benches").is_dir()
}

/// One line about the machine: processor, cores, load of the last minute.
fn circumstances() -> String {
    let file = |path| std::fs::read_to_string(path).unwrap_or_default();
    let processor = file("/proc/cpuinfo")
        .lines()
        .find_map(|line| {
            line.strip_prefix("model name")?
                .split_once(':')
                .map(|(_, name)| name.trim().to_owned())
        })
        .unwrap_or_else(|| "unknown processor".to_owned());
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let load = file("/proc/loadavg").split(' ').take(3).collect::<Vec<_>>().join(" ");
    format!("machine: {processor}, {cores} cores, load {load}")
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Parser)]
    struct Call {
        #[command(flatten)]
        options: Options,
    }

    fn options(arguments: &[&str]) -> Options {
        Call::parse_from(std::iter::once("bench").chain(arguments.iter().copied())).options
    }

    #[test]
    fn pii_means_the_engine_unless_a_package_is_named() {
        assert!(options(&["pii", "--peers"]).is_of_engine());
        assert!(!options(&["pii", "-p", "shirma-store"]).is_of_engine());
        assert!(!options(&["detect"]).is_of_engine());
        assert!(!options(&[]).is_of_engine());
    }

    #[test]
    fn what_belongs_to_the_engine_is_refused_elsewhere() {
        let error = run(&options(&["detect", "--peers"])).unwrap_err();
        assert!(error.to_string().contains("`bench pii`"), "{error}");
    }
}
