//! The policy of `mask`: a ready one by its name, or a file.

use std::fs;

use anyhow::{Context, Result, bail};
use shirma_pii::Policy;

/// Reads `salon`, `clinic`, `garage` or the name of a TOML file; nothing means a code for everything. Ages are counted
/// in the file's `year`; without one birth dates become decades.
pub(super) fn load(named: Option<&str>) -> Result<Policy> {
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
    toml::from_str(&text).with_context(|| format!("файл правил {named}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use shirma_pii::{Action, Label};

    #[test]
    fn a_policy_comes_by_name_or_from_a_file() {
        assert_eq!(
            load(Some("garage")).expect("preset"),
            Policy::preset("garage").expect("preset")
        );
        assert_eq!(load(None).expect("none"), Policy::default());
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
        assert!(load(path.to_str()).is_err());
    }
}
