//! What the owner reads when the settings cannot be used. One sentence what is wrong, one what to do.

use std::path::Path;

use shirma_pii::{Label, RECOGNIZERS_MAX, RecognizerError};

pub(super) fn unreadable(path: &Path, source: &std::io::Error) -> String {
    let why = match source.kind() {
        std::io::ErrorKind::NotFound => "такого файла нет",
        std::io::ErrorKind::PermissionDenied => "нет права читать",
        _ => "файл не читается",
    };
    format!(
        "Файл настроек «{}»: {why}. Проверьте путь после --config.",
        path.display()
    )
}

pub(super) fn wrong(path: &Path, line: Option<usize>, what: &str) -> String {
    match line {
        Some(line) => format!("«{}», строка {line}: {what}", path.display()),
        None => format!("«{}»: {what}", path.display()),
    }
}

pub(super) fn open_to_others(path: &Path) -> String {
    format!(
        "Файл секретов «{0}» могут читать другие. Закройте его: chmod 600 {0}",
        path.display()
    )
}

pub(super) fn owner_chat() -> String {
    "чтобы бот присылал владельцу отметки журнала, назовите в [journal] и owner_channel (например telegram/main, имя из \
     [[telegram]] или [[max]]), и owner_chat"
        .to_owned()
}

pub(super) fn contradiction(what: &str) -> String {
    format!("Настройки не сходятся: {what}")
}

/// Longest distance at which a name is still offered as a slip of the finger.
const NEAREST_DISTANCE: usize = 3;

/// A message of the TOML reader in Russian; for an unknown key with the nearest known one.
pub(super) fn toml(message: &str) -> String {
    let quoted: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
    if message.starts_with("unknown field") && !quoted.is_empty() {
        let nearest = quoted[1..]
            .iter()
            .map(|known| (strsim::damerau_levenshtein(quoted[0], known), known))
            .min()
            .filter(|(distance, _)| *distance <= NEAREST_DISTANCE);
        return match nearest {
            Some((_, known)) => format!("ключа «{}» нет. Похоже, это «{known}»: исправьте имя.", quoted[0]),
            None => format!("ключа «{}» нет. Здесь бывают: {}.", quoted[0], quoted[1..].join(", ")),
        };
    }
    if message.starts_with("unknown variant") && !quoted.is_empty() {
        return format!(
            "значения «{}» нет. Здесь бывают: {}.",
            quoted[0],
            quoted[1..].join(", ")
        );
    }
    if message.starts_with("unknown label") {
        let labels: Vec<&str> = Label::ALL.into_iter().map(Label::as_str).collect();
        return format!("такого вида данных нет. Бывают: {}.", labels.join(", "));
    }
    if message.starts_with("missing field") && !quoted.is_empty() {
        return format!("не хватает ключа «{}». Допишите его.", quoted[0]);
    }
    if message.starts_with("invalid type") {
        return format!(
            "значение не того вида: {}. Посмотрите пример в shirma.toml.",
            kind_wanted(message)
        );
    }
    format!("строка не читается как TOML ({message}). Посмотрите пример в shirma.toml.")
}

/// What the TOML reader expected, in Russian.
fn kind_wanted(message: &str) -> &'static str {
    let wanted = message.rsplit("expected").next().unwrap_or_default().trim();
    let is_number = ["u8", "u16", "u32", "u64", "usize", "i64", "f32", "f64"].contains(&wanted);
    if wanted.contains("string") {
        "нужен текст в кавычках"
    } else if wanted.contains("bool") {
        "нужно true или false"
    } else if wanted.contains("sequence") {
        "нужен список в [ ]"
    } else if is_number {
        "нужно число без кавычек"
    } else {
        "здесь нужен раздел или другое значение"
    }
}

pub(super) fn listen_form(given: &str) -> String {
    format!("listen = «{given}» не адрес. Напишите, например, 127.0.0.1:8787.")
}

pub(super) fn public_url_form() -> String {
    "public_url должен начинаться с https://. Мессенджеры не отправляют события на незащищённый адрес.".to_owned()
}

pub(super) fn name_form(group: &str, name: &str) -> String {
    format!("[[{group}]] name = «{name}»: только строчные латинские буквы, цифры, «-» и «_», не больше 40.")
}

pub(super) fn name_twice(group: &str, name: &str) -> String {
    format!("[[{group}]] name = «{name}» стоит дважды. Дайте второму другое имя.")
}

pub(super) fn origin_form(form: &str, origin: &str) -> String {
    format!(
        "[[site]] {form}: origins «{origin}» не адрес сайта. Напишите, например, https://example.ru, без пути и звёздочек."
    )
}

pub(super) fn recognizer(name: Option<&str>, error: &RecognizerError) -> String {
    let what = match error {
        RecognizerError::TooMany => {
            return format!("[[recognizer]]: больше {RECOGNIZERS_MAX} разделов. Объедините похожие.");
        }
        RecognizerError::Pattern { .. } => {
            "pattern не читается как регулярное выражение, подходит к пустому месту или слишком велик. \
             Пример: pattern = '\\d{2}-\\d{4}', в одинарных кавычках."
        }
        RecognizerError::Words { .. } => {
            "в before, after и unless пишут начала слов, по одному слову в кавычках: [\"договор\", \"контракт\"]."
        }
        RecognizerError::People { .. } => "имена людей образцом не находят: выберите другой label или уберите его.",
    };
    format!("[[recognizer]] «{}»: {what}", name.unwrap_or_default())
}

pub(super) fn credential_name(given: &str) -> String {
    format!(
        "keys.credential = «{given}»: нужно имя, под которым systemd даёт ключ, например shirma-root. \
         Только строчные латинские буквы, цифры, «-» и «_»."
    )
}

pub(super) fn env_in_production() -> String {
    "keys.source = \"env\" — только для разработки: переменную видит всякий, кто видит процесс. Поставьте \
     source = \"file\", а для пробы без настоящих клиентов — environment = \"development\"."
        .to_owned()
}

pub(super) fn vault_url() -> String {
    "keys.vault_url — адрес сервера ключей: https://… или http://127.0.0.1:8200 на этой же машине.".to_owned()
}

pub(super) fn vault_key(given: &str) -> String {
    format!(
        "keys.vault_key = «{given}»: нужно имя ключа в transit, например shirma. \
         Только строчные латинские буквы, цифры, «-» и «_»."
    )
}

pub(super) fn model_missing() -> String {
    "assistant.mode = \"model\", а раздела [model] нет. Добавьте его или поставьте mode = \"rules\".".to_owned()
}

pub(super) fn model_url() -> String {
    "model.url должен начинаться с https:// или http:// (только для модели в своей сети).".to_owned()
}

pub(super) fn model_consent() -> String {
    "model.consent = \"contract\" годится только для модели на своей машине. Поставьте consent = \"required\"."
        .to_owned()
}

pub(super) fn model_abroad() -> String {
    "модель за рубежом включается только с письменным решением ответственного (abroad_decided = true) и никогда не видит сообщений о здоровье (health = false).".to_owned()
}

pub(super) fn model_timeout() -> String {
    "model.timeout_ms должен быть от 1 до 60000.".to_owned()
}

pub(super) fn model_processor() -> String {
    "model.processor пуст: впишите название и адрес того, кто держит модель. Он называется в тексте согласия."
        .to_owned()
}
