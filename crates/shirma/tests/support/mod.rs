//! What the whole-program tests stand on: the real program in a folder of its own, and scripted stand-ins for everything
//! outside it.
//!
//! Nothing here reaches into the program: it is started as a user starts it and spoken to over HTTP. The stand-ins
//! listen on the loopback, answer by script and remember every byte they were given.
#![expect(
    clippy::disallowed_methods,
    reason = "this is the world outside the program: it starts processes and threads, connects and looks at the clock"
)]

pub(crate) mod browser;
pub(crate) mod canary;
pub(crate) mod databases;
pub(crate) mod expect;
pub(crate) mod house;
pub(crate) mod http;
pub(crate) mod max;
pub(crate) mod model;
pub(crate) mod patience;
pub(crate) mod python;
pub(crate) mod runner;
pub(crate) mod stand_in;
pub(crate) mod telegram;
