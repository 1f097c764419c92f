//! What the commands about keys and erasure say: Russian, what happened and what to do.

#![expect(clippy::print_stdout, reason = "the command line answers on stdout")]

use crate::erasure::{Certificate, ErasureError};
use crate::identifier::ClientCode;
use crate::vault::ErasureReason;

pub(super) fn no_code(given: &str) -> String {
    format!("«{given}» не код клиента. Код стоит в карточке, например К-0412.")
}

pub(super) fn no_reason(given: &str) -> String {
    let all: Vec<&str> = ErasureReason::ALL.into_iter().map(ErasureReason::as_str).collect();
    format!("Основания «{given}» нет. Бывают: {}.", all.join(", "))
}

pub(super) fn nobody(code: ClientCode) -> String {
    format!("Клиента {code} нет.")
}

pub(super) fn erased_before(code: ClientCode) -> String {
    format!("Клиент {code} уже стёрт.")
}

pub(super) fn certificate(certificate: &Certificate) {
    println!("{certificate}");
    eprintln!(
        "Клиент {} стёрт. Распечатайте акт, подпишите и храните три года.",
        certificate.code()
    );
}

/// Why an erasure did not come to its end.
pub(super) fn erasure_advice(error: &ErasureError) -> String {
    match error {
        ErasureError::Unknown => "Такого клиента нет.".to_owned(),
        ErasureError::Erased => "Этот клиент уже стёрт.".to_owned(),
        ErasureError::Fault(fault) => format!(
            "Стирание не доведено до конца (код {}). Запустите программу снова: она доведёт его сама.",
            fault.code()
        ),
        ErasureError::Ledger(error) => format!(
            "Список стёртых erasures.log не годится: {}. Верните его из последней копии; новее базы он быть может, чужим — нет.",
            match error {
                crate::erasure::LedgerError::File { .. } => "он не читается или не пишется".to_owned(),
                crate::erasure::LedgerError::Foreign { line, .. } => format!("строка {line} не от этих данных"),
            }
        ),
    }
}

/// Said when an older copy was brought back and people erased since were in it.
pub(super) fn closed_again(count: usize) {
    eprintln!("В данных нашлись стёртые клиенты: {count}. Их данные снова закрыты. Так бывает после возврата старой копии.");
}

pub(super) fn root_is_not_ours() -> String {
    "Главный ключ хранит не файл: его меняет тот, кто его хранит. Для смены переведите ключ в файл или оставьте прежний."
        .to_owned()
}

pub(super) fn root_file(error: &shirma_vault::Error) -> String {
    tracing::debug!(%error, "the root key stays");
    "Новый файл ключа не записывается или не встаёт на место. Проверьте носитель и место на нём и повторите. Данные открывает прежний ключ или, если смена успела пройти, новый: следующий запуск разберётся сам.".to_owned()
}

pub(super) fn root_rotated(path: &std::path::Path) {
    println!("Главный ключ сменён: {}.", path.display());
    eprintln!(
        "Прежний ключ больше ничего не открывает, кроме прежних копий keys.db: уничтожьте их. Сохраните копию нового файла и напечатайте новый лист восстановления: shirma keys recovery."
    );
}

pub(super) fn rotated(is_waiting: bool) {
    if is_waiting {
        println!("Ключ сменён. Прежний ещё нужен: указатель клиента обновится, когда он напишет в следующий раз.");
    } else {
        println!("Ключ сменён, прежний больше не нужен.");
    }
}
