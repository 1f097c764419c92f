//! A text cut into plain pieces and the pieces that matter: codes in the masked text, values in the original.
//!
//! The eye page shows both texts side by side; the values are found by walking the plain pieces of the masked text
//! through the original, so nothing has to be kept besides the two texts.

/// A piece of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// The words.
    pub text: String,
    /// A code, or the value a code stands for.
    pub marked: bool,
}

impl Piece {
    fn plain(text: &str) -> Piece {
        Piece {
            text: text.to_owned(),
            marked: false,
        }
    }

    fn marked(text: &str) -> Piece {
        Piece {
            text: text.to_owned(),
            marked: true,
        }
    }
}

/// Longest code in characters, brackets included: a bracket with more inside is the writer's own.
const MAX_CODE_CHARS: usize = 40;

/// Cuts a masked text at its codes, `[Клиент-17]`.
pub fn cut(masked: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = masked;
    let mut plain_from = 0;
    let mut at = 0;
    while let Some(open) = rest.find('[') {
        match code_length(&rest[open..]) {
            Some(length) => {
                let start = at + open;
                push_plain(&mut pieces, &masked[plain_from..start]);
                pieces.push(Piece::marked(&masked[start..start + length]));
                plain_from = start + length;
                at = plain_from;
            }
            None => at += open + 1,
        }
        rest = &masked[at..];
    }
    push_plain(&mut pieces, &masked[plain_from..]);
    pieces
}

/// Cuts the original text at the values that `masked` shows as codes. Texts that do not fit together stay plain.
pub fn align(original: &str, masked: &str) -> Vec<Piece> {
    let cuts = cut(masked);
    let mut pieces: Vec<Piece> = Vec::new();
    let mut rest = original;
    for (position, piece) in cuts.iter().enumerate() {
        if piece.marked {
            continue;
        }
        let last = position + 1 == cuts.len();
        let found = if last {
            rest.ends_with(&piece.text).then(|| rest.len() - piece.text.len())
        } else {
            rest.find(&piece.text)
        };
        let Some(found) = found else {
            return vec![Piece::plain(original)];
        };
        if position == 0 && found > 0 {
            return vec![Piece::plain(original)];
        }
        if found > 0 {
            pieces.push(Piece::marked(&rest[..found]));
        }
        push_plain(&mut pieces, &piece.text);
        rest = &rest[found + piece.text.len()..];
    }
    if !rest.is_empty() {
        if !cuts.last().is_some_and(|piece| piece.marked) {
            return vec![Piece::plain(original)];
        }
        pieces.push(Piece::marked(rest));
    }
    pieces
}

fn push_plain(pieces: &mut Vec<Piece>, text: &str) {
    if !text.is_empty() {
        pieces.push(Piece::plain(text));
    }
}

/// Length in bytes of the code a text begins with.
fn code_length(text: &str) -> Option<usize> {
    let end = text.find(']')?;
    let inside = &text[1..end];
    let (word, number) = inside.rsplit_once('-')?;
    let is_code = inside.chars().count() + 2 <= MAX_CODE_CHARS
        && !word.is_empty()
        && word.chars().all(|letter| letter.is_alphabetic() || letter == '-')
        && !number.is_empty()
        && number.chars().all(|digit| digit.is_ascii_digit());
    is_code.then_some(end + 1)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn shown(pieces: &[Piece]) -> String {
        pieces
            .iter()
            .map(|piece| {
                if piece.marked {
                    format!("<{}>", piece.text)
                } else {
                    piece.text.clone()
                }
            })
            .collect()
    }

    #[test]
    fn codes_are_found_and_brackets_of_the_writer_are_not() {
        assert_eq!(
            shown(&cut("Я [Клиент-17], тел. [Телефон-3]")),
            "Я <[Клиент-17]>, тел. <[Телефон-3]>"
        );
        assert_eq!(
            shown(&cut("[скобки] [Клиент] [-3] [[Клиент-1]")),
            "[скобки] [Клиент] [-3] [<[Клиент-1]>"
        );
    }

    #[test]
    fn values_stand_where_the_codes_stand() {
        let masked = "Я [Клиент-17], тел. [Телефон-3]";
        assert_eq!(
            shown(&align("Я Анна, тел. +7 900 000-00-11", masked)),
            "Я <Анна>, тел. <+7 900 000-00-11>"
        );
        assert_eq!(shown(&align("Анна!", "[Клиент-1]!")), "<Анна>!");
        assert_eq!(shown(&align("Анна", "[Клиент-1]")), "<Анна>");
    }

    #[test]
    fn texts_that_do_not_fit_stay_plain() {
        assert_eq!(shown(&align("Совсем другое", "Я [Клиент-17]")), "Совсем другое");
        assert_eq!(shown(&align("Добрый день и ещё", "Добрый день")), "Добрый день и ещё");
    }

    proptest! {
        #[test]
        fn nothing_is_lost_or_added(original in "\\PC{0,60}", masked in "(\\PC|\\[Клиент-[0-9]\\]){0,20}") {
            prop_assert_eq!(cut(&masked).into_iter().map(|piece| piece.text).collect::<String>(), masked.clone());
            prop_assert_eq!(align(&original, &masked).into_iter().map(|piece| piece.text).collect::<String>(), original);
        }
    }
}
