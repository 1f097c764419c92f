//! `shirma pii mask PATH… --out DIR`: copies of files and folders with codes in place of personal data.
//!
//! A source is only ever opened for reading. A copy appears whole or not at all; a run that was stopped goes on where
//! it ended; a broken file is named and the others are done. Codes and values of each file go into a private file of
//! their own under `--map`; without it nothing can be restored.

mod archive;
mod broken;
pub(super) mod charset;
mod chat;
mod column;
mod cover;
mod done;
mod event;
mod form;
mod heading;
mod html;
mod json;
mod name;
mod progress;
mod report;
mod table;
mod walk;
mod workbook;

use std::fs::{self, OpenOptions};
use std::io::{self, IsTerminal, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, Once, PoisonError};

use anyhow::{Context, Result, bail};
use shirma_pii::{Conversation, Detector, Policy};

use super::map::{Conversations, read_or_new, write_map};
use super::message::PLAIN_DIALOGUE;
use super::{BAD_LINES, MaskArguments, Search, policy};
use crate::clock::{Clock, SystemClock};
use broken::{Broken, FILE_BYTES_MAX};
use cover::{Counts, Cover};
use done::Done;
use form::Form;
use name::Names;
use progress::Progress;
use report::Tally;
use walk::{Found, Origin, Source, Walk};

/// More hands than this only wait for the disk.
const THREADS_MAX: usize = 8;

/// Name of the threads that mask.
const HANDS: &str = "mask";

/// What all hands share.
struct Work<'a> {
    sources: &'a [Source],
    next: AtomicUsize,
    detector: &'a Detector,
    /// The folder of copies, with no links in its path.
    out: &'a Path,
    map: Option<&'a Path>,
    policy: &'a Policy,
    /// The policy and what was looked for, as the list of finished files names them.
    policy_name: String,
    done: Done,
    progress: Progress,
    tally: Mutex<Tally>,
}

/// Masks all files; the report goes to `errors`.
pub(super) fn run(arguments: &MaskArguments, search: &Search, errors: &mut dyn Write) -> Result<ExitCode> {
    let began_ms = SystemClock.now_ms();
    let Some(out) = arguments.out.as_deref() else {
        bail!("назовите папку для копий: --out");
    };
    let out = own_folder(out).with_context(|| format!("папка для копий {}", out.display()))?;
    let map = match arguments.map.as_deref() {
        Some(map) => Some(own_folder(map).with_context(|| format!("папка соответствий {}", map.display()))?),
        None => None,
    };
    check_apart(&arguments.paths, &out, map.as_deref())?;
    let policy = policy::load(arguments.policy.as_deref())?;
    let policy_name = serde_json::to_string(&policy).context("правила")? + &search.mark;
    let own = map.iter().chain([&out]).cloned().collect();
    let mut walk = Walk::new(Names::new(&search.detector, &policy), own);
    arguments.paths.iter().for_each(|path| walk.add(path));
    let found = walk.found;
    let terminal = io::stderr().is_terminal();
    let bytes = found.sources.iter().map(|source| source.bytes).sum();
    let work = Work {
        sources: &found.sources,
        next: AtomicUsize::new(0),
        detector: &search.detector,
        out: &out,
        map: map.as_deref(),
        policy: &policy,
        policy_name,
        done: Done::open(&out).context("список готового")?,
        progress: Progress::new(bytes, found.sources.len(), terminal),
        tally: Mutex::new(broken_before(&found)),
    };
    let threads = std::thread::available_parallelism()
        .map_or(1, usize::from)
        .clamp(1, THREADS_MAX);
    keep_quiet();
    std::thread::scope(|scope| -> io::Result<()> {
        for _ in 0..threads {
            let hands = std::thread::Builder::new().name(HANDS.to_owned());
            hands.spawn_scoped(scope, || work.run())?;
        }
        Ok(())
    })
    .context("потоки")?;
    work.progress.clear();
    let tally = work.tally.into_inner().unwrap_or_else(PoisonError::into_inner);
    report::write(&tally, &found, SystemClock.now_ms() - began_ms, errors)?;
    Ok(if tally.broken.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(BAD_LINES)
    })
}

fn own_folder(path: &Path) -> io::Result<PathBuf> {
    fs::create_dir_all(path)?;
    path.canonicalize()
}

/// Copies, maps and sources may not lie in one another's place: a copy could stand where a source does, a map where
/// copies are handed on.
fn check_apart(paths: &[PathBuf], out: &Path, map: Option<&Path>) -> Result<()> {
    if map.is_some_and(|map| map.starts_with(out)) {
        bail!(
            "файлы соответствий хранят настоящие данные и не могут лежать среди копий: {}",
            out.display()
        );
    }
    for path in paths {
        let source = path.canonicalize().with_context(|| format!("{}", path.display()))?;
        if map.is_some_and(|map| source.starts_with(map)) {
            bail!("файлы соответствий не могут лежать там же, где исходные файлы");
        }
        if source.starts_with(out) || source.is_file() && source.parent() == Some(out) {
            bail!("копии не могут лежать там же, где исходные файлы: {}", out.display());
        }
    }
    Ok(())
}

/// A reader that stumbles over a broken file would say on stderr what it stumbled over, and that may be a value.
fn keep_quiet() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let loud = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |stumble| {
            if std::thread::current().name() != Some(HANDS) {
                loud(stumble);
            }
        }));
    });
}

/// What could not even be looked at.
fn broken_before(found: &Found) -> Tally {
    Tally {
        broken: found
            .broken
            .iter()
            .map(|(place, problem)| format!("{place}: {problem}"))
            .collect(),
        ..Tally::default()
    }
}

impl Work<'_> {
    /// One pair of hands: takes files until there are none.
    fn run(&self) {
        while let Some(source) = self.sources.get(self.next.fetch_add(1, Ordering::Relaxed)) {
            let skipped = self.done.has(source, self.out, &self.policy_name);
            let result = if skipped {
                drop(self.progress.share(source.bytes));
                Ok(Counts::new())
            } else {
                // A reader of a foreign format may stumble over a broken file: that is the file's trouble only.
                catch_unwind(AssertUnwindSafe(|| self.mask(source))).unwrap_or(Err(Broken::Unforeseen))
            };
            self.count(source, skipped, result);
            self.progress.finish_file();
        }
    }

    fn count(&self, source: &Source, skipped: bool, result: Result<Counts, Broken>) {
        let mut tally = self.tally.lock().unwrap_or_else(PoisonError::into_inner);
        match result {
            Ok(_) if skipped => tally.skipped += 1,
            Ok(counts) => {
                tally.masked += 1;
                tally.books += usize::from(source.form == Form::Workbook);
                for (label, count) in counts {
                    *tally.counts.entry(label).or_default() += count;
                }
            }
            Err(problem) => tally.broken.push(format!("{}: {problem}", source.origin)),
        }
    }

    fn mask(&self, source: &Source) -> Result<Counts, Broken> {
        let share = self.progress.share(source.bytes);
        if source.bytes > FILE_BYTES_MAX {
            return Err(Broken::TooLarge);
        }
        let bytes = match &source.origin {
            Origin::File(path) => fs::read(path).map_err(|error| Broken::Read(error.kind()))?,
            Origin::Packed { archive, index, .. } => archive::read(archive, *index)?,
        };
        let map = self.map.map(|folder| {
            let mut name = source.copy.under(folder).into_os_string();
            name.push(".map.json");
            PathBuf::from(name)
        });
        let mut known = map
            .as_deref()
            .map_or(Ok(Conversations::new()), read_or_new)
            .map_err(|_| Broken::Map)?;
        let conversation = known.remove(PLAIN_DIALOGUE).unwrap_or_else(Conversation::default);
        let mut cover = Cover::new(self.detector, self.policy, conversation, share);
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
        let path = source.copy.under(self.out);
        if let Some(folder) = path.parent() {
            // A link among the copies could lead to the sources.
            let there = folder.ancestors().find(|folder| folder.exists());
            if !there.is_some_and(|there| there.canonicalize().is_ok_and(|there| there.starts_with(self.out))) {
                return Err(io::ErrorKind::PermissionDenied.into());
            }
            fs::create_dir_all(folder)?;
        }
        let mut beside = path.clone().into_os_string();
        beside.push(".part");
        match fs::remove_file(&beside) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            Ok(()) | Err(_) => {}
        }
        let mut file = OpenOptions::new().write(true).create_new(true).open(&beside)?;
        file.write_all(masked)?;
        drop(file);
        fs::rename(&beside, &path)?;
        self.done.add(source, &self.policy_name)
    }
}

#[cfg(test)]
mod tests;
