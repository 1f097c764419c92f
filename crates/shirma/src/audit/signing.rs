//! Signing the journal as it stands: a checkpoint that continues the last one, never a fork (security.md §4.2).

use shirma_audit::{Checkpoint, Hash, KnownKey, SignedCheckpoint, consistency_proof, root_of};
use shirma_store::{Error, Tx};

use crate::app::Fault;
use crate::vault::Vault;

/// The name under which an installation signs.
pub(crate) fn origin(app_installation: &str) -> String {
    format!("shirma/{app_installation}")
}

/// Whose signatures count, and under which name.
#[derive(Debug, Clone)]
pub struct Trust {
    /// The name under which the installation signs, `shirma/<installation>`.
    pub origin: String,
    /// Its keys, the present and former ones.
    pub keys: Vec<KnownKey>,
}

impl Trust {
    /// The installation's own keys.
    pub fn of(vault: &Vault) -> Trust {
        let origin = origin(vault.keyring().installation());
        let keys = vault.keyring().verifying_keys().into_iter();
        let keys = keys.filter_map(|(_, key)| KnownKey::new(&origin, key).ok()).collect();
        Trust { origin, keys }
    }

    /// A key that somebody keeps elsewhere: the installation's own word is not asked then.
    pub fn of_key(key: KnownKey) -> Trust {
        Trust {
            origin: key.name().to_owned(),
            keys: vec![key],
        }
    }

    /// What a note says, if one of the keys signed it for this installation.
    pub fn read(&self, note: &str) -> Option<Checkpoint> {
        let signed = SignedCheckpoint::parse(note).ok()?;
        let checkpoint = signed.verify(&self.keys).ok()?;
        (checkpoint.origin == self.origin).then(|| checkpoint.clone())
    }
}

/// Signs the tree unless it has not grown; gives the new checkpoint.
///
/// # Errors
/// [`Fault::Journal`] when the tree does not continue the last checkpoint.
pub fn sign(vault: &Vault, tx: &mut Tx<'_>, now_ms: i64) -> Result<Option<Checkpoint>, Fault> {
    let head = tx.audit_head()?;
    let last = tx.audit_last_checkpoint()?;
    if head.size == 0 || last.as_ref().is_some_and(|last| last.size == head.size) {
        return Ok(None);
    }
    let trust = Trust::of(vault);
    let checkpoint = Checkpoint::new(&trust.origin, head.size, head.root);
    let ring = vault.keyring();
    let key = ring.signing_key();
    let signed = match last {
        None => checkpoint.sign_first(&key).map_err(|_| Fault::Journal)?,
        Some(last) => {
            let kept = SignedCheckpoint::parse(&last.note).map_err(|_| Fault::Journal)?;
            let earlier = trust.read(&last.note).ok_or(Fault::Journal)?;
            let proof = proof(tx, earlier.size, head.size)?;
            let mut signed = checkpoint
                .sign_after(&earlier, &proof, &key)
                .map_err(|_| Fault::Journal)?;
            // The first one of a new key carries the word of the key that signed the last one (security.md §2.5).
            let signed_last = |key| {
                let known = KnownKey::new(&trust.origin, key);
                known.is_ok_and(|known| kept.signatures().iter().any(|one| one.key_id == known.id()))
            };
            if !signed_last(key.verifying_key()) {
                let former = ring.former_signing_keys();
                let former = former.iter().find(|key| signed_last(key.verifying_key()));
                signed
                    .sign_also(&trust.origin, former.ok_or(Fault::Journal)?)
                    .map_err(|_| Fault::Journal)?;
            }
            signed
        }
    };
    let note = signed.to_text();
    tx.audit_put_checkpoint(head.size, &note, now_ms)?;
    Ok(Some(checkpoint))
}

/// That the tree of `to` leaves continues the one of `from` leaves, from the stored subtrees.
pub(super) fn proof(tx: &mut Tx<'_>, from: u64, to: u64) -> Result<Vec<Hash>, Fault> {
    let mut failed = None;
    let proof = consistency_proof(from, to, |node| match tx.audit_node(node) {
        Ok(hash) => hash,
        Err(error) => {
            failed = Some(error);
            None
        }
    });
    match failed {
        Some(error) => Err(error.into()),
        None => proof.map_err(|_| Fault::Journal),
    }
}

/// The root over the first `size` leaves from the stored subtrees; `None` when one is missing.
pub(super) fn stored_root(tx: &mut Tx<'_>, size: u64) -> Result<Option<Hash>, Error> {
    let mut failed = None;
    let root = root_of(size, |node| {
        tx.audit_node(node).unwrap_or_else(|error| {
            failed = Some(error);
            None
        })
    });
    failed.map_or(Ok(root.ok()), Err)
}
