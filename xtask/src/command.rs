//! Other programs, called from the root of the workspace: the only place of the tool that starts a process.
//!
//! Output passes through unchanged; where a caller wants to read it as well, each line is shown and handed over.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};

use anyhow::{Context, Result};

/// The folder that holds the workspace's `Cargo.toml`.
pub(crate) fn root() -> PathBuf {
    let tool = Path::new(env!("CARGO_MANIFEST_DIR"));
    tool.parent().map_or_else(|| tool.to_owned(), Path::to_owned)
}

/// A command that will run at the root.
#[expect(
    clippy::disallowed_methods,
    reason = "the tool's work is to call other programs, and it does so here only"
)]
pub(crate) fn program(name: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(name);
    command.current_dir(root());
    command
}

/// The same cargo that started this tool, else the one on the path.
pub(crate) fn cargo(arguments: &[&str]) -> Command {
    let mut command = program(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(arguments);
    // These describe this tool's own build; left in place they make every build script of the product run again.
    for (name, _) in std::env::vars_os() {
        let text = name.to_string_lossy();
        if text.starts_with("CARGO_PKG_") || text.starts_with("CARGO_MANIFEST_") {
            command.env_remove(&name);
        }
    }
    command
}

/// What a person would type to repeat the call.
pub(crate) fn spelled(command: &Command) -> String {
    let program = Path::new(command.get_program());
    let name = program.file_name().unwrap_or(program.as_os_str()).to_string_lossy();
    let arguments = command.get_args().map(|argument| {
        let text = argument.to_string_lossy();
        if text.contains(' ') {
            format!("'{text}'")
        } else {
            text.into_owned()
        }
    });
    std::iter::once(name.into_owned())
        .chain(arguments)
        .collect::<Vec<_>>()
        .join(" ")
}

/// Runs to the end with the output shown as it comes.
pub(crate) fn show(command: &mut Command) -> Result<ExitStatus> {
    command
        .status()
        .with_context(|| format!("cannot start `{}`", spelled(command)))
}

/// Runs to the end and gives what was written to standard output.
pub(crate) fn read(command: &mut Command) -> Result<String> {
    let output = command
        .output()
        .with_context(|| format!("cannot start `{}`", spelled(command)))?;
    anyhow::ensure!(
        output.status.success(),
        "`{}` failed with {}",
        spelled(command),
        output.status
    );
    String::from_utf8(output.stdout)
        .with_context(|| format!("`{}` printed something that is not text", spelled(command)))
}

/// Runs to the end, shows both streams as they come and gives their lines together.
pub(crate) fn show_and_read(command: &mut Command) -> Result<(ExitStatus, Vec<String>)> {
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command
        .spawn()
        .with_context(|| format!("cannot start `{}`", spelled(command)))?;
    let (out, err) = (child.stdout.take(), child.stderr.take());
    let lines = std::thread::scope(|scope| {
        let errors = scope.spawn(|| echo_lines(err, |line| eprintln!("{line}")));
        let mut lines = echo_lines(out, |line| println!("{line}"));
        lines.extend(errors.join().unwrap_or_default());
        lines
    });
    let status = child
        .wait()
        .with_context(|| format!("lost sight of `{}`", spelled(command)))?;
    Ok((status, lines))
}

fn echo_lines(stream: Option<impl Read>, echo: impl Fn(&str)) -> Vec<String> {
    let Some(stream) = stream else { return Vec::new() };
    let mut reader = BufReader::new(stream);
    let mut lines = Vec::new();
    let mut bytes = Vec::new();
    while reader.read_until(b'\n', &mut bytes).is_ok_and(|count| count > 0) {
        let line = String::from_utf8_lossy(&bytes).trim_end().to_owned();
        echo(&line);
        lines.push(line);
        bytes.clear();
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_streams_are_read() {
        let (status, lines) = show_and_read(program("sh").args(["-c", "echo one; echo two >&2"])).unwrap();
        assert!(status.success());
        assert_eq!(lines, ["one", "two"]);
    }

    #[test]
    fn a_call_is_spelled_as_typed() {
        let mut command = program("/usr/bin/psql");
        command.args(["-c", "select 1"]);
        assert_eq!(spelled(&command), "psql -c 'select 1'");
    }

    #[test]
    fn a_program_that_is_not_there_is_named() {
        let error = read(&mut program("no-such-program-here")).unwrap_err();
        assert!(error.to_string().contains("no-such-program-here"));
    }
}
