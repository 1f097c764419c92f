//! An answer that was held: a person sends it as it stands, changes it and sends it, or discards it. Once.
//!
//! ```text
//! held ──── send, as it stands or changed ────▶ released    a new message of his carries the words
//!   └────── discard ──────────────────────────▶ discarded
//! ```
//!
//! The draft stays in the thread as the assistant wrote it. What goes out is the person's message: it stands where the
//! client reads it, and the outbox restores its codes at the moment of sending like those of any answer.

use std::sync::Arc;

use shirma_store::Tx;
use shirma_vault::Pii;

use super::desk_acts::{self, StaffWords};
use super::rows;
use super::tokens::Tokens;
use crate::access::{Sight, Staff};
use crate::app::{App, Fault};
use crate::audit;
use crate::boundary::{self, Said, Veil};
use crate::identifier::{DialogId, MessageId, StaffId};
use crate::live::LiveKind;

/// What a person does with a held answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HeldAct<'a> {
    /// Sends these words: the draft as it was shown to him, or changed.
    Send(&'a str),
    /// It will not be sent.
    Discard,
}

/// Why a held answer stays as it is.
#[derive(Debug, thiserror::Error)]
pub enum HeldError {
    /// Somebody sent or discarded it before.
    #[error("the answer is not held any more")]
    Settled,
    /// The words carry a code that stands for nothing this client may read.
    #[error("the words carry a foreign code")]
    ForeignCode,
    /// The step failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<shirma_store::Error> for HeldError {
    fn from(error: shirma_store::Error) -> HeldError {
        HeldError::Fault(error.into())
    }
}

/// How a draft stops being held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Left {
    Released,
    Discarded,
}

impl Left {
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Left::Released => "released",
            Left::Discarded => "discarded",
        }
    }
}

/// A draft in hand: it was held a moment ago, in this very transaction. Leaving consumes it.
pub(super) struct HeldDraft {
    pub(super) id: MessageId,
    pub(super) masked: Pii<String>,
}

/// What is sent of a draft.
#[derive(Debug, PartialEq, Eq)]
enum Sent<'a> {
    /// With its codes.
    AsItStands(String),
    /// As a person typed it.
    Changed(&'a str),
}

/// Sends or discards a held answer, with its leaf.
///
/// # Errors
/// [`HeldError`]; nothing is sent and nothing changed then.
pub async fn settle_held(
    app: &Arc<App>,
    staff: &Staff,
    (dialog, draft): (DialogId, MessageId),
    act: HeldAct<'_>,
) -> Result<(), HeldError> {
    let rooms = Arc::clone(app);
    let (sight, session, staff) = (staff.role.sight(), staff.session.clone(), staff.id);
    let words = match act {
        HeldAct::Send(text) => Some(text.to_owned()),
        HeldAct::Discard => None,
    };
    app.data
        .write(move |tx| -> Result<(), HeldError> {
            let held = rows::held_draft(&rooms, tx, dialog, draft)?.ok_or(HeldError::Settled)?;
            let (act, purpose) = match &words {
                Some(words) => (
                    audit::DRAFT_SEND,
                    release(&rooms, tx, (staff, &session, sight), (dialog, held), words)?,
                ),
                None => {
                    rows::leave(tx, held, Left::Discarded)?;
                    (audit::DRAFT_DISCARD, None)
                }
            };
            let mut leaf = audit::leaf(rooms.now_ms(), audit::staff(staff), act, draft.object()).with_session(session);
            if let Some(purpose) = purpose {
                leaf = leaf.with_purpose(purpose);
            }
            tx.append(&leaf)?;
            Ok(())
        })
        .await?;
    app.live.tell(dialog.0, LiveKind::Message);
    app.ring();
    Ok(())
}

fn release(
    app: &App,
    tx: &mut Tx<'_>,
    (staff, session, sight): (StaffId, &str, Sight),
    (dialog, held): (DialogId, HeldDraft),
    words: &str,
) -> Result<Option<&'static str>, HeldError> {
    let tokens = rows::tokens(app, tx, dialog)?;
    let veil = Veil::new(&app.detector, tokens.clone(), sight);
    let sent = what_goes_out(&tokens, held.masked.expose(), words, |shown| {
        veil.over(shown, Said::ByUs)
    })?;
    let once = format!("held-{}", held.id.0);
    rows::leave(tx, held, Left::Released)?;
    let (words, purpose) = match &sent {
        Sent::AsItStands(masked) => (StaffWords::Masked(masked), "as_is"),
        Sent::Changed(text) => (StaffWords::Typed(text), "changed"),
    };
    desk_acts::put_reply(app, tx, (staff, session), dialog, &words, &once)?;
    Ok(Some(purpose))
}

/// Words that are the draft as it was shown to this person keep their codes; others are his own and may carry neither codes
/// nor what hides a value from him: the client would read dots.
fn what_goes_out<'a>(
    tokens: &Tokens,
    masked: &str,
    words: &'a str,
    shown_as: impl Fn(&str) -> String,
) -> Result<Sent<'a>, HeldError> {
    let draft = boundary::read_draft(tokens, masked);
    if shown_as(&draft.shown) == words.trim() {
        return if draft.is_whole {
            Ok(Sent::AsItStands(draft.masked))
        } else {
            Err(HeldError::ForeignCode)
        };
    }
    if boundary::carries_codes(tokens, words) || words.contains(boundary::HIDDEN) {
        return Err(HeldError::ForeignCode);
    }
    Ok(Sent::Changed(words))
}

#[cfg(test)]
mod tests {
    use shirma_pii::Detector;

    use super::*;

    #[test]
    fn unchanged_words_keep_their_codes_and_changed_ones_may_carry_none() {
        let mut tokens = Tokens::default();
        let name = tokens.mask_client(&Detector::new(), "Меня зовут Анна Тестова").entities[0]
            .token
            .clone();
        let draft = format!("{name}, звоните +7 900 000-00-99\u{7}");
        let sent = |words| what_goes_out(&tokens, &draft, words, str::to_owned);
        assert!(
            matches!(sent(" Анна Тестова, звоните +7 900 000-00-99\n"), Ok(Sent::AsItStands(text)) if text == draft[..draft.len() - 1])
        );
        assert!(matches!(sent("Анна, ждём вас"), Ok(Sent::Changed("Анна, ждём вас"))));
        assert!(matches!(sent("[Клиент-999], ждём вас"), Err(HeldError::ForeignCode)));
        let foreign = what_goes_out(&tokens, "[Клиент-999], ждём", "[Клиент-999], ждём", str::to_owned);
        assert!(matches!(foreign, Err(HeldError::ForeignCode)));
    }

    #[test]
    fn a_value_only_staff_named_does_not_go_out_with_a_draft() {
        let mut tokens = Tokens::default();
        let other = tokens.mask_ours(&Detector::new(), "клиент Пётр Примеров").entities[0]
            .token
            .clone();
        let draft = format!("{other} уже записан");
        let shown = boundary::read_draft(&tokens, &draft).shown;
        assert!(!shown.contains("Примеров"));
        assert!(matches!(
            what_goes_out(&tokens, &draft, &shown, str::to_owned),
            Err(HeldError::ForeignCode)
        ));
    }

    #[test]
    fn a_draft_sent_by_one_who_sees_no_contacts_keeps_its_codes_and_no_dots_go_out() {
        let detector = Detector::new();
        let mut tokens = Tokens::default();
        let phone = tokens.mask_client(&detector, "Мой номер 8 900 000-00-11").entities[0]
            .token
            .clone();
        let draft = format!("Позвоним на {phone} завтра");
        let veil = Veil::new(&detector, tokens.clone(), crate::access::Role::Administrator.sight());
        let shown_as = |shown: &str| veil.over(shown, Said::ByUs);
        let shown = shown_as(&boundary::read_draft(&tokens, &draft).shown);
        assert_eq!(shown, "Позвоним на +7 900 •••-••-11 завтра");
        assert!(
            matches!(what_goes_out(&tokens, &draft, &shown, shown_as), Ok(Sent::AsItStands(text)) if text == draft)
        );
        let changed = "Позвоним на +7 900 •••-••-11 в среду";
        assert!(matches!(
            what_goes_out(&tokens, &draft, changed, shown_as),
            Err(HeldError::ForeignCode)
        ));
    }
}
