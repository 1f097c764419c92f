//! Makes the training corpus of the detector, trains its model of names and measures the whole.
//!
//! Called as `cargo xtask train`, `cross`, `eval`, `health` and `tune`. Everything comes from `data/corpus`; the same sources give the
//! same model, bit for bit. Chance and order are fixed, one thread does the work.
#![expect(
    clippy::print_stdout,
    reason = "a command line tool speaks to the person who called it"
)]

mod answer;
mod bench;
mod chance;
mod corpus;
mod health;
mod learn;
mod message;
mod pairs;
mod score;
mod tune;

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use clap::{Parser, Subcommand};
use shirma_pii::Detector;
use shirma_pii::offset::CodePoints;

use corpus::{Corpus, NEWS_VOICES};
use learn::{Lesson, Plan};
use message::Message;
use pairs::Pairs;
use score::{Found, Score};

/// Messages made of each pattern for training.
const SHARE: usize = 60;
/// Messages made of each pattern for measuring the whole engine.
const SHARE_MEASURED: usize = 4;
/// Messages made of each pattern for the health flag.
const SHARE_HEALTH: usize = 6;
/// Parts the voices are dealt into for cross-validation.
const FOLDS: u32 = 5;
/// The plan the shipped model was trained by.
const PLAN: Plan = Plan {
    epochs: 6,
    groups_min: 2,
    eagerness: 48.0,
    margin: 40.0,
    hidden: 20,
    trust: 80.0,
};

#[derive(Parser)]
struct Call {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Trains the model and writes it
    Train {
        /// Folder of the corpus
        #[arg(long, default_value = "data/corpus")]
        corpus: PathBuf,
        /// Folder of the models
        #[arg(long, default_value = "data/pii")]
        out: PathBuf,
        /// Fails unless the files are what training makes
        #[arg(long)]
        check: bool,
        /// Another plan: epochs,groups,eagerness,margin,hidden,trust
        #[arg(long)]
        plan: Option<String>,
    },
    /// Cross-validation by voice: trains without each fifth of the voices and measures on them
    Cross {
        #[arg(long, default_value = "data/corpus")]
        corpus: PathBuf,
        /// More sets to measure on, JSONL
        #[arg(long)]
        test: Vec<PathBuf>,
        /// Other plans: epochs,groups,eagerness,margin,hidden,trust
        #[arg(long)]
        plan: Vec<String>,
        /// Measure on so many of the five parts only
        #[arg(long, default_value_t = FOLDS)]
        folds: u32,
    },
    /// Trains the health flag alone: cross-validation by voice and pattern, figures on sets
    Health {
        #[arg(long, default_value = "data/corpus")]
        corpus: PathBuf,
        /// Sets to measure on, JSONL
        test: Vec<PathBuf>,
        /// Shows the errors on these sets
        #[arg(long)]
        errors: bool,
        /// Writes the weights into this file
        #[arg(long)]
        out: Option<PathBuf>,
    },
    /// Figures of the engine over a folder of JSONL sets, or over its own corpus
    Eval {
        /// Folder with *.jsonl
        #[arg(long)]
        dir: Option<PathBuf>,
        #[arg(long, default_value = "data/corpus")]
        corpus: PathBuf,
        /// Only these labels
        #[arg(long)]
        label: Vec<String>,
        /// Also in lower case
        #[arg(long)]
        lower: bool,
        /// Show so many leaks and false alarms
        #[arg(long, default_value_t = 0)]
        errors: usize,
        /// Show so many dialogues in which somebody was taken for somebody else
        #[arg(long, default_value_t = 0)]
        pairs: usize,
    },
    /// Tunes what tells who is who over dialogues, leaving out one set after another
    Tune {
        /// Sets of dialogues, JSONL, each of another author
        sets: Vec<PathBuf>,
    },
    /// The engine beside others: quality, speed, memory
    Bench {
        #[command(subcommand)]
        step: bench::Step,
    },
    /// Prints messages of the corpus
    Show {
        #[arg(long, default_value = "data/corpus")]
        corpus: PathBuf,
        #[arg(default_value_t = 40)]
        count: usize,
    },
}

fn main() -> Result<()> {
    match Call::parse().task {
        Task::Train {
            corpus,
            out,
            check,
            plan: other,
        } => train(&corpus, &out, check, other.as_deref()),
        Task::Cross {
            corpus,
            test,
            plan,
            folds,
        } => cross(&corpus, &test, &plan, folds),
        Task::Health {
            corpus,
            test,
            errors,
            out,
        } => train_health(&corpus, &test, errors, out.as_deref()),
        Task::Eval {
            dir,
            corpus,
            label,
            lower,
            errors,
            pairs,
        } => eval(dir.as_deref(), &corpus, &label, lower, errors, pairs),
        Task::Tune { sets } => tune::tune(&sets),
        Task::Bench { step } => bench::step(&step),
        Task::Show { corpus, count } => show(&corpus, count),
    }
}

fn lessons(messages: &[Message]) -> Vec<Lesson> {
    messages.iter().map(learn::lesson).collect()
}

fn train(corpus: &Path, out: &Path, check: bool, other: Option<&str>) -> Result<()> {
    let corpus = Corpus::read(corpus)?;
    let mut messages = corpus.messages(SHARE);
    for _ in 0..NEWS_REPEATED {
        messages.extend(corpus.news());
    }
    println!("{} patterns, {} messages", corpus.patterns(), messages.len());
    let lessons = lessons(&messages);
    let plan = other.map_or(Ok(PLAN), plan)?;
    let weights = learn::train(&lessons, plan, |_| true);
    println!(
        "on what it learnt from: {}",
        learn::check(lessons.iter(), Some(&weights))
    );
    settle(&out.join("names.model"), &weights.write(), check)?;
    let cases: Vec<health::Case> = health::cases(&corpus.judged(SHARE_HEALTH));
    settle(
        &out.join("health.model"),
        &health::train(&cases, |_| true).write(),
        check,
    )
}

/// Writes the file, or looks whether it is the same already.
fn settle(path: &Path, bytes: &[u8], check: bool) -> Result<()> {
    if check {
        let known = std::fs::read(path).with_context(|| path.display().to_string())?;
        ensure!(known == bytes, "{} is not what training makes", path.display());
        println!("{} is what training makes", path.display());
        return Ok(());
    }
    std::fs::write(path, bytes).with_context(|| path.display().to_string())
}

fn train_health(corpus: &Path, tests: &[PathBuf], errors: bool, out: Option<&Path>) -> Result<()> {
    let cases = health::cases(&Corpus::read(corpus)?.judged(SHARE_HEALTH));
    health::cross(&cases, tests, errors)?;
    out.map_or(Ok(()), |out| {
        settle(out, &health::train(&cases, |_| true).write(), false)
    })
}

/// News are few and varied: each document counts so many times.
const NEWS_REPEATED: usize = 2;

fn cross(corpus: &Path, tests: &[PathBuf], plans: &[String], folds: u32) -> Result<()> {
    let corpus = Corpus::read(corpus)?;
    health::cross(&health::cases(&corpus.judged(SHARE_HEALTH)), tests, false)?;
    if folds == 0 {
        return Ok(());
    }
    let chat = lessons(&corpus.messages(SHARE / 3));
    let news = lessons(&corpus.news());
    let plans = if plans.is_empty() {
        vec![PLAN]
    } else {
        plans.iter().map(|text| plan(text)).collect::<Result<_>>()?
    };
    let mut sets = Vec::new();
    for path in tests {
        let messages = message::read(path)?;
        let lower: Vec<Message> = messages.iter().map(message::lower).collect();
        let name = path
            .file_stem()
            .and_then(|stem| stem.to_str())
            .unwrap_or_default()
            .to_owned();
        sets.push((format!("{name}, lower case"), lessons(&lower)));
        sets.push((name, lessons(&messages)));
    }
    let mut all = chat;
    all.extend(news.into_iter().map(|mut lesson| {
        lesson.group += 1;
        lesson
    }));
    let is_news = |lesson: &&Lesson| lesson.voice >= NEWS_VOICES;
    println!("rules alone");
    println!(
        "  voices                       {}",
        learn::check(all.iter().filter(|lesson| !is_news(lesson)), None)
    );
    println!(
        "  documents                    {}",
        learn::check(all.iter().filter(is_news), None)
    );
    for (name, set) in &sets {
        println!("  {name:28} {}", learn::check(set.iter(), None));
    }
    for plan in plans {
        println!("{plan:?}");
        let by_voice: fn(&Lesson) -> u32 = |lesson| lesson.voice;
        let by_pattern: fn(&Lesson) -> u32 = |lesson| lesson.group / 3;
        for (name, part) in [("voices", by_voice), ("patterns", by_pattern)] {
            let mut chat_sum = learn::Check::default();
            let mut news_sum = learn::Check::default();
            for fold in 0..folds.min(FOLDS) {
                let weights = learn::train(&all, plan, |lesson| part(lesson) % FOLDS != fold);
                let held = |is_news: bool| {
                    all.iter()
                        .filter(move |lesson| part(lesson) % FOLDS == fold && (lesson.voice >= NEWS_VOICES) == is_news)
                };
                chat_sum.add(&learn::check(held(false), Some(&weights)));
                news_sum.add(&learn::check(held(true), Some(&weights)));
            }
            println!("  held-out {name:20} {chat_sum}");
            println!("  held-out {name:11} of news {news_sum}");
        }
        if !sets.is_empty() {
            let weights = learn::train(&all, plan, |_| true);
            for (name, set) in &sets {
                println!("  {name:28} {}", learn::check(set.iter(), Some(&weights)));
            }
        }
    }
    Ok(())
}

fn plan(text: &str) -> Result<Plan> {
    let numbers: Vec<f64> = text
        .split(',')
        .map(|number| number.parse().with_context(|| format!("not a number: {number}")))
        .collect::<Result<_>>()?;
    ensure!(numbers.len() == 6, "a plan has six numbers");
    Ok(Plan {
        epochs: numbers[0] as usize,
        groups_min: numbers[1] as u8,
        eagerness: numbers[2],
        margin: numbers[3],
        hidden: numbers[4] as usize,
        trust: numbers[5],
    })
}

fn measure(messages: &[Message], only: &[String]) -> Score {
    let detector = Detector::new();
    let mut score = Score::default();
    for message in messages {
        let detection = detector.detect(&message.text);
        let mut points = CodePoints::new(&message.text);
        let found: Vec<Found> = detection
            .findings
            .iter()
            .map(|finding| {
                let range = points.range(&finding.range);
                Found {
                    start: range.start,
                    end: range.end,
                    label: finding.label.as_str(),
                }
            })
            .collect();
        score.add(message, &found, detection.flags.health, only);
    }
    score
}

/// Figures of answers: `restore.tsv` and `tokens.tsv` of the folder, where there are such files.
fn eval_answers(dir: &Path, errors: usize) -> Result<()> {
    for (name, measure) in [
        ("restore", answer::fills as fn(&Path) -> Result<answer::Tally>),
        ("tokens", answer::codes),
    ] {
        let path = dir.join(name).with_extension("tsv");
        if !path.exists() {
            continue;
        }
        let tally = measure(&path)?;
        println!(
            "== {name}: {} of {} right, {:.1} %; {} falsely restored",
            tally.right,
            tally.asked,
            100.0 * score::share(tally.right, tally.asked),
            tally.falsely
        );
        tally.misses.iter().take(errors).for_each(|line| println!("  {line}"));
    }
    Ok(())
}

fn eval(dir: Option<&Path>, corpus: &Path, only: &[String], lower: bool, errors: usize, pairs: usize) -> Result<()> {
    let mut sets = Vec::new();
    match dir {
        Some(dir) => {
            let mut files: Vec<PathBuf> = std::fs::read_dir(dir)
                .with_context(|| dir.display().to_string())?
                .filter_map(|entry| entry.ok().map(|entry| entry.path()))
                .filter(|path| path.extension().is_some_and(|extension| extension == "jsonl"))
                .collect();
            files.sort();
            for path in files {
                let name = path
                    .file_stem()
                    .and_then(|stem| stem.to_str())
                    .unwrap_or_default()
                    .to_owned();
                sets.push((name, message::read(&path)?));
            }
        }
        None => sets.push(("corpus".to_owned(), Corpus::read(corpus)?.messages(SHARE_MEASURED))),
    }
    for (name, messages) in sets {
        let variants = if lower {
            vec![
                (name.clone(), messages.clone()),
                (
                    format!("{name}, lower case"),
                    messages.iter().map(message::lower).collect(),
                ),
            ]
        } else {
            vec![(name, messages)]
        };
        for (name, messages) in variants {
            let score = measure(&messages, only);
            println!(
                "== {name}: {} messages; {}\n{}",
                score.messages,
                score.brief(),
                score.table()
            );
            if let Some(linked) = Pairs::measure(&Detector::new(), &messages) {
                println!("{}", linked.brief());
                linked.wrong.iter().take(pairs).for_each(|text| print!("  {text}"));
            }
            for (what, list) in [
                ("leaks", &score.leaks),
                ("other borders or label", &score.borders),
                ("false alarms", &score.false_alarms),
            ] {
                if errors > 0 {
                    println!("-- {what}: {}", list.len());
                }
                let step = list.len().div_ceil(errors.max(1)).max(1);
                list.iter()
                    .step_by(step)
                    .take(errors)
                    .for_each(|line| println!("  {line}"));
            }
        }
    }
    if let Some(dir) = dir {
        eval_answers(dir, errors)?;
    }
    Ok(())
}

fn show(corpus: &Path, count: usize) -> Result<()> {
    let messages = Corpus::read(corpus)?.messages(1);
    let own: Vec<&Message> = messages.iter().filter(|message| message.text.len() > 1).collect();
    let step = (own.len() / count.max(1)).max(1);
    for message in own.iter().step_by(step) {
        let letters: Vec<char> = message.text.chars().collect();
        let spans: Vec<String> = message
            .entities
            .iter()
            .map(|span| {
                format!(
                    "{}={}",
                    span.label,
                    letters[span.start..span.end].iter().collect::<String>()
                )
            })
            .collect();
        println!("{} | {}", message.text.replace('\n', "\\n"), spans.join("; "));
    }
    Ok(())
}
