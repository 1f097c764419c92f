//! Limits of a workbook, looked at before it is read: a small file may unpack into one that fills the memory.

use std::io::{self, Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use super::super::broken::Broken;

/// All parts of a workbook, unpacked: that of a small business is far smaller, a bomb is larger.
const UNPACKED_BYTES_MAX: u64 = 256 * 1024 * 1024;
/// Most parts of a workbook.
const PARTS_MAX: usize = 4096;
/// Most cells of a workbook, empty ones within its area among them.
pub(super) const CELLS_MAX: usize = 5_000_000;
/// Longest text of all cells: a shared text may stand in many of them.
pub(super) const TEXT_BYTES_MAX: usize = 256 * 1024 * 1024;
/// Most sheets.
pub(super) const SHEETS_MAX: usize = 255;
/// Rows and columns of a sheet of the old form.
const OLD_ROWS_MAX: u32 = 65_536;
const OLD_COLUMNS_MAX: u16 = 256;

/// What the parts of an archive say it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Xlsx,
    Xlsb,
    Ods,
}

/// Measures what a packed workbook unpacks into, and tells its kind.
pub(super) fn check_packed(bytes: &[u8]) -> Result<Kind, Broken> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Broken::NotWorkbook)?;
    if archive.len() > PARTS_MAX {
        return Err(Broken::WorkbookTooLarge);
    }
    let mut left = UNPACKED_BYTES_MAX;
    for index in 0..archive.len() {
        // What a part says of its size is not believed.
        let part = archive.by_index(index).map_err(|_| Broken::NotWorkbook)?;
        let read = io::copy(&mut part.take(left), &mut io::sink()).map_err(|_| Broken::NotWorkbook)?;
        left -= read;
        if left == 0 {
            return Err(Broken::WorkbookTooLarge);
        }
    }
    if archive.index_for_name("xl/workbook.bin").is_some() {
        return Ok(Kind::Xlsb);
    }
    if archive.index_for_name("content.xml").is_none() {
        return Ok(Kind::Xlsx);
    }
    let mut content = Vec::new();
    let read = archive
        .by_name("content.xml")
        .map_err(|_| Broken::NotWorkbook)?
        .read_to_end(&mut content);
    read.map_err(|_| Broken::NotWorkbook)?;
    match cells_of_open_document(&content) {
        None => Err(Broken::NotWorkbook),
        Some(cells) if cells > CELLS_MAX => Err(Broken::WorkbookTooLarge),
        Some(_) => Ok(Kind::Ods),
    }
}

/// The area of a sheet of the old form is believed by its reader; one that cannot be is a broken file.
pub(super) fn check_old(bytes: &[u8]) -> Result<(), Broken> {
    for (at, window) in bytes.windows(4).enumerate() {
        let [0x00, 0x02, length, 0x00] = *window else { continue };
        let record = bytes.get(at + 4..at + 4 + usize::from(length)).unwrap_or_default();
        let (rows, columns) = match *record {
            [_, _, low, high, _, _, first, second, _, _] => (
                u32::from(u16::from_le_bytes([low, high])),
                u16::from_le_bytes([first, second]),
            ),
            [_, _, _, _, a, b, c, d, _, _, first, second, ..] if matches!(length, 14 | 16) => {
                (u32::from_le_bytes([a, b, c, d]), u16::from_le_bytes([first, second]))
            }
            _ => continue,
        };
        if rows > OLD_ROWS_MAX || columns > OLD_COLUMNS_MAX {
            return Err(Broken::WorkbookTooLarge);
        }
    }
    Ok(())
}

/// The cells an open document unfolds into: rows and cells may be repeated by a number. `None` if its elements do not
/// end: the reader of workbooks would look for their ends for ever.
fn cells_of_open_document(xml: &[u8]) -> Option<usize> {
    let mut reader = Reader::from_reader(xml);
    reader.config_mut().expand_empty_elements = true;
    let (mut rows, mut filled_rows, mut width) = (0_usize, 0_usize, 0_usize);
    let (mut column, mut cells, mut depth) = (0_usize, 0_usize, 0_usize);
    let mut buffer = Vec::new();
    loop {
        match reader.read_event_into(&mut buffer).ok()? {
            Event::Start(element) => {
                depth += 1;
                match element.name().as_ref() {
                    "table:table-row" => {
                        column = 0;
                        rows = rows.saturating_add(times(&element, "table:number-rows-repeated"));
                    }
                    "table:table-cell" | "table:covered-table-cell" => {
                        column = column.saturating_add(times(&element, "table:number-columns-repeated"));
                        if holds_value(&element) {
                            width = width.max(column);
                            filled_rows = rows;
                        }
                    }
                    _ => {}
                }
            }
            Event::End(element) => {
                depth = depth.checked_sub(1)?;
                if element.name().as_ref() == "table:table" {
                    cells = cells.saturating_add(filled_rows.saturating_mul(width));
                    (rows, filled_rows, width) = (0, 0, 0);
                }
            }
            Event::Eof => return (depth == 0).then_some(cells),
            _ => {}
        }
        buffer.clear();
    }
}

/// How many times an element stands there; a number too long to read is too large.
fn times(element: &BytesStart<'_>, name: &str) -> usize {
    match element.try_get_attribute(name) {
        Ok(Some(attribute)) => attribute.value.parse().unwrap_or(usize::MAX),
        Ok(None) | Err(_) => 1,
    }
}

fn holds_value(element: &BytesStart<'_>) -> bool {
    element.attributes().flatten().any(|attribute| {
        let key: &str = attribute.key.as_ref();
        key.ends_with("value-type") || key.ends_with("formula")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repeated_cells_count_when_something_stands_in_them() {
        let sheet = |cell: &str| {
            format!(
                "<table:table><table:table-row table:number-rows-repeated=\"1000\">{cell}</table:table-row></table:table>"
            )
        };
        let empty = sheet("<table:table-cell table:number-columns-repeated=\"16384\"/>");
        assert_eq!(cells_of_open_document(empty.as_bytes()), Some(0));
        let full = sheet("<table:table-cell office:value-type=\"string\" table:number-columns-repeated=\"16384\"/>");
        assert_eq!(cells_of_open_document(full.as_bytes()), Some(16_384_000));
    }

    #[test]
    fn an_open_document_without_an_end_is_broken() {
        for xml in [
            "<a><table:table><table:table-row>",
            "<a><table:table></table:tabla></a>",
            "<a></a></a>",
        ] {
            assert_eq!(cells_of_open_document(xml.as_bytes()), None, "{xml}");
        }
    }

    #[test]
    fn an_old_sheet_of_a_billion_rows_is_refused() {
        let mut area = vec![0x00, 0x02, 0x0e, 0x00, 0, 0, 0, 0];
        area.extend(100_u32.to_le_bytes());
        area.extend([0, 0, 9, 0, 0, 0]);
        assert_eq!(check_old(&area), Ok(()));
        area[8..12].copy_from_slice(&u32::MAX.to_le_bytes());
        assert_eq!(check_old(&area), Err(Broken::WorkbookTooLarge));
    }
}
