//! Texts of others, made safe to look at: kept as they came, shown without what turns or hides them.

/// Takes out the marks that turn a text around or hide letters in it, and control characters except line ends. What is
/// kept in the store stays as it came.
pub fn plain(text: &str) -> String {
    text.chars().filter(|letter| !is_trick(*letter)).collect()
}

/// The same in one line of at most `most` characters: for names and previews.
pub fn plain_line(text: &str, most: usize) -> String {
    let mut line = String::new();
    for word in plain(text).split_whitespace() {
        if line.chars().count() >= most {
            break;
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    match line.char_indices().nth(most) {
        Some((end, _)) => line[..end].to_owned(),
        None => line,
    }
}

fn is_trick(letter: char) -> bool {
    match letter {
        '\n' | '\t' => false,
        // Embeddings, overrides and isolates; marks of direction; spaces of no width. The joiner U+200D stays: it
        // holds emoji together.
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{061c}' => true,
        '\u{200b}' | '\u{2060}' | '\u{feff}' => true,
        letter => letter.is_control(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_cannot_turn_itself_around() {
        assert_eq!(
            plain("цена \u{202e}001\u{202c} ₽\u{0}\u{200b}\n\tда"),
            "цена 001 ₽\n\tда"
        );
        assert_eq!(plain("👩\u{200d}🔧"), "👩\u{200d}🔧");
    }

    #[test]
    fn a_line_is_short_and_one() {
        assert_eq!(
            plain_line("  Здравствуйте!\n\nМожно   завтра?", 120),
            "Здравствуйте! Можно завтра?"
        );
        assert_eq!(plain_line(&"я".repeat(10_000), 60).chars().count(), 60);
        assert_eq!(plain_line("раз два три", 7), "раз два");
        assert_eq!(plain_line("", 7), "");
    }
}
