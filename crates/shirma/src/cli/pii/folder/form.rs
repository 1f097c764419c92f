//! What kind of file it is, and its copy with codes.

use super::broken::Broken;
use super::cover::Cover;
use super::{charset, chat, html, json, table, workbook};

/// The kinds of files that are masked, told by the ending of the name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Text,
    Table,
    Json,
    JsonLines,
    Page,
    Workbook,
}

/// The form of a file by the ending of its name, in lower case, and the ending of its copy; `None` if such files are
/// left alone.
pub(super) fn form_of(ending: &str) -> Option<(Form, &'static str)> {
    Some(match ending {
        "txt" => (Form::Text, "txt"),
        "text" => (Form::Text, "text"),
        "md" => (Form::Text, "md"),
        "log" => (Form::Text, "log"),
        "csv" => (Form::Table, "csv"),
        "tsv" => (Form::Table, "tsv"),
        "json" => (Form::Json, "json"),
        "jsonl" => (Form::JsonLines, "jsonl"),
        "ndjson" => (Form::JsonLines, "ndjson"),
        "html" => (Form::Page, "html"),
        "htm" => (Form::Page, "htm"),
        "xlsx" | "xlsm" | "xlsb" | "xls" | "ods" => (Form::Workbook, "xlsx"),
        _ => return None,
    })
}

/// The bytes of the copy.
pub(super) fn mask(cover: &mut Cover<'_>, form: Form, bytes: &[u8]) -> Result<Vec<u8>, Broken> {
    if form == Form::Workbook {
        return workbook::mask(cover, bytes);
    }
    let text = charset::decode(bytes).map_err(|_| Broken::NotText)?;
    let masked = match form {
        Form::Json => json::mask(cover, &text)?,
        Form::JsonLines => json::mask_lines(cover, &text)?,
        // Spreadsheet programs take a table without the mark for the old letters.
        Form::Table if std::str::from_utf8(bytes).is_err() => format!("\u{feff}{}", table::mask(cover, &text)),
        Form::Table => table::mask(cover, &text),
        Form::Page => html::mask(cover, &text),
        Form::Text | Form::Workbook if chat::is_chat(&text) => chat::mask(cover, &text),
        Form::Text | Form::Workbook => cover.text(&text),
    };
    Ok(masked.into_bytes())
}
