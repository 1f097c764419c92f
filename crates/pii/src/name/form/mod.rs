//! Readings of one word as a part of a name: dictionary form, gender, cases. Works backwards from endings, so any
//! case of any known name is found without a list of forms.

mod ending;
mod patronymic;
mod surname;

use crate::label::Gender;
use crate::lexicon::{ENDING_LETTERS_MAX, NameEntry, NameTrail, WordEntry, bits};

use super::affection;
use super::derived;

/// Cases as a set of bits.
pub(crate) mod cases {
    pub(crate) const NOM: u8 = 1;
    pub(crate) const GEN: u8 = 2;
    pub(crate) const DAT: u8 = 4;
    pub(crate) const ACC: u8 = 8;
    pub(crate) const INS: u8 = 16;
    pub(crate) const LOC: u8 = 32;
    pub(crate) const ANY: u8 = 63;
}
use cases::{ANY, NOM};

pub(super) use ending::without;
use ending::{COLLOQUIAL, EXCEPTIONS, IRREGULAR, RULES};
use patronymic::patronymic_by_suffix;
pub(crate) use patronymic::patronymic_gender;
pub(crate) use surname::surname_by_suffix;
use surname::{shaped_surname, surname_suffix};

/// What part of a name a reading is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Given,
    Patronymic,
    Surname,
}

/// One way to read a word as a part of a name.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Reading {
    pub(crate) kind: Kind,
    /// Folded dictionary form.
    pub(crate) lemma: String,
    pub(crate) gender: Gender,
    pub(crate) cases: u8,
    pub(crate) plural: bool,
    /// Binary logarithm of the frequency in registers.
    pub(crate) count: u64,
    pub(crate) diminutive: bool,
    /// Told by its suffix, not by a lexicon.
    pub(crate) guessed: bool,
}

impl Reading {
    /// How usual a given name is; a diminutive is rarer in registers than in talk.
    pub(crate) fn usual(&self) -> u64 {
        self.count + 2 * u64::from(self.diminutive)
    }
}

use Gender::{Female as F, Male as M};

/// What a word may be as a form of a name.
pub(crate) struct Forms {
    pub(super) readings: Vec<Reading>,
    /// What the lexicon of names says of the word as a dictionary form.
    pub(crate) name: Option<NameEntry>,
    /// Gender and cases told by the suffix of a surname.
    suffix: Option<(Gender, u8)>,
}

impl Forms {
    /// Forms of a folded word of which the lexicon of words says `entry`.
    pub(crate) fn of(word: &str, entry: WordEntry) -> Self {
        let (readings, name) = all_of(word, entry);
        Self {
            readings,
            name,
            suffix: surname_suffix(word),
        }
    }

    pub(super) fn is_shaped_surname(&self) -> bool {
        self.suffix.is_some()
    }

    /// The word as a surname told by its suffix.
    pub(super) fn shaped_surname(&self, word: &str) -> Option<Reading> {
        self.suffix.map(|suffix| shaped_surname(word, suffix))
    }
}

/// A longer word is no name, and a shorter one neither.
const LETTERS_MAX: usize = 24;
const LETTERS_MIN: usize = 2;

/// Letters from the first on that a word of so many has in common with the dictionary form of the name it may be.
pub(crate) fn kept_letters(letters: usize) -> usize {
    letters.saturating_sub(ENDING_LETTERS_MAX).max(LETTERS_MIN)
}

/// All readings of a folded Cyrillic word.
pub(crate) fn readings(word: &str) -> Vec<Reading> {
    readings_of(word, WordEntry::look_up(word))
}

/// The same where the lexicon of words is known to say `entry`.
pub(crate) fn readings_of(word: &str, entry: WordEntry) -> Vec<Reading> {
    all_of(word, entry).0
}

/// Whether a folded Cyrillic word of which the lexicon of words says `entry` has any.
pub(crate) fn has_readings(word: &str, entry: WordEntry) -> bool {
    !all_of(word, entry).0.is_empty()
}

/// The readings of a folded Cyrillic word without those of words made of names, «олеськина».
pub(crate) fn plain_readings(word: &str) -> Vec<Reading> {
    plain_readings_of(word, || WordEntry::look_up(word)).0
}

/// The readings, and what the lexicon of names says of the word as it stands.
fn all_of(word: &str, entry: WordEntry) -> (Vec<Reading>, Option<NameEntry>) {
    let (mut found, own) = plain_readings_of(word, || entry);
    if found.is_empty() && (LETTERS_MIN..=LETTERS_MAX).contains(&word.chars().count()) {
        found.extend(affection::reading(word, entry).or_else(|| derived::reading(word, entry)));
    }
    (found, own)
}

fn plain_readings_of(word: &str, entry: impl FnOnce() -> WordEntry) -> (Vec<Reading>, Option<NameEntry>) {
    let mut found = Vec::new();
    let length = word.chars().count();
    if !(LETTERS_MIN..=LETTERS_MAX).contains(&length) {
        return (found, NameEntry::look_up(word));
    }
    let kept = word
        .char_indices()
        .nth(kept_letters(length))
        .map_or(word.len(), |(end, _)| end);
    let trail = NameTrail::walk(word, kept);
    let own = trail.as_ref().and_then(|trail| trail.look_up(word.len(), ""));
    if let Some(entry) = own {
        read(&mut found, entry, word, None, NOM, false);
    }
    if EXCEPTIONS.has(word) {
        read_exceptions(&mut found, word);
    }
    if let Some(trail) = trail {
        read_declined(&mut found, word, &trail);
        read_clipped(&mut found, word, own, &trail, entry);
    }
    if let Some(reading) = patronymic_by_suffix(word)
        && !found
            .iter()
            .any(|known| known.kind == Kind::Patronymic && known.cases == reading.cases)
    {
        push(&mut found, reading);
    }
    (found, own)
}

/// Adds readings of a word as a case of a name.
fn read_declined(found: &mut Vec<Reading>, word: &str, trail: &NameTrail) {
    let mut lemma = String::new();
    for rule in RULES.of(word) {
        let Some(stem) = word.strip_suffix(rule.ending).filter(|stem| stem.len() >= 4) else {
            continue;
        };
        let Some(entry) = trail.look_up(stem.len(), rule.base) else {
            continue;
        };
        if !fits_rule(stem, rule.ending, rule.base) {
            continue;
        }
        lemma.clear();
        lemma.push_str(stem);
        lemma.push_str(rule.base);
        let declension = (rule.gender, !rule.base.ends_with(['а', 'я']));
        read(found, entry, &lemma, Some(declension), rule.cases, rule.plural);
    }
}

/// Adds readings of a word that no rule makes.
fn read_exceptions(found: &mut Vec<Reading>, word: &str) {
    for &(form, lemma, cases) in IRREGULAR {
        if form == word
            && let Some(entry) = NameEntry::look_up(lemma)
        {
            read(found, entry, lemma, None, cases, false);
        }
    }
    for &(form, lemma, kind, gender) in COLLOQUIAL {
        if form == word {
            push(
                found,
                Reading {
                    kind,
                    lemma: lemma.to_owned(),
                    gender,
                    cases: NOM,
                    plural: false,
                    count: 6,
                    diminutive: false,
                    guessed: false,
                },
            );
        }
    }
}

/// «Катюш!», «Наташ, привет»: adds names called without their last vowel. `own` is what the lexicon of names says of the
/// word as it stands.
fn read_clipped(
    found: &mut Vec<Reading>,
    word: &str,
    own: Option<NameEntry>,
    trail: &NameTrail,
    entry: impl FnOnce() -> WordEntry,
) {
    let soft = word.strip_suffix('ь');
    let hard = soft.is_none() && word.ends_with(|last: char| !"аеиоуыэюяйъ".contains(last));
    let is_long = word.chars().nth(2).is_some();
    if !is_long
        || !(hard || soft.is_some())
        || own.is_some_and(|own| own.given_count() >= 5)
        || entry().lower_count() >= 3
    {
        return;
    }
    let stem = soft.unwrap_or(word);
    for vowel in ["а", "я"] {
        // After a soft sign stands «я» only.
        if !hard && vowel == "а" {
            continue;
        }
        let named = trail.look_up(stem.len(), vowel).filter(|entry| {
            (entry.given_count() >= 5 || entry.has(bits::DIMINUTIVE_FEMALE | bits::DIMINUTIVE_MALE))
                && entry.has(bits::GIVEN_FEMALE | bits::GIVEN_MALE)
        });
        if let Some(entry) = named {
            let gender = if entry.has(bits::GIVEN_FEMALE) { F } else { M };
            push(
                found,
                Reading {
                    kind: Kind::Given,
                    lemma: format!("{stem}{vowel}"),
                    gender,
                    cases: NOM,
                    plural: false,
                    count: 4,
                    diminutive: true,
                    guessed: false,
                },
            );
        }
    }
}

/// Spelling rules: «ы» never follows к, г, х; «и» of a hard stem always does.
fn fits_rule(stem: &str, ending: &str, base: &str) -> bool {
    let Some(last) = stem.chars().next_back() else {
        return false;
    };
    let velar = matches!(last, 'г' | 'к' | 'х');
    let hushing = matches!(last, 'ж' | 'ш' | 'ч' | 'щ' | 'ц');
    let vowel = "аеиоуыэюя".contains(last);
    match (ending, base) {
        ("ы", "а") => !velar,
        ("и", "а") => velar || hushing,
        ("ей", "а") => hushing,
        ("ем", "") => hushing,
        ("ым", "") => stem.ends_with("ов") || stem.ends_with("ев") || stem.ends_with("ин") || stem.ends_with("ын"),
        ("ы" | "ых" | "ыми", "") => {
            stem.ends_with("ов") || stem.ends_with("ев") || stem.ends_with("ин") || stem.ends_with("ын")
        }
        ("е" | "у" | "а" | "ом", "") => !vowel && last != 'й' && last != 'ь',
        _ => true,
    }
}

fn push(found: &mut Vec<Reading>, reading: Reading) {
    if let Some(same) = found.iter_mut().find(|known| {
        known.kind == reading.kind
            && known.lemma == reading.lemma
            && known.gender == reading.gender
            && known.plural == reading.plural
    }) {
        same.cases |= reading.cases;
    } else {
        found.push(reading);
    }
}

/// Adds readings of `lemma`, of which the lexicon of names says `entry`. `declension`: gender of the rule that led here and whether the
/// dictionary form it made must be of that gender; `None` for the dictionary form itself.
fn read(
    found: &mut Vec<Reading>,
    entry: NameEntry,
    lemma: &str,
    declension: Option<(Gender, bool)>,
    cases: u8,
    plural: bool,
) {
    let fits = |gender: Gender| declension.is_none_or(|(rule, strict)| !strict || rule == gender);
    let undeclined = |gender: Gender| declension.is_none() && is_indeclinable(lemma, gender);
    if !plural {
        let other = entry.has(bits::GIVEN_OTHER) && !entry.has(bits::GIVEN_MALE | bits::GIVEN_FEMALE);
        for (flag, diminutive, gender) in [
            (bits::GIVEN_MALE, bits::DIMINUTIVE_MALE, M),
            (bits::GIVEN_FEMALE, bits::DIMINUTIVE_FEMALE, F),
        ] {
            let guessed_gender = if lemma.ends_with(['а', 'я']) { F } else { M };
            if (entry.has(flag) || other && guessed_gender == gender) && fits(gender) {
                let cases = if undeclined(gender) { ANY } else { cases };
                push(
                    found,
                    Reading {
                        kind: Kind::Given,
                        lemma: lemma.to_owned(),
                        gender,
                        cases,
                        plural,
                        count: entry.given_count(),
                        diminutive: entry.has(diminutive),
                        guessed: false,
                    },
                );
            }
        }
        for (flag, gender) in [(bits::PATRONYMIC_MALE, M), (bits::PATRONYMIC_FEMALE, F)] {
            if entry.has(flag) && fits(gender) {
                push(
                    found,
                    Reading {
                        kind: Kind::Patronymic,
                        lemma: lemma.to_owned(),
                        gender,
                        cases,
                        plural,
                        count: 6,
                        diminutive: false,
                        guessed: false,
                    },
                );
            }
        }
    }
    let other = entry.has(bits::SURNAME_OTHER) && !entry.has(bits::SURNAME_MALE | bits::SURNAME_FEMALE);
    let feminine = ["ова", "ева", "ина", "ына", "ая"]
        .iter()
        .any(|tail| lemma.ends_with(tail));
    let masculine = ["ов", "ев", "ин", "ын", "ий", "ый", "ой"]
        .iter()
        .any(|tail| lemma.ends_with(tail));
    for (flag, gender) in [(bits::SURNAME_MALE, M), (bits::SURNAME_FEMALE, F)] {
        let shaped = match gender {
            M => !feminine,
            F => !masculine,
        };
        if (entry.has(flag)
            || (other || entry.has(bits::SURNAME_MALE | bits::SURNAME_FEMALE))
                && shaped
                && (other || !masculine && !feminine))
            && fits(gender)
        {
            let cases = if undeclined(gender) { ANY } else { cases };
            push(
                found,
                Reading {
                    kind: Kind::Surname,
                    lemma: lemma.to_owned(),
                    gender,
                    cases,
                    plural,
                    count: entry.surname_count(),
                    diminutive: false,
                    guessed: false,
                },
            );
        }
    }
}

fn is_indeclinable(lemma: &str, gender: Gender) -> bool {
    lemma.ends_with(['о', 'е', 'и', 'у', 'ю', 'ы', 'э'])
        || lemma.ends_with("ых")
        || lemma.ends_with("их")
        || gender == F && !lemma.ends_with(['а', 'я', 'ь'])
}

#[cfg(test)]
mod tests {
    use super::cases::{ACC, DAT, GEN};
    use super::*;
    use crate::lexicon::NamePrefix;

    fn has(word: &str, kind: Kind, lemma: &str, case: u8) -> bool {
        let found = readings(word);
        found
            .iter()
            .any(|reading| reading.kind == kind && reading.lemma == lemma && reading.cases & case != 0)
            || {
                println!("{word} {found:?}");
                false
            }
    }

    #[test]
    fn oblique_forms_lead_to_the_dictionary_form() {
        assert!(has("зульхизе", Kind::Given, "зульхиза", DAT));
        assert!(has("льва", Kind::Given, "лев", GEN));
        assert!(has("ахметовой", Kind::Surname, "ахметова", DAT));
        assert!(has("кравца", Kind::Surname, "кравец", GEN));
        assert!(has("катюш", Kind::Given, "катюша", NOM));
        assert!(has("рахматулловну", Kind::Patronymic, "рахматулловна", ACC));
    }

    #[test]
    fn some_name_begins_like_each_form_no_rule_makes() {
        for form in EXCEPTIONS.iter() {
            let kept: String = form.chars().take(kept_letters(form.chars().count())).collect();
            assert!(NamePrefix::walk(&kept).is_some(), "{form}");
        }
    }

    #[test]
    fn a_plain_word_has_no_reading() {
        assert!(readings("запишите").is_empty());
    }
}
