//! What can go wrong, in words that may be logged: the destination's name and nothing of the call.

/// Why a call gave no answer, or why a client could not be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// Nothing of this name is on the list.
    #[error("no destination is called {name}")]
    UnknownDestination {
        /// As asked for.
        name: String,
    },
    /// The entry of the list cannot be used.
    #[error("destination {name}: {what}")]
    BadDestination {
        /// Its name.
        name: String,
        /// What is wrong with it.
        what: &'static str,
    },
    /// The path or a header cannot be sent.
    #[error("request to {destination}: {what}")]
    BadRequest {
        /// Where to.
        destination: String,
        /// What is wrong with it.
        what: &'static str,
    },
    /// The name leads to an address the destination may not have.
    #[error("{destination} leads to a forbidden address")]
    Forbidden {
        /// Where to.
        destination: String,
    },
    /// The filter stopped the body.
    #[error("the body for {destination} was withheld: {reason}")]
    Withheld {
        /// Where to.
        destination: String,
        /// The filter's word.
        reason: &'static str,
    },
    /// Could not connect: name, route, TLS or proxy.
    #[error("cannot connect to {destination}")]
    Connect {
        /// Where to.
        destination: String,
    },
    /// No complete answer in time.
    #[error("{destination} did not answer in time")]
    Timeout {
        /// Where to.
        destination: String,
    },
    /// The answer is larger than the destination's limit.
    #[error("the answer of {destination} is larger than {limit_bytes} bytes")]
    TooLarge {
        /// Where to.
        destination: String,
        /// The limit.
        limit_bytes: usize,
    },
    /// The connection broke before the answer was complete, or the answer is not HTTP.
    #[error("the connection to {destination} broke")]
    Broken {
        /// Where to.
        destination: String,
    },
}

impl Error {
    /// Whether the request may have reached the other side and taken effect there.
    /// `false` is certain: nothing was sent.
    pub fn outcome_unknown(&self) -> bool {
        match self {
            Error::Timeout { .. } | Error::TooLarge { .. } | Error::Broken { .. } => true,
            Error::UnknownDestination { .. }
            | Error::BadDestination { .. }
            | Error::BadRequest { .. }
            | Error::Forbidden { .. }
            | Error::Withheld { .. }
            | Error::Connect { .. } => false,
        }
    }
}
