//! Runs of digits that may be a code, and what else they may be.

use std::ops::Range;
use std::sync::LazyLock;

use crate::cue::{Cue, cue_before};
use crate::recognizer::{phone, quantity, serial};
use crate::stems::Stems;
use crate::view::View;
use crate::words::Capitals;

/// Digits of a code.
pub(super) const DIGITS: std::ops::RangeInclusive<usize> = 4..=8;
/// Words whose number is no code.
static NUMBERED: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "номер заказ заявк артик модел сумм цен прайс счет чек талон акт договор трек посыл стоим ошибк баланс балл итог групп",
    )
});
/// What counts money or bonus points.
pub(super) static MONEY: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new("списа перев оплат заплат сто цен руб баланс бонус сумм скидк прайс долг доплат дорог")
});

/// A run of digits that may be a code.
pub(super) struct Code {
    pub(super) range: Range<usize>,
    pub(super) digits: usize,
    pub(super) first_word: usize,
    pub(super) after_word: usize,
    pub(super) spoken: bool,
}

/// All runs of as many digits as codes have.
pub(super) fn codes(view: &View<'_>) -> impl Iterator<Item = Code> {
    (0..view.pieces.len())
        .filter_map(|piece| code(view, piece))
        .filter(|code| DIGITS.contains(&code.digits))
}

/// The code that begins at piece `first`: «0640», «630-118», «5 0 9 1 3», «шесть ноль два один».
pub(super) fn code(view: &View<'_>, first: usize) -> Option<Code> {
    let piece = &view.pieces[first];
    if piece.ordinal {
        return None;
    }
    let goes_on = |last: usize, next: usize| {
        let between = view.gap_before(next);
        let (one, two) = (&view.pieces[last], &view.pieces[next]);
        let single = one.digits.len() == 1 && two.digits.len() == 1;
        let said = one.spoken && two.spoken && matches!(between, " " | "-" | ", ");
        let grouped = between == " "
            && (2..=3).contains(&one.digits.len())
            && (2..=3).contains(&two.digits.len())
            && (one.digits.len() == two.digits.len() || last == first)
            || between == "-" && one.digits.len() <= 4 && two.digits.len() <= 3;
        !two.ordinal && (said || single && matches!(between, " " | "-" | "." | ", " | "*") || grouped)
    };
    // The run has begun before.
    if first > 0 && goes_on(first - 1, first) {
        return None;
    }
    let mut last = first;
    while last + 1 < view.pieces.len() && last < first + *DIGITS.end() && goes_on(last, last + 1) {
        last += 1;
    }
    let pieces = &view.pieces[first..=last];
    let range = piece.start..view.pieces[last].end;
    let lettered = piece.first_word > 0
        && view.words.gap(piece.first_word) == "-"
        && view.words.all[piece.first_word - 1].capitals == Capitals::All;
    let start = if lettered && view.words.text(piece.first_word - 1).chars().count() == 1 {
        view.words.all[piece.first_word - 1].start
    } else {
        range.start
    };
    let range = start..range.end;
    let touches = |sign: Option<char>| sign.is_some_and(|sign| matches!(sign, '№' | '#' | '+' | '/' | '@' | '_'));
    (view.stands_alone(&range) && !touches(view.before(range.start)) && !touches(view.after(range.end))).then(|| Code {
        digits: pieces.iter().map(|piece| piece.digits.len()).sum(),
        range,
        first_word: piece.first_word,
        after_word: view.pieces[last].after_word,
        spoken: piece.spoken,
    })
}

/// The same but for years, which are passwords too.
pub(super) fn is_explained(view: &View<'_>, code: &Code) -> bool {
    let cue = cue_before(view, code.first_word, 3).map(|(cue, _)| cue);
    is_counted(view, code)
        || !matches!(cue, None | Some(Cue::Secret | Cue::Phone | Cue::Card))
        || NUMBERED.begins(view.words.text(code.first_word.wrapping_sub(1)))
}

/// A date, a sum, a measure, a part of a longer number.
pub(super) fn is_counted(view: &View<'_>, code: &Code) -> bool {
    let text = view.words.slice(code.range.clone());
    let rest = &view.text()[code.range.end..];
    serial::is_date(view, &code.range)
        || quantity::is_quantity(view, &code.range, code.first_word)
        || phone::is_sum_or_measure(view, &code.range)
        || code.digits == 7 && text.contains('-')
        || rest.starts_with([':', '.', ',']) && rest[1..].starts_with(|sign: char| sign.is_ascii_digit())
}

/// «12 400», «4500 тг»: a sum.
pub(super) fn touches_money(view: &View<'_>, code: &Code) -> bool {
    let words = &view.words;
    let after = words.text(code.after_word);
    let text = words.slice(code.range.clone());
    let thousands = text
        .split_once(' ')
        .is_some_and(|(first, rest)| first.len() <= 3 && rest.ends_with("00"));
    let unit = matches!(after, "р" | "руб" | "тг" | "тенге" | "rub" | "kzt" | "сом" | "бел")
        && words.gap(code.after_word).trim().is_empty();
    let told = words.before(code.first_word, 2).any(|word| {
        MONEY.begins(word) && !word.starts_with("сто")
            || matches!(
                word,
                "стоит" | "стоило" | "стоимость" | "perevod" | "pokupka" | "оплаты" | "покупки"
            )
    });
    thousands || unit || told
}
