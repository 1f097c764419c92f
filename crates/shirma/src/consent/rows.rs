//! The tables `consent_document` and `consent_receipt`.

use shirma_store::{Tx, params};
use shirma_vault::{hex, sha256};

use super::Standing;
use super::document::{Document, Purpose};
use crate::app::{App, Fault};
use crate::audit;
use crate::contract::ChannelKind;
use crate::identifier::{DialogId, SubjectId};
use crate::vault::cell;

/// A text as it stands in the book of versions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// Row id.
    pub id: i64,
    /// From 1, growing with each change of the text.
    pub version: i64,
    /// Hash of the exact text, hex.
    pub sha256: String,
}

/// Publishes the text unless its newest version is this very text; a changed text becomes the next version.
///
/// Old receipts keep pointing at the version their people saw.
pub fn publish(app: &App, tx: &mut Tx<'_>, text: &Document) -> Result<Published, Fault> {
    let sha256 = hex(&sha256(text.body.as_bytes()));
    let newest = tx.one(
        "select id, version, sha256 from consent_document where purpose = $1 order by version desc limit 1",
        params![text.purpose.as_str()],
        |row| {
            Ok(Published {
                id: row.get("id")?,
                version: row.get("version")?,
                sha256: row.get("sha256")?,
            })
        },
    )?;
    let version = match newest {
        Some(newest) if newest.sha256 == sha256 => return Ok(newest),
        Some(newest) => newest.version + 1,
        None => 1,
    };
    let id = app.new_id();
    tx.execute(
        "insert into consent_document (id, purpose, version, sha256, title, body, published_at)
         values ($1, $2, $3, $4, $5, $6, $7)",
        params![
            id,
            text.purpose.as_str(),
            version,
            &sha256,
            &text.title,
            &text.body,
            app.now_ms()
        ],
    )?;
    tx.append(
        &audit::leaf(
            app.now_ms(),
            audit::system(),
            audit::CONSENT_PUBLISH,
            shirma_audit::Object::new("document", format!("{}:{version}", text.purpose.as_str())),
        )
        .with_purpose(short_hash(&sha256)),
    )?;
    Ok(Published { id, version, sha256 })
}

/// The exact text of a version: title, body, hash, time of publishing.
pub fn body_of(
    tx: &mut Tx<'_>,
    purpose: Purpose,
    version: i64,
) -> Result<Option<(String, String, String, i64)>, Fault> {
    Ok(tx.one(
        "select title, body, sha256, published_at from consent_document where purpose = $1 and version = $2",
        params![purpose.as_str(), version],
        |row| {
            Ok((
                row.get("title")?,
                row.get("body")?,
                row.get("sha256")?,
                row.get("published_at")?,
            ))
        },
    )?)
}

/// What a person did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// Said yes.
    Granted,
    /// Said no.
    Refused,
    /// Took a yes back.
    Withdrawn,
}

impl Act {
    /// As the table names it.
    pub fn as_str(self) -> &'static str {
        match self {
            Act::Granted => "granted",
            Act::Refused => "refused",
            Act::Withdrawn => "withdrawn",
        }
    }
}

/// The evidence of one act (`law-152fz.md` §1.1).
pub struct NewReceipt<'a> {
    /// Whose.
    pub subject: SubjectId,
    /// In which dialog.
    pub dialog: Option<DialogId>,
    /// For what.
    pub purpose: Purpose,
    /// Which version was shown.
    pub version: i64,
    /// What was done.
    pub act: Act,
    /// Where.
    pub channel: ChannelKind,
    /// Event that carried it.
    pub ext_id: Option<&'a str>,
    /// Words shown.
    pub shown: Option<&'a str>,
    /// Words answered.
    pub answered: Option<&'a str>,
}

/// Writes the receipt and its leaf. `false` when there is no such version: nothing is written then.
pub fn write_receipt(app: &App, tx: &mut Tx<'_>, new: &NewReceipt<'_>) -> Result<bool, Fault> {
    let document = tx.one(
        "select id from consent_document where purpose = $1 and version = $2",
        params![new.purpose.as_str(), new.version],
        |row| row.get::<i64>(0),
    )?;
    let Some(document) = document else { return Ok(false) };
    let id = app.new_id();
    let seal = |column: &'static str, text: Option<&str>| -> Result<Option<Vec<u8>>, Fault> {
        text.map(|text| app.vault.seal(cell("consent_receipt", column, id, new.subject), text))
            .transpose()
            .map_err(Fault::from)
    };
    let (shown, answered) = (seal("shown_ct", new.shown)?, seal("answered_ct", new.answered)?);
    let now_ms = app.now_ms();
    tx.execute(
        "insert into consent_receipt (id, subject, dialog, document, act, channel, ext_id, shown_ct, answered_ct, at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        params![
            id,
            new.subject.0,
            new.dialog.map(|dialog| dialog.0),
            document,
            new.act.as_str(),
            new.channel.as_str(),
            new.ext_id,
            shown.as_deref(),
            answered.as_deref(),
            now_ms
        ],
    )?;
    let act = match new.act {
        Act::Granted => audit::CONSENT_GRANT,
        Act::Refused => audit::CONSENT_REFUSE,
        Act::Withdrawn => audit::CONSENT_WITHDRAW,
    };
    tx.append(
        &audit::leaf(now_ms, audit::subject(new.subject), act, new.subject.object())
            .with_fields([format!("{}:{}", new.purpose.as_str(), new.version)])
            .with_purpose(new.channel.as_str()),
    )?;
    Ok(true)
}

/// Where a person stands now, by his newest receipt on any of his cards, and the version it was about.
pub fn standing(tx: &mut Tx<'_>, subject: SubjectId, purpose: Purpose) -> Result<(Standing, Option<i64>), Fault> {
    let newest = tx.one(
        "select r.act, d.version from consent_receipt r
         join consent_document d on d.id = r.document
         join subject s on s.id = r.subject
         where d.purpose = $2 and (s.id = $1 or s.merged_into = $1) order by r.at desc, r.id desc limit 1",
        params![subject.0, purpose.as_str()],
        |row| Ok((row.get::<String>("act")?, row.get::<i64>("version")?)),
    )?;
    Ok(match newest {
        None => (Standing::Unknown, None),
        Some((act, version)) => {
            let standing = match act.as_str() {
                "granted" => Standing::Granted,
                "refused" => Standing::Refused,
                "withdrawn" => Standing::Withdrawn,
                _ => return Err(Fault::Unreadable("act of a receipt")),
            };
            (standing, Some(version))
        }
    })
}

/// The words of the newest consent question in a dialog, if it was asked there.
pub fn asked(app: &App, tx: &mut Tx<'_>, dialog: DialogId) -> Result<Option<String>, Fault> {
    let row = tx.one(
        "select id, subject, masked_ct from message
         where dialog = $1 and author = 'system' and note = 'consent' order by seq desc limit 1",
        params![dialog.0],
        |row| {
            Ok((
                row.get::<i64>("id")?,
                SubjectId(row.get("subject")?),
                row.get::<Vec<u8>>("masked_ct")?,
            ))
        },
    )?;
    row.map(|(id, subject, sealed)| {
        let words = app.vault.open(cell("message", "masked_ct", id, subject), &sealed)?;
        Ok(words.expose().to_string())
    })
    .transpose()
}

/// The first 160 bits of a hash, each hex digit as a letter from `a` to `p`: a journal entry takes few digits, so that
/// no phone can hide among them.
fn short_hash(sha256: &str) -> String {
    const LETTERS: &[u8; 16] = b"abcdefghijklmnop";
    sha256
        .chars()
        .take(40)
        .filter_map(|digit| digit.to_digit(16))
        .map(|digit| LETTERS[digit as usize] as char)
        .collect()
}
