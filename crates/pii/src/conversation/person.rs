//! Who is who: mentions of one person under all the forms of the name are one, two namesakes stay two.

use crate::stems::Stems;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::decline;
use crate::label::Gender;
use crate::name::form::{self, Kind, Reading, cases};
use crate::name::to_cyrillic_name;

/// What the words around say about a mentioned person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Role {
    /// Works for the business.
    Staff,
    /// Writes to the business.
    Client,
    /// Somebody's relative or companion.
    Kin,
}

/// What is known of a name, from one mention or from all of them.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Name {
    /// Folded given names as mentioned.
    given: Vec<String>,
    /// Full names those may stand for: «саша» — «александр», «александра».
    full: Vec<String>,
    patronymic: Option<String>,
    /// Surname without its gender ending.
    surname: Option<String>,
    initials: Vec<char>,
    gender: Option<Gender>,
    latin: bool,
}

/// A person of the conversation.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Person {
    pub(super) name: Name,
    pub(super) role: Option<Role>,
    /// Number of the message that mentioned the person last.
    pub(super) seen: u32,
}

/// One mention: the name, what surrounds it, its nominative.
pub(super) struct Mention {
    pub(super) name: Name,
    pub(super) role: Option<Role>,
    /// Somebody is spoken to by this name.
    pub(super) addressed: bool,
    /// The speaker says the name is their own.
    pub(super) own: bool,
    pub(super) nominative: String,
}

/// Folded form → folded full names.
static FULL_NAMES: LazyLock<BTreeMap<String, Vec<String>>> = LazyLock::new(|| {
    let mut map: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let text = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/pii/diminutives.tsv"));
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let mut fields = line.split('\t');
        let full = decline::fold(fields.next().unwrap_or_default());
        for short in fields.nth(1).unwrap_or_default().split(',') {
            map.entry(decline::fold(short)).or_default().push(full.clone());
        }
    }
    map
});

fn full_names(folded: &str) -> Vec<String> {
    let mut full = FULL_NAMES.get(folded).cloned().unwrap_or_default();
    full.push(folded.to_owned());
    full
}

/// Reads the parts of a mention. `asked` is the case the sentence asks for, as bits; it settles ambiguous forms.
pub(super) fn read_name(surface: &str, asked: u8, expected: Option<Gender>) -> (Name, String) {
    let words: Vec<&str> = surface
        .split(|sign: char| sign.is_whitespace())
        .filter(|word| !word.is_empty())
        .collect();
    let latin = surface.chars().any(|letter| letter.is_ascii_alphabetic());
    let mut name = Name {
        latin,
        ..Name::default()
    };
    let folded: Vec<String> = words
        .iter()
        .map(|word| {
            crate::shadow::Shadow::new(word)
                .text()
                .trim_matches(|sign: char| !sign.is_alphanumeric())
                .to_owned()
        })
        .collect();
    let all: Vec<Vec<Reading>> = folded.iter().map(|word| readings_of(word)).collect();
    let gender = expected.or_else(|| agreed_gender(&all, asked));
    let case = agreed_case(&all, gender, asked);
    let mut nominative = String::new();
    for (index, word) in words.iter().enumerate() {
        if !nominative.is_empty() {
            nominative.push(' ');
        }
        if is_initials(word) {
            name.initials
                .extend(folded[index].chars().filter(|sign| sign.is_alphabetic()));
            nominative.push_str(word);
            continue;
        }
        let taken = (
            !name.given.is_empty(),
            name.patronymic.is_some(),
            name.surname.is_some(),
        );
        match choose(&all[index], taken, gender, case, words.len(), index) {
            Some(reading) => {
                take(&mut name, reading);
                // A name in Latin letters stays as its owner writes it.
                let own_script = word.chars().any(|letter| letter.is_ascii_alphabetic());
                nominative.push_str(&if own_script {
                    (*word).to_owned()
                } else {
                    with_letters_of(&reading.lemma, word)
                });
            }
            None => {
                let lemma = folded[index].clone();
                if words.len() == 1 || index == 0 && name.given.is_empty() && latin {
                    let spelled = if latin {
                        to_cyrillic_name(&lemma).unwrap_or(lemma)
                    } else {
                        lemma
                    };
                    name.full.extend(full_names(&spelled));
                    name.given.push(spelled);
                } else if name.surname.is_none() {
                    name.surname = Some(surname_stem(&lemma));
                }
                nominative.push_str(word);
            }
        }
    }
    // «Ахметова» alone is both a woman and a man in the genitive.
    let bare_surname = name.given.is_empty() && name.patronymic.is_none() && expected.is_none();
    let either = all.iter().flatten().any(|reading| reading.gender == Gender::Male)
        && all.iter().flatten().any(|reading| reading.gender == Gender::Female);
    name.gender = gender.filter(|_| !(bare_surname && either));
    (name, nominative)
}

fn readings_of(folded: &str) -> Vec<Reading> {
    if folded.chars().any(|letter| letter.is_ascii_alphabetic()) {
        return to_cyrillic_name(folded)
            .map(|spelled| form::readings(&spelled))
            .unwrap_or_default();
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
    readings
}

fn is_initials(word: &str) -> bool {
    word.contains('.') && word.split('.').all(|piece| piece.chars().count() <= 1) || word.chars().count() == 1
}

/// The gender on which the unambiguous parts agree.
fn agreed_gender(all: &[Vec<Reading>], asked: u8) -> Option<Gender> {
    let mut best: Option<(u64, Gender)> = None;
    for readings in all {
        let weight = |gender: Gender| {
            readings
                .iter()
                .filter(|reading| reading.gender == gender)
                .map(|reading| {
                    reading.count
                        + 1
                        + if reading.kind == Kind::Patronymic { 20 } else { 0 }
                        + if reading.cases & asked != 0 { 6 } else { 0 }
                })
                .max()
                .unwrap_or(0)
        };
        let (male, female) = (weight(Gender::Male), weight(Gender::Female));
        let margin = male.abs_diff(female);
        if margin > 2 && best.is_none_or(|(known, _)| margin > known) {
            best = Some((margin, if male > female { Gender::Male } else { Gender::Female }));
        }
    }
    best.map(|(_, gender)| gender)
}

/// The cases all parts can stand in together, preferring the asked one, then the nominative.
fn agreed_case(all: &[Vec<Reading>], gender: Option<Gender>, asked: u8) -> u8 {
    let mut common = cases::ANY;
    for readings in all.iter().filter(|readings| !readings.is_empty()) {
        let own = readings
            .iter()
            .filter(|reading| gender.is_none_or(|gender| reading.gender == gender))
            .fold(0, |set, reading| set | reading.cases);
        if own & common != 0 {
            common &= own;
        }
    }
    if common & asked != 0 {
        common & asked
    } else if common & cases::NOM != 0 {
        cases::NOM
    } else {
        common
    }
}

fn choose(
    readings: &[Reading],
    taken: (bool, bool, bool),
    gender: Option<Gender>,
    case: u8,
    words: usize,
    index: usize,
) -> Option<&Reading> {
    let rank = |reading: &Reading| {
        let mut rank = reading.count as i64;
        if reading.cases & case != 0 {
            rank += 12;
        }
        if gender == Some(reading.gender) {
            rank += 8;
        }
        if reading.guessed {
            rank -= 3;
        }
        rank += match reading.kind {
            Kind::Given if taken.0 => -30,
            Kind::Given => 4 + if words == 1 { 4 } else { 0 },
            Kind::Patronymic if taken.1 || index == 0 && words > 1 => -10,
            Kind::Patronymic => 10,
            Kind::Surname if taken.2 => -30,
            Kind::Surname => i64::from(words > 1),
        };
        rank
    };
    readings.iter().max_by_key(|reading| rank(reading))
}

fn take(name: &mut Name, reading: &Reading) {
    match reading.kind {
        Kind::Given => {
            for full in full_names(&reading.lemma) {
                if !name.full.contains(&full) {
                    name.full.push(full);
                }
            }
            if !name.given.contains(&reading.lemma) {
                name.given.push(reading.lemma.clone());
            }
        }
        Kind::Patronymic => name.patronymic = Some(reading.lemma.clone()),
        Kind::Surname => name.surname = Some(surname_stem(&reading.lemma)),
    }
}

/// «ахметова» and «ахметов» are one family.
fn surname_stem(lemma: &str) -> String {
    for (feminine, masculine) in [
        ("ова", "ов"),
        ("ева", "ев"),
        ("ина", "ин"),
        ("ына", "ын"),
        ("ская", "ск"),
        ("цкая", "цк"),
        ("ский", "ск"),
        ("цкий", "цк"),
        ("ая", ""),
        ("ый", ""),
        ("ой", ""),
    ] {
        if let Some(stem) = lemma.strip_suffix(feminine).filter(|stem| stem.chars().count() >= 3) {
            return format!("{stem}{masculine}");
        }
    }
    lemma.to_owned()
}

/// The dictionary form in the letters of the surface: «ё» and capitals are kept.
fn with_letters_of(lemma: &str, surface: &str) -> String {
    let clean: Vec<char> = surface
        .chars()
        .filter(|letter| letter.is_alphabetic() || matches!(letter, '-' | '\'' | '’'))
        .collect();
    let mut made: Vec<char> = lemma.chars().collect();
    let all_capitals = clean.len() > 1
        && clean
            .iter()
            .filter(|letter| letter.is_alphabetic())
            .all(|letter| letter.is_uppercase());
    for (letter, own) in made.iter_mut().zip(&clean) {
        if decline::fold(&own.to_string()) != letter.to_string() {
            break;
        }
        *letter = if all_capitals {
            own.to_lowercase().next().unwrap_or(*own)
        } else {
            *own
        };
    }
    let mut capital = true;
    for letter in &mut made {
        if capital && letter.is_alphabetic() {
            *letter = letter.to_uppercase().next().unwrap_or(*letter);
        }
        capital = *letter == '-';
    }
    made.into_iter().collect()
}

impl Name {
    pub(super) fn gender(&self) -> Option<Gender> {
        self.gender
    }

    pub(super) fn has_given(&self) -> bool {
        !self.given.is_empty()
    }

    /// Folded words by which the person may be named again.
    pub(super) fn words(&self) -> impl Iterator<Item = String> + '_ {
        self.given.iter().chain(&self.full).chain(&self.patronymic).cloned()
    }

    fn has_surname(&self) -> bool {
        self.surname.is_some()
    }

    /// Adds what another mention tells.
    pub(super) fn learn(&mut self, other: &Name) {
        for given in &other.given {
            if !self.given.contains(given) {
                self.given.push(given.clone());
            }
        }
        if self.full.is_empty() {
            self.full.clone_from(&other.full);
        } else if !other.full.is_empty() {
            let both: Vec<String> = self
                .full
                .iter()
                .filter(|full| other.full.contains(full))
                .cloned()
                .collect();
            if !both.is_empty() {
                self.full = both;
                for given in &self.given {
                    if !self.full.contains(given) {
                        self.full.push(given.clone());
                    }
                }
            }
        }
        self.patronymic = self.patronymic.take().or_else(|| other.patronymic.clone());
        self.surname = self.surname.take().or_else(|| other.surname.clone());
        if self.initials.is_empty() {
            self.initials.clone_from(&other.initials);
        }
        self.gender = self.gender.or(other.gender);
    }

    /// How well two names fit one person; `None` if they cannot.
    fn fit(&self, other: &Name) -> Option<i32> {
        if self.gender.is_some() && other.gender.is_some() && self.gender != other.gender {
            return None;
        }
        let mut fit = 0;
        if !self.given.is_empty() && !other.given.is_empty() {
            let exact = self.given.iter().any(|given| other.given.contains(given));
            let by_full = self.full.iter().any(|full| other.full.contains(full));
            let by_stem = self.full.iter().any(|one| {
                other
                    .full
                    .iter()
                    .any(|two| is_diminutive_of(one, two) || is_diminutive_of(two, one))
            });
            if !(exact || by_full || by_stem) {
                return None;
            }
            let short = |name: &Name| name.given.iter().all(|given| is_short(given));
            fit += if exact {
                6
            } else if short(self) == short(other) {
                5
            } else {
                4
            };
        }
        match (&self.patronymic, &other.patronymic) {
            (Some(one), Some(two)) if one == two => fit += 4,
            (Some(_), Some(_)) => return None,
            _ => {}
        }
        match (&self.surname, &other.surname) {
            (Some(one), Some(two)) if one == two => fit += 6,
            (Some(_), Some(_)) if self.latin != other.latin => {}
            (Some(_), Some(_)) => return None,
            _ => {}
        }
        let letter = |name: &Name, place: usize| match place {
            0 => name
                .initials
                .first()
                .copied()
                .filter(|_| name.given.is_empty())
                .or_else(|| name.full.first().and_then(|full| full.chars().next())),
            _ => name
                .initials
                .get(1)
                .copied()
                .or_else(|| name.patronymic.as_ref().and_then(|full| full.chars().next())),
        };
        if !self.initials.is_empty() || !other.initials.is_empty() {
            for place in 0..2 {
                match (letter(self, place), letter(other, place)) {
                    (Some(one), Some(two)) if one == two => fit += 2,
                    (Some(_), Some(_)) => return None,
                    _ => {}
                }
            }
        }
        (fit >= 4).then_some(fit)
    }
}

/// A form of address, not the name of a document.
fn is_short(given: &str) -> bool {
    FULL_NAMES.contains_key(given)
        || ["очка", "ечка", "енька", "онька", "ушка", "юшка", "юша"]
            .iter()
            .any(|tail| given.ends_with(tail))
}

/// «катюшенька» of «катя»: the same beginning and an affectionate ending.
fn is_diminutive_of(short: &str, full: &str) -> bool {
    static TAILS: LazyLock<Stems> = LazyLock::new(|| {
        Stems::new(
            "очка ечка енька онька ушка юшка юша уша уля юля уня юня уся юся ик чик ка ок ек ян оша ёк юха уха ша \
             ся ончик ун ечек очек",
        )
    });
    TAILS.iter().filter_map(|tail| short.strip_suffix(tail)).any(|stem| {
        stem.chars().count() >= 3 && full.starts_with(stem)
            || stem.chars().count() >= 3 && full.trim_end_matches(['а', 'я', 'ь', 'й']) == stem
    })
}

/// The person a mention speaks of, or `None` for somebody new.
///
/// `speaker`: who says it, if known. `own_message`: people already mentioned in this message.
pub(super) fn resolve(
    people: &[Person],
    mention: &Mention,
    speaker: Option<super::Speaker>,
    message: u32,
) -> Option<usize> {
    let by_client = speaker == Some(super::Speaker::Client);
    let mut best: Option<(i32, usize)> = None;
    for (index, person) in people.iter().enumerate() {
        let self_named = mention.own
            && person.role == Some(Role::Client)
            && !(person.name.has_surname() && mention.name.has_surname())
            && !mention.name.has_given()
            && mention.name.has_surname();
        let Some(mut fit) = person.name.fit(&mention.name).or(self_named.then_some(5)) else {
            continue;
        };
        match (person.role, mention.role) {
            (Some(one), Some(two)) if one == two => fit += 3,
            (Some(Role::Client), Some(Role::Kin)) | (Some(Role::Kin), Some(Role::Client)) => fit -= 4,
            (Some(_), Some(_)) => {
                // Different roles of namesakes told by a given name alone are two people.
                if !(mention.name.has_surname() && person.name.has_surname()) && mention.name.patronymic.is_none() {
                    continue;
                }
                fit -= 4;
            }
            (None, Some(Role::Staff)) if person.seen == message && !mention.name.has_surname() => continue,
            _ => {}
        }
        if by_client
            && person.role == Some(Role::Client)
            && !mention.own
            && !mention.addressed
            && mention.role.is_none()
        {
            fit -= 3;
        }
        if by_client && mention.addressed && person.role == Some(Role::Client) && person.seen != message {
            fit -= 1;
        }
        if person.seen + 2 >= message {
            fit += 1;
        }
        if best.is_none_or(|(known, at)| fit > known || fit == known && person.seen >= people[at].seen) {
            best = Some((fit, index));
        }
    }
    best.map(|(_, index)| index)
}
