//! The embedded lexicons: names of people, and Russian words with their frequencies.
//!
//! Both are finite-state maps that are read in place, so opening them costs nothing. Keys are folded: lower case,
//! «е» for «ё». The maps are made by the example `lexicon`; `data/SOURCES.md` names sources and licences.

mod step;

use std::sync::LazyLock;

use fst::Map;
use fst::raw::{CompiledAddr, Output};

use step::{Step, step};

static NAMES: LazyLock<Lexicon> = LazyLock::new(|| {
    Lexicon::new(include_bytes!(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../data/pii/names.fst"
    )))
});
static WORDS: LazyLock<Lexicon> = LazyLock::new(|| {
    Lexicon::new(include_bytes!(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../data/pii/words.fst"
    )))
});

/// A map with the first two letters of Russian words walked beforehand: a third of the way to most words.
struct Lexicon {
    map: Map<&'static [u8]>,
    /// By both letters; none where no word begins so.
    beginnings: Vec<Option<Place>>,
}

/// Where a walk from the root has come to, and the value gathered on the way.
#[derive(Clone, Copy)]
struct Place {
    address: CompiledAddr,
    output: Output,
}

const LETTERS: usize = 'я' as usize - 'а' as usize + 1;
/// Bytes of the two letters.
const BEGINNING_BYTES: usize = 4;

impl Lexicon {
    fn new(bytes: &'static [u8]) -> Self {
        let map = Map::new(bytes).expect("the embedded file was written by the same library");
        let mut lexicon = Self {
            map,
            beginnings: Vec::new(),
        };
        let root = lexicon.root();
        let mut beginning = String::with_capacity(BEGINNING_BYTES);
        lexicon.beginnings = ('а'..='я')
            .flat_map(|first| ('а'..='я').map(move |second| [first, second]))
            .map(|letters| {
                beginning.clear();
                beginning.extend(letters);
                lexicon.follow(root, beginning.as_bytes())
            })
            .collect();
        lexicon
    }

    fn root(&self) -> Place {
        Place {
            address: self.map.as_fst().root().addr(),
            output: Output::zero(),
        }
    }

    /// Walks along `beginning` from the root.
    fn walk(&self, beginning: &str) -> Option<Place> {
        let bytes = beginning.as_bytes();
        match bytes {
            [one, two, three, four, rest @ ..] if let Some(pair) = pair([*one, *two], [*three, *four]) => {
                self.follow(self.beginnings[pair]?, rest)
            }
            _ => self.follow(self.root(), bytes),
        }
    }

    fn follow(&self, from: Place, bytes: &[u8]) -> Option<Place> {
        bytes.iter().try_fold(from, |at, byte| self.step(at, *byte))
    }

    fn step(&self, from: Place, byte: u8) -> Option<Place> {
        let fst = self.map.as_fst();
        if !byte.is_ascii() {
            match step(fst.as_bytes(), from.address, byte) {
                Step::To(address, output) => {
                    return Some(Place {
                        address,
                        output: from.output.cat(output),
                    });
                }
                Step::Nowhere => return None,
                Step::Unread => {}
            }
        }
        let node = fst.node(from.address);
        let transition = node.transition(node.find_input(byte)?);
        Some(Place {
            address: transition.addr,
            output: from.output.cat(transition.out),
        })
    }

    /// The value of the word that ends at `place`.
    fn value(&self, place: Place) -> Option<u64> {
        let node = self.map.as_fst().node(place.address);
        node.is_final().then(|| place.output.cat(node.final_output()).value())
    }

    fn get(&self, folded: &str) -> Option<u64> {
        self.value(self.walk(folded)?)
    }
}

/// Number of a pair of letters given by their bytes.
fn pair(first: [u8; 2], second: [u8; 2]) -> Option<usize> {
    Some(letter(first)? * LETTERS + letter(second)?)
}

/// Number of a letter from «а» to «я».
fn letter(bytes: [u8; 2]) -> Option<usize> {
    match bytes {
        [0xd0, byte @ 0xb0..=0xbf] => Some(usize::from(byte - 0xb0)),
        [0xd1, byte @ 0x80..=0x8f] => Some(usize::from(byte - 0x80) + 16),
        _ => None,
    }
}

static SENSES: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/pii/senses.table"));

/// Classes of words used alike, learnt from where words stand in a large body of news.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Sense {
    /// One of about a hundred classes; 0 for a word that is not in the list.
    pub(crate) broad: u32,
    /// One of about a thousand classes, each inside a broad one; 0 for a word that is not in the list.
    pub(crate) narrow: u32,
}

impl Sense {
    pub(crate) const NONE: Self = Self { broad: 0, narrow: 0 };

    /// The class of a folded word. One unknown word in some ten thousand is taken for a known one.
    pub(crate) fn look_up(folded: &str) -> Self {
        let (mut place, mark) = bits::sense_place(folded);
        loop {
            let at = place * 4;
            let Some(&[one, two, three, four]) = SENSES.get(at..at + 4) else {
                return Self::default();
            };
            let slot = u32::from_le_bytes([one, two, three, four]);
            if slot == 0 {
                return Self::default();
            }
            if slot >> bits::SENSE_BITS == mark {
                let value = slot & ((1 << bits::SENSE_BITS) - 1);
                return Self {
                    broad: value >> bits::SENSE_SHIFT,
                    narrow: value & ((1 << bits::SENSE_SHIFT) - 1),
                };
            }
            place = (place + 1) % bits::SENSE_SLOTS;
        }
    }
}

/// The layout of the values of the maps.
#[doc(hidden)]
pub mod bits {
    pub const GIVEN_MALE: u64 = 1;
    pub const GIVEN_FEMALE: u64 = 1 << 1;
    pub const DIMINUTIVE_MALE: u64 = 1 << 2;
    pub const DIMINUTIVE_FEMALE: u64 = 1 << 3;
    pub const PATRONYMIC_MALE: u64 = 1 << 4;
    pub const PATRONYMIC_FEMALE: u64 = 1 << 5;
    pub const SURNAME_MALE: u64 = 1 << 6;
    pub const SURNAME_FEMALE: u64 = 1 << 7;
    pub const STREET: u64 = 1 << 16;
    pub const GIVEN_OTHER: u64 = 1 << 17;
    pub const SURNAME_OTHER: u64 = 1 << 18;

    pub const COMMON: u64 = 1;
    pub const PLACE: u64 = 1 << 1;

    /// The narrow class of a word takes the bits below, the broad one those above.
    pub const SENSE_SHIFT: u32 = 11;
    /// Both classes of a word take so many bits of a slot; the mark of the word takes the rest.
    pub const SENSE_BITS: u32 = 18;
    /// Slots of four bytes in the table of classes; some stay empty, which ends a search.
    pub const SENSE_SLOTS: usize = 1 << 19;

    /// The slot where the search for a word begins, and the mark it is known by there.
    pub fn sense_place(folded: &str) -> (usize, u32) {
        let hash = folded.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
        });
        let mixed = (hash ^ hash >> 32).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        ((mixed >> 45) as usize % SENSE_SLOTS, (mixed & 0x3fff) as u32)
    }

    pub fn given_count(value: u64) -> u64 {
        value >> 8 & 15
    }
    pub fn surname_count(value: u64) -> u64 {
        value >> 12 & 15
    }
    pub fn with_given_count(value: u64, count: u64) -> u64 {
        value & !(15 << 8) | count << 8
    }
    pub fn with_surname_count(value: u64, count: u64) -> u64 {
        value & !(15 << 12) | count << 12
    }
    pub fn lower_count(value: u64) -> u64 {
        value >> 2 & 15
    }
    pub fn capital_count(value: u64) -> u64 {
        value >> 6 & 15
    }
    pub fn with_frequencies(value: u64, lower: u64, capital: u64) -> u64 {
        value & 3 | lower << 2 | capital << 6
    }
}

/// All folded dictionary forms of names with their values, in order.
pub fn all_names() -> impl Iterator<Item = (String, u64)> {
    entries(&NAMES)
}

/// All folded words with their values, in order.
pub fn all_words() -> impl Iterator<Item = (String, u64)> {
    entries(&WORDS)
}

fn entries(lexicon: &'static Lexicon) -> impl Iterator<Item = (String, u64)> {
    use fst::Streamer;
    let mut stream = lexicon.map.stream();
    std::iter::from_fn(move || {
        stream
            .next()
            .map(|(key, value)| (String::from_utf8_lossy(key).into_owned(), value))
    })
}

/// What the name lexicon says about one folded dictionary form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct NameEntry(u64);

impl NameEntry {
    pub(crate) fn look_up(folded: &str) -> Option<Self> {
        NAMES.get(folded).map(Self)
    }
    pub(crate) fn has(self, flags: u64) -> bool {
        self.0 & flags != 0
    }
    /// Binary logarithm of how often the form is a given name, 0 to 15.
    pub(crate) fn given_count(self) -> u64 {
        bits::given_count(self.0)
    }
    /// Binary logarithm of how often the form is a surname, 0 to 15.
    pub(crate) fn surname_count(self) -> u64 {
        bits::surname_count(self.0)
    }
}

/// A place inside the name lexicon reached by the beginning of a word: all forms tried from there share the walk.
#[derive(Clone, Copy)]
pub(crate) struct NamePrefix {
    place: Place,
}

impl NamePrefix {
    /// Walks along `beginning`; `None` if no name begins so.
    pub(crate) fn walk(beginning: &str) -> Option<Self> {
        let place = NAMES.walk(beginning)?;
        Some(Self { place })
    }

    /// The entry of the form that goes on with `rest` from here.
    pub(crate) fn look_up_ending(self, rest: &str) -> Option<NameEntry> {
        NAMES
            .follow(self.place, rest.as_bytes())
            .and_then(|place| NAMES.value(place))
            .map(NameEntry)
    }
}

/// The way of a word through the name lexicon, with a place for each of its last letters: forms that end otherwise are
/// tried from there.
pub(crate) struct NameTrail {
    /// Bytes of the word up to each place.
    places: [Option<(usize, NamePrefix)>; TRAIL_PLACES],
}

/// The most letters an ending of a name has.
pub(crate) const ENDING_LETTERS_MAX: usize = 4;
/// One before each of them, and one after the last.
const TRAIL_PLACES: usize = ENDING_LETTERS_MAX + 1;

impl NameTrail {
    /// Walks along `word`, the first `shared` bytes of which no ending reaches; `None` if no name begins with them.
    pub(crate) fn walk(word: &str, shared: usize) -> Option<Self> {
        let mut prefix = NamePrefix::walk(&word[..shared])?;
        let mut places = [None; TRAIL_PLACES];
        let mut at = shared;
        for (place, letter) in places.iter_mut().zip(word[shared..].chars().map(Some).chain([None])) {
            *place = Some((at, prefix));
            let Some(letter) = letter else { break };
            let end = at + letter.len_utf8();
            let Some(next) = NAMES.follow(prefix.place, &word.as_bytes()[at..end]) else {
                break;
            };
            (at, prefix) = (end, NamePrefix { place: next });
        }
        Some(Self { places })
    }

    /// The entry of the form that goes on with `rest` after the first `at` bytes of the word.
    pub(crate) fn look_up(&self, at: usize, rest: &str) -> Option<NameEntry> {
        let (_, prefix) = self.places.iter().flatten().find(|(place, _)| *place == at)?;
        prefix.look_up_ending(rest)
    }
}

/// What the word lexicon says about one folded form; all zero if it knows nothing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct WordEntry(u64);

impl WordEntry {
    pub(crate) const NONE: Self = Self(0);

    pub(crate) fn look_up(folded: &str) -> Self {
        Self(WORDS.get(folded).unwrap_or(0))
    }
    /// The form has a reading other than a name or a place.
    pub(crate) fn is_common(self) -> bool {
        self.0 & bits::COMMON != 0
    }
    pub(crate) fn is_place(self) -> bool {
        self.0 & bits::PLACE != 0
    }
    /// Binary logarithm of the count in lower case in dialogues, 0 to 15.
    pub(crate) fn lower_count(self) -> u64 {
        bits::lower_count(self.0)
    }
    /// Binary logarithm of the count with a capital inside a sentence, 0 to 15.
    pub(crate) fn capital_count(self) -> u64 {
        bits::capital_count(self.0)
    }
}
