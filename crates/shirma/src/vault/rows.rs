//! The tables of the key store.

use shirma_store::{Error, Row, Tx, params};
use shirma_vault::{KeyPurpose, KeyRow, KeyState, PASSPHRASE_SALT_BYTES, PassphraseCost, WrappedKey};

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
    for key in keys {
        tx.execute(
            "insert into keyring (id, purpose, version, state, parent, wrapped) values ($1, $2, $3, $4, $5, $6)",
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

fn wrapped_of(row: &Row<'_>) -> Result<WrappedKey, Error> {
    Ok(WrappedKey {
        bytes: row.get("wrapped")?,
        parent_version: number(row, "parent_version")?,
        generation: u16::try_from(row.get::<i64>("generation")?).map_err(|_| Error::Corrupt)?,
    })
}
