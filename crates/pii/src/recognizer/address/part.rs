//! What follows a house: building, flat, entrance, floor, intercom, office, box, in any order.
//!
//! A part is a word and its number in either order («кв 5», «3 подъезд», «второй этаж»), or a word that describes it
//! («цокольный этаж», «угловой подъезд», «этаж цоколь»).

use std::sync::LazyLock;

use crate::numbers::Piece;
use crate::stems::Stems;
use crate::view::View;
use crate::words::Kind;

use super::house::is_bare_house;
use super::plain_gap;

/// Words that stand before the number of a part.
static PARTS: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "кв квартира квартиру квартире квартиры корп корпус корпусе к стр строение подъезд подъезда подъезде под \
         пд этаж этаже эт оф офис офисе домофон код литер лит литера пом помещение комн комната секция блок ком \
         уч участок влад владение вл бокс гараж п парадная пар вход д дом ключ каб кварт квартера квартиръ подьезд \
         подьезда подъез парадной парадное домоф дмф апартаменты апарт апт ап корпуса строения строен хата эт-ж ангар \
         павильон пав ячейка ряд э уровень кабинет студия студ комнату комнате секции боксе домофона кода офиса помещения ворота",
    )
});

/// Words that may stand after the number of a part.
static NUMBERED: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "этаж эт этаже этажа подъезд под подъезде подьезд кв квартира квартире корпус корп офис оф секция блок парадная литер комната пд уровень п э",
    )
});

/// Parts a letter may name.
const LETTERED: &[&str] = &[
    "литер",
    "лит",
    "литера",
    "корп",
    "корпус",
    "к",
    "стр",
    "строение",
    "подъезд",
    "блок",
    "секция",
    "вход",
    "комната",
    "офис",
];

/// Words that tell which floor or entrance it is without a number.
static DESCRIBED: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "цокольный цокольном подвальный подвальном мансардный последний последнем верхний нижний угловой угловом крайний \
         крайнем средний среднем дальний дальнем левый правый ближний центральный первый второй третий первом",
    )
});

/// Floors that are named, not numbered.
const NAMED_FLOORS: &[&str] = &[
    "цоколь",
    "подвал",
    "мансарда",
    "цокольный",
    "последний",
    "первый",
    "нулевой",
    "верхний",
    "технический",
];

/// Longest number of a part: codes of intercoms have six digits.
const DIGITS_MAX: usize = 6;

/// End of the part that begins right after byte `end`.
pub(super) fn next_part(view: &View<'_>, end: usize) -> Option<usize> {
    part_end(view, end)
        .or_else(|| silent_end(view, end).and_then(|end| part_end(view, end).or_else(|| numbered_end(view, end))))
        .or_else(|| numbered_end(view, end))
        .or_else(|| described_end(view, end))
}

/// «кв 88 домофон не работает подъезд 3», «кв. 31, грузовой лифт есть, 8 этаж»: said between two parts.
fn silent_end(view: &View<'_>, end: usize) -> Option<usize> {
    static SAID: LazyLock<Stems> = LazyLock::new(|| {
        Stems::new(
            "домофон не работает нет есть лифт лифта лифтом грузовой без вход со двора с торца справа слева направо налево \
             дверь железная новостройка новый дом высотка хрущевка кирпичный панельный от подъезда звонок",
        )
    });
    let words = &view.words;
    let first = words.index_at(end);
    let mut index = first;
    while index < first + SILENT_WORDS_MAX
        && SAID.has(words.text(index))
        && (part_gap(words.gap(index)) || index > first)
        && !words.gap(index).contains(['\n', '!', '?'])
    {
        index += 1;
    }
    (index > first).then(|| words.all[index - 1].end)
}

/// So many words may be said between two parts of one address.
const SILENT_WORDS_MAX: usize = 4;

/// The number that begins at word `index`.
pub(super) fn piece_at<'v>(view: &'v View<'_>, index: usize) -> Option<&'v Piece> {
    let at = view.pieces.partition_point(|piece| piece.first_word < index);
    view.pieces.get(at).filter(|piece| piece.first_word == index)
}

fn part_gap(gap: &str) -> bool {
    matches!(
        plain_gap(gap),
        " " | ", "
            | ","
            | "; "
            | " , "
            | " - "
            | "-"
            | " ("
            | "/"
            | ""
            | ". "
            | "  "
            | ",  "
            | " / "
            | "."
            | ";"
            | "., "
            | " | "
            | "», "
            | "» "
            | "»,"
            | "\", "
    )
}

/// «, кв. 88», « корпус 3», «, код 17К4402», «, литер Б», «, этаж цоколь».
pub(super) fn part_end(view: &View<'_>, end: usize) -> Option<usize> {
    let words = &view.words;
    let index = words.index_at(end);
    // «🚪 102»
    if words.gap(index).contains(['🚪', '🔑', '🛎'])
        && let Some(piece) = piece_at(view, index)
        && piece.digits.len() <= 4
    {
        return Some(piece.end);
    }
    let word = words.text(index);
    if index >= words.len() || !part_gap(words.gap(index)) || !PARTS.has(word) {
        return None;
    }
    let mut value = index + 1;
    if matches!(words.text(value), "ра" | "зд" | "д" | "номер" | "с" | "ж")
        && matches!(words.gap(value), "-" | "/" | " ")
    {
        value += 1;
    }
    if matches!(
        words.text(value),
        "домофона" | "двери" | "подъезда" | "калитки" | "входа" | "код" | "номер"
    ) && words.gap(value) == " "
    {
        value += 1;
    }
    let gap = words.gap(value);
    let joined = gap.chars().count() <= 4
        && gap
            .chars()
            .all(|sign| matches!(sign, ' ' | '.' | ':' | '№' | '-' | '#' | '"' | '«'));
    if value >= words.len() || !joined {
        return None;
    }
    if word.starts_with("эт") && NAMED_FLOORS.contains(&words.text(value)) {
        return Some(words.all[value].end);
    }
    let piece = piece_at(view, value).filter(|piece| piece.digits.len() <= DIGITS_MAX);
    // «к 8 утра», «к 9:00»: a preposition and an hour.
    if piece.is_some_and(|piece| word.chars().count() == 1 && !is_bare_house(view, piece.end)) {
        return None;
    }
    // «кв 45 метров»
    if piece.is_some_and(|piece| {
        !is_bare_house(view, piece.end) && !matches!(word, "кв" | "квартира" | "эт" | "этаж" | "подъезд")
    }) {
        return None;
    }
    let letter = |at: usize| {
        words.text(at).chars().count() == 1
            && !matches!(words.text(at), "и" | "с" | "у" | "к" | "о" | "я")
            && LETTERED.contains(&word)
    };
    let last = match piece {
        Some(piece) => piece.after_word - 1,
        None if letter(value) => value,
        None => return None,
    };
    Some(code_end(view, last))
}

/// End of a code whose word `last` may be followed by letters and digits: «17К4402», «12/3», «45#».
fn code_end(view: &View<'_>, mut last: usize) -> usize {
    let words = &view.words;
    while last + 1 < words.len()
        && (words.gap(last + 1).is_empty()
            || matches!(words.gap(last + 1), "/" | "-" | "*" | "#") && words.all[last + 1].kind == Kind::Digits)
    {
        last += 1;
    }
    let mut end = words.all[last].end;
    while view.text()[end..].starts_with(['#', '*', '»', '"'])
        && (view.text()[end..].starts_with(['#', '*']) || quoted(view, last))
    {
        end += view.after(end).map_or(0, char::len_utf8);
    }
    end
}

fn quoted(view: &View<'_>, word: usize) -> bool {
    view.words.gap(word).ends_with(['«', '"'])
}

/// «, 8 этаж», « 3 подъезд», «, второй подъезд», « на 3 этаже», « на первом».
fn numbered_end(view: &View<'_>, end: usize) -> Option<usize> {
    let words = &view.words;
    let mut index = words.index_at(end);
    if !part_gap(words.gap(index)) {
        return None;
    }
    let on = words.text(index) == "на" && words.gap(index + 1) == " ";
    if on {
        index += 1;
    }
    let piece = piece_at(view, index)?;
    let mut part = piece.after_word;
    if matches!(words.gap(part), "-" | "")
        && matches!(words.text(part), "й" | "ый" | "ой" | "м" | "ом" | "я" | "ая" | "е")
    {
        part += 1;
    }
    let named = matches!(words.gap(part), " " | "") && NUMBERED.has(words.text(part));
    if on && !named {
        let closes = words.gap(part).starts_with([',', '.', '\n', ')', ';']) || part >= words.len();
        return (piece.ordinal && closes).then_some(words.all[part - 1].end);
    }
    if !named || piece.digits.len() > 4 {
        return None;
    }
    // «3 подъезд 5 этаж» goes on in the same order, «3, подъезд 5» does not.
    let next = piece_at(view, part + 1).is_some_and(|next| {
        !((PARTS.has(words.text(next.after_word)) || NUMBERED.has(words.text(next.after_word)))
            && matches!(words.gap(next.after_word), " " | ""))
    });
    let named_next = next && words.gap(part + 1).trim_matches(['.', ' ']).is_empty() && !piece.ordinal;
    (!named_next).then(|| words.all[part].end)
}

/// «, цокольный этаж», «, угловой подъезд», «, цоколь».
fn described_end(view: &View<'_>, end: usize) -> Option<usize> {
    let words = &view.words;
    let index = words.index_at(end);
    if index >= words.len() || !part_gap(words.gap(index)) {
        return None;
    }
    if matches!(words.text(index), "цоколь" | "подвал" | "мансарда") {
        return Some(words.all[index].end);
    }
    let place = matches!(
        words.text(index + 1),
        "этаж" | "этаже" | "подъезд" | "подъезде" | "вход" | "корпус" | "секция"
    );
    let told = DESCRIBED.has(words.text(index)) && words.gap(index + 1) == " " && place;
    // «вход слева» is told after the address, «левый вход» names it.
    (told && piece_at(view, index + 2).is_none()).then(|| words.all[index + 1].end)
}
