//! Figures of what happens to an answer: names put into gaps, codes a model rewrote turned back into values.
//!
//! A gap counts as filled when the whole sentence comes out letter for letter. A code counts as restored when it is asked
//! for and recognised, as falsely restored when something was recognised that is not asked for.

use std::path::Path;

use anyhow::{Context, Result, ensure};
use shirma_pii::{Conversation, GAP, Gender, Label, fill};

/// Numbers of codes a measured conversation knows, of each label.
const KNOWN_CODES: u32 = 120;

/// What came of one file.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) asked: usize,
    pub(crate) right: usize,
    /// Only of codes: restored though nothing of the kind stands there.
    pub(crate) falsely: usize,
    pub(crate) misses: Vec<String>,
}

fn rows(path: &Path, columns: usize) -> Result<Vec<Vec<String>>> {
    let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
    text.lines()
        .enumerate()
        .filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
        .map(|(number, line)| {
            let row: Vec<String> = line.split('\t').map(str::to_owned).collect();
            ensure!(
                row.len() == columns,
                "{}:{}: {columns} columns are wanted",
                path.display(),
                number + 1
            );
            Ok(row)
        })
        .collect()
}

/// Gender, kind, name, case, sentence with a gap, the right form: the sentence must equal the one with that form.
pub(crate) fn fills(path: &Path) -> Result<Tally> {
    let mut tally = Tally::default();
    for row in rows(path, 6)? {
        let gender = match row[0].as_str() {
            "m" => Some(Gender::Male),
            "f" => Some(Gender::Female),
            _ => None,
        };
        let right = row[4].replace(GAP, &row[5]);
        let made = fill(&row[4], &row[2], gender).unwrap_or_default();
        tally.asked += 1;
        if made == right {
            tally.right += 1;
        } else {
            tally.misses.push(format!("{} {}: {made}", row[3], row[4]));
        }
    }
    Ok(tally)
}

/// A conversation in which the wanted codes stand for something, and the other numbers for values of `other`. Numbers are
/// shared by the labels, so a text cannot ask for one number under two of them.
fn acquainted(wanted: &[String], other: Label) -> Conversation {
    let label_of = |number: u32| {
        let asked = |label: &Label| wanted.contains(&format!("[{}-{number}]", label.token_word()));
        Label::ALL.into_iter().find(asked).unwrap_or(other)
    };
    let mut conversation = Conversation::default();
    for number in 1..=KNOWN_CODES {
        conversation.introduce(&format!("90000{number:06}"), label_of(number), None);
    }
    conversation
}

/// Text and the codes to restore as a JSON list.
pub(crate) fn codes(path: &Path) -> Result<Tally> {
    let mut tally = Tally::default();
    for row in rows(path, 2)? {
        let mut wanted: Vec<String> = serde_json::from_str(&row[1])?;
        tally.asked += wanted.len();
        let mut falsely = 0;
        for other in Label::ALL.into_iter().skip(1) {
            if wanted.is_empty() {
                falsely += acquainted(&wanted, other).restore(&row[0]).restored.len();
            }
        }
        let mut made = 0;
        for code in acquainted(&wanted, Label::Person).restore(&row[0]).restored {
            match wanted.iter().position(|known| *known == code) {
                Some(place) => {
                    wanted.remove(place);
                    made += 1;
                }
                None => falsely += 1,
            }
        }
        if falsely > 0 || !wanted.is_empty() {
            tally
                .misses
                .push(format!("{falsely} false, absent {wanted:?}: {}", row[0]));
        }
        tally.right += made;
        tally.falsely += falsely;
    }
    Ok(tally)
}
