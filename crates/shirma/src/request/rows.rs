//! The `subject_request` table.

use shirma_store::{Tx, params};

use super::{RequestKind, due_on};
use crate::app::{App, Fault};
use crate::audit;
use crate::identifier::{DialogId, SubjectId};

/// Opens a request; one of the same kind that is open already keeps its own clock.
pub fn open(app: &App, tx: &mut Tx<'_>, subject: SubjectId, dialog: DialogId, kind: RequestKind) -> Result<(), Fault> {
    let known = tx.one(
        "select id from subject_request where subject = $1 and kind = $2 and state = 'open' order by id limit 1",
        params![subject.0, kind.as_str()],
        |row| row.get::<i64>(0),
    )?;
    if known.is_some() {
        return Ok(());
    }
    let due = due_on(app.local_now().date()).to_string();
    tx.execute(
        "insert into subject_request (id, subject, dialog, kind, state, received_at, due_on)
         values ($1, $2, $3, $4, 'open', $5, $6)",
        params![app.new_id(), subject.0, dialog.0, kind.as_str(), app.now_ms(), &due],
    )?;
    tx.append(
        &audit::leaf(
            app.now_ms(),
            audit::subject(subject),
            audit::REQUEST_OPEN,
            subject.object(),
        )
        .with_fields([due])
        .with_purpose(kind.as_str()),
    )?;
    Ok(())
}
