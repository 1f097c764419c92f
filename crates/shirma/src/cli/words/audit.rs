//! What the commands about the journal say.

use std::path::Path;

use shirma_audit::{Checkpoint, Report, Verdict};

use super::io_reason;
use crate::audit::ExportError;

pub(in crate::cli) fn no_folder(path: &Path) -> String {
    format!("«{}» не читается. Проверьте путь.", path.display())
}

pub(in crate::cli) fn verified(report: &Report) {
    println!(
        "{} Записей: {}, отметок сошлось: {}, из них у других: {}, корень {}.",
        found(report.verdict()),
        report.rows,
        report.checkpoints_matched + report.anchors_matched,
        report.anchors_matched,
        report.root
    );
    for verdict in report.findings.iter().skip(1).take(MAX_FINDINGS) {
        println!("Ещё: {}", found(verdict));
    }
}

/// Findings told beside the gravest one.
const MAX_FINDINGS: usize = 20;

fn found(verdict: &Verdict) -> String {
    match verdict {
        Verdict::Fine => "Журнал цел.".to_owned(),
        Verdict::Altered {
            first_bad_seq,
            exact: true,
        } => {
            format!("Журнал нарушен: запись № {first_bad_seq} изменена, пропала или стоит не на месте.")
        }
        Verdict::Altered {
            first_bad_seq,
            exact: false,
        } => {
            format!("Журнал нарушен: что-то изменено начиная с записи № {first_bad_seq} или позже.")
        }
        Verdict::Fork { note, size } => format!(
            "Журнал не продолжает свою отметку: его подменили или откатили назад. Отметка «{note}» на {size} записей."
        ),
        Verdict::AnchorGap { from_seq, gap_ms } => format!(
            "Журнал цел, но отметок у других давно не было: с записи № {from_seq} прошло дней: {}.",
            gap_ms / crate::clock::DAY_MS
        ),
        Verdict::BadSignature { note } => {
            format!("Отметка журнала подписана чужим ключом или испорчена: «{note}».")
        }
    }
}

pub(in crate::cli) fn no_public_key(given: &str) -> String {
    format!(
        "«{given}» не открытый ключ и не файл с ним. Нужна строка вида shirma/…+1a2b3c4d+AQ…, она есть в файле key после shirma audit export."
    )
}

pub(in crate::cli) fn exported(checkpoint: &Checkpoint, files: usize, folder: &Path) {
    println!(
        "Журнал выгружен в «{}»: записей {}, новых файлов {files}. Проверить без Ширмы: python3 docs/audit/verify.py ПАПКА",
        folder.display(),
        checkpoint.size
    );
}

pub(in crate::cli) fn not_exported(error: &ExportError) -> String {
    match error {
        ExportError::Foreign { path } => format!(
            "«{}» — от другого журнала или от его другой истории. Ничего не изменено. Выгрузите в другую папку.",
            path.display()
        ),
        ExportError::File { path, source } => {
            format!(
                "«{}»: {}. Освободите место или выберите другую папку и повторите.",
                path.display(),
                io_reason(source.kind())
            )
        }
        ExportError::Empty => "В журнале ещё нет записей.".to_owned(),
        ExportError::Fault(fault) => format!(
            "Журнал не выгружен (код {}). Проверьте его: shirma audit verify",
            fault.code()
        ),
    }
}

/// The check stands, its record does not.
pub(in crate::cli) fn check_not_noted() {
    eprintln!("Отметка о проверке в журнал не записана: папка данных не принимает записей.");
}
