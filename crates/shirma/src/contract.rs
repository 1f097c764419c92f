//! The outside worlds in plain types: what a channel tells us, what we ask it to send, what a model gets and gives.
//!
//! Two traits, [`Channel`] and [`Model`]; each has at least two real adapters. Adapters parse and send, nothing more:
//! they know no subject, no vault, no database. A channel hands over real values (the vault seals them next),
//! a model can only be handed [`Prompt`], whose texts `boundary` alone can make.

use std::future::Future;
use std::pin::Pin;

use serde::{Deserialize, Serialize};

use crate::boundary::{Cleared, Masked};

/// A future that an adapter returns; boxed so that adapters of all kinds stand in one list.
pub type Pending<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// The kinds of channel this build speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChannelKind {
    /// Our own site form and chat page.
    Site,
    /// MAX messenger bot.
    Max,
    /// Telegram bot.
    Telegram,
}

impl ChannelKind {
    /// All kinds, in the order screens show them.
    pub const ALL: [ChannelKind; 3] = [ChannelKind::Site, ChannelKind::Max, ChannelKind::Telegram];

    /// The name in tables, addresses and settings.
    pub fn as_str(self) -> &'static str {
        match self {
            ChannelKind::Site => "site",
            ChannelKind::Max => "max",
            ChannelKind::Telegram => "telegram",
        }
    }

    /// The kind with this name, if this build has it.
    pub fn from_name(name: &str) -> Option<ChannelKind> {
        ChannelKind::ALL.into_iter().find(|kind| kind.as_str() == name)
    }
}

/// One thing that happened in a channel, as its adapter understood it.
///
/// Serialised only into the sealed inbox payload of channels that deliver parsed pages (polling) and by the fixture runner.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// Idempotency key of the event inside channel and account (`channels.md` §0.2). At most 200 characters.
    pub key: String,
    /// The provider's own event number, where it has one.
    pub provider_event_id: Option<String>,
    /// The chat to answer into. `None` only for events that carry no chat.
    pub chat: Option<String>,
    /// Who did it.
    pub sender: Sender,
    /// The provider's id of the message the event is or speaks of.
    pub message_id: Option<String>,
    /// When, in milliseconds since 1970, by the provider's clock.
    pub at_ms: Option<i64>,
    /// What happened.
    pub kind: EventKind,
}

impl std::fmt::Debug for Event {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Event")
            .field("kind", &self.kind.name())
            .finish_non_exhaustive()
    }
}

/// The account that acted, as the channel shows it.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Sender {
    /// The provider's id of the account.
    pub id: Option<String>,
    /// Given name and surname as shown.
    pub name: Option<String>,
    /// Nick without `@`.
    pub username: Option<String>,
}

/// What kind of thing happened.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EventKind {
    /// The client wrote something.
    Message {
        /// The words; a caption counts as words.
        text: Option<String>,
        /// What came along.
        attachments: Vec<Attachment>,
        /// What a form said about the writer.
        form: Option<FormFields>,
    },
    /// The client changed an earlier message.
    MessageEdited {
        /// The words now.
        text: Option<String>,
    },
    /// The client took an earlier message back.
    MessageRemoved,
    /// The client opened the dialogue.
    Start {
        /// What the link carried.
        payload: Option<String>,
        /// The command as typed, where the channel has one.
        text: Option<String>,
    },
    /// A contact card came.
    ContactShared {
        /// As the channel gave it.
        phone: Option<String>,
        /// The channel proves that the number is the writer's own (`channels.md` §0.7).
        is_sender: bool,
        /// The name on the card.
        name: Option<String>,
    },
    /// The client pressed a button of ours.
    Button {
        /// What the channel wants acknowledged.
        callback_id: String,
        /// What the button carried.
        payload: Option<String>,
    },
    /// Our own side wrote from elsewhere (an echo).
    Echo {
        /// The words.
        text: Option<String>,
    },
    /// The client stopped or blocked us.
    BotBlocked,
    /// The client came back.
    BotUnblocked,
    /// Something in a group or channel: never makes a client.
    GroupMessage,
}

impl EventKind {
    /// The neutral name used by fixtures and logs.
    pub fn name(&self) -> &'static str {
        match self {
            EventKind::Message { .. } => "message",
            EventKind::MessageEdited { .. } => "message_edited",
            EventKind::MessageRemoved => "message_removed",
            EventKind::Start { .. } => "start",
            EventKind::ContactShared { .. } => "contact_shared",
            EventKind::Button { .. } => "button",
            EventKind::Echo { .. } => "echo",
            EventKind::BotBlocked => "bot_blocked",
            EventKind::BotUnblocked => "subscribed",
            EventKind::GroupMessage => "group_message",
        }
    }
}

/// A file or place that came with a message. Not fetched here.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct Attachment {
    /// `image`, `voice`, `audio`, `video`, `document`, `sticker`, `location`, `contact`, `other`.
    pub kind: String,
    /// The file's name: personal data, like the words.
    pub file_name: Option<String>,
    /// The provider's handle to fetch it by.
    pub reference: Option<String>,
    /// Size in bytes, as told.
    pub size_bytes: Option<u64>,
}

/// What a site form said besides the message.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct FormFields {
    /// As typed.
    pub name: Option<String>,
    /// As typed; a claim.
    pub phone: Option<String>,
    /// As typed; a claim.
    pub email: Option<String>,
    /// The box was ticked.
    pub consent: bool,
    /// The version of the text beside the box.
    pub consent_text_version: Option<String>,
    /// The page it was sent from.
    pub page: Option<String>,
}

/// A message on its way out, values already restored: it exists in memory only, at the moment of sending.
#[derive(Clone, PartialEq)]
pub struct Outgoing {
    /// The chat to write to.
    pub chat: String,
    /// The words.
    pub text: String,
    /// Rows of buttons.
    pub buttons: Vec<Vec<Button>>,
    /// The same for every try of one message; for channels that know such a key.
    pub idem_key: String,
}

/// A button under a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Button {
    /// Comes back as [`EventKind::Button`] with the payload (at most 64 bytes).
    Callback {
        /// The words on it.
        text: String,
        /// What comes back.
        payload: String,
        /// How it looks, where the channel can show it.
        #[serde(default)]
        tone: Tone,
    },
    /// Opens a page.
    Link {
        /// The words on it.
        text: String,
        /// Where to.
        url: String,
    },
    /// Asks for the client's own number.
    Contact {
        /// The words on it.
        text: String,
    },
}

/// How a callback button looks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tone {
    /// Like any other.
    #[default]
    Neutral,
    /// Yes, confirm, go on.
    Positive,
    /// No, cancel, take back.
    Negative,
}

/// The channel took the message.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sent {
    /// Its id there.
    pub message_id: Option<String>,
}

/// The channel did not take the message.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SendError {
    /// Try again, not before `after_ms` when given.
    #[error("the channel asks to try later")]
    Later {
        /// From `Retry-After`.
        after_ms: Option<u64>,
    },
    /// The client blocked us or left: stop writing to him.
    #[error("the client does not take messages")]
    Blocked,
    /// The owner must renew the token.
    #[error("the channel refuses our token")]
    BadToken,
    /// There is no such chat.
    #[error("the channel knows no such chat")]
    BadRecipient,
    /// Polling while a webhook is set.
    #[error("a webhook is set, polling is refused")]
    WebhookActive,
    /// Another program polls with the same token.
    #[error("another program polls with the same token")]
    SecondPoller,
    /// The channel refuses this message as it is: a fault of ours.
    #[error("the channel refuses the message with status {status}")]
    Refused {
        /// HTTP status.
        status: u16,
    },
    /// No answer: whether it was taken is unknown.
    #[error("no answer from the channel")]
    Unknown,
}

impl SendError {
    /// Whether the same call may be repeated later.
    pub fn may_repeat(&self) -> bool {
        matches!(
            self,
            SendError::Later { .. } | SendError::SecondPoller | SendError::Unknown
        )
    }

    /// The neutral word used by fixtures and screens, where there is one.
    pub fn reason(&self) -> Option<&'static str> {
        match self {
            SendError::Blocked => Some("blocked"),
            SendError::BadToken => Some("bad_token"),
            SendError::BadRecipient => Some("bad_recipient"),
            SendError::WebhookActive => Some("webhook_active"),
            SendError::SecondPoller => Some("second_poller"),
            SendError::Later { .. } | SendError::Refused { .. } | SendError::Unknown => None,
        }
    }
}

/// One request that reached a channel's address: the raw bytes and what stood around them.
pub struct RawRequest<'a> {
    /// Header lookup by lower-case name.
    pub headers: &'a axum::http::HeaderMap,
    /// Exact body bytes: signatures are over them.
    pub body: &'a [u8],
}

/// Why a request is refused. Its text never reaches the sender.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Secret or signature missing or wrong: 403, nothing stored.
    #[error("the secret is missing or wrong")]
    Forged,
    /// Not what this channel sends: 400.
    #[error("the body is not what this channel sends")]
    Unreadable,
}

/// The events of one page of a long poll and where to go on.
#[derive(Debug)]
pub struct Page {
    /// Raw body of each event with its events, in order: kept exactly like a webhook.
    pub updates: Vec<Vec<u8>>,
    /// Next cursor.
    pub cursor: Option<String>,
}

/// A messenger, seen from the inside.
pub trait Channel: Send + Sync {
    /// Which kind it is.
    fn kind(&self) -> ChannelKind;
    /// Which configured account of that kind.
    fn account(&self) -> &str;
    /// The longest text of one message, in characters; the caller cuts longer ones.
    fn max_text_chars(&self) -> usize;
    /// Whether the request is really from the channel. Constant time.
    ///
    /// # Errors
    /// [`Refusal::Forged`].
    fn verify(&self, request: &RawRequest<'_>) -> Result<(), Refusal>;
    /// The events of one body. Unknown kinds give an empty list.
    ///
    /// # Errors
    /// [`Refusal::Unreadable`] when the body is not the channel's form at all.
    fn parse(&self, body: &[u8]) -> Result<Vec<Event>, Refusal>;
    /// Sends one message.
    fn send<'a>(&'a self, message: &'a Outgoing) -> Pending<'a, Result<Sent, SendError>>;
    /// Tells the channel that a button press was seen. Channels without such a call answer at once.
    fn acknowledge<'a>(&'a self, callback_id: &'a str) -> Pending<'a, Result<(), SendError>>;
    /// The next page of a long poll after `cursor`; `None` when this account listens by webhook or has no polling.
    fn poll<'a>(&'a self, cursor: Option<&'a str>) -> Option<Pending<'a, Result<Page, SendError>>>;
    /// Registers our webhook address or removes it before polling; called at start and repeated by the keeper.
    fn register<'a>(&'a self) -> Pending<'a, Result<(), SendError>>;
}

/// Where a model runs and what the law lets it see (`ai-providers.md` §7).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Residency {
    /// On the premises.
    Local,
    /// A Russian provider under contract.
    Russia,
    /// Anywhere else.
    Abroad,
}

/// What a model is asked: only texts that `boundary` made.
pub struct Prompt {
    /// Who the assistant is and what it may say: public facts of the business.
    pub instructions: Cleared,
    /// The dialogue so far, oldest first; the last turn is the client's.
    pub turns: Vec<Turn>,
}

/// One turn of the dialogue as a model sees it.
pub struct Turn {
    /// Who spoke.
    pub speaker: Speaker,
    /// The words with tokens.
    pub text: Masked,
}

/// Who spoke a turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Speaker {
    /// The client.
    Client,
    /// The business: a person or the assistant.
    Business,
}

/// A model's answer, untrusted: it must pass `boundary::inspect`.
#[derive(Clone)]
pub struct Answer {
    /// The words with tokens.
    pub text: String,
    /// Tokens of the prompt as counted by the provider.
    pub prompt_tokens: Option<u64>,
    /// Tokens of the answer.
    pub answer_tokens: Option<u64>,
}

/// Why a model did not answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ModelError {
    /// Not reachable or too slow.
    #[error("the model does not answer")]
    Down,
    /// It refused by status.
    #[error("the model refused with status {0}")]
    Refused(u16),
    /// Its answer was not in the agreed form.
    #[error("the model's answer is unreadable")]
    Unreadable,
    /// The egress filter found a raw value in the body: nothing was sent.
    #[error("the body held a raw value and was not sent")]
    Withheld,
}

/// A language model.
pub trait Model: Send + Sync {
    /// Its configured name, for the journal.
    fn name(&self) -> &str;
    /// Where it runs.
    fn residency(&self) -> Residency;
    /// Asks for one answer.
    fn complete<'a>(&'a self, prompt: &'a Prompt) -> Pending<'a, Result<Answer, ModelError>>;
}
