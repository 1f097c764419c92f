//! Free words beside a leaf: sealed with the person's key, erasable, proven by the leaf's commitment (security.md §4.1).
//!
//! The salt is sealed like the words: short words could be guessed from the commitment and a known salt.

use shirma_audit::{Hash, Leaf, commitment};
use shirma_store::Tx;
use shirma_vault::{Pii, bytes_of_hex, hex};

use super::rows::{self, DetailRow};
use crate::app::{App, Fault};
use crate::identifier::SubjectId;
use crate::vault::{self, cell, house_cell};

/// Bytes of a salt.
pub(super) const SALT_BYTES: usize = 32;

/// Appends a leaf with words about a person that stay out of it.
///
/// # Errors
/// [`Fault`]; neither leaf nor words are kept then.
pub fn append_with_detail(app: &App, tx: &mut Tx<'_>, leaf: Leaf, about: SubjectId, words: &str) -> Result<u64, Fault> {
    let mut salt = [0_u8; SALT_BYTES];
    app.entropy.fill(&mut salt).map_err(vault::Error::from)?;
    let seq = tx.append(&leaf.with_detail(commitment(&salt, words.as_bytes())))?;
    let row = i64::try_from(seq).map_err(|_| Fault::Journal)?;
    let salt_words = hex(&salt);
    let sealed = DetailRow {
        subject: about,
        salt: app
            .vault
            .seal(cell("audit_detail", "salt_ct", row, about), &salt_words)?,
        words: app.vault.seal(cell("audit_detail", "detail_ct", row, about), words)?,
    };
    rows::keep_detail(tx, row, &sealed)?;
    Ok(seq)
}

/// The words beside a leaf; `None` when there are none, when they were erased, or when they are not those it commits to.
///
/// # Errors
/// [`Fault`].
pub fn detail(app: &App, tx: &mut Tx<'_>, seq: u64, leaf: &Leaf) -> Result<Option<Pii<String>>, Fault> {
    let (Some(promised), Ok(row)) = (leaf.detail, i64::try_from(seq)) else {
        return Ok(None);
    };
    if let Some((salt, words)) = rows::note(tx, row)? {
        let salt = app.vault.open(house_cell("audit_note", "salt_ct", row), &salt)?;
        let words = app.vault.open(house_cell("audit_note", "note_ct", row), &words)?;
        return Ok(kept_if_promised(salt, words, promised));
    }
    let Some(kept) = rows::detail(tx, row)? else {
        return Ok(None);
    };
    let open = |column, sealed: &[u8]| match app.vault.open(cell("audit_detail", column, row, kept.subject), sealed) {
        Ok(opened) => Ok(Some(opened)),
        Err(vault::Error::NoKey) => Ok(None),
        Err(error) => Err(Fault::from(error)),
    };
    let (Some(salt), Some(words)) = (open("salt_ct", &kept.salt)?, open("detail_ct", &kept.words)?) else {
        return Ok(None);
    };
    Ok(kept_if_promised(salt, words, promised))
}

fn kept_if_promised(salt: Pii<String>, words: Pii<String>, promised: Hash) -> Option<Pii<String>> {
    let salt: [u8; SALT_BYTES] = bytes_of_hex(salt.expose())?;
    (commitment(&salt, words.expose().as_bytes()) == promised).then_some(words)
}

/// Erases all words kept about a person; the journal verifies as before.
///
/// # Errors
/// [`Fault`].
pub fn erase_details(tx: &mut Tx<'_>, about: SubjectId) -> Result<u64, Fault> {
    rows::erase_details(tx, about)
}
