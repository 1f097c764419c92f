//! `[access]`: how staff sign in.

use serde::Deserialize;

/// How staff sign in.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AccessSettings {
    /// Whether the second factor may be left out.
    pub second_factor: SecondFactorRule,
}

/// Whether the second factor may be left out (ADR 0011).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SecondFactorRule {
    /// Everybody sets it up within a week of his first sign-in.
    #[default]
    Required,
    /// Whoever has set it up is asked for it; nobody has to.
    Optional,
}
