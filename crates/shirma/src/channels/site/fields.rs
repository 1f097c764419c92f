//! The fields of a post, from JSON or from an ordinary form, as plain strings by name.
//!
//! Only known names are kept; of two fields with one name the first that is filled counts.

use std::collections::BTreeMap;

use serde_json::Value;

use super::words;
use crate::channels::depth;

/// Names a post may use.
pub(super) const NAMES: [&str; 10] = [
    "name",
    "phone",
    "email",
    "message",
    "consent",
    "consent_text_version",
    "page",
    "website",
    "started_ms",
    "token",
];

/// Filled fields by name.
pub(super) type Fields = BTreeMap<&'static str, String>;

/// How a post is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// By a script of the page.
    Json,
    /// By the browser itself; the person waits for a page.
    Form,
}

impl Encoding {
    /// By the `Content-Type` header; `None` for kinds we do not take.
    pub fn of(content_type: Option<&str>) -> Option<Encoding> {
        let kind = content_type?.split(';').next()?.trim().to_ascii_lowercase();
        match kind.as_str() {
            "application/json" => Some(Encoding::Json),
            "application/x-www-form-urlencoded" => Some(Encoding::Form),
            _ => None,
        }
    }
}

/// Reads the body, or says in Russian what the page's author should mend.
pub(super) fn read(encoding: Encoding, body: &[u8]) -> Result<Fields, String> {
    match encoding {
        Encoding::Json => read_json(body),
        Encoding::Form => read_form(body),
    }
}

fn read_json(body: &[u8]) -> Result<Fields, String> {
    if depth::is_too_deep(body) {
        return Err(words::not_json());
    }
    let value: Value = serde_json::from_slice(body).map_err(|_| words::not_json())?;
    let Value::Object(object) = value else {
        return Err(words::not_json());
    };
    let mut fields = Fields::new();
    for name in NAMES {
        let text = match object.get(name) {
            None | Some(Value::Null) => continue,
            Some(Value::String(text)) => text.clone(),
            Some(Value::Bool(flag)) => flag.to_string(),
            Some(Value::Number(number)) => number.to_string(),
            Some(Value::Array(_) | Value::Object(_)) => return Err(words::not_plain(name)),
        };
        keep(&mut fields, name, text);
    }
    Ok(fields)
}

fn read_form(body: &[u8]) -> Result<Fields, String> {
    let mut fields = Fields::new();
    for pair in body.split(|byte| *byte == b'&') {
        let mut halves = pair.splitn(2, |byte| *byte == b'=');
        let written = decode(halves.next().unwrap_or_default()).ok_or_else(words::not_utf8)?;
        let Some(name) = NAMES.into_iter().find(|name| *name == written) else {
            continue;
        };
        let text = decode(halves.next().unwrap_or_default()).ok_or_else(words::not_utf8)?;
        keep(&mut fields, name, text);
    }
    Ok(fields)
}

fn keep(fields: &mut Fields, name: &'static str, text: String) {
    if !text.trim().is_empty() {
        fields.entry(name).or_insert(text);
    }
}

/// `+` and `%XX` undone; a `%` without two digits stands for itself. `None` when the result is not UTF-8.
fn decode(bytes: &[u8]) -> Option<String> {
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some((&first, after)) = rest.split_first() {
        rest = after;
        match (first, after) {
            (b'+', _) => decoded.push(b' '),
            (b'%', [high, low, tail @ ..]) if high.is_ascii_hexdigit() && low.is_ascii_hexdigit() => {
                decoded.push(digit(*high) * 16 + digit(*low));
                rest = tail;
            }
            (byte, _) => decoded.push(byte),
        }
    }
    String::from_utf8(decoded).ok()
}

/// Value of a hexadecimal digit.
fn digit(byte: u8) -> u8 {
    match byte {
        b'0'..=b'9' => byte - b'0',
        b'a'..=b'f' => byte - b'a' + 10,
        _ => byte.to_ascii_uppercase().saturating_sub(b'A') + 10,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn form_bytes_are_decoded_as_browsers_write_them() {
        let fields = read(
            Encoding::Form,
            b"name=%D0%95%D0%BB+A&name=B&phone=8+900&message=100%25+%zz&x=1&page=",
        )
        .expect("readable");
        let expected = Fields::from([
            ("name", "Ел A".into()),
            ("phone", "8 900".into()),
            ("message", "100% %zz".into()),
        ]);
        assert_eq!(fields, expected);
        assert!(read(Encoding::Form, b"name=%C5%EB%E5%ED%E0").is_err(), "windows-1251");
    }

    #[test]
    fn json_numbers_and_flags_are_taken_and_nests_are_named() {
        let fields = read(
            Encoding::Json,
            br#"{"phone":79000000011,"consent":true,"name":null,"other":[]}"#,
        )
        .expect("readable");
        assert_eq!(
            fields,
            Fields::from([("phone", "79000000011".into()), ("consent", "true".into())])
        );
        assert!(
            read(Encoding::Json, br#"{"name":{}}"#)
                .expect_err("nested")
                .contains("name")
        );
        assert!(read(Encoding::Json, b"[]").is_err());
        assert!(read(Encoding::Json, b"name=1").is_err());
    }

    #[test]
    fn only_two_kinds_of_body_are_taken() {
        assert_eq!(
            Encoding::of(Some("Application/JSON; charset=utf-8")),
            Some(Encoding::Json)
        );
        assert_eq!(
            Encoding::of(Some("application/x-www-form-urlencoded")),
            Some(Encoding::Form)
        );
        assert_eq!(Encoding::of(Some("multipart/form-data; boundary=x")), None);
        assert_eq!(Encoding::of(Some("text/plain")), None);
        assert_eq!(Encoding::of(None), None);
    }
}
