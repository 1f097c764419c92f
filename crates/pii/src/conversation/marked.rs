//! Whom marked names of a message mean, without a detector: the seam of whoever measures who is who apart from what
//! is found.

use std::ops::Range;

use super::{Conversation, Speaker};
use crate::label::Label;

impl Conversation {
    /// Takes a message whose names are marked, and gives the subject of each mark. `marks`: bytes of `text` on character
    /// borders, in order.
    #[doc(hidden)]
    pub fn subjects_of(&mut self, text: &str, marks: &[Range<usize>], speaker: Option<Speaker>) -> Vec<Option<u32>> {
        self.begin_message(marks.to_vec());
        let subjects = marks
            .iter()
            .map(|range| {
                let entry = self.entry_for(text, range, Label::Person, speaker);
                self.entries[entry].person.map(|person| person as u32 + 1)
            })
            .collect();
        self.end_message(text, speaker);
        subjects
    }
}
