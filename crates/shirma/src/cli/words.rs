//! What the command line says to the owner: Russian, what happened and what to do. Never a value of a client.

#![expect(clippy::print_stdout, reason = "the command line answers on stdout")]

use std::io::IsTerminal as _;
use std::path::Path;

use shirma_audit::{Report, Verdict};

use crate::access::Member;
use crate::app::App;
use crate::opening::{KeyServerError, OpeningError};
use crate::settings::{KeysSource, ROOT_KEY_VARIABLE};
use crate::vault::SetupError;

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

pub(super) fn no_folder(path: &Path) -> String {
    format!("«{}» не читается. Проверьте путь.", path.display())
}

pub(super) fn no_role(role: &str) -> String {
    format!("Роли «{role}» нет. Бывают: owner, manager, administrator, master, doctor, data_officer, auditor.")
}

pub(super) fn no_day(day: &str) -> String {
    format!("«{day}» — не день. Напишите так: 2026-12-31.")
}

pub(super) fn needs_end(login: &str) -> String {
    format!(
        "Проверяющий приходит на время. Укажите последний день: shirma staff add {login} --role auditor --until 2026-12-31."
    )
}

pub(super) fn no_staff(login: &str) -> String {
    format!("Сотрудника «{login}» нет. Посмотрите список: shirma staff list.")
}

pub(super) fn last_owner(login: &str) -> String {
    format!(
        "«{login}» — единственный владелец, без него некому управлять. Сначала добавьте другого: \
         shirma staff add ИМЯ --role owner."
    )
}

pub(super) fn login_taken(login: &str) -> String {
    format!("Имя для входа «{login}» занято, отключённые сотрудники его тоже держат. Выберите другое.")
}

pub(super) fn no_login(login: &str) -> String {
    format!("«{login}» не годится для входа. Нужны буквы одного алфавита и цифры, например olga или ольга.")
}

pub(super) fn disabled_login(login: &str) -> String {
    format!("Сотрудник «{login}» отключён, включить обратно нельзя. Добавьте его под новым именем: shirma staff add.")
}

pub(super) fn staff_link(login: &str, address: &str, link: &str) {
    println!("Ссылка для «{login}» на один раз, на 15 минут; прежняя больше не действует: {address}/sign-in/{link}");
    show_picture(&format!("{address}/sign-in/{link}"));
}

pub(super) fn staff_added(login: &str, address: &str, link: &str) {
    println!("Сотрудник «{login}» добавлен. Ссылка для входа на один раз: {address}/sign-in/{link}");
    show_picture(&format!("{address}/sign-in/{link}"));
}

/// The link for the camera of a telephone, where somebody looks at the screen.
fn show_picture(link: &str) {
    if std::io::stdout().is_terminal() {
        print!("{}", crate::qr::terminal(link));
    }
}

pub(super) fn code_forgotten(login: &str) {
    println!(
        "Второй шаг входа для «{login}» отключён, его входы завершены. Новый он настроит, когда войдёт с паролем."
    );
}

pub(super) fn no_code(login: &str) -> String {
    format!("У сотрудника «{login}» второй шаг входа не включён: отключать нечего.")
}

pub(super) fn staff_disabled(login: &str) {
    println!("Сотрудник «{login}» отключён.");
}

pub(super) fn staff_list(members: &[Member]) {
    for member in members {
        let state = match (member.disabled, member.invited) {
            (true, _) => "отключён",
            (false, true) => "ещё не входил",
            (false, false) => "работает",
        };
        println!("{}\t{}\t{state}", member.login, member.role.as_str());
    }
}

/// Says once a start that a key beside the data protects from nobody who takes the disk.
pub(super) fn warn_about_keys(app: &App) {
    if app.settings.keys.source == KeysSource::Env {
        eprintln!(
            "{}: ключ лежит в переменной {ROOT_KEY_VARIABLE}. Её видит каждый, кто видит этот процесс, и она остаётся в нём до конца. \
             Так можно только пробовать, без настоящих клиентов.",
            red("Внимание")
        );
    }
    if app.settings.keys.source != KeysSource::File {
        return;
    }
    let key = shirma_vault::FileKey::new(app.settings.key_file());
    if !matches!(key.is_apart_from(app.settings.data_folder()), Ok(true)) {
        eprintln!(
            "Внимание: ключ лежит на том же диске, что и данные, и не защищает от кражи диска. \
             Перенесите {} на флешку и укажите её в keys.file или перейдите на пароль (keys.source = \"passphrase\").",
            app.settings.key_file().display()
        );
    }
}

/// In red on a terminal that wants colour.
fn red(word: &str) -> String {
    use std::io::IsTerminal as _;
    if std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none() {
        format!("\x1b[1;31m{word}\x1b[0m")
    } else {
        word.to_owned()
    }
}

pub(super) fn verified(report: &Report) {
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

pub(super) fn no_public_key(given: &str) -> String {
    format!(
        "«{given}» не открытый ключ и не файл с ним. Нужна строка вида shirma/…+1a2b3c4d+AQ…, она есть в файле key после shirma audit export."
    )
}

pub(super) fn exported(checkpoint: &shirma_audit::Checkpoint, files: usize, folder: &Path) {
    println!(
        "Журнал выгружен в «{}»: записей {}, новых файлов {files}. Проверить без Ширмы: python3 docs/audit/verify.py ПАПКА",
        folder.display(),
        checkpoint.size
    );
}

pub(super) fn not_exported(error: &crate::audit::ExportError) -> String {
    use crate::audit::ExportError;
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

/// Why the program does not start on this journal.
fn alarm(alarm: &crate::audit::Alarm) -> String {
    use crate::audit::Alarm;
    match alarm {
        Alarm::Damaged { what } => format!(
            "Журнал повреждён ({what}), Ширма не запускается. Посмотрите, что случилось: shirma audit verify. Затем восстановите базу из копии."
        ),
        Alarm::RolledBack { note, copied, size } => format!(
            "Журнал не продолжает отметку «{note}»: в ней {copied} записей, в базе {size}. Базу вернули в прежнее состояние или подменили, \
             и Ширма не запускается. Если базу восстановили вы сами, запустите один раз: shirma serve --accept-rollback \"ПРИЧИНА\". \
             Причина останется в журнале. Если не вы — ничего не запускайте и сохраните отметку и обе базы."
        ),
        Alarm::ShortReason => format!(
            "Причина слишком короткая: нужно не меньше {} знаков, чтобы её понял и другой.",
            crate::audit::MIN_REASON_CHARS
        ),
    }
}

/// The check stands, its record does not.
pub(super) fn check_not_noted() {
    eprintln!("Отметка о проверке в журнал не записана: папка данных не принимает записей.");
}

/// Tells an error and what to do about it; the technical chain goes to the log for whoever mends the program.
pub(super) fn complain(error: &anyhow::Error) {
    tracing::debug!(chain = format!("{error:#}"), "the command failed");
    let advice = error.chain().find_map(|cause| {
        if let Some(opening) = cause.downcast_ref::<OpeningError>() {
            return Some(opening_advice(opening));
        }
        if let Some(erasure) = cause.downcast_ref::<crate::erasure::ErasureError>() {
            return Some(super::keys::words::erasure_advice(erasure));
        }
        cause.downcast_ref::<crate::app::Fault>().map(|fault| {
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

pub(super) fn opening_advice(error: &OpeningError) -> String {
    use shirma_store::Error as StoreError;
    match error {
        OpeningError::Folder { path, .. } => {
            format!("Папка или файл «{}» недоступны. Проверьте права и свободное место.", path.display())
        }
        OpeningError::Store(StoreError::InUse { .. }) => {
            "Эти данные уже открыты другой Ширмой. Остановите её и повторите.".to_owned()
        }
        OpeningError::Store(StoreError::NewerSchema { .. }) => {
            "База записана более новой версией Ширмы. Запустите её или возьмите копию базы прежней версии.".to_owned()
        }
        OpeningError::Store(error) => store_advice(error),
        OpeningError::Vault(SetupError::DataWithoutKeys) => {
            "Данные есть, а базы ключей нет. Верните keys.db из копии: новый ключ старых данных не откроет, и я его не создаю.".to_owned()
        }
        OpeningError::Vault(SetupError::OtherInstallation) => {
            "Ключи открываются, но они от других данных: keys.db и data.db не из одной пары. Ничего не изменено. Верните keys.db из копии этих же данных.".to_owned()
        }
        OpeningError::Vault(error) => {
            let (what, todo) = vault_reason(error);
            format!("Сейф не открывается: {what}. Ничего не изменено. {todo}")
        }
        OpeningError::KeyServer(error) => key_server_advice(error),
        OpeningError::NoCredentials => {
            "Ключ должен дать systemd (keys.source = \"credential\"), а программа запущена без него. Запустите службу: systemctl start shirma. \
             В её файле нужна строка LoadCredentialEncrypted=ИМЯ:ПУТЬ, где ИМЯ — из keys.credential.".to_owned()
        }
        OpeningError::NoVariable(name) => {
            format!("Переменной {name} нет. Задайте её перед запуском или выберите другой источник ключа в keys.source.")
        }
        OpeningError::Base(error) => error.to_string(),
        OpeningError::Outside(what) => format!("Канал или модель настроены неверно: {what}"),
        OpeningError::Fault(fault) => format!("Первая запись не удалась (код {}). Запустите shirma doctor.", fault.code()),
        OpeningError::Journal(found) => alarm(found),
        OpeningError::Secret(name) => {
            format!("В файле секретов нет ключа «{name}». Допишите его или измените настройки.")
        }
    }
}

/// PostgreSQL's own codes for what an owner mends himself.
const WRONG_PASSWORD: [&str; 2] = ["28P01", "28000"];
const NO_DATABASE: &str = "3D000";
const NO_RIGHT: &str = "42501";

fn store_advice(error: &shirma_store::Error) -> String {
    use shirma_store::Error as StoreError;
    match error {
        StoreError::Unreachable { code: None } => {
            "Сервер PostgreSQL не отвечает. Запустите его и проверьте адреса storage.data_url и storage.keys_url в файле секретов.".to_owned()
        }
        StoreError::Unreachable { code: Some(code) } if WRONG_PASSWORD.contains(&code.as_str()) => {
            "PostgreSQL не пустил: проверьте имя и пароль в storage.data_url и storage.keys_url.".to_owned()
        }
        StoreError::Unreachable { code: Some(code) } if code == NO_DATABASE => {
            "Такой базы в PostgreSQL нет. Создайте обе базы (README, раздел PostgreSQL) или исправьте адреса в файле секретов.".to_owned()
        }
        StoreError::Unreachable { code: Some(code) } => {
            format!("PostgreSQL отказал в соединении (код {code}). Проверьте адреса в файле секретов и журнал сервера.")
        }
        StoreError::Statement { code, .. } if code == NO_RIGHT => {
            "У пользователя PostgreSQL нет права создать схему в базе. Сделайте его владельцем базы: alter database … owner to ….".to_owned()
        }
        StoreError::CannotOpen { path } => format!(
            "Файл «{}» не открывается. Проверьте права на папку данных и свободное место.",
            path.display()
        ),
        StoreError::Unsupported { what } if what.contains("another machine") => {
            "PostgreSQL на другой машине, а соединение с ним не шифруется. Поставьте его на эту машину или проложите туннель.".to_owned()
        }
        StoreError::Unsupported { what } if what.contains("address") => {
            "Адрес базы в файле секретов не читается. Напишите, например, postgres://имя:пароль@127.0.0.1/база".to_owned()
        }
        StoreError::Unsupported { what } => format!(
            "База данных не подходит ({what}). PostgreSQL нужен не старше 14, с кодировкой UTF8."
        ),
        other => format!("База данных не открывается: {other}. Восстановите её из копии или покажите эту строку тому, кто вам помогает."),
    }
}

/// What is wrong with the keys, and what to do.
fn vault_reason(error: &SetupError) -> (String, &'static str) {
    use crate::vault::Error;
    use shirma_vault::Error as Cipher;
    const ANOTHER: &str = "Проверьте keys.file или пароль: нужен тот ключ, с которым эти данные начинались. Нет его — восстановите по листу: shirma keys restore-root.";
    const COPY: &str = "Верните keys.db из копии того же дня, что и data.db.";
    let SetupError::Vault(Error::Cipher(cipher)) = error else {
        return (error.to_string(), COPY);
    };
    match cipher {
        Cipher::WrongRootKey => ("ключ не от этих данных".to_owned(), ANOTHER),
        Cipher::KeyFile { path, problem } => {
            let (what, todo) = key_file_reason(*problem);
            (format!("{}: {what}", path.display()), todo)
        }
        Cipher::PredictableKey => (
            "вместо ключа заготовка из одинаковых байтов".to_owned(),
            "Нужен случайный ключ. Уберите заготовку.",
        ),
        Cipher::MalformedKey => (
            "ключ записан с ошибкой".to_owned(),
            "Нужны 64 цифры и буквы от a до f, как в первой строке файла ключа.",
        ),
        Cipher::PassphraseTooShort => (
            "пароль короче 10 знаков".to_owned(),
            "Впишите в keys.passphrase тот пароль, с которым эти данные начинались.",
        ),
        Cipher::DamagedKey { id } | Cipher::AmbiguousKey { id } => {
            (format!("запись ключа {id} в keys.db испорчена"), COPY)
        }
        Cipher::MissingKey { id } | Cipher::DestroyedKey { id } => (format!("в keys.db нет ключа {id}"), COPY),
        other => (other.to_string(), COPY),
    }
}

fn key_file_reason(problem: shirma_vault::KeyFileProblem) -> (&'static str, &'static str) {
    use shirma_vault::KeyFileProblem;
    match problem {
        KeyFileProblem::Missing => (
            "файла нет",
            "Вставьте носитель с ключом и проверьте keys.file. Файл потерян — восстановите его по листу: shirma keys restore-root.",
        ),
        KeyFileProblem::OpenToOthers { .. } => (
            "файл могут читать другие (chmod 600)",
            "Закройте его: chmod 600 и путь к файлу. Если его мог прочесть кто-то чужой, смените ключ: shirma keys rotate root.",
        ),
        KeyFileProblem::OtherOwner => (
            "файл принадлежит другому пользователю",
            "Отдайте его тому, от чьего имени работает программа: chown.",
        ),
        KeyFileProblem::WrongChecksum => (
            "файл испорчен: не сходится контрольная строка",
            "Верните файл из копии или восстановите по листу: shirma keys restore-root.",
        ),
        KeyFileProblem::Malformed => (
            "в файле не ключ",
            "Верните файл из копии или восстановите по листу: shirma keys restore-root.",
        ),
        KeyFileProblem::Predictable => (
            "вместо ключа заготовка из одинаковых байтов",
            "Верните настоящий файл из копии. Если данных ещё нет, удалите заготовку: программа сделает ключ сама.",
        ),
        KeyFileProblem::NotAFile => ("это не файл", "Укажите в keys.file путь к файлу ключа."),
        KeyFileProblem::Exists => ("файл уже есть", "Уберите его в другое место и повторите."),
        KeyFileProblem::Io(_) => ("файл не читается", "Проверьте носитель и права на папку."),
    }
}

fn key_server_advice(error: &KeyServerError) -> String {
    let (what, todo) = match error {
        KeyServerError::Address => (
            "его адрес не годится".to_owned(),
            "Проверьте keys.vault_url: https://…, а http:// — только на этой машине или в своей сети.",
        ),
        KeyServerError::Unreachable => (
            "он не отвечает".to_owned(),
            "Запустите его, снимите с него печать (unseal) и повторите.",
        ),
        KeyServerError::Refused { status } => (
            format!("он отказал (код {status})"),
            "Проверьте keys.vault_token в файле секретов, имя ключа keys.vault_key и права токена.",
        ),
        KeyServerError::Answer => (
            "его ответ не разобрать".to_owned(),
            "Проверьте, что по адресу keys.vault_url стоит OpenBao или Vault с включённым transit.",
        ),
        KeyServerError::NoWrapped { path } => (
            format!("нет файла {} с завёрнутым ключом", path.display()),
            "Верните его из копии.",
        ),
        KeyServerError::NotWrapped { path } => (
            format!("в файле {} не завёрнутый ключ", path.display()),
            "Верните его из копии: он начинается с vault:v1:",
        ),
    };
    format!("Сервер ключей не дал ключа: {what}. Ничего не изменено. {todo}")
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
