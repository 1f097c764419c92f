//! Keys and signatures of C2SP signed notes (c2sp.org/signed-note), Ed25519 only.
//!
//! A note is text, a blank line, and one line per signature: `— name base64(key id, signature)`.
//! The key id ties a signature to a name and a key, so that a witness can add its own line.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use ed25519_dalek::VerifyingKey;

use crate::Error;
use crate::hash::digest;

/// Algorithm byte of Ed25519 in key ids and public keys.
const ED25519: u8 = 0x01;
/// Length of an Ed25519 signature in bytes.
const SIGNATURE_BYTES: usize = 64;
const LINE_START: &str = "\u{2014} ";

/// A public key together with the name it signs under.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownKey {
    name: String,
    key: VerifyingKey,
}

impl KnownKey {
    /// Ties a key to a name; the name has no spaces and no plus sign.
    pub fn new(name: &str, key: VerifyingKey) -> Result<Self, Error> {
        check_key_name(name)?;
        Ok(Self {
            name: name.to_owned(),
            key,
        })
    }

    /// Name under which the key signs.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// First four bytes of SHA-256 over name, line end, algorithm and key.
    pub fn id(&self) -> [u8; 4] {
        let hash = digest(&[self.name.as_bytes(), b"\n", &[ED25519], self.key.as_bytes()]);
        let [a, b, c, d, ..] = hash.0;
        [a, b, c, d]
    }

    /// Text form for a file or a printed page: `name+key id+base64(algorithm, key)`.
    pub fn to_text(&self) -> String {
        let id = u32::from_be_bytes(self.id());
        let mut bytes = vec![ED25519];
        bytes.extend_from_slice(self.key.as_bytes());
        format!("{}+{id:08x}+{}", self.name, BASE64.encode(bytes))
    }

    /// Reads the text form and checks that the key id fits.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let mut parts = text.trim_end().splitn(3, '+');
        let (Some(name), Some(_), Some(bytes)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(Error::InvalidKey);
        };
        let bytes = BASE64.decode(bytes).map_err(|_| Error::InvalidKey)?;
        let Some((&ED25519, key)) = bytes.split_first() else {
            return Err(Error::InvalidKey);
        };
        let key = key.try_into().map_err(|_| Error::InvalidKey)?;
        let known = Self::new(name, VerifyingKey::from_bytes(key).map_err(|_| Error::InvalidKey)?)?;
        if known.to_text() == text.trim_end() {
            Ok(known)
        } else {
            Err(Error::InvalidKey)
        }
    }

    /// Whether this key made the signature over `body`.
    pub(crate) fn has_signed(&self, body: &str, signature: &NoteSignature) -> bool {
        let bytes = ed25519_dalek::Signature::from_bytes(&signature.bytes);
        self.key.verify_strict(body.as_bytes(), &bytes).is_ok()
    }
}

/// One signature line of a note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoteSignature {
    /// Name of the signer.
    pub name: String,
    /// Key id, see [`KnownKey::id`].
    pub key_id: [u8; 4],
    /// The Ed25519 signature.
    pub bytes: [u8; SIGNATURE_BYTES],
}

impl NoteSignature {
    pub(crate) fn to_line(&self) -> String {
        let mut bytes = self.key_id.to_vec();
        bytes.extend_from_slice(&self.bytes);
        format!("{LINE_START}{} {}\n", self.name, BASE64.encode(bytes))
    }

    /// Reads a line; `None` stands for a well-formed signature of another algorithm, which is passed over.
    pub(crate) fn parse_line(line: &str) -> Result<Option<Self>, Error> {
        let malformed = |reason| Error::MalformedNote { reason };
        let line = line
            .strip_prefix(LINE_START)
            .ok_or(malformed("a signature line starts with a dash"))?;
        let (name, bytes) = line
            .split_once(' ')
            .ok_or(malformed("a signature line has a name and a signature"))?;
        check_key_name(name)?;
        let bytes = BASE64
            .decode(bytes)
            .map_err(|_| malformed("a signature is not base64"))?;
        let (key_id, bytes) = bytes
            .split_first_chunk::<4>()
            .ok_or(malformed("a signature has no key id"))?;
        let Ok(bytes) = bytes.try_into() else {
            return Ok(None);
        };
        Ok(Some(Self {
            name: name.to_owned(),
            key_id: *key_id,
            bytes,
        }))
    }
}

/// A key name is not empty and has no space, plus sign or control character.
pub(crate) fn check_key_name(name: &str) -> Result<(), Error> {
    let forbidden = |character: char| character.is_whitespace() || character == '+' || character.is_control();
    if name.is_empty() || name.contains(forbidden) {
        Err(Error::InvalidKeyName)
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example key of golang.org/x/mod/sumdb/note, which defines the same format.
    const EXAMPLE: &str = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";

    #[test]
    fn published_example_key_is_read_and_written() {
        let known = KnownKey::parse(EXAMPLE).unwrap();
        assert_eq!(known.name(), "PeterNeumann");
        assert_eq!(known.id(), [0xc7, 0x4f, 0x20, 0xa3]);
        assert_eq!(known.to_text(), EXAMPLE);
    }

    #[test]
    fn published_example_signature_verifies() {
        let body =
            "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
        let line = "\u{2014} PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=";
        let signature = NoteSignature::parse_line(line).unwrap().unwrap();
        let known = KnownKey::parse(EXAMPLE).unwrap();
        assert_eq!(signature.key_id, known.id());
        assert!(known.has_signed(body, &signature));
        assert!(!known.has_signed(&body.replace("your", "our"), &signature));
    }

    #[test]
    fn altered_key_text_is_refused() {
        for text in [
            "",
            "name",
            "a+b+c",
            &EXAMPLE.replace("c74f", "c74e"),
            &EXAMPLE.replace("ARpc", "AhpC"),
        ] {
            assert!(KnownKey::parse(text).is_err(), "{text}");
        }
    }
}
