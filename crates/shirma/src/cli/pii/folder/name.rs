//! Names of copies: a person's name may stand in the name of a file or a folder, too.
//!
//! A place among the copies is made here only, of masked words, so the name of a source cannot get there by mistake.
//! Underscores and dashes are read as spaces; what is found becomes the word of its code («Клиент»). Equal names get
//! a number, so no copy takes the place of another.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::path::{Path, PathBuf};

use shirma_pii::{Action, Detector, Label, Policy};

/// Longest name before its ending, in bytes: systems take 255 with the endings of map files.
const NAME_BYTES_MAX: usize = 200;
/// Shorter words alone are no names.
const WORD_CHARS_MIN: usize = 3;
/// A surname alone is read as one where somebody's must stand.
const CUE: &str = "скан паспорта ";
/// Ends of surnames that are forms of place names, too: «Иванова».
const SURNAME_ENDS: &[&str] = &["ова", "ева"];
/// Shorter words with such ends are other words.
const SURNAME_CHARS_MIN: usize = 6;
/// Names that programs give to saved chats; a person or a group follows.
const CHATS: &[&str] = &[
    "чат whatsapp с ",
    "чат whatsapp - ",
    "whatsapp chat with ",
    "whatsapp chat - ",
    "чат whatsapp — ",
    "чат с ",
    "диалог с ",
    "переписка с ",
    "chat with ",
];

/// Where a copy stands under the folder of copies.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct CopyPath(String);

impl CopyPath {
    pub(super) fn under(&self, folder: &Path) -> PathBuf {
        let parts = self.0.split('/').filter(|part| !part.is_empty());
        parts.fold(folder.to_owned(), |path, part| path.join(part))
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

/// The names given so far.
pub(super) struct Names<'a> {
    detector: &'a Detector,
    policy: &'a Policy,
    taken: BTreeSet<String>,
    /// The last number of each name that came more than once.
    numbers: BTreeMap<String, usize>,
}

impl<'a> Names<'a> {
    pub(super) fn new(detector: &'a Detector, policy: &'a Policy) -> Self {
        Self {
            detector,
            policy,
            taken: BTreeSet::new(),
            numbers: BTreeMap::new(),
        }
    }

    /// The place of a folder's copy.
    pub(super) fn folder(&mut self, parent: &CopyPath, name: &str) -> CopyPath {
        self.place(parent, name, "")
    }

    /// The place of a file's copy; the ending is that of the copy.
    pub(super) fn file(&mut self, parent: &CopyPath, stem: &str, ending: &'static str) -> CopyPath {
        self.place(parent, stem, ending)
    }

    fn place(&mut self, parent: &CopyPath, name: &str, ending: &'static str) -> CopyPath {
        let masked = harmless(&masked_words(self.detector, self.policy, name));
        let dot = if ending.is_empty() { "" } else { "." };
        let border = if parent.0.is_empty() { "" } else { "/" };
        let base = format!("{}{border}{masked}", parent.0);
        let mut path = format!("{base}{dot}{ending}");
        let mut number = self.numbers.get(&path.to_lowercase()).copied().unwrap_or(1);
        let first = path.to_lowercase();
        // Names that differ in the case of letters only are one name on many systems.
        while !self.taken.insert(path.to_lowercase()) {
            number += 1;
            path = format!("{base} ({number}){dot}{ending}");
        }
        if number > 1 {
            self.numbers.insert(first, number);
        }
        CopyPath(path)
    }
}

/// The name with the words of codes in place of what was found in it.
pub(super) fn masked_words(detector: &Detector, policy: &Policy, name: &str) -> String {
    let kept = |label: Label| policy.action(label) == Action::Keep;
    if let Some(start) = chat_partner(name)
        && !kept(Label::Person)
    {
        return format!("{}{}", &name[..start], Label::Person.token_word());
    }
    let mut found = Vec::new();
    let spaced = name.replace(['_', '-'], " ");
    for text in [name, &spaced, &with_latin_capitals(&spaced)] {
        let findings = detector.detect(text).findings;
        found.extend(findings.into_iter().map(|finding| (finding.range, finding.label)));
    }
    for word in words(&spaced) {
        let alone = &spaced[word.clone()];
        let chars = alone.chars().count();
        if chars < WORD_CHARS_MIN || !alone.starts_with(char::is_uppercase) {
            continue;
        }
        if chars >= SURNAME_CHARS_MIN && SURNAME_ENDS.iter().any(|end| alone.ends_with(end)) {
            found.push((word.clone(), Label::Person));
        }
        let findings = detector.detect(&format!("{CUE}{alone}")).findings;
        found.extend(findings.into_iter().filter_map(|finding| {
            let start = finding.range.start.checked_sub(CUE.len())? + word.start;
            let end = finding.range.end.checked_sub(CUE.len())? + word.start;
            Some((start..end, finding.label))
        }));
    }
    found.retain(|(_, label)| !kept(*label));
    replaced(name, &spaced, found)
}

/// Replaces what was found; places that meet or are parted by a space only are one.
fn replaced(name: &str, spaced: &str, mut found: Vec<(Range<usize>, Label)>) -> String {
    found.sort_by_key(|(range, _)| (range.start, std::cmp::Reverse(range.end)));
    let mut joined: Vec<(Range<usize>, Label)> = Vec::new();
    for (range, label) in found {
        match joined.last_mut() {
            Some((last, _)) if range.start < last.end => last.end = last.end.max(range.end),
            Some((last, of)) if *of == label && spaced[last.end..range.start].trim().is_empty() => {
                last.end = range.end;
            }
            _ => joined.push((range, label)),
        }
    }
    let mut masked = String::with_capacity(name.len());
    let mut at = 0;
    for (range, label) in joined {
        masked.push_str(&name[at..range.start]);
        masked.push_str(label.token_word());
        at = range.end;
    }
    masked + &name[at..]
}

/// Where the person of «Чат WhatsApp с …» begins.
fn chat_partner(name: &str) -> Option<usize> {
    CHATS.iter().find_map(|known| {
        let mut folded = String::new();
        for (at, sign) in name.char_indices() {
            if folded == *known {
                return Some(at);
            }
            folded.extend(if sign == '_' { ' ' } else { sign }.to_lowercase());
        }
        None
    })
}

/// Latin words with capitals: «ivanova anna» is read as names only then. The length stays.
fn with_latin_capitals(text: &str) -> String {
    let mut before = ' ';
    text.chars()
        .map(|sign| {
            let first = before == ' ';
            before = sign;
            if first { sign.to_ascii_uppercase() } else { sign }
        })
        .collect()
}

fn words(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    text.split(' ').map(move |word| {
        let start = word.as_ptr() as usize - text.as_ptr() as usize;
        start..start + word.len()
    })
}

/// A name that leads nowhere: no borders of folders, no leading dots, not too long, not empty.
fn harmless(name: &str) -> String {
    let mut plain: String = name
        .chars()
        .map(|sign| {
            if sign.is_control() || matches!(sign, '/' | '\\') {
                '_'
            } else {
                sign
            }
        })
        .collect();
    while plain.len() > NAME_BYTES_MAX {
        plain.pop();
    }
    let plain = plain.trim().trim_matches('.').trim();
    if plain.is_empty() {
        "без имени".to_owned()
    } else {
        plain.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn masked(name: &str) -> String {
        masked_words(&Detector::new(), &Policy::default(), name)
    }

    #[test]
    fn people_in_names_become_the_word_of_a_code() {
        for (name, expected) in [
            ("Чат WhatsApp с Анна Ким", "Чат WhatsApp с Клиент"),
            ("Чат WhatsApp с Жмых", "Чат WhatsApp с Клиент"),
            ("WhatsApp Chat - Mom 2", "WhatsApp Chat - Клиент"),
            ("Иванова_Анна", "Клиент"),
            ("скан-паспорта-Соколовой", "скан-паспорта-Клиент"),
            ("Соколова", "Клиент"),
            ("Иванова", "Клиент"),
            ("ivanova_anna", "Клиент"),
            ("запись 8-900-000-00-11", "запись Телефон"),
            ("База клиентов 2026-11-12", "База клиентов 2026-11-12"),
            ("messages2", "messages2"),
            ("Прайс и отзывы", "Прайс и отзывы"),
        ] {
            assert_eq!(masked(name), expected, "{name}");
        }
    }

    #[test]
    fn equal_names_get_numbers_and_no_name_leads_out() {
        let (detector, policy) = (Detector::new(), Policy::default());
        let mut names = Names::new(&detector, &policy);
        let root = CopyPath::default();
        let paths: Vec<CopyPath> = ["Анна Ким", "Пётр Ким", "клиент"]
            .iter()
            .map(|name| names.file(&root, name, "txt"))
            .collect();
        let paths: Vec<&str> = paths.iter().map(CopyPath::as_str).collect();
        assert_eq!(paths, ["Клиент.txt", "Клиент (2).txt", "клиент (3).txt"]);
        for name in ["..", "../../x", "/etc/passwd", "a\\..\\b", ".shirma-done", ""] {
            let path = names.folder(&root, name);
            assert!(
                !path.as_str().contains('/') && !path.as_str().starts_with('.'),
                "{name}"
            );
            assert!(path.under(Path::new("/out")).starts_with("/out") && path != root);
        }
    }
}
