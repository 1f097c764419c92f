//! Files that are whole and still there after a power cut: what was written is synced, and so is its name.
//!
//! The key file has its own writer in the vault crate, the copies of `pii` theirs in `cli`: other rights, other wishes.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::Path;

/// Lays a new file down that only its owner reads; an existing one is never touched.
///
/// # Errors
/// The system's.
pub(crate) fn create(path: &Path, bytes: &[u8]) -> io::Result<()> {
    write_private(OpenOptions::new().write(true).create_new(true), path, bytes)
}

/// Adds to the end of a file that only its owner reads; makes it when it is not there.
///
/// # Errors
/// The system's.
pub(crate) fn append(path: &Path, bytes: &[u8]) -> io::Result<()> {
    write_private(OpenOptions::new().append(true).create(true), path, bytes)
}

/// Writes a file beside, syncs it and moves it into its place: nobody ever reads half of it.
///
/// # Errors
/// The system's.
pub(crate) fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let beside = path.with_extension("part");
    let mut file = File::create(&beside)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    drop(file);
    fs::rename(&beside, path)?;
    // Some shares cannot sync a folder; the file itself is safe.
    let _unsynced = sync_name(path);
    Ok(())
}

fn write_private(options: &mut OpenOptions, path: &Path, bytes: &[u8]) -> io::Result<()> {
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    sync_name(path)
}

fn sync_name(path: &Path) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
}
