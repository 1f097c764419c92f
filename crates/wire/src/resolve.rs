//! Names to addresses, with the check in between: the connection is made to an address that was judged, no second look-up.

use std::net::{IpAddr, SocketAddr};

use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use crate::address::is_public;

/// Addresses tried for one name: a sane name has a few, more only make a slow failure slower.
const ADDRESSES_MAX: usize = 16;

/// Which addresses a destination may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reach {
    /// The open internet.
    PublicOnly,
    /// This machine and local networks: for clear text.
    PrivateOnly,
    /// Both.
    Anywhere,
}

impl Reach {
    pub(crate) fn allows(self, address: IpAddr) -> bool {
        match self {
            Reach::PublicOnly => is_public(address),
            Reach::PrivateOnly => !is_public(address),
            Reach::Anywhere => true,
        }
    }
}

/// No address of the name is allowed. Travels through the HTTP client's error chain.
#[derive(Debug, thiserror::Error)]
#[error("forbidden address")]
pub(crate) struct ForbiddenAddress;

/// The resolver of one destination.
pub(crate) struct GuardedResolver {
    pub(crate) reach: Reach,
    /// The host of the owner's own proxy: may stand anywhere.
    pub(crate) proxy_host: Option<String>,
}

impl Resolve for GuardedResolver {
    fn resolve(&self, name: Name) -> Resolving {
        let is_proxy = self
            .proxy_host
            .as_deref()
            .is_some_and(|host| host.eq_ignore_ascii_case(name.as_str()));
        let reach = if is_proxy { Reach::Anywhere } else { self.reach };
        Box::pin(async move {
            #[expect(clippy::disallowed_methods, reason = "what the name leads to is checked right below")]
            let found: Vec<SocketAddr> = tokio::net::lookup_host((name.as_str(), 0))
                .await?
                .take(ADDRESSES_MAX)
                .collect();
            let had_some = !found.is_empty();
            let allowed: Vec<SocketAddr> = found.into_iter().filter(|address| reach.allows(address.ip())).collect();
            if had_some && allowed.is_empty() {
                return Err(ForbiddenAddress.into());
            }
            Ok(Box::new(allowed.into_iter()) as Addrs)
        })
    }
}
