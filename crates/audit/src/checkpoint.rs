//! A checkpoint: size and root of the log, signed, in the form witnesses understand (c2sp.org/tlog-checkpoint).
//!
//! Copies of checkpoints held by others are what makes the log provable: whoever rewrites the log, even with the
//! signing key in hand, cannot make it agree with a copy that is out of reach.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use ed25519_dalek::{Signer as _, SigningKey};

use crate::Error;
use crate::hash::Hash;
use crate::note::{KnownKey, NoteSignature, check_key_name};
use crate::proof::verify_consistency;

/// Longest note that is read, in bytes: three lines and the most signatures need less.
pub const MAX_NOTE_BYTES: usize = 16 * 1024;
/// Most signatures on one note: the log, its former key and a handful of witnesses.
pub const MAX_SIGNATURES: usize = 16;

/// Size and root of a log at one moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// Which log: `shirma/<installation>`. Also the name of its signing key.
    pub origin: String,
    /// Number of leaves.
    pub size: u64,
    /// Root over them.
    pub root: Hash,
}

impl Checkpoint {
    /// A checkpoint of the log of one installation.
    pub fn new(origin: impl Into<String>, size: u64, root: Hash) -> Self {
        Self {
            origin: origin.into(),
            size,
            root,
        }
    }

    /// The text that is signed: origin, size and root, a line each.
    pub fn body(&self) -> String {
        format!("{}\n{}\n{}\n", self.origin, self.size, BASE64.encode(self.root.0))
    }

    /// Signs the first checkpoint of a log.
    pub fn sign_first(&self, key: &SigningKey) -> Result<SignedCheckpoint, Error> {
        let mut signed = SignedCheckpoint {
            checkpoint: self.clone(),
            body: self.body(),
            signatures: Vec::new(),
        };
        signed.sign_also(&self.origin, key)?;
        Ok(signed)
    }

    /// Signs a checkpoint that continues an earlier one; without a valid consistency proof nothing is signed.
    pub fn sign_after(
        &self,
        earlier: &Checkpoint,
        proof: &[Hash],
        key: &SigningKey,
    ) -> Result<SignedCheckpoint, Error> {
        let continues = verify_consistency(earlier.size, earlier.root, self.size, self.root, proof);
        if earlier.origin != self.origin || continues.is_err() {
            return Err(Error::Inconsistent {
                earlier_size: earlier.size,
                size: self.size,
            });
        }
        self.sign_first(key)
    }

    fn parse_body(body: &str) -> Result<Self, Error> {
        let malformed = |reason| Error::MalformedNote { reason };
        let mut lines = body.lines();
        let origin = lines.next().unwrap_or_default();
        check_key_name(origin)?;
        let size = lines.next().ok_or(malformed("no size"))?;
        let canonical = size == "0" || !size.starts_with('0') && size.bytes().all(|byte| byte.is_ascii_digit());
        let size = size
            .parse()
            .ok()
            .filter(|_| canonical)
            .ok_or(malformed("the size is not a plain number"))?;
        let root = lines.next().ok_or(malformed("no root"))?;
        let root = BASE64.decode(root).map_err(|_| malformed("the root is not base64"))?;
        let root = Hash::from_slice(&root).map_err(|_| malformed("the root is not 32 bytes"))?;
        Ok(Self::new(origin, size, root))
    }
}

/// A checkpoint with its signatures; [`verify`](Self::verify) before trusting it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedCheckpoint {
    checkpoint: Checkpoint,
    /// Exactly what was signed, extension lines of others included.
    body: String,
    signatures: Vec<NoteSignature>,
}

impl SignedCheckpoint {
    /// Adds the signature of a further key: the former key at a rotation, or a witness.
    pub fn sign_also(&mut self, name: &str, key: &SigningKey) -> Result<(), Error> {
        if self.signatures.len() >= MAX_SIGNATURES {
            return Err(Error::MalformedNote {
                reason: "too many signatures",
            });
        }
        let known = KnownKey::new(name, key.verifying_key())?;
        let bytes = key.sign(self.body.as_bytes()).to_bytes();
        self.signatures.push(NoteSignature {
            name: name.to_owned(),
            key_id: known.id(),
            bytes,
        });
        Ok(())
    }

    /// The note as text, to be stored, sent or printed.
    pub fn to_text(&self) -> String {
        let mut text = format!("{}\n", self.body);
        text.extend(self.signatures.iter().map(NoteSignature::to_line));
        text
    }

    /// Reads a note. Says nothing yet about who signed it.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let malformed = |reason| Error::MalformedNote { reason };
        if text.len() > MAX_NOTE_BYTES {
            return Err(malformed("the note is too long"));
        }
        if text
            .chars()
            .any(|character| character.is_control() && character != '\n')
        {
            return Err(malformed("a control character"));
        }
        let blank = text
            .rfind("\n\n")
            .ok_or(malformed("no blank line before the signatures"))?;
        let (body, lines) = (&text[..=blank], &text[blank + 2..]);
        let lines = lines
            .strip_suffix('\n')
            .ok_or(malformed("the last line does not end"))?;
        if lines.split('\n').count() > MAX_SIGNATURES {
            return Err(malformed("too many signatures"));
        }
        let signatures = lines
            .split('\n')
            .filter_map(|line| NoteSignature::parse_line(line).transpose());
        Ok(Self {
            checkpoint: Checkpoint::parse_body(body)?,
            body: body.to_owned(),
            signatures: signatures.collect::<Result<_, _>>()?,
        })
    }

    /// The checkpoint, if at least one known key signed it and no signature of a known key is wrong.
    pub fn verify(&self, keys: &[KnownKey]) -> Result<&Checkpoint, Error> {
        let mut good = 0;
        for signature in &self.signatures {
            let known = keys
                .iter()
                .find(|key| key.name() == signature.name && key.id() == signature.key_id);
            match known {
                Some(key) if key.has_signed(&self.body, signature) => good += 1,
                Some(_) => return Err(Error::BadSignature),
                None => {}
            }
        }
        if good > 0 {
            Ok(&self.checkpoint)
        } else {
            Err(Error::BadSignature)
        }
    }

    /// What the note claims, before any check.
    pub fn unverified(&self) -> &Checkpoint {
        &self.checkpoint
    }

    /// The signature lines.
    pub fn signatures(&self) -> &[NoteSignature] {
        &self.signatures
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::frontier::{Frontier, NodeId};
    use crate::hash::leaf_hash;
    use crate::proof::consistency_proof;

    const ORIGIN: &str = "shirma/test";

    fn key(seed: u8) -> SigningKey {
        SigningKey::from_bytes(&[seed; 32])
    }

    fn known(name: &str, seed: u8) -> KnownKey {
        KnownKey::new(name, key(seed).verifying_key()).unwrap()
    }

    fn signed() -> SignedCheckpoint {
        Checkpoint::new(ORIGIN, 5, leaf_hash(b"root"))
            .sign_first(&key(1))
            .unwrap()
    }

    #[test]
    fn note_has_the_exact_form() {
        let text = signed().to_text();
        let (body, signature) = text.split_once("\n\n").unwrap();
        assert_eq!(body, format!("shirma/test\n5\n{}", BASE64.encode(leaf_hash(b"root").0)));
        assert!(signature.starts_with("\u{2014} shirma/test "));
        assert!(signature.ends_with("\n"));
        assert_eq!(SignedCheckpoint::parse(&text), Ok(signed()));
    }

    #[test]
    fn old_key_new_key_and_witness_sign_one_note() {
        let mut note = signed();
        note.sign_also(ORIGIN, &key(2)).unwrap();
        note.sign_also("witness.example/w", &key(3)).unwrap();
        let note = SignedCheckpoint::parse(&note.to_text()).unwrap();
        for known in [known(ORIGIN, 1), known(ORIGIN, 2), known("witness.example/w", 3)] {
            assert!(note.verify(&[known]).is_ok());
        }
        assert_eq!(note.verify(&[known(ORIGIN, 4)]), Err(Error::BadSignature));
        assert_eq!(note.verify(&[]), Err(Error::BadSignature));
    }

    #[test]
    fn known_key_with_a_wrong_signature_spoils_the_note() {
        let mut note = signed();
        note.sign_also("witness.example/w", &key(3)).unwrap();
        note.signatures[1].bytes[10] ^= 1;
        assert!(note.verify(&[known(ORIGIN, 1)]).is_ok());
        assert_eq!(
            note.verify(&[known(ORIGIN, 1), known("witness.example/w", 3)]),
            Err(Error::BadSignature)
        );
    }

    #[test]
    fn fork_is_never_signed() {
        let mut frontier = Frontier::new();
        let mut nodes = std::collections::HashMap::new();
        let mut roots = vec![frontier.root()];
        for n in 0u8..6 {
            for node in frontier.append(leaf_hash(&[n])) {
                nodes.insert(
                    NodeId {
                        level: node.level,
                        index: node.index,
                    },
                    node.hash,
                );
            }
            roots.push(frontier.root());
        }
        let proof = consistency_proof(3, 6, |id| nodes.get(&id).copied()).unwrap();
        let at = |size: usize| Checkpoint::new(ORIGIN, size as u64, roots[size]);
        assert!(at(6).sign_after(&at(3), &proof, &key(1)).is_ok());
        let forked = Checkpoint::new(ORIGIN, 3, leaf_hash(b"fork"));
        let refused = Err(Error::Inconsistent {
            earlier_size: 3,
            size: 6,
        });
        assert_eq!(at(6).sign_after(&forked, &proof, &key(1)), refused);
        let other = Checkpoint::new("shirma/other", 3, roots[3]);
        assert_eq!(at(6).sign_after(&other, &proof, &key(1)), refused);
    }

    #[test]
    fn malformed_notes_are_refused() {
        let good = signed().to_text();
        for (from, to) in [
            ("\n5\n", "\n05\n"),
            ("\n5\n", "\n+5\n"),
            ("\n\n", "\n"),
            ("\u{2014} ", "- "),
            ("shirma", "shir ma"),
            ("test\n", "test\r\n"),
        ] {
            assert!(SignedCheckpoint::parse(&good.replacen(from, to, 1)).is_err(), "{to:?}");
        }
        assert!(SignedCheckpoint::parse("").is_err());
        assert!(SignedCheckpoint::parse(good.trim_end()).is_err());
        assert!(SignedCheckpoint::parse(&"a\n".repeat(MAX_NOTE_BYTES)).is_err());
    }

    proptest! {
        #[test]
        fn no_altered_character_passes(at in any::<prop::sample::Index>(), letter in "[A-Za-z0-9/\n]") {
            let good = signed().to_text();
            let places: Vec<usize> = good.char_indices().map(|(place, _)| place).collect();
            let place = places[at.index(places.len())];
            let width = good[place..].chars().next().map_or(1, char::len_utf8);
            let altered = format!("{}{letter}{}", &good[..place], &good[place + width..]);
            prop_assume!(altered != good);
            let passes = SignedCheckpoint::parse(&altered).is_ok_and(|note| note.verify(&[known(ORIGIN, 1)]).is_ok());
            prop_assert!(!passes);
        }

        #[test]
        fn no_text_makes_the_reader_panic(text in "\\PC{0,40}\n\n\\PC{0,40}\n?") {
            let _ = SignedCheckpoint::parse(&text);
        }
    }
}
