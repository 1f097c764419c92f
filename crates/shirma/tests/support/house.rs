//! The real program in a folder of its own: started as a user starts it, on a port it chooses, and stopped or killed.
//!
//! Everything it writes stands under one temporary folder, so that a sweep over the folder sees all of it: settings,
//! data, keys, and what it printed.

use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::net::SocketAddr;
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::time::Duration;

use tempfile::TempDir;

use shirma_store::Engine;

use super::canary::{Canary, Hit, sweep_bytes, sweep_folder};
use super::databases::Databases;
use super::http::{self, Request, Response};
use super::patience::{LONGEST, wait_up_to};

/// How long a program may take to end after it was asked to.
const LONGEST_GOODBYE: Duration = Duration::from_secs(20);

/// A folder with the program's settings and data; the program in it runs, or not.
pub(crate) struct House {
    folder: TempDir,
    databases: Option<Databases>,
    /// The settings and secrets it was given.
    furniture: (String, String),
    child: Option<Child>,
    address: SocketAddr,
    starts: u32,
}

impl House {
    /// Starts with the defaults of a first start.
    pub(crate) fn fresh(engine: Engine) -> House {
        House::furnished(engine, "", "")
    }

    /// Starts with these texts as `shirma.toml` and `shirma.secrets.toml`.
    pub(crate) fn furnished(engine: Engine, settings: &str, secrets: &str) -> House {
        let mut house = House::prepared(engine, settings, secrets);
        house.start();
        house
    }

    /// Writes the texts, starts nothing.
    pub(crate) fn prepared(engine: Engine, settings: &str, secrets: &str) -> House {
        let databases = match engine {
            Engine::Sqlite => None,
            Engine::Postgres => Some(Databases::fresh()),
        };
        House::built(databases, settings, secrets)
    }

    fn built(databases: Option<Databases>, settings: &str, secrets: &str) -> House {
        let folder = tempfile::Builder::new()
            .prefix("shirma-house-")
            .tempdir()
            .expect("a temporary folder");
        let (mut settings_text, mut secrets_text) = (settings.to_owned(), secrets.to_owned());
        if let Some(databases) = &databases {
            settings_text += databases.settings();
            secrets_text += &databases.secrets();
        }
        fs::write(folder.path().join("shirma.toml"), settings_text).expect("the settings are written");
        let mut file = OpenOptions::new();
        let file = file
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(folder.path().join("shirma.secrets.toml"));
        file.expect("a new file")
            .write_all(secrets_text.as_bytes())
            .expect("the secrets are written");
        House {
            folder,
            databases,
            furniture: (settings.to_owned(), secrets.to_owned()),
            child: None,
            address: SocketAddr::from(([127, 0, 0, 1], 0)),
            starts: 0,
        }
    }

    /// Starts the program and waits until it is ready.
    pub(crate) fn start(&mut self) {
        assert!(self.child.is_none(), "the program runs already");
        self.starts += 1;
        let stream = |name: &str| File::create(self.said_file(name)).expect("a file for what the program says");
        let mut command = self.command(&[
            "serve",
            "--config",
            "shirma.toml",
            "--data",
            "data",
            "--listen",
            "127.0.0.1:0",
        ]);
        command.stdin(Stdio::null()).stdout(stream("out")).stderr(stream("err"));
        self.child = Some(command.spawn().expect("the program starts"));
        let address = self.wait_while_alive("its address", |house| listening_address(house.child.as_ref()?.id()));
        self.address = address;
        self.wait_while_alive("readiness", |house| {
            http::call(address, &Request::get("/readyz"))
                .is_ok_and(|answer| answer.status == 200)
                .then_some(house)?;
            Some(())
        });
    }

    fn wait_while_alive<T>(&mut self, what: &str, mut ask: impl FnMut(&House) -> Option<T>) -> T {
        let mut ended = None;
        let answer = wait_up_to(LONGEST, || {
            ended = self.child.as_mut().and_then(|child| child.try_wait().ok().flatten());
            if ended.is_some() {
                Some(None)
            } else {
                ask(self).map(Some)
            }
        });
        match (answer.flatten(), ended) {
            (Some(answer), _) => answer,
            (None, Some(status)) => panic!("the program ended with {status}; it said:\n{}", self.said()),
            (None, None) => panic!("waited in vain for {what}; the program said:\n{}", self.said()),
        }
    }

    /// Where it listens now; another port after each start.
    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// One request; the program is expected to be there.
    pub(crate) fn call(&self, request: &Request) -> Response {
        http::call(self.address, request).unwrap_or_else(|error| {
            panic!(
                "{} {}: {error}; the program said:\n{}",
                request.method,
                request.path,
                self.said()
            )
        })
    }

    /// The folder with everything the program wrote.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The data folder.
    pub(crate) fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// The one-time sign-in link that the first start printed, as a path.
    pub(crate) fn sign_in_path(&self) -> String {
        let said = self.said();
        let links = said.split_whitespace().filter_map(|word| word.split_once("://"));
        let paths = links.filter_map(|(_, rest)| rest.find('/').map(|slash| &rest[slash..]));
        let link = paths.rev().find(|path| path.len() > 16);
        link.unwrap_or_else(|| panic!("no sign-in link in:\n{said}")).to_owned()
    }

    /// Another house with a copy of everything this one keeps; the program may run in neither meanwhile.
    pub(crate) fn twin(&self) -> House {
        assert!(self.child.is_none(), "the program still runs");
        let (settings, secrets) = &self.furniture;
        let twin = House::built(self.databases.as_ref().map(Databases::copied), settings, secrets);
        copy_folder(&self.data(), &twin.data());
        twin
    }

    /// Looks for canaries in everything the program wrote: its folder and, on a server, the files of its databases.
    pub(crate) fn sweep(&self, canaries: &[Canary]) -> Vec<Hit> {
        let mut hits = sweep_folder(self.folder(), canaries);
        for path in self.databases.iter().flat_map(Databases::files) {
            let place = path.display().to_string();
            hits.extend(sweep_bytes(&place, &fs::read(&path).unwrap_or_default(), canaries));
        }
        hits
    }

    /// Files of its databases that do not lie in its folder: those of a server.
    pub(crate) fn database_files(&self) -> Vec<PathBuf> {
        self.databases.iter().flat_map(Databases::files).collect()
    }

    /// Everything it has printed since the folder was made, both streams.
    pub(crate) fn said(&self) -> String {
        let names = (1..=self.starts).flat_map(|start| [(start, "out"), (start, "err")]);
        names
            .map(|(start, name)| read_lossy(&self.folder.path().join(format!("said-{start}.{name}"))))
            .collect()
    }

    fn said_file(&self, name: &str) -> PathBuf {
        self.folder.path().join(format!("said-{}.{name}", self.starts))
    }

    /// Asks the program to end and waits for it.
    pub(crate) fn stop(&mut self) -> ExitStatus {
        let mut child = self.child.take().expect("the program runs");
        signal(&child, "TERM");
        let ended = wait_up_to(LONGEST_GOODBYE, || child.try_wait().expect("our own child"));
        ended.unwrap_or_else(|| {
            let _gone = child.kill();
            let _reaped = child.wait();
            panic!(
                "still running {} s after SIGTERM; the program said:\n{}",
                LONGEST_GOODBYE.as_secs(),
                self.said()
            )
        })
    }

    /// Ends the program without a warning: SIGKILL.
    pub(crate) fn kill(&mut self) {
        let mut child = self.child.take().expect("the program runs");
        child.kill().expect("our own child");
        child.wait().expect("our own child");
    }

    /// Memory held by the running program, in bytes.
    pub(crate) fn resident_bytes(&self) -> u64 {
        let child = self.child.as_ref().expect("the program runs");
        let status =
            fs::read_to_string(format!("/proc/{}/status", child.id())).expect("a running process has a status");
        let line = status
            .lines()
            .find_map(|line| line.strip_prefix("VmRSS:"))
            .expect("the status tells the memory");
        let kibibytes: u64 = line.trim().trim_end_matches(" kB").parse().expect("a number of kB");
        kibibytes * 1024
    }

    /// Runs another command of the program in this folder to its end.
    pub(crate) fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments)
            .stdin(Stdio::null())
            .output()
            .expect("the program starts")
    }

    /// A command of the program with the folder as the working one and nothing from the outside but the path.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(program());
        command.args(arguments).current_dir(self.folder.path()).env_clear();
        command
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("HOME", self.folder.path());
        // What the program might leave in a temporary folder stands under the sweep as well.
        command.env("TMPDIR", self.folder.path());
        command
    }
}

impl Drop for House {
    fn drop(&mut self) {
        if let Some(mut child) = self.child.take() {
            let _gone = child.kill();
            let _reaped = child.wait();
        }
        if std::thread::panicking() {
            eprintln!("the program said:\n{}", self.said());
        }
    }
}

/// The built program: told by cargo to tests, standing beside the folder of an example otherwise.
pub(crate) fn program() -> PathBuf {
    if let Some(path) = option_env!("CARGO_BIN_EXE_shirma") {
        return PathBuf::from(path);
    }
    let here = std::env::current_exe().expect("a running program stands somewhere");
    let beside = here.parent().and_then(Path::parent).map(|folder| folder.join("shirma"));
    beside
        .filter(|path| path.is_file())
        .expect("the product is built beside this program: `cargo build -p shirma`")
}

pub(crate) fn signal(child: &Child, name: &str) {
    let status = Command::new("sh")
        .args(["-c", &format!("kill -{name} {}", child.id())])
        .status();
    assert!(status.expect("a shell").success(), "the program is gone already");
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir(to).expect("a new folder");
    fs::set_permissions(to, fs::Permissions::from_mode(0o700)).expect("our own folder");
    for entry in fs::read_dir(from).expect("a folder").flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy_folder(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("a copy");
        }
    }
}

fn read_lossy(path: &Path) -> String {
    String::from_utf8_lossy(&fs::read(path).unwrap_or_default()).into_owned()
}

/// The address on which this process listens, as the kernel tells it: it may print another one, meant for clients.
fn listening_address(process: u32) -> Option<SocketAddr> {
    const LISTENING: &str = "0A";
    let links = fs::read_dir(format!("/proc/{process}/fd")).ok()?.flatten();
    let own: Vec<String> = links
        .filter_map(|link| Some(fs::read_link(link.path()).ok()?.display().to_string()))
        .collect();
    let sockets = fs::read_to_string(format!("/proc/{process}/net/tcp")).ok()?;
    sockets.lines().find_map(|line| {
        let fields: Vec<&str> = line.split_whitespace().collect();
        let (local, state, inode) = (fields.get(1)?, fields.get(3)?, fields.get(9)?);
        if *state != LISTENING || !own.contains(&format!("socket:[{inode}]")) {
            return None;
        }
        let port = u16::from_str_radix(local.split_once(':')?.1, 16).ok()?;
        Some(SocketAddr::from(([127, 0, 0, 1], port)))
    })
}
