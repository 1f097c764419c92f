//! The keys of one installation, unlocked: made once, opened at each start, rotated while serving.
//!
//! The root key wraps every key of the ring; it is used for nothing else and can be exchanged by wrapping the same
//! keys anew. The ring changes in memory and hands out the rows to store: storing them, in one transaction and
//! before anything is sealed with a new key, is the caller's part.

use std::fmt;
use std::sync::Arc;

use crate::key::{KEY_BYTES, RawKey, decrypt, derive, encrypt, place, random_key};
use crate::key_row::{KeyPurpose, KeyRow, KeyState};
use crate::mac::constant_time_eq;
use crate::root::RootKey;
use crate::{Entropy, Error};

/// Id of the root key in the `parent` of rows.
pub const ROOT_ID: &str = "root";

/// Format and algorithm before each wrapped key.
const WRAP_HEADER: [u8; 2] = [0x01, 0x01];
const WRAP_CONTEXT: &str = "shirma/k/1";
/// Labels of the two keys derived from the root key.
pub(crate) const ROOT_LABELS: [&str; 2] = ["wrap/1", "check/1"];
/// Versions must fit the generation field of the envelope.
const MAX_VERSION: u32 = u16::MAX as u32;

/// The unlocked keys of one installation. Wiped when dropped; `Debug` shows no key.
#[derive(Clone)]
pub struct Keyring {
    pub(crate) installation: Arc<str>,
    pub(crate) root_wrap: RawKey,
    slots: Vec<Slot>,
}

#[derive(Clone)]
struct Slot {
    row: KeyRow,
    /// Absent for the check value and for destroyed keys.
    key: Option<RawKey>,
}

impl Keyring {
    /// Makes the keys of a new installation. Only for an empty key store: there is no way back to older data.
    pub fn create(root: &RootKey, installation: &str, entropy: &dyn Entropy) -> Result<(Self, Vec<KeyRow>), Error> {
        let keys = KeyPurpose::ALL
            .into_iter()
            .filter(|purpose| *purpose != KeyPurpose::Check);
        let keys = keys.map(|purpose| Ok((purpose, 1, KeyState::Active, random_key(entropy)?)));
        Self::wrapped_by(
            root,
            installation.into(),
            keys.collect::<Result<_, _>>()?,
            Vec::new(),
            entropy,
        )
    }

    /// Unlocks stored keys. A wrong root key is recognised first and nothing else is tried.
    pub fn open(root: &RootKey, installation: &str, rows: &[KeyRow]) -> Result<Self, Error> {
        check_rows(rows)?;
        let check = rows.iter().find(|row| row.purpose == KeyPurpose::Check);
        let check = check.ok_or_else(|| missing(KeyPurpose::Check, 1))?;
        if !constant_time_eq(&check.wrapped, &check_value(root, installation)[..]) {
            return Err(Error::WrongRootKey);
        }
        Self::unwrapped(derive(root.raw(), installation, ROOT_LABELS[0]), installation, rows)
    }

    /// The stored keys anew, after another program exchanged one. [`Error::WrongRootKey`] when the root key is another one.
    pub fn reopen(&self, rows: &[KeyRow]) -> Result<Self, Error> {
        check_rows(rows)?;
        let check = rows.iter().find(|row| row.purpose == KeyPurpose::Check);
        if !check.is_some_and(|check| constant_time_eq(&check.wrapped, self.check_bytes())) {
            return Err(Error::WrongRootKey);
        }
        Self::unwrapped(self.root_wrap.clone(), &self.installation, rows)
    }

    fn unwrapped(root_wrap: RawKey, installation: &str, rows: &[KeyRow]) -> Result<Self, Error> {
        let mut slots = Vec::with_capacity(rows.len());
        for row in rows {
            let has_key = row.purpose != KeyPurpose::Check && row.state != KeyState::Destroyed;
            let id = KeyId {
                id: &row.id,
                parent: ROOT_ID,
                purpose: row.purpose.as_str(),
            };
            let key = has_key
                .then(|| unwrap_key(&root_wrap, installation, &id, &row.wrapped))
                .transpose()?;
            slots.push(Slot { row: row.clone(), key });
        }
        let ring = Self {
            installation: installation.into(),
            root_wrap,
            slots,
        };
        for purpose in KeyPurpose::ALL {
            ring.active(purpose)?;
        }
        Ok(ring)
    }

    /// Name of the installation the keys belong to.
    pub fn installation(&self) -> &str {
        &self.installation
    }

    /// Number of the version in force.
    pub fn active_version(&self, purpose: KeyPurpose) -> u32 {
        self.active(purpose).map_or(0, |(version, _)| version)
    }

    /// By what a stored ring is known to hang on the same root key as this one: the stored form of its check value.
    pub fn check_bytes(&self) -> &[u8] {
        let check = self.of(KeyPurpose::Check).next();
        check.map_or(&[], |slot| &slot.row.wrapped)
    }

    /// All rows as they are to be stored.
    pub fn rows(&self) -> Vec<KeyRow> {
        self.slots.iter().map(|slot| slot.row.clone()).collect()
    }

    /// Puts a fresh version in place of the active one, which then only opens. Gives the two changed rows.
    ///
    /// Rewrap or reseal what the older version holds, then [`destroy`](Self::destroy) it. The check value is bound
    /// to the root key and changes with it only.
    pub fn rotate(&mut self, purpose: KeyPurpose, entropy: &dyn Entropy) -> Result<[KeyRow; 2], Error> {
        if purpose == KeyPurpose::Check {
            return Err(Error::ActiveKey { id: purpose.id(1) });
        }
        let newest = self.of(purpose).map(|slot| slot.row.version).max().unwrap_or(0);
        if newest >= MAX_VERSION {
            return Err(Error::VersionsExhausted { id: purpose.id(newest) });
        }
        let key = random_key(entropy)?;
        let row = wrap_row(
            &self.root_wrap,
            &self.installation,
            (purpose, newest + 1, KeyState::Active),
            &key,
            entropy,
        )?;
        let former = self
            .slots
            .iter_mut()
            .find(|slot| slot.row.purpose == purpose && slot.row.state == KeyState::Active);
        let former = former.ok_or_else(|| missing(purpose, newest))?;
        former.row.state = KeyState::DecryptOnly;
        let changed = [former.row.clone(), row.clone()];
        self.slots.push(Slot { row, key: Some(key) });
        Ok(changed)
    }

    /// Forgets an older version for ever. What it still holds becomes unreadable. Gives the changed row.
    pub fn destroy(&mut self, purpose: KeyPurpose, version: u32) -> Result<KeyRow, Error> {
        let slot = self
            .slots
            .iter_mut()
            .find(|slot| slot.row.purpose == purpose && slot.row.version == version);
        let slot = slot.ok_or_else(|| missing(purpose, version))?;
        if slot.row.state == KeyState::Active {
            return Err(Error::ActiveKey {
                id: slot.row.id.clone(),
            });
        }
        slot.row.state = KeyState::Destroyed;
        slot.row.wrapped.clear();
        slot.key = None;
        Ok(slot.row.clone())
    }

    /// The same keys under another root key, with all rows to store in one transaction.
    ///
    /// The keys of days are wrapped by the root, too: pass them through
    /// [`rewrap_epoch_key`](Self::rewrap_epoch_key) in the same transaction.
    pub fn rewrap(&self, root: &RootKey, entropy: &dyn Entropy) -> Result<(Self, Vec<KeyRow>), Error> {
        let alive = self.slots.iter().filter_map(|slot| {
            let key = slot.key.clone()?;
            Some((slot.row.purpose, slot.row.version, slot.row.state, key))
        });
        let destroyed = self.slots.iter().filter(|slot| slot.row.state == KeyState::Destroyed);
        let destroyed = destroyed.map(|slot| slot.row.clone()).collect();
        Self::wrapped_by(root, self.installation.clone(), alive.collect(), destroyed, entropy)
    }

    fn wrapped_by(
        root: &RootKey,
        installation: Arc<str>,
        keys: Vec<(KeyPurpose, u32, KeyState, RawKey)>,
        destroyed: Vec<KeyRow>,
        entropy: &dyn Entropy,
    ) -> Result<(Self, Vec<KeyRow>), Error> {
        let root_wrap = derive(root.raw(), &installation, ROOT_LABELS[0]);
        let check = KeyRow {
            id: KeyPurpose::Check.id(1),
            purpose: KeyPurpose::Check,
            version: 1,
            state: KeyState::Active,
            parent: ROOT_ID.to_owned(),
            wrapped: check_value(root, &installation).to_vec(),
        };
        let mut slots = vec![Slot { row: check, key: None }];
        for (purpose, version, state, key) in keys {
            let row = wrap_row(&root_wrap, &installation, (purpose, version, state), &key, entropy)?;
            slots.push(Slot { row, key: Some(key) });
        }
        slots.extend(destroyed.into_iter().map(|row| Slot { row, key: None }));
        let ring = Self {
            installation,
            root_wrap,
            slots,
        };
        let rows = ring.rows();
        Ok((ring, rows))
    }

    /// Version and key in force.
    pub(crate) fn active(&self, purpose: KeyPurpose) -> Result<(u32, Option<&RawKey>), Error> {
        let slot = self.of(purpose).find(|slot| slot.row.state == KeyState::Active);
        slot.map(|slot| (slot.row.version, slot.key.as_ref()))
            .ok_or_else(|| missing(purpose, 0))
    }

    /// The active key of a purpose that has one; [`open`](Self::open) has made sure.
    pub(crate) fn active_key(&self, purpose: KeyPurpose) -> (u32, &RawKey) {
        match self.active(purpose) {
            Ok((version, Some(key))) => (version, key),
            Ok((_, None)) | Err(_) => unreachable!("an open keyring has an active key for each purpose but the check"),
        }
    }

    /// One version, active or not.
    pub(crate) fn key(&self, purpose: KeyPurpose, version: u32) -> Result<&RawKey, Error> {
        let slot = self.of(purpose).find(|slot| slot.row.version == version);
        let slot = slot.ok_or_else(|| missing(purpose, version))?;
        slot.key.as_ref().ok_or_else(|| Error::DestroyedKey {
            id: slot.row.id.clone(),
        })
    }

    /// All usable versions, the active one first, then the newer before the older.
    pub(crate) fn usable(&self, purpose: KeyPurpose) -> Vec<(u32, &RawKey)> {
        let mut slots: Vec<&Slot> = self.of(purpose).filter(|slot| slot.key.is_some()).collect();
        slots.sort_by_key(|slot| (slot.row.state != KeyState::Active, std::cmp::Reverse(slot.row.version)));
        slots
            .iter()
            .filter_map(|slot| Some((slot.row.version, slot.key.as_ref()?)))
            .collect()
    }

    fn of(&self, purpose: KeyPurpose) -> impl Iterator<Item = &Slot> {
        self.slots.iter().filter(move |slot| slot.row.purpose == purpose)
    }
}

impl fmt::Debug for Keyring {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.slots.iter().map(|slot| &slot.row)).finish()
    }
}

/// What a wrapped key is tied to.
pub(crate) struct KeyId<'a> {
    pub(crate) id: &'a str,
    pub(crate) parent: &'a str,
    pub(crate) purpose: &'a str,
}

impl KeyId<'_> {
    fn place(&self, installation: &str) -> Vec<u8> {
        let parts = [installation, self.id, self.parent, self.purpose];
        place(WRAP_CONTEXT, &parts.map(str::as_bytes))
    }
}

pub(crate) fn wrap_key(
    parent: &RawKey,
    installation: &str,
    id: &KeyId<'_>,
    key: &RawKey,
    entropy: &dyn Entropy,
) -> Result<Vec<u8>, Error> {
    encrypt(parent, &WRAP_HEADER, &id.place(installation), &key[..], entropy)
}

pub(crate) fn unwrap_key(parent: &RawKey, installation: &str, id: &KeyId<'_>, wrapped: &[u8]) -> Result<RawKey, Error> {
    let damaged = || Error::DamagedKey { id: id.id.to_owned() };
    let body = wrapped.strip_prefix(&WRAP_HEADER).ok_or_else(damaged)?;
    let plain = decrypt(parent, &id.place(installation), body).ok_or_else(damaged)?;
    let key: &[u8; KEY_BYTES] = plain.as_slice().try_into().map_err(|_| damaged())?;
    Ok(RawKey::new(*key))
}

fn wrap_row(
    root_wrap: &RawKey,
    installation: &str,
    (purpose, version, state): (KeyPurpose, u32, KeyState),
    key: &RawKey,
    entropy: &dyn Entropy,
) -> Result<KeyRow, Error> {
    let id = purpose.id(version);
    let tied_to = KeyId {
        id: &id,
        parent: ROOT_ID,
        purpose: purpose.as_str(),
    };
    let wrapped = wrap_key(root_wrap, installation, &tied_to, key, entropy)?;
    Ok(KeyRow {
        id,
        purpose,
        version,
        state,
        parent: ROOT_ID.to_owned(),
        wrapped,
    })
}

/// Each row is named by its purpose and version, no name occurs twice, and no purpose has two active versions.
fn check_rows(rows: &[KeyRow]) -> Result<(), Error> {
    for (place, row) in rows.iter().enumerate() {
        if row.id != row.purpose.id(row.version) || row.parent != ROOT_ID || row.version > MAX_VERSION {
            return Err(Error::DamagedKey { id: row.id.clone() });
        }
        let contradicts = |other: &KeyRow| {
            let both_active = row.state == KeyState::Active && other.state == KeyState::Active;
            other.purpose == row.purpose && (other.version == row.version || both_active)
        };
        if rows[..place].iter().any(contradicts) {
            return Err(Error::AmbiguousKey { id: row.id.clone() });
        }
    }
    Ok(())
}

fn check_value(root: &RootKey, installation: &str) -> RawKey {
    derive(root.raw(), installation, ROOT_LABELS[1])
}

fn missing(purpose: KeyPurpose, version: u32) -> Error {
    Error::MissingKey {
        id: purpose.id(version),
    }
}

#[cfg(test)]
mod tests;
