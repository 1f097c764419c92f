//! Roles and what each may do: one table (`product-ux.md` §1, `security.md` §5; where they differ, ADR 0010). What is not
//! named is refused.

/// What a member of staff is in the business.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// «Владелец»: answers for everything.
    Owner,
    /// «Управляющий»: leads the people.
    Manager,
    /// «Администратор»: answers clients.
    Administrator,
    /// «Мастер»: serves his own clients.
    Master,
    /// «Врач»: treats his own patients.
    Doctor,
    /// «Ответственный за данные»: answers for consents, requests and the journal.
    DataOfficer,
    /// «Проверяющий»: reads journal and reports, for a time.
    Auditor,
}

/// What a screen or an act needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Permission {
    /// Be signed in: set one's password, sign out.
    SignedIn,
    /// Open the desk at all.
    OpenDesk,
    /// Read dialogs.
    ReadDialogs,
    /// Answer, take, close.
    Answer,
    /// Read clients' cards, masked.
    ReadClients,
    /// See a contact in full, for a reason.
    Reveal,
    /// Hand a client over to somebody.
    Assign,
    /// Read the journal.
    ReadJournal,
    /// Read the book of consent texts.
    ReadConsents,
    /// Read alarms and tick them off.
    ReadAlarms,
    /// Say which client is a honey client.
    MarkHoney,
    /// See requests that wait for a second person; who may not approve sees his own.
    SeeRequests,
    /// Be the second person.
    Approve,
    /// Ask for the list of all clients with contacts, and fetch it once approved.
    Export,
    /// Ask for the protected section of somebody else's patient, and open it once approved.
    BreakGlass,
    /// Ask for a client's data to be erased.
    AskErasure,
    /// See who works here.
    ReadStaff,
    /// Change roles and terms of others, disable them.
    ManageStaff,
}

/// Whose clients a role meets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// Everybody's.
    All,
    /// Those assigned to him, and those whose dialog he is responsible for.
    Own,
    /// Nobody's.
    Nobody,
}

/// How much of a client's data a role reads without asking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sight {
    /// Phones, addresses, numbers of papers in texts.
    pub contacts: bool,
    /// Names.
    pub names: NameSight,
}

/// How much of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameSight {
    /// All of it.
    Full,
    /// What the person is called by.
    Given,
}

impl Sight {
    /// Nothing is kept back.
    pub const ALL: Sight = Sight {
        contacts: true,
        names: NameSight::Full,
    };
}

use Permission as P;
use Role::{Administrator, Auditor, DataOfficer, Doctor, Manager, Master, Owner};

/// Each permission: its word in the journal, whether a stolen session must not be enough for it (security.md §5
/// «Elevation»), and who has it.
const TABLE: [(Permission, &str, bool, &[Role]); 18] = [
    (P::SignedIn, "signed_in", false, &Role::ALL),
    (P::OpenDesk, "open_desk", false, &Role::ALL),
    (P::ReadDialogs, "read_dialogs", false, &SERVING),
    (P::Answer, "answer", false, &SERVING),
    (P::ReadClients, "read_clients", false, &SERVING),
    (P::Reveal, "reveal", true, &[Owner, Manager, Administrator, Doctor]),
    (P::Assign, "assign", false, &[Owner, Manager, Administrator]),
    (
        P::ReadJournal,
        "read_journal",
        false,
        &[Owner, Manager, DataOfficer, Auditor],
    ),
    (
        P::ReadConsents,
        "read_consents",
        false,
        &[Owner, Manager, DataOfficer, Auditor],
    ),
    (P::ReadAlarms, "read_alarms", false, &[Owner, DataOfficer]),
    (P::MarkHoney, "mark_honey", true, &[Owner]),
    (
        P::SeeRequests,
        "see_requests",
        false,
        &[Owner, Manager, Administrator, Doctor],
    ),
    (P::Approve, "approve", true, &[Owner, Manager]),
    (P::Export, "export", true, &[Owner, Manager]),
    (P::BreakGlass, "break_glass", true, &[Doctor]),
    (
        P::AskErasure,
        "ask_erasure",
        false,
        &[Owner, Manager, Administrator, Doctor],
    ),
    (P::ReadStaff, "read_staff", false, &[Owner, Manager]),
    (P::ManageStaff, "manage_staff", true, &[Owner]),
];

/// Roles that talk to clients or serve them.
const SERVING: [Role; 5] = [Owner, Manager, Administrator, Master, Doctor];

impl Permission {
    /// As the journal names it.
    pub fn as_str(self) -> &'static str {
        self.line().1
    }

    /// The permission with this name.
    pub fn from_name(name: &str) -> Option<Permission> {
        TABLE.iter().find(|line| line.1 == name).map(|line| line.0)
    }

    /// Whether he must have proven within the last minutes that it is he: reveal, export, staff, approvals.
    pub fn needs_elevation(self) -> bool {
        self.line().2
    }

    fn line(self) -> &'static (Permission, &'static str, bool, &'static [Role]) {
        TABLE.iter().find(|line| line.0 == self).unwrap_or(&TABLE[0])
    }
}

impl Role {
    /// All roles.
    pub const ALL: [Role; 7] = [Owner, Manager, Administrator, Master, Doctor, DataOfficer, Auditor];

    /// As the table names it.
    pub fn as_str(self) -> &'static str {
        match self {
            Owner => "owner",
            Manager => "manager",
            Administrator => "administrator",
            Master => "master",
            Doctor => "doctor",
            DataOfficer => "data_officer",
            Auditor => "auditor",
        }
    }

    /// The role with this name.
    pub fn from_name(name: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|role| role.as_str() == name)
    }

    /// Whether the role may.
    pub fn may(self, permission: Permission) -> bool {
        TABLE
            .iter()
            .any(|(named, _, _, roles)| *named == permission && roles.contains(&self))
    }

    /// Whose clients it meets.
    pub fn reach(self) -> Reach {
        match self {
            Owner | Manager | Administrator => Reach::All,
            Master | Doctor => Reach::Own,
            DataOfficer | Auditor => Reach::Nobody,
        }
    }

    /// What it reads of a client's data in lists and texts. Only the owner and the one who leads for him see contacts.
    pub fn sight(self) -> Sight {
        match self {
            Owner | Manager => Sight::ALL,
            Administrator | Doctor => Sight {
                contacts: false,
                names: NameSight::Full,
            },
            Master | DataOfficer | Auditor => Sight {
                contacts: false,
                names: NameSight::Given,
            },
        }
    }

    /// Whether somebody has it for a time only: `product-ux.md` §1 «Проверяющий».
    pub fn is_for_a_time(self) -> bool {
        self == Auditor
    }

    /// Whether free words beside the journal are shown to it: they may name people.
    pub fn reads_details(self) -> bool {
        matches!(self, Owner | Manager | DataOfficer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_and_a_permission_read_back_by_their_names() {
        for role in Role::ALL {
            assert_eq!(Role::from_name(role.as_str()), Some(role));
        }
        assert_eq!(Role::from_name("root"), None);
        for (permission, name, ..) in TABLE {
            assert_eq!(Permission::from_name(name), Some(permission));
            assert_eq!(permission.as_str(), name);
        }
    }

    #[test]
    fn only_owner_and_manager_see_contacts_and_a_specialist_meets_his_own() {
        let seeing: Vec<Role> = Role::ALL.into_iter().filter(|role| role.sight().contacts).collect();
        assert_eq!(seeing, [Owner, Manager]);
        let own: Vec<Role> = Role::ALL
            .into_iter()
            .filter(|role| role.reach() == Reach::Own)
            .collect();
        assert_eq!(own, [Master, Doctor]);
        for role in Role::ALL {
            let meets_clients = role.may(P::ReadDialogs) || role.may(P::ReadClients) || role.may(P::Reveal);
            assert_eq!(meets_clients, role.reach() != Reach::Nobody, "{role:?}");
        }
    }

    /// security.md §5, product-ux.md §1: what must not slip into the table.
    #[test]
    fn nobody_has_what_the_design_keeps_from_him() {
        for (role, permission) in [
            (Administrator, P::ReadJournal),
            (Administrator, P::Export),
            (Administrator, P::Approve),
            (Manager, P::ManageStaff),
            (Manager, P::MarkHoney),
            (Manager, P::BreakGlass),
            (Owner, P::BreakGlass),
            (Master, P::Reveal),
            (Master, P::Assign),
            (Doctor, P::Export),
            (Doctor, P::Approve),
            (DataOfficer, P::ReadDialogs),
            (DataOfficer, P::ReadClients),
            (Auditor, P::ReadClients),
            (Auditor, P::ReadAlarms),
        ] {
            assert!(!role.may(permission), "{role:?} {permission:?}");
        }
        assert!(!Auditor.reads_details());
    }

    #[test]
    fn what_a_stolen_session_must_not_do_needs_a_fresh_proof() {
        for permission in [P::Reveal, P::Export, P::ManageStaff, P::Approve, P::BreakGlass] {
            assert!(permission.needs_elevation(), "{permission:?}");
        }
        assert!(!P::ReadDialogs.needs_elevation());
    }
}
