//! Exchanging keys while everybody works with them: the part that lies in the key store (security.md §2.5).
//!
//! A step is one transaction of the key store, and the store itself says how far an exchange has come: a version that only
//! opens is one that something still hangs on. Whoever makes a key with an older ring is told so by the store and does it
//! again with the newer one; nothing is ever wrapped by a key that is about to be destroyed.

use std::sync::{Arc, MutexGuard, PoisonError};

use shirma_vault::{KeyPurpose, KeyState, Keyring, RootKey, Section};

use super::{Error, Vault, rows};

/// Keys wrapped anew in one transaction: some milliseconds, so that new clients do not wait.
const BATCH: u32 = 100;

impl Vault {
    /// The same keys under another root key, in one transaction. The caller has made the new root key durable before, and
    /// puts it in the place of the former one after.
    ///
    /// # Errors
    /// The key store's or the cipher's; the former root key is in force then, unless the outcome is unknown.
    pub fn rotate_root(&self, root: &RootKey) -> Result<(), Error> {
        let _alone = self.alone();
        let ring = self.keyring();
        let (successor, keys) = ring.rewrap(root, self.entropy())?;
        let (me, now_ms) = (self.clone(), (self.0.now_ms)());
        let successor = self.0.keys.write_blocking(move |tx| -> Result<Keyring, Error> {
            for (day, wrapped) in rows::epoch_keys(tx)? {
                let again = ring.rewrap_epoch_key(day, &wrapped, &successor, me.entropy())?;
                rows::put_epoch_key(tx, day, &again)?;
            }
            rows::put_keyring(tx, &keys)?;
            rows::note_root(tx, now_ms)?;
            Ok(successor)
        })?;
        self.set_keyring(successor);
        Ok(())
    }

    /// Puts a fresh version in force; the former one only opens from now on. Gives the new version.
    ///
    /// # Errors
    /// The key store's or the cipher's; nothing has changed then.
    pub fn begin_rotation(&self, purpose: KeyPurpose) -> Result<u32, Error> {
        let _alone = self.alone();
        let mut ring = Keyring::clone(&self.keyring());
        let changed = ring.rotate(purpose, self.entropy())?;
        let version = changed.iter().map(|row| row.version).max().unwrap_or(0);
        let now_ms = (self.0.now_ms)();
        self.0.keys.write_blocking(move |tx| -> Result<(), Error> {
            rows::put_keyring(tx, &changed)?;
            rows::begin_rotation(tx, purpose.as_str(), version, now_ms)?;
            Ok(())
        })?;
        self.set_keyring(ring);
        Ok(version)
    }

    /// Versions that only open: what they hold has to be wrapped or sealed anew. The journal's former signing keys stay so
    /// for good, as earlier checkpoints are checked with them, and are not among these.
    pub fn retiring(&self) -> Vec<(KeyPurpose, u32)> {
        let rows = self.keyring().rows().into_iter();
        rows.filter(|row| row.state == KeyState::DecryptOnly && row.purpose != KeyPurpose::Audit)
            .map(|row| (row.purpose, row.version))
            .collect()
    }

    /// Wraps some keys of people anew that hang on a former key; gives how many. 0: none is left.
    ///
    /// # Errors
    /// The key store's or the cipher's; the batch is as it was then.
    pub fn rewrap_some(&self, section: Section) -> Result<usize, Error> {
        let me = self.clone();
        let purpose = purpose_of(section);
        self.0.keys.write_blocking(move |tx| -> Result<usize, Error> {
            // Inside the transaction no other exchange can begin.
            let ring = me.keyring();
            let active = ring.active_version(purpose);
            let waiting = rows::keys_not_under(tx, purpose.as_str(), active, BATCH)?;
            for (subject, wrapped) in &waiting {
                let again = ring.rewrap_subject_key(*subject, section, wrapped, me.entropy())?;
                rows::put_subject_key(tx, *subject, purpose.as_str(), &again)?;
            }
            Ok(waiting.len())
        })
    }

    /// Whether keys of people hang on a version.
    ///
    /// # Errors
    /// The key store's.
    pub fn wraps_something(&self, purpose: KeyPurpose, version: u32) -> Result<bool, Error> {
        let count = self
            .0
            .keys
            .read_blocking(move |tx| rows::hang_on(tx, purpose.as_str(), version))?;
        Ok(count > 0)
    }

    /// Destroys a former version when no key of a person hangs on it; `false` when one does. For the other purposes the
    /// caller has seen to it that nothing does.
    ///
    /// # Errors
    /// The key store's or the cipher's; nothing has changed then.
    pub async fn retire(&self, purpose: KeyPurpose, version: u32) -> Result<bool, Error> {
        if !self.retire_now(purpose, version)? {
            return Ok(false);
        }
        // The former wrappings leave the files, too: the key that opened them may be in the wrong hands.
        self.scrub("keyring").await?;
        self.scrub("subject_key").await?;
        Ok(true)
    }

    fn retire_now(&self, purpose: KeyPurpose, version: u32) -> Result<bool, Error> {
        let _alone = self.alone();
        let mut ring = Keyring::clone(&self.keyring());
        let row = ring.destroy(purpose, version)?;
        let now_ms = (self.0.now_ms)();
        let is_free = self.0.keys.write_blocking(move |tx| -> Result<bool, Error> {
            if rows::hang_on(tx, purpose.as_str(), version)? > 0 {
                return Ok(false);
            }
            rows::put_keyring(tx, std::slice::from_ref(&row))?;
            rows::finish_rotation(tx, purpose.as_str(), now_ms)?;
            Ok(true)
        })?;
        if is_free {
            self.set_keyring(ring);
        }
        Ok(is_free)
    }

    /// When the key of a purpose came into force, milliseconds since 1970.
    ///
    /// # Errors
    /// The key store's.
    pub fn in_force_since(&self, purpose: KeyPurpose) -> Result<i64, Error> {
        let since = self
            .0
            .keys
            .read_blocking(move |tx| rows::in_force_since(tx, purpose.as_str()))?;
        Ok(since)
    }

    /// Signs the journal of the erased anew under the derivation secret in force.
    ///
    /// # Errors
    /// [`Error::ForeignErasure`]; the key store's.
    pub async fn resign_erasures(&self) -> Result<(), Error> {
        let lines = self.erasures().await?;
        let me = self.clone();
        self.0
            .keys
            .write(move |tx| -> Result<(), Error> {
                for erasure in &lines {
                    rows::put_erasure_mac(tx, erasure.subject.0, &me.sign_erasure(erasure))?;
                }
                Ok(())
            })
            .await
    }

    /// Seals a value of the business anew when a former key sealed it; `None` when the one in force did.
    ///
    /// # Errors
    /// The cipher's.
    pub fn reseal_house(&self, cell: super::Cell, sealed: &[u8]) -> Result<Option<Vec<u8>>, Error> {
        let generation = shirma_vault::Sealed::from_bytes(sealed.to_vec()).generation();
        if generation == Some(self.keyring().installation_key().generation()) {
            return Ok(None);
        }
        let plain = self.open(cell, sealed)?;
        Ok(Some(self.seal(cell, plain.expose())?))
    }

    /// One exchange at a time.
    fn alone(&self) -> MutexGuard<'_, ()> {
        self.0.rotating.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Follows an exchange that `former` missed: one of this program, or of another one on the same server.
    pub(super) fn renew_ring(&self, former: &Arc<Keyring>) -> Result<(), Error> {
        let _alone = self.alone();
        if Arc::ptr_eq(former, &self.keyring()) {
            let rows = self.0.keys.read_blocking(rows::keyring)?;
            self.set_keyring(former.reopen(&rows)?);
        }
        Ok(())
    }

    /// When the recovery sheet of the root key in force was checked.
    ///
    /// # Errors
    /// The key store's.
    pub fn sheet_checked_at(&self) -> Result<Option<i64>, Error> {
        Ok(self.0.keys.read_blocking(rows::sheet_checked_at)?)
    }

    /// Notes that the recovery sheet was checked now.
    ///
    /// # Errors
    /// The key store's.
    pub fn note_sheet(&self) -> Result<(), Error> {
        let now_ms = (self.0.now_ms)();
        Ok(self.0.keys.write_blocking(move |tx| rows::note_sheet(tx, now_ms))?)
    }
}

fn purpose_of(section: Section) -> KeyPurpose {
    match section {
        Section::General => KeyPurpose::General,
        Section::Medical => KeyPurpose::Medical,
    }
}
