//! What screens show, ready for the templates. Values stay in `Pii` up to the moment the template writes them.

use shirma_vault::Pii;

use super::codes::Piece;
use super::words;

/// A line of the list of dialogs.
pub struct ListItem {
    /// Dialog.
    pub id: i64,
    /// Name, the messenger's nick, or nothing.
    pub name: Pii<String>,
    /// Client code.
    pub code: String,
    /// Channel in words.
    pub channel: &'static str,
    /// Time of the last message.
    pub time: String,
    /// Who wrote it, when it was us: «Помощник: ».
    pub prefix: &'static str,
    /// First words of the last message.
    pub preview: Pii<String>,
    /// How long the client waits, with its class.
    pub wait: Option<(String, &'static str)>,
    /// No consent stands.
    pub without_consent: bool,
    /// Why a person is needed.
    pub reason: Option<&'static str>,
    /// The assistant leads.
    pub assisted: bool,
    /// Who is responsible.
    pub responsible: Option<Pii<String>>,
}

/// How many dialogs stand under each tab.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct TabCounts {
    /// Waiting for an answer.
    pub waiting: i64,
    /// Mine.
    pub mine: i64,
    /// Nobody's.
    pub nobodys: i64,
    /// With the assistant.
    pub assistant: i64,
}

/// Head of an open dialog.
pub struct DialogHead {
    /// Dialog.
    pub id: i64,
    /// Card.
    pub card: i64,
    /// Name or nick.
    pub name: Pii<String>,
    /// Client code.
    pub code: String,
    /// Channel in words.
    pub channel: &'static str,
    /// `assistant`, `waiting`, `staff`, `closed`.
    pub state: String,
    /// The state in words.
    pub state_words: &'static str,
    /// Why a person is needed.
    pub reason: Option<&'static str>,
    /// Who is responsible.
    pub responsible: Option<Pii<String>>,
    /// The reader himself.
    pub mine: bool,
    /// The client takes messages.
    pub reachable: bool,
}

/// Whose side of the thread.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The client.
    Client,
    /// Us.
    House,
    /// The program, in the middle.
    Program,
}

impl Side {
    /// The class of the style sheet.
    pub fn class(self) -> &'static str {
        match self {
            Side::Client => "client",
            Side::House => "house",
            Side::Program => "program",
        }
    }
}

/// What came along with a message.
pub struct Enclosure {
    /// Kind in words.
    pub kind: &'static str,
    /// File name, when it has one.
    pub name: Option<Pii<String>>,
}

/// A message of the thread.
pub struct Bubble {
    /// Message.
    pub id: i64,
    /// Whose.
    pub side: Side,
    /// Who wrote it.
    pub author: Pii<String>,
    /// The day, at its first message.
    pub day: Option<String>,
    /// Hour.
    pub time: String,
    /// The words.
    pub text: Option<Pii<String>>,
    /// What came along.
    pub enclosures: Vec<Enclosure>,
    /// Its writer changed it.
    pub edited: bool,
    /// Its writer took it back.
    pub removed: bool,
    /// A button was pressed.
    pub pressed: bool,
    /// The assistant worked with it: the eye is shown.
    pub eye: bool,
    /// Held for a person: the client has not got it.
    pub held: bool,
    /// It was held, and this became of it: the client has not got this very text.
    pub settled: Option<&'static str>,
    /// A held answer as a person may send it.
    pub draft: Option<Pii<String>>,
    /// Delivery: icon, words.
    pub delivery: Option<(&'static str, &'static str)>,
    /// The client may have got it twice.
    pub possible_duplicate: bool,
}

/// The eye: two texts of one message.
pub struct Seen {
    /// Dialog.
    pub dialog: i64,
    /// Client code.
    pub code: String,
    /// An answer of ours, not a message of the client.
    pub is_answer: bool,
    /// A person wrote it: the assistant wrote nothing.
    pub by_staff: bool,
    /// Moment.
    pub at: String,
    /// What people see, values marked.
    pub real: Vec<Piece>,
    /// What the assistant sees, codes marked.
    pub masked: Vec<Piece>,
    /// Number of codes.
    pub codes: i64,
    /// Not sent yet: there is no real text.
    pub unsent: bool,
}

/// A contact of a card.
pub struct Contact {
    /// `phone`, `email`.
    pub kind: &'static str,
    /// In words.
    pub words: &'static str,
    /// Masked.
    pub masked: String,
    /// Proven by the channel.
    pub proven: bool,
}

/// Where the person stands towards a purpose.
pub struct ConsentState {
    /// Purpose in words.
    pub purpose: &'static str,
    /// Purpose in addresses.
    pub purpose_name: String,
    /// `granted`, `refused`, `withdrawn`, `none`.
    pub state: String,
    /// When.
    pub date: String,
    /// Where.
    pub channel: &'static str,
    /// Version of the text, from 1.
    pub version: i64,
}

impl ConsentState {
    /// The sign beside it.
    pub fn icon(&self) -> &'static str {
        words::consent_icon(&self.state)
    }

    /// The state in words.
    pub fn words(&self) -> &'static str {
        words::consent_state(&self.state)
    }
}

/// An account in a channel.
pub struct Account {
    /// Channel in words.
    pub channel: &'static str,
    /// As shown there.
    pub display: Pii<String>,
    /// Takes messages.
    pub reachable: bool,
    /// Dialog.
    pub dialog: Option<i64>,
}

/// An enquiry.
pub struct EnquiryLine {
    /// Kind in words.
    pub kind: &'static str,
    /// State in words.
    pub state: &'static str,
    /// Still open.
    pub is_open: bool,
    /// When.
    pub at: String,
    /// What was wished.
    pub wish: Option<Pii<String>>,
}

/// A request about own data.
pub struct RequestLine {
    /// Withdrawal, not erasure.
    pub is_withdrawal: bool,
    /// Still open.
    pub is_open: bool,
    /// Last day: «пн, 21 декабря».
    pub due: String,
}

/// Another card that may be the same person.
pub struct Hint {
    /// The other card.
    pub card: i64,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: Pii<String>,
    /// Why.
    pub reason: &'static str,
}

/// A client's card.
pub struct Card {
    /// Card.
    pub id: i64,
    /// Code.
    pub code: String,
    /// Earlier codes of merged cards.
    pub earlier_codes: Vec<String>,
    /// Name.
    pub name: Pii<String>,
    /// Since when.
    pub since: String,
    /// Phones and mail, masked.
    pub contacts: Vec<Contact>,
    /// Consents; never empty: what is missing is said.
    pub consents: Vec<ConsentState>,
    /// Channels.
    pub accounts: Vec<Account>,
    /// Enquiries.
    pub enquiries: Vec<EnquiryLine>,
    /// Requests.
    pub requests: Vec<RequestLine>,
    /// Same person?
    pub hints: Vec<Hint>,
    /// The reader may have a contact shown.
    pub may_reveal: bool,
    /// The reader may hand the client over.
    pub may_assign: bool,
    /// To whom he is handed over.
    pub assigned: Vec<(i64, Pii<String>)>,
    /// To whom he may be handed over besides.
    pub candidates: Vec<(i64, Pii<String>)>,
    /// Whether he is a honey client; nothing for a reader who is not to know.
    pub honey: Option<bool>,
}

/// An alarm.
pub struct AlarmLine {
    /// Its id.
    pub id: i64,
    /// When.
    pub at: String,
    /// What happened.
    pub title: &'static str,
    /// What to do.
    pub advice: &'static str,
    /// Who set it off.
    pub who: Pii<String>,
    /// Whose card: address and code.
    pub card: Option<(i64, String)>,
    /// Somebody has seen it.
    pub seen: bool,
}

/// Something that waits for a second person.
pub struct RequestOfTwo {
    /// Its id.
    pub id: i64,
    /// What is to be done.
    pub action: &'static str,
    /// Whose code, when it is about one client.
    pub code: String,
    /// Who asked.
    pub who: Pii<String>,
    /// When.
    pub at: String,
    /// Until when it may be done.
    pub until: String,
    /// Where it is.
    pub state: &'static str,
    /// Who settled it.
    pub second: Option<Pii<String>>,
    /// The reader may settle it.
    pub may_decide: bool,
    /// The reader may fetch the list of clients now.
    pub may_fetch: bool,
}

/// A member of staff on the page of all.
pub struct MemberLine {
    /// His id.
    pub id: i64,
    /// As colleagues call him.
    pub name: Pii<String>,
    /// Name for signing in.
    pub login: String,
    /// His role in words.
    pub role: &'static str,
    /// His role in forms.
    pub role_name: &'static str,
    /// Works, invited, over, disabled.
    pub state: &'static str,
    /// Last day of his account, for a form; empty for none.
    pub until_day: String,
    /// The same in words.
    pub until: String,
    /// The reader may change him.
    pub may_change: bool,
}

/// A line of the clients' list.
pub struct ClientLine {
    /// Card.
    pub id: i64,
    /// Code.
    pub code: String,
    /// Name.
    pub name: Pii<String>,
    /// Masked phone.
    pub phone: String,
    /// State of the assistant consent: `granted`, `refused`, `withdrawn`, `none`.
    pub consent: String,
    /// Channels in words.
    pub channels: String,
    /// Last message.
    pub last: String,
}

/// A line of the journal.
pub struct JournalLine {
    /// Number.
    pub seq: u64,
    /// When.
    pub at: String,
    /// Who.
    pub who: Pii<String>,
    /// `staff`, `subject`, `system`, `channel`, `cli`.
    pub who_kind: &'static str,
    /// What.
    pub act: String,
    /// Fields, in words.
    pub fields: String,
    /// Whose code.
    pub code: String,
    /// Why.
    pub purpose: String,
    /// Why, in the words of whoever did it.
    pub detail: Option<Pii<String>>,
    /// `ok`, `deny`, `err`.
    pub outcome: &'static str,
}

/// The journal as a proof.
pub struct JournalState {
    /// Number of records, grouped.
    pub size: String,
    /// Root of the tree, hex.
    pub root: String,
    /// Last signed mark: when and over how many records.
    pub mark: Option<(String, String)>,
    /// Last check: when and whether all was in order.
    pub check: Option<(String, bool)>,
    /// When somebody else got the newest copy of a mark.
    pub copy: Option<String>,
    /// How the copies stand, in words, and what to do; `None` when all is well.
    pub copy_warning: Option<&'static str>,
}

/// A version of a consent text.
pub struct DocumentLine {
    /// Purpose in addresses.
    pub purpose: String,
    /// In words.
    pub purpose_words: &'static str,
    /// Version.
    pub version: i64,
    /// Title.
    pub title: String,
    /// Hash, hex.
    pub sha256: String,
    /// When.
    pub published: String,
    /// Newest of its purpose.
    pub current: bool,
    /// How many said yes, no, and took it back under it.
    pub granted: i64,
    /// Said no.
    pub refused: i64,
    /// Took it back.
    pub withdrawn: i64,
}
