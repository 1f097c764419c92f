//! House rules that neither the compiler nor clippy can see, checked over all tracked files.
//!
//! One rule, one file. A rule looks at the whole tree and complains with a path, a line and what to do about it;
//! it never changes anything. Why a rule exists stands in its own file.

mod command_list;
mod exception;
mod inner_wall;
mod length;
mod link;
mod log_field;
mod machine_path;
mod module_comment;
mod module_name;
mod numbered;
mod russian;
mod rust_text;
mod settings_page;
mod sql;
mod tree;
mod unfinished;
mod wall;

use std::process::ExitCode;

use anyhow::Result;

use tree::{File, tracked_files};

/// One broken rule at one place.
#[derive(Debug, PartialEq, Eq)]
struct Complaint {
    path: String,
    /// Counted from 1.
    line: usize,
    what_to_do: String,
    weight: Weight,
}

/// Whether the check fails over it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Weight {
    /// It does.
    Broken,
    /// It does not yet; the next change should not add to it.
    Warning,
}

impl Complaint {
    fn at(file: &File, line: usize, what_to_do: impl Into<String>) -> Complaint {
        Complaint {
            path: file.path.clone(),
            line,
            what_to_do: what_to_do.into(),
            weight: Weight::Broken,
        }
    }
}

/// A name for the output and the check itself.
struct Rule {
    name: &'static str,
    check: fn(&[File]) -> Vec<Complaint>,
}

const RULES: [Rule; 14] = [
    Rule {
        name: "length",
        check: length::check,
    },
    Rule {
        name: "module-name",
        check: module_name::check,
    },
    Rule {
        name: "module-comment",
        check: module_comment::check,
    },
    Rule {
        name: "sql",
        check: sql::check,
    },
    Rule {
        name: "russian",
        check: russian::check,
    },
    Rule {
        name: "wall",
        check: wall::check,
    },
    Rule {
        name: "inner-wall",
        check: inner_wall::check,
    },
    Rule {
        name: "unfinished",
        check: unfinished::check,
    },
    Rule {
        name: "exception",
        check: exception::check,
    },
    Rule {
        name: "machine-path",
        check: machine_path::check,
    },
    Rule {
        name: "log-field",
        check: log_field::check,
    },
    Rule {
        name: "link",
        check: link::check,
    },
    Rule {
        name: "settings-page",
        check: settings_page::check,
    },
    Rule {
        name: "command-list",
        check: command_list::check,
    },
];

/// Needs names only, so that it also sees files which are not text.
const NUMBERED: Rule = Rule {
    name: "numbered",
    check: numbered::check,
};

pub(crate) fn run() -> Result<ExitCode> {
    let broken = report()?;
    if broken == 0 {
        println!("tidy");
        return Ok(ExitCode::SUCCESS);
    }
    eprintln!("error: {broken} broken house rules");
    Ok(ExitCode::FAILURE)
}

/// Prints every complaint and tells how many of them are more than warnings.
pub(crate) fn report() -> Result<usize> {
    let files = tracked_files()?;
    let mut broken = 0;
    for rule in RULES.iter().chain([&NUMBERED]) {
        for complaint in (rule.check)(&files) {
            let Complaint {
                path,
                line,
                what_to_do,
                weight,
            } = complaint;
            let mark = match weight {
                Weight::Broken => "",
                Weight::Warning => "warning: ",
            };
            println!("{path}:{line}: {mark}{}: {what_to_do}", rule.name);
            broken += usize::from(weight == Weight::Broken);
        }
    }
    Ok(broken)
}
