//! Where a program may connect: one named entry of the allow-list with its limits.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// A check of a body that is about to leave. It sees exactly the bytes that will be sent; `Err` stops the call.
pub type BodyFilter = Arc<dyn Fn(&[u8]) -> Result<(), FilterRefusal> + Send + Sync>;

/// Why a [`BodyFilter`] stopped a body: a word from a fixed list, never a piece of the body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FilterRefusal {
    /// For the journal: what kind of thing was found.
    pub reason: &'static str,
}

/// Whether a destination may stand on a private network or on this machine.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Private {
    /// Only the open internet, only `https`.
    #[default]
    Refused,
    /// Also loopback and local networks: a model server in the office, a scripted service in tests.
    /// With `http` it is then *only* these: clear text never crosses the internet.
    Allowed,
}

/// How long and how much.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// To reach the other side, TLS included.
    pub connect: Duration,
    /// For the whole call from the first byte to the last; a request may ask for its own.
    pub total: Duration,
    /// Size of an answer's body, bytes.
    pub response_bytes: usize,
}

impl Default for Limits {
    /// 5 s to connect and 30 s in all, as people wait behind these calls; 4 MiB holds any answer in JSON that we ask for.
    fn default() -> Self {
        Limits {
            connect: Duration::from_secs(5),
            total: Duration::from_secs(30),
            response_bytes: 4 << 20,
        }
    }
}

/// One place the program may connect to.
#[derive(Clone)]
pub struct Destination {
    /// The name requests use; also the only thing errors say about the destination.
    pub name: String,
    /// Scheme, host, port and the beginning of every path; may hold a secret in the path.
    pub base: String,
    /// Whether it may stand on a private network.
    pub private_networks: Private,
    /// `http://`, `socks5://` or `socks5h://` proxy, with user and password where it wants them.
    /// Its own address may be private. A name behind `http` and `socks5h` is resolved by the proxy, so it is checked there.
    pub proxy: Option<String>,
    /// More root certificates for this destination alone, PEM; empty for none.
    pub extra_roots_pem: Vec<u8>,
    /// Time and size.
    pub limits: Limits,
    /// The check of bodies on their way out.
    pub filter: Option<BodyFilter>,
}

impl Destination {
    /// A destination on the open internet with the usual limits, no proxy and no filter.
    pub fn new(name: impl Into<String>, base: impl Into<String>) -> Self {
        Destination {
            name: name.into(),
            base: base.into(),
            private_networks: Private::Refused,
            proxy: None,
            extra_roots_pem: Vec::new(),
            limits: Limits::default(),
            filter: None,
        }
    }
}

impl fmt::Debug for Destination {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Destination")
            .field("name", &self.name)
            .field("private_networks", &self.private_networks)
            .field("proxy", &self.proxy.is_some())
            .field("extra_roots", &!self.extra_roots_pem.is_empty())
            .field("limits", &self.limits)
            .field("filter", &self.filter.is_some())
            .finish_non_exhaustive()
    }
}
