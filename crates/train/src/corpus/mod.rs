//! The training corpus: patterns of messages by many voices, filled with invented people and numbers.
//!
//! `data/corpus/*.txt` hold the patterns: `== trade voice` opens a voice, each further line is one pattern, `+h` before
//! it means that it reveals health. Slots stand in braces (`{first:gen}`, `{phone}`), `(one|another)` is a choice,
//! `[пришёл|пришла]` follows the gender of the first person, `<Маша>` is a name as written. `words.txt` lists what the
//! slots without personal data are filled with.

mod disguise;
mod names;
mod pattern;
mod value;

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result};

use crate::chance::Chance;
use crate::message::{self, Message};
use names::Names;
use pattern::Pattern;

/// Patterns, people and words to fill them with.
pub(crate) struct Corpus {
    patterns: Vec<Pattern>,
    names: Names,
    words: Words,
    news: Vec<Message>,
}

/// Lists of `words.txt` by slot.
pub(crate) type Words = BTreeMap<String, Vec<String>>;

/// Group numbers of documents begin here, those of patterns at 0.
const DOCUMENT_GROUPS: u32 = 1 << 24;
/// Voices of documents begin here.
pub(crate) const NEWS_VOICES: u32 = 1_000_000;

impl Corpus {
    /// Reads the folder `data/corpus`.
    pub(crate) fn read(dir: &Path) -> Result<Self> {
        let mut files: Vec<_> = std::fs::read_dir(dir)
            .with_context(|| dir.display().to_string())?
            .filter_map(|entry| entry.ok().map(|entry| entry.path()))
            .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
            .collect();
        files.sort();
        let mut news = message::read(&dir.join("news.jsonl"))?;
        news.extend(message::read(&dir.join("wikinews.jsonl"))?);
        let mut patterns = Vec::new();
        let mut voices: Vec<String> = Vec::new();
        let (mut words, mut people, mut foreign) = (Words::new(), String::new(), String::new());
        for path in files {
            let text = std::fs::read_to_string(&path).with_context(|| path.display().to_string())?;
            match path.file_stem().and_then(|stem| stem.to_str()) {
                Some("words") => words = lists(&text),
                Some("people") => people = text,
                Some("foreign") => foreign = text,
                _ => pattern::read(&text, &mut voices, &mut patterns).with_context(|| path.display().to_string())?,
            }
        }
        Ok(Self {
            patterns,
            names: Names::new(&people, &foreign),
            words,
            news,
        })
    }

    /// About `share` messages of each pattern; dialogues get fewer. Same numbers, same messages.
    pub(crate) fn messages(&self, share: usize) -> Vec<Message> {
        let mut all = Vec::new();
        for (number, pattern) in self.patterns.iter().enumerate() {
            let mut chance = Chance::new(number as u64 * 7919 + 17);
            // Lines of real dialogues are many and say each thing once.
            let copies = match (pattern.is_dialogue, pattern.has_person) {
                (true, false) => usize::from(share > 0),
                (true, true) => (share / 6).max(1),
                (false, _) if pattern.is_news => (share / 3).max(1),
                // Nothing but case and slips changes in a line without slots.
                (false, _) if !pattern.varies => (share / 4).max(1),
                (false, _) => share,
            };
            for copy in 0..copies {
                let segments = pattern.fill(&self.names, &self.words, &mut chance);
                let segments = disguise::disguise(segments, &mut chance);
                let mut message = pattern::message(&segments);
                message.id = format!("{number}-{copy}");
                message.group = number as u32;
                message.voice = pattern.voice;
                if pattern.reveals_health {
                    message.flags.push("health".into());
                }
                all.push(message);
            }
        }
        all
    }

    /// The same without lines of real dialogues: nobody said of these whether they reveal health.
    pub(crate) fn judged(&self, share: usize) -> Vec<Message> {
        let mut messages = self.messages(share);
        messages.retain(|message| !self.patterns[message.group as usize].is_dialogue);
        messages
    }

    /// Documents of news, as written and in lower case, cut into paragraphs of a message's size.
    pub(crate) fn news(&self) -> Vec<Message> {
        documents(&self.news)
    }

    pub(crate) fn patterns(&self) -> usize {
        self.patterns.len()
    }
}

/// Each document in its own group; names as written, in lower case and, seldom, in capitals.
fn documents(news: &[Message]) -> Vec<Message> {
    let mut all = Vec::new();
    for (number, document) in news.iter().enumerate() {
        let mut document = document.clone();
        document.group = DOCUMENT_GROUPS + number as u32;
        document.voice = NEWS_VOICES + number as u32 % 10;
        all.push(message::lower(&document));
        all.push(document);
    }
    all
}

fn lists(text: &str) -> Words {
    text.lines()
        .filter_map(|line| line.split_once(": "))
        .map(|(slot, items)| {
            let items = items.split(", ").map(|item| item.trim().to_owned()).collect();
            (slot.trim().to_owned(), items)
        })
        .collect()
}
