//! The `two_person_request` table.

use shirma_store::{Row, Tx, params};

use super::{Action, State};
use crate::app::Fault;
use crate::identifier::{RequestId, StaffId, SubjectId};

/// Requests shown at once, newest first.
const MAX_REQUESTS: i64 = 100;

/// A request as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// Its id.
    pub id: RequestId,
    /// For what.
    pub action: Action,
    /// Whose data, when it is one person's.
    pub subject: Option<SubjectId>,
    /// Where it is.
    pub state: State,
    /// By whom.
    pub asked_by: StaffId,
    /// When.
    pub asked_at_ms: i64,
    /// When it is over, whatever its state.
    pub expires_at_ms: i64,
    /// The second person.
    pub decided_by: Option<StaffId>,
}

macro_rules! request {
    ($which:literal) => {
        concat!(
            "select id, action, subject, state, asked_by, asked_at, expires_at, decided_by from two_person_request ",
            $which
        )
    };
}

struct Kept {
    id: i64,
    action: String,
    subject: Option<i64>,
    state: String,
    asked_by: i64,
    asked_at: i64,
    expires_at: i64,
    decided_by: Option<i64>,
}

fn kept(row: &Row<'_>) -> Result<Kept, shirma_store::Error> {
    Ok(Kept {
        id: row.get("id")?,
        action: row.get("action")?,
        subject: row.get("subject")?,
        state: row.get("state")?,
        asked_by: row.get("asked_by")?,
        asked_at: row.get("asked_at")?,
        expires_at: row.get("expires_at")?,
        decided_by: row.get("decided_by")?,
    })
}

impl Kept {
    fn read(self) -> Result<Request, Fault> {
        Ok(Request {
            id: RequestId(self.id),
            action: Action::from_name(&self.action).ok_or(Fault::Unreadable("action of a request"))?,
            subject: self.subject.map(SubjectId),
            state: State::from_name(&self.state).ok_or(Fault::Unreadable("state of a request"))?,
            asked_by: StaffId(self.asked_by),
            asked_at_ms: self.asked_at,
            expires_at_ms: self.expires_at,
            decided_by: self.decided_by.map(StaffId),
        })
    }
}

pub(super) fn add(tx: &mut Tx<'_>, request: &Request) -> Result<(), Fault> {
    tx.execute(
        "insert into two_person_request (id, action, subject, state, asked_by, asked_at, expires_at)
         values ($1, $2, $3, $4, $5, $6, $7)",
        params![
            request.id.0,
            request.action.as_str(),
            request.subject.map(|subject| subject.0),
            request.state.as_str(),
            request.asked_by.0,
            request.asked_at_ms,
            request.expires_at_ms
        ],
    )?;
    Ok(())
}

pub(super) fn load(tx: &mut Tx<'_>, id: RequestId) -> Result<Option<Request>, Fault> {
    let row = tx.one(request!("where id = $1"), params![id.0], kept)?;
    row.map(Kept::read).transpose()
}

/// A request of the same person for the same thing that is neither settled nor over.
pub(super) fn waiting(
    tx: &mut Tx<'_>,
    action: Action,
    subject: Option<SubjectId>,
    asker: StaffId,
    now_ms: i64,
) -> Result<Option<RequestId>, Fault> {
    Ok(tx.one(
        "select id from two_person_request where action = $1 and coalesce(subject, 0) = $2 and asked_by = $3
           and state in ('open', 'approved') and expires_at > $4 limit 1",
        params![action.as_str(), subject.map_or(0, |subject| subject.0), asker.0, now_ms],
        |row| Ok(RequestId(row.get("id")?)),
    )?)
}

/// The newest approved request of this person for this thing.
pub(super) fn approved(
    tx: &mut Tx<'_>,
    action: Action,
    subject: Option<SubjectId>,
    asker: StaffId,
) -> Result<Option<Request>, Fault> {
    let row = tx.one(
        request!(
            "where action = $1 and coalesce(subject, 0) = $2 and asked_by = $3 and state = 'approved'
         order by asked_at desc, id desc limit 1"
        ),
        params![action.as_str(), subject.map_or(0, |subject| subject.0), asker.0],
        kept,
    )?;
    row.map(Kept::read).transpose()
}

pub(super) fn decide(tx: &mut Tx<'_>, id: RequestId, to: State, by: StaffId, now_ms: i64) -> Result<(), Fault> {
    let changed = tx.execute(
        "update two_person_request set state = $2, decided_by = $3, decided_at = $4 where id = $1 and state = 'open'",
        params![id.0, to.as_str(), by.0, now_ms],
    )?;
    if changed == 1 {
        Ok(())
    } else {
        Err(Fault::Gone("request"))
    }
}

pub(super) fn execute(tx: &mut Tx<'_>, id: RequestId, now_ms: i64) -> Result<(), Fault> {
    let changed = tx.execute(
        "update two_person_request set state = 'executed', executed_at = $2 where id = $1 and state = 'approved'",
        params![id.0, now_ms],
    )?;
    if changed == 1 {
        Ok(())
    } else {
        Err(Fault::Gone("request"))
    }
}

/// All requests, newest first; of one person only, when told.
///
/// # Errors
/// [`Fault`].
pub fn list(tx: &mut Tx<'_>, asked_by: Option<StaffId>) -> Result<Vec<Request>, Fault> {
    let rows = tx.many(
        request!("where cast($1 as bigint) = 0 or asked_by = $1 order by asked_at desc, id desc limit $2"),
        params![asked_by.map_or(0, |staff| staff.0), MAX_REQUESTS],
        kept,
    )?;
    rows.into_iter().map(Kept::read).collect()
}
