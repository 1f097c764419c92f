//! The street before a house: a type word and a name in either order, or a well-known name alone.

use std::sync::LazyLock;

use crate::cue::stem_before;
use crate::lexicon::{NameEntry, WordEntry, bits};
use crate::stems::Stems;
use crate::view::View;
use crate::words::{Capitals, Kind};

use super::Shape;
use super::house::is_bare_house;
use super::plain_gap;

/// Words for a kind of street.
static STREETS: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "ул улица улице улицу улицы пр просп проспект проспекте проспекту пер переулок переулке бул бульвар \
         бульваре шоссе наб набережная набережной пл площадь площади проезд проезде тракт тракту тракте аллея \
         аллее линия линии тупик ульца улиц улици улитца прт просек просека бульв проспек переул прзд квартал спуск пркт пртд снт снтсн днп днт кп ул-ца мкр мкрн микрорайон",
    )
});

/// Longest name of a street in words: «40-летия Победы», «Героев Сталинградской битвы».
const NAME_WORDS_MAX: usize = 5;

/// Byte where the street before house piece `house` begins, and whether a type word or «дом» makes it certain.
pub(super) fn street_start(view: &View<'_>, house: usize, shape: Shape) -> Option<(usize, bool)> {
    let words = &view.words;
    let mut first = view.pieces[house].first_word;
    let mut sure = false;
    let mut gap = plain_gap(words.gap(first));
    // «дом номер 17»
    if first > 1 && words.text(first - 1) == "номер" && words.text(first - 2).starts_with("дом") {
        first -= 1;
        gap = " ";
    }
    if first > 0
        && [
            "д",
            "дом",
            "дома",
            "доме",
            "house",
            "уч",
            "участок",
            "вл",
            "владение",
            "домик",
            "здание",
            "зд",
            "дм",
        ]
        .contains(&words.text(first - 1))
        && matches!(gap, " " | "." | ". " | "" | " №" | " № " | "№" | ": ")
    {
        first -= 1;
        sure = true;
        gap = plain_gap(words.gap(first));
    }
    if first == 0
        || !matches!(
            gap,
            "" | "_" | " * " | " / " | " | " | " " | ", " | "," | ". " | "." | " - " | "-" | " , " | " № " | "  "
        )
        || gap == "-" && !sure && !is_type(view, first - 1)
    {
        return None;
    }
    let last = first - 1;
    // «ул Берёзовая17»: the house glued to a typed street.
    let glued = gap.is_empty();
    if glued
        && (words.all[last].kind != Kind::Cyrillic
            || words.all[last].end - words.all[last].start < GLUED_NAME_BYTES_MIN)
    {
        return None;
    }
    for step in 0..NAME_WORDS_MAX {
        let Some(at) = last.checked_sub(step) else { break };
        if step > 0
            && !matches!(
                plain_gap(words.gap(at + 1)),
                " " | "_" | "-" | ". " | "." | " «" | "«" | "» " | "" | "  " | ".«"
            )
        {
            break;
        }
        // «на улице минус 10»: an everyday word is no part of a name.
        let entry = words.entry(at);
        let genitive = ["ина", "ова", "ева", "ого", "его", "ой", "ых", "их"]
            .iter()
            .any(|tail| words.text(at).ends_with(tail));
        if words.all[at].capitals == Capitals::None
            && !genitive
            && entry.lower_count() >= 8
            && !is_type(view, at)
            && !is_street_name(words.text(at))
        {
            break;
        }
        if is_type(view, at) {
            return typed_street(view, at, last).map(|start| (start, true));
        }
    }
    if glued {
        return None;
    }
    if let Some(start) = numbered_street(view, last, shape) {
        return Some((start, true));
    }
    let announced = stem_before(view, last, ADDRESS_REACH, &["адрес"]);
    let shape = if sure { Shape::House } else { shape };
    if let Some(start) = bare_street(view, last, shape) {
        return Some((start, sure || announced));
    }
    (announced
        && words.all[last].capitals == Capitals::First
        && words.all[last].kind == Kind::Cyrillic
        && gap == " "
        && is_bare_house(view, view.pieces[house].end))
    .then(|| (words.all[last].start, true))
}

/// A street name a house may be glued to has at least four letters.
const GLUED_NAME_BYTES_MIN: usize = 8;

/// How far back «адрес» may stand: «адрес где машина стоит Овчинникова 6».
const ADDRESS_REACH: usize = 5;

/// «250-летия Челябинска», «2-я Эльтонская», «братьев кашириных»: a street told by the form of its name.
fn numbered_street(view: &View<'_>, last: usize, shape: Shape) -> Option<usize> {
    let words = &view.words;
    let before = last.checked_sub(1)?;
    if words.gap(last) != " " || words.all[last].kind != Kind::Cyrillic {
        return None;
    }
    // «8 марта 17 кв 5», «1 мая, 5а»
    if matches!(words.text(last), "марта" | "мая")
        && matches!(words.text(before), "8" | "1" | "9")
        && shape >= Shape::Detailed
    {
        return Some(words.all[before].start);
    }
    let numbered = before > 0 && words.gap(before) == "-" && words.all[before - 1].kind == Kind::Digits;
    let jubilee = words.text(before) == "летия" && words.all[last].capitals == Capitals::First;
    let ordinal = ["я", "й", "ая", "ый"].contains(&words.text(before))
        && words.all[last].capitals == Capitals::First
        && ["ая", "ий", "ый", "ой"]
            .iter()
            .any(|end| words.text(last).ends_with(end))
        && shape >= Shape::Detailed;
    if numbered && (jubilee || ordinal) {
        return Some(words.all[before - 1].start);
    }
    let plural = ["ых", "их"].iter().any(|end| words.text(last).ends_with(end));
    (["братьев", "сестер"].contains(&words.text(before)) && plural && shape >= Shape::Detailed)
        .then(|| words.all[before].start)
}

/// A type word: «ул.», «пр-т», «б-р».
pub(super) fn is_type(view: &View<'_>, index: usize) -> bool {
    let word = view.words.text(index);
    if STREETS.has(word) {
        return true;
    }
    let hyphen = |first: &str, second: &str, at: usize| {
        view.words.text(at) == first && view.words.text(at + 1) == second && view.words.gap(at + 1) == "-"
    };
    hyphen("пр", "т", index)
        || hyphen("пр", "кт", index)
        || hyphen("б", "р", index)
        || hyphen("мк", "н", index)
        || hyphen("р", "н", index)
        || word == "ш" && view.words.gap(index + 1).starts_with('.')
        || hyphen("пр", "д", index)
}

/// Start of a street whose type word is `kind` and whose last word is `last`.
fn typed_street(view: &View<'_>, kind: usize, last: usize) -> Option<usize> {
    let words = &view.words;
    let tail = if words.gap(kind + 1) == "-" && words.text(kind + 1).chars().count() <= 2 {
        kind + 1
    } else {
        kind
    };
    if tail < last {
        return Some(words.all[kind].start);
    }
    // «3-я линия»
    if kind >= 2 && words.gap(kind) == " " && words.gap(kind - 1) == "-" && words.all[kind - 2].kind == Kind::Digits {
        return Some(words.all[kind - 2].start);
    }
    // «Копейское шоссе 5б»: the name stands before the type.
    let mut begin = kind;
    while begin > 0 && kind - begin < 3 && words.gap(begin) == " " || begin > 0 && words.gap(begin) == "-" {
        let before = begin - 1;
        let adjective = [
            "ский",
            "ская",
            "ское",
            "ской",
            "ского",
            "скому",
            "ском",
            "ый",
            "ая",
            "ое",
            "ой",
            "ого",
            "ом",
            "ому",
            "ий",
            "яя",
            "ю",
            "я",
            "й",
        ]
        .iter()
        .any(|end| words.text(before).ends_with(end));
        if words.all[before].kind == Kind::Digits
            || adjective && (words.text(before).chars().count() > 4 || words.gap(begin) == "-")
            || words.all[before].capitals == Capitals::First && !is_preposition(words.text(before)) && begin != kind
        {
            begin = before;
        } else {
            break;
        }
    }
    (begin < kind).then(|| words.all[begin].start)
}

fn is_preposition(word: &str) -> bool {
    [
        "на",
        "по",
        "с",
        "со",
        "от",
        "до",
        "в",
        "во",
        "из",
        "к",
        "у",
        "за",
        "адрес",
        "адресу",
        "это",
        "и",
        "или",
        "мы",
        "вы",
        "доставка",
        "дом",
    ]
    .contains(&word)
}

pub(super) fn is_street_name(word: &str) -> bool {
    NameEntry::look_up(word).is_some_and(|entry| entry.has(bits::STREET))
}

/// Named after somebody: «бажова», «луначарского», «терешковой».
fn told_of_somebody(name: &str) -> bool {
    ["ова", "ева", "ина", "ого", "ской", "овой", "евой", "иной", "ых"]
        .iter()
        .any(|tail| name.ends_with(tail))
}

/// Start of a street told by its name alone, ending with word `last`.
fn bare_street(view: &View<'_>, last: usize, shape: Shape) -> Option<usize> {
    let words = &view.words;
    let word = words.all[last];
    let text = words.text(last);
    if word.kind != Kind::Cyrillic || text.chars().count() < 4 {
        return None;
    }
    let capital = matches!(word.capitals, Capitals::First | Capitals::All);
    let shaped = [
        "ская",
        "ский",
        "ской",
        "ского",
        "ова",
        "ева",
        "ина",
        "ых",
        "ного",
        "ной",
        "ная",
        "ко",
        "ого",
        "ская",
        "ы",
        "и",
        "а",
        "я",
    ]
    .iter()
    .any(|end| text.ends_with(end));
    let entry = WordEntry::look_up(text);
    let plain = entry.is_common() && entry.lower_count() >= 4;
    let known =
        is_street_name(text) && (!plain || capital && (shape >= Shape::Detailed || !words.begins_sentence(last)));
    let told = words.text(last.wrapping_sub(1)) == "адрес"
        || last > 0
            && ["на", "адрес", "адресу", "по", "везите", "живу", "теперь", "мой"].contains(&words.text(last - 1));
    let fits = known
        || capital
            && shaped
            && (shape >= Shape::Parted || !plain && told || !entry.is_common() && words.begins_sentence(last))
        || shape == Shape::House && shaped && !plain
        || shape == Shape::Parted && told_of_somebody(text) && !plain;
    if !fits {
        return None;
    }
    let mut begin = last;
    while begin > 0 && last - begin < 2 && words.gap(begin) == " " {
        let before = words.all[begin - 1];
        let text = words.text(begin - 1);
        let title = [
            "братьев",
            "академика",
            "маршала",
            "героев",
            "генерала",
            "карла",
            "розы",
            "сони",
            "степана",
            "богдана",
            "адмирала",
            "летчика",
            "космонавтов",
            "40-летия",
            "профессора",
            "сергея",
            "петра",
            "максима",
            "льва",
            "маршала",
            "красной",
            "красных",
            "новой",
            "большая",
            "малая",
            "имени",
            "летия",
        ]
        .contains(&text);
        let named = before.capitals == Capitals::First
            && !is_preposition(text)
            && before.kind == Kind::Cyrillic
            && word.capitals == Capitals::First
            && is_street_name(text);
        if !title && !named {
            break;
        }
        begin -= 1;
    }
    Some(words.all[begin].start)
}
