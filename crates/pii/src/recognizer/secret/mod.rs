//! Passwords, PINs, CVV and one-time codes: told only by the words beside them.

mod card;
mod code;
mod come;
mod field;
mod list;
mod other;
mod pair;
mod phrase;
mod quoted;
mod sibling;
mod spelled;
mod spoken;
mod token;
mod told;
mod value;
mod word;

use std::ops::Range;
use std::sync::LazyLock;

use crate::cue::cue_before;
use crate::finding::Evidence;
use crate::label::Label;
use crate::stems::Stems;
use crate::view::{Claims, View};
use crate::words::Kind;

pub(super) use card::claim_on_cards;

use list::{NAMED, TOLD};
use other::{CODES_OF, OTHER_CODES, is_of_cashback, is_of_goods, is_of_other, is_promo};
use spoken::{lone_digits, lone_mixed, value_spoken, word_and_number};
use value::{blob, digits_before, is_mixed, is_numeric, is_plain_word, looks_secret, widen_groups};

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

/// Words after which stands a name of an account or of a thing, not what opens it.
static NOT_OPENING: LazyLock<Stems> = LazyLock::new(|| {
    let own = "от на за в до тел id ид";
    Stems::of_lines([NAMED, own])
});

/// Claims all secrets.
pub(super) fn claim(view: &View<'_>, claims: &mut Claims) {
    card::claim_behind_cards(view, claims);
    token::claim(view, claims);
    let field = field::anchors(view);
    field::claim_reserve(view, &field, claims);
    phrase::claim(view, claims);
    for index in 0..view.words.len() {
        if let Some(range) = card::beside_card(view, index, claims) {
            claims.add(Label::Secret, range, 0.8, Evidence::Context);
        }
        if !word::is_label(view, index)
            || is_of_cashback(view, index)
            || is_part(view, index)
            || view.words.text(index).starts_with("код") && is_of_other(view, index) && !is_promo(view, index)
        {
            continue;
        }
        if let Some(range) = value_after(view, index, claims)
            .or_else(|| value_before(view, index, claims))
            .or_else(|| word::value(view, index).filter(|range| claims.is_free(range)))
        {
            add_with_next(view, claims, range, 0.88);
        } else if let Some(range) = word_and_number(view, index)
            .or_else(|| lone_mixed(view, index))
            .or_else(|| value_spoken(view, index))
            .or_else(|| value_far(view, index, claims))
        {
            add_with_next(view, claims, range, 0.8);
        }
    }
    pair::claim(view, claims);
    told::claim_pairs(view, claims);
    told::claim(view, claims);
    come::claim(view, claims);
    field::claim(view, &field, claims);
}

/// Claims a secret, the same told once more and the next one of the sentence.
fn add_with_next(view: &View<'_>, claims: &mut Claims, range: Range<usize>, confidence: f32) {
    let again = corrected(view, &range);
    claims.add(Label::Secret, range.clone(), confidence, Evidence::Cue);
    if let Some(range) = again.or_else(|| told::next(view, claims, &range)) {
        claims.add(Label::Secret, range, 0.8, Evidence::Context);
    }
}

/// The value after the cue at word `cue`, on its line.
fn value_after(view: &View<'_>, cue: usize, claims: &Claims) -> Option<Range<usize>> {
    let is_code = view.words.text(cue).starts_with("код");
    let promo = is_code && is_promo(view, cue);
    let mut index = cue + 1;
    // «cvv2»
    if view.words.text(index) == "2" && view.words.gap(index).is_empty() {
        index += 1;
    }
    let mut asked = false;
    // «логин/пароль: anna74 / Qwe123»: the first of the pair is no secret.
    let mut pair =
        cue > 0 && is_login(view.words.text(cue - 1)) && view.words.all[cue].start - view.words.all[cue - 1].end <= 3;
    while index < view.words.len().min(cue + 12) {
        let gap = view.words.gap(index);
        // «Пароль от Wi-Fi:» and the value on the next line.
        if gap.contains('\n') && index > cue + 1 && !gap.trim_start().starts_with([':', '-']) {
            return None;
        }
        asked |= gap.contains('?');
        let word = view.words.all[index];
        let text = view.words.text(index);
        if OTHER_CODES.begins(text) || index == cue + 1 && CODES_OF.begins(text) {
            return None;
        }
        let range = blob(view, word.start);
        let value = view.words.slice(range.clone());
        let opened = matches!(view.words.text(index - 1), "от" | "для" | "в" | "с") && word.kind != Kind::Digits;
        let named =
            index > cue + 1 && (opened || is_login(view.words.text(index - 1))) || is_of_goods(view, cue, index);
        if pair && view.words.all[index].kind != Kind::Cyrillic && index > cue {
            pair = false;
            index = view.words.index_at(range.end).max(index + 1);
            continue;
        }
        if claims.is_free(&range)
            && !named
            && let Some(range) = lone_digits(view, index)
        {
            return Some(range);
        }
        let gift = promo && value.contains(char::is_alphabetic);
        if claims.is_free(&range) && !named && !gift && looks_secret(value, view, &range, is_code) {
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

/// «пин-ап», «pin-up», «пин-лак»: no label but the first half of a word.
fn is_part(view: &View<'_>, index: usize) -> bool {
    let next = view.words.text(index + 1);
    matches!(view.words.text(index), "пин" | "pin")
        && view.words.gap(index + 1) == "-"
        && view
            .words
            .all
            .get(index + 1)
            .is_some_and(|word| word.kind != Kind::Digits)
        && !next.starts_with("код")
        && !next.starts_with("code")
}

fn is_login(word: &str) -> bool {
    matches!(word, "логин" | "login" | "лог" | "юзер" | "user" | "логином")
}

/// Longest way in words from «пароль» to its value: «пароль от компьютера на ресепшене сменили …».
const FAR_REACH: usize = 9;
/// The same to a value that a word tells or that can be nothing else.
const TOLD_REACH: usize = 15;

/// A value some words after the cue, so secret in shape that no filler need be known; beyond the sentence and far on
/// only what mixes signs, or what a word tells: «какой? на стойке написано beauty_74», «в прошлый раз прислали 81740».
fn value_far(view: &View<'_>, cue: usize, claims: &Claims) -> Option<Range<usize>> {
    let is_password = is_password(view.words.text(cue));
    if CODES_OF.begins(view.words.text(cue + 1)) {
        return None;
    }
    let mut index = cue + 1;
    let mut same_sentence = true;
    while index < view.words.len().min(cue + TOLD_REACH) {
        let gap = view.words.gap(index);
        if gap.contains(['\n', ';']) || OTHER_CODES.begins(view.words.text(index)) {
            return None;
        }
        same_sentence &= !(gap.contains('!') || gap.contains(". "));
        let range = blob(view, view.words.all[index].start);
        let value = view.words.slice(range.clone());
        let before = view.words.text(index - 1);
        // «сменили на Salon!Ural9»
        let set = before == "на" && index > cue + 2 && SETTING.begins(view.words.text(index - 2));
        let named = index > cue + 1 && NOT_OPENING.has(before) && !set || is_of_goods(view, cue, index);
        let told = index > cue + 1 && TOLD.begins(before) || set || gap.trim_end().ends_with([':', '-']);
        let reached = same_sentence && index < cue + FAR_REACH;
        if claims.is_free(&range) && !named {
            if is_password && is_mixed(value) && looks_secret(value, view, &range, false) {
                return Some(range);
            }
            if let Some(digits) = lone_digits(view, index).filter(|_| reached || told) {
                return Some(digits);
            }
            if (reached || told) && is_numeric(view, value, &range, index) {
                return Some(widen_groups(view, range));
            }
        }
        index = view.words.index_at(range.end).max(index + 1);
    }
    None
}

/// Words of changing a password to another: «сменили на …».
static SETTING: LazyLock<Stems> = LazyLock::new(|| Stems::new("смен помен постав замен измен переустан обнов"));

fn is_password(word: &str) -> bool {
    word.starts_with("пар")
        || word.starts_with("запар")
        || word.starts_with("пас")
        || matches!(word, "password" | "pass" | "pwd" | "пороль" | "ключ")
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

/// «4417 — пин», «Kd83-polis это мой пароль», «904 117 код из смс».
fn value_before(view: &View<'_>, cue: usize, claims: &Claims) -> Option<Range<usize>> {
    let words = &view.words;
    let mut index = cue;
    while index > 0
        && index + LINKS_MAX > cue
        && matches!(
            words.text(index - 1),
            "это"
                | "мой"
                | "наш"
                | "вот"
                | "ваш"
                | "был"
                | "такой"
                | "у"
                | "меня"
                | "новый"
                | "старый"
                | "и"
                | "есть"
                | "тот"
        )
        && !words.gap(index).contains(['\n', '?', '!', ';'])
    {
        index -= 1;
    }
    let last = index.checked_sub(1)?;
    let gap = words.gap(index);
    if gap.contains(['\n', '?', '!', ';', ':']) || gap.contains(". ") {
        return None;
    }
    let range = digits_before(view, last).unwrap_or_else(|| blob(view, words.all[last].start));
    if range.end > words.all[index].start || !claims.is_free(&range) {
        return None;
    }
    let first = words.index_at(range.start);
    let value = words.slice(range.clone());
    let parted = gap.contains(['-', '(', ',']) && !gap.contains(')');
    let linked = index < cue;
    let opens = first == 0
        || words.gap(first).contains(['\n', ',', '.', ':', '!', '?', ';', '('])
        || TOLD.begins(words.text(first - 1));
    let named = first > 0 && (NOT_OPENING.has(words.text(first - 1)) || cue_before(view, first, 2).is_some());
    let told = linked || gap.contains('-') || gap.contains('(') || opens && gap.trim().is_empty();
    if named || !told || parted && gap.contains(',') && !linked {
        return None;
    }
    let digits = value.chars().filter(char::is_ascii_digit).count();
    let spaced = value.contains(' ') && (4..=8).contains(&digits);
    let numeric = spaced || is_numeric(view, value, &range, first);
    let mixed = is_password(words.text(cue)) && is_mixed(value) && (linked || gap.contains(['-', '(']));
    (numeric || mixed).then_some(range)
}

/// Words at most between a value and the word that tells it afterwards.
const LINKS_MAX: usize = 4;
