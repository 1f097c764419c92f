//! Benchmarks with the circumstances beside the figures: a number without the machine it was measured on says little.

use std::process::ExitCode;

use anyhow::Result;

use crate::command;

#[derive(clap::Args)]
pub(crate) struct Options {
    /// Only benchmarks whose name contains this
    filter: Option<String>,
    /// Only this package's benchmarks
    #[arg(long, short)]
    package: Option<String>,
}

/// Packages that measure something, in the order of the message's way.
const MEASURED: [&str; 5] = ["shirma-pii", "shirma-vault", "shirma-audit", "shirma-store", "shirma"];

pub(crate) fn run(options: &Options) -> Result<ExitCode> {
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
