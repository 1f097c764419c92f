//! `shirma audit verify`.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context;
use clap::Subcommand;
use shirma_audit::{Actor, ActorKind, NamedNote, Object};
use shirma_store::{Error, Store};
use shirma_vault::{Entropy, SystemEntropy};

use super::{Place, words};
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
    },
}

pub(super) fn run(place: &Place, command: AuditCommand) -> anyhow::Result<ExitCode> {
    let AuditCommand::Verify { anchors } = command;
    let (settings, secrets) = place.settings()?;
    if !opening::is_there(&settings, &secrets)? {
        anyhow::bail!(words::no_data(settings.data_folder()));
    }
    let anchors = anchors.map(|folder| notes(&folder)).transpose()?.unwrap_or_default();
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let entropy: Arc<dyn Entropy> = Arc::new(SystemEntropy);
    let (data, vault) = opening::open_stores(&settings, &secrets, &clock, &entropy)?;
    let report = audit::verify(&data, &vault, anchors, clock.now_ms())?;
    words::verified(&report);
    // A leaf on a broken journal would only hide where it broke; one that cannot be written changes no verdict.
    if report.exit_code() == 0 && note(&data, clock.now_ms()).is_err() {
        words::check_not_noted();
    }
    Ok(ExitCode::from(report.exit_code()))
}

/// Leaves the check in the journal, so that the desk can show when it was.
fn note(data: &Store, now_ms: i64) -> Result<(), Error> {
    let leaf = audit::leaf(
        now_ms,
        Actor::new(ActorKind::Cli, "audit"),
        audit::VERIFY,
        Object::new("installation", "1"),
    );
    data.write_blocking(move |tx| tx.append(&leaf).map(drop))
}

fn notes(folder: &Path) -> anyhow::Result<Vec<NamedNote>> {
    let entries = std::fs::read_dir(folder).with_context(|| words::no_folder(folder))?;
    let mut notes = Vec::new();
    for entry in entries {
        let path = entry?.path();
        if path.is_file() {
            let text = std::fs::read_to_string(&path).with_context(|| words::no_folder(&path))?;
            notes.push(NamedNote {
                name: path.display().to_string(),
                text,
            });
        }
    }
    Ok(notes)
}
