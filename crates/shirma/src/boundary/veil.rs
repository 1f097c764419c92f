//! A text as somebody reads it who is not to see contacts: what masking finds stands there with its middle hidden.
//!
//! This is for people inside the house. It is made anew from the text with each reading, so that it always fits the text, and
//! errs towards hiding: what the conversation knows, what the detector finds by itself, and any long number left over.

use std::ops::Range;

use shirma_pii::{Detector, Label, given_name};

use crate::access::{NameSight, Sight};
use crate::dialog::Tokens;

/// In place of a value that has no masked form of its own.
pub const HIDDEN: &str = "•••";
/// So many digits in a row, spaces and dashes apart, are a phone or a document nobody recognised; a price or a date has fewer.
const LONG_NUMBER_DIGITS: usize = 10;

/// Who said a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Said {
    /// The client.
    ByClient,
    /// Our side.
    ByUs,
}

/// What one reader gets to see of the texts of a dialog, or of words beside it.
pub struct Veil<'a> {
    detector: &'a Detector,
    tokens: Tokens,
    sight: Sight,
}

impl<'a> Veil<'a> {
    /// For the texts of a dialog with these codes; without codes for words that belong to no dialog.
    pub fn new(detector: &'a Detector, tokens: Tokens, sight: Sight) -> Veil<'a> {
        Veil {
            detector,
            tokens,
            sight,
        }
    }

    /// The text as this reader sees it.
    pub fn over(&self, text: &str, said: Said) -> String {
        if self.sight == Sight::ALL {
            return text.to_owned();
        }
        let mut veiled = String::with_capacity(text.len());
        let mut at = 0;
        for (range, label) in self.spots(text, said) {
            veiled.push_str(&text[at..range.start]);
            veiled.push_str(&self.shown(&text[range.clone()], label));
            at = range.end;
        }
        veiled.push_str(&text[at..]);
        if self.sight.contacts {
            veiled
        } else {
            without_long_numbers(&veiled)
        }
    }

    /// A name as this reader sees it; empty stays empty.
    pub fn name(&self, name: &str) -> String {
        match self.sight.names {
            NameSight::Full => self.over(name, Said::ByClient),
            NameSight::Given => called(name).to_owned(),
        }
    }

    fn shown(&self, value: &str, label: Label) -> String {
        match (label, self.sight) {
            (
                Label::Person,
                Sight {
                    names: NameSight::Full, ..
                },
            )
            | (_, Sight { contacts: true, .. }) => value.to_owned(),
            (Label::Person, _) => match called(value) {
                "" => HIDDEN.to_owned(),
                name => name.to_owned(),
            },
            (Label::Phone, _) => masked_phone(value),
            (Label::Email, _) => masked_email(value),
            (_, _) => HIDDEN.to_owned(),
        }
    }

    /// Places with values, in order, none inside another.
    fn spots(&self, text: &str, said: Said) -> Vec<(Range<usize>, Label)> {
        let mut tokens = self.tokens.clone();
        let masking = match said {
            Said::ByClient => tokens.mask_client(self.detector, text),
            Said::ByUs => tokens.mask_ours(self.detector, text),
        };
        let known = masking.entities.into_iter().map(|entity| (entity.range, entity.label));
        let found = self.detector.detect(text).findings;
        let mut all: Vec<(Range<usize>, Label)> = known
            .chain(found.into_iter().map(|finding| (finding.range, finding.label)))
            .collect();
        all.sort_by_key(|(range, _)| (range.start, std::cmp::Reverse(range.end)));
        let mut spots: Vec<(Range<usize>, Label)> = Vec::with_capacity(all.len());
        for (range, label) in all {
            match spots.last_mut() {
                // Two readings of one place: hidden is what either would hide.
                Some((last, kind)) if range.start < last.end => {
                    last.end = last.end.max(range.end);
                    if *kind == Label::Person {
                        *kind = label;
                    }
                }
                Some(_) | None => spots.push((range, label)),
            }
        }
        spots
    }
}

/// What a person is called by: his given name, or nothing when none of the words is known as one.
fn called(name: &str) -> &str {
    given_name(name).unwrap_or_default()
}

/// A phone with its middle hidden: «+7 900 •••-••-11». What is not a phone keeps its last two digits only.
pub fn masked_phone(phone: &str) -> String {
    let digits: Vec<char> = phone.chars().filter(char::is_ascii_digit).collect();
    let tail: String = digits[digits.len().saturating_sub(2)..].iter().collect();
    match digits.as_slice() {
        ['7' | '8', a, b, c, rest @ ..] if rest.len() == 7 => format!("+7 {a}{b}{c} •••-••-{tail}"),
        digits if digits.len() > 4 => format!("••• {tail}"),
        _ => HIDDEN.to_owned(),
    }
}

/// An e-mail with its name hidden: «а•••@example.ru».
pub fn masked_email(email: &str) -> String {
    match email.rsplit_once('@') {
        Some((name, host)) => format!("{}•••@{host}", name.chars().next().unwrap_or('•')),
        None => HIDDEN.to_owned(),
    }
}

/// Hides numbers of [`LONG_NUMBER_DIGITS`] digits and more that nobody recognised.
fn without_long_numbers(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut run = String::new();
    let flush = |run: &mut String, shown: &mut String| {
        let digits = run.chars().filter(char::is_ascii_digit).count();
        let end = run.trim_end_matches(|letter: char| !letter.is_ascii_digit()).len();
        if digits >= LONG_NUMBER_DIGITS {
            shown.push_str(HIDDEN);
            shown.push_str(&run[end..]);
        } else {
            shown.push_str(run);
        }
        run.clear();
    };
    for letter in text.chars() {
        let goes_on = letter.is_ascii_digit() || !run.is_empty() && matches!(letter, ' ' | '\u{a0}' | '-' | '(' | ')');
        if goes_on {
            run.push(letter);
        } else {
            flush(&mut run, &mut shown);
            shown.push(letter);
        }
    }
    flush(&mut run, &mut shown);
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    const ADMINISTRATOR: Sight = Sight {
        contacts: false,
        names: NameSight::Full,
    };
    const MASTER: Sight = Sight {
        contacts: false,
        names: NameSight::Given,
    };

    fn seen(sight: Sight, text: &str) -> String {
        Veil::new(&Detector::new(), Tokens::default(), sight).over(text, Said::ByClient)
    }

    #[test]
    fn contacts_and_papers_are_hidden_names_and_prices_are_not() {
        let text =
            "Это Анна Тестова, 8 900 000-00-11, anna@example.ru, паспорт 4509 123456. Стрижка 2 500 ₽ 28.11 в 15:00?";
        let shown = seen(ADMINISTRATOR, text);
        assert!(
            shown.starts_with("Это Анна Тестова, +7 900 •••-••-11, a•••@example.ru, паспорт •••"),
            "{shown}"
        );
        assert!(shown.ends_with("Стрижка 2 500 ₽ 28.11 в 15:00?"), "{shown}");
        assert_eq!(seen(Sight::ALL, text), text);
    }

    #[test]
    fn a_specialist_reads_what_a_client_is_called_by() {
        let shown = seen(MASTER, "Меня зовут Анна Тестова, 8 900 000-00-11");
        assert_eq!(shown, "Меня зовут Анна, +7 900 •••-••-11");
        let veil = Veil::new(&Detector::new(), Tokens::default(), MASTER).name("Тестова Анна Сергеевна");
        assert_eq!(veil, "Анна");
    }

    #[test]
    fn what_the_dialog_knows_is_hidden_where_the_detector_alone_would_not_see_it() {
        let detector = Detector::new();
        let mut tokens = Tokens::default();
        tokens.mask_client(&detector, "Мой номер 8 900 000-00-11");
        let veil = Veil::new(&detector, tokens, ADMINISTRATOR);
        let shown = veil.over("да, 9000000011, он же", Said::ByUs);
        assert!(!shown.contains("9000000011"), "{shown}");
    }

    #[test]
    fn a_long_number_nobody_recognised_is_hidden_all_the_same() {
        assert_eq!(without_long_numbers("код 12-34 56789 0123, да"), "код •••, да");
        assert_eq!(
            without_long_numbers("28.11.2026 15:00, 2 500 - 3 000 ₽"),
            "28.11.2026 15:00, 2 500 - 3 000 ₽"
        );
    }

    #[test]
    fn a_masked_phone_keeps_code_and_tail_only() {
        assert_eq!(masked_phone("+79000000011"), "+7 900 •••-••-11");
        assert_eq!(masked_phone("8 (900) 000-00-11"), "+7 900 •••-••-11");
        assert_eq!(masked_phone("+375290000022"), "••• 22");
        assert_eq!(masked_phone("112"), "•••");
        assert_eq!(masked_phone(""), "•••");
    }

    #[test]
    fn a_masked_email_keeps_its_host_only() {
        assert_eq!(masked_email("anna@example.ru"), "a•••@example.ru");
        assert_eq!(masked_email("broken"), "•••");
    }

    proptest::proptest! {
        #[test]
        fn no_phone_of_a_text_is_seen_in_full(before in "[а-я ,.!?]{0,20}", after in "[а-я ,.!?]{0,20}", tail in 1000000_u32..9999999) {
            let text = format!("{before} +7900{tail} {after}");
            let shown = seen(ADMINISTRATOR, &text);
            let tail = tail.to_string();
            proptest::prop_assert!(!shown.contains(&tail), "{shown}");
        }
    }
}
