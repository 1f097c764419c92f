//! What one word of a name may be: parts of names in every case, in either script, called, cut or derived.

use super::given::gender_of_short;
use crate::label::Gender;
use crate::name::form::{self, Kind, Reading, cases};
use crate::name::to_cyrillic_name;

/// Binary logarithm of the frequency from which a given name is worth being read where its form is cut or derived.
const VOCATIVE_COUNT: u64 = 5;
/// The same of a form of address that a table knows and registers do not.
const FORM_COUNT: u64 = 9;

/// A Latin word in Cyrillic letters. «J» before a vowel is «дж» where this makes a name: «Jamilya».
pub(super) fn in_cyrillic(word: &str) -> Option<String> {
    let known = |spelled: &String| {
        form::readings(spelled)
            .iter()
            .any(|reading| reading.kind == Kind::Given)
    };
    let plain = to_cyrillic_name(word);
    let Some(rest) = word.strip_prefix('j').filter(|_| !plain.as_ref().is_some_and(known)) else {
        return plain;
    };
    to_cyrillic_name(rest)
        .map(|rest| format!("дж{rest}"))
        .filter(known)
        .or(plain)
}
/// The word as lexicons know it.
pub(super) fn fold(word: &str) -> String {
    let shadow = crate::shadow::Shadow::new(word);
    // What looks like a disguise in a text may be one word here: «самирке» holds «сам».
    let text = if shadow.text().contains(' ') && !word.contains(char::is_whitespace) {
        crate::decline::fold(word)
    } else {
        shadow.text().to_owned()
    };
    text.trim_matches(|sign: char| !sign.is_alphanumeric()).to_owned()
}

pub(super) fn readings_of(folded: &str) -> Vec<Reading> {
    if folded.chars().any(|letter| letter.is_ascii_alphabetic()) {
        let mut readings = in_cyrillic(folded)
            .map(|spelled| form::readings(&spelled))
            .unwrap_or_default();
        // Names in Latin letters seldom are declined.
        if readings.iter().any(|reading| reading.cases & cases::NOM != 0) {
            readings.retain(|reading| reading.cases & cases::NOM != 0);
        }
        return readings;
    }
    let mut readings = form::readings(folded);
    if readings.is_empty() {
        if let Some((first, last)) = folded.rsplit_once('-') {
            for mut reading in form::readings(last) {
                reading.lemma = format!("{first}-{}", reading.lemma);
                readings.push(reading);
            }
        }
        readings.extend(form::surname_by_suffix(folded));
    }
    if readings.is_empty() {
        readings.extend(cut_vocative(folded));
    }
    let is_given = |reading: &Reading| reading.kind == Kind::Given && reading.cases & cases::NOM != 0;
    for reading in &mut readings {
        if reading.kind == Kind::Given && gender_of_short(&reading.lemma).is_some() {
            reading.count = reading.count.max(FORM_COUNT);
        }
    }
    if !readings.iter().any(is_given)
        && let Some(gender) = gender_of_short(folded)
    {
        readings.push(Reading {
            kind: Kind::Given,
            lemma: folded.to_owned(),
            gender,
            cases: cases::NOM,
            plural: false,
            count: FORM_COUNT,
            diminutive: true,
            guessed: false,
        });
    }
    if !readings.iter().any(|reading| reading.kind == Kind::Patronymic) {
        readings.extend(colloquial_patronymic(folded));
    }
    readings
}

/// The gender a surname tells by its ending.
pub(super) fn surname_gender(lemma: &str) -> Option<Gender> {
    let ends = |tails: &[&str]| tails.iter().any(|tail| lemma.ends_with(tail));
    if ends(&["ова", "ева", "ина", "ына", "ская", "цкая"]) {
        Some(Gender::Female)
    } else if ends(&["ов", "ев", "шин", "кин", "ский", "цкий"]) {
        Some(Gender::Male)
    } else {
        None
    }
}

/// «Марин» — «марина», spoken to; a lexicon may know the cut form as another name.
pub(super) fn cut_vocative(word: &str) -> Option<Reading> {
    if word.chars().count() < 2 || word.ends_with(['а', 'е', 'и', 'о', 'у', 'ы', 'э', 'ю', 'я', 'й']) {
        return None;
    }
    let (stem, vowels): (&str, &[char]) = match word.strip_suffix('ь') {
        Some(stem) => (stem, &['я']),
        None => (word, &['а', 'я']),
    };
    vowels.iter().find_map(|vowel| {
        form::readings(&format!("{stem}{vowel}"))
            .into_iter()
            .filter(|reading| reading.kind == Kind::Given && reading.cases & cases::NOM != 0)
            .filter(|reading| reading.count >= VOCATIVE_COUNT || reading.diminutive)
            .max_by_key(|reading| reading.count)
    })
}

/// «Кристинина» — what belongs to Кристина. Doubtful: a surname may sound so.
pub(super) fn possessive(word: &str) -> Option<Reading> {
    let stem = ["ин", "ина", "ино", "ины", "иной", "ину", "иного", "иному", "иным"]
        .iter()
        .find_map(|tail| word.strip_suffix(tail))
        .filter(|stem| stem.chars().count() >= 3)?;
    ['а', 'я', 'ь'].iter().find_map(|vowel| {
        let mut owner = form::readings(&format!("{stem}{vowel}"))
            .into_iter()
            .filter(|reading| reading.kind == Kind::Given && reading.cases & cases::NOM != 0)
            .filter(|reading| reading.count >= VOCATIVE_COUNT || reading.diminutive)
            .max_by_key(|reading| reading.count)?;
        owner.count = 0;
        owner.cases = 0;
        owner.guessed = true;
        Some(owner)
    })
}

/// «Михалычу» — «михайлович», dative; «Семёныч» — «семенович».
fn colloquial_patronymic(folded: &str) -> Vec<Reading> {
    let ends = [
        ("ыч", cases::NOM),
        ("ыча", cases::GEN | cases::ACC),
        ("ычу", cases::DAT),
        ("ычем", cases::INS),
        ("ычом", cases::INS),
        ("ыче", cases::LOC),
    ];
    // «андреич», «николаич», «васильич» lack the middle of «андреевич».
    let soft = |folded: &str| {
        [
            ("ич", cases::NOM),
            ("ича", cases::GEN | cases::ACC),
            ("ичу", cases::DAT),
            ("ичем", cases::INS),
            ("иче", cases::LOC),
        ]
        .into_iter()
        .find_map(|(ending, cases)| Some((folded.strip_suffix(ending)?.to_owned(), cases)))
        .filter(|(stem, _)| stem.ends_with(['е', 'а', 'ь']))
    };
    let hard = ends
        .into_iter()
        .find_map(|(ending, cases)| Some((folded.strip_suffix(ending)?, cases)));
    let (nominatives, cases) = match (hard, soft(folded)) {
        (Some((stem, cases)), _) => ([format!("{stem}ыч"), format!("{stem}ович")], cases),
        (None, Some((stem, cases))) => ([format!("{stem}ич"), format!("{stem}евич")], cases),
        (None, None) => return Vec::new(),
    };
    nominatives
        .iter()
        .map(|nominative| {
            let mut readings = form::readings(nominative);
            readings.retain(|reading| reading.kind == Kind::Patronymic);
            readings.iter_mut().for_each(|reading| reading.cases = cases);
            readings
        })
        .find(|readings| !readings.is_empty())
        .unwrap_or_default()
}

pub(super) fn is_initials(word: &str) -> bool {
    word.contains('.') && word.split('.').all(|piece| piece.chars().count() <= 1) || word.chars().count() == 1
}
