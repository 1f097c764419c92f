//! `[model]`: an outside or local model, and what may not be asked of it.

use serde::Deserialize;

use super::words;
use crate::contract::Residency;

/// A model behind an OpenAI-compatible address.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ModelSettings {
    /// Address up to and including `/v1`.
    pub url: String,
    /// Name of the model there.
    pub model: String,
    /// Where it runs: decides what may be sent.
    pub residency: Residency,
    /// Whether a client's consent must be there first.
    #[serde(default)]
    pub consent: ConsentRule,
    /// Whole time for an answer in milliseconds, at most 60 000.
    #[serde(default = "model_timeout_ms")]
    pub timeout_ms: u64,
    /// Longest answer in tokens.
    #[serde(default = "model_max_tokens")]
    pub max_tokens: u32,
    /// 0 = repeatable.
    #[serde(default)]
    pub temperature: f32,
    /// Whether messages about health may leave, masked. Never abroad.
    #[serde(default)]
    pub health: bool,
    /// Proxy, `http://` or `socks5://`.
    #[serde(default)]
    pub proxy: String,
    /// Who runs it, with the address: named in the consent text as the processor. Needed unless the model is local.
    #[serde(default)]
    pub processor: String,
    /// The owner has decided in writing to use a provider abroad.
    #[serde(default)]
    pub abroad_decided: bool,
}

fn model_timeout_ms() -> u64 {
    20_000
}

fn model_max_tokens() -> u32 {
    400
}

/// Whether consent is needed before a model sees a dialogue.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConsentRule {
    /// The client pressed «Даю согласие» and did not take it back.
    #[default]
    Required,
    /// The operator relies on the contract with the client (152-FZ art. 6 (1) 5). Only for a local model.
    Contract,
}

impl ModelSettings {
    /// What may not be asked of it; `Err` says it in Russian.
    pub(super) fn check(&self) -> Result<(), String> {
        if !self.url.starts_with("https://") && !self.url.starts_with("http://") {
            return Err(words::model_url());
        }
        if self.residency != Residency::Local && self.processor.trim().is_empty() {
            return Err(words::model_processor());
        }
        match self.residency {
            Residency::Local => {}
            Residency::Russia | Residency::Abroad if self.consent == ConsentRule::Contract => {
                return Err(words::model_consent());
            }
            Residency::Abroad if !self.abroad_decided || self.health => return Err(words::model_abroad()),
            Residency::Russia | Residency::Abroad => {}
        }
        if self.timeout_ms == 0 || self.timeout_ms > 60_000 {
            return Err(words::model_timeout());
        }
        Ok(())
    }
}
