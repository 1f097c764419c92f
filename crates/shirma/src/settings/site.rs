//! `[[site]]`: forms and chat pages.

use serde::Deserialize;

/// A site form with its chat page.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FormSettings {
    /// Name in the address: `/hooks/site/{name}`, `/chat/{name}`.
    pub name: String,
    /// Title of the chat page.
    #[serde(default)]
    pub title: String,
    /// Sites whose pages may post and embed, `https://example.ru`.
    #[serde(default)]
    pub origins: Vec<String>,
    /// Filled faster than this = a robot.
    #[serde(default = "minimum_fill_ms")]
    pub minimum_fill_ms: u64,
    /// Where a form without scripts lands; empty = our own page of thanks.
    #[serde(default)]
    pub thanks_url: String,
}

fn minimum_fill_ms() -> u64 {
    2_000
}

impl Default for FormSettings {
    fn default() -> Self {
        FormSettings {
            name: "demo".to_owned(),
            title: String::new(),
            origins: Vec::new(),
            minimum_fill_ms: minimum_fill_ms(),
            thanks_url: String::new(),
        }
    }
}
