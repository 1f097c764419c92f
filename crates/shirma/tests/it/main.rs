//! The whole program over HTTP, as a client, a messenger, a member of staff and a burglar meet it.
//!
//! One binary; a file a part of the house. What the tests stand on is in `tests/support`.

mod fixtures;

#[path = "../support/mod.rs"]
mod support;
