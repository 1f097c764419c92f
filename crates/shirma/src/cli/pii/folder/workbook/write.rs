//! A fresh workbook of values.

use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, XlsxError};

use super::super::broken::Broken;
use super::read::Date;

/// Longest text of a cell; spreadsheet programs take no longer one.
const CELL_CHARS_MAX: usize = 32_767;
/// Longest name of a sheet.
const SHEET_CHARS_MAX: usize = 31;
const DAY: &str = "dd.mm.yyyy";
const TIME: &str = "hh:mm:ss";
const DAY_AND_TIME: &str = "dd.mm.yyyy hh:mm:ss";
const LENGTH: &str = "[h]:mm:ss";

/// What a cell of the copy holds.
pub(super) enum Written {
    Text(String),
    Number(f64),
    Truth(bool),
    Date(Date),
}

/// The copy being written.
pub(super) struct Copy {
    book: Workbook,
    names: Vec<String>,
}

impl Copy {
    pub(super) fn new() -> Self {
        Self {
            book: Workbook::new(),
            names: Vec::new(),
        }
    }

    pub(super) fn begin_sheet(&mut self, name: &str) -> Result<(), Broken> {
        let name = self.free_name(name);
        let sheet = self.book.add_worksheet();
        sheet.set_name(&name).map_err(|_| Broken::NotWorkbook)?;
        self.names.push(name.to_lowercase());
        Ok(())
    }

    /// A name a spreadsheet program takes and no other sheet has.
    fn free_name(&self, name: &str) -> String {
        let plain: String = name
            .chars()
            .map(|sign| {
                if sign.is_control() || "[]:*?/\\'".contains(sign) {
                    ' '
                } else {
                    sign
                }
            })
            .collect();
        let plain = plain.trim();
        let plain = if plain.is_empty() { "Лист" } else { plain };
        let mut number = 1;
        loop {
            let ending = if number == 1 {
                String::new()
            } else {
                format!(" ({number})")
            };
            let length = SHEET_CHARS_MAX - ending.len();
            let free: String = plain.chars().take(length).collect::<String>() + &ending;
            if !self.names.contains(&free.to_lowercase()) {
                return free;
            }
            number += 1;
        }
    }

    pub(super) fn write(&mut self, row: u32, column: u16, value: Written) -> Result<(), Broken> {
        let last = self.names.len().checked_sub(1).ok_or(Broken::NotWorkbook)?;
        let sheet = self.book.worksheet_from_index(last).map_err(broken)?;
        let written = match value {
            Written::Text(text) => sheet.write_string(row, column, shortened(text)),
            Written::Number(number) => sheet.write_number(row, column, number),
            Written::Truth(truth) => sheet.write_boolean(row, column, truth),
            Written::Date(date) if date.is_length => {
                sheet.write_number_with_format(row, column, date.days, &Format::new().set_num_format(LENGTH))
            }
            Written::Date(date) => {
                let look = match (date.has_day(), date.has_time()) {
                    (true, false) => DAY,
                    (true, true) => DAY_AND_TIME,
                    (false, _) => TIME,
                };
                match serial(&date) {
                    Ok(serial) => {
                        let format = Format::new().set_num_format(look);
                        sheet.write_datetime_with_format(row, column, serial, &format)
                    }
                    // Before 1900 a date is a text.
                    Err(_) => sheet.write_string(row, column, date.to_string()),
                }
            }
        };
        written.map(|_| ()).map_err(broken)
    }

    pub(super) fn finish(mut self) -> Result<Vec<u8>, Broken> {
        if self.names.is_empty() {
            return Err(Broken::NotWorkbook);
        }
        self.book.save_to_buffer().map_err(broken)
    }
}

fn serial(date: &Date) -> Result<ExcelDateTime, XlsxError> {
    if date.has_day() {
        ExcelDateTime::from_ymd(date.year, date.month, date.day)?.and_hms(
            u16::from(date.hour),
            date.minute,
            f64::from(date.second),
        )
    } else {
        ExcelDateTime::from_hms(u16::from(date.hour), date.minute, f64::from(date.second))
    }
}

/// Codes may be longer than what they stand for.
fn shortened(text: String) -> String {
    if text.chars().count() <= CELL_CHARS_MAX {
        return text;
    }
    text.chars().take(CELL_CHARS_MAX - 1).chain(['…']).collect()
}

fn broken(error: XlsxError) -> Broken {
    match error {
        XlsxError::RowColumnLimitError => Broken::WorkbookTooLarge,
        _ => Broken::NotWorkbook,
    }
}
