//! The detection engine against its limits and, if asked, beside the strongest one that can be put together from packages.
//!
//! Each engine gets the same messages in a process of its own, one after another, so that none takes the other's time or
//! memory. What they found and measured is counted by `crates/train`, see `bench/mod.rs` there; the peers stand in
//! `crates/train/peers`. Not a step of `test`: a fresh machine may have no Python and no package index, and figures of
//! speed are a matter of the machine.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use anyhow::{Context, Result, bail};

use crate::command;
use crate::python::{self, Environment};

/// What `bench pii` takes besides.
#[derive(clap::Args)]
pub(crate) struct Comparison {
    /// Of `bench pii`: also the strongest engine from packages; needs Python 3.11 with venv and a package index
    #[arg(long)]
    peers: bool,
    /// Of `bench pii`: folder with *.jsonl [default: data/eval]
    #[arg(long)]
    dir: Option<PathBuf>,
    /// Of `bench pii --peers`: the Python to make the environment with [default: python3]
    #[arg(long)]
    python: Option<PathBuf>,
}

const STACK: Environment = Environment {
    name: "bench-peers",
    requirements: "crates/train/peers/requirements.txt",
    // The list is complete but for one that nobody imports.
    options: &["--no-deps"],
};
const PROGRAM: &str = "crates/train/peers/stack.py";
/// The peers: how a file of answers is called and what the program is asked for.
const PEERS: [(&str, &[&str]); 2] = [("natasha", &[]), ("natasha-dictionary", &["--dictionary"])];
const SETS: &str = "data/eval";
/// Something has to be there first.
const MISSING: u8 = 2;

impl Comparison {
    /// Whether something is asked for that only the engine's own measuring knows.
    pub(super) fn is_given(&self) -> bool {
        self.peers || self.dir.is_some() || self.python.is_some()
    }
}

pub(super) fn run(options: &Comparison) -> Result<ExitCode> {
    let ready = || -> Result<(PathBuf, Option<PathBuf>)> {
        let dir = command::root().join(options.dir.as_deref().unwrap_or(Path::new(SETS)));
        if let Err(error) = std::fs::read_dir(&dir) {
            bail!(
                "{}: {error}\nhint: --dir FOLDER names a folder with *.jsonl",
                dir.display()
            );
        }
        let python = options.python.as_deref().unwrap_or(Path::new("python3"));
        let python = options.peers.then(|| STACK.ready(python)).transpose()?;
        Ok((dir, python))
    };
    match ready() {
        Ok((dir, python)) => measure(&dir, python.as_deref()),
        Err(error) => {
            eprintln!("error: {error:#}");
            Ok(ExitCode::from(MISSING))
        }
    }
}

fn measure(dir: &Path, python: Option<&Path>) -> Result<ExitCode> {
    let folder = python::target_folder()?.join("bench");
    std::fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
    let file = |name: &str| folder.join(name).with_extension("jsonl");
    let texts = file("texts");
    python::must(
        command::cargo(&["build", "--release", "--quiet", "--package", "shirma-train"]),
        "see above",
    )?;

    let mut call = step("texts");
    call.arg("--dir").arg(dir).stdout(create(&texts)?);
    python::must(call, "see above")?;

    let mut answers = vec![file("own")];
    answer(step("run"), &texts, &answers[0])?;
    for (name, arguments) in python.map_or(&PEERS[..0], |_| &PEERS[..]) {
        let Some(python) = python else { continue };
        let mut call = command::program(python);
        call.arg("-B").arg(PROGRAM).args(*arguments);
        one_thread(&mut call);
        answers.push(file(name));
        answer(call, &texts, &file(name))?;
    }

    println!("{}\n", super::circumstances());
    let mut call = step("table");
    call.arg("--dir").arg(dir).args(&answers);
    let status = command::show(&mut call)?;
    Ok(if status.success() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// A step of the program in `crates/train`.
fn step(name: &str) -> Command {
    let arguments = [
        "run",
        "--release",
        "--quiet",
        "--package",
        "shirma-train",
        "--",
        "bench",
    ];
    let mut call = command::cargo(&arguments);
    call.arg(name);
    call
}

/// One engine over the messages.
fn answer(mut call: Command, texts: &Path, answers: &Path) -> Result<()> {
    let input = File::open(texts).with_context(|| texts.display().to_string())?;
    call.stdin(input).stdout(create(answers)?);
    python::must(call, "its own words stand above")
}

fn create(path: &Path) -> Result<File> {
    File::create(path).with_context(|| path.display().to_string())
}

/// One thread for the arithmetic, as for us; and no kernel picked by hand, which may be a slow one.
fn one_thread(call: &mut Command) {
    call.env("OPENBLAS_NUM_THREADS", "1").env("OMP_NUM_THREADS", "1");
    call.env_remove("OPENBLAS_CORETYPE").env_remove("OPENBLAS_L2_SIZE");
}
