//! What the program kept, read after it has stopped: rows by SQL, values through its own keys.

use std::sync::Arc;

use shirma::identifier::SubjectId;
use shirma::vault::{Vault, cell};
use shirma::{clock, opening, settings};
use shirma_store::{Error, Row, Store, Tx, params};
use shirma_vault::{Entropy, SystemEntropy};

use crate::support::house::House;

/// The stores of a house whose program does not run.
pub(crate) struct Records {
    data: Store,
    vault: Vault,
}

/// One message as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Line {
    pub(crate) dialog: i64,
    pub(crate) author: String,
    pub(crate) ext_id: Option<String>,
    /// As written.
    pub(crate) text: Option<String>,
    /// As the assistant saw it.
    pub(crate) masked: Option<String>,
    pub(crate) delivery: Option<String>,
    pub(crate) note: Option<String>,
    pub(crate) is_removed: bool,
    pub(crate) is_edited: bool,
}

impl Records {
    /// Opens the stores as the program does.
    pub(crate) fn of(house: &House) -> Records {
        let (mut settings, secrets) = settings::load(Some(&house.folder().join("shirma.toml"))).expect("settings");
        settings.data = house.data();
        let clock: Arc<dyn clock::Clock> = Arc::new(clock::SystemClock);
        let entropy: Arc<dyn Entropy> = Arc::new(SystemEntropy);
        let (data, vault) = opening::open_stores(&settings, &secrets, &clock, &entropy).expect("the stores open");
        Records { data, vault }
    }

    /// The data store itself.
    pub(crate) fn store(&self) -> &Store {
        &self.data
    }

    /// The vault itself.
    pub(crate) fn vault(&self) -> &Vault {
        &self.vault
    }

    /// Rows of a statement without parameters.
    pub(crate) fn rows<T: Send + 'static>(
        &self,
        sql: &'static str,
        read: impl FnMut(&Row<'_>) -> Result<T, Error> + Send + 'static,
    ) -> Vec<T> {
        let found = self.data.read_blocking(move |tx| tx.many(sql, params![], read));
        found.unwrap_or_else(|error: Error| panic!("{sql}: {error}"))
    }

    /// The one number of a statement.
    pub(crate) fn count(&self, sql: &'static str) -> i64 {
        let rows = self.rows(sql, |row| row.get::<i64>(0));
        *rows.first().unwrap_or_else(|| panic!("no row: {sql}"))
    }

    /// The one column of a statement, as words.
    pub(crate) fn words(&self, sql: &'static str) -> Vec<String> {
        self.rows(sql, |row| row.get::<String>(0))
    }

    /// Runs a write of the program's own.
    pub(crate) fn write<T, E>(&self, work: impl FnOnce(&mut Tx<'_>) -> Result<T, E> + Send + 'static) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        self.data.write_blocking(work)
    }

    /// Changes what is kept, as somebody does who holds the database.
    pub(crate) fn change(&self, statements: &[&'static str]) -> Result<(), Error> {
        let statements = statements.to_vec();
        self.data.write_blocking(move |tx| {
            statements
                .iter()
                .try_for_each(|sql| tx.execute(*sql, params![]).map(|_| ()))
        })
    }

    /// The journal's entries as they are kept.
    pub(crate) fn leaves(&self) -> Vec<String> {
        self.rows("select body from audit_leaf order by seq", |row| {
            Ok(String::from_utf8_lossy(&row.get::<Vec<u8>>(0)?).into_owned())
        })
    }

    /// How many entries of the journal tell this act.
    pub(crate) fn told(&self, act: &str) -> usize {
        let word = format!("\"{act}\"");
        self.leaves().iter().filter(|leaf| leaf.contains(&word)).count()
    }

    /// All messages in the order they were kept.
    pub(crate) fn lines(&self) -> Vec<Line> {
        let sql = "select id, subject, dialog, author, ext_id, text_ct, masked_ct, delivery, note,
                          removed_at is not null as removed, edited_at is not null as edited
                   from message order by id";
        let vault = self.vault.clone();
        self.rows(sql, move |row| {
            let (id, subject) = (row.get::<i64>("id")?, SubjectId(row.get("subject")?));
            let open = |column: &'static str| -> Result<Option<String>, Error> {
                let sealed = row.get::<Option<Vec<u8>>>(column)?;
                Ok(sealed.map(|sealed| {
                    let opened = vault
                        .open(cell("message", column, id, subject), &sealed)
                        .expect("our own seal");
                    opened.expose().clone()
                }))
            };
            Ok(Line {
                dialog: row.get("dialog")?,
                author: row.get("author")?,
                ext_id: row.get("ext_id")?,
                text: open("text_ct")?,
                masked: open("masked_ct")?,
                delivery: row.get("delivery")?,
                note: row.get("note")?,
                is_removed: row.get("removed")?,
                is_edited: row.get("edited")?,
            })
        })
    }
}
