//! Passwords, PINs, CVV and one-time codes: told only by the words beside them.

use std::sync::LazyLock;

use crate::stems::Stems;
use std::ops::Range;

use crate::cue::{Cue, cue_at};
use crate::finding::Evidence;
use crate::label::Label;
use crate::view::{Claims, View};
use crate::words::Kind;

/// Codes that open nothing.
static OTHER_CODES: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "товар подраздел город страны региона ошибк окпо мкб тнвэд акци краск оттен цвет услуг двигател qr куар \
         промо",
    )
});
/// Words that stand between «пароль» and its value.
static FILLERS: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "от для в личный ваш одноразовый проверочный доступа регистрации авторизации двери шкафчика подъезда \
         шлагбаума банка карте терминала кассы системы программы аккаунта инсты сайта роутера сети тот же старый \
         сейчас там есть записала запиши запишите вам на к до с из мой новый наш такой вот это вайфая вайфай wifi \
         wi fi лк личного кабинета кабинет входа телефона сейфа замке замка домофона карты подтверждения пришел \
         смс sms был приложения подписи согласия почты айфона ноутбука компьютера сигнализации код",
    )
});

/// Claims all secrets.
pub(crate) fn claim(view: &View<'_>, claims: &mut Claims) {
    claim_behind_cards(view, claims);
    for index in 0..view.words.len() {
        if cue_at(view, index) != Some(Cue::Secret) {
            continue;
        }
        if let Some(range) = value_after(view, index, claims).or_else(|| value_before(view, index)) {
            let again = corrected(view, &range);
            claims.add(Label::Secret, range, 0.88, Evidence::Cue);
            if let Some(range) = again {
                claims.add(Label::Secret, range, 0.8, Evidence::Context);
            }
        } else if let Some(range) = value_spoken(view, index).or_else(|| value_far(view, index, claims)) {
            claims.add(Label::Secret, range, 0.8, Evidence::Cue);
        }
    }
}

/// «4377 … 9438, 11.28, 072»: three digits after a card and its date.
fn claim_behind_cards(view: &View<'_>, claims: &mut Claims) {
    for piece in &view.pieces {
        let range = piece.start..piece.end;
        if piece.digits.len() != CVV_DIGITS || piece.spoken || !view.stands_alone(&range) {
            continue;
        }
        let behind = claims.last_before(piece.start).is_some_and(|claim| {
            let between = &view.text()[claim.range.end..piece.start];
            let digits = between.chars().filter(char::is_ascii_digit).count();
            let signs = between
                .chars()
                .all(|sign| sign.is_ascii_digit() || matches!(sign, ' ' | ',' | '.' | '/' | ';' | '-' | '\n'));
            claim.label == Label::Card && signs && (digits == 0 && between.len() <= 3 || digits == 4)
        });
        if behind {
            claims.add(Label::Secret, range, 0.8, Evidence::Context);
        }
    }
}

/// Digits on the back of a card.
const CVV_DIGITS: usize = 3;

/// The value after the cue at word `cue`, on its line.
fn value_after(view: &View<'_>, cue: usize, claims: &Claims) -> Option<Range<usize>> {
    let is_code = view.words.text(cue).starts_with("код");
    let mut index = cue + 1;
    let mut asked = false;
    while index < view.words.len().min(cue + 12) {
        let gap = view.words.gap(index);
        if gap.contains('\n') && index > cue + 1 {
            return None;
        }
        asked |= gap.contains('?');
        let word = view.words.all[index];
        let text = view.words.text(index);
        if OTHER_CODES.begins(text) {
            return None;
        }
        let range = blob(view, word.start);
        let value = view.words.slice(range.clone());
        if claims.is_free(&range)
            && let Some(range) = lone_digits(view, index)
        {
            return Some(range);
        }
        if claims.is_free(&range) && looks_secret(value, view, &range, is_code) {
            return Some(widen_groups(view, range));
        }
        let quoted = gap.ends_with(['«', '"', '\'']);
        if !asked
            && (quoted || gap.trim_end().ends_with(':'))
            && word.kind != Kind::Digits
            && !is_code
            && value.chars().count() >= 4
            && index <= cue + 4
            && !is_plain_word(value)
        {
            return Some(range);
        }
        if gap.contains(['.', '!', ';']) && index > cue + 1 {
            return None;
        }
        if !(asked || FILLERS.has(text) || index <= cue + 3 && word.kind == Kind::Cyrillic && !gap.contains(',')) {
            return None;
        }
        index = view.words.index_at(range.end).max(index + 1);
    }
    None
}

/// Longest way in words from «пароль» to its value: «пароль от компьютера на ресепшене сменили …».
const FAR_REACH: usize = 9;

/// A value some words after the cue, in the same sentence, so secret in shape that no filler need be known.
fn value_far(view: &View<'_>, cue: usize, claims: &Claims) -> Option<Range<usize>> {
    let is_password = view.words.text(cue).starts_with("пар") || view.words.text(cue) == "password";
    let mut index = cue + 1;
    while index < view.words.len().min(cue + FAR_REACH) {
        if view.words.gap(index).contains(['\n', '!', ';']) || view.words.gap(index).contains(". ") {
            return None;
        }
        if OTHER_CODES.begins(view.words.text(index)) {
            return None;
        }
        let range = blob(view, view.words.all[index].start);
        let value = view.words.slice(range.clone());
        let digits = value.chars().filter(char::is_ascii_digit).count();
        let letters = value.chars().filter(char::is_ascii_alphabetic).count();
        let mixed = is_password && value.is_ascii() && digits >= 2 && letters >= 3 && !value.contains(['@', '/']);
        let is_year = digits == 4 && (value.starts_with("19") || value.starts_with("20"));
        let numeric = digits == value.len() && (4..=8).contains(&digits) && !is_year;
        if claims.is_free(&range) && (mixed || numeric) && looks_secret(value, view, &range, !is_password) {
            return Some(range);
        }
        index = view.words.index_at(range.end).max(index + 1);
    }
    None
}

/// «4 4 1 7», «5-5-2-0-1-1»: digits one by one.
fn lone_digits(view: &View<'_>, first: usize) -> Option<Range<usize>> {
    let words = &view.words;
    let lone = |index: usize| {
        words
            .all
            .get(index)
            .is_some_and(|word| word.kind == Kind::Digits && word.end - word.start == 1)
    };
    let mut after = first;
    while lone(after) && (after == first || matches!(words.gap(after), " " | "-" | "." | "*" | ", " | "_")) {
        after += 1;
    }
    let range = words.all[first].start..words.all[after.max(first + 1) - 1].end;
    (SPOKEN_DIGITS.contains(&(after - first)) && view.stands_alone(&range)).then_some(range)
}

/// Digits a spoken code has.
const SPOKEN_DIGITS: std::ops::RangeInclusive<usize> = 3..=12;

/// «код из смс: четыре восемь ноль девять», «пин двадцать два сорок»: a code told in words in the same sentence.
fn value_spoken(view: &View<'_>, cue: usize) -> Option<Range<usize>> {
    let first = view
        .pieces
        .iter()
        .position(|piece| piece.first_word > cue && piece.spoken && !piece.ordinal)?;
    let begin = view.pieces[first].first_word;
    let plain = (cue + 1..=begin)
        .all(|index| !view.words.gap(index).contains(['!', ';', '?']) && !OTHER_CODES.begins(view.words.text(index)));
    if begin > cue + FAR_REACH || !plain {
        return None;
    }
    let (mut last, mut digits) = (first, view.pieces[first].digits.len());
    while let Some(next) = view.pieces.get(last + 1) {
        if !(super::gap::is_tight(view.gap_before(last + 1)) || view.gap_before(last + 1) == ", ") {
            break;
        }
        digits += next.digits.len();
        last += 1;
    }
    let range = view.pieces[first].start..view.pieces[last].end;
    let told = last > first || begin <= cue + 3 && digits >= 4;
    (told && SPOKEN_DIGITS.contains(&digits) && !is_measured(view, range.end)).then_some(range)
}

/// A unit follows: money, time, a share.
fn is_measured(view: &View<'_>, end: usize) -> bool {
    let rest = view.text()[end..].trim_start();
    [
        "₽",
        "р.",
        "руб",
        "минут",
        "мин ",
        "час",
        "раз",
        "дн",
        "цифр",
        "год",
        "тысяч",
        "знак",
    ]
    .iter()
    .any(|unit| rest.starts_with(unit))
}

/// «0517, может 0577»: the same code told once more.
fn corrected(view: &View<'_>, told: &Range<usize>) -> Option<Range<usize>> {
    let first = view.words.index_at(told.end);
    (first..view.words.len().min(first + FAR_REACH)).find_map(|index| {
        let word = view.words.all[index];
        let doubted = index > first
            && ["может", "или", "либо", "точнее", "вернее", "теперь", "нет"].contains(&view.words.text(index - 1));
        let same = word.kind == Kind::Digits && word.end - word.start == told.len() && told.len() >= 3;
        let range = word.start..word.end;
        (doubted && same && view.stands_alone(&range)).then_some(range)
    })
}

/// «4417 — пин», «5520 это пароль».
fn value_before(view: &View<'_>, cue: usize) -> Option<Range<usize>> {
    let mut index = cue.checked_sub(1)?;
    if matches!(view.words.text(index), "это" | "мой" | "наш" | "вот") {
        index = index.checked_sub(1)?;
    }
    let word = view.words.all[index];
    let gap = view.words.gap(index + 1).trim();
    let dashed = matches!(gap, "-" | "" | "- это") && view.words.gap(cue).trim_matches([' ', '-']).is_empty();
    let told = word.kind == Kind::Digits
        && (4..=8).contains(&view.words.text(index).len())
        && dashed
        && (gap == "-" || index + 1 < cue);
    told.then_some(word.start..word.end)
}

/// The run of signs without spaces around byte `at`, less the marks at its ends.
fn blob(view: &View<'_>, at: usize) -> Range<usize> {
    let text = view.text();
    let start = text[..at]
        .rfind(|sign: char| sign.is_whitespace() || matches!(sign, '«' | '"' | '(' | ':'))
        .map_or(0, |space| {
            space + text[space..].chars().next().map_or(1, char::len_utf8)
        });
    let end = text[at..]
        .find(|sign: char| sign.is_whitespace() || matches!(sign, '»' | '"' | ',' | ';'))
        .map_or(text.len(), |space| at + space);
    let body = text[start..end].trim_end_matches(['.', ')', '?', '\'', ':']);
    let lead = body.len() - body.trim_start_matches(['\'', '-', '=']).len();
    start + lead..start + body.len()
}

fn looks_secret(value: &str, view: &View<'_>, range: &Range<usize>, is_code: bool) -> bool {
    let digits = value.chars().filter(char::is_ascii_digit).count();
    let letters = value.chars().filter(|sign| sign.is_alphabetic()).count();
    let signs = value.chars().count() - digits - letters;
    if is_measured(view, range.end) {
        return false;
    }
    if letters == 0 {
        return (3..=12).contains(&digits) && signs <= 3 && value.matches('.').count() < 2 && !value.contains(':')
            || digits == 2 && signs == 0 && next_group(view, range.end).is_some();
    }
    if digits > 0 {
        return letters + digits >= 4 && (!is_code || digits >= 2) && !value.starts_with("с1");
    }
    !is_code
        && signs > 0
        && value.is_ascii()
        && letters >= 4
        && value.contains(['_', '#', '!', '$', '%', '&', '*', '@'])
}

/// «90 41 16»: groups of a code told with spaces.
fn next_group(view: &View<'_>, end: usize) -> Option<usize> {
    let rest = view.text()[end..].strip_prefix([' ', '-'])?;
    let digits = rest.len() - rest.trim_start_matches(|sign: char| sign.is_ascii_digit()).len();
    let tail = &rest[digits..];
    let goes_on = tail.starts_with(|sign: char| sign.is_alphanumeric() || matches!(sign, ':' | '%'));
    let fraction = tail
        .strip_prefix('.')
        .is_some_and(|after| after.starts_with(|sign: char| sign.is_ascii_digit()));
    let alone = !goes_on && !fraction;
    (digits == 2 || digits == 3).then_some(()).filter(|()| alone)?;
    Some(end + 1 + digits)
}

fn widen_groups(view: &View<'_>, range: Range<usize>) -> Range<usize> {
    let value = view.words.slice(range.clone());
    if !value.chars().all(|sign| sign.is_ascii_digit()) || value.len() > 3 {
        return range;
    }
    let mut end = range.end;
    while let Some(next) = next_group(view, end) {
        end = next;
    }
    range.start..end
}

fn is_plain_word(value: &str) -> bool {
    value.chars().all(|sign| sign.is_alphabetic())
        && (crate::lexicon::WordEntry::look_up(value).is_common() || !value.is_ascii())
}
