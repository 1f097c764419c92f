//! The `enquiry` table.

use shirma_store::{Tx, params};

use super::EnquiryKind;
use crate::app::{App, Fault};
use crate::audit;
use crate::identifier::{DialogId, EnquiryId, SubjectId};
use crate::vault::cell;

/// An enquiry to open.
pub struct NewEnquiry<'a> {
    /// Whose.
    pub subject: SubjectId,
    /// From which dialog.
    pub dialog: DialogId,
    /// What is asked for.
    pub kind: EnquiryKind,
    /// What is wished, with tokens: a line for a person.
    pub wish: &'a str,
}

/// Opens an enquiry on the basis of the person's own request (152-FZ art. 6 (1) 5); an open one of the same kind in the
/// same dialog takes the new wish instead.
pub fn open(app: &App, tx: &mut Tx<'_>, new: &NewEnquiry<'_>) -> Result<EnquiryId, Fault> {
    let known = tx.one(
        "select id from enquiry where dialog = $1 and kind = $2 and state = 'open' order by opened_at desc limit 1",
        params![new.dialog.0, new.kind.as_str()],
        |row| row.get::<i64>(0),
    )?;
    if let Some(id) = known {
        let sealed = app.vault.seal(cell("enquiry", "wish_ct", id, new.subject), new.wish)?;
        tx.execute("update enquiry set wish_ct = $2 where id = $1", params![id, &sealed])?;
        return Ok(EnquiryId(id));
    }
    let id = EnquiryId(app.new_id());
    let sealed = app
        .vault
        .seal(cell("enquiry", "wish_ct", id.0, new.subject), new.wish)?;
    tx.execute(
        "insert into enquiry (id, subject, dialog, kind, state, basis, wish_ct, opened_at)
         values ($1, $2, $3, $4, 'open', 'contract', $5, $6)",
        params![
            id.0,
            new.subject.0,
            new.dialog.0,
            new.kind.as_str(),
            &sealed,
            app.now_ms()
        ],
    )?;
    tx.append(
        &audit::leaf(
            app.now_ms(),
            audit::subject(new.subject),
            audit::ENQUIRY_OPEN,
            id.object(),
        )
        .with_purpose(new.kind.as_str()),
    )?;
    Ok(id)
}
