//! What the command line says to the owner: Russian, what happened and what to do. Never a value of a client.

#![expect(clippy::print_stdout, reason = "the command line answers on stdout")]

pub(super) mod audit;
pub(super) mod erase;
pub(super) mod keys;
pub(super) mod opening;
pub(super) mod staff;

use std::path::Path;

use crate::app::Fault;
use crate::erasure::ErasureError;
use crate::opening::OpeningError;

/// The one line of the first start.
pub(super) fn ready(address: &str, link: Option<&str>) {
    match link {
        Some(link) => println!("Ширма работает. Войти (ссылка на один раз): {address}/sign-in/{link}"),
        None => println!("Ширма работает. Вход: {address}/sign-in"),
    }
}

pub(super) fn stopping() {
    eprintln!("Заканчиваю начатое и останавливаюсь.");
}

pub(super) fn listen(given: &str) -> String {
    format!("«{given}» не адрес. Напишите, например, --listen 127.0.0.1:8787.")
}

pub(super) fn port(given: &str) -> String {
    format!(
        "Адрес {given} занят или недоступен. Остановите программу, которая его держит, или выберите другой: --listen 127.0.0.1:8788."
    )
}

pub(super) fn no_data(path: &Path) -> String {
    format!(
        "Данных Ширмы в «{}» ещё нет. Укажите папку данных после --data или сначала запустите программу: shirma",
        path.display()
    )
}

/// Tells an error and what to do about it; the technical chain goes to the log for whoever mends the program.
pub(super) fn complain(error: &anyhow::Error) {
    tracing::debug!(chain = format!("{error:#}"), "the command failed");
    let advice = error.chain().find_map(|cause| {
        if let Some(opening) = cause.downcast_ref::<OpeningError>() {
            return Some(opening::advice(opening));
        }
        if let Some(erasure) = cause.downcast_ref::<ErasureError>() {
            return Some(erase::advice(erasure));
        }
        cause.downcast_ref::<Fault>().map(|fault| {
            format!(
                "Действие не выполнено (код {}). Ничего не изменилось; попробуйте ещё раз.",
                fault.code()
            )
        })
    });
    match advice {
        Some(advice) => eprintln!("{advice}"),
        None => eprintln!("{}", causes(error)),
    }
}

/// The whole chain in Russian: what the system says of files is put into words.
fn causes(error: &anyhow::Error) -> String {
    let causes = error.chain().map(|cause| match cause.downcast_ref::<std::io::Error>() {
        Some(failed) => io_reason(failed.kind()).to_owned(),
        None => cause.to_string(),
    });
    causes.collect::<Vec<_>>().join(": ")
}

/// Why a file or folder could not be used.
pub(super) fn io_reason(kind: std::io::ErrorKind) -> &'static str {
    use std::io::ErrorKind;
    match kind {
        ErrorKind::NotFound => "такого файла или папки нет",
        ErrorKind::PermissionDenied => "нет прав",
        ErrorKind::AlreadyExists => "уже есть",
        ErrorKind::IsADirectory => "это папка, а нужен файл",
        ErrorKind::NotADirectory => "это не папка",
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "нет места на диске",
        ErrorKind::ReadOnlyFilesystem => "диск закрыт для записи",
        ErrorKind::FileTooLarge => "файл слишком велик",
        _ => "чтение или запись не удались",
    }
}

/// How a line of `shirma doctor` stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    /// As it should be.
    Fine,
    /// It works, and the owner should know.
    Note,
    /// It does not work.
    Fault,
}

/// One line of `shirma doctor`.
pub(super) fn checked(mark: Mark, what: &str) {
    let sign = match mark {
        Mark::Fine => '✓',
        Mark::Note => '!',
        Mark::Fault => '✗',
    };
    println!("{sign} {what}");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_not_there_is_told_in_russian() {
        let failed = std::fs::read("no such file").expect_err("it is not there");
        let error = anyhow::Error::new(failed).context("чтение файла x");
        assert_eq!(causes(&error), "чтение файла x: такого файла или папки нет");
    }
}
