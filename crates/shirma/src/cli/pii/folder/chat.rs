//! A chat saved as text by WhatsApp: who wrote is covered as a name, what was written as a message.

use shirma_pii::Label;

use super::cover::Cover;

/// Lines of the beginning by which such a file is known.
const LINES_LOOKED_AT: usize = 5;
/// Longest sender.
const SENDER_CHARS_MAX: usize = 80;

/// Whether the text is such a chat.
pub(super) fn is_chat(text: &str) -> bool {
    text.lines()
        .take(LINES_LOOKED_AT)
        .filter(|line| stamp_end(line).is_some())
        .count()
        >= 2
}

pub(super) fn mask(cover: &mut Cover<'_>, text: &str) -> String {
    let mut masked = String::with_capacity(text.len());
    let mut message = String::new();
    for line in text.split_inclusive('\n') {
        let Some(end) = stamp_end(line) else {
            message.push_str(line);
            continue;
        };
        masked.push_str(&cover.text(&message));
        message.clear();
        masked.push_str(&line[..end]);
        match line[end..].split_once(": ") {
            Some((sender, said)) if sender.chars().count() <= SENDER_CHARS_MAX => {
                masked.push_str(&cover.value(sender, Label::Person));
                masked.push_str(": ");
                message.push_str(said);
            }
            _ => message.push_str(&line[end..]),
        }
    }
    masked.push_str(&cover.text(&message));
    masked
}

/// Where «12.11.2026, 09:58 - » or «[12.11.2026, 09:58:11] » ends.
fn stamp_end(line: &str) -> Option<usize> {
    let trimmed = line.trim_start_matches(['\u{200e}', '\u{feff}']);
    let skipped = line.len() - trimmed.len();
    let bracketed = trimmed.starts_with('[');
    let border = if bracketed { "] " } else { " - " };
    let end = trimmed.find(border)?;
    let stamp = trimmed[..end].trim_start_matches('[');
    let digits = stamp.bytes().filter(u8::is_ascii_digit).count();
    let fits = (8..=14).contains(&digits)
        && stamp.contains(':')
        && stamp.contains(['.', '/'])
        && stamp.chars().all(|sign| {
            sign.is_ascii_digit() || matches!(sign, '.' | '/' | ',' | ':' | ' ' | '\u{202f}' | 'A' | 'P' | 'M')
        });
    fits.then_some(skipped + end + border.len())
}
