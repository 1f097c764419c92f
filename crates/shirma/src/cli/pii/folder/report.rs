//! What the owner is told at the end: counts, and the files that did not come out. Nothing of what stands in them.

use std::io::{self, Write};

use super::super::explain::name_of;
use super::cover::Counts;
use super::walk::Found;

/// What has become of the files.
#[derive(Default)]
pub(super) struct Tally {
    pub(super) masked: usize,
    pub(super) skipped: usize,
    /// Workbooks among the masked ones.
    pub(super) books: usize,
    pub(super) counts: Counts,
    pub(super) broken: Vec<String>,
}

/// Writes the report.
pub(super) fn write(tally: &Tally, found: &Found, took_ms: i64, out: &mut dyn Write) -> io::Result<()> {
    writeln!(
        out,
        "Готово: {}. Было готово раньше: {}. Не вышло: {}. Заняло: {}.",
        tally.masked,
        tally.skipped,
        tally.broken.len(),
        spoken_time(took_ms)
    )?;
    for (label, count) in &tally.counts {
        writeln!(out, "{count:>7}  {}", name_of(*label))?;
    }
    if !found.left_alone.is_empty() {
        let endings: Vec<String> = found
            .left_alone
            .iter()
            .map(|(ending, count)| format!("{ending}: {count}"))
            .collect();
        writeln!(out, "Другого вида, копий нет: {}", endings.join(", "))?;
    }
    if found.links > 0 {
        writeln!(out, "Ссылок на другие места, по ним не ходили: {}", found.links)?;
    }
    if tally.books > 0 {
        writeln!(
            out,
            "Книг: {}. В копиях только значения ячеек: рисунков, примечаний, формул и оформления нет.",
            tally.books
        )?;
    }
    for broken in &tally.broken {
        writeln!(out, "не вышло: {broken}")?;
    }
    Ok(())
}

fn spoken_time(took_ms: i64) -> String {
    let tenths = took_ms.max(0) / 100;
    let (minutes, seconds) = (tenths / 600, tenths / 10 % 60);
    match minutes {
        0 => format!("{seconds},{} с", tenths % 10),
        _ => format!("{minutes} мин {seconds} с"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_is_told_as_people_say_it() {
        assert_eq!(spoken_time(1_250), "1,2 с");
        assert_eq!(spoken_time(754_000), "12 мин 34 с");
    }
}
