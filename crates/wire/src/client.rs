//! The client: checks the list once, then makes guarded calls.

use std::collections::HashMap;
use std::fmt;
use std::net::IpAddr;
use std::time::Duration;

use reqwest::Url;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};

use crate::destination::{BodyFilter, Destination, Private};
use crate::error::Error;
use crate::exchange::{Method, Request, Response};
use crate::resolve::{ForbiddenAddress, GuardedResolver, Reach, system_lookup};
use crate::tls;

/// Idle connections are closed after this: shorter than what servers and home routers forget silently.
const IDLE_CONNECTION: Duration = Duration::from_secs(30);

/// Reaches the listed destinations and nothing else. Cheap to share behind an `Arc`.
pub struct Client {
    routes: HashMap<String, Route>,
}

/// One destination made ready: its own connections, roots and resolver.
struct Route {
    http: reqwest::Client,
    base: Url,
    total: Duration,
    response_bytes: usize,
    filter: Option<BodyFilter>,
}

impl Client {
    /// Makes ready all destinations.
    ///
    /// # Errors
    /// [`Error::BadDestination`] for a name given twice, a base or proxy that is no address of the right kind, clear text
    /// to the internet, or unreadable roots; [`Error::Forbidden`] for a base that *is* a forbidden address.
    pub fn new(destinations: Vec<Destination>) -> Result<Client, Error> {
        let mut routes = HashMap::new();
        for destination in destinations {
            let name = destination.name.clone();
            let route = ready(destination)?;
            if routes.insert(name.clone(), route).is_some() {
                return Err(Error::BadDestination {
                    name,
                    what: "the name is given twice",
                });
            }
        }
        Ok(Client { routes })
    }

    /// Makes one call. Any HTTP status is an answer; redirects are answers too.
    ///
    /// # Errors
    /// See [`Error`]; [`Error::outcome_unknown`] tells whether the call may have taken effect.
    pub async fn send(&self, request: Request<'_>) -> Result<Response, Error> {
        let name = request.destination;
        let route = self
            .routes
            .get(name)
            .ok_or_else(|| Error::UnknownDestination { name: name.to_owned() })?;
        let url = join(&route.base, &request.path_and_query)
            .ok_or_else(|| bad_request(name, "the path leaves the destination"))?;
        let headers =
            headers(&request.headers).ok_or_else(|| bad_request(name, "a header has a wrong name or value"))?;
        if let Some(filter) = &route.filter {
            filter(&request.body).map_err(|refusal| Error::Withheld {
                destination: name.to_owned(),
                reason: refusal.reason,
            })?;
        }
        let answer = route
            .http
            .request(verb(request.method), url)
            .headers(headers)
            .body(request.body)
            .timeout(request.timeout.unwrap_or(route.total))
            .send()
            .await
            .map_err(|error| explain(name, &error))?;
        let response = read(name, answer, route.response_bytes).await?;
        tracing::debug!(destination = name, status = response.status, "outside call answered");
        Ok(response)
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("destinations", &self.routes.len())
            .finish_non_exhaustive()
    }
}

fn ready(destination: Destination) -> Result<Route, Error> {
    let name = destination.name;
    let bad = |what: &'static str| Error::BadDestination {
        name: name.clone(),
        what,
    };
    let base = Url::parse(&destination.base).map_err(|_| bad("the base is not an address"))?;
    if base.host_str().is_none() || base.query().is_some() || base.fragment().is_some() {
        return Err(bad("the base is not scheme, host, port and path"));
    }
    if !base.username().is_empty() || base.password().is_some() {
        return Err(bad("the base must not hold a user or password"));
    }
    let reach = reach(base.scheme(), destination.private_networks).map_err(bad)?;
    let literal = literal(&base);
    if literal.is_some_and(|address| !reach.allows(address)) {
        return Err(Error::Forbidden { destination: name });
    }
    #[expect(clippy::disallowed_methods, reason = "this is the guarded client")]
    let mut builder = reqwest::Client::builder()
        .tls_backend_preconfigured(tls::client_config(&destination.extra_roots_pem).map_err(bad)?)
        .no_proxy()
        .redirect(reqwest::redirect::Policy::none())
        .retry(reqwest::retry::never())
        .referer(false)
        .connect_timeout(destination.limits.connect)
        .pool_idle_timeout(IDLE_CONNECTION);
    let mut proxy_host = None;
    if let Some(address) = &destination.proxy {
        if reach == Reach::PrivateOnly && literal.is_none() {
            return Err(bad("clear text through a proxy needs a numeric private address"));
        }
        let url = Url::parse(address).map_err(|_| bad("the proxy is not an address"))?;
        if !matches!(url.scheme(), "http" | "socks5" | "socks5h") {
            return Err(bad("the proxy must be http, socks5 or socks5h"));
        }
        proxy_host = url.host_str().map(str::to_owned);
        builder = builder.proxy(reqwest::Proxy::all(url).map_err(|_| bad("the proxy is not an address"))?);
    }
    let http = builder
        .dns_resolver(GuardedResolver {
            lookup: system_lookup(),
            reach,
            proxy_host,
        })
        .build()
        .map_err(|_| bad("the connection cannot be set up"))?;
    Ok(Route {
        http,
        base,
        total: destination.limits.total,
        response_bytes: destination.limits.response_bytes,
        filter: destination.filter,
    })
}

fn reach(scheme: &str, private: Private) -> Result<Reach, &'static str> {
    match (scheme, private) {
        ("https", Private::Refused) => Ok(Reach::PublicOnly),
        ("https", Private::Allowed) => Ok(Reach::Anywhere),
        ("http", Private::Allowed) => Ok(Reach::PrivateOnly),
        ("http", Private::Refused) => Err("clear text is for private networks only"),
        (_, Private::Refused | Private::Allowed) => Err("the base must be https or http"),
    }
}

/// The address the base names by number. Such a host never passes the resolver, so it is judged here.
fn literal(base: &Url) -> Option<IpAddr> {
    base.host_str()?
        .trim_start_matches('[')
        .trim_end_matches(']')
        .parse()
        .ok()
}

/// The full address, or `None` when the path would leave host, port or prefix.
fn join(base: &Url, path_and_query: &str) -> Option<Url> {
    if !path_and_query.starts_with('/') {
        return None;
    }
    let prefix = base.as_str().trim_end_matches('/');
    let url = Url::parse(&format!("{prefix}{path_and_query}")).ok()?;
    let stays = url.scheme() == base.scheme()
        && url.host_str() == base.host_str()
        && url.port_or_known_default() == base.port_or_known_default()
        && url.username().is_empty()
        && url.as_str().starts_with(prefix);
    let next = url.as_str().as_bytes().get(prefix.len());
    (stays && next == Some(&b'/')).then_some(url)
}

fn headers(pairs: &[(String, String)]) -> Option<HeaderMap> {
    let mut headers = HeaderMap::new();
    for (name, value) in pairs {
        let mut value = HeaderValue::from_str(value).ok()?;
        value.set_sensitive(true);
        headers.append(HeaderName::from_bytes(name.as_bytes()).ok()?, value);
    }
    Some(headers)
}

fn verb(method: Method) -> reqwest::Method {
    match method {
        Method::Get => reqwest::Method::GET,
        Method::Post => reqwest::Method::POST,
        Method::Put => reqwest::Method::PUT,
        Method::Patch => reqwest::Method::PATCH,
        Method::Delete => reqwest::Method::DELETE,
    }
}

async fn read(name: &str, mut answer: reqwest::Response, limit_bytes: usize) -> Result<Response, Error> {
    let too_large = || Error::TooLarge {
        destination: name.to_owned(),
        limit_bytes,
    };
    if answer
        .content_length()
        .is_some_and(|length| length > limit_bytes as u64)
    {
        return Err(too_large());
    }
    let status = answer.status().as_u16();
    let headers = answer
        .headers()
        .iter()
        .filter_map(|(name, value)| Some((name.as_str().to_owned(), value.to_str().ok()?.to_owned())))
        .collect();
    let mut body = Vec::new();
    while let Some(piece) = answer.chunk().await.map_err(|error| explain(name, &error))? {
        if body.len() + piece.len() > limit_bytes {
            return Err(too_large());
        }
        body.extend_from_slice(&piece);
    }
    Ok(Response { status, headers, body })
}

fn bad_request(destination: &str, what: &'static str) -> Error {
    Error::BadRequest {
        destination: destination.to_owned(),
        what,
    }
}

/// Our word for the client's error; its own text holds the address and is dropped.
fn explain(destination: &str, error: &reqwest::Error) -> Error {
    let destination = destination.to_owned();
    let mut cause = std::error::Error::source(error);
    while let Some(inner) = cause {
        if inner.is::<ForbiddenAddress>() {
            return Error::Forbidden { destination };
        }
        cause = inner.source();
    }
    if error.is_connect() {
        return Error::Connect { destination };
    }
    if error.is_timeout() {
        return Error::Timeout { destination };
    }
    if error.is_builder() {
        return Error::BadRequest {
            destination,
            what: "it cannot be built",
        };
    }
    Error::Broken { destination }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(base: &str, path: &str) -> Option<String> {
        join(&Url::parse(base).expect("a base"), path).map(String::from)
    }

    #[test]
    fn path_stays_under_the_base() {
        let base = "https://api.example.com/bot7100:T";
        assert_eq!(
            joined(base, "/getMe").as_deref(),
            Some("https://api.example.com/bot7100:T/getMe")
        );
        assert_eq!(
            joined("https://api.example.com", "/a?b=1").as_deref(),
            Some("https://api.example.com/a?b=1")
        );
        assert_eq!(
            joined("https://api.example.com/", "//evil.example").as_deref(),
            Some("https://api.example.com//evil.example")
        );
        for path in [
            "/../getMe",
            "/../bot7100:Tx/getMe",
            "getMe",
            "",
            "@evil.example/",
            ".evil.example/",
            "/..\\x",
        ] {
            assert_eq!(joined(base, path), None, "{path}");
        }
    }

    #[test]
    fn clear_text_never_goes_to_the_internet() {
        assert_eq!(reach("http", Private::Allowed), Ok(Reach::PrivateOnly));
        assert!(reach("http", Private::Refused).is_err());
        assert!(reach("ftp", Private::Allowed).is_err());
    }
}
