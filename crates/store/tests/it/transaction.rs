//! All or nothing, and nothing behind the store's back.

use shirma_store::{Error, Rule, Store, Tx, params};

use crate::place::{Place, on_both_engines};

on_both_engines! {
    error_rolls_back,
    panic_rolls_back_and_the_store_goes_on,
    swallowed_error_cannot_be_committed,
    second_row_is_an_error,
    unique_violation_names_the_table,
    broken_rules_are_told_apart,
    read_cannot_write,
    read_is_a_snapshot,
    transaction_cannot_be_ended_from_inside,
    mistake_in_the_statement_says_what,
    callers_own_error_comes_through,
    closed_store_refuses,
    counts_of_changed_rows,
}

fn names(store: &Store) -> Vec<String> {
    store
        .read_blocking(|tx| tx.many("select name from item order by name", &[], |row| row.get(0)))
        .unwrap()
}

fn add(tx: &mut Tx<'_>, id: i64, name: &str) -> Result<u64, Error> {
    tx.execute("insert into item (id, name) values ($1, $2)", params![id, name])
}

fn error_rolls_back(place: &Place) {
    let store = place.open();
    let failed: Result<(), Error> = store.write_blocking(|tx| {
        add(tx, 1, "comb")?;
        Err(Error::TooManyRows)
    });
    assert_eq!(failed, Err(Error::TooManyRows));
    assert!(names(&store).is_empty());
}

fn panic_rolls_back_and_the_store_goes_on(place: &Place) {
    let store = place.open();
    for _ in 0..3 {
        let panicked: Result<(), Error> = store.write_blocking(|tx| {
            add(tx, 1, "comb")?;
            panic!("a mistake in the product")
        });
        assert_eq!(panicked, Err(Error::Panicked));
    }
    store.write_blocking(|tx| add(tx, 2, "towel")).unwrap();
    assert_eq!(names(&store), ["towel"]);
}

fn swallowed_error_cannot_be_committed(place: &Place) {
    let store = place.open();
    let swallowed: Result<(), Error> = store.write_blocking(|tx| {
        add(tx, 1, "comb")?;
        let again = add(tx, 1, "comb");
        assert!(matches!(again, Err(Error::UniqueViolation { .. })));
        assert_eq!(add(tx, 2, "towel"), Err(Error::Aborted));
        Ok(())
    });
    assert_eq!(swallowed, Err(Error::Aborted));
    assert!(names(&store).is_empty());
}

fn second_row_is_an_error(place: &Place) {
    let store = place.open();
    store
        .write_blocking(|tx| add(tx, 1, "comb").and(add(tx, 2, "towel")))
        .unwrap();
    let two = store.read_blocking(|tx| tx.one("select id from item", &[], |row| row.get::<i64>(0)));
    assert_eq!(two, Err(Error::TooManyRows));
    let none = store.read_blocking(|tx| {
        tx.one("select id from item where id = $1", params![3i64], |row| {
            row.get::<i64>(0)
        })
    });
    assert_eq!(none, Ok(None));
}

fn unique_violation_names_the_table(place: &Place) {
    let store = place.open();
    store.write_blocking(|tx| add(tx, 1, "comb")).unwrap();
    let violation = Error::UniqueViolation { table: "item".into() };
    for (id, name) in [(1, "towel"), (2, "comb")] {
        let again = store.write_blocking(move |tx| add(tx, id, name));
        assert_eq!(again, Err(violation.clone()), "{id} {name}");
    }
    assert!(!violation.to_string().contains("comb"));
}

fn broken_rules_are_told_apart(place: &Place) {
    let store = place.open();
    for (sql, rule) in [
        ("insert into part (item, amount) values (99, 1)", Rule::ForeignKey),
        ("insert into counter (id, value) values (2, null)", Rule::NotNull),
        ("insert into part (item, amount) values (1, -1)", Rule::Check),
    ] {
        let broken = store.write_blocking(move |tx| tx.execute(sql, &[]));
        assert_eq!(broken, Err(Error::RuleViolation { rule }), "{sql}");
    }
}

fn read_cannot_write(place: &Place) {
    let store = place.open();
    let written = store.read_blocking(|tx| add(tx, 1, "comb"));
    assert_eq!(written, Err(Error::ReadOnly));
    assert!(names(&store).is_empty());
}

fn read_is_a_snapshot(place: &Place) {
    let store = place.open();
    let writer = store.clone();
    let count = "select count(*) from item";
    let (before, after) = store
        .read_blocking(move |tx| {
            let before = tx.one(count, &[], |row| row.get::<i64>(0))?;
            writer.write_blocking(|tx| add(tx, 1, "comb"))?;
            let after = tx.one(count, &[], |row| row.get::<i64>(0))?;
            Ok::<_, Error>((before, after))
        })
        .unwrap();
    assert_eq!((before, after), (Some(0), Some(0)));
    assert_eq!(names(&store), ["comb"]);
}

fn transaction_cannot_be_ended_from_inside(place: &Place) {
    let store = place.open();
    for (sql, word) in [
        ("commit", "commit"),
        ("-- now\n ROLLBACK", "rollback"),
        ("pragma synchronous = off", "pragma"),
        ("set synchronous_commit = off", "set"),
        ("attach 'other.db' as other", "attach"),
    ] {
        let refused = store.write_blocking(move |tx| {
            add(tx, 1, "comb")?;
            tx.execute(sql, &[])
        });
        assert_eq!(refused, Err(Error::Forbidden { word }));
    }
    assert!(names(&store).is_empty());
}

fn mistake_in_the_statement_says_what(place: &Place) {
    let mistaken = place
        .open()
        .read_blocking(|tx| tx.one("select colour from item", &[], |row| row.get::<i64>(0)));
    match mistaken {
        Err(Error::Statement { message, .. }) => assert!(message.contains("colour"), "{message}"),
        other => panic!("{other:?}"),
    }
}

fn callers_own_error_comes_through(place: &Place) {
    #[derive(Debug, PartialEq)]
    enum Trouble {
        Store(Error),
        NoSuchClient,
    }
    impl From<Error> for Trouble {
        fn from(error: Error) -> Self {
            Trouble::Store(error)
        }
    }
    let store = place.open();
    let own: Result<(), Trouble> = store.write_blocking(|_| Err(Trouble::NoSuchClient));
    assert_eq!(own, Err(Trouble::NoSuchClient));
    let of_the_store: Result<u64, Trouble> = store.read_blocking(|tx| Ok(add(tx, 1, "comb")?));
    assert_eq!(of_the_store, Err(Trouble::Store(Error::ReadOnly)));
}

fn closed_store_refuses(place: &Place) {
    let store = place.open();
    let other = store.clone();
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(store.close());
    runtime.block_on(store.close());
    assert_eq!(other.write_blocking(|tx| add(tx, 1, "comb")), Err(Error::Closed));
    assert_eq!(
        other.read_blocking(|tx| tx.execute("select 1", &[])),
        Err(Error::Closed)
    );
}

fn counts_of_changed_rows(place: &Place) {
    let counts = place.open().write_blocking(|tx| {
        add(tx, 1, "comb")?;
        add(tx, 2, "towel")?;
        let kept = tx.execute(
            "insert into item (id, name) values ($1, $2) on conflict (id) do nothing",
            params![2i64, "brush"],
        )?;
        let changed = tx.execute("update item set done = $1", params![true])?;
        let gone = tx.execute("delete from item where id = $1", params![7i64])?;
        Ok::<_, Error>((kept, changed, gone))
    });
    assert_eq!(counts, Ok((0, 2, 0)));
}
