//! The list of people who are found whatever their names look like: a text file, one name a line.

use std::fs;
use std::path::Path;
use std::time::UNIX_EPOCH;

use anyhow::{Context, Result, bail};
use shirma_pii::KnownPerson;

use super::folder::charset;

/// Most names of a list.
const NAMES_MAX: usize = 100_000;
/// Longest file, in bytes.
const FILE_BYTES_MAX: u64 = 16 * 1024 * 1024;

/// Reads the list. Empty lines and lines that begin with `#` are passed over.
///
/// # Errors
/// The file cannot be read, is no text, or holds too much; nothing of it stands in the message.
pub(super) fn read(path: &Path) -> Result<Vec<KnownPerson>> {
    let named = || format!("список имён {}", path.display());
    if fs::metadata(path).with_context(named)?.len() > FILE_BYTES_MAX {
        bail!("{}: больше {} МБ", named(), FILE_BYTES_MAX / 1024 / 1024);
    }
    let text = charset::decode(&fs::read(path).with_context(named)?).with_context(named)?;
    let people: Vec<KnownPerson> = text
        .lines()
        .map(|line| line.trim_matches(|sign: char| sign.is_whitespace() || sign == '\u{feff}'))
        .filter(|name| !name.is_empty() && !name.starts_with('#'))
        .map(|name| KnownPerson {
            name: name.to_owned(),
            gender: None,
        })
        .collect();
    if people.len() > NAMES_MAX {
        bail!("{}: больше {NAMES_MAX} имён", named());
    }
    Ok(people)
}

/// Size and time of the list: what changes when the list does and says nothing of it.
///
/// # Errors
/// The file cannot be looked at.
pub(super) fn mark(path: &Path) -> Result<String> {
    let about = fs::metadata(path).with_context(|| format!("список имён {}", path.display()))?;
    let changed = about.modified().ok().and_then(|at| at.duration_since(UNIX_EPOCH).ok());
    Ok(format!(
        " {} {}",
        about.len(),
        changed.map_or(0, |since| since.as_millis())
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_a_line_each_in_any_charset() {
        let folder = tempfile::tempdir().expect("folder");
        let path = folder.path().join("names.txt");
        fs::write(
            &path,
            b"\xc0\xed\xed\xe0 \xca\xe8\xec\r\n\r\n# \xec\xe0\xf1\xf2\xe5\xf0\xe0\r\n",
        )
        .expect("written");
        let names: Vec<String> = read(&path)
            .expect("a list")
            .into_iter()
            .map(|person| person.name)
            .collect();
        assert_eq!(names, ["Анна Ким"]);
        fs::write(&path, b"\x89PNG\x00").expect("written");
        assert!(read(&path).is_err());
    }
}
