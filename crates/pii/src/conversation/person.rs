//! A person of a conversation: what all mentions together tell of the name, and how well two names fit one person.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::Speaker;
use super::description::DESCRIPTIONS_MAX;
use super::given::{self, Likeness, full_names};
use super::mention::Mention;
use super::weights::Weights;
use crate::label::Gender;
use crate::name::form::{Kind, Reading};

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

/// A side of a conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Side {
    Client,
    Staff,
}

impl Side {
    pub(super) fn of(speaker: Speaker) -> Self {
        match speaker {
            Speaker::Client => Self::Client,
            Speaker::Staff => Self::Staff,
        }
    }
}

/// What is known of a name, from one mention or from all of them.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Name {
    /// Folded given names as mentioned.
    pub(super) given: Vec<String>,
    /// Full names those may stand for: «саша» — «александр», «александра».
    pub(super) full: Vec<String>,
    pub(super) patronymic: Option<String>,
    /// Surname without its gender ending.
    pub(super) surname: Option<String>,
    /// Surnames borne before or beside, without their gender endings.
    #[serde(default)]
    pub(super) former: Vec<String>,
    pub(super) initials: Vec<char>,
    pub(super) gender: Option<Gender>,
    pub(super) latin: bool,
}

/// A person of the conversation.
#[derive(Clone, Default, Serialize, Deserialize)]
pub(super) struct Person {
    pub(super) name: Name,
    /// Other senses of the only mention so far.
    #[serde(default)]
    pub(super) spare: Vec<Name>,
    pub(super) role: Option<Role>,
    /// Number of the message that mentioned the person last.
    pub(super) seen: u32,
    /// Place of the person's token among the entries; unknown in maps of earlier versions.
    #[serde(default)]
    pub(super) entry: Option<usize>,
    /// Number of the message that spoke to the person last.
    #[serde(default)]
    pub(super) addressed: u32,
    /// Place of the last mention among all mentions.
    #[serde(default)]
    pub(super) place: u32,
    /// What the person does for the business.
    #[serde(default)]
    pub(super) occupation: Option<String>,
    /// What was said beside the name, as stems.
    #[serde(default)]
    pub(super) described: BTreeSet<String>,
    /// Whose relative the person is said to be.
    #[serde(default)]
    pub(super) kin: Option<String>,
    /// The last mention told more than a given name.
    #[serde(default)]
    pub(super) named_fully: bool,
    /// Met first as «the other one» of that name.
    #[serde(default)]
    pub(super) another: bool,
    /// The role is only likely.
    #[serde(default)]
    pub(super) role_is_hint: bool,
    /// The side that named the person first.
    #[serde(default)]
    pub(super) brought_by: Option<Side>,
    /// A client has spoken of the person, not to them.
    #[serde(default)]
    pub(super) spoken_of: bool,
    /// Mentions so far.
    #[serde(default)]
    pub(super) mentions: u32,
    /// Turned out to be another one, by whose token the person goes since.
    #[serde(default)]
    pub(super) merged: Option<usize>,
}

impl Person {
    /// Takes in what the words around a mention tell.
    pub(super) fn note(&mut self, mention: &Mention, speaker: Option<Speaker>, message: u32, place: u32) {
        self.spare.clear();
        if self.role.is_none() && !self.role_is_hint
            || self.role_is_hint && mention.role.is_some() && !mention.role_is_hint
        {
            self.role = mention.role;
            self.role_is_hint = mention.role_is_hint;
        }
        if self.role_is_hint && mention.role_is_hint && self.role != mention.role && mention.role.is_some() {
            // Both sides have spoken to somebody of this name.
            self.role = None;
        }
        if self.occupation.is_none() {
            self.occupation = mention.occupation.map(str::to_owned);
        }
        if self.described.len() < DESCRIPTIONS_MAX {
            self.described.extend(mention.described.iter().cloned());
        }
        if self.kin.is_none() {
            self.kin = mention.kin.map(str::to_owned);
        }
        self.named_fully = mention.senses.first().is_some_and(|sense| {
            sense.name.has_given() && (sense.name.has_surname() || sense.name.patronymic.is_some())
        });
        self.another |= mention.another;
        if self.place == 0 {
            self.brought_by = speaker.map(Side::of);
        }
        self.spoken_of |= speaker == Some(Speaker::Client) && !mention.own && !mention.addressed;
        self.mentions += 1;
        self.seen = message;
        self.place = place;
        if mention.addressed {
            self.addressed = message;
        }
    }
}

/// «ахметова» and «ахметов» are one family.
pub(super) fn surname_stem(lemma: &str) -> String {
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

/// Letters of a surname that may part in one between two scripts.
const ALIKE_CHARS_MIN: usize = 5;

impl Name {
    pub(super) fn gender(&self) -> Option<Gender> {
        self.gender
    }

    pub(super) fn has_given(&self) -> bool {
        !self.given.is_empty()
    }

    pub(super) fn has_surname(&self) -> bool {
        self.surname.is_some()
    }

    /// Folded words by which the person may be named again.
    pub(super) fn words(&self) -> impl Iterator<Item = String> + '_ {
        self.given.iter().chain(&self.full).chain(&self.patronymic).cloned()
    }

    /// Whether given name, patronymic and surname are known.
    pub(super) fn taken(&self) -> (bool, bool, bool) {
        (
            !self.given.is_empty(),
            self.patronymic.is_some(),
            self.surname.is_some(),
        )
    }

    /// Takes one word as what `reading` says it is.
    pub(super) fn take(&mut self, reading: &Reading) {
        match reading.kind {
            Kind::Given => {
                for full in full_names(&reading.lemma) {
                    if !self.full.contains(&full) {
                        self.full.push(full);
                    }
                }
                if !self.given.contains(&reading.lemma) {
                    self.given.push(reading.lemma.clone());
                }
            }
            Kind::Patronymic => self.patronymic = Some(reading.lemma.clone()),
            Kind::Surname => self.surname = Some(surname_stem(&reading.lemma)),
        }
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
            } else {
                // One of the two was misspelt.
                self.full.extend(other.full.iter().cloned());
            }
        }
        self.patronymic = self.patronymic.take().or_else(|| other.patronymic.clone());
        if self.latin && !other.latin && other.surname.is_some() {
            self.surname = None;
            self.latin = false;
        }
        self.surname = self.surname.take().or_else(|| other.surname.clone());
        for told in other.surname.iter().chain(&other.former) {
            if self.surname.as_ref() != Some(told) && !self.former.contains(told) {
                self.former.push(told.clone());
            }
        }
        if self.initials.is_empty() {
            self.initials.clone_from(&other.initials);
        }
        self.gender = self.gender.or(other.gender);
    }

    /// How well two names fit one person; `None` if they cannot.
    pub(super) fn fit(&self, other: &Name, weights: &Weights) -> Option<i32> {
        if self.gender.is_some() && other.gender.is_some() && self.gender != other.gender {
            return None;
        }
        let fit = self.fit_given(other, weights)?
            + self.fit_patronymic(other, weights)?
            + self.fit_surname(other, weights)?
            + self.fit_initials(other, weights)?;
        (fit >= weights.fit_min).then_some(fit)
    }

    /// The given names are forms of one name beyond doubt.
    pub(super) fn fits_by_name(&self, other: &Name) -> bool {
        self.given.iter().any(|given| other.given.contains(given))
            || matches!(
                given::likeness((&self.given, &self.full), (&other.given, &other.full)),
                Some(Likeness::OtherForm | Likeness::ShortAndFull)
            )
    }

    fn fit_given(&self, other: &Name, weights: &Weights) -> Option<i32> {
        if self.given.is_empty() || other.given.is_empty() {
            return Some(0);
        }
        if self.given.iter().any(|given| other.given.contains(given)) {
            return Some(weights.same_given);
        }
        let alike = given::likeness((&self.given, &self.full), (&other.given, &other.full))?;
        Some(match alike {
            Likeness::OtherForm => weights.same_given_other_form,
            Likeness::ShortAndFull | Likeness::Affectionate => weights.same_given_short_and_full,
            Likeness::OtherFullName => weights.other_full_name,
            Likeness::Misspelt => weights.misspelt_given,
        })
    }

    fn fit_patronymic(&self, other: &Name, weights: &Weights) -> Option<i32> {
        match (&self.patronymic, &other.patronymic) {
            (Some(one), Some(two)) if same_patronymic(one, two) => Some(weights.same_patronymic),
            // «Яклевич»: a slip of the pen, where the given name is the same.
            (Some(one), Some(two)) => {
                let slip = self.has_given() && other.has_given() && given::is_slip(one, two);
                slip.then_some(weights.same_patronymic - 1)
            }
            _ => Some(0),
        }
    }

    fn fit_surname(&self, other: &Name, weights: &Weights) -> Option<i32> {
        match (&self.surname, &other.surname) {
            (Some(one), Some(two)) if one == two || self.former.contains(two) => Some(weights.same_surname),
            // «Sokolov» and «Соколов» may part in a letter.
            (Some(one), Some(two)) if self.latin != other.latin => Some(if sounds_alike(one, two) {
                weights.latin_surname
            } else {
                0
            }),
            (Some(one), Some(two)) if shares_half(one, two) => Some(weights.same_surname),
            // «мамалашвили»: a slip of the pen in a long surname.
            (Some(one), Some(two)) => {
                let slip =
                    given::is_surname_slip(one, two) || self.begins_like(other) && given::is_short_slip(one, two);
                slip.then_some(weights.same_surname - 2)
            }
            _ => Some(0),
        }
    }

    /// The given names are one, or a given name begins with the initial.
    fn begins_like(&self, other: &Name) -> bool {
        let begins = |one: &Name, two: &Name| {
            let initial = one.initials.first().filter(|_| !one.has_given());
            initial.is_some_and(|initial| two.full.iter().any(|full| full.starts_with(*initial)))
        };
        self.given.iter().any(|given| other.given.contains(given)) || begins(self, other) || begins(other, self)
    }

    /// The same name without its initials: papers may hold them wrong.
    pub(super) fn without_initials(&self) -> Name {
        Name {
            initials: Vec::new(),
            ..self.clone()
        }
    }

    fn fit_initials(&self, other: &Name, weights: &Weights) -> Option<i32> {
        if self.initials.is_empty() && other.initials.is_empty() {
            return Some(0);
        }
        let letters = |name: &Name, place: usize| -> Vec<char> {
            let written = name.initials.get(place).copied();
            if place == 0 && name.given.is_empty() || place > 0 && written.is_some() {
                return written.into_iter().collect();
            }
            let names: Vec<&String> = if place == 0 {
                name.full.iter().collect()
            } else {
                name.patronymic.iter().collect()
            };
            names.iter().filter_map(|name| name.chars().next()).collect()
        };
        let mut fit = 0;
        for place in 0..2 {
            let (one, two) = (letters(self, place), letters(other, place));
            if one.is_empty() || two.is_empty() {
                continue;
            }
            if !one.iter().any(|letter| two.contains(letter)) {
                return None;
            }
            fit += weights.same_initial;
        }
        Some(fit)
    }
}

/// «Геннадьевич» and «Геннадиевич», «Сергевна» and «Сергеевна».
fn same_patronymic(one: &str, two: &str) -> bool {
    // «Семёныч», «Кириллыч».
    let long = |word: &str| {
        word.strip_suffix("ыч")
            .map_or_else(|| word.to_owned(), |stem| format!("{stem}ович"))
    };
    // «Ильинишна» is said so, and written by who writes as they speak.
    let plain = |word: &str| {
        let long = long(word).replace("ие", "ье").replace("ее", "е");
        long.strip_suffix("ишна")
            .map_or(long.clone(), |stem| format!("{stem}ична"))
    };
    one == two || plain(one) == plain(two)
}

/// «orlovsky» and «орловский» without their endings.
fn sounds_alike(one: &str, two: &str) -> bool {
    let plain = |word: &str| given::by_sound(word).trim_end_matches(['и', 'а', 'е', 'у']).to_owned();
    let (one, two) = (plain(one), plain(two));
    one == two || one.chars().count() >= ALIKE_CHARS_MIN && given::is_one_letter_apart(&one, &two)
}

/// A double surname may be told by one of its halves.
fn shares_half(one: &str, two: &str) -> bool {
    let halves = |word: &str| -> Vec<String> { word.split('-').map(surname_stem).collect() };
    (one.contains('-') != two.contains('-')) && halves(one).iter().any(|half| halves(two).contains(half))
}
