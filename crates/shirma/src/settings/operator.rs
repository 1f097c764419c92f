//! `[operator]`: who answers by law.

use serde::Deserialize;

/// The business, as documents name it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct OperatorSettings {
    /// Full name of the company or sole trader.
    pub name: String,
    /// Legal address.
    pub address: String,
    /// ИНН.
    pub inn: String,
    /// Where a person writes about his data.
    pub contact: String,
}
