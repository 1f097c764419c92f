//! What stands before a street in the same run: district, quarter, society, settlement, region, index.

use crate::lexicon::{NameEntry, bits};
use crate::view::View;
use crate::words::{Capitals, Kind};

use super::kind::{
    is_adjective, is_digits, is_function_word, is_name_gap, is_settlement_kind, is_street_kind, society_ending,
    society_kind, street_kind,
};
use super::name::{is_street_name, speaks_of_address};
use super::plain_gap;

/// Words for a region or a settlement standing after its name.
const KINDS_AFTER: &[&str] = &[
    "обл",
    "область",
    "области",
    "край",
    "края",
    "крае",
    "район",
    "района",
    "районе",
    "рн",
    "округ",
    "округа",
    "республика",
    "респ",
    "пос",
    "поселок",
    "поселке",
    "сельсовет",
    "мкр",
    "мкрн",
    "микрорайон",
];

/// Longest name of a settlement in words: «Малая Сосновка», «Старое Поле-2».
const NAME_WORDS_MAX: usize = 4;

/// Takes in what stands in the same run before the street: districts, settlement, region, index.
pub(super) fn widen_left(view: &View<'_>, start: usize) -> usize {
    let words = &view.words;
    let mut start = start;
    loop {
        let index = words.index_at(start);
        let parted = matches!(
            plain_gap(words.gap(index)),
            ", " | ","
                | " "
                | ". "
                | ".,"
                | "., "
                | " , "
                | "», "
                | "» "
                | "\", "
                | "\" "
                | "), "
                | ") "
                | "  "
                | " - "
                | "; "
                | "),"
        );
        if index == 0 || !parted {
            return start;
        }
        match segment_start(view, index) {
            Some(first) if words.all[first].start < start => start = words.all[first].start,
            _ => return start,
        }
    }
}

/// Takes in a settlement told after the house: «Аграрная 5, Уфа», «Мира 3, г. Миасс».
pub(super) fn widen_right(view: &View<'_>, end: usize) -> usize {
    let words = &view.words;
    let first = words.index_at(end);
    if first >= words.len() || !matches!(words.gap(first), ", " | " (" | ",") {
        return end;
    }
    let kind = is_settlement_kind(view, first) && matches!(words.gap(first + 1), "." | ". " | " ");
    let name = first + usize::from(kind);
    let Some(word) = words.all.get(name) else { return end };
    let entry = words.entry(name);
    let capital = word.capitals == Capitals::First;
    let closes =
        view.text()[word.end..].is_empty() || view.text()[word.end..].starts_with([' ', ',', '.', ')', '\n', '!', '?']);
    let place = capital && entry.is_place() && (!entry.is_common() || kind);
    // «Мира 3, Уфа, Ленина 5»: the place of another address.
    let another = (1..=3).any(|step| is_digits(view, name + step)) && words.gap(name + 1).starts_with([',', ' ']);
    if place && closes && !another { word.end } else { end }
}

/// First word of the index, settlement, region or society that ends right before word `index`.
fn segment_start(view: &View<'_>, index: usize) -> Option<usize> {
    let words = &view.words;
    let last = index - 1;
    let gap = words.gap(index);
    let comma = gap.contains([',', '\n', ';']);
    // «тер. СНТ Тополёк»
    if matches!(words.text(last), "тер" | "территория" | "территории") {
        return Some(last);
    }
    if let Some(first) = named_segment(view, index) {
        return Some(first);
    }
    // «кв. 7, ул. Ленина, д. 24»
    if is_digits(view, last)
        && last > 0
        && comma
        && matches!(
            words.text(last - 1),
            "кв" | "квартира" | "офис" | "оф" | "подъезд" | "комната"
        )
    {
        return Some(last - 1);
    }
    if is_digits(view, last) {
        return (words.text(last).len() == 6 && !gap.contains(['.', ')'])).then_some(last);
    }
    if let Some(piece) = view
        .pieces
        .get(view.pieces.partition_point(|piece| piece.after_word < index))
        && piece.spoken
        && piece.after_word == index
    {
        return (piece.digits.len() == 6).then_some(piece.first_word);
    }
    // «Челябинская обл.», «Кировский пос», «Октябрьский р-н»
    let hyphened = words.text(last) == "н" && last >= 2 && words.text(last - 1) == "р" && words.gap(last) == "-";
    let kind = if hyphened { last - 1 } else { last };
    if (hyphened || KINDS_AFTER.contains(&words.text(last))) && kind > 0 && words.gap(kind) == " " {
        let before = words.text(kind - 1);
        if words.all[kind - 1].kind == Kind::Cyrillic && is_adjective(before) {
            return Some(kind - 1);
        }
    }
    bare_place(view, index, comma)
}

/// Whether a word is a given name or a frequent surname.
fn is_person(word: &str) -> bool {
    let given = bits::GIVEN_MALE | bits::GIVEN_FEMALE | bits::DIMINUTIVE_MALE | bits::DIMINUTIVE_FEMALE;
    NameEntry::look_up(word).is_some_and(|entry| entry.has(given) || entry.surname_count() > RARE_SURNAME_COUNT)
}

/// Surnames this rare, as a logarithm, are more likely the names of places.
const RARE_SURNAME_COUNT: u64 = 5;

/// «г. Нижний Новгород», «мкр. Парковый-2», «СНТ «Вишнёвый»», «ГСК 407,», «деревня Малая Сосновка», «пр. Гагарина,».
fn named_segment(view: &View<'_>, index: usize) -> Option<usize> {
    let words = &view.words;
    let last = index - 1;
    let comma = words.gap(index).contains([',', '\n', ';', '»', '"']);
    for back in 1..=NAME_WORDS_MAX.min(last) {
        let at = last - back;
        if !is_name_gap(plain_gap(words.gap(at + 1))) && !words.gap(at + 1).trim_matches([' ', '.', '-']).eq("№") {
            return None;
        }
        if let Some(first) = society_ending(view, at) {
            return Some(first);
        }
        let text = words.text(at);
        let name = at + 1;
        let capital = words.all[name].capitals != Capitals::None;
        if let Some(width) = society_kind(view, at)
            && at + width <= last
            && !is_function_word(words.text(at + width))
            && (comma || words.all[at + width].capitals != Capitals::None || is_street_kind(view, index))
        {
            return Some(at);
        }
        if street_kind(view, at).is_some_and(|width| at + width <= last)
            && comma
            && back <= 3
            && !is_function_word(words.text(name))
        {
            return Some(at);
        }
        let one_letter = text.chars().count() == 1;
        // «г.р., г. Челябинск»
        let is_settlement = is_settlement_kind(view, at)
            && words.text(name).chars().count() > 1
            && !is_function_word(words.text(name))
            && !is_digits(view, name)
            && if one_letter {
                (words.gap(name).contains('.') || capital && text != "с")
                    && (capital || comma || is_street_kind(view, index))
            } else {
                words.gap(name).contains('.')
                    || capital
                    || text.chars().count() > 3 && (comma || is_street_kind(view, index))
            };
        if is_settlement {
            // «р.п. Роза»
            let compound =
                at > 0 && matches!(words.text(at - 1), "р" | "с" | "м" | "пос") && words.gap(at) == "." && one_letter;
            return Some(if compound { at - 1 } else { at });
        }
        if is_function_word(text) || words.all[at].kind == Kind::Latin {
            return None;
        }
    }
    None
}

/// «Челябинск,», «Тюбуке, ул. …», «Аргаяш Комсомольская 8»: a place without its kind.
fn bare_place(view: &View<'_>, index: usize, comma: bool) -> Option<usize> {
    let words = &view.words;
    let last = index - 1;
    let word = words.all[last];
    let text = words.text(last);
    if word.kind != Kind::Cyrillic || is_function_word(text) {
        return None;
    }
    let capital = matches!(word.capitals, Capitals::First | Capitals::All);
    // «Чел-ск»
    let cut = last > 0 && text == "ск" && words.gap(last) == "-" && words.all[last - 1].kind == Kind::Cyrillic;
    if cut && (comma || is_street_kind(view, index)) {
        return Some(last - 1);
    }
    // «Усть-Катав»
    let compound = last > 0 && words.gap(last) == "-" && words.all[last - 1].capitals == Capitals::First;
    let first = if compound { last - 1 } else { last };
    let entry = words.entry(last);
    // «Заберите: Шершни, ул. …», «Живу в Тюбуке, ул. …»: an unknown place before a street told by its kind.
    let indexed = last > 0 && is_digits(view, last - 1) && words.text(last - 1).len() == 6;
    let after_preposition =
        last > 0 && words.gap(last) == " " && matches!(words.text(last - 1), "в" | "из" | "с" | "на" | "до");
    let opens = last == 0 || words.gap(last).contains([':', '\n', '.', ';']) || indexed || after_preposition;
    let plain = entry.is_common() && entry.lower_count() >= 3;
    let unknown = NameEntry::look_up(text).is_none() && !plain;
    let stranger = NameEntry::look_up(text).is_none() && !entry.is_common();
    if words.gap(index).contains(',')
        && stranger
        && text.chars().count() > 3
        && (is_street_kind(view, index) || is_settlement_kind(view, index))
    {
        return Some(first);
    }
    if comma && opens && capital && is_street_kind(view, index) && (indexed || unknown) {
        return Some(first);
    }
    // «прописан Трёхгорный, Карла Маркса 41», «куда: Шершни, ул. …»
    let spoken = last > 0 && words.gap(last).trim_matches(' ').len() <= 1 && speaks_of_address(words.text(last - 1));
    let named = capital || (stranger || is_adjective(text)) && is_street_kind(view, index);
    if words.gap(index).starts_with(',')
        && named
        && (spoken || opens && words.gap(last).contains(':'))
        && !is_person(text)
    {
        return Some(first);
    }
    let typed = words.gap(index).starts_with(',') && is_street_kind(view, index);
    let is_place = entry.is_place() && (capital || !entry.is_common() || typed);
    let begins = is_street_kind(view, index) || is_street_name(words.text(index)) || is_settlement_kind(view, index);
    let separated = comma || begins || plain_gap(words.gap(index)) != words.gap(index);
    let short = matches!(
        text,
        "екб" | "мск" | "спб" | "члб" | "чел" | "нск" | "влг" | "мгн" | "питер" | "питере"
    ) && (comma || begins);
    if !(is_place && separated || short) {
        return None;
    }
    let double = last > 0
        && matches!(words.gap(last), " " | "-")
        && words.all[last - 1].capitals == Capitals::First
        && (words.gap(last) == "-" || words.entry(last - 1).is_place());
    Some(if double { last - 1 } else { last })
}
