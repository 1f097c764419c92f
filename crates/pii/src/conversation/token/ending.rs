//! Endings of tokens and what they say of the case.

use crate::label::Case;

/// What an ending says of the case: the likeliest first.
pub(in crate::conversation) type Hint = &'static [Case];

/// Longest ending glued to a token or to its word.
pub(super) const ENDING_MAX: usize = 3;

/// «у» in «[Клиент-17]у» or «[Клиент-17]-у».
pub(super) fn glued_ending(text: &str, end: usize) -> (usize, Hint) {
    let rest = &text[end..];
    let body = rest.strip_prefix(['-', '\'', '’']).unwrap_or(rest);
    let skipped = rest.len() - body.len();
    let length = body
        .char_indices()
        .take(ENDING_MAX + 1)
        .find(|(_, letter)| !letter.is_alphabetic())
        .map_or_else(
            || {
                if body.chars().count() <= ENDING_MAX {
                    body.len()
                } else {
                    0
                }
            },
            |(length, _)| length,
        );
    let ending = &body[..length];
    match case_of_glued(ending) {
        [] => (end, NO_HINT),
        cases => (end + skipped + length, cases),
    }
}

pub(super) const NO_HINT: Hint = &[];

/// What the ending of an inflected token word says; the word is «клиент», a man of the second declension.
pub(super) fn case_of_word(ending: &str) -> Hint {
    match ending {
        "а" | "ов" => &[Case::Genitive, Case::Accusative],
        "у" | "ам" => &[Case::Dative],
        "ом" | "ами" => &[Case::Instrumental],
        "е" | "ах" => &[Case::Locative],
        _ => NO_HINT,
    }
}

/// The same for «клиентка», a woman of the first declension.
pub(super) fn case_of_feminine_word(ending: &str) -> Hint {
    match ending {
        "и" | "ы" => &[Case::Genitive],
        "е" => &[Case::Dative, Case::Locative],
        "у" => &[Case::Accusative],
        "ой" | "ою" => &[Case::Instrumental],
        _ => NO_HINT,
    }
}

/// What an ending glued to a token says; it is the ending of the name the writer has in mind, of either gender.
fn case_of_glued(ending: &str) -> Hint {
    match ending {
        "а" | "я" | "ого" | "его" => &[Case::Genitive, Case::Accusative],
        "ы" | "и" => &[Case::Genitive, Case::Dative, Case::Locative],
        "у" | "ю" => &[Case::Dative, Case::Accusative],
        "ому" | "ему" => &[Case::Dative],
        "ой" | "ей" => &[Case::Instrumental, Case::Genitive, Case::Dative, Case::Locative],
        "ом" | "ем" | "ым" | "им" | "ою" | "ью" => &[Case::Instrumental],
        "е" => &[Case::Locative, Case::Dative],
        _ => NO_HINT,
    }
}
