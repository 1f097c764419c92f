//! Words that a channel itself shows to a client.

/// Over the chat for a second, when a button was pressed.
pub(super) const PRESS_SEEN: &str = "Принято";
