//! How deep a body is nested: looked at before it is parsed, so that a body made of brackets costs one pass over its bytes.

/// Deepest nesting of arrays and objects taken from outside (security.md §9); what messengers send is under ten.
pub const JSON_DEPTH_MAX: usize = 64;

/// Whether a JSON body is nested deeper than [`JSON_DEPTH_MAX`]. Brackets inside strings do not count; what is no JSON is
/// left to the parser.
pub fn is_too_deep(body: &[u8]) -> bool {
    let (mut depth, mut quoted, mut escaped) = (0_usize, false, false);
    for byte in body {
        match (quoted, byte) {
            (true, _) if escaped => escaped = false,
            (true, b'\\') => escaped = true,
            (_, b'"') => quoted = !quoted,
            (false, b'[' | b'{') => {
                depth += 1;
                if depth > JSON_DEPTH_MAX {
                    return true;
                }
            }
            (false, b']' | b'}') => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nested(depth: usize) -> String {
        format!("{}{}", "[".repeat(depth), "]".repeat(depth))
    }

    #[test]
    fn the_limit_itself_is_taken_and_one_more_is_not() {
        assert!(!is_too_deep(nested(JSON_DEPTH_MAX).as_bytes()));
        assert!(is_too_deep(nested(JSON_DEPTH_MAX + 1).as_bytes()));
        assert!(is_too_deep("{\"a\":".repeat(JSON_DEPTH_MAX + 1).as_bytes()));
    }

    #[test]
    fn brackets_in_words_and_side_by_side_are_not_deep() {
        assert!(!is_too_deep(
            format!("{{\"text\":\"{}\\\"[[\"}}", "[".repeat(500)).as_bytes()
        ));
        assert!(!is_too_deep("[],".repeat(500).as_bytes()));
    }
}
