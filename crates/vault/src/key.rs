//! Raw 32-byte keys and the two things done with them inside the crate: derive and encrypt.
//!
//! The only file that names the cipher. A sealed piece is `header | nonce (24) | ciphertext | tag (16)`; the
//! header is public and checked by the caller, the associated data says where the piece belongs.

use chacha20poly1305::aead::{AeadInOut as _, KeyInit as _};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use hkdf::Hkdf;
use sha2::Sha256;
use zeroize::{Zeroize as _, Zeroizing};

use crate::{Entropy, Error};

/// Length of each key in bytes.
pub(crate) const KEY_BYTES: usize = 32;
/// Length of a nonce: long enough to be drawn at random for ever.
pub(crate) const NONCE_BYTES: usize = 24;
/// Length of the authentication tag.
pub(crate) const TAG_BYTES: usize = 16;

/// A key that is wiped when dropped.
pub(crate) type RawKey = Zeroizing<[u8; KEY_BYTES]>;

/// Draws a fresh key.
pub(crate) fn random_key(entropy: &dyn Entropy) -> Result<RawKey, Error> {
    let mut key = RawKey::default();
    entropy.fill(&mut key[..])?;
    Ok(key)
}

/// HKDF-SHA256 (RFC 5869): a key for one use, tied to the installation by the salt and to the use by the label.
pub(crate) fn derive(secret: &RawKey, installation: &str, label: &str) -> RawKey {
    let mut key = RawKey::default();
    expand(installation.as_bytes(), &secret[..], label.as_bytes(), &mut key[..]);
    key
}

/// Encrypts under a fresh nonce.
pub(crate) fn encrypt(
    key: &RawKey,
    header: &[u8],
    place: &[u8],
    plain: &[u8],
    entropy: &dyn Entropy,
) -> Result<Vec<u8>, Error> {
    let mut nonce = [0; NONCE_BYTES];
    entropy.fill(&mut nonce)?;
    // Reserved at once, so that no reallocation leaves plaintext behind.
    let mut piece = Vec::with_capacity(header.len() + NONCE_BYTES + plain.len() + TAG_BYTES);
    piece.extend_from_slice(header);
    piece.extend_from_slice(&nonce);
    piece.extend_from_slice(plain);
    let body = &mut piece[header.len() + NONCE_BYTES..];
    let tag = cipher(key)
        .encrypt_inout_detached(&XNonce::from(nonce), place, body.into())
        .expect("values are far below the 256 GiB that the cipher takes");
    piece.extend_from_slice(&tag);
    Ok(piece)
}

/// Decrypts what follows the header; `None` when key, place or a single bit differ.
pub(crate) fn decrypt(key: &RawKey, place: &[u8], nonce_and_body: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let (nonce, rest) = nonce_and_body.split_first_chunk::<NONCE_BYTES>()?;
    let (body, tag) = rest.split_last_chunk::<TAG_BYTES>()?;
    let mut plain = Zeroizing::new(body.to_vec());
    let opened = cipher(key).decrypt_inout_detached(
        &XNonce::from(*nonce),
        place,
        plain.as_mut_slice().into(),
        &(*tag).into(),
    );
    opened.ok().map(|()| plain)
}

/// Associated data without ambiguity: a context, then each part behind its length in 4 bytes.
pub(crate) fn place(context: &str, parts: &[&[u8]]) -> Vec<u8> {
    let mut bytes = context.as_bytes().to_vec();
    for part in parts {
        let length = u32::try_from(part.len()).expect("names and numbers are short");
        bytes.extend_from_slice(&length.to_be_bytes());
        bytes.extend_from_slice(part);
    }
    bytes
}

fn cipher(key: &RawKey) -> XChaCha20Poly1305 {
    let mut copy = Key::from(**key);
    let cipher = XChaCha20Poly1305::new(&copy);
    copy.zeroize();
    cipher
}

fn expand(salt: &[u8], secret: &[u8], label: &[u8], out: &mut [u8]) {
    Hkdf::<Sha256>::new(Some(salt), secret)
        .expand(label, out)
        .expect("HKDF gives up to 8160 bytes and 32 are asked for");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::SeededEntropy;

    /// RFC 5869, test case 1.
    #[test]
    fn derivation_gives_the_published_value() {
        let salt: Vec<u8> = (0x00..=0x0c).collect();
        let label: Vec<u8> = (0xf0..=0xf9).collect();
        let mut out = [0; 42];
        expand(&salt, &[0x0b; 22], &label, &mut out);
        assert_eq!(
            crate::hex(&out),
            "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865"
        );
    }

    /// draft-irtf-cfrg-xchacha-03, appendix A.3.1.
    #[test]
    fn cipher_gives_the_published_value() {
        struct Fixed;
        impl Entropy for Fixed {
            fn fill(&self, bytes: &mut [u8]) -> Result<(), Error> {
                bytes.iter_mut().zip(0x40..).for_each(|(byte, value)| *byte = value);
                Ok(())
            }
        }
        let mut key = RawKey::default();
        key.iter_mut().zip(0x80..).for_each(|(byte, value)| *byte = value);
        let place = [0x50, 0x51, 0x52, 0x53, 0xc0, 0xc1, 0xc2, 0xc3, 0xc4, 0xc5, 0xc6, 0xc7];
        let plain = b"Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, sunscreen would be it.";
        let piece = encrypt(&key, b"", &place, plain, &Fixed).unwrap();
        let (body, tag) = piece[NONCE_BYTES..].split_at(plain.len());
        assert_eq!(body[..8], [0xbd, 0x6d, 0x17, 0x9d, 0x3e, 0x83, 0xd4, 0x3b]);
        let expected = [
            0xc0, 0x87, 0x59, 0x24, 0xc1, 0xc7, 0x98, 0x79, 0x47, 0xde, 0xaf, 0xd8, 0x78, 0x0a, 0xcf, 0x49,
        ];
        assert_eq!(tag, expected);
    }

    #[test]
    fn parts_of_a_place_never_run_into_each_other() {
        assert_ne!(place("x", &[b"ab", b"c"]), place("x", &[b"a", b"bc"]));
        assert_ne!(place("x", &[b"a"]), place("x", &[b"a", b""]));
    }

    #[test]
    fn derived_keys_differ_by_secret_installation_and_label() {
        let entropy = SeededEntropy::new(1);
        let (one, two) = (random_key(&entropy).unwrap(), random_key(&entropy).unwrap());
        let keys = [
            derive(&one, "salon", "blind/phone/1"),
            derive(&two, "salon", "blind/phone/1"),
            derive(&one, "clinic", "blind/phone/1"),
            derive(&one, "salon", "blind/phone/2"),
        ];
        for (place, key) in keys.iter().enumerate() {
            assert!(!keys[..place].contains(key));
        }
    }
}
