//! The two kinds of text that may leave the house. Their constructors are private to `boundary`.

/// A text in which every value found stands as a token of its conversation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Masked(String);

impl Masked {
    pub(super) fn new(text: String) -> Masked {
        Masked(text)
    }

    /// The words with tokens.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A text about the business itself that names no client: instructions, prices, hours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cleared(String);

impl Cleared {
    pub(super) fn new(text: String) -> Cleared {
        Cleared(text)
    }

    /// The words.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
impl Masked {
    /// Any text as if masked: for tests of what stands behind the wall.
    pub(crate) fn for_test(text: &str) -> Masked {
        Masked(text.to_owned())
    }
}

#[cfg(test)]
impl Cleared {
    /// Any text as if cleared: for tests of what stands behind the wall.
    pub(crate) fn for_test(text: &str) -> Cleared {
        Cleared(text.to_owned())
    }
}
