//! The tables `second_factor`, `recovery_code` and `sign_in_step`.

use shirma_store::{Tx, params};

use crate::app::Fault;
use crate::identifier::StaffId;

/// A second factor as stored.
pub(super) struct FactorRow {
    pub(super) secret: Vec<u8>,
    pub(super) is_active: bool,
    pub(super) last_step: i64,
    pub(super) failures: i64,
    pub(super) locked_until_ms: Option<i64>,
}

pub(super) fn factor(tx: &mut Tx<'_>, staff: StaffId) -> Result<Option<FactorRow>, Fault> {
    Ok(tx.one(
        "select secret_ct, state, last_step, failures, locked_until from second_factor where staff = $1",
        params![staff.0],
        |row| {
            Ok(FactorRow {
                secret: row.get("secret_ct")?,
                is_active: row.get::<String>("state")? == "active",
                last_step: row.get("last_step")?,
                failures: row.get("failures")?,
                locked_until_ms: row.get("locked_until")?,
            })
        },
    )?)
}

pub(super) fn offer(tx: &mut Tx<'_>, staff: StaffId, sealed: &[u8], now_ms: i64) -> Result<(), Fault> {
    tx.execute(
        "insert into second_factor (staff, secret_ct, state, last_step, failures, created_at)
         values ($1, $2, 'offered', 0, 0, $3)",
        params![staff.0, sealed, now_ms],
    )?;
    Ok(())
}

pub(super) fn count_failure(tx: &mut Tx<'_>, staff: StaffId, failures: i64, locked_until_ms: i64) -> Result<(), Fault> {
    tx.execute(
        "update second_factor set failures = $2, locked_until = $3 where staff = $1",
        params![staff.0, failures, locked_until_ms],
    )?;
    Ok(())
}

/// Uses a step up; tells whether it was still to be had.
pub(super) fn use_step(tx: &mut Tx<'_>, staff: StaffId, step: i64) -> Result<bool, Fault> {
    let changed = tx.execute(
        "update second_factor set last_step = $2, state = 'active', failures = 0, locked_until = null
         where staff = $1 and last_step < $2",
        params![staff.0, step],
    )?;
    Ok(changed == 1)
}

pub(super) fn clear_failures(tx: &mut Tx<'_>, staff: StaffId) -> Result<(), Fault> {
    tx.execute(
        "update second_factor set failures = 0, locked_until = null where staff = $1",
        params![staff.0],
    )?;
    Ok(())
}

/// Takes factor, codes and half-done sign-ins away; tells whether there was a factor.
pub(super) fn drop_factor(tx: &mut Tx<'_>, staff: StaffId) -> Result<bool, Fault> {
    tx.execute("delete from recovery_code where staff = $1", params![staff.0])?;
    tx.execute("delete from sign_in_step where staff = $1", params![staff.0])?;
    Ok(tx.execute("delete from second_factor where staff = $1", params![staff.0])? == 1)
}

pub(super) fn replace_recovery_codes(tx: &mut Tx<'_>, staff: StaffId, digests: &[[u8; 32]]) -> Result<(), Fault> {
    tx.execute("delete from recovery_code where staff = $1", params![staff.0])?;
    for digest in digests {
        tx.execute(
            "insert into recovery_code (staff, digest) values ($1, $2)",
            params![staff.0, digest],
        )?;
    }
    Ok(())
}

/// Uses a recovery code up; tells whether it was there.
pub(super) fn use_recovery_code(tx: &mut Tx<'_>, staff: StaffId, digest: &[u8; 32]) -> Result<bool, Fault> {
    let gone = tx.execute(
        "delete from recovery_code where staff = $1 and digest = $2",
        params![staff.0, digest],
    )?;
    Ok(gone == 1)
}

pub(super) fn recovery_codes_left(tx: &mut Tx<'_>, staff: StaffId) -> Result<i64, Fault> {
    let left = tx.one(
        "select count(*) as number from recovery_code where staff = $1",
        params![staff.0],
        |row| row.get("number"),
    )?;
    Ok(left.unwrap_or_default())
}

pub(super) fn add_step(
    tx: &mut Tx<'_>,
    digest: &[u8; 32],
    staff: StaffId,
    now_ms: i64,
    expires_at_ms: i64,
) -> Result<(), Fault> {
    tx.execute("delete from sign_in_step where expires_at <= $1", params![now_ms])?;
    tx.execute(
        "insert into sign_in_step (digest, staff, expires_at) values ($1, $2, $3)",
        params![digest, staff.0, expires_at_ms],
    )?;
    Ok(())
}

/// Whose half-done sign-in this is.
pub(super) fn step_owner(tx: &mut Tx<'_>, digest: &[u8; 32], now_ms: i64) -> Result<Option<StaffId>, Fault> {
    Ok(tx.one(
        "select n.staff from sign_in_step n join staff s on s.id = n.staff
         where n.digest = $1 and n.expires_at > $2 and s.state <> 'disabled'
           and (s.until_at is null or s.until_at > $2)",
        params![digest, now_ms],
        |row| Ok(StaffId(row.get("staff")?)),
    )?)
}

/// Ends a half-done sign-in; tells whether it was there.
pub(super) fn drop_step(tx: &mut Tx<'_>, digest: &[u8; 32]) -> Result<bool, Fault> {
    Ok(tx.execute("delete from sign_in_step where digest = $1", params![digest])? == 1)
}
