//! The house: its number with letter and fraction, and where it ends with all parts.

use std::ops::Range;
use std::sync::LazyLock;

use crate::stems::Stems;
use crate::view::View;

use super::kind::street_kind;
use super::name::is_street_name;
use super::part::{next_part, part_end, piece_at};
use crate::words::{Capitals, Kind};

/// Words that follow a number which is no house: times, measures, money.
static NOT_HOUSE_NEXT: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "минут мин минуты минуту секунд час часа часов ч руб рубля рубль тыс тысяч тыщ грн процентов процента рублями рублей р км м дней дня лет год года г шт раз раза марта мая января февраля \
         апреля июня июля августа сентября октября ноября декабря утра вечера человек чел метров метра метры литров литра мест места штук штуки сеанс \
         сеанса сеансов процедур визит визита размер размера градусов недели неделю недель месяца месяцев месяц суток заказ \
         заказа заказов бутылок бутылки бут позиции позиций пары пар мл мг гр кг см мм м2 кв лс сил баллов класс класса звонка \
         звонков комплекта комплект колеса колес остановки остановка",
    )
});

/// A house told by number alone must not be a time, a price, a date.
pub(super) fn is_bare_house(view: &View<'_>, end: usize) -> bool {
    let after = view.words.index_at(end);
    let gap = view.words.gap(after);
    let rest = &view.text()[end..];
    let word = view.words.text(after);
    // «45 кв 12» is a flat, «45 кв м» a measure.
    let flat = word == "кв" && piece_at(view, after + 1).is_some();
    let measured = gap.trim().is_empty() && NOT_HOUSE_NEXT.has(word) && !flat;
    let digit = |rest: &str| rest.starts_with(|sign: char| sign.is_ascii_digit());
    let signed = rest.starts_with([':', '%', '+'])
        || rest.trim_start().starts_with(['₽', '%', '$', '€'])
        || rest.starts_with('.') && digit(&rest[1..]);
    !measured && !signed
}

/// End of the house and of the parts after it; whether the shape (letter, fraction, part word) is that of a house.
pub(super) fn house_end(view: &View<'_>, house: usize) -> (usize, bool) {
    let piece = &view.pieces[house];
    let mut end = piece.end;
    let mut detailed = false;
    let mut next = house + 1;
    end = with_letter(view, end, &mut detailed);
    // «Ленина 5 дом, кв 7»
    let after = view.words.index_at(end);
    if view.words.text(after) == "дом" && view.words.gap(after) == " " && piece_at(view, after + 1).is_none() {
        end = view.words.all[after].end;
        detailed = true;
    }
    while let Some(following) = view.pieces.get(next).filter(|_| next <= house + FRACTIONS_MAX) {
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
    // «ленина сорок четыре семь» is told without any word between, and so is «Бейвеля 63, 118».
    for _ in 0..PARTS_MAX {
        match next_part(view, end) {
            Some(after) => {
                end = after;
                detailed = true;
            }
            None => match bare_flat_end(view, end) {
                Some(after) => {
                    let after = with_parts(view, after);
                    return (after, true);
                }
                None => return (end, detailed),
            },
        }
    }
    (end, detailed)
}

/// «5/1-12-3»: so many numbers at most follow the first one.
const FRACTIONS_MAX: usize = 4;
/// No address has more parts; a limit keeps the work linear in the text.
const PARTS_MAX: usize = 16;

/// The end of all parts that follow byte `end`.
fn with_parts(view: &View<'_>, end: usize) -> usize {
    let mut end = end;
    for _ in 0..PARTS_MAX {
        match next_part(view, end) {
            Some(after) => end = after,
            None => break,
        }
    }
    end
}

/// «156в», «59 б», «49 А», «5 "Б"».
pub(super) fn with_letter(view: &View<'_>, end: usize, detailed: &mut bool) -> usize {
    let rest = &view.text()[end..];
    if let Some(after) = hyphened_letter(view, end) {
        *detailed = true;
        return after;
    }
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
    let after = view.text().len() - tail.len();
    if goes_on
        || spaced
            && !may_stand_apart(letter, tail)
            && !(letter != 'к' && letter != 'д' && letter != 'п' && part_end(view, after).is_some())
    {
        return end;
    }
    *detailed = true;
    view.text().len() - tail.len()
}

/// «18-б», «дом 9-й».
fn hyphened_letter(view: &View<'_>, end: usize) -> Option<usize> {
    let tail = view.text()[end..].strip_prefix('-')?;
    let letter = tail.chars().next().filter(|letter| ('а'..='я').contains(letter))?;
    let after = end + 1 + letter.len_utf8();
    // «8-е место», but «дом 9-й»
    let ending = matches!(letter, 'й' | 'я' | 'е' | 'м' | 'х');
    let number = view.words.index_at(end.saturating_sub(1));
    let worded = number > 0 && matches!(view.words.text(number - 1), "дом" | "д" | "доме" | "дома");
    if ending && !worded {
        return None;
    }
    (letter != 'к' && !view.after(after).is_some_and(char::is_alphanumeric)).then_some(after)
}

/// Whether a letter after a space is a part of the house: «59 б», but «5 в корпусе», «5 а потом», «5 д. 3».
fn may_stand_apart(letter: char, tail: &str) -> bool {
    let word_follows = tail
        .strip_prefix(' ')
        .is_some_and(|rest| rest.starts_with(char::is_alphabetic));
    match letter {
        'а' | 'в' => !word_follows,
        'д' => !tail.starts_with(['.', ' ']),
        'б' | 'г' => true,
        _ => false,
    }
}

/// «Бейвеля 63, 118»: a flat without its word, closing the clause.
fn bare_flat_end(view: &View<'_>, end: usize) -> Option<usize> {
    let words = &view.words;
    let index = words.index_at(end);
    let piece = piece_at(view, index)?;
    // «ленина семь семь»
    let said = words.gap(index) == " " && piece.spoken && {
        let before = view.pieces.partition_point(|before| before.end < end);
        view.pieces
            .get(before)
            .is_some_and(|before| before.end == end && before.spoken)
    };
    // «чичерина 38б 112, 3 подъезд», «труда 9 14»: house and flat of a known street, a space apart.
    let apart = words.gap(index) == " " && !piece.spoken && is_house_of_street(view, index);
    if !said && !apart && !matches!(words.gap(index), ", " | " - " | ",") {
        return None;
    }
    if piece.digits.len() > 3 || piece.ordinal {
        return None;
    }
    let stop = piece.end;
    if !is_bare_house(view, stop) {
        return None;
    }
    let rest = &view.text()[stop..];
    if next_part(view, stop).is_some() {
        return Some(stop);
    }
    (rest.is_empty()
        || rest.starts_with(['\n', ',', '.', ')', ';', '?', '!'])
            && !rest.chars().nth(1).is_some_and(|sign| sign.is_ascii_digit()))
    .then_some(stop)
}

/// «тридцать второй дом по Братьев Кашириных, пятый подъезд», «кв 18 в седьмом доме на Лесной»: the number of the house
/// stands before «дом», its street after it.
pub(super) fn house_of_street(view: &View<'_>, house: usize) -> Option<Range<usize>> {
    let words = &view.words;
    let piece = &view.pieces[house];
    let mut named = piece.after_word;
    if matches!(words.text(named), "й" | "м" | "ом" | "ой" | "ый") && words.gap(named) == "-" {
        named += 1;
    }
    let preposition = named + 1;
    if piece.digits.len() > 3
        || !matches!(words.text(named), "дом" | "доме" | "дома" | "дому")
        || !matches!(words.text(preposition), "по" | "на")
    {
        return None;
    }
    let name = preposition + 1 + street_kind(view, preposition + 1).unwrap_or(0);
    let told = words.all.get(name).is_some_and(|word| word.kind == Kind::Cyrillic);
    if !told || !(named..=name).all(|index| matches!(words.gap(index), " " | ". ")) {
        return None;
    }
    let mut last = name;
    let titled = matches!(
        words.text(name),
        "братьев" | "карла" | "розы" | "героев" | "академика" | "маршала" | "сони"
    );
    // «Братьев Кашириных»
    if words.gap(name + 1) == " "
        && words.all.get(name + 1).is_some()
        && (is_street_name(words.text(name + 1)) || titled)
    {
        last += 1;
    }
    let typed = name > preposition + 1;
    let text = words.text(last);
    let adjective = text.chars().count() > 5
        && ["ской", "цкой", "овой", "евой", "ной"]
            .iter()
            .any(|tail| text.ends_with(tail));
    if !(typed || is_street_name(text) || adjective || titled && last > name) {
        return None;
    }
    let end = with_parts(view, words.all[last].end);
    // «кв 18 в седьмом доме»
    let mut first = piece.first_word;
    let flat = first >= 3
        && matches!(words.text(first - 1), "в" | "во")
        && words.all[first - 2].kind == Kind::Digits
        && matches!(words.text(first - 3), "кв" | "квартира" | "квартире" | "квартиру");
    if flat {
        first -= 3;
    }
    Some(words.all[first].start..end)
}

/// Whether the words right before word `flat` are a known street and its house.
fn is_house_of_street(view: &View<'_>, flat: usize) -> bool {
    let words = &view.words;
    let digits = |index: usize| words.all[index].kind == Kind::Digits && words.text(index).len() <= 3;
    let Some(mut house) = flat.checked_sub(1) else {
        return false;
    };
    if house > 0 && words.text(house).chars().count() == 1 && !digits(house) && words.gap(house).is_empty() {
        house -= 1;
    }
    house > 0
        && digits(house)
        && matches!(words.gap(house), " " | ", ")
        && words.all[house - 1].kind == Kind::Cyrillic
        && is_street_name(words.text(house - 1))
        && words.text(house - 1).chars().count() >= STREET_LETTERS_MIN
        && (house < 2 || !matches!(words.text(house - 2), "от" | "до" | "в"))
}

/// A shorter word is a street by chance.
const STREET_LETTERS_MIN: usize = 4;

/// «дом 7 кв 12 по улице Полевой»: the street told after its house.
pub(super) fn street_after(view: &View<'_>, house: usize, end: usize) -> Option<Range<usize>> {
    let words = &view.words;
    let named = view.pieces[house].first_word.checked_sub(1)?;
    let first = words.index_at(end);
    if !matches!(
        words.text(named),
        "дом" | "д" | "доме" | "дома" | "стр" | "строение" | "вл" | "владение" | "участок"
    ) || !matches!(words.text(first), "по" | "на")
    {
        return None;
    }
    let kind = first + 1;
    // «дом 17 по Мира»
    let told = words.text(kind);
    let adjective = told.chars().count() > 5
        && ["ской", "цкой", "овой", "евой", "иной"]
            .iter()
            .any(|tail| told.ends_with(tail));
    if words.text(first) == "по" && words.gap(kind) == " " && (is_street_name(told) || adjective) {
        let end = words.all[kind].end;
        return Some(words.all[named].start..part_end(view, end).unwrap_or(end));
    }
    let width = street_kind(view, kind)?;
    let name = kind + width;
    let told = name < words.len()
        && words.gap(kind) == " "
        && matches!(words.gap(name), " " | ". " | ".")
        && words.all[name].kind == Kind::Cyrillic;
    told.then(|| {
        let last = name
            + usize::from(
                words.gap(name + 1) == " "
                    && words
                        .all
                        .get(name + 1)
                        .is_some_and(|next| next.capitals == Capitals::First),
            );
        let end = words.all[last].end;
        words.all[named].start..next_part(view, end).unwrap_or(end)
    })
}
