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
    /// Something else, told in words of at least ten characters (kept out of the journal).
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

/// Why nothing is shown.
#[derive(Debug, thiserror::Error)]
pub enum RevealError {
    /// There is no such value.
    #[error("there is no such value")]
    Nothing,
    /// The step failed; nothing was shown.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Shows the newest value of a kind, a proven one before a claimed one, after its leaf is committed.
///
/// # Errors
/// [`RevealError`]; no value leaves then.
pub async fn reveal(
    app: &Arc<App>,
    staff: StaffId,
    session: &str,
    subject: SubjectId,
    kind: FieldKind,
    reason: Reason,
) -> Result<Pii<String>, RevealError> {
    let rooms = Arc::clone(app);
    let session = session.to_owned();
    let found = app
        .data
        .write(move |tx| -> Result<Option<Pii<String>>, Fault> {
            let card = rows::root(tx, subject)?;
            let mut fields = rows::fields(&rooms, tx, card)?;
            fields.retain(|field| field.kind == kind);
            fields.sort_by_key(|field| (field.proven, field.id));
            let Some(field) = fields.pop() else { return Ok(None) };
            tx.append(
                &audit::leaf(
                    rooms.now_ms(),
                    audit::staff(staff),
                    audit::SUBJECT_REVEAL,
                    card.object(),
                )
                .with_session(session)
                .with_fields([kind.as_str()])
                .with_purpose(reason.as_str()),
            )?;
            Ok(Some(field.value))
        })
        .await?;
    found.ok_or(RevealError::Nothing)
}
