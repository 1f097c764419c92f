//! The store itself: opens a target and runs closures as transactions.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tokio::sync::oneshot;

use crate::driver::{Driver, Mode};
use crate::migrate::{Schema, migrate};
use crate::pool::{self, Pool, wait_for};
use crate::target::{Engine, Target};
use crate::tx::{Failure, Tx};
use crate::{Error, postgres, sqlite};

/// Write transactions that wait for the writer. At a thousand a second the last one waits a quarter of a second;
/// further callers wait outside.
pub const WRITE_QUEUE: usize = 256;
/// Read transactions that wait for a reader.
pub const READ_QUEUE: usize = 256;

/// One store, shared by cloning.
#[derive(Clone)]
pub struct Store {
    inner: Arc<Inner>,
}

struct Inner {
    engine: Engine,
    /// Dropped first: a reader would keep the log from being emptied.
    readers: Pool,
    writers: Pool,
    /// Set by a failed disk; writing ends until the next start (security.md 11, point 8).
    stopped: Arc<AtomicBool>,
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Store")
            .field("engine", &self.inner.engine)
            .finish_non_exhaustive()
    }
}

struct Connections {
    writers: Vec<Box<dyn Driver>>,
    readers: Vec<Box<dyn Driver>>,
}

impl Store {
    /// Opens `target`, creating it when it is missing, and applies the migrations of `schema` that are new.
    /// Blocks the calling thread. Refuses a second running copy (SQLite), a newer or changed schema.
    pub fn open(target: &Target, schema: &Schema) -> Result<Store, Error> {
        let engine = target.engine();
        let (target, schema) = (target.clone(), *schema);
        // The driver of PostgreSQL must not connect on a thread of a runtime, and callers may be on one.
        let opening = pool::spawn("store-open", move || connect(&target, &schema))?;
        let connections = opening.join().map_err(|_| Error::Panicked)??;
        Ok(Store {
            inner: Arc::new(Inner {
                engine,
                readers: Pool::start("store-read", connections.readers, READ_QUEUE)?,
                writers: Pool::start("store-write", connections.writers, WRITE_QUEUE)?,
                stopped: Arc::new(AtomicBool::new(false)),
            }),
        })
    }

    /// Whether `target` was opened before. Makes and changes nothing; blocks the calling thread.
    pub fn is_there(target: &Target) -> Result<bool, Error> {
        match target.clone() {
            Target::Sqlite { path } => Ok(path.is_file()),
            Target::Postgres { url, schema } => {
                let asking = pool::spawn("store-ask", move || postgres::is_there(&url, &schema))?;
                asking.join().map_err(|_| Error::Panicked)?
            }
        }
    }

    /// Which engine it is.
    pub fn engine(&self) -> Engine {
        self.inner.engine
    }

    /// Runs `work` as the only write transaction: committed and durable on `Ok`, rolled back on `Err` and on panic.
    /// Once it has a place in the queue it runs to its end, also when the caller stops waiting.
    pub async fn write<T, E, F>(&self, work: F) -> Result<T, E>
    where
        F: FnOnce(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        self.transact(Mode::Write, work).await
    }

    /// Runs `work` over a snapshot; writing in it fails with [`Error::ReadOnly`].
    pub async fn read<T, E, F>(&self, work: F) -> Result<T, E>
    where
        F: FnOnce(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        self.transact(Mode::Read, work).await
    }

    /// [`write`](Self::write) for code that is not async. Blocks the calling thread, inside a runtime or not.
    pub fn write_blocking<T, E, F>(&self, work: F) -> Result<T, E>
    where
        F: FnOnce(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        wait_for(self.write(work))
    }

    /// [`read`](Self::read) for code that is not async. Blocks the calling thread, inside a runtime or not.
    pub fn read_blocking<T, E, F>(&self, work: F) -> Result<T, E>
    where
        F: FnOnce(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        wait_for(self.read(work))
    }

    /// True when the disk failed and writing has ended: time to stop accepting and to exit.
    pub fn is_stopped(&self) -> bool {
        self.inner.stopped.load(Ordering::Acquire)
    }

    /// Ends the store for all clones: waits for queued transactions, empties the write-ahead log, closes connections.
    pub async fn close(&self) {
        self.inner.readers.close();
        self.inner.readers.ended().await;
        match self.checkpoint().await {
            Ok(()) | Err(Error::Closed) => {}
            Err(error) => tracing::warn!(%error, "the log could not be emptied; nothing is lost"),
        }
        self.inner.writers.close();
        self.inner.writers.ended().await;
    }

    async fn transact<T, E, F>(&self, mode: Mode, work: F) -> Result<T, E>
    where
        F: FnOnce(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        let stopped = Arc::clone(&self.inner.stopped);
        let done = self
            .on_connection(mode, move |driver| transact(driver, mode, &stopped, work))
            .await;
        done.unwrap_or_else(|error| Err(error.into()))
    }

    /// Runs `work` on a connection outside a transaction.
    pub(crate) async fn on_connection<T: Send + 'static>(
        &self,
        mode: Mode,
        work: impl FnOnce(&mut dyn Driver) -> T + Send + 'static,
    ) -> Result<T, Error> {
        let (reply, answer) = oneshot::channel();
        let pool = match mode {
            Mode::Read => &self.inner.readers,
            Mode::Write => &self.inner.writers,
        };
        let job = Box::new(move |driver: &mut dyn Driver| {
            // A caller that has gone needs no answer.
            let _ = reply.send(work(driver));
        });
        pool.submit(job).await?;
        answer.await.map_err(|_| Error::Closed)
    }
}

fn connect(target: &Target, schema: &Schema) -> Result<Connections, Error> {
    fn boxed<D: Driver + 'static>(drivers: Vec<D>) -> Vec<Box<dyn Driver>> {
        drivers
            .into_iter()
            .map(|driver| Box::new(driver) as Box<dyn Driver>)
            .collect()
    }
    match target {
        Target::Sqlite { path } => {
            let mut writer = sqlite::open_writer(path)?;
            migrate(&mut writer, schema)?;
            let readers = sqlite::open_readers(path, &writer)?;
            Ok(Connections {
                readers: boxed(readers),
                writers: boxed(vec![writer]),
            })
        }
        Target::Postgres { url, schema: place } => {
            let mut writers = postgres::open_writers(url, place)?;
            migrate(&mut writers[0], schema)?;
            let readers = postgres::open_readers(url, place)?;
            Ok(Connections {
                readers: boxed(readers),
                writers: boxed(writers),
            })
        }
    }
}

fn transact<T, E, F>(driver: &mut dyn Driver, mode: Mode, stopped: &AtomicBool, work: F) -> Result<T, E>
where
    F: FnOnce(&mut Tx<'_>) -> Result<T, E>,
    E: From<Error>,
{
    if mode == Mode::Write && stopped.load(Ordering::Acquire) {
        return Err(Error::Stopped.into());
    }
    let engine = driver.engine();
    let note = |error: Error| {
        // SQLite does not know the outcome of a commit only when the sync of its log failed.
        if error.is_damage() || (engine == Engine::Sqlite && error == Error::Unknown) {
            stopped.store(true, Ordering::Release);
        }
        error
    };
    driver.begin(mode).map_err(note)?;
    let mut tx = Tx::new(driver);
    let outcome = catch_unwind(AssertUnwindSafe(|| work(&mut tx)));
    let failure = tx.failure();
    if failure == Some(Failure::Disk) {
        stopped.store(true, Ordering::Release);
    }
    match (outcome, failure) {
        (Ok(Ok(value)), None) => {
            driver.commit().map_err(note)?;
            Ok(value)
        }
        (Ok(Ok(_)), Some(_)) => {
            driver.roll_back();
            Err(Error::Aborted.into())
        }
        (Ok(Err(error)), _) => {
            driver.roll_back();
            Err(error)
        }
        // The payload may quote a value, so nobody gets to see it.
        (Err(_payload), _) => {
            driver.roll_back();
            Err(Error::Panicked.into())
        }
    }
}
