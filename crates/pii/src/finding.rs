//! What the detector answers: places in a text, never the text itself.

use std::ops::Range;

use crate::label::Label;

/// Why something was taken for personal data. Holds no part of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Evidence {
    /// The shape alone is enough: a plate, an e-mail address.
    Pattern,
    /// The shape, and the check digits are right.
    Checksum,
    /// A word nearby names the kind of data.
    Cue,
    /// A lexicon knows the name.
    Lexicon,
    /// The words around speak of a person.
    Context,
    /// The trained tagger alone takes it for a name: no rule does.
    Model,
    /// Somebody the caller named beforehand.
    Known,
}

/// A place of personal data in a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// What kind of data it is.
    pub label: Label,
    /// Where it is: bytes, on character borders.
    pub range: Range<usize>,
    /// From 0 to 1; not a calibrated probability.
    pub confidence: f32,
    /// Why it was found.
    pub evidence: Evidence,
}

/// What a message reveals as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Flags {
    /// The state of somebody's health (152-FZ art. 10).
    pub health: bool,
}

/// Everything found in one text.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Detection {
    /// Sorted by place, without overlaps.
    pub findings: Vec<Finding>,
    /// Flags of the whole text.
    pub flags: Flags,
}
