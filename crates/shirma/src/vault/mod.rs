//! The vault at work: the keyring in memory, wrapped keys in the key store, every value sealed into its cell.
//!
//! Callable inside transactions of the data store: the key store has its own threads and never calls back.

mod rotation;
mod rows;
mod setup;
mod shredding;

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use shirma_store::Store;
use shirma_vault::{BlindColumn, DataKey, Entropy, Keyring, Pii, Sealed, Section};
pub use shirma_vault::{Cell, MacPurpose, NO_SUBJECT};

use crate::clock::DAY_MS;
use crate::identifier::{InboxId, SubjectId};
pub use setup::{SetupError, Source, fits, open};
pub use shredding::{Erasure, ErasureReason, day_of};

/// Format of a cell's content; a new one when a column changes its meaning.
const CELL_VERSION: u16 = 1;
/// Opened keys kept in memory: more people than are talked to in an hour.
const OPEN_KEYS: usize = 2_048;

/// Why a value cannot be sealed or opened.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The keys' database.
    #[error(transparent)]
    Store(#[from] shirma_store::Error),
    /// The cipher.
    #[error(transparent)]
    Cipher(#[from] shirma_vault::Error),
    /// There is no key: the person was erased, or the two databases do not belong together.
    #[error("there is no key for this value")]
    NoKey,
    /// A line in the journal of the erased was not written by this installation: nobody is erased on its word.
    #[error("the journal of the erased holds a foreign line for subject {subject}")]
    ForeignErasure {
        /// Whom it names.
        subject: i64,
    },
}

/// Kinds of blind index as tables name them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlindKind {
    /// E.164 digits.
    Phone,
    /// Lower-case address.
    Email,
    /// Channel, account and id.
    Messenger,
}

impl BlindKind {
    /// As the table names it.
    pub fn as_str(self) -> &'static str {
        match self {
            BlindKind::Phone => "phone",
            BlindKind::Email => "email",
            BlindKind::Messenger => "messenger",
        }
    }

    fn column(self) -> BlindColumn {
        match self {
            BlindKind::Phone => BlindColumn::Phone,
            BlindKind::Email => BlindColumn::Email,
            BlindKind::Messenger => BlindColumn::Messenger,
        }
    }
}

/// The place of a person's value.
pub fn cell(table: &'static str, column: &'static str, row: i64, subject: SubjectId) -> Cell {
    Cell {
        table,
        column,
        row,
        subject: subject.0,
        version: CELL_VERSION,
    }
}

/// The place of a value of the business itself.
pub fn house_cell(table: &'static str, column: &'static str, row: i64) -> Cell {
    Cell {
        table,
        column,
        row,
        subject: NO_SUBJECT,
        version: CELL_VERSION,
    }
}

/// Keys and what is done with them. Cheap to clone.
#[derive(Clone)]
pub struct Vault(Arc<Inner>);

struct Inner {
    /// Exchanged as a whole when a key is rotated; whoever works with a ring keeps it until he is done.
    ring: RwLock<Arc<Keyring>>,
    keys: Store,
    entropy: Arc<dyn Entropy>,
    now_ms: Box<dyn Fn() -> i64 + Send + Sync>,
    subjects: Mutex<HashMap<i64, DataKey>>,
    epochs: Mutex<HashMap<i64, DataKey>>,
    /// Erased in this run: a key read a moment before is not used a moment after.
    erased: Mutex<HashSet<i64>>,
    /// Held while a key is exchanged.
    rotating: Mutex<()>,
}

impl Vault {
    /// The ring as it is now; a rotation puts another one in its place.
    pub fn keyring(&self) -> Arc<Keyring> {
        Arc::clone(&self.0.ring.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn set_keyring(&self, ring: Keyring) {
        *self.0.ring.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(ring);
    }

    /// The keys' database, to close it in order.
    pub fn keys(&self) -> &Store {
        &self.0.keys
    }

    /// Makes the key of a new person and commits it: before the first row that it seals.
    ///
    /// # Errors
    /// When the key store refuses; no row may be written then.
    pub fn create_subject_key(&self, subject: SubjectId) -> Result<(), Error> {
        let now_ms = (self.0.now_ms)();
        loop {
            let ring = self.keyring();
            let (wrapped, key) = ring.new_subject_key(subject.0, Section::General, self.entropy())?;
            let added = self
                .0
                .keys
                .write_blocking(move |tx| rows::add_subject_key(tx, subject.0, &wrapped, now_ms))?;
            if added {
                remember(&self.0.subjects, subject.0, key);
                return Ok(());
            }
            self.renew_ring(&ring)?;
        }
    }

    /// Seals a text into its cell.
    ///
    /// # Errors
    /// [`Error::NoKey`] for an erased person; the cipher's own.
    pub fn seal(&self, cell: Cell, plain: &str) -> Result<Vec<u8>, Error> {
        Ok(self
            .key_of(cell.subject)?
            .seal(&cell, plain.as_bytes(), self.entropy())?
            .into_bytes())
    }

    /// Opens a text in its cell.
    ///
    /// # Errors
    /// [`Error::NoKey`] for an erased person; `Damaged` for anything moved or changed.
    pub fn open(&self, cell: Cell, sealed: &[u8]) -> Result<Pii<String>, Error> {
        let sealed = Sealed::from_bytes(sealed.to_vec());
        let key = if cell.subject == NO_SUBJECT {
            self.keyring().installation_key_for(&sealed)?
        } else {
            self.key_for(cell.subject, &sealed)?
        };
        Ok(key.open_text(&cell, &sealed)?)
    }

    /// Seals a raw event with the key of its day.
    ///
    /// # Errors
    /// The key store's or the cipher's.
    pub fn seal_payload(&self, received_at_ms: i64, id: InboxId, body: &[u8]) -> Result<Vec<u8>, Error> {
        let key = self.epoch_key(received_at_ms.div_euclid(DAY_MS), true)?;
        Ok(key
            .seal(&house_cell("inbox", "payload_ct", id.0), body, self.entropy())?
            .into_bytes())
    }

    /// Opens a raw event.
    ///
    /// # Errors
    /// [`Error::NoKey`] when its day is over for good.
    pub fn open_payload(&self, received_at_ms: i64, id: InboxId, sealed: &[u8]) -> Result<Pii<Vec<u8>>, Error> {
        let key = self.epoch_key(received_at_ms.div_euclid(DAY_MS), false)?;
        Ok(key.open(
            &house_cell("inbox", "payload_ct", id.0),
            &Sealed::from_bytes(sealed.to_vec()),
        )?)
    }

    /// Keyed hash of a normalised value: equal values in one column have equal hashes.
    pub fn blind(&self, kind: BlindKind, normalised: &str) -> [u8; 16] {
        self.keyring().blind(kind.column(), normalised).0
    }

    /// All hashes under which the value may stand, the one to write first. More than one while the secret is exchanged.
    pub fn blind_all(&self, kind: BlindKind, normalised: &str) -> Vec<[u8; 16]> {
        let all = self.keyring().blind_all(kind.column(), normalised);
        all.into_iter().map(|index| index.0).collect()
    }

    /// Version of the secret by which [`blind`](Self::blind) makes indexes.
    pub fn blind_version(&self) -> u32 {
        self.keyring().active_version(shirma_vault::KeyPurpose::Derivation)
    }

    /// Keyed hash for cookies, forms and limits.
    pub fn mac(&self, purpose: MacPurpose, bytes: &[u8]) -> [u8; 32] {
        self.keyring().mac(purpose, bytes)
    }

    /// The keyed hashes bytes may have: by the secret in force first, then by those before it.
    pub fn mac_all(&self, purpose: MacPurpose, bytes: &[u8]) -> Vec<[u8; 32]> {
        self.keyring().mac_all(purpose, bytes)
    }

    /// Whether a keyed hash is right, in constant time.
    pub fn verify_mac(&self, purpose: MacPurpose, bytes: &[u8], code: &[u8]) -> bool {
        self.keyring().verify_mac(purpose, bytes, code)
    }

    /// Random bytes.
    pub fn entropy(&self) -> &dyn Entropy {
        self.0.entropy.as_ref()
    }

    fn key_of(&self, subject: i64) -> Result<DataKey, Error> {
        if subject == NO_SUBJECT {
            return Ok(self.keyring().installation_key());
        }
        if lock(&self.0.erased).contains(&subject) {
            return Err(Error::NoKey);
        }
        if let Some(key) = lock(&self.0.subjects).get(&subject) {
            return Ok(key.clone());
        }
        let wrapped = self
            .0
            .keys
            .read_blocking(move |tx| rows::subject_key(tx, subject))?
            .ok_or(Error::NoKey)?;
        let ring = self.keyring();
        let key = match ring.open_subject_key(subject, Section::General, &wrapped) {
            // The wrapping key was exchanged between the reading and the opening.
            Err(shirma_vault::Error::MissingKey { .. } | shirma_vault::Error::DestroyedKey { .. }) => {
                self.renew_ring(&ring)?;
                let again = self.0.keys.read_blocking(move |tx| rows::subject_key(tx, subject))?;
                let again = again.ok_or(Error::NoKey)?;
                self.keyring().open_subject_key(subject, Section::General, &again)?
            }
            opened => opened?,
        };
        remember(&self.0.subjects, subject, key.clone());
        Ok(key)
    }

    /// The key that sealed a value: the newest one, or a former one while the person's key is exchanged.
    fn key_for(&self, subject: i64, sealed: &Sealed) -> Result<DataKey, Error> {
        let newest = self.key_of(subject)?;
        let Some(generation) = sealed.generation().filter(|other| *other != newest.generation()) else {
            return Ok(newest);
        };
        let former = self
            .0
            .keys
            .read_blocking(move |tx| rows::subject_key_of(tx, subject, generation))?;
        match former {
            Some(wrapped) => Ok(self.keyring().open_subject_key(subject, Section::General, &wrapped)?),
            // The cell says itself that it is not of this key.
            None => Ok(newest),
        }
    }

    fn epoch_key(&self, day: i64, make: bool) -> Result<DataKey, Error> {
        if let Some(key) = lock(&self.0.epochs).get(&day) {
            return Ok(key.clone());
        }
        let stored = self.0.keys.read_blocking(move |tx| rows::epoch_key(tx, day))?;
        let wrapped = match stored {
            Some(wrapped) => wrapped,
            None if make => self.make_epoch_key(day)?,
            None => return Err(Error::NoKey),
        };
        let ring = self.keyring();
        let key = match ring.open_epoch_key(day, &wrapped) {
            // The root key was exchanged between the reading and the opening.
            Err(shirma_vault::Error::DamagedKey { .. }) => {
                self.renew_ring(&ring)?;
                let again = self.0.keys.read_blocking(move |tx| rows::epoch_key(tx, day))?;
                self.keyring().open_epoch_key(day, &again.ok_or(Error::NoKey)?)?
            }
            opened => opened?,
        };
        remember(&self.0.epochs, day, key.clone());
        Ok(key)
    }
}

impl Vault {
    fn make_epoch_key(&self, day: i64) -> Result<shirma_vault::WrappedKey, Error> {
        loop {
            let ring = self.keyring();
            let (wrapped, _) = ring.new_epoch_key(day, self.entropy())?;
            let check = ring.check_bytes().to_vec();
            let kept = self
                .0
                .keys
                .write_blocking(move |tx| rows::add_epoch_key(tx, day, &wrapped, &check))?;
            match kept {
                Some(kept) => return Ok(kept),
                None => self.renew_ring(&ring)?,
            }
        }
    }
}

fn remember(keys: &Mutex<HashMap<i64, DataKey>>, id: i64, key: DataKey) {
    let mut keys = lock(keys);
    if keys.len() >= OPEN_KEYS {
        keys.clear();
    }
    keys.insert(id, key);
}

/// A thread that panicked cannot have left half a key behind: the map is changed in one step.
fn lock<T>(keys: &Mutex<T>) -> MutexGuard<'_, T> {
    keys.lock().unwrap_or_else(PoisonError::into_inner)
}
