//! A running transaction, as the closures see it.

use crate::Error;
use crate::driver::Driver;
use crate::row::Row;
use crate::sql::{Sql, forbidden_word};
use crate::target::Engine;
use crate::value::Value;

/// A running transaction. After any error of its methods it can only be rolled back.
pub struct Tx<'a> {
    driver: &'a mut dyn Driver,
    failure: Option<Failure>,
}

/// How bad the worst error of a transaction was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Failure {
    /// A statement failed.
    Statement,
    /// The disk failed.
    Disk,
}

impl<'a> Tx<'a> {
    pub(crate) fn new(driver: &'a mut dyn Driver) -> Self {
        Self { driver, failure: None }
    }

    pub(crate) fn failure(&self) -> Option<Failure> {
        self.failure
    }

    /// Which engine runs the transaction.
    pub fn engine(&self) -> Engine {
        self.driver.engine()
    }

    /// Runs a statement that gives no rows; returns how many rows it wrote or deleted.
    pub fn execute(&mut self, sql: impl Into<Sql>, params: &[Value<'_>]) -> Result<u64, Error> {
        let sql = sql.into();
        let outcome = self.admit(sql, params).and_then(|()| self.driver.execute(sql, params));
        self.noted(outcome)
    }

    /// Runs a statement that gives at most one row; more is [`Error::TooManyRows`].
    pub fn one<T>(
        &mut self,
        sql: impl Into<Sql>,
        params: &[Value<'_>],
        map: impl FnOnce(&Row<'_>) -> Result<T, Error>,
    ) -> Result<Option<T>, Error> {
        let mut map = Some(map);
        let mut found = None;
        self.each(sql.into(), params, &mut |row| {
            let map = map.take().ok_or(Error::TooManyRows)?;
            found = Some(map(row)?);
            Ok(())
        })?;
        Ok(found)
    }

    /// Runs a statement that gives any number of rows. The result is in memory, so the SQL must set a limit.
    pub fn many<T>(
        &mut self,
        sql: impl Into<Sql>,
        params: &[Value<'_>],
        mut map: impl FnMut(&Row<'_>) -> Result<T, Error>,
    ) -> Result<Vec<T>, Error> {
        let mut found = Vec::new();
        self.each(sql.into(), params, &mut |row| {
            found.push(map(row)?);
            Ok(())
        })?;
        Ok(found)
    }

    fn each(
        &mut self,
        sql: Sql,
        params: &[Value<'_>],
        each: &mut dyn FnMut(&Row<'_>) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let outcome = self
            .admit(sql, params)
            .and_then(|()| self.driver.query(sql, params, each));
        self.noted(outcome)
    }

    /// Refuses what must not reach an engine.
    fn admit(&self, sql: Sql, params: &[Value<'_>]) -> Result<(), Error> {
        if self.failure.is_some() {
            return Err(Error::Aborted);
        }
        if let Some(word) = forbidden_word(sql.of(self.engine())) {
            return Err(Error::Forbidden { word });
        }
        // PostgreSQL cannot keep NUL in text; SQLite can, and would hide what follows it from some of its functions.
        let with_nul = |value: &Value<'_>| matches!(value, Value::Text(text) if text.contains('\0'));
        match params.iter().position(with_nul) {
            Some(position) => Err(Error::Parameter { position: position + 1 }),
            None => Ok(()),
        }
    }

    /// Remembers that the transaction failed, so that it cannot be committed.
    pub(crate) fn noted<T>(&mut self, outcome: Result<T, Error>) -> Result<T, Error> {
        if let Err(error) = &outcome {
            let failure = if error.is_damage() {
                Failure::Disk
            } else {
                Failure::Statement
            };
            self.failure = self.failure.max(Some(failure));
        }
        outcome
    }
}
