//! The house and its parts: letter, fraction, building, flat, entrance, floor, intercom.

use std::ops::Range;
use std::sync::LazyLock;

use crate::stems::Stems;
use crate::view::View;

use super::plain_gap;
use super::street::{is_street_name, is_type};
use crate::words::Kind;

/// Parts of a house: a word and a number in either order.
static PARTS: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "кв квартира квартиру квартире квартиры корп корпус корпусе к стр строение подъезд подъезда подъезде под \
         пд этаж этаже эт оф офис офисе домофон код литер лит литера пом помещение комн комната секция блок ком \
         уч участок влад владение вл бокс гараж п парадная пар вход д дом ключ каб кварт квартера квартиръ подьезд \
         подьезда парадной парадное домоф дмф апартаменты апарт ап корпуса строения строен хата эт-ж",
    )
});

/// Words that follow a number which is no house: times, measures, money.
static NOT_HOUSE_NEXT: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "минут мин час часа часов руб рублей р км м дней дня лет год года г шт раз раза марта мая января февраля \
         апреля июня июля августа сентября октября ноября декабря утра вечера человек",
    )
});

/// A house told by number alone must not be a time, a price, a date.
pub(super) fn is_bare_house(view: &View<'_>, end: usize) -> bool {
    let after = view.words.index_at(end);
    let gap = view.words.gap(after);
    let rest = &view.text()[end..];
    let measured = gap.trim().is_empty() && NOT_HOUSE_NEXT.has(view.words.text(after));
    let signed = rest.starts_with([':', '%']) || rest.trim_start().starts_with(['₽', '%']);
    !measured && !signed
}

/// End of the house and of the parts after it; whether the shape (letter, fraction, part word) is that of a house.
pub(super) fn house_end(view: &View<'_>, house: usize) -> (usize, bool) {
    let piece = &view.pieces[house];
    let mut end = piece.end;
    let mut detailed = false;
    let mut next = house + 1;
    end = with_letter(view, end, &mut detailed);
    while let Some(following) = view.pieces.get(next) {
        let gap = &view.text()[end..following.start];
        let fraction = matches!(gap, "/" | "-" | " - " | " / " | "\\") || matches!(gap, " дробь " | " корпус дробь ");
        if !fraction
            || following.digits.len() > 4
            || view.text()[following.end..].starts_with([':', '.'])
                && view.text()[following.end + 1..].starts_with(|sign: char| sign.is_ascii_digit())
        {
            break;
        }
        end = with_letter(view, following.end, &mut detailed);
        detailed = true;
        next += 1;
    }
    // «ленина 2 5 кв 1 1»: digits of one number that fell apart.
    if let Some(apart) = view.pieces.get(house + 1)
        && piece.digits.len() == 1
        && apart.digits.len() == 1
        && !apart.spoken
        && &view.text()[piece.end..apart.start] == " "
        && part_end(view, apart.end).is_some()
    {
        end = apart.end;
        detailed = true;
    }
    loop {
        match part_end(view, end).or_else(|| numbered_part_end(view, end)) {
            Some(after) => {
                end = after;
                detailed = true;
            }
            None => match bare_flat_end(view, end) {
                Some(after) => return (after, true),
                None => return (end, detailed),
            },
        }
    }
}

/// «156в», «59 б», «49 А», «5 "Б"».
pub(super) fn with_letter(view: &View<'_>, end: usize, detailed: &mut bool) -> usize {
    let rest = &view.text()[end..];
    let unspaced = rest.strip_prefix(' ').unwrap_or(rest);
    let unquoted = unspaced.strip_prefix(['«', '"']).unwrap_or(unspaced);
    let (spaced, quoted) = (unspaced.len() < rest.len(), unquoted.len() < unspaced.len());
    let Some(letter) = unquoted.chars().next().filter(|letter| letter.is_alphabetic()) else {
        return end;
    };
    let tail = &unquoted[letter.len_utf8()..];
    if quoted {
        let Some(closed) = tail.strip_prefix(['»', '"']) else {
            return end;
        };
        *detailed = true;
        return view.text().len() - closed.len();
    }
    let goes_on = tail.starts_with(|next: char| next.is_alphanumeric() || next == '\'' || spaced && next == '.');
    if goes_on || spaced && !may_stand_apart(letter, tail) {
        return end;
    }
    *detailed = true;
    view.text().len() - tail.len()
}

/// Whether a letter after a space is a part of the house: «59 б», but «5 в корпусе», «5 а потом», «5 д. 3».
fn may_stand_apart(letter: char, tail: &str) -> bool {
    let word_follows = tail.starts_with(' ');
    match letter {
        'а' | 'в' => !word_follows,
        'д' => !tail.starts_with(['.', ' ']),
        'б' | 'г' => true,
        _ => false,
    }
}

fn part_gap(gap: &str) -> bool {
    matches!(
        plain_gap(gap),
        " " | ", " | "," | "; " | " , " | " - " | "-" | " (" | "/" | ""
    )
}

/// «, кв. 88», « корпус 3», «, код 17К4402».
pub(super) fn part_end(view: &View<'_>, end: usize) -> Option<usize> {
    let words = &view.words;
    let index = words.index_at(end);
    // «🚪 102»
    if words.gap(index).contains(['🚪', '🔑', '🛎'])
        && let Some(piece) = view.piece_at(index)
        && piece.digits.len() <= 4
    {
        return Some(piece.end);
    }
    if index >= words.len() || !part_gap(words.gap(index)) || !PARTS.has(words.text(index)) {
        return None;
    }
    let mut value = index + 1;
    if matches!(words.text(value), "ра" | "зд" | "д" | "номер" | "с") && matches!(words.gap(value), "-" | "/" | " ")
    {
        value += 1;
    }
    if value >= words.len()
        || !matches!(
            words.gap(value),
            "" | " " | ". " | "." | ": " | " №" | " № " | ".№" | "№" | "-"
        )
    {
        return None;
    }
    let piece = view.piece_at(value);
    let single =
        |at: usize| words.text(at).chars().count() == 1 && !matches!(words.text(at), "и" | "с" | "у" | "к" | "о" | "я");
    // «к 8 утра», «к 9:00»: a preposition and an hour.
    if let Some(piece) = piece
        && words.text(index).chars().count() == 1
        && !is_bare_house(view, piece.end)
    {
        return None;
    }
    let mut last = match piece {
        Some(piece) if piece.digits.len() <= 6 => piece.after_word - 1,
        None if single(value)
            && [
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
            ]
            .contains(&words.text(index)) =>
        {
            value
        }
        _ => return None,
    };
    while last + 1 < words.len()
        && (words.gap(last + 1).is_empty()
            || matches!(words.gap(last + 1), "/" | "-") && words.all[last + 1].kind == Kind::Digits)
    {
        last += 1;
    }
    let lone_digit = |index: usize| {
        words
            .all
            .get(index)
            .is_some_and(|word| word.kind == Kind::Digits && word.end - word.start == 1)
    };
    if lone_digit(last) && last == value && lone_digit(last + 1) && words.gap(last + 1) == " " && !lone_digit(last + 2)
    {
        last += 1;
    }
    let mut end = words.all[last].end;
    while view.text()[end..].starts_with(['#', '*']) {
        end += 1;
    }
    Some(end)
}

/// «, 8 этаж», « 3 подъезд».
pub(super) fn numbered_part_end(view: &View<'_>, end: usize) -> Option<usize> {
    let words = &view.words;
    let index = words.index_at(end);
    let piece = view.piece_at(index)?;
    let mut part = piece.after_word;
    if words.gap(part) == "-" && ["й", "ый", "ой", "м"].contains(&words.text(part)) {
        part += 1;
    }
    let fits = part_gap(words.gap(index))
        && piece.digits.len() <= 4
        && words.gap(part) == " "
        && ["этаж", "эт", "подъезд", "под", "кв", "квартира", "корпус", "офис"].contains(&words.text(part));
    // «3 подъезд 5 этаж» goes on in the same order, «3, подъезд 5» does not.
    let named_next = view
        .piece_at(part + 1)
        .is_some_and(|next| !(PARTS.has(words.text(next.after_word)) && words.gap(next.after_word) == " "))
        && words.gap(part + 1).trim_matches(['.', ' ']).is_empty();
    (fits && !named_next).then(|| words.all[part].end)
}

/// «Бейвеля 63, 118»: a flat without its word, closing the clause.
fn bare_flat_end(view: &View<'_>, end: usize) -> Option<usize> {
    let words = &view.words;
    let index = words.index_at(end);
    if !matches!(words.gap(index), ", " | " - " | ",") || index >= words.len() {
        return None;
    }
    let piece = view.piece_at(index)?;
    if piece.digits.len() > 3 || piece.ordinal {
        return None;
    }
    let stop = piece.end;
    let rest = &view.text()[stop..];
    (rest.is_empty()
        || rest.starts_with(['\n', ',', '.', ')', ';', '?', '!'])
            && !rest.chars().nth(1).is_some_and(|sign| sign.is_ascii_digit()))
    .then_some(stop)
}

/// «дом 7 кв 12 по улице Полевой»: the street told after its house.
pub(super) fn street_after(view: &View<'_>, house: usize, end: usize) -> Option<Range<usize>> {
    let words = &view.words;
    let named = view.pieces[house].first_word.checked_sub(1)?;
    let first = words.index_at(end);
    if !matches!(words.text(named), "дом" | "д" | "доме" | "дома") || !matches!(words.text(first), "по" | "на")
    {
        return None;
    }
    let (kind, name) = (first + 1, first + 2);
    // «дом 17 по Мира»
    let adjective = ["ской", "цкой", "овой", "евой", "иной"]
        .iter()
        .any(|tail| words.text(kind).ends_with(tail))
        && words.text(kind).chars().count() > 5;
    if words.text(first) == "по"
        && kind < words.len()
        && words.gap(kind) == " "
        && (is_street_name(words.text(kind)) || adjective)
    {
        let end = words.all[kind].end;
        return Some(words.all[named].start..part_end(view, end).unwrap_or(end));
    }
    let told = name < words.len()
        && is_type(view, kind)
        && words.gap(kind) == " "
        && matches!(words.gap(name), " " | ". " | ".")
        && words.all[name].kind == Kind::Cyrillic;
    told.then(|| words.all[named].start..words.all[name].end)
}
