//! Names in cases: the forms of names of all kinds, and the case that sentences of chat ask for.

use shirma_pii::{Case, Gender, decline, fill};

/// Of the sentences, this share must get the right case.
const RIGHT_MIN: f64 = 0.97;

fn gender_of(letter: &str) -> Gender {
    if letter == "f" { Gender::Female } else { Gender::Male }
}

#[test]
fn names_of_all_kinds_are_declined() {
    let mut wrong = Vec::new();
    for line in include_str!("fill/names.tsv").lines() {
        let fields: Vec<&str> = line.split('\t').collect();
        for (case, form) in Case::ALL.into_iter().zip(&fields[1..]) {
            let made = decline(fields[1], Some(gender_of(fields[0])), case);
            if made != *form {
                wrong.push(format!("{made} for {form}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{} wrong: {wrong:#?}", wrong.len());
}

#[test]
fn sentences_of_chat_ask_for_the_right_case() {
    let mut case = Case::Nominative;
    let (mut all, mut wrong) = (0.0, Vec::new());
    for line in include_str!("fill/cases.txt").lines() {
        match line {
            "= nom" => case = Case::Nominative,
            "= gen" => case = Case::Genitive,
            "= dat" => case = Case::Dative,
            "= acc" => case = Case::Accusative,
            "= ins" => case = Case::Instrumental,
            "= loc" => case = Case::Locative,
            sentence if sentence.matches("⟦⟧").count() == 1 => {
                all += 1.0;
                // The forms of the two together differ in every case.
                for (name, gender) in [("Марина", Gender::Female), ("Иван", Gender::Male)] {
                    let wanted = sentence.replace("⟦⟧", &decline(name, Some(gender), case));
                    let made = fill(sentence, name, Some(gender)).expect("one gap");
                    if made != wanted {
                        wrong.push(made);
                        break;
                    }
                }
            }
            _ => {}
        }
    }
    let share = 1.0 - wrong.len() as f64 / all;
    assert!(share >= RIGHT_MIN, "{share:.3} of {all}: {wrong:#?}");
}
