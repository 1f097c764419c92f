//! One running program per database file: a lock on a file beside it, released by the system when the program ends.

use std::ffi::OsString;
use std::fs::{File, OpenOptions, TryLockError};
use std::path::Path;

use crate::Error;

/// Ending of the lock file's name, after the whole name of the database.
const ENDING: &str = ".lock";

/// Held as long as it lives.
pub(crate) struct Lock {
    _file: File,
}

/// Takes the lock of the database at `path`, or says that another copy runs.
pub(crate) fn take(path: &Path) -> Result<Lock, Error> {
    let mut name = OsString::from(path);
    name.push(ENDING);
    let lock_path = Path::new(&name);
    let cannot_open = || Error::CannotOpen {
        path: lock_path.to_owned(),
    };
    let file = private_file(lock_path).map_err(|_| cannot_open())?;
    match file.try_lock() {
        Ok(()) => Ok(Lock { _file: file }),
        Err(TryLockError::WouldBlock) => Err(Error::InUse {
            path: lock_path.to_owned(),
        }),
        Err(TryLockError::Error(_)) => Err(cannot_open()),
    }
}

/// Opens or creates a file that only its owner may read. SQLite gives its other files the same rights.
pub(crate) fn private_file(path: &Path) -> std::io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}
