//! Threads that own connections, and the bounded queue of transactions in front of them.
//!
//! Drivers block, so they never run on a thread of an async runtime. Callers wait for a place in the queue and for
//! the answer, either way: awaiting, or blocking with [`wait_for`], which works inside a runtime and without one.

use std::future::Future;
use std::pin::pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, JoinHandle, Thread};

use tokio::sync::mpsc;

use crate::Error;
use crate::driver::Driver;

/// What a thread does with its connection.
pub(crate) type Job = Box<dyn FnOnce(&mut dyn Driver) + Send>;

/// Some threads with a connection each, fed by one queue.
pub(crate) struct Pool {
    queue: Mutex<Option<mpsc::Sender<Job>>>,
    threads: Mutex<Vec<JoinHandle<()>>>,
    /// Ends when the last thread has ended: each holds a sender and never sends.
    ended: tokio::sync::Mutex<mpsc::Receiver<()>>,
}

impl Pool {
    /// Starts a thread for each of `drivers`; at most `queue_length` jobs wait, further callers wait outside.
    pub(crate) fn start(name: &str, drivers: Vec<Box<dyn Driver>>, queue_length: usize) -> Result<Pool, Error> {
        let (queue, jobs) = mpsc::channel::<Job>(queue_length);
        let (alive, ended) = mpsc::channel(1);
        let jobs = Arc::new(Mutex::new(jobs));
        let mut threads = Vec::with_capacity(drivers.len());
        for (number, mut driver) in drivers.into_iter().enumerate() {
            let jobs = Arc::clone(&jobs);
            let alive = alive.clone();
            let thread = spawn(&format!("{name}-{number}"), move || {
                while let Some(job) = next(&jobs) {
                    job(driver.as_mut());
                }
                drop(driver);
                drop(alive);
            })?;
            threads.push(thread);
        }
        Ok(Pool {
            queue: Mutex::new(Some(queue)),
            threads: Mutex::new(threads),
            ended: tokio::sync::Mutex::new(ended),
        })
    }

    /// Waits for a place in the queue. From here on the job runs to its end, whether or not its caller still waits.
    pub(crate) async fn submit(&self, job: Job) -> Result<(), Error> {
        let queue = locked(&self.queue).clone();
        let queue = queue.ok_or(Error::Closed)?;
        queue.send(job).await.map_err(|_| Error::Closed)
    }

    /// Takes no more jobs. Those in the queue still run.
    pub(crate) fn close(&self) {
        locked(&self.queue).take();
    }

    /// Waits until all jobs have run and all connections are closed.
    pub(crate) async fn ended(&self) {
        let nothing = self.ended.lock().await.recv().await;
        debug_assert!(nothing.is_none(), "nobody sends");
    }
}

/// The last clone of a store waits for its threads, so that the file may be opened again at once.
impl Drop for Pool {
    fn drop(&mut self) {
        self.close();
        let threads = std::mem::take(&mut *locked(&self.threads));
        for thread in threads {
            // A job may hold the last clone; then its own thread comes by here and must not wait for itself.
            if thread.thread().id() != thread::current().id() && thread.join().is_err() {
                tracing::error!("a thread of the store panicked");
            }
        }
    }
}

fn next(jobs: &Mutex<mpsc::Receiver<Job>>) -> Option<Job> {
    locked(jobs).blocking_recv()
}

fn locked<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    // Nothing guarded here is ever left half changed.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Starts a thread for a driver.
pub(crate) fn spawn<T: Send + 'static>(
    name: &str,
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<JoinHandle<T>, Error> {
    thread::Builder::new()
        .name(name.to_owned())
        .spawn(work)
        .map_err(|_| Error::Unsupported {
            what: "the system refuses another thread",
        })
}

/// Blocks this thread until `future` is done. Unlike a runtime's own, it may be called on a runtime's thread.
pub(crate) fn wait_for<T>(future: impl Future<Output = T>) -> T {
    struct Unpark(Thread);
    impl Wake for Unpark {
        fn wake(self: Arc<Self>) {
            self.0.unpark();
        }
    }
    // Inside a task tokio's budget would run out and never be refilled, because this poll does not return.
    let mut future = pin!(tokio::task::unconstrained(future));
    let waker = Waker::from(Arc::new(Unpark(thread::current())));
    let mut context = Context::from_waker(&waker);
    loop {
        match future.as_mut().poll(&mut context) {
            Poll::Ready(value) => return value,
            Poll::Pending => thread::park(),
        }
    }
}
