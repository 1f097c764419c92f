//! Tables of text: cells are masked where they stand, by what their column says; commas and quotes stay.

use super::cover::Cover;
use super::heading::{Heading, ROWS_LOOKED_AT};

/// Masks a table whose cells are parted by `;`, `,` or tabs.
pub(super) fn mask(cover: &mut Cover<'_>, text: &str) -> String {
    let parted = separator_of(text);
    let mut masked = String::with_capacity(text.len());
    let rows = rows(text, parted);
    let first: Vec<Vec<&str>> = rows
        .iter()
        .take(ROWS_LOOKED_AT)
        .map(|row| {
            row.iter()
                .map(|cell| cell.value.trim_start_matches('\u{feff}'))
                .collect()
        })
        .collect();
    let heading = Heading::find(&first);
    for (number, row) in rows.iter().enumerate() {
        for (column, cell) in row.iter().enumerate() {
            heading.learn_cell(cover, number, column, &cell.value);
        }
    }
    for (number, row) in rows.iter().enumerate() {
        for (column, cell) in row.iter().enumerate() {
            masked.push_str(cell.before);
            let value = heading.mask_cell(cover, number, column, &cell.value);
            masked.push_str(&written(&value, cell.quoted, parted));
        }
    }
    masked
}

/// A cell with the separator or line end that stands before it.
struct Cell<'t> {
    before: &'t str,
    value: String,
    quoted: bool,
}

/// The sign that parts most cells of the first lines; commas of their texts weigh less than one a line.
fn separator_of(text: &str) -> char {
    let lines = || text.lines().take(ROWS_LOOKED_AT);
    [';', '\t', ',']
        .into_iter()
        .max_by_key(|sign| {
            let parted = lines().filter(|line| line.contains(*sign)).count();
            (
                parted,
                lines().map(|line| line.matches(*sign).count()).sum::<usize>(),
                *sign == ';',
            )
        })
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
