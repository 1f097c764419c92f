//! `shirma pii mask PATH… --out DIR`: copies of files and folders with codes in place of personal data.
//!
//! A source is never written to. A copy appears whole or not at all; a run that was stopped goes on where it ended; a
//! broken file is named and the others are done. Codes and values of each file go into a private file of their own
//! under `--map`; without it nothing can be restored.

pub(super) mod charset;
mod chat;
mod column;
mod cover;
mod form;
mod json;
mod sheet;
mod table;
mod walk;

use std::fs;
use std::io::{self, IsTerminal, Write};
use std::path::Path;
use std::process::ExitCode;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use anyhow::{Context, Result, bail};
use shirma_pii::{Conversation, Detector, Policy};

use super::explain::name_of;
use super::map::{Conversations, read_or_new, write_map};
use super::message::PLAIN_DIALOGUE;
use super::{BAD_LINES, MaskArguments, policy};
use cover::{Counts, Cover};
use walk::{Done, Source};

/// Larger files are no text somebody wrote; they are named and left out.
const FILE_BYTES_MAX: u64 = 64 * 1024 * 1024;
/// More hands than this only wait for the disk.
const THREADS_MAX: usize = 8;

/// Why a file could not be masked; names nothing of what stands in it.
#[derive(Debug, thiserror::Error)]
enum Broken {
    #[error("не читается: {0}")]
    Read(io::ErrorKind),
    #[error("копия не записана: {0}")]
    Written(io::ErrorKind),
    #[error("файл соответствий не читается или не пишется")]
    Map,
    #[error("больше {} МБ", FILE_BYTES_MAX / 1024 / 1024)]
    TooLarge,
    #[error("это не текст")]
    NotText,
    #[error("это не JSON")]
    NotJson,
    #[error("это не книга xlsx")]
    NotWorkbook,
}

/// What all hands share.
struct Work<'a> {
    sources: Vec<Source>,
    next: AtomicUsize,
    out: &'a Path,
    map: Option<&'a Path>,
    policy: Policy,
    /// The policy as the list of finished files names it.
    policy_name: String,
    done: Done,
    tally: Mutex<Tally>,
}

#[derive(Default)]
struct Tally {
    masked: usize,
    skipped: usize,
    counts: Counts,
    broken: Vec<String>,
}

/// Masks all files; the report goes to `errors`.
pub(super) fn run(arguments: &MaskArguments, detector: &Detector, errors: &mut dyn Write) -> Result<ExitCode> {
    let Some(out) = arguments.out.as_deref() else {
        bail!("назовите папку для копий: --out");
    };
    fs::create_dir_all(out).with_context(|| format!("папка для копий {}", out.display()))?;
    let whole = out
        .canonicalize()
        .with_context(|| format!("папка для копий {}", out.display()))?;
    for path in &arguments.paths {
        let source = path.canonicalize().with_context(|| format!("{}", path.display()))?;
        let folder = if source.is_dir() {
            Some(source.as_path())
        } else {
            source.parent()
        };
        if folder == Some(whole.as_path()) {
            bail!("копии не могут лежать там же, где исходные файлы: {}", out.display());
        }
    }
    let policy = policy::load(arguments.policy.as_deref())?;
    let (sources, left_alone) = walk::sources(&arguments.paths, out).context("чтение папок")?;
    let policy_name = serde_json::to_string(&policy).context("правила")?;
    let work = Work {
        sources,
        next: AtomicUsize::new(0),
        out,
        map: arguments.map.as_deref(),
        policy,
        policy_name,
        done: Done::open(out).context("список готового")?,
        tally: Mutex::new(Tally::default()),
    };
    let threads = std::thread::available_parallelism()
        .map_or(1, usize::from)
        .clamp(1, THREADS_MAX);
    let terminal = io::stderr().is_terminal();
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| work.run(detector, terminal));
        }
    });
    let tally = work.tally.into_inner().unwrap_or_else(PoisonError::into_inner);
    report(&tally, left_alone, terminal, errors)?;
    Ok(if tally.broken.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(BAD_LINES)
    })
}

impl Work<'_> {
    /// One pair of hands: takes files until there are none.
    fn run(&self, detector: &Detector, terminal: bool) {
        while let Some(source) = self.sources.get(self.next.fetch_add(1, Ordering::Relaxed)) {
            let skipped = self.done.has(source, self.out, &self.policy_name);
            let result = if skipped {
                Ok(Counts::new())
            } else {
                self.mask(detector, source)
            };
            let mut tally = self.tally.lock().unwrap_or_else(PoisonError::into_inner);
            match result {
                Ok(_) if skipped => tally.skipped += 1,
                Ok(counts) => {
                    tally.masked += 1;
                    for (label, count) in counts {
                        *tally.counts.entry(label).or_default() += count;
                    }
                }
                Err(problem) => tally.broken.push(format!("{}: {problem}", source.path.display())),
            }
            if terminal {
                let ready = tally.masked + tally.skipped + tally.broken.len();
                // Progress is a courtesy: a terminal that is gone stops nothing.
                let _ = write!(io::stderr(), "\r{ready} из {}", self.sources.len());
            }
        }
    }

    fn mask(&self, detector: &Detector, source: &Source) -> Result<Counts, Broken> {
        if source.bytes > FILE_BYTES_MAX {
            return Err(Broken::TooLarge);
        }
        let bytes = fs::read(&source.path).map_err(|error| Broken::Read(error.kind()))?;
        let map = self.map.map(|folder| {
            let mut name = folder.join(&source.beneath).into_os_string();
            name.push(".map.json");
            std::path::PathBuf::from(name)
        });
        let mut known = map
            .as_deref()
            .map_or(Ok(Conversations::new()), read_or_new)
            .map_err(|_| Broken::Map)?;
        let conversation = known.remove(PLAIN_DIALOGUE).unwrap_or_else(Conversation::default);
        let mut cover = Cover::new(detector, &self.policy, conversation);
        let masked = form::mask(&mut cover, source.form, &bytes)?;
        // The map first: a copy whose values nobody knows would be lost.
        if let Some(path) = map {
            if let Some(folder) = path.parent() {
                fs::create_dir_all(folder).map_err(|_| Broken::Map)?;
            }
            known.insert(PLAIN_DIALOGUE.to_owned(), cover.conversation);
            write_map(&path, &known).map_err(|_| Broken::Map)?;
        }
        self.write(source, &masked)
            .map_err(|error| Broken::Written(error.kind()))?;
        Ok(cover.counts)
    }

    /// Beside first, then in its place.
    fn write(&self, source: &Source, masked: &[u8]) -> io::Result<()> {
        let path = self.out.join(&source.beneath);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        let mut beside = path.clone().into_os_string();
        beside.push(".part");
        fs::write(&beside, masked)?;
        fs::rename(&beside, &path)?;
        self.done.add(source, &self.policy_name)
    }
}

fn report(tally: &Tally, left_alone: usize, terminal: bool, errors: &mut dyn Write) -> Result<()> {
    if terminal {
        writeln!(errors)?;
    }
    writeln!(
        errors,
        "Готово: {}. Было готово раньше: {}. Другого вида: {left_alone}.",
        tally.masked, tally.skipped
    )?;
    for (label, count) in &tally.counts {
        writeln!(errors, "{count:>7}  {}", name_of(*label))?;
    }
    for broken in &tally.broken {
        writeln!(errors, "не вышло: {broken}")?;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
