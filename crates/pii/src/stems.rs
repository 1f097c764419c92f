//! Lists of words and of beginnings of words, quick to ask.

/// Slots an item gets, so that most are empty.
const SLOTS_PER_ITEM: usize = 4;
/// A word of bits.
const SLOTS_MIN: usize = 64;
/// Bytes of the beginnings items are filed under, longest first: three Cyrillic letters, two, one, and a Latin letter.
/// An item is filed under the longest it has.
const BEGINNINGS: [usize; 4] = [6, 4, 2, 1];

/// A fixed list of words or beginnings of words.
///
/// Most words begin like no item at all, so the first thing asked is one bit.
pub(crate) struct Stems {
    /// Bits of a hash to leave out so that the number of a slot stays.
    shift: u32,
    /// Which slots hold anything.
    filled: Box<[u64]>,
    /// Items by slot.
    items: Box<[&'static str]>,
    /// Where the items of a slot begin; the last one closes the last slot.
    starts: Box<[u16]>,
}

impl Stems {
    /// The words of a text, parted by spaces.
    pub(crate) fn new(words: &'static str) -> Self {
        Self::of_lines([words])
    }

    /// The words of some lines, parted by spaces.
    pub(crate) fn of_lines(lines: impl IntoIterator<Item = &'static str>) -> Self {
        let words: Vec<&str> = lines.into_iter().flat_map(str::split_whitespace).collect();
        let count = (words.len() * SLOTS_PER_ITEM).next_power_of_two().max(SLOTS_MIN);
        let shift = u64::BITS - count.trailing_zeros();
        let mut slots = vec![Vec::new(); count];
        for word in words {
            slots[slot(own_beginning(word), shift)].push(word);
        }
        let mut filled = vec![0; count / 64];
        let mut starts = vec![0];
        let mut items = Vec::new();
        for (number, slot) in slots.iter().enumerate() {
            if !slot.is_empty() {
                filled[number / 64] |= 1 << (number % 64);
            }
            items.extend_from_slice(slot);
            starts.push(u16::try_from(items.len()).expect("the lists are shorter"));
        }
        Self {
            shift,
            filled: filled.into(),
            items: items.into(),
            starts: starts.into(),
        }
    }

    /// Whether the list holds exactly this word.
    #[inline]
    pub(crate) fn has(&self, word: &str) -> bool {
        self.slot(own_beginning(word)).contains(&word)
    }

    /// Whether the word begins with an item of the list.
    pub(crate) fn begins(&self, word: &str) -> bool {
        self.of(word).next().is_some()
    }

    /// Items the word begins with, longer ones mostly first.
    pub(crate) fn of<'w>(&'w self, word: &'w str) -> impl Iterator<Item = &'static str> + 'w {
        BEGINNINGS
            .iter()
            .filter_map(|length| word.as_bytes().get(..*length))
            .flat_map(move |beginning| {
                self.slot(beginning)
                    .iter()
                    .copied()
                    .filter(move |item| word.starts_with(item) && own_beginning(item).len() == beginning.len())
            })
    }

    /// The longest item the word begins with.
    pub(crate) fn longest(&self, word: &str) -> Option<&'static str> {
        self.of(word).max_by_key(|stem| stem.len())
    }

    /// All items.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &'static str> + '_ {
        self.items.iter().copied()
    }

    #[inline]
    fn slot(&self, beginning: &[u8]) -> &[&'static str] {
        let slot = slot(beginning, self.shift);
        if self.filled[slot / 64] & 1 << (slot % 64) == 0 {
            return &[];
        }
        &self.items[usize::from(self.starts[slot])..usize::from(self.starts[slot + 1])]
    }
}

/// Several lists asked at once which of them may know a word.
pub(crate) struct Lists {
    /// Bits of a hash to leave out so that the number of a slot stays.
    shift: u32,
    /// Bits of the lists that hold an item filed under a beginning, by slot.
    masks: Box<[u32]>,
}

impl Lists {
    /// These lists, numbered from the lowest bit on.
    pub(crate) fn new(lists: &[&Stems]) -> Self {
        let items: usize = lists.iter().map(|list| list.items.len()).sum();
        let count = (items * SLOTS_PER_ITEM).next_power_of_two().max(SLOTS_MIN);
        let shift = u64::BITS - count.trailing_zeros();
        let mut masks = vec![0; count];
        for (number, list) in lists.iter().enumerate() {
            for item in list.iter() {
                masks[slot(own_beginning(item), shift)] |= 1 << number;
            }
        }
        Self {
            shift,
            masks: masks.into(),
        }
    }

    /// The bits of all lists that may hold the word or an item it begins with; lists that hold neither may be among them.
    pub(crate) fn of(&self, word: &str) -> u32 {
        BEGINNINGS
            .iter()
            .filter_map(|length| word.as_bytes().get(..*length))
            .fold(0, |set, beginning| set | self.masks[slot(beginning, self.shift)])
    }
}

/// The beginning an item is filed under.
#[inline]
fn own_beginning(item: &str) -> &[u8] {
    let bytes = item.as_bytes();
    match bytes.len() {
        0 => bytes,
        1 => &bytes[..1],
        2 | 3 => &bytes[..2],
        4 | 5 => &bytes[..4],
        _ => &bytes[..6],
    }
}

/// The slot of a beginning of one of the lengths of [`BEGINNINGS`].
#[inline]
fn slot(beginning: &[u8], shift: u32) -> usize {
    let number = match *beginning {
        [one, two, three, four, five, six] => u64::from_le_bytes([one, two, three, four, five, six, 0, 0]),
        [one, two, three, four] => u64::from(u32::from_le_bytes([one, two, three, four])),
        [one, two] => u64::from(u16::from_le_bytes([one, two])),
        [one] => u64::from(one),
        _ => 0,
    };
    (number.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> shift) as usize
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

    #[test]
    fn no_list_that_knows_a_word_is_left_out() {
        let (one, other) = (Stems::new("мастер вра"), Stems::new("врач у мас"));
        let both = Lists::new(&[&one, &other]);
        for word in ["врачу", "мастер", "у", "мас", "ухо"] {
            let knows = u32::from(one.begins(word)) | u32::from(other.begins(word)) << 1;
            assert_eq!(both.of(word) & knows, knows, "{word}");
        }
    }
}
