//! The list of dialogs under its tabs.

use shirma_store::{Row, Tx, params};
use shirma_vault::Pii;

use super::person::{name_of, veil_of};
use crate::access::{self, Reach, Staff};
use crate::app::{App, Fault};
use crate::boundary::{Said, Veil};
use crate::clock::MINUTE_MS;
use crate::desk::calendar::Calendar;
use crate::desk::plain::plain_line;
use crate::desk::view::{ListItem, TabCounts};
use crate::desk::words;
use crate::identifier::{ClientCode, DialogId, SubjectId};
use crate::vault::cell;

/// Dialogs shown at first, and added by «Показать ещё».
pub const LIST_PAGE: i64 = 50;
/// Most dialogs in one list: more are found by search, not by scrolling.
pub const MAX_LISTED: i64 = 500;
/// Characters of a preview.
const MAX_PREVIEW_CHARS: usize = 120;
/// An answer of the assistant that takes longer than this makes the client one who waits for a person.
const ASSISTANT_GRACE_MS: i64 = MINUTE_MS;

/// A tab over the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tab {
    /// «Ждут ответа».
    #[default]
    Waiting,
    /// «Мои».
    Mine,
    /// «Без ответственного».
    Nobodys,
    /// «У помощника».
    Assistant,
    /// «Закрыты».
    Closed,
}

impl Tab {
    /// All, in the order of the screen.
    pub const ALL: [Tab; 5] = [Tab::Waiting, Tab::Mine, Tab::Nobodys, Tab::Assistant, Tab::Closed];

    /// In addresses.
    pub fn as_str(self) -> &'static str {
        match self {
            Tab::Waiting => "waiting",
            Tab::Mine => "mine",
            Tab::Nobodys => "nobodys",
            Tab::Assistant => "assistant",
            Tab::Closed => "closed",
        }
    }

    /// The tab with this name; the first one for anything else.
    pub fn from_name(name: &str) -> Tab {
        Tab::ALL
            .into_iter()
            .find(|tab| tab.as_str() == name)
            .unwrap_or_default()
    }
}

/// Whose dialogs are listed: for one who meets but his own clients, those of clients assigned to him and those of clients whose
/// dialog he is responsible for. `$1` is he, `$4` is 1 when it counts.
macro_rules! scope {
    ($only_own:literal, $card:literal) => {
        concat!(
            "(cast(",
            $only_own,
            " as bigint) = 0 or exists (select 1 from subject o where coalesce(o.merged_into, o.id) = ",
            $card,
            " and (exists (select 1 from assignment a where a.subject = o.id and a.staff = $1)
                or exists (select 1 from dialog r where r.subject = o.id and r.responsible = $1))))"
        )
    };
}
pub(super) use scope;

macro_rules! waiting {
    () => {
        "(d.state = 'waiting' or (d.state = 'staff' and d.unanswered_since is not null)
          or (d.state = 'assistant' and d.unanswered_since < $2))"
    };
}

// Not every tab asks for all three parameters; a server wants each of them used, and its type told.
macro_rules! list_of {
    ($which:expr, $order:expr) => {
        concat!(
            "select d.id, d.subject, d.channel, d.state, d.responsible, d.hand_over_reason, d.last_message_at,
                    d.unanswered_since, d.last_client_at, d.created_at, c.id as card, c.code,
                    m.id as message, m.author, m.text_ct, m.masked_ct, m.attachments_ct, m.removed_at,
                    (select r.act from consent_receipt r join consent_document k on k.id = r.document
                     where k.purpose = 'assistant' and (r.subject = s.id or r.subject = c.id)
                     order by r.at desc, r.id desc limit 1) as consent
             from dialog d
             join subject s on s.id = d.subject
             join subject c on c.id = coalesce(s.merged_into, s.id)
             left join message m on m.dialog = d.id and m.seq = d.last_seq
             where cast($1 as bigint) = $1 and cast($2 as bigint) = $2 and ",
            scope!("$4", "c.id"),
            " and ",
            $which,
            " order by ",
            $order,
            " limit $3"
        )
    };
}

const WAITING: &str = list_of!(
    waiting!(),
    "coalesce(d.unanswered_since, d.last_client_at, d.created_at), d.id"
);
const MINE: &str = list_of!(
    "d.responsible = $1 and d.state <> 'closed'",
    "coalesce(d.last_message_at, d.created_at) desc, d.id desc"
);
const NOBODYS: &str = list_of!(
    "d.responsible is null and d.state in ('waiting', 'staff')",
    "coalesce(d.last_message_at, d.created_at) desc, d.id desc"
);
const ASSISTANT: &str = list_of!(
    "d.state = 'assistant'",
    "coalesce(d.last_message_at, d.created_at) desc, d.id desc"
);
const CLOSED: &str = list_of!(
    "d.state = 'closed'",
    "coalesce(d.last_message_at, d.created_at) desc, d.id desc"
);

struct ListRow {
    id: i64,
    subject: SubjectId,
    card: SubjectId,
    code: i64,
    channel: String,
    state: String,
    responsible: Option<i64>,
    reason: Option<String>,
    at_ms: i64,
    waiting_since_ms: Option<i64>,
    consent: Option<String>,
    last: Option<LastRow>,
}

struct LastRow {
    id: i64,
    author: String,
    text: Option<Vec<u8>>,
    masked: Option<Vec<u8>>,
    enclosed: bool,
    removed: bool,
}

fn list_row(row: &Row<'_>) -> Result<ListRow, shirma_store::Error> {
    let created_ms: i64 = row.get("created_at")?;
    let message: Option<i64> = row.get("message")?;
    let last = match message {
        Some(id) => Some(LastRow {
            id,
            author: row.get("author")?,
            text: row.get("text_ct")?,
            masked: row.get("masked_ct")?,
            enclosed: row.get::<Option<Vec<u8>>>("attachments_ct")?.is_some(),
            removed: row.get::<Option<i64>>("removed_at")?.is_some(),
        }),
        None => None,
    };
    let last_client: Option<i64> = row.get("last_client_at")?;
    Ok(ListRow {
        id: row.get("id")?,
        subject: SubjectId(row.get("subject")?),
        card: SubjectId(row.get("card")?),
        code: row.get("code")?,
        channel: row.get("channel")?,
        state: row.get("state")?,
        responsible: row.get("responsible")?,
        reason: row.get("hand_over_reason")?,
        at_ms: row.get::<Option<i64>>("last_message_at")?.unwrap_or(created_ms),
        waiting_since_ms: row.get::<Option<i64>>("unanswered_since")?.or(last_client),
        consent: row.get("consent")?,
        last,
    })
}

/// The dialogs under a tab, as this person sees them; at most `limit`.
pub fn list(
    app: &App,
    tx: &mut Tx<'_>,
    calendar: &Calendar,
    me: &Staff,
    tab: Tab,
    limit: i64,
) -> Result<Vec<ListItem>, Fault> {
    let sql = match tab {
        Tab::Waiting => WAITING,
        Tab::Mine => MINE,
        Tab::Nobodys => NOBODYS,
        Tab::Assistant => ASSISTANT,
        Tab::Closed => CLOSED,
    };
    let late_ms = app.now_ms() - ASSISTANT_GRACE_MS;
    let rows = tx.many(
        sql,
        params![me.id.0, late_ms, limit.min(MAX_LISTED), only_own(me)],
        list_row,
    )?;
    let staff = access::names(app, tx)?;
    rows.into_iter()
        .map(|row| {
            let veil = veil_of(app, tx, me, Some(DialogId(row.id)))?;
            let (prefix, preview) = preview(app, &row, &veil)?;
            let waits = row.state != "closed" && row.state != "assistant" || tab == Tab::Waiting;
            Ok(ListItem {
                id: row.id,
                name: name_of(app, tx, row.card)?.map(|name| veil.name(name)),
                code: ClientCode(row.code).to_string(),
                channel: words::channel(&row.channel),
                time: calendar.brief(row.at_ms),
                prefix,
                preview,
                wait: row
                    .waiting_since_ms
                    .filter(|_| waits && (row.state == "waiting" || tab == Tab::Waiting))
                    .map(|since_ms| (calendar.waited(since_ms), calendar.urgency(since_ms).class())),
                without_consent: row.consent.as_deref() != Some("granted"),
                reason: row
                    .reason
                    .as_deref()
                    .filter(|_| row.state == "waiting")
                    .map(words::hand_over),
                assisted: row.state == "assistant",
                responsible: row.responsible.and_then(|id| staff.get(&id).cloned()),
            })
        })
        .collect()
}

/// 1 for one who meets but his own clients.
pub(super) fn only_own(me: &Staff) -> i64 {
    i64::from(me.role.reach() == Reach::Own)
}

fn preview(app: &App, row: &ListRow, veil: &Veil<'_>) -> Result<(&'static str, Pii<String>), Fault> {
    let Some(last) = &row.last else {
        return Ok(("", String::new().into()));
    };
    let prefix = match last.author.as_str() {
        "client" => "",
        "assistant" | "model" => "Помощник: ",
        "system" => "Ширма: ",
        _ => "Вы: ",
    };
    if last.removed {
        return Ok((prefix, words::MESSAGE_GONE.to_owned().into()));
    }
    let column = if last.text.is_some() { "text_ct" } else { "masked_ct" };
    let Some(sealed) = last.text.as_ref().or(last.masked.as_ref()) else {
        let words = if last.enclosed { "вложение" } else { "" };
        return Ok((prefix, words.to_owned().into()));
    };
    let text = app.vault.open(cell("message", column, last.id, row.subject), sealed)?;
    let said = if last.author == "client" {
        Said::ByClient
    } else {
        Said::ByUs
    };
    // Veiled before it is cut: half a phone would not be known for one.
    Ok((
        prefix,
        text.map(|text| plain_line(&veil.over(text, said), MAX_PREVIEW_CHARS)),
    ))
}

/// How many dialogs wait under the tabs that count.
pub fn counts(app: &App, tx: &mut Tx<'_>, me: &Staff) -> Result<TabCounts, Fault> {
    const COUNTS: &str = concat!(
        "select count(*) filter (where ",
        waiting!(),
        ") as waiting,
                count(*) filter (where d.responsible = $1 and d.state <> 'closed') as mine,
                count(*) filter (where d.responsible is null and d.state in ('waiting', 'staff')) as nobodys,
                count(*) filter (where d.state = 'assistant') as assistant
         from dialog d join subject s on s.id = d.subject
         join subject c on c.id = coalesce(s.merged_into, s.id) where d.state <> 'closed' and ",
        scope!("$3", "c.id"),
    );
    let counts = tx.one(
        COUNTS,
        params![me.id.0, app.now_ms() - ASSISTANT_GRACE_MS, only_own(me)],
        |row| {
            Ok(TabCounts {
                waiting: row.get("waiting")?,
                mine: row.get("mine")?,
                nobodys: row.get("nobodys")?,
                assistant: row.get("assistant")?,
            })
        },
    )?;
    Ok(counts.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_tab_is_the_first_one() {
        assert_eq!(Tab::from_name("mine"), Tab::Mine);
        assert_eq!(Tab::from_name("'; drop"), Tab::Waiting);
    }
}
