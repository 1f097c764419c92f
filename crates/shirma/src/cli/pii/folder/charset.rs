//! Bytes of a text file as text: UTF-8, UTF-16 with its mark, or Windows-1251 as old office programs write it.

/// Why the bytes are no text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("это не текст")]
pub(in crate::cli::pii) struct NotText;

/// Windows-1251 from 0x80 to 0xBF; letters follow in order.
const UPPER: &str = "ЂЃ‚ѓ„…†‡€‰Љ‹ЊЌЋЏђ‘’“”•–—\u{98}™љ›њќћџ\u{a0}ЎўЈ¤Ґ¦§Ё©Є«¬\u{ad}®Ї°±Ііґµ¶·ё№є»јЅѕї";
/// Of an 8-bit text at least this part must be letters of Russian, spaces or ASCII.
const LIKELY_MIN: f64 = 0.8;

/// Reads the text.
pub(in crate::cli::pii) fn decode(bytes: &[u8]) -> Result<String, NotText> {
    if let Some(rest) = bytes.strip_prefix(b"\xff\xfe") {
        return utf16(rest, u16::from_le_bytes);
    }
    if let Some(rest) = bytes.strip_prefix(b"\xfe\xff") {
        return utf16(rest, u16::from_be_bytes);
    }
    if bytes.contains(&0) {
        return Err(NotText);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(text.to_owned()),
        Err(_) => windows_1251(bytes),
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String, NotText> {
    let units: Vec<u16> = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]])).collect();
    String::from_utf16(&units).map_err(|_| NotText)
}

fn windows_1251(bytes: &[u8]) -> Result<String, NotText> {
    let upper: Vec<char> = UPPER.chars().collect();
    let likely = bytes
        .iter()
        .filter(|byte| {
            (0x20..0x7f).contains(*byte)
                || **byte >= 0xc0
                || matches!(**byte, b'\n' | b'\r' | b'\t' | 0xa8 | 0xb8 | 0xb9)
        })
        .count();
    if (likely as f64) < bytes.len() as f64 * LIKELY_MIN {
        return Err(NotText);
    }
    Ok(bytes
        .iter()
        .map(|byte| match *byte {
            ascii @ 0..=0x7f => char::from(ascii),
            high @ 0xc0..=0xff => char::from_u32(0x410 + u32::from(high - 0xc0)).unwrap_or('?'),
            middle => upper.get(usize::from(middle - 0x80)).copied().unwrap_or('?'),
        })
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_russian_text_is_read() {
        assert_eq!(
            decode(b"\xc0\xed\xed\xe0 \xb91, \xb8\xe6").as_deref(),
            Ok("Анна №1, ёж")
        );
        assert_eq!(decode("Анна".as_bytes()).as_deref(), Ok("Анна"));
        assert_eq!(decode(b"\xff\xfe\x10\x04").as_deref(), Ok("А"));
        assert_eq!(decode(b"\x89PNG\x00\x01"), Err(NotText));
        assert_eq!(UPPER.chars().count(), 64);
    }
}
