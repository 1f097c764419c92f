//! `[[recognizer]]`: numbers of the company's own.

use serde::Deserialize;
use shirma_pii::{Checksum, Label, Recognizer};

/// A recognizer of the company's own, see [`shirma_pii::Recognizer`].
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecognizerSettings {
    /// What the owner calls it; stands in messages about it.
    pub name: String,
    /// Regular expression of the value.
    pub pattern: String,
    /// What kind of data its matches are.
    #[serde(default = "own_number")]
    pub label: Label,
    /// Beginnings of words before the value.
    #[serde(default)]
    pub before: Vec<String>,
    /// Beginnings of words behind it.
    #[serde(default)]
    pub after: Vec<String>,
    /// Words beside which it is something else.
    #[serde(default)]
    pub unless: Vec<String>,
    /// Check digits.
    pub checksum: Option<Checksum>,
}

fn own_number() -> Label {
    Label::Other
}

impl From<&RecognizerSettings> for Recognizer {
    fn from(settings: &RecognizerSettings) -> Recognizer {
        Recognizer {
            label: settings.label,
            pattern: settings.pattern.clone(),
            before: settings.before.clone(),
            after: settings.after.clone(),
            unless: settings.unless.clone(),
            checksum: settings.checksum,
        }
    }
}
