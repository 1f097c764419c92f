//! From settings to the outside worlds: destinations of the guarded client, messenger accounts, the model.

use std::sync::Arc;
use std::time::Duration;

use shirma_pii::Detector;
use shirma_wire::{BodyFilter, Client, Destination, FilterRefusal, Limits, Private};

use super::OpeningError;
use crate::assistant::Base;
use crate::boundary;
use crate::channels::{Channels, Listen, max, site, telegram};
use crate::contract::{Channel, ChannelKind, Model, Residency};
use crate::models::OpenAiModel;
use crate::settings::{ListenMode, MessengerSecrets, MessengerSettings, ModelSettings, Secrets, Settings};

/// The model's place in the list of destinations.
const MODEL_DESTINATION: &str = "model";

/// Everything outside: the channels and, where configured, a model.
pub(super) fn open(
    settings: &Settings,
    secrets: &Secrets,
    detector: &Detector,
    base: &Base,
) -> Result<(Channels, Option<Arc<dyn Model>>), OpeningError> {
    let mut destinations = Vec::new();
    for account in &settings.max {
        destinations.push(messenger(ChannelKind::Max, account, max::OFFICIAL_BASE)?);
    }
    for account in &settings.telegram {
        destinations.push(messenger(ChannelKind::Telegram, account, telegram::OFFICIAL_BASE)?);
    }
    destinations.extend(
        settings
            .model
            .as_ref()
            .map(|model| model_destination(model, detector, base)),
    );
    let outside = |error: &dyn std::fmt::Display| OpeningError::Outside(error.to_string());
    let wire = Arc::new(Client::new(destinations).map_err(|error| outside(&error))?);
    let mut channels: Vec<Arc<dyn Channel>> = Vec::new();
    for form in &settings.site {
        channels.push(Arc::new(site::Site::new(&form.name)));
    }
    for account in &settings.max {
        let secret = secret_of(&secrets.max, ChannelKind::Max, account)?;
        let bot = max::Max::new(max::Account {
            name: account.name.clone(),
            token: secret.token.clone(),
            webhook_secret: secret.webhook_secret.clone(),
            public_url: hook_url(settings, ChannelKind::Max, account),
            listen: listen(account),
            wire: Arc::clone(&wire),
            destination: place(ChannelKind::Max, account),
        });
        channels.push(Arc::new(bot.map_err(|error| outside(&error))?));
    }
    for account in &settings.telegram {
        let secret = secret_of(&secrets.telegram, ChannelKind::Telegram, account)?;
        let bot = telegram::Telegram::new(telegram::Account {
            name: account.name.clone(),
            token: secret.token.clone(),
            webhook_secret: secret.webhook_secret.clone(),
            public_url: hook_url(settings, ChannelKind::Telegram, account),
            listen: listen(account),
            wire: Arc::clone(&wire),
            destination: place(ChannelKind::Telegram, account),
        });
        channels.push(Arc::new(bot.map_err(|error| outside(&error))?));
    }
    let model = settings
        .model
        .as_ref()
        .map(|model| model_adapter(model, secrets, &wire));
    Ok((Channels::new(channels), model))
}

fn place(kind: ChannelKind, account: &MessengerSettings) -> String {
    format!("{}/{}", kind.as_str(), account.name)
}

fn listen(account: &MessengerSettings) -> Listen {
    match account.listen {
        ListenMode::Webhook => Listen::Webhook,
        ListenMode::Poll => Listen::Poll,
    }
}

/// The address the messenger is told; `None` when the owner registers it himself or has no public address yet.
fn hook_url(settings: &Settings, kind: ChannelKind, account: &MessengerSettings) -> Option<String> {
    let wanted = account.register && !settings.public_url.is_empty();
    wanted.then(|| format!("{}/hooks/{}/{}", settings.public_address(), kind.as_str(), account.name))
}

fn secret_of<'a>(
    known: &'a std::collections::BTreeMap<String, MessengerSecrets>,
    kind: ChannelKind,
    account: &MessengerSettings,
) -> Result<&'a MessengerSecrets, OpeningError> {
    let missing = || OpeningError::Outside(format!("[{}.{}] token", kind.as_str(), account.name));
    known.get(&account.name).ok_or_else(missing)
}

fn messenger(kind: ChannelKind, account: &MessengerSettings, official: &str) -> Result<Destination, OpeningError> {
    let base = if account.base_url.is_empty() {
        official
    } else {
        account.base_url.trim_end_matches('/')
    };
    let mut destination = Destination::new(place(kind, account), base);
    if names_this_machine(base) {
        destination.private_networks = Private::Allowed;
    }
    destination.proxy = (!account.proxy.is_empty()).then(|| account.proxy.clone());
    if !account.root_certificate.as_os_str().is_empty() {
        let path = account.root_certificate.clone();
        destination.extra_roots_pem = std::fs::read(&path).map_err(|source| OpeningError::Folder { path, source })?;
    }
    Ok(destination)
}

/// The model's address with the egress filter on it: nobody can call it around the filter.
fn model_destination(model: &ModelSettings, detector: &Detector, base: &Base) -> Destination {
    let detector = detector.clone();
    let mut public = base.public_values();
    public.push(base.public_facts());
    let filter: BodyFilter = Arc::new(move |body: &[u8]| {
        boundary::egress_filter(&detector, &public, body)
            .map_err(|boundary::Withheld| FilterRefusal { reason: "raw_value" })
    });
    let near = model.residency == Residency::Local || names_this_machine(&model.url);
    let mut destination = Destination::new(MODEL_DESTINATION, model.url.trim_end_matches('/'));
    destination.private_networks = if near { Private::Allowed } else { Private::Refused };
    destination.proxy = (!model.proxy.is_empty()).then(|| model.proxy.clone());
    destination.limits = Limits {
        total: Duration::from_millis(model.timeout_ms),
        ..Limits::default()
    };
    destination.filter = Some(filter);
    destination
}

fn model_adapter(model: &ModelSettings, secrets: &Secrets, wire: &Arc<Client>) -> Arc<dyn Model> {
    Arc::new(OpenAiModel {
        name: model.model.clone(),
        residency: model.residency,
        model: model.model.clone(),
        key: secrets.model_key.clone(),
        wire: Arc::clone(wire),
        destination: MODEL_DESTINATION.to_owned(),
        timeout_ms: model.timeout_ms,
        temperature: model.temperature,
        max_tokens: model.max_tokens,
    })
}

/// Whether the owner wrote an address of this very machine, in letters: then a private network is what he means.
fn names_this_machine(url: &str) -> bool {
    let host = url.split_once("://").map_or(url, |(_, rest)| rest);
    ["127.0.0.1", "localhost", "[::1]"].iter().any(|own| {
        host.strip_prefix(own)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with([':', '/']))
    })
}

#[cfg(test)]
mod tests {
    use super::names_this_machine;

    #[test]
    fn only_the_machine_itself_is_near() {
        for near in ["http://127.0.0.1:9/v1", "http://localhost", "https://[::1]:8080/x"] {
            assert!(names_this_machine(near), "{near}");
        }
        let far = [
            "http://127.0.0.1.evil.example",
            "https://localhost.example/",
            "http://10.0.0.1",
        ];
        for far in far {
            assert!(!names_this_machine(far), "{far}");
        }
    }
}
