//! Connections: how many, how long a header may take and how large it may be (security.md §9), and who stands behind a
//! proxy of ours.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::future::Future;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::extract::connect_info::IntoMakeServiceWithConnectInfo;
use axum::extract::{ConnectInfo, Request, State};
use axum::middleware::{self, Next};
use axum::response::Response;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpListener;
use tokio::task::JoinSet;

use crate::rate::network_of;

/// Connections open at the same time.
const CONNECTIONS_MAX: usize = 512;
/// The same of one address; this machine, where a proxy stands, may hold all of them.
const CONNECTIONS_OF_ADDRESS_MAX: usize = 32;
/// Longest time until the header of a request is there.
const HEADER_TIME: Duration = Duration::from_secs(10);
/// Largest header, bytes; a larger one is answered with 431.
const HEADER_BYTES_MAX: usize = 16 * 1024;
/// After a connection that could not be taken, as when the machine has no file handles left.
const ACCEPT_PAUSE: Duration = Duration::from_millis(200);
/// Where a proxy tells whom it speaks for.
const FORWARDED_FOR: &str = "x-forwarded-for";

/// Serves until `stop` ends, then lets the requests in hand finish. Addresses of `proxies` are believed about whom they
/// speak for.
pub async fn serve(listener: TcpListener, router: Router, proxies: Vec<IpAddr>, stop: impl Future<Output = ()>) {
    let router = router.layer(middleware::from_fn_with_state(
        Arc::<[IpAddr]>::from(proxies),
        tell_client,
    ));
    let mut rooms = router.into_make_service_with_connect_info::<SocketAddr>();
    let mut http = Builder::new(TokioExecutor::new()).http1_only();
    http.http1()
        .timer(TokioTimer::new())
        .header_read_timeout(HEADER_TIME)
        .max_buf_size(HEADER_BYTES_MAX);
    let crowd = Crowd::default();
    let closing = GracefulShutdown::new();
    let mut open = JoinSet::new();
    tokio::pin!(stop);
    loop {
        let accepted = tokio::select! {
            () = &mut stop => break,
            Some(_ended) = open.join_next() => continue,
            accepted = listener.accept() => accepted,
        };
        let Ok((stream, peer)) = accepted else {
            tokio::time::sleep(ACCEPT_PAUSE).await;
            continue;
        };
        // One too many is closed unanswered: an answer would cost more than the flood.
        let Some(place) = crowd.enter(peer.ip()) else {
            tracing::debug!("a connection too many was closed");
            continue;
        };
        let service = TowerToHyperService::new(service_for(&mut rooms, peer).await);
        let connection = http.serve_connection(TokioIo::new(stream), service).into_owned();
        let connection = closing.watch(connection);
        open.spawn(async move {
            // A connection that breaks is its client's affair.
            let _broken = connection.await;
            drop(place);
        });
    }
    drop(listener);
    closing.shutdown().await;
}

type Served = axum::middleware::AddExtension<Router, ConnectInfo<SocketAddr>>;

async fn service_for(rooms: &mut IntoMakeServiceWithConnectInfo<Router, SocketAddr>, peer: SocketAddr) -> Served {
    use tower_service::Service as _;
    let made: Result<Served, Infallible> = rooms.call(peer).await;
    match made {
        Ok(service) => service,
        Err(never) => match never {},
    }
}

/// Puts the client a proxy speaks for in place of the proxy: the last address it has added, the only one it vouches for.
async fn tell_client(State(proxies): State<Arc<[IpAddr]>>, mut request: Request, next: Next) -> Response {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().copied();
    if let Some(ConnectInfo(peer)) = peer
        && proxies.contains(&peer.ip().to_canonical())
        && let Some(client) = forwarded(request.headers())
    {
        request
            .extensions_mut()
            .insert(ConnectInfo(SocketAddr::new(client, peer.port())));
    }
    next.run(request).await
}

fn forwarded(headers: &axum::http::HeaderMap) -> Option<IpAddr> {
    let last = headers.get_all(FORWARDED_FOR).iter().next_back()?.to_str().ok()?;
    last.rsplit(',').next()?.trim().parse().ok()
}

/// Who is connected now.
#[derive(Clone, Default)]
struct Crowd(Arc<Mutex<Counted>>);

#[derive(Default)]
struct Counted {
    all: usize,
    by_address: BTreeMap<IpAddr, usize>,
}

/// A place in the crowd; given back when dropped.
struct Place {
    crowd: Crowd,
    address: IpAddr,
}

impl Crowd {
    fn enter(&self, from: IpAddr) -> Option<Place> {
        let address = network_of(from);
        let mut counted = self.counted();
        let own = counted.by_address.get(&address).copied().unwrap_or(0);
        if counted.all >= CONNECTIONS_MAX || !address.is_loopback() && own >= CONNECTIONS_OF_ADDRESS_MAX {
            return None;
        }
        counted.all += 1;
        counted.by_address.insert(address, own + 1);
        drop(counted);
        Some(Place {
            crowd: self.clone(),
            address,
        })
    }

    /// A thread that panicked cannot have left a number half written.
    fn counted(&self) -> MutexGuard<'_, Counted> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut counted = self.crowd.counted();
        counted.all = counted.all.saturating_sub(1);
        let left = counted
            .by_address
            .get(&self.address)
            .map_or(0, |own| own.saturating_sub(1));
        if left == 0 {
            counted.by_address.remove(&self.address);
        } else {
            counted.by_address.insert(self.address, left);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(text: &str) -> IpAddr {
        text.parse().expect("an address")
    }

    #[test]
    fn one_address_fills_its_share_and_no_more_until_somebody_leaves() {
        let crowd = Crowd::default();
        let guest = address("192.0.2.7");
        let mut places: Vec<Place> = (0..CONNECTIONS_OF_ADDRESS_MAX)
            .map(|_| crowd.enter(guest).expect("a place"))
            .collect();
        assert!(crowd.enter(guest).is_none());
        assert!(
            crowd.enter(address("::ffff:192.0.2.7")).is_none(),
            "the same one in another dress"
        );
        assert!(crowd.enter(address("192.0.2.8")).is_some());
        places.pop();
        assert!(crowd.enter(guest).is_some());
        drop(places);
        assert!(crowd.counted().by_address.is_empty() && crowd.counted().all == 0);
    }

    #[test]
    fn a_network_of_ipv6_counts_as_one_and_the_house_is_full_at_last() {
        let crowd = Crowd::default();
        let _places: Vec<Place> = (0..CONNECTIONS_OF_ADDRESS_MAX)
            .map(|number| crowd.enter(address(&format!("2001:db8::{number:x}"))).expect("a place"))
            .collect();
        assert!(crowd.enter(address("2001:db8::ffff")).is_none());
        let own: Vec<Place> = std::iter::from_fn(|| crowd.enter(address("127.0.0.1")))
            .take(10_000)
            .collect();
        assert_eq!(own.len(), CONNECTIONS_MAX - CONNECTIONS_OF_ADDRESS_MAX);
    }

    #[test]
    fn of_many_forwarded_addresses_the_proxys_own_word_counts() {
        let told = |lines: &[&'static str]| {
            let mut headers = axum::http::HeaderMap::new();
            for line in lines {
                headers.append(FORWARDED_FOR, axum::http::HeaderValue::from_static(line));
            }
            forwarded(&headers)
        };
        assert_eq!(told(&["10.0.0.1, 192.0.2.7"]), Some(address("192.0.2.7")));
        assert_eq!(told(&["10.0.0.1", "192.0.2.9"]), Some(address("192.0.2.9")));
        assert_eq!(told(&["unknown"]), None);
        assert_eq!(told(&[]), None);
    }
}
