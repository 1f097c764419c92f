//! What one person must not do alone: two different people, both still holding their right when it is done, within a day
//! (security.md §5).
//!
//! ```text
//! open ── approved by a second person ──▶ approved ── done by whoever asked (spend) ──▶ executed
//!   │                                        └── 24 h after it was asked ──▶ over
//!   ├── refused ──▶ refused
//!   └── 24 h ──▶ over
//! ```
//!
//! The way through is [`spend`]: it takes the approval inside the transaction of the effect, so that one approval has one
//! effect. It gives an [`Approval`], which nothing else can make; whatever needs two people takes one as an argument.

mod rows;

use std::sync::Arc;

use shirma_store::Tx;

use super::{Permission, Role, Staff, rows as staff_rows, session, staff};
use crate::app::{App, Fault};
use crate::audit;
use crate::clock::DAY_MS;
use crate::identifier::{RequestId, StaffId, SubjectId};

pub use rows::{Request, list};

/// How long a request lives from the moment it was asked.
pub const REQUEST_LIFE_MS: i64 = DAY_MS;

/// What needs two people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// The list of all clients with their contacts.
    Export,
    /// The protected section of somebody else's patient.
    BreakGlass,
    /// A client's data are erased.
    Erasure,
}

impl Action {
    const ALL: [Action; 3] = [Action::Export, Action::BreakGlass, Action::Erasure];

    /// As the table and the journal name it.
    pub fn as_str(self) -> &'static str {
        match self {
            Action::Export => "export",
            Action::BreakGlass => "break_glass",
            Action::Erasure => "erasure",
        }
    }

    /// The action with this name.
    pub fn from_name(name: &str) -> Option<Action> {
        Action::ALL.into_iter().find(|action| action.as_str() == name)
    }

    /// The right of whoever asks, and does it.
    pub fn permission(self) -> Permission {
        match self {
            Action::Export => Permission::Export,
            Action::BreakGlass => Permission::BreakGlass,
            Action::Erasure => Permission::AskErasure,
        }
    }
}

/// Where a request is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Waits for a second person.
    Open,
    /// May be done, once.
    Approved,
    /// Will not be done.
    Refused,
    /// Was done.
    Executed,
}

impl State {
    const ALL: [State; 4] = [State::Open, State::Approved, State::Refused, State::Executed];

    /// As the table names it.
    pub fn as_str(self) -> &'static str {
        match self {
            State::Open => "open",
            State::Approved => "approved",
            State::Refused => "refused",
            State::Executed => "executed",
        }
    }

    fn from_name(name: &str) -> Option<State> {
        State::ALL.into_iter().find(|state| state.as_str() == name)
    }
}

/// Why it is not done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Objection {
    /// Whoever asked cannot be his own second person, nor under another name of his.
    #[error("one person is not two")]
    SamePerson,
    /// One of the two has no right to it, or not any more.
    #[error("the right is missing")]
    NoRight,
    /// It waits no longer: settled before, or its day is over.
    #[error("the request is settled or over")]
    Over,
    /// Nobody has approved it.
    #[error("no approval")]
    NotApproved,
}

/// Why it is not done, or what failed.
#[derive(Debug, thiserror::Error)]
pub enum SecondError {
    /// A rule stands against it.
    #[error(transparent)]
    Objection(#[from] Objection),
    /// The step failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<shirma_store::Error> for SecondError {
    fn from(error: shirma_store::Error) -> SecondError {
        SecondError::Fault(error.into())
    }
}

/// Two people agreed; used up by being made. Only [`spend`] makes one.
///
/// ```compile_fail,E0451
/// use shirma::access::second_person::{Action, Approval};
/// let forged = Approval { action: Action::Export, request: shirma::identifier::RequestId(1) };
/// ```
#[derive(Debug)]
#[must_use = "an approval is used up: do what it was given for"]
pub struct Approval {
    action: Action,
    request: RequestId,
}

impl Approval {
    /// For what.
    pub fn action(&self) -> Action {
        self.action
    }

    /// By which request.
    pub fn request(&self) -> RequestId {
        self.request
    }
}

/// One of the two, as he stands at the moment of asking.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Person {
    id: StaffId,
    /// `None` when his account is disabled or over.
    role: Option<Role>,
    /// As colleagues call him; empty when nobody said.
    name: String,
}

impl Person {
    fn may(&self, permission: Permission) -> bool {
        self.role.is_some_and(|role| role.may(permission))
    }

    /// Two accounts of one id or one name are one person.
    fn is_same(&self, other: &Person) -> bool {
        let name = |person: &Person| person.name.trim().to_lowercase();
        self.id == other.id || !name(self).is_empty() && name(self) == name(other)
    }
}

/// A member of staff as he stands now.
fn person(app: &App, tx: &mut Tx<'_>, id: StaffId, now_ms: i64) -> Result<Person, Fault> {
    let kept = staff_rows::staff(tx, id)?.ok_or(Fault::Gone("staff"))?;
    let is_here = session::works_here(&kept.state, kept.until_ms, now_ms);
    let name = staff::open_name(app, id, kept.name.as_deref())?;
    Ok(Person {
        id,
        role: Role::from_name(&kept.role).filter(|_| is_here),
        name: name.expose().clone(),
    })
}

/// Whether a second person may approve or refuse.
fn may_decide(request: &Request, asker: &Person, second: &Person, now_ms: i64) -> Result<(), Objection> {
    if request.state != State::Open {
        return Err(Objection::Over);
    }
    are_two(request, asker, second, now_ms)
}

/// Whether it may be done now.
fn may_execute(request: &Request, asker: &Person, second: Option<&Person>, now_ms: i64) -> Result<(), Objection> {
    match request.state {
        State::Open => return Err(Objection::NotApproved),
        State::Refused | State::Executed => return Err(Objection::Over),
        State::Approved => {}
    }
    are_two(request, asker, second.ok_or(Objection::NotApproved)?, now_ms)
}

/// Whether, within its day, two different people hold their rights to it.
fn are_two(request: &Request, asker: &Person, second: &Person, now_ms: i64) -> Result<(), Objection> {
    if now_ms >= request.expires_at_ms {
        return Err(Objection::Over);
    }
    if asker.is_same(second) {
        return Err(Objection::SamePerson);
    }
    if !second.may(Permission::Approve) || !asker.may(request.action.permission()) {
        return Err(Objection::NoRight);
    }
    Ok(())
}

/// Asks for a second person; a request of the same kind that still waits is given again.
///
/// # Errors
/// [`SecondError`]; nothing waits then.
pub async fn ask(
    app: &Arc<App>,
    staff: &Staff,
    action: Action,
    subject: Option<SubjectId>,
) -> Result<RequestId, SecondError> {
    if !staff.may(action.permission()) {
        return Err(Objection::NoRight.into());
    }
    let now_ms = app.now_ms();
    let id = RequestId(app.new_id());
    let (asker, session) = (staff.id, staff.session.clone());
    let request = app
        .data
        .write(move |tx| -> Result<RequestId, Fault> {
            if let Some(known) = rows::waiting(tx, action, subject, asker, now_ms)? {
                return Ok(known);
            }
            let request = Request {
                id,
                action,
                subject,
                state: State::Open,
                asked_by: asker,
                asked_at_ms: now_ms,
                expires_at_ms: now_ms + REQUEST_LIFE_MS,
                decided_by: None,
            };
            rows::add(tx, &request)?;
            let leaf = audit::leaf(now_ms, audit::staff(asker), audit::SECOND_ASK, about(&request));
            tx.append(&leaf.with_session(session).with_purpose(action.as_str()))?;
            Ok(id)
        })
        .await?;
    Ok(request)
}

/// The second person says yes.
///
/// # Errors
/// [`SecondError`]; the request waits as before.
pub async fn approve(app: &Arc<App>, staff: &Staff, id: RequestId) -> Result<(), SecondError> {
    settle(app, staff, id, State::Approved).await
}

/// The second person says no.
///
/// # Errors
/// [`SecondError`]; the request waits as before.
pub async fn refuse(app: &Arc<App>, staff: &Staff, id: RequestId) -> Result<(), SecondError> {
    settle(app, staff, id, State::Refused).await
}

async fn settle(app: &Arc<App>, staff: &Staff, id: RequestId, to: State) -> Result<(), SecondError> {
    let rooms = Arc::clone(app);
    let (second, session) = (staff.id, staff.session.clone());
    app.data
        .write(move |tx| -> Result<(), SecondError> {
            let now_ms = rooms.now_ms();
            let request = rows::load(tx, id)?.ok_or(Fault::Gone("request"))?;
            let asker = person(&rooms, tx, request.asked_by, now_ms)?;
            let person = person(&rooms, tx, second, now_ms)?;
            may_decide(&request, &asker, &person, now_ms)?;
            rows::decide(tx, id, to, second, now_ms)?;
            let act = if to == State::Approved {
                audit::SECOND_APPROVE
            } else {
                audit::SECOND_REFUSE
            };
            let leaf = audit::leaf(now_ms, audit::staff(second), act, about(&request));
            tx.append(&leaf.with_session(session).with_purpose(request.action.as_str()))?;
            Ok(())
        })
        .await
}

/// Takes an approval inside the transaction of what it was given for: both people still hold their right, and it was not used.
///
/// # Errors
/// [`SecondError`]; the caller's transaction must roll back then.
pub fn spend(
    app: &App,
    tx: &mut Tx<'_>,
    staff: &Staff,
    action: Action,
    subject: Option<SubjectId>,
) -> Result<Approval, SecondError> {
    let now_ms = app.now_ms();
    let request = rows::approved(tx, action, subject, staff.id)?.ok_or(Objection::NotApproved)?;
    let asker = person(app, tx, request.asked_by, now_ms)?;
    let second = match request.decided_by {
        Some(second) => Some(person(app, tx, second, now_ms)?),
        None => None,
    };
    may_execute(&request, &asker, second.as_ref(), now_ms)?;
    rows::execute(tx, request.id, now_ms)?;
    let leaf = audit::leaf(now_ms, audit::staff(staff.id), audit::SECOND_SPEND, about(&request));
    tx.append(&leaf.with_session(staff.session.clone()).with_purpose(action.as_str()))?;
    Ok(Approval {
        action,
        request: request.id,
    })
}

/// Opens the protected section of a patient who is not the asker's own, once, after a second person agreed.
///
/// # Errors
/// [`SecondError`]; the section stays closed then.
pub async fn break_glass(app: &Arc<App>, staff: &Staff, patient: SubjectId) -> Result<Approval, SecondError> {
    let (rooms, staff) = (Arc::clone(app), staff.clone());
    app.data
        .write(move |tx| -> Result<Approval, SecondError> {
            let approval = spend(&rooms, tx, &staff, Action::BreakGlass, Some(patient))?;
            let leaf = audit::leaf(
                rooms.now_ms(),
                audit::staff(staff.id),
                audit::BREAK_GLASS,
                patient.object(),
            );
            tx.append(&leaf.with_session(staff.session.clone()))?;
            Ok(approval)
        })
        .await
}

/// What the journal names: the person the request is about, or the request.
fn about(request: &Request) -> shirma_audit::Object {
    request.subject.map_or(request.id.object(), SubjectId::object)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(id: i64, role: Role, name: &str) -> Person {
        Person {
            id: StaffId(id),
            role: Some(role),
            name: name.to_owned(),
        }
    }

    fn request(action: Action, state: State) -> Request {
        Request {
            id: RequestId(1),
            action,
            subject: None,
            state,
            asked_by: StaffId(1),
            asked_at_ms: 0,
            expires_at_ms: REQUEST_LIFE_MS,
            decided_by: Some(StaffId(2)),
        }
    }

    #[test]
    fn the_second_person_is_another_one_with_the_right_within_a_day() {
        let owner = person(1, Role::Owner, "Анна");
        let manager = person(2, Role::Manager, "Ольга");
        let open = request(Action::Export, State::Open);
        assert_eq!(may_decide(&open, &owner, &manager, 0), Ok(()));
        for (asker, second, now_ms, objection) in [
            (&owner, &owner, 0, Objection::SamePerson),
            (&owner, &person(3, Role::Manager, " анна "), 0, Objection::SamePerson),
            (&owner, &person(3, Role::Administrator, "Пётр"), 0, Objection::NoRight),
            (&person(1, Role::Master, "Анна"), &manager, 0, Objection::NoRight),
            (&owner, &manager, REQUEST_LIFE_MS, Objection::Over),
        ] {
            assert_eq!(may_decide(&open, asker, second, now_ms), Err(objection));
        }
        for state in [State::Approved, State::Refused, State::Executed] {
            let settled = request(Action::Export, state);
            assert_eq!(may_decide(&settled, &owner, &manager, 0), Err(Objection::Over));
        }
    }

    #[test]
    fn both_still_hold_their_right_when_it_is_done() {
        let owner = person(1, Role::Owner, "Анна");
        let manager = person(2, Role::Manager, "Ольга");
        let gone = Person {
            role: None,
            ..manager.clone()
        };
        let approved = request(Action::Export, State::Approved);
        assert_eq!(may_execute(&approved, &owner, Some(&manager), 1), Ok(()));
        for (asker, second, now_ms, objection) in [
            (&owner, Some(&gone), 1, Objection::NoRight),
            (
                &person(1, Role::Administrator, "Анна"),
                Some(&manager),
                1,
                Objection::NoRight,
            ),
            (&owner, Some(&owner), 1, Objection::SamePerson),
            (&owner, None, 1, Objection::NotApproved),
            (&owner, Some(&manager), REQUEST_LIFE_MS, Objection::Over),
        ] {
            assert_eq!(may_execute(&approved, asker, second, now_ms), Err(objection));
        }
        for (state, objection) in [
            (State::Open, Objection::NotApproved),
            (State::Refused, Objection::Over),
            (State::Executed, Objection::Over),
        ] {
            let other = request(Action::Export, state);
            assert_eq!(may_execute(&other, &owner, Some(&manager), 1), Err(objection));
        }
        let glass = request(Action::BreakGlass, State::Approved);
        assert_eq!(may_execute(&glass, &owner, Some(&manager), 1), Err(Objection::NoRight));
        assert_eq!(
            may_execute(&glass, &person(1, Role::Doctor, "Анна"), Some(&manager), 1),
            Ok(())
        );
    }
}
