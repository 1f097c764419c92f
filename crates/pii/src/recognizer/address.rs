//! Addresses down to a house: street with its type or a well-known street name, house, and what follows without a
//! break (building, flat, entrance, floor, intercom); index, region and settlement are taken in from the left.
//!
//! A street without a house is no address of a person.

use std::ops::Range;

use crate::finding::Evidence;
use crate::label::Label;
use crate::lexicon::{NameEntry, WordEntry, bits};
use crate::view::{Claims, View};
use crate::words::{Capitals, Kind};

/// Words for a kind of street.
const STREETS: &[&str] = &[
    "ул",
    "улица",
    "улице",
    "улицу",
    "улицы",
    "пр",
    "просп",
    "проспект",
    "проспекте",
    "проспекту",
    "пер",
    "переулок",
    "переулке",
    "бул",
    "бульвар",
    "бульваре",
    "шоссе",
    "наб",
    "набережная",
    "набережной",
    "пл",
    "площадь",
    "площади",
    "проезд",
    "проезде",
    "тракт",
    "тракту",
    "тракте",
    "аллея",
    "аллее",
    "линия",
    "линии",
    "тупик",
    "квартал",
    "спуск",
    "пркт",
    "пртд",
    "снт",
    "снтсн",
    "днп",
    "днт",
    "кп",
    "ул-ца",
    "мкр",
    "мкрн",
    "микрорайон",
];
/// Words for a settlement or a region standing before its name.
const SETTLEMENTS: &[&str] = &[
    "г",
    "гор",
    "город",
    "п",
    "пос",
    "поселок",
    "пгт",
    "с",
    "село",
    "д",
    "дер",
    "деревня",
    "ст",
    "станица",
    "х",
    "хутор",
    "респ",
    "республика",
    "обл",
    "рп",
    "мкр",
    "микрорайон",
    "район",
    "мкрн",
];
/// Words for a region standing after its name.
const REGIONS: &[&str] = &[
    "обл",
    "область",
    "области",
    "край",
    "края",
    "район",
    "рн",
    "округ",
    "республика",
];
/// Parts of a house: a word and a number in either order.
const PARTS: &[&str] = &[
    "кв",
    "квартира",
    "квартиру",
    "квартире",
    "квартиры",
    "корп",
    "корпус",
    "корпусе",
    "к",
    "стр",
    "строение",
    "подъезд",
    "подъезда",
    "подъезде",
    "под",
    "пд",
    "этаж",
    "этаже",
    "эт",
    "оф",
    "офис",
    "офисе",
    "домофон",
    "код",
    "литер",
    "лит",
    "литера",
    "пом",
    "помещение",
    "комн",
    "комната",
    "секция",
    "блок",
    "ком",
    "уч",
    "участок",
    "влад",
    "владение",
    "вл",
    "бокс",
    "гараж",
    "п",
    "парадная",
    "пар",
    "вход",
    "д",
    "дом",
    "ключ",
    "каб",
];
/// Words that follow a number which is no house: times, measures, money.
const NOT_HOUSE_NEXT: &[&str] = &[
    "минут",
    "мин",
    "час",
    "часа",
    "часов",
    "руб",
    "рублей",
    "р",
    "км",
    "м",
    "дней",
    "дня",
    "лет",
    "год",
    "года",
    "г",
    "шт",
    "раз",
    "раза",
    "марта",
    "мая",
    "января",
    "февраля",
    "апреля",
    "июня",
    "июля",
    "августа",
    "сентября",
    "октября",
    "ноября",
    "декабря",
    "утра",
    "вечера",
    "человек",
];
/// Longest name of a street in words: «40-летия Победы», «Героев Сталинградской битвы».
const NAME_WORDS_MAX: usize = 5;

/// Claims all addresses.
pub(crate) fn claim(view: &View<'_>, claims: &mut Claims) {
    for house in 0..view.pieces.len() {
        let piece = &view.pieces[house];
        if piece.digits.len() > 4 || piece.digits.is_empty() || !claims.is_free(&(piece.start..piece.end)) {
            continue;
        }
        let (end, detailed) = house_end(view, house);
        let parted = part_end(view, with_letter(view, piece.end, &mut false)).is_some();
        let shape = if parted {
            Shape::Parted
        } else if detailed {
            Shape::Detailed
        } else {
            Shape::Bare
        };
        let Some((start, sure)) = street_start(view, house, shape) else {
            continue;
        };
        if !sure && !detailed || !sure && !is_bare_house(view, end) {
            continue;
        }
        let start = widen_left(view, start);
        let range = trim_to_free(claims, start..end);
        claims.add(Label::Address, range, if sure { 0.93 } else { 0.8 }, Evidence::Pattern);
    }
}

/// An address never swallows what another recognizer has taken to its left.
fn trim_to_free(claims: &Claims, range: Range<usize>) -> Range<usize> {
    if claims.is_free(&range) {
        return range;
    }
    match claims.last_before(range.end) {
        Some(claim) if claim.range.end > range.start => claim.range.end..range.end,
        _ => range,
    }
}

/// How much a number looks like that of a house.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Shape {
    Bare,
    /// With a letter or a fraction.
    Detailed,
    /// A flat, an office or a building follows.
    Parted,
    /// «дом» stands before it.
    House,
}

/// Byte where the street before house piece `house` begins, and whether a type word or «дом» makes it certain.
fn street_start(view: &View<'_>, house: usize, shape: Shape) -> Option<(usize, bool)> {
    let words = &view.words;
    let mut first = view.pieces[house].first_word;
    let mut sure = false;
    let mut gap = words.gap(first);
    if first > 0
        && ["д", "дом", "дома", "доме", "house", "уч", "участок", "вл", "владение"].contains(&words.text(first - 1))
        && matches!(gap, " " | "." | ". " | "" | " №" | " № ")
    {
        first -= 1;
        sure = true;
        gap = words.gap(first);
    }
    if first == 0
        || !matches!(gap, " " | ", " | "," | ". " | "." | " - " | "-" | " , " | " № " | "  ")
        || gap == "-" && !sure && !is_type(view, first - 1)
    {
        return None;
    }
    let last = first - 1;
    for step in 0..NAME_WORDS_MAX {
        let Some(at) = last.checked_sub(step) else { break };
        if step > 0
            && !matches!(
                words.gap(at + 1),
                " " | "-" | ". " | "." | " «" | "«" | "» " | "" | "  " | ".«"
            )
        {
            break;
        }
        if is_type(view, at) {
            return typed_street(view, at, last).map(|start| (start, true));
        }
    }
    bare_street(view, last, if sure { Shape::House } else { shape }).map(|start| (start, sure))
}

/// A type word: «ул.», «пр-т», «б-р».
fn is_type(view: &View<'_>, index: usize) -> bool {
    let word = view.words.text(index);
    if STREETS.contains(&word) {
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

fn is_street_name(word: &str) -> bool {
    NameEntry::look_up(word).is_some_and(|entry| entry.has(bits::STREET))
}

/// Start of a street told by its name alone, ending with word `last`.
fn bare_street(view: &View<'_>, last: usize, shape: Shape) -> Option<usize> {
    let words = &view.words;
    let word = words.all[last];
    let text = words.text(last);
    if word.kind != Kind::Cyrillic || text.chars().count() < 4 {
        return None;
    }
    let capital = word.capitals == Capitals::First;
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
        || shape == Shape::House && shaped && !plain;
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

/// A house told by number alone must not be a time, a price, a date.
fn is_bare_house(view: &View<'_>, end: usize) -> bool {
    let after = view.words.index_at(end);
    let gap = view.words.gap(after);
    let rest = &view.text()[end..];
    !(gap.trim().is_empty() && NOT_HOUSE_NEXT.contains(&view.words.text(after)))
        && !rest.starts_with([':', '%'])
        && !rest.trim_start().starts_with(['₽', '%'])
}

/// End of the house and of the parts after it; whether the shape (letter, fraction, part word) is that of a house.
fn house_end(view: &View<'_>, house: usize) -> (usize, bool) {
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
fn with_letter(view: &View<'_>, end: usize, detailed: &mut bool) -> usize {
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
    matches!(gap, " " | ", " | "," | "; " | " , " | " - " | "-" | " (" | "/" | "")
}

/// «, кв. 88», « корпус 3», «, код 17К4402».
fn part_end(view: &View<'_>, end: usize) -> Option<usize> {
    let words = &view.words;
    let index = words.index_at(end);
    if index >= words.len() || !part_gap(words.gap(index)) || !PARTS.contains(&words.text(index)) {
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
            "" | " " | ". " | "." | ": " | " №" | " № " | ".№" | "-"
        )
    {
        return None;
    }
    let piece = view.pieces.iter().find(|piece| piece.first_word == value);
    let single =
        |at: usize| words.text(at).chars().count() == 1 && !matches!(words.text(at), "и" | "с" | "у" | "к" | "о" | "я");
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
    let mut end = words.all[last].end;
    while view.text()[end..].starts_with(['#', '*']) {
        end += 1;
    }
    Some(end)
}

/// «, 8 этаж», « 3 подъезд».
fn numbered_part_end(view: &View<'_>, end: usize) -> Option<usize> {
    let words = &view.words;
    let index = words.index_at(end);
    let piece = view.pieces.iter().find(|piece| piece.first_word == index)?;
    let mut part = piece.after_word;
    if words.gap(part) == "-" && ["й", "ый", "ой", "м"].contains(&words.text(part)) {
        part += 1;
    }
    let fits = part_gap(words.gap(index))
        && piece.digits.len() <= 4
        && words.gap(part) == " "
        && ["этаж", "эт", "подъезд", "под", "кв", "квартира", "корпус", "офис"].contains(&words.text(part));
    let named_next = view.pieces.iter().any(|next| next.first_word == part + 1)
        && words.gap(part + 1).trim_matches(['.', ' ']).is_empty();
    (fits && !named_next).then(|| words.all[part].end)
}

/// «Бейвеля 63, 118»: a flat without its word, closing the clause.
fn bare_flat_end(view: &View<'_>, end: usize) -> Option<usize> {
    let words = &view.words;
    let index = words.index_at(end);
    if !matches!(words.gap(index), ", " | " - ")
        || index >= words.len()
        || words.all[index].kind != Kind::Digits
        || words.text(index).len() > 3
    {
        return None;
    }
    let stop = words.all[index].end;
    let rest = &view.text()[stop..];
    (rest.is_empty()
        || rest.starts_with(['\n', ',', '.', ')', ';', '?', '!'])
            && !rest.chars().nth(1).is_some_and(|sign| sign.is_ascii_digit()))
    .then_some(stop)
}

/// Takes in what stands in the same run before the street: districts, settlement, region, index.
fn widen_left(view: &View<'_>, start: usize) -> usize {
    let words = &view.words;
    let mut start = start;
    loop {
        let index = words.index_at(start);
        if index == 0 || !matches!(words.gap(index), ", " | "," | " " | ". " | ".," | "., " | " , ") {
            return start;
        }
        match segment_start(view, index) {
            Some(first) => start = words.all[first].start,
            None => return start,
        }
    }
}

/// First word of the index, settlement, region or street that ends right before word `index`.
fn segment_start(view: &View<'_>, index: usize) -> Option<usize> {
    let words = &view.words;
    let last = index - 1;
    let word = words.all[last];
    let comma = words.gap(index).contains(',');
    if word.kind == Kind::Digits {
        return (words.text(last).len() == 6 && matches!(words.gap(index), ", " | " " | ",")).then_some(last);
    }
    if REGIONS.contains(&words.text(last))
        && last > 0
        && matches!(words.gap(last), " ")
        && words.all[last - 1].kind == Kind::Cyrillic
    {
        let adjective = ["ская", "ский", "ской", "ской", "ого", "ий"]
            .iter()
            .any(|end| words.text(last - 1).ends_with(end));
        return adjective.then_some(last - 1);
    }
    if words.text(last) == "н" && last >= 2 && words.text(last - 1) == "р" && words.gap(last) == "-" {
        return Some(last - 2);
    }
    // A settlement word stands one to three words back: «г. Нижний Новгород», «п. Западный».
    for back in 1..=3.min(last) {
        let at = last - back;
        if !matches!(words.gap(at + 1), " " | ". " | "." | "-") {
            break;
        }
        let text = words.text(at);
        let is_settlement = SETTLEMENTS.contains(&text)
            && (words.gap(at + 1).contains('.')
                || text.len() > 4
                || words.all[last].capitals == Capitals::First && text.chars().count() == 1 && text != "с");
        if is_settlement || comma && is_type(view, at) && at + 1 == last {
            return Some(at);
        }
    }
    let entry = WordEntry::look_up(words.text(last));
    let is_place = entry.is_place() && (word.capitals == Capitals::First || !entry.is_common());
    let separated = comma || is_street_start(view, index);
    if is_place && separated {
        let double = last > 0
            && matches!(words.gap(last), " " | "-")
            && words.all[last - 1].capitals == Capitals::First
            && WordEntry::look_up(words.text(last - 1)).is_place();
        let compound = last > 0 && words.gap(last) == "-" || double && words.gap(last) == "-";
        return Some(if compound { last - 1 } else { last });
    }
    None
}

fn is_street_start(view: &View<'_>, index: usize) -> bool {
    is_type(view, index) || is_street_name(view.words.text(index)) || SETTLEMENTS.contains(&view.words.text(index))
}
