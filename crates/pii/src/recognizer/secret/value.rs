//! Shapes of passwords and keys, and what is shaped alike and opens nothing.

use std::ops::Range;
use std::sync::LazyLock;

use crate::cue::{Cue, cue_before};
use crate::recognizer::{quantity, serial};
use crate::stems::Stems;
use crate::view::View;

use super::field::is_password;
use super::is_mixed;
use super::token;

/// What stands before a name of an account or a thing and not before what opens it.
static NAMES: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "логин логином login лог юзер user сеть сети ssid почта почты ник имя заказ заказа заказу для модель артикул арт телефон iphone \
         айфон samsung версия машина лада ваз номер договор трек",
    )
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
    let nearest = (1..=4.min(first)).find_map(|back| {
        let word = words.text(first - back);
        let opens = is_password(word);
        (opens || ACCOUNTS.begins(word)).then_some(!opens)
    });
    let after_password = (1..=5.min(first)).any(|back| is_password(words.text(first - back)));
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
