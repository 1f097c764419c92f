//! Messengers and site forms behind one trait: what they send becomes [`Event`](crate::contract::Event)s, what we send
//! becomes their requests.
//!
//! A folder a channel: `parse` reads, `send` writes and understands refusals, `poll` asks for news. Reading and writing are
//! pure functions over bytes; only `mod.rs` of a messenger calls the guarded client. Nothing here knows subjects,
//! dialogues or storage.

pub mod max;
pub mod site;
pub mod telegram;

mod account;
mod call;
pub mod depth;
mod event;
mod words;

use std::sync::Arc;

use crate::contract::{Channel, ChannelKind};

pub use account::{Error, Listen};

/// All configured channels.
#[derive(Clone, Default)]
pub struct Channels(Vec<Arc<dyn Channel>>);

impl Channels {
    /// The list; of two with one kind and account the first is found.
    pub fn new(channels: Vec<Arc<dyn Channel>>) -> Self {
        Channels(channels)
    }

    /// The channel of this kind and account.
    pub fn get(&self, kind: ChannelKind, account: &str) -> Option<Arc<dyn Channel>> {
        self.0
            .iter()
            .find(|channel| channel.kind() == kind && channel.account() == account)
            .cloned()
    }

    /// All of them, in the order of the settings.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<dyn Channel>> {
        self.0.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn channel_is_found_by_kind_and_account() {
        let form = |name: &str| Arc::new(site::Site::new(name)) as Arc<dyn Channel>;
        let channels = Channels::new(vec![form("price"), form("contacts")]);
        let found = channels.get(ChannelKind::Site, "contacts").expect("listed");
        assert_eq!(found.account(), "contacts");
        assert!(channels.get(ChannelKind::Site, "other").is_none());
        assert!(channels.get(ChannelKind::Max, "contacts").is_none());
        assert_eq!(channels.iter().count(), 2);
    }
}
