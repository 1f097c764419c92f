//! Headers of every page (security.md §9): no script and style but our own files, no frame around the desk, nothing kept
//! by caches, nothing told to other sites.

use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;

/// The policy of all pages; the chat page has its own last word about frames.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
                      connect-src 'self'; form-action 'self'; base-uri 'none'; require-trusted-types-for 'script'; \
                      trusted-types shirma; frame-ancestors ";

const FEATURES: &str = "accelerometer=(), autoplay=(), camera=(), display-capture=(), fullscreen=(), geolocation=(), \
                        gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=(), xr-spatial-tracking=()";

const FIXED: [(HeaderName, &str); 5] = [
    (header::REFERRER_POLICY, "no-referrer"),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (HeaderName::from_static("permissions-policy"), FEATURES),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("x-robots-tag"), "noindex, nofollow"),
];

/// The policy with the sites that may put the page into a frame; an empty list means none.
pub fn policy(frames: &[String]) -> String {
    let frames = if frames.is_empty() {
        "'none'".to_owned()
    } else {
        format!("'self' {}", frames.join(" "))
    };
    format!("{POLICY}{frames}")
}

/// Adds the headers to a response; one that the handler has set itself stays.
pub async fn add(State(is_secure): State<bool>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in FIXED {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    if !headers.contains_key(header::CONTENT_SECURITY_POLICY)
        && let Ok(value) = HeaderValue::from_str(&policy(&[]))
    {
        headers.insert(header::CONTENT_SECURITY_POLICY, value);
    }
    headers
        .entry(HeaderName::from_static("cross-origin-resource-policy"))
        .or_insert(HeaderValue::from_static("same-origin"));
    headers
        .entry(header::CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
    if is_secure {
        headers
            .entry(header::STRICT_TRANSPORT_SECURITY)
            .or_insert(HeaderValue::from_static("max-age=31536000"));
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_listed_sites_may_frame_a_chat_page() {
        assert!(policy(&[]).ends_with("frame-ancestors 'none'"));
        let listed = policy(&["https://salon.example.ru".to_owned()]);
        assert!(listed.ends_with("frame-ancestors 'self' https://salon.example.ru"));
        assert!(!listed.contains("unsafe"));
    }
}
