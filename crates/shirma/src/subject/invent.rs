//! A client who does not exist, made like one who does: the same rows, the same leaves, an account of a site's chat page
//! that nobody holds.

use shirma_store::Tx;

use super::{FieldKind, claim, recognise};
use crate::app::{App, Fault};
use crate::contract::{ChannelKind, Event, EventKind, Sender};
use crate::identifier::SubjectId;

/// The chat page he seems to have come from when the settings name none.
const SOME_SITE: &str = "demo";

/// Makes him; gives his card.
///
/// # Errors
/// [`Fault`].
pub fn invent(app: &App, tx: &mut Tx<'_>, name: &str, phone: &str) -> Result<SubjectId, Fault> {
    let visitor = format!("visitor-{:016x}{:016x}", app.random(), app.random());
    let event = Event {
        key: visitor.clone(),
        provider_event_id: None,
        chat: Some(visitor.clone()),
        sender: Sender {
            id: Some(visitor),
            name: Some(name.to_owned()),
            username: None,
        },
        message_id: None,
        at_ms: None,
        kind: EventKind::Message {
            text: None,
            attachments: Vec::new(),
            form: None,
        },
    };
    let site = app.settings.site.first().map_or(SOME_SITE, |site| site.name.as_str());
    let made = recognise(app, tx, ChannelKind::Site, site, &event)?.ok_or(Fault::Gone("subject"))?;
    claim(app, tx, made.subject, FieldKind::Phone, phone)?;
    Ok(made.subject)
}
