//! The weighing of a message: every word, every pair of neighbours, classes of words used alike, what the lists say of
//! words one after another and of whole sentences, and the signs they count, each with a trained weight.

use std::borrow::Cow;
use std::sync::LazyLock;

use crate::lexicon::Sense;
use crate::lore::Lore;
use crate::view::Claims;
use crate::words::{Kind, Words};

use super::sign::{self, Hints, Tally};

/// Size of the table features are hashed into.
pub const BUCKETS: usize = 1 << 17;
/// Bytes before the table: what the sum begins with.
const HEAD: usize = 4;

static EMBEDDED: LazyLock<Scales> = LazyLock::new(|| {
    Scales::read(Cow::Borrowed(include_bytes!(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../data/pii/health.model"
    ))))
    .unwrap_or_default()
});

/// Trained weights. The default ones know nothing.
#[derive(Default)]
pub struct Scales {
    start: i32,
    table: Cow<'static, [u8]>,
}

impl Scales {
    /// The weights shipped with the crate.
    pub fn embedded() -> &'static Scales {
        &EMBEDDED
    }

    /// Weights from their parts; `table` has [`BUCKETS`] signed bytes.
    pub fn new(start: i32, table: Vec<u8>) -> Self {
        Self {
            start,
            table: Cow::Owned(table),
        }
    }

    /// Reads a file written by [`write`](Self::write); `None` if its size is another.
    pub fn read(bytes: Cow<'static, [u8]>) -> Option<Self> {
        if bytes.len() != HEAD + BUCKETS {
            return None;
        }
        let start = i32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]);
        let table = match bytes {
            Cow::Borrowed(bytes) => Cow::Borrowed(&bytes[HEAD..]),
            Cow::Owned(bytes) => Cow::Owned(bytes[HEAD..].to_vec()),
        };
        Some(Self { start, table })
    }

    /// The weights as bytes.
    pub fn write(&self) -> Vec<u8> {
        let mut bytes = self.start.to_le_bytes().to_vec();
        bytes.extend_from_slice(&self.table);
        bytes
    }

    /// What a sum begins with.
    pub fn start(&self) -> i32 {
        self.start
    }

    /// Weight of one feature.
    #[inline]
    pub fn weight(&self, bucket: u32) -> i32 {
        self.table
            .get(bucket as usize)
            .map_or(0, |byte| i32::from(byte.cast_signed()))
    }
}

/// Calls `put` with the bucket of each feature of the message.
pub(super) fn features(words: &Words<'_>, claims: &Claims, put: impl FnMut(u32)) {
    let mut features = Features { put };
    let tally = sign::tally(words, claims);
    let asks = u32::from(words.shadow.text().contains('?'));
    features.of_counts(&tally, words.len(), asks);
    let mut before = Told::default();
    let mut earlier = 0;
    let mut trail = Trail::default();
    for index in 0..words.len() {
        if words.begins_sentence(index) {
            features.of_sentence(&mut trail, asks);
        }
        let here = match (claims.at(words.all[index].start), words.all[index].kind) {
            (Some(claim), _) => Told::class(2000 + claim.label as u32),
            (None, Kind::Digits) => Told::class(1000 + words.text(index).len().min(4) as u32),
            (None, _) => {
                let lore = words.lore(index);
                features.add(10, lore.spelling.whole, 0);
                features.add(11, lore.sense.narrow, 0);
                features.add(12, lore.spelling.tails[1], 0);
                features.add(13, lore.spelling.tails[2], 0);
                features.of_hints(&mut trail, lore, index, before.stem, asks);
                Told {
                    stem: lore.spelling.stem,
                    sense: lore.sense,
                }
            }
        };
        features.add(14, here.stem, 0);
        features.add(15, before.stem, here.stem);
        features.add(16, before.sense.narrow, here.sense.narrow);
        features.add(17, before.stem, here.sense.broad);
        features.add(18, before.sense.broad, here.stem);
        features.add(19, earlier, here.stem);
        (earlier, before) = (before.stem, here);
    }
    features.of_sentence(&mut trail, asks);
    features.add(40, trail.message.bits(), 0);
    features.add(41, trail.message.bits(), tally.signs.min(3) as u32);
}

/// What a word is to its neighbours.
#[derive(Default)]
struct Told {
    stem: u32,
    sense: Sense,
}

impl Told {
    /// A number, or something personal: what it is counts, not which.
    fn class(number: u32) -> Self {
        Self {
            stem: number,
            sense: Sense::NONE,
        }
    }
}

/// The words so far that said something.
#[derive(Default)]
struct Trail {
    /// The last two of the message, and where the later one stood.
    last: [Hints; 2],
    at: usize,
    /// The same of the sentence, each as the one thing it is first of all.
    main: [u32; 2],
    sentence: Hints,
    message: Hints,
}

/// Where features go.
struct Features<F> {
    put: F,
}

impl<F: FnMut(u32)> Features<F> {
    fn add(&mut self, kind: u32, one: u32, other: u32) {
        let mut mixed = one
            .wrapping_mul(0x9e37_79b1)
            .rotate_left(15)
            .wrapping_add(other)
            .wrapping_mul(0x85eb_ca6b)
            .rotate_left(13)
            .wrapping_add(kind.wrapping_mul(0xc2b2_ae35))
            .wrapping_mul(0x27d4_eb2f);
        mixed ^= mixed >> 15;
        (self.put)(mixed % BUCKETS as u32);
    }

    /// What the lists counted in the whole message.
    fn of_counts(&mut self, tally: &Tally, length: usize, asks: u32) {
        let signs = tally.signs.min(3) as u32;
        let general = tally.general.min(3) as u32;
        let reveals = u32::from(tally.reveals());
        let whom = u32::from(tally.somebody > 0) + 2 * u32::from(tally.kin > 0) + 4 * u32::from(tally.animals > 0);
        let flesh = u32::from(tally.body > 0) + 2 * u32::from(tally.trouble > 0);
        self.add(1, signs, reveals);
        self.add(2, signs, general);
        self.add(3, signs, whom);
        self.add(4, flesh, whom);
        self.add(5, signs * 4 + general, whom);
        self.add(6, length.min(40) as u32 / 5, signs);
        self.add(7, asks, signs * 2 + reveals);
    }

    /// What the word says by itself, behind the two before it that said something, and the plain word after such a one.
    fn of_hints(&mut self, trail: &mut Trail, lore: &Lore, index: usize, before: u32, asks: u32) {
        let hints = lore.hints;
        if index > 0 && trail.at + 1 == index && hints == Hints::NONE {
            self.add(20, trail.last[1].bits(), lore.spelling.stem);
        }
        if hints == Hints::NONE {
            return;
        }
        let [first, second] = trail.last.map(Hints::bits);
        let gap = (index - trail.at).min(4) as u32;
        self.add(21, hints.bits(), asks);
        self.add(22, second, hints.bits());
        self.add(23, second, hints.bits() * 8 + gap);
        self.add(24, (first << 16) + second, hints.bits());
        self.add(25, before, hints.bits());
        let main = hints.main();
        self.add(26, trail.main[1], main);
        self.add(27, trail.main[0] * 16 + trail.main[1], main);
        trail.last = [trail.last[1], hints];
        trail.main = [trail.main[1], main];
        trail.at = index;
        trail.sentence = trail.sentence.with(hints);
        trail.message = trail.message.with(hints);
    }

    /// All that the words of a sentence said; the next one begins anew.
    fn of_sentence(&mut self, trail: &mut Trail, asks: u32) {
        if trail.sentence != Hints::NONE {
            self.add(30, trail.sentence.bits(), 0);
            self.add(31, trail.sentence.of_flesh().bits(), asks);
        }
        trail.sentence = Hints::NONE;
        trail.main = [0, 0];
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_are_read_back_as_they_were_written() {
        let mut table = vec![0; BUCKETS];
        table[5] = (-7_i8).cast_unsigned();
        let again = Scales::read(Cow::Owned(Scales::new(-3, table).write())).expect("just written");
        assert_eq!((again.start(), again.weight(5), again.weight(6)), (-3, -7, 0));
        assert!(Scales::read(Cow::Borrowed(b"short")).is_none());
    }

    #[test]
    fn the_shipped_weights_are_weights() {
        assert_eq!(Scales::embedded().table.len(), BUCKETS);
    }
}
