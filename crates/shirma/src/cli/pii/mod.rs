//! `shirma pii`: finding, masking and restoring personal data from the command line.
//!
//! JSONL in, JSONL out: one line in, one line out, in order; offsets are Unicode code points. A bad line is reported
//! on stderr by its number and never by its text, the other lines are still answered, the exit code is 2 at the end.
//! `mask` and `restore` also take plain text, `mask` also files and folders. Values live in the map file only, readable
//! by its owner only.

mod explain;
mod folder;
mod known;
mod lines;
mod map;
mod message;
mod policy;
mod show;

use std::io::{self, BufRead, BufReader, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Result;
use shirma_pii::Detector;

use crate::settings;
use lines::{each_line, either_form};
use map::{Conversations, read_map, read_or_new, write_map};
use message::{Masker, Restorer, detect, fill_gap};

/// Exit code of a run with bad lines or broken files.
const BAD_LINES: u8 = 2;

/// Commands of `shirma pii`.
#[derive(Debug, clap::Subcommand)]
pub enum PiiCommand {
    /// Найти персональные данные: {"id","text"} → {"id","entities","flags"}
    Detect {
        /// Сказать о каждой находке, чем и почему она найдена: поля «found_by», «evidence» и «why»
        #[arg(long)]
        explain: bool,
        /// Who is looked for besides.
        #[command(flatten)]
        sought: Sought,
    },
    /// Заменить персональные данные кодами: на входе, в файлах или в папках
    ///
    /// Исходные файлы не меняются. Имена людей заменяются и в именах копий. Прерванная команда, запущенная ещё раз, продолжит с
    /// того же места. Файл, который не удалось прочитать, будет назван, остальные сделаны; код выхода тогда 2.
    Mask(MaskArguments),
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
    /// Показать файл с выделенными находками; ничего не меняет
    Show {
        /// Текстовый файл; «-» — стандартный вход
        file: PathBuf,
        /// Когда выделять цветом; без цвета находки стоят в скобках
        #[arg(long, value_enum, default_value_t)]
        color: show::When,
        /// Who is looked for besides.
        #[command(flatten)]
        sought: Sought,
    },
}

/// What `mask` takes.
#[derive(Debug, Default, clap::Args)]
pub struct MaskArguments {
    /// Файлы и папки: txt, csv, json, jsonl, html, xlsx, xls, ods, zip, выгрузки Telegram, WhatsApp и ВКонтакте; без них
    /// читается стандартный вход
    #[arg(requires = "out")]
    paths: Vec<PathBuf>,
    /// Папка для копий с кодами; исходные файлы не меняются
    #[arg(long, requires = "paths")]
    out: Option<PathBuf>,
    /// Файл соответствий кодов и значений, дополняется; для файлов и папок — папка с такими файлами
    #[arg(long)]
    map: Option<PathBuf>,
    /// Что делать с каждым видом данных: salon, clinic, garage или файл TOML
    #[arg(long)]
    policy: Option<String>,
    /// Form of the input.
    #[command(flatten)]
    form: Form,
    /// Who is looked for besides.
    #[command(flatten)]
    sought: Sought,
}

/// People who are found whatever their names look like.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct Sought {
    /// Файл с именами клиентов и сотрудников, по одному в строке: они находятся в любом падеже, что бы ни стояло вокруг
    #[arg(long, value_name = "FILE")]
    known: Option<PathBuf>,
}

/// What stands on stdin; told by the first line unless said.
#[derive(Debug, Clone, Copy, Default, clap::Args)]
pub struct Form {
    /// На входе обычный текст
    #[arg(long, conflicts_with = "jsonl")]
    plain: bool,
    /// На входе JSONL
    #[arg(long)]
    jsonl: bool,
}

/// Runs a command between stdin and stdout. `config` names the settings, whose own recognizers are used too.
///
/// # Errors
/// Settings, a list of names, a policy or a map that cannot be read; a file that cannot be written.
pub fn run(command: PiiCommand, config: Option<&Path>) -> Result<ExitCode> {
    let search = search(&command, config)?;
    match command {
        PiiCommand::Mask(arguments) if !arguments.paths.is_empty() => {
            folder::run(&arguments, &search, &mut io::stderr())
        }
        PiiCommand::Show { file, color, .. } => {
            let colored = color.is_wanted(io::stdout().is_terminal());
            show::run(
                &search.detector,
                &file,
                colored,
                &mut io::stdout().lock(),
                &mut io::stderr().lock(),
            )
        }
        command => {
            let stdin = BufReader::new(io::stdin().lock());
            run_between(
                command,
                search.detector,
                stdin,
                io::stdout().lock(),
                &mut io::stderr().lock(),
            )
        }
    }
}

/// What finds, and a mark that changes when it does. The mark holds no name.
#[derive(Default)]
struct Search {
    detector: Detector,
    mark: String,
}

/// The embedded lexicons, the company's own recognizers, the people of a list.
fn search(command: &PiiCommand, config: Option<&Path>) -> Result<Search> {
    let sought = match command {
        PiiCommand::Detect { sought, .. } | PiiCommand::Show { sought, .. } => sought,
        PiiCommand::Mask(arguments) => &arguments.sought,
        PiiCommand::Restore { .. } | PiiCommand::Fill => return Ok(Search::default()),
    };
    let settings = settings::read(config)?;
    let mut search = Search {
        detector: settings.detector()?,
        mark: String::new(),
    };
    if !settings.recognizer.is_empty() {
        search.mark.push_str(&format!(" {:?}", settings.recognizer));
    }
    if let Some(path) = &sought.known {
        search.detector = search.detector.with_known(&known::read(path)?);
        search.mark.push_str(&known::mark(path)?);
    }
    Ok(search)
}

fn run_between(
    command: PiiCommand,
    detector: Detector,
    input: impl BufRead,
    mut output: impl Write,
    errors: &mut dyn Write,
) -> Result<ExitCode> {
    match command {
        PiiCommand::Detect { explain, .. } => each_line(input, &mut output, errors, |message| {
            detect(&detector, explain, message)
        }),
        PiiCommand::Fill => each_line(input, &mut output, errors, fill_gap),
        PiiCommand::Mask(MaskArguments { map, form, policy, .. }) => {
            let policy = policy::load(policy.as_deref())?;
            let mut conversations = map.as_deref().map_or(Ok(Conversations::new()), read_or_new)?;
            let keep = map.is_some();
            let mut masker = Masker {
                detector,
                conversations: &mut conversations,
                policy,
                keep,
            };
            let code = either_form(form, input, &mut output, errors, &mut masker)?;
            if let Some(path) = map {
                write_map(&path, &conversations)?;
            }
            Ok(code)
        }
        PiiCommand::Restore { map, form } => {
            let mut restorer = Restorer {
                conversations: read_map(&map)?,
            };
            either_form(form, input, &mut output, errors, &mut restorer)
        }
        PiiCommand::Show { file, .. } => show::run(&detector, &file, false, &mut output, errors),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn answers(command: PiiCommand, input: &str) -> (Vec<String>, String, ExitCode) {
        let (mut output, mut errors) = (Vec::new(), Vec::new());
        let detector = search(&command, None).expect("no settings").detector;
        let code = run_between(command, detector, input.as_bytes(), &mut output, &mut errors).expect("runs");
        let lines = String::from_utf8(output)
            .expect("text")
            .lines()
            .map(str::to_owned)
            .collect();
        (lines, String::from_utf8(errors).expect("text"), code)
    }

    fn find(explain: bool) -> PiiCommand {
        PiiCommand::Detect {
            explain,
            sought: Sought::default(),
        }
    }

    const GUESS: Form = Form {
        plain: false,
        jsonl: false,
    };

    #[test]
    fn offsets_are_code_points_and_any_id_is_echoed() {
        let (lines, _, _) = answers(find(false), "{\"id\":{\"a\":1},\"text\":\"🌸 тел 8 900 000-00-01\"}\n");
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
            find(false),
            "{\"id\":1,\"text\":\"да\"}\nсекрет 482017\n{\"id\":3,\"text\":\"нет\"}\n",
        );
        assert_eq!(lines.len(), 2);
        assert!(errors.contains('2') && !errors.contains("482017"), "{errors}");
        assert_eq!(format!("{code:?}"), format!("{:?}", ExitCode::from(BAD_LINES)));
    }

    #[test]
    fn lines_of_one_dialogue_share_tokens() {
        let input = "{\"id\":1,\"dialogue\":\"d\",\"text\":\"Это Анна Ким\"}\n{\"id\":2,\"dialogue\":\"d\",\"text\":\"Передайте Анне\"}\n";
        let (lines, _, _) = answers(PiiCommand::Mask(MaskArguments::default()), input);
        assert!(lines[0].contains("[Клиент-1]") && lines[1].contains("[Клиент-1]"));
    }

    #[test]
    fn plain_text_goes_there_and_back_through_a_private_map() {
        let folder = tempfile::tempdir().expect("folder");
        let map = folder.path().join("map.json");
        let text = "Запишите Анну Ким, 8 900 000-00-01";
        let (masked, _, _) = answers(
            PiiCommand::Mask(MaskArguments {
                map: Some(map.clone()),
                ..MaskArguments::default()
            }),
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
            let mode = std::fs::metadata(&map).expect("map").permissions().mode();
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

    #[test]
    fn a_finding_is_explained_when_asked() {
        let (lines, _, _) = answers(find(true), "{\"id\":1,\"text\":\"карта 2200 0000 0000 0004\"}\n");
        let answer: Value = serde_json::from_str(&lines[0]).expect("json");
        assert_eq!(answer["entities"][0]["label"], "CARD");
        assert_eq!(answer["entities"][0]["evidence"], "checksum");
        assert_eq!(answer["entities"][0]["found_by"], "recognizer card");
        assert!(
            answer["entities"][0]["why"]
                .as_str()
                .is_some_and(|why| why.contains("карт"))
        );
    }

    #[test]
    fn a_preset_policy_hides_a_card_for_good() {
        let (lines, _, _) = answers(
            PiiCommand::Mask(MaskArguments {
                policy: Some("salon".into()),
                ..MaskArguments::default()
            }),
            "Это Анна Ким, карта 2200 0000 0000 0004",
        );
        assert_eq!(lines, ["Это [Клиент-1], карта ••••0004"]);
    }

    #[test]
    fn tokens_expected_and_absent_are_named() {
        let folder = tempfile::tempdir().expect("folder");
        let map = folder.path().join("map.json");
        let mask = PiiCommand::Mask(MaskArguments {
            map: Some(map.clone()),
            ..MaskArguments::default()
        });
        answers(
            mask,
            "{\"id\":1,\"dialogue\":\"d\",\"text\":\"Это Анна Ким, 8 900 000-00-01\"}\n",
        );
        let (lines, _, _) = answers(
            PiiCommand::Restore { map, form: GUESS },
            "{\"id\":1,\"dialogue\":\"d\",\"text\":\"[Клиент-1]!\",\"expected\":[\"[Клиент-1]\",\"[Телефон-2]\"]}\n",
        );
        assert!(lines[0].contains("\"absent\":[\"[Телефон-2]\"]"), "{}", lines[0]);
    }

    #[test]
    fn own_numbers_come_from_the_settings_and_people_from_a_list() {
        let folder = tempfile::tempdir().expect("folder");
        let (config, names) = (folder.path().join("own.toml"), folder.path().join("names.txt"));
        let own = "[[recognizer]]\nname = \"договоры\"\npattern = '\\d{2}-\\d{4}'\nbefore = [\"договор\"]\n";
        std::fs::write(&config, own).expect("written");
        std::fs::write(&names, "\u{feff}Весна Полевая\r\n\r\n# мастера\r\n").expect("written");
        let command = PiiCommand::Mask(MaskArguments {
            sought: Sought { known: Some(names) },
            ..MaskArguments::default()
        });
        let Search { detector, mark } = search(&command, Some(&config)).expect("settings");
        assert!(mark.contains("договор") && !mark.contains("Весна"), "{mark}");
        let mut output = Vec::new();
        let text = "весну полевую ждём, договор 17-4410\nсчётчик 17-4410";
        run_between(command, detector, text.as_bytes(), &mut output, &mut Vec::new()).expect("runs");
        let masked = String::from_utf8(output).expect("text");
        assert_eq!(
            masked.trim_end(),
            "[Клиент-1] ждём, договор [УчётныйНомер-2]\nсчётчик 17-4410"
        );
    }

    #[test]
    fn settings_that_cannot_be_used_stop_the_search() {
        let folder = tempfile::tempdir().expect("folder");
        let config = folder.path().join("own.toml");
        std::fs::write(&config, "[[recognizer]]\nname = \"договоры\"\npattern = '('\n").expect("written");
        let error = search(&find(false), Some(&config))
            .map(|_| ())
            .expect_err("no pattern")
            .to_string();
        assert!(error.contains("договоры") && error.contains("pattern"), "{error}");
    }
}
