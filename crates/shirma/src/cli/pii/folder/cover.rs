//! One file being masked: its conversation, its policy, what was found by label, how far it is.

use std::collections::{BTreeMap, BTreeSet};

use shirma_pii::{Conversation, Detector, Label, Policy, canonical_phone};

use super::name::masked_words;
use super::progress::Share;

/// Longer texts are masked piece by piece, cut at line ends: progress is seen and memory does not grow.
const PIECE_BYTES: usize = 32 * 1024;

/// Counts of what was covered.
pub(super) type Counts = BTreeMap<Label, usize>;

/// Masks the texts and values of one file with one set of codes.
pub(super) struct Cover<'a> {
    detector: &'a Detector,
    policy: &'a Policy,
    pub(super) conversation: Conversation,
    pub(super) counts: Counts,
    /// People learnt before they were met.
    learnt: BTreeSet<String>,
    share: Share<'a>,
}

impl<'a> Cover<'a> {
    pub(super) fn new(
        detector: &'a Detector,
        policy: &'a Policy,
        conversation: Conversation,
        share: Share<'a>,
    ) -> Self {
        Self {
            detector,
            policy,
            conversation,
            counts: Counts::new(),
            learnt: BTreeSet::new(),
            share,
        }
    }

    /// How many bytes of text will come, where the size of the file does not say it.
    pub(super) fn expect(&mut self, bytes: u64) {
        self.share.expect(bytes);
    }

    /// A text in which anything may stand.
    pub(super) fn text(&mut self, text: &str) -> String {
        let mut masked = String::with_capacity(text.len());
        let mut rest = text;
        while rest.len() > PIECE_BYTES {
            let mut border = PIECE_BYTES;
            while !rest.is_char_boundary(border) {
                border += 1;
            }
            // A line longer than a piece is left to the detector as a whole.
            let end = rest[border..].find('\n').map_or(rest.len(), |at| border + at + 1);
            masked.push_str(&self.piece(&rest[..end]));
            rest = &rest[end..];
        }
        masked.push_str(&self.piece(rest));
        masked
    }

    fn piece(&mut self, text: &str) -> String {
        self.share.pass(text.len());
        if text.trim().is_empty() {
            return text.to_owned();
        }
        let masking = self.conversation.mask_under(self.detector, text, None, self.policy);
        for entity in masking.entities {
            *self.counts.entry(entity.label).or_default() += 1;
        }
        masking.text
    }

    /// A value that is of `label` as a whole; spaces around it stay.
    pub(super) fn value(&mut self, value: &str, label: Label) -> String {
        self.share.pass(value.len());
        let trimmed = value.trim_matches(|sign: char| sign.is_whitespace() || sign == '\u{feff}');
        if trimmed.is_empty() {
            return value.to_owned();
        }
        *self.counts.entry(label).or_default() += 1;
        let masked = self.conversation.mask_value(trimmed, label, self.policy);
        value.replacen(trimmed, &masked, 1)
    }

    /// Somebody who will be met further on: a text that stands before may already speak of them.
    pub(super) fn learn(&mut self, who: &str) {
        if canonical_phone(who).is_none() && self.learnt.insert(who.to_owned()) {
            self.conversation.mask_value(who, Label::Person, self.policy);
        }
    }

    /// Whoever writes or is spoken of as a whole: a name, or the phone of somebody who is not in the address book.
    pub(super) fn who(&mut self, who: &str) -> String {
        let label = canonical_phone(who).map_or(Label::Person, |_| Label::Phone);
        self.value(who, label)
    }

    /// A name of something, such as a sheet, with the words of codes in it.
    pub(super) fn name(&self, name: &str) -> String {
        masked_words(self.detector, self.policy, name)
    }
}
