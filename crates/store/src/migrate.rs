//! Migrations: numbered SQL, each applied once, in one transaction, and remembered by its hash.
//!
//! A program that dies at any statement leaves either the whole migration or nothing of it. A database that is newer
//! than the program, or was made by another form of an old migration, is refused before anything is written.

use sha2::{Digest, Sha256};

use crate::Error;
use crate::driver::{Driver, Mode};
use crate::journal;
use crate::params;
use crate::sql::{Sql, for_engine};

/// One step of a schema. Once released it is never edited; a change is a new step.
#[derive(Debug, Clone, Copy)]
pub struct Migration {
    /// 1, 2, 3 and so on without gaps.
    pub version: u32,
    /// For people.
    pub name: &'static str,
    /// Statements in the common dialect, usually `include_str!`.
    pub sql: &'static str,
}

/// What a database must look like.
#[derive(Debug, Clone, Copy)]
pub struct Schema {
    /// Tells one store from another: a database is bound to it by its first migration.
    pub name: &'static str,
    /// In order.
    pub migrations: &'static [Migration],
    /// Whether the database keeps the journal's tables as well.
    pub audit: bool,
}

const TABLE: &str = "create table if not exists schema_migration (
    track text not null,
    version bigint not null,
    name text not null,
    hash text not null,
    primary key (track, version)
);";

struct Step {
    version: u32,
    name: &'static str,
    sql: Sql,
}

struct Applied {
    track: String,
    version: u32,
    hash: String,
}

/// Brings the database of `driver` to `schema`.
pub(crate) fn migrate(driver: &mut dyn Driver, schema: &Schema) -> Result<(), Error> {
    in_transaction(driver, |driver| {
        driver.batch(&for_engine(TABLE, driver.engine()))?;
        refuse_other_schema(&applied(driver)?, schema)
    })?;
    if schema.audit {
        let steps = [Step {
            version: 1,
            name: "journal",
            sql: journal::TABLES,
        }];
        apply(driver, journal::TRACK, &steps)?;
    }
    let steps: Vec<Step> = schema
        .migrations
        .iter()
        .map(|migration| Step {
            version: migration.version,
            name: migration.name,
            sql: migration.sql.into(),
        })
        .collect();
    apply(driver, schema.name, &steps)
}

fn refuse_other_schema(applied: &[Applied], schema: &Schema) -> Result<(), Error> {
    match applied
        .iter()
        .find(|step| step.track != schema.name && step.track != journal::TRACK)
    {
        Some(step) => Err(Error::WrongSchema {
            found: step.track.clone(),
            expected: schema.name,
        }),
        None => Ok(()),
    }
}

fn apply(driver: &mut dyn Driver, track: &'static str, steps: &[Step]) -> Result<(), Error> {
    check_numbers(track, steps)?;
    in_transaction(driver, |driver| compare(track, steps, &applied(driver)?, driver))?;
    for step in steps {
        in_transaction(driver, |driver| {
            // Another program may have applied it since; inside this transaction nobody else can.
            let done = applied(driver)?
                .iter()
                .any(|old| old.track == track && old.version == step.version);
            if done {
                return Ok(());
            }
            let engine = driver.engine();
            driver.batch(&for_engine(step.sql.of(engine), engine))?;
            driver.execute(
                "insert into schema_migration (track, version, name, hash) values ($1, $2, $3, $4)".into(),
                params![track, step.version, step.name, &hash(step.sql.of(engine))],
            )?;
            Ok(())
        })?;
    }
    Ok(())
}

fn check_numbers(track: &str, steps: &[Step]) -> Result<(), Error> {
    for (step, expected) in steps.iter().zip(1u32..) {
        if step.version != expected {
            return Err(Error::MigrationOrder {
                track: track.to_owned(),
                version: step.version,
            });
        }
    }
    Ok(())
}

fn compare(track: &str, steps: &[Step], applied: &[Applied], driver: &dyn Driver) -> Result<(), Error> {
    let applied = applied.iter().filter(|old| old.track == track);
    for (old, expected) in applied.zip(1u32..) {
        let track = track.to_owned();
        if old.version != expected {
            return Err(Error::MigrationOrder {
                track,
                version: expected,
            });
        }
        let Some(step) = steps.iter().find(|step| step.version == old.version) else {
            return Err(Error::NewerSchema {
                track,
                found: old.version,
                known: steps.len() as u32,
            });
        };
        if hash(step.sql.of(driver.engine())) != old.hash {
            return Err(Error::ChangedMigration {
                track,
                version: old.version,
            });
        }
    }
    Ok(())
}

/// All steps applied so far, by track and version.
fn applied(driver: &mut dyn Driver) -> Result<Vec<Applied>, Error> {
    let mut found = Vec::new();
    driver.query(
        "select track, version, hash from schema_migration order by track, version".into(),
        &[],
        &mut |row| {
            let version = u32::try_from(row.get::<i64>(1)?).map_err(|_| Error::Corrupt)?;
            found.push(Applied {
                track: row.get(0)?,
                version,
                hash: row.get(2)?,
            });
            Ok(())
        },
    )?;
    Ok(found)
}

/// The same for both line endings: a checkout on Windows must not look like another migration.
fn hash(sql: &str) -> String {
    let digest = Sha256::digest(sql.replace("\r\n", "\n"));
    shirma_audit::Hash(digest.into()).to_string()
}

fn in_transaction(
    driver: &mut dyn Driver,
    work: impl FnOnce(&mut dyn Driver) -> Result<(), Error>,
) -> Result<(), Error> {
    driver.begin(Mode::Write)?;
    match work(driver) {
        Ok(()) => driver.commit(),
        Err(error) => {
            driver.roll_back();
            Err(error)
        }
    }
}
