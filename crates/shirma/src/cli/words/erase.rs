//! What erasing says.

use crate::erasure::{Certificate, ErasureError, LedgerError};
use crate::identifier::ClientCode;
use crate::vault::ErasureReason;

pub(in crate::cli) fn no_code(given: &str) -> String {
    format!("«{given}» не код клиента. Код стоит в карточке, например К-0412.")
}

pub(in crate::cli) fn no_reason(given: &str) -> String {
    let all: Vec<&str> = ErasureReason::ALL.into_iter().map(ErasureReason::as_str).collect();
    format!("Основания «{given}» нет. Бывают: {}.", all.join(", "))
}

pub(in crate::cli) fn nobody(code: ClientCode) -> String {
    format!("Клиента {code} нет.")
}

pub(in crate::cli) fn erased_before(code: ClientCode) -> String {
    format!("Клиент {code} уже стёрт.")
}

pub(in crate::cli) fn certificate(certificate: &Certificate) {
    println!("{certificate}");
    eprintln!(
        "Клиент {} стёрт. Распечатайте акт, подпишите и храните три года.",
        certificate.code()
    );
}

/// Why an erasure did not come to its end.
pub(in crate::cli) fn advice(error: &ErasureError) -> String {
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
                LedgerError::File { .. } => "он не читается или не пишется".to_owned(),
                LedgerError::Foreign { line, .. } => format!("строка {line} не от этих данных"),
            }
        ),
    }
}

/// Said when an older copy was brought back and people erased since were in it.
pub(in crate::cli) fn closed_again(count: usize) {
    eprintln!(
        "В данных нашлись стёртые клиенты: {count}. Их данные снова закрыты. Так бывает после возврата старой копии."
    );
}
