//! Promises of a leaf: its bytes, its limits, what it refuses.

use proptest::prelude::*;

use super::*;
use crate::hash::leaf_hash;

fn reveal() -> Leaf {
    let actor = Actor::new(ActorKind::Staff, "7");
    Leaf::new(
        1_700_000_000_123,
        actor,
        Act::new("subject.reveal"),
        Object::new("subject", "412"),
    )
}

#[test]
fn canonical_form_is_fixed_to_the_byte() {
    let full = reveal()
        .with_session("0badcafe")
        .with_fields(["phone", "email"])
        .with_purpose("call_back")
        .with_outcome(Outcome::Deny)
        .with_count(3)
        .with_detail(leaf_hash(b""));
    assert_eq!(
        String::from_utf8(full.canonical(9).unwrap()).unwrap(),
        concat!(
            r#"{"v":1,"seq":9,"ts":1700000000123,"actor":{"t":"staff","id":"7"},"sess":"0badcafe","#,
            r#""act":"subject.reveal","obj":{"t":"subject","id":"412"},"fields":["phone","email"],"#,
            r#""purpose":"call_back","res":"deny","n":3,"#,
            r#""dc":"6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"}"#
        )
    );
    assert_eq!(
        String::from_utf8(reveal().canonical(0).unwrap()).unwrap(),
        concat!(
            r#"{"v":1,"seq":0,"ts":1700000000123,"actor":{"t":"staff","id":"7"},"sess":null,"#,
            r#""act":"subject.reveal","obj":{"t":"subject","id":"412"},"fields":[],"purpose":null,"#,
            r#""res":"ok","n":null,"dc":null}"#
        )
    );
}

#[test]
fn personal_values_do_not_get_in_anywhere() {
    let values = [
        "Анна",
        "anna kim",
        "anna@example.org",
        "+79000000011",
        "79000000011",
        "4510 123456",
        "",
    ];
    for value in values {
        let mut by_actor = reveal();
        by_actor.actor.id = value.into();
        let mut by_object = reveal();
        by_object.object.id = value.into();
        let mut by_kind = reveal();
        by_kind.object.kind = value.into();
        let leaves = [
            by_actor,
            by_object,
            by_kind,
            reveal().with_session(value),
            reveal().with_fields([value]),
            reveal().with_purpose(value),
        ];
        for leaf in leaves {
            let refused = leaf.canonical(0);
            assert!(
                matches!(refused, Err(Error::ForbiddenText { .. } | Error::LooksPersonal { .. })),
                "{value:?} got into {leaf:?}"
            );
        }
    }
    assert_eq!(
        reveal().with_purpose("8-900-000-00-11").canonical(0),
        Err(Error::LooksPersonal { field: "purpose" })
    );
}

#[test]
fn own_ids_of_every_form_are_accepted() {
    for id in [
        "1",
        "412",
        "9223372036854775807",
        "mig-2026-11-23T10",
        "123e4567-e89b-12d3-a456-426614174000",
    ] {
        let mut leaf = reveal();
        leaf.object.id = id.into();
        assert!(leaf.canonical(0).is_ok(), "{id}");
    }
}

#[test]
fn leaf_over_a_kilobyte_or_with_too_many_fields_is_refused() {
    let long = "a".repeat(MAX_TEXT_BYTES);
    let many = reveal().with_fields(vec!["phone"; MAX_FIELDS + 1]);
    assert_eq!(many.canonical(0), Err(Error::TooManyFields { count: MAX_FIELDS + 1 }));
    let wide = reveal()
        .with_fields(vec![long.as_str(); MAX_FIELDS])
        .with_purpose(long.as_str());
    let wide = wide.with_detail(leaf_hash(b""));
    assert!(matches!(wide.canonical(0), Err(Error::TooLarge { .. })));
}

#[test]
fn bytes_that_mean_the_same_but_differ_are_not_canonical() {
    let bytes = String::from_utf8(reveal().canonical(5).unwrap()).unwrap();
    for (from, to) in [
        ("\"seq\":5", "\"seq\": 5"),
        ("\"v\":1", "\"v\":2"),
        ("null}", "null }"),
        ("ok", "o\\u006b"),
    ] {
        let altered = bytes.replacen(from, to, 1);
        assert_eq!(Leaf::parse(altered.as_bytes()), Err(Error::NotCanonical), "{to}");
    }
    assert_eq!(seq_and_time(bytes.as_bytes()), Some((5, 1_700_000_000_123)));
}

proptest! {
    #[test]
    fn stored_leaf_reads_back_as_it_was(
        at_ms in any::<i64>(), seq in any::<u64>(), count in any::<Option<u64>>(),
        fields in prop::collection::vec("[a-z_]{1,20}", 0..5), purpose in prop::option::of("[a-z_]{1,20}"),
    ) {
        let mut leaf = reveal().with_fields(fields);
        leaf.at_ms = at_ms;
        leaf.count = count;
        leaf.purpose = purpose;
        let bytes = leaf.canonical(seq).unwrap();
        prop_assert_eq!(seq_and_time(&bytes), Some((seq, at_ms)));
        prop_assert_eq!(Leaf::parse(&bytes), Ok((seq, leaf)));
    }

    #[test]
    fn no_bytes_make_the_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = Leaf::parse(&bytes);
        let _ = seq_and_time(&bytes);
    }
}
