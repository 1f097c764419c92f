//! Words of a message: lower case, ё as е, stems, patterns of words. Tokens like `[Клиент-1]` are never taken apart.

use rust_stemmers::{Algorithm, Stemmer};

/// Longest message looked at, in characters: the rest of a longer one decides nothing.
pub(super) const MAX_HEARD_CHARS: usize = 4_000;

/// The words of a text in lower case with ё as е; tokens in square brackets are left out.
pub(super) fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut in_token = false;
    for c in text.chars().take(MAX_HEARD_CHARS) {
        match c {
            '[' => in_token = true,
            ']' if in_token => in_token = false,
            _ if in_token => {}
            c if c.is_alphanumeric() => {
                word.extend(fold(c));
                continue;
            }
            _ => {}
        }
        if !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}

/// Lower case, ё as е.
pub(super) fn fold(c: char) -> impl Iterator<Item = char> {
    c.to_lowercase().map(|c| if c == 'ё' { 'е' } else { c })
}

/// Tokens of the text whose word is one of `kinds`, in order: `[Клиент-1]`.
pub(super) fn tokens<'a>(text: &'a str, kind: &str) -> Vec<&'a str> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find('[') {
        let Some(length) = rest[start..].find(']') else { break };
        let token = &rest[start..=start + length];
        if token[1..].strip_prefix(kind).is_some_and(|tail| tail.starts_with('-')) {
            found.push(token);
        }
        rest = &rest[start + length + 1..];
    }
    found
}

/// The Russian Snowball stem of a folded word.
pub(super) fn stem(word: &str) -> String {
    Stemmer::create(Algorithm::Russian).stem(word).into_owned()
}

/// Whether all words of the pattern stand close together, in any order.
///
/// A pattern word with `*` is a beginning, without it the whole word; `|` parts alternatives. «Close»: the window may
/// hold two more words than the pattern.
pub(super) fn has(words: &[String], pattern: &str) -> bool {
    let wanted: Vec<&str> = pattern.split(' ').collect();
    let window = (wanted.len() + 2).min(words.len());
    if window < wanted.len() {
        return false;
    }
    words
        .windows(window)
        .any(|near| wanted.iter().all(|one| near.iter().any(|word| fits(word, one))))
}

/// Whether any of the patterns fits.
pub(super) fn has_any(words: &[String], patterns: &[&str]) -> bool {
    patterns.iter().any(|pattern| has(words, pattern))
}

/// Whether the word fits one pattern word.
pub(super) fn fits(word: &str, pattern: &str) -> bool {
    pattern.split('|').any(|one| match one.strip_suffix('*') {
        Some(beginning) => word.starts_with(beginning),
        None => word == one,
    })
}

/// FNV-1a of the words: tells repeats apart, keeps no words.
pub(super) fn fingerprint(words: &str) -> u64 {
    words.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// The form of a noun that goes with a count: 1 минута, 2 минуты, 5 минут.
pub(super) fn plural<'a>(count: u32, one: &'a str, few: &'a str, many: &'a str) -> &'a str {
    match (count % 10, count % 100) {
        (_, 11..=14) => many,
        (1, _) => one,
        (2..=4, _) => few,
        _ => many,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_folded_and_tokens_left_out() {
        assert_eq!(words("Я — [Клиент-1], всё ОК, 15:30!"), ["я", "все", "ок", "15", "30"]);
        assert!(words("[Клиент-1]").is_empty());
        assert!(words("").is_empty());
    }

    #[test]
    fn tokens_are_found_by_their_word() {
        let text = "Это [Клиент-12], тел. [Телефон-2] и [Клиент-3";
        assert_eq!(tokens(text, "Клиент"), ["[Клиент-12]"]);
        assert_eq!(tokens(text, "Телефон"), ["[Телефон-2]"]);
        assert!(tokens(text, "Почта").is_empty());
    }

    #[test]
    fn patterns_fit_in_any_order_within_a_window() {
        let heard = words("Дышать совсем я не могу");
        assert!(has(&heard, "не могу дышать"));
        assert!(has(&words("отёк лица"), "отек* лиц*|горл*"));
        assert!(!has(
            &words("не могу прийти завтра, в зале нечем дышать"),
            "не могу дышать"
        ));
        assert!(!has(&[], "стоп"));
    }

    #[test]
    fn counts_have_their_plural_form() {
        let form = |count| plural(count, "минута", "минуты", "минут");
        assert_eq!(
            [1, 2, 5, 11, 21, 112].map(form),
            ["минута", "минуты", "минут", "минут", "минута", "минут"]
        );
    }
}
