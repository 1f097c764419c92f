//! `[assistant]`: how the assistant answers.

use std::path::PathBuf;

use serde::Deserialize;

/// How the assistant answers.
#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AssistantSettings {
    /// Who answers first.
    pub mode: AssistantMode,
    /// The file with hours, prices and questions; relative to the data folder; made from a sample at the first start.
    pub base: PathBuf,
}

impl Default for AssistantSettings {
    fn default() -> Self {
        AssistantSettings {
            mode: AssistantMode::Rules,
            base: PathBuf::from("base.toml"),
        }
    }
}

/// Who answers first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AssistantMode {
    /// Nobody: people answer.
    Off,
    /// The rules of the house.
    Rules,
    /// The model of `[model]`, the rules where it may not or cannot.
    Model,
}
