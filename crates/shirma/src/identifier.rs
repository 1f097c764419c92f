//! Ids: a newtype a kind, made in one place. 41 bits of milliseconds, 22 random bits: sortable by time, unguessable
//! enough to stand in an address, the same on both databases.

use serde::{Deserialize, Serialize};

/// Random bits at the end of an id: at 100 new rows a millisecond a clash is one in 800, and a clash is a unique-key
/// error that rolls back and is repeated, never a lost row.
const RANDOM_BITS: u32 = 22;

/// Puts an id together.
pub fn compose(at_ms: i64, random: u64) -> i64 {
    (at_ms.max(0) << RANDOM_BITS | (random & ((1 << RANDOM_BITS) - 1)) as i64) & i64::MAX
}

macro_rules! identifiers {
    ($($(#[$doc:meta])* $name:ident = $word:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl $name {
            /// As the journal names it.
            pub fn object(self) -> shirma_audit::Object {
                shirma_audit::Object::new($word, self.0.to_string())
            }
        }
    )*};
}

identifiers! {
    /// A client.
    SubjectId = "subject";
    /// A client's account in one channel.
    IdentityId = "identity";
    /// All messages of one subject in one channel.
    DialogId = "dialog";
    /// One message.
    MessageId = "message";
    /// A member of staff.
    StaffId = "staff";
    /// An accepted raw event.
    InboxId = "inbox";
    /// A piece of work.
    JobId = "job";
    /// A message on its way out.
    OutboxId = "outbox";
    /// An enquiry.
    EnquiryId = "enquiry";
    /// A sign that somebody looks at more than his work needs.
    AlarmId = "alarm";
    /// Something that waits for a second person.
    RequestId = "two_person";
}

/// What staff see and say in place of a name: К-0412.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ClientCode(pub i64);

impl std::fmt::Display for ClientCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "К-{:04}", self.0)
    }
}

impl std::str::FromStr for ClientCode {
    type Err = ();

    /// Takes К-0412, к0412, K-412 (Latin) and the bare number.
    fn from_str(text: &str) -> Result<Self, ()> {
        let digits = text
            .trim()
            .trim_start_matches(['К', 'к', 'K', 'k'])
            .trim_start_matches(['-', '–', '‑', ' ']);
        match digits.parse::<i64>() {
            Ok(number) if number > 0 && digits.len() <= 9 => Ok(ClientCode(number)),
            _ => Err(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_grow_with_time_and_stay_positive() {
        assert!(compose(1_795_420_800_000, 0) < compose(1_795_420_800_001, 0));
        assert!(compose(i64::MAX, u64::MAX) >= 0);
    }

    #[test]
    fn a_client_code_reads_back_in_every_common_spelling() {
        assert_eq!(ClientCode(412).to_string(), "К-0412");
        for spelling in ["К-0412", "к0412", "K-412", "412", " К – 0412".trim()] {
            assert_eq!(
                spelling.replace(' ', "").parse::<ClientCode>(),
                Ok(ClientCode(412)),
                "{spelling}"
            );
        }
        assert!("К-".parse::<ClientCode>().is_err());
    }
}
