//! `shirma pii show`: a text with everything found marked, for a person's eyes; nothing is changed or kept.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Read, Write};
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result};
use shirma_pii::{Detector, Finding, Label};

use super::explain::{name_of, why};
use super::folder::charset;

/// When findings are coloured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum When {
    /// На экране цветом, в файл и при NO_COLOR без цвета
    #[default]
    Auto,
    /// Всегда
    Always,
    /// Никогда
    Never,
}

impl When {
    /// Whether to colour what goes to a terminal or elsewhere.
    pub(super) fn is_wanted(self, terminal: bool) -> bool {
        match self {
            When::Always => true,
            When::Never => false,
            When::Auto => terminal && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty()),
        }
    }
}

/// Longest file shown: more is not read by eye.
const FILE_BYTES_MAX: u64 = 16 * 1024 * 1024;
const PLAIN: &str = "\u{1b}[0m";

/// Shows a file; the list of what was found and why goes to `errors`.
pub(super) fn run(
    detector: &Detector,
    file: &Path,
    colored: bool,
    output: &mut dyn Write,
    errors: &mut dyn Write,
) -> Result<ExitCode> {
    let mut bytes = Vec::new();
    let read = if file == Path::new("-") {
        io::stdin().take(FILE_BYTES_MAX).read_to_end(&mut bytes)
    } else {
        fs::File::open(file).and_then(|file| file.take(FILE_BYTES_MAX).read_to_end(&mut bytes))
    };
    read.with_context(|| format!("чтение {}", file.display()))?;
    let text = charset::decode(&bytes).with_context(|| format!("{}", file.display()))?;
    let detection = detector.detect(&text);
    output
        .write_all(marked(&text, &detection.findings, colored).as_bytes())
        .and_then(|()| output.flush())
        .context("запись stdout")?;
    let mut reasons: BTreeMap<(Label, String), usize> = BTreeMap::new();
    for finding in &detection.findings {
        *reasons
            .entry((finding.label, why(finding.label, finding.evidence)))
            .or_default() += 1;
    }
    for ((_, reason), count) in reasons {
        writeln!(errors, "{count:>5}  {reason}")?;
    }
    if detection.flags.health {
        writeln!(errors, "       есть сведения о здоровье")?;
    }
    Ok(ExitCode::SUCCESS)
}

/// The text with findings coloured, or between «⟨» and «⟩». Control signs of the text itself are not passed on.
fn marked(text: &str, findings: &[Finding], colored: bool) -> String {
    let mut marked = String::with_capacity(text.len() * 2);
    let mut at = 0;
    for finding in findings {
        push_harmless(&mut marked, &text[at..finding.range.start]);
        let value = &text[finding.range.clone()];
        if colored {
            marked.push_str(&format!("\u{1b}[1;{}m", color_of(finding.label)));
            push_harmless(&mut marked, value);
            marked.push_str(PLAIN);
        } else {
            marked.push_str(&format!("⟨{}: ", name_of(finding.label)));
            push_harmless(&mut marked, value);
            marked.push('⟩');
        }
        at = finding.range.end;
    }
    push_harmless(&mut marked, &text[at..]);
    marked
}

/// A text must not steer the terminal.
fn push_harmless(marked: &mut String, text: &str) {
    marked.extend(text.chars().map(|sign| {
        if sign.is_control() && !matches!(sign, '\n' | '\t' | '\r') {
            '\u{fffd}'
        } else {
            sign
        }
    }));
}

/// People, ways to reach them, papers, money and secrets differ in colour.
fn color_of(label: Label) -> u8 {
    match label {
        Label::Person => 33,
        Label::Phone | Label::Email | Label::Handle | Label::Address => 36,
        Label::Birthdate
        | Label::Passport
        | Label::Snils
        | Label::Inn
        | Label::Oms
        | Label::DriverLicense
        | Label::BirthCert
        | Label::Medcard => 35,
        Label::Plate | Label::Vin | Label::Other => 34,
        Label::Card | Label::Account | Label::Secret => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(colored: bool) -> (String, String) {
        let folder = tempfile::tempdir().expect("folder");
        let path = folder.path().join("note.txt");
        fs::write(&path, "Это Анна Ким,\u{1b}[2J 8 900 000-00-01").expect("written");
        let (mut output, mut errors) = (Vec::new(), Vec::new());
        run(&Detector::new(), &path, colored, &mut output, &mut errors).expect("shown");
        (
            String::from_utf8(output).expect("text"),
            String::from_utf8(errors).expect("text"),
        )
    }

    #[test]
    fn findings_stand_in_brackets_without_colour_and_are_counted() {
        let (output, errors) = shown(false);
        assert_eq!(output, "Это ⟨имя: Анна Ким⟩,\u{fffd}[2J ⟨телефон: 8 900 000-00-01⟩");
        assert!(errors.contains("телефон") && !errors.contains("900"), "{errors}");
    }

    #[test]
    fn colour_ends_where_a_finding_ends_and_a_text_cannot_steer_the_terminal() {
        let (output, _) = shown(true);
        assert_eq!(output.matches("\u{1b}[1;").count(), output.matches(PLAIN).count());
        assert!(!output.contains("\u{1b}[2J"));
    }

    #[test]
    fn colour_is_for_terminals() {
        assert!(!When::Auto.is_wanted(false) && !When::Never.is_wanted(true) && When::Always.is_wanted(false));
    }
}
