//! What the commands about keys say.

use std::path::Path;

use shirma_vault::{SHEET_WORDS, SecretString, SheetProblem};

pub(in crate::cli) fn root_is_not_ours() -> String {
    "Главный ключ хранит не файл: его меняет тот, кто его хранит. Для смены переведите ключ в файл или оставьте прежний."
        .to_owned()
}

pub(in crate::cli) fn root_file(error: &shirma_vault::Error) -> String {
    tracing::debug!(%error, "the root key stays");
    "Новый файл ключа не записывается или не встаёт на место. Проверьте носитель и место на нём и повторите. Данные открывает прежний ключ или, если смена успела пройти, новый: следующий запуск разберётся сам.".to_owned()
}

pub(in crate::cli) fn root_rotated(path: &Path) {
    println!("Главный ключ сменён: {}.", path.display());
    eprintln!(
        "Прежний ключ больше ничего не открывает, кроме прежних копий keys.db: уничтожьте их. Сохраните копию нового файла и напечатайте новый лист восстановления: shirma keys recovery."
    );
}

pub(in crate::cli) fn rotated(is_waiting: bool) {
    if is_waiting {
        println!("Ключ сменён. Прежний ещё нужен: указатель клиента обновится, когда он напишет в следующий раз.");
    } else {
        println!("Ключ сменён, прежний больше не нужен.");
    }
}

/// The sheet itself, for paper. Nothing else goes to stdout.
pub(in crate::cli) fn sheet(installation: &str, today: jiff::civil::Date, words: &[SecretString]) {
    /// So many words fit into a line that is read out in one breath.
    const IN_A_LINE: usize = 4;
    println!("ШИРМА: ЛИСТ ВОССТАНОВЛЕНИЯ ГЛАВНОГО КЛЮЧА");
    println!("Данные {installation}, напечатан {}\n", today.strftime("%d.%m.%Y"));
    for (line, row) in words.chunks(IN_A_LINE).enumerate() {
        let numbered = row.iter().enumerate();
        let numbered = numbered.map(|(place, word)| format!("{:>2}. {}", line * IN_A_LINE + place + 1, word.expose()));
        println!("{}", numbered.collect::<Vec<_>>().join("   "));
    }
    println!("\nКто держит этот лист, открывает все данные. Храните его в сейфе, не фотографируйте и не пересылайте.");
    println!("Вернуть ключ: shirma keys restore-root, затем ввести слова по порядку.");
}

pub(in crate::cli) fn ask_word(number: usize) {
    eprintln!("Лист на бумаге? Введите с него слово № {number}:");
}

pub(in crate::cli) fn another_word(number: usize) -> String {
    format!("Слово № {number} не сошлось. Сверьте лист с тем, что напечатано, и повторите: shirma keys recovery.")
}

pub(in crate::cli) fn sheet_checked() {
    eprintln!("Лист сверен. Уберите его в сейф и закройте окно, где он напечатан.");
}

pub(in crate::cli) fn passphrase_is_the_sheet() {
    println!(
        "Главный ключ здесь — ваш пароль: листом восстановления служит он сам. Запишите его на бумаге и уберите в сейф."
    );
}

pub(in crate::cli) fn restore_needs_a_file() -> String {
    "По листу восстанавливают файл ключа. Поставьте keys.source = \"file\" и повторите.".to_owned()
}

pub(in crate::cli) fn key_is_there(path: &Path) -> String {
    format!(
        "Файл ключа {} уже есть, я его не трогаю. Уберите его в другое место и повторите.",
        path.display()
    )
}

pub(in crate::cli) fn ask_sheet() {
    eprintln!("Введите слова с листа по порядку, в конце нажмите Ctrl+D:");
}

pub(in crate::cli) fn sheet_problem(problem: SheetProblem) -> String {
    match problem {
        SheetProblem::Count { found } => format!("Слов {found}, а на листе их {SHEET_WORDS}. Введите все."),
        SheetProblem::Word { number } => {
            format!("В слове № {number} ошибка. Сверьте его с листом и введите все заново.")
        }
        SheetProblem::Together => {
            "Каждое слово похоже на верное, а вместе они не ключ: одно из них прочитано не так. Сверьте все с листом."
                .to_owned()
        }
    }
}

pub(in crate::cli) fn sheet_of_others() -> String {
    "Слова верные, но лист не от этих данных или напечатан до смены ключа. Ничего не изменено. Найдите последний лист."
        .to_owned()
}

pub(in crate::cli) fn restored(path: &Path) {
    println!("Ключ возвращён: {}. Запустите программу.", path.display());
}

/// Said at the first start.
pub(in crate::cli) fn sheet_hint() {
    eprintln!(
        "Без главного ключа данные не открыть никому. Остановите программу и напечатайте его на бумаге: shirma keys recovery."
    );
}
