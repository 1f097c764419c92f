//! Canaries: invented values that must not be found where they have no business, in any dress.
//!
//! A value is looked for in UTF-8, UTF-16 of both orders, base64 at its three alignments, URL-escaped and JSON-escaped;
//! a phone also by its ten digits with anything between them. Letters are compared without case in the text forms.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::alphabet::{STANDARD, URL_SAFE};
use base64::engine::general_purpose::{GeneralPurpose, NO_PAD};

/// One invented value.
#[derive(Clone, Debug)]
pub(crate) enum Canary {
    /// A name, an address, an e-mail: found as written.
    Words(String),
    /// A phone: found by its last ten digits in any spelling.
    Phone(String),
}

impl Canary {
    pub(crate) fn words(text: &str) -> Canary {
        Canary::Words(text.to_owned())
    }

    pub(crate) fn phone(text: &str) -> Canary {
        Canary::Phone(text.to_owned())
    }
}

/// A value where it should not be. Values are invented, so it may be printed.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Hit {
    pub(crate) place: String,
    pub(crate) value: String,
    pub(crate) dress: &'static str,
    pub(crate) offset: usize,
}

/// Looks through one run of bytes.
pub(crate) fn sweep_bytes(place: &str, bytes: &[u8], canaries: &[Canary]) -> Vec<Hit> {
    let lower = lowered(bytes);
    let mut hits = Vec::new();
    for canary in canaries {
        let (value, found) = match canary {
            Canary::Words(text) => (
                text,
                dressed(text).into_iter().find_map(|dress| dress.find(bytes, &lower)),
            ),
            Canary::Phone(text) => {
                let digits: String = text.chars().filter(char::is_ascii_digit).collect();
                let ten = digits[digits.len().saturating_sub(10)..].to_owned();
                let spelled = spelled_digits(bytes, ten.as_bytes()).map(|offset| ("digits", offset));
                (
                    text,
                    spelled.or_else(|| dressed(&ten).into_iter().find_map(|dress| dress.find(bytes, &lower))),
                )
            }
        };
        hits.extend(found.map(|(dress, offset)| Hit {
            place: place.to_owned(),
            value: value.clone(),
            dress,
            offset,
        }));
    }
    hits
}

/// Looks through every file below a folder, names included.
pub(crate) fn sweep_folder(folder: &Path, canaries: &[Canary]) -> Vec<Hit> {
    let mut hits = Vec::new();
    for path in files_below(folder) {
        let place = path.strip_prefix(folder).unwrap_or(&path).display().to_string();
        hits.extend(sweep_bytes(&format!("name of {place}"), place.as_bytes(), canaries));
        // A file may go between the listing and the reading; then there is nothing in it.
        hits.extend(sweep_bytes(&place, &fs::read(&path).unwrap_or_default(), canaries));
    }
    hits
}

/// All files below a folder, in order.
pub(crate) fn files_below(folder: &Path) -> BTreeSet<PathBuf> {
    let mut files = BTreeSet::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            match entry.file_type() {
                Ok(kind) if kind.is_dir() => folders.push(entry.path()),
                Ok(kind) if kind.is_file() => {
                    files.insert(entry.path());
                }
                _ => {}
            }
        }
    }
    files
}

struct Dress {
    name: &'static str,
    bytes: Vec<u8>,
    /// Compared with the bytes in lower case.
    in_lower_case: bool,
}

impl Dress {
    fn find(&self, bytes: &[u8], lower: &[u8]) -> Option<(&'static str, usize)> {
        let offset = find(if self.in_lower_case { lower } else { bytes }, &self.bytes)?;
        Some((self.name, offset))
    }
}

fn dressed(text: &str) -> Vec<Dress> {
    let exact = |name, bytes: Vec<u8>| Dress {
        name,
        bytes,
        in_lower_case: false,
    };
    let utf16 = |to_bytes: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(to_bytes).collect::<Vec<u8>>();
    let any_case = |name, bytes: Vec<u8>| Dress {
        name,
        bytes: lowered(&bytes),
        in_lower_case: true,
    };
    let mut all = vec![
        any_case("UTF-8", text.as_bytes().to_vec()),
        exact("UTF-16LE", utf16(u16::to_le_bytes)),
        exact("UTF-16BE", utf16(u16::to_be_bytes)),
        any_case("URL", url_escaped(text).into_bytes()),
        any_case("JSON", json_escaped(text).into_bytes()),
    ];
    for (name, alphabet) in [("base64", &STANDARD), ("base64url", &URL_SAFE)] {
        all.extend((0..3).map(|shift| exact(name, base64_middle(text.as_bytes(), shift, alphabet))));
    }
    all.retain(|dress| dress.bytes.len() >= text.chars().count());
    all
}

/// The part of the base64 that is the same whatever stands before and after, when `shift` bytes stand before.
fn base64_middle(value: &[u8], shift: usize, alphabet: &base64::alphabet::Alphabet) -> Vec<u8> {
    let padded = [&vec![0; shift], value].concat();
    let encoded = GeneralPurpose::new(alphabet, NO_PAD).encode(&padded);
    let first = (shift * 8).div_ceil(6);
    let last = padded.len() * 8 / 6;
    encoded.as_bytes()[first..last].to_vec()
}

fn url_escaped(text: &str) -> String {
    text.bytes()
        .map(|byte| {
            if byte.is_ascii_alphanumeric() {
                char::from(byte).to_string()
            } else {
                format!("%{byte:02X}")
            }
        })
        .collect()
}

fn json_escaped(text: &str) -> String {
    text.chars()
        .map(|c| {
            if c.is_ascii() {
                c.to_string()
            } else {
                c.encode_utf16(&mut [0; 2])
                    .iter()
                    .map(|unit| format!("\\u{unit:04x}"))
                    .collect()
            }
        })
        .collect()
}

/// Lower case of Latin and of Russian letters in UTF-8, byte for byte of the same length.
fn lowered(bytes: &[u8]) -> Vec<u8> {
    let mut lower = bytes.to_ascii_lowercase();
    for at in 0..lower.len().saturating_sub(1) {
        let (first, second) = match (lower[at], lower[at + 1]) {
            (0xd0, low @ 0x90..=0x9f) => (0xd0, low + 0x20),
            (0xd0, low @ 0xa0..=0xaf) => (0xd1, low - 0x20),
            (0xd0, 0x81) => (0xd1, 0x91),
            other => other,
        };
        (lower[at], lower[at + 1]) = (first, second);
    }
    lower
}

/// Ten digits with a few other characters between two of them, as people and programs write phones.
fn spelled_digits(bytes: &[u8], digits: &[u8]) -> Option<usize> {
    let starts = bytes
        .iter()
        .enumerate()
        .filter(|(_, byte)| Some(*byte) == digits.first())
        .map(|(at, _)| at);
    starts.into_iter().find(|start| {
        let mut at = start + 1;
        digits[1..].iter().all(|digit| {
            let next = next_digit(bytes, at);
            at = next.map_or(at, |found| found + 1);
            next.is_some_and(|found| bytes[found] == *digit)
        })
    })
}

/// The next digit from here on, unless more than a few separators stand before it; `%20` is one.
fn next_digit(bytes: &[u8], mut at: usize) -> Option<usize> {
    const MOST_BETWEEN: usize = 3;
    for _ in 0..=MOST_BETWEEN {
        match bytes.get(at..)? {
            [digit, ..] if digit.is_ascii_digit() => return Some(at),
            [b'%', high, low, ..] if high.is_ascii_hexdigit() && low.is_ascii_hexdigit() => at += 3,
            [_, ..] => at += 1,
            [] => return None,
        }
    }
    None
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    let (first, rest) = wanted.split_first()?;
    let mut from = 0;
    while let Some(step) = bytes[from..].iter().position(|byte| byte == first) {
        let at = from + step;
        if bytes[at + 1..].starts_with(rest) {
            return Some(at);
        }
        from = at + 1;
    }
    None
}

mod tests {
    use super::*;

    const NAME: &str = "Евпраксия Канарейкина";

    fn dress_found(bytes: &[u8]) -> Option<&'static str> {
        let canaries = [Canary::words(NAME), Canary::phone("+7 900 000-00-42")];
        sweep_bytes("here", bytes, &canaries).first().map(|hit| hit.dress)
    }

    #[test]
    fn a_canary_is_found_in_every_dress() {
        let utf16 = |to_bytes: fn(u16) -> [u8; 2]| NAME.encode_utf16().flat_map(to_bytes).collect::<Vec<u8>>();
        assert_eq!(dress_found(format!("x{NAME}y").as_bytes()), Some("UTF-8"));
        assert_eq!(dress_found("ЕВПРАКСИЯ канарейкина".as_bytes()), Some("UTF-8"));
        assert_eq!(dress_found(&utf16(u16::to_le_bytes)), Some("UTF-16LE"));
        assert_eq!(dress_found(&utf16(u16::to_be_bytes)), Some("UTF-16BE"));
        assert_eq!(dress_found(url_escaped(NAME).to_lowercase().as_bytes()), Some("URL"));
        assert_eq!(dress_found(json_escaped(NAME).as_bytes()), Some("JSON"));
        for shift in 0..3 {
            let text = format!("{}{NAME}!", "x".repeat(shift));
            let encoded = base64::engine::general_purpose::STANDARD.encode(text);
            assert_eq!(dress_found(encoded.as_bytes()), Some("base64"), "shifted by {shift}");
        }
    }

    #[test]
    fn a_phone_is_found_in_any_spelling() {
        for spelled in [
            "89000000042",
            "+7 (900) 000-00-42",
            "8.900.000.00.42",
            "7%20900%20000-00-42",
            "900 000 00 42",
        ] {
            assert_eq!(dress_found(spelled.as_bytes()), Some("digits"), "{spelled}");
        }
        assert_eq!(dress_found(b"900 000 00 43"), None);
        assert_eq!(dress_found(b"90000000"), None);
    }

    #[test]
    fn a_folder_is_swept_with_its_names() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        fs::create_dir(folder.path().join("deep")).expect("a folder");
        fs::write(folder.path().join("deep/89000000042.txt"), NAME).expect("a file");
        let canaries = [Canary::words(NAME), Canary::phone("+7 900 000-00-42")];
        let places: Vec<String> = sweep_folder(folder.path(), &canaries)
            .into_iter()
            .map(|hit| hit.place)
            .collect();
        assert_eq!(places, ["name of deep/89000000042.txt", "deep/89000000042.txt"]);
        assert_eq!(sweep_folder(folder.path(), &[Canary::words("Никто")]), []);
    }
}
