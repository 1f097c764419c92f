//! The frame of the desk's pages: sections, counters, the person signed in.

use shirma_store::Tx;
use shirma_vault::Pii;

use super::{guard, rows, words};
use crate::access::{Permission, Staff};
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
    /// He may see «Защита данных».
    pub may_protect: bool,
    /// He may invite colleagues.
    pub may_invite: bool,
    /// The chat page to write to oneself.
    pub demo_chat: Option<String>,
}

impl Shell {
    /// Reads what the frame shows.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn read(app: &App, tx: &mut Tx<'_>, staff: &Staff, section: Section) -> Result<Shell, Fault> {
        let name = Pii::new(staff.shown_name().to_owned());
        let has_demo = app.settings.site.iter().any(|site| site.name == DEMO);
        Ok(Shell {
            section,
            waiting: rows::counts(app, tx, staff)?.waiting,
            initials: name.map(|name| words::initials(name)),
            name,
            role: words::role(staff.role),
            csrf: guard::form_code(app, staff),
            may_protect: staff.may(Permission::ReadJournal),
            may_invite: staff.may(Permission::ManageStaff),
            demo_chat: has_demo.then(|| format!("/chat/{DEMO}")),
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
