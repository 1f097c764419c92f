//! Promises kept by Cargo: who may depend on whom, and which crate alone names a cipher, a driver or an HTTP client.
//!
//! A dependency for tests counts like any other. Sources are not read here: what a crate cannot name, it cannot use.

use super::Complaint;
use super::tree::File;

/// A crate from outside and the only crates of ours that may name it.
struct Wall {
    outside: &'static str,
    allowed: &'static [&'static str],
    go_through: &'static str,
}

const fn wall(outside: &'static str, allowed: &'static [&'static str], go_through: &'static str) -> Wall {
    Wall {
        outside,
        allowed,
        go_through,
    }
}

const WALLS: [Wall; 24] = [
    wall("chacha20poly1305", &["vault"], "seal and open through `shirma-vault`"),
    wall("aes-gcm", &["vault"], "seal and open through `shirma-vault`"),
    wall("argon2", &["vault"], "hash passwords through `shirma-vault`"),
    wall("hkdf", &["vault"], "derive keys through `shirma-vault`"),
    wall("hmac", &["vault"], "take keyed hashes from `shirma-vault`"),
    wall("subtle", &["vault"], "compare secrets through `shirma-vault`"),
    wall("ring", &["vault"], "ciphers are named in `shirma-vault`"),
    wall(
        "getrandom",
        &["vault"],
        "randomness is an argument: `Entropy` of `shirma-vault`",
    ),
    wall(
        "rand",
        &["vault"],
        "randomness is an argument: `Entropy` of `shirma-vault`",
    ),
    wall(
        "sha2",
        &["vault", "audit", "store"],
        "take digests from `shirma-vault` or `shirma-audit`",
    ),
    wall(
        "ed25519-dalek",
        &["vault", "audit"],
        "signing keys live in `shirma-vault`",
    ),
    wall("rusqlite", &["store"], "go through `shirma-store`"),
    wall("libsqlite3-sys", &["store"], "go through `shirma-store`"),
    wall("postgres", &["store"], "go through `shirma-store`"),
    wall("tokio-postgres", &["store"], "go through `shirma-store`"),
    wall("sqlx", &[], "go through `shirma-store`"),
    wall("reqwest", &["wire"], "connect through `shirma-wire`"),
    wall("hyper", &["wire"], "connect through `shirma-wire`"),
    wall("ureq", &[], "connect through `shirma-wire`"),
    wall("rustls", &["wire"], "connect through `shirma-wire`"),
    wall("webpki-roots", &["wire"], "connect through `shirma-wire`"),
    wall("chrono", &[], "dates are `jiff`'s"),
    wall("time", &[], "dates are `jiff`'s"),
    wall("once_cell", &[], "the standard library has `LazyLock` and `OnceLock`"),
];

/// Our crates and those of ours that each may depend on.
const INSIDE: [(&str, &[&str]); 9] = [
    ("pii", &[]),
    // Targets of cargo-fuzz, outside the workspace.
    ("fuzz", &["shirma-pii"]),
    ("train", &["shirma-pii"]),
    ("vault", &[]),
    ("audit", &[]),
    ("wire", &[]),
    ("store", &["shirma-audit"]),
    (
        "shirma",
        &[
            "shirma-pii",
            "shirma-vault",
            "shirma-audit",
            "shirma-store",
            "shirma-wire",
        ],
    ),
    ("xtask", &[]),
];

/// Crates that anyone can use alone and that touch nothing: no runtime, no clock, no socket, no log.
const PURE: [&str; 2] = ["pii", "audit"];
const IMPURE: [&str; 9] = [
    "tokio",
    "futures-util",
    "axum",
    "tracing",
    "jiff",
    "tempfile",
    "toml",
    "tracing-subscriber",
    "clap",
];

pub(super) fn check(files: &[File]) -> Vec<Complaint> {
    files
        .iter()
        .filter(|file| file.name() == "Cargo.toml")
        .flat_map(complaints)
        .collect()
}

fn complaints(file: &File) -> Vec<Complaint> {
    let Some(ours) = file
        .path
        .strip_suffix("/Cargo.toml")
        .and_then(|folder| folder.rsplit('/').next())
    else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for dependency in dependencies(file.text()) {
        let Dependency { name, line, .. } = dependency;
        if let Some(wall) = WALLS
            .iter()
            .find(|wall| wall.outside == name && !wall.allowed.contains(&ours))
        {
            found.push(Complaint::at(
                file,
                line,
                format!("`{ours}` may not name `{name}`: {}", wall.go_through),
            ));
        }
        if name.starts_with("shirma-") && name.strip_prefix("shirma-") != Some(ours) && !may_use(ours, name) {
            found.push(Complaint::at(
                file,
                line,
                format!("`{ours}` may not depend on `{name}`: see ARCHITECTURE.md"),
            ));
        }
        if PURE.contains(&ours) && IMPURE.contains(&name) && !dependency.for_tests {
            found.push(Complaint::at(
                file,
                line,
                format!("`{ours}` is pure and may not name `{name}`"),
            ));
        }
    }
    found
}

fn may_use(ours: &str, other: &str) -> bool {
    INSIDE
        .iter()
        .any(|(name, allowed)| *name == ours && allowed.contains(&other))
}

struct Dependency<'a> {
    name: &'a str,
    line: usize,
    for_tests: bool,
}

/// The names in all dependency tables of a manifest.
fn dependencies(manifest: &str) -> Vec<Dependency<'_>> {
    let mut found = Vec::new();
    let mut table = "";
    for (index, text) in manifest.lines().enumerate() {
        let (text, line) = (text.trim(), index + 1);
        if let Some(header) = text.strip_prefix('[').and_then(|rest| rest.split(']').next()) {
            table = header;
            // `[dependencies.name]`: the header itself is the entry.
            if let Some((before, name)) = header
                .rsplit_once('.')
                .filter(|(before, _)| is_dependency_table(before))
            {
                found.push(Dependency {
                    name,
                    line,
                    for_tests: before.contains("dev-"),
                });
                table = "";
            }
        } else if is_dependency_table(table) && !text.starts_with('#') {
            let name = text.split(['.', '=', ' ']).next().unwrap_or_default().trim_matches('"');
            if !name.is_empty() && text.contains('=') {
                found.push(Dependency {
                    name,
                    line,
                    for_tests: table.contains("dev-"),
                });
            }
        }
    }
    found
}

fn is_dependency_table(header: &str) -> bool {
    header.ends_with("dependencies") && header != "workspace.dependencies"
}

#[cfg(test)]
mod tests {
    use super::super::tree::file;
    use super::*;

    fn lines(path: &str, text: &str) -> Vec<usize> {
        check(&[file(path, text)])
            .into_iter()
            .map(|complaint| complaint.line)
            .collect()
    }

    #[test]
    fn a_cipher_outside_the_vault_is_found() {
        let text = "[dependencies]\nserde = \"1\"\nchacha20poly1305.workspace = true\n";
        assert_eq!(lines("crates/shirma/Cargo.toml", text), [3]);
        assert_eq!(lines("crates/vault/Cargo.toml", text), [0_usize; 0]);
    }

    #[test]
    fn every_form_of_a_dependency_is_seen() {
        assert_eq!(
            lines("crates/pii/Cargo.toml", "[dependencies.tokio]\nversion = \"1\"\n"),
            [1]
        );
        assert_eq!(
            lines(
                "crates/pii/Cargo.toml",
                "[target.'cfg(unix)'.dependencies]\ntokio = \"1\"\n"
            ),
            [2]
        );
        assert_eq!(
            lines(
                "crates/shirma/Cargo.toml",
                "[dev-dependencies]\nrusqlite = { version = \"1\" }\n"
            ),
            [2]
        );
        assert_eq!(
            lines("crates/pii/Cargo.toml", "[dev-dependencies]\ntempfile = \"3\"\n"),
            [0_usize; 0]
        );
    }

    #[test]
    fn our_crates_lean_only_downwards() {
        assert_eq!(
            lines(
                "crates/pii/Cargo.toml",
                "[dependencies]\nshirma-vault.workspace = true\n"
            ),
            [2]
        );
        assert_eq!(
            lines(
                "crates/store/Cargo.toml",
                "[dependencies]\nshirma-audit.workspace = true\n"
            ),
            [0_usize; 0]
        );
    }

    #[test]
    fn the_list_of_the_workspace_is_no_dependency() {
        assert_eq!(
            lines("crates/x/Cargo.toml", "[workspace.dependencies]\nreqwest = \"1\"\n"),
            [0_usize; 0]
        );
    }
}
