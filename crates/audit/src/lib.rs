//! The journal as a proof: records without values, a Merkle tree over them, signed checkpoints, and a verifier.
//!
//! Pure: no file, no socket, no clock. The store keeps the bytes, the vault keeps the signing key, an outside
//! checker needs this crate alone. The forms are public ones: RFC 6962 trees, C2SP signed notes and checkpoints.
//!
//! ```
//! use ed25519_dalek::SigningKey;
//! use shirma_audit::{Act, Actor, ActorKind, Checkpoint, Frontier, KnownKey, Leaf, Object, SignedCheckpoint, leaf_hash};
//!
//! // Write: canonical bytes, one leaf of the tree.
//! let mut frontier = Frontier::new();
//! let actor = Actor::new(ActorKind::Staff, "7");
//! let leaf = Leaf::new(1_700_000_000_000, actor, Act::new("subject.reveal"), Object::new("subject", "412"));
//! let bytes = leaf.canonical(frontier.size())?;
//! let nodes_to_store = frontier.append(leaf_hash(&bytes));
//! assert_eq!(nodes_to_store.len(), 1);
//!
//! // Prove: a signed note that others keep.
//! let key = SigningKey::from_bytes(&[1; 32]);
//! let note = Checkpoint::new("shirma/demo", frontier.size(), frontier.root()).sign_first(&key)?.to_text();
//!
//! // Check, elsewhere and later.
//! let known = KnownKey::new("shirma/demo", key.verifying_key())?;
//! assert_eq!(SignedCheckpoint::parse(&note)?.verify(&[known])?.size, 1);
//! # Ok::<(), shirma_audit::Error>(())
//! ```

mod act;
mod checkpoint;
mod error;
mod frontier;
mod hash;
mod leaf;
mod note;
mod proof;
mod verify;

pub use act::{Act, MAX_ACT_BYTES};
pub use checkpoint::{Checkpoint, MAX_NOTE_BYTES, MAX_SIGNATURES, SignedCheckpoint};
pub use error::Error;
pub use frontier::{Frontier, Node, NodeId};
pub use hash::{HASH_BYTES, Hash, commitment, empty_root, leaf_hash, node_hash};
pub use leaf::{Actor, ActorKind, LEAF_VERSION, Leaf, MAX_FIELDS, MAX_LEAF_BYTES, MAX_TEXT_BYTES, Object, Outcome};
pub use note::{KnownKey, NoteSignature};
pub use proof::{consistency_proof, inclusion_proof, root_of, verify_consistency, verify_inclusion};

pub use verify::{Evidence, Head, MAX_ANCHOR_GAP_MS, NamedNote, Report, Row, Verdict, Verifier};

/// The signing and verifying keys of checkpoints, so that users of this crate need not name its signature crate.
pub use ed25519_dalek::{SigningKey, VerifyingKey};
