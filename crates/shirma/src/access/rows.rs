//! The tables `staff`, `sign_in_link` and `session`.

use shirma_store::{Row, Tx, params};

use super::Role;
use crate::app::Fault;
use crate::identifier::StaffId;

/// A member of staff as stored.
#[derive(Debug, Clone)]
pub(super) struct StaffRow {
    pub(super) id: StaffId,
    pub(super) login: String,
    pub(super) role: String,
    pub(super) name: Option<Vec<u8>>,
    pub(super) password_hash: Option<String>,
    pub(super) state: String,
    pub(super) failures: i64,
    pub(super) locked_until_ms: Option<i64>,
    /// A time-limited account ends here.
    pub(super) until_ms: Option<i64>,
}

/// A session as stored, with its owner.
pub(super) struct SessionRow {
    pub(super) staff: StaffRow,
    pub(super) seen_at_ms: i64,
    pub(super) expires_at_ms: i64,
    pub(super) elevated_until_ms: Option<i64>,
    /// Digest of the first session of its chain; a session of an earlier version has none.
    pub(super) root: Option<Vec<u8>>,
    pub(super) has_factor: bool,
    pub(super) factor_due_at_ms: Option<i64>,
}

/// A session in the list of devices.
pub(super) struct DeviceRow {
    pub(super) staff: StaffId,
    pub(super) login: String,
    pub(super) name: Option<Vec<u8>>,
    pub(super) label: String,
    pub(super) device: Option<String>,
    pub(super) created_at_ms: i64,
    pub(super) seen_at_ms: i64,
}

/// Most sessions listed at once.
const MAX_DEVICES: i64 = 200;

/// Most members of staff listed: a business of this size needs another program.
const MAX_STAFF: i64 = 1_000;

macro_rules! staff {
    ($which:literal) => {
        concat!(
            "select id, login, role, name_ct, password_hash, state, failures, locked_until, until_at from staff ",
            $which
        )
    };
}

fn staff_row(row: &Row<'_>) -> Result<StaffRow, shirma_store::Error> {
    Ok(StaffRow {
        id: StaffId(row.get("id")?),
        login: row.get("login")?,
        role: row.get("role")?,
        name: row.get("name_ct")?,
        password_hash: row.get("password_hash")?,
        state: row.get("state")?,
        failures: row.get("failures")?,
        locked_until_ms: row.get("locked_until")?,
        until_ms: row.get("until_at")?,
    })
}

pub(super) fn staff_by_login(tx: &mut Tx<'_>, login: &str) -> Result<Option<StaffRow>, Fault> {
    Ok(tx.one(staff!("where login = $1"), params![login], staff_row)?)
}

pub(super) fn staff(tx: &mut Tx<'_>, id: StaffId) -> Result<Option<StaffRow>, Fault> {
    Ok(tx.one(staff!("where id = $1"), params![id.0], staff_row)?)
}

/// Who, his login, his sealed name.
pub(super) type KeptName = (StaffId, String, Option<Vec<u8>>);

pub(super) fn all_names(tx: &mut Tx<'_>) -> Result<Vec<KeptName>, Fault> {
    Ok(tx.many(
        "select id, login, name_ct from staff order by id limit $1",
        params![MAX_STAFF],
        |row| Ok((StaffId(row.get("id")?), row.get("login")?, row.get("name_ct")?)),
    )?)
}

pub(super) fn all_staff(tx: &mut Tx<'_>) -> Result<Vec<StaffRow>, Fault> {
    Ok(tx.many(staff!("order by id limit $1"), params![MAX_STAFF], staff_row)?)
}

pub(super) fn add_staff(
    tx: &mut Tx<'_>,
    id: StaffId,
    login: &str,
    role: Role,
    name: Option<&[u8]>,
    now_ms: i64,
) -> Result<(), Fault> {
    tx.execute(
        "insert into staff (id, login, role, name_ct, state, failures, created_at) values ($1, $2, $3, $4, 'invited', 0, $5)",
        params![id.0, login, role.as_str(), name, now_ms],
    )?;
    Ok(())
}

/// Another role, another end.
pub(super) fn refit(tx: &mut Tx<'_>, staff: StaffId, role: Role, until_ms: Option<i64>) -> Result<(), Fault> {
    tx.execute(
        "update staff set role = $2, until_at = $3 where id = $1",
        params![staff.0, role.as_str(), until_ms],
    )?;
    Ok(())
}

pub(super) fn disable(tx: &mut Tx<'_>, staff: StaffId) -> Result<(), Fault> {
    tx.execute("update staff set state = 'disabled' where id = $1", params![staff.0])?;
    tx.execute("delete from session where staff = $1", params![staff.0])?;
    tx.execute("delete from sign_in_step where staff = $1", params![staff.0])?;
    tx.execute("delete from sign_in_link where staff = $1", params![staff.0])?;
    Ok(())
}

pub(super) fn set_password(tx: &mut Tx<'_>, staff: StaffId, login: &str, hash: &str) -> Result<(), Fault> {
    tx.execute(
        "update staff set login = $2, password_hash = $3, state = 'active', failures = 0, locked_until = null where id = $1",
        params![staff.0, login, hash],
    )?;
    Ok(())
}

pub(super) fn set_name(tx: &mut Tx<'_>, staff: StaffId, sealed: &[u8]) -> Result<(), Fault> {
    tx.execute("update staff set name_ct = $2 where id = $1", params![staff.0, sealed])?;
    Ok(())
}

pub(super) fn count_failure(tx: &mut Tx<'_>, staff: StaffId, failures: i64, locked_until_ms: i64) -> Result<(), Fault> {
    tx.execute(
        "update staff set failures = $2, locked_until = $3 where id = $1",
        params![staff.0, failures, locked_until_ms],
    )?;
    Ok(())
}

pub(super) fn clear_failures(tx: &mut Tx<'_>, staff: StaffId) -> Result<(), Fault> {
    tx.execute(
        "update staff set failures = 0, locked_until = null where id = $1",
        params![staff.0],
    )?;
    Ok(())
}

pub(super) fn replace_link(
    tx: &mut Tx<'_>,
    digest: &[u8; 32],
    staff: StaffId,
    now_ms: i64,
    expires_at_ms: i64,
) -> Result<(), Fault> {
    tx.execute(
        "delete from sign_in_link where staff = $1 or expires_at < $2",
        params![staff.0, now_ms],
    )?;
    tx.execute(
        "insert into sign_in_link (digest, staff, expires_at) values ($1, $2, $3)",
        params![digest, staff.0, expires_at_ms],
    )?;
    Ok(())
}

/// Whom an unused link lets in, and whether he has a password.
pub(super) fn link_owner(tx: &mut Tx<'_>, digest: &[u8; 32], now_ms: i64) -> Result<Option<(StaffId, bool)>, Fault> {
    Ok(tx.one(
        "select s.id, s.password_hash from sign_in_link l join staff s on s.id = l.staff
         where l.digest = $1 and l.used_at is null and l.expires_at > $2 and s.state <> 'disabled'
           and (s.until_at is null or s.until_at > $2)",
        params![digest, now_ms],
        |row| {
            Ok((
                StaffId(row.get("id")?),
                row.get::<Option<String>>("password_hash")?.is_some(),
            ))
        },
    )?)
}

pub(super) fn mark_link_used(tx: &mut Tx<'_>, digest: &[u8; 32], now_ms: i64) -> Result<(), Fault> {
    tx.execute(
        "update sign_in_link set used_at = $2 where digest = $1",
        params![digest, now_ms],
    )?;
    Ok(())
}

pub(super) fn session(tx: &mut Tx<'_>, digest: &[u8; 32]) -> Result<Option<SessionRow>, Fault> {
    Ok(tx.one(
        "select s.id, s.login, s.role, s.name_ct, s.password_hash, s.state, s.failures, s.locked_until, s.until_at,
                n.seen_at, n.expires_at, n.elevated_until, n.root, s.factor_due_at, f.state as factor
          from session n join staff s on s.id = n.staff left join second_factor f on f.staff = s.id
          where n.digest = $1",
        params![digest],
        |row| {
            Ok(SessionRow {
                staff: staff_row(row)?,
                seen_at_ms: row.get("seen_at")?,
                expires_at_ms: row.get("expires_at")?,
                elevated_until_ms: row.get("elevated_until")?,
                root: row.get("root")?,
                has_factor: row.get::<Option<String>>("factor")?.as_deref() == Some("active"),
                factor_due_at_ms: row.get("factor_due_at")?,
            })
        },
    )?)
}

/// What a new session is written with.
pub(super) struct NewSession<'a> {
    pub(super) digest: [u8; 32],
    pub(super) staff: StaffId,
    pub(super) label: String,
    pub(super) device: &'a str,
    pub(super) now_ms: i64,
    pub(super) expires_at_ms: i64,
    pub(super) elevated_until_ms: i64,
}

pub(super) fn add_session(tx: &mut Tx<'_>, new: &NewSession<'_>) -> Result<(), Fault> {
    tx.execute(
        "insert into session (digest, staff, label, created_at, seen_at, expires_at, device, elevated_until, root)
         values ($1, $2, $3, $4, $4, $5, $6, $7, $1)",
        params![
            &new.digest,
            new.staff.0,
            new.label.as_str(),
            new.now_ms,
            new.expires_at_ms,
            new.device,
            new.elevated_until_ms
        ],
    )?;
    Ok(())
}

/// Gives a session another secret; what was opened with the former one has ended.
pub(super) fn renew_session(
    tx: &mut Tx<'_>,
    former: &[u8; 32],
    digest: &[u8; 32],
    label: &str,
    now_ms: i64,
    elevated_until_ms: i64,
) -> Result<bool, Fault> {
    let changed = tx.execute(
        "update session set digest = $2, label = $3, seen_at = $4, elevated_until = $5 where digest = $1",
        params![former, digest, label, now_ms, elevated_until_ms],
    )?;
    Ok(changed == 1)
}

/// Last use, end, and the state and end of whose it is.
pub(super) type KeptSession = (i64, i64, String, Option<i64>);

/// When a chain of sessions was used last and when it ends.
pub(super) fn session_of_root(tx: &mut Tx<'_>, root: &[u8; 32]) -> Result<Option<KeptSession>, Fault> {
    Ok(tx.one(
        "select n.seen_at, n.expires_at, s.state, s.until_at from session n join staff s on s.id = n.staff
         where n.root = $1 or n.digest = $1",
        params![root],
        |row| {
            Ok((
                row.get("seen_at")?,
                row.get("expires_at")?,
                row.get("state")?,
                row.get("until_at")?,
            ))
        },
    )?)
}

/// From when on a person needs a second factor, unless that was said before.
pub(super) fn set_factor_due(tx: &mut Tx<'_>, staff: StaffId, due_at_ms: i64) -> Result<(), Fault> {
    tx.execute(
        "update staff set factor_due_at = $2 where id = $1 and factor_due_at is null",
        params![staff.0, due_at_ms],
    )?;
    Ok(())
}

pub(super) fn devices(tx: &mut Tx<'_>, now_ms: i64, seen_after_ms: i64) -> Result<Vec<DeviceRow>, Fault> {
    Ok(tx.many(
        "select n.staff, s.login, s.name_ct, n.label, n.device, n.created_at, n.seen_at
         from session n join staff s on s.id = n.staff
         where n.expires_at > $1 and n.seen_at > $2 order by n.seen_at desc, n.digest limit $3",
        params![now_ms, seen_after_ms, MAX_DEVICES],
        |row| {
            Ok(DeviceRow {
                staff: StaffId(row.get("staff")?),
                login: row.get("login")?,
                name: row.get("name_ct")?,
                label: row.get("label")?,
                device: row.get("device")?,
                created_at_ms: row.get("created_at")?,
                seen_at_ms: row.get("seen_at")?,
            })
        },
    )?)
}

/// Ends the session that the journal calls so; tells how many ended.
pub(super) fn drop_session_called(tx: &mut Tx<'_>, staff: StaffId, label: &str) -> Result<u64, Fault> {
    let gone = tx.execute(
        "delete from session where staff = $1 and label = $2",
        params![staff.0, label],
    )?;
    Ok(gone)
}

/// Ends all sessions of somebody; tells how many ended.
pub(super) fn drop_sessions(tx: &mut Tx<'_>, staff: StaffId) -> Result<u64, Fault> {
    let gone = tx.execute("delete from session where staff = $1", params![staff.0])?;
    Ok(gone)
}

/// Replaces a hash by a dearer one of the same password, unless the password was changed meanwhile.
pub(super) fn raise_hash(tx: &mut Tx<'_>, staff: StaffId, former: &str, hash: &str) -> Result<(), Fault> {
    tx.execute(
        "update staff set password_hash = $3 where id = $1 and password_hash = $2",
        params![staff.0, former, hash],
    )?;
    Ok(())
}

pub(super) fn touch_session(tx: &mut Tx<'_>, digest: &[u8; 32], now_ms: i64) -> Result<(), Fault> {
    tx.execute(
        "update session set seen_at = $2 where digest = $1",
        params![digest, now_ms],
    )?;
    Ok(())
}

pub(super) fn drop_session(tx: &mut Tx<'_>, digest: &[u8; 32]) -> Result<(), Fault> {
    tx.execute("delete from session where digest = $1", params![digest])?;
    Ok(())
}

/// Ends all sessions of somebody but one; tells how many ended.
pub(super) fn drop_other_sessions(tx: &mut Tx<'_>, staff: StaffId, keep: &[u8; 32]) -> Result<u64, Fault> {
    let gone = tx.execute(
        "delete from session where staff = $1 and digest <> $2",
        params![staff.0, keep],
    )?;
    Ok(gone)
}

pub(super) fn drop_ended_sessions(tx: &mut Tx<'_>, now_ms: i64, seen_before_ms: i64) -> Result<(), Fault> {
    tx.execute(
        "delete from session where expires_at <= $1 or seen_at <= $2",
        params![now_ms, seen_before_ms],
    )?;
    Ok(())
}
