//! Tables of text: cells are masked where they stand, by what their column says; commas and quotes stay.

use shirma_pii::Label;

use super::column::label_of;
use super::cover::Cover;

/// A first row with this many known columns is a heading.
const KNOWN_COLUMNS_MIN: usize = 2;

/// Masks a table whose cells are parted by `;`, `,` or tabs.
pub(super) fn mask(cover: &mut Cover<'_>, text: &str) -> String {
    let parted = separator_of(text);
    let mut masked = String::with_capacity(text.len());
    let mut heading: Option<Vec<Option<Label>>> = None;
    for row in rows(text, parted) {
        let labels: Vec<Option<Label>> = row.iter().map(|cell| label_of(&cell.value)).collect();
        let is_heading = heading.is_none() && labels.iter().flatten().count() >= KNOWN_COLUMNS_MIN;
        for (index, cell) in row.iter().enumerate() {
            masked.push_str(cell.before);
            let label = heading.as_ref().and_then(|labels| labels.get(index).copied().flatten());
            let value = match label {
                _ if is_heading => cell.value.clone(),
                Some(label) => cover.value(&cell.value, label),
                None => cover.text(&cell.value),
            };
            masked.push_str(&written(&value, cell.quoted, parted));
        }
        heading = Some(if is_heading {
            labels
        } else {
            heading.unwrap_or_default()
        });
    }
    masked
}

/// A cell with the separator or line end that stands before it.
struct Cell<'t> {
    before: &'t str,
    value: String,
    quoted: bool,
}

/// The sign that parts most cells of the first line.
fn separator_of(text: &str) -> char {
    let line = text.lines().next().unwrap_or_default();
    [';', '\t', ',']
        .into_iter()
        .max_by_key(|sign| (line.matches(*sign).count(), *sign == ';'))
        .unwrap_or(';')
}

fn rows(text: &str, parted: char) -> Vec<Vec<Cell<'_>>> {
    let mut rows = vec![Vec::new()];
    let mut at = 0;
    let mut before = 0;
    loop {
        let (value, quoted, end) = cell_at(text, at, parted);
        let row = rows.len() - 1;
        rows[row].push(Cell {
            before: &text[before..at],
            value,
            quoted,
        });
        let rest = &text[end..];
        if rest.is_empty() {
            return rows;
        }
        let line_end = if rest.starts_with("\r\n") { 2 } else { 1 };
        if rest.starts_with(parted) {
            (before, at) = (end, end + parted.len_utf8());
        } else {
            (before, at) = (end, end + line_end);
            rows.push(Vec::new());
        }
    }
}

/// The cell that begins at `at`: its value, whether it is quoted, where it ends.
fn cell_at(text: &str, at: usize, parted: char) -> (String, bool, usize) {
    let mark = if text[at..].starts_with('\u{feff}') { 3 } else { 0 };
    let rest = &text[at + mark..];
    if let Some(inside) = rest.strip_prefix('"') {
        let mut value = text[at..at + mark].to_owned();
        let mut signs = inside.char_indices().peekable();
        while let Some((index, sign)) = signs.next() {
            if sign != '"' {
                value.push(sign);
            } else if signs.next_if(|(_, next)| *next == '"').is_some() {
                value.push('"');
            } else {
                let mut end = at + mark + 1 + index + 1;
                // Anything between the quote and the next border belongs to the cell.
                let tail = text[end..].find([parted, '\n', '\r']).unwrap_or(text.len() - end);
                value.push_str(&text[end..end + tail]);
                end += tail;
                return (value, true, end);
            }
        }
        return (value, true, text.len());
    }
    let end = text[at..]
        .find([parted, '\n', '\r'])
        .map_or(text.len(), |length| at + length);
    (text[at..end].to_owned(), false, end)
}

fn written(value: &str, quoted: bool, parted: char) -> String {
    if quoted || value.contains([parted, '"', '\n', '\r']) {
        let (mark, value) = match value.strip_prefix('\u{feff}') {
            Some(value) => ("\u{feff}", value),
            None => ("", value),
        };
        format!("{mark}\"{}\"", value.replace('"', "\"\""))
    } else {
        value.to_owned()
    }
}
