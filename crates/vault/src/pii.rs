//! Real values in memory. They are wiped when dropped, and neither shown, nor compared, nor serialised by accident.
//!
//! The one way to the value has a name that stands out in a review: `expose`.

use std::fmt;

use zeroize::Zeroize;

/// A personal value in memory.
///
/// ```
/// use shirma_vault::Pii;
/// let phone = Pii::new(String::from("+7 900 000-00-11"));
/// assert_eq!(format!("{phone:?}"), "<pii:16>");
/// assert_eq!(phone.expose().len(), 16);
/// ```
///
/// It cannot be printed:
/// ```compile_fail,E0277
/// println!("{}", shirma_vault::Pii::new(String::from("Анна Ким")));
/// ```
/// It cannot be serialised:
/// ```compile_fail,E0277
/// fn send(value: impl serde::Serialize) {}
/// send(shirma_vault::Pii::new(String::from("Анна Ким")));
/// ```
/// It cannot be compared, so that timing and snapshot tests tell nothing:
/// ```compile_fail,E0369
/// let _ = shirma_vault::Pii::new(vec![1u8]) == shirma_vault::Pii::new(vec![1u8]);
/// ```
/// It does not pass for a plain text:
/// ```compile_fail,E0308
/// fn log(text: &str) {}
/// log(&shirma_vault::Pii::new(String::from("Анна Ким")));
/// ```
#[derive(Clone)]
pub struct Pii<T: Zeroize>(T);

impl<T: Zeroize> Pii<T> {
    /// Takes a value in.
    pub fn new(value: T) -> Self {
        Self(value)
    }

    /// The real value, for the single place that needs it.
    pub fn expose(&self) -> &T {
        &self.0
    }

    /// Makes another personal value out of this one without letting it out.
    pub fn map<U: Zeroize>(&self, change: impl FnOnce(&T) -> U) -> Pii<U> {
        Pii(change(&self.0))
    }
}

impl<T: Zeroize> Drop for Pii<T> {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl<T: Zeroize> From<T> for Pii<T> {
    fn from(value: T) -> Self {
        Self(value)
    }
}

impl<T: Zeroize + AsRef<[u8]>> fmt::Debug for Pii<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<pii:{}>", self.0.as_ref().len())
    }
}

/// A key, token or password in memory. `Debug` hides even the length.
///
/// ```
/// use shirma_vault::SecretString;
/// assert_eq!(format!("{:?}", SecretString::new("shrm_x")), "<secret>");
/// ```
/// ```compile_fail,E0277
/// println!("{}", shirma_vault::SecretString::new("shrm_x"));
/// ```
/// ```compile_fail,E0277
/// fn send(value: impl serde::Serialize) {}
/// send(shirma_vault::SecretString::new("shrm_x"));
/// ```
/// ```compile_fail,E0369
/// let _ = shirma_vault::SecretString::new("a") == shirma_vault::SecretString::new("a");
/// ```
#[derive(Clone)]
pub struct SecretString(String);

impl SecretString {
    /// Takes a secret in.
    pub fn new(secret: impl Into<String>) -> Self {
        Self(secret.into())
    }

    /// The secret itself, for the single place that needs it.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl Drop for SecretString {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl From<String> for SecretString {
    fn from(secret: String) -> Self {
        Self(secret)
    }
}

impl fmt::Debug for SecretString {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("<secret>")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_shows_the_length_and_nothing_else() {
        #[derive(Debug)]
        #[expect(dead_code, reason = "only its Debug form is looked at")]
        struct Card {
            name: Pii<String>,
            scan: Pii<Vec<u8>>,
            token: SecretString,
        }
        let card = Card {
            name: Pii::new("Анна Ким".into()),
            scan: Pii::new(vec![1, 2, 3]),
            token: SecretString::new("shrm_abc"),
        };
        assert_eq!(
            format!("{card:?}"),
            "Card { name: <pii:15>, scan: <pii:3>, token: <secret> }"
        );
    }

    #[test]
    fn changed_value_stays_inside() {
        let name = Pii::new(String::from(" Анна "));
        assert_eq!(name.map(|text| text.trim().to_owned()).expose(), "Анна");
    }
}
