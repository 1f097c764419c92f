//! Endings: the declension of one word of a name.

use std::sync::LazyLock;

use crate::label::{Case, Gender};
use crate::stems::Stems;

/// Which part of a full name a word is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    Given,
    Patronymic,
    Surname,
}

/// Endings for genitive, dative, accusative, instrumental, locative.
type Endings = [&'static str; 5];

const HARD_A: Endings = ["ы", "е", "у", "ой", "е"];
const VELAR_A: Endings = ["и", "е", "у", "ой", "е"];
const HUSHING_A: Endings = ["и", "е", "у", "ей", "е"];
const TS_A: Endings = ["ы", "е", "у", "ей", "е"];
const SOFT_YA: Endings = ["и", "е", "ю", "ей", "е"];
const STRESSED_YA: Endings = ["и", "е", "ю", "ёй", "е"];
const IYA: Endings = ["и", "и", "ю", "ей", "и"];
const SOFT_FEMALE: Endings = ["и", "и", "ь", "ью", "и"];
const HARD: Endings = ["а", "у", "а", "ом", "е"];
const HUSHING: Endings = ["а", "у", "а", "ем", "е"];
const SOFT: Endings = ["я", "ю", "я", "ем", "е"];
const SOFT_STRESSED: Endings = ["я", "ю", "я", "ём", "е"];
const IY: Endings = ["я", "ю", "я", "ем", "и"];
const OV: Endings = ["а", "у", "а", "ым", "е"];
const OVA: Endings = ["ой", "ой", "у", "ой", "ой"];
const ADJECTIVE: Endings = ["ого", "ому", "ого", "ым", "ом"];
const ADJECTIVE_VELAR: Endings = ["ого", "ому", "ого", "им", "ом"];
const ADJECTIVE_SOFT: Endings = ["его", "ему", "его", "им", "ем"];
const ADJECTIVE_FEMALE: Endings = ["ой", "ой", "ую", "ой", "ой"];
const ADJECTIVE_FEMALE_HUSHING: Endings = ["ей", "ей", "ую", "ей", "ей"];
const ADJECTIVE_FEMALE_SOFT: Endings = ["ей", "ей", "юю", "ей", "ей"];

/// First parts of double names that never change.
static FIXED_PARTS: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "тер бен ибн аль эль де ди да дер ла ле ван фон сан сен мелик жан абу бонч дю мак о д ал бей ага хан нор \
         оглы кызы",
    )
});

/// Declines a word that may be double: «Тер-Погосян», «Жан-Поль», «Иванова-Ким».
pub(super) fn decline_compound(word: &str, part: Part, gender: Gender, case: Case) -> String {
    let pieces: Vec<&str> = word.split('-').collect();
    let last = pieces.len() - 1;
    let declined: Vec<String> = pieces
        .iter()
        .enumerate()
        .map(|(index, piece)| {
            let fixed = index < last && FIXED_PARTS.has(&super::fold(piece));
            let suffix_word = index == last
                && last > 0
                && ["оглы", "кызы", "заде", "апа", "ага", "бек"].contains(&super::fold(piece).as_str());
            if fixed || suffix_word || index < last && part == Part::Surname && indeclinable_first(piece) {
                (*piece).to_owned()
            } else {
                decline_word(piece, part, gender, case)
            }
        })
        .collect();
    declined.join("-")
}

/// The first half of a double surname stays when it has no surname ending of its own: «Мамин-Сибиряк» changes both.
fn indeclinable_first(piece: &str) -> bool {
    piece.chars().count() <= 2
}

fn decline_word(word: &str, part: Part, gender: Gender, case: Case) -> String {
    let index = match case {
        Case::Nominative => return word.to_owned(),
        Case::Genitive => 0,
        Case::Dative => 1,
        Case::Accusative => 2,
        Case::Instrumental => 3,
        Case::Locative => 4,
    };
    let folded = super::fold(word);
    if word.contains('.')
        || folded.chars().count() < 2
        || !folded
            .chars()
            .all(|letter| ('а'..='я').contains(&letter) || letter == '\'' || letter == '’')
    {
        return word.to_owned();
    }
    let Some((stem, endings)) = paradigm(word, &folded, part, gender) else {
        return word.to_owned();
    };
    let ending = endings[index];
    let capitals = folded.chars().count() > 1
        && word
            .chars()
            .filter(|letter| letter.is_alphabetic())
            .all(char::is_uppercase);
    if capitals {
        format!("{stem}{}", ending.to_uppercase())
    } else {
        format!("{stem}{ending}")
    }
}

/// `word` without its last `count` letters.
fn cut(word: &str, count: usize) -> String {
    let keep = word.chars().count().saturating_sub(count);
    word.chars().take(keep).collect()
}

/// The unchanging stem and the endings, or `None` if the word is not inflected.
fn paradigm(word: &str, folded: &str, part: Part, gender: Gender) -> Option<(String, Endings)> {
    match part {
        Part::Patronymic if folded.ends_with(['ы', 'и']) => None,
        Part::Patronymic | Part::Given => given(word, folded, gender),
        Part::Surname => surname(word, folded, gender),
    }
}

fn last_two(folded: &str) -> (char, char) {
    let mut letters = folded.chars().rev();
    let last = letters.next().unwrap_or(' ');
    (letters.next().unwrap_or(' '), last)
}

fn is_vowel(letter: char) -> bool {
    "аеиоуыэюя".contains(letter)
}

fn syllables(folded: &str) -> usize {
    folded.chars().filter(|letter| is_vowel(*letter)).count()
}

/// Words in -а and -я, alike for all parts of names.
fn in_a(word: &str, folded: &str) -> Option<(String, Endings)> {
    let (before, last) = last_two(folded);
    let endings = match (before, last) {
        ('г' | 'к' | 'х', 'а') => VELAR_A,
        ('ж' | 'ш' | 'ч' | 'щ', 'а') => HUSHING_A,
        ('ц', 'а') => TS_A,
        (vowel, 'а') if is_vowel(vowel) => return None,
        (_, 'а') => HARD_A,
        // «Лия», «Ия»: the stress is on the stem's only vowel, and the dative is in -е.
        ('и', 'я') if folded.chars().count() <= 3 => SOFT_YA,
        ('и', 'я') => IYA,
        ('ь', 'я') if folded == "илья" => STRESSED_YA,
        (_, 'я') => SOFT_YA,
        _ => return None,
    };
    Some((cut(word, 1), endings))
}

fn given(word: &str, folded: &str, gender: Gender) -> Option<(String, Endings)> {
    match folded {
        _ if STRESSED.contains(&folded) => return None,
        "лев" if gender == Gender::Male => return Some((format!("{}ьв", cut(word, 2)), HARD)),
        "павел" => return Some((format!("{}л", cut(word, 2)), HARD)),
        "ильич" | "лукич" | "кузьмич" | "фомич" | "саввич" | "никитич" if gender == Gender::Male =>
        {
            // The stress is on the ending in these, except «Никитич» and «Саввич».
            let stressed = !matches!(folded, "саввич" | "никитич");
            return Some((word.to_owned(), if stressed { HARD } else { HUSHING }));
        }
        "петр" => return Some((word.replace('ё', "е").replace('Ё', "Е"), HARD)),
        _ => {}
    }
    let (before, last) = last_two(folded);
    match (gender, last) {
        (_, 'а' | 'я') => in_a(word, folded),
        (_, 'о' | 'е' | 'и' | 'у' | 'ы' | 'э' | 'ю') => None,
        (Gender::Female, 'ь') if folded.ends_with("гуль") => None,
        (Gender::Female, 'ь') => Some((cut(word, 1), SOFT_FEMALE)),
        (Gender::Female, _) => None,
        (Gender::Male, 'ь') => Some((cut(word, 1), SOFT)),
        (Gender::Male, 'й') if before == 'и' => Some((cut(word, 1), IY)),
        (Gender::Male, 'й') => Some((cut(word, 1), SOFT)),
        (Gender::Male, 'к')
            if word.ends_with("ёк")
                || before == 'е'
                    && folded.chars().count() > 4
                    && folded.ends_with(['к'])
                    && is_diminutive_ek(folded) =>
        {
            Some((format!("{}ьк", cut(word, 2)), HARD))
        }
        (Gender::Male, 'к') if folded.ends_with("шок") => Some((format!("{}к", cut(word, 2)), HARD)),
        (Gender::Male, 'ж' | 'ш' | 'ч' | 'щ' | 'ц') => Some((word.to_owned(), HUSHING)),
        (Gender::Male, _) => Some((word.to_owned(), HARD)),
    }
}

/// «Игорек», «Санек» typed without «ё», unlike «Айбек».
fn is_diminutive_ek(folded: &str) -> bool {
    [
        "игорек",
        "санек",
        "витек",
        "толек",
        "колек",
        "василек",
        "юрек",
        "ленек",
        "димек",
        "федек",
        "ванек",
    ]
    .contains(&folded)
}

/// French surnames in a stressed vowel.
const STRESSED: &[&str] = &[
    "дюма",
    "тома",
    "дега",
    "люка",
    "ферма",
    "петипа",
    "золя",
    "моруа",
    "гавальда",
];

fn surname(word: &str, folded: &str, gender: Gender) -> Option<(String, Endings)> {
    let (before, last) = last_two(folded);
    let ends = |tails: &[&str]| tails.iter().any(|tail| folded.ends_with(tail));
    if ends(&["о", "е", "и", "у", "ы", "э", "ю"]) || STRESSED.contains(&folded) {
        return None;
    }
    if ends(&["ых", "их"]) && !folded.ends_with("рих") && folded.chars().count() > 4 || folded.ends_with("ых")
    {
        return None;
    }
    match gender {
        Gender::Female => {
            if ends(&["ова", "ева", "ина", "ына"]) && folded.chars().count() > 4 {
                return Some((cut(word, 1), OVA));
            }
            if ends(&["шая", "жая", "чая", "щая"]) {
                return Some((cut(word, 2), ADJECTIVE_FEMALE_HUSHING));
            }
            match (before, last) {
                ('а', 'я') => Some((cut(word, 2), ADJECTIVE_FEMALE)),
                ('я', 'я') => Some((cut(word, 2), ADJECTIVE_FEMALE_SOFT)),
                (_, 'а' | 'я') => in_a(word, folded),
                _ => None,
            }
        }
        Gender::Male => male_surname(word, folded, before, last),
    }
}

fn male_surname(word: &str, folded: &str, before: char, last: char) -> Option<(String, Endings)> {
    let ends = |tails: &[&str]| tails.iter().any(|tail| folded.ends_with(tail));
    let foreign_in = [
        "дарвин",
        "чаплин",
        "грин",
        "цин",
        "лин",
        "мин",
        "шин",
        "чин",
        "франклин",
        "берлин",
        "хин",
        "кин",
    ]
    .contains(&folded);
    if ends(&["ов", "ев", "ин", "ын"]) && !foreign_in {
        return Some((word.to_owned(), OV));
    }
    match (before, last) {
        (_, 'а' | 'я') => in_a(word, folded),
        ('о', 'й') if syllables(folded) == 1 || ends(&["уй"]) => Some((cut(word, 1), SOFT)),
        ('о', 'й') if ends(&["гой", "кой", "хой"]) => Some((cut(word, 2), ADJECTIVE_VELAR)),
        ('о', 'й') => Some((cut(word, 2), ADJECTIVE)),
        ('ы', 'й') => Some((cut(word, 2), ADJECTIVE)),
        ('и', 'й') if ends(&["кий", "гий", "хий"]) => Some((cut(word, 2), ADJECTIVE_VELAR)),
        ('и', 'й') if ends(&["ший", "жий", "чий", "щий", "ний"]) => {
            Some((cut(word, 2), ADJECTIVE_SOFT))
        }
        ('и', 'й') => Some((cut(word, 1), IY)),
        ('е', 'й') if ends(&["обей", "овей"]) && folded.chars().count() > 5 => {
            Some((format!("{}ь", cut(word, 2)), SOFT_STRESSED))
        }
        (_, 'й') => Some((cut(word, 1), SOFT)),
        (_, 'ь') => Some((cut(word, 1), SOFT)),
        ('е', 'ц') => Some(in_ets(word, folded)),
        _ if folded == "заяц" => Some((format!("{}йц", cut(word, 2)), HUSHING)),
        ('а', 'ч') | (_, 'ж' | 'ш' | 'ч' | 'щ') if syllables(folded) == 1 || before == 'а' && last == 'ч' => {
            Some((word.to_owned(), HARD))
        }
        (_, 'ж' | 'ш' | 'ч' | 'щ' | 'ц') => Some((word.to_owned(), HUSHING)),
        _ => Some((word.to_owned(), HARD)),
    }
}

/// «Кравец — Кравца», «Швец — Швеца», «Бабаец — Бабайца».
fn in_ets(word: &str, folded: &str) -> (String, Endings) {
    let stem = cut(word, 2);
    let folded_stem = cut(folded, 2);
    let last = folded_stem.chars().next_back().unwrap_or(' ');
    let cluster = folded_stem
        .chars()
        .rev()
        .take_while(|letter| !is_vowel(*letter))
        .count();
    if syllables(&folded_stem) == 0 || cluster >= 3 {
        return (
            word.to_owned(),
            if syllables(&folded_stem) == 0 { HARD } else { HUSHING },
        );
    }
    if is_vowel(last) {
        return (format!("{stem}йц"), HUSHING);
    }
    let soft = if last == 'л' { "ь" } else { "" };
    let endings = if matches!(last, 'н' | 'м') { HUSHING } else { HARD };
    (format!("{stem}{soft}ц"), endings)
}
