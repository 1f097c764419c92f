//! `[storage]`: where data are kept.

use serde::Deserialize;

/// Which database.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct StorageSettings {
    /// SQLite in the data folder, or PostgreSQL by the address in the secrets file.
    pub engine: StorageEngine,
}

/// The two engines.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StorageEngine {
    /// One file in the data folder.
    #[default]
    Sqlite,
    /// A server; addresses `storage.data_url` and `storage.keys_url` in the secrets file.
    Postgres,
}
