//! What is done with a store besides transactions: emptying the log, checking, copying.

use std::path::PathBuf;

use crate::Error;
use crate::driver::Mode;
use crate::store::Store;

impl Store {
    /// Empties SQLite's write-ahead log into the database file, so that overwritten rows (a destroyed key) exist in
    /// neither. [`Error::Busy`] when a long read was in the way: try again. PostgreSQL manages its log itself.
    pub async fn checkpoint(&self) -> Result<(), Error> {
        let emptied = self.on_connection(Mode::Write, |driver| driver.checkpoint()).await??;
        if emptied { Ok(()) } else { Err(Error::Busy) }
    }

    /// Leaves no deleted or overwritten row of `table` in the files of the database: on SQLite they were zeroed when they
    /// were deleted and the log is emptied; on PostgreSQL the table is written anew and its old file removed.
    /// PostgreSQL's own log keeps them until its segments are used again, and an archive of it as long as it is kept.
    ///
    /// [`Error::Busy`] when a long read was in the way: try again.
    pub async fn scrub(&self, table: &'static str) -> Result<(), Error> {
        let done = self
            .on_connection(Mode::Write, move |driver| driver.scrub(table))
            .await??;
        if done { Ok(()) } else { Err(Error::Busy) }
    }

    /// Reads the whole SQLite database and compares it with itself; [`Error::Corrupt`] when something does not fit.
    /// On PostgreSQL it only asks whether the server answers.
    pub async fn check(&self) -> Result<(), Error> {
        self.on_connection(Mode::Read, |driver| driver.check()).await?
    }

    /// Writes a compact copy of a SQLite database, without remnants of deleted rows, to `path`, which must not exist
    /// or be empty, and syncs it. PostgreSQL is dumped with its own tools.
    pub async fn snapshot(&self, path: PathBuf) -> Result<(), Error> {
        self.on_connection(Mode::Write, move |driver| driver.snapshot(&path))
            .await?
    }
}
