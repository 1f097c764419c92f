//! What is built into the program: the bill of materials, and whether every part may be there.
//!
//! `cargo deny check` knows more (advisories) but needs the network and a tool of its own; licences, sources and bans of
//! `deny.toml` are checked here from what Cargo says about the locked graph, on every machine and without a network.

mod bill;
mod rule;

use std::process::ExitCode;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::command;
use rule::Rules;

/// One package of the locked graph that the shipped program is made of.
pub(crate) struct Part {
    name: String,
    version: String,
    licence: String,
    /// Where it comes from; empty for what is written here.
    source: String,
    checksum: String,
    description: String,
}

/// The bill of materials of the shipped program, CycloneDX 1.5, on stdout.
pub(crate) fn sbom() -> Result<ExitCode> {
    println!("{}", bill::of(&parts()?)?);
    Ok(ExitCode::SUCCESS)
}

/// Licences, sources and bans of `deny.toml` over the locked graph.
pub(crate) fn check() -> Result<usize> {
    let rules = Rules::read(&command::root().join("deny.toml"))?;
    let parts = parts()?;
    ensure!(parts.len() > 50, "the graph was not read: {} packages", parts.len());
    let broken: Vec<String> = parts.iter().filter_map(|part| rules.complaint(part)).collect();
    for line in &broken {
        println!("   {line}");
    }
    ensure!(broken.is_empty(), "{} packages may not be built in", broken.len());
    println!("   {} packages, licences, sources and bans are right", parts.len());
    Ok(parts.len())
}

/// Everything the program `shirma` is built of on this platform's target, itself included; what only tests, benches and
/// tools need is left out.
fn parts() -> Result<Vec<Part>> {
    let mut call = command::cargo(&[
        "tree",
        "--locked",
        "--package",
        "shirma",
        "--edges",
        "normal,build",
        "--prefix",
        "none",
        "--format",
        "{p}",
    ]);
    let listed = command::read(&mut call)?;
    let mut wanted: Vec<(String, String)> = listed.lines().filter_map(named).collect();
    wanted.sort();
    wanted.dedup();
    let mut call = command::cargo(&["metadata", "--format-version", "1", "--locked"]);
    let told: Value = serde_json::from_str(&command::read(&mut call)?).context("cargo metadata speaks JSON")?;
    let checksums = checksums()?;
    let text = |package: &Value, key: &str| package[key].as_str().unwrap_or_default().to_owned();
    let packages = told["packages"].as_array().context("cargo metadata names packages")?;
    let found = packages.iter().filter_map(|package| {
        let key = (text(package, "name"), text(package, "version"));
        wanted.contains(&key).then(|| Part {
            checksum: checksums.get(&key).cloned().unwrap_or_default(),
            licence: text(package, "license"),
            source: text(package, "source"),
            description: text(package, "description"),
            name: key.0,
            version: key.1,
        })
    });
    Ok(found.collect())
}

/// «serde v1.0.1 (proc-macro)» → name and version.
fn named(line: &str) -> Option<(String, String)> {
    let mut words = line.split_whitespace();
    let name = words.next()?;
    let version = words.next()?.strip_prefix('v')?;
    Some((name.to_owned(), version.to_owned()))
}

/// SHA-256 of every package of the lock file.
fn checksums() -> Result<std::collections::BTreeMap<(String, String), String>> {
    let text = std::fs::read_to_string(command::root().join("Cargo.lock")).context("the lock file is read")?;
    let lock: toml::Table = text.parse().context("the lock file is TOML")?;
    let packages = lock
        .get("package")
        .and_then(toml::Value::as_array)
        .context("the lock file lists packages")?;
    let text = |package: &toml::Value, key: &str| package.get(key).and_then(toml::Value::as_str).map(str::to_owned);
    Ok(packages
        .iter()
        .filter_map(|package| {
            let key = (text(package, "name")?, text(package, "version")?);
            Some((key, text(package, "checksum")?))
        })
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_the_tree_gives_name_and_version() {
        let serde = Some(("serde".to_owned(), "1.0.219".to_owned()));
        assert_eq!(named("serde v1.0.219"), serde);
        assert_eq!(named("serde v1.0.219 (*)"), serde);
        assert_eq!(named(""), None);
    }
}
