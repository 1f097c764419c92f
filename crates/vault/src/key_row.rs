//! Keys as they lie in the key store: wrapped, numbered, with a state. Nothing here opens anything.

use std::fmt;

/// What a key of the keyring is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum KeyPurpose {
    /// Not a key: a value by which a wrong root key is recognised before anything is touched.
    Check,
    /// Wraps the keys of subjects.
    General,
    /// Wraps the keys of the protected section, apart from all others.
    Medical,
    /// Seals what belongs to the business and to no subject.
    Installation,
    /// Seed of the key that signs the checkpoints of the journal.
    Audit,
    /// Secret from which blind-index, configuration and token keys are derived.
    Derivation,
}

impl KeyPurpose {
    /// Every purpose; a keyring has each of them.
    pub const ALL: [Self; 6] = [
        Self::Check,
        Self::General,
        Self::Medical,
        Self::Installation,
        Self::Audit,
        Self::Derivation,
    ];

    /// The stored word.
    pub fn as_str(self) -> &'static str {
        match self {
            KeyPurpose::Check => "check",
            KeyPurpose::General => "general",
            KeyPurpose::Medical => "medical",
            KeyPurpose::Installation => "installation",
            KeyPurpose::Audit => "audit",
            KeyPurpose::Derivation => "derivation",
        }
    }

    /// Reads the stored word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|purpose| purpose.as_str() == word)
    }

    /// Id of one version: `general/2`.
    pub(crate) fn id(self, version: u32) -> String {
        format!("{}/{version}", self.as_str())
    }
}

/// What may still be done with a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum KeyState {
    /// Seals and opens. Exactly one version of each purpose.
    Active,
    /// Opens what it sealed before the rotation.
    DecryptOnly,
    /// Gone; the row remains so that its number is not used again.
    Destroyed,
}

impl KeyState {
    /// The stored word.
    pub fn as_str(self) -> &'static str {
        match self {
            KeyState::Active => "active",
            KeyState::DecryptOnly => "decrypt_only",
            KeyState::Destroyed => "destroyed",
        }
    }

    /// Reads the stored word.
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Active, Self::DecryptOnly, Self::Destroyed]
            .into_iter()
            .find(|state| state.as_str() == word)
    }
}

/// One row of the keyring, as stored.
#[derive(Clone, PartialEq, Eq)]
pub struct KeyRow {
    /// Purpose and version in one: `general/2`.
    pub id: String,
    /// What the key is for.
    pub purpose: KeyPurpose,
    /// Number in its line, from 1.
    pub version: u32,
    /// What may still be done with it.
    pub state: KeyState,
    /// Key that wraps it; always [`ROOT_ID`](crate::ROOT_ID).
    pub parent: String,
    /// The wrapped key; empty when destroyed.
    pub wrapped: Vec<u8>,
}

impl fmt::Debug for KeyRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<key {}, {}>", self.id, self.state.as_str())
    }
}

/// A wrapped key of one subject or one day, as stored.
#[derive(Clone, PartialEq, Eq)]
pub struct WrappedKey {
    /// The wrapped key. Deleting these bytes everywhere erases all it sealed.
    pub bytes: Vec<u8>,
    /// Version of the wrapping key; 0 for a day's key, which the root wraps.
    pub parent_version: u32,
    /// Number of the key in its line, from 1.
    pub generation: u16,
}

impl fmt::Debug for WrappedKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "<wrapped key, generation {}, parent {}>",
            self.generation, self.parent_version
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stored_words_read_back() {
        for purpose in KeyPurpose::ALL {
            assert_eq!(KeyPurpose::parse(purpose.as_str()), Some(purpose));
        }
        for state in [KeyState::Active, KeyState::DecryptOnly, KeyState::Destroyed] {
            assert_eq!(KeyState::parse(state.as_str()), Some(state));
        }
        assert_eq!(KeyPurpose::parse("root"), None);
        assert_eq!(KeyState::parse(""), None);
    }
}
