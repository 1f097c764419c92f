//! Where an unsafe request may come from: our own pages only (security.md §9), and the code its form must carry.

/// What a request says about where it comes from.
#[derive(Debug, Clone, Copy, Default)]
pub struct Source<'a> {
    /// `Sec-Fetch-Site`.
    pub fetch_site: Option<&'a str>,
    /// `Origin`.
    pub origin: Option<&'a str>,
    /// `Host`.
    pub host: Option<&'a str>,
}

/// Whether the request comes from a page of ours. `own` is the address we are known by, without a slash at the end.
///
/// A browser that tells `Sec-Fetch-Site` is believed; another must name our own `Origin`. Neither, or `null`: refused.
pub fn is_own_page(source: Source<'_>, own: &str) -> bool {
    if let Some(site) = source.fetch_site {
        return site == "same-origin";
    }
    let Some(origin) = source.origin else { return false };
    let Some((scheme, place)) = origin.split_once("://") else {
        return false;
    };
    // Inside the house the same page is opened as 127.0.0.1, as localhost and by the machine's name; a page cannot
    // choose the `Host` of its request, so an equal pair is our own page.
    origin == own || (matches!(scheme, "http" | "https") && !place.is_empty() && source.host == Some(place))
}

/// Whether the program is reached over TLS, so that cookies may be bound to it.
pub fn is_secure(own: &str) -> bool {
    own.starts_with("https://")
}

#[cfg(test)]
mod tests {
    use super::*;

    const OWN: &str = "https://shirma.example.ru";

    fn asks(fetch_site: Option<&str>, origin: Option<&str>, host: Option<&str>) -> bool {
        is_own_page(
            Source {
                fetch_site,
                origin,
                host,
            },
            OWN,
        )
    }

    #[test]
    fn our_own_pages_may_ask() {
        assert!(asks(Some("same-origin"), None, None));
        assert!(asks(None, Some(OWN), None));
        assert!(asks(None, Some("http://127.0.0.1:8787"), Some("127.0.0.1:8787")));
    }

    #[test]
    fn everybody_else_may_not() {
        for (fetch_site, origin, host) in [
            (Some("cross-site"), Some(OWN), Some("shirma.example.ru")),
            (Some("same-site"), None, None),
            (Some("none"), None, None),
            (None, None, Some("shirma.example.ru")),
            (None, Some("null"), Some("shirma.example.ru")),
            (None, Some("https://evil.example"), Some("shirma.example.ru")),
            (
                None,
                Some("https://shirma.example.ru.evil.example"),
                Some("shirma.example.ru"),
            ),
            (None, Some("file://"), Some("")),
            (None, Some("file://127.0.0.1:8787"), Some("127.0.0.1:8787")),
        ] {
            assert!(!asks(fetch_site, origin, host), "{fetch_site:?} {origin:?}");
        }
    }
}
