//! A tiny server on the loopback: takes whole requests, answers with given bytes, remembers what it saw.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

/// A running server; its thread ends with the test process.
pub(crate) struct Server {
    pub(crate) port: u16,
    requests: Receiver<Vec<u8>>,
}

impl Server {
    /// Answers every connection with these bytes and closes it.
    pub(crate) fn answering(answer: impl Into<Vec<u8>>) -> Server {
        let answer = answer.into();
        Server::handling(move |stream, saw| {
            saw(read_request(stream));
            let _ = stream.write_all(&answer);
        })
    }

    /// Gives each connection to `handle`, with a function to report what was seen.
    #[expect(
        clippy::disallowed_methods,
        reason = "the stand-in serves beside the test and ends with it"
    )]
    pub(crate) fn handling(handle: impl Fn(&mut TcpStream, &dyn Fn(Vec<u8>)) + Send + Sync + 'static) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let port = listener.local_addr().expect("bound").port();
        let (sender, requests) = channel();
        let sender = Arc::new(Mutex::new(sender));
        thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.expect("a connection");
                let _ = stream.set_read_timeout(Some(Duration::from_secs(5)));
                handle(&mut stream, &|bytes| {
                    let _ = sender.lock().expect("not poisoned").send(bytes);
                });
            }
        });
        Server { port, requests }
    }

    pub(crate) fn base(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// The next request as text; `None` when there was none.
    pub(crate) fn seen(&self) -> Option<String> {
        self.requests
            .try_recv()
            .ok()
            .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
    }
}

/// Head and body of one request.
pub(crate) fn read_request(stream: &mut impl Read) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut piece = [0; 4096];
    loop {
        let text = String::from_utf8_lossy(&bytes).to_lowercase();
        if let Some((head, _)) = text.split_once("\r\n\r\n") {
            let length: usize = head
                .lines()
                .find_map(|line| line.strip_prefix("content-length:"))
                .map_or(0, |value| value.trim().parse().expect("a length"));
            if bytes.len() >= head.len() + 4 + length {
                return bytes;
            }
        }
        match stream.read(&mut piece) {
            Ok(0) | Err(_) => return bytes,
            Ok(count) => bytes.extend_from_slice(&piece[..count]),
        }
    }
}

/// A whole answer with this status line and body.
pub(crate) fn answer(status: &str, headers: &str, body: &str) -> String {
    format!(
        "HTTP/1.1 {status}\r\n{headers}content-length: {}\r\nconnection: close\r\n\r\n{body}",
        body.len()
    )
}
