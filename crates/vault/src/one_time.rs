//! One-time codes of a second factor: RFC 6238 over HMAC-SHA1 with six digits and steps of 30 seconds, which is what
//! every authenticator app speaks; and recovery codes for the day the telephone is lost.
//!
//! Pure arithmetic over a secret and a time. Whether a step was used before is kept by the caller.

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha1::Sha1;
use zeroize::Zeroizing;

use crate::mac::constant_time_eq;
use crate::{Entropy, Error, SecretString};

/// Length of a secret: as long as the hash (RFC 4226 §4 R6).
const SECRET_BYTES: usize = 20;
/// One code holds so long, in seconds (RFC 6238 §5.2).
pub const CODE_STEP_S: i64 = 30;
/// A telephone's clock may be off by so many steps either way (RFC 6238 §6).
const WINDOW_STEPS: i64 = 1;
/// Digits of a code.
const CODE_DIGITS: usize = 6;
/// Bits of a recovery code, in bytes: too many to guess, few enough to type.
const RECOVERY_BYTES: usize = 10;
/// Letters of a recovery code between two hyphens.
const RECOVERY_GROUP: usize = 4;
/// Letters and digits without those that are mistaken for each other (RFC 4648 §6).
const BASE32: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// Draws a secret, in the letters a person types into his app.
///
/// # Errors
/// [`Error::EntropyUnavailable`].
pub fn code_secret(entropy: &dyn Entropy) -> Result<SecretString, Error> {
    let mut bytes = Zeroizing::new([0; SECRET_BYTES]);
    entropy.fill(&mut bytes[..])?;
    Ok(SecretString::new(base32(&bytes[..])))
}

/// The step in which `code` is right at this time, when it is younger than `last_step`; nothing for any other code.
///
/// All steps of the window are compared in the same time, also after one has fitted.
///
/// # Errors
/// [`Error::DamagedCodeSecret`] when the secret is none of ours.
pub fn code_step(secret: &SecretString, code: &str, now_ms: i64, last_step: i64) -> Result<Option<i64>, Error> {
    let key = Zeroizing::new(from_base32(secret.expose()).ok_or(Error::DamagedCodeSecret)?);
    let typed: Zeroizing<String> = Zeroizing::new(code.chars().filter(|letter| !letter.is_whitespace()).collect());
    let now = now_ms.div_euclid(1_000).div_euclid(CODE_STEP_S);
    let mut found = None;
    for step in now - WINDOW_STEPS..=now + WINDOW_STEPS {
        let right = Zeroizing::new(code_at(&key, step));
        let fits = constant_time_eq(right.as_bytes(), typed.as_bytes());
        if fits && step > last_step && found.is_none() {
            found = Some(step);
        }
    }
    Ok(found)
}

/// The code of one moment: for an app that plays the telephone in tests.
///
/// # Errors
/// As [`code_step`].
#[cfg(any(test, feature = "testing"))]
pub fn code_now(secret: &SecretString, now_ms: i64) -> Result<String, Error> {
    let key = from_base32(secret.expose()).ok_or(Error::DamagedCodeSecret)?;
    Ok(code_at(&key, now_ms.div_euclid(1_000).div_euclid(CODE_STEP_S)))
}

/// Draws a recovery code, `ABCD-EFGH-IJKL-MNOP`. Stored is its [`token_digest`](crate::token_digest): 80 random bits
/// need no slow hash.
///
/// # Errors
/// [`Error::EntropyUnavailable`].
pub fn recovery_code(entropy: &dyn Entropy) -> Result<SecretString, Error> {
    let mut bytes = Zeroizing::new([0; RECOVERY_BYTES]);
    entropy.fill(&mut bytes[..])?;
    let letters = Zeroizing::new(base32(&bytes[..]));
    let mut shown = String::with_capacity(letters.len() + letters.len() / RECOVERY_GROUP);
    for (position, letter) in letters.chars().enumerate() {
        if position > 0 && position.is_multiple_of(RECOVERY_GROUP) {
            shown.push('-');
        }
        shown.push(letter);
    }
    Ok(SecretString::new(shown))
}

/// A recovery code as it was drawn, however it was typed; nothing when it cannot be one.
pub fn canonical_recovery_code(typed: &str) -> Option<SecretString> {
    let letters: Zeroizing<String> = Zeroizing::new(
        typed
            .chars()
            .filter(|letter| letter.is_alphanumeric())
            .flat_map(char::to_uppercase)
            .collect(),
    );
    if letters.len() != RECOVERY_BYTES * 8 / 5 || !letters.bytes().all(|letter| BASE32.contains(&letter)) {
        return None;
    }
    let groups: Vec<&str> = (0..letters.len())
        .step_by(RECOVERY_GROUP)
        .map(|at| &letters[at..at + RECOVERY_GROUP])
        .collect();
    Some(SecretString::new(groups.join("-")))
}

/// HOTP of one counter (RFC 4226 §5.3).
fn code_at(key: &[u8], step: i64) -> String {
    let mut mac = Hmac::<Sha1>::new_from_slice(key).expect("HMAC takes keys of any length");
    mac.update(&step.to_be_bytes());
    let hash = mac.finalize().into_bytes();
    let from = usize::from(hash[hash.len() - 1] & 0x0f);
    let cut = [hash[from] & 0x7f, hash[from + 1], hash[from + 2], hash[from + 3]];
    let number = u32::from_be_bytes(cut) % 10_u32.pow(CODE_DIGITS as u32);
    format!("{number:0width$}", width = CODE_DIGITS)
}

fn base32(bytes: &[u8]) -> String {
    let mut letters = String::with_capacity(bytes.len() * 8 / 5 + 1);
    let (mut held, mut bits) = (0_u32, 0);
    for byte in bytes {
        held = (held << 8) | u32::from(*byte);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            letters.push(char::from(BASE32[(held >> bits & 31) as usize]));
        }
        held &= (1 << bits) - 1;
    }
    if bits > 0 {
        letters.push(char::from(BASE32[(held << (5 - bits) & 31) as usize]));
    }
    letters
}

fn from_base32(letters: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(letters.len() * 5 / 8);
    let (mut held, mut bits) = (0_u32, 0);
    for letter in letters.bytes() {
        let value = BASE32.iter().position(|known| *known == letter)?;
        held = (held << 5) | u32::try_from(value).ok()?;
        bits += 5;
        if bits >= 8 {
            bits -= 8;
            bytes.push((held >> bits & 255) as u8);
        }
        held &= (1 << bits) - 1;
    }
    (!bytes.is_empty()).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::SeededEntropy;

    /// RFC 6238, appendix B: the SHA-1 column, cut to six digits.
    const PUBLISHED: [(i64, &str); 6] = [
        (59, "287082"),
        (1_111_111_109, "081804"),
        (1_111_111_111, "050471"),
        (1_234_567_890, "005924"),
        (2_000_000_000, "279037"),
        (20_000_000_000, "353130"),
    ];

    fn secret() -> SecretString {
        SecretString::new(base32(b"12345678901234567890"))
    }

    #[test]
    fn codes_are_the_published_ones() {
        for (at_s, code) in PUBLISHED {
            assert_eq!(code_now(&secret(), at_s * 1_000).unwrap(), code);
            let step = code_step(&secret(), code, at_s * 1_000, 0).unwrap();
            assert_eq!(step, Some(at_s / CODE_STEP_S), "{at_s}");
        }
    }

    /// RFC 4226, appendix D.
    #[test]
    fn counters_give_the_published_codes() {
        let codes = ["755224", "287082", "359152", "969429", "338314"];
        for (counter, code) in codes.into_iter().enumerate() {
            assert_eq!(code_at(b"12345678901234567890", counter as i64), code);
        }
    }

    #[test]
    fn a_code_holds_one_step_either_way_and_not_two() {
        let at_ms = 1_111_111_109_000;
        let code = code_now(&secret(), at_ms).unwrap();
        for (off_s, holds) in [(-60, false), (-30, true), (0, true), (30, true), (61, false)] {
            let step = code_step(&secret(), &code, at_ms + off_s * 1_000, 0).unwrap();
            assert_eq!(step.is_some(), holds, "{off_s}");
        }
    }

    #[test]
    fn a_used_step_and_all_before_it_are_over() {
        let at_ms = 1_111_111_109_000;
        let code = code_now(&secret(), at_ms).unwrap();
        let step = code_step(&secret(), &code, at_ms, 0).unwrap().unwrap();
        assert_eq!(code_step(&secret(), &code, at_ms, step).unwrap(), None);
        assert_eq!(code_step(&secret(), &code, at_ms, step + 1).unwrap(), None);
        assert_eq!(code_step(&secret(), &code, at_ms, step - 1).unwrap(), Some(step));
    }

    #[test]
    fn spaces_do_not_matter_and_anything_else_does() {
        let at_ms = 59_000;
        assert!(code_step(&secret(), " 287 082 ", at_ms, 0).unwrap().is_some());
        for wrong in ["", "28708", "2870820", "287083", "２８７０８２", "94287082"] {
            assert_eq!(code_step(&secret(), wrong, at_ms, 0).unwrap(), None, "{wrong}");
        }
        assert!(code_step(&SecretString::new("не код"), "287082", at_ms, 0).is_err());
    }

    #[test]
    fn base32_gives_the_published_values_and_reads_them_back() {
        // RFC 4648 §10, without the padding.
        for (bytes, letters) in [
            ("f", "MY"),
            ("fo", "MZXQ"),
            ("foo", "MZXW6"),
            ("foob", "MZXW6YQ"),
            ("fooba", "MZXW6YTB"),
            ("foobar", "MZXW6YTBOI"),
        ] {
            assert_eq!(base32(bytes.as_bytes()), letters);
            assert_eq!(from_base32(letters).as_deref(), Some(bytes.as_bytes()));
        }
        assert_eq!(from_base32("mzxw"), None);
        let drawn = code_secret(&SeededEntropy::new(1)).unwrap();
        assert_eq!(drawn.expose().len(), 32);
        assert_eq!(from_base32(drawn.expose()).map(|bytes| bytes.len()), Some(SECRET_BYTES));
    }

    #[test]
    fn a_recovery_code_is_known_however_it_is_typed() {
        let code = recovery_code(&SeededEntropy::new(1)).unwrap();
        assert_eq!(code.expose().len(), 19);
        let typed = code.expose().to_lowercase().replace('-', " ");
        assert_eq!(canonical_recovery_code(&typed).unwrap().expose(), code.expose());
        assert!(canonical_recovery_code("ABCD-EFGH").is_none());
        assert!(canonical_recovery_code("ABCD-EFGH-IJKL-MNO1").is_none());
        let other = recovery_code(&SeededEntropy::new(2)).unwrap();
        assert_ne!(code.expose(), other.expose());
    }
}
