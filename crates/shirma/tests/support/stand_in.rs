//! The other side of an outgoing call: a listener on the loopback that records each call and answers by script.
//!
//! One thread a connection, one call a connection. What a call is answered is decided by the owner of the stand-in
//! (`telegram`, `max`, `model`); here are the bytes.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::patience::{LONGEST, wait_for};

/// One call as it arrived.
#[derive(Clone, Debug)]
pub(crate) struct Seen {
    pub(crate) method: String,
    /// With the query.
    pub(crate) path: String,
    /// Names in lower case.
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
    /// Head and body together, exactly.
    pub(crate) bytes: Vec<u8>,
    /// When it had arrived.
    pub(crate) at: Instant,
}

impl Seen {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(other, _)| other == name)
            .map(|(_, value)| value.as_str())
    }

    /// The body as JSON; null when it is none.
    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }

    /// A field of the body by name, however the body is written: JSON or a form.
    pub(crate) fn field(&self, name: &str) -> Option<serde_json::Value> {
        if let Some(value) = self.json().get(name) {
            return Some(value.clone());
        }
        let form = String::from_utf8_lossy(&self.body).into_owned();
        let value = form
            .split('&')
            .filter_map(|pair| pair.split_once('='))
            .find_map(|(key, value)| (key == name).then(|| decoded(value)))?;
        // Numbers stand as they are, words may be none of JSON.
        Some(serde_json::from_str(&value).unwrap_or(serde_json::Value::String(value)))
    }

    /// The path without the query.
    pub(crate) fn place(&self) -> &str {
        self.path.split('?').next().unwrap_or(&self.path)
    }

    /// A value of the query, as written.
    pub(crate) fn query(&self, name: &str) -> Option<&str> {
        let query = self.path.split_once('?')?.1;
        query.split('&').find_map(|pair| {
            pair.split_once('=')
                .filter(|(key, _)| *key == name)
                .map(|(_, value)| value)
        })
    }
}

/// A value of a form without its escapes.
fn decoded(value: &str) -> String {
    let mut bytes = Vec::with_capacity(value.len());
    let mut rest = value.bytes();
    while let Some(byte) = rest.next() {
        let escaped = (byte == b'%').then(|| {
            let digits = [rest.next(), rest.next()].map(Option::unwrap_or_default);
            u8::from_str_radix(&String::from_utf8_lossy(&digits), 16).unwrap_or(b'?')
        });
        bytes.push(escaped.unwrap_or(if byte == b'+' { b' ' } else { byte }));
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// What a call gets.
#[derive(Clone, Debug)]
pub(crate) enum Reply {
    Answer {
        status: u16,
        headers: Vec<(String, String)>,
        body: Vec<u8>,
    },
    /// The answer after a while.
    Slow(Duration, Box<Reply>),
    /// The connection ends without a word: whether the call was executed stays unknown.
    Dropped,
}

impl Reply {
    pub(crate) fn json(status: u16, body: &serde_json::Value) -> Reply {
        Reply::bytes(status, body.to_string())
    }

    /// A body exactly as given, called JSON.
    pub(crate) fn bytes(status: u16, body: impl Into<Vec<u8>>) -> Reply {
        let headers = vec![("Content-Type".to_owned(), "application/json".to_owned())];
        Reply::Answer {
            status,
            headers,
            body: body.into(),
        }
    }

    pub(crate) fn with_header(mut self, name: &str, value: &str) -> Reply {
        if let Reply::Answer { headers, .. } = &mut self {
            headers.push((name.to_owned(), value.to_owned()));
        }
        self
    }
}

type Decide = dyn Fn(&Seen) -> Reply + Send + Sync;

/// A listener that answers; it stays for the rest of the test process.
pub(crate) struct StandIn {
    address: SocketAddr,
    seen: Arc<Mutex<Vec<Seen>>>,
}

impl StandIn {
    /// Starts on a free port; `decide` is asked once a call, after the call was recorded.
    pub(crate) fn start(decide: impl Fn(&Seen) -> Reply + Send + Sync + 'static) -> StandIn {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port on the loopback");
        let address = listener.local_addr().expect("a bound port has a number");
        let seen = Arc::new(Mutex::new(Vec::new()));
        let (calls, decide) = (Arc::clone(&seen), Arc::new(decide) as Arc<Decide>);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (calls, decide) = (Arc::clone(&calls), Arc::clone(&decide));
                std::thread::spawn(move || serve(stream, &calls, decide.as_ref()));
            }
        });
        StandIn { address, seen }
    }

    /// `http://127.0.0.1:…` without a slash at the end.
    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Every call so far, oldest first.
    pub(crate) fn calls(&self) -> Vec<Seen> {
        locked(&self.seen).clone()
    }

    /// Waits until `count` calls satisfy `wanted` and gives them.
    pub(crate) fn wait_for_calls(&self, count: usize, what: &str, wanted: impl Fn(&Seen) -> bool) -> Vec<Seen> {
        wait_for(what, || {
            let found: Vec<Seen> = self.calls().into_iter().filter(&wanted).collect();
            (found.len() >= count).then_some(found)
        })
    }
}

/// A lock that another test's panic does not poison.
pub(crate) fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn serve(stream: TcpStream, calls: &Mutex<Vec<Seen>>, decide: &Decide) {
    // A caller may go away at any moment, a killed one surely does.
    let _gone = stream.set_read_timeout(Some(LONGEST));
    let Some(seen) = read_call(&stream) else { return };
    locked(calls).push(seen.clone());
    write_reply(&stream, decide(&seen));
}

fn read_call(stream: &TcpStream) -> Option<Seen> {
    let mut reader = BufReader::new(stream);
    let mut bytes = Vec::new();
    while !bytes.ends_with(b"\r\n\r\n") {
        if reader.read_until(b'\n', &mut bytes).ok()? == 0 {
            return None;
        }
    }
    let head = String::from_utf8_lossy(&bytes).into_owned();
    let mut lines = head.lines();
    let mut first = lines.next()?.split(' ');
    let (method, path) = (first.next()?.to_owned(), first.next()?.to_owned());
    let pairs = lines.filter_map(|line| line.split_once(':'));
    let headers: Vec<(String, String)> = pairs
        .map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()))
        .collect();
    let length = headers
        .iter()
        .find(|(name, _)| name == "content-length")
        .and_then(|(_, value)| value.parse().ok());
    let mut body = vec![0; length.unwrap_or(0)];
    reader.read_exact(&mut body).ok()?;
    bytes.extend(&body);
    Some(Seen {
        method,
        path,
        headers,
        body,
        bytes,
        at: Instant::now(),
    })
}

fn write_reply(mut stream: &TcpStream, reply: Reply) {
    match reply {
        Reply::Dropped => {}
        Reply::Slow(pause, reply) => {
            std::thread::sleep(pause);
            write_reply(stream, *reply);
        }
        Reply::Answer { status, headers, body } => {
            let mut head = format!(
                "HTTP/1.1 {status} Scripted\r\nContent-Length: {}\r\nConnection: close\r\n",
                body.len()
            );
            for (name, value) in headers {
                head.push_str(&format!("{name}: {value}\r\n"));
            }
            head.push_str("\r\n");
            let _gone = stream.write_all(&[head.as_bytes(), &body].concat());
        }
    }
}
