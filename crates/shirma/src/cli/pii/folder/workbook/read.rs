//! The values of a workbook, cell by cell.

use std::fmt;
use std::io::Cursor;

use calamine::{Data, ExcelDateTime, Ods, Reader, SheetType, Xls, Xlsb, Xlsx};

use super::super::broken::Broken;
use super::limit::{self, CELLS_MAX, Kind, SHEETS_MAX, TEXT_BYTES_MAX};

/// A sheet: its name, and cells by row and column.
#[derive(Debug)]
pub(super) struct Sheet {
    pub(super) name: String,
    pub(super) cells: Vec<(u32, u16, Value)>,
}

#[derive(Debug, PartialEq)]
pub(super) enum Value {
    Text(String),
    Number(f64),
    Truth(bool),
    Date(Date),
}

/// A date, a time of day, or a length of time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Date {
    /// Days since the beginning of 1900, as spreadsheet programs count.
    pub(super) days: f64,
    pub(super) year: u16,
    pub(super) month: u8,
    pub(super) day: u8,
    pub(super) hour: u8,
    pub(super) minute: u8,
    pub(super) second: u8,
    /// A length of time and no date.
    pub(super) is_length: bool,
}

impl Date {
    pub(super) fn has_day(&self) -> bool {
        self.days >= 1.0
    }

    pub(super) fn has_time(&self) -> bool {
        self.hour > 0 || self.minute > 0 || self.second > 0
    }
}

impl fmt::Display for Date {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.has_day() {
            write!(formatter, "{:02}.{:02}.{:04}", self.day, self.month, self.year)?;
        }
        if self.has_day() && self.has_time() {
            formatter.write_str(" ")?;
        }
        if self.has_time() || !self.has_day() {
            write!(formatter, "{:02}:{:02}:{:02}", self.hour, self.minute, self.second)?;
        }
        Ok(())
    }
}

impl Sheet {
    /// The texts of the first rows, by column.
    pub(super) fn first_rows(&self, rows: usize) -> Vec<Vec<&str>> {
        let mut first: Vec<Vec<&str>> = Vec::new();
        for (row, column, value) in &self.cells {
            let (row, column) = (*row as usize, usize::from(*column));
            let Value::Text(text) = value else { continue };
            if row >= rows {
                continue;
            }
            if first.len() <= row {
                first.resize(row + 1, Vec::new());
            }
            if first[row].len() <= column {
                first[row].resize(column + 1, "");
            }
            first[row][column] = text;
        }
        first
    }

    pub(super) fn text_bytes(&self) -> u64 {
        let texts = self.cells.iter().map(|(_, _, value)| match value {
            Value::Text(text) => text.len() as u64,
            Value::Number(_) | Value::Truth(_) | Value::Date(_) => 0,
        });
        texts.sum()
    }
}

/// Reads all sheets of values.
pub(super) fn read(bytes: &[u8]) -> Result<Vec<Sheet>, Broken> {
    let mut taken = Taken::default();
    if !bytes.starts_with(b"PK") {
        limit::check_old(bytes)?;
        let book: Xls<_> = opened(bytes)?;
        return whole_ranges(book, &mut taken);
    }
    match limit::check_packed(bytes)? {
        Kind::Ods => whole_ranges(opened::<Ods<_>>(bytes)?, &mut taken),
        Kind::Xlsx => {
            let mut book: Xlsx<_> = opened(bytes)?;
            each_sheet(&sheets_of_cells(&book), |name, cells| {
                let mut reader = book.worksheet_cells_reader(name).map_err(|_| Broken::NotWorkbook)?;
                while let Some(cell) = reader.next_cell().map_err(|_| Broken::NotWorkbook)? {
                    taken.add(cells, cell.get_position(), cell.get_value().clone().into())?;
                }
                Ok(())
            })
        }
        Kind::Xlsb => {
            let mut book: Xlsb<_> = opened(bytes)?;
            each_sheet(&sheets_of_cells(&book), |name, cells| {
                let mut reader = book.worksheet_cells_reader(name).map_err(|_| Broken::NotWorkbook)?;
                while let Some(cell) = reader.next_cell().map_err(|_| Broken::NotWorkbook)? {
                    taken.add(cells, cell.get_position(), cell.get_value().clone().into())?;
                }
                Ok(())
            })
        }
    }
}

fn opened<'b, B: Reader<Cursor<&'b [u8]>>>(bytes: &'b [u8]) -> Result<B, Broken> {
    B::new(Cursor::new(bytes)).map_err(|_| Broken::NotWorkbook)
}

/// Names of the sheets that hold cells: all but charts, dialogs and programs. One of them that cannot be read makes the
/// workbook a broken one: nothing of it may be left out silently.
fn sheets_of_cells<'b, B: Reader<Cursor<&'b [u8]>>>(book: &B) -> Vec<String> {
    let sheets = book.sheets_metadata().iter();
    sheets
        .filter(|sheet| matches!(sheet.typ, SheetType::WorkSheet | SheetType::MacroSheet))
        .map(|sheet| sheet.name.clone())
        .collect()
}

fn whole_ranges<'b, B: Reader<Cursor<&'b [u8]>>>(mut book: B, taken: &mut Taken) -> Result<Vec<Sheet>, Broken> {
    each_sheet(&sheets_of_cells(&book), |name, cells| {
        let range = book.worksheet_range(name).map_err(|_| Broken::NotWorkbook)?;
        let (top, left) = range.start().unwrap_or_default();
        for (row, column, value) in range.used_cells() {
            let at = (top + row as u32, left + column as u32);
            taken.add(cells, at, value.clone())?;
        }
        Ok(())
    })
}

type Cells = Vec<(u32, u16, Value)>;

fn each_sheet(
    names: &[String],
    mut read: impl FnMut(&str, &mut Cells) -> Result<(), Broken>,
) -> Result<Vec<Sheet>, Broken> {
    if names.len() > SHEETS_MAX {
        return Err(Broken::WorkbookTooLarge);
    }
    let sheets = names.iter().map(|name| {
        let mut cells = Cells::new();
        read(name, &mut cells)?;
        cells.sort_by_key(|(row, column, _)| (*row, *column));
        Ok(Sheet {
            name: name.clone(),
            cells,
        })
    });
    sheets.collect()
}

/// What has been read so far, against the limits.
#[derive(Default)]
struct Taken {
    cells: usize,
    text_bytes: usize,
}

impl Taken {
    fn add(&mut self, cells: &mut Cells, (row, column): (u32, u32), data: Data) -> Result<(), Broken> {
        let Some(value) = value_of(data) else { return Ok(()) };
        self.cells += 1;
        if let Value::Text(text) = &value {
            self.text_bytes += text.len();
        }
        if self.cells > CELLS_MAX || self.text_bytes > TEXT_BYTES_MAX {
            return Err(Broken::WorkbookTooLarge);
        }
        let column = u16::try_from(column).map_err(|_| Broken::NotWorkbook)?;
        cells.push((row, column, value));
        Ok(())
    }
}

fn value_of(data: Data) -> Option<Value> {
    Some(match data {
        Data::Empty => return None,
        Data::String(text) if text.is_empty() => return None,
        Data::String(text) | Data::DurationIso(text) => Value::Text(text),
        Data::Int(number) if number.unsigned_abs() > 1 << 53 => Value::Text(number.to_string()),
        Data::Int(number) => Value::Number(number as f64),
        Data::Float(number) => Value::Number(number),
        Data::Bool(truth) => Value::Truth(truth),
        Data::DateTime(date) => Value::Date(date_of(date)),
        Data::DateTimeIso(text) => date_in(&text).map_or(Value::Text(text), Value::Date),
        Data::Error(error) => Value::Text(error.to_string()),
    })
}

fn date_of(date: ExcelDateTime) -> Date {
    let (year, month, day, hour, minute, second, _) = date.to_ymd_hms_milli();
    Date {
        days: date.as_f64(),
        year,
        month,
        day,
        hour,
        minute,
        second,
        is_length: date.is_duration(),
    }
}

/// «2026-11-12» or «2026-11-12T10:00:00» of an open document.
fn date_in(text: &str) -> Option<Date> {
    let (date, time) = text.split_once('T').unwrap_or((text, "00:00:00"));
    let mut parts = date.split('-');
    let mut clock = time.split([':', '.', ',']);
    let mut two = || clock.next().map_or(Some(0), |part| part.parse().ok());
    Some(Date {
        days: 1.0,
        year: parts.next()?.parse().ok()?,
        month: parts.next()?.parse().ok()?,
        day: parts.next()?.parse().ok()?,
        hour: two()?,
        minute: two()?,
        second: two()?,
        is_length: false,
    })
}
