//! A page being written: blocks and classes from fixed lists, dates of digits, and text that is escaped.

/// Beginning of a page.
const HEAD: &str = "<!DOCTYPE html>\n<html lang=\"ru\">\n<head><meta charset=\"utf-8\"></head>\n<body>\n";
/// Longest date with its zone: «01.11.2026 10:00:00 UTC+05:00».
const DATE_CHARS_MAX: usize = 40;

/// The page so far.
pub(super) struct Page {
    written: String,
    open: Vec<&'static str>,
}

impl Page {
    pub(super) fn new() -> Self {
        Self {
            written: HEAD.to_owned(),
            open: Vec::new(),
        }
    }

    /// Begins a block; the title stays where it is a date.
    pub(super) fn begin(&mut self, block: &'static str, classes: &[&'static str], title: &str) {
        self.line();
        self.written.push('<');
        self.written.push_str(block);
        if !classes.is_empty() {
            self.written.push_str(&format!(" class=\"{}\"", classes.join(" ")));
        }
        if classes.contains(&"date") && is_date(title) {
            self.written.push_str(&format!(" title=\"{title}\""));
        }
        self.written.push('>');
        self.open.push(block);
    }

    /// Ends the block begun last.
    pub(super) fn end(&mut self) {
        if let Some(block) = self.open.pop() {
            self.written.push_str(&format!("</{block}>"));
        }
    }

    /// A text of the block; its line ends are kept.
    pub(super) fn text(&mut self, masked: &str) {
        for (number, line) in masked.split('\n').enumerate() {
            if number > 0 {
                self.written.push_str("<br>\n");
            }
            self.written.push_str(&escaped(line));
        }
    }

    pub(super) fn finish(mut self) -> String {
        while !self.open.is_empty() {
            self.end();
        }
        self.line();
        self.written + "</body>\n</html>\n"
    }

    fn line(&mut self) {
        if !self.written.ends_with('\n') {
            self.written.push('\n');
        }
    }
}

fn is_date(title: &str) -> bool {
    !title.is_empty()
        && title.chars().count() <= DATE_CHARS_MAX
        && title.contains(':')
        && title.split(' ').all(|part| {
            part.trim_start_matches("UTC")
                .chars()
                .all(|sign| sign.is_ascii_digit() || ".:+-/".contains(sign))
        })
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_dates_stay_as_titles() {
        assert!(is_date("01.11.2026 10:00:00 UTC+05:00") && is_date("01.11.2026 10:00:00"));
        assert!(!is_date("Анна Ким") && !is_date("x:1\" onclick=") && !is_date(""));
    }
}
