//! The root key: 32 random bytes that open everything, and therefore never lie in a database or a backup.

use std::fmt;

use zeroize::Zeroizing;

use crate::hex::{push_hex, read_hex};
use crate::key::{KEY_BYTES, RawKey, random_key};
use crate::mac::sha256;
use crate::{Entropy, Error};

/// Length of the checksum behind the written form of a key, in bytes: catches typing mistakes.
const CHECKSUM_BYTES: usize = 4;

/// The root of the key hierarchy. Wiped when dropped; `Debug` shows nothing.
#[derive(Clone)]
pub struct RootKey(RawKey);

impl RootKey {
    /// Draws a new root key. Never call this when data exist already.
    pub fn generate(entropy: &dyn Entropy) -> Result<Self, Error> {
        Self::accept(random_key(entropy)?)
    }

    /// Takes 32 bytes from a key source; a placeholder of one repeated byte is refused.
    pub fn from_bytes(bytes: [u8; KEY_BYTES]) -> Result<Self, Error> {
        Self::accept(Zeroizing::new(bytes))
    }

    /// Written form: a line of 64 hexadecimal digits, a line with their checksum.
    pub(crate) fn to_lines(&self) -> Zeroizing<String> {
        let mut text = Zeroizing::new(String::with_capacity(2 * (KEY_BYTES + CHECKSUM_BYTES) + 2));
        push_hex(&mut text, &self.0[..]);
        text.push('\n');
        push_hex(&mut text, &checksum(&self.0));
        text.push('\n');
        text
    }

    /// Reads 32 raw bytes or the written form. `None`: not the form of a key. `Err` inside: wrong checksum.
    pub(crate) fn parse(bytes: &[u8]) -> Option<Result<RawKey, ChecksumMismatch>> {
        if let Ok(raw) = <[u8; KEY_BYTES]>::try_from(bytes) {
            return Some(Ok(Zeroizing::new(raw)));
        }
        let mut lines = str::from_utf8(bytes).ok()?.trim_end().lines();
        let (digits, sum) = (lines.next()?.trim(), lines.next()?.trim());
        let mut key = RawKey::default();
        let mut stored = [0; CHECKSUM_BYTES];
        if lines.next().is_some() || !read_hex(digits, &mut key[..]) || !read_hex(sum, &mut stored) {
            return None;
        }
        Some(if checksum(&key) == stored {
            Ok(key)
        } else {
            Err(ChecksumMismatch)
        })
    }

    /// Reads the written form with any space between its two parts; the checksum may be missing.
    pub(crate) fn parse_words(text: &str) -> Option<Result<RawKey, ChecksumMismatch>> {
        let mut words = text.split_whitespace();
        let (digits, sum) = (words.next()?, words.next());
        let mut key = RawKey::default();
        let mut stored = [0; CHECKSUM_BYTES];
        if words.next().is_some() || !read_hex(digits, &mut key[..]) {
            return None;
        }
        match sum {
            None => Some(Ok(key)),
            Some(sum) if !read_hex(sum, &mut stored) => None,
            Some(_) if checksum(&key) != stored => Some(Err(ChecksumMismatch)),
            Some(_) => Some(Ok(key)),
        }
    }

    pub(crate) fn accept(key: RawKey) -> Result<Self, Error> {
        let repeated = key.iter().all(|byte| *byte == key[0]);
        if repeated {
            Err(Error::PredictableKey)
        } else {
            Ok(Self(key))
        }
    }

    pub(crate) fn raw(&self) -> &RawKey {
        &self.0
    }
}

impl fmt::Debug for RootKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("<root key>")
    }
}

/// The checksum line does not fit the key line.
#[derive(Debug)]
pub(crate) struct ChecksumMismatch;

fn checksum(key: &RawKey) -> [u8; CHECKSUM_BYTES] {
    let mut bytes = Zeroizing::new(b"shirma/root/1".to_vec());
    bytes.reserve_exact(KEY_BYTES);
    bytes.extend_from_slice(&key[..]);
    let [a, b, c, d, ..] = sha256(&bytes);
    [a, b, c, d]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::SeededEntropy;

    #[test]
    fn written_key_reads_back() {
        let key = RootKey::generate(&SeededEntropy::new(1)).unwrap();
        let read = RootKey::parse(key.to_lines().as_bytes()).unwrap().unwrap();
        assert_eq!(read, *key.raw());
        assert_eq!(RootKey::parse(&key.raw()[..]).unwrap().unwrap(), *key.raw());
    }

    #[test]
    fn placeholder_is_no_key_and_debug_shows_nothing() {
        assert!(matches!(RootKey::from_bytes([0; 32]), Err(Error::PredictableKey)));
        assert!(matches!(RootKey::from_bytes([0x42; 32]), Err(Error::PredictableKey)));
        let key = RootKey::generate(&SeededEntropy::new(1)).unwrap();
        assert_eq!(format!("{key:?}"), "<root key>");
    }
}
