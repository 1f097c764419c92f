//! `shirma pii`: finding, masking and restoring personal data from the command line.
//!
//! JSONL in, JSONL out: one line in, one line out, in order; offsets are Unicode code points. A bad line is reported
//! on stderr by its number and never by its text, the other lines are still answered, the exit code is 2 at the end.
//! `mask` and `restore` also take plain text. Values live in the map file only, readable by its owner only.

use std::collections::BTreeMap;
use std::fs::{self, OpenOptions};
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result};
use serde_json::{Map, Value, json};
use shirma_pii::offset::CodePoints;
use shirma_pii::{Conversation, Detector, Flags, Gender, Restoration, Speaker, fill};

/// Longest line accepted; a text of 4 MB with every sign escaped fits.
const LINE_BYTES_MAX: u64 = 64 * 1024 * 1024;
/// Exit code of a run with bad lines.
const BAD_LINES: u8 = 2;
/// The dialogue of plain text.
const PLAIN_DIALOGUE: &str = "";

/// Commands of `shirma pii`.
#[derive(Debug, clap::Subcommand)]
pub enum PiiCommand {
    /// Найти персональные данные: {"id","text"} → {"id","entities","flags"}
    Detect,
    /// Заменить персональные данные кодами
    Mask {
        /// Файл соответствий кодов и значений; дополняется
        #[arg(long)]
        map: Option<PathBuf>,
        /// Form of the input.
        #[command(flatten)]
        form: Form,
    },
    /// Вернуть значения вместо кодов
    Restore {
        /// Файл соответствий, записанный командой mask
        #[arg(long)]
        map: PathBuf,
        /// Form of the input.
        #[command(flatten)]
        form: Form,
    },
    /// Поставить имя в нужном падеже: {"id","text" с ⟦⟧,"name","gender"?} → {"id","text"}
    Fill,
}

/// What stands on stdin; told by the first line unless said.
#[derive(Debug, Clone, Copy, clap::Args)]
pub struct Form {
    /// На входе обычный текст
    #[arg(long, conflicts_with = "jsonl")]
    plain: bool,
    /// На входе JSONL
    #[arg(long)]
    jsonl: bool,
}

/// Conversations by the name of their dialogue.
type Conversations = BTreeMap<String, Conversation>;

/// Runs a command between stdin and stdout.
pub fn run(command: PiiCommand) -> Result<ExitCode> {
    let stdin = BufReader::new(io::stdin().lock());
    run_between(command, stdin, io::stdout().lock(), &mut io::stderr().lock())
}

fn run_between(
    command: PiiCommand,
    input: impl BufRead,
    mut output: impl Write,
    errors: &mut dyn Write,
) -> Result<ExitCode> {
    let detector = Detector::new();
    match command {
        PiiCommand::Detect => each_line(input, &mut output, errors, |message| detect(&detector, message)),
        PiiCommand::Fill => each_line(input, &mut output, errors, fill_gap),
        PiiCommand::Mask { map, form } => {
            let mut conversations = map.as_deref().map_or(Ok(Conversations::new()), read_or_new)?;
            let keep = map.is_some();
            let code = either_form(
                form,
                input,
                &mut output,
                errors,
                &mut Masker {
                    detector,
                    conversations: &mut conversations,
                    keep,
                },
            )?;
            if let Some(path) = map {
                write_map(&path, &conversations)?;
            }
            Ok(code)
        }
        PiiCommand::Restore { map, form } => either_form(
            form,
            input,
            &mut output,
            errors,
            &mut Restorer {
                conversations: read_map(&map)?,
            },
        ),
    }
}

/// A command that takes messages and plain text alike.
trait BothForms {
    fn message(&mut self, message: &Map<String, Value>) -> Result<Value, BadLine>;
    fn plain(&mut self, text: &str) -> String;
}

/// Why a line could not be answered; names nothing of what stands in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
enum BadLine {
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

struct Masker<'a> {
    detector: Detector,
    conversations: &'a mut Conversations,
    keep: bool,
}

impl BothForms for Masker<'_> {
    fn message(&mut self, message: &Map<String, Value>) -> Result<Value, BadLine> {
        let text = text_of(message)?;
        let named = message.contains_key("dialogue");
        let mut alone = Conversation::default();
        let conversation = if named || self.keep {
            self.conversations.entry(dialogue_of(message)).or_default()
        } else {
            &mut alone
        };
        let masking = match speaker_of(message) {
            Some(speaker) => conversation.mask_said_by(&self.detector, text, speaker),
            None => conversation.mask(&self.detector, text),
        };
        let mut points = CodePoints::new(text);
        let entities: Vec<Value> = masking
            .entities
            .iter()
            .map(|entity| {
                let range = points.range(&entity.range);
                json!({"start": range.start, "end": range.end, "label": entity.label, "token": entity.token, "subject": entity.subject})
            })
            .collect();
        Ok(json!({"id": message.get("id"), "text": masking.text, "entities": entities, "flags": flags(masking.flags)}))
    }

    fn plain(&mut self, text: &str) -> String {
        self.conversations
            .entry(PLAIN_DIALOGUE.to_owned())
            .or_default()
            .mask(&self.detector, text)
            .text
    }
}

struct Restorer {
    conversations: Conversations,
}

impl Restorer {
    fn restore(&self, dialogue: &str, text: &str) -> Restoration {
        self.conversations.get(dialogue).map_or_else(
            || Conversation::default().restore(text),
            |conversation| conversation.restore(text),
        )
    }
}

impl BothForms for Restorer {
    fn message(&mut self, message: &Map<String, Value>) -> Result<Value, BadLine> {
        let restoration = self.restore(&dialogue_of(message), text_of(message)?);
        Ok(
            json!({"id": message.get("id"), "text": restoration.text, "restored": restoration.restored, "foreign": restoration.foreign}),
        )
    }

    fn plain(&mut self, text: &str) -> String {
        self.restore(PLAIN_DIALOGUE, text).text
    }
}

fn detect(detector: &Detector, message: &Map<String, Value>) -> Result<Value, BadLine> {
    let text = text_of(message)?;
    let detection = detector.detect(text);
    let mut points = CodePoints::new(text);
    let entities: Vec<Value> = detection
        .findings
        .iter()
        .map(|finding| {
            let range = points.range(&finding.range);
            json!({"start": range.start, "end": range.end, "label": finding.label, "score": finding.confidence})
        })
        .collect();
    Ok(json!({"id": message.get("id"), "entities": entities, "flags": flags(detection.flags)}))
}

fn flags(flags: Flags) -> Value {
    if flags.health { json!(["health"]) } else { json!([]) }
}

fn fill_gap(message: &Map<String, Value>) -> Result<Value, BadLine> {
    let text = text_of(message)?;
    let name = message.get("name").and_then(Value::as_str).ok_or(BadLine::NoName)?;
    let gender = match message.get("gender") {
        None | Some(Value::Null) => None,
        Some(Value::String(gender)) if gender == "m" => Some(Gender::Male),
        Some(Value::String(gender)) if gender == "f" => Some(Gender::Female),
        Some(_) => return Err(BadLine::NotGender),
    };
    let filled = fill(text, name, gender).map_err(|_| BadLine::NotFilled)?;
    Ok(json!({"id": message.get("id"), "text": filled}))
}

fn text_of(message: &Map<String, Value>) -> Result<&str, BadLine> {
    message.get("text").and_then(Value::as_str).ok_or(BadLine::NoText)
}

/// Messages without a dialogue stand each for itself, under their id.
fn dialogue_of(message: &Map<String, Value>) -> String {
    match message.get("dialogue") {
        Some(Value::String(dialogue)) => dialogue.clone(),
        Some(other) if !other.is_null() => other.to_string(),
        _ => format!("#{}", message.get("id").unwrap_or(&Value::Null)),
    }
}

fn speaker_of(message: &Map<String, Value>) -> Option<Speaker> {
    match message.get("role")?.as_str()? {
        "client" => Some(Speaker::Client),
        "manager" | "doctor" | "bot" | "staff" => Some(Speaker::Staff),
        _ => None,
    }
}

fn either_form(
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
fn each_line(
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

fn read_or_new(path: &Path) -> Result<Conversations> {
    if path.exists() {
        read_map(path)
    } else {
        Ok(Conversations::new())
    }
}

fn read_map(path: &Path) -> Result<Conversations> {
    let bytes = fs::read(path).with_context(|| format!("чтение файла соответствий {}", path.display()))?;
    // The parser's message may quote the file, which holds values.
    serde_json::from_slice(&bytes).map_err(|_| anyhow::anyhow!("файл соответствий {} испорчен", path.display()))
}

/// Writes beside and renames, so that a crash leaves the old map or the new one.
fn write_map(path: &Path, conversations: &Conversations) -> Result<()> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(".new");
    let beside = PathBuf::from(beside);
    let written = write_private(&beside, &serde_json::to_vec(conversations)?).and_then(|()| fs::rename(&beside, path));
    if written.is_err() {
        // The unfinished file holds values: it must not stay. If it cannot be removed, the error below is the news.
        let _ = fs::remove_file(&beside);
    }
    written.with_context(|| format!("запись файла соответствий {}", path.display()))
}

fn write_private(path: &Path, bytes: &[u8]) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        Ok(()) | Err(_) => {}
    }
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answers(command: PiiCommand, input: &str) -> (Vec<String>, String, ExitCode) {
        let (mut output, mut errors) = (Vec::new(), Vec::new());
        let code = run_between(command, input.as_bytes(), &mut output, &mut errors).expect("runs");
        let lines = String::from_utf8(output)
            .expect("text")
            .lines()
            .map(str::to_owned)
            .collect();
        (lines, String::from_utf8(errors).expect("text"), code)
    }

    const GUESS: Form = Form {
        plain: false,
        jsonl: false,
    };

    #[test]
    fn offsets_are_code_points_and_any_id_is_echoed() {
        let (lines, _, _) = answers(
            PiiCommand::Detect,
            "{\"id\":{\"a\":1},\"text\":\"🌸 тел 8 900 000-00-01\"}\n",
        );
        let answer: Value = serde_json::from_str(&lines[0]).expect("json");
        assert_eq!(answer["id"], json!({"a": 1}));
        assert_eq!(
            (&answer["entities"][0]["start"], &answer["entities"][0]["end"]),
            (&json!(6), &json!(21))
        );
        assert_eq!(answer["flags"], json!([]));
    }

    #[test]
    fn a_bad_line_is_named_by_its_number_only_and_the_others_are_answered() {
        let (lines, errors, code) = answers(
            PiiCommand::Detect,
            "{\"id\":1,\"text\":\"да\"}\nсекрет 482017\n{\"id\":3,\"text\":\"нет\"}\n",
        );
        assert_eq!(lines.len(), 2);
        assert!(errors.contains('2') && !errors.contains("482017"), "{errors}");
        assert_eq!(format!("{code:?}"), format!("{:?}", ExitCode::from(BAD_LINES)));
    }

    #[test]
    fn lines_of_one_dialogue_share_tokens() {
        let input = "{\"id\":1,\"dialogue\":\"d\",\"text\":\"Это Анна Ким\"}\n{\"id\":2,\"dialogue\":\"d\",\"text\":\"Передайте Анне\"}\n";
        let (lines, _, _) = answers(PiiCommand::Mask { map: None, form: GUESS }, input);
        assert!(lines[0].contains("[Клиент-1]") && lines[1].contains("[Клиент-1]"));
    }

    #[test]
    fn plain_text_goes_there_and_back_through_a_private_map() {
        let folder = tempfile::tempdir().expect("folder");
        let map = folder.path().join("map.json");
        let text = "Запишите Анну Ким, 8 900 000-00-01";
        let (masked, _, _) = answers(
            PiiCommand::Mask {
                map: Some(map.clone()),
                form: GUESS,
            },
            text,
        );
        assert!(!masked[0].contains("Анну") && !masked[0].contains("900"));
        let (restored, _, _) = answers(
            PiiCommand::Restore {
                map: map.clone(),
                form: GUESS,
            },
            &masked[0],
        );
        assert_eq!(restored, [text]);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = fs::metadata(&map).expect("map").permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
    }

    #[test]
    fn a_name_is_put_into_the_case_of_the_sentence() {
        let (lines, _, _) = answers(
            PiiCommand::Fill,
            "{\"id\":1,\"text\":\"Передам ⟦⟧ привет\",\"name\":\"Анна\",\"gender\":\"f\"}\n",
        );
        assert!(lines[0].contains("Передам Анне привет"));
    }
}
