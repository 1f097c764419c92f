//! Detecting in texts nobody writes, of three lengths: characters a second must not fall as texts grow.

use divan::{Bencher, black_box, counter::CharsCount};
use shirma_pii::Detector;

/// What is repeated, and what it is.
const KINDS: [(&str, &str); 16] = [
    ("letters", "жзыклпфэцщвбмнтр"),
    ("one letter", "а"),
    ("capitals apart", "И в "),
    ("digits", "4815162342"),
    ("digits apart", "4 8 1 5 "),
    ("digits and letters", "1а2б"),
    ("digits and Latin", "q1"),
    ("numerals", "одиннадцать"),
    ("dots", "."),
    ("brackets", "([{)]}"),
    ("signs of mail", "@a"),
    ("pictures", "🌸"),
    ("pictures in words", "🌸а"),
    ("pictures and digits", "🌸1"),
    ("unseen signs", "\u{200b}"),
    ("all scripts", "ẞЖ\u{306}𝔞٣ﬁ⑦ж"),
];
const LENGTHS: [usize; 3] = [1_000, 10_000, 100_000];

fn main() {
    divan::main();
}

#[divan::bench(args = texts(), sample_count = 10)]
fn detect(bencher: Bencher<'_, '_>, garbage: &Garbage) {
    let detector = Detector::new();
    bencher
        .counter(CharsCount::of_str(&garbage.text))
        .bench(|| detector.detect(black_box(&garbage.text)));
}

struct Garbage {
    name: String,
    text: String,
}

impl std::fmt::Display for Garbage {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.name)
    }
}

fn texts() -> Vec<Garbage> {
    let of = |(name, piece): (&str, &str), length: usize| Garbage {
        name: format!("{name}, {length}"),
        text: piece.chars().cycle().take(length).collect(),
    };
    KINDS
        .iter()
        .flat_map(|kind| LENGTHS.map(|length| of(*kind, length)))
        .collect()
}
