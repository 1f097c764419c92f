//! Marks stand in the text: `{value}`.

use std::ops::Range;

use shirma_pii::{Detector, Label};

/// Fails unless exactly the marked places are found with `label`; findings of other labels do not matter.
#[track_caller]
pub(crate) fn check_only(label: Label, marked: &str) {
    let (text, wanted) = parse(marked);
    let found: Vec<Range<usize>> = Detector::new()
        .detect(&text)
        .findings
        .into_iter()
        .filter(|finding| finding.label == label)
        .map(|finding| finding.range)
        .collect();
    let show =
        |spans: &[Range<usize>]| -> Vec<String> { spans.iter().map(|span| text[span.clone()].to_owned()).collect() };
    assert_eq!(show(&found), show(&wanted), "{text}");
    assert_eq!(found, wanted, "{text}");
}

fn parse(marked: &str) -> (String, Vec<Range<usize>>) {
    let (mut text, mut wanted) = (String::new(), Vec::new());
    let mut rest = marked;
    while let Some((before, after)) = rest.split_once('{') {
        let (value, tail) = after.split_once('}').expect("a closed mark");
        text.push_str(before);
        let start = text.len();
        text.push_str(value);
        wanted.push(start..text.len());
        rest = tail;
    }
    text.push_str(rest);
    (text, wanted)
}
