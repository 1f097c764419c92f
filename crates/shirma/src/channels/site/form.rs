//! One post of a site form: kept, quietly dropped, or refused with words for the page's author.
//!
//! Pure: time, the form's rules and the keyed hash are arguments. Rates per address and phone are counted at the door.
//! Rules: `channels.md` §10.

use super::fields::{self, Fields};
use super::{origin, words};
use crate::contract::{Event, EventKind, FormFields, Sender};

pub use super::fields::Encoding;

/// Bytes of one post: ten times what the longest honest one takes.
pub const BODY_BYTES_MAX: usize = 16 * 1024;

/// A name with all its parts and titles.
const NAME_CHARS_MAX: usize = 200;
/// A page of text; the same as a message of a messenger.
const MESSAGE_CHARS_MAX: usize = 4096;
/// Longest address the mail standards allow.
const EMAIL_CHARS_MAX: usize = 254;
/// A number with words around it.
const PHONE_CHARS_MAX: usize = 64;
/// A version of a consent text is a date or a short word.
const VERSION_CHARS_MAX: usize = 64;
/// An address of a page without its query; a longer one is cut.
const PAGE_CHARS_MAX: usize = 1024;
/// A uuid has 36; other makers of unique words are welcome within this.
const TOKEN_CHARS: std::ops::RangeInclusive<usize> = 16..=64;
/// The same words again within this time are one enquiry, when the page gave no token.
pub const REPEAT_WINDOW_MS: i64 = 60 * 60 * 1000;

/// What the owner set for a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rules {
    /// Its name in the address.
    pub name: String,
    /// Sites whose pages may post it.
    pub origins: Vec<String>,
    /// Filled faster than this = a robot.
    pub minimum_fill_ms: u64,
    /// Whether the consent box must be ticked.
    pub consent_required: bool,
    /// The version of the text beside the box, for posts that do not say theirs.
    pub consent_text_version: String,
}

/// A post as it arrived.
#[derive(Clone, Copy)]
pub struct Post<'a> {
    /// Header `Content-Type`.
    pub content_type: Option<&'a str>,
    /// Header `Origin`.
    pub origin: Option<&'a str>,
    /// Exact bytes.
    pub body: &'a [u8],
}

/// What becomes of a post.
#[derive(PartialEq)]
pub enum Verdict {
    /// An enquiry: the event goes into the inbox as JSON.
    Keep {
        /// The event.
        event: Box<Event>,
        /// The key the same words would have had an hour ago: known lately, they are no new enquiry.
        earlier: Option<String>,
    },
    /// A robot: answer as if kept, keep nothing.
    Pretend,
    /// 422: the box is not ticked, nothing is kept.
    NeedsConsent,
    /// 403: a page that may not post here.
    BadOrigin,
    /// 400, with a Russian sentence for the page's author.
    Unreadable {
        /// The sentence; holds names of fields and limits, no values.
        words: String,
    },
    /// 422: neither phone nor e-mail nor words.
    NoContact,
}

/// Decides about one post.
///
/// `mac` is a keyed hash: without a token of the page the event's key is made of the post's words, and must tell nothing.
/// The event carries no time of its own, so that the same post again is the same event to the byte.
pub fn decide(now_ms: i64, rules: &Rules, post: &Post<'_>, mac: &dyn Fn(&[u8]) -> [u8; 32]) -> Verdict {
    if !origin::is_allowed(&rules.origins, post.origin) {
        return Verdict::BadOrigin;
    }
    let (encoding, mut fields) = match read(post) {
        Ok(read) => read,
        Err(words) => return Verdict::Unreadable { words },
    };
    if fields.contains_key("website") {
        return Verdict::Pretend;
    }
    match (started_ms(&fields), encoding) {
        (Some(spent_ms), _) if spent_ms < rules.minimum_fill_ms => return Verdict::Pretend,
        // Without a script nobody measures.
        (Some(_), _) | (None, Encoding::Form) => {}
        (None, Encoding::Json) => {
            return Verdict::Unreadable {
                words: words::no_started(),
            };
        }
    }
    let consent = fields.get("consent").is_some_and(|tick| is_ticked(tick));
    if rules.consent_required && !consent {
        return Verdict::NeedsConsent;
    }
    if !["phone", "email", "message"]
        .iter()
        .any(|name| fields.contains_key(name))
    {
        return Verdict::NoContact;
    }
    let (key, earlier) = match token(&fields) {
        Some(key) => (key, None),
        None => {
            let hour = now_ms.div_euclid(REPEAT_WINDOW_MS);
            let key = |hour| words_key(hour, rules, &fields, mac);
            (key(hour), Some(key(hour - 1)))
        }
    };
    Verdict::Keep {
        event: Box::new(event(key, rules, &mut fields, consent)),
        earlier,
    }
}

fn read(post: &Post<'_>) -> Result<(Encoding, Fields), String> {
    let encoding = Encoding::of(post.content_type).ok_or_else(words::wrong_kind)?;
    if post.body.len() > BODY_BYTES_MAX {
        return Err(words::too_large(BODY_BYTES_MAX));
    }
    let fields = fields::read(encoding, post.body)?;
    let limits = [
        ("name", NAME_CHARS_MAX),
        ("phone", PHONE_CHARS_MAX),
        ("email", EMAIL_CHARS_MAX),
        ("message", MESSAGE_CHARS_MAX),
        ("consent_text_version", VERSION_CHARS_MAX),
    ];
    for (name, limit_chars) in limits {
        if fields.get(name).is_some_and(|text| text.chars().count() > limit_chars) {
            return Err(words::too_long(name, limit_chars));
        }
    }
    Ok((encoding, fields))
}

/// Time from opening to sending; a number that makes no sense counts as none.
fn started_ms(fields: &Fields) -> Option<u64> {
    let spent: f64 = fields.get("started_ms")?.trim().parse().ok()?;
    // A page that measures with fractions is rounded down; a negative time is 0 and so a robot's.
    spent.is_finite().then_some(spent.max(0.0) as u64)
}

fn is_ticked(value: &str) -> bool {
    matches!(value.trim().to_lowercase().as_str(), "true" | "on" | "yes" | "1" | "да")
}

/// The page's own key of this filling.
fn token(fields: &Fields) -> Option<String> {
    let token = fields.get("token")?.trim();
    is_token(token).then(|| format!("form:{token}"))
}

/// Without one: a keyed hash of the form, the hour and every field.
fn words_key(hour: i64, rules: &Rules, fields: &Fields, mac: &dyn Fn(&[u8]) -> [u8; 32]) -> String {
    let mut said = Vec::new();
    let hour = hour.to_string();
    let all = [rules.name.as_str(), &hour]
        .into_iter()
        .chain(fields.iter().flat_map(|(name, text)| [*name, text]));
    for part in all {
        // Lengths keep neighbours apart: "ab" and "c" is not "a" and "bc".
        said.extend_from_slice(&(part.len() as u64).to_be_bytes());
        said.extend_from_slice(part.as_bytes());
    }
    format!("post:{}", shirma_vault::hex(&mac(&said)))
}

fn is_token(token: &str) -> bool {
    TOKEN_CHARS.contains(&token.len()) && token.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

fn event(key: String, rules: &Rules, fields: &mut Fields, consent: bool) -> Event {
    let name = fields.remove("name");
    let version = fields
        .remove("consent_text_version")
        .unwrap_or_else(|| rules.consent_text_version.clone());
    Event {
        chat: Some(key.clone()),
        message_id: Some(key.clone()),
        key,
        provider_event_id: None,
        sender: Sender {
            id: None,
            name: name.clone(),
            username: None,
        },
        at_ms: None,
        kind: EventKind::Message {
            text: fields.remove("message"),
            attachments: Vec::new(),
            form: Some(FormFields {
                name,
                phone: fields.remove("phone"),
                email: fields.remove("email"),
                consent,
                consent_text_version: (!version.is_empty()).then_some(version),
                page: fields.remove("page").map(|page| without_query(&page)),
            }),
        },
    }
}

/// The page alone: its query may carry anything, other people's addresses too.
fn without_query(page: &str) -> String {
    page.split(['?', '#'])
        .next()
        .unwrap_or_default()
        .chars()
        .take(PAGE_CHARS_MAX)
        .collect()
}

#[cfg(test)]
#[path = "form_tests.rs"]
mod tests;
