//! Registration plates: «А123ВС 74», trailers «АМ 4417 74», dictated «эм триста четырнадцать ус семьдесят четыре».
//!
//! Only the twelve letters common to both scripts stand on Russian plates.

use std::ops::Range;

use crate::cue::{Cue, cue_before, stem_before};
use crate::finding::Evidence;
use crate::label::Label;
use crate::view::{Claims, View};
use crate::words::{Capitals, Kind};

/// Claims all plates.
pub(crate) fn claim(view: &View<'_>, claims: &mut Claims) {
    for piece in 0..view.pieces.len() {
        let found = car(view, piece)
            .or_else(|| trailer(view, piece))
            .or_else(|| taxi(view, piece))
            .or_else(|| kazakh(view, piece))
            .or_else(|| soviet(view, piece))
            .or_else(|| motorcycle(view, piece));
        if let Some((range, announced)) = found {
            claims.add(
                Label::Plate,
                range,
                if announced { 0.97 } else { 0.9 },
                if announced { Evidence::Cue } else { Evidence::Pattern },
            );
        }
    }
}

fn is_plate_letter(character: char) -> bool {
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
    let touches_word = view.after(region.end).is_some_and(char::is_alphabetic);
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
    let whole = with_region(view, range.clone(), region);
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

/// Two letters, four digits, region: trailers and motorcycles («4417 АМ 74»).
fn trailer(view: &View<'_>, index: usize) -> Option<(Range<usize>, bool)> {
    let piece = &view.pieces[index];
    if piece.digits.len() != 4 || piece.spoken {
        return None;
    }
    if let Some(left) = piece
        .first_word
        .checked_sub(1)
        .filter(|left| letters(view, *left, 2) && near(view.words.gap(piece.first_word)))
    {
        let range = view.words.all[left].start..piece.end;
        let whole = with_region(view, range.clone(), index + 1);
        let announced = is_announced(view, left);
        if (whole != range || announced) && !view.before(range.start).is_some_and(char::is_alphanumeric) {
            return Some((whole, announced));
        }
    }
    if letters(view, piece.after_word, 2)
        && near(view.words.gap(piece.after_word))
        && is_announced(view, piece.first_word)
    {
        let range = piece.start..view.words.all[piece.after_word].end;
        return Some((with_region(view, range, index + 1), true));
    }
    None
}

/// Two letters, three digits, region: taxis and buses; and three digits of a car named so.
fn taxi(view: &View<'_>, index: usize) -> Option<(Range<usize>, bool)> {
    let piece = &view.pieces[index];
    let left = piece.first_word.checked_sub(1)?;
    if piece.digits.len() != 3
        || !letters(view, left, 2)
        || !near(view.words.gap(piece.first_word))
        || !is_announced(view, left)
    {
        return None;
    }
    let range = view.words.all[left].start..piece.end;
    let whole = with_region(view, range.clone(), index + 1);
    (whole != range).then_some((whole, true))
}

/// «384 BKO 10»: three digits, three letters, region, of a car named so.
fn kazakh(view: &View<'_>, index: usize) -> Option<(Range<usize>, bool)> {
    let piece = &view.pieces[index];
    let region = view.pieces.get(index + 1)?;
    let letters = view.words.all.get(piece.after_word)?;
    let fits = piece.digits.len() == 3
        && region.digits.len() == 2
        && region.first_word == piece.after_word + 1
        && letters.capitals == Capitals::All
        && (2..=3).contains(&view.words.text(piece.after_word).chars().count())
        && near(view.words.gap(piece.after_word))
        && near(view.words.gap(region.first_word))
        && !view.text()[region.end..].starts_with([':', '%']);
    let range = piece.start..region.end;
    (fits && view.stands_alone(&range) && is_announced(view, piece.first_word)).then_some((range, true))
}

/// «Г 27-18 ЧБ»: a letter, two pairs of digits, two letters.
fn soviet(view: &View<'_>, index: usize) -> Option<(Range<usize>, bool)> {
    let piece = &view.pieces[index];
    let next = view.pieces.get(index + 1)?;
    let left = piece.first_word.checked_sub(1)?;
    let capital = |word: usize, count: usize| {
        view.words
            .all
            .get(word)
            .is_some_and(|found| found.capitals != Capitals::None && found.kind == Kind::Cyrillic)
            && view.words.text(word).chars().count() == count
    };
    let fits = piece.digits.len() == 2
        && next.digits.len() == 2
        && view.gap_before(index + 1) == "-"
        && capital(left, 1)
        && capital(next.after_word, 2)
        && matches!(view.words.gap(piece.first_word), " " | "" | "-")
        && matches!(view.words.gap(next.after_word), " " | "" | "-");
    fits.then(|| (view.words.all[left].start..view.words.all[next.after_word].end, false))
}

/// «4417 АК 66»: a motorcycle's, after a word for one or a plate.
fn motorcycle(view: &View<'_>, index: usize) -> Option<(Range<usize>, bool)> {
    let piece = &view.pieces[index];
    let word = piece.after_word;
    let told = is_announced(view, piece.first_word)
        || stem_before(
            view,
            piece.first_word,
            4,
            &[
                "мото",
                "мопед",
                "скутер",
                "байк",
                "квадро",
                "питбайк",
                "трактор",
                "снегоход",
            ],
        );
    let fits = told
        && piece.digits.len() == 4
        && !piece.spoken
        && letters(view, word, 2)
        && near(view.words.gap(word))
        && view
            .pieces
            .get(index + 1)
            .is_some_and(|region| region.first_word == word + 1);
    fits.then(|| {
        (
            with_region(view, piece.start..view.words.all[word].end, index + 1),
            true,
        )
    })
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
