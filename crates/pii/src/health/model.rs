//! The weighing of a message: every word, every pair of neighbours, classes of words used alike and the signs counted
//! by lists, each with a trained weight.

use std::borrow::Cow;
use std::sync::LazyLock;

use crate::lexicon::Sense;
use crate::view::Claims;
use crate::words::{Kind, Words};

use super::sign;

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
pub(super) fn features(words: &Words<'_>, claims: &Claims, mut put: impl FnMut(u32)) {
    let mut add = |kind: u32, one: u32, other: u32| {
        let mut mixed = one
            .wrapping_mul(0x9e37_79b1)
            .rotate_left(15)
            .wrapping_add(other)
            .wrapping_mul(0x85eb_ca6b)
            .rotate_left(13)
            .wrapping_add(kind.wrapping_mul(0xc2b2_ae35))
            .wrapping_mul(0x27d4_eb2f);
        mixed ^= mixed >> 15;
        put(mixed % BUCKETS as u32);
    };
    let tally = sign::tally(words, claims);
    let signs = tally.signs.min(3) as u32;
    let general = tally.general.min(3) as u32;
    let whom = u32::from(tally.somebody > 0) + 2 * u32::from(tally.kin > 0) + 4 * u32::from(tally.animals > 0);
    let flesh = u32::from(tally.body > 0) + 2 * u32::from(tally.trouble > 0);
    add(1, signs, u32::from(tally.reveals()));
    add(2, signs, general);
    add(3, signs, whom);
    add(4, flesh, whom);
    add(5, signs * 4 + general, whom);
    add(6, words.len().min(40) as u32 / 5, signs);
    let asks = u32::from((0..=words.len()).any(|index| words.gap(index).contains('?')));
    add(7, asks, signs * 2 + u32::from(tally.reveals()));
    let mut before = (0, Sense::default());
    let mut earlier = 0;
    // The last two words that said something, and where the later one stood.
    let (mut first, mut second, mut at) = (0, 0, 0);
    let mut all = 0;
    for index in 0..words.len() {
        let here = match (claims.at(words.all[index].start), words.all[index].kind) {
            (Some(claim), _) => (2000 + claim.label as u32, Sense::default()),
            (None, Kind::Digits) => (1000 + words.text(index).len().min(4) as u32, Sense::default()),
            (None, _) => {
                let lore = words.lore(index);
                add(10, lore.spelling.whole, 0);
                add(11, lore.sense.narrow, 0);
                add(18, lore.spelling.tails[1], 0);
                add(19, lore.spelling.tails[2], 0);
                let hints = lore.hints.bits();
                if hints != 0 {
                    all |= hints;
                    let gap = (index - at).min(4) as u32;
                    add(20, hints, asks);
                    add(21, second, hints);
                    add(22, second, hints * 8 + gap);
                    add(23, first * 65_536 + second, hints);
                    add(24, before.0, hints);
                    (first, second, at) = (second, hints, index);
                }
                if index > 0 && at + 1 == index {
                    add(25, second, lore.spelling.stem);
                }
                (lore.spelling.stem, lore.sense)
            }
        };
        add(12, here.0, 0);
        add(13, before.0, here.0);
        add(14, before.1.narrow, here.1.narrow);
        add(15, before.0, here.1.broad);
        add(16, earlier, here.0);
        add(17, before.1.broad, here.0);
        earlier = before.0;
        before = here;
    }
    add(26, all, 0);
    add(27, all, signs);
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
