//! The vault: keys, sealed values, per-person keys and blind indexes. The only crate that names a cipher.
//!
//! Pure over bytes: it keeps nothing and asks no clock. The caller stores rows and wrapped keys; random bytes come
//! from an [`Entropy`]; only a [`KeySource`] may read a file. Erasing a person is deleting one [`WrappedKey`].
//!
//! ```text
//! root key (RootKey, from a KeySource; never in a database)
//!  ├─ wraps general/v       ─ wraps a key for each subject          → Section::General
//!  ├─ wraps medical/v       ─ wraps a second key for each subject   → Section::Medical
//!  ├─ wraps installation/v  → what belongs to the business
//!  ├─ wraps audit/v         → seed of the journal's signing key
//!  ├─ wraps derivation/v    ─ HKDF: blind indexes, settings, session, form and export codes
//!  └─ wraps a key for each day of raw events
//! ```
//!
//! ```
//! use shirma_vault::{BlindColumn, Cell, Keyring, RootKey, Section, SystemEntropy};
//!
//! let root = RootKey::generate(&SystemEntropy)?;
//! let (ring, rows) = Keyring::create(&root, "salon-1", &SystemEntropy)?; // store the rows
//!
//! // A new client: the wrapped key is stored first, then what it seals.
//! let (wrapped, key) = ring.new_subject_key(412, Section::General, &SystemEntropy)?;
//! let cell = Cell { table: "subject_contact", column: "value", row: 7, subject: 412, version: 1 };
//! let sealed = key.seal(&cell, "+7 900 000-00-11".as_bytes(), &SystemEntropy)?;
//! let index = ring.blind(BlindColumn::Phone, "79000000011");
//!
//! // After a restart.
//! let ring = Keyring::open(&root, "salon-1", &rows)?;
//! let key = ring.open_subject_key(412, Section::General, &wrapped)?;
//! assert_eq!(key.open_text(&cell, &sealed)?.expose(), "+7 900 000-00-11");
//! assert_eq!(ring.blind(BlindColumn::Phone, "79000000011"), index);
//! # Ok::<(), shirma_vault::Error>(())
//! ```

mod cell;
mod derived;
mod entropy;
mod error;
mod file;
mod hex;
mod key;
mod key_row;
mod keyring;
mod mac;
mod one_time;
mod password;
mod pii;
mod root;
mod sheet;
mod source;
mod subject_key;
mod token;

pub use cell::{Cell, DataKey, MAX_VALUE_BYTES, SEALED_OVERHEAD_BYTES, Sealed};
pub use derived::{BLIND_INDEX_BYTES, BlindColumn, BlindIndex, MacPurpose};
#[cfg(any(test, feature = "testing"))]
pub use entropy::SeededEntropy;
pub use entropy::{Entropy, SystemEntropy};
pub use error::{Error, KeyFileProblem};
pub use file::{FILE_PART_BYTES, FileSeal, PART_OVERHEAD_BYTES};
pub use hex::{bytes_of_hex, hex};
pub use key_row::{KeyPurpose, KeyRow, KeyState, WrappedKey};
pub use keyring::{Keyring, ROOT_ID};
pub use mac::{constant_time_eq, hmac_sha256, sha256};
#[cfg(any(test, feature = "testing"))]
pub use one_time::code_now;
pub use one_time::{CODE_STEP_S, canonical_recovery_code, code_secret, code_step, recovery_code};
pub use password::{
    Compared, MAX_PASSWORD_BYTES, MIN_PASSWORD_CHARS, PasswordCost, check_password, hash_password, rehash_password,
    verify_password,
};
pub use pii::{Pii, SecretString};
pub use root::RootKey;
pub use sheet::{SHEET_WORDS, SheetProblem, is_same_word};
pub use source::{FileKey, KeySource, PASSPHRASE_SALT_BYTES, PassphraseCost, PassphraseKey, WrittenKey};
pub use subject_key::{NO_SUBJECT, Section};
pub use token::{API_TOKEN_PREFIX, random_token, token_digest};
