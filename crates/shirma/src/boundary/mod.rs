//! The wall: the only place where a text with values becomes a text with tokens, and back.
//!
//! [`Masked`] and [`Cleared`] can be made here only; a `Model` accepts nothing else.

mod text;

pub use text::{Cleared, Masked};
