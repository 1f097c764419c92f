//! SQL whose meaning must not differ between the engines.

use shirma_store::{Error, Sql, params};

use crate::place::{Place, on_both_engines};

on_both_engines! {
    text_sorts_byte_by_byte,
    like_minds_the_case,
    pages_by_row_values,
    upsert_returns_the_row,
    sums_and_counts_are_numbers,
    number_of_a_deleted_row_is_not_given_again,
    text_can_differ_by_engine,
    double_quotes_never_make_a_text,
    boolean_expression_reads_as_bool,
}

const INSERT: &str = "insert into item (id, name) values ($1, $2)";

fn text_sorts_byte_by_byte(place: &Place) {
    let names = ["a-b", "aa", "B", "Я", "ё", "а"];
    let sorted = place.open().write_blocking(move |tx| {
        for (id, name) in (1i64..).zip(names) {
            tx.execute(INSERT, params![id, name])?;
        }
        tx.many("select name from item order by name", &[], |row| row.get::<String>(0))
    });
    let mut expected = names;
    expected.sort_unstable();
    assert_eq!(sorted.unwrap(), expected);
}

fn like_minds_the_case(place: &Place) {
    let found = place.open().write_blocking(|tx| {
        tx.execute(INSERT, params![1i64, "Comb"])?;
        tx.many("select id from item where name like $1", params!["c%"], |row| {
            row.get::<i64>(0)
        })
    });
    assert_eq!(found, Ok(vec![]));
}

fn pages_by_row_values(place: &Place) {
    let page = place.open().write_blocking(|tx| {
        for id in 2..=6i64 {
            tx.execute("insert into counter (id, value) values ($1, $2)", params![id, id / 3])?;
        }
        tx.many(
            "select id from counter where (value, id) < ($3, $1) order by value desc, id desc limit $2",
            params![5i64, 2i64, 1i64],
            |row| row.get::<i64>(0),
        )
    });
    assert_eq!(page, Ok(vec![4, 3]));
}

fn upsert_returns_the_row(place: &Place) {
    let values = place.open().write_blocking(|tx| {
        let mut add = |amount: i64| {
            tx.one(
                "insert into counter (id, value) values ($1, $2)
                 on conflict (id) do update set value = counter.value + excluded.value returning value",
                params![5i64, amount],
                |row| row.get::<i64>(0),
            )
        };
        Ok::<_, Error>((add(10)?, add(7)?))
    });
    assert_eq!(values, Ok((Some(10), Some(17))));
}

fn sums_and_counts_are_numbers(place: &Place) {
    let found = place.open().write_blocking(|tx| {
        tx.execute("insert into counter (id, value) values (2, 40), (3, -100000)", &[])?;
        tx.one(
            "select sum(value), count(*), count(*) filter (where value > 0), max(value), cast(sum(value) as bigint) from counter",
            &[],
            |row| (0..5).map(|column| row.get::<i64>(column)).collect::<Result<Vec<_>, _>>(),
        )
    });
    assert_eq!(found, Ok(Some(vec![-99_960, 3, 1, 40, -99_960])));
}

fn number_of_a_deleted_row_is_not_given_again(place: &Place) {
    let numbers = place.open().write_blocking(|tx| {
        tx.execute(INSERT, params![1i64, "comb"])?;
        let mut numbers = Vec::new();
        for _ in 0..2 {
            numbers.push(tx.one(
                "insert into part (item, amount) values (1, 1) returning id",
                &[],
                |row| row.get::<i64>(0),
            )?);
            tx.execute("delete from part", &[])?;
        }
        Ok::<_, Error>(numbers)
    });
    assert_eq!(numbers, Ok(vec![Some(1), Some(2)]));
}

fn text_can_differ_by_engine(place: &Place) {
    let sql = Sql::by_engine(
        "select id from counter order by id limit 1",
        "select id from counter order by id limit 1 for update skip locked",
    );
    let found = place
        .open()
        .write_blocking(move |tx| tx.one(sql, &[], |row| row.get::<i64>(0)));
    assert_eq!(found, Ok(Some(1)));
}

fn double_quotes_never_make_a_text(place: &Place) {
    let mistaken = place.open().read_blocking(|tx| {
        tx.many(r#"select id from item where name = "comb""#, &[], |row| {
            row.get::<i64>(0)
        })
    });
    assert!(matches!(mistaken, Err(Error::Statement { .. })), "{mistaken:?}");
}

fn boolean_expression_reads_as_bool(place: &Place) {
    let answers = place.open().read_blocking(|tx| {
        tx.one("select value = 0, value is null from counter", &[], |row| {
            Ok((row.get::<bool>(0)?, row.get::<bool>(1)?))
        })
    });
    assert_eq!(answers, Ok(Some((true, false))));
}
