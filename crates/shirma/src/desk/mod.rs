//! The web console and the public pages. Rendered on the server; `routes` is the one table of addresses, `pages` has a file
//! a screen, `rows` reads, `words` speaks Russian. Nothing else of the product knows this module.

pub mod asset;
pub mod calendar;
pub mod chat;
pub mod codes;
pub mod cookie;
pub mod fault;
pub mod guard;
pub mod header;
mod icon;
pub mod live;
pub mod pages;
pub mod plain;
pub mod routes;
pub mod rows;
pub mod search;
pub mod sheet;
pub mod shell;
pub mod trace;
pub mod view;
pub mod vigil;
pub mod words;

pub use icon::icon;
pub use routes::{not_found, router};
