//! Who writes now for the client's side and for the business: the one who is spoken to by the other side, and who is
//! seldom spoken of by the own one.

use serde::{Deserialize, Serialize};

use super::Speaker;
use super::mention::Mention;
use super::person::Role;

/// The writer of one side.
#[derive(Clone, Copy, Default, Serialize, Deserialize)]
struct Writer {
    person: Option<usize>,
    /// The person said so; being spoken to by a name tells less.
    named_themself: bool,
    /// Number of the message that told so.
    told: u32,
}

/// The writers of both sides, as far as told.
#[derive(Clone, Copy, Default, Serialize, Deserialize)]
pub(super) struct Writers {
    client: Writer,
    staff: Writer,
}

impl Writers {
    /// Somebody turned out to be another.
    pub(super) fn replace(&mut self, gone: usize, kept: usize) {
        for writer in [&mut self.client, &mut self.staff] {
            if writer.person == Some(gone) {
                writer.person = Some(kept);
            }
        }
    }

    /// Who writes for the side of `speaker`.
    pub(super) fn of(&self, speaker: Option<Speaker>) -> Option<usize> {
        match speaker? {
            Speaker::Client => self.client.person,
            Speaker::Staff => self.staff.person,
        }
    }

    /// Who writes for the other side.
    pub(super) fn facing(&self, speaker: Option<Speaker>) -> Option<usize> {
        match speaker? {
            Speaker::Client => self.staff.person,
            Speaker::Staff => self.client.person,
        }
    }

    /// The client who said who they are.
    pub(super) fn told_of_client(&self) -> Option<usize> {
        self.client.person.filter(|_| self.client.named_themself)
    }

    /// Whether the writer of the side of `speaker` has said who they are.
    pub(super) fn has_told(&self, speaker: Option<Speaker>) -> bool {
        match speaker {
            Some(Speaker::Client) => self.client.named_themself,
            Some(Speaker::Staff) => self.staff.named_themself,
            None => false,
        }
    }

    /// Whether the speaker has said in this message who they are.
    pub(super) fn told_in(&self, message: u32, speaker: Option<Speaker>) -> bool {
        match speaker {
            Some(Speaker::Client) => self.client.told == message,
            Some(Speaker::Staff) => self.staff.told == message,
            None => false,
        }
    }

    /// Takes in a mention of `person`, whose role is `role` by now.
    pub(super) fn hear(
        &mut self,
        mention: &Mention,
        person: usize,
        role: Option<Role>,
        speaker: Option<Speaker>,
        message: u32,
    ) {
        let (own, other) = match speaker {
            Some(Speaker::Client) => (&mut self.client, &mut self.staff),
            Some(Speaker::Staff) => (&mut self.staff, &mut self.client),
            None => return,
        };
        if mention.is_self() {
            *own = Writer {
                person: Some(person),
                named_themself: true,
                told: message,
            };
        } else if mention.addressed && !other.named_themself {
            let fits = match speaker {
                Some(Speaker::Staff) => role != Some(Role::Staff),
                _ => role != Some(Role::Client),
            };
            if fits {
                other.person = Some(person);
            }
        }
    }
}
