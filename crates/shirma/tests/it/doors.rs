//! What every page says to the browser, and which forms no page takes: one walk over the table of routes
//! (security.md §9).

use shirma::desk::guard::Gate;
use shirma::desk::routes::ROUTES;
use shirma_store::Engine;

use crate::people::{PASSWORD, address_of, field, settle};
use crate::support::house::House;
use crate::support::http::{Request, Response, Visitor};

/// Each header and what it must say.
const HEADERS: [(&str, &str); 5] = [
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("cache-control", "no-store"),
];

/// What the policy of every page must hold; nothing in it may be inline.
const POLICY: [&str; 10] = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors ",
    "require-trusted-types-for 'script'",
];

fn is_guarded(answer: &Response, path: &str) {
    for (name, expected) in HEADERS {
        let is_asset = path.starts_with("/assets") && name == "cache-control";
        assert!(
            is_asset || answer.header(name) == Some(expected),
            "{path}: {name} is {:?}",
            answer.header(name)
        );
    }
    let policy = answer.header("content-security-policy").unwrap_or_default();
    for part in POLICY {
        assert!(policy.contains(part), "{path}: {part} is not in {policy}");
    }
    assert!(!policy.contains("unsafe"), "{path}: {policy}");
    let features = answer.header("permissions-policy").unwrap_or_default();
    for feature in ["camera=()", "microphone=()", "geolocation=()", "payment=()", "usb=()"] {
        assert!(features.contains(feature), "{path}: {features}");
    }
    for (_, cookie) in answer.headers.iter().filter(|(name, _)| name == "set-cookie") {
        for flag in ["HttpOnly", "SameSite=Lax", "Path="] {
            assert!(cookie.contains(flag), "{path}: {cookie}");
        }
    }
}

#[test]
fn every_page_is_guarded_by_its_headers_for_strangers_and_for_the_owner() {
    let house = House::fresh(Engine::Sqlite);
    let mut owner = settle(&house, &house.sign_in_path());
    for route in ROUTES
        .iter()
        .filter(|route| !route.path.ends_with("/live") && !route.path.ends_with("/events"))
    {
        let path = address_of(route.path);
        let asked = Request::new(route.method.as_str(), path.as_str());
        is_guarded(&house.call(&asked), &path);
        if route.path != "/sign-out" {
            is_guarded(&owner.call(asked), &path);
        }
    }
    let stranger = house.call(&Request::get("/no-such-page"));
    assert_eq!(stranger.status, 404);
}

#[test]
fn over_tls_the_cookie_is_bound_to_the_host_and_the_browser_keeps_to_tls() {
    let house = House::furnished(Engine::Sqlite, "public_url = \"https://shirma.example.ru\"\n", "");
    settle_nowhere(&house);
}

/// Signs in as behind a proxy with TLS: the browser names the public address.
fn settle_nowhere(house: &House) {
    let link = house.sign_in_path();
    let opened = house.call(&Request::form(&link, &[]).header("Origin", "https://shirma.example.ru"));
    let cookie = opened.header("set-cookie").unwrap_or_default();
    assert!(cookie.starts_with("__Host-shirma="), "{cookie}");
    for flag in ["Path=/;", "HttpOnly", "SameSite=Lax", "Secure"] {
        assert!(cookie.contains(flag), "{cookie}");
    }
    assert!(!cookie.contains("Domain"), "{cookie}");
    assert_eq!(opened.header("strict-transport-security"), Some("max-age=31536000"));
}

#[test]
fn no_form_is_taken_from_a_stranger_without_its_code_or_as_another_kind_of_body() {
    let house = House::fresh(Engine::Sqlite);
    let mut owner = settle(&house, &house.sign_in_path());
    let page = owner.call(Request::get("/desk/dialogs")).text();
    let csrf = field(&page, "csrf").to_owned();
    let own = format!("http://{}", house.address());
    for route in ROUTES.iter().filter(|route| route.method == "POST") {
        let path = address_of(route.path);
        let form = |fields: &[(&str, &str)]| owner.with_cookies_only(Request::form(path.as_str(), fields));
        let filled = [("csrf", csrf.as_str()), ("login", "owner"), ("password", PASSWORD)];
        // No word of where it comes from, a sandbox, another site, another site of the same owner.
        for (name, value) in [
            ("X-Nothing", "1"),
            ("Origin", "null"),
            ("Origin", "https://evil.example"),
            ("Sec-Fetch-Site", "cross-site"),
            ("Sec-Fetch-Site", "same-site"),
            ("Sec-Fetch-Site", "none"),
        ] {
            let answer = house.call(&form(&filled).header(name, value));
            assert_eq!(answer.status, 403, "{path} with {name}: {value}");
        }
        let Gate::Needs(_) = route.gate else { continue };
        let wrong = "0".repeat(64);
        for fields in [&[][..], &[("csrf", "")], &[("csrf", wrong.as_str())]] {
            let answer = house.call(&form(fields).header("Origin", own.as_str()));
            assert_eq!(answer.status, 403, "{path} with {fields:?}");
        }
        // The right code in a body that is no form.
        for (kind, body) in [
            ("application/json", format!("{{\"csrf\":\"{csrf}\"}}")),
            ("text/plain", format!("csrf={csrf}")),
            (
                "multipart/form-data; boundary=x",
                format!("--x\r\n\r\ncsrf={csrf}\r\n--x--"),
            ),
        ] {
            let request = Request::post(path.as_str(), kind, body).header("Origin", own.as_str());
            let answer = house.call(&owner.with_cookies_only(request));
            assert!(
                [400, 403, 415].contains(&answer.status),
                "{path} as {kind}: {}",
                answer.status
            );
        }
    }
    assert_eq!(
        owner.call(Request::get("/desk/dialogs")).status,
        200,
        "nothing of it was done"
    );
    let mut visitor = Visitor::new(house.address());
    let json = Request::post("/sign-in", "application/json", r#"{"login":"owner","password":"x"}"#);
    assert!([400, 415].contains(&visitor.call(json).status));
}
