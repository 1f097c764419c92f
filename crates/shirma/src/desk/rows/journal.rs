//! The journal as people read it, and the book of consent texts.

use std::collections::BTreeMap;

use shirma_audit::{ActorKind, Leaf, Outcome};
use shirma_store::{Tx, params};
use shirma_vault::Pii;

use super::person::called;
use super::words::{COMMAND_LINE, act as act_words, anchoring, purpose};
use crate::access::{self, Staff};
use crate::app::{App, Fault};
use crate::audit;
use crate::desk::calendar::Calendar;
use crate::desk::view::{DocumentLine, JournalLine, JournalState};
use crate::desk::words;
use crate::identifier::ClientCode;

/// Records of one page.
pub const JOURNAL_PAGE: usize = 50;
/// Records read at once while looking for those that pass the filter.
const STEP: u64 = 1_000;
/// Records looked through for one page: a rare act may need «Показать раньше» pressed again.
const MAX_LOOKED_THROUGH: u64 = 20_000;
/// Records looked through for the newest check of the journal.
const MAX_CHECK_DISTANCE: u64 = 5_000;
/// Versions of consent texts shown.
const MAX_DOCUMENTS: i64 = 200;

/// What the journal page shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum JournalFilter {
    /// Everything.
    #[default]
    All,
    /// What people of the business did.
    Staff,
    /// Values shown to people.
    Reveals,
    /// Consents.
    Consents,
    /// What was refused or failed.
    Refusals,
}

impl JournalFilter {
    /// All, in the order of the screen.
    pub const ALL: [JournalFilter; 5] = [
        JournalFilter::All,
        JournalFilter::Staff,
        JournalFilter::Reveals,
        JournalFilter::Consents,
        JournalFilter::Refusals,
    ];

    /// In addresses.
    pub fn as_str(self) -> &'static str {
        match self {
            JournalFilter::All => "all",
            JournalFilter::Staff => "staff",
            JournalFilter::Reveals => "reveals",
            JournalFilter::Consents => "consents",
            JournalFilter::Refusals => "refusals",
        }
    }

    /// The filter with this name; everything for anything else.
    pub fn from_name(name: &str) -> JournalFilter {
        JournalFilter::ALL
            .into_iter()
            .find(|filter| filter.as_str() == name)
            .unwrap_or_default()
    }

    fn passes(self, leaf: &Leaf) -> bool {
        match self {
            JournalFilter::All => true,
            JournalFilter::Staff => matches!(leaf.actor.kind, ActorKind::Staff | ActorKind::Cli),
            JournalFilter::Reveals => leaf.act == audit::SUBJECT_REVEAL,
            JournalFilter::Consents => leaf.act.as_str().starts_with("consent."),
            JournalFilter::Refusals => leaf.outcome != Outcome::Ok,
        }
    }
}

/// Records before `before`, newest first, and where earlier ones begin.
pub fn journal(
    app: &App,
    tx: &mut Tx<'_>,
    calendar: &Calendar,
    me: &Staff,
    (filter, before): (JournalFilter, Option<u64>),
) -> Result<(Vec<JournalLine>, Option<u64>), Fault> {
    let size = tx.audit_head()?.size;
    let mut before = before.unwrap_or(size).min(size);
    let end = before.saturating_sub(MAX_LOOKED_THROUGH);
    let mut found: Vec<(u64, Leaf)> = Vec::new();
    while before > end && found.len() < JOURNAL_PAGE {
        let from = before.saturating_sub(STEP);
        let kept = tx.audit_leaves(from, u32::try_from(before - from).unwrap_or(0))?;
        for record in kept.into_iter().rev() {
            if found.len() == JOURNAL_PAGE {
                break;
            }
            before = record.seq;
            let (seq, leaf) = Leaf::parse(&record.body).map_err(|_| Fault::Journal)?;
            if filter.passes(&leaf) {
                found.push((seq, leaf));
            }
        }
    }
    let names = access::names(app, tx)?;
    let lines = found
        .into_iter()
        .map(|(seq, leaf)| {
            let detail = match me.role.reads_details() {
                true => audit::detail(app, tx, seq, &leaf)?,
                false => None,
            };
            let line = line(tx, calendar, &names, seq, &leaf)?;
            Ok::<_, Fault>(JournalLine { detail, ..line })
        })
        .collect::<Result<_, _>>()?;
    Ok((lines, (before > 0).then_some(before)))
}

fn line(
    tx: &mut Tx<'_>,
    calendar: &Calendar,
    names: &BTreeMap<i64, Pii<String>>,
    seq: u64,
    leaf: &Leaf,
) -> Result<JournalLine, Fault> {
    let who: Pii<String> = match leaf.actor.kind {
        ActorKind::Staff => called(names, leaf.actor.id.parse().ok()),
        ActorKind::Subject => "Клиент".to_owned().into(),
        ActorKind::System => "Ширма".to_owned().into(),
        ActorKind::Channel => {
            let kind = leaf.actor.id.split('/').next().unwrap_or_default();
            words::channel(kind).to_owned().into()
        }
        ActorKind::Cli => COMMAND_LINE.to_owned().into(),
    };
    let name = leaf.act.as_str();
    Ok(JournalLine {
        seq,
        at: calendar.exact(leaf.at_ms),
        who,
        who_kind: leaf.actor.kind.as_str(),
        act: act_words(name).unwrap_or(name).to_owned(),
        fields: leaf
            .fields
            .iter()
            .map(|field| words::field(field))
            .collect::<Vec<_>>()
            .join(", "),
        code: code_of(tx, leaf)?.map(|code| code.to_string()).unwrap_or_default(),
        purpose: leaf.purpose.as_deref().map(purpose).unwrap_or_default(),
        detail: None,
        outcome: leaf.outcome.as_str(),
    })
}

/// Whose data a record is about.
fn code_of(tx: &mut Tx<'_>, leaf: &Leaf) -> Result<Option<ClientCode>, Fault> {
    let Ok(id) = leaf.object.id.parse::<i64>() else {
        return Ok(None);
    };
    let sql = match leaf.object.kind.as_str() {
        "subject" => "select code from subject where id = $1",
        "dialog" => "select s.code from dialog d join subject s on s.id = d.subject where d.id = $1",
        "message" => "select s.code from message m join subject s on s.id = m.subject where m.id = $1",
        "identity" => "select s.code from identity i join subject s on s.id = i.subject where i.id = $1",
        "enquiry" => "select s.code from enquiry e join subject s on s.id = e.subject where e.id = $1",
        _ => return Ok(None),
    };
    Ok(tx.one(sql, params![id], |row| row.get::<i64>(0))?.map(ClientCode))
}

/// The journal as a proof: size, root, last mark, last check, copies with others.
pub fn journal_state(app: &App, tx: &mut Tx<'_>, calendar: &Calendar) -> Result<JournalState, Fault> {
    let head = tx.audit_head()?;
    let mark = tx.audit_last_checkpoint()?;
    let from = head.size.saturating_sub(MAX_CHECK_DISTANCE);
    let kept = tx.audit_leaves(from, u32::try_from(head.size - from).unwrap_or(0))?;
    let check = kept.iter().rev().find_map(|record| {
        let (_, leaf) = Leaf::parse(&record.body).ok()?;
        (leaf.act == audit::VERIFY).then(|| (calendar.full(leaf.at_ms), leaf.outcome == Outcome::Ok))
    });
    let targets = audit::anchor::Target::of(&app.settings);
    let (copied_at, standing) = audit::anchor::standing(tx, &targets, app.now_ms())?;
    Ok(JournalState {
        copy: copied_at.map(|at_ms| calendar.full(at_ms)),
        copy_warning: anchoring(standing),
        size: words::grouped(i64::try_from(head.size).unwrap_or(i64::MAX)),
        root: head.root.to_string(),
        mark: mark.map(|mark| {
            let size = words::grouped(i64::try_from(mark.size).unwrap_or(i64::MAX));
            (calendar.full(mark.created_at_ms), size)
        }),
        check,
    })
}

/// All versions of all consent texts, newest first within a purpose.
pub fn documents(tx: &mut Tx<'_>, calendar: &Calendar) -> Result<Vec<DocumentLine>, Fault> {
    let mut lines = tx.many(
        "select k.purpose, k.version, k.title, k.sha256, k.published_at,
                (select count(*) from consent_receipt r where r.document = k.id and r.act = 'granted') as granted,
                (select count(*) from consent_receipt r where r.document = k.id and r.act = 'refused') as refused,
                (select count(*) from consent_receipt r where r.document = k.id and r.act = 'withdrawn') as withdrawn
         from consent_document k order by k.purpose, k.version desc limit $1",
        params![MAX_DOCUMENTS],
        |row| {
            let purpose: String = row.get("purpose")?;
            Ok(DocumentLine {
                purpose_words: words::consent_purpose(&purpose),
                purpose,
                version: row.get("version")?,
                title: row.get("title")?,
                sha256: row.get("sha256")?,
                published: calendar.full(row.get("published_at")?),
                current: false,
                granted: row.get("granted")?,
                refused: row.get("refused")?,
                withdrawn: row.get("withdrawn")?,
            })
        },
    )?;
    let mut last = String::new();
    for line in &mut lines {
        line.current = line.purpose != last;
        last.clone_from(&line.purpose);
    }
    Ok(lines)
}
