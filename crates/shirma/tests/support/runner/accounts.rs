//! The accounts that a folder of fixtures speaks of: secrets and tokens as its headers and addresses show them.

use std::collections::BTreeMap;

use super::folder::{Fixture, Folder};

/// Header with the webhook secret of Telegram.
pub(crate) const TELEGRAM_SECRET: &str = "X-Telegram-Bot-Api-Secret-Token";
/// Header with the webhook secret of MAX.
pub(crate) const MAX_SECRET: &str = "X-Max-Bot-Api-Secret";

/// Token and webhook secret of one bot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Bot {
    pub(crate) token: String,
    pub(crate) secret: String,
}

/// The two bots of the folder. What the folder does not show is made up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Accounts {
    pub(crate) telegram: Bot,
    pub(crate) max: Bot,
}

impl Accounts {
    pub(crate) fn of(folder: &Folder) -> Accounts {
        let all = || folder.fixtures.iter();
        let telegram_tokens = all()
            .filter(|fixture| fixture.provider == "telegram")
            .filter_map(token_in_path);
        let max = || all().filter(|fixture| fixture.provider == "max" && fixture.role != "webhook");
        let max_tokens = max()
            .filter_map(|fixture| fixture.header("Authorization"))
            .map(str::to_owned);
        Accounts {
            telegram: Bot {
                token: most_frequent(telegram_tokens).unwrap_or_else(|| "7100000001:MADE-UP-TOKEN".to_owned()),
                secret: secret(folder, "telegram", TELEGRAM_SECRET),
            },
            max: Bot {
                token: most_frequent(max_tokens).unwrap_or_else(|| "made-up-token".to_owned()),
                secret: secret(folder, "max", MAX_SECRET),
            },
        }
    }
}

fn secret(folder: &Folder, provider: &str, header: &str) -> String {
    let honest = folder
        .fixtures
        .iter()
        .filter(|fixture| fixture.provider == provider && fixture.role == "webhook" && !fixture.must_be_refused());
    let shown = honest.filter_map(|fixture| fixture.header(header)).map(str::to_owned);
    most_frequent(shown).unwrap_or_else(|| "made-up-secret".to_owned())
}

/// `/bot<token>/<method>`.
fn token_in_path(fixture: &Fixture) -> Option<String> {
    let rest = fixture.path.as_deref()?.strip_prefix("/bot")?;
    rest.split('/').next().map(str::to_owned)
}

fn most_frequent(values: impl Iterator<Item = String>) -> Option<String> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for value in values {
        *counts.entry(value).or_default() += 1;
    }
    counts
        .into_iter()
        .max_by_key(|(_, count)| *count)
        .map(|(value, _)| value)
}
