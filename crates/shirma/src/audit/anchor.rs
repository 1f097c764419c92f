//! Copies of the newest checkpoint with others (security.md §4.3): a file in a folder on another device, and a message to
//! the owner. Whoever rewrites the journal later, with all its keys in hand, cannot make it agree with them.
//!
//! A copy is never taken back and never written over. What cannot be delivered now is tried again; the newest
//! checkpoint covers all before it, so nothing is lost by waiting. How deliveries go stands in `anchor_delivery`, not in
//! the journal: a leaf for each would make the journal grow by being copied. No copy for seven days is a leaf.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use shirma_audit::{NamedNote, Outcome};
use shirma_store::{KeptCheckpoint, Tx};

pub use super::words::message;

use super::rows::{self, Delivery};
use crate::app::Fault;
use crate::clock::{DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS};
use crate::contract::ChannelKind;
use crate::file;
use crate::settings::Settings;

/// Entries without a copy for so long are told at the desk.
pub const LATE_MS: i64 = 48 * HOUR_MS;
/// For so long: the state is red and the journal says so.
pub const LOST_MS: i64 = 7 * DAY_MS;
/// The owner is written to this often at most: more would not be read.
const MESSAGE_EVERY_MS: i64 = DAY_MS;
/// Until a folder that was not there is looked at again.
const FOLDER_AGAIN_MS: i64 = 10 * SECOND_MS;
/// Until a message that did not go out is tried again.
const MESSAGE_AGAIN_MS: i64 = 5 * MINUTE_MS;
/// Copies of one folder looked at when the program starts, the newest first.
const NEWEST: usize = 64;
/// The program's own copy, in the data folder.
const OWN_COPY: &str = "journal.note";

/// Where copies go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A folder on another device.
    Folder(PathBuf),
    /// The owner's chat with one of the bots.
    Chat {
        /// Messenger.
        kind: ChannelKind,
        /// Its account in the settings.
        account: String,
        /// The chat.
        chat: String,
    },
}

impl Target {
    /// All that the settings name.
    pub fn of(settings: &Settings) -> Vec<Target> {
        let journal = &settings.journal;
        let mut targets: Vec<Target> = journal.anchor_folders.iter().cloned().map(Target::Folder).collect();
        if let Some((kind, account)) = journal.owner_channel() {
            targets.push(Target::Chat {
                kind,
                account: account.to_owned(),
                chat: journal.owner_chat.clone(),
            });
        }
        targets
    }

    fn kind(&self) -> &'static str {
        match self {
            Target::Folder(_) => "folder",
            Target::Chat { .. } => "message",
        }
    }

    fn place(&self) -> String {
        match self {
            Target::Folder(path) => path.display().to_string(),
            Target::Chat { kind, account, .. } => format!("{}/{account}", kind.as_str()),
        }
    }

    fn is_due(&self, deliveries: &[Delivery], newest: u64, now_ms: i64) -> bool {
        let own = || {
            deliveries
                .iter()
                .filter(|one| one.kind == self.kind() && one.place == self.place())
        };
        let has_newest = own().any(|one| one.is_ok() && one.size >= newest);
        let (every_ms, again_ms) = match self {
            Target::Folder(_) => (0, FOLDER_AGAIN_MS),
            Target::Chat { .. } => (MESSAGE_EVERY_MS, MESSAGE_AGAIN_MS),
        };
        let rests = own().any(|one| one.at_ms + if one.is_ok() { every_ms } else { again_ms } > now_ms);
        !has_newest && !rests
    }
}

/// What is to be delivered now: the newest checkpoint and where it is missing.
///
/// # Errors
/// [`Fault`].
pub fn due(tx: &mut Tx<'_>, targets: &[Target], now_ms: i64) -> Result<Option<(KeptCheckpoint, Vec<Target>)>, Fault> {
    let Some(newest) = tx.audit_last_checkpoint()? else {
        return Ok(None);
    };
    let deliveries = rows::deliveries(tx)?;
    let is_due = |target: &&Target| target.is_due(&deliveries, newest.size, now_ms);
    let due: Vec<Target> = targets.iter().filter(is_due).cloned().collect();
    Ok((!due.is_empty()).then_some((newest, due)))
}

/// Writes down how a delivery ended; `Err` holds a word for what was in the way.
///
/// # Errors
/// [`Fault`].
pub fn note_delivery(
    tx: &mut Tx<'_>,
    target: &Target,
    size: u64,
    ended: Result<(), &'static str>,
    now_ms: i64,
) -> Result<(), Fault> {
    rows::note_delivery(
        tx,
        (target.kind(), &target.place()),
        size,
        now_ms,
        ended.err().unwrap_or("ok"),
    )
}

/// How the journal stands with its copies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchoring {
    /// Nobody else is to get copies.
    NotSetUp,
    /// Everything old enough is covered.
    Fine,
    /// Entries wait for more than [`LATE_MS`].
    Late,
    /// Entries wait for more than [`LOST_MS`].
    Lost,
}

/// When the newest copy was made, and how the journal stands with copies.
///
/// # Errors
/// [`Fault`].
pub fn standing(tx: &mut Tx<'_>, targets: &[Target], now_ms: i64) -> Result<(Option<i64>, Anchoring), Fault> {
    let deliveries = rows::deliveries(tx)?;
    let places = targets.iter().map(|target| (target.kind(), target.place()));
    let places: Vec<(&str, String)> = places.collect();
    let is_kept = |one: &&Delivery| {
        one.is_ok()
            && places
                .iter()
                .any(|(kind, place)| one.kind == *kind && one.place == *place)
    };
    let covered = deliveries.iter().filter(is_kept).map(|one| one.size).max().unwrap_or(0);
    let at_ms = deliveries.iter().filter(is_kept).map(|one| one.at_ms).max();
    let waits_since = rows::first_checkpoint_after(tx, covered)?;
    let anchoring = if targets.is_empty() {
        Anchoring::NotSetUp
    } else {
        judge(waits_since, now_ms)
    };
    Ok((at_ms, anchoring))
}

fn judge(waits_since_ms: Option<i64>, now_ms: i64) -> Anchoring {
    match waits_since_ms.map_or(0, |since| now_ms.saturating_sub(since)) {
        waited if waited > LOST_MS => Anchoring::Lost,
        waited if waited > LATE_MS => Anchoring::Late,
        _ => Anchoring::Fine,
    }
}

/// A leaf once for each time that copies were missing for too long.
///
/// # Errors
/// [`Fault`].
pub fn tell_lost(tx: &mut Tx<'_>, targets: &[Target], now_ms: i64) -> Result<(), Fault> {
    if standing(tx, targets, now_ms)?.1 != Anchoring::Lost {
        return Ok(());
    }
    let deliveries = rows::deliveries(tx)?;
    let covered = deliveries
        .iter()
        .filter(|one| one.is_ok())
        .map(|one| one.size)
        .max()
        .unwrap_or(0);
    if deliveries.iter().any(|one| one.kind == "alarm" && one.size == covered) {
        return Ok(());
    }
    let leaf = super::leaf(now_ms, super::system(), super::ANCHOR_LOST, super::house());
    tx.append(&leaf.with_outcome(Outcome::Err))?;
    rows::note_delivery(tx, ("alarm", ""), covered, now_ms, "told")
}

/// The note inside a text that somebody saved: a message of a messenger, a letter, a file.
pub fn note_in(text: &str) -> Option<String> {
    let text = text.replace("\r\n", "\n");
    let mut lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    let first = lines.iter().position(|line| line.starts_with("shirma/"))?;
    let last = lines
        .iter()
        .rposition(|line| line.starts_with('\u{2014}'))
        .filter(|last| *last > first)?;
    lines.truncate(last + 1);
    Some(lines[first..].join("\n") + "\n")
}

/// Puts a copy into a folder that must be there already: a share that is not mounted must not become a local folder.
///
/// # Errors
/// A word for `anchor_delivery`: `away` (no such folder), `taken` (another file has the name), `unwritable`.
pub fn put_into(folder: &Path, kept: &KeptCheckpoint) -> Result<(), &'static str> {
    if !folder.is_dir() {
        return Err("away");
    }
    let path = folder.join(file_name(kept));
    match fs::read(&path) {
        Ok(there) if there == kept.note.as_bytes() => return Ok(()),
        Ok(_) => return Err("taken"),
        Err(_) => {}
    }
    file::replace(&path, kept.note.as_bytes()).map_err(|_| "unwritable")
}

/// Renews the program's own copy, which shows at the next start that the database was put back.
///
/// # Errors
/// The system's.
pub fn keep_own_copy(data_folder: &Path, kept: &KeptCheckpoint) -> io::Result<()> {
    let path = data_folder.join(OWN_COPY);
    match fs::read(&path) {
        Ok(there) if there == kept.note.as_bytes() => Ok(()),
        Ok(_) | Err(_) => file::replace(&path, kept.note.as_bytes()),
    }
}

/// `shirma-3f9a0b12-000000012345-20261128T024151Z.note`: names sort by size.
fn file_name(kept: &KeptCheckpoint) -> String {
    let at = jiff::Timestamp::from_millisecond(kept.created_at_ms).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    let origin = kept.note.lines().next().unwrap_or_default();
    format!(
        "{}{:012}-{}.note",
        file_beginning(origin),
        kept.size,
        at.strftime("%Y%m%dT%H%M%SZ")
    )
}

/// Copies of several installations may share a folder.
fn file_beginning(origin: &str) -> String {
    let installation = origin.trim_start_matches("shirma/");
    let short: String = installation
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .take(8)
        .collect();
    format!("shirma-{short}-")
}

/// The copies this machine can reach, the newest of each place first; `all` of them, or enough for a quick look.
pub fn reachable(settings: &Settings, origin: &str, all: bool) -> Vec<NamedNote> {
    let mut paths = vec![settings.data_folder().join(OWN_COPY)];
    for folder in &settings.journal.anchor_folders {
        let entries = fs::read_dir(folder).into_iter().flatten().flatten();
        let beginning = file_beginning(origin);
        let is_ours = |path: &PathBuf| {
            let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            name.starts_with(&beginning) && name.ends_with(".note")
        };
        let mut found: Vec<PathBuf> = entries.map(|entry| entry.path()).filter(is_ours).collect();
        found.sort_by(|one, other| other.cmp(one));
        paths.extend(found.into_iter().take(if all { usize::MAX } else { NEWEST }));
    }
    let read = |path: PathBuf| {
        let text = fs::read_to_string(&path).ok()?;
        let name = path.display().to_string();
        Some(NamedNote { name, text })
    };
    paths.into_iter().filter_map(read).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(size: u64) -> KeptCheckpoint {
        KeptCheckpoint {
            id: 1,
            size,
            note: format!("shirma/3f9a-0b12-77\n{size}\nroot=\n\n\u{2014} shirma/3f9a-0b12-77 c2ln\n"),
            created_at_ms: 1_795_420_800_000,
        }
    }

    fn delivery(kind: &str, size: u64, at_ms: i64, outcome: &str) -> Delivery {
        Delivery {
            kind: kind.into(),
            place: "telegram/salon".into(),
            size,
            at_ms,
            outcome: outcome.into(),
        }
    }

    #[test]
    fn a_note_is_found_in_what_a_person_saved() {
        let note = kept(7).note;
        for text in [
            note.clone(),
            message(&kept(7)),
            format!("Переслано\r\n\r\n{}\r\nс уважением", note.replace('\n', "\r\n")),
        ] {
            assert_eq!(note_in(&text), Some(note.clone()), "{text}");
        }
        assert_eq!(note_in("привет"), None);
    }

    #[test]
    fn a_copy_is_never_written_over_and_no_folder_is_made() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(put_into(&folder.path().join("usb"), &kept(5)), Err("away"));
        assert!(!folder.path().join("usb").exists());
        assert_eq!(put_into(folder.path(), &kept(5)), Ok(()));
        assert_eq!(put_into(folder.path(), &kept(5)), Ok(()), "the same again");
        let names: Vec<_> = fs::read_dir(folder.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name())
            .collect();
        assert_eq!(names, ["shirma-3f9a0b12-000000000005-20261123T080000Z.note"]);
        fs::write(folder.path().join(&names[0]), "another").unwrap();
        assert_eq!(put_into(folder.path(), &kept(5)), Err("taken"));
        assert_eq!(fs::read(folder.path().join(&names[0])).unwrap(), b"another");
    }

    #[test]
    fn the_owner_is_written_to_once_a_day_and_again_when_it_failed() {
        let chat = Target::Chat {
            kind: ChannelKind::Telegram,
            account: "salon".into(),
            chat: "1".into(),
        };
        let due = |deliveries: &[Delivery], now_ms| chat.is_due(deliveries, 20, now_ms);
        assert!(due(&[], 0));
        assert!(
            !due(&[delivery("message", 20, 0, "ok")], 9 * DAY_MS),
            "nothing new to say"
        );
        assert!(!due(&[delivery("message", 10, 0, "ok")], DAY_MS - 1));
        assert!(due(&[delivery("message", 10, 0, "ok")], DAY_MS));
        assert!(!due(&[delivery("message", 20, 0, "later")], MESSAGE_AGAIN_MS - 1));
        assert!(due(&[delivery("message", 20, 0, "later")], MESSAGE_AGAIN_MS));
        assert!(
            due(&[delivery("folder", 20, 0, "ok")], 0),
            "another place does not count"
        );
    }

    #[test]
    fn waiting_entries_turn_the_state_yellow_after_two_days_and_red_after_seven() {
        let cases = [
            (None, Anchoring::Fine),
            (Some(LATE_MS), Anchoring::Fine),
            (Some(LATE_MS + 1), Anchoring::Late),
            (Some(LOST_MS), Anchoring::Late),
            (Some(LOST_MS + 1), Anchoring::Lost),
        ];
        for (waited, expected) in cases {
            assert_eq!(judge(waited.map(|waited| -waited), 0), expected, "{waited:?}");
        }
    }
}
