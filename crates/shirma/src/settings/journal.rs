//! `[journal]`: where copies of the journal's checkpoints go.

use std::path::PathBuf;

use serde::Deserialize;

use super::messenger::MessengerSettings;
use super::words;
use crate::contract::ChannelKind;

/// Where copies of the journal's checkpoints go.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct JournalSettings {
    /// Folders on other devices: a mounted share, a stick. They must be there already.
    pub anchor_folders: Vec<PathBuf>,
    /// The bot that writes to the owner: `max/main` or `telegram/main`; empty = nobody is written to.
    pub owner_channel: String,
    /// The owner's chat with this bot.
    pub owner_chat: String,
}

impl JournalSettings {
    /// The bot that writes to the owner: its messenger and name.
    pub fn owner_channel(&self) -> Option<(ChannelKind, &str)> {
        let (kind, account) = self.owner_channel.split_once('/')?;
        let kind = ChannelKind::from_name(kind).filter(|kind| *kind != ChannelKind::Site)?;
        Some((kind, account))
    }

    /// A chat needs its bot and a bot its chat; `Err` says it in Russian.
    pub(super) fn check(&self, max: &[MessengerSettings], telegram: &[MessengerSettings]) -> Result<(), String> {
        if self.owner_channel.is_empty() && self.owner_chat.is_empty() {
            return Ok(());
        }
        let accounts = match self.owner_channel() {
            Some((ChannelKind::Max, name)) => Some((max, name)),
            Some((ChannelKind::Telegram, name)) => Some((telegram, name)),
            Some((ChannelKind::Site, _)) | None => None,
        };
        let is_known = accounts.is_some_and(|(all, name)| all.iter().any(|account| account.name == name));
        if is_known && !self.owner_chat.is_empty() {
            Ok(())
        } else {
            Err(words::owner_chat())
        }
    }
}
