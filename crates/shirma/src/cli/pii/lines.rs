//! JSONL in, JSONL out: one line in, one line out, in order; or plain text as a whole.
//!
//! A bad line is reported by its number and never by its text, the others are still answered.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::process::ExitCode;

use anyhow::{Context, Result};
use serde_json::{Map, Value};

use super::{BAD_LINES, Form};

/// Longest line accepted; a text of 4 MB with every sign escaped fits.
const LINE_BYTES_MAX: u64 = 64 * 1024 * 1024;

/// A command that takes messages and plain text alike.
pub(super) trait BothForms {
    fn message(&mut self, message: &Map<String, Value>) -> Result<Value, BadLine>;
    fn plain(&mut self, text: &str) -> String;
}

/// Why a line could not be answered; names nothing of what stands in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(super) enum BadLine {
    #[error("не текст в UTF-8")]
    NotUtf8,
    #[error("не объект JSON")]
    NotJson,
    #[error("нет строки «text»")]
    NoText,
    #[error("нет строки «name»")]
    NoName,
    #[error("«gender» — это \"m\" или \"f\"")]
    NotGender,
    #[error("в тексте должен быть ровно один пропуск ⟦⟧ и непустое имя")]
    NotFilled,
    #[error("строка длиннее допустимого")]
    TooLong,
}

pub(super) fn either_form(
    form: Form,
    mut input: impl BufRead,
    output: &mut dyn Write,
    errors: &mut dyn Write,
    command: &mut dyn BothForms,
) -> Result<ExitCode> {
    let mut first = Vec::new();
    let plain = form.plain || !form.jsonl && !begins_with_message(&mut input, &mut first)?;
    let mut input = io::Cursor::new(first).chain(input);
    if !plain {
        return each_line(BufReader::new(input), output, errors, |message| {
            command.message(message)
        });
    }
    let mut text = Vec::new();
    input.read_to_end(&mut text).context("чтение stdin")?;
    let Ok(text) = String::from_utf8(text) else {
        writeln!(errors, "вход: {}", BadLine::NotUtf8)?;
        return Ok(ExitCode::from(BAD_LINES));
    };
    output
        .write_all(command.plain(&text).as_bytes())
        .context("запись stdout")?;
    output.flush().context("запись stdout")?;
    Ok(ExitCode::SUCCESS)
}

/// Reads up to the first line that is not blank into `seen` and says whether it is a message.
fn begins_with_message(input: &mut impl BufRead, seen: &mut Vec<u8>) -> Result<bool> {
    loop {
        let start = seen.len();
        if input
            .by_ref()
            .take(LINE_BYTES_MAX)
            .read_until(b'\n', seen)
            .context("чтение stdin")?
            == 0
        {
            return Ok(false);
        }
        let line = &seen[start..];
        if !line.trim_ascii().is_empty() {
            return Ok(
                serde_json::from_slice::<Map<String, Value>>(line).is_ok_and(|message| message.contains_key("text"))
            );
        }
    }
}

/// Answers each line that is not blank and flushes, so that the command works inside a pipe.
pub(super) fn each_line(
    mut input: impl BufRead,
    output: &mut dyn Write,
    errors: &mut dyn Write,
    mut answer: impl FnMut(&Map<String, Value>) -> Result<Value, BadLine>,
) -> Result<ExitCode> {
    let mut bad = false;
    let mut line = Vec::new();
    for number in 1_u64.. {
        line.clear();
        if input
            .by_ref()
            .take(LINE_BYTES_MAX)
            .read_until(b'\n', &mut line)
            .context("чтение stdin")?
            == 0
        {
            break;
        }
        if line.len() as u64 == LINE_BYTES_MAX && !line.ends_with(b"\n") {
            skip_line(&mut input)?;
            writeln!(errors, "строка {number}: {}", BadLine::TooLong)?;
            bad = true;
            continue;
        }
        if line.trim_ascii().is_empty() {
            continue;
        }
        match parse(&line).and_then(|message| answer(&message)) {
            Ok(value) => writeln!(output, "{value}")
                .and_then(|()| output.flush())
                .context("запись stdout")?,
            Err(problem) => {
                writeln!(errors, "строка {number}: {problem}")?;
                bad = true;
            }
        }
    }
    Ok(if bad {
        ExitCode::from(BAD_LINES)
    } else {
        ExitCode::SUCCESS
    })
}

fn skip_line(input: &mut impl BufRead) -> Result<()> {
    let mut rest = Vec::new();
    loop {
        rest.clear();
        let read = input
            .by_ref()
            .take(LINE_BYTES_MAX)
            .read_until(b'\n', &mut rest)
            .context("чтение stdin")?;
        if read == 0 || rest.ends_with(b"\n") {
            return Ok(());
        }
    }
}

fn parse(line: &[u8]) -> Result<Map<String, Value>, BadLine> {
    let text = std::str::from_utf8(line).map_err(|_| BadLine::NotUtf8)?;
    serde_json::from_str(text).map_err(|_| BadLine::NotJson)
}
