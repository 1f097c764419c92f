//! What a mention can say: its words as parts of a name, in every way that makes sense.
//!
//! «Исаева» is a woman, or a man in the genitive; «Вале» is Валя of either gender. All such senses are kept, the
//! likeliest first, and the people already known decide between them.

use crate::decline;
use crate::label::Gender;
use crate::name::form::{Kind, Reading, cases};

use super::given::{full_names, gender_of_short, short_of_both};
use super::person::{Name, surname_stem};
use super::rank::{agreed_case, agreed_gender, choose, rank};
use super::word::{cut_vocative, fold, in_cyrillic, is_initials, possessive, readings_of, surname_gender};

/// Senses kept of one mention; more are never told apart by what follows.
const SENSES_MAX: usize = 6;
/// A sense this much less likely than the best one is dropped.
const RANK_SPREAD: i64 = 24;

/// What it weighs that a reading stands in the case the sentence asks for.
const ASKED: i64 = 12;

/// The same where a preposition right before the name asks: nothing else is read then.
const ASKED_FOR_CERTAIN: i64 = 40;

/// Binary logarithm of how many times rarer the other gender of a name is to be left out of account.
const RARER: u64 = 4;

/// Words before a given name that are no part of it: «тётя Галя».
const KIN: &[&str] = &[
    "тетя",
    "тети",
    "тете",
    "тетю",
    "тетей",
    "теть",
    "дядя",
    "дяди",
    "дяде",
    "дядю",
    "дядей",
    "дядь",
    "баба",
    "бабы",
    "бабе",
    "бабу",
    "бабой",
    "бабушка",
    "бабушке",
    "бабушку",
    "дед",
    "деда",
    "деду",
    "дедушка",
    "мама",
    "маме",
    "маму",
    "папа",
    "папе",
    "папу",
    "тетка",
    "дядька",
];

/// How much worse than the likeliest sense a name of the other gender cut short is.
const DOUBT_OF_CUT: i32 = 2;

/// One way to understand a mention.
pub(super) struct Sense {
    pub(super) name: Name,
    /// The mention in the nominative, if this is what it says.
    pub(super) nominative: String,
    /// How much worse than the likeliest sense, in units of fit.
    pub(super) doubt: i32,
}

/// What the sentence asks of a name.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Asked {
    /// Cases, as bits; they settle ambiguous forms.
    pub(super) cases: u8,
    /// No other case can stand here.
    pub(super) certain: bool,
    /// Somebody may be spoken to: «Марин, …».
    pub(super) vocative: bool,
}

/// Reads a mention. Never empty.
pub(super) fn senses(surface: &str, asked: Asked, expected: Option<Gender>) -> Vec<Sense> {
    let Asked {
        cases: asked,
        certain,
        vocative,
    } = asked;
    let mut words: Vec<&str> = surface.split_whitespace().collect();
    if words.len() > 1 && KIN.contains(&fold(words[0]).as_str()) {
        words.remove(0);
    }
    let folded: Vec<String> = words.iter().map(|word| fold(word)).collect();
    let mut all: Vec<Vec<Reading>> = folded.iter().map(|word| readings_of(word)).collect();
    if let ([readings], [word], true) = (all.as_mut_slice(), folded.as_slice(), vocative) {
        let known = readings
            .iter()
            .filter(|reading| reading.kind == Kind::Given)
            .map(|reading| reading.count)
            .max();
        readings.extend(cut_vocative(word).filter(|cut| known.is_none_or(|count| count + RARER <= cut.count)));
    }
    if let ([readings], [word]) = (all.as_mut_slice(), folded.as_slice()) {
        readings.extend(possessive(word));
    }
    let expected = expected.filter(|gender| {
        all.iter()
            .all(|readings| readings.is_empty() || readings.iter().any(|reading| reading.gender == *gender))
    });
    let mention = Words { words, folded, all };
    let likely = expected.or_else(|| agreed_gender(&mention.all, asked));
    let mut ranked: Vec<(i64, Name, String)> = Vec::new();
    let genders = match expected {
        Some(gender) => vec![Some(gender)],
        None => vec![likely, Some(Gender::Female), Some(Gender::Male)],
    };
    for gender in genders {
        let bonus = if gender == likely { 4 } else { 0 };
        let case = agreed_case(&mention.all, gender, asked);
        if mention.words.len() == 1 {
            for reading in &mention.all[0] {
                if gender.is_some_and(|gender| gender != reading.gender) {
                    continue;
                }
                let asked_for = match (reading.cases & asked != 0, certain) {
                    (true, true) => ASKED_FOR_CERTAIN,
                    (true, false) => ASKED,
                    (false, _) => 0,
                };
                let rank = rank(reading, (false, false, false), gender, case, 1, 0) + bonus + asked_for;
                let (name, nominative) = mention.understood(gender, case, Some(reading));
                ranked.push((rank, name, nominative));
            }
        }
        if mention.all.len() == 1 && !mention.all[0].is_empty()
            || gender.is_some_and(|gender| mention.denies(gender, case))
        {
            continue;
        }
        let (name, nominative) = mention.understood(gender, case, None);
        ranked.push((mention.total_rank(gender, case) + bonus, name, nominative));
    }
    if ranked.is_empty() {
        let case = agreed_case(&mention.all, likely, asked);
        let (name, nominative) = mention.understood(likely, case, None);
        ranked.push((0, name, nominative));
    }
    ranked.sort_by_key(|(rank, ..)| -rank);
    let best = ranked.first().map_or(0, |(rank, ..)| *rank);
    let mut senses: Vec<Sense> = Vec::new();
    for (rank, mut name, nominative) in ranked {
        name.gender = expected.or(name.gender);
        if best - rank > RANK_SPREAD || senses.len() == SENSES_MAX {
            break;
        }
        if senses.iter().any(|known| known.name == name) {
            continue;
        }
        senses.push(Sense {
            name,
            nominative,
            doubt: i32::try_from((best - rank) / 5).unwrap_or(0),
        });
    }
    if let ([word], true) = (mention.folded.as_slice(), vocative && cut_of_any(&mention.folded)) {
        // «Жан, выручила»: Жанна, if one is known.
        senses.push(Sense {
            name: Name {
                given: vec![word.clone()],
                full: vec![word.clone()],
                ..Name::default()
            },
            nominative: surface.to_owned(),
            doubt: DOUBT_OF_CUT,
        });
    }
    senses
}

/// One word that may be a given name without its last vowel.
fn cut_of_any(folded: &[String]) -> bool {
    matches!(folded, [word] if word.chars().count() >= 2
        && word.chars().all(char::is_alphabetic)
        && !word.ends_with(['а', 'е', 'и', 'о', 'у', 'ы', 'э', 'ю', 'я', 'й']))
}

/// Whether a mention may stand in the nominative.
pub(super) fn can_be_nominative(surface: &str) -> bool {
    surface.split_whitespace().all(|word| {
        let readings = readings_of(&fold(word));
        let nominative = |reading: &Reading| reading.cases & cases::NOM != 0 && !reading.plural;
        readings.is_empty() || readings.iter().any(nominative)
    })
}

/// Cases in which a mention may stand, as bits.
pub(super) fn cases_of(surface: &str) -> u8 {
    surface.split_whitespace().fold(cases::ANY, |common, word| {
        let readings = readings_of(&fold(word));
        let own = readings.iter().fold(0, |set, reading| set | reading.cases);
        if readings.is_empty() || own & common == 0 {
            common
        } else {
            common & own
        }
    })
}

/// The words of a mention with everything they may be.
struct Words<'a> {
    words: Vec<&'a str>,
    folded: Vec<String>,
    all: Vec<Vec<Reading>>,
}

impl Words<'_> {
    /// The name under one choice of gender and case; `fixed` is the reading of a mention of one word.
    fn understood(&self, gender: Option<Gender>, case: u8, fixed: Option<&Reading>) -> (Name, String) {
        let latin = self
            .words
            .iter()
            .any(|word| word.chars().any(|letter| letter.is_ascii_alphabetic()));
        let mut name = Name {
            latin,
            ..Name::default()
        };
        let mut nominative = String::new();
        let mut told = None;
        for (index, word) in self.words.iter().enumerate() {
            if !nominative.is_empty() {
                nominative.push(' ');
            }
            if is_initials(word) {
                name.initials
                    .extend(self.folded[index].chars().filter(|sign| sign.is_alphabetic()));
                nominative.push_str(word);
                continue;
            }
            let taken = name.taken();
            let chosen = fixed.or_else(|| choose(&self.all[index], taken, gender, case, self.words.len(), index));
            match chosen {
                // A second given name is a short foreign surname: «Оксана Ли».
                Some(reading) if reading.kind == Kind::Given && taken.0 && !taken.2 => {
                    name.surname = Some(surname_stem(&reading.lemma));
                    nominative.push_str(&with_letters_of(&reading.lemma, word));
                }
                Some(reading) => {
                    name.take(reading);
                    told = told.or_else(|| self.gender_told(index, reading));
                    // A name in Latin letters stays as its owner writes it.
                    let own_script = word.chars().any(|letter| letter.is_ascii_alphabetic());
                    nominative.push_str(&if own_script {
                        (*word).to_owned()
                    } else {
                        with_letters_of(&reading.lemma, word)
                    });
                }
                None => {
                    self.take_unknown(&mut name, index, latin);
                    nominative.push_str(word);
                }
            }
        }
        name.gender = told;
        (name, nominative)
    }

    /// The gender a reading speaks of, unless the same form is a name of both.
    fn gender_told(&self, index: usize, reading: &Reading) -> Option<Gender> {
        if reading.kind == Kind::Given && short_of_both(&reading.lemma, reading.gender) {
            return None;
        }
        if reading.kind == Kind::Surname
            && let Some(gender) = surname_gender(&reading.lemma)
        {
            return Some(gender);
        }
        let both = self.all[index].iter().any(|other| {
            other.gender != reading.gender
                && other.kind == reading.kind
                && other.lemma == reading.lemma
                && other.count + RARER > reading.count
        });
        if both && reading.kind == Kind::Given && !reading.diminutive && gender_of_short(&reading.lemma).is_none() {
            // Registers hold every name with the wrong gender, too.
            let hard = !reading.lemma.ends_with(['а', 'я', 'ь', 'и', 'е', 'о', 'у', 'ы']);
            let other = self.all[index].iter().filter(|other| other.gender != reading.gender);
            let commoner = other
                .map(|other| other.count)
                .max()
                .is_none_or(|count| reading.count >= count);
            if hard && reading.gender == Gender::Male && commoner {
                return Some(Gender::Male);
            }
            return crate::decline::guess_gender(&reading.lemma);
        }
        (!both).then_some(reading.gender)
    }

    /// The given name or the patronymic is of the other gender.
    fn denies(&self, gender: Gender, case: u8) -> bool {
        let mut name = Name::default();
        self.all.iter().enumerate().any(|(index, readings)| {
            let taken = name.taken();
            choose(readings, taken, Some(gender), case, self.words.len(), index).is_some_and(|reading| {
                name.take(reading);
                reading.gender != gender && reading.kind != Kind::Surname && !(reading.kind == Kind::Given && taken.0)
            })
        })
    }

    fn take_unknown(&self, name: &mut Name, index: usize, latin: bool) {
        let lemma = self.folded[index].clone();
        let before_patronymic = self
            .all
            .get(index + 1)
            .is_some_and(|next| next.iter().any(|reading| reading.kind == Kind::Patronymic));
        let only_given_left = name.surname.is_some() || before_patronymic;
        if self.words.len() == 1 || name.given.is_empty() && (only_given_left || index == 0 && latin) {
            let spelled = if latin {
                in_cyrillic(&lemma).unwrap_or(lemma)
            } else {
                lemma
            };
            name.full.extend(full_names(&spelled));
            name.given.push(spelled);
        } else if name.surname.is_none() {
            let spelled = if latin {
                in_cyrillic(&lemma).unwrap_or(lemma)
            } else {
                lemma
            };
            name.surname = Some(surname_stem(&spelled));
        }
    }

    fn total_rank(&self, gender: Option<Gender>, case: u8) -> i64 {
        let mut name = Name::default();
        let mut total = 0;
        for (index, readings) in self.all.iter().enumerate() {
            let taken = name.taken();
            if let Some(reading) = choose(readings, taken, gender, case, self.words.len(), index) {
                total += rank(reading, taken, gender, case, self.words.len(), index);
                name.take(reading);
            }
        }
        total
    }
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
