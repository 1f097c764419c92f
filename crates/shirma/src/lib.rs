//! Shirma: a screen between a client and everyone who need not know who the client is.
//!
//! `journey` is the path of one message and the place to start reading; every other module is a room off that corridor.

pub mod boundary;
pub mod contract;
