//! The root key on paper: words that can be read out over a telephone, and in which a slip of the pen is found.
//!
//! Twenty-three made-up words of five letters: consonant, vowel, consonant, vowel and a consonant that checks the four and
//! the place of the word. 23 × 12 bits carry the key and 20 bits of its hash, so a wrong word is named by its number, and
//! words that are right each for itself but not together are found as well. Letters that look or sound alike are not used.

use zeroize::Zeroizing;

use crate::key::{KEY_BYTES, RawKey};
use crate::mac::sha256;
use crate::root::RootKey;
use crate::{Error, SecretString};

/// Number of words on a sheet.
pub const SHEET_WORDS: usize = 23;

const CONSONANTS: [char; 16] = [
    'б', 'в', 'г', 'д', 'з', 'к', 'л', 'м', 'н', 'р', 'с', 'т', 'ф', 'х', 'ц', 'ш',
];
const VOWELS: [char; 4] = ['а', 'е', 'и', 'о'];
/// Bits that a word carries besides its check.
const WORD_BITS: usize = 12;
const CONTEXT: &[u8] = b"shirma/sheet/1";
/// Bytes of key and hash; the last four bits are not used.
const PAYLOAD_BYTES: usize = (SHEET_WORDS * WORD_BITS).div_ceil(8);

/// What is wrong with words read from a sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SheetProblem {
    /// There are more or fewer than [`SHEET_WORDS`].
    #[error("{found} words instead of {SHEET_WORDS}")]
    Count {
        /// How many there are.
        found: usize,
    },
    /// A word has a slip in it, or stands in another's place.
    #[error("word {number} is not right")]
    Word {
        /// Its number on the sheet, from 1.
        number: usize,
    },
    /// Each word is right, together they are no key.
    #[error("the words do not belong together")]
    Together,
}

impl RootKey {
    /// The words for the sheet, in order.
    pub fn to_words(&self) -> Vec<SecretString> {
        let payload = payload(self.raw());
        let words = (0..SHEET_WORDS).map(|place| SecretString::new(word(place, twelve_bits(&payload[..], place))));
        words.collect()
    }

    /// Reads the words of a sheet, however they are written: large or small letters, «ё» for «е», any spaces, numbers and
    /// points between them.
    ///
    /// # Errors
    /// The outer one for a placeholder, the inner one for words that are not those of a sheet.
    pub fn from_words(text: &str) -> Result<Result<RootKey, SheetProblem>, Error> {
        let lower = Zeroizing::new(text.to_lowercase().replace('ё', "е"));
        let words: Vec<&str> = lower
            .split(|letter: char| !letter.is_alphabetic())
            .filter(|word| !word.is_empty())
            .collect();
        if words.len() != SHEET_WORDS {
            return Ok(Err(SheetProblem::Count { found: words.len() }));
        }
        let mut read = Zeroizing::new([0_u8; PAYLOAD_BYTES]);
        for (place, given) in words.iter().enumerate() {
            let Some(bits) = bits_of(place, given) else {
                return Ok(Err(SheetProblem::Word { number: place + 1 }));
            };
            for bit in 0..WORD_BITS {
                if bits >> (WORD_BITS - 1 - bit) & 1 == 1 {
                    let at = place * WORD_BITS + bit;
                    read[at / 8] |= 0x80 >> (at % 8);
                }
            }
        }
        let mut key = RawKey::default();
        key.copy_from_slice(&read[..KEY_BYTES]);
        if payload(&key)[..] != read[..] {
            return Ok(Err(SheetProblem::Together));
        }
        RootKey::accept(key).map(Ok)
    }
}

/// Whether a word typed back is the one on the sheet.
pub fn is_same_word(on_sheet: &SecretString, typed: &str) -> bool {
    typed.trim().to_lowercase().replace('ё', "е") == *on_sheet.expose()
}

/// The key and the first 20 bits of its hash.
fn payload(key: &RawKey) -> Zeroizing<[u8; PAYLOAD_BYTES]> {
    let mut bytes = Zeroizing::new(CONTEXT.to_vec());
    bytes.reserve_exact(KEY_BYTES);
    bytes.extend_from_slice(&key[..]);
    let [a, b, c, ..] = sha256(&bytes);
    let mut payload = Zeroizing::new([0; PAYLOAD_BYTES]);
    payload[..KEY_BYTES].copy_from_slice(&key[..]);
    payload[KEY_BYTES..].copy_from_slice(&[a, b, c & 0xf0]);
    payload
}

fn twelve_bits(payload: &[u8], place: usize) -> u16 {
    (0..WORD_BITS).fold(0, |bits, bit| {
        let at = place * WORD_BITS + bit;
        bits << 1 | u16::from(payload[at / 8] >> (7 - at % 8) & 1)
    })
}

fn word(place: usize, bits: u16) -> String {
    let part = |shift: u16, mask: u16| usize::from(bits >> shift & mask);
    [
        CONSONANTS[part(8, 15)],
        VOWELS[part(6, 3)],
        CONSONANTS[part(2, 15)],
        VOWELS[part(0, 3)],
        CONSONANTS[check(place, bits)],
    ]
    .into_iter()
    .collect()
}

fn check(place: usize, bits: u16) -> usize {
    let [high, low] = bits.to_be_bytes();
    let digest = sha256(&[CONTEXT, &[place.to_le_bytes()[0], high, low]].concat());
    usize::from(digest[0] & 15)
}

fn bits_of(place: usize, given: &str) -> Option<u16> {
    let letters: Vec<char> = given.chars().collect();
    let [first, second, third, fourth, last] = letters.as_slice() else {
        return None;
    };
    let consonant = |letter: &char| CONSONANTS.iter().position(|known| known == letter);
    let vowel = |letter: &char| VOWELS.iter().position(|known| known == letter);
    let bits = consonant(first)? << 8 | vowel(second)? << 6 | consonant(third)? << 2 | vowel(fourth)?;
    let bits = u16::try_from(bits).ok()?;
    (consonant(last)? == check(place, bits)).then_some(bits)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::SeededEntropy;

    fn sheet(seed: u64) -> (RootKey, Vec<String>) {
        let key = RootKey::generate(&SeededEntropy::new(seed)).unwrap();
        let words = key.to_words().iter().map(|word| word.expose().to_owned()).collect();
        (key, words)
    }

    fn read(words: &[String]) -> Result<RootKey, SheetProblem> {
        RootKey::from_words(&words.join(" ")).unwrap()
    }

    #[test]
    fn words_read_back_however_they_are_written() {
        let (key, words) = sheet(1);
        assert_eq!(words.len(), SHEET_WORDS);
        let numbered: Vec<String> = words
            .iter()
            .enumerate()
            .map(|(place, word)| format!("{}. {}", place + 1, word.to_uppercase()))
            .collect();
        for text in [words.join(" "), numbered.join("\n"), words.join(", ").replace('е', "ё")] {
            let again = RootKey::from_words(&text).unwrap().unwrap();
            assert_eq!(again.raw(), key.raw());
        }
        assert!(is_same_word(&SecretString::new("белош"), " БЁЛОШ\n"));
        assert!(!is_same_word(&SecretString::new("белош"), "белод"));
    }

    #[test]
    fn missing_and_superfluous_words_are_counted() {
        let (_, words) = sheet(1);
        assert_eq!(
            read(&words[1..]).unwrap_err(),
            SheetProblem::Count { found: SHEET_WORDS - 1 }
        );
        assert_eq!(read(&[]).unwrap_err(), SheetProblem::Count { found: 0 });
    }

    proptest! {
        #[test]
        fn a_wrong_letter_is_found(seed in 0_u64..1_000, place in 0..SHEET_WORDS, at in 0_usize..5, letter in 0_usize..16) {
            let (_, mut words) = sheet(seed);
            let mut letters: Vec<char> = words[place].chars().collect();
            let other = if at % 2 == 0 { CONSONANTS[letter] } else { VOWELS[letter % 4] };
            prop_assume!(letters[at] != other);
            letters[at] = other;
            words[place] = letters.into_iter().collect();
            // One in sixteen passes the check of its word; together the words give it away.
            let problem = read(&words).unwrap_err();
            let named = SheetProblem::Word { number: place + 1 };
            prop_assert!(problem == named || problem == SheetProblem::Together);
        }

        #[test]
        fn two_words_that_changed_places_are_found(seed in 0_u64..1_000, one in 0..SHEET_WORDS, other in 0..SHEET_WORDS) {
            let (_, mut words) = sheet(seed);
            prop_assume!(words[one][..8] != words[other][..8]);
            words.swap(one, other);
            prop_assert!(read(&words).is_err());
        }
    }
}
