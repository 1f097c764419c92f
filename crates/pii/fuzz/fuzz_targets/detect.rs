//! Findings of any text are sorted, apart from one another and on character borders; nothing panics.

#![no_main]

use libfuzzer_sys::fuzz_target;
use shirma_pii::Detector;

fuzz_target!(|text: &str| {
    let mut end = 0;
    for finding in Detector::new().detect(text).findings {
        assert!(finding.range.start >= end && finding.range.start < finding.range.end);
        assert!(text.is_char_boundary(finding.range.start) && text.is_char_boundary(finding.range.end));
        end = finding.range.end;
    }
});
