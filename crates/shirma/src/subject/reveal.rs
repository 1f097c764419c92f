//! Showing a real value to a person: the leaf first, the value after its commit.

use std::sync::Arc;

use shirma_vault::Pii;

use super::rows::{self, FieldKind};
use crate::app::{App, Fault};
use crate::audit;
use crate::identifier::{StaffId, SubjectId};

/// Why a person needs to see a value (security.md §5).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// To call back.
    CallBack,
    /// To confirm a visit.
    ConfirmVisit,
    /// To deliver.
    Deliver,
    /// A complaint.
    Complaint,
    /// The person asked for it.
    SubjectAsked,
    /// The law asks for it.
    LegalDuty,
    /// Something else, told in words (kept beside the journal, see `audit::detail`).
    Other,
}

impl Reason {
    /// All reasons, in the order of the screen.
    pub const ALL: [Reason; 7] = [
        Reason::CallBack,
        Reason::ConfirmVisit,
        Reason::Deliver,
        Reason::Complaint,
        Reason::SubjectAsked,
        Reason::LegalDuty,
        Reason::Other,
    ];

    /// As forms and the journal name it.
    pub fn as_str(self) -> &'static str {
        match self {
            Reason::CallBack => "call_back",
            Reason::ConfirmVisit => "confirm_visit",
            Reason::Deliver => "deliver",
            Reason::Complaint => "complaint",
            Reason::SubjectAsked => "subject_asked",
            Reason::LegalDuty => "legal_duty",
            Reason::Other => "other",
        }
    }

    /// The reason with this name.
    pub fn from_name(name: &str) -> Option<Reason> {
        Reason::ALL.into_iter().find(|reason| reason.as_str() == name)
    }
}

/// «Другое» needs at least this many characters (security.md §5): less says nothing.
const MIN_REASON_CHARS: usize = 10;
/// Longest reason kept; the form takes no more.
const MAX_REASON_CHARS: usize = 200;

/// What is asked for.
pub struct Asked<'a> {
    /// By whom.
    pub staff: StaffId,
    /// In which session.
    pub session: &'a str,
    /// Whose value.
    pub subject: SubjectId,
    /// Which.
    pub kind: FieldKind,
    /// Why.
    pub reason: Reason,
    /// Why, in words: heard with [`Reason::Other`] only.
    pub words: &'a str,
}

/// Why nothing is shown.
#[derive(Debug, thiserror::Error)]
pub enum RevealError {
    /// «Другое» without words that say why.
    #[error("the reason is not told")]
    NoReason,
    /// There is no such value.
    #[error("there is no such value")]
    Nothing,
    /// The step failed; nothing was shown.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// A real value for a person to look at. There is none without its leaf: [`reveal`] makes one after the commit, nothing else can.
///
/// ```compile_fail,E0451
/// let forged = shirma::subject::Revealed { value: String::from("+79000000011").into(), seq: 0 };
/// ```
///
/// And no other value becomes one:
///
/// ```compile_fail,E0277
/// let value: shirma_vault::Pii<String> = String::from("+79000000011").into();
/// let forged: shirma::subject::Revealed = value.into();
/// ```
pub struct Revealed {
    value: Pii<String>,
    seq: u64,
}

impl Revealed {
    /// The value, for the page that shows it.
    pub fn expose(&self) -> &str {
        self.value.expose()
    }

    /// Number of its leaf.
    pub fn seq(&self) -> u64 {
        self.seq
    }

    /// As if its leaf were committed: for tests of templates.
    #[cfg(test)]
    pub(crate) fn for_test(value: &str) -> Revealed {
        Revealed {
            value: value.to_owned().into(),
            seq: 0,
        }
    }
}

/// Shows the newest value of a kind, a proven one before a claimed one, after its leaf is committed.
///
/// # Errors
/// [`RevealError`]; no value leaves then.
pub async fn reveal(app: &Arc<App>, asked: &Asked<'_>) -> Result<Revealed, RevealError> {
    let (kind, reason) = (asked.kind, asked.reason);
    let words = match reason {
        Reason::Other => Some(told(asked.words).ok_or(RevealError::NoReason)?),
        Reason::CallBack
        | Reason::ConfirmVisit
        | Reason::Deliver
        | Reason::Complaint
        | Reason::SubjectAsked
        | Reason::LegalDuty => None,
    };
    let rooms = Arc::clone(app);
    let (staff, session, subject) = (asked.staff, asked.session.to_owned(), asked.subject);
    let found = app
        .data
        .write(move |tx| -> Result<Option<(Pii<String>, u64)>, Fault> {
            let card = rows::root(tx, subject)?;
            let fields = rows::fields(&rooms, tx, card)?;
            let Some(field) = rows::best(&fields, kind) else {
                return Ok(None);
            };
            let leaf = audit::leaf(
                rooms.now_ms(),
                audit::staff(staff),
                audit::SUBJECT_REVEAL,
                card.object(),
            )
            .with_session(session)
            .with_fields([kind.as_str()])
            .with_purpose(reason.as_str());
            let seq = match words {
                Some(words) => audit::append_with_detail(&rooms, tx, leaf, card, &words)?,
                None => tx.append(&leaf)?,
            };
            Ok(Some((field.value.clone(), seq)))
        })
        .await?;
    // Here the transaction is committed.
    let (value, seq) = found.ok_or(RevealError::Nothing)?;
    Ok(Revealed { value, seq })
}

/// The words of a reason, if they say enough.
fn told(words: &str) -> Option<String> {
    let words: String = words
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .chars()
        .take(MAX_REASON_CHARS)
        .collect();
    (words.chars().count() >= MIN_REASON_CHARS).then_some(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_in_words_says_something_and_is_no_longer_than_the_form_takes() {
        assert_eq!(told("  \n "), None);
        assert_eq!(told("а         б"), None, "spaces are no words");
        assert_eq!(told(" вернуть  забытый зонт ").as_deref(), Some("вернуть забытый зонт"));
        assert_eq!(
            told(&"а".repeat(5_000)).map(|words| words.chars().count()),
            Some(MAX_REASON_CHARS)
        );
    }
}
