//! How screens speak of what keeps watch over rights: alarms, requests of two people, members of staff and their ends.

mod words;

pub use words::{SHEET_HEAD, alarm, member_state, objection, refit_problem, two_person_action, two_person_state};
