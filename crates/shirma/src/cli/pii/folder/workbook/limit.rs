//! Limits of a workbook, looked at before it is read: a small file may unpack into one that fills the memory.

use std::io::{self, Cursor, Read};

use zip::ZipArchive;

use super::super::broken::Broken;

/// All parts of a workbook, unpacked: that of a small business is far smaller, a bomb is larger.
const UNPACKED_BYTES_MAX: u64 = 512 * 1024 * 1024;
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
    if cells_of_open_document(&content) > CELLS_MAX {
        return Err(Broken::WorkbookTooLarge);
    }
    Ok(Kind::Ods)
}

/// The area of a sheet of the old form is believed by its reader; one that cannot be is a broken file.
pub(super) fn check_old(bytes: &[u8]) -> Result<(), Broken> {
    const AREA: [u8; 4] = [0x00, 0x02, 0x0e, 0x00];
    for (at, window) in bytes.windows(4 + 14).enumerate() {
        if window[..4] != AREA || at % 2 != 0 {
            continue;
        }
        let rows = u32::from_le_bytes([window[8], window[9], window[10], window[11]]);
        let columns = u16::from_le_bytes([window[14], window[15]]);
        if rows > OLD_ROWS_MAX || columns > OLD_COLUMNS_MAX {
            return Err(Broken::WorkbookTooLarge);
        }
    }
    Ok(())
}

/// The cells an open document unfolds into: rows and cells may be repeated by a number.
fn cells_of_open_document(xml: &[u8]) -> usize {
    let (mut rows, mut filled_rows, mut width) = (0_usize, 0_usize, 0_usize);
    let (mut column, mut cells) = (0_usize, 0_usize);
    for tag in xml.split(|byte| *byte == b'<') {
        let tag = &tag[..tag.iter().position(|byte| *byte == b'>').unwrap_or(tag.len())];
        if tag.starts_with(b"table:table-row") {
            column = 0;
            rows = rows.saturating_add(number_of(tag, b"table:number-rows-repeated=\""));
        } else if tag.starts_with(b"table:table-cell") || tag.starts_with(b"table:covered-table-cell") {
            column = column.saturating_add(number_of(tag, b"table:number-columns-repeated=\""));
            if holds(tag, b"value-type=") || holds(tag, b"formula=") {
                width = width.max(column);
                filled_rows = rows;
            }
        } else if tag.starts_with(b"/table:table") && !tag.starts_with(b"/table:table-") {
            cells = cells.saturating_add(filled_rows.saturating_mul(width));
            (rows, filled_rows, width) = (0, 0, 0);
        }
    }
    cells
}

fn number_of(tag: &[u8], name: &[u8]) -> usize {
    let Some(at) = tag.windows(name.len()).position(|window| window == name) else {
        return 1;
    };
    let digits: String = tag[at + name.len()..]
        .iter()
        .take_while(|byte| byte.is_ascii_digit())
        .map(|byte| char::from(*byte))
        .collect();
    // A number too long to read is too large.
    digits.parse().unwrap_or(usize::MAX)
}

fn holds(tag: &[u8], name: &[u8]) -> bool {
    tag.windows(name.len()).any(|window| window == name)
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
        assert_eq!(cells_of_open_document(empty.as_bytes()), 0);
        let full = sheet("<table:table-cell office:value-type=\"string\" table:number-columns-repeated=\"16384\">");
        assert_eq!(cells_of_open_document(full.as_bytes()), 16_384_000);
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
