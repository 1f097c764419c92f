//! The acts this product writes into the journal, and leaves in one line each.

mod check;
mod signing;

pub use check::{CheckError, verify};
pub use signing::sign;

use shirma_audit::{Act, Actor, ActorKind, Leaf, Object};

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
    /// The journal was verified.
    VERIFY = "audit.verify";
}

/// The program itself.
pub fn system() -> Actor {
    Actor::new(ActorKind::System, "shirma")
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

/// A leaf without further details.
pub fn leaf(at_ms: i64, actor: Actor, act: Act, object: Object) -> Leaf {
    Leaf::new(at_ms, actor, act, object)
}
