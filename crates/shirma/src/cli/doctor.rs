//! `shirma doctor`: looks at settings, keys, databases, channels and journal, changes nothing, says what to mend.

use std::process::ExitCode;
use std::sync::Arc;

use shirma_vault::{Entropy, SystemEntropy};

use super::{Place, words};
use crate::clock::{Clock, SystemClock};
use crate::settings::{KeysSource, ListenMode, Settings};
use crate::{audit, opening};

pub(super) fn run(place: &Place) -> anyhow::Result<ExitCode> {
    let (settings, secrets) = match place.settings() {
        Ok(loaded) => loaded,
        Err(error) => {
            words::checked(false, &error.to_string());
            return Ok(ExitCode::FAILURE);
        }
    };
    words::checked(true, "настройки читаются");
    let mut fine = true;
    match opening::is_there(&settings, &secrets) {
        Ok(true) => fine &= look_inside(&settings, &secrets),
        Ok(false) => words::checked(true, "данных ещё нет: базы и ключ появятся при первом запуске"),
        Err(error) => {
            words::checked(false, &words::opening_advice(&error));
            fine = false;
        }
    }
    for (fault, what) in outside(&settings, &secrets) {
        words::checked(!fault, &what);
        fine &= !fault;
    }
    Ok(if fine { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn look_inside(settings: &Settings, secrets: &crate::settings::Secrets) -> bool {
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let entropy: Arc<dyn Entropy> = Arc::new(SystemEntropy);
    let (data, vault) = match opening::open_stores(settings, secrets, &clock, &entropy) {
        Ok(opened) => opened,
        Err(error) => {
            words::checked(false, &words::opening_advice(&error));
            return false;
        }
    };
    words::checked(true, "базы открываются, ключ подходит");
    let apart = settings.keys.source != KeysSource::File
        || matches!(
            shirma_vault::FileKey::new(settings.key_file()).is_apart_from(settings.data_folder()),
            Ok(true)
        );
    words::checked(
        apart,
        if apart {
            "ключ лежит отдельно от данных"
        } else {
            "ключ на одном диске с данными: от кражи диска не защищает"
        },
    );
    let journal = audit::verify(&data, &vault, Vec::new(), clock.now_ms()).map(|report| report.exit_code() == 0);
    let whole = matches!(journal, Ok(true));
    words::checked(
        whole,
        if whole {
            "журнал цел"
        } else {
            "журнал нарушен: shirma audit verify"
        },
    );
    whole
}

/// Accounts that cannot work as they are set up: (is a fault, what to say).
fn outside(settings: &Settings, secrets: &crate::settings::Secrets) -> Vec<(bool, String)> {
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
                    true,
                    format!("{name}: в файле секретов нет [{group}.{}] token", account.name),
                ));
                continue;
            };
            let webhook = account.listen == ListenMode::Webhook;
            if webhook && secret.webhook_secret.is_none() {
                said.push((true, format!("{name}: нет webhook_secret, вебхук был бы открыт всем")));
            } else if webhook && account.register && settings.public_url.is_empty() {
                said.push((
                    true,
                    format!("{name}: для вебхука нужен public_url, или поставьте listen = \"poll\""),
                ));
            } else {
                said.push((false, format!("{name}: настроен")));
            }
        }
    }
    if settings.operator.name.is_empty() {
        said.push((
            false,
            "[operator] не заполнен: в тексте согласия останутся пропуски".to_owned(),
        ));
    }
    said
}
