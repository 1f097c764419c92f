//! Weights of the model: one small number per feature and tag, as bytes, read in place.

use std::sync::LazyLock;

use super::OUTSIDE;
use super::decode::TAGS;

/// Size of the table features are hashed into; a power of two.
pub const BUCKETS: usize = 1 << 20;
/// The head of a file: start scores, step scores and trust as little-endian 32-bit numbers.
const HEAD: usize = (TAGS + TAGS * TAGS + 1) * 4;

static EMBEDDED: LazyLock<Weights> = LazyLock::new(|| {
    Weights::read(include_bytes!(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../data/pii/names.model"
    )))
    .unwrap_or_default()
});

/// A trained model. The default one knows nothing.
#[derive(Default)]
pub struct Weights {
    start: [i32; TAGS],
    step: [[i32; TAGS]; TAGS],
    /// Points the tag of a name gets where the rules give it to a word.
    trust: i32,
    /// One row a bucket, the fourth column empty so that a row never crosses two lines of memory.
    rows: Vec<[i8; 4]>,
}

impl Weights {
    /// The model shipped with the crate.
    pub fn embedded() -> &'static Weights {
        &EMBEDDED
    }

    /// A model from its parts; `rows` has [`BUCKETS`] rows.
    pub fn new(start: [i32; TAGS], step: [[i32; TAGS]; TAGS], trust: i32, rows: Vec<[i8; 4]>) -> Self {
        Self {
            start,
            step,
            trust,
            rows,
        }
    }

    /// Reads a file written by [`write`](Self::write); `None` if its size is not that of a model.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        if bytes.len() != HEAD + BUCKETS * TAGS {
            return None;
        }
        let (head, table) = bytes.split_at(HEAD);
        let mut numbers = head
            .chunks_exact(4)
            .map(|four| i32::from_le_bytes([four[0], four[1], four[2], four[3]]));
        let mut weights = Self::default();
        for tag in 0..TAGS {
            weights.start[tag] = numbers.next()?;
        }
        for before in 0..TAGS {
            for tag in 0..TAGS {
                weights.step[before][tag] = numbers.next()?;
            }
        }
        weights.trust = numbers.next()?;
        weights.rows = table
            .chunks_exact(TAGS)
            .map(|row| [row[0].cast_signed(), row[1].cast_signed(), row[2].cast_signed(), 0])
            .collect();
        Some(weights)
    }

    /// The model as bytes.
    pub fn write(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(HEAD + BUCKETS * TAGS);
        for number in self.start.iter().chain(self.step.iter().flatten()).chain([&self.trust]) {
            bytes.extend(number.to_le_bytes());
        }
        for row in &self.rows {
            bytes.extend(row[..TAGS].iter().map(|weight| weight.cast_unsigned()));
        }
        bytes
    }

    /// Scores a word begins with to which the rules give the tag `ruled`.
    pub fn start(&self, ruled: usize) -> [i32; TAGS] {
        let mut start = self.start;
        if ruled != OUTSIDE
            && let Some(score) = start.get_mut(ruled)
        {
            *score += self.trust;
        }
        start
    }

    /// Adds the weights of one feature.
    #[inline]
    pub fn add(&self, bucket: u32, sum: &mut [i32; TAGS]) {
        if let Some(row) = self.rows.get(bucket as usize) {
            for tag in 0..TAGS {
                // A few hundred bytes never overflow.
                sum[tag] = sum[tag].wrapping_add(i32::from(row[tag]));
            }
        }
    }

    pub(super) fn step(&self, before: usize, tag: usize) -> i32 {
        self.step[before][tag]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_model_is_read_back_as_it_was_written() {
        let mut rows = vec![[0; 4]; BUCKETS];
        rows[7] = [-3, 100, 2, 0];
        let weights = Weights::new([5, -6, 7], [[1, 2, 3], [4, 5, 6], [7, 8, -9]], 3, rows);
        let again = Weights::read(&weights.write()).expect("just written");
        let mut sum = again.start(1);
        again.add(7, &mut sum);
        assert_eq!(sum, [2, 97, 9]);
        assert_eq!(again.step(2, 2), -9);
        assert!(Weights::read(b"short").is_none());
    }

    #[test]
    fn the_shipped_model_is_a_model() {
        assert_eq!(Weights::embedded().rows.len(), BUCKETS);
    }
}
