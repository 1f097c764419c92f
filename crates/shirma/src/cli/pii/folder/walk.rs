//! Which files there are, in folders and in archives, and where their copies will stand.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use super::archive;
use super::broken::Broken;
use super::form::{Form, form_of};
use super::name::{CopyPath, Names};

/// Deeper folders are a mistake or a loop.
const DEPTH_MAX: usize = 32;
/// Text an archive may hold in all: what unpacks into more is a bomb.
const ARCHIVE_BYTES_MAX: u64 = 1024 * 1024 * 1024;
/// Longer endings are no endings but a part of the name.
const ENDING_CHARS_MAX: usize = 5;

/// A file to mask.
#[derive(Debug)]
pub(super) struct Source {
    pub(super) origin: Origin,
    pub(super) copy: CopyPath,
    pub(super) form: Form,
    pub(super) bytes: u64,
    /// Changes when the file does; says which file it is without its name.
    pub(super) stamp: String,
}

/// Where the bytes of a file come from.
#[derive(Debug)]
pub(super) enum Origin {
    File(PathBuf),
    Packed {
        archive: PathBuf,
        index: usize,
        name: String,
    },
}

impl std::fmt::Display for Origin {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Origin::File(path) => write!(formatter, "{}", path.display()),
            Origin::Packed { archive, name, .. } => write!(formatter, "{}: {name}", archive.display()),
        }
    }
}

/// What was found.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) sources: Vec<Source>,
    /// Files of other kinds by ending.
    pub(super) left_alone: BTreeMap<String, usize>,
    pub(super) links: usize,
    pub(super) broken: Vec<(String, Broken)>,
}

/// Looks through files and folders.
pub(super) struct Walk<'a> {
    pub(super) names: Names<'a>,
    /// Folders of copies and of maps, which are no sources.
    pub(super) own: Vec<PathBuf>,
    pub(super) found: Found,
    /// Files met: one may be named twice, by itself and with its folder.
    met: BTreeSet<PathBuf>,
}

impl<'a> Walk<'a> {
    pub(super) fn new(names: Names<'a>, own: Vec<PathBuf>) -> Self {
        Self {
            names,
            own,
            found: Found::default(),
            met: BTreeSet::new(),
        }
    }

    /// Adds what stands under a path the owner named.
    pub(super) fn add(&mut self, path: &Path) {
        let root = CopyPath::default();
        if path.is_dir() {
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
            let beneath = name.map_or(root.clone(), |name| self.names.folder(&root, &name));
            self.add_folder(path, &beneath, 0);
        } else {
            self.add_file(path, &root);
        }
    }

    fn add_folder(&mut self, folder: &Path, beneath: &CopyPath, depth: usize) {
        let place = || folder.display().to_string();
        if depth > DEPTH_MAX {
            self.found.broken.push((place(), Broken::TooDeep));
            return;
        }
        if folder.canonicalize().is_ok_and(|folder| self.own.contains(&folder)) {
            return;
        }
        let entries = fs::read_dir(folder).and_then(|entries| entries.collect::<Result<Vec<_>, _>>());
        let mut entries = match entries {
            Ok(entries) => entries,
            Err(error) => {
                self.found.broken.push((place(), Broken::Read(error.kind())));
                return;
            }
        };
        entries.sort_by_key(fs::DirEntry::file_name);
        for entry in entries {
            // Links are not followed: they may lead out of the folder or in a circle.
            match entry.file_type() {
                Ok(kind) if kind.is_symlink() => self.found.links += 1,
                Ok(kind) if kind.is_dir() => {
                    let inside = self.names.folder(beneath, &entry.file_name().to_string_lossy());
                    self.add_folder(&entry.path(), &inside, depth + 1);
                }
                Ok(kind) if kind.is_file() => self.add_file(&entry.path(), beneath),
                Ok(_) => self.leave(""),
                Err(error) => self.break_at(&entry.path(), Broken::Read(error.kind())),
            }
        }
    }

    fn add_file(&mut self, path: &Path, beneath: &CopyPath) {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let (stem, ending) = parted(&name);
        let known = form_of(&ending);
        if is_trace(&name) || known.is_none() && ending != "zip" {
            return self.leave(&ending);
        }
        let metadata = match path.canonicalize().and_then(|whole| Ok((whole, fs::metadata(path)?))) {
            Ok((whole, metadata)) => {
                if !self.met.insert(whole) {
                    return;
                }
                metadata
            }
            Err(error) => return self.break_at(path, Broken::Read(error.kind())),
        };
        let stamp = stamp(&metadata);
        match known {
            None => self.add_archive(path, stem, beneath, &stamp),
            Some((form, ending)) => self.found.sources.push(Source {
                origin: Origin::File(path.to_owned()),
                copy: self.names.file(beneath, stem, ending),
                form,
                bytes: metadata.len(),
                stamp,
            }),
        }
    }

    /// Adds the files of an archive as if it were a folder.
    fn add_archive(&mut self, path: &Path, stem: &str, beneath: &CopyPath, stamp: &str) {
        let members = match archive::members(path) {
            Ok(members) => members,
            Err(problem) => return self.break_at(path, problem),
        };
        let kind_of = |member: &archive::Member| {
            let name = member.parts.last()?;
            let trace = is_trace(name) || member.parts[0] == "__MACOSX" || member.parts.len() > DEPTH_MAX;
            form_of(&parted(name).1).filter(|_| !trace)
        };
        let bytes = members
            .iter()
            .filter(|member| kind_of(member).is_some())
            .map(|member| member.bytes);
        if bytes.fold(0, u64::saturating_add) > ARCHIVE_BYTES_MAX {
            return self.break_at(path, Broken::ArchiveTooLarge);
        }
        let beneath = self.names.folder(beneath, stem);
        let mut folders: BTreeMap<&[String], CopyPath> = BTreeMap::new();
        for member in &members {
            let name = member.parts.last().map_or("", String::as_str);
            let Some((form, ending)) = kind_of(member) else {
                self.leave(&parted(name).1);
                continue;
            };
            let mut folder = beneath.clone();
            for depth in 1..member.parts.len() {
                folder = folders
                    .entry(&member.parts[..depth])
                    .or_insert_with(|| self.names.folder(&folder, &member.parts[depth - 1]))
                    .clone();
            }
            self.found.sources.push(Source {
                origin: Origin::Packed {
                    archive: path.to_owned(),
                    index: member.index,
                    name: member.parts.join("/"),
                },
                copy: self.names.file(&folder, parted(name).0, ending),
                form,
                bytes: member.bytes,
                stamp: format!("{stamp}:{}", member.index),
            });
        }
    }

    /// Counts a file of another kind. An ending may be a part of a name and is told only where it is like an ending.
    fn leave(&mut self, ending: &str) {
        let plain =
            ending.chars().count() <= ENDING_CHARS_MAX && ending.chars().all(|sign| sign.is_ascii_alphanumeric());
        let ending = if plain && !ending.is_empty() {
            format!(".{ending}")
        } else {
            "без вида".to_owned()
        };
        *self.found.left_alone.entry(ending).or_default() += 1;
    }

    fn break_at(&mut self, path: &Path, problem: Broken) {
        self.found.broken.push((path.display().to_string(), problem));
    }
}

/// A name before its last dot, and its ending in lower case.
fn parted(name: &str) -> (&str, String) {
    match name.rsplit_once('.') {
        Some((stem, ending)) => (stem, ending.to_lowercase()),
        None => (name, String::new()),
    }
}

/// What a program leaves beside a file: locks of office programs, what macOS knows of a file.
fn is_trace(name: &str) -> bool {
    name.starts_with("~$") || name.starts_with("._") || name.starts_with(".~lock.")
}

/// Which file it is by the file system, its size and its time.
fn stamp(metadata: &fs::Metadata) -> String {
    let changed = metadata
        .modified()
        .ok()
        .and_then(|at| at.duration_since(UNIX_EPOCH).ok())
        .map_or(0, |since| since.as_nanos());
    format!("{}\t{}\t{changed}", identity(metadata), metadata.len())
}

#[cfg(unix)]
fn identity(metadata: &fs::Metadata) -> String {
    use std::os::unix::fs::MetadataExt;
    format!("{}:{}", metadata.dev(), metadata.ino())
}

#[cfg(not(unix))]
fn identity(_: &fs::Metadata) -> String {
    "-".to_owned()
}
