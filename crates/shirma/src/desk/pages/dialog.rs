//! «Диалоги»: the list, the thread, the card beside it, and what a person does there.

use std::sync::Arc;

use askama::Template;
use axum::Extension;
use axum::extract::{Form, Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use shirma_vault::Pii;

use crate::access::Staff;
use crate::alarm;
use crate::app::{App, Fault};
use crate::audit;
use crate::desk::calendar::Calendar;
use crate::desk::fault::{Refusal, page};
use crate::desk::rows::{self, LIST_PAGE, MAX_LISTED, Tab};
use crate::desk::shell::{Section, Shell};
use crate::desk::view::{Bubble, Card, DialogHead, ListItem, Seen};
use crate::desk::{trace, words};
use crate::dialog::{MAX_REPLY_CHARS, Outcome, StaffAct, act, reply_as_staff};
use crate::identifier::{DialogId, MessageId};

/// Longest key of one act of sending.
const MAX_ONCE_CHARS: usize = 64;

/// A tab as the template shows it.
pub struct TabEntry {
    /// In addresses.
    pub name: &'static str,
    /// In words.
    pub words: &'static str,
    /// How many; 0 is not shown.
    pub count: i64,
    /// The open one.
    pub current: bool,
}

/// The page.
#[derive(Template)]
#[template(path = "dialogs.html")]
pub struct DialogsPage {
    /// The frame.
    pub shell: Shell,
    /// The tabs.
    pub tabs: Vec<TabEntry>,
    /// The open tab, in addresses.
    pub tab_name: &'static str,
    /// The dialogs under it.
    pub list: Vec<ListItem>,
    /// How many to show next, when there are more.
    pub more: Option<i64>,
    /// The open dialog's id.
    pub open_id: Option<i64>,
    /// The open dialog.
    pub open: Option<OpenDialog>,
    /// How a dialog may end.
    pub outcomes: Vec<(&'static str, &'static str)>,
}

impl DialogsPage {
    /// Whether a line of the list is the open one.
    fn is_open(&self, id: &i64) -> bool {
        self.open_id == Some(*id)
    }
}

/// An open dialog.
pub struct OpenDialog {
    /// Head.
    pub head: DialogHead,
    /// Messages.
    pub bubbles: Vec<Bubble>,
    /// Where earlier ones begin.
    pub earlier: Option<i64>,
    /// These are not the newest.
    pub is_past: bool,
    /// Card.
    pub card: Option<Card>,
    /// Key of the next answer.
    pub once: String,
    /// What is wrong with the last answer.
    pub problem: Option<&'static str>,
    /// The answer that was not taken.
    pub draft: Option<Pii<String>>,
}

/// What addresses of this screen may carry.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Place {
    tab: Option<String>,
    shown: Option<i64>,
    before: Option<i64>,
}

impl Place {
    /// Under this tab.
    pub(super) fn under(tab: Option<String>) -> Place {
        Place {
            tab,
            ..Place::default()
        }
    }
}

/// What is wrong with the words a person wanted to send.
pub(super) struct Trouble {
    pub(super) problem: &'static str,
    pub(super) draft: Pii<String>,
}

/// Words for a client as a form sent them; or what is wrong with them.
pub(super) fn taken_words(text: &str) -> Result<String, (&'static str, String)> {
    // Forms send line ends as two characters; people count one.
    let text = text.replace("\r\n", "\n").trim().to_owned();
    if text.is_empty() || text.chars().count() > MAX_REPLY_CHARS || text.contains('\0') {
        return Err((words::reply_problem(text.is_empty()), text));
    }
    Ok(text)
}

/// `GET /desk/dialogs`.
///
/// # Errors
/// [`Refusal`].
pub async fn list(
    State(app): State<Arc<App>>,
    Extension(staff): Extension<Staff>,
    Query(place): Query<Place>,
) -> Result<Response, Refusal> {
    page(&read(&app, &staff, None, &place, None).await?)
}

/// `GET /desk/dialogs/{dialog}`.
///
/// # Errors
/// [`Refusal`].
pub async fn open(
    State(app): State<Arc<App>>,
    Extension(staff): Extension<Staff>,
    Path(dialog): Path<i64>,
    Query(place): Query<Place>,
) -> Result<Response, Refusal> {
    let dialog = DialogId(dialog);
    trace::note(&app, &staff, audit::DIALOG_READ, dialog.object()).await?;
    touched(&app, &staff, dialog).await?;
    page(&read(&app, &staff, Some(dialog), &place, None).await?)
}

/// Whose dialog it is may be nobody's: then somebody is looking around.
async fn touched(app: &Arc<App>, staff: &Staff, dialog: DialogId) -> Result<(), Refusal> {
    let card = app.data.read(move |tx| crate::dialog::load(tx, dialog)).await?.subject;
    Ok(alarm::touched(app, staff, vec![card]).await?)
}

/// The screen, with a dialog open or none.
pub(super) async fn read(
    app: &Arc<App>,
    staff: &Staff,
    dialog: Option<DialogId>,
    place: &Place,
    trouble: Option<Trouble>,
) -> Result<DialogsPage, Refusal> {
    let tab = place.tab.as_deref().map(Tab::from_name).unwrap_or_default();
    let shown = place.shown.unwrap_or(LIST_PAGE).clamp(LIST_PAGE, MAX_LISTED);
    let before = place.before.filter(|before| *before > 0);
    let (rooms, staff) = (Arc::clone(app), staff.clone());
    let page = app
        .data
        .read(move |tx| -> Result<DialogsPage, Fault> {
            let calendar = Calendar::new(rooms.base.zone.clone(), rooms.now_ms());
            let counts = rows::counts(&rooms, tx, &staff)?;
            let list = rows::list(&rooms, tx, &calendar, &staff, tab, shown)?;
            let is_full = i64::try_from(list.len()).unwrap_or(0) >= shown && shown < MAX_LISTED;
            let open = match dialog {
                Some(dialog) => {
                    let head = rows::head(&rooms, tx, &staff, dialog)?.ok_or(Fault::Gone("dialog"))?;
                    let (bubbles, earlier) =
                        rows::thread(&rooms, tx, &calendar, &staff, (dialog, before.unwrap_or(i64::MAX)))?;
                    let card = rows::card(&rooms, tx, &calendar, &staff, crate::identifier::SubjectId(head.card))?;
                    let (problem, draft) = trouble.map(|trouble| (trouble.problem, trouble.draft)).unzip();
                    let once = rooms.new_id().to_string();
                    Some(OpenDialog {
                        head,
                        bubbles,
                        earlier,
                        is_past: before.is_some(),
                        card,
                        once,
                        problem,
                        draft,
                    })
                }
                None => None,
            };
            let entry = |each: Tab| TabEntry {
                name: each.as_str(),
                words: words::tab(each),
                current: each == tab,
                count: match each {
                    Tab::Waiting => counts.waiting,
                    Tab::Mine => counts.mine,
                    Tab::Nobodys => counts.nobodys,
                    Tab::Assistant => counts.assistant,
                    Tab::Closed => 0,
                },
            };
            Ok(DialogsPage {
                shell: Shell::read(&rooms, tx, &staff, Section::Dialogs)?,
                tabs: Tab::ALL.map(entry).into(),
                tab_name: tab.as_str(),
                list,
                more: is_full.then_some(shown + LIST_PAGE),
                open_id: dialog.map(|dialog| dialog.0),
                open,
                outcomes: Outcome::ALL.map(|each| (each.as_str(), words::outcome(each))).into(),
            })
        })
        .await?;
    Ok(page)
}

/// The eye.
#[derive(Template)]
#[template(path = "seen.html")]
pub struct SeenPage {
    /// The frame.
    pub shell: Shell,
    /// Both texts.
    pub seen: Seen,
    /// Number of codes in words.
    pub codes_words: String,
}

/// `GET /desk/dialogs/{dialog}/seen/{message}`: «Как это видел помощник».
///
/// # Errors
/// [`Refusal`].
pub async fn seen(
    State(app): State<Arc<App>>,
    Extension(staff): Extension<Staff>,
    Path((dialog, message)): Path<(i64, i64)>,
) -> Result<Response, Refusal> {
    let dialog = DialogId(dialog);
    trace::note(&app, &staff, audit::DIALOG_READ, dialog.object()).await?;
    touched(&app, &staff, dialog).await?;
    let rooms = Arc::clone(&app);
    let shown = app
        .data
        .read(move |tx| -> Result<SeenPage, Fault> {
            let calendar = Calendar::new(rooms.base.zone.clone(), rooms.now_ms());
            let seen = rows::seen(&rooms, tx, &calendar, &staff, (dialog, MessageId(message)))?;
            let seen = seen.ok_or(Fault::Gone("message"))?;
            let shell = Shell::read(&rooms, tx, &staff, Section::Dialogs)?;
            Ok(SeenPage {
                shell,
                codes_words: words::codes(seen.codes),
                seen,
            })
        })
        .await?;
    page(&shown)
}

/// An answer as its form sends it.
#[derive(Deserialize)]
pub struct ReplyForm {
    text: String,
    once: String,
    tab: Option<String>,
}

/// `POST /desk/dialogs/{dialog}/reply`. The same `once` a second time sends nothing more.
///
/// # Errors
/// [`Refusal`]; nothing is sent then.
pub async fn reply(
    State(app): State<Arc<App>>,
    Extension(staff): Extension<Staff>,
    Path(dialog): Path<i64>,
    Form(form): Form<ReplyForm>,
) -> Result<Response, Refusal> {
    let dialog = DialogId(dialog);
    let is_key = |letter: char| letter.is_ascii_alphanumeric() || letter == '-';
    if form.once.is_empty() || form.once.len() > MAX_ONCE_CHARS || !form.once.chars().all(is_key) {
        return Err(Refusal::Unreadable);
    }
    let place = Place::under(form.tab);
    let text = match taken_words(&form.text) {
        Ok(text) => text,
        Err((problem, text)) => {
            let draft = text.into();
            let again = read(&app, &staff, Some(dialog), &place, Some(Trouble { problem, draft })).await?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, page(&again)?).into_response());
        }
    };
    reply_as_staff(&app, staff.id, &staff.session, dialog, &text, &form.once).await?;
    Ok(back(dialog, &place))
}

/// Where the reader was.
#[derive(Deserialize)]
pub struct ActForm {
    tab: Option<String>,
    outcome: Option<String>,
}

/// `POST /desk/dialogs/{dialog}/take`.
///
/// # Errors
/// [`Refusal`]; nothing changed then.
pub async fn take(
    State(app): State<Arc<App>>,
    Extension(staff): Extension<Staff>,
    Path(dialog): Path<i64>,
    Form(form): Form<ActForm>,
) -> Result<Response, Refusal> {
    done(&app, &staff, DialogId(dialog), StaffAct::Take, form.tab).await
}

/// `POST /desk/dialogs/{dialog}/give-back`.
///
/// # Errors
/// [`Refusal`]; nothing changed then.
pub async fn give_back(
    State(app): State<Arc<App>>,
    Extension(staff): Extension<Staff>,
    Path(dialog): Path<i64>,
    Form(form): Form<ActForm>,
) -> Result<Response, Refusal> {
    done(&app, &staff, DialogId(dialog), StaffAct::GiveBack, form.tab).await
}

/// `POST /desk/dialogs/{dialog}/close`.
///
/// # Errors
/// [`Refusal`]; nothing changed then.
pub async fn close(
    State(app): State<Arc<App>>,
    Extension(staff): Extension<Staff>,
    Path(dialog): Path<i64>,
    Form(form): Form<ActForm>,
) -> Result<Response, Refusal> {
    let outcome = form
        .outcome
        .as_deref()
        .and_then(Outcome::from_name)
        .ok_or(Refusal::Unreadable)?;
    done(&app, &staff, DialogId(dialog), StaffAct::Close(outcome), form.tab).await
}

async fn done(
    app: &Arc<App>,
    staff: &Staff,
    dialog: DialogId,
    what: StaffAct,
    tab: Option<String>,
) -> Result<Response, Refusal> {
    act(app, staff.id, &staff.session, dialog, what).await?;
    Ok(back(dialog, &Place::under(tab)))
}

/// Back to the dialog after something was done.
pub(super) fn back(dialog: DialogId, place: &Place) -> Response {
    let tab = place.tab.as_deref().map(Tab::from_name).unwrap_or_default();
    Redirect::to(&format!("/desk/dialogs/{}?tab={}", dialog.0, tab.as_str())).into_response()
}
