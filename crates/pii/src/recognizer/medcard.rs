//! Numbers of patients' cards and case histories: a short number after «карта», «медкарта», «и/б», «амб. карта».

use std::sync::LazyLock;

use crate::stems::Stems;
use std::ops::Range;

use crate::cue::{Cue, cue_at, cue_before};
use crate::finding::Evidence;
use crate::label::Label;
use crate::view::{Claims, View};
use crate::words::Capitals;

/// Cards that are not a patient's.
static OTHER_CARDS: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "подароч бонус скид дисконт клуб сим банк сбер лояльн перевод зарплат предоплат тинь транспорт кредит \
         дебет",
    )
});

/// How far back the word may stand: «карта в вашем центре Р-2207».
const CUE_REACH: usize = 6;

/// Claims all card numbers.
pub(crate) fn claim(view: &View<'_>, claims: &mut Claims) {
    for first in 0..view.pieces.len() {
        let piece = &view.pieces[first];
        let anchor = anchor(view, piece.first_word);
        let Some((cue, distance)) = cue_before(view, anchor, CUE_REACH) else {
            continue;
        };
        let fits = match cue {
            Cue::Medcard => distance <= 4,
            Cue::Card => {
                !(1..=6.min(anchor)).any(|back| cue_at(view, anchor - back) == Some(Cue::Secret))
                    && !(1..=6.min(anchor)).any(|back| OTHER_CARDS.begins(view.words.text(anchor - back)))
                    && reads_as_card(view, anchor, distance)
            }
            _ => false,
        };
        if !fits {
            continue;
        }
        // «Пациент № 20917, оплата 6 800»: the word has its number already.
        let word = view.words.all[anchor - distance].start;
        if claims.last_before(piece.start).is_some_and(|claim| {
            claim.label == Label::Medcard
                && claim.range.start >= word
                && view.text()[claim.range.end..piece.start].contains(char::is_alphabetic)
        }) {
            continue;
        }
        let Some(range) = number(view, first) else { continue };
        let digits = view.text()[range.clone()].chars().filter(char::is_ascii_digit).count();
        if (piece.spoken && range.len() > 24 || (3..=10).contains(&digits)) && !is_sum(view, &range) {
            claims.add(Label::Medcard, range, 0.9, Evidence::Cue);
        }
    }
    claim_rows(view, claims);
}

/// The letter of «Т-3310» belongs to the number, though «т.» alone would announce a telephone.
fn anchor(view: &View<'_>, number: usize) -> usize {
    match number.checked_sub(1) {
        Some(left)
            if view.words.text(left).chars().count() == 1
                && view.words.all[left].capitals != Capitals::None
                && matches!(view.words.gap(number), "" | "-") =>
        {
            left
        }
        _ => number,
    }
}

/// Between «карта» and the number stand only words like «№», «номер», «моей», «вроде».
fn reads_as_card(view: &View<'_>, number: usize, distance: usize) -> bool {
    (number - distance..number).all(|index| {
        let word = view.words.text(index);
        let filler = [
            "номер",
            "моей",
            "моя",
            "вроде",
            "пациента",
            "пациентки",
            "ребенка",
            "амбулаторная",
            "амб",
            "больного",
            "его",
            "ее",
            "дочери",
            "сына",
            "мужа",
            "мамы",
            "а",
            "м",
            "у",
            "меня",
            "мой",
            "вашем",
            "вашей",
            "нашем",
            "нашей",
            "центре",
            "клинике",
            "поликлинике",
            "больнице",
            "электронная",
            "заведена",
            "заведенная",
            "заводили",
            "открыта",
            "оформлена",
            "под",
            "за",
            "номером",
            "есть",
            "старая",
            "новая",
            "вторая",
            "регистратуре",
            "регистратуры",
            "архиве",
        ];
        (filler.contains(&word)
            || word.chars().count() == 1
            || index == number - distance && cue_at(view, index) == Some(Cue::Card))
            && !(index > number - distance && view.words.gap(index).contains(['.', '!', '?']) && index < number - 1)
    })
}

/// «А-20917», «10482/21», «2024-00518», «4471-Д», «пять тысяч … дробь девятнадцать».
fn number(view: &View<'_>, first: usize) -> Option<Range<usize>> {
    let piece = &view.pieces[first];
    let mut start = piece.start;
    if let Some(left) = piece.first_word.checked_sub(1) {
        let short = view.words.text(left).chars().count() <= 2 && !view.words.gap(left).ends_with('/');
        let word = view.words.all[left];
        // «карта А 33-801»
        let series = word.capitals != Capitals::None
            && view.words.text(left).chars().count() == 1
            && view.words.gap(piece.first_word) == " "
            && left > 0
            && matches!(cue_at(view, left - 1), Some(Cue::Card | Cue::Medcard));
        if series || short && matches!(view.words.gap(piece.first_word), "" | "-" | "/") {
            start = view.words.all[left].start;
        }
    }
    let (mut end, mut after, mut next) = (piece.end, piece.after_word, first + 1);
    while let Some(following) = view.pieces.get(next) {
        let gap = &view.text()[end..following.start];
        let lone = gap == " " && following.digits.len() == 1 && view.pieces[next - 1].digits.len() == 1;
        let slash = matches!(gap, "-" | "/" | "\\" | ".")
            || lone
            || gap == "дробь"
            || gap == " дробь "
            || piece.spoken && matches!(gap, " дробь " | " тире " | " дефис " | " слеш " | " ");
        if !slash {
            break;
        }
        end = following.end;
        after = following.after_word;
        next += 1;
    }
    if view.words.text(after).chars().count() <= 2
        && matches!(view.words.gap(after), "-" | "/" | "")
        && after < view.words.len()
    {
        end = view.words.all[after].end;
    }
    Some(start..end)
}

pub(super) fn is_sum(view: &View<'_>, range: &Range<usize>) -> bool {
    let rest = view.text()[range.end..].trim_start();
    let is_time = rest
        .strip_prefix(':')
        .is_some_and(|tail| tail.starts_with(|sign: char| sign.is_ascii_digit()));
    is_time
        || ["₽", "р.", "руб", "тыс", "т.р", "%"]
            .iter()
            .any(|unit| rest.starts_with(unit))
        || rest.starts_with("р") && !rest[2..].starts_with(char::is_alphanumeric)
}

/// Rows copied from a table, «имя; дата; полис; 61882»: a short number closing a row after a policy.
fn claim_rows(view: &View<'_>, claims: &mut Claims) {
    for piece in &view.pieces {
        let range = piece.start..piece.end;
        if !(4..=6).contains(&piece.digits.len()) || !view.stands_alone(&range) {
            continue;
        }
        let follows_policy = claims.last_before(piece.start).is_some_and(|claim| {
            claim.label == Label::Oms
                && matches!(view.text()[claim.range.end..piece.start].trim(), ";" | "|" | "\t" | ",")
        });
        if follows_policy {
            claims.add(Label::Medcard, range, 0.7, Evidence::Context);
        }
    }
}
