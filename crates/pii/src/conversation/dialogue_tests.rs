//! Whole dialogues with the people marked: whom the mentions resolve to, apart from whether they are found.

use std::collections::BTreeMap;
use std::ops::Range;

use super::{Conversation, Speaker};

/// Pairs F1 over dialogues of our own must not fall below this.
const PAIRS_F1_MIN: f64 = 0.96;

struct Turn {
    speaker: Speaker,
    text: String,
    people: Vec<(Range<usize>, String)>,
}

fn dialogues(file: &str) -> Vec<(String, Vec<Turn>)> {
    let mut dialogues: Vec<(String, Vec<Turn>)> = Vec::new();
    let mut lines: Vec<String> = Vec::new();
    for line in file.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
        if line.starts_with("= ") || ["К: ", "С: ", "Б: ", "Д: "].iter().any(|mark| line.starts_with(mark)) {
            lines.push(line.to_owned());
        } else if let Some(last) = lines.last_mut() {
            last.push('\n');
            last.push_str(line);
        }
    }
    for line in lines {
        if let Some(title) = line.strip_prefix("= ") {
            dialogues.push((title.to_owned(), Vec::new()));
            continue;
        }
        let (mark, marked) = line.split_once(": ").expect("a marked line");
        let speaker = if mark == "К" { Speaker::Client } else { Speaker::Staff };
        let (mut text, mut people, mut rest) = (String::new(), Vec::new(), marked);
        while let Some((before, after)) = rest.split_once('{') {
            let (inside, after) = after.split_once('}').expect("a closed mark");
            let (number, name) = inside.split_once('|').expect("a number and a name");
            text.push_str(before);
            people.push((text.len()..text.len() + name.len(), number.to_owned()));
            text.push_str(name);
            rest = after;
        }
        text.push_str(rest);
        let turn = Turn { speaker, text, people };
        dialogues.last_mut().expect("a title first").1.push(turn);
    }
    dialogues
}

/// Right pairs, pairs said, pairs there are; what went wrong is added to `wrong`.
fn pairs(title: &str, turns: &[Turn], wrong: &mut String) -> (f64, f64, f64) {
    let mut conversation = Conversation::default();
    let mut mentions: Vec<(String, u32, String)> = Vec::new();
    for turn in turns {
        let marks: Vec<Range<usize>> = turn.people.iter().map(|(range, _)| range.clone()).collect();
        let subjects = conversation.subjects_of(&turn.text, &marks, Some(turn.speaker));
        for ((range, number), subject) in turn.people.iter().zip(subjects) {
            mentions.push((
                number.clone(),
                subject.unwrap_or_default(),
                turn.text[range.clone()].to_owned(),
            ));
        }
    }
    let (mut right, mut said, mut there) = (0.0, 0.0, 0.0);
    for (index, one) in mentions.iter().enumerate() {
        for two in &mentions[index + 1..] {
            let (gold, made) = (one.0 == two.0, one.1 == two.1);
            there += f64::from(u8::from(gold));
            said += f64::from(u8::from(made));
            right += f64::from(u8::from(gold && made));
        }
    }
    if right < said || right < there {
        let mut groups: BTreeMap<u32, Vec<String>> = BTreeMap::new();
        for (number, entry, name) in mentions {
            groups.entry(entry).or_default().push(format!("{number} {name}"));
        }
        wrong.push_str(&format!("{title}:\n"));
        for group in groups.values() {
            wrong.push_str(&format!("    {}\n", group.join(" · ")));
        }
    }
    (right, said, there)
}

#[test]
fn mentions_of_one_person_are_one_and_namesakes_stay_apart() {
    let mut wrong = String::new();
    let (mut right, mut said, mut there) = (0.0, 0.0, 0.0);
    for (title, turns) in dialogues(include_str!("../../tests/dialogues/own.txt")) {
        let (r, s, t) = pairs(&title, &turns, &mut wrong);
        (right, said, there) = (right + r, said + s, there + t);
    }
    let f1 = 2.0 * right / (said + there);
    assert!(f1 >= PAIRS_F1_MIN, "F1 {f1:.4} of {there} pairs\n{wrong}");
}

#[test]
fn each_way_of_telling_who_is_meant_is_understood() {
    let mut wrong = String::new();
    for (title, turns) in dialogues(include_str!("../../tests/dialogues/kinds.txt")) {
        pairs(&title, &turns, &mut wrong);
    }
    assert!(wrong.is_empty(), "{wrong}");
}
