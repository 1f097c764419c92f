//! Hashes of the log: leaves, inner nodes and commitments to details.
//!
//! The three uses are kept apart by their first byte (RFC 6962 section 2.1 for the first two), so that a node
//! can never be passed off as a leaf, nor a detail as either.

use std::fmt;
use std::str::FromStr;

use sha2::{Digest, Sha256};

use crate::Error;

/// Length of a hash in bytes.
pub const HASH_BYTES: usize = 32;

const LEAF_PREFIX: u8 = 0x00;
const NODE_PREFIX: u8 = 0x01;
const DETAIL_PREFIX: u8 = 0x02;

/// A SHA-256 value. Shown as 64 lower-case hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Hash(pub [u8; HASH_BYTES]);

impl Hash {
    /// The raw bytes.
    pub fn as_bytes(&self) -> &[u8; HASH_BYTES] {
        &self.0
    }

    /// Reads a stored hash; fails when the length is not 32.
    pub fn from_slice(bytes: &[u8]) -> Result<Self, Error> {
        bytes.try_into().map(Hash).map_err(|_| Error::InvalidHash)
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Hash({self})")
    }
}

impl FromStr for Hash {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let digits = text.as_bytes();
        if digits.len() != 2 * HASH_BYTES {
            return Err(Error::InvalidHash);
        }
        let mut bytes = [0; HASH_BYTES];
        for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
            *byte = hex_digit(pair[0])? << 4 | hex_digit(pair[1])?;
        }
        Ok(Hash(bytes))
    }
}

/// Hash of the empty tree: SHA-256 of nothing.
pub fn empty_root() -> Hash {
    digest(&[])
}

/// Hash of one leaf, taken over its exact stored bytes.
pub fn leaf_hash(bytes: &[u8]) -> Hash {
    digest(&[&[LEAF_PREFIX], bytes])
}

/// Hash of an inner node over its two children.
pub fn node_hash(left: &Hash, right: &Hash) -> Hash {
    digest(&[&[NODE_PREFIX], &left.0, &right.0])
}

/// Commitment to a detail that is stored apart, encrypted and erasable.
///
/// The salt must be random and must be destroyed together with the detail: then the commitment says nothing,
/// while the tree still verifies.
pub fn commitment(salt: &[u8; 32], detail: &[u8]) -> Hash {
    digest(&[&[DETAIL_PREFIX], salt, detail])
}

pub(crate) fn digest(parts: &[&[u8]]) -> Hash {
    let mut state = Sha256::new();
    for part in parts {
        state.update(part);
    }
    Hash(state.finalize().into())
}

fn hex_digit(character: u8) -> Result<u8, Error> {
    match character {
        b'0'..=b'9' => Ok(character - b'0'),
        b'a'..=b'f' => Ok(character - b'a' + 10),
        _ => Err(Error::InvalidHash),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn empty_tree_and_empty_leaf_have_the_known_hashes() {
        assert_eq!(
            empty_root().to_string(),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        );
        assert_eq!(
            leaf_hash(b"").to_string(),
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
        );
    }

    #[test]
    fn the_three_uses_never_give_the_same_hash() {
        let salt = [7; 32];
        let mut joined = salt.to_vec();
        joined.extend_from_slice(&[9; 32]);
        let hashes = [
            leaf_hash(&joined),
            node_hash(&Hash(salt), &Hash([9; 32])),
            commitment(&salt, &[9; 32]),
        ];
        assert_ne!(hashes[0], hashes[1]);
        assert_ne!(hashes[1], hashes[2]);
        assert_ne!(hashes[0], hashes[2]);
    }

    #[test]
    fn hash_survives_its_text_form() {
        let hash = leaf_hash(b"text");
        assert_eq!(hash.to_string().parse(), Ok(hash));
        assert_eq!("00".parse::<Hash>(), Err(Error::InvalidHash));
        assert_eq!("G".repeat(64).parse::<Hash>(), Err(Error::InvalidHash));
    }
}
