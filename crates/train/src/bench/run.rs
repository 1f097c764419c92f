//! Our engine in a process of its own: findings first, then time and memory, as told in `sheet`.

use std::io::{BufRead, Write};
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use shirma_pii::Detector;
use shirma_pii::offset::CodePoints;

use super::sheet::{Answer, Figures, LastLine, ROUNDS_MIN, SECONDS_MIN, Text};

/// Wakes whatever is loaded when first needed: names, numbers, addresses and states of health.
const FIRST: &str = "Меня зовут Анна Сергеевна Тестова, телефон +7 900 000-00-01, ул. Примерная, д. 5, болит спина";
const NAME: &str = "Shirma";

pub(super) fn run(texts: impl BufRead, out: &mut impl Write, data: &Path) -> Result<()> {
    // Before all else: reading the texts is not the engine's time.
    let start = now();
    let detector = Detector::new();
    detector.detect(FIRST);
    let load_seconds = start.elapsed().as_secs_f64();
    let texts: Vec<Text> = texts
        .lines()
        .map(|line| serde_json::from_str(&line?).context("not a message of the sheet"))
        .collect::<Result<_>>()?;
    for text in &texts {
        serde_json::to_writer(&mut *out, &answer(&detector, text))?;
        out.write_all(b"\n")?;
    }
    let timed: Vec<&str> = texts
        .iter()
        .filter(|text| text.timed)
        .map(|text| text.text.as_str())
        .collect();
    ensure!(!timed.is_empty(), "no message is short enough to be timed");
    let load_average = load_average();
    let busy = processor_seconds()?;
    let (rounds, mut times) = rounds(&detector, &timed);
    let processor_seconds = processor_seconds()? - busy;
    let seconds = times.iter().sum::<Duration>().as_secs_f64();
    let calm = medians(&times, timed.len());
    times.sort_unstable();
    let last = LastLine {
        figures: Figures {
            name: NAME.to_owned(),
            import_seconds: 0.0,
            load_seconds,
            messages: timed.len(),
            rounds,
            characters: rounds * timed.iter().map(|text| text.chars().count()).sum::<usize>(),
            seconds,
            processor_seconds,
            p50_seconds: percentile(&times, 50).as_secs_f64(),
            p99_seconds: percentile(&times, 99).as_secs_f64(),
            p99_calm_seconds: percentile(&calm, 99).as_secs_f64(),
            peak_kb: peak_kb(&read("/proc/self/status")?)?,
            data_bytes: size(data)?,
            load_average,
        },
    };
    serde_json::to_writer(&mut *out, &last)?;
    out.write_all(b"\n")?;
    Ok(())
}

fn answer(detector: &Detector, text: &Text) -> Answer {
    let mut points = CodePoints::new(&text.text);
    let findings = detector.detect(&text.text).findings;
    let findings = findings.iter().map(|finding| {
        let range = points.range(&finding.range);
        (range.start, range.end, finding.label.as_str().to_owned())
    });
    Answer {
        key: text.key.clone(),
        findings: findings.collect(),
    }
}

/// Whole rounds and the time of each call in them.
fn rounds(detector: &Detector, texts: &[&str]) -> (usize, Vec<Duration>) {
    let mut times = Vec::new();
    let mut sum = Duration::ZERO;
    let mut rounds = 0;
    while rounds < ROUNDS_MIN || sum.as_secs_f64() < SECONDS_MIN {
        rounds += 1;
        for text in texts {
            let start = now();
            std::hint::black_box(detector.detect(std::hint::black_box(text)));
            let time = start.elapsed();
            sum += time;
            times.push(time);
        }
    }
    (rounds, times)
}

#[expect(
    clippy::disallowed_methods,
    reason = "this program measures; the product takes its time as an argument"
)]
fn now() -> Instant {
    Instant::now()
}

/// The time below which so many of a hundred lie.
fn percentile(sorted: &[Duration], hundredths: usize) -> Duration {
    let at = sorted.len() * hundredths / 100;
    sorted[at.min(sorted.len() - 1)]
}

/// The median of each message over the rounds, sorted.
fn medians(times: &[Duration], messages: usize) -> Vec<Duration> {
    let mut medians: Vec<Duration> = (0..messages)
        .map(|message| {
            let mut own: Vec<Duration> = times.iter().skip(message).step_by(messages).copied().collect();
            own.sort_unstable();
            percentile(&own, 50)
        })
        .collect();
    medians.sort_unstable();
    medians
}

fn read(path: &str) -> Result<String> {
    std::fs::read_to_string(path).with_context(|| format!("{path}: time and memory are measured on Linux only"))
}

/// The peak of resident memory.
fn peak_kb(status: &str) -> Result<u64> {
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kb = line.and_then(|line| line.trim().strip_suffix("kB")?.trim().parse().ok());
    kb.context("no VmHWM among the figures of the process")
}

/// Time this thread, the only one, has had a processor.
fn processor_seconds() -> Result<f64> {
    let schedule = read("/proc/thread-self/schedstat")?;
    let nanoseconds: Option<f64> = schedule.split(' ').next().and_then(|first| first.parse().ok());
    Ok(nanoseconds.context("no time of the processor")? / 1e9)
}

fn load_average() -> String {
    let line = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    line.split(' ').next().unwrap_or_default().to_owned()
}

/// Bytes of the files in a folder.
fn size(folder: &Path) -> Result<u64> {
    let mut sum = 0;
    for entry in std::fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        sum += entry?.metadata()?.len();
    }
    Ok(sum)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_times_that_were_measured() {
        let times: Vec<Duration> = (1..=200).map(Duration::from_millis).collect();
        assert_eq!(percentile(&times, 50), Duration::from_millis(101));
        assert_eq!(percentile(&times, 99), Duration::from_millis(199));
        assert_eq!(percentile(&times[..1], 99), Duration::from_millis(1));
    }

    #[test]
    fn a_round_disturbed_once_does_not_move_the_median_of_a_message() {
        let times = [1, 5, 900, 5, 2, 4].map(Duration::from_millis);
        assert_eq!(medians(&times, 2), [2, 5].map(Duration::from_millis));
    }

    #[test]
    fn the_peak_of_memory_is_read_from_the_status_of_the_process() {
        assert_eq!(
            peak_kb("Name:\tx\nVmHWM:\t   39612 kB\nVmRSS:\t 1 kB\n").unwrap(),
            39_612
        );
        assert!(peak_kb("Name:\tx\n").is_err());
    }

    #[test]
    fn findings_are_told_in_code_points() {
        let text = Text {
            key: "1".into(),
            text: "😀 Это Анна Ким".into(),
            timed: true,
        };
        let answer = answer(&Detector::new(), &text);
        assert_eq!(answer.findings, [(6, 14, "PERSON".to_owned())]);
    }
}
