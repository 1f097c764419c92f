//! Whatever is masked comes back letter by letter, message after message of one conversation.

#![no_main]

use libfuzzer_sys::fuzz_target;
use shirma_pii::{Conversation, Detector};

fuzz_target!(|texts: Vec<String>| {
    let detector = Detector::new();
    let mut conversation = Conversation::default();
    for text in texts {
        let masking = conversation.mask(&detector, &text);
        assert_eq!(conversation.restore(&masking.text).text, text);
    }
});
