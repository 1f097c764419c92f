//! Two programs must not talk to each other without end (`product-ux.md` §9, «Loops»).
//!
//! A quick client is no program: he gets a new answer to each message. What goes round in circles says the same thing
//! again and again; what goes on for ever without repeating itself is stopped by a number no typing hand reaches.

use jiff::Timestamp;

use super::memory::Memory;
use super::text;

/// Answers are remembered for ten minutes.
pub(super) const WINDOW_MS: i64 = 10 * 60 * 1000;
/// The very same answer within [`WINDOW_MS`]: the booking form asks a question twice at most and an answer beside it may
/// repeat it once more; a fourth time it helps nobody.
const MAX_SAME: usize = 3;
/// All answers within [`WINDOW_MS`]: one for each quarter of a minute. The longest form has a dozen, and nobody reads and
/// types so fast for ten minutes.
const MAX_ANSWERS: usize = 40;
/// The same words within this time look like another bot.
const REPEAT_MS: i64 = 60 * 1000;

/// What tells one answer from another.
pub(super) fn print(answer: &str) -> u64 {
    text::fingerprint(answer)
}

/// Whether one more answer, of this print, would go round in circles.
pub(super) fn is_endless(memory: &Memory, print: Option<u64>, now: Timestamp) -> bool {
    let since_ms = now.as_millisecond() - WINDOW_MS;
    let lately = || memory.said.iter().filter(|said| said.at_ms > since_ms);
    let same = lately().filter(|said| print.is_some() && said.print == print).count();
    same >= MAX_SAME || lately().count() >= MAX_ANSWERS
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
    fn the_same_answer_is_given_three_times_in_ten_minutes() {
        let mut memory = Memory::default();
        for minute in 0..3 {
            let now = at(minute * 60_000);
            assert!(!is_endless(&memory, Some(1), now));
            memory.note_answer(Some(1), now, WINDOW_MS);
        }
        assert!(is_endless(&memory, Some(1), at(3 * 60_000)));
        assert!(!is_endless(&memory, Some(2), at(3 * 60_000)));
        assert!(!is_endless(&memory, None, at(3 * 60_000)));
        assert!(!is_endless(&memory, Some(1), at(11 * 60_000)));
    }

    #[test]
    fn answers_without_end_are_stopped_though_none_is_like_another() {
        let mut memory = Memory::default();
        for turn in 0..40 {
            let now = at(turn * 10_000);
            assert!(!is_endless(&memory, Some(turn.unsigned_abs()), now));
            memory.note_answer(Some(turn.unsigned_abs()), now, WINDOW_MS);
        }
        assert!(is_endless(&memory, Some(99), at(400_000)));
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
