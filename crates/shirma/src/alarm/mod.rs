//! Alarms: signs that somebody looks at more than his work needs. A row, a leaf and a notice on the owner's open desk, in the
//! transaction of what set it off or at once after it.
//!
//! ```text
//! raised ──── seen by owner or data officer ────▶ seen
//! ```
//!
//! Honey clients are cards of people who do not exist. Nobody has a reason to open one, so whoever does was looking around.

mod rows;

use std::sync::Arc;

use shirma_audit::Outcome;
use shirma_store::Tx;

use crate::access::{Role, Staff};
use crate::app::{App, Fault};
use crate::audit;
use crate::clock::HOUR_MS;
use crate::identifier::{AlarmId, StaffId, SubjectId};
use crate::subject;

pub use rows::{Alarm, is_honey, list, unseen};

/// The same person and card ring once in so long, unless the alarm was seen meanwhile.
const QUIET_MS: i64 = HOUR_MS;

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AlarmKind {
    /// More values asked for than the quota allows.
    Quota,
    /// A honey client was opened, found or revealed.
    Honey,
    /// Many things that are none of his were asked for.
    Prying,
    /// A recovery code opened the door in place of the telephone.
    RecoveryCode,
}

impl AlarmKind {
    const ALL: [AlarmKind; 4] = [
        AlarmKind::Quota,
        AlarmKind::Honey,
        AlarmKind::Prying,
        AlarmKind::RecoveryCode,
    ];

    /// As the table and the journal name it.
    pub fn as_str(self) -> &'static str {
        match self {
            AlarmKind::Quota => "quota",
            AlarmKind::Honey => "honey",
            AlarmKind::Prying => "prying",
            AlarmKind::RecoveryCode => "recovery_code",
        }
    }

    fn from_name(name: &str) -> Option<AlarmKind> {
        AlarmKind::ALL.into_iter().find(|kind| kind.as_str() == name)
    }
}

/// Raises an alarm inside the transaction of what set it off; `false` when the same one rings already.
/// Once it is committed, [`ring`] tells open desks.
///
/// # Errors
/// [`Fault`].
pub fn raise(
    app: &App,
    tx: &mut Tx<'_>,
    kind: AlarmKind,
    staff: StaffId,
    card: Option<SubjectId>,
) -> Result<bool, Fault> {
    let now_ms = app.now_ms();
    if rows::rings_already(tx, kind, staff, card, now_ms - QUIET_MS)? {
        return Ok(false);
    }
    let id = AlarmId(app.new_id());
    rows::add(tx, id, kind, staff, card, now_ms)?;
    let object = card.map_or(staff.object(), SubjectId::object);
    let leaf = audit::leaf(now_ms, audit::staff(staff), audit::ALARM, object);
    tx.append(&leaf.with_purpose(kind.as_str()).with_outcome(Outcome::Deny))?;
    Ok(true)
}

/// Tells open desks of those who answer for alarms.
pub fn ring(app: &App) {
    app.live.ring_alarm();
}

/// Somebody touched these cards: a honey client among them rings, unless the owner looks at his own trap.
///
/// # Errors
/// [`Fault`]; nothing may be shown then.
pub async fn touched(app: &Arc<App>, staff: &Staff, cards: Vec<SubjectId>) -> Result<(), Fault> {
    if staff.role == Role::Owner || cards.is_empty() {
        return Ok(());
    }
    let of_interest = app
        .data
        .read(move |tx| -> Result<Vec<SubjectId>, Fault> {
            let mut found = Vec::new();
            for card in cards {
                if rows::is_honey(tx, card)? {
                    found.push(subject::root(tx, card)?);
                }
            }
            Ok(found)
        })
        .await?;
    if of_interest.is_empty() {
        return Ok(());
    }
    let (rooms, id) = (Arc::clone(app), staff.id);
    let rang = app
        .data
        .write(move |tx| -> Result<bool, Fault> {
            let mut rang = false;
            for card in of_interest {
                rang |= raise(&rooms, tx, AlarmKind::Honey, id, Some(card))?;
            }
            Ok(rang)
        })
        .await?;
    if rang {
        ring(app);
    }
    Ok(())
}

/// Ticks an alarm off, with its leaf.
///
/// # Errors
/// [`Fault`]; `Gone` when there is none, or it was seen before.
pub async fn see(app: &Arc<App>, staff: &Staff, alarm: AlarmId) -> Result<(), Fault> {
    let now_ms = app.now_ms();
    let leaf = audit::leaf(now_ms, audit::staff(staff.id), audit::ALARM_SEEN, alarm.object());
    let (leaf, id) = (leaf.with_session(staff.session.clone()), staff.id);
    app.data
        .write(move |tx| -> Result<(), Fault> {
            rows::see(tx, alarm, id, now_ms)?;
            tx.append(&leaf)?;
            Ok(())
        })
        .await?;
    ring(app);
    Ok(())
}

/// Makes a card a honey client, or an ordinary one again.
///
/// # Errors
/// [`Fault`]; nothing changed then.
pub async fn mark_honey(app: &Arc<App>, staff: &Staff, client: SubjectId, is_honey: bool) -> Result<(), Fault> {
    let now_ms = app.now_ms();
    let (id, session) = (staff.id, staff.session.clone());
    app.data
        .write(move |tx| -> Result<(), Fault> {
            let card = subject::root(tx, client)?;
            subject::code_of(tx, card)?;
            rows::mark_honey(tx, card, id, is_honey, now_ms)?;
            let word = if is_honey { "mark" } else { "unmark" };
            let leaf = audit::leaf(now_ms, audit::staff(id), audit::HONEY, card.object());
            tx.append(&leaf.with_session(session).with_purpose(word))?;
            Ok(())
        })
        .await
}

/// Makes a client who does not exist; gives his card. He looks like any other.
///
/// # Errors
/// [`Fault`]; nobody is made then.
pub async fn plant_honey(app: &Arc<App>, staff: &Staff, name: &str, phone: &str) -> Result<SubjectId, Fault> {
    let rooms = Arc::clone(app);
    let (id, session) = (staff.id, staff.session.clone());
    let (name, phone) = (name.to_owned(), phone.to_owned());
    app.data
        .write(move |tx| -> Result<SubjectId, Fault> {
            let card = subject::invent(&rooms, tx, &name, &phone)?;
            rows::mark_honey(tx, card, id, true, rooms.now_ms())?;
            let leaf = audit::leaf(rooms.now_ms(), audit::staff(id), audit::HONEY, card.object());
            tx.append(&leaf.with_session(session).with_purpose("plant"))?;
            Ok(card)
        })
        .await
}
