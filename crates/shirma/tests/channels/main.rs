//! The channels against the fixtures: every body the services send, every request we make, every refusal they give.

#[path = "../support/expect.rs"]
mod expect;

mod calls;
mod corpus;
mod max;
mod robust;
mod site;
mod telegram;
