//! The journal's tables: no gaps, no changes, no leaf without its effect.

use std::collections::HashMap;
use std::thread;

use shirma_audit::{
    Act, Actor, ActorKind, Frontier, Hash, Leaf, NodeId, Object, inclusion_proof, leaf_hash, verify_inclusion,
};
use shirma_store::{Engine, Error, Head, KeptLeaf, Store, Tx, params};

use crate::place::{Place, on_both_engines};

on_both_engines! {
    journal_starts_empty,
    stored_tree_is_the_tree_of_the_stored_bytes,
    appends_of_eight_threads_leave_no_gap,
    leaf_of_a_failed_transaction_leaves_no_trace,
    refused_leaf_takes_its_transaction_along,
    rows_of_the_journal_cannot_be_changed,
    read_cannot_append,
    leaves_come_in_pages,
    checkpoints_only_grow,
    damaged_head_stops_the_writing,
}

fn leaf(id: i64) -> Leaf {
    let actor = Actor::new(ActorKind::Staff, "7");
    let object = Object::new("subject", id.to_string());
    Leaf::new(1_700_000_000_000, actor, Act::new("subject.reveal"), object)
}

fn append(store: &Store, count: i64) -> Vec<u64> {
    let append_one = |id| store.write_blocking(move |tx| tx.append(&leaf(id)));
    (0..count).map(|id| append_one(id).unwrap()).collect()
}

fn head(store: &Store) -> Head {
    store.read_blocking(|tx| tx.audit_head()).unwrap()
}

fn leaves(store: &Store) -> Vec<KeptLeaf> {
    store.read_blocking(|tx| tx.audit_leaves(0, 10_000)).unwrap()
}

/// Size and root computed from the bytes alone.
fn recomputed(leaves: &[KeptLeaf]) -> Head {
    let mut frontier = Frontier::new();
    for (expected, kept) in (0u64..).zip(leaves) {
        assert_eq!(kept.seq, expected);
        assert_eq!(Leaf::parse(&kept.body).unwrap().0, expected);
        assert_eq!(leaf_hash(&kept.body), kept.hash);
        frontier.append(kept.hash);
    }
    Head {
        size: frontier.size(),
        root: frontier.root(),
    }
}

fn journal_starts_empty(place: &Place) {
    let store = place.open();
    assert_eq!(head(&store), recomputed(&[]));
    let last = store.read_blocking(|tx| tx.audit_last_checkpoint());
    assert_eq!(last, Ok(None));
}

fn stored_tree_is_the_tree_of_the_stored_bytes(place: &Place) {
    let store = place.open();
    assert_eq!(append(&store, 21), (0..21).collect::<Vec<u64>>());
    drop(store);
    let store = place.open();
    assert_eq!(append(&store, 2), [21, 22]);
    let leaves = leaves(&store);
    let head = head(&store);
    assert_eq!(head, recomputed(&leaves));

    let nodes: HashMap<NodeId, Hash> = store
        .read_blocking(|tx| {
            let mut nodes = HashMap::new();
            for level in 0..6u8 {
                for index in 0..23u64 {
                    let node = NodeId { level, index };
                    nodes.extend(tx.audit_node(node)?.map(|hash| (node, hash)));
                }
            }
            Ok::<_, Error>(nodes)
        })
        .unwrap();
    for kept in &leaves {
        let proof = inclusion_proof(kept.seq, head.size, |node| nodes.get(&node).copied()).unwrap();
        verify_inclusion(kept.hash, kept.seq, head.size, head.root, &proof).unwrap();
    }
}

fn appends_of_eight_threads_leave_no_gap(place: &Place) {
    let store = place.open();
    let mut given: Vec<u64> = thread::scope(|scope| {
        let writers: Vec<_> = (0..8).map(|_| scope.spawn(|| append(&store, 50))).collect();
        writers.into_iter().flat_map(|writer| writer.join().unwrap()).collect()
    });
    given.sort_unstable();
    assert_eq!(given, (0..400).collect::<Vec<u64>>());
    assert_eq!(head(&store), recomputed(&leaves(&store)));
}

#[test]
fn appends_of_two_programs_leave_no_gap() {
    let place = Place::postgres();
    let stores = [place.open(), place.open()];
    thread::scope(|scope| {
        for store in &stores {
            scope.spawn(move || append(store, 100));
        }
    });
    let leaves = leaves(&stores[0]);
    assert_eq!(leaves.len(), 200);
    assert_eq!(head(&stores[1]), recomputed(&leaves));
}

fn leaf_of_a_failed_transaction_leaves_no_trace(place: &Place) {
    let store = place.open();
    append(&store, 3);
    let before = head(&store);
    let failed: Result<(), Error> = store.write_blocking(|tx| {
        assert_eq!(tx.append(&leaf(3))?, 3);
        assert_eq!(tx.append(&leaf(4))?, 4);
        Err(Error::TooManyRows)
    });
    assert_eq!(failed, Err(Error::TooManyRows));
    assert_eq!(head(&store), before);
    assert_eq!(append(&store, 1), [3]);
    assert_eq!(head(&store), recomputed(&leaves(&store)));
}

fn refused_leaf_takes_its_transaction_along(place: &Place) {
    let store = place.open();
    let swallowed: Result<(), Error> = store.write_blocking(|tx| {
        tx.execute("insert into item (id) values (1)", &[])?;
        let mut personal = leaf(1);
        personal.object.id = "Анна".into();
        assert!(matches!(tx.append(&personal), Err(Error::Leaf(_))));
        Ok(())
    });
    assert_eq!(swallowed, Err(Error::Aborted));
    let count = store.read_blocking(|tx| tx.one("select count(*) from item", &[], |row| row.get::<i64>(0)));
    assert_eq!(count, Ok(Some(0)));
}

fn rows_of_the_journal_cannot_be_changed(place: &Place) {
    let store = place.open();
    append(&store, 4);
    store
        .write_blocking(|tx| tx.audit_put_checkpoint(4, "note", 1))
        .unwrap();
    let common = [
        "update audit_leaf set seq = 9 where seq = 3",
        "delete from audit_leaf where seq = 3",
        "delete from audit_leaf",
        "insert into audit_leaf (seq, body, hash) select 3, body, hash from audit_leaf where seq = 0
         on conflict (seq) do update set body = excluded.body",
        "update audit_node set level = 9",
        "delete from audit_node",
        "delete from audit_head",
        "update audit_checkpoint set size = 1",
        "delete from audit_checkpoint",
    ];
    let own = match store.engine() {
        Engine::Sqlite => {
            "insert or replace into audit_leaf (seq, body, hash) select 3, body, hash from audit_leaf where seq = 0"
        }
        Engine::Postgres => "truncate audit_leaf",
    };
    let before = leaves(&store);
    for sql in common.into_iter().chain([own]) {
        let refused = store.write_blocking(move |tx| tx.execute(sql, &[]));
        assert_eq!(refused, Err(Error::AppendOnly), "{sql}");
    }
    assert_eq!(leaves(&store), before);
}

fn read_cannot_append(place: &Place) {
    let store = place.open();
    let appended = store.read_blocking(|tx| tx.append(&leaf(1)));
    assert_eq!(appended, Err(Error::ReadOnly));
    assert_eq!(head(&store).size, 0);
}

fn leaves_come_in_pages(place: &Place) {
    let store = place.open();
    append(&store, 10);
    let page = |from, limit| {
        let page = store.read_blocking(move |tx| tx.audit_leaves(from, limit)).unwrap();
        page.into_iter().map(|kept| kept.seq).collect::<Vec<_>>()
    };
    assert_eq!(page(0, 4), [0, 1, 2, 3]);
    assert_eq!(page(8, 4), [8, 9]);
    assert_eq!(page(10, 4), [0u64; 0]);
}

fn checkpoints_only_grow(place: &Place) {
    let store = place.open();
    append(&store, 5);
    let put = |size, at| store.write_blocking(move |tx: &mut Tx<'_>| tx.audit_put_checkpoint(size, "note", at));
    assert_eq!(put(6, 1), Err(Error::Checkpoint { size: 6 }));
    put(3, 2).unwrap();
    assert_eq!(put(2, 3), Err(Error::Checkpoint { size: 2 }));
    put(3, 4).unwrap();
    put(5, 5).unwrap();
    let kept = store.read_blocking(|tx| tx.audit_checkpoints(0, 100)).unwrap();
    let kept: Vec<_> = kept
        .into_iter()
        .map(|kept| (kept.size, kept.note, kept.created_at_ms))
        .collect();
    assert_eq!(
        kept,
        [(3, "note".into(), 2), (3, "note".into(), 4), (5, "note".into(), 5)]
    );
    let last = store.read_blocking(|tx| tx.audit_last_checkpoint()).unwrap();
    assert_eq!(last.map(|last| last.created_at_ms), Some(5));
}

fn damaged_head_stops_the_writing(place: &Place) {
    let store = place.open();
    append(&store, 3);
    store
        .write_blocking(|tx| tx.execute("update audit_head set size = $1", params![2i64]))
        .unwrap();
    let appended = store.write_blocking(|tx| tx.append(&leaf(3)));
    assert_eq!(appended, Err(Error::Corrupt));
    assert!(store.is_stopped());
    let next = store.write_blocking(|tx| tx.execute("insert into item (id) values (1)", &[]));
    assert_eq!(next, Err(Error::Stopped));
    assert_eq!(head(&store).size, 2, "reading goes on");
}
