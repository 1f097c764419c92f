//! Given names: which forms of address belong to which full name, and how like two forms are.
//!
//! Tables come first; where they are silent, the beginning and an affectionate ending decide, and for what no lexicon
//! knows, one wrong letter is forgiven.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use super::diminutive;
use crate::decline;
use crate::label::Gender;
use crate::lexicon::{NameEntry, bits};
use crate::stems::Stems;

/// Folded form → folded full names, and the full names themselves.
struct FullNames {
    of: BTreeMap<String, Vec<String>>,
    canonical: BTreeSet<String>,
}

static FULL_NAMES: LazyLock<FullNames> = LazyLock::new(|| {
    let mut names = FullNames {
        of: BTreeMap::new(),
        canonical: BTreeSet::new(),
    };
    let text = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/pii/diminutives.tsv"));
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let mut fields = line.split('\t');
        let full = decline::fold(fields.next().unwrap_or_default());
        for short in fields.nth(1).unwrap_or_default().split(',') {
            names.of.entry(decline::fold(short)).or_default().push(full.clone());
        }
        names.canonical.insert(full);
    }
    names
});

/// Forms of names too rare for the table of diminutives, which the detector reads as well.
static RARE: LazyLock<BTreeMap<&str, Vec<&str>>> = LazyLock::new(|| {
    let mut forms: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let lines = include_str!("forms.txt").lines();
    for line in lines.filter(|line| !line.starts_with('#')) {
        let mut words = line.split_whitespace();
        let Some(full) = words.next() else { continue };
        for short in words.filter(|short| *short != full) {
            forms.entry(short).or_default().push(full);
        }
    }
    forms
});

/// Two spellings of one name in papers and in life.
const VARIANTS: &[(&str, &str)] = &[
    ("наталия", "наталья"),
    ("софия", "софья"),
    ("катерина", "екатерина"),
    ("настасья", "анастасия"),
    ("нелли", "нелля"),
    ("данил", "даниил"),
    ("данила", "даниил"),
    ("артемий", "артем"),
    ("марья", "мария"),
    ("дарина", "дарья"),
    ("гузель", "гюзель"),
    ("юлианна", "юлиана"),
    ("димитрий", "дмитрий"),
    ("егор", "георгий"),
    ("ульяна", "юлиана"),
    ("сергий", "сергей"),
    ("илия", "илья"),
    ("таисья", "таисия"),
    ("анжелика", "анжела"),
    ("рафаил", "рафаэль"),
    ("ренат", "ринат"),
    ("камила", "камилла"),
];

/// How like two given names are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Likeness {
    /// A form and another of the same name, both short or both full.
    OtherForm,
    /// A short form and the full name.
    ShortAndFull,
    /// Both full names in their own right: «Вера» and «Вероника».
    OtherFullName,
    /// A form of affection that no table knows.
    Affectionate,
    /// One letter apart, and one of them is no name of any lexicon.
    Misspelt,
}

/// Folded forms of address for a folded full name: «анастасия» — «настя», «настенька».
pub(crate) fn short_names(full: &str, gender: Gender) -> Vec<String> {
    let fits = |short: &str| decline::guess_gender(short).is_none_or(|known| known == gender);
    FULL_NAMES
        .of
        .iter()
        .filter(|(short, names)| names.iter().any(|name| name == full) && fits(short))
        .map(|(short, _)| short.clone())
        .collect()
}

/// Full names a folded form may stand for, itself among them.
pub(super) fn full_names(folded: &str) -> Vec<String> {
    let mut full = FULL_NAMES.of.get(folded).cloned().unwrap_or_default();
    for name in RARE.get(folded).into_iter().flatten() {
        if !full.iter().any(|known| known == name) {
            full.push((*name).to_owned());
        }
    }
    full.push(folded.to_owned());
    let variants: Vec<String> = full
        .iter()
        .flat_map(|name| {
            VARIANTS.iter().filter_map(move |(one, two)| match name.as_str() {
                name if name == *one => Some((*two).to_owned()),
                name if name == *two => Some((*one).to_owned()),
                _ => None,
            })
        })
        .collect();
    for variant in variants {
        if !full.contains(&variant) {
            full.push(variant);
        }
    }
    full
}

/// Whether a form of address belongs to a full name of the other gender than `read`, too: «веня» looks like a woman's
/// name.
pub(super) fn short_of_both(folded: &str, read: Gender) -> bool {
    full_names(folded)
        .iter()
        .filter(|full| *full != folded)
        .any(|full| decline::guess_gender(full).is_some_and(|gender| gender != read))
}

/// The gender of a form of address that the tables know; the first of its full names decides.
pub(super) fn gender_of_short(folded: &str) -> Option<Gender> {
    let full = FULL_NAMES
        .of
        .get(folded)
        .and_then(|names| names.first())
        .map(String::as_str);
    let full = full.or_else(|| RARE.get(folded).and_then(|names| names.first()).copied())?;
    decline::guess_gender(full)
}

/// How like the names of two people are: `given` as heard, `full` what those may stand for.
pub(super) fn likeness(one: (&[String], &[String]), two: (&[String], &[String])) -> Option<Likeness> {
    let by_full = one.1.iter().any(|full| two.1.contains(full));
    let by_stem = || {
        let belongs = |short: &String, full: &String| is_diminutive_of(short, full);
        one.1
            .iter()
            .any(|left| two.1.iter().any(|right| belongs(left, right) || belongs(right, left)))
    };
    if !by_full && !by_stem() {
        if one
            .0
            .iter()
            .any(|left| two.0.iter().any(|right| !is_lettered(left, right)))
        {
            return None;
        }
        let inflected = one
            .0
            .iter()
            .any(|left| two.0.iter().any(|right| is_inflected(left, right)));
        if inflected {
            return Some(Likeness::OtherForm);
        }
        let misspelt = one
            .0
            .iter()
            .any(|left| two.0.iter().any(|right| is_misspelt(left, right)));
        if misspelt {
            return Some(Likeness::Misspelt);
        }
        let in_tables = |word: &String| {
            FULL_NAMES.canonical.contains(word) || FULL_NAMES.of.contains_key(word) || RARE.contains_key(word.as_str())
        };
        let derived = |left: &String, right: &String| {
            !in_tables(left)
                && (!is_given(left) || !is_given(right) || diminutive::has_suffix(left))
                && diminutive::may_be_form(left, right)
                || is_first_half(left, right)
        };
        let affectionate = one
            .0
            .iter()
            .any(|left| two.0.iter().any(|right| derived(left, right) || derived(right, left)));
        return affectionate.then_some(Likeness::Affectionate);
    }
    if is_called_fully(one.0) && is_called_fully(two.0) && !varies(one.0, two.0) {
        return Some(Likeness::OtherFullName);
    }
    let short = |given: &[String]| given.iter().all(|given| is_short(given));
    Some(if short(one.0) == short(two.0) {
        Likeness::OtherForm
    } else {
        Likeness::ShortAndFull
    })
}

/// «абдул» of «абдулжаббор», which no lexicon knows.
fn is_first_half(short: &str, full: &str) -> bool {
    !is_given(full) && short.chars().count() > STEM_CHARS_MIN && full.starts_with(short)
}

/// Every form heard is a full name of its own.
fn is_called_fully(given: &[String]) -> bool {
    given.iter().all(|given| FULL_NAMES.canonical.contains(given))
}

fn varies(one: &[String], two: &[String]) -> bool {
    let has = |names: &[String], form: &str| names.iter().any(|given| given == form);
    VARIANTS
        .iter()
        .any(|(left, right)| has(one, left) && has(two, right) || has(one, right) && has(two, left))
}

/// A form of address, not the name of a document.
pub(super) fn is_short(given: &str) -> bool {
    FULL_NAMES.of.contains_key(given)
        || RARE.contains_key(given) && !FULL_NAMES.canonical.contains(given)
        || ["очка", "ечка", "енька", "онька", "ушка", "юшка", "юша"]
            .iter()
            .any(|tail| given.ends_with(tail))
}

/// Letters of a full name that its short form keeps at the least.
const STEM_CHARS_MIN: usize = 3;

/// «катюшенька» of «катя», «мийка» of «мия», «веня» of «вениамин», «гуль» of «гульназ».
fn is_diminutive_of(short: &str, full: &str) -> bool {
    static TAILS: LazyLock<Stems> = LazyLock::new(|| {
        Stems::new(
            "очка ечка енька онька ушка юшка юша уша уля юля уня юня уся юся ик чик ка йка ок ек ян оша ёк юха уха ша \
             ся ончик ун ечек очек ена уша юшенька ушенька унька юнька иша ишка",
        )
    });
    if short == full {
        return false;
    }
    let base = full.trim_end_matches(['а', 'я', 'ь', 'й']);
    let affectionate = TAILS.iter().filter_map(|tail| short.strip_suffix(tail)).any(|stem| {
        let letters = stem.chars().count();
        letters >= STEM_CHARS_MIN && (full.starts_with(stem) || base == stem) || letters == 2 && base == stem
    });
    // «Марин», «Жан» called: the last vowel is left out, and one of two equal letters.
    let called = full.strip_suffix(['а', 'я']).is_some_and(|stem| {
        stem.strip_prefix(short)
            .is_some_and(|rest| rest.is_empty() || rest.chars().count() == 1 && short.ends_with(rest))
    });
    affectionate || called || is_cut_of(short, full)
}

/// The beginning of a name, with a vowel or without: «веня», «макс». What is a name of its own is none.
fn is_cut_of(short: &str, full: &str) -> bool {
    let stem = short.trim_end_matches(['а', 'я', 'ь']);
    let rest = full.strip_prefix(stem).map_or(0, |rest| rest.chars().count());
    stem.chars().count() >= STEM_CHARS_MIN
        && rest >= 2
        && !FULL_NAMES.canonical.contains(short)
        && !VARIANTS.iter().any(|(one, two)| *one == short || *two == short)
        && (FULL_NAMES.of.contains_key(short) || is_form_of_address(short) || !is_widespread(short))
}

fn is_given(word: &str) -> bool {
    NameEntry::look_up(word).is_some_and(|entry| entry.given_count() >= KNOWN_COUNT)
}

/// So common that it is nobody's short form: «сира» may be Сирануш, «лина» is a name of its own.
fn is_widespread(word: &str) -> bool {
    NameEntry::look_up(word).is_some_and(|entry| entry.given_count() >= WIDESPREAD_COUNT)
}

fn is_form_of_address(word: &str) -> bool {
    NameEntry::look_up(word).is_some_and(|entry| entry.has(bits::DIMINUTIVE_FEMALE | bits::DIMINUTIVE_MALE))
}

/// Binary logarithm of the frequency from which a given name is no mistake in writing another.
const KNOWN_COUNT: u64 = 3;
/// The same from which it is not a short form of a longer one either.
const WIDESPREAD_COUNT: u64 = 6;
/// Letters of the shorter of two patronymics that may part in one.
const SLIP_CHARS_MIN: usize = 7;
/// Bytes in which two spellings of one surname may differ: a letter, and one that is not heard.
const SURNAME_SLIP_BYTES_MAX: usize = 4;
/// Letters of the shorter of two surnames that may part in one.
const SURNAME_SLIP_CHARS_MIN: usize = 8;
/// Letters in which two spellings of one patronymic may part.
const SLIP_LETTERS_MAX: usize = 2;
/// Binary logarithm of how many times commoner a name is than its misspelt form, which registers hold, too.
const FAR_COMMONER: u64 = 2;
/// Letters of the shorter of two names that may part in one.
const MISSPELT_CHARS_MIN: usize = 5;

/// «екатрина» for «екатерина», «джамилья» for «джамиля».
fn is_misspelt(one: &str, two: &str) -> bool {
    let (one, two) = (by_sound(one), by_sound(two));
    // «Диляра» and «Дилара»: how soft an «л» is depends on who writes.
    let hard = |word: &str| word.replace("ля", "ла");
    if one == two || hard(&one) == hard(&two) {
        return true;
    }
    let count = |word: &str| NameEntry::look_up(word).map_or(0, |entry| entry.given_count());
    let unstressed = |word: &str| word.replace('о', "а").replace('и', "е");
    if unstressed(&one) == unstressed(&two) && count(&one).abs_diff(count(&two)) >= FAR_COMMONER {
        return true;
    }
    let shorter = one.chars().count().min(two.chars().count());
    // Who mistypes a name seldom does in its first letter.
    let begins_alike = one.chars().next() == two.chars().next();
    begins_alike
        && shorter >= MISSPELT_CHARS_MIN
        && !(is_given(&one) && is_given(&two))
        && is_one_letter_apart(&one, &two)
}

/// A digit is never a slip of the pen: «гость 11» and «гость 12» are two.
fn is_lettered(one: &str, two: &str) -> bool {
    !one.chars().chain(two.chars()).any(|sign| sign.is_ascii_digit())
}

/// Two spellings of one word: «феодоровна» and «федоровна», «саламоновна» and «соломоновна».
pub(super) fn is_slip(one: &str, two: &str) -> bool {
    if !is_lettered(one, two) {
        return false;
    }
    let known = |word: &str| NameEntry::look_up(word).is_some();
    // Unstressed «о» and «а» sound alike.
    let plain = |word: &str| by_sound(word).replace('о', "а");
    let (plain_one, plain_two) = (plain(one), plain(two));
    plain_one == plain_two
        || !(known(one) && known(two))
            && plain_one.chars().count().min(plain_two.chars().count()) >= SLIP_CHARS_MIN
            && letters_apart(&plain_one, &plain_two) <= SLIP_LETTERS_MAX
}

/// Two spellings of one surname: they sound alike, or part in one letter of many.
pub(super) fn is_surname_slip(one: &str, two: &str) -> bool {
    if !is_lettered(one, two) {
        return false;
    }
    if one.chars().next() != two.chars().next() || one.len().abs_diff(two.len()) > SURNAME_SLIP_BYTES_MAX {
        return false;
    }
    let plain = |word: &str| by_sound(word).replace('о', "а").replace('и', "е");
    let (plain_one, plain_two) = (plain(one), plain(two));
    let letters = plain_one.chars().count().min(plain_two.chars().count());
    letters >= MISSPELT_CHARS_MIN && plain_one == plain_two
        || letters >= SURNAME_SLIP_CHARS_MIN && letters_apart(&plain_one, &plain_two) == 1
}

/// The same where the given names agree: a letter of a shorter surname may be wrong as well.
pub(super) fn is_short_slip(one: &str, two: &str) -> bool {
    let shorter = one.chars().count().min(two.chars().count());
    is_lettered(one, two) && shorter >= MISSPELT_CHARS_MIN && is_one_letter_apart(one, two)
}

/// Two forms of one word that no lexicon knows: «кьяру», «кьяра».
fn is_inflected(one: &str, two: &str) -> bool {
    const ENDINGS: &[&str] = &["ой", "ей", "ою", "ом", "ем", "а", "я", "у", "ю", "е", "ы", "и", ""];
    let stem = |word: &str| -> String {
        let ending = ENDINGS.iter().find(|ending| word.ends_with(**ending)).copied();
        word.strip_suffix(ending.unwrap_or_default()).unwrap_or(word).to_owned()
    };
    let (left, right) = (stem(one), stem(two));
    left == right && left.chars().count() >= STEM_CHARS_MIN && !(is_given(one) && is_given(two))
}

/// Letters that sound alike, or are lost on the way through Latin ones, made one.
pub(super) fn by_sound(word: &str) -> String {
    let plain = word
        .replace("ья", "я")
        .replace("иа", "я")
        .replace("ия", "я")
        .replace("йа", "я")
        .replace("дз", "з")
        .replace("кс", "х")
        .replace("ий", "и")
        .replace("ый", "и");
    let mut sound = String::with_capacity(plain.len());
    for letter in plain.chars() {
        let letter = match letter {
            'ь' | 'ъ' | '\'' | '’' => continue,
            'э' | 'ё' => 'е',
            'ы' | 'й' => 'и',
            'ю' => 'у',
            'щ' => 'ш',
            other => other,
        };
        if !sound.ends_with(letter) {
            sound.push(letter);
        }
    }
    sound
}

/// Letters to put in, leave out or change to make one word of another.
fn letters_apart(one: &str, two: &str) -> usize {
    let two: Vec<char> = two.chars().collect();
    let mut row: Vec<usize> = (0..=two.len()).collect();
    for (at, left) in one.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = at + 1;
        for (index, right) in two.iter().enumerate() {
            let changed = diagonal + usize::from(left != *right);
            diagonal = row[index + 1];
            row[index + 1] = changed.min(row[index] + 1).min(diagonal + 1);
        }
    }
    row[two.len()]
}

/// One letter put in, left out, changed, or two neighbours swapped.
pub(super) fn is_one_letter_apart(one: &str, two: &str) -> bool {
    let one: Vec<char> = one.chars().collect();
    let two: Vec<char> = two.chars().collect();
    let (short, long) = if one.len() <= two.len() { (one, two) } else { (two, one) };
    if long.len() - short.len() > 1 {
        return false;
    }
    let same = short
        .iter()
        .zip(&long)
        .take_while(|(left, right)| left == right)
        .count();
    if short.len() < long.len() {
        return short[same..] == long[same + 1..];
    }
    same == short.len()
        || short[same + 1..] == long[same + 1..]
        || short.len() > same + 1
            && short[same] == long[same + 1]
            && short[same + 1] == long[same]
            && short[same + 2..] == long[same + 2..]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn like(one: &str, two: &str) -> Option<Likeness> {
        let names = |word: &str| (vec![word.to_owned()], full_names(word));
        let (one, two) = (names(one), names(two));
        likeness((&one.0, &one.1), (&two.0, &two.1))
    }

    #[test]
    fn rare_and_new_forms_of_address_find_their_full_names() {
        for (short, full) in [
            ("веня", "вениамин"),
            ("гуль", "гульназ"),
            ("мийка", "мия"),
            ("макс", "максим"),
            ("сева", "всеволод"),
            ("эля", "элеонора"),
            ("игнатушка", "игнат"),
            ("сира", "сирануш"),
        ] {
            assert!(like(short, full).is_some(), "{short} {full}");
        }
    }

    #[test]
    fn names_of_their_own_are_nobodys_short_form() {
        for (one, two) in [
            ("алина", "аделина"),
            ("марина", "мария"),
            ("вика", "виталий"),
            ("карина", "каролина"),
            ("алена", "алина"),
            ("камила", "милана"),
        ] {
            assert_eq!(like(one, two), None, "{one} {two}");
        }
    }

    #[test]
    fn one_wrong_letter_is_forgiven_where_no_lexicon_knows_the_word() {
        assert_eq!(like("екатрина", "екатерина"), Some(Likeness::Misspelt));
        assert_eq!(like("джамилья", "джамиля"), Some(Likeness::Misspelt));
        assert_eq!(like("полина", "галина"), None);
    }
}
