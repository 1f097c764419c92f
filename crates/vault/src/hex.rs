//! Bytes as hexadecimal digits: written keys, codes in forms, names made of a digest. Not for comparing secrets.

/// Lower-case digits, two a byte.
pub fn hex(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(2 * bytes.len());
    push_hex(&mut text, bytes);
    text
}

/// The bytes that exactly `N` pairs of digits, and nothing else, stand for.
pub fn bytes_of_hex<const N: usize>(digits: &str) -> Option<[u8; N]> {
    let mut bytes = [0; N];
    read_hex(digits, &mut bytes).then_some(bytes)
}

/// Appends digits to a text that the caller has made long enough: what grows leaves copies behind.
pub(crate) fn push_hex(text: &mut String, bytes: &[u8]) {
    let digit = |value: u8| char::from_digit(value.into(), 16).expect("four bits are one digit");
    bytes
        .iter()
        .for_each(|byte| text.extend([digit(byte >> 4), digit(byte & 15)]));
}

/// Whether `digits` fill `bytes` exactly.
pub(crate) fn read_hex(digits: &str, bytes: &mut [u8]) -> bool {
    let value = |digit: u8| {
        char::from(digit)
            .to_digit(16)
            .and_then(|value| u8::try_from(value).ok())
    };
    let digits = digits.as_bytes();
    digits.len() == 2 * bytes.len()
        && bytes.iter_mut().zip(digits.chunks_exact(2)).all(|(byte, pair)| {
            let both = value(pair[0]).zip(value(pair[1]));
            both.map(|(high, low)| *byte = high << 4 | low).is_some()
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_read_back_and_anything_else_is_none() {
        assert_eq!(hex(&[0x00, 0x0f, 0xa0, 0xff]), "000fa0ff");
        assert_eq!(bytes_of_hex("000fa0ff"), Some([0x00, 0x0f, 0xa0, 0xff]));
        for wrong in ["000fa0f", "000fa0ff0", "000fa0fg", "+00fa0ff", "000fa0ff ", "ёёёё"] {
            assert_eq!(bytes_of_hex::<4>(wrong), None, "{wrong}");
        }
    }
}
