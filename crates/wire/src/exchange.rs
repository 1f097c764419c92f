//! One call: what is asked and what came back.

use std::fmt;
use std::time::Duration;

/// The verbs our services use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Read.
    Get,
    /// Create or act.
    Post,
    /// Replace.
    Put,
    /// Change in part.
    Patch,
    /// Remove.
    Delete,
}

/// What to ask, of whom.
#[derive(Clone)]
pub struct Request<'a> {
    /// Name of the destination.
    pub destination: &'a str,
    /// The verb.
    pub method: Method,
    /// What follows the destination's base: begins with `/`, already percent-encoded.
    pub path_and_query: String,
    /// Names and values.
    pub headers: Vec<(String, String)>,
    /// Exactly what is sent; the destination's filter sees the same bytes.
    pub body: Vec<u8>,
    /// Instead of the destination's total: for long polls.
    pub timeout: Option<Duration>,
}

impl<'a> Request<'a> {
    /// A request without headers and body.
    pub fn new(destination: &'a str, method: Method, path_and_query: impl Into<String>) -> Self {
        Request {
            destination,
            method,
            path_and_query: path_and_query.into(),
            headers: Vec::new(),
            body: Vec::new(),
            timeout: None,
        }
    }

    /// The same with one header more.
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// The same with a JSON body of these bytes and the header that says so.
    pub fn json(mut self, body: Vec<u8>) -> Self {
        self.body = body;
        self.header("content-type", "application/json")
    }
}

impl fmt::Debug for Request<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request")
            .field("destination", &self.destination)
            .field("method", &self.method)
            .field("body_bytes", &self.body.len())
            .finish_non_exhaustive()
    }
}

/// What came back. No status is an error here.
#[derive(Clone, PartialEq, Eq)]
pub struct Response {
    /// HTTP status.
    pub status: u16,
    /// Lower-case names and values; values that are not text are left out.
    pub headers: Vec<(String, String)>,
    /// The whole body, within the destination's limit.
    pub body: Vec<u8>,
}

impl Response {
    /// The first header of this lower-case name.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }

    /// `Retry-After` in milliseconds, when it is given in seconds. The form with a date counts as absent.
    pub fn retry_after_ms(&self) -> Option<u64> {
        let seconds: u64 = self.header("retry-after")?.trim().parse().ok()?;
        seconds.checked_mul(1000)
    }

    /// Whether the status is 2xx.
    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }
}

impl fmt::Debug for Response {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("status", &self.status)
            .field("body_bytes", &self.body.len())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn retry_after(value: &str) -> Option<u64> {
        let headers = vec![("retry-after".to_owned(), value.to_owned())];
        Response {
            status: 429,
            headers,
            body: Vec::new(),
        }
        .retry_after_ms()
    }

    #[test]
    fn retry_after_is_read_in_seconds_only() {
        assert_eq!(retry_after("7"), Some(7000));
        assert_eq!(retry_after(" 30 "), Some(30_000));
        assert_eq!(retry_after("Mon, 23 Nov 2026 10:00:00 GMT"), None);
        assert_eq!(retry_after("-1"), None);
        assert_eq!(retry_after("18446744073709551615"), None);
    }

    #[test]
    fn debug_shows_neither_path_nor_headers_nor_body() {
        let request = Request::new("telegram", Method::Post, "/bot7100:SECRET/sendMessage")
            .header("authorization", "SECRET")
            .json(b"SECRET".to_vec());
        let response = Response {
            status: 200,
            headers: Vec::new(),
            body: b"SECRET".to_vec(),
        };
        assert!(!format!("{request:?} {response:?}").contains("SECRET"));
    }
}
