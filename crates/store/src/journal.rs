//! The journal's tables: leaves, the tree over them, its head and its checkpoints (security.md 4.2).
//!
//! [`Tx::append`] writes a leaf in the transaction of the effect it tells about. Numbers have no gaps: the leaf of a
//! transaction that is rolled back gives its number to the next. Triggers refuse to change or delete a row; they
//! guard against mistakes of the program, the signed checkpoints against people.

use shirma_audit::{Frontier, Hash, Leaf, Node, NodeId, empty_root, leaf_hash};

use crate::Error;
use crate::params;
use crate::row::Row;
use crate::sql::Sql;
use crate::tx::Tx;

/// Name of the journal's own migrations.
pub(crate) const TRACK: &str = "journal";
/// Most leaves of one read: at 1 KiB each about 10 MB.
const MAX_LEAVES: u32 = 10_000;
/// Most checkpoints of one read.
const MAX_CHECKPOINTS: u32 = 1_000;

macro_rules! tables {
    ($triggers:literal) => {
        concat!(
            "create table audit_leaf (seq bigint primary key, body bytea not null, hash bytea not null);
            create table audit_node (level bigint not null, place bigint not null, hash bytea not null, primary key (level, place));
            create table audit_head (id bigint primary key check (id = 1), size bigint not null, frontier bytea not null, root bytea not null);
            create table audit_checkpoint (id bigserial primary key, size bigint not null, note text not null, created_at bigint not null);
            ",
            $triggers
        )
    };
}

/// Complete subtrees from level 1 up stand in `audit_node`; level 0 is `audit_leaf.hash`.
pub(crate) const TABLES: Sql = Sql::by_engine(
    tables!(
        "create trigger audit_leaf_update before update on audit_leaf begin select raise(abort, 'append-only'); end;
        create trigger audit_leaf_delete before delete on audit_leaf begin select raise(abort, 'append-only'); end;
        create trigger audit_node_update before update on audit_node begin select raise(abort, 'append-only'); end;
        create trigger audit_node_delete before delete on audit_node begin select raise(abort, 'append-only'); end;
        create trigger audit_head_delete before delete on audit_head begin select raise(abort, 'append-only'); end;
        create trigger audit_checkpoint_update before update on audit_checkpoint begin select raise(abort, 'append-only'); end;
        create trigger audit_checkpoint_delete before delete on audit_checkpoint begin select raise(abort, 'append-only'); end;"
    ),
    // SH001 is a code of our own; `postgres.rs` reads it as `Error::AppendOnly`.
    tables!(
        "create function refuse_change() returns trigger language plpgsql as
            'begin raise exception using errcode = ''SH001'', message = ''append-only''; end';
        create trigger audit_leaf_keep before update or delete or truncate on audit_leaf for each statement execute function refuse_change();
        create trigger audit_node_keep before update or delete or truncate on audit_node for each statement execute function refuse_change();
        create trigger audit_head_keep before delete or truncate on audit_head for each statement execute function refuse_change();
        create trigger audit_checkpoint_keep before update or delete or truncate on audit_checkpoint for each statement execute function refuse_change();"
    ),
);

/// Writers run one after another anyway; the row lock also keeps out a program that does not know that rule.
const LOCKED_HEAD: Sql = Sql::by_engine(
    "select frontier, size from audit_head where id = 1",
    "select frontier, size from audit_head where id = 1 for update",
);

/// The journal as it is now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// Number of leaves, which is also the `seq` of the next one.
    pub size: u64,
    /// Root of the tree.
    pub root: Hash,
}

/// A leaf as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptLeaf {
    /// Its number, from 0.
    pub seq: u64,
    /// Its exact canonical bytes.
    pub body: Vec<u8>,
    /// Its hash in the tree.
    pub hash: Hash,
}

/// A checkpoint as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptCheckpoint {
    /// Grows with each checkpoint.
    pub id: i64,
    /// Number of leaves it covers.
    pub size: u64,
    /// The signed note.
    pub note: String,
    /// When, in milliseconds since 1970 UTC.
    pub created_at_ms: i64,
}

impl Tx<'_> {
    /// Writes `leaf` as the next record of the journal and gives its `seq`.
    pub fn append(&mut self, leaf: &Leaf) -> Result<u64, Error> {
        let outcome = self.append_leaf(leaf);
        self.noted(outcome)
    }

    fn append_leaf(&mut self, leaf: &Leaf) -> Result<u64, Error> {
        let kept = self.one(LOCKED_HEAD, &[], |row| Ok((row.get::<Vec<u8>>(0)?, row.get::<i64>(1)?)))?;
        let mut frontier = match &kept {
            Some((bytes, _)) => Frontier::from_bytes(bytes).map_err(|_| Error::Corrupt)?,
            None => Frontier::new(),
        };
        let kept_size = kept.as_ref().map_or(0, |(_, size)| *size);
        if number(kept_size)? != frontier.size() {
            return Err(Error::Corrupt);
        }
        let seq = frontier.size();
        let body = leaf.canonical(seq).map_err(Error::Leaf)?;
        let hash = leaf_hash(&body);
        self.execute(
            "insert into audit_leaf (seq, body, hash) values ($1, $2, $3)",
            params![stored(seq)?, &body, hash.as_bytes()],
        )?;
        for node in frontier.append(hash).iter().filter(|node| node.level > 0) {
            self.execute(
                "insert into audit_node (level, place, hash) values ($1, $2, $3)",
                params![node.level, stored(node.index)?, node.hash.as_bytes()],
            )?;
        }
        self.execute(
            "insert into audit_head (id, size, frontier, root) values (1, $1, $2, $3)
             on conflict (id) do update set size = excluded.size, frontier = excluded.frontier, root = excluded.root",
            params![
                stored(frontier.size())?,
                &frontier.to_bytes(),
                frontier.root().as_bytes()
            ],
        )?;
        Ok(seq)
    }

    /// Size and root of the journal as stored.
    pub fn audit_head(&mut self) -> Result<Head, Error> {
        let head = self.one("select size, root from audit_head where id = 1", &[], |row| {
            Ok(Head {
                size: number(row.get(0)?)?,
                root: hash(row, 1)?,
            })
        })?;
        Ok(head.unwrap_or(Head {
            size: 0,
            root: empty_root(),
        }))
    }

    /// Up to `limit` leaves (at most 10,000) from number `from` on, in order.
    pub fn audit_leaves(&mut self, from: u64, limit: u32) -> Result<Vec<KeptLeaf>, Error> {
        self.many(
            "select seq, body, hash from audit_leaf where seq >= $1 order by seq limit $2",
            params![stored(from)?, limit.min(MAX_LEAVES)],
            |row| {
                Ok(KeptLeaf {
                    seq: number(row.get(0)?)?,
                    body: row.get(1)?,
                    hash: hash(row, 2)?,
                })
            },
        )
    }

    /// Hash of a complete subtree, for proofs; `None` when the journal has not grown that far.
    pub fn audit_node(&mut self, node: NodeId) -> Result<Option<Hash>, Error> {
        let index = stored(node.index)?;
        if node.level == 0 {
            let sql = "select hash from audit_leaf where seq = $1";
            return self.one(sql, params![index], |row| hash(row, 0));
        }
        self.one(
            "select hash from audit_node where level = $1 and place = $2",
            params![node.level, index],
            |row| hash(row, 0),
        )
    }

    /// Stored subtrees above the leaves that were completed by the leaves `from` up to `to` (not included).
    pub fn audit_nodes(&mut self, from: u64, to: u64) -> Result<Vec<Node>, Error> {
        let mut found = Vec::new();
        for level in 1..=u8::try_from(u64::BITS - to.leading_zeros()).unwrap_or(u8::MAX) {
            // A subtree is complete with its last leaf: those before `from` are `from >> level` many.
            let (first, end) = (from >> level, to >> level);
            if first == end {
                continue;
            }
            found.extend(self.many(
                "select place, hash from audit_node where level = $1 and place >= $2 and place < $3",
                params![level, stored(first)?, stored(end)?],
                |row| {
                    Ok(Node {
                        level,
                        index: number(row.get(0)?)?,
                        hash: hash(row, 1)?,
                    })
                },
            )?);
        }
        Ok(found)
    }

    /// How many subtrees above the leaves are stored.
    pub fn audit_node_count(&mut self) -> Result<u64, Error> {
        let count = self.one("select count(*) from audit_node", &[], |row| row.get::<i64>(0))?;
        number(count.unwrap_or(0))
    }

    /// The growing edge of the tree as stored; empty before the first leaf.
    pub fn audit_frontier(&mut self) -> Result<Vec<u8>, Error> {
        let edge = self.one("select frontier from audit_head where id = 1", &[], |row| row.get(0))?;
        Ok(edge.unwrap_or_default())
    }

    /// Number of the newest stored leaf.
    pub fn audit_last_seq(&mut self) -> Result<Option<u64>, Error> {
        let last = self.one("select max(seq) from audit_leaf", &[], |row| row.get::<Option<i64>>(0))?;
        last.flatten().map(number).transpose()
    }

    /// Keeps a signed checkpoint over the first `size` leaves. It may not cover more leaves than exist, nor fewer
    /// than the one before.
    pub fn audit_put_checkpoint(&mut self, size: u64, note: &str, created_at_ms: i64) -> Result<(), Error> {
        let head = self.audit_head()?;
        let last = self.audit_last_checkpoint()?;
        if size > head.size || last.is_some_and(|last| size < last.size) {
            return self.noted(Err(Error::Checkpoint { size }));
        }
        self.execute(
            "insert into audit_checkpoint (size, note, created_at) values ($1, $2, $3)",
            params![stored(size)?, note, created_at_ms],
        )?;
        Ok(())
    }

    /// The newest checkpoint.
    pub fn audit_last_checkpoint(&mut self) -> Result<Option<KeptCheckpoint>, Error> {
        self.one(
            "select id, size, note, created_at from audit_checkpoint order by id desc limit 1",
            &[],
            checkpoint,
        )
    }

    /// Up to `limit` checkpoints (at most 1,000) after the one with id `after`, in order; 0 starts.
    pub fn audit_checkpoints(&mut self, after: i64, limit: u32) -> Result<Vec<KeptCheckpoint>, Error> {
        self.many(
            "select id, size, note, created_at from audit_checkpoint where id > $1 order by id limit $2",
            params![after, limit.min(MAX_CHECKPOINTS)],
            checkpoint,
        )
    }
}

fn checkpoint(row: &Row<'_>) -> Result<KeptCheckpoint, Error> {
    Ok(KeptCheckpoint {
        id: row.get(0)?,
        size: number(row.get(1)?)?,
        note: row.get(2)?,
        created_at_ms: row.get(3)?,
    })
}

fn hash(row: &Row<'_>, column: usize) -> Result<Hash, Error> {
    Ok(Hash(row.get(column)?))
}

/// A stored number that counts; a negative one was not written by us.
fn number(stored: i64) -> Result<u64, Error> {
    u64::try_from(stored).map_err(|_| Error::Corrupt)
}

/// No journal has 2^63 leaves, but a caller may ask for one.
fn stored(number: u64) -> Result<i64, Error> {
    i64::try_from(number).map_err(|_| Error::Parameter { position: 1 })
}
