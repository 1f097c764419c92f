//! One record of the journal: who did what to which thing, when, why and with what result.
//!
//! A leaf never holds a value. Its strings pass an alphabet without spaces, letters outside ASCII, `@` and `+`,
//! so a name, an address or an e-mail cannot slip in, and digits that could be a phone or a document are refused.
//! What may be personal (a free-text reason, an IP address) lives apart, encrypted; the leaf keeps its commitment.

use std::fmt::Write as _;

use serde::Deserialize;

use crate::Error;
use crate::act::Act;
use crate::hash::Hash;

/// Version of the canonical form, the first key of each leaf.
pub const LEAF_VERSION: u8 = 1;
/// Largest canonical form in bytes: a record is read by people and printed, and must not become a data store.
pub const MAX_LEAF_BYTES: usize = 1024;
/// Longest string of a leaf in bytes.
pub const MAX_TEXT_BYTES: usize = 64;
/// Most field names in one leaf: more than the widest form of the desk has.
pub const MAX_FIELDS: usize = 12;
/// So many digits in one string are a phone, a passport, an INN or a card.
const PERSONAL_DIGITS: usize = 10;
/// Ids of our own have fewer digits (row numbers) or more (random 63-bit numbers).
const PERSONAL_ID_DIGITS: std::ops::RangeInclusive<usize> = 10..=12;

/// Who acted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ActorKind {
    /// A person of the business who is logged in.
    Staff,
    /// The client.
    Subject,
    /// The program itself: timers, workers, start and stop.
    System,
    /// A messenger, form or telephone line.
    Channel,
    /// The command line on the host.
    Cli,
}

impl ActorKind {
    /// The word in the canonical form.
    pub fn as_str(self) -> &'static str {
        match self {
            ActorKind::Staff => "staff",
            ActorKind::Subject => "subject",
            ActorKind::System => "system",
            ActorKind::Channel => "channel",
            ActorKind::Cli => "cli",
        }
    }
}

/// Who acted, by kind and internal id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// What sort of actor.
    pub kind: ActorKind,
    /// Internal id, never a name or an outside account.
    pub id: String,
}

impl Actor {
    /// An actor with an id of the program.
    pub fn new(kind: ActorKind, id: impl Into<String>) -> Self {
        Self { kind, id: id.into() }
    }
}

/// What was acted on, by kind (`subject`, `dialog`, `setting`) and internal id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Object {
    /// Word of the trade.
    pub kind: String,
    /// Internal id.
    pub id: String,
}

impl Object {
    /// An object with an id of the program.
    pub fn new(kind: impl Into<String>, id: impl Into<String>) -> Self {
        Self {
            kind: kind.into(),
            id: id.into(),
        }
    }
}

/// How it ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// Done.
    Ok,
    /// Refused by a rule or a right.
    Deny,
    /// Tried and failed.
    Err,
}

impl Outcome {
    /// The word in the canonical form.
    pub fn as_str(self) -> &'static str {
        match self {
            Outcome::Ok => "ok",
            Outcome::Deny => "deny",
            Outcome::Err => "err",
        }
    }
}

/// A record before it gets its place in the log.
///
/// ```
/// use shirma_audit::{Act, Actor, ActorKind, Leaf, Object};
/// let leaf = Leaf::new(1_700_000_000_000, Actor::new(ActorKind::Staff, "7"), Act::new("subject.reveal"),
///     Object::new("subject", "412")).with_fields(["phone"]).with_purpose("call_back");
/// let bytes = leaf.canonical(0).unwrap();
/// assert_eq!(Leaf::parse(&bytes), Ok((0, leaf)));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leaf {
    /// When, in milliseconds since 1970 UTC.
    pub at_ms: i64,
    /// Who.
    pub actor: Actor,
    /// First 8 hexadecimal digits of the hash of the session.
    pub session: Option<String>,
    /// What was done.
    pub act: Act,
    /// To what.
    pub object: Object,
    /// Names of the fields concerned, never their values.
    pub fields: Vec<String>,
    /// Word of the fixed list of purposes.
    pub purpose: Option<String>,
    /// How it ended.
    pub outcome: Outcome,
    /// How many things: search results, aggregated denials, tokens of a model.
    pub count: Option<u64>,
    /// Commitment to a detail that is stored apart.
    pub detail: Option<Hash>,
}

impl Leaf {
    /// A successful act without further particulars.
    pub fn new(at_ms: i64, actor: Actor, act: Act, object: Object) -> Self {
        Self {
            at_ms,
            actor,
            session: None,
            act,
            object,
            fields: Vec::new(),
            purpose: None,
            outcome: Outcome::Ok,
            count: None,
            detail: None,
        }
    }

    /// Names the session by 8 lower-case hexadecimal digits.
    pub fn with_session(mut self, session: impl Into<String>) -> Self {
        self.session = Some(session.into());
        self
    }

    /// Names the fields concerned.
    pub fn with_fields<S: Into<String>>(mut self, fields: impl IntoIterator<Item = S>) -> Self {
        self.fields = fields.into_iter().map(Into::into).collect();
        self
    }

    /// Names the purpose.
    pub fn with_purpose(mut self, purpose: impl Into<String>) -> Self {
        self.purpose = Some(purpose.into());
        self
    }

    /// Says how it ended; a new leaf says [`Outcome::Ok`].
    pub fn with_outcome(mut self, outcome: Outcome) -> Self {
        self.outcome = outcome;
        self
    }

    /// Adds a number of things.
    pub fn with_count(mut self, count: u64) -> Self {
        self.count = Some(count);
        self
    }

    /// Adds the commitment to a detail stored apart.
    pub fn with_detail(mut self, detail: Hash) -> Self {
        self.detail = Some(detail);
        self
    }

    /// The exact bytes to store and to hash for place `seq`; refuses anything that could be a personal value.
    pub fn canonical(&self, seq: u64) -> Result<Vec<u8>, Error> {
        self.check()?;
        let mut text = format!(
            r#"{{"v":{LEAF_VERSION},"seq":{seq},"ts":{},"actor":{{"t":"{}","id":"{}"}},"sess":"#,
            self.at_ms,
            self.actor.kind.as_str(),
            self.actor.id
        );
        push_text(&mut text, self.session.as_deref());
        text.push_str(r#","act":"#);
        push_text(&mut text, Some(self.act.as_str()));
        write!(
            text,
            r#","obj":{{"t":"{}","id":"{}"}},"fields":["#,
            self.object.kind, self.object.id
        )
        .expect("writing to a String cannot fail");
        for (position, field) in self.fields.iter().enumerate() {
            if position > 0 {
                text.push(',');
            }
            push_text(&mut text, Some(field));
        }
        text.push_str(r#"],"purpose":"#);
        push_text(&mut text, self.purpose.as_deref());
        text.push_str(r#","res":"#);
        push_text(&mut text, Some(self.outcome.as_str()));
        text.push_str(r#","n":"#);
        match self.count {
            Some(count) => text.push_str(&count.to_string()),
            None => text.push_str("null"),
        }
        text.push_str(r#","dc":"#);
        push_text(&mut text, self.detail.map(|hash| hash.to_string()).as_deref());
        text.push('}');
        if text.len() > MAX_LEAF_BYTES {
            return Err(Error::TooLarge { size_bytes: text.len() });
        }
        Ok(text.into_bytes())
    }

    /// Reads a stored leaf and its `seq`; bytes that are not exactly canonical are refused.
    pub fn parse(bytes: &[u8]) -> Result<(u64, Self), Error> {
        if bytes.len() > MAX_LEAF_BYTES {
            return Err(Error::TooLarge {
                size_bytes: bytes.len(),
            });
        }
        let stored: Stored = serde_json::from_slice(bytes).map_err(|_| Error::NotCanonical)?;
        let detail = stored.dc.map(|text| text.parse()).transpose()?;
        let leaf = Leaf {
            at_ms: stored.ts,
            actor: Actor {
                kind: stored.actor.t,
                id: stored.actor.id,
            },
            session: stored.sess,
            act: Act::parse(&stored.act)?,
            object: Object {
                kind: stored.obj.t,
                id: stored.obj.id,
            },
            fields: stored.fields,
            purpose: stored.purpose,
            outcome: stored.res,
            count: stored.n,
            detail,
        };
        if leaf.canonical(stored.seq)? == bytes {
            Ok((stored.seq, leaf))
        } else {
            Err(Error::NotCanonical)
        }
    }

    fn check(&self) -> Result<(), Error> {
        check_id("actor", &self.actor.id)?;
        check_text("obj", &self.object.kind)?;
        check_id("obj", &self.object.id)?;
        if let Some(session) = &self.session
            && (session.len() != 8 || !session.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f')))
        {
            return Err(Error::ForbiddenText { field: "sess" });
        }
        if self.fields.len() > MAX_FIELDS {
            return Err(Error::TooManyFields {
                count: self.fields.len(),
            });
        }
        self.fields.iter().try_for_each(|field| check_text("fields", field))?;
        self.purpose
            .iter()
            .try_for_each(|purpose| check_text("purpose", purpose))
    }
}

/// `seq` and `ts` of canonical bytes without reading the rest: the verifier looks at every leaf of the log.
pub(crate) fn seq_and_time(bytes: &[u8]) -> Option<(u64, i64)> {
    let rest = bytes.strip_prefix(br#"{"v":1,"seq":"#)?;
    let (seq, rest) = split_number(rest)?;
    let rest = rest.strip_prefix(br#","ts":"#)?;
    let (time, rest) = split_number(rest)?;
    rest.starts_with(br#","actor":{"#)
        .then_some((seq.parse().ok()?, time.parse().ok()?))
}

fn split_number(bytes: &[u8]) -> Option<(&str, &[u8])> {
    let end = bytes.iter().position(|&byte| byte == b',')?;
    Some((str::from_utf8(&bytes[..end]).ok()?, &bytes[end..]))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Stored {
    #[serde(rename = "v")]
    _version: u8,
    seq: u64,
    ts: i64,
    actor: StoredActor,
    sess: Option<String>,
    act: String,
    obj: StoredObject,
    fields: Vec<String>,
    purpose: Option<String>,
    res: Outcome,
    n: Option<u64>,
    dc: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StoredActor {
    t: ActorKind,
    id: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StoredObject {
    t: String,
    id: String,
}

/// The alphabet needs no escaping, so quoting is all.
fn push_text(text: &mut String, value: Option<&str>) {
    match value {
        Some(value) => text.extend(["\"", value, "\""]),
        None => text.push_str("null"),
    }
}

fn check_text(field: &'static str, text: &str) -> Result<(), Error> {
    check_alphabet(field, text)?;
    if count_digits(text) >= PERSONAL_DIGITS {
        return Err(Error::LooksPersonal { field });
    }
    Ok(())
}

/// Ids may be long numbers or hashes, but not a bare number as long as a phone, an INN or a passport.
fn check_id(field: &'static str, id: &str) -> Result<(), Error> {
    check_alphabet(field, id)?;
    let only_digits = !id.bytes().any(|byte| byte.is_ascii_alphabetic());
    if only_digits && PERSONAL_ID_DIGITS.contains(&count_digits(id)) {
        return Err(Error::LooksPersonal { field });
    }
    Ok(())
}

fn check_alphabet(field: &'static str, text: &str) -> Result<(), Error> {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"._:-/".contains(&byte);
    if text.is_empty() || text.len() > MAX_TEXT_BYTES || !text.bytes().all(allowed) {
        return Err(Error::ForbiddenText { field });
    }
    Ok(())
}

fn count_digits(text: &str) -> usize {
    text.bytes().filter(u8::is_ascii_digit).count()
}

#[cfg(test)]
mod tests;
