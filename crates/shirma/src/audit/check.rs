//! `shirma audit verify`: everything recomputed from the stored bytes (security.md §4.5).

use shirma_audit::{Evidence, Head, MAX_ANCHOR_GAP_MS, NamedNote, Report, Row, Verifier};
use shirma_store::{Error, Store};

use super::signing::Trust;

/// Rows read at a time.
const PAGE: u32 = 1_000;
/// Why the journal could not be looked at.
#[derive(Debug, thiserror::Error)]
pub enum CheckError {
    /// The database.
    #[error(transparent)]
    Store(#[from] Error),
}

/// Recomputes the journal and holds it against its checkpoints and the anchors given.
///
/// # Errors
/// [`CheckError`] when rows cannot be read at all; a wrong journal is a [`Report`], not an error.
pub fn verify(data: &Store, trust: Trust, anchors: Vec<NamedNote>, now_ms: i64) -> Result<Report, CheckError> {
    let Trust { origin, keys } = trust;
    Ok(data.read_blocking(move |tx| -> Result<Report, Error> {
        let mut checkpoints = Vec::new();
        let mut after = 0;
        loop {
            let page = tx.audit_checkpoints(after, PAGE)?;
            let Some(last) = page.last() else { break };
            after = last.id;
            let notes = page.into_iter().map(|kept| NamedNote {
                name: format!("checkpoint {}", kept.id),
                text: kept.note,
            });
            checkpoints.extend(notes);
        }
        // Without a folder of anchors nothing is asked of them.
        let max_anchor_gap_ms = if anchors.is_empty() {
            i64::MAX
        } else {
            MAX_ANCHOR_GAP_MS
        };
        let mut verifier = Verifier::new(Evidence {
            origin,
            keys,
            checkpoints,
            anchors,
            max_anchor_gap_ms,
        })
        .comparing_nodes();
        let mut next = 0;
        loop {
            let page = tx.audit_leaves(next, PAGE)?;
            let Some(last) = page.last() else { break };
            let (first, end) = (next, last.seq + 1);
            next = end;
            for leaf in &page {
                verifier.row(Row {
                    seq: leaf.seq,
                    bytes: Some(&leaf.body),
                    hash: leaf.hash,
                });
            }
            verifier.stored_nodes(tx.audit_nodes(first, end)?);
        }
        verifier.stored_node_count(tx.audit_node_count()?);
        verifier.stored_frontier(&tx.audit_frontier()?);
        let head = tx.audit_head()?;
        Ok(verifier.finish(
            Head {
                size: head.size,
                root: head.root,
            },
            now_ms,
        ))
    })?)
}
