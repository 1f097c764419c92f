//! Python environments of the peers, below the target folder: made once, made anew when the requirements have changed.
//!
//! Packages are pinned by hash and come as wheels, so nothing of them runs while they are installed.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::command;

/// What a machine needs before an environment can be made.
const PYTHON_HINT: &str = "apt-get install -y python3 python3-venv";
const INDEX_HINT: &str = "a package index must be reachable; pip's own settings name another one";

/// A folder below the target folder and what is installed there.
pub(crate) struct Environment {
    pub(crate) name: &'static str,
    /// From the root of the workspace.
    pub(crate) requirements: &'static str,
    /// More options for `pip install`.
    pub(crate) options: &'static [&'static str],
}

impl Environment {
    /// The environment's own Python; `python` makes the environment if there is none of these requirements.
    pub(crate) fn ready(&self, python: &Path) -> Result<PathBuf> {
        let folder = target_folder()?.join(self.name);
        if !self.is_made(&folder) {
            self.make(python, &folder)?;
        }
        Ok(folder.join("bin/python"))
    }

    fn make(&self, python: &Path, folder: &Path) -> Result<()> {
        let mut venv = command::program(python);
        venv.args(["-m", "venv", "--clear"]).arg(folder);
        must(venv, PYTHON_HINT)?;
        let mut install = command::program(folder.join("bin/python"));
        install.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]);
        install.args(["--only-binary", ":all:", "--require-hashes", "-r", self.requirements]);
        install.args(self.options);
        must(install, INDEX_HINT)?;
        std::fs::copy(command::root().join(self.requirements), mark(folder))
            .context("the environment cannot be marked")?;
        Ok(())
    }

    fn is_made(&self, folder: &Path) -> bool {
        let wanted = std::fs::read(command::root().join(self.requirements));
        let made = std::fs::read(mark(folder));
        matches!((wanted, made), (Ok(wanted), Ok(made)) if wanted == made)
    }
}

/// The requirements the environment was made with: others mean making it anew.
fn mark(folder: &Path) -> PathBuf {
    folder.join("made-with.txt")
}

/// Runs to a good end, or names the call that has to work first and what may be missing.
pub(crate) fn must(mut call: Command, hint: &str) -> Result<()> {
    let spelled = command::spelled(&call);
    match command::show(&mut call) {
        Ok(status) if status.success() => Ok(()),
        _ => bail!("this has to work first:\n  {spelled}\nhint: {hint}"),
    }
}

/// The target folder that this tool was built into.
pub(crate) fn target_folder() -> Result<PathBuf> {
    let tool = std::env::current_exe().context("this tool does not know where it stands")?;
    let target = tool
        .ancestors()
        .nth(2)
        .context("this tool stands outside a target folder")?;
    Ok(target.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_python_that_is_not_there_is_told_with_what_to_install() {
        let environment = Environment {
            name: "no-such-environment",
            requirements: "no-such-requirements.txt",
            options: &[],
        };
        let error = environment
            .ready(Path::new("no-such-python-here"))
            .unwrap_err()
            .to_string();
        assert!(error.contains("no-such-python-here -m venv"), "{error}");
        assert!(error.contains(PYTHON_HINT), "{error}");
    }
}
