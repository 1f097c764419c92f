//! What the tests need beyond Rust: a C compiler, the PostgreSQL server's programs, headless Chromium, its driver, Python.
//!
//! Missing things are installed from Debian when the tool runs as root; else the exact line to type is named and the
//! step fails. A test that finds its program missing fails too: nothing is passed over in silence.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use anyhow::{Result, bail, ensure};

use crate::command;

/// One program and the Debian package that brings it.
struct Need {
    program: &'static str,
    package: &'static str,
    reason: &'static str,
}

const NEEDS: [Need; 6] = [
    Need {
        program: "cc",
        package: "gcc",
        reason: "SQLite and the TLS library are compiled from C",
    },
    Need {
        program: "initdb",
        package: "postgresql",
        reason: "the store is tested on a real PostgreSQL server",
    },
    Need {
        program: "pg_ctl",
        package: "postgresql",
        reason: "the store is tested on a real PostgreSQL server",
    },
    Need {
        program: "chromium",
        package: "chromium",
        reason: "the desk and the chat page are tested in a browser",
    },
    Need {
        program: "chromedriver",
        package: "chromium-driver",
        reason: "the browser is driven through it",
    },
    Need {
        program: "python3",
        package: "python3",
        reason: "an exported journal is checked by a script that is not ours",
    },
];

/// Comes along with the browser: without a font with Russian letters screenshots show boxes.
const FONT: &str = "fonts-dejavu-core";
/// A C compiler without these headers cannot build anything.
const C_HEADERS: &str = "libc6-dev";

/// Where Debian keeps the server programs of PostgreSQL: a folder a version, not on the path.
const POSTGRES_FOLDERS: &str = "/usr/lib/postgresql";

/// The folders in which programs are looked for.
pub(crate) struct Machine {
    folders: Vec<PathBuf>,
}

impl Machine {
    pub(crate) fn look() -> Machine {
        let mut folders: Vec<PathBuf> = std::env::var_os("PATH")
            .map(|path| std::env::split_paths(&path).collect())
            .unwrap_or_default();
        folders.extend(postgres_folders(Path::new(POSTGRES_FOLDERS)));
        Machine { folders }
    }

    /// The value of `PATH` under which tests find every program.
    pub(crate) fn search_path(&self) -> OsString {
        // PostgreSQL may have been installed by an earlier step of this very run.
        let mut folders = self.folders.clone();
        for folder in postgres_folders(Path::new(POSTGRES_FOLDERS)) {
            if !folders.contains(&folder) {
                folders.push(folder);
            }
        }
        std::env::join_paths(folders).unwrap_or_else(|_| std::env::var_os("PATH").unwrap_or_default())
    }

    /// Finds every program or installs what is missing.
    pub(crate) fn complete(&self) -> Result<()> {
        let missing = self.missing();
        if !missing.is_empty() {
            install(&missing)?;
        }
        let machine = Machine::look();
        let missing = machine.missing();
        ensure!(
            missing.is_empty(),
            "still missing after installation: {}",
            names(&missing)
        );
        for need in &NEEDS {
            if let Some(path) = machine.find(need.program) {
                println!("   {}: {}", need.program, path.display());
            }
        }
        Ok(())
    }

    fn missing(&self) -> Vec<&'static Need> {
        NEEDS.iter().filter(|need| self.find(need.program).is_none()).collect()
    }

    fn find(&self, program: &str) -> Option<PathBuf> {
        self.folders
            .iter()
            .map(|folder| folder.join(program))
            .find(|path| path.is_file())
    }
}

fn postgres_folders(versions: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(versions) else {
        return Vec::new();
    };
    let mut folders: Vec<PathBuf> = entries.flatten().map(|entry| entry.path().join("bin")).collect();
    folders.sort();
    // The newest version first: it is the one a fresh installation brings.
    folders.reverse();
    folders
}

fn names(needs: &[&Need]) -> String {
    needs
        .iter()
        .map(|need| format!("{} ({})", need.program, need.reason))
        .collect::<Vec<_>>()
        .join(", ")
}

/// The Debian packages for these programs, each once.
fn packages(missing: &[&Need]) -> Vec<&'static str> {
    let mut packages: Vec<&'static str> = Vec::new();
    for need in missing {
        let also = match need.package {
            "chromium" => Some(FONT),
            "gcc" => Some(C_HEADERS),
            _ => None,
        };
        for package in std::iter::once(need.package).chain(also) {
            if !packages.contains(&package) {
                packages.push(package);
            }
        }
    }
    packages
}

fn install(missing: &[&Need]) -> Result<()> {
    let packages = packages(missing);
    let line = format!(
        "apt-get update && apt-get install -y --no-install-recommends {}",
        packages.join(" ")
    );
    println!("   missing: {}", names(missing));
    if command::read(command::program("id").arg("-u"))?.trim() != "0" {
        bail!("missing: {}; install them with\n  sudo sh -c '{line}'", names(missing));
    }
    println!("   {line}");
    let mut call = command::program("sh");
    call.args(["-c", &line]).env("DEBIAN_FRONTEND", "noninteractive");
    ensure!(
        command::show(&mut call)?.success(),
        "`{line}` failed; is this Debian, and is its archive reachable?"
    );
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_missing_program_brings_its_package_once() {
        let missing: Vec<&Need> = NEEDS.iter().collect();
        assert_eq!(
            packages(&missing),
            [
                "gcc",
                "libc6-dev",
                "postgresql",
                "chromium",
                "fonts-dejavu-core",
                "chromium-driver",
                "python3"
            ]
        );
        assert_eq!(packages(&missing[1..3]), ["postgresql"]);
    }

    #[test]
    fn a_machine_with_no_folders_misses_everything() {
        let machine = Machine { folders: Vec::new() };
        assert_eq!(machine.missing().len(), NEEDS.len());
        assert!(names(&machine.missing()).contains("chromedriver (the browser is driven through it)"));
    }

    #[test]
    fn a_shell_is_found_where_it_stands() {
        let machine = Machine {
            folders: vec![PathBuf::from("/nowhere"), PathBuf::from("/bin")],
        };
        assert_eq!(machine.find("sh"), Some(PathBuf::from("/bin/sh")));
        assert_eq!(machine.find("no-such-program"), None);
    }
}
