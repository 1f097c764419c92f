//! Destroying keys: of a person, for ever, with a line in the journal of the erased; of days whose raw events were read.
//!
//! Without his keys nothing of a person opens, in no copy of the data however old. The journal of the erased lies beside the
//! keys and not beside the data, so that an older copy of the data meets it at the next start.

use std::time::Duration;

use super::{Error, MacPurpose, Vault, lock, rows};
use crate::clock::DAY_MS;
use crate::identifier::SubjectId;

/// Tries to get a destroyed key out of the database's log; a read that stands in the way takes milliseconds.
const SCRUB_TRIES: u32 = 100;
const SCRUB_PAUSE: Duration = Duration::from_millis(50);
/// Form of what the keyed hash of a line covers.
const LINE_FORM: &str = "erasure/1";

/// Why a person was erased (приказ РКН № 179, п. 3; `law-152fz.md` §5).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErasureReason {
    /// He took his consent back.
    Withdrawal,
    /// He asked for it.
    Request,
    /// What the data were for has been done.
    Purpose,
    /// They were got unlawfully or are not needed.
    Unlawful,
    /// The term of keeping is over.
    Term,
    /// An authority or a court ordered it.
    Order,
}

impl ErasureReason {
    /// Every reason.
    pub const ALL: [Self; 6] = [
        Self::Withdrawal,
        Self::Request,
        Self::Purpose,
        Self::Unlawful,
        Self::Term,
        Self::Order,
    ];

    /// As tables, the journal and the command line name it.
    pub fn as_str(self) -> &'static str {
        match self {
            ErasureReason::Withdrawal => "withdrawal",
            ErasureReason::Request => "request",
            ErasureReason::Purpose => "purpose",
            ErasureReason::Unlawful => "unlawful",
            ErasureReason::Term => "term",
            ErasureReason::Order => "order",
        }
    }

    /// The reason with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.as_str() == name)
    }
}

/// A line of the journal of the erased: no name and no value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Erasure {
    /// Who.
    pub subject: SubjectId,
    /// К-0412 is 412.
    pub code: i64,
    /// Why.
    pub reason: ErasureReason,
    /// When the keys were destroyed.
    pub ordered_at_ms: i64,
    /// When the rows were deleted; `None` while that is under way.
    pub done_at_ms: Option<i64>,
}

impl Erasure {
    fn bytes(&self) -> Vec<u8> {
        let Erasure {
            subject,
            code,
            reason,
            ordered_at_ms,
            ..
        } = self;
        format!("{LINE_FORM} {} {code} {} {ordered_at_ms}", subject.0, reason.as_str()).into_bytes()
    }
}

impl Vault {
    /// The keyed hash that makes a line of the journal of the erased this installation's own.
    pub fn sign_erasure(&self, erasure: &Erasure) -> [u8; 32] {
        self.mac(MacPurpose::Erasure, &erasure.bytes())
    }

    /// Whether a line with this keyed hash was written here.
    pub fn is_own_erasure(&self, erasure: &Erasure, mac: &[u8]) -> bool {
        self.verify_mac(MacPurpose::Erasure, &erasure.bytes(), mac)
    }

    /// Destroys all keys of these people and notes them as erased, in one transaction; afterwards the database's files do not
    /// hold the wrapped keys either. People noted before keep their line.
    ///
    /// # Errors
    /// The key store's. When only the files could not be rid of the keys ([`shirma_store::Error::Busy`]), repeat.
    pub async fn shred(&self, erasures: &[Erasure]) -> Result<(), Error> {
        let ids: Vec<i64> = erasures.iter().map(|erasure| erasure.subject.0).collect();
        self.refuse_keys_of(&ids);
        let lines: Vec<(Erasure, [u8; 32])> = erasures
            .iter()
            .map(|erasure| (*erasure, self.sign_erasure(erasure)))
            .collect();
        let shredded = self.0.keys.write(move |tx| rows::shred(tx, &lines)).await;
        if let Err(error) = shredded {
            // Unless the outcome is unknown nothing happened: the person is there as before.
            if error != shirma_store::Error::Unknown {
                lock(&self.0.erased).retain(|id| !ids.contains(id));
            }
            return Err(error.into());
        }
        self.scrub("subject_key").await
    }

    /// The journal of the erased, oldest first.
    ///
    /// # Errors
    /// [`Error::ForeignErasure`] when a line was not written by this installation.
    pub async fn erasures(&self) -> Result<Vec<Erasure>, Error> {
        let lines = self.0.keys.read(rows::erasures).await?;
        for (erasure, mac) in &lines {
            if !self.is_own_erasure(erasure, mac) {
                return Err(Error::ForeignErasure {
                    subject: erasure.subject.0,
                });
            }
        }
        Ok(lines.into_iter().map(|(erasure, _)| erasure).collect())
    }

    /// Notes that the rows of these people are gone.
    ///
    /// # Errors
    /// The key store's.
    pub async fn finish_erasure(&self, subjects: &[SubjectId], at_ms: i64) -> Result<(), Error> {
        let subjects = subjects.to_vec();
        Ok(self
            .0
            .keys
            .write(move |tx| rows::finish_erasure(tx, &subjects, at_ms))
            .await?)
    }

    /// Whether there is any key of a person, of either section.
    ///
    /// # Errors
    /// The key store's.
    pub async fn holds_key_of(&self, subject: SubjectId) -> Result<bool, Error> {
        Ok(self.0.keys.read(move |tx| rows::holds_key_of(tx, subject.0)).await?)
    }

    /// Destroys the keys of these days (counted from 1970-01-01, UTC): their raw events are unreadable then, in every copy.
    ///
    /// # Errors
    /// The key store's.
    pub async fn close_days(&self, days: &[i64]) -> Result<u64, Error> {
        let mine = days.to_vec();
        let closed = self.0.keys.write(move |tx| rows::close_days(tx, &mine)).await?;
        lock(&self.0.epochs).retain(|day, _| !days.contains(day));
        if closed > 0 {
            self.scrub("epoch_key").await?;
        }
        Ok(closed)
    }

    /// Days before this one that still have a key.
    ///
    /// # Errors
    /// The key store's.
    pub async fn days_before(&self, day: i64) -> Result<Vec<i64>, Error> {
        Ok(self.0.keys.read(move |tx| rows::days_before(tx, day)).await?)
    }

    /// From now on no key of these people is handed out, also none that is open in memory.
    fn refuse_keys_of(&self, subjects: &[i64]) {
        lock(&self.0.erased).extend(subjects);
        lock(&self.0.subjects).retain(|id, _| !subjects.contains(id));
    }

    pub(super) async fn scrub(&self, table: &'static str) -> Result<(), Error> {
        let mut outcome = self.0.keys.scrub(table).await;
        for _ in 1..SCRUB_TRIES {
            if outcome != Err(shirma_store::Error::Busy) {
                break;
            }
            tokio::time::sleep(SCRUB_PAUSE).await;
            outcome = self.0.keys.scrub(table).await;
        }
        Ok(outcome?)
    }
}

/// The day of an instant, as the keys of days are numbered.
pub fn day_of(at_ms: i64) -> i64 {
    at_ms.div_euclid(DAY_MS)
}
