//! What engines are given and what they give back, one JSON a line.
//!
//! In: `{"key", "text", "timed"}`. Out, in the same order: `{"key", "findings": [[start, end, label], …]}` in code points,
//! and on the last line `{"figures": {…}}`, see [`Figures`]. An engine first answers all messages, which warms it up, then
//! detects the timed ones in whole rounds, at least [`ROUNDS_MIN`] and at least [`SECONDS_MIN`], with one thread, taking
//! the time of each call alone.

use std::io::{BufRead, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};
use serde::{Deserialize, Serialize};
use shirma_pii::Label;

use crate::message::{self, Message};
use crate::score::Found;

/// Rounds over the timed messages; more of them until [`SECONDS_MIN`].
pub(crate) const ROUNDS_MIN: usize = 3;
/// Shorter measuring says more of the machine than of the engine.
pub(crate) const SECONDS_MIN: f64 = 2.0;
/// Longer messages are letters, not chat, and are not timed.
const SHORT_CHARS: usize = 300;

/// One set as written and in lower case.
pub(crate) struct Set {
    pub(crate) name: String,
    pub(crate) written: Vec<Message>,
    pub(crate) lower: Vec<Message>,
}

pub(crate) struct Sheet {
    pub(crate) sets: Vec<Set>,
}

#[derive(Serialize, Deserialize)]
pub(crate) struct Text {
    pub(crate) key: String,
    pub(crate) text: String,
    pub(crate) timed: bool,
}

#[derive(Serialize, Deserialize)]
pub(crate) struct Answer {
    pub(crate) key: String,
    pub(crate) findings: Vec<(usize, usize, String)>,
}

/// What an engine measured of itself.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Figures {
    pub(crate) name: String,
    /// Loading the program's own libraries, where that is a step of its own.
    pub(crate) import_seconds: f64,
    /// From there to the end of the first detection.
    pub(crate) load_seconds: f64,
    /// Timed messages of one round.
    pub(crate) messages: usize,
    pub(crate) rounds: usize,
    /// Code points detected in all rounds.
    pub(crate) characters: usize,
    /// Sum of the times of the calls.
    pub(crate) seconds: f64,
    /// Processor time of the rounds: what other programs took away is not in it.
    pub(crate) processor_seconds: f64,
    pub(crate) p50_seconds: f64,
    pub(crate) p99_seconds: f64,
    /// The same of the medians each message has over the rounds: without the times it had to wait for a processor.
    pub(crate) p99_calm_seconds: f64,
    /// The most memory the process ever held.
    pub(crate) peak_kb: u64,
    /// Models and dictionaries.
    pub(crate) data_bytes: u64,
    /// Of the machine in the minute before the rounds.
    pub(crate) load_average: String,
}

#[derive(Serialize, Deserialize)]
pub(crate) struct LastLine {
    pub(crate) figures: Figures,
}

/// One engine's answers, set by set as written and in lower case.
#[derive(Debug)]
pub(crate) struct Answers {
    pub(crate) figures: Figures,
    pub(crate) written: Vec<Vec<Vec<Found>>>,
    pub(crate) lower: Vec<Vec<Vec<Found>>>,
}

impl Sheet {
    /// The sets of a folder in the order of their names.
    pub(crate) fn read(dir: &Path) -> Result<Sheet> {
        let mut files: Vec<PathBuf> = std::fs::read_dir(dir)
            .with_context(|| dir.display().to_string())?
            .filter_map(|entry| entry.ok().map(|entry| entry.path()))
            .filter(|path| path.extension().is_some_and(|extension| extension == "jsonl"))
            .collect();
        files.sort();
        ensure!(!files.is_empty(), "no *.jsonl in {}", dir.display());
        let sets = files.iter().map(|path| {
            let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            Ok(Set::new(name, message::read(path)?))
        });
        Ok(Sheet {
            sets: sets.collect::<Result<_>>()?,
        })
    }

    pub(crate) fn write(&self, out: &mut impl Write) -> Result<()> {
        for text in self.texts() {
            serde_json::to_writer(&mut *out, &text)?;
            out.write_all(b"\n")?;
        }
        Ok(())
    }

    /// Every message as written, then in lower case, set by set.
    fn texts(&self) -> impl Iterator<Item = Text> {
        self.sets.iter().flat_map(|set| {
            let written = set.written.iter().map(|one| text(&set.name, "written", one));
            written.chain(set.lower.iter().map(|one| text(&set.name, "lower", one)))
        })
    }
}

impl Set {
    pub(crate) fn new(name: String, written: Vec<Message>) -> Set {
        let lower = written.iter().map(message::lower).collect();
        Set { name, written, lower }
    }
}

fn text(set: &str, case: &str, message: &Message) -> Text {
    Text {
        key: format!("{set}/{case}/{}", message.id),
        text: message.text.clone(),
        timed: case == "written" && message.text.chars().count() <= SHORT_CHARS,
    }
}

impl Answers {
    /// Reads an engine's lines, which have to stand in the order of the sheet.
    pub(crate) fn read(lines: impl BufRead, sheet: &Sheet) -> Result<Answers> {
        let mut lines = lines.lines();
        let mut next = || lines.next().context("the answers end too early")?.context("not text");
        let mut found = Vec::new();
        for text in sheet.texts() {
            let answer: Answer = serde_json::from_str(&next()?).with_context(|| text.key.clone())?;
            ensure!(
                answer.key == text.key,
                "{} is answered where {} stands",
                answer.key,
                text.key
            );
            let length = text.text.chars().count();
            found.push(checked(answer, length).with_context(|| text.key.clone())?);
        }
        let figures = serde_json::from_str::<LastLine>(&next()?)?.figures;
        let mut found = found.into_iter();
        let (mut written, mut lower) = (Vec::new(), Vec::new());
        for set in &sheet.sets {
            written.push(found.by_ref().take(set.written.len()).collect());
            lower.push(found.by_ref().take(set.lower.len()).collect());
        }
        Ok(Answers {
            figures,
            written,
            lower,
        })
    }
}

/// Findings inside the text, of labels we know.
fn checked(answer: Answer, length: usize) -> Result<Vec<Found>> {
    let found = answer.findings.into_iter().map(|(start, end, label)| {
        if start >= end || end > length {
            bail!("{start}..{end} is no place in {length} characters");
        }
        let label: Label = label.parse().with_context(|| format!("unknown label {label}"))?;
        Ok(Found {
            start,
            end,
            label: label.as_str(),
        })
    });
    found.collect()
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    pub(crate) fn sheet() -> Sheet {
        let lines = [
            r#"{"id": "1", "text": "Это Анна", "entities": [{"start": 4, "end": 8, "label": "PERSON"}]}"#,
            r#"{"id": "2", "text": "Цена 1500"}"#,
        ];
        let messages = lines.iter().map(|line| serde_json::from_str(line).unwrap()).collect();
        Sheet {
            sets: vec![Set::new("chat".into(), messages)],
        }
    }

    pub(crate) fn figures(name: &str) -> Figures {
        Figures {
            name: name.into(),
            import_seconds: 0.0,
            load_seconds: 0.05,
            messages: 2,
            rounds: 3,
            characters: 2_000_000,
            seconds: 2.0,
            processor_seconds: 1.0,
            p50_seconds: 0.000_05,
            p99_seconds: 0.000_4,
            p99_calm_seconds: 0.000_3,
            peak_kb: 40_000,
            data_bytes: 9_000_000,
            load_average: "0.5".into(),
        }
    }

    /// What an engine writes that finds the same in every message.
    pub(crate) fn written(name: &str, findings: &str) -> String {
        let mut lines = String::new();
        for text in sheet().texts() {
            lines += &format!("{{\"key\": \"{}\", \"findings\": [{findings}]}}\n", text.key);
        }
        let last = LastLine { figures: figures(name) };
        lines + &serde_json::to_string(&last).unwrap() + "\n"
    }

    fn read(lines: &str) -> Result<Answers> {
        Answers::read(lines.as_bytes(), &sheet())
    }

    #[test]
    fn the_sheet_holds_every_message_twice_and_times_it_once() {
        let texts: Vec<Text> = sheet().texts().collect();
        let keys: Vec<&str> = texts.iter().map(|text| text.key.as_str()).collect();
        assert_eq!(
            keys,
            ["chat/written/1", "chat/written/2", "chat/lower/1", "chat/lower/2"]
        );
        assert_eq!(texts[2].text, "это анна");
        assert_eq!(texts.iter().filter(|text| text.timed).count(), 2);
    }

    #[test]
    fn long_messages_are_not_timed() {
        let mut message = sheet().sets.remove(0).written.remove(0);
        message.text = "а".repeat(SHORT_CHARS + 1);
        assert!(!text("chat", "written", &message).timed);
    }

    #[test]
    fn answers_come_back_set_by_set() {
        let answers = read(&written("peer", r#"[4, 8, "PERSON"]"#)).unwrap();
        assert_eq!((answers.written[0].len(), answers.lower[0].len()), (2, 2));
        assert_eq!(answers.written[0][0][0].label, "PERSON");
    }

    #[test]
    fn answers_in_another_order_of_unknown_labels_or_outside_the_text_are_refused() {
        for (findings, why) in [
            (r#"[4, 8, "NAME"]"#, "unknown label NAME"),
            (r#"[4, 80, "PERSON"]"#, "4..80"),
        ] {
            let error = format!("{:#}", read(&written("peer", findings)).unwrap_err());
            assert!(error.contains(why), "{error}");
        }
        let swapped = written("peer", "").replace("written/1", "written/9");
        assert!(format!("{:#}", read(&swapped).unwrap_err()).contains("chat/written/9 is answered"));
        let cut: String = written("peer", "")
            .lines()
            .take(2)
            .map(|line| format!("{line}\n"))
            .collect();
        assert!(format!("{:#}", read(&cut).unwrap_err()).contains("end too early"));
    }
}
