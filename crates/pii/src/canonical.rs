//! One spelling for one value: phones in the international form, e-mail addresses in lower case without disguise.

use crate::numbers;
use crate::recognizer::phone::is_national;
use crate::shadow::Shadow;
use crate::words::Words;

/// The phone number of a text in the form of ITU-T E.164, `+79000000001`, by the numbering plan: a leading 8 or a
/// missing country code means Russia. Extensions are dropped. `None` if the digits make no whole number.
pub fn canonical_phone(text: &str) -> Option<String> {
    let shadow = Shadow::new(text);
    let words = Words::new(&shadow);
    let plus = shadow.text().trim_start_matches([' ', '(']).starts_with('+') || shadow.text().starts_with("плюс");
    let mut digits = String::new();
    for piece in numbers::pieces(&words) {
        let before = &shadow.text()[..piece.start];
        if ["доб", "вн", "ext", "#"].iter().any(|word| before.contains(word)) {
            break;
        }
        digits.push_str(&piece.digits);
    }
    match digits.len() {
        10 if is_national(&digits) && !plus => Some(format!("+7{digits}")),
        11 if digits.starts_with(['7', '8']) && is_national(&digits[1..]) && (!plus || digits.starts_with('7')) => {
            Some(format!("+7{}", &digits[1..]))
        }
        10..=15 if plus => Some(format!("+{digits}")),
        _ => None,
    }
}

/// The e-mail address of a text, lower case, with spoken signs resolved where they are certain. `None` if it has no
/// name, sign and dotted domain.
pub fn canonical_email(text: &str) -> Option<String> {
    let shadow = Shadow::new(text.trim());
    let mut plain = shadow.text().to_owned();
    for (spoken, sign) in [
        (" собака ", "@"),
        (" собачка ", "@"),
        (" точка ", "."),
        (" тчк ", "."),
        (" дефис ", "-"),
        (" подчеркивание ", "_"),
    ] {
        plain = plain.replace(spoken, sign);
    }
    let plain: String = plain.chars().filter(|character| !character.is_whitespace()).collect();
    let (name, domain) = plain.split_once('@')?;
    let (host, zone) = domain.rsplit_once('.')?;
    let valid = |part: &str| {
        !part.is_empty()
            && part
                .chars()
                .all(|sign| sign.is_alphanumeric() || matches!(sign, '.' | '_' | '-' | '+' | '%'))
    };
    (valid(name) && valid(host) && zone.chars().count() >= 2 && zone.chars().all(char::is_alphabetic)).then_some(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_phone_has_one_spelling() {
        for text in [
            "8 900 000-00-01",
            "+7(900)0000001",
            "900 000 00 01",
            "8 9OO 000 00 01",
            "восемь девятьсот ноль ноль ноль ноль ноль ноль один",
        ] {
            assert_eq!(canonical_phone(text).as_deref(), Some("+79000000001"), "{text}");
        }
        assert_eq!(canonical_phone("+375 29 000 00 01").as_deref(), Some("+375290000001"));
        assert_eq!(canonical_phone("12-34"), None);
    }

    #[test]
    fn a_spoken_address_equals_the_written_one() {
        assert_eq!(canonical_email("Ivan@Mail.RU").as_deref(), Some("ivan@mail.ru"));
        assert_eq!(
            canonical_email("ivan собака mail точка ru").as_deref(),
            Some("ivan@mail.ru")
        );
        assert_eq!(canonical_email("ivan"), None);
    }
}
