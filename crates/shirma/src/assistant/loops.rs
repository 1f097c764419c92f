//! Two programs must not talk to each other without end (`product-ux.md` §9, «Loops»).

use jiff::Timestamp;

use super::memory::Memory;
use super::text;

/// No more than this many answers within [`WINDOW_MS`].
const MAX_ANSWERS: usize = 6;
/// Ten minutes.
pub(super) const WINDOW_MS: i64 = 10 * 60 * 1000;
/// The same words within this time look like another bot.
const REPEAT_MS: i64 = 60 * 1000;

/// Whether the assistant has said enough for now.
pub(super) fn spoke_too_much(memory: &Memory, now: Timestamp) -> bool {
    let since = now.as_millisecond() - WINDOW_MS;
    memory.answered_at_ms.iter().filter(|at| **at > since).count() >= MAX_ANSWERS
}

/// Whether these very words came less than a minute ago; remembers them for the next time.
///
/// Short words are not counted: people do write «да» twice.
pub(super) fn is_repeat(memory: &mut Memory, masked: &str, now: Timestamp) -> bool {
    const SHORT_CHARS: usize = 8;
    let now = now.as_millisecond();
    let words = text::words(masked).join(" ");
    if words.chars().count() < SHORT_CHARS {
        return false;
    }
    let print = text::fingerprint(&words);
    let repeated = memory
        .last_heard
        .is_some_and(|(known, at)| known == print && now - at < REPEAT_MS);
    memory.last_heard = Some((print, now));
    repeated
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(ms: i64) -> Timestamp {
        Timestamp::from_millisecond(ms).expect("a moment")
    }

    #[test]
    fn the_seventh_answer_in_ten_minutes_is_not_given() {
        let mut memory = Memory::default();
        for minute in 0..6 {
            let now = at(minute * 60_000);
            assert!(!spoke_too_much(&memory, now));
            memory.note_answer(now, WINDOW_MS);
        }
        assert!(spoke_too_much(&memory, at(6 * 60_000)));
        assert!(!spoke_too_much(&memory, at(11 * 60_000)));
    }

    #[test]
    fn the_same_long_words_within_a_minute_are_a_repeat() {
        let mut memory = Memory::default();
        assert!(!is_repeat(&mut memory, "Ваше обращение принято", at(0)));
        assert!(is_repeat(&mut memory, "ваше обращение принято!", at(59_000)));
        assert!(!is_repeat(&mut memory, "Ваше обращение принято", at(200_000)));
        assert!(!is_repeat(&mut memory, "да", at(200_000)));
        assert!(!is_repeat(&mut memory, "да", at(200_001)));
    }
}
