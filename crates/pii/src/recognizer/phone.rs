//! Phone numbers: mobile and city numbers of +7, short city numbers where something speaks of a phone, foreign numbers
//! with a plus, extensions, dictated digits. Shapes follow the Russian numbering plan.

use std::ops::Range;

use crate::cue::{Cue, cue_after, cue_before};
use crate::finding::Evidence;
use crate::label::Label;
use crate::view::{Claims, View};

/// Longest and shortest international number, ITU-T E.164 (the minimum is what exists in practice).
const INTERNATIONAL_DIGITS: Range<usize> = 10..16;

/// Claims numbers whose shape is enough.
pub(crate) fn claim(view: &View<'_>, claims: &mut Claims) {
    let mut index = 0;
    while index < view.pieces.len() {
        match full_number(view, index) {
            Some((range, after)) => {
                let (range, after) = with_extension(view, range, after);
                claims.add(Label::Phone, range, 0.97, Evidence::Pattern);
                index = after;
            }
            None => index += 1,
        }
    }
}

/// Claims short city numbers, which need a cue or the shape 263-29-81.
pub(crate) fn claim_local(view: &View<'_>, claims: &mut Claims) {
    let mut index = 0;
    while index < view.pieces.len() {
        let after = local_number(view, index, claims).map(|(range, after, evidence)| {
            let (range, after) = with_extension(view, range, after);
            claims.add(Label::Phone, range, 0.85, evidence);
            after
        });
        index = after.unwrap_or(index + 1);
    }
}

fn fits(gap: &str) -> bool {
    super::gap::is_signs(gap) || super::gap::is_loose(gap) && gap.contains(char::is_alphabetic)
}

fn fits_spoken(gap: &str) -> bool {
    fits(gap) || matches!(gap, ", " | "," | " - ")
}

/// A number that is a phone by itself: range and the piece after it.
fn full_number(view: &View<'_>, first: usize) -> Option<(Range<usize>, usize)> {
    let piece = &view.pieces[first];
    if is_glued_on_the_left(view, piece.start) && !view.is_glued_word(piece.start, piece.end - piece.start) {
        return None;
    }
    // «запись на реснички 8908…»: the word stands too far to name the number.
    let cue = cue_before(view, piece.first_word, 4)
        .filter(|(cue, distance)| *cue != Cue::Goods || *distance <= 2 || piece.digits.len() < 11)
        .map(|(cue, _)| cue);
    let plus = plus_start(view, first);
    let lengths: &[usize] = if plus.is_some() {
        &[11, 12, 13, 10, 14, 15]
    } else {
        &[11, 10]
    };
    for &length in lengths {
        let spoken = piece.spoken || view.pieces.get(first + 1).is_some_and(|next| next.spoken);
        let gap = match (cue == Some(Cue::Phone), spoken) {
            (true, _) => super::gap::is_loose,
            (false, true) => fits_spoken,
            (false, false) => fits,
        };
        // «8,912,345,67,89»
        let by_commas = || {
            view.join(first, length, |gap| gap == ",")
                .filter(|joined| joined.groups.ends_with(&[3, 3, 2, 2]))
        };
        let Some(joined) = view
            .join(first, length, gap)
            .or_else(by_commas)
            .or_else(|| broken_off(view, first, length))
        else {
            continue;
        };
        if view
            .after(joined.range.end)
            .is_some_and(|next| next.is_alphabetic() && joined.groups.len() == 1 && !next.is_whitespace())
            && view.text()[joined.range.end..].starts_with(|next: char| next.is_ascii_alphabetic())
        {
            continue;
        }
        let plausible = match plus {
            Some(_) => is_international(&joined.digits),
            None if length == 11 => {
                is_national_with_prefix(&joined.digits) && grouping_fits(&joined.digits, &joined.groups, cue)
            }
            None => {
                is_national(&joined.digits)
                    && (is_second_number(view, piece.first_word, &joined.groups)
                        || joined.digits.starts_with('9')
                            && joined.groups.len() > 2
                            && length == MOBILE_DIGITS
                            && view.text()[joined.range.clone()].contains(" код")
                        || joined.spoken && joined.digits.starts_with('9') && joined.groups.len() > 3
                        || ten_digit_grouping_fits(view, &joined.range, &joined.groups, cue)
                        || with_extension(view, joined.range.clone(), joined.after).1 > joined.after)
            }
        };
        if !plausible || plus.is_none() && (is_other_number(cue, &joined.groups) || is_article(view, piece.first_word))
        {
            continue;
        }
        // «+7 и дальше 900 …»: the code of the country told apart from the number.
        let next = &view.pieces[first + 1..];
        if let (Some(_), Some(second)) = (plus, next.first())
            && piece.digits.len() == 1
            && view.text()[piece.end..second.start].contains(char::is_alphabetic)
            && !piece.spoken
        {
            return Some((second.start..joined.range.end, joined.after));
        }
        let start = plus.unwrap_or_else(|| open_bracket_start(view, &joined.range));
        let closed = view.before(joined.range.start) == Some('[') && view.after(joined.range.end) == Some(']');
        return Some((start..joined.range.end + usize::from(closed), joined.after));
    }
    None
}

/// «8-912 (нет, стойте) 466 20 19», «922 это код, дальше 140-31-77»: words to the listener after the code of a mobile.
fn broken_off(view: &View<'_>, first: usize, length: usize) -> Option<crate::view::Joined> {
    let piece = &view.pieces[first];
    let prefix = length - MOBILE_REST;
    let begins = piece.digits.starts_with('9') && length == MOBILE_DIGITS
        || piece.digits.starts_with(['7', '8']) && length == MOBILE_DIGITS + 1;
    if !begins || piece.digits.len() > prefix {
        return None;
    }
    let asides = std::cell::Cell::new(0);
    let joined = view.join(first, length, |gap| {
        if super::gap::is_signs(gap) {
            return true;
        }
        asides.set(asides.get() + 1);
        let told = gap.trim_start().starts_with(['(', ',']) || gap.contains(" код");
        asides.get() == 1 && told && (super::gap::is_aside(gap) || super::gap::is_loose(&gap.replace(" код", "")))
    })?;
    let mut sum = 0;
    let code = joined.groups.iter().take_while(|group| {
        sum += **group;
        sum <= prefix
    });
    let parts = code.count();
    let whole = joined.groups[..parts].iter().sum::<usize>() == prefix;
    // «8919, ой стёрла, 8 927 330 15 80»: begun anew.
    let anew = joined.groups.get(parts).is_none_or(|group| *group == 1);
    let mobile = joined.digits[length - MOBILE_DIGITS..].starts_with('9');
    (whole && !anew && mobile && joined.groups.len() > 2).then_some(joined)
}

/// Digits of a mobile number, and those after its code.
const MOBILE_DIGITS: usize = 10;
const MOBILE_REST: usize = 7;

/// Part of a word or of a longer code: «ABC8912…», «№12345678901».
fn is_glued_on_the_left(view: &View<'_>, start: usize) -> bool {
    let before = &view.text()[..start];
    before.ends_with(|character: char| character.is_alphabetic() || matches!(character, '№' | '#' | '_' | '@'))
        || before.ends_with("№ ")
        || before.ends_with(['-', '/']) && before.trim_end_matches(['-', '/']).ends_with(char::is_alphanumeric)
}

/// Start of the «+» (or spoken «плюс») that belongs to the number.
fn plus_start(view: &View<'_>, first: usize) -> Option<usize> {
    let piece = &view.pieces[first];
    let before = &view.text()[..piece.start];
    if let Some(rest) = before
        .strip_suffix('+')
        .or_else(|| before.strip_suffix("+ "))
        .or_else(|| before.strip_suffix("+("))
    {
        return Some(rest.len());
    }
    ["плюс ", "plus "]
        .iter()
        .find_map(|word| before.strip_suffix(word))
        .map(str::len)
}

fn open_bracket_start(view: &View<'_>, range: &Range<usize>) -> usize {
    let inside = &view.text()[range.clone()];
    if view.before(range.start) == Some('(') && inside.contains(')') && !inside.contains('(') {
        return range.start - 1;
    }
    if view.before(range.start) == Some('[') && inside.contains(']') {
        return range.start - 1;
    }
    range.start
}

fn is_international(digits: &str) -> bool {
    if !INTERNATIONAL_DIGITS.contains(&digits.len()) {
        return false;
    }
    match digits.as_bytes()[0] {
        // «+77 955 …»: the seven typed twice.
        b'7' if digits.len() == 12 => digits.starts_with("77") && is_national(&digits[2..]),
        b'7' => digits.len() == 11 && is_national(&digits[1..]),
        b'8' if digits.len() == 11 && is_national(&digits[1..]) => true,
        b'0' => false,
        _ => country_length(digits).is_none_or(|length| length.contains(&digits.len())),
    }
}

/// Whole length of numbers of the countries clients here write from.
fn country_length(digits: &str) -> Option<std::ops::RangeInclusive<usize>> {
    const COUNTRIES: &[(&str, usize, usize)] = &[
        ("375", 12, 12),
        ("380", 12, 12),
        ("998", 12, 12),
        ("996", 12, 12),
        ("992", 12, 12),
        ("993", 11, 11),
        ("994", 12, 12),
        ("995", 12, 12),
        ("374", 11, 11),
        ("373", 11, 11),
        ("972", 11, 12),
        ("971", 11, 12),
        ("371", 11, 11),
        ("370", 11, 11),
        ("372", 10, 11),
        ("381", 11, 12),
        ("382", 11, 11),
        ("420", 12, 12),
        ("1", 11, 11),
        ("86", 13, 13),
        ("90", 12, 12),
        ("49", 11, 13),
    ];
    COUNTRIES
        .iter()
        .find(|(prefix, ..)| digits.starts_with(prefix))
        .map(|(_, low, high)| *low..=*high)
}

fn is_national_with_prefix(digits: &str) -> bool {
    (digits.starts_with('8') || digits.starts_with('7')) && is_national(&digits[1..])
}

/// Ten digits of the plan of +7: city codes 3, 4, 8; mobile 9; Kazakhstan 6 and 7.
pub(crate) fn is_national(digits: &str) -> bool {
    let bytes = digits.as_bytes();
    matches!(
        bytes,
        [b'9', ..]
            | [b'3', b'0' | b'3'..=b'9', ..]
            | [b'4', b'0'..=b'2' | b'7'..=b'9', ..]
            | [b'8', b'0'..=b'7', ..]
            | [b'7', b'0' | b'1' | b'2' | b'4' | b'6' | b'7', ..]
    )
}

fn grouping_fits(digits: &str, groups: &[usize], cue: Option<Cue>) -> bool {
    // A passport series and number, «7512 3456789», is no phone unless somebody says so; «8927 3318804» is one.
    let mobile = digits.starts_with("89");
    cue == Some(Cue::Phone)
        || (groups != [4, 7] || mobile) && groups.len() <= 8
        || groups.iter().all(|digits| *digits == 1)
}

fn ten_digit_grouping_fits(view: &View<'_>, range: &Range<usize>, groups: &[usize], cue: Option<Cue>) -> bool {
    let text = &view.text()[range.clone()];
    let mobile = text.trim_start_matches('(').starts_with('9');
    let bracketed = text.contains(')') && view.before(range.start) == Some('(');
    match groups {
        [4, 6] | [2, 2, 6] => cue == Some(Cue::Phone),
        [10] => mobile || cue == Some(Cue::Phone),
        [3, ..] if groups.len() >= 2 => mobile || bracketed || cue == Some(Cue::Phone),
        _ => bracketed || cue == Some(Cue::Phone),
    }
}

/// «артикул 8904-331-22-10»: the word right before names goods, which an order or a receipt does not.
fn is_article(view: &View<'_>, number: usize) -> bool {
    number.checked_sub(1).is_some_and(|before| {
        let word = view.words.text(before);
        word == "арт"
            || [
                "артикул",
                "детал",
                "трек",
                "серийн",
                "imei",
                "штрихкод",
                "накладн",
                "каталож",
            ]
            .iter()
            .any(|stem| word.starts_with(stem))
    })
}

/// «второй номер 3517401288»: another number of the same person.
fn is_second_number(view: &View<'_>, number: usize, groups: &[usize]) -> bool {
    groups == [10]
        && number > 1
        && view.words.text(number - 1) == "номер"
        && [
            "втор",
            "друг",
            "нов",
            "запасн",
            "рабоч",
            "доп",
            "мой",
            "мам",
            "муж",
            "жен",
            "мамин",
            "тепер",
        ]
        .iter()
        .any(|stem| view.words.text(number - 2).starts_with(stem))
}

/// A word beside says that this is another kind of number.
fn is_other_number(cue: Option<Cue>, groups: &[usize]) -> bool {
    match cue {
        Some(
            Cue::Phone
            | Cue::Birth
            | Cue::Secret
            | Cue::Account
            | Cue::BirthCert
            | Cue::Department
            | Cue::Policy
            | Cue::Card
            | Cue::Plate,
        )
        | None => false,
        Some(Cue::Goods | Cue::Organisation) => groups.len() <= 2,
        Some(Cue::Passport | Cue::Snils | Cue::Inn | Cue::License | Cue::Vin | Cue::VehiclePaper | Cue::Medcard) => {
            groups.len() <= 2
        }
    }
}

/// Takes in «доб. 203», «вн. 12», «#4».
fn with_extension(view: &View<'_>, range: Range<usize>, after: usize) -> (Range<usize>, usize) {
    let Some(piece) = view.pieces.get(after) else {
        return (range, after);
    };
    let between = view.text()[range.end..piece.start].trim_matches([' ', ',', '(', '.', ':']);
    let is_extension = [
        "доб",
        "добавочный",
        "доб.",
        "вн",
        "внутр",
        "внутренний",
        "ext",
        "доп",
        "добавочн",
        "добав",
    ]
    .contains(&between);
    if is_extension && piece.digits.len() <= 6 {
        let mut end = piece.end;
        if view.after(end) == Some(')') && view.text()[range.end..piece.start].contains('(') {
            end += 1;
        }
        return (range.start..end, after + 1);
    }
    (range, after)
}

/// « или » between two numbers of one owner.
const SECOND_GAP_BYTES_MAX: usize = 10;

/// A city number of five to seven digits.
fn local_number(view: &View<'_>, first: usize, claims: &Claims) -> Option<(Range<usize>, usize, Evidence)> {
    let piece = &view.pieces[first];
    if is_glued_on_the_left(view, piece.start) || matches!(view.before(piece.start), Some('+' | '-' | '.' | ',' | '*'))
    {
        return None;
    }
    let near = cue_before(view, piece.first_word, 4);
    // «пароль телефона 258046»
    if (1..=4.min(piece.first_word)).any(|back| crate::cue::cue_at(view, piece.first_word - back) == Some(Cue::Secret))
    {
        return None;
    }
    let announced = near.is_some_and(|(cue, _)| cue == Cue::Phone);
    if !announced && near.is_some() {
        return None;
    }
    for length in [7, 6, 5] {
        let Some(joined) = view.join(
            first,
            length,
            if piece.spoken {
                fits_spoken
            } else {
                |gap: &str| matches!(gap, "-" | " " | " - ")
            },
        ) else {
            continue;
        };
        let next_is_number = view
            .pieces
            .get(joined.after)
            .is_some_and(|next| fits(&view.text()[joined.range.end..next.start]) && next.digits.len() <= 4);
        if !view.stands_alone(&joined.range)
            || joined.digits.starts_with(['0', '1'])
            || next_is_number && joined.groups != [7]
            || is_sum_or_measure(view, &joined.range)
        {
            continue;
        }
        let dashes = view.text()[joined.range.clone()].matches('-').count();
        // «тел 5-18-44»: towns have five digits.
        if length == 5 && !(announced && joined.groups == [1, 2, 2] && dashes == 2) {
            continue;
        }
        let second = claims.last_before(joined.range.start).is_some_and(|claim| {
            claim.label == Label::Phone
                && view.text()[claim.range.end..joined.range.start].len() <= SECOND_GAP_BYTES_MAX
        });
        let shaped = joined.groups == [3, 2, 2] && dashes == 2 && !joined.spoken
            || joined.groups == [1, 2, 2, 2] && dashes == 3 && second;
        let announced_after =
            cue_after(view, view.words.index_at(joined.range.end), 2).is_some_and(|(cue, _)| cue == Cue::Phone);
        let beside_client = joined.groups == [7] && follows_client(view, claims, joined.range.start);
        if shaped {
            return Some((joined.range, joined.after, Evidence::Pattern));
        }
        if announced || announced_after && length == 7 || beside_client {
            return Some((joined.range, joined.after, Evidence::Cue));
        }
    }
    None
}

/// Right after an address in a delivery list.
fn follows_client(view: &View<'_>, claims: &Claims, start: usize) -> bool {
    claims.last_before(start).is_some_and(|claim| {
        claim.label == Label::Address
            && view.text()[claim.range.end..start]
                .trim_matches([' ', ',', ';', '.'])
                .is_empty()
    })
}

pub(super) fn is_sum_or_measure(view: &View<'_>, range: &Range<usize>) -> bool {
    let rest = view.text()[range.end..].trim_start();
    ["₽", "р.", "руб", "тыс", "т.р", "км", "шт", "%", "мин", "$", "€"]
        .iter()
        .any(|unit| rest.starts_with(unit))
}
