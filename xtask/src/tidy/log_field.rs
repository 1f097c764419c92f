//! What a line of the log may hold: fields of an agreed list, whose values are ids, words of ours and numbers, beside a fixed
//! text (security.md §10). A new field is a decision, taken here.

use super::Complaint;
use super::tree::File;

/// Fields that may stand in the log. All hold words of a fixed list, numbers, ids, names from the settings or errors whose
/// text is ours.
const FIELDS: [&str; 14] = [
    "attempt",
    "channel",
    "code",
    "day",
    "destination",
    "error",
    "fault",
    "job",
    "kind",
    "model",
    "place",
    "queue",
    "setting",
    "status",
];
/// Beginnings of the calls.
const CALLS: [&str; 5] = [
    "tracing::error!(",
    "tracing::warn!(",
    "tracing::info!(",
    "tracing::debug!(",
    "tracing::trace!(",
];
/// The one line of a command that failed: for its developer, at a level nobody runs a service with.
const COMMAND_LINE: &str = "crates/shirma/src/cli/words/mod.rs";

pub(super) fn check(files: &[File]) -> Vec<Complaint> {
    files
        .iter()
        .filter(|file| {
            file.is_rust()
                && file.path.starts_with("crates/")
                && file.path.contains("/src/")
                && file.path != COMMAND_LINE
        })
        .flat_map(complaints)
        .collect()
}

fn complaints(file: &File) -> Vec<Complaint> {
    let text = file.text();
    let mut found = Vec::new();
    for call in CALLS {
        for (at, _) in text.match_indices(call) {
            let rest = &text[at + call.len()..];
            let Some(end) = closing(rest) else { continue };
            let line = text[..at].lines().count().max(1) + usize::from(text[..at].ends_with('\n'));
            found.extend(wrong(&rest[..end]).map(|what| Complaint::at(file, line, what)));
        }
    }
    found
}

/// Where the bracket of a call closes that was opened right before the text; brackets in words do not count.
fn closing(text: &str) -> Option<usize> {
    let (mut depth, mut quoted, mut before) = (1_usize, false, ' ');
    for (at, sign) in text.char_indices() {
        match sign {
            '"' if before != '\\' => quoted = !quoted,
            '(' if !quoted => depth += 1,
            ')' if !quoted => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(at);
        }
        before = sign;
    }
    None
}

/// What is wrong with the arguments of a call.
fn wrong(arguments: &str) -> Option<String> {
    let quote = arguments.find('"').unwrap_or(arguments.len());
    let text = &arguments[quote..];
    if text.contains('{') {
        return Some("the text of a log line is fixed: put the value into a field of the list".to_owned());
    }
    let fields = arguments[..quote]
        .split(',')
        .map(str::trim)
        .filter(|field| !field.is_empty());
    let unknown = fields.map(|field| {
        field
            .split('=')
            .next()
            .unwrap_or_default()
            .trim()
            .trim_start_matches(['%', '?'])
    });
    let unknown: Vec<&str> = unknown.filter(|name| !FIELDS.contains(name)).collect();
    (!unknown.is_empty()).then(|| {
        format!(
            "`{}` is no field of the log: see tidy/log_field.rs",
            unknown.join("`, `")
        )
    })
}

#[cfg(test)]
mod tests {
    use super::super::tree::file;
    use super::*;

    fn count(text: &str) -> usize {
        check(&[file("crates/shirma/src/a.rs", text)]).len()
    }

    #[test]
    fn agreed_fields_and_a_fixed_text_pass() {
        assert_eq!(
            count("fn a() { tracing::warn!(code = fault.code(), error = %error, \"it failed\"); }\n"),
            0
        );
        assert_eq!(count("fn a() { tracing::error!(%fault, code, \"it failed\"); }\n"), 0);
        assert_eq!(count("fn a() { tracing::error!(\"it failed\"); }\n"), 0);
    }

    #[test]
    fn a_value_in_a_line_is_found() {
        assert_eq!(count("fn a() { tracing::warn!(phone, \"it failed\"); }\n"), 1);
        assert_eq!(count("fn a() { tracing::warn!(text = %message, \"it failed\"); }\n"), 1);
        assert_eq!(count("fn a() { tracing::warn!(\"{phone} failed\"); }\n"), 1);
    }
}
