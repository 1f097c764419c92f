//! What the desk reads from the tables, opened and turned into views; limits stand beside each query.

mod button;
mod card;
mod client;
mod journal;
mod list;
mod person;
mod reading;
mod thread;
mod watch;
mod words;

pub use button::{buttons_of, pressed_words};
pub use card::card;
pub use client::{MAX_FOUND, clients, find_clients};
pub use journal::{JOURNAL_PAGE, JournalFilter, documents, journal, journal_state};
pub use list::{LIST_PAGE, MAX_LISTED, Tab, counts, list};
pub use reading::{keep_reading, last_reading};
pub use thread::{THREAD_PAGE, head, seen, thread};
pub use watch::{ExportLine, alarms, export_lines, export_size, members, requests};
