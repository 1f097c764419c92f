//! What stands in quotes beside «пароль» or a code word: «пароль «гуси летят на юг»».

use std::ops::Range;
use std::sync::LazyLock;

use crate::finding::Evidence;
use crate::label::Label;
use crate::stems::Stems;
use crate::view::{Claims, View};

use super::phrase::{is_code_word, is_label};
use super::spelled::SPELLING;
use super::word;

/// Who quotes is a program: «пишет «неверно»».
static QUOTING: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new("пишет пишут выда ошибк написан надпис кнопк сайт салон нажм раздел пункт ооо тариф назван")
});
/// Longest quoted password, in bytes, and the way to its label in words.
const QUOTE_BYTES: Range<usize> = 4..140;
const QUOTE_REACH: usize = 5;

/// Claims what stands in quotes beside «пароль».
pub(super) fn claim(view: &View<'_>, claims: &mut Claims) {
    let text = view.text();
    let mut from = 0;
    while let Some(open) = text[from..].find(['«', '"', '“']).map(|place| from + place) {
        let start = open + text[open..].chars().next().map_or(1, char::len_utf8);
        let Some(end) = text[start..].find(['»', '"', '”']).map(|place| start + place) else {
            return;
        };
        from = end + text[end..].chars().next().map_or(1, char::len_utf8);
        let range = start..end;
        if QUOTE_BYTES.contains(&range.len()) && claims.is_free(&range) && is_quoted_secret(view, &range, from) {
            claims.add(Label::Secret, range, 0.8, Evidence::Context);
        }
    }
}

/// Whether «пароль» or a code word leads to the quote, or explains it afterwards.
fn is_quoted_secret(view: &View<'_>, range: &Range<usize>, after: usize) -> bool {
    let words = &view.words;
    let (first, next) = (words.index_at(range.start), words.index_at(after));
    let label = |index: usize| {
        is_label(words.text(index)) && !words.text(index).starts_with("код") || is_code_word(view, index)
    };
    let inside = (first..next).any(|index| {
        let word = words.text(index);
        word.starts_with("парол") || word.starts_with("код") || word.starts_with("сообщ")
    });
    if first >= next || inside || word::is_about(words.text(first)) {
        return false;
    }
    let before = first
        .checked_sub(1)
        .is_some_and(|before| !QUOTING.begins(words.text(before)));
    let led = before
        && (1..=QUOTE_REACH.min(first))
            .take_while(|back| *back == 1 || !words.gap(first - back + 1).contains(['\n', '.', '!', '?']))
            .any(|back| label(first - back));
    let told = (next..words.len().min(next + 3))
        .take_while(|index| !words.gap(*index).contains(['\n', '!', '?']))
        .any(|index| label(index) && (index == next || words.text(next) == "это"));
    let spells = (first..next).any(|index| SPELLING.begins(words.text(index)));
    led || told && (spells || words.gap(next).contains('-'))
}
