//! `shirma doctor`: looks at settings, keys, databases, channels and journal, changes nothing, says what to mend.

use std::process::ExitCode;
use std::sync::Arc;

use shirma_vault::{Entropy, SystemEntropy};

use super::words::Mark;
use super::{Place, words};
use crate::audit::anchor::{self, Anchoring};
use crate::clock::{Clock, SystemClock};
use crate::settings::{KeysSource, ListenMode, Settings};
use crate::{audit, opening};

pub(super) fn run(place: &Place) -> anyhow::Result<ExitCode> {
    let (settings, secrets) = match place.settings() {
        Ok(loaded) => loaded,
        Err(error) => {
            words::checked(Mark::Fault, &error.to_string());
            return Ok(ExitCode::FAILURE);
        }
    };
    words::checked(Mark::Fine, "настройки читаются");
    let mut fine = true;
    match opening::is_there(&settings, &secrets) {
        Ok(true) => fine &= look_inside(&settings, &secrets),
        Ok(false) => words::checked(Mark::Fine, "данных ещё нет: базы и ключ появятся при первом запуске"),
        Err(error) => {
            words::checked(Mark::Fault, &words::opening::advice(&error));
            fine = false;
        }
    }
    if is_open_to_others(settings.data_folder()) {
        let folder = settings.data_folder().display();
        words::checked(
            Mark::Note,
            &format!("папку данных могут открыть другие пользователи машины: chmod 700 {folder}"),
        );
    }
    for (mark, what) in outside(&settings, &secrets) {
        words::checked(mark, &what);
        fine &= mark != Mark::Fault;
    }
    Ok(if fine { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn look_inside(settings: &Settings, secrets: &crate::settings::Secrets) -> bool {
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let entropy: Arc<dyn Entropy> = Arc::new(SystemEntropy);
    let (data, vault) = match opening::open_stores(settings, secrets, &clock, &entropy) {
        Ok(opened) => opened,
        Err(error) => {
            words::checked(Mark::Fault, &words::opening::advice(&error));
            return false;
        }
    };
    words::checked(Mark::Fine, "базы открываются, ключ подходит");
    let apart = settings.keys.source != KeysSource::File
        || matches!(
            shirma_vault::FileKey::new(settings.key_file()).is_apart_from(settings.data_folder()),
            Ok(true)
        );
    words::checked(
        if apart { Mark::Fine } else { Mark::Note },
        if apart {
            "ключ лежит отдельно от данных"
        } else {
            "ключ на одном диске с данными: от кражи диска не защищает"
        },
    );
    if settings.keys.source != KeysSource::Passphrase {
        match vault.sheet_checked_at() {
            Ok(Some(_)) => words::checked(Mark::Fine, "лист восстановления ключа сверен"),
            Ok(None) | Err(_) => words::checked(
                Mark::Note,
                "лист восстановления ключа не сверен: потеряется ключ — потеряются данные. shirma keys recovery",
            ),
        }
    }
    let journal = audit::verify(&data, audit::Trust::of(&vault), Vec::new(), clock.now_ms())
        .map(|report| report.exit_code() == 0);
    let whole = matches!(journal, Ok(true));
    words::checked(
        if whole { Mark::Fine } else { Mark::Fault },
        if whole {
            "журнал цел"
        } else {
            "журнал нарушен: shirma audit verify"
        },
    );
    for (mark, what) in anchors(settings, &data, clock.now_ms()) {
        words::checked(mark, &what);
    }
    whole
}

/// How the journal stands with the copies of its checkpoints.
fn anchors(settings: &Settings, data: &shirma_store::Store, now_ms: i64) -> Vec<(Mark, String)> {
    let targets = anchor::Target::of(settings);
    let count = targets.len();
    let standing = data.read_blocking(move |tx| anchor::standing(tx, &targets, now_ms));
    let said = match standing {
        Ok((_, Anchoring::Fine)) if count > 1 => (Mark::Fine, "отметки журнала есть у других"),
        Ok((_, Anchoring::Fine)) => (
            Mark::Note,
            "отметки журнала хранятся в одном месте: назовите в [journal] второе",
        ),
        Ok((_, Anchoring::Late)) => (
            Mark::Note,
            "отметок журнала у других нет больше двух суток: проверьте места из [journal]",
        ),
        Ok((_, Anchoring::Lost)) => (
            Mark::Fault,
            "отметок журнала у других нет больше недели: проверьте места из [journal]",
        ),
        Ok((_, Anchoring::NotSetUp)) => (
            Mark::Note,
            "отметки журнала никому не отправляются: подмену вместе с ключами не заметить. Заполните [journal]",
        ),
        Err(_) => (Mark::Fault, "отметки журнала не читаются"),
    };
    let mut said = vec![(said.0, said.1.to_owned())];
    for folder in &settings.journal.anchor_folders {
        if !folder.is_dir() {
            said.push((
                Mark::Note,
                format!("папки для отметок «{}» сейчас нет", folder.display()),
            ));
        } else if is_beside(folder, settings.data_folder()) {
            said.push((
                Mark::Note,
                format!("папка для отметок «{}» на одном диске с данными", folder.display()),
            ));
        }
    }
    said
}

/// Whether two folders lie on one device.
fn is_beside(one: &std::path::Path, other: &std::path::Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        let device = |path| std::fs::metadata(path).map(|found| found.dev()).ok();
        device(one).is_some() && device(one) == device(other)
    }
    #[cfg(not(unix))]
    {
        let _folders = (one, other);
        false
    }
}

/// Accounts that cannot work as they are set up: how each stands and what to say.
fn outside(settings: &Settings, secrets: &crate::settings::Secrets) -> Vec<(Mark, String)> {
    let mut said = Vec::new();
    let groups = [
        ("max", &settings.max, &secrets.max),
        ("telegram", &settings.telegram, &secrets.telegram),
    ];
    for (group, accounts, known) in groups {
        for account in accounts {
            let name = format!("{group}/{}", account.name);
            let Some(secret) = known.get(&account.name) else {
                said.push((
                    Mark::Fault,
                    format!("{name}: в файле секретов нет [{group}.{}] token", account.name),
                ));
                continue;
            };
            if !looks_like_token(group, secret.token.expose()) {
                said.push((
                    Mark::Fault,
                    format!("{name}: token не похож на токен. Скопируйте его из кабинета бота целиком, без пробелов"),
                ));
                continue;
            }
            let webhook = account.listen == ListenMode::Webhook;
            if webhook && secret.webhook_secret.is_none() {
                said.push((
                    Mark::Fault,
                    format!("{name}: нет webhook_secret, вебхук был бы открыт всем"),
                ));
            } else if webhook && account.register && settings.public_url.is_empty() {
                said.push((
                    Mark::Fault,
                    format!("{name}: для вебхука нужен public_url, или поставьте listen = \"poll\""),
                ));
            } else {
                said.push((Mark::Fine, format!("{name}: настроен")));
            }
        }
    }
    for (group, accounts, known) in groups {
        for name in known
            .keys()
            .filter(|name| !accounts.iter().any(|account| account.name == **name))
        {
            said.push((
                Mark::Note,
                format!("в файле секретов есть [{group}.{name}], а в настройках такого бота нет: проверьте имя"),
            ));
        }
    }
    if settings.operator.name.is_empty() {
        said.push((
            Mark::Note,
            "[operator] не заполнен: в тексте согласия останутся пропуски".to_owned(),
        ));
    }
    said
}

/// Whether the form is that of a token; whether the service takes it shows only at work.
fn looks_like_token(group: &str, token: &str) -> bool {
    let is_plain = !token.is_empty() && token.bytes().all(|byte| byte.is_ascii_graphic());
    let is_of_bot_father = || {
        token.split_once(':').is_some_and(|(number, secret)| {
            !secret.is_empty() && !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
        })
    };
    is_plain && (group != "telegram" || is_of_bot_father())
}

/// A folder that everybody may enter shows at least the names and sizes of what is in it.
fn is_open_to_others(folder: &std::path::Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        std::fs::metadata(folder).is_ok_and(|found| found.permissions().mode() & 0o077 != 0)
    }
    #[cfg(not(unix))]
    {
        let _folder = folder;
        false
    }
}
