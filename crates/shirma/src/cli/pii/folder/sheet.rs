//! Workbooks of a spreadsheet program: an archive in which the texts of cells are masked and all else is copied.
//!
//! Texts stand in one shared list or inside cells. The list does not say columns, so every text is read as a message.
//! Numbers as numbers (a phone typed without signs) are covered too.

use std::io::{Cursor, Read, Write};

use shirma_pii::Label;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::cover::Cover;

/// Longest part unpacked: a workbook of a small business is far smaller, a bomb is larger.
const PART_BYTES_MAX: u64 = 64 * 1024 * 1024;
/// Most parts of a workbook.
const PARTS_MAX: usize = 4096;
/// Digits of a number that may be a phone or a card and no price.
const LONG_NUMBER_MIN: usize = 10;

/// Masks a workbook; `None` if it is none.
pub(super) fn mask(cover: &mut Cover<'_>, bytes: &[u8]) -> Option<Vec<u8>> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    if archive.len() > PARTS_MAX || archive.index_for_name("[Content_Types].xml").is_none() {
        return None;
    }
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let part = archive.by_index(index).ok()?;
        let name = part.name().ok()?.into_owned();
        let is_text = name.ends_with("sharedStrings.xml")
            || name.starts_with("xl/worksheets/") && name.ends_with(".xml")
            || name.contains("comments") && name.ends_with(".xml");
        // Who made the workbook, and thumbnails, are left out of the copy.
        if name.starts_with("docProps/") {
            if name.ends_with(".xml") {
                writer.start_file(&name, SimpleFileOptions::default()).ok()?;
                writer.write_all(without_texts(&read_part(part)?).as_bytes()).ok()?;
            }
            continue;
        }
        if !is_text {
            writer.raw_copy_file(part).ok()?;
            continue;
        }
        let text = read_part(part)?;
        let masked = mask_part(cover, &text);
        writer.start_file(&name, SimpleFileOptions::default()).ok()?;
        writer.write_all(masked.as_bytes()).ok()?;
    }
    Some(writer.finish().ok()?.into_inner())
}

fn read_part(part: impl Read) -> Option<String> {
    let mut text = String::new();
    part.take(PART_BYTES_MAX).read_to_string(&mut text).ok()?;
    ((text.len() as u64) < PART_BYTES_MAX).then_some(text)
}

/// Texts between `<t>` and `</t>`, and long numbers between `<v>` and `</v>` of cells that hold a number.
fn mask_part(cover: &mut Cover<'_>, xml: &str) -> String {
    let mut masked = String::with_capacity(xml.len());
    let mut rest = xml;
    let mut cell = "";
    while let Some(open) = rest.find('<') {
        masked.push_str(&rest[..open]);
        let Some(close) = rest[open..].find('>').map(|at| open + at + 1) else {
            rest = &rest[open..];
            break;
        };
        let tag = &rest[open..close];
        rest = &rest[close..];
        if tag.starts_with("<c ") {
            cell = tag;
        }
        let holds_text = (tag == "<t>" || tag.starts_with("<t ")) && !tag.ends_with("/>");
        let holds_number = tag == "<v>" && !cell.contains(" t=\"");
        let end = rest.find('<').unwrap_or(rest.len());
        let inside = &rest[..end];
        if holds_text {
            masked.push_str(tag);
            masked.push_str(&escaped(&cover.text(&unescaped(inside))));
            rest = &rest[end..];
        } else if holds_number
            && inside.bytes().filter(u8::is_ascii_digit).count() >= LONG_NUMBER_MIN
            && !inside.contains(['.', 'E'])
        {
            let value = cover.value(inside, Label::Phone);
            // A number cell cannot hold a code: the cell becomes one with its text inside.
            let at = masked.rfind(cell).unwrap_or(masked.len());
            masked.replace_range(at.., &format!("{} t=\"str\">", cell.trim_end_matches('>')));
            masked.push_str("<v>");
            masked.push_str(&escaped(&value));
            rest = &rest[end..];
        } else {
            masked.push_str(tag);
        }
    }
    masked.push_str(rest);
    masked
}

/// The names of makers and companies go, the form of the document stays.
fn without_texts(xml: &str) -> String {
    let mut kept = String::with_capacity(xml.len());
    let mut rest = xml;
    while let Some(open) = rest.find('<') {
        let Some(close) = rest[open..].find('>').map(|at| open + at + 1) else {
            break;
        };
        let tag = &rest[open..close];
        kept.push_str(tag);
        rest = &rest[close..];
        let dated = tag.starts_with("<dcterms:") || tag.starts_with("<TotalTime") || tag.starts_with("<vt:i4");
        if dated {
            let end = rest.find('<').unwrap_or(rest.len());
            kept.push_str(&rest[..end]);
        }
    }
    kept
}

fn unescaped(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&apos;", "'")
        .replace("&amp;", "&")
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
