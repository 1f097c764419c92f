//! «Пригласить сотрудника»: a name and a role in, a one-time link and its QR code out.

use std::sync::Arc;

use askama::Template;
use axum::Extension;
use axum::extract::{Form, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use shirma_vault::{Pii, SecretString};

use crate::access::{self, AddError, LINK_LIFE_MS, MAX_LINK_LIFE_MS, Role, Staff};
use crate::app::App;
use crate::audit;
use crate::clock::HOUR_MS;
use crate::desk::fault::{Refusal, page};
use crate::desk::shell::{Section, Shell};
use crate::desk::words;
use crate::qr;

/// How long a link may live: the name in the form, milliseconds, words.
const LIVES: [(&str, i64, &str); 3] = [
    ("quarter", LINK_LIFE_MS, "15 минут"),
    ("hour", HOUR_MS, "час"),
    ("day", MAX_LINK_LIFE_MS, "сутки"),
];

/// The form.
#[derive(Template)]
#[template(path = "invite.html")]
pub struct InvitePage {
    /// The frame.
    pub shell: Shell,
    /// What is wrong with the last try.
    pub problem: Option<&'static str>,
    /// Name for signing in, as typed.
    pub login: String,
    /// Name, as typed.
    pub name: Pii<String>,
    /// Roles to choose from.
    pub roles: Vec<(&'static str, &'static str)>,
    /// Lives to choose from.
    pub lives: Vec<(&'static str, &'static str)>,
}

/// The link, this once.
#[derive(Template)]
#[template(path = "invited.html")]
pub struct InvitedPage {
    /// The frame.
    pub shell: Shell,
    /// Name for signing in.
    pub login: String,
    /// The address to open.
    pub link: SecretString,
    /// The same for a camera.
    pub picture: SecretString,
    /// How long it works, in words.
    pub life: &'static str,
}

async fn blank(app: &Arc<App>, staff: &Staff) -> Result<InvitePage, Refusal> {
    // The most frequent wish first: another administrator.
    let roles = Role::ALL.into_iter().rev();
    Ok(InvitePage {
        shell: Shell::around(app, staff, Section::Other).await?,
        problem: None,
        login: String::new(),
        name: Pii::new(String::new()),
        roles: roles.map(|role| (role.as_str(), words::role(role))).collect(),
        lives: LIVES.iter().map(|(name, _, words)| (*name, *words)).collect(),
    })
}

/// `GET /desk/invite`.
///
/// # Errors
/// [`Refusal`].
pub async fn form(State(app): State<Arc<App>>, Extension(staff): Extension<Staff>) -> Result<Response, Refusal> {
    page(&blank(&app, &staff).await?)
}

/// Whom.
#[derive(Deserialize)]
pub struct Invited {
    login: String,
    #[serde(default)]
    name: String,
    role: String,
    life: String,
}

/// `POST /desk/invite`.
///
/// # Errors
/// [`Refusal`]; nobody is invited then.
pub async fn invite(
    State(app): State<Arc<App>>,
    Extension(staff): Extension<Staff>,
    Form(invited): Form<Invited>,
) -> Result<Response, Refusal> {
    let role = Role::from_name(&invited.role).ok_or(Refusal::Unreadable)?;
    let life = LIVES.iter().find(|(name, ..)| *name == invited.life);
    let (_, life_ms, life) = life.ok_or(Refusal::Unreadable)?;
    let mut shown = blank(&app, &staff).await?;
    let added = access::add(&app, audit::staff(staff.id), &invited.login, role, &invited.name).await;
    let problem = match added {
        Ok(id) => {
            let token = access::issue_link(&app, id, *life_ms).await?;
            let link = format!("{}/sign-in/{}", app.settings.public_address(), token.expose());
            return page(&InvitedPage {
                shell: shown.shell,
                login: access::canonical_login(&invited.login),
                picture: SecretString::new(qr::svg(&link, words::PICTURE_OF_LINK)),
                link: SecretString::new(link),
                life,
            });
        }
        Err(AddError::Fault(fault)) => return Err(fault.into()),
        Err(AddError::Login) => words::password_problem(&access::PasswordError::Login),
        Err(AddError::Taken) => words::LOGIN_TAKEN_BY_ANYBODY,
    };
    shown.problem = Some(problem);
    shown.login = invited.login;
    shown.name = Pii::new(invited.name);
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page(&shown)?).into_response())
}
