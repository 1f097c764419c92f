//! Whether a model's answer may go to the client: nothing foreign, nothing raw, nothing endless (security.md §3).

use shirma_pii::Detector;

use crate::dialog::Tokens;

/// Longest answer taken from a model.
pub const MAX_ANSWER_BYTES: usize = 8 * 1024;
/// What stands in for a token while the rest of the answer is searched for raw values.
const TOKEN_PLACE: &str = " … ";

/// Why an answer is held for a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Held {
    /// Nothing in it.
    Empty,
    /// Longer than [`MAX_ANSWER_BYTES`].
    TooLong,
    /// A token that this conversation did not give out.
    ForeignToken,
    /// A value that is neither restored nor public.
    RawValue,
    /// A link that is not the business's own.
    Link,
}

impl Held {
    /// As the journal and the desk name it.
    pub fn as_str(self) -> &'static str {
        match self {
            Held::Empty => "empty",
            Held::TooLong => "too_long",
            Held::ForeignToken => "foreign_token",
            Held::RawValue => "raw_value",
            Held::Link => "link",
        }
    }
}

/// Looks at an answer before its tokens are restored. `public` holds the business's own values: phone, address, staff.
///
/// # Errors
/// [`Held`]: the answer must wait for a person.
pub fn inspect(detector: &Detector, tokens: &Tokens, public: &[String], answer: &str) -> Result<String, Held> {
    if answer.len() > MAX_ANSWER_BYTES {
        return Err(Held::TooLong);
    }
    let answer: String = answer
        .chars()
        .filter(|letter| !letter.is_control() || *letter == '\n')
        .collect();
    let answer = answer.trim();
    if answer.is_empty() {
        return Err(Held::Empty);
    }
    let restoration = tokens
        .conversation
        .restore_where(answer, |view| tokens.may_return(view.token), TOKEN_PLACE);
    if !restoration.foreign.is_empty() || !restoration.refused.is_empty() {
        return Err(Held::ForeignToken);
    }
    let without_tokens = tokens.conversation.restore_where(answer, |_| false, TOKEN_PLACE).text;
    if has_foreign_link(&without_tokens, public) {
        return Err(Held::Link);
    }
    let raw = detector.detect(&without_tokens).findings;
    if raw
        .iter()
        .any(|finding| !is_public(&without_tokens[finding.range.clone()], public))
    {
        return Err(Held::RawValue);
    }
    Ok(answer.to_owned())
}

/// Whether a found value is one of the business's own.
pub(super) fn is_public(value: &str, public: &[String]) -> bool {
    let digits = |text: &str| -> String { text.chars().filter(char::is_ascii_digit).collect() };
    let value_words = words(value);
    public.iter().any(|own| {
        let own_words = words(own);
        value_words.iter().all(|word| own_words.contains(word)) || same_phone(&digits(own), &digits(value))
    })
}

/// Words and numbers of a text, lower case, «е» for «ё».
fn words(text: &str) -> Vec<String> {
    let text = text.to_lowercase().replace('ё', "е");
    text.split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Numbers with the same last ten digits are one phone, whatever stands before.
fn same_phone(one: &str, other: &str) -> bool {
    const NATIONAL_DIGITS: usize = 10;
    let tail = |digits: &str| {
        digits
            .len()
            .checked_sub(NATIONAL_DIGITS)
            .map(|from| digits[from..].to_owned())
    };
    matches!((tail(one), tail(other)), (Some(one), Some(other)) if one == other)
}

fn has_foreign_link(text: &str, public: &[String]) -> bool {
    text.split_whitespace().any(|word| {
        let lower = word.to_lowercase();
        let linked = lower.contains("://") || lower.starts_with("www.") || lower.contains("](");
        linked && !is_public(word, public)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_own_value_is_public_in_any_writing() {
        let public = vec![
            "+7 351 000-00-01".to_owned(),
            "ул. Примерная, д. 5".to_owned(),
            "Ольга".to_owned(),
        ];
        for own in ["8 (351) 000-00-01", "ул. Примерная, 5", "ОЛЬГА"] {
            assert!(is_public(own, &public), "{own}");
        }
        assert!(!is_public("мер", &public), "a part of a word is no word");
        assert!(!is_public("+7 900 000-00-11", &public));
        assert!(!is_public("Анна", &public));
    }

    #[test]
    fn an_answer_with_anything_foreign_is_held() {
        let detector = Detector::new();
        let mut tokens = Tokens::default();
        let token = tokens.mask_client(&detector, "Меня зовут Анна Тестова").entities[0]
            .token
            .clone();
        let other = tokens.mask_ours(&detector, "клиент Пётр Примеров").entities[0]
            .token
            .clone();
        let public = vec!["+7 351 000-00-01".to_owned()];
        let look = |answer: &str| inspect(&detector, &tokens, &public, answer);
        let fine = format!("{token}, ждём вас, телефон +7 351 000-00-01");
        assert_eq!(look(&fine), Ok(fine.clone()));
        assert_eq!(look(&format!("{other}, ждём вас")), Err(Held::ForeignToken));
        assert_eq!(look("[Клиент-999999], ждём вас"), Err(Held::ForeignToken));
        assert_eq!(look("Звоните +7 900 000-00-99"), Err(Held::RawValue));
        assert_eq!(look("Смотрите https://evil.example/x"), Err(Held::Link));
        assert_eq!(look("  \n "), Err(Held::Empty));
        assert_eq!(look(&"а".repeat(MAX_ANSWER_BYTES)), Err(Held::TooLong));
    }
}
