//! The rules of `deny.toml` that need no network: licences, sources, bans.

use std::path::Path;

use anyhow::{Context, Result};

use super::Part;

/// What may be built in.
pub(super) struct Rules {
    licences: Vec<String>,
    registries: Vec<String>,
    banned: Vec<String>,
}

impl Rules {
    /// Reads the rules.
    pub(super) fn read(file: &Path) -> Result<Rules> {
        let text = std::fs::read_to_string(file).context("deny.toml is read")?;
        Rules::parse(&text)
    }

    fn parse(text: &str) -> Result<Rules> {
        let rules: toml::Table = text.parse().context("deny.toml is TOML")?;
        let words = |section: &str, key: &str| -> Vec<String> {
            let list = rules
                .get(section)
                .and_then(|section| section.get(key))
                .and_then(toml::Value::as_array);
            let word = |entry: &toml::Value| {
                let word = entry
                    .as_str()
                    .or_else(|| entry.get("crate").and_then(toml::Value::as_str));
                word.map(str::to_owned)
            };
            list.into_iter().flatten().filter_map(word).collect()
        };
        let read = Rules {
            licences: words("licenses", "allow"),
            registries: words("sources", "allow-registry"),
            banned: words("bans", "deny"),
        };
        anyhow::ensure!(
            !read.licences.is_empty() && !read.registries.is_empty() && !read.banned.is_empty(),
            "deny.toml lists licences, registries and bans"
        );
        Ok(read)
    }

    /// What is wrong with a part, if anything is.
    pub(super) fn complaint(&self, part: &Part) -> Option<String> {
        let Part {
            name,
            version,
            licence,
            source,
            ..
        } = part;
        if self.banned.contains(name) {
            return Some(format!("{name} {version} is banned, deny.toml says why"));
        }
        if !source.is_empty()
            && !self
                .registries
                .iter()
                .any(|known| source == &format!("registry+{known}"))
        {
            return Some(format!("{name} {version} comes from {source}"));
        }
        let fits = source.is_empty() || self.is_allowed(licence);
        (!fits).then(|| format!("{name} {version}: the licence «{licence}» is not on the list of deny.toml"))
    }

    /// Whether an SPDX expression can be met with the allowed licences.
    fn is_allowed(&self, expression: &str) -> bool {
        let expression = expression.replace('/', " OR ");
        // Parentheses stand around choices only, in what is published.
        expression.split(" AND ").all(|part| {
            part.trim_matches(['(', ')', ' ']).split(" OR ").any(|licence| {
                let licence = licence.trim_matches(['(', ')', ' ']);
                self.licences.iter().any(|allowed| allowed == licence)
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULES: &str = r#"
[licenses]
allow = ["MIT", "Apache-2.0", "Unicode-3.0", "Apache-2.0 WITH LLVM-exception"]
[bans]
deny = [{ crate = "openssl", reason = "TLS is rustls" }]
[sources]
allow-registry = ["https://registry.example/index"]
"#;

    fn complaint(name: &str, licence: &str, source: &str) -> Option<String> {
        let part = Part {
            name: name.to_owned(),
            version: "1.0.0".to_owned(),
            licence: licence.to_owned(),
            source: source.to_owned(),
            checksum: String::new(),
            description: String::new(),
        };
        Rules::parse(RULES).expect("rules").complaint(&part)
    }

    const KNOWN: &str = "registry+https://registry.example/index";

    #[test]
    fn what_the_rules_allow_passes() {
        for licence in [
            "MIT",
            "MIT OR GPL-3.0",
            "GPL-3.0/MIT",
            "(MIT OR Apache-2.0) AND Unicode-3.0",
            "Apache-2.0 WITH LLVM-exception OR GPL-2.0",
        ] {
            assert_eq!(complaint("a", licence, KNOWN), None, "{licence}");
        }
        assert_eq!(complaint("shirma", "", ""), None, "our own needs no place to come from");
    }

    #[test]
    fn licence_source_and_ban_are_told_apart() {
        for (name, licence, source, what) in [
            ("a", "GPL-3.0", KNOWN, "GPL-3.0"),
            ("a", "MIT AND GPL-3.0", KNOWN, "licence"),
            ("a", "", KNOWN, "licence"),
            ("a", "MIT", "git+https://elsewhere.example/a", "elsewhere"),
            ("openssl", "MIT", KNOWN, "banned"),
        ] {
            let said = complaint(name, licence, source).unwrap_or_default();
            assert!(said.contains(what), "{name} {licence} {source}: {said}");
        }
    }
}
