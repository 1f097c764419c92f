//! Where a store lives. The address of a server may carry a password, so `Debug` shows only the place.

use std::fmt;
use std::path::PathBuf;

/// The two engines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// A file, for one program.
    Sqlite,
    /// A server, for one or several programs.
    Postgres,
}

/// Where a store lives.
#[derive(Clone)]
pub enum Target {
    /// A database file; created when missing, inside a folder that exists.
    Sqlite {
        /// The file. `-wal`, `-shm` and `.lock` files appear beside it.
        path: PathBuf,
    },
    /// A schema of a PostgreSQL database; created when missing and allowed.
    Postgres {
        /// `postgres://…` or `host=… user=…`. Secret: may hold a password.
        url: String,
        /// Lower-case letters, digits and `_`, at most 63.
        schema: String,
    },
}

impl Target {
    /// Which engine it is.
    pub fn engine(&self) -> Engine {
        match self {
            Target::Sqlite { .. } => Engine::Sqlite,
            Target::Postgres { .. } => Engine::Postgres,
        }
    }
}

impl fmt::Debug for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Target::Sqlite { path } => f.debug_struct("Sqlite").field("path", path).finish(),
            Target::Postgres { schema, .. } => f
                .debug_struct("Postgres")
                .field("schema", schema)
                .finish_non_exhaustive(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_does_not_show_the_password() {
        let target = Target::Postgres {
            url: "postgres://shirma:sesame@db/main".into(),
            schema: "data".into(),
        };
        assert_eq!(format!("{target:?}"), r#"Postgres { schema: "data", .. }"#);
    }
}
