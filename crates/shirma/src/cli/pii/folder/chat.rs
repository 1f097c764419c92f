//! A chat saved as text by WhatsApp: who wrote is covered as a name, what was written as a message, what the
//! messenger says itself as such.

use std::collections::BTreeSet;

use super::cover::Cover;
use super::event;

/// Lines of the beginning by which such a file is known; the first message may be long.
const LINES_LOOKED_AT: usize = 40;
/// Longest sender.
const SENDER_CHARS_MAX: usize = 80;
/// Digits of a stamp: «1/2/26, 9:58» to «12.11.2026, 09:58:11».
const STAMP_DIGITS: std::ops::RangeInclusive<usize> = 7..=14;
/// Signs that stand before a sender or a text and belong to neither.
const MARKS: &[char] = &['\u{200e}', '\u{200f}', '\u{202a}', '\u{202b}', '\u{202c}', '\u{feff}'];

/// Whether the text is such a chat.
pub(super) fn is_chat(text: &str) -> bool {
    let mut lines = text.lines().filter(|line| !line.trim().is_empty());
    let first = lines.next().is_some_and(|line| stamp_end(line).is_some());
    first
        || lines
            .take(LINES_LOOKED_AT)
            .filter(|line| stamp_end(line).is_some())
            .count()
            >= 2
}

pub(super) fn mask(cover: &mut Cover<'_>, text: &str) -> String {
    let known = senders(text);
    known.iter().for_each(|name| cover.learn(name));
    let mut masked = String::with_capacity(text.len());
    let mut message = Message::Said(String::new());
    for line in text.split_inclusive('\n') {
        let Some(end) = stamp_end(line) else {
            message.push(line);
            continue;
        };
        masked.push_str(&message.mask(cover, &known));
        masked.push_str(&line[..end]);
        message = match sender_end(&line[end..]) {
            Some(length) => {
                let sender = &line[end..end + length];
                let start = name_start(sender);
                masked.push_str(&sender[..start]);
                masked.push_str(&cover.who(&sender[start..]));
                Message::Said(line[end + length..].to_owned())
            }
            None => Message::Event(line[end..].to_owned()),
        };
    }
    masked.push_str(&message.mask(cover, &known));
    masked
}

/// What follows a stamp, with the lines after it.
enum Message {
    Said(String),
    Event(String),
}

impl Message {
    fn push(&mut self, line: &str) {
        let (Message::Said(text) | Message::Event(text)) = self;
        text.push_str(line);
    }

    fn mask(&self, cover: &mut Cover<'_>, known: &[String]) -> String {
        match self {
            Message::Said(text) => cover.text(text),
            Message::Event(text) => event::mask(cover, text, known),
        }
    }
}

/// Everybody who writes, longer names first.
fn senders(text: &str) -> Vec<String> {
    let mut senders = BTreeSet::new();
    for line in text.lines() {
        if let Some(end) = stamp_end(line)
            && let Some(length) = sender_end(&line[end..])
        {
            let sender = &line[end..end + length];
            let name = sender[name_start(sender)..].trim_matches(MARKS).trim();
            if !name.is_empty() {
                senders.insert(name.to_owned());
            }
        }
    }
    let mut senders: Vec<String> = senders.into_iter().collect();
    senders.sort_by_key(|name| std::cmp::Reverse(name.len()));
    senders
}

/// Where a sender ends, before «: »; `None` in a line of the messenger's own.
fn sender_end(line: &str) -> Option<usize> {
    let end = line
        .find(": ")
        .or_else(|| line.trim_end().strip_suffix(':').map(str::len))?;
    (end > 0 && line[..end].chars().count() <= SENDER_CHARS_MAX).then_some(end)
}

/// Where the name begins: «~ Анна» is somebody who is not in the address book.
fn name_start(sender: &str) -> usize {
    let name = sender.trim_start_matches(|sign: char| MARKS.contains(&sign) || sign == '~' || sign.is_whitespace());
    sender.len() - name.len()
}

/// Where «12.11.2026, 09:58 - » or «[12.11.2026, 09:58:11] » ends.
fn stamp_end(line: &str) -> Option<usize> {
    let trimmed = line.trim_start_matches(MARKS);
    let skipped = line.len() - trimmed.len();
    let bracketed = trimmed.starts_with('[');
    let borders: &[&str] = if bracketed { &["] "] } else { &[" - ", " – "] };
    let (end, border) = borders
        .iter()
        .find_map(|border| trimmed.find(border).map(|end| (end, border)))?;
    let stamp = trimmed[..end].trim_start_matches('[');
    let digits = stamp.bytes().filter(u8::is_ascii_digit).count();
    let fits = STAMP_DIGITS.contains(&digits)
        && stamp.starts_with(|sign: char| sign.is_ascii_digit())
        && stamp.contains(':')
        // A line of a program's log has dashes and no comma.
        && (stamp.contains(['.', '/']) || stamp.contains('-') && stamp.contains(','))
        && stamp.chars().all(|sign| {
            sign.is_ascii_digit()
                || matches!(sign, '.' | '/' | '-' | ',' | ':' | ' ' | '\u{a0}' | '\u{202f}')
                || matches!(sign, 'A' | 'P' | 'M' | 'a' | 'p' | 'm')
        });
    fits.then_some(skipped + end + border.len())
}
