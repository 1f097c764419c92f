//! Promises of the keyring: opening, rotation, refusal of wrong and damaged keys.

use super::*;
use crate::{Cell, NO_SUBJECT, Section, SeededEntropy, WrappedKey};

const NOTE: Cell = Cell {
    table: "note",
    column: "text",
    row: 1,
    subject: 412,
    version: 1,
};

fn root(seed: u64) -> RootKey {
    RootKey::generate(&SeededEntropy::new(seed)).unwrap()
}

fn entropy() -> SeededEntropy {
    SeededEntropy::new(99)
}

fn salon() -> (Keyring, Vec<KeyRow>) {
    Keyring::create(&root(1), "salon", &SeededEntropy::new(2)).unwrap()
}

#[test]
fn stored_keyring_opens_again_with_the_same_keys() {
    let (made, rows) = salon();
    let opened = Keyring::open(&root(1), "salon", &rows).unwrap();
    assert_eq!(rows.len(), KeyPurpose::ALL.len());
    assert_eq!(opened.rows(), rows);
    for purpose in KeyPurpose::ALL
        .into_iter()
        .filter(|purpose| *purpose != KeyPurpose::Check)
    {
        assert_eq!(opened.active_key(purpose), made.active_key(purpose));
    }
}

#[test]
fn wrong_root_key_and_wrong_installation_are_recognised_first() {
    let (_, mut rows) = salon();
    rows[2].wrapped.clear();
    assert_eq!(
        Keyring::open(&root(2), "salon", &rows).unwrap_err(),
        Error::WrongRootKey
    );
    assert_eq!(
        Keyring::open(&root(1), "clinic", &rows).unwrap_err(),
        Error::WrongRootKey
    );
    assert!(matches!(
        Keyring::open(&root(1), "salon", &rows).unwrap_err(),
        Error::DamagedKey { .. }
    ));
}

#[test]
fn damaged_and_contradicting_rows_are_refused() {
    type Spoil = fn(&mut Vec<KeyRow>);
    let id = |purpose: KeyPurpose| purpose.id(1);
    let general = id(KeyPurpose::General);
    let cases: [(Spoil, Error); 9] = [
        (
            Vec::clear,
            Error::MissingKey {
                id: id(KeyPurpose::Check),
            },
        ),
        (
            |rows| drop(rows.remove(0)),
            Error::MissingKey {
                id: id(KeyPurpose::Check),
            },
        ),
        (
            |rows| drop(rows.remove(1)),
            Error::MissingKey {
                id: KeyPurpose::General.id(0),
            },
        ),
        (
            |rows| rows[1].wrapped[40] ^= 1,
            Error::DamagedKey { id: general.clone() },
        ),
        (
            |rows| rows[1].wrapped.truncate(60),
            Error::DamagedKey { id: general.clone() },
        ),
        (
            |rows| rows[1].wrapped = rows[2].wrapped.clone(),
            Error::DamagedKey { id: general.clone() },
        ),
        (
            |rows| rows[1].parent = "other".into(),
            Error::DamagedKey { id: general.clone() },
        ),
        (
            |rows| rows.push(rows[1].clone()),
            Error::AmbiguousKey { id: general.clone() },
        ),
        (
            |rows| rows[1].state = KeyState::DecryptOnly,
            Error::MissingKey {
                id: KeyPurpose::General.id(0),
            },
        ),
    ];
    for (spoil, expected) in cases {
        let (_, mut rows) = salon();
        spoil(&mut rows);
        assert_eq!(Keyring::open(&root(1), "salon", &rows).unwrap_err(), expected);
    }
}

#[test]
fn medical_section_has_a_key_of_its_own() {
    let (ring, _) = salon();
    let entropy = entropy();
    let (wrapped, general) = ring.new_subject_key(412, Section::General, &entropy).unwrap();
    let (_, medical) = ring.new_subject_key(412, Section::Medical, &entropy).unwrap();
    let refused = ring.open_subject_key(412, Section::Medical, &wrapped).unwrap_err();
    assert_eq!(
        refused,
        Error::DamagedKey {
            id: "subject/412/1".into()
        }
    );
    let sealed = medical.seal(&NOTE, b"x", &entropy).unwrap();
    assert!(medical.open(&NOTE, &sealed).is_ok());
    assert!(matches!(general.open(&NOTE, &sealed), Err(Error::Damaged { .. })));
}

#[test]
fn wrapped_key_opens_for_its_subject_generation_and_installation_only() {
    let (ring, _) = salon();
    let (wrapped, _) = ring.new_subject_key(412, Section::General, &entropy()).unwrap();
    assert!(ring.open_subject_key(412, Section::General, &wrapped).is_ok());
    let refused =
        |subject, wrapped: &WrappedKey| ring.open_subject_key(subject, Section::General, wrapped).unwrap_err();
    assert_eq!(
        refused(413, &wrapped),
        Error::DamagedKey {
            id: "subject/413/1".into()
        }
    );
    let renumbered = WrappedKey {
        generation: 2,
        ..wrapped.clone()
    };
    assert_eq!(
        refused(412, &renumbered),
        Error::DamagedKey {
            id: "subject/412/2".into()
        }
    );
    let reparented = WrappedKey {
        parent_version: 2,
        ..wrapped.clone()
    };
    assert_eq!(refused(412, &reparented), Error::MissingKey { id: "general/2".into() });
    for place in 0..wrapped.bytes.len() {
        let mut flipped = wrapped.clone();
        flipped.bytes[place] ^= 1;
        assert_eq!(
            refused(412, &flipped),
            Error::DamagedKey {
                id: "subject/412/1".into()
            }
        );
    }
}

#[test]
fn erased_subject_cannot_be_opened_by_a_new_key_or_an_empty_one() {
    let (ring, _) = salon();
    let (wrapped, key) = ring.new_subject_key(412, Section::General, &entropy()).unwrap();
    let sealed = key.seal(&NOTE, "Анна Ким".as_bytes(), &entropy()).unwrap();
    drop((wrapped, key));
    let (_, fresh) = ring
        .new_subject_key(412, Section::General, &SeededEntropy::new(5))
        .unwrap();
    assert!(matches!(fresh.open(&NOTE, &sealed), Err(Error::Damaged { .. })));
    let empty = WrappedKey {
        bytes: Vec::new(),
        parent_version: 1,
        generation: 1,
    };
    assert!(ring.open_subject_key(412, Section::General, &empty).is_err());
    let (_, other) = ring.new_subject_key(413, Section::General, &entropy()).unwrap();
    assert!(matches!(other.open(&NOTE, &sealed), Err(Error::OtherSubject { .. })));
}

#[test]
fn rotation_keeps_old_values_readable_until_the_old_key_is_destroyed() {
    let (mut ring, _) = salon();
    let (wrapped, key) = ring.new_subject_key(412, Section::General, &entropy()).unwrap();
    let sealed = key.seal(&NOTE, b"x", &entropy()).unwrap();
    let changed = ring.rotate(KeyPurpose::General, &entropy()).unwrap();
    assert_eq!(
        changed.each_ref().map(|row| row.id.as_str()),
        ["general/1", "general/2"]
    );
    assert_eq!(changed.map(|row| row.state), [KeyState::DecryptOnly, KeyState::Active]);

    let mut ring = Keyring::open(&root(1), "salon", &ring.rows()).unwrap();
    assert!(ring.needs_rewrap(Section::General, &wrapped));
    let rewrapped = ring
        .rewrap_subject_key(412, Section::General, &wrapped, &entropy())
        .unwrap();
    assert!(!ring.needs_rewrap(Section::General, &rewrapped));

    let refused = ring.destroy(KeyPurpose::General, 2).unwrap_err();
    assert_eq!(refused, Error::ActiveKey { id: "general/2".into() });
    let row = ring.destroy(KeyPurpose::General, 1).unwrap();
    assert!(row.wrapped.is_empty());
    let ring = Keyring::open(&root(1), "salon", &ring.rows()).unwrap();
    let gone = ring.open_subject_key(412, Section::General, &wrapped).unwrap_err();
    assert_eq!(gone, Error::DestroyedKey { id: "general/1".into() });
    let key = ring.open_subject_key(412, Section::General, &rewrapped).unwrap();
    assert_eq!(key.open(&NOTE, &sealed).unwrap().expose(), b"x");
}

#[test]
fn destroyed_number_is_not_used_again() {
    let (mut ring, _) = salon();
    ring.rotate(KeyPurpose::General, &entropy()).unwrap();
    ring.destroy(KeyPurpose::General, 1).unwrap();
    let [_, newest] = ring.rotate(KeyPurpose::General, &entropy()).unwrap();
    assert_eq!(newest.id, "general/3");
    assert!(matches!(
        ring.destroy(KeyPurpose::General, 9),
        Err(Error::MissingKey { .. })
    ));
}

#[test]
fn renewed_subject_key_does_not_open_what_the_former_sealed() {
    let (ring, _) = salon();
    let (wrapped, former) = ring.new_subject_key(412, Section::General, &entropy()).unwrap();
    let sealed = former.seal(&NOTE, b"x", &entropy()).unwrap();
    let (renewed, key) = ring
        .renew_subject_key(412, Section::General, &wrapped, &entropy())
        .unwrap();
    assert_eq!((renewed.generation, key.generation()), (2, 2));
    assert_eq!(
        key.open(&NOTE, &sealed).unwrap_err(),
        Error::OtherGeneration { stored: 1, offered: 2 }
    );
    assert!(ring.open_subject_key(412, Section::General, &renewed).is_ok());
}

#[test]
fn new_root_key_leaves_every_value_and_index_as_it_was() {
    let (mut ring, _) = salon();
    ring.rotate(KeyPurpose::Medical, &entropy()).unwrap();
    ring.destroy(KeyPurpose::Medical, 1).unwrap();
    let (wrapped, key) = ring.new_subject_key(412, Section::General, &entropy()).unwrap();
    let sealed = key.seal(&NOTE, b"x", &entropy()).unwrap();
    let (epoch, _) = ring.new_epoch_key(20_000, &entropy()).unwrap();
    let index = ring.blind(crate::BlindColumn::Phone, "79000000011");

    let (successor, rows) = ring.rewrap(&root(7), &entropy()).unwrap();
    let epoch = ring.rewrap_epoch_key(20_000, &epoch, &successor, &entropy()).unwrap();
    assert_eq!(
        Keyring::open(&root(1), "salon", &rows).unwrap_err(),
        Error::WrongRootKey
    );
    let opened = Keyring::open(&root(7), "salon", &rows).unwrap();
    let key = opened.open_subject_key(412, Section::General, &wrapped).unwrap();
    assert_eq!(key.open(&NOTE, &sealed).unwrap().expose(), b"x");
    assert!(opened.open_epoch_key(20_000, &epoch).is_ok());
    assert_eq!(opened.blind(crate::BlindColumn::Phone, "79000000011"), index);
    assert!(matches!(
        opened.key(KeyPurpose::Medical, 1),
        Err(Error::DestroyedKey { .. })
    ));
}

#[test]
fn key_of_a_day_opens_on_its_day_only() {
    let (ring, _) = salon();
    let (wrapped, key) = ring.new_epoch_key(20_000, &entropy()).unwrap();
    let raw = Cell {
        table: "inbox",
        column: "body",
        row: 5,
        subject: NO_SUBJECT,
        version: 1,
    };
    let sealed = key.seal(&raw, b"{}", &entropy()).unwrap();
    let opened = ring.open_epoch_key(20_000, &wrapped).unwrap();
    assert_eq!(opened.open(&raw, &sealed).unwrap().expose(), b"{}");
    let refused = ring.open_epoch_key(20_001, &wrapped).unwrap_err();
    assert_eq!(
        refused,
        Error::DamagedKey {
            id: "epoch/20001".into()
        }
    );
}

#[test]
fn debug_of_keys_shows_names_only() {
    let (ring, rows) = salon();
    let (wrapped, _) = ring.new_subject_key(412, Section::General, &entropy()).unwrap();
    assert_eq!(format!("{:?}", rows[1]), "<key general/1, active>");
    assert_eq!(format!("{wrapped:?}"), "<wrapped key, generation 1, parent 1>");
    assert!(format!("{ring:?}").starts_with("[<key check/1, active>, <key general/1, active>,"));
}
