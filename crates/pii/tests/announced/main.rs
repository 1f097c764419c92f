//! Numbers told by the words beside them: for each kind the labels people use, the places of the number, its
//! groupings, and the numbers that only stand beside such words.

mod check;
mod handle;
mod medcard;
mod paper;
mod plate;
mod secret;
mod vehicle;
