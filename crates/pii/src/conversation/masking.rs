//! Texts into masked texts: each place that holds personal data becomes a token, or what a policy puts there.

use std::ops::Range;

use super::restore::Surroundings;
use super::token::{self, TokenKind};
use super::{Conversation, Speaker};
use crate::detector::Detector;
use crate::finding::Flags;
use crate::label::Label;
use crate::policy::{Action, Policy};

/// A place of the original text that was replaced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entity {
    /// Bytes of the original text, on character borders.
    pub range: Range<usize>,
    /// What was there.
    pub label: Label,
    /// What stands there now.
    pub token: String,
    /// Number of the person in this conversation, from 1; `None` if the value is nobody's in particular.
    pub subject: Option<u32>,
}

/// A masked text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Masking {
    /// The text with tokens.
    pub text: String,
    /// What was replaced, in order.
    pub entities: Vec<Entity>,
    /// Flags of the original text.
    pub flags: Flags,
}

/// A place to be replaced.
struct Replacement {
    range: Range<usize>,
    with: With,
}

/// What stands in a place from now on.
enum With {
    /// The token of an entry.
    Entry(usize),
    /// Something that is never restored.
    Text(String),
}

impl Conversation {
    /// Replaces everything personal in `text` with tokens.
    pub fn mask(&mut self, detector: &Detector, text: &str) -> Masking {
        self.mask_under(detector, text, None, &Policy::default())
    }

    /// The same for a message whose writer is known.
    pub fn mask_said_by(&mut self, detector: &Detector, text: &str, speaker: Speaker) -> Masking {
        self.mask_under(detector, text, Some(speaker), &Policy::default())
    }

    /// The same with a policy that says what becomes of each label. What is not replaced by a token is lost: it is
    /// not kept and not restored.
    pub fn mask_under(
        &mut self,
        detector: &Detector,
        text: &str,
        speaker: Option<Speaker>,
        policy: &Policy,
    ) -> Masking {
        let mut detection = detector.detect_after(text, &self.heard);
        self.add_answer(text, speaker, &mut detection.findings);
        self.add_echoes(text, &mut detection.findings);
        let people = detection
            .findings
            .iter()
            .filter(|finding| finding.label == Label::Person);
        self.begin_message(people.map(|finding| finding.range.clone()).collect());
        let forged: Vec<Range<usize>> = token::scan(text).into_iter().map(|found| found.range).collect();
        let mut replacements = Vec::new();
        let mut entities = Vec::new();
        let mut forged = forged.into_iter().peekable();
        for finding in detection.findings {
            while let Some(range) = forged.next_if(|range| range.end <= finding.range.start) {
                replacements.push(self.neutralise(text, range));
            }
            if forged.peek().is_some_and(|range| range.start < finding.range.end) {
                // Data inside something that looks like a token: both go as one piece of text.
                let mut range = forged.next().unwrap_or_default();
                range = range.start.min(finding.range.start)..range.end.max(finding.range.end);
                while let Some(next) = forged.next_if(|next| next.start < range.end) {
                    range.end = range.end.max(next.end);
                }
                let covered = replacements
                    .last()
                    .is_some_and(|last: &Replacement| last.range.end > range.start);
                if !covered {
                    replacements.push(self.neutralise(text, range));
                }
                continue;
            }
            if replacements
                .last()
                .is_some_and(|last: &Replacement| last.range.end > finding.range.start)
            {
                continue;
            }
            if policy.action(finding.label) == Action::Keep {
                continue;
            }
            if let Some(substitute) = policy.substitute(finding.label, &text[finding.range.clone()]) {
                entities.push(Entity {
                    range: finding.range.clone(),
                    label: finding.label,
                    token: substitute.clone(),
                    subject: None,
                });
                replacements.push(Replacement {
                    range: finding.range,
                    with: With::Text(substitute),
                });
                continue;
            }
            let entry = self.entry_for(text, &finding.range, finding.label, speaker);
            let subject = self.entries[entry].person.map(|person| person as u32 + 1);
            entities.push(Entity {
                range: finding.range.clone(),
                label: finding.label,
                token: self.entries[entry].token.clone(),
                subject,
            });
            replacements.push(Replacement {
                range: finding.range,
                with: With::Entry(entry),
            });
        }
        for range in forged {
            if replacements
                .last()
                .is_none_or(|last: &Replacement| last.range.end <= range.start)
            {
                replacements.push(self.neutralise(text, range));
            }
        }
        self.end_message(text, speaker);
        let masked = self.write(text, &replacements);
        self.remember(text, &masked, &replacements);
        if self.restore(&masked).text != without_substituted(text, &replacements) {
            // Surroundings that make a token unreadable: the whole text goes as one piece, nothing is lost or leaked.
            let whole = vec![self.neutralise(text, 0..text.len())];
            let masked = self.write(text, &whole);
            self.remember(text, &masked, &whole);
            return Masking {
                text: masked,
                entities,
                flags: detection.flags,
            };
        }
        Masking {
            text: masked,
            entities,
            flags: detection.flags,
        }
    }

    /// A token of its own for text that looks like a token.
    fn neutralise(&mut self, text: &str, range: Range<usize>) -> Replacement {
        let surface = &text[range.clone()];
        let key = format!("{}\u{0}{surface}", token::TEXT_WORD);
        let entry = self.entry_by_key(key, TokenKind::Text, surface);
        Replacement {
            range,
            with: With::Entry(entry),
        }
    }

    fn write(&self, text: &str, replacements: &[Replacement]) -> String {
        let mut masked = String::with_capacity(text.len());
        let mut at = 0;
        for replacement in replacements {
            masked.push_str(&text[at..replacement.range.start]);
            masked.push_str(match &replacement.with {
                With::Entry(entry) => &self.entries[*entry].token,
                With::Text(substitute) => substitute,
            });
            at = replacement.range.end;
        }
        masked.push_str(&text[at..]);
        masked
    }

    /// Keeps the spelling of each replaced place under the hash of its masked surroundings.
    fn remember(&mut self, text: &str, masked: &str, replacements: &[Replacement]) {
        let mut context = Surroundings::new();
        let mut shift: isize = 0;
        for replacement in replacements {
            let surface = &text[replacement.range.clone()];
            let entry = match &replacement.with {
                With::Entry(entry) => &mut self.entries[*entry],
                With::Text(substitute) => {
                    shift += substitute.len() as isize - replacement.range.len() as isize;
                    continue;
                }
            };
            let start = (replacement.range.start as isize + shift) as usize;
            let end = start + entry.token.len();
            shift += entry.token.len() as isize - replacement.range.len() as isize;
            let place = entry
                .surfaces
                .iter()
                .position(|known| known == surface)
                .unwrap_or_else(|| {
                    entry.surfaces.push(surface.to_owned());
                    entry.surfaces.len() - 1
                });
            for key in context.keys(masked, start, end) {
                entry.occurrences.insert(key, place as u32);
            }
        }
    }
}

/// The text as restoring can give it back: with the substitutes that stand for good.
fn without_substituted(text: &str, replacements: &[Replacement]) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut at = 0;
    for replacement in replacements {
        if let With::Text(substitute) = &replacement.with {
            kept.push_str(&text[at..replacement.range.start]);
            kept.push_str(substitute);
            at = replacement.range.end;
        }
    }
    kept.push_str(&text[at..]);
    kept
}
