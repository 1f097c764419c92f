//! Which service of the price list a message names: by stems of its name and synonyms, typing errors forgiven.

use strsim::osa_distance;

use super::base::{Base, Service};
use super::search::is_stop;
use super::text;

/// Shortest stem that may hold a typing error.
const MIN_TYPO_CHARS: usize = 5;

/// What a message says of services.
#[derive(Debug, Default)]
pub(super) struct Named<'a> {
    /// The services that fit best; more than one: it must be asked.
    pub(super) services: Vec<&'a Service>,
    /// Stems of the message that named them.
    pub(super) stems: Vec<String>,
}

impl<'a> Named<'a> {
    /// The one service named, if it is one.
    pub(super) fn one(&self) -> Option<&'a Service> {
        match self.services.as_slice() {
            [service] => Some(service),
            _ => None,
        }
    }
}

/// How well one phrase of a service fits.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
enum Fit {
    /// Its main word and so many others.
    Part(usize),
    /// All its words, so many.
    Whole(usize),
}

/// Finds the services named in the words of a message.
pub(super) fn named<'a>(base: &'a Base, words: &[String]) -> Named<'a> {
    let heard = heard_stems(base, words);
    let mut best: Option<Fit> = None;
    let mut found = Named::default();
    for service in &base.services {
        let phrases = std::iter::once(&service.name).chain(&service.synonyms);
        let fits = phrases.filter_map(|phrase| fit(phrase, &heard));
        let Some((fit, stems)) =
            fits.max_by(|left, right| left.0.partial_cmp(&right.0).unwrap_or(std::cmp::Ordering::Equal))
        else {
            continue;
        };
        if best.is_none_or(|known| fit > known) {
            best = Some(fit);
            found = Named::default();
        }
        if best == Some(fit) {
            found.services.push(service);
            found.stems.extend(stems);
        }
    }
    found
}

/// Stems of the message with the owner's synonyms beside the words themselves.
fn heard_stems(base: &Base, words: &[String]) -> Vec<(String, String)> {
    let mut heard = Vec::new();
    for word in words {
        let stem = text::stem(word);
        for (from, to) in &base.synonyms {
            let from_words = text::words(from);
            if from_words.first().is_some_and(|from| text::stem(from) == stem) {
                heard.extend(
                    text::words(to)
                        .iter()
                        .map(|meaning| (text::stem(meaning), stem.clone())),
                );
            }
        }
        heard.push((stem.clone(), stem));
    }
    heard
}

fn fit(phrase: &str, heard: &[(String, String)]) -> Option<(Fit, Vec<String>)> {
    let words = text::words(phrase);
    let content: Vec<&String> = words.iter().filter(|word| *word == "без" || !is_stop(word)).collect();
    let head = content.iter().find(|word| !is_adjective(word)).or(content.first())?;
    let mut matched = 0;
    let mut head_matched = false;
    let mut stems = Vec::new();
    for word in &content {
        let stem = text::stem(word);
        let Some((_, source)) = heard.iter().find(|(heard, _)| same(heard, &stem)) else {
            continue;
        };
        matched += 1;
        head_matched |= word == head;
        stems.push(source.clone());
    }
    if matched == content.len() {
        Some((Fit::Whole(matched), stems))
    } else if head_matched {
        Some((Fit::Part(matched), stems))
    } else {
        None
    }
}

/// The same stem, or one letter away when long enough.
fn same(heard: &str, known: &str) -> bool {
    heard == known
        || (heard.chars().count() >= MIN_TYPO_CHARS
            && known.chars().count() >= MIN_TYPO_CHARS
            && osa_distance(heard, known) == 1)
}

/// «Женская», «классический»: not the main word of «женская стрижка».
fn is_adjective(word: &str) -> bool {
    let noun = ["ание", "ение", "тие"].iter().any(|ending| word.ends_with(ending));
    !noun
        && ["ая", "яя", "ый", "ий", "ой", "ое", "ее", "ые", "ие"]
            .iter()
            .any(|ending| word.ends_with(ending))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<String> {
        let base = Base::sample();
        named(&base, &text::words(text))
            .services
            .iter()
            .map(|service| service.name.clone())
            .collect()
    }

    #[test]
    fn a_service_is_known_by_name_case_synonym_and_typing_error() {
        for (text, expected) in [
            ("педикюр", "Педикюр"),
            ("на педикюрчик", ""),
            ("запишите на пидикюр", "Педикюр"),
            ("хочу маникюр с покрытием", "Маникюр с покрытием"),
            ("маник с покрытием", "Маникюр с покрытием"),
            ("маникюр без покрытия", "Маникюр без покрытия"),
            ("классический маникюр", "Маникюр без покрытия"),
            ("мужскую стрижку", "Мужская стрижка"),
            ("подстричься женщине", "Женская стрижка"),
            ("прайс на каре", "Женская стрижка"),
            ("брови сделать", "Оформление бровей"),
            ("мелирование", "Окрашивание волос"),
        ] {
            let expected: Vec<&str> = if expected.is_empty() {
                Vec::new()
            } else {
                vec![expected]
            };
            assert_eq!(names(text), expected, "{text}");
        }
    }

    #[test]
    fn a_common_word_names_all_that_share_it() {
        assert_eq!(
            names("стрижка"),
            ["Женская стрижка", "Мужская стрижка", "Детская стрижка"]
        );
        assert_eq!(names("маникюр"), ["Маникюр с покрытием", "Маникюр без покрытия"]);
        assert!(names("нарастить ресницы").is_empty() && names("").is_empty());
    }
}
