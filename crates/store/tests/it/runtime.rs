//! The async and the blocking face of one store.

use std::sync::mpsc;

use shirma_store::{Error, Store, WRITE_QUEUE};

use crate::place::{Place, on_both_engines};

on_both_engines! {
    many_tasks_share_the_store,
    blocking_face_works_on_a_thread_of_a_runtime,
    store_opens_and_drops_inside_a_runtime,
    write_whose_caller_left_still_happens,
    full_queue_makes_callers_wait_and_loses_nothing,
    last_clone_may_be_dropped_by_a_transaction,
}

fn increment(tx: &mut shirma_store::Tx<'_>) -> Result<u64, Error> {
    tx.execute("update counter set value = value + 1 where id = 1", &[])
}

fn count(store: &Store) -> i64 {
    let value =
        store.read_blocking(|tx| tx.one("select value from counter where id = 1", &[], |row| row.get::<i64>(0)));
    value.unwrap().unwrap()
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .build()
        .unwrap()
}

fn many_tasks_share_the_store(place: &Place) {
    let store = place.open();
    runtime().block_on(async {
        let tasks: Vec<_> = (0..20)
            .map(|_| {
                let store = store.clone();
                tokio::spawn(async move {
                    for _ in 0..10 {
                        store.write(increment).await?;
                        store.read(|tx| tx.audit_head()).await?;
                    }
                    Ok::<_, Error>(())
                })
            })
            .collect();
        for task in tasks {
            task.await.unwrap().unwrap();
        }
    });
    assert_eq!(count(&store), 200);
}

/// More rounds than the budget tokio gives a task before it must yield.
fn blocking_face_works_on_a_thread_of_a_runtime(place: &Place) {
    let store = place.open();
    let task = {
        let store = store.clone();
        async move {
            for _ in 0..300 {
                store.write_blocking(increment).unwrap();
            }
        }
    };
    let runtime = runtime();
    runtime.block_on(async { tokio::spawn(task).await.unwrap() });
    assert_eq!(count(&store), 300);
}

fn store_opens_and_drops_inside_a_runtime(place: &Place) {
    for round in 1..=2 {
        let counted = runtime().block_on(async {
            let store = place.open();
            store.write(increment).await.unwrap();
            let value = "select value from counter where id = 1";
            store.read(move |tx| tx.one(value, &[], |row| row.get::<i64>(0))).await
        });
        assert_eq!(counted, Ok(Some(round)));
    }
}

fn write_whose_caller_left_still_happens(place: &Place) {
    let store = place.open();
    let (started, has_started) = mpsc::channel();
    let (go_on, may_go_on) = mpsc::channel::<()>();
    runtime().block_on(async {
        let leaving = store.clone();
        let caller = tokio::spawn(async move {
            let work = move |tx: &mut shirma_store::Tx<'_>| {
                started.send(()).unwrap();
                may_go_on.recv().unwrap();
                increment(tx)
            };
            leaving.write(work).await
        });
        has_started.recv().unwrap();
        caller.abort();
        assert!(caller.await.unwrap_err().is_cancelled());
        go_on.send(()).unwrap();
        // One more write: PostgreSQL and SQLite both run it after the first has ended.
        store.write(increment).await.unwrap();
    });
    assert_eq!(count(&store), 2);
}

fn full_queue_makes_callers_wait_and_loses_nothing(place: &Place) {
    let store = place.open();
    let writes = WRITE_QUEUE + 50;
    runtime().block_on(async {
        let tasks: Vec<_> = (0..writes)
            .map(|_| {
                let store = store.clone();
                tokio::spawn(async move { store.write(increment).await })
            })
            .collect();
        for task in tasks {
            task.await.unwrap().unwrap();
        }
    });
    assert_eq!(count(&store), writes as i64);
}

fn last_clone_may_be_dropped_by_a_transaction(place: &Place) {
    let store = place.open();
    let (done, is_done) = mpsc::channel();
    let (go_on, may_go_on) = mpsc::channel::<()>();
    let last = store.clone();
    let runtime = runtime();
    let caller = runtime.spawn(async move {
        let inside = last.clone();
        let work = move |tx: &mut shirma_store::Tx<'_>| {
            may_go_on.recv().unwrap();
            increment(tx)?;
            drop(inside);
            done.send(()).unwrap();
            Ok::<_, Error>(())
        };
        last.write(work).await
    });
    drop(store);
    caller.abort();
    go_on.send(()).unwrap();
    let outcome = is_done.recv();
    // Either the transaction was queued before its caller was stopped, or it never began.
    assert!(outcome.is_ok() || outcome == Err(mpsc::RecvError));
}
