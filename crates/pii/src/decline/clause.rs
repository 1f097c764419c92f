//! Where the clause around a place begins and ends, and its words.

use crate::stems::Stems;
use std::sync::LazyLock;

/// How much of the text around a place is looked at, in bytes; a longer clause tells nothing more.
const CLAUSE_BYTES_MAX: usize = 400;

/// Words that stand between a governor and a name without changing anything.
static FILLERS: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "пожалуйста также тоже еще уже лично сегодня завтра вчера послезавтра позавчера сразу обязательно сейчас потом \
         утром вечером днем ночью только именно и нашу нашей наша наш нашего нашему нашим нашем вашего вашему вашей \
         вашу вашим ваша ваш дважды трижды просто же ли бы всегда быстро повторно большое огромное скоро снова опять \
         вновь прямо срочно заранее хорошо письменно устно позже теперь тогда раньше пораньше самого саму самому самой \
         лучше бережно бесплатно вовремя как-нибудь как-то вообще все-таки конечно действительно случайно отдельно \
         часто иногда никогда долго давно недавно ненадолго",
    )
});

/// Pronouns that are nobody's name and stand between a verb and its object.
const OBLIQUE: &[&str] = &[
    "мне", "вам", "нам", "ему", "ей", "им", "вас", "нас", "меня", "тебя", "тебе", "его", "ее", "их", "себя", "себе",
    "вами", "нами",
];

pub(super) fn is_filler(word: &str) -> bool {
    FILLERS.has(word) || word.ends_with("о-")
}

pub(super) fn is_oblique(word: &str) -> bool {
    OBLIQUE.contains(&word)
}

/// The part of `text` that belongs to the same clause as its end: what follows the last full stop.
pub(crate) fn clause_of(text: &str) -> &str {
    let mut floor = text.len().saturating_sub(CLAUSE_BYTES_MAX);
    while !text.is_char_boundary(floor) {
        floor += 1;
    }
    let text = &text[floor..];
    let mut start = 0;
    for (at, sign) in text.char_indices() {
        let ends = match sign {
            '!' | '?' | '\n' | '…' | ';' => true,
            '.' => text[at + 1..].starts_with(|next: char| next.is_whitespace()) && !is_abbreviation(&text[..at]),
            _ => false,
        };
        if ends {
            start = at + sign.len_utf8();
        }
    }
    &text[start..]
}

fn is_abbreviation(before: &str) -> bool {
    let word = before
        .rsplit(|sign: char| !sign.is_alphanumeric())
        .next()
        .unwrap_or_default();
    word.chars().count() <= 2 || ["тел", "руб", "мин", "стр", "чел"].contains(&word)
}

/// Folded words; signs are left out.
pub(super) fn words_of(clause: &str) -> Vec<String> {
    clause
        .split(|sign: char| !(sign.is_alphanumeric() || sign == '-'))
        .filter(|word| !word.is_empty() && *word != "-")
        .map(super::fold)
        .collect()
}

/// The part of `right` up to the end of its sentence.
pub(super) fn sentence_right(right: &str) -> &str {
    let end = right.find(['.', '!', '?', '\n', ';']).unwrap_or(right.len());
    &right[..end]
}
