//! Keys that are told by their shape alone: tokens of bots, keys of programs, licences and recovery codes. Nobody tells
//! them as anything else, so no word beside them is needed.

use std::ops::Range;

use crate::finding::Evidence;
use crate::label::Label;
use crate::view::{Claims, View};
use crate::words::Kind;

/// How keys of well-known services begin.
const BEGINNINGS: [&str; 19] = [
    "sk_", "sk-", "pk_", "rk_", "live_", "test_", "whsec_", "ghp_", "gho_", "xoxb", "xoxp", "akia", "eyj", "ya29",
    "glpat", "secret_", "token_", "key_", "api_",
];
/// Shortest key with such a beginning.
const BEGUN_LENGTH_MIN: usize = 12;
/// Shortest key without one, and shortest of hexadecimal digits.
const LENGTH_MIN: usize = 16;
const HEX_LENGTH_MIN: usize = 14;
/// Changes between letters and digits in a key.
const SWITCHES_MIN: usize = 3;
const SWITCHES_LOWER_MIN: usize = 5;
/// A long number in front is a code of goods.
const LEADING_DIGITS_MAX: usize = 9;
/// Signs of the number and of the secret in a token of a bot.
const BOT_NUMBER: Range<usize> = 6..13;
const BOT_SECRET_MIN: usize = 10;
/// Groups of a licence, and signs in each.
const GROUPS: std::ops::RangeInclusive<usize> = 3..=8;
const GROUP_LENGTHS: std::ops::RangeInclusive<usize> = 4..=6;

/// Claims all keys.
pub(super) fn claim(view: &View<'_>, claims: &mut Claims) {
    let words = &view.words;
    let mut done = 0;
    for (index, word) in words.all.iter().enumerate() {
        if word.kind != Kind::Latin || word.start < done || !touches_digits(view, index) {
            continue;
        }
        let range = run(view, word.start);
        done = range.end;
        if is_key(view, &range) && claims.is_free(&range) {
            claims.add(Label::Secret, range, 0.85, Evidence::Pattern);
        }
    }
}

/// Whether digits touch word `index`, or stand behind a sign of keys.
fn touches_digits(view: &View<'_>, index: usize) -> bool {
    let near = |at: usize, gap: usize| {
        view.words.all.get(at).is_some_and(|word| word.kind != Kind::Cyrillic)
            && matches!(view.words.gap(gap), "" | "_" | "-" | ":" | ".")
    };
    index > 0 && near(index - 1, index) || near(index + 1, index + 1)
}

/// The run of Latin letters, digits and signs of keys around byte `at`, without a label glued to it by a colon.
fn run(view: &View<'_>, at: usize) -> Range<usize> {
    let text = view.text().as_bytes();
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b':' | b'.' | b'+' | b'=');
    let start = text[..at]
        .iter()
        .rposition(|byte| !is_part(*byte))
        .map_or(0, |place| place + 1);
    let end = text[at..]
        .iter()
        .position(|byte| !is_part(*byte))
        .map_or(text.len(), |place| at + place);
    let run = &view.text()[start..end];
    let body = run.trim_end_matches(['.', ':', '-', '=', '_', '+']);
    let lead = match body.split_once([':', '=']) {
        Some((label, _)) if !label.bytes().all(|byte| byte.is_ascii_digit()) => label.len() + 1,
        _ => 0,
    };
    start + lead..start + body.len().max(lead)
}

/// Whether the range is shaped like a key.
pub(super) fn is_key(view: &View<'_>, range: &Range<usize>) -> bool {
    let value = view.words.slice(range.clone());
    let touched =
        |sign: Option<char>| sign.is_some_and(|sign| sign.is_alphanumeric() || matches!(sign, '/' | '@' | '\\'));
    if value.len() < BEGUN_LENGTH_MIN || touched(view.before(range.start)) || touched(view.after(range.end)) {
        return false;
    }
    let digits = value.bytes().filter(u8::is_ascii_digit).count();
    let letters = value.bytes().filter(u8::is_ascii_alphabetic).count();
    if BEGINNINGS.iter().any(|beginning| value.starts_with(beginning)) && digits > 0 && letters > 4 {
        return true;
    }
    if let Some((number, secret)) = value.split_once(':') {
        return BOT_NUMBER.contains(&number.len())
            && number.bytes().all(|byte| byte.is_ascii_digit())
            && secret.len() >= BOT_SECRET_MIN
            && secret.bytes().any(|byte| byte.is_ascii_alphabetic());
    }
    if value.contains('.') || digits < 2 || letters < 3 {
        return false;
    }
    let switches = switches(value);
    is_licence(value, switches) || is_random(view, range, value, switches)
}

/// Changes between letters and digits.
fn switches(value: &str) -> usize {
    let alphanumeric: Vec<bool> = value
        .bytes()
        .filter(u8::is_ascii_alphanumeric)
        .map(|byte| byte.is_ascii_digit())
        .collect();
    alphanumeric.windows(2).filter(|pair| pair[0] != pair[1]).count()
}

/// «hx3p-9lq2-vv7m»: groups of one length.
fn is_licence(value: &str, switches: usize) -> bool {
    let groups: Vec<&str> = value.split('-').collect();
    let length = groups[0].len();
    GROUPS.contains(&groups.len())
        && GROUP_LENGTHS.contains(&length)
        && groups.iter().all(|group| group.len() == length)
        && switches >= SWITCHES_MIN
}

/// «q9wm3vttO1zbrke», «b7e1904cfa2d4c0f83»: letters and digits without order.
fn is_random(view: &View<'_>, range: &Range<usize>, value: &str, switches: usize) -> bool {
    let leading = value.bytes().take_while(u8::is_ascii_digit).count();
    if leading > LEADING_DIGITS_MAX || switches < SWITCHES_MIN {
        return false;
    }
    let hex = value.len() >= HEX_LENGTH_MIN && value.bytes().all(|byte| byte.is_ascii_hexdigit());
    let shadow = view.words.shadow;
    let letters = || (range.start..range.end).filter(|at| view.text().as_bytes()[*at].is_ascii_alphabetic());
    let capitals = letters().any(|at| shadow.is_upper(at)) && letters().any(|at| !shadow.is_upper(at));
    let jumbled = switches >= SWITCHES_LOWER_MIN && !value.contains('-');
    hex && switches >= SWITCHES_LOWER_MIN || value.len() >= LENGTH_MIN && (capitals || jumbled)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shadow::Shadow;
    use crate::words::Words;

    fn found(text: &str) -> bool {
        let shadow = Shadow::new(text);
        let view = View::new(Words::new(&shadow));
        let mut claims = Claims::default();
        claim(&view, &mut claims);
        !claims.into_vec().is_empty()
    }

    #[test]
    fn keys_are_told_from_goods_by_their_shape() {
        for text in [
            "7301948812:AAHk2-xxQwL0vT_9s вставьте",
            "live_Ak29xxWq81mN",
            "d8f0a1b2c3d4e5f6",
            "HX3P-9LQ2-VV7M",
            "qT7uu81Lk22mmQ9x",
        ] {
            assert!(found(text), "{text}");
        }
        for text in [
            "RA644000928CN",
            "45022-TL0-E51",
            "0104607034170295215Gk7Q",
            "IMG-20240512-WA0012",
            "hl-22-0083156",
            "https://salon.ru/zapis2024/step1",
        ] {
            assert!(!found(text), "{text}");
        }
    }
}
