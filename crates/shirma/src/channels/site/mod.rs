//! Our own forms and chat pages: one account a form.
//!
//! The door decides about a post (`form::decide`) or a line of the chat page and puts an [`Event`] as JSON into the inbox;
//! here it is only read back. Nothing is sent anywhere: the chat page reads its messages from the store.

pub mod form;
pub mod origin;

mod fields;
pub(crate) mod words;

use crate::contract::{Channel, ChannelKind, Event, Outgoing, Page, Pending, RawRequest, Refusal, SendError, Sent};

/// Characters of one line in the chat page: the same as in the forms, as a person reads it.
const TEXT_CHARS_MAX: usize = 4096;

/// The adapter of one form with its chat page.
#[derive(Debug)]
pub struct Site(String);

impl Site {
    /// For the form of this name.
    pub fn new(name: impl Into<String>) -> Site {
        Site(name.into())
    }
}

impl Channel for Site {
    fn kind(&self) -> ChannelKind {
        ChannelKind::Site
    }

    fn account(&self) -> &str {
        &self.0
    }

    fn max_text_chars(&self) -> usize {
        TEXT_CHARS_MAX
    }

    /// Pages of anyone's browser have no secret: the door checks origin and rate instead.
    fn verify(&self, _request: &RawRequest<'_>) -> Result<(), Refusal> {
        Ok(())
    }

    fn parse(&self, body: &[u8]) -> Result<Vec<Event>, Refusal> {
        let event = serde_json::from_slice(body).map_err(|_| Refusal::Unreadable)?;
        Ok(vec![event])
    }

    fn send<'a>(&'a self, _message: &'a Outgoing) -> Pending<'a, Result<Sent, SendError>> {
        Box::pin(async { Ok(Sent::default()) })
    }

    fn acknowledge<'a>(&'a self, _callback_id: &'a str) -> Pending<'a, Result<(), SendError>> {
        Box::pin(async { Ok(()) })
    }

    fn poll<'a>(&'a self, _cursor: Option<&'a str>) -> Option<Pending<'a, Result<Page, SendError>>> {
        None
    }

    fn register<'a>(&'a self) -> Pending<'a, Result<(), SendError>> {
        Box::pin(async { Ok(()) })
    }
}
