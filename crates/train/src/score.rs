//! Figures of a detector over annotated messages.
//!
//! Leak: a gold span with a letter or digit under no finding of any label. Strict: start, end and label are the gold's.
//! Over-masking: share of the letters and digits outside gold spans that findings cover. Alarm: a message without gold
//! spans with any finding. Optional spans and spans of labels not asked for count neither way.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::message::Message;

/// A finding in code points.
#[derive(Debug, Clone)]
pub(crate) struct Found {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) label: &'static str,
}

#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Counts {
    pub(crate) gold: usize,
    pub(crate) found: usize,
    pub(crate) leak: usize,
    pub(crate) strict: usize,
}

impl Counts {
    pub(crate) fn leak_share(&self) -> f64 {
        share(self.leak, self.gold)
    }

    pub(crate) fn f1(&self) -> f64 {
        share(2 * self.strict, self.found + self.gold)
    }
}

#[derive(Debug, Default)]
pub(crate) struct Score {
    pub(crate) labels: BTreeMap<String, Counts>,
    pub(crate) messages: usize,
    with_gold: usize,
    leaky: usize,
    clean: usize,
    alarms: usize,
    plain: usize,
    over: usize,
    health: [usize; 4],
    /// Texts around leaks and false alarms.
    pub(crate) leaks: Vec<String>,
    /// Covered, but with other borders or another label.
    pub(crate) borders: Vec<String>,
    pub(crate) false_alarms: Vec<String>,
}

pub(crate) fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

impl Score {
    /// Adds one message. `only`: labels that count, all if empty.
    pub(crate) fn add(&mut self, message: &Message, found: &[Found], health: bool, only: &[String]) {
        let letters: Vec<char> = message.text.chars().collect();
        let counts = |label: &str| only.is_empty() || only.iter().any(|one| one == label);
        let is_real = |span: &&crate::message::Span| !span.optional && span.label != "IGNORE" && counts(&span.label);
        let gold: Vec<_> = message.entities.iter().filter(is_real).collect();
        let cover = |spans: &mut dyn Iterator<Item = (usize, usize)>| {
            let mut mask = vec![false; letters.len()];
            for (start, end) in spans {
                mask[start.min(letters.len())..end.min(letters.len())].fill(true);
            }
            mask
        };
        let covered = cover(&mut found.iter().map(|one| (one.start, one.end)));
        let neutral = cover(
            &mut message
                .entities
                .iter()
                .filter(|span| !is_real(span))
                .map(|span| (span.start, span.end)),
        );
        let golden = cover(&mut gold.iter().map(|span| (span.start, span.end)));
        let asked: Vec<&Found> = found.iter().filter(|one| counts(one.label)).collect();
        let asked_mask = cover(&mut asked.iter().map(|one| (one.start, one.end)));
        let same = |one: &Found, span: &crate::message::Span| {
            one.start == span.start && one.end == span.end && one.label == span.label
        };
        let judged: Vec<&Found> = asked
            .into_iter()
            .filter(|one| {
                let mut inside = (one.start..one.end)
                    .filter(|at| letters[*at].is_alphanumeric())
                    .peekable();
                gold.iter().any(|span| same(one, span)) || inside.peek().is_none() || !inside.all(|at| neutral[at])
            })
            .collect();
        self.messages += 1;
        let mut leaky = false;
        for span in &gold {
            let row = self.labels.entry(span.label.clone()).or_default();
            row.gold += 1;
            let any_letter = (span.start..span.end).any(|at| letters[at].is_alphanumeric());
            let open = (span.start..span.end).any(|at| !covered[at] && (letters[at].is_alphanumeric() || !any_letter));
            row.leak += usize::from(open);
            let exact = judged.iter().any(|one| same(one, span));
            row.strict += usize::from(exact);
            if !exact && !open {
                self.borders.push(format!(
                    "{} {}: {}",
                    message.id,
                    span.label,
                    show(&letters, span.start, span.end)
                ));
            }
            if open {
                leaky = true;
                self.leaks.push(format!(
                    "{} {}: {}",
                    message.id,
                    span.label,
                    show(&letters, span.start, span.end)
                ));
            }
        }
        for one in &judged {
            self.labels.entry(one.label.to_owned()).or_default().found += 1;
            if !gold.iter().any(|span| span.start < one.end && one.start < span.end) {
                self.false_alarms.push(format!(
                    "{} {}: {}",
                    message.id,
                    one.label,
                    show(&letters, one.start, one.end)
                ));
            }
        }
        self.with_gold += usize::from(!gold.is_empty());
        self.leaky += usize::from(leaky);
        if gold.is_empty() && !neutral.contains(&true) {
            self.clean += 1;
            self.alarms += usize::from(!judged.is_empty());
        }
        for (at, letter) in letters.iter().enumerate() {
            if letter.is_alphanumeric() && !golden[at] && !neutral[at] {
                self.plain += 1;
                self.over += usize::from(asked_mask[at]);
            }
        }
        let truly = message.flags.iter().any(|flag| flag == "health");
        self.health[usize::from(truly) * 2 + usize::from(health)] += 1;
    }

    pub(crate) fn all(&self) -> Counts {
        self.labels.values().fold(Counts::default(), |sum, row| Counts {
            gold: sum.gold + row.gold,
            found: sum.found + row.found,
            leak: sum.leak + row.leak,
            strict: sum.strict + row.strict,
        })
    }

    pub(crate) fn over_masking(&self) -> f64 {
        share(self.over, self.plain)
    }

    pub(crate) fn alarm_share(&self) -> f64 {
        share(self.alarms, self.clean)
    }

    /// One line of the figures that matter most.
    pub(crate) fn brief(&self) -> String {
        let all = self.all();
        format!(
            "leak {:5.1} %  F1 {:5.1}  over-masking {:.2} %  alarms {:4.1} %",
            100.0 * all.leak_share(),
            100.0 * all.f1(),
            100.0 * self.over_masking(),
            100.0 * share(self.alarms, self.clean),
        )
    }

    /// The whole table.
    pub(crate) fn table(&self) -> String {
        let mut out = format!("{:16}{:>8}{:>8}{:>8}{:>8}\n", "label", "gold", "found", "leak %", "F1");
        let mut rows: Vec<(&str, Counts)> = self.labels.iter().map(|(label, row)| (label.as_str(), *row)).collect();
        rows.sort_by_key(|(_, row)| std::cmp::Reverse(row.gold));
        rows.push(("ALL", self.all()));
        for (label, row) in rows {
            let _ = writeln!(
                out,
                "{label:16}{:>8}{:>8}{:>8.1}{:>8.1}",
                row.gold,
                row.found,
                100.0 * row.leak_share(),
                100.0 * row.f1()
            );
        }
        let _ = writeln!(
            out,
            "messages with a leak {:.1} %; over-masking {:.2} %; alarms in {:.1} % of {} clean messages",
            100.0 * share(self.leaky, self.with_gold),
            100.0 * self.over_masking(),
            100.0 * share(self.alarms, self.clean),
            self.clean
        );
        let [_, false_flag, missed, right] = self.health;
        if missed + right > 0 {
            let _ = writeln!(
                out,
                "health: recall {:.1} %, precision {:.1} %",
                100.0 * share(right, right + missed),
                100.0 * share(right, right + false_flag)
            );
        }
        out
    }
}

/// The span with some text around it.
fn show(letters: &[char], start: usize, end: usize) -> String {
    let around = 45;
    let text = |from: usize, to: usize| letters[from..to].iter().collect::<String>();
    format!(
        "{}[[{}]]{}",
        text(start.saturating_sub(around), start),
        text(start, end),
        text(end, (end + around).min(letters.len()))
    )
    .replace('\n', "\\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::Span;

    fn message(text: &str, entities: &[(usize, usize, &str, bool)]) -> Message {
        Message {
            id: "1".into(),
            text: text.into(),
            entities: entities
                .iter()
                .map(|(start, end, label, optional)| Span {
                    start: *start,
                    end: *end,
                    label: (*label).into(),
                    optional: *optional,
                    subject: None,
                })
                .collect(),
            flags: Vec::new(),
            dialogue: None,
            role: None,
            group: 0,
            voice: 0,
        }
    }

    fn found(start: usize, end: usize, label: &'static str) -> Found {
        Found { start, end, label }
    }

    #[test]
    fn a_half_covered_name_leaks_and_a_wrong_label_covers() {
        let mut score = Score::default();
        let text = "Ждём Анну Петрову, тел. 8 912 345-67-89";
        let gold = message(text, &[(5, 17, "PERSON", false), (24, 39, "PHONE", false)]);
        score.add(&gold, &[found(5, 9, "PERSON"), found(24, 39, "INN")], false, &[]);
        assert_eq!(score.labels["PERSON"].leak, 1);
        assert_eq!(score.labels["PHONE"].leak, 0);
        assert_eq!(score.labels["PHONE"].strict, 0);
    }

    #[test]
    fn an_alarm_counts_only_in_a_clean_message_and_an_optional_span_never() {
        let mut score = Score::default();
        score.add(&message("цена 1500", &[]), &[found(5, 9, "PHONE")], false, &[]);
        let optional = message("Пушкин и Маша", &[(0, 6, "PERSON", true), (9, 13, "PERSON", false)]);
        score.add(&optional, &[found(0, 6, "PERSON"), found(9, 13, "PERSON")], false, &[]);
        assert_eq!((score.clean, score.alarms), (1, 1));
        assert_eq!(score.labels["PERSON"].found, 1);
        assert_eq!((score.over, score.plain), (4, 4 + 4 + 1));
    }
}
