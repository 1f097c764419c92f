//! Which sites' pages may post a form: the CORS decisions, as pure functions.
//!
//! A browser names the page's origin; other programs name none and are let through, as they could name anything.
//! The answer repeats the exact origin, never `*`; no cookies are involved.

/// How long a browser may remember a preflight, in seconds: short, so that a changed list works soon.
const REMEMBER_S: &str = "600";

/// A header of an answer.
pub type Header = (&'static str, String);

/// Whether a post with this `Origin` header is taken.
pub fn is_allowed(allowed: &[String], origin: Option<&str>) -> bool {
    origin.is_none_or(|origin| is_listed(allowed, origin))
}

/// Headers of `204` to a preflight; `None` means `403` without any.
pub fn preflight(allowed: &[String], origin: Option<&str>) -> Option<Vec<Header>> {
    let origin = origin.filter(|origin| is_listed(allowed, origin))?;
    let mut headers = shared(origin);
    headers.push(("access-control-allow-methods", "POST".to_owned()));
    headers.push(("access-control-allow-headers", "Content-Type".to_owned()));
    headers.push(("access-control-max-age", REMEMBER_S.to_owned()));
    Some(headers)
}

/// Headers of the answer to a post, so that the page's script may read it.
pub fn answer_headers(allowed: &[String], origin: Option<&str>) -> Vec<Header> {
    match origin.filter(|origin| is_listed(allowed, origin)) {
        Some(origin) => shared(origin),
        None => vec![("vary", "Origin".to_owned())],
    }
}

fn shared(origin: &str) -> Vec<Header> {
    vec![
        ("access-control-allow-origin", origin.to_owned()),
        ("vary", "Origin".to_owned()),
    ]
}

/// Browsers send scheme and host in lower case and no slash; the owner may write otherwise.
fn is_listed(allowed: &[String], origin: &str) -> bool {
    allowed
        .iter()
        .any(|listed| listed.trim_end_matches('/').eq_ignore_ascii_case(origin))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allowed() -> Vec<String> {
        vec![
            "https://primer-salon.example".to_owned(),
            "https://WWW.primer-salon.example/".to_owned(),
        ]
    }

    #[test]
    fn only_listed_origins_and_programs_without_one_may_post() {
        assert!(is_allowed(&allowed(), Some("https://primer-salon.example")));
        assert!(is_allowed(&allowed(), Some("https://www.primer-salon.example")));
        assert!(is_allowed(&allowed(), None));
        for other in [
            "null",
            "",
            "*",
            "http://primer-salon.example",
            "https://primer-salon.example:8443",
            "https://primer-salon.example.evil.example",
            "https://evil.example",
        ] {
            assert!(!is_allowed(&allowed(), Some(other)), "{other}");
        }
    }

    #[test]
    fn preflight_names_the_exact_origin_and_what_is_allowed() {
        let headers = preflight(&allowed(), Some("https://primer-salon.example")).expect("listed");
        let expected = [
            ("access-control-allow-origin", "https://primer-salon.example"),
            ("vary", "Origin"),
            ("access-control-allow-methods", "POST"),
            ("access-control-allow-headers", "Content-Type"),
            ("access-control-max-age", "600"),
        ];
        assert!(headers.iter().map(|(name, value)| (*name, value.as_str())).eq(expected));
        assert_eq!(preflight(&allowed(), Some("https://evil.example")), None);
        assert_eq!(preflight(&allowed(), None), None);
    }

    #[test]
    fn answer_to_a_stranger_allows_nothing() {
        assert_eq!(
            answer_headers(&allowed(), Some("https://evil.example")),
            [("vary", "Origin".to_owned())]
        );
        assert_eq!(
            answer_headers(&allowed(), Some("https://primer-salon.example")).len(),
            2
        );
    }
}
