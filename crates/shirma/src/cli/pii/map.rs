//! The file of codes and values: readable by its owner only, replaced whole or not at all.

use std::collections::BTreeMap;
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use shirma_pii::Conversation;

/// Conversations by the name of their dialogue.
pub(super) type Conversations = BTreeMap<String, Conversation>;

pub(super) fn read_or_new(path: &Path) -> Result<Conversations> {
    if path.exists() {
        read_map(path)
    } else {
        Ok(Conversations::new())
    }
}

pub(super) fn read_map(path: &Path) -> Result<Conversations> {
    let bytes = fs::read(path).with_context(|| format!("чтение файла соответствий {}", path.display()))?;
    // The parser's message may quote the file, which holds values.
    serde_json::from_slice(&bytes).map_err(|_| anyhow::anyhow!("файл соответствий {} испорчен", path.display()))
}

/// Writes beside and renames, so that a crash leaves the old map or the new one.
pub(super) fn write_map(path: &Path, conversations: &Conversations) -> Result<()> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(".new");
    let beside = PathBuf::from(beside);
    let written = write_private(&beside, &serde_json::to_vec(conversations)?).and_then(|()| fs::rename(&beside, path));
    if written.is_err() {
        // The unfinished file holds values: it must not stay. If it cannot be removed, the error below is the news.
        let _ = fs::remove_file(&beside);
    }
    written.with_context(|| format!("запись файла соответствий {}", path.display()))
}

fn write_private(path: &Path, bytes: &[u8]) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        Ok(()) | Err(_) => {}
    }
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}
