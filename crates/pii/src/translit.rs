//! Russian in Latin letters: the groups of letters people use, and the Cyrillic words a Latin one may stand for.

use crate::lexicon::{NameEntry, WordEntry, bits};
use crate::name::form::{self, Kind};

/// Letter groups of the usual ways to write Russian in Latin letters, longest first.
const GROUPS: &[(&str, &str)] = &[
    ("shch", "щ"),
    ("sch", "щ"),
    ("aya", "ая"),
    ("eya", "ея"),
    ("iya", "ия"),
    ("oya", "оя"),
    ("uya", "уя"),
    ("ayu", "аю"),
    ("eyu", "ею"),
    ("iyu", "ию"),
    ("oyu", "ою"),
    ("uyu", "ую"),
    ("zh", "ж"),
    ("kh", "х"),
    ("ts", "ц"),
    ("tz", "ц"),
    ("tc", "ц"),
    ("ch", "ч"),
    ("sh", "ш"),
    ("ya", "я"),
    ("yu", "ю"),
    ("yo", "е"),
    ("ye", "е"),
    ("ia", "ия"),
    ("iu", "ю"),
    ("ck", "к"),
    ("ph", "ф"),
    ("ey", "ей"),
    ("ay", "ай"),
    ("oy", "ой"),
    ("uy", "уй"),
    ("iy", "ий"),
    ("yy", "ый"),
    ("yi", "ый"),
    ("yj", "ый"),
    ("ij", "ий"),
    ("ej", "ей"),
    ("oj", "ой"),
    ("aj", "ай"),
    ("ja", "я"),
    ("ju", "ю"),
    ("jo", "е"),
    ("je", "е"),
    ("a", "а"),
    ("b", "б"),
    ("c", "к"),
    ("d", "д"),
    ("e", "е"),
    ("f", "ф"),
    ("g", "г"),
    ("h", "х"),
    ("i", "и"),
    ("j", "й"),
    ("k", "к"),
    ("l", "л"),
    ("m", "м"),
    ("n", "н"),
    ("o", "о"),
    ("p", "п"),
    ("q", "к"),
    ("r", "р"),
    ("s", "с"),
    ("t", "т"),
    ("u", "у"),
    ("v", "в"),
    ("w", "в"),
    ("x", "кс"),
    ("y", "ы"),
    ("z", "з"),
    ("'", "ь"),
    ("-", "-"),
    // Digits for letters Latin has not: «4to», «6ila», «Kat9».
    ("4", "ч"),
    ("6", "ш"),
    ("9", "я"),
    ("0", "о"),
    ("3", "з"),
    ("1", "и"),
];

/// Other letters a written one may mean, tried one after the other.
const DOUBTS: &[(&str, &str)] = &[
    ("ии", "ий"),
    ("еи", "ей"),
    ("аи", "ай"),
    ("ои", "ой"),
    ("ы", "и"),
    ("ы", "й"),
    ("х", "г"),
    ("дж", "ж"),
    ("лф", "льф"),
    ("лв", "льв"),
    ("гул", "гуль"),
    ("лг", "льг"),
    ("нй", "нь"),
    ("ия", "я"),
    ("ия", "ья"),
    ("ря", "рья"),
    ("йа", "я"),
    ("иа", "ья"),
    ("ие", "ье"),
    ("кс", "х"),
    ("к", "ц"),
    ("к", "с"),
    ("й", "ж"),
    ("в", "ш"),
    ("ч", "а"),
    ("з", "е"),
    ("ш", "щ"),
    ("щ", "сч"),
    ("ее", "и"),
    ("оо", "у"),
    ("е", "э"),
];
/// So many spellings of one word are tried at most.
const SPELLINGS_MAX: usize = 48;

/// The plain spelling of a folded Latin word, letter group by letter group: bytes taken, letters meant.
pub(crate) fn groups(word: &str) -> impl Iterator<Item = (usize, &'static str)> + '_ {
    let mut rest = word;
    std::iter::from_fn(move || {
        let sign = rest.chars().next()?;
        let (length, meant) = GROUPS
            .iter()
            .find(|(latin, _)| rest.starts_with(latin))
            .map_or((sign.len_utf8(), ""), |(latin, meant)| (latin.len(), *meant));
        rest = &rest[length..];
        Some((length, meant))
    })
}

/// Possible Cyrillic spellings of a folded Latin word, the plain one first.
pub(crate) fn spellings(word: &str) -> Vec<String> {
    let mut plain = String::new();
    for (_, meant) in groups(word) {
        if meant.is_empty() {
            return Vec::new();
        }
        plain.push_str(meant);
    }
    if plain.is_empty() {
        return Vec::new();
    }
    let mut all = vec![plain.clone()];
    if let Some(stem) = plain.strip_suffix('ы') {
        all.extend(["ий", "й", "и"].map(|ending| format!("{stem}{ending}")));
    }
    // «Sarah», «Johann»
    all.extend(plain.strip_suffix('х').map(str::to_owned));
    let mut letters: Vec<u64> = all.iter().map(|spelling| letters_of(spelling)).collect();
    for (from, to) in DOUBTS {
        let doubtful = letters_of(from);
        for at in 0..all.len() {
            if all.len() >= SPELLINGS_MAX {
                return all;
            }
            if letters[at] & doubtful == doubtful && all[at].contains(from) {
                let other = if *from == "е" {
                    all[at].replacen(from, to, 1)
                } else {
                    all[at].replace(from, to)
                };
                if !all.contains(&other) {
                    letters.push(letters_of(&other));
                    all.push(other);
                }
            }
        }
    }
    if !plain.ends_with(['а', 'я', 'о', 'и', 'ь', 'й']) {
        all.push(format!("{plain}ь"));
    }
    all
}

/// The letters of a text as a set of bits.
fn letters_of(text: &str) -> u64 {
    text.bytes().fold(0, |set, byte| set | 1 << (byte % 64))
}

/// From this count on (a binary logarithm) a word of dialogues is an everyday one.
const EVERYDAY: u64 = 4;
/// So much more usual a word has to be than the plain spelling to be meant by it.
const DOUBT: u64 = 4;
/// «ul», «kv», «d»
const ABBREVIATION_BYTES_MAX: usize = 2;
/// From this count on nothing else is looked for.
const FREQUENT: u64 = 8;
/// Rarer spellings are tried for words only.
const NAME_SPELLINGS_MAX: usize = 32;
/// The same of a given name that is told by its letters alone.
const USUAL_NAME: u64 = 5;

/// What a Latin word turns out to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Meant {
    /// A usual given name, a patronymic or a surname known to the lexicon.
    Name(String),
    /// An everyday Russian word.
    Word(String),
    /// Nothing known: the plain spelling.
    Unknown(String),
}

impl Meant {
    pub(crate) fn text(&self) -> &str {
        match self {
            Self::Name(text) | Self::Word(text) | Self::Unknown(text) => text,
        }
    }
}

/// The likeliest Russian word a folded Latin one stands for; `None` if it has letters Russian is not written with.
pub(crate) fn meant(word: &str) -> Option<Meant> {
    let all = spellings(word);
    let plain = all.first()?.clone();
    let entries: Vec<WordEntry> = all.iter().map(|spelling| WordEntry::look_up(spelling)).collect();
    let known = || all.iter().zip(entries.iter().copied());
    if word.len() <= ABBREVIATION_BYTES_MAX && entries[0].lower_count() < FREQUENT {
        let said = known().find(|(_, entry)| entry.lower_count() >= FREQUENT);
        return Some(said.map_or(Meant::Unknown(plain), |(word, _)| Meant::Word(word.clone())));
    }
    let own = entries[0].lower_count();
    let everyday = known()
        .map(|(spelling, entry)| (entry.lower_count(), spelling))
        .filter(|(count, _)| *count >= EVERYDAY)
        .max_by_key(|(count, _)| *count)
        .map(|(count, word)| match own + DOUBT >= count && own > 0 {
            true => (own, &plain),
            false => (count, word),
        })
        .or((own > 0).then_some((own, &plain)));
    if let Some((count, word)) = everyday
        && count >= FREQUENT
        && NameEntry::look_up(word).is_none()
    {
        return Some(Meant::Word(word.clone()));
    }
    let name = known()
        .take(NAME_SPELLINGS_MAX)
        .filter_map(|(spelling, entry)| {
            form::readings_of(spelling, entry)
                .iter()
                .filter_map(|reading| match reading.kind {
                    Kind::Given => Some(reading.count + u64::from(reading.diminutive) * 2),
                    Kind::Patronymic => Some(9),
                    Kind::Surname if !reading.guessed => Some(reading.count.saturating_sub(1)),
                    Kind::Surname => None,
                })
                .max()
                .filter(|count| *count >= USUAL_NAME)
                .map(|count| (count, spelling))
        })
        .max_by_key(|(count, _)| *count);
    Some(match (name, everyday) {
        (Some((count, name)), Some((frequency, word))) if name == word || count > frequency => {
            Meant::Name(name.clone())
        }
        (_, Some((_, word))) => Meant::Word(word.clone()),
        (Some((_, name)), None) => Meant::Name(name.clone()),
        (None, None) => known()
            .find(|(_, entry)| entry.is_common())
            .map_or(Meant::Unknown(plain), |(word, _)| Meant::Word(word.clone())),
    })
}

/// Whether a folded Cyrillic word is a usual given name in any case.
pub(crate) fn is_usual_name(word: &str) -> bool {
    form::readings(word)
        .iter()
        .any(|reading| reading.kind == Kind::Given && reading.count + u64::from(reading.diminutive) >= SURE_NAME)
}

/// The same of a name told by nothing else.
const SURE_NAME: u64 = 6;

/// The Cyrillic form of a Latin name, for comparing people across scripts.
pub(crate) fn to_cyrillic_name(word: &str) -> Option<String> {
    let all = spellings(word);
    all.iter()
        .find(|spelling| {
            NameEntry::look_up(spelling).is_some_and(|entry| entry.has(bits::GIVEN_MALE | bits::GIVEN_FEMALE))
        })
        .or(all.first())
        .cloned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn latin_words_lead_to_russian_ones() {
        assert_eq!(to_cyrillic_name("zhenya").as_deref(), Some("женя"));
        for (latin, name) in [
            ("ksyusha", "ксюша"),
            ("eva", "ева"),
            ("ol'ga", "ольга"),
            ("kat9", "катя"),
            ("aygul", "айгуль"),
            ("dmitry", "дмитрий"),
            ("sergeyu", "сергею"),
            ("mawa", "маша"),
            ("yana", "яна"),
        ] {
            assert_eq!(meant(latin), Some(Meant::Name(name.to_owned())), "{latin}");
        }
        for (latin, word) in [
            ("eto", "это"),
            ("4to", "что"),
            ("zapishite", "запишите"),
            ("xochu", "хочу"),
            ("ya", "я"),
        ] {
            assert_eq!(meant(latin), Some(Meant::Word(word.to_owned())), "{latin}");
        }
        assert_eq!(meant("été"), None);
    }
}
