//! The `job` table.

use shirma_store::{Error, Row, Sql, Tx, params};

use super::{LEASE_MS, MAX_ATTEMPTS, Queue};
use crate::identifier::JobId;

/// A job to be.
pub struct NewJob<'a> {
    /// Its id.
    pub id: JobId,
    /// Which work.
    pub queue: Queue,
    /// The same work has the same key: a second one is not made.
    pub key: &'a str,
    /// Jobs of one lane run in order.
    pub lane: &'a str,
    /// Inbox or message id.
    pub target: i64,
    /// Now.
    pub now_ms: i64,
    /// Not before.
    pub run_at_ms: i64,
}

/// A job in hand.
#[derive(Debug, Clone)]
pub struct Lease {
    /// Which job.
    pub job: JobId,
    /// Which work.
    pub queue: Queue,
    /// Inbox or message id.
    pub target: i64,
    /// This try, from 1.
    pub attempt: i64,
    /// What must still be true when finishing.
    pub fence: i64,
}

/// Adds a job; `false` when the same key is there already.
pub fn enqueue(tx: &mut Tx<'_>, job: &NewJob<'_>) -> Result<bool, Error> {
    let added = tx.execute(
        "insert into job (id, queue, key, lane, lane_seq, target, state, run_at, attempt, fence, created_at)
         values ($1, $2, $3, $4, $1, $5, 'ready', $6, 0, 0, $7)
         on conflict (queue, key) do nothing",
        params![
            job.id.0,
            job.queue.as_str(),
            job.key,
            job.lane,
            job.target,
            job.run_at_ms,
            job.now_ms
        ],
    )?;
    Ok(added == 1)
}

const LEASE_SQLITE: &str = "update job set state = 'leased', lease_owner = $1, lease_until = $2, fence = fence + 1, attempt = attempt + 1
     where id = (
       select j.id from job j
       where (j.state = 'ready' or (j.state = 'leased' and j.lease_until < $3)) and j.run_at <= $3
         and not exists (select 1 from job e where e.lane = j.lane and e.lane_seq < j.lane_seq and e.state in ('ready', 'leased'))
       order by j.run_at, j.id limit 1)
     returning id, queue, target, attempt, fence";

const LEASE_POSTGRES: &str = "update job set state = 'leased', lease_owner = $1, lease_until = $2, fence = fence + 1, attempt = attempt + 1
     where id = (
       select j.id from job j
       where (j.state = 'ready' or (j.state = 'leased' and j.lease_until < $3)) and j.run_at <= $3
         and not exists (select 1 from job e where e.lane = j.lane and e.lane_seq < j.lane_seq and e.state in ('ready', 'leased'))
       order by j.run_at, j.id limit 1 for update skip locked)
     returning id, queue, target, attempt, fence";

/// Takes the next job that may run, also one whose holder has vanished. A job tried too often is laid aside instead.
pub fn lease_next(tx: &mut Tx<'_>, owner: &str, now_ms: i64) -> Result<Option<Lease>, Error> {
    loop {
        let sql = Sql {
            sqlite: LEASE_SQLITE,
            postgres: LEASE_POSTGRES,
        };
        let Some(lease) = tx.one(sql, params![owner, now_ms + LEASE_MS, now_ms], lease_of)? else {
            return Ok(None);
        };
        if lease.attempt <= MAX_ATTEMPTS {
            return Ok(Some(lease));
        }
        tx.execute(
            "update job set state = 'dead', lease_owner = null where id = $1 and fence = $2",
            params![lease.job.0, lease.fence],
        )?;
    }
}

fn lease_of(row: &Row<'_>) -> Result<Lease, Error> {
    let queue: String = row.get("queue")?;
    Ok(Lease {
        job: JobId(row.get("id")?),
        queue: Queue::from_name(&queue).ok_or(Error::Corrupt)?,
        target: row.get("target")?,
        attempt: row.get("attempt")?,
        fence: row.get("fence")?,
    })
}

/// After a start alone on its data: nobody else can hold a lease, so all are free at once.
pub fn reclaim(tx: &mut Tx<'_>) -> Result<(), Error> {
    tx.execute("update job set lease_until = 0 where state = 'leased'", params![])?;
    Ok(())
}

/// Marks the job done inside the transaction of its effects. `false` means the lease was lost: roll everything back.
#[must_use = "a lost lease must roll the transaction back"]
pub fn finish(tx: &mut Tx<'_>, lease: &Lease) -> Result<bool, Error> {
    let done = tx.execute(
        "update job set state = 'done', lease_owner = null where id = $1 and fence = $2 and state = 'leased'",
        params![lease.job.0, lease.fence],
    )?;
    Ok(done == 1)
}

/// Puts the job back for later after a failure; `code` is a word of ours, never a text from outside.
pub fn release(tx: &mut Tx<'_>, lease: &Lease, run_at_ms: i64, code: &'static str) -> Result<(), Error> {
    let state = if lease.attempt >= MAX_ATTEMPTS { "dead" } else { "ready" };
    tx.execute(
        "update job set state = $3, run_at = $4, last_error = $5, lease_owner = null
         where id = $1 and fence = $2 and state = 'leased'",
        params![lease.job.0, lease.fence, state, run_at_ms, code],
    )?;
    Ok(())
}

/// Jobs not finished yet: (waiting or running, laid aside).
pub fn waiting(tx: &mut Tx<'_>) -> Result<(i64, i64), Error> {
    let counted = tx.one(
        "select count(*) filter (where state in ('ready', 'leased')) as waiting, count(*) filter (where state = 'dead') as dead from job",
        params![],
        |row| Ok((row.get("waiting")?, row.get("dead")?)),
    )?;
    Ok(counted.unwrap_or((0, 0)))
}
