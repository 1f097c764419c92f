//! The quick look at every start: is the journal's edge whole, and does it continue every copy of its checkpoints that
//! this machine can reach? A few rows for each doubling of the journal, whatever its length (security.md §4.5).
//!
//! A database put back to an older state is the owner's right after an accident and an attacker's way to lose traces.
//! The two look alike, so a person decides, gives a reason, and the journal tells of it.

use std::sync::Arc;

use shirma_audit::{ActorKind, Checkpoint, Frontier, Leaf, NamedNote, commitment, leaf_hash, verify_consistency};
use shirma_store::{Store, Tx};
use shirma_vault::{Entropy, hex};

use super::rows;
use super::signing::{Trust, proof, stored_root};
use crate::app::Fault;
use crate::vault::{self, Vault, house_cell};

/// Shortest reason for going on after a rollback, in characters.
pub const MIN_REASON_CHARS: usize = 10;

/// What forbids to serve.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Alarm {
    /// Head, edge, newest leaf or newest checkpoint do not fit each other.
    #[error("the journal is damaged: {what}")]
    Damaged {
        /// Which part.
        what: &'static str,
    },
    /// A copy knows more entries, or others, than the journal has.
    #[error("the journal of {size} entries does not continue the copy {note} over {copied}")]
    RolledBack {
        /// The copy that says most.
        note: String,
        /// Entries it covers.
        copied: u64,
        /// Entries there are.
        size: u64,
    },
    /// The reason is too short to explain anything.
    #[error("the reason is too short")]
    ShortReason,
}

/// Looks at the journal and at the copies at hand.
///
/// # Errors
/// [`Fault`] when it cannot be read; the inner `Err` when it must not be served.
pub fn look(data: &Store, trust: &Trust, copies: Vec<NamedNote>) -> Result<Result<(), Alarm>, Fault> {
    let trust = trust.clone();
    data.read_blocking(move |tx| {
        if let Err(what) = edge(tx, &trust)? {
            return Ok(Err(Alarm::Damaged { what }));
        }
        let size = tx.audit_head()?.size;
        let foreign = foreign(tx, &trust, copies)?;
        let worst = foreign.into_iter().max_by_key(|(_, copy)| copy.size);
        Ok(worst.map_or(Ok(()), |(note, copy)| {
            Err(Alarm::RolledBack {
                note,
                copied: copy.size,
                size,
            })
        }))
    })
}

/// Goes on although copies contradict: they are noted as accepted, and a leaf says how many entries are gone and why.
///
/// # Errors
/// [`Fault`]; nothing is accepted then. The inner `Err` when the reason says nothing.
pub fn accept_rollback(
    data: &Store,
    vault: &Vault,
    entropy: &Arc<dyn Entropy>,
    copies: Vec<NamedNote>,
    reason: &str,
    now_ms: i64,
) -> Result<Result<(), Alarm>, Fault> {
    let reason = reason.trim().to_owned();
    if reason.chars().count() < MIN_REASON_CHARS {
        return Ok(Err(Alarm::ShortReason));
    }
    let trust = Trust::of(vault);
    let (vault, entropy) = (vault.clone(), Arc::clone(entropy));
    data.write_blocking(move |tx| {
        let size = tx.audit_head()?.size;
        let foreign = foreign(tx, &trust, copies)?;
        let Some(longest) = foreign.iter().map(|(_, copy)| copy.size).max() else {
            return Ok(Ok(()));
        };
        let actor = shirma_audit::Actor::new(ActorKind::Cli, "serve");
        let leaf = super::leaf(now_ms, actor, super::ROLLBACK, super::house()).with_count(longest.saturating_sub(size));
        let seq = append_with_note(tx, &vault, &entropy, leaf, &reason)?;
        for (_, copy) in &foreign {
            rows::accept(tx, copy.size, copy.root.as_bytes(), seq)?;
        }
        Ok(Ok(()))
    })
}

/// Appends a leaf with words of the house that stay out of it: sealed with the installation's key, committed to.
fn append_with_note(
    tx: &mut Tx<'_>,
    vault: &Vault,
    entropy: &Arc<dyn Entropy>,
    leaf: Leaf,
    words: &str,
) -> Result<i64, Fault> {
    let mut salt = [0_u8; super::detail::SALT_BYTES];
    entropy.fill(&mut salt).map_err(vault::Error::from)?;
    let seq = tx.append(&leaf.with_detail(commitment(&salt, words.as_bytes())))?;
    let row = i64::try_from(seq).map_err(|_| Fault::Journal)?;
    let salt = vault.seal(house_cell("audit_note", "salt_ct", row), &hex(&salt))?;
    let note = vault.seal(house_cell("audit_note", "note_ct", row), words)?;
    rows::keep_note(tx, row, &salt, &note)?;
    Ok(row)
}

/// Whether what stands at the edge of the tree fits together; the inner `Err` names what does not.
fn edge(tx: &mut Tx<'_>, trust: &Trust) -> Result<Result<(), &'static str>, Fault> {
    let head = tx.audit_head()?;
    let last = tx.audit_last_seq()?;
    if last.map_or(0, |last| last + 1) != head.size {
        return Ok(Err("head and last entry"));
    }
    let kept = tx.audit_last_checkpoint()?;
    if head.size == 0 {
        return Ok(if kept.is_some() { Err("head") } else { Ok(()) });
    }
    let frontier = Frontier::from_bytes(&tx.audit_frontier()?).ok();
    if frontier.is_none_or(|frontier| frontier.size() != head.size || frontier.root() != head.root) {
        return Ok(Err("head and edge"));
    }
    if stored_root(tx, head.size)? != Some(head.root) {
        return Ok(Err("head and tree"));
    }
    let newest = tx.audit_leaves(head.size - 1, 1)?.pop();
    let is_whole = newest.is_some_and(|leaf| {
        leaf_hash(&leaf.body) == leaf.hash && Leaf::parse(&leaf.body).is_ok_and(|(seq, _)| seq + 1 == head.size)
    });
    if !is_whole {
        return Ok(Err("last entry"));
    }
    let Some(kept) = kept else { return Ok(Ok(())) };
    let Some(checkpoint) = trust.read(&kept.note) else {
        return Ok(Err("signature of the last checkpoint"));
    };
    if checkpoint.size != kept.size || checkpoint.size > head.size {
        return Ok(Err("last checkpoint"));
    }
    let path = proof(tx, checkpoint.size, head.size).unwrap_or_default();
    let continues = verify_consistency(checkpoint.size, checkpoint.root, head.size, head.root, &path).is_ok();
    Ok(if continues {
        Ok(())
    } else {
        Err("last checkpoint and tree")
    })
}

/// Signed copies that the journal does not continue and nobody accepted. Others' files and unreadable ones say nothing.
fn foreign(tx: &mut Tx<'_>, trust: &Trust, copies: Vec<NamedNote>) -> Result<Vec<(String, Checkpoint)>, Fault> {
    let size = tx.audit_head()?.size;
    let mut foreign = Vec::new();
    for copy in copies {
        let Some(checkpoint) = trust.read(&copy.text) else {
            continue;
        };
        let agrees = checkpoint.size <= size && stored_root(tx, checkpoint.size)? == Some(checkpoint.root);
        if !agrees && !rows::is_accepted(tx, checkpoint.size, checkpoint.root.as_bytes())? {
            foreign.push((copy.name, checkpoint));
        }
    }
    Ok(foreign)
}
