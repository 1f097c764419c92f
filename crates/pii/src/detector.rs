//! The detector: recognizers over the shadow of a text, overlaps settled, offsets brought back.

use std::ops::Range;
use std::sync::Arc;

use crate::conversation::token;
use crate::finding::{Detection, Evidence, Finding, Flags};
use crate::health;
use crate::known::KnownNames;
use crate::label::{Gender, Label};
use crate::name::{self, Heard};
use crate::reading;
use crate::recognizer::{self, OwnRecognizers, Recognizer, RecognizerError};
use crate::shadow::Shadow;
use crate::view::{Claims, View};
use crate::words::Words;

/// Texts are read in pieces of about this size, cut at line ends or spaces, so that memory does not grow with them.
const PIECE_BYTES: usize = 16 * 1024;

/// Somebody named beforehand: a client or an employee. The name is found in all its case forms.
#[derive(Clone)]
pub struct KnownPerson {
    /// The name in the nominative, in any order of its parts.
    pub name: String,
    /// Gender, if known.
    pub gender: Option<Gender>,
}

impl std::fmt::Debug for KnownPerson {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("KnownPerson")
            .field("gender", &self.gender)
            .finish_non_exhaustive()
    }
}

/// Finds personal data. Cheap to clone.
///
/// ```
/// use shirma_pii::{Detector, Label};
/// let detection = Detector::new().detect("Это Анна, мой телефон 8 900 000-00-01");
/// let labels: Vec<Label> = detection.findings.iter().map(|finding| finding.label).collect();
/// assert_eq!(labels, [Label::Person, Label::Phone]);
/// ```
#[derive(Clone, Default)]
pub struct Detector {
    known: Arc<KnownNames>,
    own: OwnRecognizers,
}

impl std::fmt::Debug for Detector {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Detector").finish_non_exhaustive()
    }
}

impl Detector {
    /// A detector with the embedded lexicons only.
    pub fn new() -> Self {
        Self::default()
    }

    /// A detector that also finds these people, whatever their names look like.
    pub fn with_known(&self, known: &[KnownPerson]) -> Self {
        Self {
            known: Arc::new(self.known.extended(known)),
            own: self.own.clone(),
        }
    }

    /// A detector with these recognizers in place of any given before.
    ///
    /// # Errors
    /// [`RecognizerError`] names the first that cannot be used.
    pub fn with_recognizers(&self, recognizers: &[Recognizer]) -> Result<Self, RecognizerError> {
        Ok(Self {
            known: Arc::clone(&self.known),
            own: OwnRecognizers::new(recognizers)?,
        })
    }

    /// Finds personal data in `text`. Ranges are bytes on character borders, sorted, without overlaps.
    pub fn detect(&self, text: &str) -> Detection {
        self.detect_after(text, &Heard::new())
    }

    /// The same in a conversation where these names have been heard.
    pub(crate) fn detect_after(&self, text: &str, heard: &Heard) -> Detection {
        let mut detection = Detection::default();
        for piece in cut(text) {
            let (mut findings, flags) = self.detect_piece(&text[piece.clone()], heard);
            for finding in &mut findings {
                finding.range = finding.range.start + piece.start..finding.range.end + piece.start;
            }
            detection.findings.append(&mut findings);
            detection.flags.health |= flags.health;
        }
        detection
    }

    fn detect_piece(&self, text: &str, heard: &Heard) -> (Vec<Finding>, Flags) {
        let shadow = Shadow::new(text);
        let view = View::new(Words::new(&shadow));
        let mut claims = Claims::default();
        self.own.claim(&view, &mut claims);
        recognizer::claim_all(&view, &mut claims);
        let flags = Flags {
            health: health::is_told(&view.words, &claims),
        };
        let reread = reading::reread(&view);
        if let Some(reread) = &reread {
            reading::claim_reading(reread, &mut claims);
        }
        for (range, confidence) in self.known.find(&view.words) {
            claims.add(Label::Person, range, confidence, Evidence::Known);
        }
        name::claim(&view, &mut claims, heard, reread.as_ref());
        recognizer::claim_beside_people(&view, &mut claims);
        let mut findings: Vec<Finding> = Vec::new();
        let tokens = token::exact_ranges(text);
        for claim in claims.into_vec() {
            let Some(range) = outside(&tokens, with_marks(text, shadow.original(&claim.range))) else {
                continue;
            };
            // Two claims may meet inside one original character that unfolded into several.
            if findings.last().is_none_or(|last| last.range.end <= range.start) {
                findings.push(Finding {
                    label: claim.label,
                    range,
                    confidence: claim.confidence,
                    evidence: claim.evidence,
                });
            }
        }
        (findings, flags)
    }
}

/// The features of a text from which the health flag is told, for training.
pub(crate) fn study_health(text: &str) -> Vec<u32> {
    let shadow = Shadow::new(text);
    let view = View::new(Words::new(&shadow));
    let mut claims = Claims::default();
    recognizer::claim_all(&view, &mut claims);
    health::study(&view.words, &claims)
}

/// Takes in the frame of a keycap digit: the variation selector and the enclosing mark after the last character.
fn with_marks(text: &str, range: Range<usize>) -> Range<usize> {
    let rest = text[range.end..].trim_start_matches(['\u{fe0f}', '\u{20e3}']);
    range.start..text.len() - rest.len()
}

/// The part of a range that is not a token of ours: what stands before the first one, or after the last.
fn outside(tokens: &[Range<usize>], range: Range<usize>) -> Option<Range<usize>> {
    let mut inside = tokens
        .iter()
        .filter(|token| token.start < range.end && range.start < token.end);
    let Some(first) = inside.next() else { return Some(range) };
    let last = inside.next_back().unwrap_or(first);
    if first.start > range.start {
        Some(range.start..first.start)
    } else if last.end < range.end {
        Some(last.end..range.end)
    } else {
        None
    }
}

/// Cuts a long text at line ends, or at spaces where lines are long.
fn cut(text: &str) -> Vec<Range<usize>> {
    let mut pieces = Vec::new();
    let mut start = 0;
    while text.len() - start > PIECE_BYTES {
        let mut end = start + PIECE_BYTES;
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let window = &text[start..end];
        let border = window
            .rfind('\n')
            .filter(|at| *at > PIECE_BYTES / 2)
            .or_else(|| window.rfind(' ').filter(|at| *at > PIECE_BYTES / 2));
        let end = border.map_or(end, |at| start + at + 1);
        pieces.push(start..end);
        start = end;
    }
    pieces.push(start..text.len());
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_is_found_through_to_its_end() {
        let mut text = "просто слова без имен. ".repeat(3000);
        let at = text.len();
        text.push_str("тел. 8 900 000-00-01");
        let detection = Detector::new().detect(&text);
        assert_eq!(detection.findings.len(), 1);
        assert!(detection.findings[0].range.start > at);
    }
}
