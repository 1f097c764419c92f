//! The policy of `mask`: a ready one by its name, or a file.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use shirma_pii::Policy;

use crate::clock::{Clock, SystemClock};
use crate::settings::wrong;

/// Reads `salon`, `clinic`, `garage` or the name of a TOML file; nothing means a code for everything. Ages are counted
/// in the file's `year`, without one in the present one.
pub(super) fn load(named: Option<&str>) -> Result<Policy> {
    let policy = read(named)?;
    if policy.year().is_some() {
        return Ok(policy);
    }
    let now = jiff::Timestamp::from_millisecond(SystemClock.now_ms()).context("часы компьютера")?;
    let year = jiff::tz::TimeZone::UTC.to_datetime(now).year();
    Ok(u16::try_from(year).map_or(policy.clone(), |year| policy.at_year(year)))
}

fn read(named: Option<&str>) -> Result<Policy> {
    let Some(named) = named else {
        return Ok(Policy::default());
    };
    if let Some(policy) = Policy::preset(named) {
        return Ok(policy);
    }
    if !named.contains(['.', '/', '\\']) {
        bail!(
            "нет правил «{named}». Готовые: {}; или назовите файл TOML",
            Policy::PRESETS.join(", ")
        );
    }
    let text = fs::read_to_string(named).with_context(|| format!("чтение файла правил {named}"))?;
    toml::from_str(&text).map_err(|error| wrong(Path::new(named), &text, &error).into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use shirma_pii::{Action, Label};

    #[test]
    fn a_policy_comes_by_name_or_from_a_file() {
        assert_eq!(
            read(Some("garage")).expect("preset"),
            Policy::preset("garage").expect("preset")
        );
        assert_eq!(read(None).expect("none"), Policy::default());
        assert!(load(Some("clinic")).expect("preset").year() >= Some(2026));
        assert!(load(Some("shop")).is_err());
        let folder = tempfile::tempdir().expect("folder");
        let path = folder.path().join("own.toml");
        fs::write(&path, "year = 2026\n[actions]\nPHONE = \"mask\"\nPLATE = \"keep\"\n").expect("written");
        let policy = load(path.to_str()).expect("read");
        assert_eq!(
            (policy.action(Label::Phone), policy.action(Label::Plate)),
            (Action::Mask, Action::Keep)
        );
        fs::write(&path, "[actions]\nPHONES = \"mask\"\n").expect("written");
        let error = load(path.to_str()).expect_err("no such label").to_string();
        assert!(error.contains("строка 2") && error.contains("PHONE,"), "{error}");
    }
}
