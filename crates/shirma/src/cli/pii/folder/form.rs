//! What kind of file it is, and its copy with codes.

use super::cover::Cover;
use super::{Broken, charset, chat, json, sheet, table};

/// The kinds of files that are masked, told by the ending of the name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Text,
    Table,
    Json,
    JsonLines,
    Workbook,
}

/// The form of a file by the ending of its name, in lower case; `None` if such files are left alone.
pub(super) fn form_of(ending: &str) -> Option<Form> {
    Some(match ending {
        "txt" | "md" | "log" | "text" => Form::Text,
        "csv" | "tsv" => Form::Table,
        "json" => Form::Json,
        "jsonl" | "ndjson" => Form::JsonLines,
        "xlsx" => Form::Workbook,
        _ => return None,
    })
}

/// The bytes of the copy.
pub(super) fn mask(cover: &mut Cover<'_>, form: Form, bytes: &[u8]) -> Result<Vec<u8>, Broken> {
    if form == Form::Workbook {
        return sheet::mask(cover, bytes).ok_or(Broken::NotWorkbook);
    }
    let text = charset::decode(bytes).map_err(|_| Broken::NotText)?;
    let masked = match form {
        Form::Json => json::mask(cover, &text).ok_or(Broken::NotJson)?,
        Form::JsonLines => json::mask_lines(cover, &text).ok_or(Broken::NotJson)?,
        Form::Table => table::mask(cover, &text),
        Form::Text | Form::Workbook if chat::is_chat(&text) => chat::mask(cover, &text),
        Form::Text | Form::Workbook => cover.text(&text),
    };
    Ok(masked.into_bytes())
}
