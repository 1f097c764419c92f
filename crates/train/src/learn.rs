//! Training: an averaged structured perceptron over chains of words. Deterministic: one thread, a fixed order.

use shirma_pii::training::{BEGIN, BUCKETS, INSIDE, OUTSIDE, TAGS, Weights, decode, only_outside, study};

use crate::chance::Chance;
use crate::message::Message;

/// Words of one message with features and true tags.
pub(crate) struct Lesson {
    words: Vec<Vec<u32>>,
    tags: Vec<u8>,
    ruled: Vec<usize>,
    pub(crate) group: u32,
    pub(crate) voice: u32,
}

/// How the model is trained; chosen by cross-validation (`docs/engine.md`).
#[derive(Debug, Clone, Copy)]
pub(crate) struct Plan {
    pub(crate) epochs: usize,
    /// A feature has to be met in so many patterns or documents.
    pub(crate) groups_min: u8,
    /// Points a name's tags get when the answer is made: fewer leaks for more over-masking.
    pub(crate) eagerness: f64,
    /// How much the truth has to win by while learning.
    pub(crate) margin: f64,
    /// Share of the kinds of features that are hidden from a lesson, so that no kind is trusted alone.
    pub(crate) hidden: usize,
    /// Points the tag gets that the rules give a word.
    pub(crate) trust: f64,
}

/// More kinds of features than any word has.
const KINDS_MAX: usize = 128;
/// Largest weight in the file.
const QUANTUM_MAX: f64 = 127.0;

pub(crate) fn lesson(message: &Message) -> Lesson {
    let mut points = shirma_pii::offset::CodePoints::new(&message.text);
    let (mut words, mut tags, mut ruled) = (Vec::new(), Vec::new(), Vec::new());
    let mut open: Option<usize> = None;
    for word in study(&message.text) {
        let range = points.range(&word.range);
        let person = message
            .entities
            .iter()
            .position(|span| span.is_person() && span.start < range.end && range.start < span.end);
        tags.push(match person {
            None => OUTSIDE as u8,
            Some(_) if person == open => INSIDE as u8,
            Some(_) => BEGIN as u8,
        });
        open = person;
        words.push(word.features);
        ruled.push(word.ruled);
    }
    Lesson {
        words,
        tags,
        ruled,
        group: message.group,
        voice: message.voice,
    }
}

struct Learner {
    /// Weights now and summed over time, a row of tags a bucket.
    now: Vec<[i32; TAGS]>,
    sum: Vec<[i64; TAGS]>,
    step_now: [[i32; TAGS]; TAGS],
    step_sum: [[i64; TAGS]; TAGS],
    allowed: Vec<bool>,
    time: i64,
}

/// Trains on the lessons `fits` lets through.
pub(crate) fn train(lessons: &[Lesson], plan: Plan, fits: impl Fn(&Lesson) -> bool) -> Weights {
    let mut order: Vec<&Lesson> = lessons.iter().filter(|lesson| fits(lesson)).collect();
    let mut learner = Learner {
        now: vec![[0; TAGS]; BUCKETS],
        sum: vec![[0; TAGS]; BUCKETS],
        step_now: [[0; TAGS]; TAGS],
        step_sum: [[0; TAGS]; TAGS],
        allowed: allowed(&order, plan.groups_min),
        time: 1,
    };
    let mut chance = Chance::new(20_260_101);
    for _ in 0..plan.epochs {
        chance.shuffle(&mut order);
        for lesson in &order {
            let hidden: Vec<bool> = (0..KINDS_MAX).map(|_| chance.percent(plan.hidden)).collect();
            learner.learn(lesson, plan.margin, &hidden);
        }
    }
    learner.finish(plan)
}

/// Features met in enough groups.
fn allowed(lessons: &[&Lesson], groups_min: u8) -> Vec<bool> {
    let mut by_group: Vec<&&Lesson> = lessons.iter().collect();
    by_group.sort_by_key(|lesson| lesson.group);
    let mut last = vec![u32::MAX; BUCKETS];
    let mut groups = vec![0_u8; BUCKETS];
    for lesson in by_group {
        for feature in lesson.words.iter().flatten() {
            let place = *feature as usize;
            if last[place] != lesson.group {
                last[place] = lesson.group;
                groups[place] = groups[place].saturating_add(1);
            }
        }
    }
    groups.into_iter().map(|met| met >= groups_min).collect()
}

impl Learner {
    fn learn(&mut self, lesson: &Lesson, margin: f64, hidden: &[bool]) {
        // The features of a word always come in the same order of kinds.
        let shown = |features: &Vec<u32>| -> Vec<u32> {
            features
                .iter()
                .zip(hidden)
                .filter_map(|(feature, hidden)| (!hidden).then_some(*feature))
                .collect()
        };
        let words: Vec<Vec<u32>> = lesson.words.iter().map(shown).collect();
        let scores: Vec<[i32; TAGS]> = words
            .iter()
            .zip(&lesson.tags)
            .map(|(features, truth)| {
                if features.is_empty() {
                    return only_outside();
                }
                let mut score = [0; TAGS];
                for feature in features {
                    let row = &self.now[*feature as usize];
                    for tag in 0..TAGS {
                        score[tag] += row[tag];
                    }
                }
                // The truth has to win by a margin.
                for (tag, sum) in score.iter_mut().enumerate() {
                    if tag != usize::from(*truth) {
                        *sum += margin as i32;
                    }
                }
                score
            })
            .collect();
        let guess = decode(&scores, &Weights::new([0; TAGS], self.step_now, 0, Vec::new()));
        for (index, features) in words.iter().enumerate() {
            let (truth, guessed) = (usize::from(lesson.tags[index]), guess[index]);
            let before = |tags: &dyn Fn(usize) -> usize| if index == 0 { OUTSIDE } else { tags(index - 1) };
            let true_before = before(&|at| usize::from(lesson.tags[at]));
            let guessed_before = before(&|at| guess[at]);
            if features.is_empty() {
                continue;
            }
            if truth != guessed {
                for feature in features {
                    let place = *feature as usize;
                    if self.allowed[place] {
                        self.now[place][truth] += 1;
                        self.sum[place][truth] += self.time;
                        self.now[place][guessed] -= 1;
                        self.sum[place][guessed] -= self.time;
                    }
                }
            }
            if (true_before, truth) != (guessed_before, guessed) {
                self.step_now[true_before][truth] += 1;
                self.step_sum[true_before][truth] += self.time;
                self.step_now[guessed_before][guessed] -= 1;
                self.step_sum[guessed_before][guessed] -= self.time;
            }
        }
        self.time += 1;
    }

    /// The average of the weights over time, scaled into bytes.
    fn finish(self, plan: Plan) -> Weights {
        let average = |now: i32, sum: i64| f64::from(now) - sum as f64 / self.time as f64;
        let mut table: Vec<[f64; TAGS]> = self
            .now
            .iter()
            .zip(&self.sum)
            .map(|(now, sum)| std::array::from_fn(|tag| average(now[tag], sum[tag])))
            .collect();
        let steps: [[f64; TAGS]; TAGS] = std::array::from_fn(|before| {
            std::array::from_fn(|tag| average(self.step_now[before][tag], self.step_sum[before][tag]))
        });
        let mut sizes: Vec<f64> = table
            .iter()
            .flatten()
            .map(|weight| weight.abs())
            .filter(|size| *size > 0.0)
            .collect();
        sizes.sort_by(f64::total_cmp);
        // A few giants must not cost everyone else their precision.
        let top = sizes
            .get(sizes.len().saturating_sub(1 + sizes.len() / 2000))
            .copied()
            .unwrap_or(1.0);
        let scale = QUANTUM_MAX / top;
        let quantum = |weight: f64| (weight * scale).round().clamp(-QUANTUM_MAX, QUANTUM_MAX) as i8;
        let rows = table
            .drain(..)
            .map(|row| [quantum(row[0]), quantum(row[1]), quantum(row[2]), 0])
            .collect();
        let whole = |weight: f64| (weight * scale).round() as i32;
        let start = [whole(-plan.eagerness), 0, 0];
        Weights::new(start, steps.map(|row| row.map(whole)), whole(plan.trust), rows)
    }
}

fn guess(lesson: &Lesson, weights: &Weights) -> Vec<usize> {
    let scores: Vec<[i32; TAGS]> = lesson
        .words
        .iter()
        .zip(&lesson.ruled)
        .map(|(features, ruled)| {
            if features.is_empty() {
                return only_outside();
            }
            let mut sum = weights.start(*ruled);
            for feature in features {
                weights.add(*feature, &mut sum);
            }
            sum
        })
        .collect();
    decode(&scores, weights)
}

/// How well `weights` find the names of the lessons; without weights, how well the rules alone do.
pub(crate) fn check<'a>(lessons: impl Iterator<Item = &'a Lesson>, weights: Option<&Weights>) -> Check {
    let mut check = Check::default();
    for lesson in lessons {
        let guess = weights.map_or_else(|| lesson.ruled.clone(), |weights| guess(lesson, weights));
        let spans = |tag: &dyn Fn(usize) -> usize| {
            let mut spans: Vec<(usize, usize)> = Vec::new();
            for index in 0..lesson.tags.len() {
                match tag(index) {
                    BEGIN => spans.push((index, index + 1)),
                    INSIDE => {
                        if let Some(last) = spans.last_mut() {
                            last.1 = index + 1;
                        }
                    }
                    _ => {}
                }
            }
            spans
        };
        let truth = spans(&|at| usize::from(lesson.tags[at]));
        let found = spans(&|at| guess[at]);
        check.gold += truth.len();
        check.found += found.len();
        check.strict += truth.iter().filter(|span| found.contains(span)).count();
        check.leak += truth
            .iter()
            .filter(|span| (span.0..span.1).any(|at| guess[at] == OUTSIDE))
            .count();
        if truth.is_empty() {
            check.clean += 1;
            check.alarms += usize::from(!found.is_empty());
        }
    }
    check
}

/// Figures over words.
#[derive(Debug, Default)]
pub(crate) struct Check {
    pub(crate) gold: usize,
    pub(crate) found: usize,
    pub(crate) strict: usize,
    pub(crate) leak: usize,
    pub(crate) clean: usize,
    pub(crate) alarms: usize,
}

impl Check {
    pub(crate) fn add(&mut self, other: &Check) {
        self.gold += other.gold;
        self.found += other.found;
        self.strict += other.strict;
        self.leak += other.leak;
        self.clean += other.clean;
        self.alarms += other.alarms;
    }
}

impl std::fmt::Display for Check {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            formatter,
            "leak {:5.1} %  F1 {:5.1}  alarms {:4.1} % of {}",
            100.0 * crate::score::share(self.leak, self.gold),
            100.0 * crate::score::share(2 * self.strict, self.found + self.gold),
            100.0 * crate::score::share(self.alarms, self.clean),
            self.clean
        )
    }
}
