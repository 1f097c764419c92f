//! What a mention can say: its words as parts of a name, in every way that makes sense.
//!
//! «Исаева» is a woman, or a man in the genitive; «Вале» is Валя of either gender. All such senses are kept, the
//! likeliest first, and the people already known decide between them.

use crate::label::Gender;
use crate::name::form::{Kind, Reading, cases};

use super::diminutive;
use super::given::gender_of_short;
use super::parts::Words;
use super::person::Name;
use super::rank::{agreed_case, agreed_gender, rank};
use super::word::{cut_vocative, fold, possessive, readings_of};

/// Senses kept of one mention; more are never told apart by what follows.
const SENSES_MAX: usize = 6;
/// A sense this much less likely than the best one is dropped.
const RANK_SPREAD: i64 = 24;

/// What it weighs that a reading stands in the case the sentence asks for.
const ASKED: i64 = 12;

/// The same where a preposition right before the name asks: nothing else is read then.
const ASKED_FOR_CERTAIN: i64 = 40;

/// Binary logarithm of how common a given name is that is not taken for a form of another one.
pub(super) const WELL_KNOWN: u64 = 4;

/// Binary logarithm of how many times rarer the other gender of a name is to be left out of account.
pub(super) const RARER: u64 = 4;

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

/// What it weighs that the parts of a name agree on a gender.
const LIKELY: i64 = 4;
/// How much worse a surname is that words in agreement speak against: «⟦Лаптева⟧ стригла Ольга».
const DOUBT_OF_DISAGREEMENT: i32 = 3;

/// One way to understand a mention.
pub(super) struct Sense {
    pub(super) name: Name,
    /// The mention in the nominative, if this is what it says.
    pub(super) nominative: String,
    /// How much worse than the likeliest sense, in units of fit.
    pub(super) doubt: i32,
    /// Holds only if somebody is known of whose name this is a form.
    pub(super) derived: bool,
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
///
/// `told`: the gender beyond doubt; `agreed`: the one that words in agreement speak for, which may be about another.
pub(super) fn senses(surface: &str, asked: Asked, told: Option<Gender>, agreed: Option<Gender>) -> Vec<Sense> {
    let mut senses = senses_of(surface, asked, agreed);
    if told.is_none() && agreed.is_some() {
        let against = senses_of(surface, asked, None).into_iter().filter(|sense| {
            let surname = sense.name.surname.as_deref().is_some_and(is_plain_surname);
            surname && !sense.name.has_given() && sense.name.patronymic.is_none()
        });
        for mut sense in against {
            if senses.len() < SENSES_MAX && senses.iter().all(|known| known.name != sense.name) {
                sense.doubt += DOUBT_OF_DISAGREEMENT;
                senses.push(sense);
            }
        }
    }
    senses
}

/// The same for one gender, if it is known.
fn senses_of(surface: &str, asked: Asked, expected: Option<Gender>) -> Vec<Sense> {
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
        all.iter().all(|readings| {
            readings.is_empty() || readings.iter().any(|reading| reading.gender == *gender) || is_rare(readings)
        })
    });
    let mention = Words { words, folded, all };
    let likely = expected.or_else(|| agreed_gender(&mention.all, asked));
    let mut ranked: Vec<(i64, Name, String)> = Vec::new();
    let genders = match expected {
        Some(gender) => vec![Some(gender)],
        None => vec![likely, Some(Gender::Female), Some(Gender::Male)],
    };
    for gender in genders {
        let bonus = if gender == likely { LIKELY } else { 0 };
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
            derived: false,
        });
    }
    let surname_only = |sense: &Sense| {
        !sense.name.has_given()
            && sense
                .name
                .surname
                .as_deref()
                .is_none_or(|surname| !is_plain_surname(surname))
    };
    let guessed = |readings: &Vec<Reading>| {
        readings
            .iter()
            .all(|reading| reading.kind != Kind::Given || reading.guessed || reading.count < WELL_KNOWN)
    };
    let affectionate = |word: &String| diminutive::has_suffix(word) && gender_of_short(word).is_none();
    let doubtful =
        senses.iter().all(surname_only) || mention.all.iter().all(guessed) || mention.folded.iter().all(affectionate);
    if let ([word], true) = (mention.folded.as_slice(), doubtful) {
        // «арончик» looks like a surname, and is Арон, if one is known; «гаяночка» is Гаянэ.
        senses.push(Sense {
            name: Name {
                given: vec![word.clone()],
                full: vec![word.clone()],
                ..Name::default()
            },
            nominative: surface.to_owned(),
            doubt: DOUBT_OF_CUT,
            derived: true,
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
            derived: false,
        });
    }
    senses
}

/// A surname whose ending leaves no doubt.
pub(super) fn is_plain_surname(stem: &str) -> bool {
    ["ов", "ев", "ин", "ын", "ск", "цк"]
        .iter()
        .any(|tail| stem.ends_with(tail))
}

/// A given name so rare that the gender the lexicon tells of it may be wrong.
fn is_rare(readings: &[Reading]) -> bool {
    readings
        .iter()
        .all(|reading| reading.kind == Kind::Given && reading.count < WELL_KNOWN)
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
        let commonest = readings.iter().map(|reading| reading.count).max().unwrap_or_default();
        // «олега» may be a rare name of a woman.
        let nominative = |reading: &Reading| {
            reading.cases & cases::NOM != 0 && !reading.plural && reading.count + RARER >= commonest
        };
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
