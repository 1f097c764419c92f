//! One-time sign-in links. Opening one shows a page with a button; only the button uses it up, so that the preview of
//! a messenger does not.

use std::sync::Arc;

use shirma_vault::{SecretString, random_token, token_digest};

use super::{SignIn, factor, rows};
use crate::app::{App, Fault};
use crate::clock::{HOUR_MS, MINUTE_MS};
use crate::identifier::StaffId;

/// How long an ordinary link works.
pub const LINK_LIFE_MS: i64 = 15 * MINUTE_MS;
/// Longest life of a link.
pub const MAX_LINK_LIFE_MS: i64 = 24 * HOUR_MS;
/// How long the owner's first link works: the first start may be in the evening and the first look in the morning.
pub const FIRST_LINK_LIFE_MS: i64 = MAX_LINK_LIFE_MS;

/// Makes a link's secret for a member of staff; earlier unused ones of his stop working.
///
/// # Errors
/// [`Fault`].
pub async fn issue_link(app: &Arc<App>, staff: StaffId, life_ms: i64) -> Result<SecretString, Fault> {
    let token = random_token("", app.entropy.as_ref()).map_err(crate::vault::Error::from)?;
    let digest = token_digest(token.expose());
    let now_ms = app.now_ms();
    app.data
        .write(move |tx| rows::replace_link(tx, &digest, staff, now_ms, now_ms + life_ms))
        .await?;
    Ok(token)
}

/// Whether the link would let somebody in now.
///
/// # Errors
/// [`Fault`].
pub async fn is_open(app: &Arc<App>, token: &str) -> Result<bool, Fault> {
    let (digest, now_ms) = (token_digest(token), app.now_ms());
    app.data
        .read(move |tx| Ok(rows::link_owner(tx, &digest, now_ms)?.is_some()))
        .await
}

/// Uses the link up and lets its owner in; a second factor he has set up is asked for here too.
///
/// # Errors
/// [`Fault`]; the link stays good then.
pub async fn use_link(app: &Arc<App>, token: &str, device: &str) -> Result<SignIn, Fault> {
    let digest = token_digest(token);
    let (rooms, device) = (Arc::clone(app), device.to_owned());
    app.data
        .write(move |tx| -> Result<SignIn, Fault> {
            let now_ms = rooms.now_ms();
            let Some((staff, has_password)) = rows::link_owner(tx, &digest, now_ms)? else {
                return Ok(SignIn::Refused);
            };
            rows::mark_link_used(tx, &digest, now_ms)?;
            factor::let_in(&rooms, tx, staff, has_password, &device)
        })
        .await
}
