//! `erasures.log` in the data folder: who was erased, a line a person, without names or values.
//!
//! The same stands in the key store; this list is for the day on which both databases are brought back from an older copy. It
//! is only ever added to and belongs into every backup, the newest one wins. A line counts when its keyed hash was made here.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use shirma_vault::{bytes_of_hex, hex};

use crate::app::App;
use crate::file;
use crate::identifier::SubjectId;
use crate::vault::{Erasure, ErasureReason};

/// Name of the list in the data folder.
const NAME: &str = "erasures.log";
/// Longest list that is read: a million people. A longer file is none of ours.
const MAX_BYTES: u64 = 256 * 1024 * 1024;

/// Why the list cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum LedgerError {
    /// It cannot be read or written.
    #[error("{path} cannot be used", path = .path.display())]
    File {
        /// The list.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// A person stands there, and no line about him was written by this installation.
    #[error("line {line} of {path} was not written by this installation", path = .path.display())]
    Foreign {
        /// The list.
        path: PathBuf,
        /// From 1.
        line: usize,
    },
}

/// Adds those that are not there yet under the secret in force. Durable when it returns.
pub(super) fn keep(app: &App, erasures: &[Erasure]) -> Result<(), LedgerError> {
    let path = path_of(app);
    let there = text_of(&path)?;
    let mut added = String::new();
    // A line that a power cut broke off is closed first.
    if !there.is_empty() && !there.ends_with('\n') {
        added.push('\n');
    }
    for erasure in erasures {
        let line = line_of(erasure, &app.vault.sign_erasure(erasure));
        if !there.lines().any(|known| known == line) {
            added.push_str(&line);
            added.push('\n');
        }
    }
    if added.trim().is_empty() {
        return Ok(());
    }
    file::append(&path, added.as_bytes()).map_err(|source| LedgerError::File { path, source })
}

/// Everybody on the list. Lines that are not in the form of one are what a power cut left of them.
pub(super) fn read(app: &App) -> Result<Vec<Erasure>, LedgerError> {
    let path = path_of(app);
    let text = text_of(&path)?;
    let mut people: BTreeMap<SubjectId, (usize, Option<Erasure>)> = BTreeMap::new();
    for (index, line) in text.lines().enumerate() {
        let Some((erasure, mac)) = parse(line) else { continue };
        let own = app.vault.is_own_erasure(&erasure, &mac).then_some(erasure);
        let (_, known) = people.entry(erasure.subject).or_insert((index + 1, None));
        *known = known.or(own);
    }
    people
        .into_values()
        .map(|(line, known)| {
            known.ok_or_else(|| LedgerError::Foreign {
                path: path.clone(),
                line,
            })
        })
        .collect()
}

fn path_of(app: &App) -> PathBuf {
    app.settings.data_folder().join(NAME)
}

fn text_of(path: &Path) -> Result<String, LedgerError> {
    let failed = |source| LedgerError::File {
        path: path.to_owned(),
        source,
    };
    match std::fs::metadata(path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(String::new()),
        Err(error) => return Err(failed(error)),
        Ok(found) if found.len() > MAX_BYTES => return Err(failed(std::io::ErrorKind::FileTooLarge.into())),
        Ok(_) => {}
    }
    let bytes = std::fs::read(path).map_err(failed)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn line_of(erasure: &Erasure, mac: &[u8]) -> String {
    format!(
        "{} {} {} {} {}",
        erasure.subject.0,
        erasure.code,
        erasure.reason.as_str(),
        erasure.ordered_at_ms,
        hex(mac)
    )
}

fn parse(line: &str) -> Option<(Erasure, [u8; 32])> {
    let words: Vec<&str> = line.split(' ').collect();
    let [subject, code, reason, ordered_at, digits] = words.as_slice() else {
        return None;
    };
    let erasure = Erasure {
        subject: SubjectId(subject.parse().ok()?),
        code: code.parse().ok()?,
        reason: ErasureReason::from_name(reason)?,
        ordered_at_ms: ordered_at.parse().ok()?,
        done_at_ms: None,
    };
    Some((erasure, bytes_of_hex::<32>(digits)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ERASURE: Erasure = Erasure {
        subject: SubjectId(7_530_000_000_000_000_000),
        code: 412,
        reason: ErasureReason::Withdrawal,
        ordered_at_ms: 1_795_420_800_000,
        done_at_ms: None,
    };

    #[test]
    fn a_line_reads_back_and_a_broken_one_is_none() {
        let line = line_of(&ERASURE, &[0xab; 32]);
        assert_eq!(parse(&line), Some((ERASURE, [0xab; 32])));
        for broken in ["", "1 2", &line[..line.len() - 1], &line.replace("withdrawal", "whim")] {
            assert_eq!(parse(broken), None, "{broken}");
        }
    }
}
