//! The hash of a text that the features of the trained models are made of.

/// FNV-1a with 32 bits. The shipped weights hang on it.
pub(crate) fn hash(text: &str) -> u32 {
    text.bytes().fold(0x811c_9dc5, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    })
}
