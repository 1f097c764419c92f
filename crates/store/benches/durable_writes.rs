//! How many one-row transactions a second are on the disk when the call returns, with and without a leaf.
//!
//! `cargo bench -p shirma-store`. Files lie in the build folder, because the system's temporary folder may be memory.
#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "measures time and tells it"
)]

use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use shirma_audit::{Act, Actor, ActorKind, Leaf, Object};
use shirma_store::cluster::{Cluster, Durability};
use shirma_store::{Error, Migration, Schema, Store, Target, Tx, params};

const SCHEMA: Schema = Schema {
    name: "bench",
    migrations: &[Migration {
        version: 1,
        name: "row",
        sql: "create table note (id bigserial primary key, body bytea not null);",
    }],
    audit: true,
};
/// Bytes of a sealed message of usual length.
const BODY: [u8; 300] = [7; 300];
/// Each figure is taken over so long.
const MEASURED: Duration = Duration::from_secs(3);

fn main() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let file = tempfile::tempdir_in(folder).expect("the build folder can be written");
    measure(
        "SQLite",
        &Target::Sqlite {
            path: file.path().join("bench.db"),
        },
    );
    let parent = std::env::var_os("SHIRMA_BENCH_FOLDER");
    let parent = parent.map_or_else(std::env::temp_dir, Into::into);
    let cluster = Cluster::start(&parent, Durability::Full);
    measure("PostgreSQL", &cluster.fresh());
}

fn measure(engine: &str, target: &Target) {
    let store = Store::open(target, &SCHEMA).expect("a new store opens");
    for threads in [1, 8] {
        let plain = rate(threads, || store.write_blocking(insert));
        let with_leaf = rate(threads, || {
            store.write_blocking(|tx| insert(tx).and_then(|_| tx.append(&leaf())))
        });
        let read = rate(threads, || {
            store.read_blocking(|tx| {
                tx.one("select body from note where id = $1", params![1i64], |row| {
                    row.get::<Vec<u8>>(0)
                })
            })
        });
        println!(
            "{engine}, {threads} callers: {plain:.0} writes/s, {with_leaf:.0} writes with a leaf/s, {read:.0} reads/s"
        );
    }
}

fn insert(tx: &mut Tx<'_>) -> Result<u64, Error> {
    tx.execute("insert into note (body) values ($1)", params![&BODY])
}

fn leaf() -> Leaf {
    let actor = Actor::new(ActorKind::System, "bench");
    Leaf::new(
        1_700_000_000_000,
        actor,
        Act::new("note.write"),
        Object::new("note", "1"),
    )
}

fn rate<T>(threads: usize, work: impl Fn() -> Result<T, Error> + Sync) -> f64 {
    let start = Instant::now();
    let done: u32 = thread::scope(|scope| {
        let callers: Vec<_> = (0..threads)
            .map(|_| {
                scope.spawn(|| {
                    let mut done = 0;
                    while start.elapsed() < MEASURED {
                        work().expect("a measured transaction succeeds");
                        done += 1;
                    }
                    done
                })
            })
            .collect();
        callers
            .into_iter()
            .map(|caller| caller.join().expect("a caller does not panic"))
            .sum()
    });
    f64::from(done) / start.elapsed().as_secs_f64()
}
