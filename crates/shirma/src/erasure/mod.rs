//! Erasing a person: 152-FZ art. 21, by destroying the keys first and the rows after (security.md §2.6).
//!
//! ```text
//! freeze ─────────▶ shred ───────────────▶ delete ──────────▶ close days ─▶ certificate
//! data: nothing     keys: no key, a line   data: rows, with    keys of read
//! leaves any more   in the journal         the journal entry   raw events
//! ```
//!
//! Each step may be the last one before a power cut: [`replay`] at the next start goes on from there. It also closes again
//! everybody whom an older copy of the data brought back.

mod ledger;
mod plan;
mod rows;
mod words;

use std::collections::BTreeMap;
use std::sync::Arc;

use shirma_audit::Actor;

use crate::app::{App, Fault};
use crate::audit;
use crate::identifier::{ClientCode, SubjectId};
use crate::vault::{self, Erasure, ErasureReason};
pub use ledger::LedgerError;
pub use plan::{Fate, Line, PLAN};
pub use words::{Certificate, Gone};

/// Why nobody was erased, or not wholly. What was begun is brought to its end at the next start or by a repetition.
#[derive(Debug, thiserror::Error)]
pub enum ErasureError {
    /// There is no card with this id or code.
    #[error("there is no such card")]
    Unknown,
    /// He was erased before.
    #[error("the card is erased already")]
    Erased,
    /// A step failed.
    #[error(transparent)]
    Fault(#[from] Fault),
    /// The list of the erased in the data folder cannot be written or read.
    #[error("the list of the erased cannot be kept")]
    Ledger(#[from] LedgerError),
}

impl From<vault::Error> for ErasureError {
    fn from(error: vault::Error) -> Self {
        ErasureError::Fault(error.into())
    }
}

impl From<shirma_store::Error> for ErasureError {
    fn from(error: shirma_store::Error) -> Self {
        ErasureError::Fault(error.into())
    }
}

/// The card with a code.
///
/// # Errors
/// [`ErasureError::Unknown`]; the database's.
pub async fn find(app: &App, code: ClientCode) -> Result<SubjectId, ErasureError> {
    let found = app.data.read(move |tx| rows::by_code(tx, code)).await?;
    found.ok_or(ErasureError::Unknown)
}

/// Erases a person with all cards that were made one; gives the certificate for the file of destruction acts.
///
/// Whoever calls has seen to it that no law demands the data to be kept, and that `by` may do it. His keys are destroyed when
/// this returns, also in every copy of the data made before; copies of the *keys* made before have to be destroyed, too.
///
/// # Errors
/// [`ErasureError`]. After [`ErasureError::Unknown`] and [`ErasureError::Erased`] nothing has happened.
pub async fn erase(
    app: &Arc<App>,
    subject: SubjectId,
    by: Actor,
    reason: ErasureReason,
) -> Result<Certificate, ErasureError> {
    let (rooms, actor) = (Arc::clone(app), by.clone());
    let frozen = app
        .data
        .write(move |tx| freeze(&rooms, tx, subject, actor, reason))
        .await?;
    let Some((cards, days)) = frozen else {
        return Err(ErasureError::Unknown);
    };
    let Some(first) = cards.first().filter(|card| !card.is_erased) else {
        return Err(ErasureError::Erased);
    };
    let code = first.code;
    let ordered_at_ms = app.now_ms();
    let erasures: Vec<Erasure> = cards
        .iter()
        .map(|card| Erasure {
            subject: card.subject,
            code: card.code.0,
            reason,
            ordered_at_ms,
            done_at_ms: None,
        })
        .collect();
    app.vault.shred(&erasures).await?;
    ledger::keep(app, &erasures)?;
    let gone = delete(app, &erasures, by).await?;
    close_days(app, days).await?;
    for erasure in &erasures {
        if app.vault.holds_key_of(erasure.subject).await? {
            return Err(Fault::Gone("proof that the key is destroyed").into());
        }
    }
    Ok(words::of(app, code, reason, ordered_at_ms, &gone))
}

/// Brings every erasure to its end that a crash broke off, and closes those whom older data brought back. Called at each
/// start before anybody is let in. Gives how many people were closed.
///
/// # Errors
/// [`ErasureError`]; the program must not serve then.
pub async fn replay(app: &Arc<App>) -> Result<usize, ErasureError> {
    let mut known = app.vault.erasures().await?;
    let forgotten: Vec<Erasure> = ledger::read(app)?
        .into_iter()
        .filter(|listed| !known.iter().any(|erasure| erasure.subject == listed.subject))
        .collect();
    if !forgotten.is_empty() {
        // The keys are older than the list: they were brought back, too.
        app.vault.shred(&forgotten).await?;
        known.extend(&forgotten);
    }
    ledger::keep(app, &known)?;
    let mut open = Vec::new();
    for erasure in known {
        let subject = erasure.subject;
        let card = app.data.read(move |tx| rows::card(tx, subject)).await?;
        let is_back = card.is_some_and(|card| !card.is_erased);
        let has_key = app.vault.holds_key_of(subject).await?;
        if is_back || has_key || erasure.done_at_ms.is_none() {
            open.push(erasure);
        }
    }
    if open.is_empty() {
        return Ok(0);
    }
    app.vault.shred(&open).await?;
    delete(app, &open, audit::system()).await?;
    // Which raw events are theirs cannot be seen any more: all that were read are closed.
    let today = vault::day_of(app.now_ms());
    let days = app.vault.days_before(today).await?;
    close_days(app, days).await?;
    Ok(open.len())
}

/// Signs both lists of the erased with the secret in force: a former one is about to be destroyed.
///
/// # Errors
/// [`Fault`]; the former secret must stay then.
pub async fn resign(app: &App) -> Result<(), Fault> {
    app.vault.resign_erasures().await?;
    let kept = ledger::read(app).and_then(|listed| ledger::keep(app, &listed));
    kept.map_err(|_| Fault::Unreadable("list of the erased"))
}

/// Raw events are kept readable for so many days after they were read, to look into what went wrong with one.
const RAW_DAYS: i64 = 7;

/// Destroys the keys of days that are over for a week and whose raw events have all been read (security.md §2.1).
///
/// # Errors
/// [`ErasureError`]; it is tried again the next time.
pub async fn close_old_days(app: &Arc<App>) -> Result<(), ErasureError> {
    let days = app.vault.days_before(vault::day_of(app.now_ms()) - RAW_DAYS).await?;
    close_days(app, days).await
}

type Frozen = Option<(Vec<rows::Card>, Vec<i64>)>;

fn freeze(
    app: &App,
    tx: &mut shirma_store::Tx<'_>,
    subject: SubjectId,
    by: Actor,
    reason: ErasureReason,
) -> Result<Frozen, Fault> {
    let cards = rows::cards(tx, subject)?;
    let Some(root) = cards.first().copied() else {
        return Ok(None);
    };
    if root.is_erased {
        return Ok(Some((cards, Vec::new())));
    }
    let mut days = Vec::new();
    for card in &cards {
        rows::freeze(tx, card.subject)?;
        days.extend(rows::empty_inbox(app, tx, card.subject)?);
    }
    tx.append(
        &audit::leaf(app.now_ms(), by, audit::SUBJECT_FREEZE, root.subject.object()).with_purpose(reason.as_str()),
    )?;
    Ok(Some((cards, days)))
}

/// Deletes the rows of people without keys, with one entry of the journal for each, and notes it beside the keys.
async fn delete(app: &Arc<App>, erasures: &[Erasure], by: Actor) -> Result<Gone, ErasureError> {
    let (rooms, mine) = (Arc::clone(app), erasures.to_vec());
    let gone = app
        .data
        .write(move |tx| -> Result<Gone, Fault> {
            let mut gone: Gone = BTreeMap::new();
            for erasure in &mine {
                rows::freeze(tx, erasure.subject)?;
                let counts = rows::delete(tx, erasure.subject)?;
                for (line, count) in PLAN.iter().zip(&counts) {
                    *gone.entry(line.table).or_default() += count;
                }
                tx.append(
                    &audit::leaf(
                        rooms.now_ms(),
                        by.clone(),
                        audit::SUBJECT_ERASE,
                        erasure.subject.object(),
                    )
                    .with_purpose(erasure.reason.as_str())
                    .with_count(counts.iter().sum()),
                )?;
            }
            Ok(gone)
        })
        .await?;
    // Sealed rows, too, leave the files: who had copied the keys before would still open them.
    for _ in 0..SCRUB_TRIES {
        match app.data.checkpoint().await {
            Err(shirma_store::Error::Busy) => tokio::time::sleep(SCRUB_PAUSE).await,
            other => {
                other?;
                break;
            }
        }
    }
    let subjects: Vec<SubjectId> = erasures.iter().map(|erasure| erasure.subject).collect();
    app.vault.finish_erasure(&subjects, app.now_ms()).await?;
    Ok(gone)
}

/// Tries to empty the log of the data; a reader that stands in the way for longer only leaves sealed bytes there for a while.
const SCRUB_TRIES: u32 = 40;
const SCRUB_PAUSE: std::time::Duration = std::time::Duration::from_millis(50);

/// Of these days, closes those that are over and whose raw events have all been read.
async fn close_days(app: &Arc<App>, days: Vec<i64>) -> Result<(), ErasureError> {
    let today = vault::day_of(app.now_ms());
    let over: Vec<i64> = days.into_iter().filter(|day| *day < today).collect();
    if over.is_empty() {
        return Ok(());
    }
    let read = app.data.read(move |tx| rows::read_days(tx, &over)).await?;
    let closed = app.vault.close_days(&read).await?;
    if closed > 0 {
        let leaf = audit::leaf(app.now_ms(), audit::system(), audit::DAYS_CLOSE, audit::house());
        audit::note(app, leaf.with_count(closed)).await?;
    }
    Ok(())
}
