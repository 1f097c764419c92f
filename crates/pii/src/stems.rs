//! Lists of words and of beginnings of words, quick to ask.

/// Buckets by the first letter.
const BUCKETS: usize = 64;

/// A fixed list of words or beginnings of words.
pub(crate) struct Stems {
    buckets: [Vec<&'static str>; BUCKETS],
}

impl Stems {
    /// The words of a text, parted by spaces.
    pub(crate) fn new(words: &'static str) -> Self {
        Self::of_lines(std::iter::once(words))
    }

    /// The words of some lines, parted by spaces.
    pub(crate) fn of_lines(lines: impl Iterator<Item = &'static str>) -> Self {
        let mut buckets = [const { Vec::new() }; BUCKETS];
        for word in lines.flat_map(str::split_whitespace) {
            buckets[bucket(word)].push(word);
        }
        Self { buckets }
    }

    /// Whether the list holds exactly this word.
    pub(crate) fn has(&self, word: &str) -> bool {
        self.buckets[bucket(word)].contains(&word)
    }

    /// Whether the word begins with an item of the list.
    pub(crate) fn begins(&self, word: &str) -> bool {
        self.of(word).next().is_some()
    }

    /// Items the word begins with.
    pub(crate) fn of<'w>(&'w self, word: &'w str) -> impl Iterator<Item = &'static str> + 'w {
        self.buckets[bucket(word)]
            .iter()
            .copied()
            .filter(move |stem| word.starts_with(stem))
    }

    /// The longest item the word begins with.
    pub(crate) fn longest(&self, word: &str) -> Option<&'static str> {
        self.of(word).max_by_key(|stem| stem.len())
    }

    /// All items.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &'static str> + '_ {
        self.buckets.iter().flatten().copied()
    }
}

fn bucket(word: &str) -> usize {
    // The second byte of a Cyrillic letter tells more than the first.
    let byte = match word.as_bytes() {
        [first, ..] if first.is_ascii() => *first,
        [_, second, ..] => *second,
        _ => 0,
    };
    usize::from(byte) % BUCKETS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_beginnings_are_told_apart() {
        let stems = Stems::new("мастер вра врач max");
        assert!(stems.has("врач") && !stems.has("врача"));
        assert!(stems.begins("врача") && !stems.begins("мама"));
        assert_eq!(stems.longest("врачу"), Some("врач"));
        assert!(stems.has("max"));
    }
}
