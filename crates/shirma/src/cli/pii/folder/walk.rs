//! Which files there are, and which of them an earlier run has finished.

use std::collections::BTreeSet;
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::UNIX_EPOCH;

use super::form::{Form, form_of};

/// Deeper folders are a mistake or a loop.
const DEPTH_MAX: usize = 32;
/// The list of finished files, inside the folder of copies. Holds names of files and numbers only.
const DONE: &str = ".shirma-done";

/// A file to mask.
#[derive(Debug)]
pub(super) struct Source {
    pub(super) path: PathBuf,
    /// Where its copy stands under the folder of copies.
    pub(super) beneath: PathBuf,
    pub(super) form: Form,
    pub(super) bytes: u64,
    /// Changes when the file does.
    stamp: String,
}

/// All files of the given paths in order, and how many were left alone for their kind.
pub(super) fn sources(paths: &[PathBuf], out: &Path) -> io::Result<(Vec<Source>, usize)> {
    let mut found = (Vec::new(), 0);
    for path in paths {
        let name = path.file_name().map_or_else(PathBuf::new, PathBuf::from);
        if fs::metadata(path)?.is_dir() {
            add_folder(path, &name, out, &mut found, 0)?;
        } else {
            add_file(path, name, &mut found)?;
        }
    }
    let mut taken = BTreeSet::new();
    found.0.retain(|source| taken.insert(source.beneath.clone()));
    Ok(found)
}

fn add_folder(
    folder: &Path,
    beneath: &Path,
    out: &Path,
    found: &mut (Vec<Source>, usize),
    depth: usize,
) -> io::Result<()> {
    if depth > DEPTH_MAX || folder.canonicalize()? == out.canonicalize()? {
        return Ok(());
    }
    let mut entries = fs::read_dir(folder)?.collect::<io::Result<Vec<_>>>()?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        // Links are not followed: they may lead out of the folder or in a circle.
        let kind = entry.file_type()?;
        let name = beneath.join(entry.file_name());
        if kind.is_dir() {
            add_folder(&entry.path(), &name, out, found, depth + 1)?;
        } else if kind.is_file() {
            add_file(&entry.path(), name, found)?;
        }
    }
    Ok(())
}

fn add_file(path: &Path, beneath: PathBuf, found: &mut (Vec<Source>, usize)) -> io::Result<()> {
    let ending = path
        .extension()
        .map_or_else(String::new, |ending| ending.to_string_lossy().to_lowercase());
    let Some(form) = form_of(&ending) else {
        found.1 += 1;
        return Ok(());
    };
    let metadata = fs::metadata(path)?;
    let changed = metadata
        .modified()
        .ok()
        .and_then(|at| at.duration_since(UNIX_EPOCH).ok())
        .map_or(0, |since| since.as_millis());
    found.0.push(Source {
        path: path.to_owned(),
        beneath,
        form,
        bytes: metadata.len(),
        stamp: format!("{}\t{changed}", metadata.len()),
    });
    Ok(())
}

/// What is finished; a run that is stopped goes on from here.
pub(super) struct Done {
    known: BTreeSet<String>,
    file: Mutex<fs::File>,
}

impl Done {
    pub(super) fn open(out: &Path) -> io::Result<Self> {
        let path = out.join(DONE);
        let known = match fs::read_to_string(&path) {
            Ok(text) => text.lines().map(str::to_owned).collect(),
            Err(error) if error.kind() == io::ErrorKind::NotFound => BTreeSet::new(),
            Err(error) => return Err(error),
        };
        let file = OpenOptions::new().create(true).append(true).open(path)?;
        Ok(Self {
            known,
            file: Mutex::new(file),
        })
    }

    fn line(source: &Source, policy: &str) -> String {
        format!("{}\t{policy}\t{}", source.stamp, source.beneath.display()).replace('\n', " ")
    }

    /// Whether the file was masked as it is now, under the same policy, and its copy is still there.
    pub(super) fn has(&self, source: &Source, out: &Path, policy: &str) -> bool {
        self.known.contains(&Self::line(source, policy)) && out.join(&source.beneath).exists()
    }

    pub(super) fn add(&self, source: &Source, policy: &str) -> io::Result<()> {
        let line = Self::line(source, policy) + "\n";
        let mut file = self.file.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        file.write_all(line.as_bytes())
    }
}
