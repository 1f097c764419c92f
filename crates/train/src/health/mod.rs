//! Training of the health flag: an averaged perceptron with a margin over whole messages. Deterministic.

mod check;

use std::collections::BTreeMap;

use shirma_pii::training::{HEALTH_BUCKETS, Scales, study_health};

use crate::chance::Chance;
use crate::message::Message;

pub(crate) use check::cross;

/// A message as the model sees it.
pub(crate) struct Case {
    features: Vec<u32>,
    /// Shown where the flag errs.
    text: String,
    reveals: bool,
    pub(crate) group: u32,
    pub(crate) voice: u32,
}

impl Case {
    /// What the message weighs.
    fn votes(&self, scales: &Scales) -> i32 {
        scales.start() + self.features.iter().map(|feature| scales.weight(*feature)).sum::<i32>()
    }
}

/// Rounds over all messages.
const EPOCHS: usize = 8;
/// Learners whose weights are put together.
const LEARNERS: u64 = 3;
/// How much the truth has to win by while learning.
const MARGIN: i32 = 150;
/// A message that reveals health counts so many times: the others are many more.
const REVEALING_REPEATED: usize = 2;
/// Share of the features hidden from a message at each look, so that no word is trusted alone, in percent.
const HIDDEN: usize = 25;
/// A feature has to be met in so many patterns.
const GROUPS_MIN: u8 = 2;
/// Largest weight in the file.
const QUANTUM_MAX: f64 = 127.0;
/// Votes for «reveals» for nothing, in parts of the margin: chat reveals less often than the corpus does.
const LEAN: f64 = -0.1;

/// One message of so many becomes a long one too.
const JOINED_PERCENT: usize = 30;
/// A long message is made of at most so many.
const JOINED_MAX: usize = 5;

/// A case of each message, and of long ones put together from several of one voice: people write whole stories, in which
/// every word without meaning for the flag has its chance to mislead.
pub(crate) fn cases(messages: &[Message]) -> Vec<Case> {
    let mut by_voice: BTreeMap<u32, Vec<&Message>> = BTreeMap::new();
    for message in messages {
        by_voice.entry(message.voice).or_default().push(message);
    }
    let mut chance = Chance::new(20_260_103);
    let mut cases: Vec<Case> = messages.iter().map(case).collect();
    for message in messages {
        let same = &by_voice[&message.voice];
        if !chance.percent(JOINED_PERCENT) || same.len() < JOINED_MAX {
            continue;
        }
        let mut long = message.clone();
        for _ in 0..1 + chance.below(JOINED_MAX - 1) {
            let next = same[chance.below(same.len())];
            long.text.push_str(if chance.percent(30) { "\n" } else { " " });
            long.text.push_str(&next.text);
            long.flags.extend(next.flags.iter().cloned());
        }
        cases.push(case(&long));
    }
    cases
}

pub(crate) fn case(message: &Message) -> Case {
    Case {
        features: study_health(&message.text),
        text: message.text.clone(),
        reveals: message.flags.iter().any(|flag| flag == "health"),
        group: message.group,
        voice: message.voice,
    }
}

/// Weights learnt from the cases `fits` lets through: the mean of several learners that saw them in another order.
pub(crate) fn train(cases: &[Case], fits: impl Fn(&Case) -> bool) -> Scales {
    let mut order: Vec<&Case> = Vec::new();
    for case in cases.iter().filter(|case| fits(case)) {
        let times = if case.reveals { REVEALING_REPEATED } else { 1 };
        order.extend(std::iter::repeat_n(case, times));
    }
    let allowed = allowed(&order);
    let (mut start, mut weights) = (0.0, vec![0.0; HEALTH_BUCKETS]);
    for learner in 0..LEARNERS {
        start += learn(&mut order, &allowed, 20_260_102 + learner, &mut weights);
    }
    let top = weights.iter().fold(1.0_f64, |top, weight| top.max(weight.abs()));
    let scale = QUANTUM_MAX / top;
    let table = weights
        .iter()
        .map(|weight| ((weight * scale).round() as i8).cast_unsigned())
        .collect();
    let start = start + LEAN * LEARNERS as f64 * f64::from(MARGIN);
    Scales::new((start * scale).round() as i32, table)
}

/// Adds the averaged weights of one learner to `sums`; what its sum begins with.
fn learn(order: &mut [&Case], allowed: &[bool], seed: u64, sums: &mut [f64]) -> f64 {
    let (mut now, mut sum) = (vec![0_i32; HEALTH_BUCKETS], vec![0_i64; HEALTH_BUCKETS]);
    let (mut start, mut start_sum) = (0_i32, 0_i64);
    let mut chance = Chance::new(seed);
    let mut time = 1_i64;
    for _ in 0..EPOCHS {
        chance.shuffle(order);
        for case in order.iter() {
            let shown: Vec<usize> = case
                .features
                .iter()
                .map(|feature| *feature as usize)
                .filter(|place| allowed[*place] && !chance.percent(HIDDEN))
                .collect();
            let votes = start + shown.iter().map(|place| now[*place]).sum::<i32>();
            let way = if case.reveals { 1 } else { -1 };
            if votes * way < MARGIN {
                for place in shown {
                    now[place] += way;
                    sum[place] += i64::from(way) * time;
                }
                start += way;
                start_sum += i64::from(way) * time;
            }
            time += 1;
        }
    }
    let average = |now: i32, sum: i64| f64::from(now) - sum as f64 / time as f64;
    for (place, total) in sums.iter_mut().enumerate() {
        *total += average(now[place], sum[place]);
    }
    average(start, start_sum)
}

fn allowed(cases: &[&Case]) -> Vec<bool> {
    let mut by_group: Vec<&&Case> = cases.iter().collect();
    by_group.sort_by_key(|case| case.group);
    let mut last = vec![u32::MAX; HEALTH_BUCKETS];
    let mut groups = vec![0_u8; HEALTH_BUCKETS];
    for case in by_group {
        for feature in &case.features {
            let place = *feature as usize;
            if last[place] != case.group {
                last[place] = case.group;
                groups[place] = groups[place].saturating_add(1);
            }
        }
    }
    groups.into_iter().map(|met| met >= GROUPS_MIN).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn a_case(features: &[u32], reveals: bool, group: u32) -> Case {
        Case {
            features: features.to_vec(),
            text: String::new(),
            reveals,
            group,
            voice: 0,
        }
    }

    #[test]
    fn what_two_patterns_show_is_learnt_and_what_one_shows_is_not() {
        let cases = [
            a_case(&[1, 7], true, 0),
            a_case(&[1], true, 1),
            a_case(&[2], false, 2),
            a_case(&[2], false, 3),
        ];
        let scales = train(&cases, |_| true);
        assert!(a_case(&[1], true, 9).votes(&scales) > 0);
        assert!(a_case(&[2], false, 9).votes(&scales) < 0);
        assert_eq!(scales.weight(7), 0);
    }
}
