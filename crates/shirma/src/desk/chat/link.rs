//! Addresses inside our own messages become links; a client's words stay words.

/// A piece of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// The words.
    pub text: String,
    /// They are an address of a page.
    pub is_link: bool,
}

/// Marks that end a sentence and not an address.
const CLOSING: [char; 9] = ['.', ',', ';', ':', '!', '?', ')', '»', '"'];

/// Cuts a text at its addresses; the pieces together are the text.
pub(super) fn cut(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(start) = ["https://", "http://"]
        .iter()
        .filter_map(|scheme| rest.find(scheme))
        .min()
    {
        let (before, from) = rest.split_at(start);
        let end = from.find(char::is_whitespace).unwrap_or(from.len());
        let address = from[..end].trim_end_matches(CLOSING);
        push(&mut pieces, before, false);
        push(&mut pieces, address, true);
        rest = &from[address.len()..];
    }
    push(&mut pieces, rest, false);
    pieces
}

fn push(pieces: &mut Vec<Piece>, text: &str, is_link: bool) {
    if !text.is_empty() {
        pieces.push(Piece {
            text: text.to_owned(),
            is_link,
        });
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn an_address_ends_before_the_full_stop() {
        let pieces = cut("Текст: https://example.ru/consent/assistant/v1. Дальше (http://example.ru)");
        let links: Vec<&str> = pieces
            .iter()
            .filter(|piece| piece.is_link)
            .map(|piece| piece.text.as_str())
            .collect();
        assert_eq!(links, ["https://example.ru/consent/assistant/v1", "http://example.ru"]);
    }

    #[test]
    fn what_is_no_page_is_no_link() {
        assert!(
            cut("javascript:alert(1) ftp://example.ru ")
                .iter()
                .all(|piece| !piece.is_link)
        );
    }

    proptest! {
        #[test]
        fn nothing_is_lost(text in "(\\PC|https?://|[ .,]){0,30}") {
            prop_assert_eq!(cut(&text).into_iter().map(|piece| piece.text).collect::<String>(), text);
        }
    }
}
