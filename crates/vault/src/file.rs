//! Files, sealed in parts, so that a large scan needs little memory.
//!
//! Each file has its own random key, sealed in a cell of its subject: erasing the subject's key erases the file.
//! Each part is tied to its number and to whether it is the last one, so that no part can be left out, cut off,
//! doubled or moved. Parts of another file do not open, because its key is another one.

use std::fmt;

use crate::cell::{Cell, DataKey, Sealed};
use crate::key::{KEY_BYTES, NONCE_BYTES, RawKey, TAG_BYTES, decrypt, encrypt, place, random_key};
use crate::{Entropy, Error, Pii};

/// Length of each part but the last, in bytes of plain content.
pub const FILE_PART_BYTES: usize = 64 * 1024;
/// What sealing adds to each part, in bytes.
pub const PART_OVERHEAD_BYTES: usize = NONCE_BYTES + TAG_BYTES;

const CONTEXT: &str = "shirma/p/1";

/// The key of one file.
pub struct FileSeal(RawKey);

impl FileSeal {
    /// A key for a new file and its sealed form, to be stored in `cell`.
    pub fn create(owner: &DataKey, cell: &Cell, entropy: &dyn Entropy) -> Result<(Sealed, Self), Error> {
        let key = random_key(entropy)?;
        Ok((owner.seal(cell, &key[..], entropy)?, Self(key)))
    }

    /// The key of a stored file.
    pub fn open(owner: &DataKey, cell: &Cell, sealed: &Sealed) -> Result<Self, Error> {
        let bytes = owner.open(cell, sealed)?;
        let damaged = Error::Damaged {
            table: cell.table,
            column: cell.column,
            row: cell.row,
        };
        let key: &[u8; KEY_BYTES] = bytes.expose().as_slice().try_into().map_err(|_| damaged)?;
        Ok(Self(RawKey::new(*key)))
    }

    /// Seals part number `part`; the last one, and only it, is marked and may be shorter or empty.
    pub fn seal_part(&self, part: u32, is_last: bool, plain: &[u8], entropy: &dyn Entropy) -> Result<Vec<u8>, Error> {
        if plain.len() > FILE_PART_BYTES {
            return Err(Error::TooLarge {
                size_bytes: plain.len(),
            });
        }
        encrypt(&self.0, &[], &place_of(part, is_last), plain, entropy)
    }

    /// Opens part number `part`. Reading to the part that is marked last proves that the file is whole.
    pub fn open_part(&self, part: u32, is_last: bool, sealed: &[u8]) -> Result<Pii<Vec<u8>>, Error> {
        let plain = decrypt(&self.0, &place_of(part, is_last), sealed);
        plain
            .map(|mut plain| Pii::new(std::mem::take(&mut *plain)))
            .ok_or(Error::DamagedFile { part })
    }
}

impl fmt::Debug for FileSeal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("<file key>")
    }
}

fn place_of(part: u32, is_last: bool) -> Vec<u8> {
    place(CONTEXT, &[&part.to_be_bytes(), &[u8::from(is_last)]])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::SeededEntropy;

    const SCAN: Cell = Cell {
        table: "file",
        column: "key",
        row: 3,
        subject: 412,
        version: 1,
    };

    fn owner() -> DataKey {
        DataKey::new(random_key(&SeededEntropy::new(1)).unwrap(), 412, 1, "salon".into())
    }

    #[test]
    fn file_reads_back_part_by_part() {
        let entropy = SeededEntropy::new(2);
        let (sealed_key, seal) = FileSeal::create(&owner(), &SCAN, &entropy).unwrap();
        let content = vec![5; FILE_PART_BYTES + 10];
        let parts: Vec<Vec<u8>> = content
            .chunks(FILE_PART_BYTES)
            .zip(0..)
            .map(|(plain, part)| seal.seal_part(part, part == 1, plain, &entropy).unwrap())
            .collect();
        assert_eq!(parts[1].len(), 10 + PART_OVERHEAD_BYTES);
        let reopened = FileSeal::open(&owner(), &SCAN, &sealed_key).unwrap();
        let read: Vec<u8> = parts
            .iter()
            .zip(0..)
            .flat_map(|(sealed, part)| reopened.open_part(part, part == 1, sealed).unwrap().expose().clone())
            .collect();
        assert_eq!(read, content);
    }

    #[test]
    fn moved_cut_off_and_foreign_parts_are_refused() {
        let entropy = SeededEntropy::new(2);
        let (_, seal) = FileSeal::create(&owner(), &SCAN, &entropy).unwrap();
        let (_, other) = FileSeal::create(&owner(), &SCAN, &entropy).unwrap();
        let first = seal.seal_part(0, false, b"first", &entropy).unwrap();
        assert_eq!(
            seal.open_part(1, false, &first).unwrap_err(),
            Error::DamagedFile { part: 1 }
        );
        assert_eq!(
            seal.open_part(0, true, &first).unwrap_err(),
            Error::DamagedFile { part: 0 }
        );
        assert_eq!(
            other.open_part(0, false, &first).unwrap_err(),
            Error::DamagedFile { part: 0 }
        );
        assert_eq!(
            seal.open_part(0, false, &first[..9]).unwrap_err(),
            Error::DamagedFile { part: 0 }
        );
        assert!(matches!(
            seal.seal_part(0, false, &vec![0; FILE_PART_BYTES + 1], &entropy),
            Err(Error::TooLarge { .. })
        ));
    }
}
