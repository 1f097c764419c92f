//! The detector beside others on the same messages: what each leaks, how fast it is and what it needs.
//!
//! Every engine runs in a process of its own, one after another, and speaks the form of `sheet`: messages in, findings and
//! its own figures out. `run` is our engine; peers are programs in any language. `table` counts all of them alike, by
//! `score`, and sets them side by side. `cargo xtask bench pii` calls the three steps.

mod run;
mod sheet;
mod table;

use std::io::{BufReader, Write};
use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::Subcommand;

use sheet::{Answers, Sheet};

#[derive(Subcommand)]
pub(crate) enum Step {
    /// Writes the messages every engine gets, from a folder of JSONL sets
    Texts {
        #[arg(long)]
        dir: PathBuf,
    },
    /// Our engine over the messages on standard input
    Run {
        /// Folder of the data that are built into the program
        #[arg(long, default_value = "data/pii")]
        data: PathBuf,
    },
    /// Figures of the engines side by side, as Markdown; ours comes first
    Table {
        #[arg(long)]
        dir: PathBuf,
        /// What an engine wrote
        #[arg(required = true)]
        answers: Vec<PathBuf>,
    },
}

pub(crate) fn step(step: &Step) -> Result<()> {
    let mut out = std::io::stdout().lock();
    match step {
        Step::Texts { dir } => Sheet::read(dir)?.write(&mut out),
        Step::Run { data } => run::run(std::io::stdin().lock(), &mut out, data),
        Step::Table { dir, answers } => {
            let sheet = Sheet::read(dir)?;
            let engines = answers
                .iter()
                .map(|path| {
                    let name = || path.display().to_string();
                    let file = std::fs::File::open(path).with_context(name)?;
                    Answers::read(BufReader::new(file), &sheet).with_context(name)
                })
                .collect::<Result<Vec<Answers>>>()?;
            out.write_all(table::page(&sheet, &engines).as_bytes())?;
            Ok(())
        }
    }
}
