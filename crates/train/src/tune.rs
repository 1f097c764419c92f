//! Tunes what each sign weighs that tells who is meant: one weight after another is moved a little, and a move that
//! helps over all sets is kept. Each set has another author; leaving one out and measuring on it tells what a new
//! author may expect of the tuning.
//!
//! The names of a message are found once, with the shipped weights: finding is slow, and hardly depends on them.

use std::ops::Range;
use std::path::PathBuf;

use anyhow::{Result, ensure};
use shirma_pii::training::PairWeights;
use shirma_pii::{Conversation, Detector};

use crate::message::{self, Message};
use crate::pairs::{Mention, Tally, by_dialogue, found, linked, overlapping, speaker};

/// Moves tried of each weight, the smallest first.
const MOVES: &[i32] = &[-1, 1, -2, 2];
/// Points of F1 that a move must gain for each step, so that chance moves nothing.
const PRICE: f64 = 0.05;
/// Rounds over all weights.
const ROUNDS: usize = 2;

/// A message with the places of its names.
struct Turn<'m> {
    message: &'m Message,
    /// The gold spans and whom they mean.
    gold: Vec<(Range<usize>, String)>,
    found: Vec<Range<usize>>,
}

/// The dialogues of one author.
struct Set<'m> {
    name: String,
    dialogues: Vec<Vec<Turn<'m>>>,
}

impl<'m> Set<'m> {
    fn new(name: String, messages: &'m [Message]) -> Self {
        let detector = Detector::new();
        let dialogues = by_dialogue(messages)
            .into_iter()
            .map(|(_, messages)| {
                let mut conversation = Conversation::default();
                messages
                    .into_iter()
                    .map(|message| Turn {
                        message,
                        gold: linked(message),
                        found: found(&mut conversation, &detector, message)
                            .into_iter()
                            .map(|(range, _)| range)
                            .collect(),
                    })
                    .collect()
            })
            .collect();
        Self { name, dialogues }
    }

    /// Pairs over the names as found.
    fn measure_found(&self, weights: &PairWeights) -> Tally {
        self.dialogues
            .iter()
            .map(|dialogue| tally(dialogue, weights, |turn| turn.found.clone()))
            .fold(Tally::default(), Tally::plus)
    }

    /// The same, and over the gold ones.
    fn measure(&self, weights: &PairWeights) -> (Tally, Tally) {
        let marked = self
            .dialogues
            .iter()
            .map(|dialogue| {
                tally(dialogue, weights, |turn| {
                    turn.gold.iter().map(|(range, _)| range.clone()).collect()
                })
            })
            .fold(Tally::default(), Tally::plus);
        (self.measure_found(weights), marked)
    }
}

fn tally(dialogue: &[Turn<'_>], weights: &PairWeights, marks: impl Fn(&Turn<'_>) -> Vec<Range<usize>>) -> Tally {
    let mut conversation = Conversation::weighed_by(weights);
    let mut mentions = Vec::new();
    for turn in dialogue {
        let marks = marks(turn);
        let subjects = conversation.subjects_of(&turn.message.text, &marks, speaker(turn.message));
        let people: Vec<_> = marks.into_iter().zip(subjects).collect();
        mentions.extend(turn.gold.iter().map(|(range, gold)| Mention {
            gold: gold.clone(),
            made: overlapping(&people, range),
            written: String::new(),
        }));
    }
    let mut tally = Tally::default();
    tally.add(&mentions);
    tally
}

/// What is to grow: the mean over authors, of names as they are found.
fn worth(sets: &[&Set<'_>], weights: &PairWeights) -> f64 {
    let sum: f64 = sets.iter().map(|set| 100.0 * set.measure_found(weights).f1()).sum();
    sum / sets.len().max(1) as f64
}

/// The weights that suit the sets best, from the shipped ones by small moves.
fn climb(sets: &[&Set<'_>]) -> PairWeights {
    let mut best = PairWeights::SHIPPED;
    let mut height = worth(sets, &best);
    let count = best.all().len();
    for _ in 0..ROUNDS {
        let before = height;
        for at in 0..count {
            let mut kept: Option<(f64, f64, PairWeights)> = None;
            for step in MOVES {
                let mut tried = best.clone();
                if let Some((_, weight)) = tried.all().get_mut(at) {
                    **weight += step;
                }
                let reached = worth(sets, &tried);
                let gain = reached - height - PRICE * f64::from(step.abs());
                if gain > 0.0 && kept.as_ref().is_none_or(|(most, ..)| gain > *most) {
                    kept = Some((gain, reached, tried));
                }
            }
            if let Some((_, reached, tried)) = kept {
                (height, best) = (reached, tried);
            }
        }
        if height - before < PRICE {
            break;
        }
    }
    best
}

/// What was moved, in words.
fn moves(weights: &PairWeights) -> String {
    let (mut shipped, mut tuned) = (PairWeights::SHIPPED, weights.clone());
    shipped
        .all()
        .iter()
        .zip(tuned.all())
        .filter(|((_, before), (_, after))| **before != **after)
        .map(|((name, before), (_, after))| format!("{name} {before} → {after}"))
        .collect::<Vec<_>>()
        .join(", ")
}

/// Tunes over the sets, without each of them in turn and over all, and prints what it gains.
pub(crate) fn tune(paths: &[PathBuf]) -> Result<()> {
    ensure!(paths.len() > 1, "tuning needs the sets of two authors at the least");
    let read: Vec<(String, Vec<Message>)> = paths
        .iter()
        .map(|path| {
            let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            Ok((name, message::read(path)?))
        })
        .collect::<Result<_>>()?;
    let sets: Vec<Set<'_>> = read
        .iter()
        .map(|(name, messages)| Set::new(name.clone(), messages))
        .collect();
    let shipped = PairWeights::SHIPPED;
    for (at, set) in sets.iter().enumerate() {
        let others: Vec<&Set<'_>> = sets
            .iter()
            .enumerate()
            .filter(|(other, _)| *other != at)
            .map(|(_, other)| other)
            .collect();
        let tuned = climb(&others);
        let (found, marked) = set.measure(&shipped);
        println!("{}: shipped {found}; names marked: {marked}", set.name);
        let (found, marked) = set.measure(&tuned);
        println!("{}: tuned on the others {found}; names marked: {marked}", set.name);
        println!("    {}", moves(&tuned));
    }
    let all: Vec<&Set<'_>> = sets.iter().collect();
    let tuned = climb(&all);
    for set in &sets {
        let (found, marked) = set.measure(&tuned);
        println!("{}: tuned on all {found}; names marked: {marked}", set.name);
    }
    println!("    {}", moves(&tuned));
    Ok(())
}
