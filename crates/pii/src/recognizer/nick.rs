//! Accounts told in words or torn apart: «собака лола подчёркивание бровс», «vk точка com слеш id48», «t . me / anna».

use std::ops::Range;
use std::sync::LazyLock;

use crate::finding::Evidence;
use crate::label::Label;
use crate::stems::Stems;
use crate::view::{Claims, View};
use crate::words::Kind;

use super::handle::is_cue;

/// Words said for «@».
const SAID_AT: &str = "собака собачка сабака at эт sobaka";
static AT_WORDS: LazyLock<Stems> = LazyLock::new(|| Stems::new(SAID_AT));
/// Words said for «_» inside a nick.
const SAID_UNDERSCORES: &str = "подчеркивание подчеркиванье подчерк подчеркивания подчеркнуть подчеркиваем нижнее нижний прочерк андерскор андерскоре андерлайн андерлайна underscore underline \
         podcherkivanie nizhnee";
static UNDERSCORES: LazyLock<Stems> = LazyLock::new(|| Stems::new(SAID_UNDERSCORES));
/// Words said for other signs of a nick.
const SAID_SIGNS: &str = "точка тчк дефис тире минус dot";
static SIGNS: LazyLock<Stems> = LazyLock::new(|| Stems::new(SAID_SIGNS));
/// Sites as told: the name, then the zone.
const SAID_HOSTS: &str = "vk вк t т ти instagram инстаграм инста ok ок facebook фейсбук wa telegram tiktok тикток";
static HOSTS: LazyLock<Stems> = LazyLock::new(|| Stems::new(SAID_HOSTS));
static ZONES: LazyLock<Stems> = LazyLock::new(|| Stems::new("com ком ru ру me ме ми мэ com/"));
/// All of them, so that most words are asked once.
static SAID: LazyLock<Stems> = LazyLock::new(|| Stems::of_lines([SAID_AT, SAID_UNDERSCORES, SAID_SIGNS, SAID_HOSTS]));
/// How far back a word like «инста» may stand.
const CUE_REACH: usize = 6;
/// Longest nick in words.
const NICK_WORDS_MAX: usize = 8;

/// Claims accounts told in words, and links torn by spaces.
pub(super) fn claim(view: &View<'_>, claims: &mut Claims) {
    let words = &view.words;
    for index in 0..words.len() {
        let text = words.text(index);
        if !SAID.has(text) {
            continue;
        }
        let found = if HOSTS.has(text) {
            link(view, index)
        } else if AT_WORDS.has(text) {
            told_at(view, index)
        } else if UNDERSCORES.has(text) || SIGNS.has(text) {
            told_with_signs(view, index)
        } else {
            None
        };
        if let Some(range) = found {
            claims.add(Label::Handle, range, 0.85, Evidence::Pattern);
        }
    }
}

fn announced(view: &View<'_>, index: usize) -> bool {
    (1..=CUE_REACH.min(index))
        .take_while(|back| !view.words.gap(index - back + 1).contains(['!', '?', ';']))
        .any(|back| is_cue(view.words.text(index - back)))
}

/// «vk точка com слеш id48120377», «https : // t . me / anna», «т.ме/anna».
fn link(view: &View<'_>, host: usize) -> Option<Range<usize>> {
    let words = &view.words;
    let short = matches!(words.text(host), "t" | "т");
    let is_dot = |index: usize| {
        let gap = words.gap(index).trim();
        gap == "." || short && gap == ","
    };
    // «t me слэш kamila»: the dot left out where a stroke is told.
    let dotless = (short || ZONES.has(words.text(host + 1)) && words.text(host) != words.text(host + 1))
        && words.gap(host + 1) == " "
        && matches!(words.text(host + 2), "слеш" | "слэш" | "slash" | "дробь");
    let zone = if is_dot(host + 1) || dotless {
        host + 1
    } else if SIGNS.has(words.text(host + 1)) {
        host + 2
    } else {
        return None;
    };
    if !ZONES.has(words.text(zone)) || zone + 1 >= words.len() {
        return None;
    }
    let slash = words.gap(zone + 1).trim();
    let first = if slash == "/" || slash == "\\" {
        zone + 1
    } else if slash.is_empty() && matches!(words.text(zone + 1), "слеш" | "слэш" | "slash" | "дробь" | "палка")
    {
        zone + 2
    } else {
        return None;
    };
    if first >= words.len() {
        return None;
    }
    // A link in one piece is read whole, with its query.
    let plain = words.gap(host + 1) == "." && words.gap(zone + 1) == "/" && words.all[host].kind == Kind::Latin;
    if plain && words.all[zone].kind == Kind::Latin {
        return None;
    }
    let last = nick_end(view, first);
    let mut start = words.all[host].start;
    if let Some(scheme) = host.checked_sub(1)
        && matches!(words.text(scheme), "http" | "https")
        && words.gap(host).contains("//")
    {
        start = words.all[scheme].start;
    }
    Some(start..words.all[last].end)
}

/// The last word of the nick that begins at word `first`.
fn nick_end(view: &View<'_>, first: usize) -> usize {
    let words = &view.words;
    let mut last = first;
    while last + 1 < words.len() && last < first + NICK_WORDS_MAX {
        let gap = words.gap(last + 1);
        let tight = gap.is_empty() || matches!(gap, "_" | "." | "-");
        let is_sign = |index: usize| UNDERSCORES.has(words.text(index)) || SIGNS.has(words.text(index));
        let told = gap == " " && (is_sign(last) || is_sign(last + 1) && last + 2 < words.len());
        if !(tight || told) || words.text(last + 1).is_empty() {
            break;
        }
        last += 1;
    }
    last
}

/// «собака лола подчёркивание бровс», «(at)anna.nails» after «инста» or with a sign inside.
fn told_at(view: &View<'_>, sign: usize) -> Option<Range<usize>> {
    let words = &view.words;
    let first = sign + 1;
    let bracketed = matches!(words.gap(first), ")" | "]") && words.gap(sign).ends_with(['(', '[']);
    if first >= words.len() || !(words.gap(first) == " " || bracketed) {
        return None;
    }
    let last = nick_end(view, first);
    let lone = first == last;
    let decorated = (first..=last).any(|index| UNDERSCORES.has(words.text(index)));
    let latin = words.all[first].kind == Kind::Latin && words.text(first).len() >= 3;
    let told =
        decorated || bracketed && latin || announced(view, sign) && (!lone || latin || words.gap(last + 1) != " ");
    let start = words.all[sign].start - usize::from(bracketed);
    told.then(|| start..words.all[last].end)
}

/// The word before `index`, over «у меня», «это», «мой».
fn word_before_links<'w>(view: &'w View<'_>, index: usize) -> &'w str {
    let mut before = index;
    while before > 0
        && index - before < 3
        && matches!(
            view.words.text(before - 1),
            "у" | "меня" | "мой" | "моя" | "это" | "вот" | "там" | "такой" | "такая" | "нас"
        )
    {
        before -= 1;
    }
    before.checked_sub(1).map_or("", |before| view.words.text(before))
}

/// «зарина подчёркивание нэйлс» after «ник», «инста».
fn told_with_signs(view: &View<'_>, sign: usize) -> Option<Range<usize>> {
    let words = &view.words;
    let before = sign.checked_sub(1)?;
    // A dot or a dash is told in mail as well: there the word has to stand right before the nick.
    let announced =
        announced(view, before) && (UNDERSCORES.has(words.text(sign)) || is_cue(word_before_links(view, before)));
    if words.gap(sign) != " " || is_cue(words.text(before)) || !announced {
        return None;
    }
    let mut first = before;
    while first >= 2 && SIGNS.has(words.text(first - 1)) && words.gap(first) == " " && words.gap(first - 1) == " " {
        first -= 2;
    }
    while first > 0 && words.gap(first).is_empty() {
        first -= 1;
    }
    let last = nick_end(view, first);
    (last > sign).then(|| words.all[first].start..words.all[last].end)
}
