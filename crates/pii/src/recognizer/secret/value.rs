//! Shapes of passwords, keys and codes, and what is shaped alike and opens nothing.

use std::ops::Range;
use std::sync::LazyLock;

use crate::cue::{Cue, cue_before};
use crate::recognizer::{quantity, serial};
use crate::stems::Stems;
use crate::view::View;
use crate::words::Kind;

use super::field::is_password;
use super::list::{NAMED, TOLD};
use super::token;

/// What stands before a name of an account or a thing and not before what opens it.
static NAMES: LazyLock<Stems> = LazyLock::new(|| {
    let own = "логином ник арт iphone айфон samsung машина лада ваз договор трек";
    Stems::of_lines([NAMED, own])
});
/// What has a name of its own and a password besides.
static ACCOUNTS: LazyLock<Stems> = LazyLock::new(|| Stems::new("логин login вайф wifi сеть сети ssid ник аккаунт"));

/// «ivan1985», «мурка55», «зима-лето-7»: letters and digits, or signs between.
pub(super) fn is_password_shaped(value: &str) -> bool {
    let count = |fits: fn(char) -> bool| value.chars().filter(|sign| fits(*sign)).count();
    let digits = count(|sign| sign.is_ascii_digit());
    let letters = count(char::is_alphabetic);
    is_mixed(value)
        || !value.contains(['@', '/', '.', ',', ':', '%', '(', '\\'])
            && letters >= 2
            && digits >= 1
            && letters + digits >= 5
            && (digits >= 2 || value.contains(['-', '_', '!', '#']) || is_leet(value))
}

/// «muxa3mob»: a digit among letters.
fn is_leet(value: &str) -> bool {
    value.len() >= 6
        && value.is_ascii()
        && !value.starts_with(|sign: char| sign.is_ascii_digit())
        && !value.ends_with(|sign: char| sign.is_ascii_digit())
}

/// «lak-i-pilka», «люблю_маму», «glavbuh1»: words with a sign or a digit, right after «пароль».
pub(super) fn is_worded(value: &str) -> bool {
    let letters = value.chars().filter(|sign| sign.is_alphabetic()).count();
    let others = value.chars().count() - letters;
    let signs = value
        .chars()
        .all(|sign| sign.is_ascii_alphanumeric() || sign.is_alphabetic() || matches!(sign, '-' | '_'));
    letters >= 4
        && others >= 1
        && signs
        && (value.contains('_') || value.is_ascii() && (value.len() >= 8 || !value.contains('-')))
}

/// «45в1280», «77k41», «4*08#»: what is pressed on the panel of a door.
pub(super) fn is_panel_code(value: &str) -> bool {
    let digits = value.bytes().filter(u8::is_ascii_digit).count();
    let letters = value.chars().filter(|sign| sign.is_alphabetic()).count();
    let keys = value.chars().filter(|sign| matches!(sign, '*' | '#')).count();
    let plain = value.chars().count() == digits + letters + keys;
    // «u0073» is what a car's computer says.
    let inside = !value.ends_with(char::is_alphabetic) && !value.starts_with(|sign: char| sign.is_ascii_alphabetic());
    plain && (letters == 1 && digits >= 4 && inside || letters == 0 && keys > 0 && digits >= 3)
}

/// Eight signs and more, letters and digits.
pub(super) fn is_key_shaped(view: &View<'_>, range: &Range<usize>) -> bool {
    let value = view.words.slice(range.clone());
    let ascii = value
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'=' | b'+'));
    let digits = value.bytes().filter(u8::is_ascii_digit).count();
    let letters = value.bytes().filter(u8::is_ascii_alphabetic).count();
    token::is_key(view, range) || (ascii || is_mixed(value)) && value.len() >= 8 && digits >= 2 && letters >= 2
}

/// A device, an article, a measure, a name of an account: mixed strings that stand beside passwords too.
pub(super) fn is_thing(view: &View<'_>, index: usize, range: &Range<usize>) -> bool {
    let words = &view.words;
    let value = words.slice(range.clone());
    let first = words.index_at(range.start);
    let before = words.text(first.wrapping_sub(1));
    // «логин/пароль: anna74 / Qwe123zx»: the first of the pair.
    let of_pair = first > 1
        && is_password(before)
        && words.gap(first - 1).contains('/')
        && ACCOUNTS.begins(words.text(first - 2));
    let goods = cue_before(view, first, 2).is_some_and(|(cue, _)| !matches!(cue, Cue::Secret | Cue::Phone | Cue::Card));
    let ordinal = value.split_once('-').is_some_and(|(number, ending)| {
        number.bytes().all(|byte| byte.is_ascii_digit()) && ending.chars().count() <= 5 && !ending.is_ascii()
    });
    let unit = value.starts_with(|sign: char| sign.is_ascii_digit())
        && quantity::is_unit(value.trim_start_matches(|sign: char| sign.is_ascii_digit()));
    let device = [
        "iphone",
        "айфон",
        "samsung",
        "redmi",
        "xiaomi",
        "windows",
        "honor",
        "galaxy",
        "wifi",
        "вайфай",
        "a4",
    ]
    .iter()
    .any(|stem| value.starts_with(stem));
    // «логин на сайте sad_ogorod56, а пароль …», «вайфай Barber_5G, пароль …»
    let nearest = words.before(first, 4).find_map(|word| {
        let opens = is_password(word);
        (opens || ACCOUNTS.begins(word)).then_some(!opens)
    });
    let after_password = words.before(first, 5).any(is_password);
    let named = NAMES.has(before) && !words.gap(first).contains(['\n']) || nearest == Some(true) && !after_password;
    goods
        || of_pair
        || ordinal
        || unit
        || device
        || named
        || serial::is_date(view, range)
        || quantity::is_measured(view, &(words.all[index].start..range.end))
}

/// «krasota2024», «beauty_74_74», «Klinika#4», «Almaty-77»: letters with digits or with signs that words do not have.
pub(super) fn is_mixed(value: &str) -> bool {
    let count = |fits: fn(&char) -> bool| value.chars().filter(fits).count();
    let digits = count(char::is_ascii_digit);
    let latin = count(char::is_ascii_alphabetic);
    let letters = count(|sign| sign.is_alphabetic());
    let signs = value.contains(['_', '#', '!', '$', '&', '*', '+', '=']);
    let plain = !value.contains(['@', '/', '.', ',']) && value.chars().all(|sign| !sign.is_whitespace());
    let dashed = value.contains('-') && letters >= 4 && digits >= 2;
    plain && (latin >= 3 && digits >= 2 || signs && letters >= 3 && digits >= 1 || dashed)
}

/// The run of signs without spaces around byte `at`, less the marks at its ends.
pub(super) fn blob(view: &View<'_>, at: usize) -> Range<usize> {
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

pub(super) fn looks_secret(value: &str, view: &View<'_>, range: &Range<usize>, is_code: bool) -> bool {
    let digits = value.chars().filter(char::is_ascii_digit).count();
    let letters = value.chars().filter(|sign| sign.is_alphabetic()).count();
    let signs = value.chars().count() - digits - letters;
    // «А11.01.012»: a code of a service.
    let is_service = value.matches('.').count() > 1 && value.len() < range.len() + 1 && is_code;
    if is_before_unit(view, range.end)
        || quantity::is_measured(view, range)
        || is_fault(value)
        || is_disease(value)
        || is_service
    {
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

/// Four to eight digits, perhaps in groups, that are no year, date, time, sum or dose.
pub(super) fn is_numeric(view: &View<'_>, value: &str, range: &Range<usize>, index: usize) -> bool {
    let digits = value.chars().filter(char::is_ascii_digit).count();
    let dashes = value.matches('-').count();
    let set = index > 0 && TOLD.begins(view.words.text(index - 1));
    let is_year = !set && quantity::is_year(value);
    let grouped = matches!(digits, 2 | 3) && digits == value.len() && next_group(view, range.end).is_some();
    digits + dashes == value.len()
        && dashes <= 2
        && ((4..=8).contains(&digits) || grouped)
        && !is_year
        && !serial::is_date(view, range)
        && !quantity::is_quantity(view, range, index)
        && !matches!(view.before(range.start), Some('№' | '#' | '+' | '-'))
        && !is_before_unit(view, range.end)
}

/// Whether a unit follows, perhaps on the next line: money, time, a share.
pub(super) fn is_before_unit(view: &View<'_>, end: usize) -> bool {
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

pub(super) fn widen_groups(view: &View<'_>, range: Range<usize>) -> Range<usize> {
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

/// «904 117», «60 18»: two groups of two or three digits that end at word `last`.
pub(super) fn digits_before(view: &View<'_>, last: usize) -> Option<Range<usize>> {
    let words = &view.words;
    let group = |index: usize| words.all[index].kind == Kind::Digits && (2..=3).contains(&words.text(index).len());
    let first = last.checked_sub(1)?;
    let pair =
        group(last) && group(first) && words.gap(last) == " " && words.text(first).len() == words.text(last).len();
    let longer = first > 0 && words.all[first - 1].kind == Kind::Digits && words.gap(first) == " ";
    (pair && !longer).then(|| words.all[first].start..words.all[last].end)
}

pub(super) fn is_plain_word(value: &str) -> bool {
    value.chars().all(|sign| sign.is_alphabetic())
        && (crate::lexicon::WordEntry::look_up(value).is_common() || !value.is_ascii())
}

/// «P0420»: what a car's computer says, a letter and four digits.
fn is_fault(value: &str) -> bool {
    value.len() == 5 && value.starts_with(['p', 'b', 'c', 'u']) && value[1..].chars().all(|sign| sign.is_ascii_digit())
}

/// «m42.1», «j06.9»: a disease, a letter and two digits.
fn is_disease(value: &str) -> bool {
    let mut signs = value.chars();
    signs.next().is_some_and(|sign| sign.is_alphabetic())
        && value
            .split_once('.')
            .is_some_and(|(chapter, rest)| chapter.chars().count() == 3 && rest.len() <= 2)
        && signs.all(|sign| sign.is_ascii_digit() || sign == '.')
}
