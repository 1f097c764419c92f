//! Registration plates: «А123ВС 74», trailers «АМ 4417 74», dictated «эм триста четырнадцать ус семьдесят четыре».
//!
//! Only the twelve letters common to both scripts stand on Russian plates.

use std::ops::Range;
use std::sync::LazyLock;

use crate::cue::{Cue, cue_before, stem_before};
use crate::finding::Evidence;
use crate::label::Label;
use crate::stems::Stems;
use crate::view::{Claims, View};
use crate::words::Capitals;

use super::plate_form;

/// Words of vehicles, their papers and places.
static VEHICLES: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "госном машин авто прицеп полуприц мото такси пропуск тачк фур тягач скутер мопед трактор автобус \
         маршрут грузов парков припарк стоянк шлагбаум легков пассажирк внедорож кроссовер седан универсал эвакуат \
         водител таксист снегоход квадроцик экскават самосвал катер лад приор грант калин весту веста вест \
         нив газел уаз камаз маз матиз некси кобальт тойот камри королл ниссан хонд мазд субару митсуб лексус инфинит \
         киа рио хендай хенде хундай солярис крет туссан форд фокус рено логан дастер сандеро шкод октави фольксваген \
         поло пассат бмв бэх мерс ауди опел шевроле лансер джили чери хавал вольво порш пежо ситроен ямах сузуки кавасаки \
         харле урал иж днепр ваз жигул шестерк семерк девятк десятк волг москвич саманд джип фит прадо крузак тиид toyota \
         kia bmw audi lada nissan honda mazda ford skoda авенсис рав ларгус буханк бус микроавт",
    )
});

/// Words between a plate and one of vehicles.
const REACH: usize = 6;
const REACH_AFTER: usize = 4;

/// Claims all plates.
pub(crate) fn claim(view: &View<'_>, claims: &mut Claims) {
    for piece in 0..view.pieces.len() {
        if let Some((range, announced)) = car(view, piece) {
            add(claims, range, announced);
        }
    }
    for piece in 0..view.pieces.len() {
        let word = view.pieces[piece].first_word;
        if view.pieces[piece].spoken {
            continue;
        }
        if cue_before(view, word, 3).is_some_and(|(cue, _)| matches!(cue, Cue::Goods | Cue::Organisation)) {
            continue;
        }
        let listed =
            |first: usize, after: usize| is_vehicle_near(view, first, after) || follows_plate(view, claims, first);
        let left = word
            .checked_sub(1)
            .and_then(|left| plate_form::plate(view, left, listed));
        if let Some((range, announced)) = left.or_else(|| plate_form::plate(view, word, listed)) {
            let next = piece
                + view.pieces[piece..]
                    .iter()
                    .take_while(|next| next.start < range.end)
                    .count();
            let whole = if ends_with_digits(view, &range) {
                range
            } else {
                with_region(view, range, next)
            };
            add(claims, whole, announced);
        }
    }
}

fn add(claims: &mut Claims, range: Range<usize>, announced: bool) {
    let (confidence, evidence) = if announced {
        (0.97, Evidence::Cue)
    } else {
        (0.9, Evidence::Pattern)
    };
    claims.add(Label::Plate, range, confidence, evidence);
}

fn ends_with_digits(view: &View<'_>, range: &Range<usize>) -> bool {
    let text = view.words.slice(range.clone());
    let letters = text.trim_end_matches(|sign: char| sign.is_ascii_digit());
    text.len() - letters.len() == 2 || text.len() - letters.len() == 3
}

/// «Газель У118ВК 74 и пассажирку ХЕ 40674»: another plate stands before in the same list.
fn follows_plate(view: &View<'_>, claims: &Claims, first: usize) -> bool {
    let start = view.words.all[first].start;
    claims.last_before(start).is_some_and(|claim| {
        claim.label == Label::Plate
            && matches!(
                view.text()[claim.range.end..start].trim(),
                "," | "и" | ", и" | ";" | "/" | "или"
            )
    })
}

fn is_vehicle_near(view: &View<'_>, first: usize, after: usize) -> bool {
    let same_clause = |index: usize| !view.words.gap(index).contains(['\n', '!', '?']);
    // «номер истории С-1987/02»: «номер» is of whatever is named beside.
    let other = cue_before(view, first, REACH).is_some_and(|(cue, _)| {
        !matches!(
            cue,
            Cue::Plate | Cue::Phone | Cue::Vin | Cue::VehiclePaper | Cue::License
        )
    });
    let numbered = stem_before(view, first, REACH_AFTER, &["номер", "гос", "учет", "регион"])
        || cue_before(view, first, REACH_AFTER).is_some_and(|(cue, _)| cue == Cue::Plate);
    numbered && !other
        || (1..=REACH.min(first))
            .take_while(|back| *back == 1 || same_clause(first - back + 1))
            .any(|back| VEHICLES.begins(view.words.text(first - back)))
        || (after..after + REACH_AFTER)
            .take_while(|index| same_clause(*index))
            .any(|index| VEHICLES.begins(view.words.text(index)))
}

pub(super) fn is_plate_letter(character: char) -> bool {
    "авекмнорстух".contains(character) || "abekmhopctyx".contains(character)
}

/// The letters of word `index` if all of them may stand on a plate; spoken names of letters count too.
fn letters(view: &View<'_>, index: usize, count: usize) -> bool {
    let word = view.words.text(index);
    word.chars().count() == count && word.chars().all(is_plate_letter)
        || count == 1 && ["эм", "эн", "эр", "ка", "тэ", "хэ", "вэ", "эс"].contains(&word)
}

fn near(gap: &str) -> bool {
    matches!(gap, "" | " " | "-" | " - " | "  ")
}

fn is_region(digits: &str) -> bool {
    (2..=3).contains(&digits.len())
        && (digits.len() == 2 || digits.starts_with(['1', '2', '7', '9', '3', '5', '4', '6', '8']))
        && digits != "00"
}

fn with_region(view: &View<'_>, range: Range<usize>, next: usize) -> Range<usize> {
    let Some(region) = view.pieces.get(next) else {
        return range;
    };
    // «семь четыре»: the region told digit by digit.
    let told = (region.spoken && region.digits.len() == 1)
        .then(|| {
            [3, 2]
                .iter()
                .find_map(|length| view.join(next, *length, |gap| gap == " ").filter(|told| told.spoken))
        })
        .flatten();
    if let Some(told) = told
        && near(&view.text()[range.end..region.start])
    {
        return range.start..told.range.end;
    }
    let gap = &view.text()[range.end..region.start];
    let named = matches!(gap.trim_matches([' ', ',', '(', ':', '.', '-']), "рег" | "регион" | "р");
    let joined = near(gap) || named || matches!(gap, "|" | " | " | "/" | ", " | " (" | "." | ".." | "..." | "_" | "*");
    let rest = &view.text()[region.end..];
    let touches_word = rest.starts_with(char::is_alphabetic) && !rest.starts_with("rus") && !rest.starts_with("рус");
    if !joined
        || !is_region(&region.digits)
        || touches_word
        || gap == ", " && view.text()[region.end..].starts_with(['-', ':', '.'])
    {
        return range;
    }
    let mut end = region.end;
    for tail in [" rus", "rus", " рус"] {
        if view.text()[end..].starts_with(tail) {
            end += tail.len();
            break;
        }
    }
    range.start..end
}

/// One letter, three digits, two letters, region.
fn car(view: &View<'_>, index: usize) -> Option<(Range<usize>, bool)> {
    let piece = &view.pieces[index];
    let left = piece.first_word.checked_sub(1)?;
    let number = view.join(index, 3, |gap| gap == " ")?;
    let told = number.groups.len() == 1 || number.groups == [1, 1, 1];
    if !told || !near(view.words.gap(piece.first_word)) || !letters(view, left, 1) {
        return None;
    }
    let right = view.pieces[number.after - 1].after_word;
    let mut end_word = right;
    if letters(view, right, 2) && near(view.words.gap(right)) {
        // «ус»
    } else if letters(view, right, 1)
        && letters(view, right + 1, 1)
        && near(view.words.gap(right))
        && near(view.words.gap(right + 1))
    {
        end_word = right + 1;
    } else {
        return None;
    }
    let range = view.words.all[left].start..view.words.all[end_word].end;
    if view.before(range.start).is_some_and(char::is_alphanumeric) {
        return None;
    }
    let announced = is_announced(view, left);
    let region = view
        .pieces
        .iter()
        .position(|next| next.start >= range.end)
        .unwrap_or(view.pieces.len());
    let mut whole = with_region(view, range.clone(), region);
    // «40 B 718 KA»: Uzbek, the region stands first.
    if whole == range
        && let Some(before) = index.checked_sub(1).map(|before| &view.pieces[before])
        && before.digits.len() == 2
        && !before.spoken
        && before.after_word == left
        && near(view.words.gap(left))
        && view.words.all[left].capitals != Capitals::None
    {
        whole.start = before.start;
    }
    if view.after(whole.end).is_some_and(char::is_alphanumeric) && !view.is_glued_word(whole.end + 1, whole.len()) {
        return None;
    }
    // «в 100 км», «у 200 см»: a preposition, a number and a unit.
    let spaced = view.words.gap(piece.first_word) == " " && view.words.gap(right) == " ";
    let unit = ["см", "км", "ру", "мм", "кв", "ам"].contains(&view.words.text(end_word));
    if spaced && unit && whole == range && !announced {
        return None;
    }
    Some((whole, announced))
}

fn is_announced(view: &View<'_>, index: usize) -> bool {
    cue_before(view, index, 4).is_some_and(|(cue, _)| cue == Cue::Plate)
        || stem_before(
            view,
            index,
            4,
            &[
                "номер",
                "госном",
                "гос",
                "машин",
                "авто",
                "прицеп",
                "мото",
                "такси",
                "пропуск",
                "тачк",
            ],
        )
}
