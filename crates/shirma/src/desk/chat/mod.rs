//! The chat page of a site form: `/chat/{site}`, alone or in a frame on the owner's site.
//!
//! A visitor is known by a cookie of our own origin; in a frame where browsers keep cookies from us, by a token in a
//! header. A message becomes an event of the site channel and goes the way of every other message.

mod events;
mod link;
mod rows;
mod visit;
mod words;

use std::net::SocketAddr;
use std::sync::Arc;

use askama::Template;
use axum::extract::{ConnectInfo, Form, Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use shirma_vault::Pii;

pub use self::events::events;
pub use self::link::Piece;
use self::rows::{Line, Visitor};
use self::visit::Entry;
use super::calendar::Calendar;
use super::fault::{Refusal, page as write_page};
use super::words::initials;
use super::{cookie, header as headers_of};
use crate::access::origin;
use crate::app::{App, Fault};
use crate::contract::{Button, Event, EventKind, Sender};
use crate::journey;
use crate::settings::{AssistantMode, FormSettings};

/// Longest message: as in the site forms.
const MAX_TEXT_CHARS: usize = 4_096;
/// Longest key of one act of sending.
const MAX_ONCE_CHARS: usize = 64;
/// Longest payload of a button.
const MAX_PAYLOAD_BYTES: usize = 64;

/// A message of the page.
pub struct ChatBubble {
    /// The visitor's own.
    pub mine: bool,
    /// Who wrote it.
    pub by: &'static str,
    /// The day, at its first message.
    pub day: Option<String>,
    /// Hour.
    pub time: String,
    /// The words of the visitor himself, or of the button he pressed.
    pub text: Option<Pii<String>>,
    /// Our words, addresses apart.
    pub pieces: Vec<Piece>,
    /// A button was pressed.
    pub pressed: bool,
    /// Taken back.
    pub removed: bool,
    /// Pages to open: words, address.
    pub links: Vec<(String, String)>,
    /// Answers to choose from: words, payload.
    pub buttons: Vec<(String, String)>,
    /// Asks for the phone.
    pub contact: Option<String>,
    /// Key of the answer by button.
    pub once: String,
}

impl ChatBubble {
    /// A question with answers under it.
    pub fn is_card(&self) -> bool {
        !self.buttons.is_empty() || self.contact.is_some()
    }
}

/// The page.
#[derive(Template)]
#[template(path = "chat.html")]
pub struct ChatPage {
    /// Title.
    pub title: String,
    /// Its initials.
    pub initials: String,
    /// Name of the form.
    pub site: String,
    /// No assistant answers here.
    pub by_people: bool,
    /// Messages.
    pub bubbles: Vec<ChatBubble>,
    /// Key of the next message.
    pub once: String,
    /// What is wrong with the last one.
    pub problem: Option<&'static str>,
}

/// Its part that changes.
#[derive(Template)]
#[template(path = "chat_thread.html")]
pub struct ThreadPart {
    /// Name of the form.
    pub site: String,
    /// Messages.
    pub bubbles: Vec<ChatBubble>,
}

fn site_of<'a>(app: &'a App, name: &str) -> Result<&'a FormSettings, Refusal> {
    app.settings
        .site
        .iter()
        .find(|site| site.name == name)
        .ok_or(Refusal::NotFound)
}

/// `GET /chat/{site}`.
///
/// # Errors
/// [`Refusal`].
pub async fn page(
    State(app): State<Arc<App>>,
    Path(site): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let settings = site_of(&app, &site)?;
    let visitor = visit::known(&app, &site, &headers).await?;
    let bubbles = bubbles(&app, &site, visitor.as_ref()).await?;
    written(&app, settings, bubbles, None)
}

fn written(
    app: &App,
    settings: &FormSettings,
    bubbles: Vec<ChatBubble>,
    problem: Option<&'static str>,
) -> Result<Response, Refusal> {
    let named = if settings.title.is_empty() {
        &app.base.name
    } else {
        &settings.title
    };
    let title = if named.is_empty() {
        words::TITLE.to_owned()
    } else {
        named.clone()
    };
    let chat = ChatPage {
        initials: initials(&title),
        title,
        site: settings.name.clone(),
        by_people: app.settings.assistant.mode == AssistantMode::Off,
        bubbles,
        once: app.new_id().to_string(),
        problem,
    };
    let mut response = write_page(&chat)?;
    if let Ok(policy) = HeaderValue::from_str(&headers_of::policy(&settings.origins)) {
        response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    Ok(response)
}

/// `GET /chat/{site}/thread`: the messages alone.
///
/// # Errors
/// [`Refusal`].
pub async fn thread(
    State(app): State<Arc<App>>,
    Path(site): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    site_of(&app, &site)?;
    let visitor = visit::known(&app, &site, &headers).await?;
    let bubbles = bubbles(&app, &site, visitor.as_ref()).await?;
    write_page(&ThreadPart { site, bubbles })
}

async fn bubbles(app: &Arc<App>, site: &str, visitor: Option<&Visitor>) -> Result<Vec<ChatBubble>, Refusal> {
    let Some(visitor) = visitor.cloned() else {
        return Ok(Vec::new());
    };
    let (rooms, site) = (Arc::clone(app), site.to_owned());
    let lines = app
        .data
        .read(move |tx| -> Result<Vec<Line>, Fault> {
            let Some(dialog) = rows::dialog_of(&rooms, tx, &site, &visitor.chat)? else {
                return Ok(Vec::new());
            };
            let calendar = Calendar::new(rooms.base.zone.clone(), rooms.now_ms());
            rows::lines(&rooms, tx, &calendar, dialog)
        })
        .await?;
    let mut day = String::new();
    let dated = lines.into_iter().map(|line| {
        let begins = line.day != day;
        day.clone_from(&line.day);
        bubble(line, begins)
    });
    Ok(dated.collect())
}

fn bubble(line: Line, begins_day: bool) -> ChatBubble {
    let mine = line.author == "client";
    let (text, ours) = if mine { (line.text, None) } else { (None, line.text) };
    let mut bubble = ChatBubble {
        mine,
        by: words::author(&line.author),
        day: begins_day.then_some(line.day),
        time: line.time,
        text,
        pieces: ours.map(|text| link::cut(text.expose())).unwrap_or_default(),
        pressed: line.pressed,
        removed: line.removed,
        links: Vec::new(),
        buttons: Vec::new(),
        contact: None,
        // One answer to one question, however often its button is pressed.
        once: format!("answer-{}", line.id),
    };
    for button in line.buttons {
        match button {
            Button::Callback { text, payload, .. } => bubble.buttons.push((text, payload)),
            Button::Link { text, url, .. } if is_page(&url) => bubble.links.push((text, url)),
            Button::Link { .. } => {}
            Button::Contact { text, .. } => bubble.contact = Some(text),
        }
    }
    bubble
}

/// Only addresses of pages become links.
fn is_page(url: &str) -> bool {
    url.starts_with("https://") || url.starts_with("http://") || (url.starts_with('/') && !url.starts_with("//"))
}

/// What the page sends.
#[derive(Deserialize)]
pub struct Written {
    text: Option<String>,
    button: Option<String>,
    once: String,
}

/// `POST /chat/{site}/messages`. The same `once` a second time changes nothing.
///
/// # Errors
/// [`Refusal`]; nothing is kept then.
pub async fn write(
    State(app): State<Arc<App>>,
    Path(site): Path<String>,
    ConnectInfo(from): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    Form(written): Form<Written>,
) -> Result<Response, Refusal> {
    let settings = site_of(&app, &site)?.clone();
    let wants_json = headers
        .get(header::ACCEPT)
        .is_some_and(|kind| kind.as_bytes().starts_with(b"application/json"));
    let Some(kind) = event_kind(&written) else {
        return refuse(
            &app,
            &settings,
            &headers,
            wants_json,
            (StatusCode::UNPROCESSABLE_ENTITY, words::TEXT),
        )
        .await;
    };
    let entry = visit::enter(&app, &site, &headers, from).await?;
    let (visitor, token) = match entry {
        Entry::Known(visitor) => (visitor, None),
        Entry::New(visitor, token) => (visitor, Some(token)),
        Entry::TooFast => {
            let refusal = (StatusCode::TOO_MANY_REQUESTS, words::TOO_FAST);
            return refuse(&app, &settings, &headers, wants_json, refusal).await;
        }
    };
    let key = format!("{}:{}", visitor.chat, written.once);
    let event = Event {
        key: key.clone(),
        provider_event_id: None,
        chat: Some(visitor.chat.clone()),
        sender: Sender {
            id: Some(visitor.chat.clone()),
            ..Sender::default()
        },
        message_id: Some(key),
        // No time of its own: a repeat must be the same event to the byte.
        at_ms: None,
        kind,
    };
    if let Err(fault) = journey::accept_site(&app, &site, &event).await {
        tracing::error!(code = fault.code(), "a chat message could not be kept");
        let refusal = (StatusCode::SERVICE_UNAVAILABLE, words::BROKEN);
        return refuse(&app, &settings, &headers, wants_json, refusal).await;
    }
    let mut response = if wants_json {
        let token = token.as_ref().map(|token| token.expose().to_owned());
        axum::Json(serde_json::json!({ "ok": true, "visitor": token })).into_response()
    } else {
        Redirect::to(&format!("/chat/{site}")).into_response()
    };
    let is_secure = origin::is_secure(&app.settings.public_address());
    if let Some(line) = token.and_then(|token| cookie::remember_visitor(&site, token.expose(), is_secure)) {
        response.headers_mut().append(header::SET_COOKIE, line);
    }
    Ok(response)
}

/// What was written or pressed; `None` when it is empty, too long or carries no key.
fn event_kind(written: &Written) -> Option<EventKind> {
    let is_key = |letter: char| letter.is_ascii_alphanumeric() || letter == '-';
    if written.once.is_empty() || written.once.len() > MAX_ONCE_CHARS || !written.once.chars().all(is_key) {
        return None;
    }
    if let Some(payload) = &written.button {
        let fits = !payload.is_empty() && payload.len() <= MAX_PAYLOAD_BYTES;
        return fits.then(|| EventKind::Button {
            callback_id: written.once.clone(),
            payload: Some(payload.clone()),
        });
    }
    let text = written
        .text
        .as_deref()
        .unwrap_or_default()
        .replace("\r\n", "\n")
        .replace('\0', "");
    let text = text.trim();
    let fits = !text.is_empty() && text.chars().count() <= MAX_TEXT_CHARS;
    fits.then(|| EventKind::Message {
        text: Some(text.to_owned()),
        attachments: Vec::new(),
        form: None,
    })
}

async fn refuse(
    app: &Arc<App>,
    settings: &FormSettings,
    headers: &HeaderMap,
    wants_json: bool,
    (status, said): (StatusCode, &'static str),
) -> Result<Response, Refusal> {
    let mut response = if wants_json {
        axum::Json(serde_json::json!({ "ok": false, "words": said })).into_response()
    } else {
        let visitor = visit::known(app, &settings.name, headers).await?;
        written(
            app,
            settings,
            bubbles(app, &settings.name, visitor.as_ref()).await?,
            Some(said),
        )?
    };
    *response.status_mut() = status;
    Ok(response)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(text: Option<&str>, button: Option<&str>, once: &str) -> Option<EventKind> {
        let own = |text: &str| text.to_owned();
        event_kind(&Written {
            text: text.map(own),
            button: button.map(own),
            once: once.to_owned(),
        })
    }

    #[test]
    fn empty_long_and_keyless_messages_are_not_taken() {
        assert!(written(Some("Здравствуйте"), None, "a-1").is_some());
        assert!(written(Some(&"я".repeat(MAX_TEXT_CHARS)), None, "a").is_some());
        for (text, once) in [
            (" \n ", "a"),
            ("\0", "a"),
            ("Привет", ""),
            ("Привет", "a b"),
            ("Привет", &"a".repeat(65)),
        ] {
            assert!(written(Some(text), None, once).is_none(), "{once}");
        }
        assert!(written(Some(&"я".repeat(MAX_TEXT_CHARS + 1)), None, "a").is_none());
        assert!(written(None, Some(""), "a").is_none());
        assert!(written(None, Some(&"p".repeat(65)), "a").is_none());
        assert!(written(None, Some("consent:assistant:1:yes"), "a").is_some());
    }

    #[test]
    fn only_pages_become_links() {
        assert!(is_page("https://example.ru/a") && is_page("/consent/assistant/v1"));
        assert!(!is_page("javascript:alert(1)") && !is_page("//evil.example") && !is_page("data:text/html,x"));
    }
}
