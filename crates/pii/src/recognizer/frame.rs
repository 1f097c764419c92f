//! Numbers of bodies and frames as Japanese makers stamp them, «NT31-203718», and vehicle numbers told aloud or torn
//! between two lines.

use std::ops::Range;
use std::sync::LazyLock;

use crate::cue::{Cue, cue_before};
use crate::finding::Evidence;
use crate::label::Label;
use crate::stems::Stems;
use crate::view::{Claims, View};
use crate::words::{Capitals, Kind};

use super::letter_name::is_letter;
use super::plate::is_vehicle;

/// Signs of a whole number.
const VIN_LENGTH: usize = 17;
/// A number told aloud may have lost or gained a sign.
const DICTATED: Range<usize> = 14..20;
/// Digits after the dash of a frame number.
const SERIAL_DIGITS: std::ops::RangeInclusive<usize> = 6..=7;
/// How far a word of bodies or of vehicles may stand.
const REACH: usize = 7;
/// Words of parts, which makers number alike.
static PARTS: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "артик деталь детали запчаст фильтр колодк номенклат каталог насос помп ремень ремн датчик стойк амортиз рычаг \
         подшипник ступиц свеч лампа лампы радиатор форсун катушк прокладк сальник втулк кросс аналог оригинал заказ \
         модель двигател мотор движок коробк",
    )
});

/// Claims frame numbers, dictated numbers and torn ones.
pub(super) fn claim(view: &View<'_>, claims: &mut Claims) {
    for piece in 0..view.pieces.len() {
        if let Some(range) = frame(view, piece) {
            claims.add(Label::Vin, range, 0.85, Evidence::Pattern);
        }
    }
    if view.is_announced(Cue::Vin) {
        for index in 0..view.words.len() {
            if crate::cue::cue_at(view, index) == Some(Cue::Vin)
                && let Some(range) = dictated(view, index)
            {
                claims.add(Label::Vin, range, 0.85, Evidence::Cue);
            }
        }
    }
}

/// «NT31-203718», «V75W-5002817», after a word of bodies also «nt31 203718»: piece `piece` is the number after the dash.
fn frame(view: &View<'_>, piece: usize) -> Option<Range<usize>> {
    let number = &view.pieces[piece];
    if number.spoken || !SERIAL_DIGITS.contains(&number.digits.len()) || number.first_word < 2 {
        return None;
    }
    let words = &view.words;
    let gap = words.gap(number.first_word);
    if !matches!(gap, "-" | " - " | "- " | " -" | " ") {
        return None;
    }
    // «V75W»: letters, digits and perhaps letters again, without a gap.
    let mut first = number.first_word - 1;
    while first > 0 && words.gap(first).is_empty() && number.first_word - first < MODEL_WORDS_MAX {
        first -= 1;
    }
    let model = first..number.first_word;
    let letters = |index: usize, most: usize| {
        words.all[index].kind != Kind::Digits
            && words.text(index).chars().count() <= most
            && words.text(index).chars().all(looks_latin)
    };
    let digits = |index: usize| words.all[index].kind == Kind::Digits && words.text(index).len() <= 3;
    let shaped = match model.len() {
        2 => letters(first, 4) && digits(first + 1),
        3 => letters(first, 4) && digits(first + 1) && letters(first + 2, 2),
        _ => false,
    };
    let range = words.all[first].start..number.end;
    let inside = view.text()[..range.start].ends_with(['-', '/', '#', '№', '.']);
    if !shaped || inside || !view.stands_alone(&range) || view.text()[range.end..].starts_with(['-', '/']) {
        return None;
    }
    let told = cue_before(view, first, REACH).map(|(cue, _)| cue);
    if told == Some(Cue::Vin) {
        return Some(range);
    }
    let of_part = (1..=PART_REACH.min(first)).any(|back| PARTS.begins(words.text(first - back)));
    if gap == " " || of_part || matches!(told, Some(Cue::Goods | Cue::Medcard | Cue::Policy | Cue::Card)) {
        return None;
    }
    let capital = words.all[first].capitals == Capitals::All
        || words.all[first].capitals == Capitals::First && words.text(first).chars().count() == 1;
    let near = (1..=REACH.min(first)).any(|back| is_vehicle(words.text(first - back)))
        || (number.after_word..number.after_word + REACH).any(|index| is_vehicle(words.text(index)));
    (near || capital && words.text(first).chars().count() > 1).then_some(range)
}

/// Letters, digits and letters again.
const MODEL_WORDS_MAX: usize = 4;
/// How far before a number its part may be named.
const PART_REACH: usize = 3;

fn looks_latin(sign: char) -> bool {
    sign.is_ascii_alphabetic() || crate::shadow::to_latin(sign).is_some()
}

/// «кузов диктую зет 94 си ти 41 ди 7 джей ар 381276»: signs told one after another after the word at `cue`.
fn dictated(view: &View<'_>, cue: usize) -> Option<Range<usize>> {
    let words = &view.words;
    let mut first = cue + 1;
    while first < words.len() && first <= cue + LEAD_WORDS_MAX && signs_at(view, first).is_none() {
        first += 1;
    }
    let (mut at, mut signs, mut digits, mut names) = (first, 0, 0, 0);
    while at < words.len() && signs < VIN_LENGTH {
        let gap = words.gap(at);
        let joined =
            at == first || gap.chars().all(|sign| matches!(sign, ' ' | '-' | ',' | '.' | '\n')) && gap.len() <= 3;
        let Some((count, of_digits, after)) = signs_at(view, at).filter(|_| joined) else {
            break;
        };
        signs += count;
        digits += of_digits;
        names += usize::from(is_letter(words.text(at)) || of_digits > 0 && words.all[at].kind != Kind::Digits);
        at = after;
    }
    let enough = DICTATED.contains(&signs) && digits >= 4 && signs > digits && names >= NAMES_MIN;
    enough.then(|| words.all[first].start..words.all[at - 1].end)
}

/// So many letters or numbers told in words make it a dictation.
const NAMES_MIN: usize = 2;
/// Words like «диктую» between the word and the number.
const LEAD_WORDS_MAX: usize = 4;
/// Longest run of letters inside a number.
const LETTERS_MAX: usize = 8;

/// How many signs of a vehicle number word `index` tells, how many of them are digits, and the word after it.
fn signs_at(view: &View<'_>, index: usize) -> Option<(usize, usize, usize)> {
    if let Some(piece) = view.piece_at(index) {
        return Some((piece.digits.len(), piece.digits.len(), piece.after_word));
    }
    let word = view.words.text(index);
    let length = word.chars().count();
    // «дабл-ю»
    if matches!(word, "дабл" | "дубль" | "double") && matches!(view.words.text(index + 1), "ю" | "вэ" | "v" | "w")
    {
        return Some((1, 0, index + 2));
    }
    if is_letter(word) || length == 1 {
        return Some((1, 0, index + 1));
    }
    let latin = view.words.all[index].kind == Kind::Latin;
    let part = length <= LETTERS_MAX && (latin || word.chars().all(looks_latin) && length <= 3);
    part.then_some((length, 0, index + 1))
}

/// «KMHCN41A⏎08U217643»: the two halves of a number on two lines; `first..after` are the words of the first one.
pub(super) fn torn(view: &View<'_>, first: usize, after: usize) -> Option<Range<usize>> {
    let words = &view.words;
    let parted = after < words.len() && words.gap(after).trim_matches([' ', '-']) == "\n";
    if !parted {
        return None;
    }
    let mut last = after;
    while last + 1 < words.len() && words.gap(last + 1).is_empty() {
        last += 1;
    }
    let all = (first..=last).map(|index| &words.all[index]);
    let length: usize = (first..=last).map(|index| words.text(index).chars().count()).sum();
    let digits: usize = all
        .clone()
        .filter(|word| word.kind == Kind::Digits)
        .map(|word| word.end - word.start)
        .sum();
    let fits =
        (first..=last).all(|index| words.all[index].kind == Kind::Digits || words.text(index).chars().all(looks_latin));
    let capital = all
        .filter(|word| word.kind != Kind::Digits)
        .all(|word| word.capitals != Capitals::None && word.capitals != Capitals::Mixed);
    // «ИНН: 661372147881⏎Карта …»: either half of a number has digits and letters or stands by itself.
    let halves = (after..=last).any(|index| words.all[index].kind == Kind::Digits);
    let mixed = halves && digits >= 5 && digits + 3 <= VIN_LENGTH;
    (length == VIN_LENGTH && fits && capital && mixed).then(|| words.all[first].start..words.all[last].end)
}
