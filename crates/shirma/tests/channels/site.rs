//! The site form: posts of the fixtures decided, kept as JSON and read back by the adapter.

use shirma::channels::site::Site;
use shirma::channels::site::form::{Encoding, Post, Rules, Verdict, decide};
use shirma::contract::{Channel, Event};

use crate::corpus;

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

fn verdict(fixture: &corpus::Fixture, now_ms: i64) -> Verdict {
    let origin = fixture
        .headers
        .iter()
        .find(|(name, _)| name == "Origin")
        .map(|(_, value)| value.as_str());
    let post = Post {
        content_type: fixture.content_type.as_deref(),
        origin,
        body: &fixture.body,
    };
    decide(now_ms, &rules(), &post, &|bytes| {
        shirma_vault::hmac_sha256(b"test", bytes)
    })
}

/// The status that the door answers with, and what it keeps.
fn answer(fixture: &corpus::Fixture) -> (u64, Vec<Event>) {
    match verdict(fixture, NOW_MS) {
        Verdict::Keep { event, .. } if Encoding::of(fixture.content_type.as_deref()) == Some(Encoding::Form) => {
            (303, vec![*event])
        }
        Verdict::Keep { event, .. } => (200, vec![*event]),
        Verdict::Pretend => (200, Vec::new()),
        Verdict::NeedsConsent | Verdict::NoContact => (422, Vec::new()),
        Verdict::BadOrigin => (403, Vec::new()),
        Verdict::Unreadable { .. } => (400, Vec::new()),
    }
}

#[test]
fn every_post_of_the_fixtures_is_decided_and_read_back() {
    let fixtures = corpus::of("site_form");
    assert!(fixtures.len() >= 4);
    for fixture in &fixtures {
        let (status, kept) = answer(fixture);
        assert_eq!(Some(status), fixture.expect["status"].as_u64(), "{}", fixture.file);
        let read: Vec<Event> = kept
            .iter()
            .flat_map(|event| {
                Site::new("salon-primer")
                    .parse(&serde_json::to_vec(event).expect("an event"))
                    .expect("ours")
            })
            .collect();
        fixture.check(&read);
    }
}

#[test]
fn three_posts_within_a_second_are_one_event() {
    let fixture = corpus::one("site_form", "submit_ok.json");
    let bytes = |now_ms| match verdict(&fixture, now_ms) {
        Verdict::Keep { event, .. } => serde_json::to_vec(&event).expect("an event"),
        _ => panic!("not kept"),
    };
    assert_eq!(bytes(NOW_MS), bytes(NOW_MS + 400));
    assert_eq!(bytes(NOW_MS), bytes(NOW_MS + 900));
}
