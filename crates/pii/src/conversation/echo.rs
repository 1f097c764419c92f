//! Names heard before, met again in a form that no detector would take for a name: «гивуля» of Гиви, «байгужиной» of
//! Байгужина, «потапыч» of Потапович.
//!
//! The detector reads each message by itself. Who has been named once is named again in whatever form comes to hand, so a
//! word no lexicon knows as an everyday one that is a form of a name heard lately is taken for that name.

use std::ops::Range;

use super::Conversation;
use super::diminutive;
use super::given::{full_names, gender_of_short};
use super::person::{Person, surname_stem};
use super::word::{fold, readings_of};
use crate::finding::{Evidence, Finding};
use crate::label::Label;
use crate::lexicon::WordEntry;
use crate::name::form::Kind;
use crate::name::is_blocked;

/// How sure such a word is.
const CONFIDENCE: f32 = 0.7;
/// Of the people met last, the names of so many are looked for.
const LATEST: usize = 24;
/// Letters of a word that is looked at.
const CHARS_MIN: usize = 4;
/// Letters that a word shares with a name at the least, so that most pairs are put aside at once.
const SHARED_CHARS: usize = 3;
/// Binary logarithm of the count in lower case from which a word is an everyday one.
const EVERYDAY_COUNT: u64 = 3;
/// Words of one message that are looked at.
const WORDS_MAX: usize = 400;

impl Conversation {
    /// Adds the words of `text` that are forms of names heard lately.
    pub(super) fn add_echoes(&self, text: &str, findings: &mut Vec<Finding>) {
        let from = self.people.len().saturating_sub(LATEST);
        let known: Vec<&Person> = self.people.get(from..).unwrap_or_default().iter().collect();
        if known.is_empty() {
            return;
        }
        for range in words(text).take(WORDS_MAX) {
            let taken = findings
                .iter()
                .any(|finding| finding.range.start < range.end && range.start < finding.range.end);
            if !taken && (is_echo(&text[range.clone()], &known) || is_fond(text, &range, &known)) {
                let at = findings.partition_point(|finding| finding.range.start < range.start);
                let echo = Finding {
                    range,
                    label: Label::Person,
                    confidence: CONFIDENCE,
                    evidence: Evidence::Context,
                };
                findings.insert(at, echo);
            }
        }
    }
}

/// Bytes of the Cyrillic words of a text that stand free: no part of an address, a file or a token.
fn words(text: &str) -> impl Iterator<Item = Range<usize>> {
    let glues = |sign: char| sign.is_alphanumeric() || matches!(sign, '_' | '@' | '[' | ']' | '/' | '-');
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let start = at + text[at..].find(char::is_alphabetic)?;
            let length = text[start..]
                .find(|sign: char| !sign.is_alphabetic())
                .unwrap_or(text.len() - start);
            at = start + length;
            let free = !text[..start].ends_with(glues) && !text[at..].starts_with(glues);
            if free && text[start..at].chars().count() >= CHARS_MIN {
                return Some(start..at);
            }
        }
    })
}

fn is_echo(surface: &str, known: &[&Person]) -> bool {
    let word = fold(surface);
    let entry = WordEntry::look_up(&word);
    let everyday = entry.is_common() || entry.is_place() || entry.lower_count() >= EVERYDAY_COUNT;
    if everyday || is_blocked(&word) || !word.chars().all(is_cyrillic) {
        return false;
    }
    let begins = |name: &String| {
        name.chars()
            .zip(word.chars())
            .take_while(|(one, two)| one == two)
            .count()
            >= SHARED_CHARS
    };
    let by_given =
        |name: &String| begins(name) && name.chars().count() >= CHARS_MIN && diminutive::may_be_form(&word, name);
    let by_surname = |surname: &String| {
        let inflected = || {
            readings_of(&word)
                .iter()
                .any(|reading| reading.kind == Kind::Surname && surname_stem(&reading.lemma) == *surname)
        };
        begins(surname) && (inflected() || diminutive::is_called_by_surname(&word, surname))
    };
    let by_patronymic = |patronymic: &String| {
        begins(patronymic)
            && readings_of(&word)
                .iter()
                .any(|reading| reading.kind == Kind::Patronymic && reading.lemma == *patronymic)
    };
    known.iter().any(|person| {
        let name = &person.name;
        name.given.iter().chain(&name.full).any(by_given)
            || name.surname.iter().any(by_surname)
            || name.patronymic.iter().any(by_patronymic)
    })
}

/// «Риточка» of somebody who is Маргарита, «Стёпе» of Степан: a form of address that tables know.
fn is_fond(text: &str, range: &Range<usize>, known: &[&Person]) -> bool {
    let word = fold(&text[range.clone()]);
    let entry = WordEntry::look_up(&word);
    let before = text[..range.start].trim_end();
    let inside = !before.is_empty() && !before.ends_with(['.', '!', '?', '\n', ')', '…', ':']);
    let named = inside && text[range.clone()].starts_with(char::is_uppercase);
    let everyday = entry.is_common() || entry.is_place() || entry.lower_count() >= EVERYDAY_COUNT;
    if everyday && !named || is_blocked(&word) || !word.chars().all(is_cyrillic) {
        return false;
    }
    let given = |lemma: &str| {
        let full = full_names(lemma);
        known.iter().any(|person| {
            let name = &person.name;
            name.has_given() && full.iter().any(|full| full != lemma && name.full.contains(full))
        })
    };
    readings_of(&word)
        .iter()
        .filter(|reading| reading.kind == Kind::Given && gender_of_short(&reading.lemma).is_some())
        .any(|reading| given(&reading.lemma))
        || diminutive::fond_of(&word).any(|short| given(&short))
}

fn is_cyrillic(letter: char) -> bool {
    ('а'..='я').contains(&letter) || letter == 'ё'
}

#[cfg(test)]
mod tests {
    use crate::{Conversation, Detector};

    /// How many people of `later` are found after `first`, and whether they are the first one.
    fn echoed(first: &str, later: &str) -> Vec<bool> {
        let (detector, mut conversation) = (Detector::new(), Conversation::default());
        let known = conversation.mask(&detector, first).entities;
        let subject = known.first().and_then(|entity| entity.subject).expect("somebody");
        let found = conversation.mask(&detector, later).entities;
        found.iter().map(|entity| entity.subject == Some(subject)).collect()
    }

    #[test]
    fn forms_of_a_name_heard_before_are_found() {
        for (first, later) in [
            ("Это Гиви Автандилович", "гивуля знает"),
            ("Здравствуйте, Игнатий Потапович", "наш потапыч доволен"),
            ("Меня зовут Батима", "а батимке скажите"),
            ("Запишите Анну Кочубей", "кочубейша придёт"),
        ] {
            assert_eq!(echoed(first, later), [true], "{first} — {later}");
        }
    }

    #[test]
    fn words_of_every_day_are_nobodys_form() {
        for (first, later) in [
            ("Меня зовут Марк", "какая марка машины и маркировка"),
            ("Меня зовут Роза", "розовый лак и розетка"),
            ("Меня зовут Арон Ройтман", "аромат и роялти"),
            ("Меня зовут Анна", "анализы и аннотация"),
        ] {
            assert!(echoed(first, later).is_empty(), "{first} — {later}");
        }
    }
}
