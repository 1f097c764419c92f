//! The acts this product writes into the journal, and leaves in one line each.

pub mod anchor;
mod check;
mod detail;
mod rows;
mod signing;
mod start;
mod tile;
mod words;

pub use check::{CheckError, verify};
pub use detail::{append_with_detail, detail, erase_details};
pub(crate) use signing::origin;
pub use signing::{Trust, sign};
pub use start::{Alarm, MIN_REASON_CHARS, accept_rollback, look};
pub use tile::{ExportError, export};

use shirma_audit::{Act, Actor, ActorKind, Leaf, Object};

use crate::app::{App, Fault};

macro_rules! acts {
    ($($(#[$doc:meta])* $name:ident = $word:literal;)*) => {
        $( $(#[$doc])* pub const $name: Act = Act::new($word); )*
        /// All of them, for the journal page's filter and its words.
        pub const ALL: &[&str] = &[$($word),*];
    };
}

acts! {
    /// The program began to serve.
    START = "system.start";
    /// The program ended in order.
    STOP = "system.stop";
    /// An event was refused at the door.
    EVENT_REFUSED = "event.refused";
    /// The same event came with another body.
    EVENT_CONFLICT = "event.conflict";
    /// A client's card was made.
    SUBJECT_CREATE = "subject.create";
    /// A value was added to a card.
    SUBJECT_FIELD = "subject.field";
    /// Two cards became one.
    SUBJECT_MERGE = "subject.merge";
    /// Two cards may be one person.
    SUBJECT_HINT = "subject.hint";
    /// A value was shown to a person.
    SUBJECT_REVEAL = "subject.reveal";
    /// A card was opened for reading by staff.
    SUBJECT_READ = "subject.read";
    /// Staff searched for a client.
    SUBJECT_SEARCH = "subject.search";
    /// A dialog was opened for reading by staff.
    DIALOG_READ = "dialog.read";
    /// Staff took, closed or gave back a dialog.
    DIALOG_STATE = "dialog.state";
    /// A message of a client was recorded.
    MESSAGE_IN = "message.in";
    /// A message was changed by its writer.
    MESSAGE_EDIT = "message.edit";
    /// A message was taken back by its writer.
    MESSAGE_REMOVE = "message.remove";
    /// An answer was put up for sending.
    MESSAGE_OUT = "message.out";
    /// An answer went out with values restored.
    MESSAGE_SENT = "message.sent";
    /// An answer could not be sent.
    MESSAGE_FAILED = "message.failed";
    /// An answer waits for a person.
    MESSAGE_HELD = "message.held";
    /// A text was masked.
    TEXT_MASK = "text.mask";
    /// A model was asked.
    MODEL_ASK = "model.ask";
    /// A model did not answer.
    MODEL_FAIL = "model.fail";
    /// The egress filter withheld a body.
    MODEL_WITHHELD = "model.withheld";
    /// Staff sent an answer that was held.
    DRAFT_SEND = "draft.send";
    /// Staff discarded an answer that was held.
    DRAFT_DISCARD = "draft.discard";
    /// The dialog went to a person.
    HAND_OVER = "dialog.hand_over";
    /// Consent was asked.
    CONSENT_ASK = "consent.ask";
    /// Consent was given.
    CONSENT_GRANT = "consent.grant";
    /// Consent was refused.
    CONSENT_REFUSE = "consent.refuse";
    /// Consent was withdrawn.
    CONSENT_WITHDRAW = "consent.withdraw";
    /// A consent text was published.
    CONSENT_PUBLISH = "consent.publish";
    /// An enquiry was opened.
    ENQUIRY_OPEN = "enquiry.open";
    /// A person asked about his data.
    REQUEST_OPEN = "request.open";
    /// The client asked for no more messages, or for messages again.
    CONTACT_WISH = "subject.contact_wish";
    /// The client blocked us or came back.
    IDENTITY_STATE = "identity.state";
    /// Staff signed in.
    SIGN_IN = "staff.sign_in";
    /// Signing in failed.
    SIGN_IN_FAIL = "staff.sign_in_fail";
    /// Staff signed out.
    SIGN_OUT = "staff.sign_out";
    /// A password was set.
    PASSWORD = "staff.password";
    /// A member of staff was added.
    STAFF_ADD = "staff.add";
    /// A member of staff was disabled.
    STAFF_DISABLE = "staff.disable";
    /// A member of staff got a new sign-in link.
    STAFF_LINK = "staff.link";
    /// A member of staff got another role or another end.
    STAFF_ROLE = "staff.role";
    /// Something was asked for that is none of his.
    ACCESS_DENY = "access.deny";
    /// A client was handed over to somebody, or taken from him.
    SUBJECT_ASSIGN = "subject.assign";
    /// A honey client was made, marked or unmarked.
    HONEY = "honey.mark";
    /// An alarm was raised.
    ALARM = "alarm.raise";
    /// An alarm was ticked off.
    ALARM_SEEN = "alarm.see";
    /// A second person was asked for.
    SECOND_ASK = "second.ask";
    /// A second person said yes.
    SECOND_APPROVE = "second.approve";
    /// A second person said no.
    SECOND_REFUSE = "second.refuse";
    /// An approval was used up.
    SECOND_SPEND = "second.spend";
    /// The list of clients left the house.
    EXPORT = "subject.export";
    /// The protected section of somebody else's patient was opened.
    BREAK_GLASS = "section.break_glass";
    /// A second factor was set up.
    FACTOR = "staff.factor";
    /// A second factor was taken away, so that a new one can be set up.
    FACTOR_DROP = "staff.factor_drop";
    /// A recovery code was used up in place of a code.
    RECOVERY = "staff.recovery";
    /// New recovery codes were made; the old ones are gone.
    RECOVERY_NEW = "staff.recovery_new";
    /// Staff proved anew who they are.
    CONFIRM = "staff.confirm";
    /// A proof was wrong.
    CONFIRM_FAIL = "staff.confirm_fail";
    /// Sessions were ended from the list.
    SESSION_END = "staff.session_end";
    /// Nothing of a person is to leave the house any more: his erasure began.
    SUBJECT_FREEZE = "subject.freeze";
    /// A person was erased.
    SUBJECT_ERASE = "subject.erase";
    /// The keys of past days were destroyed.
    DAYS_CLOSE = "vault.close_days";
    /// A key was exchanged.
    KEY_ROTATE = "vault.rotate";
    /// Nothing hangs on the former version of a key any more; it was destroyed.
    KEY_RETIRE = "vault.retire";
    /// The recovery sheet was made or checked.
    RECOVERY_SHEET = "vault.recovery";
    /// A stored value was found damaged or moved.
    INTEGRITY = "vault.integrity";
    /// The journal was verified.
    VERIFY = "audit.verify";
    /// Copies of checkpoints were missing for too long.
    ANCHOR_LOST = "audit.anchor_lost";
    /// The owner went on although the journal does not continue a copy.
    ROLLBACK = "audit.accept_rollback";
}

/// The program itself.
pub fn system() -> Actor {
    Actor::new(ActorKind::System, "shirma")
}

/// Whoever may use the command line.
pub fn console() -> Actor {
    Actor::new(ActorKind::Cli, "console")
}

/// A client.
pub fn subject(id: crate::identifier::SubjectId) -> Actor {
    Actor::new(ActorKind::Subject, id.0.to_string())
}

/// A member of staff.
pub fn staff(id: crate::identifier::StaffId) -> Actor {
    Actor::new(ActorKind::Staff, id.0.to_string())
}

/// A channel.
pub fn channel(kind: crate::contract::ChannelKind, account: &str) -> Actor {
    Actor::new(ActorKind::Channel, format!("{}/{account}", kind.as_str()))
}

/// The house itself: what acts are about that are about no one thing in it.
pub fn house() -> Object {
    Object::new("installation", "1")
}

/// Appends a leaf that stands alone: nothing else changes with it.
///
/// # Errors
/// [`Fault`].
pub async fn note(app: &App, leaf: Leaf) -> Result<(), Fault> {
    app.data
        .write(move |tx| -> Result<(), Fault> { Ok(tx.append(&leaf).map(drop)?) })
        .await
}

/// A leaf without further details.
pub fn leaf(at_ms: i64, actor: Actor, act: Act, object: Object) -> Leaf {
    Leaf::new(at_ms, actor, act, object)
}

#[cfg(test)]
mod tests {
    use super::ALL;
    use crate::sources;

    /// An act named anywhere else would have no words on the journal page and no place in its filter.
    #[test]
    fn every_act_written_anywhere_stands_in_the_list() {
        let found = sources::below("");
        let makers: Vec<&str> = found
            .iter()
            .filter(|(_, text)| text.contains(concat!("Act", "::new(")))
            .map(|(path, _)| path.as_str())
            .collect();
        assert_eq!(makers.len(), 1, "acts are made in {makers:?}");
        assert!(makers[0].ends_with("audit/mod.rs"));
        for (index, one) in ALL.iter().enumerate() {
            assert!(!ALL[index + 1..].contains(one), "{one} stands twice");
        }
    }
}
