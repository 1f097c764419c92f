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

/// Memory of one hash: 19 MiB, 1 lane. Two at once must fit into a small machine.
const MEMORY_KIB: u32 = 19 * 1024;
/// Fewest passes (security.md §5).
const MIN_PASSES: u32 = 2;
/// Most passes: on a machine that was idle when it was measured, a hash must not take a second when it is busy.
const MAX_PASSES: u32 = 24;
/// What one hash should take, in milliseconds: nobody who signs in minds, and somebody who guesses does.
const AIM_MS: i64 = 250;
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

/// What one hash costs: passes over [19 MiB](MEMORY_KIB) of memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PasswordCost {
    passes: u32,
}

impl PasswordCost {
    /// The least that is stored.
    pub const LEAST: PasswordCost = PasswordCost { passes: MIN_PASSES };

    /// The cost at which one hash takes about a quarter of a second on this machine, within bounds. `now_ms` is asked
    /// before and after each of two trial hashes; a clock that stands still gives [`PasswordCost::LEAST`].
    ///
    /// # Errors
    /// When the memory for a hash cannot be had.
    pub fn calibrated(mut now_ms: impl FnMut() -> i64) -> Result<PasswordCost, Error> {
        let trial = SecretString::new("trial of this machine");
        let mut took_ms = i64::MAX;
        for _trial in 0..2 {
            let before_ms = now_ms();
            hash_with(&trial, &[0; SALT_BYTES], PasswordCost::LEAST)?;
            took_ms = took_ms.min(now_ms() - before_ms);
        }
        Ok(PasswordCost::for_time(took_ms))
    }

    /// From the time the least cost takes.
    fn for_time(least_took_ms: i64) -> PasswordCost {
        if least_took_ms <= 0 {
            return PasswordCost::LEAST;
        }
        let passes = i64::from(MIN_PASSES).saturating_mul(AIM_MS) / least_took_ms;
        PasswordCost {
            passes: u32::try_from(passes)
                .unwrap_or(MAX_PASSES)
                .clamp(MIN_PASSES, MAX_PASSES),
        }
    }

    /// Passes over the memory.
    pub fn passes(self) -> u32 {
        self.passes
    }

    /// Memory of one hash in KiB.
    pub fn memory_kib(self) -> u32 {
        MEMORY_KIB
    }

    fn hasher(self) -> Argon2<'static> {
        let params = Params::new(MEMORY_KIB, self.passes, 1, None).expect("the cost is within the limits of Argon2");
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
    }
}

/// What a comparison came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Compared {
    /// The password is the stored one.
    pub fits: bool,
    /// Memory times passes that were worked through, in KiB: the same for a known and an unknown person.
    pub work: u64,
    /// What is stored is cheaper than what is stored today: time to hash anew.
    pub is_cheap: bool,
}

/// Checks a new password and gives what to store.
pub fn hash_password(password: &SecretString, cost: PasswordCost, entropy: &dyn Entropy) -> Result<String, Error> {
    check_password(password)?;
    rehash_password(password, cost, entropy)
}

/// Hashes a password that was accepted before, at today's cost: what is too common today still signs in.
pub fn rehash_password(password: &SecretString, cost: PasswordCost, entropy: &dyn Entropy) -> Result<String, Error> {
    let mut salt = [0; SALT_BYTES];
    entropy.fill(&mut salt)?;
    hash_with(password, &salt, cost)
}

/// Whether the password fits the stored hash; `None` stands for an unknown person and costs the same.
pub fn verify_password(stored: Option<&str>, password: &SecretString, cost: PasswordCost) -> Result<Compared, Error> {
    let refused = |work| Compared {
        fits: false,
        work,
        is_cheap: false,
    };
    if password.expose().len() > MAX_PASSWORD_BYTES {
        return Ok(refused(0));
    }
    let Some(stored) = stored else {
        hash_with(password, &[0; SALT_BYTES], cost)?;
        return Ok(refused(work_of(MEMORY_KIB, cost.passes)));
    };
    let (memory_kib, passes) = cost_of(stored)?;
    let work = work_of(memory_kib, passes);
    match cost.hasher().verify_password(password.expose().as_bytes(), stored) {
        Ok(()) => Ok(Compared {
            fits: true,
            work,
            is_cheap: work < work_of(MEMORY_KIB, cost.passes),
        }),
        Err(argon2::password_hash::Error::PasswordInvalid) => Ok(refused(work)),
        Err(_) => Err(Error::DamagedPasswordHash),
    }
}

fn work_of(memory_kib: u32, passes: u32) -> u64 {
    u64::from(memory_kib) * u64::from(passes)
}

/// Memory and passes that a stored hash names.
fn cost_of(stored: &str) -> Result<(u32, u32), Error> {
    let named = |name: &str| {
        let parameters = stored.split('$').nth(3)?;
        let value = parameters.split(',').find_map(|part| part.strip_prefix(name))?;
        value.parse().ok()
    };
    match (named("m="), named("t=")) {
        (Some(memory_kib), Some(passes)) => Ok((memory_kib, passes)),
        _ => Err(Error::DamagedPasswordHash),
    }
}

fn hash_with(password: &SecretString, salt: &[u8; SALT_BYTES], cost: PasswordCost) -> Result<String, Error> {
    let hash = cost
        .hasher()
        .hash_password_with_salt(password.expose().as_bytes(), salt);
    hash.map(|hash| hash.to_string()).map_err(|_| Error::PasswordTooLong)
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

    const LEAST: PasswordCost = PasswordCost::LEAST;

    fn check(password: &str) -> Result<(), Error> {
        check_password(&SecretString::new(password))
    }

    #[test]
    fn right_password_fits_and_a_wrong_one_does_not() {
        let password = SecretString::new("тихий синий чайник");
        let verify = |stored: Option<&str>, password: &SecretString| {
            verify_password(stored, password, LEAST).map(|compared| compared.fits)
        };
        let stored = hash_password(&password, LEAST, &SeededEntropy::new(1)).unwrap();
        assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{stored}");
        assert_eq!(verify(Some(&stored), &password), Ok(true));
        assert_eq!(
            verify(Some(&stored), &SecretString::new("тихий синий чайниц")),
            Ok(false)
        );
        assert_eq!(verify(None, &password), Ok(false));
        assert_eq!(verify(Some("$argon2id$"), &password), Err(Error::DamagedPasswordHash));
    }

    #[test]
    fn same_password_is_stored_differently_each_time() {
        let password = SecretString::new("тихий синий чайник");
        let entropy = SeededEntropy::new(1);
        assert_ne!(
            hash_password(&password, LEAST, &entropy),
            hash_password(&password, LEAST, &entropy)
        );
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
        let compared = verify_password(Some(&stored), &password, LEAST).unwrap();
        assert!(compared.fits && compared.is_cheap, "{compared:?}");
        let dear = rehash_password(&password, LEAST, &SeededEntropy::new(1)).unwrap();
        let compared = verify_password(Some(&dear), &password, LEAST).unwrap();
        assert!(compared.fits && !compared.is_cheap, "{compared:?}");
    }

    #[test]
    fn an_unknown_name_costs_the_work_of_a_known_one() {
        let (right, wrong) = (
            SecretString::new("тихий синий чайник"),
            SecretString::new("тихий синий чайниц"),
        );
        for cost in [LEAST, PasswordCost { passes: 3 }] {
            let stored = hash_password(&right, cost, &SeededEntropy::new(1)).unwrap();
            let work =
                |stored: Option<&str>, password: &SecretString| verify_password(stored, password, cost).unwrap().work;
            let expected = u64::from(cost.memory_kib()) * u64::from(cost.passes());
            assert_eq!(work(Some(&stored), &right), expected);
            assert_eq!(work(Some(&stored), &wrong), expected);
            assert_eq!(work(None, &wrong), expected);
        }
    }

    #[test]
    fn the_cost_follows_the_machine_within_bounds() {
        let passes = |took_ms| PasswordCost::for_time(took_ms).passes();
        assert_eq!(passes(50), 10);
        assert_eq!(passes(125), 4);
        // A slow machine, a clock that stands or runs backwards, and one faster than any.
        assert_eq!((passes(10_000), passes(0), passes(-5)), (2, 2, 2));
        assert_eq!(passes(1), MAX_PASSES);
        let mut at_ms = 0;
        let measured = PasswordCost::calibrated(|| {
            at_ms += 50;
            at_ms
        });
        assert_eq!(measured.map(PasswordCost::passes), Ok(10));
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
