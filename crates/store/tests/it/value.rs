//! Every type of value comes back as it went in.

use proptest::prelude::*;
use shirma_store::{Error, Rule, Store, params};

use crate::place::{Place, on_both_engines};

on_both_engines! {
    extremes_come_back,
    null_is_not_empty,
    any_text_and_bytes_come_back,
    column_is_found_by_name_and_by_number,
    reading_another_type_names_the_column,
    text_with_nul_is_refused,
    value_of_another_type_is_refused,
    wrong_number_of_parameters_is_refused,
    parameters_go_by_their_number,
}

type Item = (i64, Option<String>, Option<Vec<u8>>, Option<bool>);

fn put(store: &Store, item: Item) -> Result<Option<Item>, Error> {
    store.write_blocking(move |tx| {
        let (id, name, body, done) = &item;
        tx.execute("delete from item", &[])?;
        tx.execute(
            "insert into item (id, name, body, done) values ($1, $2, $3, $4)",
            params![*id, name, body, *done],
        )?;
        tx.one(
            "select id, name, body, done from item where id = $1",
            params![*id],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)),
        )
    })
}

fn extremes_come_back(place: &Place) {
    let store = place.open();
    let long = "Щ".repeat(100_000);
    for item in [
        (i64::MAX, Some("Анна Ким".to_owned()), Some(vec![0, 255, 0]), Some(true)),
        (
            i64::MIN,
            Some("😀 «ёлка»\n\t'\"".to_owned()),
            Some((0..=255).collect()),
            Some(false),
        ),
        (0, Some(long), Some(vec![7; 1_000_000]), None),
    ] {
        assert_eq!(put(&store, item.clone()).unwrap(), Some(item));
    }
}

fn null_is_not_empty(place: &Place) {
    let store = place.open();
    for item in [(1, None, None, None), (2, Some(String::new()), Some(Vec::new()), None)] {
        assert_eq!(put(&store, item.clone()).unwrap(), Some(item));
    }
}

fn any_text_and_bytes_come_back(place: &Place) {
    let store = place.open();
    proptest!(ProptestConfig::with_cases(64), |(
        id in any::<i64>(),
        name in prop::option::of("[^\0]{0,40}"),
        body in prop::option::of(prop::collection::vec(any::<u8>(), 0..200)),
        done in any::<Option<bool>>(),
    )| {
        let item = (id, name, body, done);
        prop_assert_eq!(put(&store, item.clone()).unwrap(), Some(item));
    });
}

fn column_is_found_by_name_and_by_number(place: &Place) {
    let found = place.open().read_blocking(|tx| {
        tx.one("select value as worth, id from counter", &[], |row| {
            Ok((row.get::<i64>("worth")?, row.get::<i64>(1)?))
        })
    });
    assert_eq!(found, Ok(Some((0, 1))));
}

fn reading_another_type_names_the_column(place: &Place) {
    let store = place.open();
    let as_text = store.read_blocking(|tx| tx.one("select value from counter", &[], |row| row.get::<String>("value")));
    assert_eq!(as_text, Err(Error::Column { column: "value".into() }));
    let missing = store.read_blocking(|tx| tx.one("select value from counter", &[], |row| row.get::<i64>(1)));
    assert_eq!(missing, Err(Error::Column { column: "1".into() }));
    let null = store.read_blocking(|tx| tx.one("select max(id) as top from item", &[], |row| row.get::<i64>("top")));
    assert_eq!(null, Err(Error::Column { column: "top".into() }));
}

fn text_with_nul_is_refused(place: &Place) {
    let refused = put(&place.open(), (1, Some("a\0b".into()), None, None));
    assert_eq!(refused, Err(Error::Parameter { position: 2 }));
}

fn value_of_another_type_is_refused(place: &Place) {
    let store = place.open();
    let body_as_text =
        store.write_blocking(|tx| tx.execute("insert into item (id, body) values ($1, $2)", params![1i64, "text"]));
    let number_as_text =
        store.write_blocking(|tx| tx.execute("insert into counter (id, value) values ($1, $2)", params![2i64, "many"]));
    for refused in [body_as_text, number_as_text] {
        assert!(
            matches!(
                refused,
                Err(Error::Parameter { position: 2 } | Error::RuleViolation { rule: Rule::DataType })
            ),
            "{refused:?}"
        );
    }
}

fn wrong_number_of_parameters_is_refused(place: &Place) {
    let store = place.open();
    let few = store.read_blocking(|tx| {
        tx.many("select id from item where id = $1 or id = $2", params![1i64], |row| {
            row.get::<i64>(0)
        })
    });
    assert_eq!(few, Err(Error::Parameter { position: 2 }));
    let many = store.read_blocking(|tx| {
        tx.many("select id from item where id = $1", params![1i64, 2i64], |row| {
            row.get::<i64>(0)
        })
    });
    assert_eq!(many, Err(Error::Parameter { position: 2 }));
}

fn parameters_go_by_their_number(place: &Place) {
    let found = place.open().read_blocking(|tx| {
        tx.one(
            "select cast($2 as text), cast($1 as bigint), cast($2 as text)",
            params![5i64, "five"],
            |row| Ok((row.get::<String>(0)?, row.get::<i64>(1)?, row.get::<String>(2)?)),
        )
    });
    assert_eq!(found, Ok(Some(("five".into(), 5, "five".into()))));
}
