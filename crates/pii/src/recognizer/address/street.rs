//! The street before a house: a word of its kind and a name in either order, or a name alone.

use crate::lexicon::NameEntry;
use crate::view::View;
use crate::words::{Capitals, Kind};

use super::kind::{
    is_adjective, is_ambiguous_kind, is_digits, is_function_word, is_name_gap, is_settlement_kind, is_street_kind,
    society_ending, society_kind, street_kind, street_kind_ending,
};
use super::name::{House, is_street_name, name_start, untyped_street};
use super::settlement::widen_right;
use super::{Shape, plain_gap};

/// Longest name of a street in words: «40-летия Победы», «Героев Сталинградской битвы», «Ю. А. Гагарина».
const NAME_WORDS_MAX: usize = 6;
/// A street name a house may be glued to has at least four letters.
const GLUED_NAME_BYTES_MIN: usize = 8;

/// Digits of a house told by its street alone.
const HOUSE_DIGITS_MAX: usize = 3;

/// The street before a house.
pub(super) struct Street {
    /// Byte where it begins.
    pub(super) start: usize,
    /// Told by a word of its kind, by «дом» or by the words around.
    pub(super) sure: bool,
    /// «дом» or such stands before the number, so that it counts nothing.
    pub(super) worded: bool,
}

/// The street that stands before house piece `house`.
pub(super) fn street_before(view: &View<'_>, house: usize, shape: Shape, heard: bool, end: usize) -> Option<Street> {
    let words = &view.words;
    let piece = &view.pieces[house];
    let worded = house_word(view, house);
    let mut first = worded.unwrap_or(view.pieces[house].first_word);
    // «на Лесной в доме 5»
    if worded.is_some() && first > 1 && matches!(words.text(first - 1), "в" | "во") && words.gap(first - 1) == " " {
        first -= 1;
    }
    let gap = plain_gap(words.gap(first));
    let parted = matches!(
        gap,
        "" | "_"
            | " * "
            | " / "
            | " | "
            | " "
            | ", "
            | ","
            | ". "
            | "."
            | " - "
            | "-"
            | " , "
            | " № "
            | "  "
            | "., "
            | "» "
            | "», "
            | "\" "
            | "\", "
            | " («"
            | ".,"
            | " ("
    );
    let last = first.checked_sub(1).filter(|_| parted)?;
    // «ул Берёзовая17»: the house glued to a street.
    let long =
        words.all[last].kind == Kind::Cyrillic && words.all[last].end - words.all[last].start >= GLUED_NAME_BYTES_MIN;
    if gap.is_empty() && !long {
        return None;
    }
    if let Some(first) = typed_street(view, last, worded.is_some(), shape) {
        return Some(Street {
            start: words.all[first].start,
            sure: true,
            worded: worded.is_some(),
        });
    }
    if gap == "-" && !(words.all[last].capitals == Capitals::First && is_street_name(words.text(last))) {
        return None;
    }
    if gap.is_empty() && !(shape >= Shape::Parted && is_street_name(words.text(last))) {
        return None;
    }
    let shape = if worded.is_some_and(|word| names_house(words.text(word))) {
        Shape::House
    } else {
        shape
    };
    let aside = gap.contains(',');
    let dated = matches!(piece.digits.parse(), Ok(1900..=2035)) && shape <= Shape::Detailed;
    let timed = is_hour(view, house);
    let rest = &view.text()[piece.end..];
    let closes =
        rest.is_empty() || rest.starts_with([',', '\n', ';', ')', '!', '?']) || rest == "." || rest.starts_with(". ");
    // «щитовидки 1400»: no house has four digits where nothing says that it is one.
    if piece.digits.len() > HOUSE_DIGITS_MAX && worded.is_none() {
        return None;
    }
    let (first, sure) = untyped_street(
        view,
        House {
            shape,
            aside,
            last,
            heard,
            dated,
            timed,
            closes,
            settled: widen_right(view, end) > end,
        },
    )?;
    Some(Street {
        start: words.all[first].start,
        sure,
        worded: worded.is_some(),
    })
}

/// «12-30», «9-00»: an hour as well as a house and a flat.
fn is_hour(view: &View<'_>, house: usize) -> bool {
    let minutes = |index: usize| {
        let piece = view.pieces.get(index)?;
        (view.gap_before(index) == "-" && piece.digits.len() == 2 && piece.digits.ends_with(['0', '5']))
            .then_some(piece)
    };
    let hours = view.pieces[house]
        .digits
        .parse()
        .is_ok_and(|hour: u32| (8..=22).contains(&hour));
    hours && minutes(house + 1).is_some_and(|piece| piece.digits.as_str() < "60")
}

/// Whether «дом» or such stands before a number: «дом девятый».
pub(super) fn is_worded(view: &View<'_>, house: usize) -> bool {
    house_word(view, house).is_some_and(|word| names_house(view.words.text(word)))
}

/// First word of «дом», «д.», «дом номер», «участок №», «бокс» before a house.
fn house_word(view: &View<'_>, house: usize) -> Option<usize> {
    let words = &view.words;
    let mut first = view.pieces[house].first_word;
    let mut gap = plain_gap(words.gap(first));
    if first > 1
        && matches!(words.text(first - 1), "номер" | "ном" | "н")
        && words.text(first - 2).starts_with(['д', 'у', 'б', 'г'])
    {
        first -= 1;
        gap = " ";
    }
    let before = first.checked_sub(1)?;
    let named = matches!(
        words.text(before),
        "д" | "дом"
            | "дома"
            | "доме"
            | "house"
            | "уч"
            | "участок"
            | "участка"
            | "участке"
            | "вл"
            | "владение"
            | "домик"
            | "здание"
            | "зд"
            | "дм"
            | "бокс"
            | "боксе"
            | "бокса"
            | "гараж"
            | "стр"
            | "строение"
            | "корпус"
            | "корп"
            | "домовладение"
            | "коттедж"
            | "таунхаус"
            | "ангар"
            | "павильон"
            | "комната"
            | "комн"
            | "ком"
    );
    let joined = gap.chars().count() <= 4 && gap.chars().all(|sign| matches!(sign, ' ' | '.' | '№' | ':' | '#'));
    (named && joined).then_some(before)
}

/// Words no number but that of a house or a plot follows; «корпус 3» and «бокс 5» need a street of a kind before.
fn names_house(word: &str) -> bool {
    matches!(
        word,
        "д" | "дом" | "доме" | "house" | "вл" | "владение" | "домовладение" | "зд" | "уч" | "участок"
    )
}

/// First word of a street whose kind is told, ending with word `last`.
fn typed_street(view: &View<'_>, last: usize, worded: bool, shape: Shape) -> Option<usize> {
    let words = &view.words;
    if let Some(kind) = street_kind_ending(view, last)
        && let Some(first) = name_before_kind(view, kind, worded || shape >= Shape::Parted)
    {
        return Some(first);
    }
    for step in 0..NAME_WORDS_MAX {
        let Some(at) = last.checked_sub(step) else { break };
        let gap = plain_gap(words.gap(at + 1));
        let numbered = gap.trim_matches(' ') == "№" && society_kind(view, at).is_some();
        if step > 0 && !is_name_gap(gap) && !numbered {
            break;
        }
        let society = (worded || shape >= Shape::Parted)
            .then(|| society_ending(view, at))
            .flatten();
        if let Some(first) = society.filter(|_| at < last) {
            return Some(first);
        }
        let village = worded && is_settlement_kind(view, at) && !matches!(words.text(at), "г" | "гор" | "город");
        let told = words.gap(at + 1).contains('.')
            || words.all[at + 1].capitals != Capitals::None && words.text(at).chars().count() > 1;
        if village && at < last && told && is_named(view, at + 1, last) {
            return Some(at);
        }
        let width =
            street_kind(view, at).or_else(|| society_kind(view, at).filter(|_| worded || shape >= Shape::Parted));
        if let Some(width) = width {
            let named = at + width <= last && is_named(view, at + width, last);
            return named.then(|| with_adjective(view, at));
        }
        // «на улице минус 10»: an everyday word is no part of a name, unless it is the adjective right after the kind.
        let text = words.text(at);
        let everyday = words.all[at].capitals == Capitals::None && words.entry(at).lower_count() >= 8;
        let after_kind = at > 0 && is_street_kind(view, at - 1) && is_adjective(text);
        let ordinal = matches!(text, "я" | "й") && words.gap(at) == "-";
        if ordinal {
            continue;
        }
        if is_function_word(text)
            || everyday && !after_kind && !is_street_name(text) && !matches!(text, "лет" | "летия")
        {
            break;
        }
    }
    None
}

/// «гаражный кооператив 4», «садовое товарищество «Заря»»: the adjective belongs to the kind.
fn with_adjective(view: &View<'_>, kind: usize) -> usize {
    let adjective = [
        "гаражн",
        "садов",
        "коллективн",
        "потребительск",
        "жил",
        "коттеджн",
        "дачн",
    ];
    let before = kind.checked_sub(1).filter(|_| view.words.gap(kind) == " ");
    before
        .filter(|before| adjective.iter().any(|stem| view.words.text(*before).starts_with(stem)))
        .unwrap_or(kind)
}

/// Whether words `first` to `last` can name a place: «ул. в 15» and «площадь 45» have no name, «линия 14» has.
fn is_named(view: &View<'_>, first: usize, last: usize) -> bool {
    !is_function_word(view.words.text(first)) && (first..=last).any(|at| view.words.all[at].kind != Kind::Latin)
}

/// First word of the name that stands before its kind: «Копейское шоссе 5б», «3-я линия», «11 мкр», «Победы пр-т».
fn name_before_kind(view: &View<'_>, kind: usize, certain: bool) -> Option<usize> {
    let words = &view.words;
    let before = kind.checked_sub(1)?;
    if !matches!(words.gap(kind), " " | "-" | "  ") {
        return None;
    }
    let text = words.text(before);
    let ambiguous = is_ambiguous_kind(words.text(kind));
    if is_digits(view, before) {
        return (!ambiguous || certain)
            .then_some(before)
            .filter(|_| words.text(before).len() <= 3);
    }
    // «3-я линия»
    let ending = matches!(text, "я" | "й" | "ая" | "ый" | "ой")
        && before > 0
        && words.gap(before) == "-"
        && is_digits(view, before - 1);
    if ending {
        return Some(before - 1);
    }
    let capital = words.all[before].capitals == Capitals::First || words.all[before].capitals == Capitals::All;
    let told = is_adjective(text) && (!ambiguous || capital && certain)
        || (capital || certain) && is_street_name(text) && !is_function_word(text);
    let piece = view
        .pieces
        .get(view.pieces.partition_point(|piece| piece.after_word < kind));
    let ordinal = piece.is_some_and(|piece| piece.ordinal && piece.after_word == kind);
    if !(told || ordinal) || is_function_word(text) {
        return None;
    }
    let mut first = name_start(view, before).0;
    // «Большой Сибирский тракт», «Верхне-Уральское шоссе»
    while first > 0
        && before - first < 2
        && (words.gap(first) == "-" || words.gap(first) == " " && is_adjective(words.text(first - 1)))
        && words.all[first - 1].capitals == Capitals::First
        && words.all[first - 1].kind == Kind::Cyrillic
        && NameEntry::look_up(words.text(first - 1)).is_none_or(|_| is_adjective(words.text(first - 1)))
    {
        first -= 1;
    }
    Some(first)
}
