//! The name of a street told without its kind: «Ленина 24», «на Комарова, 110-45», «Братьев Кашириных 129/2».
//!
//! Nothing but its form, its house and the words before tell it, so they are weighed together.

use std::sync::LazyLock;

use crate::cue::cue_at;
use crate::lexicon::{NameEntry, bits};
use crate::stems::Stems;
use crate::view::View;
use crate::words::{Capitals, Kind};

use super::Shape;
use super::kind::{is_adjective, is_digits, is_function_word, is_settlement_kind};

/// A street is taken for one from this weight on.
const ENOUGH: i32 = 4;
/// The same where the house is nothing but a number.
const ENOUGH_BARE: i32 = 5;
/// An adjective counted, as a logarithm, less often in dialogues is none of every day.
const RARE_COUNT: u64 = 3;
/// How far back a word that speaks of an address may stand.
const CONTEXT_REACH: usize = 6;

/// What is known of a house besides its shape.
#[derive(Debug, Clone, Copy)]
pub(super) struct House {
    pub(super) shape: Shape,
    /// A comma parts it from the street.
    pub(super) aside: bool,
    /// Last word before it.
    pub(super) last: usize,
    /// An address was told before in the same text.
    pub(super) heard: bool,
    /// May be a year: «11 мая 1996 г».
    pub(super) dated: bool,
    /// May be an hour: «12-30».
    pub(super) timed: bool,
    /// The clause ends after it.
    pub(super) closes: bool,
    /// A settlement is told after it.
    pub(super) settled: bool,
}

/// First word of the street without a kind whose last word is `house.last`, and whether it is certain.
pub(super) fn untyped_street(view: &View<'_>, house: House) -> Option<(usize, bool)> {
    let words = &view.words;
    let last = house.last;
    let word = words.all.get(last)?;
    if word.kind != Kind::Cyrillic || words.text(last).chars().count() < 3 {
        return None;
    }
    let (first, told) = name_start(view, last);
    // «Накладная 558-Т»
    let goods = cue_at(view, last).is_some() && !is_street_name(words.text(last));
    if goods || is_of_shop(view, first) {
        return None;
    }
    let name = name_weight(view, first, last) + told;
    if name < 1 || house.dated {
        return None;
    }
    let bare = house.shape == Shape::Bare || house.shape == Shape::Detailed && house.timed;
    let shape = match house.shape {
        Shape::House | Shape::Parted => 3,
        Shape::Detailed => i32::from(!bare),
        Shape::Bare => 0,
    };
    let bare_aside = i32::from(house.aside && bare);
    let apart = bare && house.closes && stands_apart(view, first) && !is_surname(words.text(last));
    let near = if house.heard || house.settled { 2 } else { 0 };
    let context = (context_weight(view, first) + direction_weight(view, first, &house)).max(near);
    let opens =
        words.begins_sentence(first) && !words.entry(first).is_common() && house.shape == Shape::Detailed && !bare;
    let weight = name + shape + context + i32::from(opens) + i32::from(apart) - bare_aside;
    let enough = if bare { ENOUGH_BARE } else { ENOUGH };
    (weight >= enough).then_some((first, house.shape >= Shape::Parted || context > 1))
}

/// Whether a clause begins at word `first`: «мерс Н050УЕ77, Труда 64, возле второго подъезда».
fn stands_apart(view: &View<'_>, first: usize) -> bool {
    first == 0 || view.words.gap(first).contains([',', ':', '\n', '(', ';'])
}

fn is_surname(word: &str) -> bool {
    NameEntry::look_up(word).is_some_and(|entry| entry.has(bits::SURNAME_MALE) || entry.has(bits::SURNAME_FEMALE))
}

/// What the form of a name says: known, with a capital, in the genitive or an adjective, no everyday word.
fn name_weight(view: &View<'_>, first: usize, last: usize) -> i32 {
    let words = &view.words;
    let text = words.text(last);
    let capital = matches!(words.all[last].capitals, Capitals::First | Capitals::All);
    let entry = words.entry(last);
    let everyday = entry.is_common() && entry.lower_count() >= 4;
    let known = is_street_name(text) || is_quarter(text) && capital;
    let mut weight = 0;
    weight += if known { 2 } else { 0 };
    weight += i32::from(capital);
    weight += i32::from(is_street_form(text) || known && first < last);
    if !known && is_given_name(text) {
        weight -= 3;
    }
    if everyday && first == last {
        weight -= match (known, capital) {
            (true, true) => i32::from(words.begins_sentence(last)),
            (true, false) | (false, true) => 1,
            (false, false) => 3,
        };
    }
    // A street nobody knows is told by its capital, or by a word that is none of every day.
    let rare_adjective = is_adjective(text) && entry.lower_count() < RARE_COUNT;
    if !known && !capital && first == last && entry.is_common() && !is_surname(text) && !rare_adjective {
        weight -= 2;
    }
    // «Северо-Крымская»: an adjective that is nobody's surname.
    if capital && first <= last && is_adjective(text) && !everyday && !is_surname(text) {
        weight += 1;
    }
    if !known && !is_street_form(text) && first == last {
        weight.min(0)
    } else {
        weight
    }
}

/// The endings streets bear: genitives of people and things, adjectives.
fn is_street_form(word: &str) -> bool {
    is_adjective(word)
        || [
            "ова", "ева", "ина", "ына", "ов", "ев", "ей", "ко", "дзе", "ы", "и", "ика", "ера", "ана", "еля", "аля",
            "ола", "енса", "са", "та", "да", "на", "ра", "ла", "ия", "ича", "ка", "ха", "ца", "ва", "ма", "ба", "га",
            "за", "ша",
        ]
        .iter()
        .any(|end| word.ends_with(end))
}

fn is_given_name(word: &str) -> bool {
    let given =
        bits::GIVEN_MALE | bits::GIVEN_FEMALE | bits::DIMINUTIVE_MALE | bits::DIMINUTIVE_FEMALE | bits::GIVEN_OTHER;
    NameEntry::look_up(word).is_some_and(|entry| entry.has(given))
}

/// Whether a word stands in the names of streets of several towns.
pub(super) fn is_street_name(word: &str) -> bool {
    NameEntry::look_up(word).is_some_and(|entry| entry.has(bits::STREET))
}

/// First word of a name of several words, and what its beginning adds: «Братьев Кашириных», «40 лет Победы»,
/// «8 Марта», «2-я Эльтонская», «Карла Маркса», «Ю. Ичевой».
pub(super) fn name_start(view: &View<'_>, last: usize) -> (usize, i32) {
    static TITLES: LazyLock<Stems> = LazyLock::new(|| {
        Stems::new(
            "братьев сестер академика маршала героев героя генерала адмирала летчика летчиков космонавта космонавтов \
             профессора доктора имени капитана полковника лейтенанта сержанта комиссара защитников воинов бойцов жертв \
             строителей карла розы сони клары степана богдана зои лизы павлика салавата мусы габдуллы красной красных \
             красного красная красный новой новая новый новое старая старый большая большой малая малый малой верхняя \
             нижняя верхний нижний северная южная восточная западная",
        )
    });
    static SUMS: LazyLock<Stems> = LazyLock::new(|| Stems::new("лет летия летие годовщины"));
    static DAYS: LazyLock<Stems> = LazyLock::new(|| Stems::new("марта мая октября июля января февраля"));
    let words = &view.words;
    // «8 Марта», «9-го Января»
    if DAYS.has(words.text(last)) && last > 0 && words.gap(last) == " " && !SUMS.has(words.text(last - 1)) {
        let at = last - 1;
        let at = if words.text(at) == "го" && at > 0 && words.gap(at) == "-" {
            at - 1
        } else {
            at
        };
        if is_digits(view, at) && words.text(at).len() <= 2 {
            let told = if words.all[last].capitals == Capitals::First {
                2
            } else {
                -1
            };
            return (at, told);
        }
        return (last, -4);
    }
    let (mut first, mut told) = (last, 0);
    while first > 0 && last - first < 3 {
        let before = first - 1;
        let (text, gap) = (words.text(before), words.gap(first));
        let capital = words.all[before].capitals == Capitals::First;
        let initial = capital && text.chars().count() == 1 && gap.starts_with('.') && gap.len() <= 2;
        if initial {
            first = before;
            continue;
        }
        if gap != " " && !(gap == "-" && capital) {
            break;
        }
        if SUMS.has(text) && before > 0 && is_digits(view, before - 1) && matches!(words.gap(before), " " | "-") {
            return (before - 1, 2);
        }
        // «2-я Эльтонская»
        let ending = matches!(text, "я" | "й" | "ая" | "ый" | "е");
        if ending
            && before > 0
            && is_digits(view, before - 1)
            && words.gap(before) == "-"
            && is_adjective(words.text(first))
        {
            return (before - 1, 2);
        }
        if TITLES.has(text) {
            (first, told) = (before, 2);
            continue;
        }
        let both = capital
            && words.all[first].capitals == Capitals::First
            && !is_function_word(text)
            && words.all[before].kind == Kind::Cyrillic;
        let of_person = both && !words.begins_sentence(before) && is_genitive_given(text);
        let pair = both
            && (is_street_name(text) || gap == "-" || of_person || is_quarter(words.text(first)) || is_quarter(text));
        if !pair {
            break;
        }
        first = before;
    }
    (first, told)
}

/// The words new quarters are named with: «Чурилово Лейк Сити 5-12».
fn is_quarter(word: &str) -> bool {
    matches!(
        word,
        "сити"
            | "парк"
            | "лейк"
            | "таун"
            | "хаус"
            | "вилладж"
            | "гарден"
            | "резиденс"
            | "резиденция"
            | "хиллс"
            | "сквер"
            | "ривер"
            | "форест"
    )
}

/// «Александра Шмакова», «Розы Люксембург»: a given name in the genitive.
fn is_genitive_given(word: &str) -> bool {
    ["а", "я", "ы", "и"].iter().any(|end| word.ends_with(end)) && is_given_name(word)
}

/// Whether a word speaks of where somebody lives or where to come.
pub(super) fn speaks_of_address(word: &str) -> bool {
    static SPOKEN_OF: LazyLock<Stems> = LazyLock::new(|| {
        Stems::new(
            "адрес адр куда откуда прописк пропис прожив регистрац зарегистр рег жив достав привез привоз отвез забер забир забра \
             курьер выезд вызов выехал эвакуатор такси домой переехал приезж приед подъез самовывоз подач едем ехать едьте \
             находимся находитесь стоит стоим отправ вези заезд заех гараж машин домашн встреч ждем жду замер объект уборк клининг погруз выгруз разгруз перевез перевоз довез подвез \
фактич жит кварт сосед посыл филиал подъезж прибы офис участк стройк ремонт",
        )
    });
    SPOKEN_OF.begins(word)
}

/// What the words before say: an address is being told, or somebody is told where to come.
fn context_weight(view: &View<'_>, first: usize) -> i32 {
    static HOME: LazyLock<Stems> = LazyLock::new(|| Stems::new("дом дому"));
    let words = &view.words;
    let mut weight = 0;
    for distance in 1..=CONTEXT_REACH.min(first) {
        let at = first - distance;
        let gap = words.gap(at + 1);
        if distance > 1 && (gap.contains(['!', '?', '\n', ';']) || gap.starts_with(". ")) {
            break;
        }
        let text = words.text(at);
        let home = HOME.has(text) && at > 0 && matches!(words.text(at - 1), "на" | "по");
        if text.starts_with("адр") {
            weight = 3;
            break;
        }
        if speaks_of_address(text) || home {
            weight = 2;
        }
    }
    let comma = first > 0 && words.gap(first).starts_with(',');
    let kind = |at: usize| {
        is_settlement_kind(view, at) && (words.gap(at + 1).starts_with('.') || words.text(at).chars().count() > 3)
    };
    let settled =
        comma && (words.entry(first - 1).is_place() || (2..=3).any(|back| first >= back && kind(first - back)));
    weight + if settled { 2 } else { 0 }
}

/// What a preposition of place before the name says: «я на Бажова 91».
fn direction_weight(view: &View<'_>, first: usize, house: &House) -> i32 {
    let words = &view.words;
    let directed = first > 0
        && words.gap(first) == " "
        && matches!(
            words.text(first - 1),
            "на" | "с" | "по" | "до" | "от" | "со" | "у" | "возле"
        );
    let proper = words.all[first].capitals == Capitals::First && !words.entry(house.last).is_common();
    match (
        directed,
        house.closes && !house.aside && proper && words.text(first.saturating_sub(1)) == "на",
    ) {
        (true, true) => 3,
        (true, false) => 1,
        (false, _) => 0,
    }
}

/// «ТЦ Родник», «салон Северная Звезда»: the name of a firm.
fn is_of_shop(view: &View<'_>, first: usize) -> bool {
    first.checked_sub(1).is_some_and(|before| {
        matches!(
            view.words.text(before),
            "тц" | "трк"
                | "трц"
                | "тк"
                | "бц"
                | "салон"
                | "салоне"
                | "магазин"
                | "магазине"
                | "аптека"
                | "аптеке"
                | "кафе"
                | "клиника"
                | "клинике"
                | "школа"
                | "школе"
                | "автобус"
                | "маршрутка"
                | "остановка"
                | "остановке"
                | "размер"
                | "доктор"
                | "врач"
                | "мастер"
                | "г"
                | "гр"
                | "зовут"
        ) && view.words.gap(first) != "."
    })
}
