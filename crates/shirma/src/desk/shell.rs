//! The frame of the desk's pages: sections, counters, the person signed in.

use std::sync::Arc;

use shirma_store::Tx;
use shirma_vault::Pii;

use super::{guard, rows, words};
use crate::access::{Permission, Staff};
use crate::alarm;
use crate::app::{App, Fault};

/// Name of the site form that is there from the first start.
const DEMO: &str = "demo";
/// Counters show no more than this.
const MAX_COUNTER: i64 = 99;

/// Where in the left bar a page stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    /// «Диалоги».
    Dialogs,
    /// «Клиенты».
    Clients,
    /// «Защита данных».
    Protection,
    /// Nowhere in it.
    Other,
}

impl Section {
    /// For the template.
    pub fn is_dialogs(self) -> bool {
        self == Section::Dialogs
    }

    /// For the template.
    pub fn is_clients(self) -> bool {
        self == Section::Clients
    }

    /// For the template.
    pub fn is_protection(self) -> bool {
        self == Section::Protection
    }
}

/// The frame.
pub struct Shell {
    /// Where the page stands.
    pub section: Section,
    /// Dialogs that wait.
    pub waiting: i64,
    /// Who is signed in.
    pub name: Pii<String>,
    /// His initials.
    pub initials: Pii<String>,
    /// His role in words.
    pub role: &'static str,
    /// Code for forms.
    pub csrf: String,
    /// He may read dialogs and clients.
    pub may_dialogs: bool,
    /// He may see «Защита данных»: the journal and the consents.
    pub may_journal: bool,
    /// The alarms.
    pub may_alarms: bool,
    /// What waits for a second person.
    pub may_requests: bool,
    /// Who works here.
    pub may_staff: bool,
    /// He may invite colleagues.
    pub may_invite: bool,
    /// Alarms nobody has seen, if they are his to see.
    pub alarms: i64,
    /// The chat page to write to oneself.
    pub demo_chat: Option<String>,
}

impl Shell {
    /// The frame of a page that reads nothing else in the same transaction.
    ///
    /// # Errors
    /// [`Fault`].
    pub async fn around(app: &Arc<App>, staff: &Staff, section: Section) -> Result<Shell, Fault> {
        let (rooms, staff) = (Arc::clone(app), staff.clone());
        app.data.read(move |tx| Shell::read(&rooms, tx, &staff, section)).await
    }

    /// Reads what the frame shows.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn read(app: &App, tx: &mut Tx<'_>, staff: &Staff, section: Section) -> Result<Shell, Fault> {
        let name = Pii::new(staff.shown_name().to_owned());
        let has_demo = app.settings.site.iter().any(|site| site.name == DEMO);
        Ok(Shell {
            section,
            waiting: match staff.may(Permission::ReadDialogs) {
                true => rows::counts(app, tx, staff)?.waiting,
                false => 0,
            },
            alarms: match staff.may(Permission::ReadAlarms) {
                true => alarm::unseen(tx)?,
                false => 0,
            },
            initials: name.map(|name| words::initials(name)),
            name,
            role: words::role(staff.role),
            csrf: guard::form_code(app, staff),
            may_dialogs: staff.may(Permission::ReadDialogs),
            may_journal: staff.may(Permission::ReadJournal),
            may_alarms: staff.may(Permission::ReadAlarms),
            may_requests: staff.may(Permission::SeeRequests),
            may_staff: staff.may(Permission::ReadStaff),
            may_invite: staff.may(Permission::ManageStaff),
            demo_chat: (has_demo && staff.may(Permission::ReadDialogs)).then(|| format!("/chat/{DEMO}")),
        })
    }

    /// The first word of the name: there is room for no more under the picture.
    pub fn first_name(&self) -> &str {
        self.name.expose().split_whitespace().next().unwrap_or_default()
    }

    /// The counter, as it is shown.
    pub fn waiting_words(&self) -> String {
        if self.waiting > MAX_COUNTER {
            format!("{MAX_COUNTER}+")
        } else {
            self.waiting.to_string()
        }
    }
}
