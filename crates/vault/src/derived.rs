//! Keys that are never stored: derived when needed from the ring's derivation secret.
//!
//! Each use has a label `<use>/<version>`. The secret is random and wrapped by the root key, so that exchanging the
//! root key leaves blind indexes and sealed settings valid; rotating the secret renews every use at once.

use ed25519_dalek::{SigningKey, VerifyingKey};

use crate::cell::DataKey;
use crate::key::{RawKey, derive};
use crate::key_row::KeyPurpose;
use crate::keyring::Keyring;
use crate::mac::{constant_time_eq, hmac_sha256};
use crate::subject_key::{NO_SUBJECT, generation_of};
use crate::{Error, Pii, Sealed};

/// Length of a blind index in bytes: no collisions among millions of clients, too short to be reused as a key.
pub const BLIND_INDEX_BYTES: usize = 16;

const CONFIG: &str = "config";

/// A column that can be searched by exact value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BlindColumn {
    /// Phone: digits of E.164 only.
    Phone,
    /// E-mail: trimmed, lower case.
    Email,
    /// Account in a messenger: channel and id.
    Messenger,
}

impl BlindColumn {
    /// Every searchable column.
    pub const ALL: [Self; 3] = [Self::Phone, Self::Email, Self::Messenger];

    fn label(self) -> &'static str {
        match self {
            BlindColumn::Phone => "blind/phone",
            BlindColumn::Email => "blind/email",
            BlindColumn::Messenger => "blind/messenger",
        }
    }
}

/// What a message authentication code is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MacPurpose {
    /// Sessions of staff.
    Session,
    /// Forms of the desk.
    Csrf,
    /// Forms on the site of the business, filled in by anyone.
    SiteForm,
    /// Bodies and chats of incoming events, to notice repeats and keep their order.
    Event,
    /// Exported files and their links.
    Export,
    /// The list of those who must not be contacted.
    Suppression,
    /// The journal of erased persons, so that a row put there by somebody else erases nobody.
    Erasure,
}

impl MacPurpose {
    /// Every purpose.
    pub const ALL: [Self; 7] = [
        Self::Session,
        Self::Csrf,
        Self::SiteForm,
        Self::Event,
        Self::Export,
        Self::Suppression,
        Self::Erasure,
    ];

    fn label(self) -> &'static str {
        match self {
            MacPurpose::Session => "session",
            MacPurpose::Csrf => "csrf",
            MacPurpose::SiteForm => "site-form",
            MacPurpose::Event => "event",
            MacPurpose::Export => "export",
            MacPurpose::Suppression => "suppression",
            MacPurpose::Erasure => "erasure",
        }
    }
}

/// The searchable shadow of a value. Says nothing without the key; equal for equal values of one column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct BlindIndex(pub [u8; BLIND_INDEX_BYTES]);

impl Keyring {
    /// The index to store for a value that the caller has normalised as the column demands.
    pub fn blind(&self, column: BlindColumn, normalised: &str) -> BlindIndex {
        blind_with(&self.derived(column.label()), normalised)
    }

    /// All indexes under which the value may be stored, the one to write first. More than one during a rotation.
    pub fn blind_all(&self, column: BlindColumn, normalised: &str) -> Vec<BlindIndex> {
        self.derived_all(column.label())
            .map(|key| blind_with(&key, normalised))
            .collect()
    }

    /// Authenticates bytes for one purpose.
    pub fn mac(&self, purpose: MacPurpose, bytes: &[u8]) -> [u8; 32] {
        hmac_sha256(&self.derived(purpose.label())[..], bytes)
    }

    /// The codes bytes may have been given, the one in force first. More than one during a rotation.
    pub fn mac_all(&self, purpose: MacPurpose, bytes: &[u8]) -> Vec<[u8; 32]> {
        self.derived_all(purpose.label())
            .map(|key| hmac_sha256(&key[..], bytes))
            .collect()
    }

    /// Whether a code was made here for this purpose, now or before a rotation. Takes the same time for all codes.
    pub fn verify_mac(&self, purpose: MacPurpose, bytes: &[u8], code: &[u8]) -> bool {
        let fits = |key: RawKey| constant_time_eq(&hmac_sha256(&key[..], bytes), code);
        self.derived_all(purpose.label())
            .fold(false, |found, key| fits(key) | found)
    }

    /// The key for secrets in the settings: channel tokens, provider keys. Its cells have [`NO_SUBJECT`].
    pub fn config_key(&self) -> DataKey {
        let (version, secret) = self.active_key(KeyPurpose::Derivation);
        self.config_key_from(version, secret)
    }

    /// The version of the [`config_key`](Self::config_key) that sealed a value.
    pub fn config_key_for(&self, sealed: &Sealed) -> Result<DataKey, Error> {
        let version = sealed.generation().unwrap_or_default().into();
        Ok(self.config_key_from(version, self.key(KeyPurpose::Derivation, version)?))
    }

    /// Seed of the key that signs checkpoints of the journal.
    pub fn signing_seed(&self) -> Pii<[u8; 32]> {
        Pii::new(**self.active_key(KeyPurpose::Audit).1)
    }

    /// The key that signs checkpoints of the journal.
    pub fn signing_key(&self) -> SigningKey {
        SigningKey::from_bytes(self.active_key(KeyPurpose::Audit).1)
    }

    /// The signing keys before the one in force, the newest first: a checkpoint after an exchange is signed by both.
    pub fn former_signing_keys(&self) -> Vec<SigningKey> {
        let seeds = self.usable(KeyPurpose::Audit).into_iter().skip(1);
        seeds.map(|(_, seed)| SigningKey::from_bytes(seed)).collect()
    }

    /// Public keys of the journal with their versions, the active one first: for checking older checkpoints.
    pub fn verifying_keys(&self) -> Vec<(u32, VerifyingKey)> {
        let seeds = self.usable(KeyPurpose::Audit).into_iter();
        seeds
            .map(|(version, seed)| (version, SigningKey::from_bytes(seed).verifying_key()))
            .collect()
    }

    fn config_key_from(&self, version: u32, secret: &RawKey) -> DataKey {
        let key = derive(secret, &self.installation, &label(CONFIG, version));
        self.data_key(key, NO_SUBJECT, generation_of(version))
    }

    fn derived(&self, name: &str) -> RawKey {
        let (version, secret) = self.active_key(KeyPurpose::Derivation);
        derive(secret, &self.installation, &label(name, version))
    }

    fn derived_all(&self, name: &str) -> impl Iterator<Item = RawKey> {
        let secrets = self.usable(KeyPurpose::Derivation).into_iter();
        secrets.map(move |(version, secret)| derive(secret, &self.installation, &label(name, version)))
    }
}

fn label(name: &str, version: u32) -> String {
    format!("{name}/{version}")
}

fn blind_with(key: &RawKey, normalised: &str) -> BlindIndex {
    let code = hmac_sha256(&key[..], normalised.as_bytes());
    BlindIndex(*code.first_chunk().expect("a code is longer than an index"))
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::keyring::ROOT_LABELS;
    use crate::{Cell, RootKey, SeededEntropy};

    fn ring() -> Keyring {
        let root = RootKey::generate(&SeededEntropy::new(1)).unwrap();
        Keyring::create(&root, "salon", &SeededEntropy::new(2)).unwrap().0
    }

    #[test]
    fn every_derivation_label_is_unique() {
        let mut labels: Vec<String> = ROOT_LABELS.map(String::from).to_vec();
        for version in [1, 2, 11] {
            labels.extend(BlindColumn::ALL.map(|column| label(column.label(), version)));
            labels.extend(MacPurpose::ALL.map(|purpose| label(purpose.label(), version)));
            labels.push(label(CONFIG, version));
        }
        assert_eq!(labels.len(), 2 + 3 * (3 + 7 + 1));
        assert!(labels.iter().all(|label| label.is_ascii()));
        assert_eq!(labels.iter().collect::<HashSet<_>>().len(), labels.len());
    }

    #[test]
    fn one_phone_has_one_index_in_its_column_and_another_elsewhere() {
        let ring = ring();
        let phone = ring.blind(BlindColumn::Phone, "79000000011");
        assert_eq!(phone, ring.blind(BlindColumn::Phone, "79000000011"));
        assert_ne!(phone, ring.blind(BlindColumn::Phone, "79000000012"));
        assert_ne!(phone, ring.blind(BlindColumn::Messenger, "79000000011"));
        let elsewhere = RootKey::generate(&SeededEntropy::new(3)).unwrap();
        let (elsewhere, _) = Keyring::create(&elsewhere, "salon", &SeededEntropy::new(4)).unwrap();
        assert_ne!(phone, elsewhere.blind(BlindColumn::Phone, "79000000011"));
    }

    #[test]
    fn index_is_found_during_and_not_after_a_rotation() {
        let mut ring = ring();
        let before = ring.blind(BlindColumn::Phone, "79000000011");
        ring.rotate(KeyPurpose::Derivation, &SeededEntropy::new(5)).unwrap();
        let after = ring.blind(BlindColumn::Phone, "79000000011");
        assert_ne!(before, after);
        assert_eq!(ring.blind_all(BlindColumn::Phone, "79000000011"), [after, before]);
        ring.destroy(KeyPurpose::Derivation, 1).unwrap();
        assert_eq!(ring.blind_all(BlindColumn::Phone, "79000000011"), [after]);
    }

    #[test]
    fn code_holds_for_its_purpose_and_bytes_only() {
        let mut ring = ring();
        let code = ring.mac(MacPurpose::Csrf, b"form 7");
        assert!(ring.verify_mac(MacPurpose::Csrf, b"form 7", &code));
        assert!(!ring.verify_mac(MacPurpose::Session, b"form 7", &code));
        assert!(!ring.verify_mac(MacPurpose::Csrf, b"form 8", &code));
        assert!(!ring.verify_mac(MacPurpose::Csrf, b"form 7", &code[..31]));
        assert!(!ring.verify_mac(MacPurpose::Csrf, b"form 7", b""));
        ring.rotate(KeyPurpose::Derivation, &SeededEntropy::new(5)).unwrap();
        assert!(ring.verify_mac(MacPurpose::Csrf, b"form 7", &code));
        ring.destroy(KeyPurpose::Derivation, 1).unwrap();
        assert!(!ring.verify_mac(MacPurpose::Csrf, b"form 7", &code));
    }

    #[test]
    fn secret_of_a_channel_opens_before_and_after_a_rotation() {
        let mut ring = ring();
        let entropy = SeededEntropy::new(5);
        let cell = Cell {
            table: "setting",
            column: "secret",
            row: 1,
            subject: NO_SUBJECT,
            version: 1,
        };
        let sealed = ring.config_key().seal(&cell, b"bot token", &entropy).unwrap();
        ring.rotate(KeyPurpose::Derivation, &entropy).unwrap();
        assert_eq!(ring.config_key().generation(), 2);
        let opened = ring.config_key_for(&sealed).unwrap().open(&cell, &sealed).unwrap();
        assert_eq!(opened.expose(), b"bot token");
        let installation = ring.installation_key_for(&sealed).unwrap();
        assert!(
            installation.open(&cell, &sealed).is_err(),
            "settings and staff have different keys"
        );
    }

    #[test]
    fn former_signing_key_stays_known_after_a_rotation() {
        let mut ring = ring();
        let former = ring.signing_key();
        assert_eq!(ring.signing_seed().expose(), former.as_bytes());
        ring.rotate(KeyPurpose::Audit, &SeededEntropy::new(5)).unwrap();
        let keys = ring.verifying_keys();
        assert_eq!(
            keys,
            [(2, ring.signing_key().verifying_key()), (1, former.verifying_key())]
        );
    }
}
