//! The only home of the conversion between byte offsets (inside the program) and code points (in files).

use std::ops::Range;

/// Converts ascending byte offsets of one text into code points in a single pass.
#[derive(Debug, Clone)]
pub struct CodePoints<'a> {
    text: &'a str,
    byte: usize,
    count: usize,
}

impl<'a> CodePoints<'a> {
    /// Starts at the beginning of `text`.
    pub fn new(text: &'a str) -> Self {
        Self {
            text,
            byte: 0,
            count: 0,
        }
    }

    /// Code points before byte offset `byte`. An offset smaller than the previous one starts over; an offset inside
    /// a character or past the end counts the characters that begin before it.
    pub fn at(&mut self, byte: usize) -> usize {
        if byte < self.byte {
            self.byte = 0;
            self.count = 0;
        }
        for character in self.text[self.byte..].chars() {
            if self.byte >= byte {
                break;
            }
            self.byte += character.len_utf8();
            self.count += 1;
        }
        self.count
    }

    /// The same for both ends of a range.
    pub fn range(&mut self, range: &Range<usize>) -> Range<usize> {
        let start = self.at(range.start);
        start..self.at(range.end)
    }
}

/// The byte range of a range of code points, or `None` if it goes past the end of the text.
pub fn byte_range(text: &str, code_points: Range<usize>) -> Option<Range<usize>> {
    if code_points.start > code_points.end {
        return None;
    }
    let mut borders = text.char_indices().map(|(byte, _)| byte).chain([text.len()]);
    let start = borders.clone().nth(code_points.start)?;
    let end = borders.nth(code_points.end)?;
    Some(start..end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_goes_to_code_points_and_back() {
        let text = "я 🌸 Анна";
        let bytes = text.find("Анна").map(|start| start..text.len()).expect("present");
        let points = CodePoints::new(text).range(&bytes);
        assert_eq!(points, 4..8);
        assert_eq!(byte_range(text, points), Some(bytes));
    }

    #[test]
    fn a_range_past_the_end_is_refused() {
        assert_eq!(byte_range("да", 1..3), None);
    }
}
