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

use super::letter_name::{self, Told};
use super::plate_form;

/// Words of vehicles, their papers and places.
static VEHICLES: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "госном машин авто прицеп полуприц мото мотик моцик мопед байк такси пропуск тачк фур тягач скутер трактор автобус транзит \
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
            add(claims, with_country(view, whole), announced);
        }
    }
}

/// «… 74rus»: the sign of the country belongs to the plate.
fn with_country(view: &View<'_>, range: Range<usize>) -> Range<usize> {
    let rest = &view.text()[range.end..];
    let sign = [" rus", "rus", " рус", "рус"].iter().find(|sign| {
        rest.strip_prefix(**sign)
            .is_some_and(|tail| !tail.starts_with(char::is_alphanumeric))
    });
    range.start..range.end + sign.map_or(0, |sign| sign.len())
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

/// Whether a word is one of vehicles, their makes or places.
pub(super) fn is_vehicle(word: &str) -> bool {
    VEHICLES.begins(word)
}

pub(super) fn is_plate_letter(character: char) -> bool {
    "авекмнорстух".contains(character) || "abekmhopctyx".contains(character)
}

/// Whether both letters of word `index` may stand on a plate.
fn two_letters(view: &View<'_>, index: usize) -> bool {
    let word = view.words.text(index);
    word.chars().count() == 2 && word.chars().all(is_plate_letter)
}

fn near(gap: &str) -> bool {
    matches!(gap, "" | " " | "-" | " - " | "  ")
}

/// «м..617..ру»: signs that part nothing else but the groups of a plate.
fn is_ornament(gap: &str) -> bool {
    gap.len() <= ORNAMENT_BYTES_MAX
        && gap
            .chars()
            .all(|sign| matches!(sign, '.' | '_' | '*' | '/' | '|' | ' '))
}

/// Longest row of signs between the groups of a plate.
const ORNAMENT_BYTES_MAX: usize = 3;

/// The last word of the two letters that begin at word `right`, and whether people told them: «ус», «эм ка», «Таня Коля».
fn letters_end(view: &View<'_>, right: usize, spoken: bool) -> Option<(usize, bool)> {
    let pair = || {
        let (one, two) = (
            letter_name::of_plate(view, right)?,
            letter_name::of_plate(view, right + 1)?,
        );
        let told = one == Told::Person || two == Told::Person;
        near(view.words.gap(right + 1)).then_some((right + 1, told))
    };
    // «ка е» are two letters told aloud, «ка» alone is two letters written.
    if two_letters(view, right) && !(spoken && pair().is_some()) {
        return Some((right, false));
    }
    pair()
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
    let joined = near(gap)
        || named
        || matches!(
            gap,
            "|" | " | " | "/" | ", " | " (" | "." | ".." | "..." | "_" | "*" | " / " | ". "
        );
    let rest = &view.text()[region.end..];
    let touches_word = rest.starts_with(char::is_alphabetic) && !rest.starts_with("rus") && !rest.starts_with("рус");
    if !joined
        || !is_region(&region.digits)
        || touches_word
        || gap == ", " && view.text()[region.end..].starts_with(['-', ':', '.'])
    {
        return range;
    }
    with_country(view, range.start..region.end)
}

/// One letter, three digits, two letters, region.
fn car(view: &View<'_>, index: usize) -> Option<(Range<usize>, bool)> {
    let piece = &view.pieces[index];
    if !matches!(piece.digits.len(), 1 | 3) {
        return None;
    }
    let left = piece.first_word.checked_sub(1)?;
    let first_letter = letter_name::of_plate(view, left)?;
    let number = view.join(index, 3, |gap| gap == " " || gap == "-" && piece.spoken)?;
    let told = matches!(number.groups.as_slice(), [3] | [1, 1, 1]) || number.spoken && number.groups == [1, 2];
    let right = view.pieces[number.after - 1].after_word;
    let gaps = (view.words.gap(piece.first_word), view.words.gap(right));
    let ornate = gaps.0 == gaps.1 && is_ornament(gaps.0) && number.groups.len() == 1;
    if !told || !(near(gaps.0) && near(gaps.1) || ornate) || right >= view.words.len() {
        return None;
    }
    let (end_word, by_people) = letters_end(view, right, number.spoken || first_letter == Told::Person)?;
    let range = view.words.all[left].start..view.words.all[end_word].end;
    if view.before(range.start).is_some_and(char::is_alphanumeric) {
        return None;
    }
    let announced = is_announced(view, left);
    if !announced && cue_before(view, left, 1).is_some_and(|(cue, _)| cue == Cue::Goods) {
        return None;
    }
    // «Оля 044 Таня Коля»: people stand for letters only beside a vehicle.
    if (by_people || first_letter == Told::Person) && !announced && !is_vehicle_near(view, left, end_word + 1) {
        return None;
    }
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
