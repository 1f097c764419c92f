//! Hundreds of ways in which people pass codes, passwords and keys in chat, and what looks like it and is none.

use shirma_pii::Label;

use crate::check::{found, read};

/// Of the texts, this share must come out exactly as marked.
const RIGHT_MIN: f64 = 0.95;

#[test]
fn codes_passwords_and_keys_are_found_however_they_are_passed() {
    let (mut all, mut wrong) = (0.0, Vec::new());
    for line in include_str!("secrets.txt").lines() {
        if line.is_empty() || line.starts_with("# ") {
            continue;
        }
        let (text, wanted) = read(&line.replace("\\n", "\n"));
        let told = |label: &Label| matches!(label, Label::Secret | Label::Oms | Label::Vin);
        let found: Vec<_> = found(&text).into_iter().filter(|(label, _)| told(label)).collect();
        all += 1.0;
        if found != wanted {
            wrong.push(format!("{line}: {found:?}"));
        }
    }
    let share = 1.0 - wrong.len() as f64 / all;
    assert!(share >= RIGHT_MIN, "{share:.3} of {all}: {wrong:#?}");
}
