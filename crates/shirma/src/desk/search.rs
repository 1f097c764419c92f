//! What a person types to find a client, and what it fits (`product-ux.md` §3): part of a name in any word order,
//! ё as е, the wrong keyboard layout, a code, the last digits of a phone.

use crate::identifier::ClientCode;

/// Digits needed before a phone is compared: fewer fit half of all phones.
const MIN_PHONE_DIGITS: usize = 4;
/// Longest search; the rest is not looked at.
const MAX_TYPED_CHARS: usize = 100;

const LATIN_KEYS: &str = "`qwertyuiop[]asdfghjkl;'zxcvbnm,.";
const RUSSIAN_KEYS: &str = "ёйцукенгшщзхъфывапролджэячсмитьбю";

/// A search, read once.
pub struct Wanted {
    words: Vec<String>,
    other_layout: Vec<String>,
    digits: String,
    code: Option<ClientCode>,
}

impl Wanted {
    /// Reads what was typed.
    pub fn read(typed: &str) -> Wanted {
        let typed: String = typed.trim().chars().take(MAX_TYPED_CHARS).collect();
        let lower = fold(&typed);
        let switched: String = lower.chars().map(other_key).collect();
        Wanted {
            other_layout: split(&fold(&switched)),
            words: split(&lower),
            digits: typed.chars().filter(char::is_ascii_digit).collect(),
            code: typed.parse().ok(),
        }
    }

    /// Whether it is this client's code.
    pub fn fits_code(&self, code: i64) -> bool {
        self.code == Some(ClientCode(code))
    }

    /// Whether each word typed begins a word of the name.
    pub fn fits_name(&self, name: &str) -> bool {
        let name = split(&fold(name));
        let fits = |words: &[String]| {
            !words.is_empty()
                && words
                    .iter()
                    .all(|word| name.iter().any(|part| part.starts_with(word.as_str())))
        };
        fits(&self.words) || fits(&self.other_layout)
    }

    /// Whether the digits typed end the phone, or are all of it.
    pub fn fits_phone(&self, phone: &str) -> bool {
        let phone: String = phone.chars().filter(char::is_ascii_digit).collect();
        let typed = match self.digits.strip_prefix('8') {
            Some(rest) if self.digits.len() == 11 => rest,
            _ => self.digits.as_str(),
        };
        typed.len() >= MIN_PHONE_DIGITS && phone.ends_with(typed)
    }
}

fn fold(text: &str) -> String {
    text.to_lowercase().replace('ё', "е")
}

fn split(text: &str) -> Vec<String> {
    text.split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

fn other_key(letter: char) -> char {
    let place = LATIN_KEYS.chars().position(|key| key == letter);
    place
        .and_then(|place| RUSSIAN_KEYS.chars().nth(place))
        .unwrap_or(letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_in_any_order_and_layout() {
        let name = "Алёна Ким-Тестова";
        for typed in ["алена", "тест ал", "ким", "fktyf", "АЛЁНА КИМ"] {
            assert!(Wanted::read(typed).fits_name(name), "{typed}");
        }
        for typed in ["", "ольга", "лена", "алена петрова", "  "] {
            assert!(!Wanted::read(typed).fits_name(name), "{typed}");
        }
    }

    #[test]
    fn a_phone_is_found_by_its_tail() {
        for typed in ["0011", "8 900 000-00-11", "+79000000011"] {
            assert!(Wanted::read(typed).fits_phone("+79000000011"), "{typed}");
        }
        for typed in ["11", "", "0012"] {
            assert!(!Wanted::read(typed).fits_phone("+79000000011"), "{typed}");
        }
    }

    #[test]
    fn a_code_is_found_in_every_spelling() {
        for typed in ["К-0412", "k412", "412"] {
            assert!(Wanted::read(typed).fits_code(412), "{typed}");
        }
        assert!(!Wanted::read("К-0413").fits_code(412));
    }
}
