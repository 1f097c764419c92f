//! Compares what is found in a marked text with its marks.

use shirma_pii::{Detector, Label};

/// Marks stand in the text: `{LABEL|value}`. Exactly they must be found, names aside.
#[track_caller]
pub(crate) fn check(marked: &str) {
    let (text, wanted) = read(marked);
    let found = found(&text);
    assert_eq!(found, wanted, "{text}");
}

/// All of the texts, marked the same way.
#[track_caller]
pub(crate) fn check_all(marked: &[&str]) {
    marked.iter().for_each(|marked| check(marked));
}

/// What is found, names aside.
pub(crate) fn found(text: &str) -> Vec<(Label, String)> {
    Detector::new()
        .detect(text)
        .findings
        .into_iter()
        .filter(|finding| finding.label != Label::Person)
        .map(|finding| (finding.label, text[finding.range].to_owned()))
        .collect()
}

/// A marked text and its marks.
pub(crate) fn read(marked: &str) -> (String, Vec<(Label, String)>) {
    let (mut text, mut wanted) = (String::new(), Vec::new());
    let mut rest = marked;
    while let Some((before, after)) = rest.split_once('{') {
        let (mark, tail) = after.split_once('}').expect("a closed mark");
        let (label, value) = mark.split_once('|').expect("a label and a value");
        text.push_str(before);
        text.push_str(value);
        wanted.push((label.parse::<Label>().expect("a known label"), value.to_owned()));
        rest = tail;
    }
    text.push_str(rest);
    (text, wanted)
}
