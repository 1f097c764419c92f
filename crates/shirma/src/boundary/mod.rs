//! The wall: the only place where a text with values becomes a text with tokens, and back.
//!
//! Outwards: [`mask`] and [`prompt`] make the texts a model may see, [`egress_filter`] looks once more at the very bytes that leave.
//! Inwards: [`inspect`] decides whether an answer may go to the client, [`restore`] puts the values back at the moment of sending.
//! For people of the house who are not to see contacts a [`Veil`] lies over the texts.
//! [`Masked`] and [`Cleared`] can be made here only; a `Model` accepts nothing else.

mod egress;
mod inspect;
mod mask;
mod split;
mod text;
mod veil;

pub use egress::{Withheld, egress_filter};
pub use inspect::{Held, MAX_ANSWER_BYTES, inspect};
pub use mask::{Draft, MaskedMessage, carries_codes, mask, mask_ours, prompt, read_draft, restore, with_staff};
pub use split::split;
pub use text::{Cleared, Masked};
pub use veil::{HIDDEN, Said, Veil, masked_email, masked_phone};
