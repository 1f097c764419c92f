//! What can go wrong when a leaf is written, a proof is checked or a note is read.
//!
//! No variant carries the text that was refused: it may be exactly the personal value that must not spread.

/// The error of this crate.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// A string of a leaf is empty, too long or has a character outside the allowed alphabet.
    #[error("the leaf field `{field}` holds a character or a length that a leaf must not have")]
    ForbiddenText {
        /// Name of the leaf field.
        field: &'static str,
    },
    /// A string of a leaf has as many digits as a phone or a document number.
    #[error("the leaf field `{field}` looks like a personal number")]
    LooksPersonal {
        /// Name of the leaf field.
        field: &'static str,
    },
    /// More field names than [`MAX_FIELDS`](crate::MAX_FIELDS).
    #[error("a leaf names {count} fields, more than allowed")]
    TooManyFields {
        /// How many were given.
        count: usize,
    },
    /// The canonical bytes would exceed [`MAX_LEAF_BYTES`](crate::MAX_LEAF_BYTES).
    #[error("a leaf of {size_bytes} bytes is larger than allowed")]
    TooLarge {
        /// Length of the canonical bytes.
        size_bytes: usize,
    },
    /// The name of an act is not `word.word` in lower-case ASCII.
    #[error("the name of an act is not of the form `word.word`")]
    InvalidAct,
    /// Bytes are not the canonical form of a leaf.
    #[error("the bytes are not a canonical leaf")]
    NotCanonical,
    /// A hash in text form is not 64 lower-case hexadecimal digits.
    #[error("a hash is not 64 hexadecimal digits")]
    InvalidHash,
    /// Stored frontier bytes do not fit their own size.
    #[error("the stored frontier is damaged")]
    DamagedFrontier,
    /// The node source has no hash for a complete subtree that a proof needs.
    #[error("the tree node at level {level}, index {index} is missing")]
    MissingNode {
        /// Height over the leaves.
        level: u8,
        /// Position inside the level.
        index: u64,
    },
    /// An index or a size lies outside the tree.
    #[error("index or size {asked} lies outside a tree of {size} leaves")]
    OutsideTree {
        /// What was asked for.
        asked: u64,
        /// Size of the tree.
        size: u64,
    },
    /// A proof does not lead to the expected root.
    #[error("the proof does not lead to the expected root")]
    ProofRefused,
    /// A later checkpoint contradicts an earlier one.
    #[error("the checkpoint of size {size} contradicts the one of size {earlier_size}")]
    Inconsistent {
        /// Size of the earlier checkpoint.
        earlier_size: u64,
        /// Size of the checkpoint that was refused.
        size: u64,
    },
    /// Text is not a signed checkpoint note.
    #[error("not a checkpoint note: {reason}")]
    MalformedNote {
        /// Which rule of the format is broken.
        reason: &'static str,
    },
    /// A key name is empty or has a space, a plus sign or a control character.
    #[error("a key name is empty or holds a forbidden character")]
    InvalidKeyName,
    /// A public key in text form cannot be read.
    #[error("not a public key of a checkpoint")]
    InvalidKey,
    /// No signature by a known key, or one that does not fit.
    #[error("the checkpoint carries no valid signature by a known key")]
    BadSignature,
}
