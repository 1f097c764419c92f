//! `shirma keys`: exchanging keys, and the sheet on which the root key stands on paper.

use std::process::ExitCode;
use std::sync::Arc;

use clap::{Subcommand, ValueEnum};
use shirma_audit::{Actor, ActorKind};
use shirma_vault::KeyPurpose;

use super::{Place, key_words, words};
use crate::app::App;
use crate::{opening, rotation};

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
    let (settings, secrets) = place.settings()?;
    let KeysCommand::Rotate { key } = command;
    if !opening::is_there(&settings, &secrets)? {
        anyhow::bail!(words::no_data(settings.data_folder()));
    }
    let app = opening::open(settings, &secrets)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(rotate(&app, key))?;
    Ok(ExitCode::SUCCESS)
}

async fn rotate(app: &Arc<App>, key: Key) -> anyhow::Result<()> {
    let by = Actor::new(ActorKind::Cli, "console");
    match key.purpose() {
        None => match rotation::rotate_root(app, by).await {
            Err(rotation::RootError::NotAFile) => anyhow::bail!(key_words::root_is_not_ours()),
            Err(rotation::RootError::File(error)) => anyhow::bail!(key_words::root_file(&error)),
            Err(rotation::RootError::Fault(fault)) => return Err(fault.into()),
            Ok(()) => key_words::root_rotated(&app.settings.key_file()),
        },
        Some(purpose) => {
            rotation::request(app, purpose, by).await?;
            while rotation::step(app).await? {}
            key_words::rotated(app.vault.retiring().iter().any(|(other, _)| *other == purpose));
        }
    }
    app.data.close().await;
    app.vault.keys().close().await;
    Ok(())
}
