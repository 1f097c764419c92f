//! What the store promises, checked on both engines by the same functions.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test fails by panicking, and starts the threads that stand for other programs"
)]

mod concurrency;
mod dialect;
mod durability;
mod journal;
mod migration;
mod outage;
mod place;
mod runtime;
mod transaction;
mod value;
