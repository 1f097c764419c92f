//! The journal as files that other programs understand: hash tiles, bundles of entries, the checkpoint over them and the
//! key that signed it (c2sp.org/tlog-tiles). An outside checker needs nothing of ours: `docs/audit/verify.py`.
//!
//! Full tiles never change, so a second export writes what is new only. A folder with another journal is left as it is.
//! The bundles hold entries as they stand; the sealed details beside them are not exported.

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use shirma_audit::{Checkpoint, Hash, NodeId};
use shirma_store::{Store, Tx};

use super::signing::{Trust, sign, stored_root};
use crate::app::Fault;
use crate::vault::Vault;

/// Hashes in a full tile, entries in a full bundle, and levels of the tree between two levels of tiles.
const TILE_WIDTH: u64 = 256;
const TILE_LEVELS: u8 = 8;
/// The file that is written last: what it does not cover yet may be incomplete.
const CHECKPOINT: &str = "checkpoint";
/// The public key, `name+id+base64`.
const KEY: &str = "key";

/// Why an export ended.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The journal cannot be read.
    #[error(transparent)]
    Fault(#[from] Fault),
    /// A file cannot be written.
    #[error("the file {path} cannot be written")]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// The folder holds another journal, or a longer one.
    #[error("the folder {path} holds another journal")]
    Foreign {
        /// What was found there.
        path: PathBuf,
    },
    /// There is nothing yet.
    #[error("the journal is empty")]
    Empty,
}

impl From<shirma_store::Error> for ExportError {
    fn from(error: shirma_store::Error) -> Self {
        ExportError::Fault(error.into())
    }
}

/// Writes the journal up to a checkpoint made now into `folder`; gives the checkpoint and how many files are new.
///
/// # Errors
/// [`ExportError`]; what was written stays and the next export goes on from there.
pub fn export(data: &Store, vault: &Vault, now_ms: i64, folder: &Path) -> Result<(Checkpoint, usize), ExportError> {
    let signer = vault.clone();
    let trust = Trust::of(vault);
    data.write_blocking(move |tx| sign(&signer, tx, now_ms))?;
    let folder = folder.to_path_buf();
    data.read_blocking(move |tx| write_all(tx, &trust, &folder))
}

fn write_all(tx: &mut Tx<'_>, trust: &Trust, folder: &Path) -> Result<(Checkpoint, usize), ExportError> {
    let note = tx.audit_last_checkpoint()?.ok_or(ExportError::Empty)?.note;
    let checkpoint = trust.read(&note).ok_or(Fault::Journal)?;
    is_ours(tx, trust, folder, &checkpoint)?;
    let mut written = 0;
    let mut level = 0;
    while checkpoint.size >> (TILE_LEVELS * level) > 0 {
        let count = checkpoint.size >> (TILE_LEVELS * level);
        for index in 0..count.div_ceil(TILE_WIDTH) {
            let width = (count - index * TILE_WIDTH).min(TILE_WIDTH);
            let path = folder.join(format!("tile/{level}/{}", tile_name(index, width)));
            // A full tile that is there was compared when it was made, and the checkpoint says of what.
            let hashes = hashes(tx, level, index, width)?;
            written += usize::from(put(&path, &hashes)?);
            if level == 0 {
                let path = folder.join(format!("tile/entries/{}", tile_name(index, width)));
                let entries = entries(tx, index, width)?;
                written += usize::from(put(&path, &entries)?);
            }
        }
        level += 1;
    }
    let keys: String = trust.keys.iter().map(|key| key.to_text() + "\n").collect();
    replace(&folder.join(KEY), keys.as_bytes())?;
    replace(&folder.join(CHECKPOINT), note.as_bytes())?;
    Ok((checkpoint, written))
}

/// A checkpoint that stands there already must be one that this journal continues.
fn is_ours(tx: &mut Tx<'_>, trust: &Trust, folder: &Path, now: &Checkpoint) -> Result<(), ExportError> {
    let path = folder.join(CHECKPOINT);
    let foreign = || ExportError::Foreign { path: path.clone() };
    let text = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(_) => return Err(foreign()),
    };
    let there = trust
        .read(&text)
        .filter(|there| there.size <= now.size)
        .ok_or_else(foreign)?;
    if stored_root(tx, there.size)? == Some(there.root) {
        Ok(())
    } else {
        Err(foreign())
    }
}

fn hashes(tx: &mut Tx<'_>, level: u8, index: u64, width: u64) -> Result<Vec<u8>, ExportError> {
    let mut bytes = Vec::new();
    let first = index * TILE_WIDTH;
    for index in first..first + width {
        let level = level * TILE_LEVELS;
        let hash: Hash = tx.audit_node(NodeId { level, index })?.ok_or(Fault::Journal)?;
        bytes.extend_from_slice(hash.as_bytes());
    }
    Ok(bytes)
}

/// Each entry behind its length in two bytes, the greater one first.
fn entries(tx: &mut Tx<'_>, index: u64, width: u64) -> Result<Vec<u8>, ExportError> {
    let mut bytes = Vec::new();
    let leaves = tx.audit_leaves(index * TILE_WIDTH, u32::try_from(width).map_err(|_| Fault::Journal)?)?;
    for leaf in leaves {
        let length = u16::try_from(leaf.body.len()).map_err(|_| Fault::Journal)?;
        bytes.extend_from_slice(&length.to_be_bytes());
        bytes.extend_from_slice(&leaf.body);
    }
    Ok(bytes)
}

/// `x001/x234/067`, with `.p/5` behind it for a tile of five.
fn tile_name(index: u64, width: u64) -> String {
    let mut groups = vec![format!("{:03}", index % 1_000)];
    let mut rest = index / 1_000;
    while rest > 0 {
        groups.push(format!("x{:03}", rest % 1_000));
        rest /= 1_000;
    }
    groups.reverse();
    let mut name = groups.join("/");
    if width < TILE_WIDTH {
        write!(name, ".p/{width}").expect("writing to a String cannot fail");
    }
    name
}

/// Writes a file that never changes: whether it is new. Other content under its name is another journal's.
fn put(path: &Path, bytes: &[u8]) -> Result<bool, ExportError> {
    match fs::read(path) {
        Ok(there) if there == bytes => Ok(false),
        Ok(_) => Err(ExportError::Foreign {
            path: path.to_path_buf(),
        }),
        Err(_) => replace(path, bytes).map(|()| true),
    }
}

fn replace(path: &Path, bytes: &[u8]) -> Result<(), ExportError> {
    let failed = |source| ExportError::File {
        path: path.to_path_buf(),
        source,
    };
    crate::file::replace(path, bytes).map_err(failed)
}

#[cfg(test)]
mod tests {
    use super::tile_name;

    #[test]
    fn tiles_are_named_as_other_programs_look_for_them() {
        assert_eq!(tile_name(0, 256), "000");
        assert_eq!(tile_name(67, 256), "067");
        assert_eq!(tile_name(999, 5), "999.p/5");
        assert_eq!(tile_name(1_234_067, 256), "x001/x234/067");
    }
}
