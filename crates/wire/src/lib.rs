//! The guarded door to the network: the only crate of the product that names an HTTP client or TLS.
//!
//! A program lists its destinations once ([`Destination`]); a [`Client`] then reaches those and nothing else. For each call it
//! checks the address it really connects to, runs the body through the destination's filter, limits time and size, and
//! follows no redirect. It keeps no cookies and reads no proxy from the environment. Errors and `Debug` never show an
//! address, a header or a body: at some services the secret stands in the path.
//!
//! It does not retry, does not judge a status and does not know what the bytes mean.
//!
//! ```no_run
//! # async fn example() -> Result<(), shirma_wire::Error> {
//! use shirma_wire::{Client, Destination, Method, Request};
//!
//! let client = Client::new(vec![Destination::new("crm", "https://crm.example.com/api")])?;
//! let answer = client.send(Request::new("crm", Method::Get, "/profile")).await?;
//! assert_eq!(answer.status, 200);
//! # Ok(())
//! # }
//! ```

mod address;
mod client;
mod destination;
mod error;
mod exchange;
mod resolve;
mod tls;

pub use address::is_public;
pub use client::Client;
pub use destination::{BodyFilter, Destination, FilterRefusal, Limits, Private};
pub use error::Error;
pub use exchange::{Method, Request, Response};
