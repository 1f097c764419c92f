//! Why the house does not open, and what to do; what is to be known of its keys.

use crate::app::App;
use crate::audit::Alarm;
use crate::opening::{KeyServerError, OpeningError};
use crate::settings::{KeysSource, ROOT_KEY_VARIABLE};
use crate::vault::SetupError;

/// Says once a start that a key beside the data protects from nobody who takes the disk.
pub(in crate::cli) fn warn_about_keys(app: &App) {
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

/// Why the program does not start on this journal.
fn alarm(alarm: &Alarm) -> String {
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

pub(in crate::cli) fn advice(error: &OpeningError) -> String {
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
