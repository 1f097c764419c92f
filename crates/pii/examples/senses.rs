//! Builds the table of words used alike: `cargo run --release --example senses -- SOURCES OUT`.
//!
//! SOURCES holds the two files of the vectors of words natasha ships (navec, MIT; `data/SOURCES.md`): `pq.bin` as it is
//! and `vocab`, the unpacked `vocab.bin`. The vectors were learnt from a milliard words of news: words that stand in the same places lie
//! near each other. Here they are gathered around [`NARROW`] points and these around [`BROAD`] ones (k-means over directions);
//! only the numbers of the classes are kept.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use shirma_pii::lexicon::bits;

/// Classes of words.
const NARROW: usize = 1024;
/// Classes of classes.
const BROAD: usize = 96;
/// After so many rounds hardly a word moves.
const ROUNDS: usize = 12;
/// Numbers that are multiplied side by side.
const LANES: usize = 4;

fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let sources = arguments.next().context("the folder of the sources is missing")?;
    let out = arguments.next().context("the output file is missing")?;
    let sources = Path::new(&sources);
    let words = words(&sources.join("vocab"))?;
    let vectors = vectors(&sources.join("pq.bin"))?;
    ensure!(words.len() == vectors.len(), "as many words as vectors are expected");
    let mut known = BTreeMap::new();
    for (word, vector) in words.iter().zip(vectors) {
        let folded = word.to_lowercase().replace('ё', "е");
        let is_word = folded.chars().count() >= 2
            && folded
                .chars()
                .all(|letter| ('а'..='я').contains(&letter) || letter.is_ascii_lowercase());
        if is_word {
            known.entry(folded).or_insert(vector);
        }
    }
    let mut directions: Vec<Vec<f32>> = known.values().cloned().collect();
    centre(&mut directions);
    let (narrow, points) = gather(&directions, NARROW);
    let (broad, _) = gather(&points, BROAD);
    let mut slots = vec![0_u32; bits::SENSE_SLOTS];
    for (word, narrow) in known.keys().zip(narrow) {
        let value = (broad[narrow] as u32 + 1) << bits::SENSE_SHIFT | (narrow as u32 + 1);
        let (mut place, mark) = bits::sense_place(word);
        while slots[place] != 0 && slots[place] >> bits::SENSE_BITS != mark {
            place = (place + 1) % bits::SENSE_SLOTS;
        }
        // Of two words that look alike here the first is kept.
        if slots[place] == 0 {
            slots[place] = mark << bits::SENSE_BITS | value;
        }
    }
    let bytes: Vec<u8> = slots.into_iter().flat_map(u32::to_le_bytes).collect();
    fs::write(&out, bytes).with_context(|| out.clone())
}

/// The list: how many, a count for each, then the words by lines.
fn words(path: &Path) -> Result<Vec<String>> {
    let bytes = fs::read(path).with_context(|| path.display().to_string())?;
    let total = number(&bytes, 0).context("the list of words is too short")?;
    let text = bytes.get(4 + 4 * total..).context("the list of words is too short")?;
    Ok(String::from_utf8_lossy(text).split('\n').map(str::to_owned).collect())
}

/// The vectors: each is put together from parts of a common stock (product quantization).
fn vectors(path: &Path) -> Result<Vec<Vec<f32>>> {
    let bytes = fs::read(path).with_context(|| path.display().to_string())?;
    let short = "the file of vectors is too short";
    let head: Vec<usize> = (0..4)
        .map(|place| number(&bytes, place))
        .collect::<Option<_>>()
        .context(short)?;
    let (total, size, parts, stock) = (head[0], head[1], head[2], head[3]);
    let indexes = bytes.get(16..16 + total * parts).context(short)?;
    let stocks: Vec<f32> = bytes[16 + total * parts..]
        .chunks_exact(4)
        .map(|four| f32::from_le_bytes([four[0], four[1], four[2], four[3]]))
        .collect();
    ensure!(stocks.len() == size * stock, "{short}");
    let step = size / parts;
    Ok(indexes
        .chunks_exact(parts)
        .map(|row| {
            row.iter()
                .enumerate()
                .flat_map(|(part, index)| {
                    let start = (part * stock + usize::from(*index)) * step;
                    stocks[start..start + step].to_vec()
                })
                .collect()
        })
        .collect())
}

fn number(bytes: &[u8], place: usize) -> Option<usize> {
    let four = bytes.get(place * 4..place * 4 + 4)?;
    Some(u32::from_le_bytes([four[0], four[1], four[2], four[3]]) as usize)
}

fn centre(vectors: &mut [Vec<f32>]) {
    let mut mean = vec![0.0_f64; vectors[0].len()];
    for vector in vectors.iter() {
        mean.iter_mut()
            .zip(vector)
            .for_each(|(sum, part)| *sum += f64::from(*part));
    }
    let total = vectors.len() as f64;
    for vector in vectors {
        vector
            .iter_mut()
            .zip(&mean)
            .for_each(|(part, sum)| *part -= (sum / total) as f32);
        to_length_one(vector);
    }
}

fn to_length_one(vector: &mut [f32]) {
    let length = product(vector, vector).sqrt().max(1e-9);
    vector.iter_mut().for_each(|part| *part /= length);
}

fn product(one: &[f32], other: &[f32]) -> f32 {
    let mut sums = [0.0_f32; LANES];
    for (one, other) in one.chunks_exact(LANES).zip(other.chunks_exact(LANES)) {
        for lane in 0..LANES {
            sums[lane] += one[lane] * other[lane];
        }
    }
    sums.iter().sum()
}

/// The class of each direction, and the middle of each class. The first middles are taken at even steps.
fn gather(directions: &[Vec<f32>], classes: usize) -> (Vec<usize>, Vec<Vec<f32>>) {
    let step = directions.len() as f64 / classes as f64;
    let mut points: Vec<Vec<f32>> = (0..classes)
        .map(|class| directions[(class as f64 * step) as usize].clone())
        .collect();
    let mut belongs = vec![0; directions.len()];
    for _ in 0..ROUNDS {
        for (class, direction) in belongs.iter_mut().zip(directions) {
            let mut best = f32::MIN;
            for (number, point) in points.iter().enumerate() {
                let near = product(direction, point);
                if near > best {
                    best = near;
                    *class = number;
                }
            }
        }
        let mut sums = vec![vec![0.0_f32; directions[0].len()]; classes];
        for (class, direction) in belongs.iter().zip(directions) {
            sums[*class]
                .iter_mut()
                .zip(direction)
                .for_each(|(sum, part)| *sum += part);
        }
        for (point, mut sum) in points.iter_mut().zip(sums) {
            // An empty class keeps its place.
            if sum.iter().any(|part| *part != 0.0) {
                to_length_one(&mut sum);
                *point = sum;
            }
        }
    }
    (belongs, points)
}
