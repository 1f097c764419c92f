//! May he, and with this very thing? A pure function of role, right and whose the thing is (security.md §5, §15).

use super::role::{Permission, Reach, Role};

/// Whose a client, and with him his dialogs, is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Assigned to the person, or led by him.
    Own,
    /// Somebody else's.
    Foreign,
    /// There is no such thing.
    Absent,
}

/// What comes of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// It goes on.
    Allow,
    /// His role never may: he is told so.
    Deny,
    /// He is answered as if the thing did not exist: that it does is no business of his.
    Hide,
}

/// Decides. `thing` is where the thing asked for stands to him; `None` when the request is about no client.
pub fn decide(role: Role, permission: Permission, thing: Option<Standing>) -> Decision {
    if !role.may(permission) {
        return Decision::Deny;
    }
    match (thing, role.reach()) {
        (None, _) | (Some(Standing::Own | Standing::Foreign), Reach::All) | (Some(Standing::Own), Reach::Own) => {
            Decision::Allow
        }
        (Some(Standing::Absent), _)
        | (Some(Standing::Foreign), Reach::Own)
        | (Some(Standing::Own | Standing::Foreign), Reach::Nobody) => Decision::Hide,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_foreign_client_is_hidden_from_whoever_meets_only_his_own() {
        for role in Role::ALL {
            let foreign = decide(role, Permission::ReadClients, Some(Standing::Foreign));
            let absent = decide(role, Permission::ReadClients, Some(Standing::Absent));
            match role.reach() {
                Reach::All => assert_eq!((foreign, absent), (Decision::Allow, Decision::Hide), "{role:?}"),
                Reach::Own => assert_eq!(foreign, absent, "{role:?} can tell a foreign client from none"),
                Reach::Nobody => assert_eq!((foreign, absent), (Decision::Deny, Decision::Deny), "{role:?}"),
            }
        }
    }

    #[test]
    fn an_own_client_gives_no_right_the_role_has_not() {
        for role in Role::ALL {
            let own = decide(role, Permission::Reveal, Some(Standing::Own));
            let expected = if role.may(Permission::Reveal) {
                Decision::Allow
            } else {
                Decision::Deny
            };
            assert_eq!(own, expected, "{role:?}");
        }
        assert_eq!(
            decide(Role::Master, Permission::Reveal, Some(Standing::Own)),
            Decision::Deny
        );
        assert_eq!(decide(Role::Owner, Permission::OpenDesk, None), Decision::Allow);
    }
}
