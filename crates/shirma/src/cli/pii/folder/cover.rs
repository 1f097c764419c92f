//! One file being masked: its conversation, its policy, what was found by label.

use std::collections::BTreeMap;

use shirma_pii::{Conversation, Detector, Label, Policy};

/// Counts of what was covered.
pub(super) type Counts = BTreeMap<Label, usize>;

/// Masks the texts and values of one file with one set of codes.
pub(super) struct Cover<'a> {
    detector: &'a Detector,
    policy: &'a Policy,
    pub(super) conversation: Conversation,
    pub(super) counts: Counts,
}

impl<'a> Cover<'a> {
    pub(super) fn new(detector: &'a Detector, policy: &'a Policy, conversation: Conversation) -> Self {
        Self {
            detector,
            policy,
            conversation,
            counts: Counts::new(),
        }
    }

    /// A text in which anything may stand.
    pub(super) fn text(&mut self, text: &str) -> String {
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
        let trimmed = value.trim_matches(|sign: char| sign.is_whitespace() || sign == '\u{feff}');
        if trimmed.is_empty() {
            return value.to_owned();
        }
        *self.counts.entry(label).or_default() += 1;
        let masked = self.conversation.mask_value(trimmed, label, self.policy);
        value.replacen(trimmed, &masked, 1)
    }
}
