//! What becomes of posts, good and bad.

use super::*;

const NOW_MS: i64 = 1_795_420_800_000;

fn rules() -> Rules {
    Rules {
        name: "salon-primer".to_owned(),
        origins: vec!["https://primer-salon.example".to_owned()],
        minimum_fill_ms: 2_000,
        consent_required: true,
        consent_text_version: "2026-09".to_owned(),
    }
}

fn mac(bytes: &[u8]) -> [u8; 32] {
    shirma_vault::hmac_sha256(b"test", bytes)
}

fn post(body: &str) -> Verdict {
    let post = Post {
        content_type: Some("application/json"),
        origin: Some("https://primer-salon.example"),
        body: body.as_bytes(),
    };
    decide(NOW_MS, &rules(), &post, &mac)
}

fn kept(verdict: Verdict) -> Event {
    match verdict {
        Verdict::Keep { event, .. } => *event,
        other => panic!("not kept: {}", other.name()),
    }
}

impl Verdict {
    fn name(&self) -> &str {
        match self {
            Verdict::Keep { .. } => "keep",
            Verdict::Pretend => "pretend",
            Verdict::NeedsConsent => "needs consent",
            Verdict::BadOrigin => "bad origin",
            Verdict::Unreadable { words } => words,
            Verdict::NoContact => "no contact",
        }
    }
}

#[test]
fn filled_form_becomes_an_enquiry() {
    let event = kept(post(
        r#"{"name":"Елена","email":"e@example.com","message":"Завтра?","consent":true,"started_ms":2000,
            "page":"https://primer-salon.example/price?from=e@example.com#x"}"#,
    ));
    assert_eq!((event.at_ms, event.sender.name.as_deref()), (None, Some("Елена")));
    let EventKind::Message {
        text, form: Some(form), ..
    } = event.kind
    else {
        panic!("a message")
    };
    assert_eq!(
        (text.as_deref(), form.email.as_deref()),
        (Some("Завтра?"), Some("e@example.com"))
    );
    assert_eq!(form.consent_text_version.as_deref(), Some("2026-09"));
    assert_eq!(form.page.as_deref(), Some("https://primer-salon.example/price"));
}

#[test]
fn robots_are_answered_and_forgotten() {
    let body = r#"{"phone":"1","consent":true,"started_ms":9000,"website":"x"}"#;
    assert_eq!(post(body).name(), "pretend");
    assert_eq!(
        post(r#"{"phone":"1","consent":true,"started_ms":1999}"#).name(),
        "pretend"
    );
    assert_eq!(
        post(r#"{"phone":"1","consent":true,"started_ms":-5}"#).name(),
        "pretend"
    );
}

#[test]
fn unticked_box_keeps_nothing() {
    for tick in ["false", "null", "\"\"", "\"off\"", "0"] {
        let body = format!(r#"{{"phone":"1","started_ms":9000,"consent":{tick}}}"#);
        assert_eq!(post(&body).name(), "needs consent", "{tick}");
    }
    for tick in ["true", "\"on\"", "\"да\"", "1"] {
        let body = format!(r#"{{"phone":"1","started_ms":9000,"consent":{tick}}}"#);
        assert_eq!(post(&body).name(), "keep", "{tick}");
    }
}

#[test]
fn post_needs_phone_or_address_or_words() {
    assert_eq!(
        post(r#"{"name":"Елена","message":"  ","consent":true,"started_ms":9000}"#).name(),
        "no contact"
    );
    for field in ["phone", "email", "message"] {
        let body = format!(r#"{{"{field}":"x","consent":true,"started_ms":9000}}"#);
        assert_eq!(post(&body).name(), "keep", "{field}");
    }
}

#[test]
fn script_that_does_not_measure_is_told_so() {
    assert!(post(r#"{"phone":"1","consent":true}"#).name().contains("started_ms"));
    let plain = Post {
        content_type: Some("application/x-www-form-urlencoded"),
        origin: None,
        body: b"phone=1&consent=on&website=",
    };
    assert_eq!(decide(NOW_MS, &rules(), &plain, &mac).name(), "keep");
}

#[test]
fn too_much_is_refused_with_the_limit() {
    let long = |field: &str, chars: usize| {
        let body = format!(
            r#"{{"phone":"1","consent":true,"started_ms":9000,"{field}":"{}"}}"#,
            "я".repeat(chars)
        );
        post(&body).name().to_owned()
    };
    assert_eq!(long("name", 200), "keep");
    assert!(long("name", 201).contains("200"));
    assert_eq!(long("message", 4096), "keep");
    assert!(long("message", 4097).contains("4096"));
    assert!(long("message", 8200).contains("16384"));
    assert_eq!(long("page", 4000), "keep");
}

#[test]
fn foreign_page_is_refused_before_anything_is_read() {
    let stranger = Post {
        content_type: None,
        origin: Some("https://evil.example"),
        body: b"",
    };
    assert_eq!(decide(NOW_MS, &rules(), &stranger, &mac).name(), "bad origin");
}

#[test]
fn page_token_is_the_key_and_a_strange_one_is_not() {
    let with = |token: &str| {
        kept(post(&format!(
            r#"{{"phone":"1","consent":true,"started_ms":9000,"token":"{token}"}}"#
        )))
        .key
    };
    assert_eq!(
        with("0a1b2c3d-0000-4000-8000-000000000001"),
        "form:0a1b2c3d-0000-4000-8000-000000000001"
    );
    assert!(with("1").starts_with("post:"));
    assert!(with("; drop table inbox; --").starts_with("post:"));
}

#[test]
fn same_post_again_is_the_same_event_and_another_is_not() {
    let body = r#"{"phone":"1","message":"a","consent":true,"started_ms":9000}"#;
    let first = kept(post(body));
    assert!(first == kept(post(body)));
    assert_ne!(
        first.key,
        kept(post(r#"{"phone":"1","message":"b","consent":true,"started_ms":9000}"#)).key
    );
    assert_ne!(
        first.key,
        kept(post(r#"{"phone":"1","message":"a","consent":true,"started_ms":9001}"#)).key
    );
    let later = Post {
        content_type: Some("application/json"),
        origin: None,
        body: body.as_bytes(),
    };
    assert_ne!(
        first.key,
        kept(decide(NOW_MS + REPEAT_WINDOW_MS, &rules(), &later, &mac)).key
    );
    assert!(!first.key.contains("9000"));
}

#[test]
fn the_same_words_keep_their_key_when_the_hour_of_the_clock_turns() {
    let body = r#"{"phone":"8 900 000-00-11","consent":true,"started_ms":9000}"#;
    let post = Post {
        content_type: Some("application/json"),
        origin: Some("https://primer-salon.example"),
        body: body.as_bytes(),
    };
    let keys = |now_ms| match decide(now_ms, &rules(), &post, &mac) {
        Verdict::Keep { event, earlier } => (event.key, earlier.expect("no token of the page")),
        other => panic!("not kept: {}", other.name()),
    };
    let turn_ms = NOW_MS - NOW_MS.rem_euclid(REPEAT_WINDOW_MS);
    let (before, after) = (keys(turn_ms - 1), keys(turn_ms));
    assert_ne!(before.0, after.0);
    assert_eq!(
        after.1, before.0,
        "a moment later the words are known by the key of the last hour"
    );
}
