//! Workbooks of spreadsheet programs (xlsx, xlsb, xls, ods): their values are read and a fresh xlsx is written.
//!
//! Nothing is copied from the source but values of cells and names of sheets, each masked on its way: pictures, notes,
//! formulas, hidden caches, links and looks have no way into the copy.

mod limit;
mod read;
mod write;

use std::borrow::Cow;

use super::broken::Broken;
use super::cover::Cover;
use super::heading::{Heading, ROWS_LOOKED_AT};
use read::{Sheet, Value};
use write::Written;

/// Digits of a number that may be a phone or a card and no price.
const LONG_NUMBER_MIN: usize = 10;

/// Masks a workbook; the copy is an xlsx whatever the source was.
pub(super) fn mask(cover: &mut Cover<'_>, bytes: &[u8]) -> Result<Vec<u8>, Broken> {
    let sheets = read::read(bytes)?;
    cover.expect(sheets.iter().map(Sheet::text_bytes).sum());
    let mut copy = write::Copy::new();
    for sheet in sheets {
        let name = cover.name(&sheet.name);
        let heading = Heading::find(&sheet.first_rows(ROWS_LOOKED_AT));
        copy.begin_sheet(&name)?;
        for (row, column, value) in &sheet.cells {
            heading.learn_cell(cover, *row as usize, usize::from(*column), &shown(value));
        }
        for (row, column, value) in &sheet.cells {
            let label = heading.label(*row as usize, usize::from(*column));
            let written = match (value, label) {
                (Value::Date(date), None) => Written::Date(*date),
                (Value::Truth(truth), _) => Written::Truth(*truth),
                (Value::Number(number), None) if !is_long(*number) => Written::Number(*number),
                (value, _) => {
                    let text = heading.mask_cell(cover, *row as usize, usize::from(*column), &shown(value));
                    Written::Text(text)
                }
            };
            copy.write(*row, *column, written)?;
        }
    }
    copy.finish()
}

/// A value as a person sees it.
fn shown(value: &Value) -> Cow<'_, str> {
    match value {
        Value::Text(text) => Cow::Borrowed(text),
        Value::Number(number) => Cow::Owned(number.to_string()),
        Value::Truth(truth) => Cow::Borrowed(if *truth { "да" } else { "нет" }),
        Value::Date(date) => Cow::Owned(date.to_string()),
    }
}

fn is_long(number: f64) -> bool {
    number.fract() == 0.0 && number.abs().to_string().len() >= LONG_NUMBER_MIN
}
