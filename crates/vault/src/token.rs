//! Random secrets given to browsers and programs. Only their digest is stored.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use zeroize::Zeroizing;

use crate::key::random_key;
use crate::mac::sha256;
use crate::{Entropy, Error, SecretString};

/// Start of each key given to programs, so that scanners of leaked secrets recognise it.
pub const API_TOKEN_PREFIX: &str = "shrm_";

/// A secret of 256 random bits in letters that pass through URLs and cookies.
///
/// The prefix is public: [`API_TOKEN_PREFIX`] for keys of programs, empty for sessions.
pub fn random_token(prefix: &str, entropy: &dyn Entropy) -> Result<SecretString, Error> {
    let bits = random_key(entropy)?;
    let encoded = Zeroizing::new(URL_SAFE_NO_PAD.encode(&bits[..]));
    let mut token = String::with_capacity(prefix.len() + encoded.len());
    token.push_str(prefix);
    token.push_str(&encoded);
    Ok(SecretString::new(token))
}

/// What is stored in place of a token. A plain hash is enough: a token cannot be guessed.
pub fn token_digest(token: &str) -> [u8; 32] {
    sha256(token.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::SeededEntropy;

    #[test]
    fn token_has_its_prefix_and_256_bits() {
        let entropy = SeededEntropy::new(1);
        let token = random_token(API_TOKEN_PREFIX, &entropy).unwrap();
        let bits = token.expose().strip_prefix("shrm_").unwrap();
        assert_eq!(URL_SAFE_NO_PAD.decode(bits).unwrap().len(), 32);
        let session = random_token("", &entropy).unwrap();
        assert_eq!(session.expose().len(), 43);
        assert_ne!(token_digest(session.expose()), token_digest(token.expose()));
    }
}
