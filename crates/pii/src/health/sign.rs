//! Signs of somebody's state of health, counted by lists of words: what is wrong, with whom, and what speaks against it.

use std::sync::LazyLock;

use crate::stems::{Lists, Stems};
use crate::view::Claims;
use crate::words::{Kind, Words};

use super::list::{
    ABILITIES, ANALYSES, ANIMALS, BODY, CARE, DRUGS, FEELING, GENERAL, KIN, PAIN, SOMEBODY, STEMS, THINGS, TROUBLE,
};

/// What one word says by itself, as a set of bits.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Hints(u16);

impl Hints {
    pub(crate) const NONE: Hints = Hints(0);
    const SOMEBODY: Hints = Hints(1);
    const ANIMAL: Hints = Hints(1 << 1);
    const GENERAL: Hints = Hints(1 << 2);
    /// «при судорогах звоните 103»: a reader is told what to do, nobody's state is told.
    const ADVICE: Hints = Hints(1 << 3);
    const KIN: Hints = Hints(1 << 4);
    const ABILITY: Hints = Hints(1 << 5);
    const OWN_ABILITY: Hints = Hints(1 << 6);
    const BODY: Hints = Hints(1 << 7);
    const TROUBLE: Hints = Hints(1 << 8);
    /// Pain, an illness, a treatment.
    const STATE: Hints = Hints(1 << 9);
    const ANALYSIS: Hints = Hints(1 << 10);
    const CARE: Hints = Hints(1 << 11);
    const DRUG: Hints = Hints(1 << 12);
    const FEELING: Hints = Hints(1 << 13);
    const THING: Hints = Hints(1 << 14);

    /// What a folded word says.
    pub(crate) fn of(word: &str) -> Self {
        let spoken = match word {
            "звоните" | "обращайтесь" | "вызывайте" | "ждите" => Self::ADVICE,
            "слышу" | "вижу" | "чувствую" | "сгибаю" | "поднимаю" => Self::OWN_ABILITY,
            _ => Self::NONE,
        };
        let possible = POSSIBLE.of(word);
        if possible == 0 {
            return spoken;
        }
        LISTED
            .iter()
            .enumerate()
            .filter(|(number, (_, list, holds))| possible & 1 << number != 0 && holds(list, word))
            .fold(spoken, |set, (_, (hint, ..))| set.with(*hint))
    }

    /// What the word is first of all: one number of a few.
    pub(super) fn main(self) -> u32 {
        [
            Self::STATE,
            Self::DRUG,
            Self::CARE,
            Self::FEELING,
            Self::ANALYSIS,
            Self::TROUBLE,
            Self::BODY,
            Self::KIN,
            Self::SOMEBODY,
            Self::ADVICE,
            Self::GENERAL,
            Self::ANIMAL,
            Self::THING,
        ]
        .into_iter()
        .zip(1..)
        .find_map(|(hint, number)| self.has(hint).then_some(number))
        .unwrap_or(0)
    }

    /// These and those.
    pub(super) const fn with(self, others: Hints) -> Hints {
        Hints(self.0 | others.0)
    }

    /// Those that speak of a body and what is wrong with it.
    pub(super) fn of_flesh(self) -> Hints {
        let flesh = Self::STATE.0
            | Self::DRUG.0
            | Self::CARE.0
            | Self::FEELING.0
            | Self::ANALYSIS.0
            | Self::TROUBLE.0
            | Self::BODY.0;
        Hints(self.0 & flesh)
    }

    /// The bits, to be hashed.
    pub(super) fn bits(self) -> u32 {
        u32::from(self.0)
    }

    fn has(self, hint: Self) -> bool {
        self.0 & hint.0 != 0
    }
}

/// A hint, the list it is told by, and what a word has to be to the list.
type Listed = (Hints, &'static LazyLock<Stems>, fn(&Stems, &str) -> bool);

static LISTED: [Listed; 14] = [
    (Hints::SOMEBODY, &SOMEBODY, Stems::has),
    (Hints::ANIMAL, &ANIMALS, Stems::begins),
    (Hints::GENERAL, &GENERAL, Stems::has),
    (Hints::KIN, &KIN, Stems::begins),
    (Hints::ABILITY, &ABILITIES, Stems::has),
    (Hints::BODY, &BODY, |list, word| {
        list.of(word).any(|part| inflects(word, part))
    }),
    (Hints::TROUBLE, &TROUBLE, Stems::begins),
    (Hints::STATE, &PAIN, Stems::has),
    (Hints::STATE, &STEMS, |list, word| {
        list.of(word).any(|stem| fits(word, stem))
    }),
    (Hints::ANALYSIS, &ANALYSES, Stems::begins),
    (Hints::CARE, &CARE, Stems::begins),
    (Hints::DRUG, &DRUGS, Stems::begins),
    (Hints::FEELING, &FEELING, Stems::begins),
    (Hints::THING, &THINGS, |list, word| {
        list.of(word)
            .any(|thing| thing.chars().count() > 3 || inflects(word, thing))
    }),
];

/// The lists of [`LISTED`], in its order.
static POSSIBLE: LazyLock<Lists> = LazyLock::new(|| {
    let lists: Vec<&Stems> = LISTED.iter().map(|(_, list, _)| LazyLock::force(list)).collect();
    Lists::new(&lists)
});

/// How far a figure stands from the analysis it belongs to.
const FIGURE_REACH: usize = 4;

/// «ТТГ пришёл 8,4»: an analysis with its figure, which is no price.
fn tells_figure(words: &Words<'_>, index: usize) -> bool {
    (index + 1..(index + 1 + FIGURE_REACH).min(words.len())).any(|at| {
        words.all[at].kind == Kind::Digits
            && !["р", "руб", "рублей", "тыс", "кг", "г", "шт"].contains(&words.text(at + 1))
            && !words.gap(at + 1).contains('₽')
            && (index + 1..=at).all(|between| !words.gap(between).contains(['\n', '!', '?']))
    })
}

/// Ordinals a term of pregnancy begins with; those below are said of weeks of the year as well.
const TERMS: [&str; 8] = [
    "пято",
    "шесто",
    "седьмо",
    "восьмо",
    "девято",
    "десято",
    "двадцат",
    "тридцат",
];

/// «на 7 месяце», «на 20-й неделе», «на шестом месяце».
fn tells_term(words: &Words<'_>, index: usize) -> bool {
    let number = words.text(index + 1);
    words.text(index) == "на"
        && (number.parse::<u32>().is_ok_and(|term| term <= 42)
            || TERMS.iter().any(|term| number.starts_with(term))
            || number.contains("надцат"))
        && (index + 2..index + 4).any(|at| ["месяце", "неделе", "нед", "мес"].contains(&words.text(at)))
}

/// «потеря веса», «похудела», «месячные пропали»: told by two words together.
fn tells_change(words: &Words<'_>, index: usize) -> bool {
    let next = words.text(index + 1);
    match words.text(index) {
        "потеря" | "потерю" | "потерял" | "потеряла" => {
            ["веса", "вес", "сознания", "сознание", "слуха", "зрения"].contains(&next)
        }
        "кормлю" => next == "грудью",
        "месячные" | "месячных" => (1..3).any(|step| {
            ["пропал", "нет", "задерж", "обильн", "нерегуляр"]
                .iter()
                .any(|stem| words.text(index + step).starts_with(stem))
        }),
        "прихватило" | "скрутило" | "продуло" | "тошнит" | "лихорадит" | "знобит" | "укачивает" => {
            true
        }
        _ => false,
    }
}

/// «38,7»: nobody writes such a number of anything else beside a person.
fn is_fever(words: &Words<'_>, index: usize) -> bool {
    matches!(words.text(index), "37" | "38" | "39" | "40")
        && matches!(words.gap(index + 1), "," | ".")
        && words.text(index + 1).len() == 1
        && !words.gap(index + 2).starts_with([':', '.'])
}

/// What the words of a message say, counted.
#[derive(Default)]
pub(super) struct Tally {
    pub(super) signs: usize,
    pub(super) general: usize,
    pub(super) somebody: usize,
    pub(super) animals: usize,
    pub(super) body: usize,
    pub(super) trouble: usize,
    pub(super) kin: usize,
    inability: usize,
}

/// Counts the signs. Words already found to be a name or a number say nothing.
pub(super) fn tally(words: &Words<'_>, claims: &Claims) -> Tally {
    let mut tally = Tally::default();
    for index in 0..words.len() {
        if words.text(index).len() >= 2 && claims.at(words.all[index].start).is_none() {
            weigh(words, index, &mut tally);
        }
    }
    tally.signs += usize::from(tally.body > 0 && tally.trouble > 0)
        + usize::from(tally.inability > 0 && (tally.kin > 0 || tally.body > 0));
    tally
}

impl Tally {
    /// Whether the lists alone would say that a state of health is revealed.
    pub(super) fn reveals(&self) -> bool {
        let somebody = self.somebody + self.body;
        self.signs > 0
            && (self.animals == 0 || self.somebody > self.animals)
            && (somebody > 0 && self.general <= self.signs + 1
                || self.general == 0
                || self.signs >= 2 && self.general <= 1)
    }
}

fn weigh(words: &Words<'_>, index: usize, tally: &mut Tally) {
    let hints = words.lore(index).hints;
    let before = if index > 0 { words.text(index - 1) } else { "" };
    let negated = before == "не";
    let count = |hint: Hints| usize::from(hints.has(hint));
    tally.somebody += count(Hints::SOMEBODY);
    tally.animals += count(Hints::ANIMAL);
    tally.general += count(Hints::GENERAL) + count(Hints::ADVICE);
    tally.kin += count(Hints::KIN);
    tally.inability += usize::from(negated && hints.has(Hints::ABILITY));
    // «не слышу» may be said of a telephone; with a part of a body it is not.
    tally.trouble += usize::from(negated && hints.has(Hints::OWN_ABILITY));
    if is_fever(words, index) || tells_change(words, index) {
        tally.signs += 1;
    }
    // A figure or a term is told of a person even where an analysis or a visit is asked for.
    if hints.has(Hints::ANALYSIS) && tells_figure(words, index) || tells_term(words, index) {
        tally.signs += 2;
    }
    tally.body += count(Hints::BODY);
    tally.trouble += count(Hints::TROUBLE);
    let denied = matches!(before, "нет" | "без" | "против" | "от" | "на" | "при")
        && !(index > 1 && words.text(index - 2).starts_with("подозр"));
    if hints.has(Hints::STATE) && !denied {
        tally.signs += 1;
    }
}

/// Longest case ending of a part of a body.
const BODY_ENDING_MAX: usize = 3;

fn inflects(word: &str, part: &str) -> bool {
    word.chars().count() <= part.chars().count() + BODY_ENDING_MAX
}

/// Short stems count only as whole words with an ending.
fn fits(word: &str, stem: &str) -> bool {
    let tail = word.chars().count() - stem.chars().count();
    stem.chars().count() > 4
        || tail <= 3
            && ![
                "раковин",
                "ракурс",
                "ракип",
                "эконом",
                "экол",
                "зуда",
                "расск",
                "расп",
                "раст",
                "раз",
                "жара",
                "жарк",
                "жаре",
                "рост",
                "рожать",
                "рожаю",
                "спидом",
            ]
            .iter()
            .any(|other| word.starts_with(other))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_of_several_lists_is_first_of_all_what_ails() {
        let (swollen, mother) = (Hints::of("отекла"), Hints::of("мама"));
        assert!(swollen.has(Hints::STATE) && swollen.has(Hints::FEELING));
        assert_eq!(swollen.main(), Hints::of("гастрит").main());
        assert!(mother.of_flesh() == Hints::NONE && mother.main() != 0);
        assert_eq!(Hints::of("завтра"), Hints::NONE);
    }

    #[test]
    fn short_things_count_only_as_whole_words() {
        assert!(Hints::of("шины").has(Hints::THING));
        assert!(!Hints::of("рулетка").has(Hints::THING));
        for other in ["ракурс", "стоматолог", "окрас", "комета"] {
            assert!(!Hints::of(other).has(Hints::STATE), "{other}");
        }
        assert!(!Hints::of("оксана").has(Hints::ANALYSIS));
    }

    #[test]
    fn the_whole_of_two_sets_says_what_either_says() {
        let both = Hints::of("сын").with(Hints::of("кашляет"));
        assert!(both.has(Hints::KIN) && both.has(Hints::STATE));
    }
}
