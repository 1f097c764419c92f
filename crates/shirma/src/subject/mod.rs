//! Who is writing: one card per person across channels.
//!
//! A messenger account leads to its card by a keyed hash. A phone proven by the channel leads two accounts to one card, unless the
//! names contradict; everything weaker is a hint for a person to decide. Nothing is merged silently.

mod invent;
mod recognise;
mod reveal;
mod rows;
mod stated;

pub use invent::invent;
pub use recognise::{Recognised, Standing, claim, prove_phone, recognise};
pub use reveal::{Asked, Reason, RevealError, Revealed, reveal};
pub(crate) use rows::set_reachable;
pub use rows::{Field, FieldKind, best, code_of, fields, root};
pub use stated::{NameFound, asks_name, own_name};

/// Whether two names cannot be the same person's: both have a given name and no word in common.
///
/// Short and long forms of one name (Аня, Анна) are told apart only by their first letters here, so a doubt counts as
/// a contradiction and goes to a person.
pub fn names_contradict(one: &str, other: &str) -> bool {
    let words = |name: &str| -> Vec<String> {
        name.to_lowercase()
            .replace('ё', "е")
            .split(|letter: char| !letter.is_alphabetic())
            .filter(|word| word.chars().count() > 1)
            .map(str::to_owned)
            .collect()
    };
    let (one, other) = (words(one), words(other));
    if one.is_empty() || other.is_empty() {
        return false;
    }
    !one.iter().any(|word| other.contains(word))
}

#[cfg(test)]
mod tests {
    use super::names_contradict;

    #[test]
    fn names_without_a_common_word_contradict() {
        assert!(names_contradict("Анна Тестова", "Пётр"));
        assert!(!names_contradict("Анна Тестова", "Тестова Анна Сергеевна"));
        assert!(!names_contradict("Алёна", "алена"));
        assert!(!names_contradict("", "Пётр"));
        assert!(!names_contradict("79", "Пётр"));
    }
}
