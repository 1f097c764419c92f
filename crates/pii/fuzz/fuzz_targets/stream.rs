//! A text cut anywhere is restored as the whole is, and no more is held back than promised.

#![no_main]

use libfuzzer_sys::fuzz_target;
use shirma_pii::{Conversation, Detector};

fuzz_target!(|input: (String, String, Vec<u8>)| {
    let (known, answer, cuts) = input;
    let mut conversation = Conversation::default();
    conversation.mask(&Detector::new(), &known);
    let mut restorer = conversation.restorer();
    let (mut streamed, mut rest) = (String::new(), answer.as_str());
    for cut in cuts {
        let at = rest
            .char_indices()
            .nth(usize::from(cut))
            .map_or(rest.len(), |(at, _)| at);
        streamed.push_str(&restorer.push(&rest[..at]));
        rest = &rest[at..];
    }
    streamed.push_str(&restorer.push(rest));
    streamed.push_str(&restorer.finish());
    assert_eq!(streamed, conversation.restore(&answer).text);
});
