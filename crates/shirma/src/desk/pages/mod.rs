//! One file a screen: what it reads, its typed template, what its forms do.

pub mod account;
pub mod alarm;
pub mod client;
pub mod confirm;
pub mod consent;
pub mod dialog;
pub mod factor;
pub mod front;
pub mod held;
pub mod invite;
pub mod journal;
pub mod keys;
pub mod reveal;
pub mod second;
pub mod sign_in;
pub mod staff;

#[cfg(test)]
mod tests;
