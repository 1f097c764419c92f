//! `[[max]]` and `[[telegram]]`: bots.

use std::path::PathBuf;

use serde::Deserialize;

/// A messenger bot. Its token and webhook secret stand in the secrets file under the same name.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MessengerSettings {
    /// Name in the address: `/hooks/max/{name}`.
    pub name: String,
    /// How events come.
    #[serde(default)]
    pub listen: ListenMode,
    /// Address of the service; empty = the official one.
    #[serde(default)]
    pub base_url: String,
    /// Proxy, `http://` or `socks5://`.
    #[serde(default)]
    pub proxy: String,
    /// PEM file with an additional root certificate for this service only.
    #[serde(default)]
    pub root_certificate: PathBuf,
    /// Whether to register the webhook at start (needs `public_url`).
    #[serde(default = "yes")]
    pub register: bool,
}

fn yes() -> bool {
    true
}

/// How a messenger's events come.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ListenMode {
    /// The service calls us.
    #[default]
    Webhook,
    /// We ask the service.
    Poll,
}
