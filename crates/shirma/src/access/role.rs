//! Roles and what each may do: one table (`product-ux.md` §1, `security.md` §5). What is not named is refused.

/// What a member of staff is in the business.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Answers for everything.
    Owner,
    /// Leads the people.
    Manager,
    /// Answers clients.
    Administrator,
}

/// What a screen or an act needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Permission {
    /// Be signed in: set one's password, sign out.
    SignedIn,
    /// Read dialogs.
    ReadDialogs,
    /// Answer, take, close.
    Answer,
    /// Read clients' cards, masked.
    ReadClients,
    /// See a contact in full, for a reason.
    Reveal,
    /// Read the journal.
    ReadJournal,
    /// Read the book of consent texts.
    ReadConsents,
    /// Invite others, end their sessions.
    ManageStaff,
}

impl Permission {
    /// Whether he must have proven within the last minutes that it is he (security.md §5 «Elevation»).
    pub fn needs_elevation(self) -> bool {
        matches!(self, Permission::Reveal | Permission::ManageStaff)
    }
}

impl Role {
    /// All roles.
    pub const ALL: [Role; 3] = [Role::Owner, Role::Manager, Role::Administrator];

    /// As the table names it.
    pub fn as_str(self) -> &'static str {
        match self {
            Role::Owner => "owner",
            Role::Manager => "manager",
            Role::Administrator => "administrator",
        }
    }

    /// The role with this name.
    pub fn from_name(name: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|role| role.as_str() == name)
    }

    /// Whether the role may.
    pub fn may(self, permission: Permission) -> bool {
        match permission {
            Permission::SignedIn
            | Permission::ReadDialogs
            | Permission::Answer
            | Permission::ReadClients
            | Permission::Reveal => true,
            Permission::ManageStaff => self == Role::Owner,
            Permission::ReadJournal | Permission::ReadConsents => matches!(self, Role::Owner | Role::Manager),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_administrator_reads_no_journal() {
        assert!(!Role::Administrator.may(Permission::ReadJournal));
        assert!(Role::Administrator.may(Permission::Answer));
        assert!(Role::Owner.may(Permission::ReadJournal));
    }

    #[test]
    fn a_role_reads_back_by_its_name() {
        for role in Role::ALL {
            assert_eq!(Role::from_name(role.as_str()), Some(role));
        }
        assert_eq!(Role::from_name("root"), None);
    }
}
