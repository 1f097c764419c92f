//! Engines side by side in one table of Markdown, and our own figures against the limits that were set for them.
//!
//! A peer's cell shows its figure and how many times better ours is. A limit that is missed is told, not enforced: how
//! fast a machine is today is no matter of the code.

use std::fmt::Write;

use super::sheet::{Answers, Figures, Sheet};
use crate::message::Message;
use crate::score::{Found, Score};

/// Whether a smaller figure is the better one.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Better {
    Less,
    More,
}

/// A kind of figure: how it is told and which way is better.
struct Kind {
    better: Better,
    decimals: usize,
}

const fn kind(better: Better, decimals: usize) -> Kind {
    Kind { better, decimals }
}

const SHARE: Kind = kind(Better::Less, 1);
const F1: Kind = kind(Better::More, 1);
const OVER: Kind = kind(Better::Less, 2);
const SPEED: Kind = kind(Better::More, 0);
const MILLISECONDS: Kind = kind(Better::Less, 3);
const AMOUNT: Kind = kind(Better::Less, 0);
const MEGABYTES: Kind = kind(Better::Less, 1);

/// What is wanted of our engine.
struct Limit {
    what: &'static str,
    better: Better,
    wanted: f64,
    unit: &'static str,
    measured: fn(&Figures) -> f64,
}

const LIMITS: [Limit; 7] = [
    Limit {
        what: "p99 of one message",
        better: Better::Less,
        wanted: 0.5,
        unit: "ms",
        measured: |own| own.p99_seconds * 1e3,
    },
    Limit {
        what: "p99 undisturbed",
        better: Better::Less,
        wanted: 0.5,
        unit: "ms",
        measured: |own| own.p99_calm_seconds * 1e3,
    },
    Limit {
        what: "speed by the clock",
        better: Better::More,
        wanted: 1.0,
        unit: "M characters/s",
        measured: |own| by_clock(own) / 1e6,
    },
    Limit {
        what: "speed by the time of the processor",
        better: Better::More,
        wanted: 1.0,
        unit: "M characters/s",
        measured: |own| by_processor(own) / 1e6,
    },
    Limit {
        what: "peak of resident memory",
        better: Better::Less,
        wanted: 80.0,
        unit: "MB",
        measured: peak_mb,
    },
    Limit {
        what: "load with the first detection",
        better: Better::Less,
        wanted: 150.0,
        unit: "ms",
        measured: |own| own.load_seconds * 1e3,
    },
    Limit {
        what: "data in the binary",
        better: Better::Less,
        wanted: 20.0,
        unit: "MB",
        measured: data_mb,
    },
];

pub(super) fn page(sheet: &Sheet, engines: &[Answers]) -> String {
    let mut page = String::new();
    let names: Vec<&str> = engines.iter().map(|engine| engine.figures.name.as_str()).collect();
    let _ = writeln!(page, "| | {} |", names.join(" | "));
    let _ = writeln!(page, "| --- |{}", " ---: |".repeat(engines.len()));
    for (at, set) in sheet.sets.iter().enumerate() {
        let _ = writeln!(
            page,
            "| **{}**, {} messages |{}",
            set.name,
            set.written.len(),
            " |".repeat(engines.len())
        );
        page += &quality(&set.written, &set.lower, engines, at);
    }
    if let Some(own) = engines.first() {
        let Figures { messages, .. } = own.figures;
        let _ = writeln!(
            page,
            "| **speed and size**, {messages} short messages |{}",
            " |".repeat(engines.len())
        );
        page += &speed(engines);
        let _ = writeln!(
            page,
            "\nIn brackets: how many times better ours is. Leak, over-masking and alarms in percent. Undisturbed: of the medians \
             each message has over the rounds.\n"
        );
        page += &limits(&own.figures);
    }
    page
}

/// Rows of one set.
fn quality(written: &[Message], lower: &[Message], engines: &[Answers], at: usize) -> String {
    let person = ["PERSON".to_owned()];
    let scores: Vec<[Score; 3]> = engines
        .iter()
        .map(|engine| {
            [
                score(written, &engine.written[at], &[]),
                score(written, &engine.written[at], &person),
                score(lower, &engine.lower[at], &person),
            ]
        })
        .collect();
    let mut rows = String::new();
    for (which, what) in [
        "all labels: leak / F1",
        "PERSON: leak / F1",
        "PERSON in lower case: leak / F1",
    ]
    .into_iter()
    .enumerate()
    {
        let leaks = scores.iter().map(|one| 100.0 * one[which].all().leak_share());
        let hits = scores.iter().map(|one| 100.0 * one[which].all().f1());
        rows += &row(what, &[(SHARE, leaks.collect()), (F1, hits.collect())]);
    }
    let all = scores.iter().map(|[all, ..]| all);
    let over: Vec<f64> = all.clone().map(|one| 100.0 * one.over_masking()).collect();
    rows += &row("over-masking", &[(OVER, over)]);
    let alarms: Vec<f64> = all.map(|one| 100.0 * one.alarm_share()).collect();
    rows += &row("alarms", &[(SHARE, alarms)]);
    rows
}

fn score(messages: &[Message], found: &[Vec<Found>], only: &[String]) -> Score {
    let mut score = Score::default();
    for (message, found) in messages.iter().zip(found) {
        score.add(message, found, false, only);
    }
    score
}

fn speed(engines: &[Answers]) -> String {
    let of = |figure: fn(&Figures) -> f64| {
        engines
            .iter()
            .map(|engine| figure(&engine.figures))
            .collect::<Vec<f64>>()
    };
    let mut rows = row("characters/s by the clock", &[(SPEED, of(by_clock))]);
    rows += &row(
        "characters/s by the time of the processor",
        &[(SPEED, of(by_processor))],
    );
    rows += &row(
        "one message, ms: p50 / p99 / p99 undisturbed",
        &[
            (MILLISECONDS, of(|one| one.p50_seconds * 1e3)),
            (MILLISECONDS, of(|one| one.p99_seconds * 1e3)),
            (MILLISECONDS, of(|one| one.p99_calm_seconds * 1e3)),
        ],
    );
    rows += &row(
        "import + load with the first detection, ms",
        &[(AMOUNT, of(|one| (one.import_seconds + one.load_seconds) * 1e3))],
    );
    rows += &row("peak of resident memory, MB", &[(MEGABYTES, of(peak_mb))]);
    rows += &row("models and dictionaries, MB", &[(MEGABYTES, of(data_mb))]);
    let loads = engines.iter().map(|engine| engine.figures.load_average.as_str());
    let _ = writeln!(
        rows,
        "| load average meanwhile | {} |",
        loads.collect::<Vec<_>>().join(" | ")
    );
    rows
}

/// A row of one or more kinds of figures, a figure an engine.
fn row(what: &str, figures: &[(Kind, Vec<f64>)]) -> String {
    let engines = figures.first().map_or(0, |(_, values)| values.len());
    let mut line = format!("| {what} |");
    for engine in 0..engines {
        let joined = |tell: &dyn Fn(&Kind, &[f64]) -> String| {
            let told = figures.iter().map(|(kind, values)| tell(kind, values));
            told.collect::<Vec<_>>().join(" / ")
        };
        let told = joined(&|kind, values| number(values[engine], kind.decimals));
        let _ = match engine {
            0 => write!(line, " {told} |"),
            _ => write!(
                line,
                " {told} ({}) |",
                joined(&|kind, values| times_better(kind.better, values[0], values[engine]))
            ),
        };
    }
    line + "\n"
}

/// How many times better the first is; a dash where nothing can be divided.
fn times_better(better: Better, own: f64, other: f64) -> String {
    let (more, less) = match better {
        Better::Less => (other, own),
        Better::More => (own, other),
    };
    if less <= 0.0 {
        return "–".to_owned();
    }
    let times = more / less;
    let decimals = match times {
        ..2.0 => 2,
        ..20.0 => 1,
        _ => 0,
    };
    format!("×{times:.decimals$}")
}

/// Thousands apart.
fn number(value: f64, decimals: usize) -> String {
    let text = format!("{value:.decimals$}");
    let whole = text.split('.').next().unwrap_or_default().len();
    let mut out = String::new();
    for (at, sign) in text.chars().enumerate() {
        if at > 0 && at < whole && (whole - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(sign);
    }
    out
}

fn by_clock(figures: &Figures) -> f64 {
    figures.characters as f64 / figures.seconds
}

fn by_processor(figures: &Figures) -> f64 {
    figures.characters as f64 / figures.processor_seconds
}

fn peak_mb(figures: &Figures) -> f64 {
    figures.peak_kb as f64 * 1024.0 / 1e6
}

fn data_mb(figures: &Figures) -> f64 {
    figures.data_bytes as f64 / 1e6
}

fn limits(own: &Figures) -> String {
    let mut table = format!("| {} against its limits | wanted | measured | |\n", own.name);
    table += "| --- | ---: | ---: | --- |\n";
    for limit in &LIMITS {
        let measured = (limit.measured)(own);
        let (sign, holds) = match limit.better {
            Better::Less => ("≤", measured <= limit.wanted),
            Better::More => ("≥", measured >= limit.wanted),
        };
        let _ = writeln!(
            table,
            "| {} | {sign} {} {unit} | {measured:.3} {unit} | {} |",
            limit.what,
            limit.wanted,
            if holds { "held" } else { "**missed**" },
            unit = limit.unit
        );
    }
    table
}

#[cfg(test)]
mod tests {
    use super::super::sheet::tests::{figures, sheet, written};
    use super::*;

    fn answers(name: &str, findings: &str) -> Answers {
        Answers::read(written(name, findings).as_bytes(), &sheet()).unwrap()
    }

    #[test]
    fn a_peer_stands_beside_us_with_how_many_times_better_we_are() {
        let page = page(
            &sheet(),
            &[
                answers("own", r#"[4, 8, "PERSON"]"#),
                answers("peer", r#"[4, 6, "PERSON"]"#),
            ],
        );
        let has = |line: &str| assert!(page.lines().any(|one| one == line), "{line} in\n{page}");
        has("| | own | peer |");
        has("| PERSON: leak / F1 | 0.0 / 66.7 | 100.0 / 0.0 (– / –) |");
        has("| alarms | 100.0 | 100.0 (×1.00) |");
        has("| characters/s by the clock | 1,000,000 | 1,000,000 (×1.00) |");
    }

    #[test]
    fn less_of_a_bad_thing_and_more_of_a_good_one_are_both_better() {
        assert_eq!(times_better(Better::Less, 2.0, 10.0), "×5.0");
        assert_eq!(times_better(Better::More, 3000.0, 100.0), "×30");
        assert_eq!(times_better(Better::Less, 10.0, 8.0), "×0.80");
        assert_eq!(times_better(Better::Less, 0.0, 8.0), "–");
    }

    #[test]
    fn thousands_stand_apart() {
        assert_eq!(number(1_234_567.8, 0), "1,234,568");
        assert_eq!(number(123.456, 2), "123.46");
        assert_eq!(number(1234.5, 1), "1,234.5");
    }

    #[test]
    fn a_missed_limit_is_told() {
        let mut own = figures("own");
        own.p99_seconds = 0.000_6;
        let table = limits(&own);
        assert!(
            table.contains("| p99 of one message | ≤ 0.5 ms | 0.600 ms | **missed** |"),
            "{table}"
        );
        assert!(
            table.contains("| load with the first detection | ≤ 150 ms | 50.000 ms | held |"),
            "{table}"
        );
    }
}
