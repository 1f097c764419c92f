//! Cookies: the session's, and the visitor's of a chat page.

use axum::http::{HeaderMap, HeaderValue, header};

use crate::access::ABSOLUTE_LIFE_MS;
use crate::clock::SECOND_MS;

/// Name on TLS: the prefix binds the cookie to this host and to TLS.
const SECURE_SESSION: &str = "__Host-shirma";
/// Name on the loopback without TLS, where browsers refuse the prefix.
const PLAIN_SESSION: &str = "shirma";
/// How long a visitor is known.
const VISITOR_LIFE_S: i64 = 365 * 24 * 60 * 60;

/// The value of a cookie of a request.
pub fn read<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(known, value)| (known == name).then_some(value))
}

/// Name of the session's cookie.
pub fn session_name(is_secure: bool) -> &'static str {
    if is_secure { SECURE_SESSION } else { PLAIN_SESSION }
}

/// `Set-Cookie` that opens a session; `None` for a token that cannot stand there, which none of ours is.
pub fn open_session(token: &str, is_secure: bool) -> Option<HeaderValue> {
    let (name, secure) = (session_name(is_secure), if is_secure { "; Secure" } else { "" });
    let life_s = ABSOLUTE_LIFE_MS / SECOND_MS;
    HeaderValue::from_str(&format!(
        "{name}={token}; Path=/; Max-Age={life_s}; HttpOnly; SameSite=Lax{secure}"
    ))
    .ok()
}

/// `Set-Cookie` that ends it.
pub fn close_session(is_secure: bool) -> Option<HeaderValue> {
    let (name, secure) = (session_name(is_secure), if is_secure { "; Secure" } else { "" });
    HeaderValue::from_str(&format!("{name}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax{secure}")).ok()
}

/// Name of the visitor's cookie; each site has its own by the path.
pub const VISITOR: &str = "shirma-visitor";

/// `Set-Cookie` that remembers a visitor of one chat page.
pub fn remember_visitor(site: &str, token: &str, is_secure: bool) -> Option<HeaderValue> {
    let secure = if is_secure { "; Secure" } else { "" };
    let line =
        format!("{VISITOR}={token}; Path=/chat/{site}; Max-Age={VISITOR_LIFE_S}; HttpOnly; SameSite=Lax{secure}");
    HeaderValue::from_str(&line).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_is_found_among_others() {
        let mut headers = HeaderMap::new();
        headers.append(header::COOKIE, HeaderValue::from_static("a=1; shirma=token; b=2"));
        assert_eq!(read(&headers, "shirma"), Some("token"));
        assert_eq!(read(&headers, "shirm"), None);
        assert_eq!(read(&HeaderMap::new(), "shirma"), None);
    }

    #[test]
    fn a_session_cookie_is_bound_to_tls_where_there_is_tls() {
        let secure = open_session("t", true).unwrap();
        let text = secure.to_str().unwrap();
        assert!(text.starts_with("__Host-shirma=t; Path=/;"));
        for part in ["Secure", "HttpOnly", "SameSite=Lax"] {
            assert!(text.contains(part), "{part}");
        }
        assert!(!open_session("t", false).unwrap().to_str().unwrap().contains("Secure"));
    }
}
