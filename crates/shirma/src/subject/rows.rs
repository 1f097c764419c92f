//! The tables `subject`, `subject_field`, `identity`, `blind_index`, `same_person_hint`.

use shirma_store::{Tx, params};
use shirma_vault::Pii;

use crate::app::{App, Fault};
use crate::identifier::{ClientCode, IdentityId, SubjectId};
use crate::vault::{BlindKind, cell};

/// Kinds of value a card keeps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldKind {
    /// Name.
    Name,
    /// Phone.
    Phone,
    /// E-mail.
    Email,
}

impl FieldKind {
    /// As tables and the journal name it.
    pub fn as_str(self) -> &'static str {
        match self {
            FieldKind::Name => "name",
            FieldKind::Phone => "phone",
            FieldKind::Email => "email",
        }
    }

    /// The kind with this name.
    pub fn from_name(name: &str) -> Option<FieldKind> {
        [FieldKind::Name, FieldKind::Phone, FieldKind::Email]
            .into_iter()
            .find(|kind| kind.as_str() == name)
    }

    pub(crate) fn blind(self) -> Option<BlindKind> {
        match self {
            FieldKind::Name => None,
            FieldKind::Phone => Some(BlindKind::Phone),
            FieldKind::Email => Some(BlindKind::Email),
        }
    }
}

/// One value of a card.
pub struct Field {
    /// Row id.
    pub id: i64,
    /// Whose.
    pub subject: SubjectId,
    /// What.
    pub kind: FieldKind,
    /// The channel proved it.
    pub proven: bool,
    /// The value.
    pub value: Pii<String>,
}

/// The card a card was merged into, or itself.
pub fn root(tx: &mut Tx<'_>, subject: SubjectId) -> Result<SubjectId, Fault> {
    /// Longer chains of merges do not come from this program.
    const LONGEST_CHAIN: usize = 16;
    let mut at = subject;
    for _ in 0..LONGEST_CHAIN {
        let next = tx.one("select merged_into from subject where id = $1", params![at.0], |row| {
            row.get::<Option<i64>>(0)
        })?;
        match next.flatten() {
            Some(next) => at = SubjectId(next),
            None => return Ok(at),
        }
    }
    Err(Fault::Unreadable("chain of merged cards"))
}

/// Makes a card: key first, row second (security.md §2.3).
pub(super) fn create(app: &App, tx: &mut Tx<'_>) -> Result<SubjectId, Fault> {
    let id = SubjectId(app.new_id());
    app.vault.create_subject_key(id)?;
    let code = tx
        .one(
            "select coalesce(max(code), 0) + 1 as next from subject",
            params![],
            |row| row.get::<i64>("next"),
        )?
        .unwrap_or(1);
    tx.execute(
        "insert into subject (id, code, state, created_at) values ($1, $2, 'active', $3)",
        params![id.0, code, app.now_ms()],
    )?;
    Ok(id)
}

/// The code staff see.
pub fn code_of(tx: &mut Tx<'_>, subject: SubjectId) -> Result<ClientCode, Fault> {
    tx.one("select code from subject where id = $1", params![subject.0], |row| {
        row.get::<i64>(0)
    })?
    .map(ClientCode)
    .ok_or(Fault::Gone("subject"))
}

pub(super) fn identity_of(
    tx: &mut Tx<'_>,
    channel: &str,
    account: &str,
    blind: &[u8],
) -> Result<Option<(IdentityId, SubjectId)>, Fault> {
    Ok(tx.one(
        "select id, subject from identity where channel = $1 and account = $2 and blind = $3",
        params![channel, account, blind],
        |row| Ok((IdentityId(row.get("id")?), SubjectId(row.get("subject")?))),
    )?)
}

/// Writes the index in force in the place of a former one.
pub(super) fn set_blind(app: &App, tx: &mut Tx<'_>, identity: IdentityId, blind: &[u8]) -> Result<(), Fault> {
    tx.execute(
        "update identity set blind = $2, blind_version = $3 where id = $1",
        params![identity.0, blind, app.vault.blind_version()],
    )?;
    Ok(())
}

/// What an account in a channel is made of.
pub(super) struct NewIdentity<'a> {
    pub(super) subject: SubjectId,
    pub(super) channel: &'a str,
    pub(super) account: &'a str,
    pub(super) blind: &'a [u8],
    pub(super) chat: &'a str,
    pub(super) display: Option<&'a str>,
}

pub(super) fn add_identity(app: &App, tx: &mut Tx<'_>, new: &NewIdentity<'_>) -> Result<IdentityId, Fault> {
    let id = IdentityId(app.new_id());
    let chat = app
        .vault
        .seal(cell("identity", "chat_ct", id.0, new.subject), new.chat)?;
    let display = match new.display {
        Some(display) => Some(
            app.vault
                .seal(cell("identity", "display_ct", id.0, new.subject), display)?,
        ),
        None => None,
    };
    tx.execute(
        "insert into identity (id, subject, channel, account, blind, chat_ct, display_ct, state, created_at, blind_version)
         values ($1, $2, $3, $4, $5, $6, $7, 'reachable', $8, $9)",
        params![
            id.0,
            new.subject.0,
            new.channel,
            new.account,
            new.blind,
            &chat,
            display.as_deref(),
            app.now_ms(),
            app.vault.blind_version()
        ],
    )?;
    Ok(id)
}

/// All values of a card and of the cards merged into it, oldest first.
pub fn fields(app: &App, tx: &mut Tx<'_>, subject: SubjectId) -> Result<Vec<Field>, Fault> {
    let rows = tx.many(
        "select f.id, f.subject, f.kind, f.standing, f.value_ct from subject_field f
         join subject s on s.id = f.subject where f.subject = $1 or s.merged_into = $1 order by f.id",
        params![subject.0],
        |row| {
            Ok((
                row.get::<i64>("id")?,
                row.get::<i64>("subject")?,
                row.get::<String>("kind")?,
                row.get::<String>("standing")?,
                row.get::<Vec<u8>>("value_ct")?,
            ))
        },
    )?;
    rows.into_iter()
        .map(|(id, subject, kind, standing, sealed)| {
            let subject = SubjectId(subject);
            Ok(Field {
                id,
                subject,
                kind: FieldKind::from_name(&kind).ok_or(Fault::Unreadable("kind of a field"))?,
                proven: standing == "proven",
                value: app
                    .vault
                    .open(cell("subject_field", "value_ct", id, subject), &sealed)?,
            })
        })
        .collect()
}

/// The value of a kind to go by: a proven one before a claimed one, the newest of equals.
pub fn best(fields: &[Field], kind: FieldKind) -> Option<&Field> {
    fields
        .iter()
        .filter(|field| field.kind == kind)
        .max_by_key(|field| (field.proven, field.id))
}

pub(super) fn add_field(
    app: &App,
    tx: &mut Tx<'_>,
    subject: SubjectId,
    kind: FieldKind,
    standing: &str,
    value: &str,
) -> Result<(), Fault> {
    let id = app.new_id();
    let sealed = app.vault.seal(cell("subject_field", "value_ct", id, subject), value)?;
    tx.execute(
        "insert into subject_field (id, subject, kind, standing, value_ct, created_at) values ($1, $2, $3, $4, $5, $6)",
        params![id, subject.0, kind.as_str(), standing, &sealed, app.now_ms()],
    )?;
    Ok(())
}

pub(super) fn set_standing(tx: &mut Tx<'_>, field: i64, standing: &str) -> Result<(), Fault> {
    tx.execute(
        "update subject_field set standing = $2 where id = $1",
        params![field, standing],
    )?;
    Ok(())
}

pub(super) fn add_blind(
    app: &App,
    tx: &mut Tx<'_>,
    kind: BlindKind,
    index: &[u8],
    subject: SubjectId,
    standing: &str,
) -> Result<(), Fault> {
    tx.execute(
        "insert into blind_index (kind, idx, subject, standing, created_at, blind_version)
         values ($1, $2, $3, $4, $5, $6)
         on conflict (kind, idx, subject) do update set standing = case
           when blind_index.standing = 'proven' then 'proven' else excluded.standing end",
        params![
            kind.as_str(),
            index,
            subject.0,
            standing,
            app.now_ms(),
            app.vault.blind_version()
        ],
    )?;
    Ok(())
}

/// Cards that hold the value, with whether it is proven there. A value has more than one index while the secret is exchanged.
pub(super) fn holders(tx: &mut Tx<'_>, kind: BlindKind, indexes: &[[u8; 16]]) -> Result<Vec<(SubjectId, bool)>, Fault> {
    let mut found = Vec::new();
    for index in indexes {
        let rows = tx.many(
            "select b.subject, b.standing from blind_index b where b.kind = $1 and b.idx = $2 order by b.subject",
            params![kind.as_str(), index],
            |row| {
                Ok((
                    SubjectId(row.get("subject")?),
                    row.get::<String>("standing")? == "proven",
                ))
            },
        )?;
        for (subject, proven) in rows {
            let card = root(tx, subject)?;
            if !found.contains(&(card, proven)) {
                found.push((card, proven));
            }
        }
    }
    Ok(found)
}

pub(super) fn merge_into(tx: &mut Tx<'_>, from: SubjectId, into: SubjectId) -> Result<(), Fault> {
    tx.execute(
        "update subject set state = 'merged', merged_into = $2 where id = $1 or merged_into = $1",
        params![from.0, into.0],
    )?;
    Ok(())
}

pub(super) fn add_hint(
    app: &App,
    tx: &mut Tx<'_>,
    first: SubjectId,
    second: SubjectId,
    reason: &str,
) -> Result<bool, Fault> {
    let (first, second) = if first < second {
        (first, second)
    } else {
        (second, first)
    };
    let added = tx.execute(
        "insert into same_person_hint (id, first_subject, second_subject, reason, state, created_at)
         values ($1, $2, $3, $4, 'open', $5) on conflict (first_subject, second_subject, reason) do nothing",
        params![app.new_id(), first.0, second.0, reason, app.now_ms()],
    )?;
    Ok(added == 1)
}

/// Marks an account as reachable or blocked.
pub(crate) fn set_reachable(tx: &mut Tx<'_>, identity: IdentityId, reachable: bool) -> Result<(), Fault> {
    let state = if reachable { "reachable" } else { "blocked" };
    tx.execute(
        "update identity set state = $2 where id = $1",
        params![identity.0, state],
    )?;
    Ok(())
}
