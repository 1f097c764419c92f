//! What an earlier run has finished: a run that is stopped goes on from here.
//!
//! The list lies among the copies and holds places of copies and numbers only, never the name of a source.

use std::collections::BTreeSet;
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use super::walk::Source;

/// The list, inside the folder of copies. No copy is called so: their names do not begin with a dot.
const DONE: &str = ".shirma-done";
/// First line of the list; a list without it is not read.
const HEAD: &str = "shirma pii mask, 2\n";

/// The finished files.
pub(super) struct Done {
    known: BTreeSet<String>,
    file: Mutex<fs::File>,
}

impl Done {
    pub(super) fn open(out: &Path) -> io::Result<Self> {
        let path = out.join(DONE);
        let text = match fs::read(&path) {
            Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
            Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
            Err(error) => return Err(error),
        };
        // A line without its end was being written when the run stopped.
        let whole = text.rfind('\n').map_or("", |end| &text[..=end]);
        let lines = whole.strip_prefix(HEAD).unwrap_or_default();
        if lines.len() + HEAD.len() != text.len() {
            fs::write(&path, format!("{HEAD}{lines}"))?;
        }
        Ok(Self {
            known: lines.lines().map(str::to_owned).collect(),
            file: Mutex::new(OpenOptions::new().append(true).open(path)?),
        })
    }

    fn line(source: &Source, policy: &str) -> String {
        format!("{}\t{policy}\t{}", source.stamp, source.copy.as_str()).replace('\n', " ")
    }

    /// Whether the file was masked as it is now, under the same policy, and its copy is still there.
    pub(super) fn has(&self, source: &Source, out: &Path, policy: &str) -> bool {
        self.known.contains(&Self::line(source, policy)) && source.copy.under(out).exists()
    }

    pub(super) fn add(&self, source: &Source, policy: &str) -> io::Result<()> {
        let line = Self::line(source, policy) + "\n";
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.write_all(line.as_bytes())
    }
}
