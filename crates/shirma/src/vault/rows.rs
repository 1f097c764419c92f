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

/// Adds the key of a new person; `false` when the key that wraps it is not in force any more: then nothing was added.
pub(super) fn add_subject_key(tx: &mut Tx<'_>, subject: i64, wrapped: &WrappedKey, now_ms: i64) -> Result<bool, Error> {
    let in_force = tx.one(
        "select version from keyring where purpose = 'general' and state = 'active'",
        params![],
        |row| number(row, "version"),
    )?;
    if in_force != Some(wrapped.parent_version) {
        return Ok(false);
    }
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
    Ok(true)
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

/// Adds the key of a day, or gives the one another node added first. `None` when the root key that wraps it is not in force
/// any more, which the check value tells: then nothing was added.
pub(super) fn add_epoch_key(
    tx: &mut Tx<'_>,
    day: i64,
    wrapped: &WrappedKey,
    check: &[u8],
) -> Result<Option<WrappedKey>, Error> {
    let in_force = tx.one(
        "select wrapped from keyring where purpose = 'check'",
        params![],
        |row| row.get::<Vec<u8>>(0),
    )?;
    if in_force.as_deref() != Some(check) {
        return Ok(None);
    }
    tx.execute(
        "insert into epoch_key (day, generation, parent_version, wrapped) values ($1, $2, $3, $4)
         on conflict (day) do nothing",
        params![day, wrapped.generation, wrapped.parent_version, &wrapped.bytes],
    )?;
    epoch_key(tx, day)?.map(Some).ok_or(Error::Corrupt)
}

pub(super) fn epoch_keys(tx: &mut Tx<'_>) -> Result<Vec<(i64, WrappedKey)>, Error> {
    tx.many(
        "select day, wrapped, parent_version, generation from epoch_key order by day",
        params![],
        |row| Ok((row.get("day")?, wrapped_of(row)?)),
    )
}

pub(super) fn put_epoch_key(tx: &mut Tx<'_>, day: i64, wrapped: &WrappedKey) -> Result<(), Error> {
    tx.execute(
        "update epoch_key set wrapped = $2, parent_version = $3 where day = $1",
        params![day, &wrapped.bytes, wrapped.parent_version],
    )?;
    Ok(())
}

/// Keys of people that hang on another version than the one in force; `section` is named as the purpose is.
pub(super) fn keys_not_under(
    tx: &mut Tx<'_>,
    section: &str,
    active: u32,
    limit: u32,
) -> Result<Vec<(i64, WrappedKey)>, Error> {
    tx.many(
        "select subject, wrapped, parent_version, generation from subject_key
         where section = $1 and parent_version <> $2 order by subject, generation limit $3",
        params![section, active, limit],
        |row| Ok((row.get("subject")?, wrapped_of(row)?)),
    )
}

pub(super) fn put_subject_key(tx: &mut Tx<'_>, subject: i64, section: &str, wrapped: &WrappedKey) -> Result<(), Error> {
    tx.execute(
        "update subject_key set wrapped = $4, parent_version = $5
         where subject = $1 and section = $2 and generation = $3",
        params![
            subject,
            section,
            wrapped.generation,
            &wrapped.bytes,
            wrapped.parent_version
        ],
    )?;
    Ok(())
}

/// How many keys of people hang on a version.
pub(super) fn hang_on(tx: &mut Tx<'_>, section: &str, version: u32) -> Result<i64, Error> {
    let found = tx.one(
        "select count(*) from subject_key where section = $1 and parent_version = $2",
        params![section, version],
        |row| row.get(0),
    )?;
    Ok(found.unwrap_or(0))
}

pub(super) fn begin_rotation(tx: &mut Tx<'_>, purpose: &str, version: u32, now_ms: i64) -> Result<(), Error> {
    tx.execute(
        "insert into rotation (purpose, version, began_at) values ($1, $2, $3)",
        params![purpose, version, now_ms],
    )?;
    Ok(())
}

pub(super) fn finish_rotation(tx: &mut Tx<'_>, purpose: &str, now_ms: i64) -> Result<(), Error> {
    tx.execute(
        "update rotation set finished_at = $2 where purpose = $1 and finished_at is null",
        params![purpose, now_ms],
    )?;
    Ok(())
}

/// The root key has no number of its own; its exchanges are counted.
pub(super) fn note_root(tx: &mut Tx<'_>, now_ms: i64) -> Result<(), Error> {
    tx.execute(
        "insert into rotation (purpose, version, began_at, finished_at)
         select 'root', coalesce(max(version), 1) + 1, $1, $1 from rotation where purpose = 'root'",
        params![now_ms],
    )?;
    // The sheet on paper is that of the former key.
    tx.execute("delete from key_note where name = $1", params![SHEET_CHECKED])?;
    Ok(())
}

pub(super) fn in_force_since(tx: &mut Tx<'_>, purpose: &str) -> Result<i64, Error> {
    let since = tx.one(
        "select coalesce((select max(began_at) from rotation where purpose = $1), created_at) from installation where id = 1",
        params![purpose],
        |row| row.get(0),
    )?;
    since.ok_or(Error::Corrupt)
}

pub(super) fn put_erasure_mac(tx: &mut Tx<'_>, subject: i64, mac: &[u8]) -> Result<(), Error> {
    tx.execute("update erasure set mac = $2 where subject = $1", params![subject, mac])?;
    Ok(())
}

/// Name of the note that the recovery sheet was checked.
const SHEET_CHECKED: &str = "recovery sheet checked";

pub(super) fn sheet_checked_at(tx: &mut Tx<'_>) -> Result<Option<i64>, Error> {
    tx.one(
        "select at from key_note where name = $1",
        params![SHEET_CHECKED],
        |row| row.get(0),
    )
}

pub(super) fn note_sheet(tx: &mut Tx<'_>, now_ms: i64) -> Result<(), Error> {
    tx.execute(
        "insert into key_note (name, at) values ($1, $2) on conflict (name) do update set at = excluded.at",
        params![SHEET_CHECKED, now_ms],
    )?;
    Ok(())
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
