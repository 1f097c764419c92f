//! Names to addresses, with the check in between: the connection is made to an address that was judged, no second look-up.

use std::net::{IpAddr, SocketAddr};
use std::pin::Pin;
use std::sync::Arc;

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

/// Asks the machine's resolver; tests put another in its place.
pub(crate) type Lookup =
    Arc<dyn Fn(String) -> Pin<Box<dyn Future<Output = std::io::Result<Vec<SocketAddr>>> + Send>> + Send + Sync>;

/// The resolver of the machine.
pub(crate) fn system_lookup() -> Lookup {
    Arc::new(|host| {
        Box::pin(async move {
            #[expect(
                clippy::disallowed_methods,
                reason = "what the name leads to is checked by the guarded resolver"
            )]
            let found = tokio::net::lookup_host((host.as_str(), 0)).await?;
            Ok(found.take(ADDRESSES_MAX).collect())
        })
    })
}

/// The resolver of one destination.
pub(crate) struct GuardedResolver {
    pub(crate) lookup: Lookup,
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
        let found = (self.lookup)(name.as_str().to_owned());
        Box::pin(async move {
            let found = found.await?;
            let had_some = !found.is_empty();
            let allowed: Vec<SocketAddr> = found.into_iter().filter(|address| reach.allows(address.ip())).collect();
            if had_some && allowed.is_empty() {
                return Err(ForbiddenAddress.into());
            }
            Ok(Box::new(allowed.into_iter()) as Addrs)
        })
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    /// A name server that changes its mind: each asking gets the next of these answers.
    fn rebinding(answers: &'static [&'static [&'static str]]) -> (Lookup, Arc<AtomicUsize>) {
        let asked = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&asked);
        let lookup: Lookup = Arc::new(move |_| {
            let turn = count.fetch_add(1, Ordering::SeqCst);
            let addresses = answers[turn.min(answers.len() - 1)].iter();
            let found = addresses.map(|address| SocketAddr::new(address.parse().expect("an address"), 0));
            let found = found.collect();
            Box::pin(async move { Ok(found) })
        });
        (lookup, asked)
    }

    async fn resolved(resolver: &GuardedResolver) -> Result<Vec<String>, ()> {
        let name = "place.example".parse().expect("a name");
        let found = resolver
            .resolve(name)
            .await
            .map_err(|error| assert!(error.is::<ForbiddenAddress>()))?;
        Ok(found.map(|address| address.ip().to_string()).collect())
    }

    #[tokio::test]
    async fn a_name_that_is_rebound_is_judged_at_each_asking_and_asked_once_a_connection() {
        let (lookup, asked) = rebinding(&[
            &["8.8.8.8"],
            &["127.0.0.1"],
            &["10.0.0.1", "8.8.4.4", "::1"],
            &["169.254.169.254", "fd00::1"],
        ]);
        let resolver = GuardedResolver {
            lookup,
            reach: Reach::PublicOnly,
            proxy_host: None,
        };
        assert_eq!(resolved(&resolver).await, Ok(vec!["8.8.8.8".to_owned()]));
        assert_eq!(resolved(&resolver).await, Err(()), "the second answer leads inside");
        assert_eq!(
            resolved(&resolver).await,
            Ok(vec!["8.8.4.4".to_owned()]),
            "only what may be reached is handed on"
        );
        assert_eq!(resolved(&resolver).await, Err(()));
        assert_eq!(
            asked.load(Ordering::SeqCst),
            4,
            "what was judged is what is connected to: no second look-up"
        );
    }

    #[tokio::test]
    async fn clear_text_is_for_the_own_networks_only() {
        let (lookup, _) = rebinding(&[&["8.8.8.8"], &["192.168.1.9"]]);
        let resolver = GuardedResolver {
            lookup,
            reach: Reach::PrivateOnly,
            proxy_host: None,
        };
        assert_eq!(resolved(&resolver).await, Err(()));
        assert_eq!(resolved(&resolver).await, Ok(vec!["192.168.1.9".to_owned()]));
    }
}
