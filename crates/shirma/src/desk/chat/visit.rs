//! Who is at a chat page: a visitor known by cookie or token, or a new one, within limits.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::http::HeaderMap;
use shirma_vault::{SecretString, random_token, token_digest};

use super::rows::{self, Visitor};
use crate::app::{App, Fault};
use crate::clock::HOUR_MS;
use crate::desk::cookie;
use crate::rate::{self, Limit};

/// Carries the token where a cookie cannot.
const TOKEN: &str = "x-visitor";
/// New visitors of one address in an hour: a family behind one router, not a flood of empty cards.
const NEW_VISITORS: Limit = Limit {
    kind: "chat_new",
    hits: 30,
    window_ms: HOUR_MS,
};
/// Letters of a token that name a chat: 128 bits and a little.
const CHAT_CHARS: usize = 22;

/// How a message came in.
pub(super) enum Entry {
    /// By a visitor known before.
    Known(Visitor),
    /// By a new one, with the token to remember him by.
    New(Visitor, SecretString),
    /// One too many.
    TooFast,
}

/// The visitor of a request, if it names one.
pub(super) async fn known(app: &Arc<App>, site: &str, headers: &HeaderMap) -> Result<Option<Visitor>, Fault> {
    let tokens = tokens(headers);
    let site = site.to_owned();
    app.data
        .read(move |tx| -> Result<Option<Visitor>, Fault> {
            for digest in tokens {
                if let Some(visitor) = rows::visitor(tx, &site, &digest)? {
                    return Ok(Some(visitor));
                }
            }
            Ok(None)
        })
        .await
}

/// The visitor who writes, made when he is new; counts the message against his limit.
pub(super) async fn enter(app: &Arc<App>, site: &str, headers: &HeaderMap, from: SocketAddr) -> Result<Entry, Fault> {
    let known = known(app, site, headers).await?;
    let token = random_token("", app.entropy.as_ref()).map_err(crate::vault::Error::from)?;
    let name = random_token("", app.entropy.as_ref()).map_err(crate::vault::Error::from)?;
    let (rooms, site) = (Arc::clone(app), site.to_owned());
    app.data
        .write(move |tx| -> Result<Entry, Fault> {
            let now_ms = rooms.now_ms();
            if let Some(visitor) = known {
                let who = shirma_vault::hex(&visitor.digest);
                if rate::may(&rooms, tx, rate::CHAT_MINUTE, &who)?.is_err() {
                    return Ok(Entry::TooFast);
                }
                rows::touch_visitor(tx, &visitor.digest, now_ms)?;
                return Ok(Entry::Known(visitor));
            }
            // From this machine come the owner's own trials and a proxy in front: its own limits count there.
            let is_near = from.ip().is_loopback();
            if !is_near && rate::may(&rooms, tx, NEW_VISITORS, &from.ip().to_string())?.is_err() {
                return Ok(Entry::TooFast);
            }
            let chat = name.expose().chars().take(CHAT_CHARS).collect();
            let visitor = Visitor {
                digest: token_digest(token.expose()),
                chat,
            };
            rows::add_visitor(tx, &site, &visitor, now_ms)?;
            Ok(Entry::New(visitor, token))
        })
        .await
}

fn tokens(headers: &HeaderMap) -> Vec<[u8; 32]> {
    let carried = headers.get(TOKEN).and_then(|value| value.to_str().ok());
    cookie::read(headers, cookie::VISITOR)
        .into_iter()
        .chain(carried)
        .map(token_digest)
        .collect()
}
