//! What the store promises, checked on both engines by the same functions.

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
