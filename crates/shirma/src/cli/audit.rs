//! `shirma audit verify` and `shirma audit export`.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context;
use clap::Subcommand;
use shirma_audit::{Actor, ActorKind, KnownKey, NamedNote};
use shirma_store::{Error, Store};
use shirma_vault::{Entropy, SystemEntropy};

use super::Place;
use super::words::audit as words;
use crate::clock::{Clock, SystemClock};
use crate::{audit, opening};

/// What is done with the journal.
#[derive(Subcommand)]
pub(super) enum AuditCommand {
    /// Пересчитать весь журнал
    ///
    /// Коды выхода:
    ///   0  журнал цел
    ///   1  посмотреть не удалось
    ///   2  запись изменена, пропала или стоит не на месте
    ///   3  журнал подменили или откатили назад
    ///   4  цел, но отметки у других давно не было
    ///   5  отметка подписана чужим ключом
    #[command(verbatim_doc_comment)]
    Verify {
        /// Папка с отметками, которые хранят другие
        #[arg(long, value_name = "DIR")]
        anchors: Option<PathBuf>,
        /// Открытый ключ, который вы храните сами: строка вида имя+номер+ключ или файл с ней; тогда ключи программы не нужны
        #[arg(long = "pub", value_name = "KEY")]
        public_key: Option<String>,
    },
    /// Выгрузить журнал файлами для сторонней проверки: docs/audit/verify.py или любая программа для C2SP tlog-tiles
    Export {
        /// Папка; выгружать в неё можно много раз, дописывается только новое
        #[arg(long, value_name = "DIR")]
        tiles: PathBuf,
    },
}

pub(super) fn run(place: &Place, command: AuditCommand) -> anyhow::Result<ExitCode> {
    let (settings, secrets) = place.house()?;
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let entropy: Arc<dyn Entropy> = Arc::new(SystemEntropy);
    match command {
        AuditCommand::Verify { anchors, public_key } => {
            let anchors = anchors.map(|folder| notes(&folder)).transpose()?.unwrap_or_default();
            let (data, trust) = match public_key {
                Some(key) => (
                    opening::open_data(&settings, &secrets)?,
                    audit::Trust::of_key(known_key(&key)?),
                ),
                None => {
                    let (data, vault) = opening::open_stores(&settings, &secrets, &clock, &entropy)?;
                    let trust = audit::Trust::of(&vault);
                    (data, trust)
                }
            };
            let report = audit::verify(&data, trust, anchors, clock.now_ms())?;
            words::verified(&report);
            // A leaf on a broken journal would only hide where it broke; one that cannot be written changes no verdict.
            if report.exit_code() == 0 && note(&data, clock.now_ms()).is_err() {
                words::check_not_noted();
            }
            Ok(ExitCode::from(report.exit_code()))
        }
        AuditCommand::Export { tiles } => {
            let (data, vault) = opening::open_stores(&settings, &secrets, &clock, &entropy)?;
            match audit::export(&data, &vault, clock.now_ms(), &tiles) {
                Ok((checkpoint, files)) => {
                    words::exported(&checkpoint, files, &tiles);
                    Ok(ExitCode::SUCCESS)
                }
                Err(error) => Err(anyhow::anyhow!(words::not_exported(&error))),
            }
        }
    }
}

/// A key as it was written down, or a file with it.
fn known_key(given: &str) -> anyhow::Result<KnownKey> {
    let text = match KnownKey::parse(given) {
        Ok(key) => return Ok(key),
        Err(_) => std::fs::read_to_string(given).unwrap_or_default(),
    };
    KnownKey::parse(text.lines().next().unwrap_or_default()).map_err(|_| anyhow::anyhow!(words::no_public_key(given)))
}

/// Leaves the check in the journal, so that the desk can show when it was.
fn note(data: &Store, now_ms: i64) -> Result<(), Error> {
    let leaf = audit::leaf(
        now_ms,
        Actor::new(ActorKind::Cli, "audit"),
        audit::VERIFY,
        audit::house(),
    );
    data.write_blocking(move |tx| tx.append(&leaf).map(drop))
}

/// All notes of a folder, also those inside a saved message. Hidden files are the system's own.
fn notes(folder: &Path) -> anyhow::Result<Vec<NamedNote>> {
    let entries = std::fs::read_dir(folder).with_context(|| words::no_folder(folder))?;
    let mut notes = Vec::new();
    for entry in entries {
        let path = entry?.path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if !path.is_file() || name.starts_with('.') || name.ends_with(".part") {
            continue;
        }
        let bytes = std::fs::read(&path).with_context(|| words::no_folder(&path))?;
        let text = String::from_utf8_lossy(&bytes).into_owned();
        notes.push(NamedNote {
            name: path.display().to_string(),
            text: audit::anchor::note_in(&text).unwrap_or(text),
        });
    }
    Ok(notes)
}
