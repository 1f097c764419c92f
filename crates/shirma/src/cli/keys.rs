//! `shirma keys`: exchanging keys, and the sheet on which the root key stands on paper.

use std::io::Read as _;
use std::process::ExitCode;
use std::sync::Arc;

use clap::{Subcommand, ValueEnum};
use shirma_audit::Object;
use shirma_vault::{FileKey, KeyPurpose, RootKey, SHEET_WORDS, SheetProblem, SystemEntropy, is_same_word};

use super::words::keys as words;
use super::{Place, finish};
use crate::app::{App, Fault};
use crate::settings::{KeysSource, Secrets, Settings};
use crate::{audit, opening, rotation};

/// What is done with keys.
#[derive(Subcommand)]
pub(super) enum KeysCommand {
    /// Сменить ключ; программа при этом остановлена
    ///
    /// Раз в год ключи меняются сами, при работающей программе. Эта команда — когда есть подозрение.
    Rotate {
        /// Какой ключ
        #[arg(value_enum)]
        key: Key,
    },
    /// Напечатать лист восстановления главного ключа и сверить два слова с него
    ///
    /// Лист печатается в вывод программы: shirma keys recovery | lp. Храните его в сейфе: кто держит лист, открывает всё.
    Recovery,
    /// Вернуть файл главного ключа по листу: слова читаются из ввода
    #[command(name = "restore-root")]
    Restore,
}

/// Keys that an owner may exchange.
#[derive(Clone, Copy, ValueEnum)]
pub(super) enum Key {
    /// Главный ключ: файл keys.file
    Root,
    /// Ключ, под которым лежат ключи клиентов
    General,
    /// То же для защищённого раздела
    Medical,
    /// Ключ имён сотрудников
    Installation,
    /// Ключ подписи журнала
    Audit,
    /// Секрет указателей для поиска
    Derivation,
}

impl Key {
    fn purpose(self) -> Option<KeyPurpose> {
        match self {
            Key::Root => None,
            Key::General => Some(KeyPurpose::General),
            Key::Medical => Some(KeyPurpose::Medical),
            Key::Installation => Some(KeyPurpose::Installation),
            Key::Audit => Some(KeyPurpose::Audit),
            Key::Derivation => Some(KeyPurpose::Derivation),
        }
    }
}

pub(super) fn run(place: &Place, command: KeysCommand) -> anyhow::Result<ExitCode> {
    match command {
        KeysCommand::Rotate { key } => {
            let (settings, secrets) = place.house()?;
            let app = opening::open(settings, &secrets)?;
            finish(rotate(&app, key))?;
            Ok(ExitCode::SUCCESS)
        }
        KeysCommand::Recovery => {
            let (settings, secrets) = place.house()?;
            let Some(root) = opening::root_key(&settings, &secrets, &SystemEntropy)? else {
                words::passphrase_is_the_sheet();
                return Ok(ExitCode::SUCCESS);
            };
            let app = opening::open(settings, &secrets)?;
            recovery(&app, &root)
        }
        KeysCommand::Restore => {
            let (settings, secrets) = place.settings()?;
            restore(&settings, &secrets)
        }
    }
}

/// Prints the sheet and asks two of its words back: who can answer has it on paper.
fn recovery(app: &App, root: &RootKey) -> anyhow::Result<ExitCode> {
    let sheet = root.to_words();
    words::sheet(app.vault.keyring().installation(), app.local_now().date(), &sheet);
    let first = usize::try_from(app.random() % SHEET_WORDS as u64)?;
    let second = (first + 1 + usize::try_from(app.random() % (SHEET_WORDS as u64 - 1))?) % SHEET_WORDS;
    for place in [first, second] {
        words::ask_word(place + 1);
        let mut typed = String::new();
        std::io::stdin().read_line(&mut typed)?;
        if !is_same_word(&sheet[place], &typed) {
            anyhow::bail!(words::another_word(place + 1));
        }
    }
    note(app, "checked")?;
    app.vault.note_sheet()?;
    words::sheet_checked();
    Ok(ExitCode::SUCCESS)
}

/// Reads a sheet and writes the key file, where there is none.
fn restore(settings: &Settings, secrets: &Secrets) -> anyhow::Result<ExitCode> {
    if settings.keys.source != KeysSource::File {
        anyhow::bail!(words::restore_needs_a_file());
    }
    if FileKey::new(settings.key_file()).is_there() {
        anyhow::bail!(words::key_is_there(&settings.key_file()));
    }
    words::ask_sheet();
    let mut text = String::new();
    std::io::stdin()
        .lock()
        .take(MAX_SHEET_BYTES)
        .read_to_string(&mut text)?;
    let key = match RootKey::from_words(&text) {
        Ok(Ok(key)) => key,
        Ok(Err(problem)) => anyhow::bail!(words::sheet_problem(problem)),
        Err(_) => anyhow::bail!(words::sheet_problem(SheetProblem::Together)),
    };
    if !opening::restore_root(settings, secrets, &key)? {
        anyhow::bail!(words::sheet_of_others());
    }
    words::restored(&settings.key_file());
    if opening::is_there(settings, secrets)? {
        let app = opening::open(settings.clone(), secrets)?;
        note(&app, "restored")?;
    }
    Ok(ExitCode::SUCCESS)
}

fn note(app: &App, what: &'static str) -> Result<(), Fault> {
    let key = Object::new("key", "root");
    let leaf = audit::leaf(app.now_ms(), audit::console(), audit::RECOVERY_SHEET, key).with_purpose(what);
    Ok(app.data.write_blocking(move |tx| tx.append(&leaf).map(drop))?)
}

/// Longest input that is read as a sheet.
const MAX_SHEET_BYTES: u64 = 16 * 1024;

async fn rotate(app: &Arc<App>, key: Key) -> anyhow::Result<()> {
    let by = audit::console();
    match key.purpose() {
        None => match rotation::rotate_root(app, by).await {
            Err(rotation::RootError::NotAFile) => anyhow::bail!(words::root_is_not_ours()),
            Err(rotation::RootError::File(error)) => anyhow::bail!(words::root_file(&error)),
            Err(rotation::RootError::Fault(fault)) => return Err(fault.into()),
            Ok(()) => words::root_rotated(&app.settings.key_file()),
        },
        Some(purpose) => {
            rotation::request(app, purpose, by).await?;
            while rotation::step(app).await? {}
            words::rotated(app.vault.retiring().iter().any(|(other, _)| *other == purpose));
        }
    }
    app.close().await;
    Ok(())
}
