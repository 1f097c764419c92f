//! Numbers of patients' cards and case histories: «медкарта 04417/26», «и/б К-77», «карта у вас в регистратуре 203/д».
//!
//! A word of the clinic announces its number whatever its form. A «карта» may be a bank's, a shop's or a gift, so there
//! the words between, the form of the number and what stands around have to speak for a patient.

use std::ops::Range;
use std::sync::LazyLock;

use crate::cue::{Cue, cue_at, cue_before};
use crate::finding::Evidence;
use crate::label::Label;
use crate::name::form;
use crate::stems::Stems;
use crate::view::{Claims, View};
use crate::words::Capitals;

use super::quantity;
use super::serial::{self, Serial, serial};

/// Words of cards that are not a patient's.
static OTHER_CARDS: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "подароч бонус скид дисконт клуб сим банк сбер лояльн перевод перевед перевел перевест перевож переводи зарплат \
         предоплат тинь транспорт кредит дебет альфа втб озон мир visa виза mastercard мастеркард юмани топлив \
         покупател абонем фитнес пропуск проездн игров гаран семейн золот плат списа цифр сторон обратн зачисл скинул кинул кинуть скинуть",
    )
});
/// Words before a card that speak of money on it, or of no card at all.
static NOT_PATIENTS: LazyLock<Stems> = LazyLock::new(|| Stems::new("оплат баланс остат дорожн плач купить стоимост"));
/// Words that may stand between «карта» and its number.
static FILLERS: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "номер номером номере моей моя мой моего вроде пациента пациентки ребенка амбулаторная амб больного больной его ее \
         дочери дочки дочкина сына мужа жены мамы папы отца бабушки а м у меня вас нас вашем вашей нашем нашей ваша наша \
         центре клинике поликлинике больнице стационаре отделении электронная бумажная заведена заведенная завели \
         заводили открыта открыли оформлена оформили присвоили выдали дали сказали под за есть старая старой новая \
         новой вторая первая детская взрослая регистратуре регистратуры архиве архива базе приеме прием врача косметолога \
         стоматолога терапевта педиатра вот это в на из по тут там же была такая такой с от имя медицинская лечебная",
    )
});
/// Words that may stand between a number and the word that tells it afterwards.
static LINKS: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "это моя мой номер вот наш наша его ее с такой такая у меня по нашей вашей моей моего нашего его из от был \
             была и есть в для под",
    )
});

/// Words between two cards of one list: «карты А-1 и А-2», «новая А-1, старая А-2».
static LISTING: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new("и или а старая новая вторая другая теперь была стала прежняя раньше номер потом еще -")
});

/// Longest gap between two cards of one list.
const LIST_GAP_BYTES_MAX: usize = 40;
/// How far back a word of the clinic may stand.
const CUE_REACH: usize = 5;
/// How far back «карта» may stand from a number too particular to be a quantity.
const CARD_REACH: usize = 11;
/// How far after the number its word may stand.
const AFTER_REACH: usize = 4;
/// Digits of a number.
const DIGITS: std::ops::RangeInclusive<usize> = 3..=10;
/// «карта № 88»: as short where a sign stands between.
const SHORT_DIGITS: usize = 2;
/// Digits of a number with letters or a fraction.
const SHAPED_DIGITS: std::ops::RangeInclusive<usize> = 2..=12;

/// Claims all card numbers.
pub(crate) fn claim(view: &View<'_>, claims: &mut Claims) {
    for first in 0..view.pieces.len() {
        if let Some(range) = announced(view, claims, first) {
            claims.add(Label::Medcard, range, 0.9, Evidence::Cue);
        } else if let Some(range) = next_of_list(view, claims, first).or_else(|| told_after(view, first)) {
            claims.add(Label::Medcard, range, 0.8, Evidence::Cue);
        }
    }
    claim_rows(view, claims);
}

/// The number at piece `first` if a word before announces it.
fn announced(view: &View<'_>, claims: &Claims, first: usize) -> Option<Range<usize>> {
    let piece = &view.pieces[first];
    let anchor = anchor(view, piece.first_word);
    let (cue, distance) = cue_before(view, anchor, CARD_REACH).or_else(|| asked(view, anchor))?;
    let label = anchor - distance;
    // «Пациент № 20917, оплата 6 800»: the word has its number already.
    let word = view.words.all[label].start;
    let taken = claims
        .last_before(piece.start)
        .is_some_and(|claim| claim.label == Label::Medcard && claim.range.start >= word);
    if taken || cue != Cue::Medcard && (cue != Cue::Card || is_other_card(view, label, anchor)) {
        return None;
    }
    if piece.spoken || piece.digits.len() == 1 {
        let near = distance < CUE_REACH && (cue == Cue::Medcard || reads_as_card(view, anchor, distance));
        return dictated(view, first).filter(|range| {
            near && (!piece.spoken || range.len() > SPOKEN_BYTES_MIN) && !quantity::is_measured(view, range)
        });
    }
    let found = with_series(view, serial(view, first)?);
    if !is_number(view, &found) {
        return None;
    }
    let numbered = is_numbered(view, anchor);
    let near = match cue {
        Cue::Medcard => {
            distance < CUE_REACH
                && !(distance > 2 && quantity::is_year(view.words.slice(found.range.clone())) && !numbered)
        }
        _ => reads_as_card(view, anchor, distance) && (numbered || !is_means_of_payment(view, label)),
    };
    let counted =
        anchor > label + 1 + usize::from(is_pair(view, label)) && quantity::is_counted(view, found.first_word);
    let short = numbered && distance == 1 && found.digits == SHORT_DIGITS;
    let plain = short || DIGITS.contains(&found.digits) && (numbered || !counted);
    let particular =
        found.is_shaped() && SHAPED_DIGITS.contains(&found.digits) && (numbered || is_particular(view, &found));
    (particular || plain && (near || numbered)).then_some(found.range)
}

/// «карту завели? номер 1187/н»: the sentence of the word is over, «номер» goes on with it.
fn asked(view: &View<'_>, anchor: usize) -> Option<(Cue, usize)> {
    let told = anchor
        .checked_sub(1)
        .filter(|before| view.words.text(*before).starts_with("номер"))?;
    let (cue, distance) = (1..=2)
        .filter_map(|back| told.checked_sub(back))
        .find(|start| view.words.gap(start + 1).contains(['?', '.', ';']))
        .or(Some(told).filter(|told| view.words.gap(*told).contains(['?', '.', ';'])))
        .and_then(|end| cue_before(view, end, CUE_REACH).map(|(cue, distance)| (cue, distance + anchor - end)))?;
    Some((cue, distance))
}

/// Whether «№» or «номер» stands right before word `anchor`.
fn is_numbered(view: &View<'_>, anchor: usize) -> bool {
    view.words.gap(anchor).contains(['№', '#'])
        || anchor.checked_sub(1).is_some_and(|before| {
            view.words.text(before).starts_with("номер") || matches!(view.words.text(before), "ном" | "no" | "n")
        })
}

/// A bank's or a shop's: said before «карта», between it and the number, or right after the number.
fn is_other_card(view: &View<'_>, label: usize, anchor: usize) -> bool {
    let secret = (1..=6.min(anchor)).any(|back| cue_at(view, anchor - back) == Some(Cue::Secret));
    let from = label.saturating_sub(3).min(anchor.saturating_sub(6));
    secret
        || (label.saturating_sub(3)..label).any(|index| NOT_PATIENTS.begins(view.words.text(index)))
        || (from..anchor).any(|index| OTHER_CARDS.begins(view.words.text(index)))
        || (anchor + 1..anchor + 4).any(|index| OTHER_CARDS.begins(view.words.text(index)))
}

/// «оплата картой 4500», «скинула на карту 1500»: what follows is a sum.
fn is_means_of_payment(view: &View<'_>, label: usize) -> bool {
    view.words.text(label) == "картой"
        || view.words.text(label) == "карту" && label > 0 && view.words.text(label - 1) == "на"
}

/// Whether a number may be one of a card at all.
fn is_number(view: &View<'_>, found: &Serial) -> bool {
    let text = view.words.slice(found.range.clone());
    // «форма 025/у», «003-в/у», «карта 026у»: papers of the ministry, not of a patient.
    let is_form = found.digits == 3 && text.ends_with('у');
    !is_form && !serial::is_date(view, &found.range) && !quantity::is_measured(view, &found.range)
}

/// «м/к», «и.б.»: the label is two letters.
fn is_pair(view: &View<'_>, label: usize) -> bool {
    matches!(view.words.gap(label + 1), "/" | "." | "\\") && view.words.text(label).chars().count() == 1
}

/// Letters or a fraction that no range, share or size has: «04417/26», «203/д-11», «А-1187», not «2-3», «м1».
fn is_particular(view: &View<'_>, found: &Serial) -> bool {
    let groups = view
        .words
        .slice(found.range.clone())
        .split(['-', '/', '\\'])
        .filter(|group| group.chars().filter(char::is_ascii_digit).count() >= 3);
    found.parted && (found.lettered || groups.count() > 0)
}

/// «04417/26 — номер карты», «553-К это моя карточка».
fn told_after(view: &View<'_>, first: usize) -> Option<Range<usize>> {
    let found = serial(view, first)?;
    let after = found.after_word;
    let mut at = after;
    while at < after + AFTER_REACH && LINKS.has(view.words.text(at)) {
        at += 1;
    }
    let between = (after..=at).all(|index| !view.words.gap(index).contains(['\n', '.', '?', '!', ';', ':']));
    let linked = at > after
        || view.words.gap(after).contains(['-', '('])
        || is_numbered(view, found.first_word)
        || view.words.gap(after) == " " && is_particular(view, &found);
    if !between || !linked || view.words.gap(after).contains(',') && at == after {
        return None;
    }
    let own = cue_before(view, found.first_word, 2).is_some();
    // The word announces a number of its own.
    let busy = view.words.gap(at + 1).contains([':', '№'])
        || view.words.text(at + 1).starts_with(|sign: char| sign.is_ascii_digit());
    let told = match cue_at(view, at)? {
        Cue::Medcard => DIGITS.contains(&found.digits) || found.is_shaped(),
        Cue::Card => is_particular(view, &found) && !is_other_card(view, at, at),
        _ => false,
    };
    (told && !own && !busy && is_number(view, &found)).then_some(found.range)
}

/// «м/к 3307-18 и 3307-19»: the next of several numbers of one word, alike in form.
fn next_of_list(view: &View<'_>, claims: &Claims, first: usize) -> Option<Range<usize>> {
    let found = serial(view, first)?;
    let last = claims
        .last_before(found.range.start)
        .filter(|claim| claim.label == Label::Medcard)?;
    let gap = &view.text()[last.range.end..found.range.start];
    let listed = gap.len() <= LIST_GAP_BYTES_MAX
        && gap
            .split([' ', '№', ',', ';', '/', '+', '\n'])
            .all(|word| word.is_empty() || LISTING.has(word))
        && gap != " ";
    let text = view.words.slice(last.range.clone());
    let alike = if found.is_shaped() {
        text.contains(['-', '/']) || text.contains(char::is_alphabetic)
    } else {
        DIGITS.contains(&found.digits) && text.len() == found.range.len()
    };
    (listed && alike && is_number(view, &found)).then_some(found.range)
}

/// «карта А 33-801», «К 77/114»: a capital letter told apart from its number right after the label.
fn with_series(view: &View<'_>, found: Serial) -> Serial {
    let Some(left) = found.first_word.checked_sub(1) else {
        return found;
    };
    let series = view.words.all[left].capitals != Capitals::None
        && view.words.text(left).chars().count() == 1
        && view.words.gap(found.first_word) == " "
        && left > 0
        && view.words.text(left) != "n"
        && !is_pair(view, left - 1)
        && (matches!(cue_at(view, left - 1), Some(Cue::Card | Cue::Medcard)) || is_numbered(view, left));
    if !series {
        return found;
    }
    Serial {
        range: view.words.all[left].start..found.range.end,
        lettered: true,
        first_word: left,
        ..found
    }
}

/// The letter of «Т-3310» belongs to the number, though «т.» alone would announce a telephone.
fn anchor(view: &View<'_>, number: usize) -> usize {
    match number.checked_sub(1) {
        Some(left)
            if view.words.text(left).chars().count() == 1
                && view.words.all[left].capitals != Capitals::None
                && matches!(view.words.gap(number), "" | "-" | "/") =>
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
        (FILLERS.has(word)
            || is_name(view, index)
            || word.chars().count() == 1
            || index == number - distance && matches!(cue_at(view, index), Some(Cue::Card | Cue::Medcard)))
            && !(index > number - distance && view.words.gap(index).contains(['.', '!', '?']) && index < number - 1)
    })
}

/// «карта Иванова 4417»: whose card it is.
fn is_name(view: &View<'_>, index: usize) -> bool {
    let word = view.words.text(index);
    view.words.all[index].capitals == Capitals::First
        && word.chars().count() > 2
        && (!form::readings(word).is_empty() || form::surname_by_suffix(word).is_some())
}

/// A number told in words: «пять тысяч сто двенадцать», not «пять».
const SPOKEN_BYTES_MIN: usize = 24;

/// «пять тысяч … дробь девятнадцать», «4 4 1 7».
fn dictated(view: &View<'_>, first: usize) -> Option<Range<usize>> {
    let spoken = view.pieces[first].spoken;
    let (mut end, mut next) = (view.pieces[first].end, first + 1);
    while let Some(following) = view.pieces.get(next) {
        let gap = &view.text()[end..following.start];
        let joined = match gap {
            " " | "-" => spoken || following.digits.len() == 1,
            "/" | " дробь " | " тире " | " дефис " | " слеш " | " слэш " => true,
            _ => false,
        };
        if !joined {
            break;
        }
        end = following.end;
        next += 1;
    }
    let told = spoken || next - first >= *DIGITS.start();
    // «А-2 1 9 0 7»
    let number = view.pieces[first].first_word;
    let series = number.checked_sub(1).filter(|left| {
        view.words.text(*left).chars().count() == 1
            && view.words.all[*left].capitals != Capitals::None
            && matches!(view.words.gap(number), "" | "-")
    });
    let start = series.map_or(view.pieces[first].start, |left| view.words.all[left].start);
    told.then_some(start..end)
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
