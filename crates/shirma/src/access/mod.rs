//! Who may come in and what he may do: one-time links, passwords, sessions, rights, and where a form may come from.
//!
//! Decisions (`role`, `decision`, `origin`, the rules of `password` and `session`) are pure; the SQL stands in `rows`.

pub mod assignment;
mod confirm;
mod decision;
mod device;
mod factor;
mod link;
pub mod origin;
mod password;
mod role;
mod rows;
pub mod second_person;
mod session;
mod staff;
mod words;

pub use confirm::confirm;
pub use decision::{Decision, Standing, decide};
pub use device::device;
pub use factor::{
    Factor, Offer, PUT_OFF_MS, RECOVERY_CODES, activate, codes_left, drop_own, finish_sign_in, forget, offer,
    renew_codes,
};
pub use link::{FIRST_LINK_LIFE_MS, LINK_LIFE_MS, MAX_LINK_LIFE_MS, is_open, issue_link, use_link};
pub use password::{Chosen, PasswordError, SignIn, is_too_often, set_password, sign_in};
pub use role::{NameSight, Permission, Reach, Role, Sight};
pub use session::{
    ABSOLUTE_LIFE_MS, Device, ELEVATION_MS, Ended, IDLE_LIFE_MS, Opened, Touch, devices, end, is_live, resume, sign_out,
};
pub use staff::{
    AddError, Disabled, LinkError, Member, Refit, RefitError, add, canonical_login, disable, first_owner_link,
    link_again, list, names, refit,
};

use shirma_vault::Pii;

use crate::identifier::StaffId;

/// The person behind a request, known from the session. Rights are read anew with each request.
#[derive(Debug, Clone)]
pub struct Staff {
    /// Who.
    pub id: StaffId,
    /// Name for signing in.
    pub login: String,
    /// What he may do.
    pub role: Role,
    /// As colleagues call him; empty = the login is shown.
    pub name: Pii<String>,
    /// A password is set.
    pub has_password: bool,
    /// First eight digits of the session's digest, for the journal.
    pub session: String,
    /// The session's digest: what ends it.
    pub digest: [u8; 32],
    /// The digest it began with: what its form codes are made from, so that a new secret makes no open form stale.
    pub root: [u8; 32],
    /// Until when dangerous acts need no new proof.
    pub elevated_until_ms: i64,
    /// His second factor.
    pub factor: Factor,
}

impl Staff {
    /// Whether he may.
    pub fn may(&self, permission: Permission) -> bool {
        self.role.may(permission)
    }

    /// Whether he proved within the last minutes that it is he.
    pub fn is_elevated(&self, now_ms: i64) -> bool {
        now_ms < self.elevated_until_ms
    }

    /// The name on screens.
    pub fn shown_name(&self) -> &str {
        let name = self.name.expose();
        if name.is_empty() { &self.login } else { name }
    }
}
