//! A small blocking HTTP/1.1 client: one connection a request, exact bytes out and in.
//!
//! It exists because tests must send what no proper client would: wrong lengths, broken bodies, headers of any kind.
//! It keeps cookies on request and reads server-sent events; it follows no redirect and knows no TLS.

use std::collections::BTreeMap;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};

use super::patience::LONGEST;

/// What is asked.
#[derive(Clone)]
pub(crate) struct Request {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Request {
    pub(crate) fn new(method: &str, path: impl Into<String>) -> Request {
        Request {
            method: method.to_owned(),
            path: path.into(),
            headers: Vec::new(),
            body: Vec::new(),
        }
    }

    pub(crate) fn get(path: impl Into<String>) -> Request {
        Request::new("GET", path)
    }

    pub(crate) fn post(path: impl Into<String>, content_type: &str, body: impl Into<Vec<u8>>) -> Request {
        let mut request = Request::new("POST", path).header("Content-Type", content_type);
        request.body = body.into();
        request
    }

    pub(crate) fn json(path: impl Into<String>, body: &serde_json::Value) -> Request {
        Request::post(path, "application/json", body.to_string())
    }

    /// A form as a browser sends it.
    pub(crate) fn form(path: impl Into<String>, fields: &[(&str, &str)]) -> Request {
        let pairs: Vec<String> = fields
            .iter()
            .map(|(key, value)| format!("{}={}", escaped(key), escaped(value)))
            .collect();
        Request::post(path, "application/x-www-form-urlencoded", pairs.join("&"))
    }

    pub(crate) fn header(mut self, name: &str, value: impl Into<String>) -> Request {
        self.headers.push((name.to_owned(), value.into()));
        self
    }

    fn bytes(&self, address: SocketAddr) -> Vec<u8> {
        let has = |name: &str| self.headers.iter().any(|(other, _)| other.eq_ignore_ascii_case(name));
        let mut head = format!("{} {} HTTP/1.1\r\n", self.method, self.path);
        if !has("host") {
            head.push_str(&format!("Host: {address}\r\n"));
        }
        if !has("content-length") && (self.method != "GET" || !self.body.is_empty()) {
            head.push_str(&format!("Content-Length: {}\r\n", self.body.len()));
        }
        head.push_str("Connection: close\r\n");
        for (name, value) in &self.headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        head.push_str("\r\n");
        [head.as_bytes(), &self.body].concat()
    }
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Response {
    pub(crate) status: u16,
    /// Names in lower case.
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Response {
    /// First header of this lower-case name.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(other, _)| other == name)
            .map(|(_, value)| value.as_str())
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("not JSON ({error}): {}", self.text()))
    }
}

/// Asks once.
pub(crate) fn call(address: SocketAddr, request: &Request) -> io::Result<Response> {
    let mut reader = BufReader::new(open(address, &request.bytes(address))?);
    let (status, headers) = read_head(&mut reader)?;
    let body = read_body(&mut reader, &headers)?;
    Ok(Response { status, headers, body })
}

fn open(address: SocketAddr, bytes: &[u8]) -> io::Result<TcpStream> {
    let mut stream = TcpStream::connect_timeout(&address, LONGEST)?;
    stream.set_read_timeout(Some(LONGEST))?;
    stream.set_write_timeout(Some(LONGEST))?;
    // A body that is refused early is not read to its end: the answer counts, not the broken pipe.
    let sent = stream.write_all(bytes);
    if let Err(error) = sent
        && !matches!(error.kind(), io::ErrorKind::BrokenPipe | io::ErrorKind::ConnectionReset)
    {
        return Err(error);
    }
    Ok(stream)
}

type Head = (u16, Vec<(String, String)>);

fn read_head(reader: &mut impl BufRead) -> io::Result<Head> {
    let broken = |what: &str| io::Error::new(io::ErrorKind::InvalidData, what.to_owned());
    let first = read_line(reader)?;
    let status = first.split(' ').nth(1).and_then(|text| text.parse().ok());
    let status = status.ok_or_else(|| broken(&format!("no status in {first:?}")))?;
    let mut headers = Vec::new();
    loop {
        let line = read_line(reader)?;
        if line.is_empty() {
            return Ok((status, headers));
        }
        let (name, value) = line.split_once(':').ok_or_else(|| broken("a header without a colon"))?;
        headers.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
    }
}

fn read_line(reader: &mut impl BufRead) -> io::Result<String> {
    let mut line = String::new();
    if reader.read_line(&mut line)? == 0 {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}

fn read_body(reader: &mut impl BufRead, headers: &[(String, String)]) -> io::Result<Vec<u8>> {
    let value = |name: &str| {
        headers
            .iter()
            .find(|(other, _)| other == name)
            .map(|(_, value)| value.as_str())
    };
    let mut body = Vec::new();
    if value("transfer-encoding").is_some_and(|encoding| encoding.contains("chunked")) {
        while let Some(chunk) = read_chunk(reader)? {
            body.extend(chunk);
        }
    } else if let Some(length) = value("content-length").and_then(|text| text.parse::<u64>().ok()) {
        reader.take(length).read_to_end(&mut body)?;
    } else {
        reader.read_to_end(&mut body)?;
    }
    Ok(body)
}

/// The next chunk, nothing after the last one.
fn read_chunk(reader: &mut impl BufRead) -> io::Result<Option<Vec<u8>>> {
    let line = read_line(reader)?;
    let size = line
        .split(';')
        .next()
        .and_then(|text| usize::from_str_radix(text.trim(), 16).ok());
    let size = size.ok_or_else(|| io::Error::new(io::ErrorKind::InvalidData, "a chunk without a size"))?;
    let mut chunk = vec![0; size];
    reader.read_exact(&mut chunk)?;
    read_line(reader)?;
    Ok((size > 0).then_some(chunk))
}

/// Everything but letters and digits as `%XX`.
pub(crate) fn escaped(text: &str) -> String {
    let byte = |byte: u8| {
        if byte.is_ascii_alphanumeric() {
            char::from(byte).to_string()
        } else {
            format!("%{byte:02X}")
        }
    };
    text.bytes().map(byte).collect()
}

/// One who keeps cookies, like a browser.
pub(crate) struct Visitor {
    address: SocketAddr,
    cookies: BTreeMap<String, String>,
}

impl Visitor {
    pub(crate) fn new(address: SocketAddr) -> Visitor {
        Visitor {
            address,
            cookies: BTreeMap::new(),
        }
    }

    /// Asks with the cookies so far and keeps those that come. A page's own posts carry its origin.
    pub(crate) fn call(&mut self, request: Request) -> Response {
        let request = self.with_cookies(request);
        let response = call(self.address, &request).unwrap_or_else(|error| panic!("{}: {error}", request.path));
        for (_, value) in response.headers.iter().filter(|(name, _)| name == "set-cookie") {
            let Some((name, rest)) = value.split_once('=') else {
                continue;
            };
            let value = rest.split(';').next().unwrap_or_default();
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
        response
    }

    /// The same cookies at another address.
    pub(crate) fn elsewhere(&self, address: SocketAddr) -> Visitor {
        Visitor {
            address,
            cookies: self.cookies.clone(),
        }
    }

    /// Opens a stream of server-sent events.
    pub(crate) fn listen(&self, path: &str) -> Events {
        let request = self.with_cookies(Request::get(path).header("Accept", "text/event-stream"));
        let stream = open(self.address, &request.bytes(self.address)).expect("the program listens");
        let mut reader = BufReader::new(stream);
        let (status, headers) = read_head(&mut reader).expect("an answer to the stream request");
        assert_eq!(status, 200, "{path} does not stream");
        let is_chunked = headers
            .iter()
            .any(|(name, value)| name == "transfer-encoding" && value.contains("chunked"));
        Events {
            reader,
            is_chunked,
            waiting: String::new(),
        }
    }

    fn with_cookies(&self, request: Request) -> Request {
        self.with_cookies_only(match request.method.as_str() {
            "GET" => request,
            _ => request.header("Origin", format!("http://{}", self.address)),
        })
    }

    /// The cookies so far and nothing about where the request comes from: what a page of a stranger can make a browser send.
    pub(crate) fn with_cookies_only(&self, request: Request) -> Request {
        if self.cookies.is_empty() {
            return request;
        }
        let pairs: Vec<String> = self
            .cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        request.header("Cookie", pairs.join("; "))
    }
}

/// One server-sent event.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Event {
    pub(crate) name: String,
    pub(crate) data: String,
}

/// An open stream of server-sent events.
pub(crate) struct Events {
    reader: BufReader<TcpStream>,
    is_chunked: bool,
    waiting: String,
}

impl Events {
    /// The next event that satisfies `wanted`; panics when none comes in time. Comments (heartbeats) are passed over.
    pub(crate) fn next_that(&mut self, wanted: impl Fn(&Event) -> bool) -> Event {
        loop {
            while let Some((block, rest)) = self.waiting.split_once("\n\n") {
                let event = event_of(block);
                self.waiting = rest.to_owned();
                if let Some(event) = event.filter(&wanted) {
                    return event;
                }
            }
            self.read_more();
        }
    }

    /// Reads to the end, which the program must make in order: the stream is not cut off.
    pub(crate) fn ends_in_order(mut self) -> bool {
        while self.is_chunked {
            match read_chunk(&mut self.reader) {
                Ok(Some(_)) => {}
                Ok(None) => return true,
                Err(_) => return false,
            }
        }
        false
    }

    fn read_more(&mut self) {
        let bytes = if self.is_chunked {
            read_chunk(&mut self.reader)
                .expect("the stream goes on in time")
                .expect("the stream does not end")
        } else {
            let bytes = self.reader.fill_buf().expect("the stream goes on in time").to_vec();
            assert!(!bytes.is_empty(), "the stream does not end");
            self.reader.consume(bytes.len());
            bytes
        };
        self.waiting
            .push_str(&String::from_utf8_lossy(&bytes).replace("\r\n", "\n"));
    }
}

fn event_of(block: &str) -> Option<Event> {
    let field = |name: &str| {
        let lines = block
            .lines()
            .filter_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
        lines
            .map(|value| value.strip_prefix(' ').unwrap_or(value))
            .collect::<Vec<_>>()
    };
    let data = field("data");
    let name = field("event").first().map_or("message", |name| *name).to_owned();
    (!data.is_empty()).then(|| Event {
        name,
        data: data.join("\n"),
    })
}
