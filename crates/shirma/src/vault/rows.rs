//! The tables of the key store.

use shirma_store::{Error, Row, Tx, params};
use shirma_vault::{KeyPurpose, KeyRow, KeyState, PASSPHRASE_SALT_BYTES, PassphraseCost, WrappedKey};

use super::shredding::{Erasure, ErasureReason};
use crate::identifier::SubjectId;

/// The installation's public facts.
pub(super) struct Installation {
    pub(super) name: String,
    pub(super) salt: [u8; PASSPHRASE_SALT_BYTES],
    pub(super) cost: PassphraseCost,
}

pub(super) fn installation(tx: &mut Tx<'_>) -> Result<Option<Installation>, Error> {
    tx.one(
        "select name, salt, memory_kib, passes from installation where id = 1",
        params![],
        |row| {
            let salt: Vec<u8> = row.get("salt")?;
            Ok(Installation {
                name: row.get("name")?,
                salt: salt.try_into().map_err(|_| Error::Corrupt)?,
                cost: PassphraseCost {
                    memory_kib: number(row, "memory_kib")?,
                    passes: number(row, "passes")?,
                },
            })
        },
    )
}

fn number(row: &Row<'_>, column: &'static str) -> Result<u32, Error> {
    u32::try_from(row.get::<i64>(column)?).map_err(|_| Error::Corrupt)
}

/// The first keys of a new installation, all or none.
pub(super) fn found(tx: &mut Tx<'_>, installation: &Installation, keys: &[KeyRow], now_ms: i64) -> Result<(), Error> {
    tx.execute(
        "insert into installation (id, name, salt, memory_kib, passes, created_at) values (1, $1, $2, $3, $4, $5)",
        params![
            &installation.name,
            &installation.salt[..],
            installation.cost.memory_kib,
            installation.cost.passes,
            now_ms
        ],
    )?;
    put_keyring(tx, keys)
}

/// Writes rows of the ring, new ones and changed ones.
pub(super) fn put_keyring(tx: &mut Tx<'_>, keys: &[KeyRow]) -> Result<(), Error> {
    for key in keys {
        tx.execute(
            "insert into keyring (id, purpose, version, state, parent, wrapped) values ($1, $2, $3, $4, $5, $6)
             on conflict (id) do update set state = excluded.state, wrapped = excluded.wrapped",
            params![
                &key.id,
                key.purpose.as_str(),
                key.version,
                key.state.as_str(),
                &key.parent,
                &key.wrapped
            ],
        )?;
    }
    Ok(())
}

pub(super) fn keyring(tx: &mut Tx<'_>) -> Result<Vec<KeyRow>, Error> {
    tx.many(
        "select id, purpose, version, state, parent, wrapped from keyring order by id",
        params![],
        |row| {
            let (purpose, state): (String, String) = (row.get("purpose")?, row.get("state")?);
            Ok(KeyRow {
                id: row.get("id")?,
                purpose: KeyPurpose::parse(&purpose).ok_or(Error::Corrupt)?,
                version: number(row, "version")?,
                state: KeyState::parse(&state).ok_or(Error::Corrupt)?,
                parent: row.get("parent")?,
                wrapped: row.get("wrapped")?,
            })
        },
    )
}

pub(super) fn add_subject_key(tx: &mut Tx<'_>, subject: i64, wrapped: &WrappedKey, now_ms: i64) -> Result<(), Error> {
    tx.execute(
        "insert into subject_key (subject, section, generation, parent_version, wrapped, created_at)
         values ($1, 'general', $2, $3, $4, $5)",
        params![
            subject,
            wrapped.generation,
            wrapped.parent_version,
            &wrapped.bytes,
            now_ms
        ],
    )?;
    Ok(())
}

pub(super) fn subject_key(tx: &mut Tx<'_>, subject: i64) -> Result<Option<WrappedKey>, Error> {
    tx.one(
        "select wrapped, parent_version, generation from subject_key
         where subject = $1 and section = 'general' order by generation desc limit 1",
        params![subject],
        wrapped_of,
    )
}

pub(super) fn subject_key_of(tx: &mut Tx<'_>, subject: i64, generation: u16) -> Result<Option<WrappedKey>, Error> {
    tx.one(
        "select wrapped, parent_version, generation from subject_key
         where subject = $1 and section = 'general' and generation = $2",
        params![subject, generation],
        wrapped_of,
    )
}

pub(super) fn epoch_key(tx: &mut Tx<'_>, day: i64) -> Result<Option<WrappedKey>, Error> {
    tx.one(
        "select wrapped, parent_version, generation from epoch_key where day = $1",
        params![day],
        wrapped_of,
    )
}

/// Adds the key of a day, or gives the one another node added first.
pub(super) fn add_epoch_key(tx: &mut Tx<'_>, day: i64, wrapped: &WrappedKey) -> Result<WrappedKey, Error> {
    tx.execute(
        "insert into epoch_key (day, generation, parent_version, wrapped) values ($1, $2, $3, $4)
         on conflict (day) do nothing",
        params![day, wrapped.generation, wrapped.parent_version, &wrapped.bytes],
    )?;
    epoch_key(tx, day)?.ok_or(Error::Corrupt)
}

/// Deletes the keys and notes the people, all or none. A line that is there already stays as it is.
pub(super) fn shred(tx: &mut Tx<'_>, lines: &[(Erasure, [u8; 32])]) -> Result<(), Error> {
    for (erasure, mac) in lines {
        tx.execute("delete from subject_key where subject = $1", params![erasure.subject.0])?;
        tx.execute(
            "insert into erasure (subject, code, reason, ordered_at, mac) values ($1, $2, $3, $4, $5)
             on conflict (subject) do nothing",
            params![
                erasure.subject.0,
                erasure.code,
                erasure.reason.as_str(),
                erasure.ordered_at_ms,
                &mac[..]
            ],
        )?;
    }
    Ok(())
}

pub(super) fn erasures(tx: &mut Tx<'_>) -> Result<Vec<(Erasure, Vec<u8>)>, Error> {
    tx.many(
        "select subject, code, reason, ordered_at, done_at, mac from erasure order by ordered_at, subject",
        params![],
        |row| {
            let reason: String = row.get("reason")?;
            let erasure = Erasure {
                subject: SubjectId(row.get("subject")?),
                code: row.get("code")?,
                reason: ErasureReason::from_name(&reason).ok_or(Error::Corrupt)?,
                ordered_at_ms: row.get("ordered_at")?,
                done_at_ms: row.get("done_at")?,
            };
            Ok((erasure, row.get("mac")?))
        },
    )
}

pub(super) fn finish_erasure(tx: &mut Tx<'_>, subjects: &[SubjectId], at_ms: i64) -> Result<(), Error> {
    for subject in subjects {
        tx.execute(
            "update erasure set done_at = $2 where subject = $1",
            params![subject.0, at_ms],
        )?;
    }
    Ok(())
}

pub(super) fn holds_key_of(tx: &mut Tx<'_>, subject: i64) -> Result<bool, Error> {
    let found = tx.one(
        "select count(*) from subject_key where subject = $1",
        params![subject],
        |row| row.get::<i64>(0),
    )?;
    Ok(found.unwrap_or(0) > 0)
}

pub(super) fn close_days(tx: &mut Tx<'_>, days: &[i64]) -> Result<u64, Error> {
    let mut closed = 0;
    for day in days {
        closed += tx.execute("delete from epoch_key where day = $1", params![*day])?;
    }
    Ok(closed)
}

pub(super) fn days_before(tx: &mut Tx<'_>, day: i64) -> Result<Vec<i64>, Error> {
    tx.many(
        "select day from epoch_key where day < $1 order by day",
        params![day],
        |row| row.get(0),
    )
}

fn wrapped_of(row: &Row<'_>) -> Result<WrappedKey, Error> {
    Ok(WrappedKey {
        bytes: row.get("wrapped")?,
        parent_version: number(row, "parent_version")?,
        generation: u16::try_from(row.get::<i64>("generation")?).map_err(|_| Error::Corrupt)?,
    })
}
