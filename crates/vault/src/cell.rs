//! A value at rest and the place it is tied to.
//!
//! A sealed value is `0x01 | algorithm | generation:u16 | nonce:24 | ciphertext | tag:16`. The associated data name
//! installation, table, column, row, subject and version, so bytes moved to another place do not open there.

use std::fmt;
use std::sync::Arc;

use crate::key::{NONCE_BYTES, RawKey, TAG_BYTES, decrypt, encrypt, place};
use crate::{Entropy, Error, Pii};

/// Longest value sealed in one piece, in bytes: a raw event with its attachments' descriptions. Files go in parts.
pub const MAX_VALUE_BYTES: usize = 4 * 1024 * 1024;
/// What sealing adds to the length of a value, in bytes.
pub const SEALED_OVERHEAD_BYTES: usize = HEADER_BYTES + NONCE_BYTES + TAG_BYTES;

const FORMAT: u8 = 0x01;
const XCHACHA20_POLY1305: u8 = 1;
const HEADER_BYTES: usize = 4;
const CONTEXT: &str = "shirma/f/1";

/// The place of one value: what its ciphertext is tied to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cell {
    /// Table, as in the schema.
    pub table: &'static str,
    /// Column, as in the schema.
    pub column: &'static str,
    /// Id of the row.
    pub row: i64,
    /// Subject the value is about; [`NO_SUBJECT`](crate::NO_SUBJECT) for what belongs to the business.
    pub subject: i64,
    /// Version of the column's meaning.
    pub version: u16,
}

/// Sealed bytes, as stored. Opening checks them; until then they promise nothing.
#[derive(Clone, PartialEq, Eq)]
pub struct Sealed(Vec<u8>);

impl Sealed {
    /// Takes bytes from the store.
    pub fn from_bytes(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }

    /// The bytes to store.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// The bytes to store, without a copy.
    pub fn into_bytes(self) -> Vec<u8> {
        self.0
    }

    /// Generation of the key that sealed them; `None` when they are not in the form of this version.
    pub fn generation(&self) -> Option<u16> {
        match self.0.first_chunk::<HEADER_BYTES>() {
            Some([FORMAT, XCHACHA20_POLY1305, high, low]) => Some(u16::from_be_bytes([*high, *low])),
            Some(_) | None => None,
        }
    }
}

impl fmt::Debug for Sealed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<sealed:{}>", self.0.len())
    }
}

/// A key that seals cells: of one subject, of the business itself, or of one day's raw events.
///
/// Got from a [`Keyring`](crate::Keyring); wiped when dropped; `Debug` shows no key.
#[derive(Clone)]
pub struct DataKey {
    key: RawKey,
    subject: i64,
    generation: u16,
    installation: Arc<str>,
}

impl DataKey {
    pub(crate) fn new(key: RawKey, subject: i64, generation: u16, installation: Arc<str>) -> Self {
        Self {
            key,
            subject,
            generation,
            installation,
        }
    }

    /// Number of this key in its line, written into each value it seals.
    pub fn generation(&self) -> u16 {
        self.generation
    }

    /// Seals a value for its place. The same value sealed twice gives different bytes.
    pub fn seal(&self, cell: &Cell, plain: &[u8], entropy: &dyn Entropy) -> Result<Sealed, Error> {
        self.check_subject(cell)?;
        if plain.len() > MAX_VALUE_BYTES {
            return Err(Error::TooLarge {
                size_bytes: plain.len(),
            });
        }
        let [high, low] = self.generation.to_be_bytes();
        let header = [FORMAT, XCHACHA20_POLY1305, high, low];
        encrypt(&self.key, &header, &self.place_of(cell), plain, entropy).map(Sealed)
    }

    /// Opens a value in its place.
    ///
    /// [`Error::Damaged`] is an integrity alarm and must be shown as damage, never as an empty field.
    pub fn open(&self, cell: &Cell, sealed: &Sealed) -> Result<Pii<Vec<u8>>, Error> {
        self.check_subject(cell)?;
        let damaged = Error::Damaged {
            table: cell.table,
            column: cell.column,
            row: cell.row,
        };
        let stored = sealed.generation().ok_or(damaged.clone())?;
        if stored != self.generation {
            return Err(Error::OtherGeneration {
                stored,
                offered: self.generation,
            });
        }
        let plain = decrypt(&self.key, &self.place_of(cell), &sealed.0[HEADER_BYTES..]);
        plain
            .map(|mut plain| Pii::new(std::mem::take(&mut *plain)))
            .ok_or(damaged)
    }

    /// Opens a value that was sealed as text.
    pub fn open_text(&self, cell: &Cell, sealed: &Sealed) -> Result<Pii<String>, Error> {
        let bytes = self.open(cell, sealed)?;
        match str::from_utf8(bytes.expose()) {
            Ok(text) => Ok(Pii::new(text.to_owned())),
            Err(_) => Err(Error::NotText),
        }
    }

    fn check_subject(&self, cell: &Cell) -> Result<(), Error> {
        if cell.subject == self.subject {
            return Ok(());
        }
        Err(Error::OtherSubject {
            key: self.subject,
            cell: cell.subject,
        })
    }

    fn place_of(&self, cell: &Cell) -> Vec<u8> {
        place(
            CONTEXT,
            &[
                self.installation.as_bytes(),
                cell.table.as_bytes(),
                cell.column.as_bytes(),
                &cell.row.to_be_bytes(),
                &cell.subject.to_be_bytes(),
                &cell.version.to_be_bytes(),
            ],
        )
    }
}

impl fmt::Debug for DataKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "<data key of subject {}, generation {}>",
            self.subject, self.generation
        )
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::SeededEntropy;
    use crate::key::random_key;

    const PHONE: Cell = Cell {
        table: "subject_contact",
        column: "value",
        row: 7,
        subject: 412,
        version: 1,
    };

    fn key_of(subject: i64) -> DataKey {
        key_in("salon", subject)
    }

    fn key_in(installation: &str, subject: i64) -> DataKey {
        DataKey::new(
            random_key(&SeededEntropy::new(1)).unwrap(),
            subject,
            1,
            installation.into(),
        )
    }

    fn seal(cell: &Cell, plain: &[u8]) -> Sealed {
        key_of(cell.subject).seal(cell, plain, &SeededEntropy::new(2)).unwrap()
    }

    fn damaged(cell: &Cell) -> Error {
        Error::Damaged {
            table: cell.table,
            column: cell.column,
            row: cell.row,
        }
    }

    #[test]
    fn envelope_has_the_agreed_form() {
        let sealed = seal(&PHONE, b"+79000000011");
        assert_eq!(sealed.as_bytes()[..4], [0x01, 0x01, 0x00, 0x01]);
        assert_eq!(sealed.as_bytes().len(), 12 + SEALED_OVERHEAD_BYTES);
        assert_eq!(format!("{sealed:?}"), "<sealed:56>");
        assert_eq!(format!("{:?}", key_of(412)), "<data key of subject 412, generation 1>");
    }

    #[test]
    fn same_value_never_gives_the_same_bytes() {
        let entropy = SeededEntropy::new(2);
        let key = key_of(412);
        assert_ne!(key.seal(&PHONE, b"x", &entropy), key.seal(&PHONE, b"x", &entropy));
    }

    #[test]
    fn every_part_of_the_place_counts() {
        let sealed = seal(&PHONE, b"+79000000011");
        let places = [
            Cell {
                table: "subject",
                ..PHONE
            },
            Cell {
                column: "note",
                ..PHONE
            },
            Cell { row: 8, ..PHONE },
            Cell { version: 2, ..PHONE },
        ];
        for cell in places {
            assert_eq!(key_of(412).open(&cell, &sealed).unwrap_err(), damaged(&cell));
        }
        // The same key bytes under another subject or in another installation open nothing either.
        let other = Cell { subject: 413, ..PHONE };
        assert_eq!(key_of(413).open(&other, &sealed).unwrap_err(), damaged(&other));
        assert_eq!(
            key_in("clinic", 412).open(&PHONE, &sealed).unwrap_err(),
            damaged(&PHONE)
        );
    }

    #[test]
    fn key_of_one_subject_is_not_used_for_another() {
        let refused = Error::OtherSubject { key: 413, cell: 412 };
        assert_eq!(
            key_of(413).seal(&PHONE, b"x", &SeededEntropy::new(2)),
            Err(refused.clone())
        );
        assert_eq!(key_of(413).open(&PHONE, &seal(&PHONE, b"x")).unwrap_err(), refused);
    }

    #[test]
    fn text_is_given_as_text_only() {
        let open = |plain: &[u8]| key_of(412).open_text(&PHONE, &seal(&PHONE, plain));
        assert_eq!(open("Анна".as_bytes()).unwrap().expose(), "Анна");
        assert_eq!(open(&[0xff]).unwrap_err(), Error::NotText);
    }

    #[test]
    fn too_long_value_is_refused_before_any_work() {
        let long = vec![0; MAX_VALUE_BYTES + 1];
        let refused = key_of(412).seal(&PHONE, &long, &SeededEntropy::new(2));
        assert_eq!(
            refused,
            Err(Error::TooLarge {
                size_bytes: MAX_VALUE_BYTES + 1
            })
        );
    }

    fn cells() -> impl Strategy<Value = Cell> {
        let tables = prop::sample::select(vec!["subject", "message", "subject_contact"]);
        let columns = prop::sample::select(vec!["name", "text", "value"]);
        (tables, columns, -2i64..3, 411i64..414, 1u16..3).prop_map(|(table, column, row, subject, version)| Cell {
            table,
            column,
            row,
            subject,
            version,
        })
    }

    proptest! {
        #[test]
        fn value_opens_in_its_cell_and_in_no_other(
            here in cells(), there in cells(), plain in prop::collection::vec(any::<u8>(), 0..80),
        ) {
            let sealed = seal(&here, &plain);
            let opened = key_of(here.subject).open(&here, &sealed).unwrap();
            prop_assert_eq!(opened.expose(), &plain);
            if here != there {
                prop_assert_eq!(key_of(there.subject).open(&there, &sealed).unwrap_err(), damaged(&there));
            }
        }

        #[test]
        fn flipped_cut_extended_and_mixed_bytes_never_open(
            first in prop::collection::vec(any::<u8>(), 1..80), second in prop::collection::vec(any::<u8>(), 1..80),
            at in any::<prop::sample::Index>(), bit in 0u8..8, extra in prop::collection::vec(any::<u8>(), 1..20),
        ) {
            let (one, two) = (seal(&PHONE, &first).into_bytes(), seal(&Cell { row: 8, ..PHONE }, &second).into_bytes());
            let place = at.index(one.len());
            let mut flipped = one.clone();
            flipped[place] ^= 1 << bit;
            let extended = [one.as_slice(), &extra].concat();
            let preceded = [extra.as_slice(), &one].concat();
            let cut = one[..place].to_vec();
            let middle = place.min(two.len());
            let mixed = [&one[..middle], &two[middle..]].concat();
            for bytes in [flipped, extended, preceded, cut, mixed, two] {
                prop_assert!(key_of(412).open(&PHONE, &Sealed::from_bytes(bytes)).is_err());
            }
        }
    }
}
