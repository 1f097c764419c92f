//! E-mail addresses, plain and disguised: «ivan@mail.ru», «иван собака мейл точка ру», «ivan (at) mail . ru».

mod keys;

use std::sync::LazyLock;

use crate::stems::Stems;
use std::ops::Range;

use crate::finding::Evidence;
use crate::label::Label;
use crate::view::{Claims, View};
use crate::words::{Kind, is_pictograph};

/// Words said for «@».
static AT_WORDS: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new("собака собачка собакой at сабака эт ат гав sobaka sobachka собакен собачкой сабачка песик петля")
});
/// Mail services by ear and in either script; after a spoken «@» one of them or a dot must follow.
static SERVICES: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "мейл маил мэйл майл mail яндекс yandex gmail гмейл гмэйл гмеил джимейл гмайл жмейл гмаил гимейл жимейл мэил маилру bk бк list лист inbox инбокс \
         rambler рамблер ya я icloud outlook hotmail аутлук",
    )
});
/// Zones by ear.
static ZONES: LazyLock<Stems> = LazyLock::new(|| Stems::new("ру ru com ком рф net нет org kz кз uz by su info"));
/// Longest part of an address taken to the left of the sign, in words; people spell a name with two or three dots.
const LOCAL_WORDS_MAX: usize = 9;

/// Claims all addresses.
pub(crate) fn claim(view: &View<'_>, claims: &mut Claims) {
    for (at, _) in view.text().match_indices('@') {
        if let Some(range) = plain(view.text(), at).map(|range| spelled_left(view, range)) {
            claims.add(Label::Email, range, 0.99, Evidence::Pattern);
        } else if let Some(range) = spelled(view, at) {
            claims.add(Label::Email, range, 0.97, Evidence::Pattern);
        }
    }
    for range in keys::addresses(view.text()) {
        claims.add(Label::Email, range, 0.9, Evidence::Pattern);
    }
    for index in 0..view.words.len() {
        if let Some(range) = other_sign(view, index) {
            claims.add(Label::Email, range, 0.85, Evidence::Pattern);
        }
        if let Some(range) = signless(view, index) {
            claims.add(Label::Email, range, 0.8, Evidence::Pattern);
        }
        if is_at(view, index)
            && let Some(range) = spoken(view, index)
        {
            claims.add(Label::Email, range, 0.95, Evidence::Pattern);
        }
    }
}

/// «ssemenov*mail.ru», «vika#mail.ru», «oleg@@mail.ru»: another sign or two where one was meant.
fn other_sign(view: &View<'_>, index: usize) -> Option<Range<usize>> {
    let words = &view.words;
    let sign = words.gap(index);
    if index == 0 || matches!(sign, " " | "") || !SERVICES.has(words.text(index)) {
        return None;
    }
    let signs = sign.trim();
    let is_sign = (1..=2).contains(&signs.chars().count()) && signs.chars().all(|sign| "*#&%$^~|\\@!+=".contains(sign));
    if !is_sign || sign == "@" {
        return None;
    }
    let zone = index + 1;
    let zoned = matches!(words.gap(zone), "." | "," | " . " | ". ") && ZONES.has(words.text(zone));
    let mut first = index - 1;
    if !zoned || words.all[first].kind == Kind::Cyrillic {
        return None;
    }
    while first > 0 && matches!(words.gap(first), "" | "." | "_" | "-") && words.all[first - 1].kind != Kind::Cyrillic {
        first -= 1;
    }
    let range = words.all[first].start..words.all[zone].end;
    (index - first > 1 || words.text(first).len() >= 2).then_some(range)
}

/// Whether word `index` is said for «@»: «собака», a bracketed «(a)», «на» before a service.
fn is_at(view: &View<'_>, index: usize) -> bool {
    let words = &view.words;
    let text = words.text(index);
    let bracketed = matches!(text, "a" | "а" | "at" | "эт")
        && words.gap(index).ends_with(['(', '[', '{'])
        && words.gap(index + 1).starts_with([')', ']', '}']);
    let latin = |index: usize| words.all.get(index).is_some_and(|word| word.kind == Kind::Latin);
    let on_service =
        text == "на" && index > 0 && latin(index - 1) && latin(index + 1) && SERVICES.has(words.text(index + 1));
    // «баева на гмаил ком», «на мейл точка ру»
    let by_ear = text == "на"
        && index > 0
        && SERVICES.has(words.text(index + 1))
        && (ZONES.has(words.text(index + 2)) || is_joint(words.text(index + 2)) && ZONES.has(words.text(index + 3)))
        && (1..=LOCAL_WORDS_MAX.min(index)).any(|back| is_joint(words.text(index - back)));
    AT_WORDS.has(text) || bracketed || on_service || by_ear
}

/// «i v a n @ mail.ru»: takes in the single signs before an address that begins with one.
fn spelled_left(view: &View<'_>, range: Range<usize>) -> Range<usize> {
    let words = &view.words;
    let last = words.index_at(range.start);
    let single = |index: usize| words.text(index).chars().count() == 1 && words.all[index].kind != Kind::Cyrillic;
    if last >= words.len() || !single(last) || words.all[last].start != range.start {
        return range;
    }
    let mut first = last;
    while first > 0 && matches!(words.gap(first), " " | " . " | " _ " | "") && single(first - 1) {
        first -= 1;
    }
    // A lone letter before an address is a word of the sentence.
    if last - first < 2 {
        range
    } else {
        words.all[first].start..range.end
    }
}

/// «i v a n @ m a i l . r u»: single signs on both sides of the sign at byte `at`, with a dot among those on the right.
fn spelled(view: &View<'_>, at: usize) -> Option<Range<usize>> {
    let words = &view.words;
    let single = |index: usize| words.text(index).chars().count() == 1 && words.all[index].kind != Kind::Cyrillic;
    let right = words.index_at(at);
    let joined = |gap: &str| gap.chars().count() <= 3 && gap.chars().all(|sign| matches!(sign, ' ' | '.' | '_' | '-'));
    if right == 0 || right >= words.len() || words.gap(right).trim() != "@" || !single(right) || !single(right - 1) {
        return None;
    }
    let (mut first, mut last, mut dotted) = (right - 1, right, false);
    while first > 0 && joined(words.gap(first)) && single(first - 1) {
        first -= 1;
    }
    while last + 1 < words.len() && joined(words.gap(last + 1)) && single(last + 1) {
        last += 1;
        dotted |= words.gap(last).contains('.');
    }
    dotted.then(|| words.all[first].start..words.all[last].end)
}

fn is_local(character: char) -> bool {
    character.is_alphanumeric() || matches!(character, '.' | '_' | '-' | '+' | '%')
}

/// «почтаanna@mail.ru»: start of the Latin part where a Cyrillic word is glued to it.
fn unglued(text: &str, start: usize, end: usize) -> usize {
    let local = &text[start..end];
    let latin = local
        .char_indices()
        .rev()
        .take_while(|(_, sign)| sign.is_ascii())
        .last()
        .map_or(local.len(), |(at, _)| at);
    if latin > 0 && latin < local.len() && local[latin..].starts_with(|sign: char| sign.is_ascii_alphabetic()) {
        start + latin
    } else {
        start
    }
}

/// «kot🐱murzik@mail.ru»: start of the part before a picture inside the local part.
fn over_picture(text: &str, start: usize) -> usize {
    let before = text[..start].trim_end_matches(is_pictograph);
    if before.len() == start {
        return start;
    }
    let further = before.trim_end_matches(|sign: char| sign.is_ascii_alphanumeric() || matches!(sign, '.' | '_' | '-'));
    if further.len() < before.len() && text[start..].starts_with(|sign: char| sign.is_ascii()) {
        further.len()
    } else {
        start
    }
}

/// «anna1999gmailcom»: a name, a service and a zone with all signs lost.
fn signless(view: &View<'_>, index: usize) -> Option<Range<usize>> {
    const TAILS: [&str; 9] = [
        "gmailcom",
        "mailru",
        "yandexru",
        "inboxru",
        "ramblerru",
        "icloudcom",
        "listru",
        "yandexcom",
        "hotmailcom",
    ];
    const NAME_MIN: usize = 3;
    let words = &view.words;
    let word = words.all[index];
    if word.kind != Kind::Latin || word.end - word.start < TAILS[1].len() {
        return None;
    }
    let tail = TAILS.iter().find(|tail| words.text(index).ends_with(**tail))?;
    let mut first = index;
    while first > 0 && matches!(words.gap(first), "" | "_" | "." | "-") && words.all[first - 1].kind != Kind::Cyrillic {
        first -= 1;
    }
    let range = words.all[first].start..word.end;
    (range.len() >= tail.len() + NAME_MIN).then_some(range)
}

/// Grows an address around the sign at byte `at`; one space around the sign and the dots is forgiven.
fn plain(text: &str, at: usize) -> Option<Range<usize>> {
    let left = text[..at].strip_suffix(' ').unwrap_or(&text[..at]);
    let local = left.trim_end_matches(is_local);
    let start =
        local.len() + (left.len() - local.len() - left[local.len()..].trim_start_matches(['.', '-', '+']).len());
    let start = over_picture(text, unglued(text, start, left.len()));
    let spaced_left = left.len() < at;
    let right = text[at + 1..].strip_prefix(' ').unwrap_or(&text[at + 1..]);
    let spaced_right = right.len() < text.len() - at - 1;
    let mut end = text.len() - right.len();
    let domain = &right[..right
        .find(|character: char| !(character.is_alphanumeric() || matches!(character, '.' | '-')))
        .unwrap_or(right.len())];
    // «anna@mail.ruадрес»: the next word glued to the address.
    let domain = if domain.starts_with(|first: char| first.is_ascii()) {
        &domain[..domain.find(|sign: char| !sign.is_ascii()).unwrap_or(domain.len())]
    } else {
        domain
    };
    let domain = domain.trim_end_matches(['.', '-']);
    if start >= left.len() || domain.is_empty() {
        return None;
    }
    let has_zone = domain.rsplit_once('.').is_some_and(|(host, zone)| {
        !host.is_empty() && zone.chars().count() >= 2 && zone.chars().all(char::is_alphabetic)
    });
    end += domain.len();
    if has_zone {
        return (spaced_left == spaced_right || !spaced_left).then_some(start..end);
    }
    // «ivan@mail ru», «ivan@mail . ru»
    let told = [" точка ", " тчк ", " dot "]
        .iter()
        .find_map(|dot| text[end..].strip_prefix(dot));
    let rest = told.unwrap_or_else(|| text[end..].trim_start_matches([' ', '.', ',']));
    let zone = ZONES
        .iter()
        .find(|zone| rest.starts_with(*zone) && !rest[zone.len()..].starts_with(char::is_alphanumeric));
    if let Some(zone) = zone
        && (told.is_some() || text.len() - rest.len() - end <= 3)
        && (SERVICES.has(domain) || domain.len() > 2)
    {
        return Some(start..text.len() - rest.len() + zone.len());
    }
    SERVICES.has(domain).then_some(start..end)
}

/// An address told in words around the word `sign` that stands for «@».
fn spoken(view: &View<'_>, sign: usize) -> Option<Range<usize>> {
    let words = &view.words;
    let end = domain_end(view, sign + 1)?;
    let mut first = sign;
    for _ in 0..LOCAL_WORDS_MAX {
        if first == 0 {
            break;
        }
        let gap = words.gap(first);
        let word = words.text(first - 1);
        // «вдовин две тройки на конце собака»
        if first >= 3 && word == "конце" && words.text(first - 2) == "на" && is_number(view, first - 3) {
            first -= 3;
            continue;
        }
        let bracketed = first == sign && matches!(gap.trim(), "(" | "[" | "<" | "{" | "\"" | "«" | "*" | "'");
        let joins = if first == sign {
            gap == " " || gap.is_empty() || bracketed || gap == ", " && words.text(sign).starts_with("собак")
        } else {
            gap.is_empty()
                || matches!(gap, "." | "_" | "-")
                || is_bracket_gap(gap) && (is_joint(word) || is_joint(words.text(first)))
                || gap == " " && (is_number(view, first) || is_number(view, first - 1) && first == sign)
        };
        if !joins {
            break;
        }
        first -= 1;
    }
    while first < sign && is_joint(words.text(first)) {
        first += 1;
    }
    (first < sign).then(|| words.all[first].start..end)
}

/// Whether a spoken number takes in word `index`.
fn is_number(view: &View<'_>, index: usize) -> bool {
    let place = view.pieces.partition_point(|piece| piece.after_word <= index);
    view.pieces
        .get(place)
        .is_some_and(|piece| piece.spoken && piece.first_word <= index)
}

/// Spaces and the brackets people put a spoken sign into: «gmail (точка) com».
fn is_bracket_gap(gap: &str) -> bool {
    gap.chars()
        .all(|sign| matches!(sign, ' ' | '(' | ')' | '[' | ']' | '{' | '}'))
        && gap.chars().count() <= 3
}

/// Words said for the signs inside an address.
fn is_joint(word: &str) -> bool {
    [
        "точка",
        "тчк",
        "dot",
        "дот",
        "tochka",
        "подчеркивание",
        "подчерк",
        "нижнее",
        "дефис",
        "тире",
        "минус",
        "черточка",
        "underscore",
    ]
    .contains(&word)
}

/// End of «мейл точка ру» beginning at word `index`.
fn domain_end(view: &View<'_>, index: usize) -> Option<usize> {
    let words = &view.words;
    if index >= words.len()
        || words.gap(index).contains('\n')
        || words
            .gap(index)
            .trim_matches([' ', ')', ']', '>', '}', '"', '»', '*'])
            .len()
            > 1
    {
        return None;
    }
    let mut last = index;
    let service = SERVICES.has(words.text(index));
    let mut zoned = false;
    while last + 1 < words.len() && last < index + 6 {
        let next = words.text(last + 1);
        let gap = words.gap(last + 1);
        if is_bracket_gap(gap) && is_joint(next)
            || matches!(gap, "." | "-" | "_" | "")
            || matches!(gap, " . " | ". " | " .") && ZONES.has(words.text(last + 1))
        {
            last += 1;
            zoned = ZONES.has(next) || zoned;
            continue;
        }
        let after_joint = is_joint(words.text(last));
        if (gap == " " || after_joint && is_bracket_gap(gap)) && (after_joint || ZONES.has(next) && service) {
            last += 1;
            zoned = ZONES.has(next);
            if zoned {
                break;
            }
            continue;
        }
        break;
    }
    if zoned && (service || last > index) {
        return Some(words.all[last].end);
    }
    service.then(|| words.all[index].end)
}
