//! The whole program over HTTP, as a client, a messenger, a member of staff and a burglar meet it.
//!
//! One binary; a file a part of the house. What the tests stand on is in `tests/support`; `people`, `staffed`, `street`,
//! `updates` and `records` are this binary's own: who comes in, the house with somebody of each role and the one with the
//! messengers around it, what clients do there, and what was kept of it.

mod bad_input;
mod bad_keys;
mod browser;
mod consent;
mod console;
mod copies;
mod desk;
mod desk_pages;
mod doors;
mod engines;
mod erasing;
mod fixtures;
mod held;
mod honey;
mod identity;
mod journal;
mod kills;
mod limits;
mod model;
mod names;
mod people;
mod polling;
mod records;
mod recovery;
mod refusals;
mod repeats;
mod reveals;
mod rights;
mod rotating;
mod second_factor;
mod second_person;
mod staffed;
mod street;
mod tiles;
mod updates;
mod way;

#[path = "../support/mod.rs"]
mod support;
