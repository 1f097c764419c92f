//! A name of an account and what opens it side by side: «вход admin / hikHIK2204», «учётка manager Kassa!55».

use std::ops::Range;
use std::sync::LazyLock;

use crate::finding::Evidence;
use crate::label::Label;
use crate::stems::Stems;
use crate::view::{Claims, View};
use crate::words::Kind;

use super::value::{blob, is_mixed};

/// Names that accounts bear.
static ACCOUNTS: LazyLock<Stems> =
    LazyLock::new(|| Stems::new("admin root user guest administrator админ админа kassa manager operator"));
/// Words that announce an account.
static ENTRIES: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new("вход доступ учетк учетн логин login акк админк роутер камер регистратор вайфай wifi личк")
});
/// Words between the announcement and the name of the account.
const NAME_REACH: usize = 4;
/// Signs between the two of a pair.
const GAP_SIGNS_MAX: usize = 3;

/// Claims the second of all pairs.
pub(super) fn claim(view: &View<'_>, claims: &mut Claims) {
    for (index, word) in view.words.all.iter().enumerate() {
        if word.kind == Kind::Digits || !is_account(view, index) {
            continue;
        }
        if let Some(range) = opener(view, index).filter(|range| claims.is_free(range)) {
            claims.add(Label::Secret, range, 0.8, Evidence::Context);
        }
    }
}

/// A usual name of an account, or a Latin word after «учётка».
fn is_account(view: &View<'_>, index: usize) -> bool {
    let words = &view.words;
    if ACCOUNTS.has(words.text(index)) {
        return true;
    }
    words.all[index].kind == Kind::Latin
        && words
            .before_in(index, NAME_REACH, &['\n', '.', '!', '?'])
            .any(|word| ENTRIES.begins(word))
}

/// What stands behind a slash, a colon or a space after the account at word `index`.
fn opener(view: &View<'_>, index: usize) -> Option<Range<usize>> {
    let rest = &view.text()[view.words.all[index].end..];
    // «kassa1 / …»: digits belong to the name.
    let name = rest.len()
        - rest
            .trim_start_matches(|sign: char| sign.is_ascii_digit() || sign == '_')
            .len();
    let tail = &rest[name..];
    let body = tail.trim_start_matches([' ', '/', ':', '|', ',', '\\', '-', '\n']);
    let signs = &tail[..tail.len() - body.len()];
    let parted = signs.contains(['/', ':', '|', '\\', ' ', '\n']);
    if body.is_empty() || !parted || signs.chars().count() > GAP_SIGNS_MAX {
        return None;
    }
    let at = view.words.all[index].end + name + signs.len();
    let mut range = blob(view, at);
    // «admin/Kamera77»: the slash is no part of it.
    range.start = range.start.max(at);
    let value = view.words.slice(range.clone());
    (value.is_ascii() && is_opener(value)).then_some(range)
}

/// Letters and digits of a password, or a password of digits behind a name is too little.
fn is_opener(value: &str) -> bool {
    let digits = value.bytes().filter(u8::is_ascii_digit).count();
    let letters = value.bytes().filter(u8::is_ascii_alphabetic).count();
    is_mixed(value) || letters >= 3 && digits >= 1 && value.len() >= 6 && !value.contains(['.', '/', ':'])
}
