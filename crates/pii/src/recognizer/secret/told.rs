//! Codes that nobody calls so: told by who sends or asks them («госуслуги прислали 9041», «бот просит четыре цифры,
//! пришло 0640»), by what they open («замок открывается на 2580»), by a request to tell nobody, by the pair of an
//! address and its password, and the next of several.

use std::ops::Range;
use std::sync::LazyLock;

use crate::cue::{Cue, cue_at};
use crate::finding::Evidence;
use crate::label::Label;
use crate::recognizer::quantity;
use crate::stems::Stems;
use crate::view::{Claims, View};
use crate::words::Kind;

use super::code::{Code, DIGITS, codes, is_explained};
use super::list::{LOCKED, SHOWING, TELLING};
use super::value::{blob, is_mixed};

/// Who sends codes, where they come and what they are for.
static SOURCES: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "смс sms эсэмэс сообщен пуш уведомлен госуслуг бот робот автоответ цифр циферк циферок чисел код подтвержд \
         подтверд авторизац верификац аутентиф логин войти вход захо приложен личн кабинет сайт банк сбер тинь втб \
         регистрац активац звонок",
    )
});
/// Words right before a code that came or that is being given.
static TOLD: LazyLock<Stems> = LazyLock::new(|| Stems::of_lines([TELLING, SHOWING, "приход"]));
/// Requests to keep a code to oneself.
static KEEP: LazyLock<Stems> =
    LazyLock::new(|| Stems::new("сообща говорит скаж показыв передав диктов диктуйте разглаш пересыла"));
/// Things that a code opens, and how.
static LOCKS: LazyLock<Stems> = LazyLock::new(|| {
    let own = "кейбокс калитк ворота дверь двери шкаф домофон сигнализ охран планшет айфон телефон ноут";
    Stems::of_lines([LOCKED, own])
});
static OPENS: LazyLock<Stems> =
    LazyLock::new(|| Stems::new("откры откро отпир снима снять разблок комбинац набер набир жми нажм"));

/// How far before a code its source may be told, and how far after.
const REACH: usize = 9;
const REACH_AFTER: usize = 6;

/// Claims all codes of these kinds.
pub(super) fn claim(view: &View<'_>, claims: &mut Claims) {
    for code in codes(view) {
        let told = claims.is_free(&code.range)
            && !is_other(view, &code)
            && (is_sent(view, &code) || is_confidential(view, &code) || opens_something(view, &code));
        if told {
            claims.add(Label::Secret, code.range, 0.75, Evidence::Context);
        }
    }
}

/// A sum, a year, a date, an order, a phone: numbers that stand beside messages too.
fn is_other(view: &View<'_>, code: &Code) -> bool {
    quantity::is_year(view.words.slice(code.range.clone())) || is_explained(view, code)
}

/// Whether «пароль» follows word `index`: what stands before it is the name of a network or of an account.
pub(super) fn is_later(view: &View<'_>, index: usize) -> bool {
    (index + 1..view.words.len().min(index + REACH)).any(|next| {
        let word = view.words.text(next);
        word.starts_with("парол") || word.starts_with("пас") || word == "pass"
    })
}

/// «госуслуги прислали 9041», «смска там цифры 6 0 2»: a word of coming right before, a word of its source near.
fn is_sent(view: &View<'_>, code: &Code) -> bool {
    let words = &view.words;
    let Some(before) = code.first_word.checked_sub(1) else {
        return false;
    };
    let word = words.text(before);
    let gap = words.gap(code.first_word);
    let verb = TOLD.begins(word) && !gap.contains(['.', '!']) || gap.contains(':') || matches!(word, "code" | "код");
    let named = ["цифр", "циферк", "чис"].iter().any(|stem| word.starts_with(stem)) && gap.len() <= 3;
    // «одноразовый 7714»
    if word.starts_with("одноразов") && gap == " " {
        return true;
    }
    // «Подтверждение номера +7…: 27184»
    let confirms = || {
        words
            .before(code.first_word, REACH)
            .any(|word| word.starts_with("подтвержд"))
    };
    if gap.contains(':') && confirms() {
        return true;
    }
    if !verb && (!named || gap.contains(':')) {
        return false;
    }
    let lead = (2..=REACH.min(code.first_word))
        .take_while(|back| !words.gap(code.first_word - back + 1).contains(['\n', '!']))
        .any(|back| SOURCES.begins(words.text(code.first_word - back)));
    let tail = || {
        (code.after_word..code.after_word + REACH_AFTER)
            .take_while(|index| *index < words.len() && !words.gap(*index).contains('\n'))
            .any(|index| SOURCES.begins(words.text(index)))
    };
    let colon = gap.contains(':') && !TOLD.begins(word);
    // «на сайте написано 1800»: what is shown, told or given needs a code to be spoken of.
    let round = view.words.slice(code.range.clone()).ends_with("00");
    !colon
        && (named && lead || strong(word) && (lead || tail()) || verb && lead && !round && speaks_of_codes(view, code))
}

/// A word of codes themselves or of messages stands before.
fn speaks_of_codes(view: &View<'_>, code: &Code) -> bool {
    view.words.before(code.first_word, REACH).any(|word| {
        [
            "смс",
            "sms",
            "эсэмэс",
            "цифр",
            "циферк",
            "код",
            "пуш",
            "чисел",
            "подтвер",
            "госуслуг",
        ]
        .iter()
        .any(|stem| word.starts_with(stem))
    })
}

/// What comes by itself is a code more likely than what is said.
fn strong(word: &str) -> bool {
    [
        "пришл",
        "пришел",
        "присла",
        "приходит",
        "ввож",
        "ввел",
        "вбил",
        "высвет",
        "читаю",
        "code",
    ]
    .iter()
    .any(|stem| word.starts_with(stem))
}

/// «никому не сообщать, ну вам-то можно 338016»: a request to tell nobody near.
fn is_confidential(view: &View<'_>, code: &Code) -> bool {
    let words = &view.words;
    let from = code.first_word.saturating_sub(REACH + 3);
    (from..code.after_word + REACH_AFTER)
        .filter(|index| matches!(words.text(*index), "никому" | "посторонним"))
        .any(|index| {
            (1..=3).any(|step| KEEP.begins(words.text(index + step)))
                || index > 0 && KEEP.begins(words.text(index - 1))
                || index > 1 && KEEP.begins(words.text(index - 2))
        })
}

/// «замок открывается на 2580», «снимаем с сигнализации: 4417».
fn opens_something(view: &View<'_>, code: &Code) -> bool {
    let words = &view.words;
    let back = |reach: usize| words.before_in(code.first_word, reach, &['\n', '!', '?']);
    let opened = back(3).any(|word| OPENS.begins(word));
    let locked = || back(REACH).any(|word| LOCKS.begins(word));
    let dashed = view.text()[code.range.clone()].contains('-') && !code.spoken;
    opened && locked() || dashed && back(1).any(|word| word.starts_with("сигнализ") || word.starts_with("сигналк"))
}

/// «nails@gmail.com / gel-lak777»: a password right after its address.
pub(super) fn claim_pairs(view: &View<'_>, claims: &mut Claims) {
    let mut found = Vec::new();
    for (at, _) in view.text().match_indices('@') {
        let Some(mail) = claims.at(at).filter(|claim| claim.label == Label::Email) else {
            continue;
        };
        let rest = &view.text()[mail.range.end..];
        let trimmed = rest.trim_start_matches([' ', '/', ':', '|', ';', '\\', '-']);
        let signs = &rest[..rest.len() - trimmed.len()];
        if trimmed.is_empty() || !signs.contains(['/', ':', '|', ';', '\\']) || trimmed.starts_with(char::is_whitespace)
        {
            continue;
        }
        let range = blob(view, mail.range.end + signs.len());
        let value = view.words.slice(range.clone());
        if range.start >= mail.range.end && value.is_ascii() && is_mixed(value) {
            found.push(range);
        }
    }
    for range in found {
        claims.add(Label::Secret, range, 0.8, Evidence::Context);
    }
}

/// Words that tell another value of the same kind: «а на втором 7410», «старый salon1».
static ANOTHER: LazyLock<Stems> =
    LazyLock::new(|| Stems::new("стар нов втор друг трет прежн прошл раньше запасн резервн теперь админ гостев"));
/// What has a password of its own: «приложение бмв Bmw-X3drive».
static ACCOUNTS: LazyLock<Stems> =
    LazyLock::new(|| Stems::new("прилож акк кабинет почт админк роутер wifi вайф касс терминал"));
/// How far after a secret the next one may be told.
const NEXT_REACH: usize = 9;

/// «на планшете пин 2021, а на втором, у Насти, 7410»: the next secret in the sentence of the one at `told`.
pub(super) fn next(view: &View<'_>, claims: &Claims, told: &Range<usize>) -> Option<Range<usize>> {
    let words = &view.words;
    let value = words.slice(told.clone());
    let first = words.index_at(told.end);
    let mut another = false;
    for index in first..words.len().min(first + NEXT_REACH) {
        let gap = words.gap(index);
        if gap.contains(['\n', '!', '?', ';']) || gap.starts_with(". ") {
            return None;
        }
        another |= ANOTHER.begins(words.text(index));
        if cue_at(view, index).is_some_and(|cue| cue != Cue::Secret) {
            return None;
        }
        let range = blob(view, words.all[index].start);
        if range.start < told.end || !claims.is_free(&range) {
            continue;
        }
        let text = words.slice(range.clone());
        let dashed = gap.trim_end().ends_with(['-', ':']);
        let before = words.text(index.wrapping_sub(1));
        let digits = text.len() == value.len() && text.chars().all(|sign| sign.is_ascii_digit());
        if digits && value.chars().all(|sign| sign.is_ascii_digit()) && text.len() >= *DIGITS.start() {
            let plain = !quantity::is_quantity(view, &range, index);
            return (plain && (another || dashed)).then_some(range);
        }
        let latin = text.is_ascii()
            && text.contains(|sign: char| sign.is_ascii_digit())
            && text.len() >= 5
            && text.chars().filter(char::is_ascii_alphabetic).count() >= 3;
        let named = index > first && words.all[index].kind == Kind::Latin;
        if latin {
            let own = ANOTHER.begins(before)
                || dashed
                || (1..=2).any(|back| index >= back + first && ACCOUNTS.begins(words.text(index - back)));
            return own.then_some(range);
        }
        if named && text.contains('@') {
            return None;
        }
    }
    None
}
