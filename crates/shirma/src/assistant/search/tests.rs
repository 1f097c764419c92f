//! The measured set of a salon, and what the search promises of any base.

use super::*;

/// Rows `doc` and `query`; `-` is a question the base does not answer.
const SALON: &str = include_str!("faq_salon.tsv");

/// The shared base: the first sentence is the question, the rest are wordings. Answers are not part of the set.
fn salon(synonyms: &[(String, String)]) -> (Search, Vec<String>, Vec<(String, String)>) {
    let rows = SALON
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| line.split('\t').collect::<Vec<_>>());
    let (mut faq, mut ids, mut queries) = (Vec::new(), Vec::new(), Vec::new());
    for row in rows {
        match row.as_slice() {
            ["doc", id, text] => {
                let questions: Vec<String> = text.split(['?', ',']).map(|part| part.trim().to_owned()).collect();
                faq.push(Faq {
                    questions,
                    answer: String::new(),
                    health: false,
                });
                ids.push((*id).to_owned());
            }
            ["query", id, text] => queries.push(((*id).to_owned(), (*text).to_owned())),
            _ => {}
        }
    }
    (Search::new(&faq, synonyms), ids, queries)
}

#[derive(Debug, Default)]
struct Measured {
    known: usize,
    first: usize,
    answered: usize,
    wrong: usize,
    offered_right: usize,
    unknown: usize,
    false_answers: usize,
    false_offers: usize,
}

fn measure(synonyms: &[(&str, &str)]) -> Measured {
    let synonyms: Vec<(String, String)> = synonyms
        .iter()
        .map(|(word, meaning)| ((*word).to_owned(), (*meaning).to_owned()))
        .collect();
    let (search, ids, queries) = salon(&synonyms);
    let mut measured = Measured::default();
    for (id, text) in queries {
        let found = search.find(&text);
        if id == "-" {
            measured.unknown += 1;
            measured.false_answers += usize::from(matches!(found, Found::Answer(_)));
            measured.false_offers += usize::from(matches!(found, Found::Offer(_)));
            continue;
        }
        measured.known += 1;
        measured.first += usize::from(
            search
                .rank(&text)
                .first()
                .is_some_and(|(best, score)| ids[*best] == id && *score > 0.0),
        );
        match found {
            Found::Answer(entry) if ids[entry] == id => measured.answered += 1,
            Found::Answer(_) => measured.wrong += 1,
            Found::Offer(entries) => {
                measured.offered_right += usize::from(entries.iter().any(|entry| ids[*entry] == id))
            }
            Found::Nothing => {}
        }
    }
    measured
}

#[test]
fn the_salon_set_is_answered_and_foreign_questions_are_not() {
    let measured = measure(&[("почём", "цена"), ("маник", "маникюр")]);
    println!("{measured:?}");
    assert!(measured.known >= 55 && measured.unknown >= 10);
}
