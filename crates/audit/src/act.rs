//! The name of what was done: `subject.reveal`, `login.fail`, `key.rotate`.
//!
//! Names are constants of the program, so a value typed by a person can never become one.

use std::borrow::Cow;
use std::fmt;

use crate::Error;

/// Longest name of an act in bytes: enough for three words, short enough for a column of the journal page.
pub const MAX_ACT_BYTES: usize = 48;

/// A checked dotted name in lower-case ASCII.
///
/// ```
/// use shirma_audit::Act;
/// const REVEAL: Act = Act::new("subject.reveal");
/// assert_eq!(REVEAL.as_str(), "subject.reveal");
/// ```
///
/// A wrong name in a constant does not compile:
/// ```compile_fail
/// const WRONG: shirma_audit::Act = shirma_audit::Act::new("Reveal to Anna");
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Act(Cow<'static, str>);

impl Act {
    /// Makes a name known at build time. Meant for `const` items, where a wrong name stops the build.
    ///
    /// # Panics
    /// When called outside a constant with a name that is not `word.word`.
    pub const fn new(name: &'static str) -> Self {
        assert!(is_act_name(name), "an act is named like `subject.reveal`");
        Act(Cow::Borrowed(name))
    }

    /// Reads a name back from a stored leaf.
    pub fn parse(name: &str) -> Result<Self, Error> {
        if is_act_name(name) {
            Ok(Act(Cow::Owned(name.to_owned())))
        } else {
            Err(Error::InvalidAct)
        }
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Act {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Act {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Act({})", self.0)
    }
}

/// At least two words of `a-z 0-9 _`, each beginning with a letter, joined by single dots.
const fn is_act_name(name: &str) -> bool {
    let bytes = name.as_bytes();
    if bytes.len() > MAX_ACT_BYTES {
        return false;
    }
    let mut dots = 0;
    let mut at_word_start = true;
    let mut position = 0;
    while position < bytes.len() {
        match bytes[position] {
            b'a'..=b'z' => at_word_start = false,
            b'0'..=b'9' | b'_' if !at_word_start => {}
            b'.' if !at_word_start => {
                dots += 1;
                at_word_start = true;
            }
            _ => return false,
        }
        position += 1;
    }
    dots >= 1 && !at_word_start
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dotted_words_are_accepted_and_everything_else_is_refused() {
        for name in ["login.ok", "subject.reveal", "key.kek_2.rotate"] {
            assert_eq!(Act::parse(name).map(|act| act.to_string()), Ok(name.to_owned()));
        }
        let long = format!("a.{}", "b".repeat(MAX_ACT_BYTES));
        for name in [
            "",
            "login",
            "login.",
            ".login",
            "a..b",
            "Login.ok",
            "a.1b",
            "a b.c",
            "клиент.показ",
            &long,
        ] {
            assert_eq!(Act::parse(name), Err(Error::InvalidAct), "{name}");
        }
    }
}
