//! Archives: a chat of WhatsApp is saved as a zip with its text and its pictures. Files of known kinds inside are
//! masked like files of a folder; nothing is unpacked to the disk.

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;

use zip::ZipArchive;

use super::broken::{Broken, FILE_BYTES_MAX};

/// Most files in an archive.
const MEMBERS_MAX: usize = 20_000;

/// A file in an archive.
#[derive(Debug)]
pub(super) struct Member {
    pub(super) index: usize,
    /// Its folders and its name.
    pub(super) parts: Vec<String>,
    /// What the archive says of its size.
    pub(super) bytes: u64,
}

/// Lists the files of an archive.
pub(super) fn members(path: &Path) -> Result<Vec<Member>, Broken> {
    let mut archive = open(path)?;
    if archive.len() > MEMBERS_MAX {
        return Err(Broken::ArchiveTooLarge);
    }
    let mut members = Vec::new();
    for index in 0..archive.len() {
        let member = archive.by_index_raw(index).map_err(|_| Broken::NotArchive)?;
        if member.is_dir() || member.is_symlink() {
            continue;
        }
        let name = written_name(member.name_raw());
        // What leads out of the folder is left of the path: «..» is no name, a border none of a name.
        let parts: Vec<String> = name
            .split(['/', '\\'])
            .filter(|part| !matches!(*part, "" | "." | ".."))
            .map(str::to_owned)
            .collect();
        members.push(Member {
            index,
            parts,
            bytes: member.size(),
        });
    }
    Ok(members)
}

/// Unpacks one file, and no more of it than the archive says.
pub(super) fn read(path: &Path, index: usize) -> Result<Vec<u8>, Broken> {
    let mut archive = open(path)?;
    if archive.by_index_raw(index).map_err(|_| Broken::NotArchive)?.encrypted() {
        return Err(Broken::Locked);
    }
    let member = archive.by_index(index).map_err(|_| Broken::NotArchive)?;
    let told = member.size();
    if told > FILE_BYTES_MAX {
        return Err(Broken::TooLarge);
    }
    let mut bytes = Vec::new();
    member
        .take(told + 1)
        .read_to_end(&mut bytes)
        .map_err(|_| Broken::NotArchive)?;
    if bytes.len() as u64 > told {
        return Err(Broken::NotArchive);
    }
    Ok(bytes)
}

fn open(path: &Path) -> Result<ZipArchive<BufReader<File>>, Broken> {
    let file = File::open(path).map_err(|error| Broken::Read(error.kind()))?;
    ZipArchive::new(BufReader::new(file)).map_err(|_| Broken::NotArchive)
}

/// A name in UTF-8, or in the letters of DOS, as old programs of Windows write it.
fn written_name(bytes: &[u8]) -> String {
    if let Ok(name) = std::str::from_utf8(bytes) {
        return name.to_owned();
    }
    bytes
        .iter()
        .map(|byte| match *byte {
            ascii @ 0..=0x7f => char::from(ascii),
            upper @ 0x80..=0xaf => char::from_u32(0x410 + u32::from(upper - 0x80)).unwrap_or('_'),
            lower @ 0xe0..=0xef => char::from_u32(0x440 + u32::from(lower - 0xe0)).unwrap_or('_'),
            0xf0 => 'Ё',
            0xf1 => 'ё',
            _ => '_',
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_old_archives_are_read() {
        assert_eq!(written_name(b"\x80\xad\xad\xa0 \x8a\xa8\xac.txt"), "Анна Ким.txt");
        assert_eq!(written_name("Ёж.txt".as_bytes()), "Ёж.txt");
    }
}
