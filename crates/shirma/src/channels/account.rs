//! What every messenger account must have before it is used: checked once, when the program starts.

use shirma_vault::SecretString;

/// How a messenger's events come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Listen {
    /// The service calls our address.
    Webhook,
    /// We ask the service.
    Poll,
    /// Not at all: the account only sends. Its webhook is left as it is.
    Off,
}

/// Why an account cannot be used. Names the account, shows no secret.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("account {account}: {what}")]
pub struct Error {
    /// Its name in the settings.
    pub account: String,
    /// What is wrong with it.
    pub what: &'static str,
}

/// What a webhook secret may look like at a service.
pub(super) struct SecretShape {
    pub(super) chars: std::ops::RangeInclusive<usize>,
    pub(super) underscore: bool,
}

/// Whether a webhook account has what it takes: an `https` address of ours and a secret the service accepts.
pub(super) fn check_webhook(
    listen: Listen,
    public_url: Option<&str>,
    secret: Option<&SecretString>,
    shape: &SecretShape,
) -> Result<(), &'static str> {
    if let Some(secret) = secret.map(SecretString::expose) {
        let fits = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || (shape.underscore && byte == b'_');
        if !shape.chars.contains(&secret.len()) || !secret.bytes().all(fits) {
            return Err("the webhook secret has a length or characters that the service refuses");
        }
    }
    if listen == Listen::Webhook {
        if secret.is_none() {
            return Err("a webhook needs a secret");
        }
        if public_url.is_some_and(|url| !url.starts_with("https://")) {
            return Err("a webhook needs an https address");
        }
    }
    Ok(())
}
