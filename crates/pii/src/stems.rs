//! Lists of words and of beginnings of words, quick to ask.

/// Buckets by the first two letters.
const BUCKETS: usize = 512;

/// A fixed list of words or beginnings of words.
pub(crate) struct Stems {
    buckets: Box<[Vec<&'static str>]>,
}

impl Stems {
    /// The words of a text, parted by spaces.
    pub(crate) fn new(words: &'static str) -> Self {
        Self::of_lines(std::iter::once(words))
    }

    /// The words of some lines, parted by spaces.
    pub(crate) fn of_lines(lines: impl Iterator<Item = &'static str>) -> Self {
        let mut buckets = vec![Vec::new(); BUCKETS].into_boxed_slice();
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
        // A beginning of one letter stands in a bucket of its own.
        let letter = word.char_indices().nth(1).map(|(end, _)| &word[..end]);
        let short = letter.map_or(&[][..], |letter| &self.buckets[bucket(letter)]);
        self.buckets[bucket(word)]
            .iter()
            .chain(short)
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
    let mut letters = word.chars();
    let number = |letter: Option<char>| letter.map_or(0, |letter| u32::from(letter) as usize);
    (number(letters.next()) * 37 + number(letters.next())) % BUCKETS
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
        let letters = Stems::new("у ка");
        assert!(letters.has("у") && letters.begins("уха") && letters.begins("у") && !letters.has("уха"));
        assert!(letters.begins("как") && !letters.begins("к"));
    }
}
