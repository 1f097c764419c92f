//! A long text in pieces a channel takes, cut where a reader would pause.

/// Pieces of at most `limit` characters, in order; never an empty list, never a cut inside a word unless the word alone is too long.
pub fn split(text: &str, limit: usize) -> Vec<String> {
    let limit = limit.max(1);
    let mut pieces = Vec::new();
    let mut rest = text;
    while rest.chars().count() > limit {
        let end = rest.char_indices().nth(limit).map_or(rest.len(), |(at, _)| at);
        let head = &rest[..end];
        let cut = [
            head.rfind("\n\n"),
            head.rfind('\n'),
            head.rfind(". ").map(|at| at + 1),
            head.rfind(' '),
        ]
        .into_iter()
        .flatten()
        .find(|at| *at > end / 2)
        .unwrap_or(end);
        pieces.push(rest[..cut].trim_end().to_owned());
        rest = rest[cut..].trim_start();
    }
    pieces.push(rest.to_owned());
    pieces
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn pieces_keep_every_word_and_stay_under_the_limit() {
        let text = "Слово другое. Третье слово\nи ещё одно длинное предложение".repeat(30);
        let pieces = split(&text, 100);
        assert!(
            pieces
                .iter()
                .all(|piece| piece.chars().count() <= 100 && !piece.is_empty())
        );
        let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(words(&pieces.join(" ")), words(&text));
        assert_eq!(split("", 10), vec![String::new()]);
        assert_eq!(split("аааааааааааа", 5), vec!["ааааа", "ааааа", "аа"]);
    }
}
