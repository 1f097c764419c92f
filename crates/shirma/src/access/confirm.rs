//! «Подтвердите, что это вы»: a session left open on a desk is not enough for dangerous acts. A password or a code,
//! entered again, opens them for five minutes (security.md §5 «Elevation»), under a new secret of the session.

use std::sync::Arc;

use shirma_vault::SecretString;

use super::{Staff, factor, password, rows, session};
use crate::app::{App, Fault};
use crate::audit;

/// Takes a proof; gives the session's new secret, `None` when it is wrong or the credential rests.
///
/// # Errors
/// [`Fault`]; nothing changed then.
pub async fn confirm(app: &Arc<App>, staff: &Staff, proof: SecretString) -> Result<Option<SecretString>, Fault> {
    if factor::is_code(&proof) && staff.factor == factor::Factor::Active {
        return by_code(app, staff, proof).await;
    }
    let proven = password::proven(app, &staff.login, proof).await?;
    if proven != Some(staff.id) {
        return Ok(None);
    }
    let (rooms, staff) = (Arc::clone(app), staff.clone());
    app.data
        .write(move |tx| -> Result<_, Fault> {
            rows::clear_failures(tx, staff.id)?;
            session::elevate(&rooms, tx, &staff).map(Some)
        })
        .await
}

async fn by_code(app: &Arc<App>, staff: &Staff, code: SecretString) -> Result<Option<SecretString>, Fault> {
    let (rooms, id) = (Arc::clone(app), staff.id);
    if !app.data.write(move |tx| factor::count(&rooms, tx, id, true)).await? {
        return Ok(None);
    }
    let (rooms, staff) = (Arc::clone(app), staff.clone());
    app.data
        .write(move |tx| -> Result<_, Fault> {
            if factor::accept(&rooms, tx, staff.id, &code)?.is_none() {
                let leaf = audit::leaf(
                    rooms.now_ms(),
                    audit::staff(staff.id),
                    audit::CONFIRM_FAIL,
                    staff.id.object(),
                );
                let leaf = leaf.with_session(staff.session.clone());
                tx.append(&leaf.with_outcome(shirma_audit::Outcome::Deny))?;
                return Ok(None);
            }
            session::elevate(&rooms, tx, &staff).map(Some)
        })
        .await
}
