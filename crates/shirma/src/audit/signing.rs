//! Signing the journal as it stands: a checkpoint that continues the last one, never a fork (security.md §4.2).

use shirma_audit::{Checkpoint, KnownKey, SignedCheckpoint, consistency_proof};
use shirma_store::Tx;

use crate::app::{App, Fault};

/// The name under which an installation signs.
pub(crate) fn origin(app_installation: &str) -> String {
    format!("shirma/{app_installation}")
}

/// The keys that may have signed for this installation.
pub(super) fn known_keys(vault: &crate::vault::Vault) -> Vec<KnownKey> {
    let origin = origin(vault.keyring().installation());
    let keys = vault.keyring().verifying_keys().into_iter();
    keys.filter_map(|(_, key)| KnownKey::new(&origin, key).ok()).collect()
}

/// Signs the tree unless it has not grown; gives the new checkpoint.
///
/// # Errors
/// [`Fault::Journal`] when the tree does not continue the last checkpoint.
pub fn sign(app: &App, tx: &mut Tx<'_>) -> Result<Option<Checkpoint>, Fault> {
    let head = tx.audit_head()?;
    let last = tx.audit_last_checkpoint()?;
    if head.size == 0 || last.as_ref().is_some_and(|last| last.size == head.size) {
        return Ok(None);
    }
    let keyring = app.vault.keyring();
    let checkpoint = Checkpoint::new(origin(keyring.installation()), head.size, head.root);
    let key = keyring.signing_key();
    let signed = match last {
        None => checkpoint.sign_first(&key).map_err(|_| Fault::Journal)?,
        Some(last) => {
            let kept = SignedCheckpoint::parse(&last.note).map_err(|_| Fault::Journal)?;
            let earlier = kept.verify(&known_keys(&app.vault)).map_err(|_| Fault::Journal)?;
            let proof = proof(tx, earlier.size, head.size)?;
            let mut signed = checkpoint
                .sign_after(earlier, &proof, &key)
                .map_err(|_| Fault::Journal)?;
            // The first one of a new key carries the former key's word for it (security.md §2.5).
            let new_to_it = signed.signatures().iter().all(|signature| {
                let known = kept.signatures().iter();
                known.clone().all(|other| other.key_id != signature.key_id)
            });
            if let Some(former) = keyring.former_signing_keys().first().filter(|_| new_to_it) {
                let origin = origin(keyring.installation());
                signed.sign_also(&origin, former).map_err(|_| Fault::Journal)?;
            }
            signed
        }
    };
    let note = signed.to_text();
    tx.audit_put_checkpoint(head.size, &note, app.now_ms())?;
    Ok(Some(checkpoint))
}

fn proof(tx: &mut Tx<'_>, from: u64, to: u64) -> Result<Vec<shirma_audit::Hash>, Fault> {
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
