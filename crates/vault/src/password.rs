//! Passwords of staff: what is accepted, how they are stored, how they are checked.
//!
//! Stored is a PHC string of Argon2id. A check for an unknown person does the same work as one for a known person,
//! so that the time of an answer does not tell who works here.

use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use argon2::{Algorithm, Argon2, Params, Version};

use crate::{Entropy, Error, SecretString};

/// Shortest accepted password, in characters.
pub const MIN_PASSWORD_CHARS: usize = 10;
/// Longest accepted password in bytes: longer ones would only cost work.
pub const MAX_PASSWORD_BYTES: usize = 512;

/// Cost of one hash: 19 MiB, 2 passes, 1 lane. Two at once must fit into a small machine.
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
const SALT_BYTES: usize = 16;
/// Passwords of fewer different characters are patterns.
const MIN_DIFFERENT_CHARS: usize = 4;
/// So many common words in a row are still common.
const MAX_COMMON_WORDS: usize = 3;
/// Words and keyboard walks that are tried first, in both alphabets; one a line, lower case.
const COMMON: &str = include_str!("common_passwords.txt");

/// Refuses passwords that are too short, too long, or tried first by everybody.
pub fn check_password(password: &SecretString) -> Result<(), Error> {
    let text = password.expose();
    if text.chars().count() < MIN_PASSWORD_CHARS {
        return Err(Error::PasswordTooShort);
    }
    if text.len() > MAX_PASSWORD_BYTES {
        return Err(Error::PasswordTooLong);
    }
    if is_common(&text.to_lowercase()) {
        Err(Error::CommonPassword)
    } else {
        Ok(())
    }
}

/// Checks a new password and gives what to store.
pub fn hash_password(password: &SecretString, entropy: &dyn Entropy) -> Result<String, Error> {
    check_password(password)?;
    let mut salt = [0; SALT_BYTES];
    entropy.fill(&mut salt)?;
    hash_with(password, &salt)
}

/// Whether the password fits the stored hash; `None` stands for an unknown person and costs the same.
pub fn verify_password(stored: Option<&str>, password: &SecretString) -> Result<bool, Error> {
    if password.expose().len() > MAX_PASSWORD_BYTES {
        return Ok(false);
    }
    let Some(stored) = stored else {
        hash_with(password, &[0; SALT_BYTES])?;
        return Ok(false);
    };
    match hasher().verify_password(password.expose().as_bytes(), stored) {
        Ok(()) => Ok(true),
        Err(argon2::password_hash::Error::PasswordInvalid) => Ok(false),
        Err(_) => Err(Error::DamagedPasswordHash),
    }
}

fn hash_with(password: &SecretString, salt: &[u8; SALT_BYTES]) -> Result<String, Error> {
    let hash = hasher().hash_password_with_salt(password.expose().as_bytes(), salt);
    hash.map(|hash| hash.to_string()).map_err(|_| Error::PasswordTooLong)
}

fn hasher() -> Argon2<'static> {
    let params = Params::new(MEMORY_KIB, PASSES, 1, None).expect("the cost is within the limits of Argon2");
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

/// Common words, alone or in a row, with any digits and signs around them; bare numbers; patterns.
fn is_common(lower: &str) -> bool {
    let mut different: Vec<char> = lower.chars().collect();
    different.sort_unstable();
    different.dedup();
    let core = lower.trim_matches(|character: char| !character.is_alphabetic());
    different.len() < MIN_DIFFERENT_CHARS
        || core.is_empty()
        || is_row_of_common_words(lower, MAX_COMMON_WORDS)
        || is_row_of_common_words(core, MAX_COMMON_WORDS)
}

fn is_row_of_common_words(text: &str, words_left: usize) -> bool {
    words_left > 0
        && COMMON.lines().any(|word| {
            text.strip_prefix(word).is_some_and(|rest| {
                let rest = rest.trim_start_matches(|character: char| !character.is_alphabetic());
                rest.is_empty() || is_row_of_common_words(rest, words_left - 1)
            })
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::SeededEntropy;

    fn check(password: &str) -> Result<(), Error> {
        check_password(&SecretString::new(password))
    }

    #[test]
    fn right_password_fits_and_a_wrong_one_does_not() {
        let password = SecretString::new("тихий синий чайник");
        let stored = hash_password(&password, &SeededEntropy::new(1)).unwrap();
        assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{stored}");
        assert_eq!(verify_password(Some(&stored), &password), Ok(true));
        assert_eq!(
            verify_password(Some(&stored), &SecretString::new("тихий синий чайниц")),
            Ok(false)
        );
        assert_eq!(verify_password(None, &password), Ok(false));
        assert_eq!(
            verify_password(Some("$argon2id$"), &password),
            Err(Error::DamagedPasswordHash)
        );
    }

    #[test]
    fn same_password_is_stored_differently_each_time() {
        let password = SecretString::new("тихий синий чайник");
        let entropy = SeededEntropy::new(1);
        assert_ne!(hash_password(&password, &entropy), hash_password(&password, &entropy));
    }

    /// A later change of the cost must not lock anybody out.
    #[test]
    fn stored_hash_carries_its_own_cost() {
        let password = SecretString::new("тихий синий чайник");
        let cheap = Argon2::new(
            Algorithm::Argon2id,
            Version::V0x13,
            Params::new(64, 1, 1, None).unwrap(),
        );
        let stored = cheap
            .hash_password_with_salt(password.expose().as_bytes(), &[7; 16])
            .unwrap()
            .to_string();
        assert_eq!(verify_password(Some(&stored), &password), Ok(true));
    }

    #[test]
    fn short_long_and_common_passwords_are_refused() {
        assert_eq!(check("девять123"), Err(Error::PasswordTooShort));
        assert_eq!(check(&"длинный".repeat(50)), Err(Error::PasswordTooLong));
        let common = [
            "Password123!",
            "qwertyuiop",
            "Qwerty123456",
            "йцукенгшщз",
            "Пароль2024!",
            "ПАРОЛЬпароль",
            "1q2w3e4r5t",
            "1234567890",
            "89000000011",
            "aaaaaaaaaaaa",
            "abababababab",
            "natasha1987",
            "!!!admin!!!",
            "мамапапа2010",
            "gfhjkm12345",
            "qwerty-qwerty",
        ];
        for password in common {
            assert_eq!(check(password), Err(Error::CommonPassword), "{password}");
        }
    }

    #[test]
    fn ordinary_good_passwords_are_accepted() {
        for password in [
            "тихий синий чайник",
            "correct horse battery",
            "vB7!kq9zTe",
            "Маша любит гречку",
            "лампа-92-ветер",
        ] {
            assert_eq!(check(password), Ok(()), "{password}");
        }
    }

    #[test]
    fn list_of_common_passwords_is_clean() {
        let words: Vec<&str> = COMMON.lines().collect();
        assert!(words.len() >= 300);
        assert!(words.is_sorted());
        for pair in words.windows(2) {
            assert_ne!(pair[0], pair[1]);
        }
        assert!(
            words
                .iter()
                .all(|word| !word.is_empty() && *word == word.to_lowercase())
        );
    }
}
