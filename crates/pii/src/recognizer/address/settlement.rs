//! What stands before a street in the same run: district, settlement, region, index.

use std::sync::LazyLock;

use crate::lexicon::NameEntry;
use crate::stems::Stems;
use crate::view::View;
use crate::words::{Capitals, Kind};

use super::plain_gap;
use super::street::{is_street_name, is_type};

/// Words for a settlement or a region standing before its name.
static SETTLEMENTS: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "г гор город п пос поселок пгт с село д дер деревня ст станица х хутор респ республика обл рп мкр \
         микрорайон район мкрн",
    )
});

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

/// Takes in what stands in the same run before the street: districts, settlement, region, index.
pub(super) fn widen_left(view: &View<'_>, start: usize) -> usize {
    let words = &view.words;
    let mut start = start;
    loop {
        let index = words.index_at(start);
        if index == 0
            || !matches!(
                plain_gap(words.gap(index)),
                ", " | "," | " " | ". " | ".," | "., " | " , "
            )
        {
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
    let comma = words.gap(index).contains([',', '\n']);
    if word.kind == Kind::Digits {
        // «ГСК 407, »: a garage or garden society told by its number.
        let society = comma && last > 0 && ["гск", "гк", "пгк", "снт", "днт"].contains(&words.text(last - 1));
        if society && words.gap(last).trim_matches([' ', '№', '-']).is_empty() {
            return Some(last - 1);
        }
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
        let is_settlement = SETTLEMENTS.has(text)
            && (words.gap(at + 1).contains('.')
                || text.len() > 4
                || words.all[last].capitals == Capitals::First && text.chars().count() == 1 && text != "с");
        if is_settlement || comma && is_type(view, at) && at + 1 == last {
            return Some(at);
        }
    }
    // «Заберите: Шершни, ул. …»: an unknown place opening the run before a street's type.
    let indexed = last > 0 && words.all[last - 1].kind == Kind::Digits && words.text(last - 1).len() == 6;
    let opens = last == 0 || words.gap(last).contains([':', '\n']) || indexed && words.gap(last).starts_with(',');
    if comma
        && opens
        && word.capitals == Capitals::First
        && word.kind == Kind::Cyrillic
        && is_type(view, index)
        && (indexed || NameEntry::look_up(words.text(last)).is_none())
    {
        return Some(last);
    }
    let entry = words.entry(last);
    let is_place = entry.is_place() && (word.capitals == Capitals::First || !entry.is_common());
    let separated = comma || is_street_start(view, index) || plain_gap(words.gap(index)) != words.gap(index);
    if is_place && separated {
        let double = last > 0
            && matches!(words.gap(last), " " | "-")
            && words.all[last - 1].capitals == Capitals::First
            && words.entry(last - 1).is_place();
        let compound = last > 0 && words.gap(last) == "-" || double && words.gap(last) == "-";
        return Some(if compound { last - 1 } else { last });
    }
    None
}

fn is_street_start(view: &View<'_>, index: usize) -> bool {
    is_type(view, index) || is_street_name(view.words.text(index)) || SETTLEMENTS.has(view.words.text(index))
}
