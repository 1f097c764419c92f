//! Keys below the keyring: one for each subject and section, one for each day of raw events, one for the business.
//!
//! A subject's key lies wrapped in the key store and nowhere else. Deleting it erases the subject in every copy of
//! the data; nothing in this crate can make the same key again.

use crate::cell::DataKey;
use crate::key::{RawKey, random_key};
use crate::key_row::{KeyPurpose, WrappedKey};
use crate::keyring::{KeyId, Keyring, ROOT_ID, unwrap_key, wrap_key};
use crate::{Entropy, Error, Sealed};

/// The subject of cells that belong to the business and not to a person.
pub const NO_SUBJECT: i64 = 0;

/// Which of the two keys of a subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Section {
    /// Contacts, messages, notes, files.
    General,
    /// The protected section of a clinic, under a key of its own.
    Medical,
}

impl Section {
    fn purpose(self) -> KeyPurpose {
        match self {
            Section::General => KeyPurpose::General,
            Section::Medical => KeyPurpose::Medical,
        }
    }
}

impl Keyring {
    /// A first key for a subject. Store the wrapped key durably before anything that it seals.
    pub fn new_subject_key(
        &self,
        subject: i64,
        section: Section,
        entropy: &dyn Entropy,
    ) -> Result<(WrappedKey, DataKey), Error> {
        let key = random_key(entropy)?;
        Ok((
            self.wrap_subject_key(subject, section, 1, &key, entropy)?,
            self.data_key(key, subject, 1),
        ))
    }

    /// The next key of a subject's line, when the former one is suspected. Reseal all, then delete the former.
    pub fn renew_subject_key(
        &self,
        subject: i64,
        section: Section,
        former: &WrappedKey,
        entropy: &dyn Entropy,
    ) -> Result<(WrappedKey, DataKey), Error> {
        let exhausted = || Error::VersionsExhausted {
            id: subject_key_id(subject, former.generation),
        };
        let generation = former.generation.checked_add(1).ok_or_else(exhausted)?;
        let key = random_key(entropy)?;
        let wrapped = self.wrap_subject_key(subject, section, generation, &key, entropy)?;
        Ok((wrapped, self.data_key(key, subject, generation)))
    }

    /// Opens a stored key of a subject.
    pub fn open_subject_key(&self, subject: i64, section: Section, wrapped: &WrappedKey) -> Result<DataKey, Error> {
        let key = self.unwrap_subject_key(subject, section, wrapped)?;
        Ok(self.data_key(key, subject, wrapped.generation))
    }

    /// Whether a stored key still hangs on an older wrapping key and waits for
    /// [`rewrap_subject_key`](Self::rewrap_subject_key).
    pub fn needs_rewrap(&self, section: Section, wrapped: &WrappedKey) -> bool {
        self.active_key(section.purpose()).0 != wrapped.parent_version
    }

    /// The same key of a subject under the active wrapping key. What it sealed stays as it is.
    pub fn rewrap_subject_key(
        &self,
        subject: i64,
        section: Section,
        wrapped: &WrappedKey,
        entropy: &dyn Entropy,
    ) -> Result<WrappedKey, Error> {
        let key = self.unwrap_subject_key(subject, section, wrapped)?;
        self.wrap_subject_key(subject, section, wrapped.generation, &key, entropy)
    }

    /// A key for the raw events of one day, counted from 1970-01-01. Its cells have [`NO_SUBJECT`].
    pub fn new_epoch_key(&self, day: i64, entropy: &dyn Entropy) -> Result<(WrappedKey, DataKey), Error> {
        let key = random_key(entropy)?;
        Ok((
            self.wrap_epoch_key(day, &key, entropy)?,
            self.data_key(key, NO_SUBJECT, 1),
        ))
    }

    /// Opens the stored key of a day.
    pub fn open_epoch_key(&self, day: i64, wrapped: &WrappedKey) -> Result<DataKey, Error> {
        Ok(self.data_key(self.unwrap_epoch_key(day, wrapped)?, NO_SUBJECT, wrapped.generation))
    }

    /// The same key of a day for the ring that [`rewrap`](Self::rewrap) gave.
    pub fn rewrap_epoch_key(
        &self,
        day: i64,
        wrapped: &WrappedKey,
        successor: &Keyring,
        entropy: &dyn Entropy,
    ) -> Result<WrappedKey, Error> {
        successor.wrap_epoch_key(day, &self.unwrap_epoch_key(day, wrapped)?, entropy)
    }

    /// The key for what belongs to the business: names of staff, settings. Its cells have [`NO_SUBJECT`].
    pub fn installation_key(&self) -> DataKey {
        let (version, key) = self.active_key(KeyPurpose::Installation);
        self.data_key(key.clone(), NO_SUBJECT, generation_of(version))
    }

    /// The version of the [`installation_key`](Self::installation_key) that sealed a value.
    pub fn installation_key_for(&self, sealed: &Sealed) -> Result<DataKey, Error> {
        let generation = sealed.generation().unwrap_or_default();
        let key = self.key(KeyPurpose::Installation, generation.into())?;
        Ok(self.data_key(key.clone(), NO_SUBJECT, generation))
    }

    pub(crate) fn data_key(&self, key: RawKey, subject: i64, generation: u16) -> DataKey {
        DataKey::new(key, subject, generation, self.installation.clone())
    }

    fn wrap_subject_key(
        &self,
        subject: i64,
        section: Section,
        generation: u16,
        key: &RawKey,
        entropy: &dyn Entropy,
    ) -> Result<WrappedKey, Error> {
        let (parent_version, parent) = self.active_key(section.purpose());
        let names = SubjectKeyNames::of(subject, section, generation, parent_version);
        let bytes = wrap_key(parent, &self.installation, &names.id(), key, entropy)?;
        Ok(WrappedKey {
            bytes,
            parent_version,
            generation,
        })
    }

    fn unwrap_subject_key(&self, subject: i64, section: Section, wrapped: &WrappedKey) -> Result<RawKey, Error> {
        let parent = self.key(section.purpose(), wrapped.parent_version)?;
        let names = SubjectKeyNames::of(subject, section, wrapped.generation, wrapped.parent_version);
        unwrap_key(parent, &self.installation, &names.id(), &wrapped.bytes)
    }

    fn wrap_epoch_key(&self, day: i64, key: &RawKey, entropy: &dyn Entropy) -> Result<WrappedKey, Error> {
        let id = epoch_key_id(day);
        let id = KeyId {
            id: &id,
            parent: ROOT_ID,
            purpose: EPOCH,
        };
        let bytes = wrap_key(&self.root_wrap, &self.installation, &id, key, entropy)?;
        Ok(WrappedKey {
            bytes,
            parent_version: 0,
            generation: 1,
        })
    }

    fn unwrap_epoch_key(&self, day: i64, wrapped: &WrappedKey) -> Result<RawKey, Error> {
        let id = epoch_key_id(day);
        let id = KeyId {
            id: &id,
            parent: ROOT_ID,
            purpose: EPOCH,
        };
        unwrap_key(&self.root_wrap, &self.installation, &id, &wrapped.bytes)
    }
}

const EPOCH: &str = "epoch";

/// The names that a subject's wrapped key is tied to.
struct SubjectKeyNames {
    id: String,
    parent: String,
    purpose: KeyPurpose,
}

impl SubjectKeyNames {
    fn of(subject: i64, section: Section, generation: u16, parent_version: u32) -> Self {
        let purpose = section.purpose();
        Self {
            id: subject_key_id(subject, generation),
            parent: purpose.id(parent_version),
            purpose,
        }
    }

    fn id(&self) -> KeyId<'_> {
        KeyId {
            id: &self.id,
            parent: &self.parent,
            purpose: self.purpose.as_str(),
        }
    }
}

fn subject_key_id(subject: i64, generation: u16) -> String {
    format!("subject/{subject}/{generation}")
}

fn epoch_key_id(day: i64) -> String {
    format!("{EPOCH}/{day}")
}

pub(crate) fn generation_of(version: u32) -> u16 {
    u16::try_from(version).expect("an open keyring has no version above u16::MAX")
}
