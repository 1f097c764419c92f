//! The command line: arguments, a file a command, exit codes.
//!
//! Data go to stdout, talk to stderr. Codes: 0 fine, 1 failed, 2 wrong arguments or bad input lines;
//! `audit verify` has its own (see `shirma audit verify --help`), and whatever opens the house ends with the same 2 and 3 on
//! such a journal.

mod audit;
mod doctor;
mod erase;
mod keys;
mod log;
pub mod pii;
mod serve;
mod staff;
mod words;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};

use crate::opening::{self, OpeningError};
use crate::settings::{self, Secrets, Settings};

/// What the owner types.
#[derive(Parser)]
#[command(
    name = "shirma",
    version,
    about = "Ширма: принимает обращения клиентов и не показывает их данные тем, кому не нужно",
    long_about = "Ширма принимает обращения клиентов из мессенджеров и с сайта, прячет имена и телефоны за кодами, \
                  отвечает через помощника и ведёт журнал, по которому видна любая правка.\n\n\
                  Без команды запускается то же, что `shirma serve`: адрес 127.0.0.1:8787, данные в папке shirma-data."
)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    place: Place,
}

/// Where settings and data lie; the same for every command.
#[derive(Args, Clone, Default)]
pub struct Place {
    /// Файл настроек; без него берётся shirma.toml рядом, а если его нет — настройки по умолчанию
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Папка данных; важнее, чем в настройках
    #[arg(long, global = true, value_name = "DIR")]
    data: Option<PathBuf>,
}

#[derive(Subcommand)]
enum Command {
    /// Принимать обращения и открыть рабочее место (так же без команды)
    Serve {
        /// Адрес и порт; важнее, чем в настройках; порт 0 — любой свободный
        #[arg(long, value_name = "ADDR")]
        listen: Option<String>,
        /// Запустить, хотя журнал не продолжает свою отметку; причина остаётся в журнале
        #[arg(long, value_name = "ПРИЧИНА")]
        accept_rollback: Option<String>,
    },
    /// Найти, заменить и вернуть личные данные в тексте
    #[command(subcommand)]
    Pii(pii::PiiCommand),
    /// Журнал
    #[command(subcommand)]
    Audit(audit::AuditCommand),
    /// Проверить настройки, ключи, базы и каналы, ничего не меняя
    Doctor,
    /// Ключи: сменить, напечатать лист восстановления, вернуть ключ по листу
    #[command(subcommand)]
    Keys(keys::KeysCommand),
    /// Стереть данные клиента навсегда и напечатать акт; программа при этом остановлена
    Erase {
        /// Код клиента, например К-0412
        code: String,
        /// Основание: withdrawal, request, purpose, unlawful, term или order
        ///
        /// withdrawal — отзыв согласия, request — требование человека, purpose — цель достигнута,
        /// unlawful — получены незаконно, term — истёк срок, order — предписание или суд.
        #[arg(long, verbatim_doc_comment)]
        reason: String,
    },
    /// Сотрудники: добавить, показать, выдать ссылку для входа, отключить
    #[command(subcommand)]
    Staff(staff::StaffCommand),
}

/// Does one act to its end, on this thread.
fn finish<T>(act: impl Future<Output = anyhow::Result<T>>) -> anyhow::Result<T> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(act)
}

/// Runs the program; gives its exit code.
pub fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let place = arguments.place;
    let done = match arguments.command {
        None => serve::run(&place, None, None),
        Some(Command::Serve {
            listen,
            accept_rollback,
        }) => serve::run(&place, listen, accept_rollback.as_deref()),
        Some(Command::Pii(command)) => pii::run(command, place.config.as_deref()),
        Some(Command::Audit(command)) => audit::run(&place, command),
        Some(Command::Doctor) => doctor::run(&place),
        Some(Command::Keys(command)) => keys::run(&place, command),
        Some(Command::Erase { code, reason }) => erase::run(&place, &code, &reason),
        Some(Command::Staff(command)) => staff::run(&place, command),
    };
    done.unwrap_or_else(|error| {
        words::complain(&error);
        code_of(&error)
    })
}

/// A journal that must not be served ends with the codes of `audit verify`: 2 damaged, 3 put back or replaced.
fn code_of(error: &anyhow::Error) -> ExitCode {
    let alarm = error
        .chain()
        .find_map(|cause| match cause.downcast_ref::<OpeningError>() {
            Some(OpeningError::Journal(alarm)) => Some(alarm),
            Some(_) | None => None,
        });
    match alarm {
        Some(crate::audit::Alarm::Damaged { .. }) => ExitCode::from(2),
        Some(crate::audit::Alarm::RolledBack { .. } | crate::audit::Alarm::ShortReason) => ExitCode::from(3),
        None => ExitCode::FAILURE,
    }
}

impl Place {
    /// Settings and secrets with the command line's own wishes on top.
    fn settings(&self) -> Result<(Settings, Secrets), settings::Error> {
        let (mut settings, secrets) = settings::load(self.config.as_deref())?;
        if let Some(data) = &self.data {
            settings.data.clone_from(data);
        }
        Ok((settings, secrets))
    }

    /// The same for a house that was opened before: a command must not found one because a path is mistyped.
    fn house(&self) -> anyhow::Result<(Settings, Secrets)> {
        let (settings, secrets) = self.settings()?;
        if !opening::is_there(&settings, &secrets)? {
            anyhow::bail!(words::no_data(settings.data_folder()));
        }
        Ok((settings, secrets))
    }
}
