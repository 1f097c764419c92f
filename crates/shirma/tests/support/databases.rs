//! The two databases of a house that keeps its data on a PostgreSQL server, and where they lie on the disk.
//!
//! The server is the private one of the store's own tests, one for a test process; each house gets two new databases in it,
//! as the README tells an owner to make them.

use std::path::PathBuf;

use shirma_store::cluster::{self, Cluster};

use super::canary::files_below;

/// Names of the databases.
pub(crate) struct Databases {
    data: String,
    keys: String,
}

impl Databases {
    /// Two empty ones.
    pub(crate) fn fresh() -> Databases {
        let server = cluster::shared();
        Databases {
            data: server.fresh_database(),
            keys: server.fresh_database(),
        }
    }

    /// Copies of both; nobody may be using them.
    pub(crate) fn copied(&self) -> Databases {
        let server = cluster::shared();
        Databases {
            data: server.copy_database(&self.data),
            keys: server.copy_database(&self.keys),
        }
    }

    /// What stands in `shirma.toml`, after everything else.
    pub(crate) fn settings(&self) -> &'static str {
        "\n[storage]\nengine = \"postgres\"\n"
    }

    /// What stands in the secrets file, after everything else.
    pub(crate) fn secrets(&self) -> String {
        let server = cluster::shared();
        format!(
            "\n[storage]\ndata_url = \"{}\"\nkeys_url = \"{}\"\n",
            server.url_of(&self.data),
            server.url_of(&self.keys)
        )
    }

    /// The files in which the server keeps their rows, deleted ones too.
    pub(crate) fn files(&self) -> Vec<PathBuf> {
        let server = cluster::shared();
        // What the server holds in memory goes to the files first.
        server.run("checkpoint");
        let names = [&self.data, &self.keys].into_iter();
        names.flat_map(|name| files_of(server, name)).collect()
    }
}

fn files_of(server: &Cluster, name: &str) -> Vec<PathBuf> {
    /// Files with smaller numbers are the server's own catalogue.
    const FIRST_OF_USERS: u64 = 16_384;
    let found = server.run(&format!("select oid from pg_database where datname = '{name}'"));
    let folder = server.folder().join("data/base").join(&found[0]);
    let is_ours = |path: &PathBuf| {
        let number = path
            .file_name()
            .and_then(|name| name.to_str()?.split(['.', '_']).next()?.parse().ok());
        number.is_some_and(|number: u64| number >= FIRST_OF_USERS)
    };
    files_below(&folder).into_iter().filter(is_ours).collect()
}
