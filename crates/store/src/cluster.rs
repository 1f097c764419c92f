//! A private PostgreSQL server for tests, with the feature `testing` only.
//!
//! [`shared`] starts one server for a test process; [`Cluster::fresh`] gives each test an empty schema in it and
//! [`Cluster::fresh_database`] an empty database. The server listens on a socket in its own folder and on no port. It never outlives the process: a guard shell waits
//! for the end of a pipe that the process holds, which comes however the process dies, then stops the server and
//! removes the folder. A machine without PostgreSQL fails the tests; they are never skipped.
#![expect(
    clippy::disallowed_methods,
    reason = "starts the server of the tests, never part of the product"
)]

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use postgres::{Client, NoTls, SimpleQueryMessage};

use crate::target::Target;

/// Said when no server is found.
const HINT: &str = "PostgreSQL is needed for this test: apt-get install -y postgresql";
/// The account the package makes; the server refuses to run as root.
const ACCOUNT: &str = "postgres";

/// Arguments: folder of the programs, `on` or `off` for durability, folder to work in. Says `ready FOLDER` or
/// `failed …`. Signals meant for the tests must not reach the server: only the end of the pipe stops it. The default
/// language is one whose order differs from the order of bytes, as on the machines of customers.
const GUARD: &str = r#"
trap '' INT TERM HUP
bin=$1; durable=$2; parent=$3
folder=$(mktemp -d "$parent/shirma-postgres.XXXXXX") || { echo "failed: no folder in $parent"; exit 1; }
give_up() { echo "failed: $1: $(tail -n 3 "$folder/log" | tr '\n' ' ')"; rm -rf "$folder"; exit 1; }
locale=--locale=C
"$bin/initdb" --help | grep -q icu-locale && locale='--locale=C --locale-provider=icu --icu-locale=ru'
"$bin/initdb" -D "$folder/data" -U shirma -A trust -E UTF8 --no-sync $locale >"$folder/log" 2>&1 || give_up initdb
"$bin/postgres" -D "$folder/data" -k "$folder" -c listen_addresses= -c fsync="$durable" -c full_page_writes="$durable" \
    -c shared_buffers=16MB -c max_connections=300 -c max_wal_size=256MB >"$folder/log" 2>&1 </dev/null &
server=$!
until "$bin/pg_isready" -q -h "$folder" -U shirma -d postgres; do
    kill -0 "$server" 2>/dev/null || give_up postgres
    sleep 0.02
done
echo "ready $folder"
while read -r _; do :; done
"$bin/pg_ctl" stop -s -m immediate -D "$folder/data" >/dev/null 2>&1
wait "$server"
rm -rf "$folder"
"#;

/// Whether the server syncs to the disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Durability {
    /// As in production: for measuring.
    Full,
    /// Nothing survives a power cut: for the speed of tests.
    None,
}

/// A running server.
#[derive(Debug)]
pub struct Cluster {
    folder: PathBuf,
    guard: Child,
    /// How many schemas and databases were given out.
    given: AtomicU32,
}

/// The server of this process, started when first asked for.
pub fn shared() -> &'static Cluster {
    static SHARED: OnceLock<Cluster> = OnceLock::new();
    SHARED.get_or_init(|| Cluster::start(&std::env::temp_dir(), Durability::None))
}

impl Cluster {
    /// Starts a server in a new folder under `parent`. Panics when that fails: a test cannot go on.
    pub fn start(parent: &Path, durability: Durability) -> Cluster {
        let programs = find_programs().expect(HINT);
        let mut guard = Command::new(if is_root() { "setpriv" } else { "sh" });
        if is_root() {
            guard.args(["--reuid", ACCOUNT, "--regid", ACCOUNT, "--init-groups", "sh"]);
        }
        guard.args(["-c", GUARD, "sh"]).arg(programs).arg(match durability {
            Durability::Full => "on",
            Durability::None => "off",
        });
        // A group of its own: Ctrl-C at the tests ends the pipe, and the guard cleans up in peace.
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut guard, 0);
        let mut guard = guard
            .arg(parent)
            .current_dir(parent)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("`sh` (and `setpriv` for root) must be there to start PostgreSQL");
        let stdout = guard.stdout.take().expect("stdout is piped");
        let mut answer = String::new();
        BufReader::new(stdout)
            .read_line(&mut answer)
            .expect("the guard writes text");
        let folder = match answer.trim_end().strip_prefix("ready ") {
            Some(folder) => PathBuf::from(folder),
            None => panic!("{HINT}\nthe server that was found did not start: {answer}"),
        };
        Cluster {
            folder,
            guard,
            given: AtomicU32::new(0),
        }
    }

    /// The folder of the server, with its socket.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The address of its first database.
    pub fn url(&self) -> String {
        self.url_of("postgres")
    }

    /// The address of a database by name.
    pub fn url_of(&self, database: &str) -> String {
        format!("host='{}' user=shirma dbname={database}", self.folder.display())
    }

    /// Makes an empty database and gives its name: for a whole program, which names its schemas itself.
    pub fn fresh_database(&self) -> String {
        self.copy_database("template1")
    }

    /// Copies a database that nobody uses at the moment and gives the name of the copy.
    pub fn copy_database(&self, original: &str) -> String {
        let name = format!("house_{}", self.given.fetch_add(1, Ordering::Relaxed));
        self.run(&format!("create database {name} template {original}"));
        name
    }

    /// A target that nobody used before.
    pub fn fresh(&self) -> Target {
        let number = self.given.fetch_add(1, Ordering::Relaxed);
        Target::Postgres {
            url: self.url(),
            schema: format!("test_{number}"),
        }
    }

    /// Runs SQL over a connection of its own and gives the first column of all rows as text. Panics when it fails.
    pub fn run(&self, sql: &str) -> Vec<String> {
        let (url, sql) = (self.url(), sql.to_owned());
        // The caller may be on a thread of a runtime, where the driver must not run.
        let thread = std::thread::spawn(move || {
            let mut client = Client::connect(&url, NoTls).expect("the server of the tests answers");
            client.simple_query(&sql).expect("the SQL of a test is right")
        });
        let messages = thread.join().expect("the SQL of a test is right");
        messages
            .iter()
            .filter_map(|message| match message {
                SimpleQueryMessage::Row(row) => row.get(0).map(str::to_owned),
                _ => None,
            })
            .collect()
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        // The end of the pipe is the sign to stop.
        drop(self.guard.stdin.take());
        let _ = self.guard.wait();
    }
}

fn is_root() -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        // The entry of a process belongs to whom it runs as.
        std::fs::metadata("/proc/self").is_ok_and(|process| process.uid() == 0)
    }
    #[cfg(not(unix))]
    false
}

/// The newest set of server programs, in the package's folder or in `PATH`.
fn find_programs() -> Option<PathBuf> {
    let packaged = std::fs::read_dir("/usr/lib/postgresql").ok();
    let newest = packaged
        .into_iter()
        .flatten()
        .filter_map(|entry| {
            let version: u32 = entry.ok()?.file_name().to_str()?.parse().ok()?;
            Some((version, PathBuf::from(format!("/usr/lib/postgresql/{version}/bin"))))
        })
        .filter(|(_, folder)| folder.join("initdb").is_file())
        .max();
    if let Some((_, folder)) = newest {
        return Some(folder);
    }
    std::env::split_paths(&std::env::var_os("PATH")?)
        .find(|folder| folder.join("initdb").is_file() && folder.join("postgres").is_file())
}
